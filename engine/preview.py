"""The first answer, in a second or two: k-means on a sample and silhouettes seen from the centres."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.compiled import compiled_fast, spread
from engine.kmeans import best_of_starts, unit

Report = Callable[[str, float], None]

SAMPLE_ROWS = 5_000
STARTS = 3
ROWS_PER_CALL = 50_000


@dataclass(frozen=True)
class FromCentres:
    """What the distances to the centres alone say about one k, over all rows.

    simplified: the mean of 1 - (distance to the nearest centre / to the second nearest), the simplified
    silhouette (Hruschka et al. 2004; Wang et al. 2017), 0 to 1 and None for one centre. sizes: k counts.
    """

    centres: np.ndarray = field(repr=False)
    simplified: float | None
    inertia: float
    sizes: tuple[int, ...]


def preview(
    matrix: np.ndarray, ks: Sequence[int], *, seed: int = 42, report: Report | None = None
) -> dict[int, FromCentres]:
    """For each k the best of three k-means++ starts on at most 5,000 rows of matrix (n, d), largest first.

    The sizes are counts of all rows. A k with more segments than different rows in the sample may have
    empty ones.
    """
    tell = report or _silent
    random = np.random.default_rng([seed, 3])
    rows = min(len(matrix), SAMPLE_ROWS)
    sample = np.ascontiguousarray(matrix[np.sort(random.choice(len(matrix), rows, replace=False))])
    middle, scale = unit(sample)
    columns = np.ascontiguousarray(((sample - middle) * scale).T.astype(np.float32))
    draws = {k: random.random((STARTS, k, 2 + int(np.log(k)))) for k in sorted(ks)}
    centres: dict[int, np.ndarray] = {}

    def best(k: int) -> np.ndarray:
        return np.asarray(best_of_starts(columns, draws[k])[1].astype(np.float64) / scale + middle)

    for k, found in spread(best, sorted(ks, reverse=True)):
        centres[k] = found
        tell("A first look at a sample of the accounts", 0.8 * len(centres) / len(draws))
    seen = from_centres(
        matrix, centres, report=lambda _, fraction: tell("A first look at all accounts", 0.8 + 0.2 * fraction)
    )
    return {k: _largest_first(result) for k, result in seen.items()}


def from_centres(
    matrix: np.ndarray, centres: Mapping[int, np.ndarray], *, report: Report | None = None
) -> dict[int, FromCentres]:
    """The same for centres that are given: by k, (k, d) each, in their order."""
    tell = report or _silent
    ordered = sorted(centres)
    stacked = np.ascontiguousarray(np.vstack([centres[k] for k in ordered]))
    bounds = np.concatenate([[0], np.cumsum(ordered)]).astype(np.int64)
    rows = np.ascontiguousarray(matrix)
    fits, inertias, counts = np.zeros(len(ordered)), np.zeros(len(ordered)), np.zeros(bounds[-1])
    pieces = range(0, len(rows), ROWS_PER_CALL)
    found: dict[int, tuple[np.ndarray, np.ndarray, np.ndarray]] = {}
    for first, sums in spread(
        lambda first: nearest_two(rows[first : first + ROWS_PER_CALL], stacked, bounds), pieces
    ):
        found[first] = sums
        tell("Measuring distances to the centres", len(found) / len(pieces))
    # Summed in the order of the rows, so that the result does not depend on which piece was ready first.
    for first in pieces:
        for total, part in zip((fits, inertias, counts), found[first], strict=True):
            total += part
    return {
        k: FromCentres(
            centres=centres[k],
            simplified=float(fits[place]) / len(rows) if k > 1 else None,
            inertia=float(inertias[place]),
            sizes=tuple(counts[bounds[place] : bounds[place + 1]].astype(int).tolist()),
        )
        for place, k in enumerate(ordered)
    }


def warm_up() -> None:
    """The kernel is compiled, or read from disk where this machine has compiled it before."""
    rows = np.arange(8.0).reshape(4, 2)
    from_centres(rows, {2: rows[:2]})


@compiled_fast
def nearest_two(
    rows: np.ndarray, centres: np.ndarray, bounds: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sums over rows (n, d): of 1 - nearest / second-nearest distance and of nearest squares, one per
    division, and counts per centre. Division p has the centres bounds[p] to bounds[p + 1]."""
    divisions = bounds.size - 1
    features = rows.shape[1]
    fits, squares = np.zeros(divisions), np.zeros(divisions)
    counts = np.zeros(centres.shape[0])
    for row in range(rows.shape[0]):
        for division in range(divisions):
            first, second, closest = np.inf, np.inf, bounds[division]
            for centre in range(bounds[division], bounds[division + 1]):
                square = 0.0
                for feature in range(features):
                    difference = rows[row, feature] - centres[centre, feature]
                    square += difference * difference
                if square < first:
                    first, second, closest = square, first, centre
                elif square < second:
                    second = square
            if second > 0.0:
                fits[division] += 1.0 - np.sqrt(first / second)
            squares[division] += first
            counts[closest] += 1.0
    return fits, squares, counts


def _silent(_sentence: str, _fraction: float) -> None:
    return None


def _largest_first(result: FromCentres) -> FromCentres:
    order = np.argsort([-size for size in result.sizes], kind="stable")
    return FromCentres(
        result.centres[order], result.simplified, result.inertia, tuple(result.sizes[i] for i in order)
    )
