"""Which accounts of a table are segmented."""

from dataclasses import replace

import streamlit as st

from engine.filters import find
from engine.model import Column, Dataset, FeatureSpec, Filter
from engine.numbers import show
from llm.markdown import inert
from views import resources


def filters(dataset: Dataset, spec: FeatureSpec) -> None:
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
        incomplete = column.missing or name in spec.zeros_as("missing")
        if incomplete and st.toggle("Only accounts where it is known", key=f"known {column.field}"):
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
