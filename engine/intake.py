"""A user's file becomes a dataset in the workspace."""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from engine import load
from engine.columns import describe, propose_key
from engine.model import ROW_NUMBER, Dataset, FeatureSpec, Meaning, Use
from engine.sql import data_table
from engine.workspace import Workspace


def bring(
    workspace: Workspace, path: Path, *, name: str = "", options: load.ReadOptions | None = None
) -> Dataset:
    """Read the user's file, store its rows, describe its columns, propose a key and uses. Idempotent.

    Raises FileRefused when the file cannot be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        loaded = load.read(path, Path(folder), options or load.ReadOptions())
        return _keep(
            workspace,
            Dataset(
                id=loaded.fingerprint[:16],
                name=name or path.stem,
                source=loaded.source,
                rows=loaded.rows,
                columns=(),
                key="",
                rejected_rows=loaded.rejected_rows,
                rejected=loaded.rejected,
                notes=loaded.notes,
            ),
            loaded.headers,
            loaded.parquet,
            {},
        )


def adopt(
    workspace: Workspace, frame: pd.DataFrame, *, name: str, source: str, dictionary: Mapping[str, Meaning]
) -> Dataset:
    """The same for a frame that this program made itself; `dictionary` gives its columns' meaning."""
    hashes = pd.util.hash_pandas_object(frame, index=False).to_numpy()
    inner = frame.set_axis([f"c{place}" for place in range(frame.shape[1])], axis=1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        inner.assign(**{ROW_NUMBER: range(1, len(frame) + 1)}).to_parquet(path, index=False)
        fingerprint = hashlib.sha256(hashes.tobytes() + "|".join(frame.columns).encode()).hexdigest()
        made = Dataset(fingerprint[:16], name, source, len(frame), (), "")
        return _keep(workspace, made, tuple(frame.columns), path, dictionary)


def _keep(
    workspace: Workspace,
    dataset: Dataset,
    headers: tuple[str, ...],
    parquet: Path,
    dictionary: Mapping[str, Meaning],
) -> Dataset:
    if workspace.has_dataset(dataset.id):
        return workspace.dataset(dataset.id)
    workspace.add_table(dataset.id, parquet)
    with workspace.reading() as cursor:
        columns = describe(cursor, data_table(dataset.id), headers)
    columns = tuple(
        replace(column, meaning=dictionary.get(column.name, column.meaning)) for column in columns
    )
    return workspace.save_dataset(replace(dataset, columns=columns, key=propose_key(columns, dataset.rows)))


def proposed_spec(dataset: Dataset) -> FeatureSpec:
    """The specification a newcomer starts from: every column but the key in the use proposed for it."""

    def proposed(use: Use) -> tuple[str, ...]:
        return tuple(
            column.name for column in dataset.columns if column.use == use and column.name != dataset.key
        )

    return FeatureSpec(
        dataset=dataset.id,
        key=dataset.key,
        cluster=proposed("cluster"),
        describe=proposed("describe"),
    )
