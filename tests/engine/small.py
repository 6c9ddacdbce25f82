"""Small datasets for tests: made from a frame, stored in a workspace, without reading a file."""

from dataclasses import replace

import pandas as pd

from engine.intake import adopt
from engine.model import Dataset, FeatureSpec
from engine.workspace import Workspace


def store(workspace: Workspace, frame: pd.DataFrame, name: str = "small") -> Dataset:
    """The frame as a dataset in the workspace, its columns described as an import would."""
    return adopt(workspace, frame, name=name, source="a frame", dictionary={})


def spec_of(dataset: Dataset, cluster: tuple[str, ...], **changes: object) -> FeatureSpec:
    """A specification on these columns, prepared by z-scores unless changed."""
    spec = FeatureSpec(dataset.id, dataset.key, cluster, prepare="zscore")
    return replace(spec, **changes)
