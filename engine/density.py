"""Do the accounts thin out between two segments, or do the segments run into each other?

Two looks at every pair. *Valley*: the density of both segments' rows along the line through their
centres. *Path*: the density at the sparsest place of the densest way from one core to the other. The way
is sought in the plane of that line and the direction into which the rows bend away from it: it follows
curved clouds where the line leaves them, and stays clear in many columns, where no density could be seen
in all of them at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Event

import numpy as np

from engine.compiled import compiled_fast
from engine.model import PairGap
from engine.resample import Report, run_all
from engine.verdict import PATH, VALLEY, Criterion, pair_is_apart

FEWEST_NEIGHBOURS, MOST_NEIGHBOURS = 5, 100
ROWS_PER_NEIGHBOUR = 15
"""Density is judged by one neighbour for so many rows of the smaller segment: enough for the sparsest place
of a thin curve not to be chance, and few enough to see between small groups."""
CORE = 0.25
"""A segment's core: this share of its rows, the densest."""
PATH_ROWS = 3_000
BINS = 256
MOST_BINS = 4_096


def gaps(
    matrix: np.ndarray,
    labels: Mapping[int, np.ndarray],
    *,
    seed: int = 42,
    report: Report | None = None,
) -> dict[int, tuple[PairGap, ...]]:
    """Every pair of segments of every division of matrix (n, d); labels (n,) 0..k-1 by k.

    Tied values are spread over their cells first (spread_ties).
    """
    rows = spread_ties(matrix, np.random.default_rng([seed, 8]))

    def pairs_of(k: int, stop: Event) -> tuple[PairGap, ...]:
        return pair_gaps(rows, labels[k], k, stop)

    return run_all(pairs_of, sorted(labels, reverse=True), "Looking for gaps between segments", report)


def pair_gaps(rows: np.ndarray, labels: np.ndarray, k: int, stop: Event) -> tuple[PairGap, ...]:
    """The gaps of one division. A pair is apart when no chain of segments without a gap joins the two.

    A segment without rows among these, or with the same centre as another, has no gap to it.
    """
    members = [rows[labels == segment] for segment in range(k)]
    found = []
    for one in range(k):
        for other in range(one + 1, k):
            if stop.is_set():
                return ()
            found.append(
                PairGap(f"S{one + 1}", f"S{other + 1}", *_figures(members[one], members[other]), False)
            )
    joined = {f"S{segment + 1}": segment for segment in range(k)}
    for pair in found:
        if not pair_is_apart(pair):
            kept, gone = joined[pair.one], joined[pair.other]
            joined = {name: kept if group == gone else group for name, group in joined.items()}
    return tuple(replace(pair, apart=joined[pair.one] != joined[pair.other]) for pair in found)


def worst_valley(rows: np.ndarray, labels: np.ndarray, k: int) -> float:
    """The highest valley of all pairs, or one above its threshold: what decides, without the other pairs."""
    return _worst(rows, labels, k, _valley_of, VALLEY)


def worst_path(rows: np.ndarray, labels: np.ndarray, k: int) -> float:
    """The same for the paths of all pairs."""
    return _worst(rows, labels, k, path, PATH)


def _worst(
    rows: np.ndarray,
    labels: np.ndarray,
    k: int,
    measure: Callable[[np.ndarray, np.ndarray], float],
    criterion: Criterion,
) -> float:
    """Nearest pairs are looked at first: they are the likeliest to run into each other."""
    members = [rows[labels == segment] for segment in range(k)]
    means = np.array([part.mean(axis=0) if len(part) else np.zeros(rows.shape[1]) for part in members])
    pairs = [(one, other) for one in range(k) for other in range(one + 1, k)]
    pairs.sort(key=lambda pair: float(np.sum((means[pair[0]] - means[pair[1]]) ** 2)))
    highest = 0.0
    for one, other in pairs:
        highest = max(highest, measure(members[one], members[other]))
        if not criterion.holds(highest):
            break
    return highest


def _figures(one: np.ndarray, other: np.ndarray) -> tuple[float, float | None]:
    lowest = _valley_of(one, other)
    return lowest, path(one, other) if VALLEY.holds(lowest) else None


def _valley_of(one: np.ndarray, other: np.ndarray) -> float:
    if min(len(one), len(other)) < 2 or (one.mean(axis=0) == other.mean(axis=0)).all():
        return 1.0
    return valley(one, other)


def spread_ties(matrix: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The matrix with tied values spread evenly over their cells, so that steps are not taken for gaps.

    A column with fewer distinct values than a tenth of its rows is rounded, counted or yes/no: each value
    stands for everything up to half way to its neighbours.
    """
    result = np.array(matrix, dtype=np.float64)
    for column in range(matrix.shape[1]):
        distinct, codes = np.unique(matrix[:, column], return_inverse=True)
        if 2 <= len(distinct) <= len(matrix) / 10:
            middles = (distinct[1:] + distinct[:-1]) / 2
            low = np.concatenate([[2 * distinct[0] - middles[0]], middles])
            high = np.concatenate([middles, [2 * distinct[-1] - middles[-1]]])
            result[:, column] = low[codes] + random.random(len(matrix)) * (high - low)[codes]
    return result


# --- Along the line -------------------------------------------------------------------------------


def valley(one: np.ndarray, other: np.ndarray) -> float:
    """The lowest density between the peaks of two samples (n, d) on the line through their means, over
    the lower peak: 1 without a valley, 0 with empty space. One peak is sought on either side of half way.

    Kernel density; the bandwidth is Silverman's (1986, eq. 3.31) of the tighter and smaller sample.
    """
    axis = other.mean(axis=0) - one.mean(axis=0)
    length = float(axis @ axis)
    left, right = ((side - one.mean(axis=0)) @ axis / length for side in (one, other))
    values = np.concatenate([left, right])
    low, high = float(values.min()), float(values.max())
    bandwidth = 0.9 * min(np.std(left), np.std(right)) * min(len(left), len(right)) ** -0.2
    bandwidth = max(float(bandwidth), (high - low) / BINS)
    bins = int(min(MOST_BINS, max(BINS, 4 * (high - low) / bandwidth)))
    counts, edges = np.histogram(values, bins=bins, range=(low - 3 * bandwidth, high + 3 * bandwidth))
    reach = bandwidth / (edges[1] - edges[0])
    steps = np.arange(-int(4 * reach) - 1, int(4 * reach) + 2)
    density = np.convolve(counts.astype(float), np.exp(-0.5 * (steps / reach) ** 2), mode="same")[:bins]
    border = int(np.clip(np.searchsorted(edges, 0.5) - 1, 1, bins - 2))
    first, second = int(np.argmax(density[: border + 1])), border + int(np.argmax(density[border:]))
    return float(density[first : second + 1].min() / min(density[first], density[second]))


# --- Along the densest way ------------------------------------------------------------------------


def path(one: np.ndarray, other: np.ndarray) -> float:
    """The density at the sparsest place of the densest way between the cores of two samples (n, d), over
    that of the sparser core: about 1 in one cloud, 0 with empty space between.

    At most 3,000 rows, projected (`_plane`), make the minimum spanning tree of mutual reachability
    (Campello et al. 2013): an edge is as long as the largest of its distance and both ends' distances to
    their last of some neighbours. The way is open at the length where half of both cores hang together. Density
    is that length to the power of minus the dimension, estimated from the neighbours (Levina & Bickel
    2004).
    """
    labels = np.repeat([0, 1], [len(one), len(other)])
    rows = np.vstack([one, other])
    if len(rows) > PATH_ROWS:
        chosen = np.linspace(0, len(rows) - 1, PATH_ROWS).astype(np.int64)
        rows, labels = rows[chosen], labels[chosen]
    flat = np.ascontiguousarray(_plane(rows, labels))
    smaller = int(np.bincount(labels).min())
    neighbours = min(max(FEWEST_NEIGHBOURS, smaller // ROWS_PER_NEIGHBOUR), MOST_NEIGHBOURS, len(flat) - 1)
    near = nearest(flat, neighbours)
    reach = near[:, -1].copy()
    levels = np.array([np.quantile(reach[labels == side], CORE) for side in (0, 1)])
    if not levels.max() > 0:
        return 0.0 if len(np.unique(flat, axis=0)) > 1 else 1.0
    parents, lengths = spanning_tree(flat, reach)
    order = np.argsort(lengths[1:], kind="stable") + 1
    edges = np.column_stack([order, parents[order]])
    opened = opening(edges, lengths[order], labels.astype(np.int64), reach <= levels[labels])
    return float(min(1.0, levels.max() / opened) ** _dimension(near, flat.shape[1]))


def _plane(rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(n, 2) the rows along the line between the two means and along the direction into which they bend
    away from it (their covariance with the squared position on the line), scaled so that the spread
    within the two samples is round. (n, 1) with one column."""
    means = np.array([rows[labels == side].mean(axis=0) for side in (0, 1)])
    axis = (means[1] - means[0]) / np.linalg.norm(means[1] - means[0])
    along = rows @ axis
    across = rows - np.outer(along, axis)
    across -= across.mean(axis=0)
    position = along - along.mean()
    squared = position**2 - np.mean(position**2)
    squared -= position * (squared @ position) / (position @ position)
    bend = across.T @ squared
    bend -= axis * (bend @ axis)
    length = float(np.linalg.norm(bend))
    if rows.shape[1] == 1 or length <= 1e-12 * np.abs(rows).max():
        return np.asarray(along[:, None])
    flat = np.column_stack([along, across @ (bend / length)])
    inside = np.vstack([flat[labels == side] - flat[labels == side].mean(axis=0) for side in (0, 1)])
    variances, turn = np.linalg.eigh(inside.T @ inside / len(inside))
    return np.asarray(flat @ turn / np.sqrt(np.maximum(variances, 1e-9 * variances.max())))


def _dimension(near: np.ndarray, most: int) -> float:
    neighbours = near.shape[1]
    known = near[near[:, 0] > 0]
    if not len(known) or neighbours < 3:
        return float(most)
    slope = float(np.mean(np.log(known[:, -1:] / known[:, :-1])))
    return (
        min(float(most), max(1.0, (neighbours - 2) / (neighbours - 1) / slope)) if slope > 0 else float(most)
    )


# --- The loops ------------------------------------------------------------------------------------


@compiled_fast
def nearest(rows: np.ndarray, neighbours: int) -> np.ndarray:
    """(n, neighbours) ascending distances of each row of (n, d) to its nearest other rows."""
    count, features = rows.shape
    result = np.full((count, neighbours), np.inf)
    for row in range(count):
        own = result[row]
        for other in range(count):
            if other == row:
                continue
            square = 0.0
            for feature in range(features):
                difference = rows[row, feature] - rows[other, feature]
                square += difference * difference
            if square < own[neighbours - 1]:
                place = neighbours - 1
                while place > 0 and own[place - 1] > square:
                    own[place] = own[place - 1]
                    place -= 1
                own[place] = square
    return np.asarray(np.sqrt(result))


@compiled_fast
def spanning_tree(rows: np.ndarray, reach: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(n,) the row each row hangs on and (n,) the length of that edge, from row 0 (Prim's algorithm).

    An edge is as long as the largest of its distance and the reaches of its ends.
    """
    count, features = rows.shape
    lengths = np.full(count, np.inf)
    parents = np.zeros(count, dtype=np.int64)
    inside = np.zeros(count, dtype=np.bool_)
    current = 0
    for _ in range(count - 1):
        inside[current] = True
        best, following = np.inf, 0
        for row in range(count):
            if inside[row]:
                continue
            square = 0.0
            for feature in range(features):
                difference = rows[row, feature] - rows[current, feature]
                square += difference * difference
            length = max(np.sqrt(square), reach[row], reach[current])
            if length < lengths[row]:
                lengths[row] = length
                parents[row] = current
            if lengths[row] < best:
                best, following = lengths[row], row
        current = following
    return parents, lengths


@compiled_fast
def opening(edges: np.ndarray, lengths: np.ndarray, labels: np.ndarray, core: np.ndarray) -> float:
    """The length of the edge at which half of both sides' cores first hang together, shortest edges first.

    edges: (n - 1, 2) ascending by length; labels: (n,) 0 or 1; core: (n,) which rows are core rows.
    """
    count = labels.size
    root = np.arange(count)
    held = np.zeros((count, 2))
    total = np.zeros(2)
    for row in range(count):
        if core[row]:
            held[row, labels[row]] += 1.0
            total[labels[row]] += 1.0
    for edge in range(lengths.size):
        one, other = edges[edge, 0], edges[edge, 1]
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        while root[other] != other:
            root[other] = root[root[other]]
            other = root[other]
        root[other] = one
        held[one] += held[other]
        if 2.0 * held[one, 0] >= total[0] and 2.0 * held[one, 1] >= total[1]:
            return float(lengths[edge])
    return np.inf


def warm_up() -> None:
    """The loops are compiled, or read from disk where this machine has compiled them before."""
    rows = np.arange(16.0).reshape(8, 2) ** 2
    path(rows[:4], rows[4:])
