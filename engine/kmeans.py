"""K-means: features and a k become segments, the same ones every time."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from engine.compiled import compiled, compiled_fast, spread
from engine.errors import TooFewRows
from engine.features import check_rows

Report = Callable[[str, float], None]

SAMPLE_ROWS = 20_000
REFINED = 3
BLOCK = 256
SAMPLE_TOLERANCE = 1e-5
"""Starts stop when no centre moves further than this share of the mean distance to the centre."""
WORK_PER_CALL = 1.5e8
"""Distances times features in one uninterrupted call, some tenths of a second."""
MOST_ITERATIONS = 300


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

    Starts run in float32 on at most 20,000 rows drawn by `seed`; the three best are refined on all
    rows; the winner is finished in float64 until no row changes segment. The result does not depend on
    the number of processors. Start: greedy k-means++ (Arthur & Vassilvitskii 2007). An empty segment is
    given the row furthest from its centre. Raises TooFewRows with fewer than k different rows.
    """
    tell = report or _silent
    rows = len(matrix)
    check_rows(rows, k)
    _check_distinct(matrix, k)
    if k == 1:
        return _ordered(matrix, np.mean(matrix, axis=0)[None, :], np.zeros(rows, dtype=np.int32))
    middle, scale = unit(matrix)
    random = np.random.default_rng([seed, k])
    everything = np.ascontiguousarray(((matrix - middle) * scale).T.astype(np.float32))
    chosen = np.sort(random.choice(rows, SAMPLE_ROWS, replace=False)) if rows > SAMPLE_ROWS else None
    sample = everything if chosen is None else np.ascontiguousarray(everything[:, chosen])
    trials = 2 + int(np.log(k))
    draws = random.random((starts, k, trials))
    found: dict[int, tuple[float, np.ndarray]] = {}
    for start, result in spread(lambda start: start_once(sample, k, draws[start]), range(starts)):
        found[start] = result
        tell(f"Fitting {k} segments", 0.5 * len(found) / starts)
    best = sorted(found, key=lambda start: (found[start][0], start))[:REFINED]
    if chosen is None:
        centres = found[best[0]][1]
    else:
        refined: dict[int, tuple[float, np.ndarray]] = {}
        for start, result in spread(lambda start: _refine(everything, found[start][1], tell), best):
            refined[start] = result
            tell(f"Fitting {k} segments", 0.5 + 0.4 * len(refined) / len(best))
        centres = refined[min(best, key=lambda start: (refined[start][0], start))][1]
    finished, labels = _finish(matrix, centres.astype(np.float64) / scale + middle, tell)
    return _ordered(matrix, finished, labels)


def assign(matrix: np.ndarray, centres: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The nearest centre of each row, and how clearly it is the nearest.

    labels: (n,) int32, ties to the lowest number; fit: (n,) float64, 1 - nearest / second-nearest
    distance, from 0 (on the border) to 1 (in the centre, or only one centre). Distances are summed
    feature by feature in float64, so the result is the same on every machine.
    """
    rows, k = len(matrix), len(centres)
    nearest = np.full(rows, np.inf)
    second = np.full(rows, np.inf)
    labels = np.zeros(rows, dtype=np.int32)
    columns = np.ascontiguousarray(matrix.T)
    for segment in range(k):
        squares = np.zeros(rows)
        for values, centre in zip(columns, centres[segment], strict=True):
            difference = values - centre
            squares += difference * difference
        closer = squares < nearest
        second = np.where(closer, nearest, np.minimum(second, squares))
        nearest = np.where(closer, squares, nearest)
        labels[closer] = segment
    if k == 1:
        return labels, np.ones(rows)
    border = second == 0
    ratio = np.sqrt(nearest) / np.sqrt(np.where(border, 1.0, second))
    return labels, np.where(border, 0.0, 1.0 - ratio)


def inertia_of(matrix: np.ndarray, centres: np.ndarray, labels: np.ndarray) -> float:
    """The sum of squared distances of the rows to their own centres, in float64."""
    return float(sum(np.sum((matrix[:, f] - centres[labels, f]) ** 2) for f in range(matrix.shape[1])))


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


def _refine(everything: np.ndarray, centres: np.ndarray, tell: Report) -> tuple[float, np.ndarray]:
    work = everything.size * len(centres)
    steps = max(1, int(WORK_PER_CALL / work))
    done = 0
    while True:
        inertia, centres, still = lloyd(everything, centres, steps, SAMPLE_TOLERANCE)
        done += steps
        if still or done >= MOST_ITERATIONS:
            return inertia, centres


def _finish(matrix: np.ndarray, centres: np.ndarray, tell: Report) -> tuple[np.ndarray, np.ndarray]:
    """Lloyd in float64 until no row moves; labels always belong to the centres returned."""
    columns = np.ascontiguousarray(matrix.T)
    labels = np.full(len(matrix), -1, dtype=np.int32)
    for _ in range(MOST_ITERATIONS):
        moved, following = finish_step(columns, centres, labels)
        if not moved:
            break
        centres = following
        tell(f"Fitting {len(centres)} segments", 0.9)
    return centres, assign(matrix, centres)[0]


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


# --- Kernels: columns are (d, n), so that loops over rows are vectorised -----------------------------


@compiled_fast
def nearest_in_block(
    columns: np.ndarray, first: int, count: int, centres: np.ndarray, squares: np.ndarray,
    nearest: np.ndarray, labels: np.ndarray,
) -> None:  # fmt: skip
    """Fill nearest (squared distance) and labels for `count` rows from `first`."""
    for segment in range(centres.shape[0]):
        for row in range(count):
            squares[row] = 0
        for feature in range(columns.shape[0]):
            centre = centres[segment, feature]
            for row in range(count):
                difference = columns[feature, first + row] - centre
                squares[row] += difference * difference
        if segment == 0:
            for row in range(count):
                nearest[row] = squares[row]
                labels[row] = 0
        else:
            for row in range(count):
                closer = squares[row] < nearest[row]
                nearest[row] = squares[row] if closer else nearest[row]
                labels[row] = segment if closer else labels[row]


@compiled_fast
def lloyd(
    columns: np.ndarray, centres: np.ndarray, steps: int, tolerance: float
) -> tuple[float, np.ndarray, bool]:
    """Inertia, centres and whether they stand still, after at most `steps` steps of Lloyd (float32).

    Sums are float64, block by block in the order of the rows.
    """
    features, rows = columns.shape
    k = centres.shape[0]
    centres = centres.copy()
    squares = np.empty(BLOCK, dtype=np.float32)
    nearest = np.empty(BLOCK, dtype=np.float32)
    labels = np.empty(BLOCK, dtype=np.int32)
    inertia = 0.0
    for _ in range(steps):
        sums = np.zeros((k, features), dtype=np.float64)
        counts = np.zeros(k, dtype=np.int64)
        inertia = 0.0
        far_square, far_row = -1.0, 0
        for first in range(0, rows, BLOCK):
            count = min(BLOCK, rows - first)
            nearest_in_block(columns, first, count, centres, squares, nearest, labels)
            for row in range(count):
                counts[labels[row]] += 1
                inertia += nearest[row]
                if nearest[row] > far_square:
                    far_square, far_row = nearest[row], first + row
            for feature in range(features):
                for row in range(count):
                    sums[labels[row], feature] += columns[feature, first + row]
        shift = 0.0
        empty = False
        for segment in range(k):
            if counts[segment] == 0:
                # Only one empty segment is refilled in a step: the next step finds the next furthest row.
                if not empty:
                    for feature in range(features):
                        centres[segment, feature] = columns[feature, far_row]
                empty = True
                continue
            for feature in range(features):
                value = np.float32(sums[segment, feature] / counts[segment])
                shift = max(shift, abs(float(value) - float(centres[segment, feature])))
                centres[segment, feature] = value
        if not empty and shift <= tolerance * np.sqrt(inertia / rows):
            return inertia, centres, True
    return inertia, centres, False


@compiled_fast
def start_once(columns: np.ndarray, k: int, draws: np.ndarray) -> tuple[float, np.ndarray]:
    """Inertia and centres of one greedy k-means++ start, carried to rest. draws: (k, trials) in [0, 1)."""
    features, rows = columns.shape
    centres = np.empty((k, features), dtype=np.float32)
    nearest = np.full(rows, np.inf, dtype=np.float32)
    trial = np.empty(rows, dtype=np.float32)
    kept = np.empty(rows, dtype=np.float32)
    first = min(rows - 1, int(draws[0, 0] * rows))
    for feature in range(features):
        centres[0, feature] = columns[feature, first]
    distances_to(columns, first, nearest, nearest)
    for segment in range(1, k):
        total = 0.0
        for row in range(rows):
            total += nearest[row]
        best_total, best_row = np.inf, 0
        for attempt in range(draws.shape[1]):
            wanted = draws[segment, attempt] * total
            row = 0
            running = float(nearest[0])
            while running <= wanted and row < rows - 1:
                row += 1
                running += nearest[row]
            distances_to(columns, row, nearest, trial)
            attempt_total = 0.0
            for other in range(rows):
                attempt_total += trial[other]
            if attempt_total < best_total:
                best_total, best_row = attempt_total, row
                kept[:] = trial
        nearest[:] = kept
        for feature in range(features):
            centres[segment, feature] = columns[feature, best_row]
    inertia, centres, _ = lloyd(columns, centres, MOST_ITERATIONS, SAMPLE_TOLERANCE)
    return inertia, centres


@compiled_fast
def distances_to(columns: np.ndarray, row: int, nearest: np.ndarray, out: np.ndarray) -> None:
    """out = the smaller of nearest and the squared distance to `row`."""
    features, rows = columns.shape
    squares = np.empty(BLOCK, dtype=np.float32)
    for first in range(0, rows, BLOCK):
        count = min(BLOCK, rows - first)
        for place in range(count):
            squares[place] = 0
        for feature in range(features):
            centre = columns[feature, row]
            for place in range(count):
                difference = columns[feature, first + place] - centre
                squares[place] += difference * difference
        for place in range(count):
            out[first + place] = min(nearest[first + place], squares[place])


@compiled
def finish_step(columns: np.ndarray, centres: np.ndarray, labels: np.ndarray) -> tuple[bool, np.ndarray]:
    """One exact step: labels (changed in place) for the centres, whether any moved, and the new centres.

    Written without reordered or fused sums, so it agrees with `assign` bit for bit.
    """
    features, rows = columns.shape
    k = centres.shape[0]
    sums = np.zeros((k, features))
    counts = np.zeros(k, dtype=np.int64)
    squares = np.empty(BLOCK)
    nearest = np.empty(BLOCK)
    closest = np.empty(BLOCK, dtype=np.int32)
    moved = False
    far_square, far_row = -1.0, 0
    for first in range(0, rows, BLOCK):
        count = min(BLOCK, rows - first)
        for segment in range(k):
            for row in range(count):
                squares[row] = 0.0
            for feature in range(features):
                centre = centres[segment, feature]
                for row in range(count):
                    difference = columns[feature, first + row] - centre
                    squares[row] += difference * difference
            for row in range(count):
                closer = segment == 0 or squares[row] < nearest[row]
                nearest[row] = squares[row] if closer else nearest[row]
                closest[row] = segment if closer else closest[row]
        for row in range(count):
            moved |= labels[first + row] != closest[row]
            labels[first + row] = closest[row]
            counts[closest[row]] += 1
            if nearest[row] > far_square:
                far_square, far_row = nearest[row], first + row
        for feature in range(features):
            for row in range(count):
                sums[closest[row], feature] += columns[feature, first + row]
    following = centres.copy()
    refilled = False
    for segment in range(k):
        if counts[segment] > 0:
            for feature in range(features):
                following[segment, feature] = sums[segment, feature] / counts[segment]
        elif not refilled:
            for feature in range(features):
                following[segment, feature] = columns[feature, far_row]
            refilled = True
    return moved or refilled, following
