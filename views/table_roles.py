"""The role of each column: a grid to choose in, with the reason for what is proposed."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from engine.columns.proposal import MOST_MISSING
from engine.model import Column, Dataset, FeatureSpec
from engine.numbers import percent
from engine.zeros import missing_share
from llm.markdown import inert
from views import resources, state

ROLES = {"cluster": "Cluster on", "describe": "Describe with", "ignore": "Ignore"}
USES = {label: use for use, label in ROLES.items()}
ROW_PIXELS = 35
MOST_PIXELS = 563
NAME_PIXELS = (110, 230)
PIXELS_A_LETTER = 6.6


def roles(dataset: Dataset, spec: FeatureSpec) -> FeatureSpec:
    """The grid; returns the specification as the analyst left it."""
    columns = [column for column in dataset.columns if column.name != spec.key]
    shares = _shares(dataset, spec, columns)
    grid = pd.DataFrame(
        {
            "Column": [column.name for column in columns],
            "Role": [ROLES[_use(column, spec)] for column in columns],
            "Missing": [percent(share) for share in shares],
            "Shape": [_shape(column) for column in columns],
            "Why": [_why(column, spec, share) for column, share in zip(columns, shares, strict=True)],
        }
    )
    longest = PIXELS_A_LETTER * max((len(column.name) for column in columns), default=0) + 18
    edited = st.data_editor(
        grid if any(shares) else grid.drop(columns="Missing"),
        key=state.editor(name_of(spec), spec),
        hide_index=True,
        height=min(ROW_PIXELS * (len(columns) + 1) + 3, MOST_PIXELS),
        disabled=["Column", "Shape", "Missing", "Why"],
        column_config={
            "Column": st.column_config.TextColumn(
                width=int(min(max(longest, NAME_PIXELS[0]), NAME_PIXELS[1]))
            ),
            "Role": st.column_config.SelectboxColumn(options=list(USES), required=True, width=108),
            "Missing": st.column_config.TextColumn(width=64, alignment="right"),
            "Shape": st.column_config.BarChartColumn(width=100, y_min=0, help="How the values are spread."),
            "Why": st.column_config.TextColumn(help="Why this role was proposed."),
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


def reasons(dataset: Dataset, spec: FeatureSpec) -> None:
    """What the grid says of each column as text, for a screen too narrow for the grid."""
    columns = [column for column in dataset.columns if column.name != spec.key]
    with st.container(key="reasons"), st.expander("Why each column has its role"):
        for column, share in zip(columns, _shares(dataset, spec, columns), strict=True):
            missing = f", {percent(share)} missing" if share else ""
            st.markdown(
                f"**{inert(column.name)}** ({ROLES[_use(column, spec)].lower()}{missing}): "
                f"{inert(_why(column, spec, share))}"
            )


def name_of(spec: FeatureSpec) -> str:
    """What the session knows the grid by."""
    return f"roles {spec.dataset} {spec.key}"


def _shares(dataset: Dataset, spec: FeatureSpec, columns: list[Column]) -> list[float]:
    zeros = resources.zeros_of(dataset.id) if spec.zeros_as("missing") else {}
    return [missing_share(dataset, spec, column.name, zeros) for column in columns]


def _use(column: Column, spec: FeatureSpec) -> str:
    if column.name in spec.cluster:
        return "cluster"
    return "describe" if column.name in spec.describe else "ignore"


def _why(column: Column, spec: FeatureSpec, missing: float) -> str:
    use = _use(column, spec)
    if use == column.use:
        return column.reason + (
            "; its zeros are read as missing" if column.name in spec.zeros_as("missing") else ""
        )
    if use == "describe" and missing > MOST_MISSING and column.name in spec.zeros_as("missing"):
        return f"{percent(missing)} missing without its zeros: too many to cluster on"
    return "your choice"


def _shape(column: Column) -> list[int]:
    return list(column.histogram) if column.histogram else [number for _, number in column.top]
