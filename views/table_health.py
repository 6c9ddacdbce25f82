"""The health of every column of a table: what is missing, how its values lie, in the units of the page."""

import pandas as pd
import streamlit as st

from engine.model import Column, Dataset
from engine.numbers import show


def health(dataset: Dataset) -> None:
    with st.expander("Health of every column"):
        st.dataframe(
            pd.DataFrame(
                {
                    "Column": [column.name for column in dataset.columns],
                    "Kind": [column.kind for column in dataset.columns],
                    "Missing": [column.missing for column in dataset.columns],
                    "Different values": [column.distinct for column in dataset.columns],
                    "Smallest": [_figure(column, column.minimum) for column in dataset.columns],
                    "Median": [_figure(column, column.median) for column in dataset.columns],
                    "Mean": [_figure(column, column.mean) for column in dataset.columns],
                    "Largest": [_figure(column, column.maximum) for column in dataset.columns],
                    "Skew": [column.skew for column in dataset.columns],
                    "Commonest value": [column.top[0][0] if column.top else "" for column in dataset.columns],
                }
            ),
            hide_index=True,
            placeholder="",
            column_config={
                name: st.column_config.TextColumn(alignment="right")
                for name in ("Smallest", "Median", "Mean", "Largest")
            }
            | {
                "Skew": st.column_config.NumberColumn(
                    format="%.1f",
                    help="0 is symmetric; beyond 1 a few large values lead, and are tamed before clustering.",
                ),
                "Missing": st.column_config.NumberColumn(format="localized"),
                "Different values": st.column_config.NumberColumn(format="localized"),
            },
        )


def _figure(column: Column, value: float | None) -> str:
    """The value in the column's unit, as everywhere else; empty where there is none."""
    return "" if value is None else show(value, column.meaning.unit)
