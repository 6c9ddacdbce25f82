"""The Data page: which accounts, which columns, in which role; what is healthy and what is not."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from engine import record
from engine.columns import unusable
from engine.filters import find
from engine.intake import proposed_spec
from engine.model import ROW_NUMBER, Dataset, FeatureSpec
from engine.numbers import count, percent
from engine.repeats import Repeats
from engine.zeros import missing_share
from llm.markdown import inert, said
from views import (
    diagnosing,
    parts,
    resources,
    state,
    table_filters,
    table_health,
    table_questions,
    table_roles,
    table_words,
)

PREVIEW_ROWS = 200


def page() -> None:
    dataset = parts.open_dataset("Data")
    store = resources.workspace()
    spec = store.spec(dataset.id) or proposed_spec(dataset)
    repeats = table_questions.repeats(dataset, spec)
    parts.head(_sentence(dataset, spec, repeats), _health(dataset, spec))
    _under_way(spec)
    table_questions.rows(dataset, spec, repeats)
    st.subheader("The role of each column", anchor=False)
    chosen = table_roles.roles(dataset, spec)
    table_roles.reasons(dataset, chosen)
    if chosen != spec:
        store.save_spec(chosen)
        state.edited(table_roles.name_of(spec), chosen)
        st.rerun()
    table_questions.zeros(dataset, chosen)
    repeating_key = repeats is not None and chosen.key == repeats.column
    problems = _problems(dataset, chosen, repeating_key)
    for problem in problems:
        st.error(said(problem))
    kept = _rows(chosen)
    if parts.next_step(
        f"Diagnose {f'{count(kept)} rows' if repeats else parts.accounts(kept)}",
        "diagnose",
        why_not="Mend the point above first." if problems or repeating_key else "",
    ):
        store.save_spec(chosen)
        diagnosing.start(chosen)
        st.switch_page("diagnose.py")
    st.subheader("The table", anchor=False)
    _preview(dataset, spec.key)
    table_health.health(dataset)
    _key(dataset, chosen)
    table_filters.filters(dataset, chosen)
    table_words.words(dataset)
    _reading(dataset)
    _another(dataset)


def _under_way(spec: FeatureSpec) -> None:
    """A line where a diagnosis of this table is running, with the way to it; of other columns, the way out."""
    job = diagnosing.running(spec.dataset)
    if job is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="under way"):
        if job.subject == diagnosing.subject(spec, diagnosing.question(spec.dataset)):
            st.markdown(":material/hourglass_top: A diagnosis of this table is running.", width="content")
            st.page_link("diagnose.py", label="See how far it is", icon=":material/arrow_forward:")
        else:
            st.markdown(
                ":material/hourglass_top: A diagnosis of this table is running with other columns or settings.",
                width="content",
            )
            if st.button("Stop it", key="stop diagnosis", type="tertiary", disabled=job.stop.is_set()):
                job.stop.set()
                st.rerun()


def _sentence(dataset: Dataset, spec: FeatureSpec, repeats: Repeats | None) -> str:
    rows = _rows(replace(spec, filters=()))
    taken = f"{count(rows)} rows" if repeats else parts.accounts(rows)
    cluster, describe = len(spec.cluster), len(spec.describe)
    repeating_key = repeats is not None and repeats.column == spec.key
    key = "no key" if repeating_key or spec.key == ROW_NUMBER else "1 key"
    ignored = len(dataset.columns) - cluster - describe - (spec.key != ROW_NUMBER)
    left_out = f", {ignored} ignored" if ignored else ""
    roles = f"{cluster} to cluster on, {describe} to describe with{left_out}, {key}"
    return f"{taken}, {len(dataset.columns)} columns: {roles}"


def _health(dataset: Dataset, spec: FeatureSpec) -> str:
    zeros = resources.zeros_of(dataset.id) if spec.zeros_as("missing") else {}
    used = {name: missing_share(dataset, spec, name, zeros) for name in (*spec.cluster, *spec.describe)}
    incomplete = [name for name, share in used.items() if share]
    parts_of_it = []
    if incomplete:
        worst = max(incomplete, key=lambda name: used[name])
        gap = f"{inert(worst)} ({percent(used[worst])})"
        parts_of_it.append(
            f"One column in use has gaps: {gap}."
            if len(incomplete) == 1
            else f"{len(incomplete)} columns in use have gaps, most of all {gap}."
        )
    else:
        parts_of_it.append("Nothing is missing in the columns in use.")
    if dataset.rejected_rows:
        parts_of_it.append(
            f"**{count(dataset.rejected_rows)} lines of the file could not be read**; see below."
        )
    if spec.filters:
        parts_of_it.append(f"Filters keep {parts.accounts(_rows(spec))}.")
    return " ".join(parts_of_it)


def _rows(spec: FeatureSpec) -> int:
    """How many rows take part; 0 where a filter cannot be applied."""
    return resources.rows_of(record.dump(replace(spec, cluster=(), describe=(), weights=())))


def _preview(dataset: Dataset, key: str) -> None:
    rows = resources.first_rows(dataset.id, PREVIEW_ROWS)
    pinned = {key: st.column_config.Column(pinned=True)} if key in rows else {}
    st.dataframe(rows, hide_index=True, height=280 if len(rows) > 6 else "content", column_config=pinned)
    told = "All" if dataset.rows <= len(rows) else f"The first {len(rows)} of"
    st.caption(
        f"{told} {parts.size(dataset)}, {len(dataset.columns)} columns: scroll sideways for those out of sight."
    )


def _problems(dataset: Dataset, spec: FeatureSpec, repeating_key: bool) -> list[str]:
    """What stands between this choice and a diagnosis, beside a key that repeats."""
    found = []
    if dataset.rows < 3:
        found.append(
            f"A diagnosis needs at least 3 accounts. This table has {dataset.rows}. Open one with more rows."
        )
    found += [problem for name in spec.cluster if (problem := unusable(find(dataset, name)))][:1]
    if not spec.cluster:
        found.append(_nothing_to_cluster_on(dataset))
    if found or repeating_key:
        return found
    key = resources.key_problem(record.dump(replace(spec, cluster=(), describe=(), weights=())))
    if key:
        return [key]
    if _rows(spec) < 3:
        return [f"A diagnosis needs at least 3 accounts. The filters keep {_rows(spec)}. Loosen a filter."]
    return []


def _nothing_to_cluster_on(dataset: Dataset) -> str:
    needed = "Segments are made from at least one column."
    if any(column.kind in ("number", "boolean") for column in dataset.columns):
        return f"{needed} None has the role “Cluster on”. Give one that role."
    return (
        f"{needed} None has the role “Cluster on”, and this table has no column of numbers or of yes and no. "
        "Open a table with such columns, or cluster on a category of few values."
    )


def _key(dataset: Dataset, spec: FeatureSpec) -> None:
    with st.expander(f"Key: {'row number' if spec.key == ROW_NUMBER else inert(spec.key)}"):
        st.markdown("The key names each account and must be different on every row.")
        options = [ROW_NUMBER, *(column.name for column in dataset.columns)]
        name = f"key {dataset.id}"
        if state.widget(name) is None or state.recall(name) != spec.key:
            state.show(name, spec.key)
            state.remember(name, spec.key)
        chosen = st.selectbox(
            "Key",
            options,
            format_func=lambda name: "Number the rows" if name == ROW_NUMBER else name,
            key=name,
        )
        if chosen != spec.key:
            resources.workspace().save_spec(table_questions.keyed(spec, chosen))
            st.rerun()


def _reading(dataset: Dataset) -> None:
    title = "How the file was read"
    if dataset.rejected_rows:
        title += f": {count(dataset.rejected_rows)} lines rejected"
    with st.expander(title, expanded=bool(dataset.rejected_rows)):
        st.markdown(f"Source: {inert(dataset.source)}.")
        for note in dataset.notes:
            st.markdown(f"- {said(note)}")
        if not dataset.notes:
            st.markdown("Every value was taken as it stood.")
        if dataset.rejected:
            st.markdown(f"**Lines that did not become accounts** (the first {len(dataset.rejected)}):")
            st.dataframe(
                pd.DataFrame(
                    {
                        "Line": [item.line for item in dataset.rejected],
                        "Why": [item.reason for item in dataset.rejected],
                        "Text": [item.text for item in dataset.rejected],
                    }
                ),
                hide_index=True,
            )


def _another(dataset: Dataset) -> None:
    with st.expander("Open another table"):
        others = {item.id: item for item in resources.workspace().datasets() if item.id != dataset.id}
        if others:
            chosen = st.selectbox(
                "Tables in this workspace",
                list(others),
                index=None,
                format_func=lambda item_id: f"{others[item_id].name} ({parts.size(others[item_id])})",
                key="another table",
            )
            if chosen:
                state.choose(state.DATASET, chosen)
                st.rerun()
        parts.upload("data upload")


page()
