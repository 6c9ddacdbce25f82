"""Small datasets for tests: made from a frame, stored in a workspace in memory, without reading a file."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from engine.columns import describe, propose_key
from engine.model import Dataset, FeatureSpec
from engine.record import content_id
from engine.sql import data_table
from engine.workspace import Workspace


def store(workspace: Workspace, frame: pd.DataFrame, folder: Path, name: str = "small") -> Dataset:
    """The frame as a dataset in the workspace, its columns described as an import would."""
    dataset_id = content_id(name, frame.to_csv(index=False))
    path = folder / f"{dataset_id}.parquet"
    inner = frame.set_axis([f"c{place}" for place in range(frame.shape[1])], axis=1)
    inner.assign(row_number=range(1, len(frame) + 1)).to_parquet(path, index=False)
    workspace.add_table(dataset_id, path)
    with workspace.reading() as cursor:
        columns = describe(cursor, data_table(dataset_id), tuple(frame.columns))
    return workspace.save_dataset(
        Dataset(dataset_id, name, "a frame", len(frame), columns, propose_key(columns, len(frame)))
    )


def spec_of(dataset: Dataset, cluster: tuple[str, ...], **changes: object) -> FeatureSpec:
    """A specification on these columns, prepared by z-scores unless changed."""
    spec = FeatureSpec(dataset.id, dataset.key, cluster, prepare="zscore")
    return replace(spec, **changes)
