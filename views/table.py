"""The Data page: which accounts, which columns, in which role; what is healthy and what is not."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from engine import record
from engine.columns import unusable, withheld
from engine.errors import StudioError
from engine.filters import count_rows, find
from engine.intake import proposed_spec
from engine.model import ROW_NUMBER, Column, Dataset, FeatureSpec, Filter
from engine.numbers import count, percent, show
from llm.markdown import inert, said
from views import diagnosing, parts, resources, state, table_health

ROLES = {"cluster": "Cluster on", "describe": "Describe with", "ignore": "Ignore"}
USES = {label: use for use, label in ROLES.items()}
PREVIEW_ROWS = 200


def page() -> None:
    dataset = parts.open_dataset("Data")
    store = resources.workspace()
    spec = store.spec(dataset.id) or proposed_spec(dataset)
    parts.head(_sentence(dataset, spec), _health(dataset, spec))
    _under_way(spec)
    left, right = st.columns([4, 7], gap="medium")
    with left:
        st.subheader("The table", anchor=False)
        _preview(dataset, spec.key)
    with right:
        st.subheader("The role of each column", anchor=False)
        chosen = _roles(dataset, spec)
    question = withheld([find(dataset, name) for name in (*chosen.cluster, *chosen.describe)])
    if question:
        st.caption(f":material/info: {said(question)}")
    problem = _problem(dataset, chosen)
    if chosen != spec:
        store.save_spec(chosen)
        state.edited(_roles_name(spec), chosen)
        st.rerun()
    kept = _rows(dataset, chosen)
    if problem:
        st.error(said(problem))
    if parts.next_step(
        f"Diagnose {parts.accounts(kept)}",
        "diagnose",
        why_not="Mend the point above first." if problem else "",
    ):
        store.save_spec(chosen)
        diagnosing.start(chosen)
        st.switch_page("diagnose.py")
    table_health.health(dataset)
    _key(dataset, chosen)
    _filters(dataset, chosen)
    _words(dataset)
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


def _sentence(dataset: Dataset, spec: FeatureSpec) -> str:
    cluster, describe = len(spec.cluster), len(spec.describe)
    key = "no key" if spec.key == ROW_NUMBER else "1 key"
    ignored = len(dataset.columns) - cluster - describe - (spec.key != ROW_NUMBER)
    left_out = f", {ignored} ignored" if ignored else ""
    roles = f"{cluster} to cluster on, {describe} to describe with{left_out}, {key}"
    return f"{parts.rows_and_columns(dataset)}: {roles}"


def _health(dataset: Dataset, spec: FeatureSpec) -> str:
    used = [find(dataset, name) for name in (*spec.cluster, *spec.describe)]
    incomplete = [column for column in used if column.missing]
    parts_of_it = []
    if incomplete:
        worst = max(incomplete, key=lambda column: column.missing)
        gap = f"{inert(worst.name)} ({percent(worst.missing / dataset.rows)})"
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
        parts_of_it.append(f"Filters keep {parts.accounts(_rows(dataset, spec))}.")
    return " ".join(parts_of_it)


def _rows(dataset: Dataset, spec: FeatureSpec) -> int:
    if not spec.filters:
        return dataset.rows
    try:
        with resources.workspace().reading() as cursor:
            return count_rows(cursor, dataset, spec.filters)
    except StudioError:
        return 0


def _preview(dataset: Dataset, key: str) -> None:
    rows = resources.first_rows(dataset.id, PREVIEW_ROWS)
    pinned = {key: st.column_config.Column(pinned=True)} if key in rows else {}
    st.dataframe(rows, hide_index=True, height=420, column_config=pinned)
    told = "All" if dataset.rows <= len(rows) else f"The first {len(rows)} of"
    st.caption(f"{told} {parts.rows_and_columns(dataset)}: scroll sideways for those out of sight.")


def _roles(dataset: Dataset, spec: FeatureSpec) -> FeatureSpec:
    """The grid; returns the specification as the analyst left it."""
    columns = [column for column in dataset.columns if column.name != spec.key]
    grid = pd.DataFrame(
        {
            "Column": [column.name for column in columns],
            "Role": [ROLES[_use(column, spec)] for column in columns],
            "Shape": [_shape(column) for column in columns],
            "Missing": [percent(column.missing / max(dataset.rows, 1)) for column in columns],
            "Why": [
                column.reason if _use(column, spec) == column.use else "your choice" for column in columns
            ],
        }
    )
    incomplete = any(column.missing for column in columns)
    edited = st.data_editor(
        grid if incomplete else grid.drop(columns="Missing"),
        key=state.editor(_roles_name(spec), spec),
        hide_index=True,
        height=420,
        disabled=["Column", "Shape", "Missing", "Why"],
        column_config={
            "Column": st.column_config.TextColumn(width=150),
            "Role": st.column_config.SelectboxColumn(options=list(USES), required=True, width=110),
            "Shape": st.column_config.BarChartColumn(width=90, y_min=0, help="How the values are spread."),
            "Missing": st.column_config.TextColumn(width=60, alignment="right"),
            "Why": st.column_config.TextColumn(width=400, help="Why this role was proposed."),
        },
    )
    st.caption("Segments are made from what you cluster on. The rest describes them, or is left out.")
    uses = dict(zip(edited["Column"], edited["Role"], strict=True))
    return replace(
        spec,
        cluster=tuple(column.name for column in columns if USES[uses[column.name]] == "cluster"),
        describe=tuple(column.name for column in columns if USES[uses[column.name]] == "describe"),
        weights=tuple(item for item in spec.weights if USES[uses.get(item[0], ROLES["ignore"])] == "cluster"),
    )


def _roles_name(spec: FeatureSpec) -> str:
    return f"roles {spec.dataset} {spec.key}"


def _use(column: Column, spec: FeatureSpec) -> str:
    if column.name in spec.cluster:
        return "cluster"
    return "describe" if column.name in spec.describe else "ignore"


def _shape(column: Column) -> list[int]:
    return list(column.histogram) if column.histogram else [number for _, number in column.top]


def _problem(dataset: Dataset, spec: FeatureSpec) -> str:
    """The first thing that stands between this choice and a diagnosis, or nothing."""
    if dataset.rows < 3:
        return (
            f"A diagnosis needs at least 3 accounts. This table has {dataset.rows}. Open one with more rows."
        )
    for name in spec.cluster:
        found = unusable(find(dataset, name))
        if found:
            return found
    if not spec.cluster:
        return (
            "Segments are made from at least one column. None has the role “Cluster on”. Give one that role."
        )
    found = resources.key_problem(record.dump(replace(spec, cluster=(), describe=(), weights=())))
    if found:
        return found
    if _rows(dataset, spec) < 3:
        return f"A diagnosis needs at least 3 accounts. The filters keep {_rows(dataset, spec)}. Loosen a filter."
    return ""


def _key(dataset: Dataset, spec: FeatureSpec) -> None:
    with st.expander(f"Key: {'row number' if spec.key == ROW_NUMBER else inert(spec.key)}"):
        st.markdown("The key names each account and must be different on every row.")
        options = [ROW_NUMBER, *(column.name for column in dataset.columns)]
        chosen = st.selectbox(
            "Key",
            options,
            index=options.index(spec.key),
            format_func=lambda name: "Number the rows" if name == ROW_NUMBER else name,
            key=f"key {dataset.id}",
        )
        if chosen != spec.key:
            resources.workspace().save_spec(
                replace(
                    spec,
                    key=chosen,
                    cluster=tuple(name for name in spec.cluster if name != chosen),
                    describe=tuple(name for name in spec.describe if name != chosen),
                    weights=tuple(item for item in spec.weights if item[0] != chosen),
                )
            )
            st.rerun()


def _filters(dataset: Dataset, spec: FeatureSpec) -> None:
    title = "Filters" + (f": {len(spec.filters)}" if spec.filters else "")
    with st.expander(title):
        st.markdown("Segment only some of the accounts. Filters are saved with the segmentation.")
        for place, item in enumerate(spec.filters):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(_filter_text(item), width="content")
                if st.button("Remove", key=f"remove filter {place}", type="tertiary"):
                    _keep_filters(spec, (*spec.filters[:place], *spec.filters[place + 1 :]))
        names = [
            column.name for column in dataset.columns if column.kind in ("number", "category", "boolean")
        ]
        name = st.selectbox("Filter on", names, index=None, key=f"filter column {len(spec.filters)}")
        if name is None:
            return
        column = find(dataset, name)
        if column.missing and st.toggle("Only accounts where it is known", key=f"known {column.field}"):
            made: Filter | None = Filter(name, "is not missing")
        else:
            made = _number_filter(column) if column.kind == "number" else _value_filter(column)
        if st.button("Add this filter", key="add filter", disabled=made is None) and made:
            _keep_filters(spec, (*spec.filters, made))


def _number_filter(column: Column) -> Filter | None:
    low, high = column.minimum or 0.0, column.maximum or 0.0
    left, right = st.columns(2)
    lower = left.number_input("From", value=low, key=f"from {column.field}")
    upper = right.number_input("To", value=high, key=f"to {column.field}")
    if lower > upper:
        st.caption("“From” is larger than “To”.")
        return None
    return Filter(column.name, "between", (float(lower), float(upper)))


def _value_filter(column: Column) -> Filter | None:
    values = st.multiselect("Keep", [value for value, _ in column.top], key=f"values {column.field}")
    return Filter(column.name, "in", tuple(values)) if values else None


def _filter_text(item: Filter) -> str:
    values = [show(value) if isinstance(value, float) else inert(value) for value in item.values]
    if item.operator == "between":
        return f"{inert(item.column)} from {values[0]} to {values[1]}"
    return f"{inert(item.column)} {item.operator} {', '.join(values)}"


def _keep_filters(spec: FeatureSpec, filters: tuple[Filter, ...]) -> None:
    resources.workspace().save_spec(replace(spec, filters=filters))
    st.rerun()


def _words(dataset: Dataset) -> None:
    with st.expander("Words: what each column is called and means"):
        st.markdown(
            "Personas use these labels and units. *More is better* says which direction is good for you."
        )
        grid = pd.DataFrame(
            {
                "Column": [column.name for column in dataset.columns],
                "Label": [column.meaning.label for column in dataset.columns],
                "Also called": [", ".join(column.meaning.aliases) for column in dataset.columns],
                "Unit": [column.meaning.unit for column in dataset.columns],
                "Theme": [column.meaning.role for column in dataset.columns],
                "More is": [DIRECTIONS[column.meaning.polarity] for column in dataset.columns],
            }
        )
        name = f"words {dataset.id}"
        edited = st.data_editor(
            grid,
            key=state.editor(name, dataset.columns),
            hide_index=True,
            disabled=["Column"],
            column_config={
                "Label": st.column_config.TextColumn(required=True, max_chars=60),
                "Also called": st.column_config.TextColumn(
                    max_chars=200,
                    help="Other words for it, with commas between. The checker reads them as this column.",
                ),
                "Unit": st.column_config.SelectboxColumn(options=UNITS, required=True),
                "Theme": st.column_config.SelectboxColumn(options=THEMES, required=True),
                "More is": st.column_config.SelectboxColumn(options=list(POLARITIES), required=True),
            },
        )
        columns = tuple(
            replace(
                column,
                meaning=replace(
                    column.meaning,
                    label=str(row["Label"]).strip() or column.name,
                    aliases=_listed(row["Also called"]),
                    unit=row["Unit"],
                    role=row["Theme"],
                    polarity=POLARITIES[row["More is"]],
                ),
            )
            for column, (_, row) in zip(dataset.columns, edited.iterrows(), strict=True)
        )
        if columns != dataset.columns:
            resources.workspace().save_dataset(replace(dataset, columns=columns))
            state.edited(name, columns)
            st.rerun()


def _listed(text: object) -> tuple[str, ...]:
    """The words between the commas of a cell, each once; an empty cell has none."""
    words = (" ".join(part.split()) for part in str(text or "").split(","))
    return tuple(dict.fromkeys(word for word in words if word))


DIRECTIONS = {1: "better", -1: "worse", 0: "neither"}
POLARITIES = {label: polarity for polarity, label in DIRECTIONS.items()}
UNITS = ["number", "count", "fraction", "points", "currency", "score", "days", "months", "ratio", "category"]
THEMES = [
    "volume", "share", "access", "digital", "rep", "new_starts", "adherence", "burden", "other",
]  # fmt: skip


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
                format_func=lambda item_id: (
                    f"{others[item_id].name} ({count(others[item_id].rows)} accounts)"
                ),
                key="another table",
            )
            if chosen:
                state.choose(state.DATASET, chosen)
                st.rerun()
        parts.upload("data upload")


page()
