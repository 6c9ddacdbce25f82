"""Tables in memory for tests of the numerics: a frame indexed by key, its dataset, and its features."""

from dataclasses import replace

import numpy as np
import pandas as pd

from engine.features import prepare
from engine.model import Column, Dataset, Features, FeatureSpec, Kind, Meaning, Unit


def keyed(columns: dict[str, object]) -> pd.DataFrame:
    """The columns as rows keyed k000000, k000001, ..."""
    frame = pd.DataFrame(columns)
    return frame.set_axis(pd.Index([f"k{place:06d}" for place in range(len(frame))], name="key"))


def dataset_of(
    frame: pd.DataFrame, units: dict[str, Unit] | None = None, kinds: dict[str, Kind] | None = None
) -> Dataset:
    """A dataset whose columns have the kinds their types suggest, unless told."""
    columns = []
    for place, name in enumerate(frame.columns):
        numeric = pd.api.types.is_numeric_dtype(frame[name])
        kind = (kinds or {}).get(name, "number" if numeric else "category")
        unit = (units or {}).get(name, "number")
        columns.append(Column(name, f"c{place}", kind, "cluster", "", Meaning(name, unit=unit), 0, 2))
    return Dataset("table", "table", "a frame", len(frame), tuple(columns), "key")


def features_of(frame: pd.DataFrame, prepare_as: str = "zscore", **changes: object) -> Features:
    """The prepared features of all columns of the frame."""
    spec = FeatureSpec("table", "key", tuple(frame.columns), prepare=prepare_as)
    return prepare(frame, dataset_of(frame), replace(spec, **changes))


def features_of_matrix(matrix: np.ndarray, prepare_as: str = "none") -> Features:
    """Features whose columns are those of the matrix."""
    return features_of(keyed({f"x{place}": column for place, column in enumerate(matrix.T)}), prepare_as)


def blobs(rows: int, centres: np.ndarray, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Rows around each centre in turn with standard deviation 1, and the number of their centre."""
    truth = np.arange(rows) % len(centres)
    noise = np.random.default_rng(seed).normal(size=(rows, centres.shape[1]))
    return centres[truth] + noise, truth
