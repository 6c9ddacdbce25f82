"""K-means: features and a k become segments, the same ones every time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import TypeVar

import numpy as np

from engine.compiled import spread
from engine.errors import OptionProblem, TooFewRows
from engine.features import check_rows
from engine.lloyd import assign_rows, best_start, lloyd, settle, swapped

Report = Callable[[str, float], None]
Result = TypeVar("Result")
Step = tuple[np.ndarray, np.ndarray]

SAMPLE_ROWS = 12_000
REFINED = 5
REFINED_ROWS = 200_000
MORE_STARTS = 3
"""Small tables get up to this many times the starts: their best partitions are easy to miss."""
FEWEST_SWAPS, MOST_SWAPS = 10, 300
ROWS_OF_SWAPS = 400_000
START_TOLERANCE, REFINED_TOLERANCE = 5e-3, 2e-3
"""Runs rest when no centre moves further than this share of the typical distance to a centre; only the
winner is carried to the end."""
WORK_PER_CALL = 1.5e8
"""Distances times features in one uninterrupted call, some tenths of a second."""
STEPS_OF_A_SWAP = 10
"""About so many steps of Lloyd after a swap."""
MOST_ITERATIONS = 300
BLOCK_ROWS = 65_536


@dataclass(frozen=True)
class Partition:
    """Segments of a matrix. Segment 0 is the largest; ties go to the smaller centre, value by value.

    centres: (k, d) float64; labels: (n,) int32, equal to assign(matrix, centres); inertia: the sum of
    squared distances to the own centre; sizes: k counts.
    """

    centres: np.ndarray = field(repr=False)
    labels: np.ndarray = field(repr=False)
    inertia: float
    sizes: tuple[int, ...]


def fit(
    matrix: np.ndarray, k: int, *, seed: int = 42, starts: int = 10, report: Report | None = None
) -> Partition:
    """The best partition into k segments found by Lloyd's algorithm from several k-means++ starts.

    Starts (on small tables up to three times as many) run in float32 on at most 12,000 rows drawn by
    `seed`. The five best are improved by random swaps (Fränti 2018): a centre moves to a random row and
    stays there if that lowers the inertia. They are then refined on all rows (at most 200,000 of them);
    the winner is finished on all in float64 until no row changes segment. The result does not depend on
    the number of processors.
    Start: greedy k-means++ (Arthur & Vassilvitskii 2007). An empty segment is given the row furthest
    from its centre. Raises TooFewRows with fewer than k different rows, OptionProblem for a number that
    cannot be (no segment, no start, a negative seed).
    """
    for name, least, given in (("Segments", 1, k), ("Starts", 1, starts), ("A seed", 0, seed)):
        if given < least:
            raise OptionProblem(f"{name} must be {least} or more.", f"Found: {given}.", "Correct the option.")
    tell = report or _silent
    rows = len(matrix)
    check_rows(rows, k)
    _check_distinct(matrix, k)
    if k == 1:
        return _ordered(matrix, np.mean(matrix, axis=0)[None, :], np.zeros(rows, dtype=np.int32))
    middle, scale = unit(matrix)
    random = np.random.default_rng([seed, k])
    chosen = random.permutation(rows) if rows > SAMPLE_ROWS else np.arange(rows)
    sample, many = (
        np.ascontiguousarray(((matrix[np.sort(chosen[:most])] - middle) * scale).T.astype(np.float32))
        for most in (SAMPLE_ROWS, REFINED_ROWS)
    )
    trials = 2 + int(np.log(k))
    runs = starts * max(1, min(MORE_STARTS, SAMPLE_ROWS // rows))
    draws = random.random((runs, k, trials))
    found: dict[int, tuple[float, np.ndarray]] = {}
    for start, result in spread(lambda start: best_of_starts(sample, draws[start : start + 1]), range(runs)):
        found[start] = result
        tell(f"Fitting {k} segments", 0.5 * len(found) / runs)
    best = sorted(found, key=lambda start: (found[start][0], start))[:REFINED]
    swaps = min(rows, MOST_SWAPS, max(FEWEST_SWAPS, ROWS_OF_SWAPS // rows))
    moves = random.random((runs, swaps, 2))

    stop = Event()

    def improve(start: int) -> tuple[float, np.ndarray]:
        return refine(many, _swapped(sample, *found[start], moves[start], stop), stop)

    refined: dict[int, tuple[float, np.ndarray]] = {}

    def idle() -> None:
        tell(f"Fitting {k} segments", 0.5 + 0.4 * len(refined) / len(best))

    for start, result in spread(improve, best, idle=idle, stop=stop):
        refined[start] = result
        tell(f"Fitting {k} segments", 0.5 + 0.4 * len(refined) / len(best))
    centres = refined[min(best, key=lambda start: (refined[start][0], start))][1]
    finished, labels = _finish(
        np.ascontiguousarray(matrix), centres.astype(np.float64) / scale + middle, tell
    )
    return _ordered(matrix, finished, labels)


def assign(matrix: np.ndarray, centres: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The nearest centre of each row, and how clearly it is the nearest.

    labels: (n,) int32, ties to the lowest number; fit: (n,) float64, 1 - nearest / second-nearest
    distance, from 0 (on the border) to 1 (in the centre, or only one centre). Distances are summed
    feature by feature in float64, so the result is the same on every machine.
    """
    rows, k = len(matrix), len(centres)
    values = np.ascontiguousarray(matrix, dtype=np.float64)
    middles = np.ascontiguousarray(centres, dtype=np.float64)
    labels, nearest, second = np.zeros(rows, dtype=np.int32), np.empty(rows), np.empty(rows)
    _by_blocks(lambda first, last: assign_rows(values, first, last, middles, labels, nearest, second), rows)
    if k == 1:
        return labels, np.ones(rows)
    border = second == 0
    ratio = np.sqrt(nearest) / np.sqrt(np.where(border, 1.0, second))
    return labels, np.where(border, 0.0, 1.0 - ratio)


def distances(matrix: np.ndarray, centres: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(n,) float64: how far each row is from its own centre, summed feature by feature."""
    squares = np.zeros(len(matrix))
    for feature in range(matrix.shape[1]):
        squares += (matrix[:, feature] - centres[labels, feature]) ** 2
    return np.asarray(np.sqrt(squares))


def inertia_of(matrix: np.ndarray, centres: np.ndarray, labels: np.ndarray) -> float:
    """The sum of squared distances of the rows to their own centres, in float64."""
    return float(sum(np.sum((matrix[:, f] - centres[labels, f]) ** 2) for f in range(matrix.shape[1])))


def warm_up(report: Report) -> None:
    """The kernels are compiled, or read from disk where this machine has compiled them before."""
    sentence = "Preparing the k-means kernels (compiled once per machine)"
    rows = np.arange(16.0).reshape(8, 2)
    columns = np.ascontiguousarray(rows.T.astype(np.float32))
    report(sentence, 0.0)
    inertia, centres = best_of_starts(columns, np.full((1, 2, 2), 0.5))
    report(sentence, 0.4)
    _swapped(columns, inertia, centres, np.full((1, 2), 0.5), Event())
    report(sentence, 0.7)
    lloyd(columns, centres, MOST_ITERATIONS, START_TOLERANCE)
    _finish(rows, rows[:2].copy(), _silent)
    report(sentence, 1.0)


# --- Steps of a fit -------------------------------------------------------------------------------


def _silent(_sentence: str, _fraction: float) -> None:
    return None


def _check_distinct(matrix: np.ndarray, k: int) -> None:
    head = len(np.unique(matrix[: 20 * k], axis=0))
    distinct = head if head >= k else len(np.unique(matrix, axis=0))
    if distinct < k:
        raise TooFewRows(
            f"{k} segments need at least {k} different accounts.",
            f"Found: {distinct} different sets of values in {len(matrix):,} rows.",
            "Choose fewer segments, or add columns.",
        )


def unit(matrix: np.ndarray) -> tuple[np.ndarray, float]:
    """The middle of the rows, and a power of two that brings every difference from it within 1."""
    middle = np.mean(matrix, axis=0)
    reach = float(np.abs(matrix - middle).max())
    return middle, float(2.0 ** -np.ceil(np.log2(reach))) if reach > 0 else 1.0


def best_of_starts(columns: np.ndarray, draws: np.ndarray) -> tuple[float, np.ndarray]:
    """Inertia and centres of the best of several starts, nearly at rest. columns: (d, n) float32; draws:
    (starts, k, trials) in [0, 1)."""
    inertia, centres = best_start(columns, draws, MOST_ITERATIONS, START_TOLERANCE)
    return inertia, centres


def _swapped(
    sample: np.ndarray, inertia: float, centres: np.ndarray, moves: np.ndarray, stop: Event
) -> np.ndarray:
    """The centres after random swaps, several in one call. moves: (swaps, 2) in [0, 1)."""
    several = max(1, int(WORK_PER_CALL / (STEPS_OF_A_SWAP * sample.size * len(centres))))
    for first in range(0, len(moves), several):
        if stop.is_set():
            break
        inertia, centres = swapped(
            sample, inertia, centres, moves[first : first + several], MOST_ITERATIONS, START_TOLERANCE
        )
    return centres


def refine(columns: np.ndarray, centres: np.ndarray, stop: Event) -> tuple[float, np.ndarray]:
    """Inertia and centres after Lloyd from these centres, nearly at rest. columns: (d, n) float32."""
    steps = min(MOST_ITERATIONS, max(1, int(WORK_PER_CALL / (columns.size * len(centres)))))
    for _ in range(0, MOST_ITERATIONS, steps):
        inertia, centres, still = lloyd(columns, centres, steps, REFINED_TOLERANCE)
        if still or stop.is_set():
            break
    return inertia, centres


def _finish(matrix: np.ndarray, centres: np.ndarray, tell: Report) -> tuple[np.ndarray, np.ndarray]:
    """Lloyd in float64 until no row moves; the labels are those of `assign` for the centres returned.

    Rows are taken in blocks and the blocks' sums added in their order, whatever processor did which.
    """
    rows, k = len(matrix), len(centres)
    labels = np.full(rows, -1, dtype=np.int32)
    upper, lower = np.full(rows, np.inf), np.zeros(rows)
    sums, counts = np.zeros(centres.shape), np.zeros(k + 1, dtype=np.int64)
    moves = np.zeros(k)
    for _ in range(MOST_ITERATIONS):

        def step(first: int, last: int, centres: np.ndarray = centres, moves: np.ndarray = moves) -> Step:
            return settle(matrix, first, last, centres, moves, labels, upper, lower)

        counts[k] = 0
        for added, counted in _by_blocks(step, rows):
            sums += added
            counts += counted
        tell(f"Fitting {k} segments", 0.95)
        following = centres.copy()
        filled = counts[:k] > 0
        following[filled] = sums[filled] / counts[:k][filled, None]
        if not filled.all():
            # Bounds of settled rows may be loose, but never too small: this row is far enough. One empty
            # segment is refilled in a step: the next step finds the next furthest row.
            following[np.flatnonzero(~filled)[0]] = matrix[np.argmax(upper)]
        elif counts[k] == 0:
            break
        moves = np.sqrt(np.sum((following - centres) ** 2, axis=1)) * (1 + 1e-12)
        centres = following
    return centres, assign(matrix, centres)[0]


def _by_blocks(work: Callable[[int, int], Result], rows: int) -> list[Result]:
    """What `work(first, last)` gives for each block of rows, in their order; the same blocks everywhere."""
    blocks = [(first, min(first + BLOCK_ROWS, rows)) for first in range(0, rows, BLOCK_ROWS)]
    if len(blocks) == 1:
        return [work(*blocks[0])]
    found = dict(spread(lambda block: work(*block), blocks))
    return [found[block] for block in blocks]


def _ordered(matrix: np.ndarray, centres: np.ndarray, labels: np.ndarray) -> Partition:
    sizes = np.bincount(labels, minlength=len(centres))
    order = sorted(range(len(centres)), key=lambda segment: (-sizes[segment], *centres[segment]))
    place = np.empty(len(centres), dtype=np.int32)
    place[order] = np.arange(len(centres), dtype=np.int32)
    centres, labels = np.ascontiguousarray(centres[order]), place[labels]
    return Partition(
        centres=centres,
        labels=labels,
        inertia=inertia_of(matrix, centres, labels),
        sizes=tuple(int(sizes[segment]) for segment in order),
    )
