"""Diagnose: how many segments these accounts bear, and how sure that is."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from engine import record
from engine.advice import band, explain
from engine.intake import proposed_spec
from engine.model import Diagnosis, FeatureSpec, Preparation
from engine.numbers import count, show
from engine.segment import build
from llm.markdown import said
from views import charts, diagnosing, parts, resources, state

PREPARE = {
    "auto": "Automatic: clip extremes, straighten skew, then z-score",
    "zscore": "Z-score only",
    "range": "Range 0 to 1",
    "none": "As they are",
}


def page() -> None:
    dataset = parts.open_dataset("Diagnose")
    store = resources.workspace()
    spec = store.spec(dataset.id) or proposed_spec(dataset)
    asked = diagnosing.question(dataset.id)
    subject = diagnosing.subject(spec, asked)
    found = store.result(Diagnosis, subject)
    if found is None:
        _not_there(spec, subject)
        return
    resources.jobs().drop(subject)
    chosen = _chosen(found)
    result = found.at(chosen)
    if result is None:
        return
    parts.head(_headline(found, chosen), explain(chosen, found))
    left, right = st.columns(2, gap="large")
    filled = " Filled points repeat across samples; hollow ones do not." if found.rows_tested else ""
    _curve(
        left, found, "inertia", chosen, f"How tight the segments are; a bend alone proves nothing.{filled}"
    )
    _curve(
        right,
        found,
        "silhouette",
        chosen,
        f"How separate they are: at {chosen}, {band(result.silhouette)}. Click a point to choose.",
    )
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.segmented_control(
            "Number of segments",
            [item.k for item in found.ks],
            default=chosen,
            key=_widget(found, chosen),
            required=True,
            on_change=_choose_from_widget,
            args=(found.id, _widget(found, chosen)),
        )
        if st.button(f"Make {chosen} segments", type="primary", key="make"):
            _make(found, spec, chosen)
    for warning in found.warnings:
        st.caption(f":material/info: {said(warning)}")
    if found.warnings:
        st.page_link("table.py", label="Change the roles of the columns")
    _table(found)
    _settings(spec, asked)
    _preparation(found)
    _method(found)


def _not_there(spec: FeatureSpec, subject: str) -> None:
    job = resources.jobs().find(subject)
    if job and job.state == "running":
        parts.head("Comparing numbers of segments", "This runs in the background; you may leave the page.")
        left, right = st.columns(2, gap="large")
        left.skeleton(height=300)
        right.skeleton(height=300)
    else:
        parts.head(
            "How many segments do these accounts bear?",
            "Every number of segments from 2 to 10 is tried and compared: how tight, how separate, how repeatable.",
        )
        noted = resources.workspace().job(subject, "diagnosis")
        if noted and noted[0] == "interrupted" and not job:
            st.info("The last diagnosis was interrupted when the app closed. Start it again.")
    parts.progress(subject)
    if not job or job.state != "running":
        _settings(spec, diagnosing.question(spec.dataset))
        if parts.next_step(f"Diagnose {len(spec.cluster)} columns", "start diagnosis"):
            diagnosing.start(spec)
            st.rerun()


def _chosen(found: Diagnosis) -> int:
    kept = int(resources.workspace().setting(f"chosen {found.id}", str(found.suggested)))
    return kept if found.at(kept) else found.suggested


def _widget(found: Diagnosis, chosen: int) -> str:
    return f"k of {found.id} {chosen}"


def _choose_from_widget(diagnosis_id: str, widget: str) -> None:
    picked = state.widget(widget)
    if picked:
        _choose(diagnosis_id, picked)


def _choose(diagnosis_id: str, k: int) -> None:
    resources.workspace().save_setting(f"chosen {diagnosis_id}", str(k))


def _headline(found: Diagnosis, chosen: int) -> str:
    result = found.at(chosen)
    if result is None or result.verdict is None:
        return f"{chosen} segments: not tested for repeatability"
    words = {
        "natural": "separate groups exist",
        "reproducible": "a repeatable way to cut these accounts",
        "constructive": "a useful cut perhaps, but not a repeatable one",
    }
    return f"{chosen} segments: {words[result.verdict]}"


def _curve(
    place: st.delta_generator.DeltaGenerator, found: Diagnosis, measure: str, chosen: int, say: str
) -> None:
    with place:
        st.subheader(measure.capitalize(), anchor=False)
        event = st.plotly_chart(
            charts.k_curve(found, measure, chosen),
            key=f"{measure} {found.id} {chosen}",
            on_select="rerun",
            selection_mode="points",
            config=charts.CONFIG,
            alt=f"{measure} for each number of segments; {chosen} is chosen",
        )
        st.caption(say)
    points = (event or {}).get("selection", {}).get("points", [])
    if points:
        picked = int(points[0]["x"])
        if picked != chosen and found.at(picked):
            _choose(found.id, picked)
            st.rerun()


def _make(found: Diagnosis, spec: FeatureSpec, chosen: int) -> None:
    store = resources.workspace()
    dataset = store.dataset(spec.dataset)
    with st.spinner(f"Making {chosen} segments"):
        made = build(
            store,
            spec,
            k=chosen,
            seed=found.seed,
            starts=found.starts,
            diagnosis=found,
            name=f"{dataset.name}, {chosen} segments",
        )
    state.open_segmentation(made.id, dataset.id)
    st.switch_page("segments.py")


def _table(found: Diagnosis) -> None:
    with st.expander("Every number of segments in figures"):
        rows = pd.DataFrame(
            {
                "Segments": [item.k for item in found.ks],
                "Verdict": [item.verdict or "not tested" for item in found.ks],
                "Silhouette": [item.silhouette for item in found.ks],
                "Silhouette, mean of segments": [item.silhouette_macro for item in found.ks],
                "Agreement between samples": [item.stability_ari for item in found.ks],
                "Weakest segment's overlap": [
                    min(item.jaccard) if item.jaccard else None for item in found.ks
                ],
                "Inertia": [round(item.inertia) for item in found.ks],
                "Calinski-Harabasz": [
                    item.calinski_harabasz and round(item.calinski_harabasz) for item in found.ks
                ],
                "Davies-Bouldin": [item.davies_bouldin for item in found.ks],
                "Smallest segment": [min(item.sizes) for item in found.ks],
            }
        )
        three = st.column_config.NumberColumn(format="%.3f")
        st.dataframe(
            rows,
            hide_index=True,
            column_config={
                "Verdict": st.column_config.TextColumn(
                    help="Reproducible: other samples give the same segments. Constructive: they give different ones."
                ),
                "Silhouette": st.column_config.NumberColumn(
                    format="%.3f",
                    help="Exact. How much nearer accounts are to their own segment than to the next.",
                ),
                "Silhouette, mean of segments": three,
                "Agreement between samples": st.column_config.NumberColumn(
                    format="%.2f",
                    help="Adjusted Rand index between segments found in pairs of random samples; 1 is the same.",
                ),
                "Weakest segment's overlap": st.column_config.NumberColumn(
                    format="%.2f",
                    help="Jaccard overlap with its nearest match in other samples, weakest segment.",
                ),
                "Inertia": st.column_config.NumberColumn(format="localized"),
                "Calinski-Harabasz": st.column_config.NumberColumn(
                    format="localized", help="Higher is better."
                ),
                "Davies-Bouldin": st.column_config.NumberColumn(format="%.2f", help="Lower is better."),
                "Smallest segment": st.column_config.NumberColumn(format="localized"),
            },
        )
        st.caption(said(found.advice))


def _settings(spec: FeatureSpec, asked: diagnosing.Question) -> None:
    with st.expander("Settings: range, preparation, weights"):
        left, right = st.columns(2, gap="large")
        low, high = left.slider("Numbers of segments", 2, 20, (asked.low, asked.high), key="range of k")
        prepare = right.selectbox(
            "Preparation",
            list(PREPARE),
            index=list(PREPARE).index(spec.prepare),
            format_func=PREPARE.get,
            key="prepare",
        )
        starts = left.number_input("Starts of k-means", 1, 100, asked.starts, key="starts")
        seed = right.number_input("Seed", 0, 2**31 - 1, asked.seed, key="seed")
        quick = st.toggle("Leave out the test of repeatability (faster)", value=asked.quick, key="quick")
        weights = _weights(spec)
        if st.button("Apply and diagnose", key="apply settings"):
            diagnosing.ask(spec.dataset, diagnosing.Question(low, high, int(seed), int(starts), quick))
            changed = replace(spec, prepare=prepare, weights=weights)
            resources.workspace().save_spec(changed)
            diagnosing.start(changed)
            st.rerun()


def _weights(spec: FeatureSpec) -> tuple[tuple[str, float], ...]:
    given = dict(spec.weights)
    edited = st.data_editor(
        pd.DataFrame(
            {"Column": list(spec.cluster), "Weight": [given.get(name, 1.0) for name in spec.cluster]}
        ),
        hide_index=True,
        disabled=["Column"],
        key=f"weights {record.content_id(spec)}",
        column_config={
            "Weight": st.column_config.NumberColumn(
                min_value=0.1,
                max_value=10.0,
                step=0.1,
                required=True,
                help="2 counts a column as if it stood there twice.",
            )
        },
    )
    return tuple(
        (str(name), float(weight))
        for name, weight in zip(edited["Column"], edited["Weight"], strict=True)
        if pd.notna(weight) and float(weight) != 1.0
    )


def _preparation(found: Diagnosis) -> None:
    with st.expander("How the columns were prepared"):
        st.dataframe(
            pd.DataFrame(
                {
                    "Column": [item.column for item in found.preparation],
                    "What was done": [item.reason for item in found.preparation],
                    "Gaps filled": [item.missing for item in found.preparation],
                    "Filled with": [_fill(item) for item in found.preparation],
                    "Weight": [item.weight for item in found.preparation],
                }
            ),
            hide_index=True,
        )
        numbers = [item.column for item in found.preparation if item.kind == "number"]
        if numbers:
            name = st.selectbox("Before and after", numbers, key=f"before {found.id}")
            _before_after(found, name)


def _fill(item: Preparation) -> str:
    if not item.missing or item.fill is None:
        return ""
    return item.fill if isinstance(item.fill, str) else f"{item.fill:.4g}"


def _before_after(found: Diagnosis, name: str) -> None:
    looked = resources.before_after_of(record.dump(found.spec), name)
    st.plotly_chart(
        charts.before_after(looked.raw, looked.prepared, name), key=f"histograms {name}", config=charts.CONFIG
    )
    st.caption(
        f"After preparation the mean is {show(round(looked.mean, 2))} and the standard deviation "
        f"{show(round(looked.sd, 2))}."
    )


def _method(found: Diagnosis) -> None:
    with st.expander("Method"):
        tested = (
            f"Repeatability: pairs of bootstrap samples of {count(found.rows_tested)} accounts are segmented and "
            "compared by the adjusted Rand index (Dolnicar and Leisch 2010); each segment's overlap with its "
            "nearest match by Jaccard (Hennig 2007). *Reproducible* needs agreement of at least 0.80 and every "
            "overlap at least 0.75. Gaps between segments were not tested, so no verdict here says *natural*."
            if found.rows_tested
            else "Repeatability was left out."
        )
        st.markdown(
            f"{count(found.rows)} accounts, {len(found.features)} axes after preparation. K-means with "
            f"{found.starts} k-means++ starts on a sample and the best three refined on all rows, seed {found.seed}. "
            "Silhouettes are exact: every pair of accounts is measured, once for all numbers of segments "
            f"(Kaufman and Rousseeuw 1990). {tested}"
        )
        total = found.seconds.get("total")
        if total:
            stages = ", ".join(
                f"{name} {seconds:.1f} s" for name, seconds in found.seconds.items() if name != "total"
            )
            st.caption(f"Computed in {total:.1f} s: {stages}.")


page()
