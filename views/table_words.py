"""What each column of a table is called and means, in the analyst's words."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from engine.model import Dataset
from views import resources, state

DIRECTIONS = {1: "better", -1: "worse", 0: "neither"}
POLARITIES = {label: polarity for polarity, label in DIRECTIONS.items()}
UNITS = ["number", "count", "fraction", "points", "currency", "score", "days", "months", "ratio", "category"]
THEMES = [
    "volume", "share", "access", "digital", "rep", "new_starts", "adherence", "burden", "other",
]  # fmt: skip


def words(dataset: Dataset) -> None:
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
