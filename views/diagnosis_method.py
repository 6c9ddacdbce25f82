"""How a diagnosis came about: the columns before and after, and every step with its parameters and source."""

import pandas as pd
import streamlit as st

from engine import (
    advice,
    dip,
    gap,
    kmeans,
    nulls,
    prediction,
    preview,
    record,
    second,
    silhouette,
    stability,
    verdict,
)
from engine.model import Diagnosis, Preparation
from engine.numbers import count, percent, show
from views import charts, resources


def preparation(found: Diagnosis) -> None:
    """What was done to each column, with a picture before and after."""
    place = st.expander("How the columns were prepared", key="prepared", on_change="rerun")
    if not place.open:
        return
    with place:
        columns: dict[str, list[object]] = {
            "Column": [item.column for item in found.preparation],
            "What was done": [item.reason for item in found.preparation],
        }
        if any(item.missing for item in found.preparation):
            columns["Gaps filled"] = [count(item.missing) for item in found.preparation]
            columns["Filled with"] = [_fill(item) for item in found.preparation]
        if any(item.weight != 1.0 for item in found.preparation):
            columns["Weight"] = [f"{item.weight:g}" for item in found.preparation]
        right = st.column_config.TextColumn(alignment="right")
        st.dataframe(
            pd.DataFrame(columns),
            hide_index=True,
            column_config=dict.fromkeys(("Gaps filled", "Filled with", "Weight"), right),
        )
        numbers = [item.column for item in found.preparation if item.kind == "number"]
        if numbers:
            name = st.selectbox("Before and after", numbers, key=f"before {found.id}")
            _before_after(found, name)


def _fill(item: Preparation) -> str:
    if not item.missing or item.fill is None:
        return ""
    return item.fill if isinstance(item.fill, str) else show(item.fill)


def _before_after(found: Diagnosis, name: str) -> None:
    looked = resources.before_after_of(record.dump(found.spec), name)
    st.plotly_chart(
        charts.before_after(looked.raw, looked.prepared, name), key=f"histograms {name}", config=charts.CONFIG
    )
    st.caption(
        f"After preparation the mean is {show(round(looked.mean, 2))} and the standard deviation "
        f"{show(round(looked.sd, 2))}."
    )


def method(found: Diagnosis) -> None:
    """Every step in a sentence with its parameters and its source, and what the verdicts require."""
    with st.expander("Method"):
        st.markdown("\n".join(f"- {line}" for line in _steps(found)))
        if found.rows_tested:
            st.markdown("**What the verdicts require**")
            st.markdown("\n".join(f"- {line}" for line in verdict.method()))
        total = found.seconds.get("total")
        if total:
            stages = ", ".join(
                f"{name} {seconds:.1f} s" for name, seconds in found.seconds.items() if name != "total"
            )
            st.caption(f"Computed in {total:.1f} s: {stages}. The answer's id is {found.id}.")


def _steps(found: Diagnosis) -> list[str]:
    axes, columns = len(found.features), len(found.preparation)
    steps = [
        f"**Accounts.** {count(found.rows)} accounts, {columns} columns, {axes} axes after preparation, seed "
        f"{found.seed}.",
        f"**First look.** K-means on at most {count(preview.SAMPLE_ROWS)} accounts, {preview.STARTS} starts; the "
        "simplified silhouette compares an account's distances to its own and the next centre (Hruschka et al. "
        "2004; Wang et al. 2017).",
    ]
    if found.stage == "preview":
        return steps
    steps += [
        f"**K-means.** {found.starts} k-means++ starts (Arthur and Vassilvitskii 2007), up to {kmeans.MORE_STARTS} "
        f"times as many on small tables, on at most {count(kmeans.SAMPLE_ROWS)} accounts; the best {kmeans.REFINED} "
        "are improved by random swaps (Fränti 2018), and the winner is carried to rest on all accounts. Segments "
        "are numbered by size.",
        f"**Silhouette.** {_silhouettes(found)} (Rousseeuw 1987). Up to {advice.NO_STRUCTURE:.2f}: no substantial "
        f"structure; up to {advice.WEAK:.2f} weak, up to {advice.REASONABLE:.2f} reasonable, above it strong "
        "(Kaufman and Rousseeuw 1990). Its mean over segments: Pavlopoulos et al. 2024.",
        "**Inertia** is drawn and decides nothing: uniform noise bends in the same place (Schubert 2023). "
        "Calinski-Harabasz (1974) and Davies-Bouldin (1979) are reported and decide nothing either.",
    ]
    if found.rows_tested is None:
        return [
            *steps,
            "**Tests.** None: they were left out or not finished, so nothing is said of how sure this is.",
        ]
    tested = count(found.rows_tested)
    steps += [
        f"**Tested accounts.** All tests look at {tested} accounts; verdicts move with that number.",
        f"**Agreement.** {stability.SAMPLES} bootstrap samples of {tested} of all accounts are segmented with "
        f"{stability.STARTS} starts each; the median adjusted Rand index of all their pairs (Hubert and Arabie 1985; "
        "Dolnicar and Leisch 2010). Each segment found again: its mean Jaccard overlap with its best match in those "
        "samples (Hennig 2007).",
        f"**Second division.** Where at least {second.FEWEST_SAMPLES} samples share another division (adjusted Rand "
        f"index with this one under {second.SAME:.1f}), it is carried to rest on at most "
        f"{count(stability.SECOND_ROWS)} accounts, and told if it is another one still, with an inertia at most "
        f"{percent(second.NEARLY_AS_GOOD)} higher.",
        f"**Prediction strength.** {prediction.SPLITS} random halvings of {tested} accounts, drawn anew each time; the "
        "share of a segment's pairs of accounts that the other half's centres keep together, worst segment "
        "(Tibshirani and Walther 2005).",
    ]
    if found.gap_references is None or found.dip is None or found.dip_p is None:
        return steps
    return [
        *steps,
        f"**Tables without groups.** {found.null_tables} tables with the same correlations and no groups: normal "
        f"columns, but columns of fewer than {nulls.FEW_VALUES} different values keep their own; segmented with "
        f"{nulls.STARTS} starts like the tested accounts.",
        "**Gaps.** Between every two segments: kernel density along the line through their centres (bandwidth: "
        "Silverman 1986), and along the densest way through a spanning tree of mutual reachability (Campello et "
        "al. 2013). This test is this program's own.",
        f"**Gap statistic.** {found.gap_references} uniform tables in the box of the principal components, "
        f"{gap.STARTS} starts, squared distances, one-standard-error rule (Tibshirani, Walther and Hastie 2001).",
        f"**Dip test.** {dip.sentence(found.dip, found.dip_p)}, against {dip.TABLES} uniform samples "
        "(Hartigan and Hartigan 1985; Adolfsson et al. 2019). It decides nothing: peaks may show in other directions "
        "only.",
        f"**Shortlist.** Repeatable numbers whose smallest segment holds at least {percent(advice.SMALLEST_SHARE)} of "
        f"the accounts and {advice.SMALLEST_ACCOUNTS} of them, and all natural ones; above {advice.WORKABLE} segments "
        "nothing is suggested where a smaller number will do.",
    ]


def _silhouettes(found: Diagnosis) -> str:
    if any(item.silhouette_method == "sampled" for item in found.ks):
        return (
            f"About {count(silhouette.QUERIES)} accounts, spread evenly over the segments, are each measured "
            "against all others, once for all numbers of segments"
        )
    return "Exact: every account is measured against every other, once for all numbers of segments"
