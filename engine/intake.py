"""A user's file becomes a dataset in the workspace."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from engine import load
from engine.columns import describe, propose_key
from engine.model import Dataset, FeatureSpec, Meaning
from engine.sql import data_table
from engine.workspace import Workspace


def bring(
    workspace: Workspace,
    path: Path,
    *,
    name: str = "",
    options: load.ReadOptions | None = None,
    dictionary: Mapping[str, Meaning] | None = None,
) -> Dataset:
    """Read the file, store its rows, describe its columns, propose a key and uses. Idempotent.

    `dictionary` gives the meaning of columns that are known beforehand, by name.
    Raises FileRefused when the file cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        loaded = load.read(path, Path(folder), options or load.ReadOptions())
        dataset_id = loaded.fingerprint[:16]
        if workspace.has_dataset(dataset_id):
            return workspace.dataset(dataset_id)
        workspace.add_table(dataset_id, loaded.parquet)
    with workspace.reading() as cursor:
        columns = describe(cursor, data_table(dataset_id), loaded.headers)
    known = dictionary or {}
    columns = tuple(replace(column, meaning=known.get(column.name, column.meaning)) for column in columns)
    return workspace.save_dataset(
        Dataset(
            id=dataset_id,
            name=name or path.stem,
            source=loaded.source,
            rows=loaded.rows,
            columns=columns,
            key=propose_key(columns, loaded.rows),
            rejected_rows=loaded.rejected_rows,
            rejected=loaded.rejected,
            notes=loaded.notes,
        )
    )


def proposed_spec(dataset: Dataset) -> FeatureSpec:
    """The specification a newcomer starts from: every column in the use proposed for it."""
    return FeatureSpec(
        dataset=dataset.id,
        key=dataset.key,
        cluster=tuple(column.name for column in dataset.columns if column.use == "cluster"),
        describe=tuple(
            column.name
            for column in dataset.columns
            if column.use == "describe" and column.name != dataset.key
        ),
    )
