"""What the centres of a diagnosis say about its rows again: how well each segment holds together, and who
goes where when there is one segment more."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from engine import silhouette
from engine.kmeans import assign

PROFILED_ROWS = 3_000


@dataclass(frozen=True)
class Blade:
    """One segment of a silhouette profile. values: its measured accounts' silhouettes, highest first;
    mean: theirs; misplaced: the share of them below 0, nearer to another segment than to their own."""

    segment: str
    size: int
    mean: float
    misplaced: float
    values: np.ndarray = field(repr=False)


@dataclass(frozen=True)
class SilhouetteProfile:
    """One blade per segment, largest first. rows: all accounts; measured: those whose silhouettes are in it."""

    blades: tuple[Blade, ...]
    rows: int
    measured: int


def silhouette_profile(
    matrix: np.ndarray, centres: np.ndarray, *, most: int = PROFILED_ROWS, seed: int = 42
) -> SilhouetteProfile:
    """The silhouette of at most about `most` rows of matrix (n, d), segment by segment (Rousseeuw 1987).

    Rows belong to the nearest of centres (k, d), k > 1. Beyond `most` rows a sample spread evenly over the
    segments is measured, at least 50 from each; every value is exact, for it is taken against all rows.
    """
    labels, _ = assign(matrix, centres)
    (found,) = silhouette.scores(matrix, [labels], seed=seed, exact_rows=most, queries=most)
    measured = np.isfinite(found.samples)
    blades = []
    for place in range(len(centres)):
        values = np.sort(found.samples[(labels == place) & measured])[::-1]
        blades.append(
            Blade(
                segment=f"S{place + 1}",
                size=int(np.count_nonzero(labels == place)),
                mean=float(values.mean()) if len(values) else 0.0,
                misplaced=float(np.mean(values < 0)) if len(values) else 0.0,
                values=values,
            )
        )
    return SilhouetteProfile(tuple(blades), len(matrix), int(np.count_nonzero(measured)))


def flows(matrix: np.ndarray, divisions: Sequence[np.ndarray]) -> tuple[np.ndarray, ...]:
    """For each division but the last a table (k, k'): how many rows of matrix (n, d) are in segment i of it
    and in segment j of the next. divisions: centres (k, d) each; a row belongs to the nearest.

    A segment that stays whole from one number of segments to the next can be relied on (segment level
    stability across solutions, Dolnicar & Leisch 2017).
    """
    labels = [assign(matrix, centres)[0].astype(np.int64) for centres in divisions]
    tables = []
    for place, (before, after) in enumerate(pairwise(labels)):
        shape = len(divisions[place]), len(divisions[place + 1])
        pairs = np.bincount(before * shape[1] + after, minlength=shape[0] * shape[1])
        tables.append(pairs.reshape(shape))
    return tuple(tables)
