"""Exact silhouettes of any number of labelings of the same rows, from one pass over the distances.

Distances do not depend on the labels. Rows that carry the same labels in every labeling form an
*atom*; each distance is added once, to the sum of its atom, and the sums of atoms are folded into the
clusters of every labeling. Silhouette: Rousseeuw (1987); macro mean: Pavlopoulos et al. (arXiv
2401.05831).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from engine.compiled import cores, spread
from engine.tiles import LANES, Plan, tiles

Report = Callable[[str, float], None]

UNROLLED = 16
"""With more columns than this the sum over columns is taken in steps of eight."""
WORK_PER_CALL = 4e8
"""Distances times columns in one uninterrupted call, a tenth of a second or so."""
MOST_TAILS = 4_096
"""Sums kept beside those of the clusters while a tile of rows is measured."""
EXACT_ROWS = 100_000
QUERIES = 10_000
"""Rows that stand for all above EXACT_ROWS, each still compared with every row: about +-.002."""
QUERIES_PER_CLUSTER = 50
CLOSE = 0.02
"""Where the mean distances of a row are under this share of its distance from the middle, rounding to
float32 could show in the sixth decimal, and the row is done again in float64."""


@dataclass(frozen=True)
class Silhouette:
    """The silhouette of one labeling.

    mean: over rows; macro: the mean over clusters of their means; samples: (n,) float64, NaN where a
    row was not sampled. A row alone in its cluster counts 0. With one cluster everything is NaN.
    halfwidth: of the 95 % confidence interval of the mean, None where it is exact.
    """

    mean: float
    macro: float
    samples: np.ndarray = field(repr=False)
    method: Literal["exact", "sampled"] = "exact"
    halfwidth: float | None = None


def scores(
    matrix: np.ndarray,
    labelings: Sequence[np.ndarray],
    *,
    report: Report | None = None,
    seed: int = 42,
    exact_rows: int = EXACT_ROWS,
    queries: int = QUERIES,
) -> tuple[Silhouette, ...]:
    """One Silhouette per labeling of the rows of matrix (n, d), by Euclidean distance.

    Up to `exact_rows` rows every row is measured. Beyond, about `queries` rows are, spread evenly over
    the segments of all labelings at once and at least 50 from every cluster, each against all rows;
    the means are then weighted by cluster and come with their 95 % half-width. Within 1e-5 of float64
    arithmetic on a row. `report` is called several times a second and may raise to stop.
    """
    if not labelings or len(matrix) == 0:
        return ()
    codes = np.column_stack([np.unique(labels, return_inverse=True)[1] for labels in labelings])
    counts = [int(codes[:, column].max()) + 1 for column in range(codes.shape[1])]
    sampled = len(matrix) > exact_rows
    if sampled:
        chosen = [_sample(codes, counts, column, queries, seed) for column in range(len(counts))]
        asked = np.unique(np.concatenate(chosen))
    else:
        asked = np.arange(len(matrix))
    samples = np.full((len(counts), len(matrix)), np.nan)
    samples[:, asked] = _measure(matrix, codes, counts, asked, report or _silent)
    if sampled:
        return tuple(_estimated(samples[i], codes[:, i], chosen[i]) for i in range(len(counts)))
    return tuple(_exact(samples[i], codes[:, i]) for i in range(len(counts)))


def squared(matrix: np.ndarray, labels: np.ndarray) -> float:
    """The mean silhouette by *squared* Euclidean distance, as Spark's ClusteringEvaluator reports it.

    Another number than the silhouette, and usually a higher one. In closed form from the clusters'
    means and spreads (Gaido, arXiv 2303.14102). On rows of length 1 it is the silhouette by cosine
    distance; on rows of mean 0 and length 1, by 1 - correlation. NaN with one cluster.
    """
    codes = np.unique(labels, return_inverse=True)[1]
    sizes = np.bincount(codes).astype(float)
    if len(sizes) < 2:
        return float("nan")
    centred = matrix - np.mean(matrix, axis=0)
    means = np.column_stack([np.bincount(codes, weights=column) for column in centred.T]) / sizes[:, None]
    spreads = np.bincount(codes, weights=np.sum((centred - means[codes]) ** 2, axis=1)) / sizes
    lengths = np.sum(centred**2, axis=1)
    # The mean squared distance to the rows of each cluster: that to its mean, and its spread.
    away = lengths[:, None] - 2 * centred @ means.T + np.sum(means**2, axis=1)
    away = np.maximum(away, 0.0) + spreads
    rows = np.arange(len(codes))
    inside = away[rows, codes] * sizes[codes] / np.maximum(sizes[codes] - 1, 1)
    away[rows, codes] = np.inf
    outside = np.min(away, axis=1)
    larger = np.maximum(inside, outside)
    counted = (sizes[codes] > 1) & (larger > 0)
    return float(np.mean(np.where(counted, (outside - inside) / np.where(larger > 0, larger, 1.0), 0.0)))


def warm_up(report: Report, columns: int) -> None:
    """The kernel for this number of columns is compiled, or read from disk; says so first."""
    report(f"Preparing the silhouette kernel for {columns} columns (compiled once per machine)", 0.0)
    random = np.random.default_rng(0)
    scores(random.normal(size=(2 * LANES, columns)), [np.arange(2 * LANES) % 2])


# --- Around the kernel ----------------------------------------------------------------------------


def _silent(_sentence: str, _fraction: float) -> None:
    return None


def _measure(
    matrix: np.ndarray, codes: np.ndarray, counts: Sequence[int], asked: np.ndarray, report: Report
) -> np.ndarray:
    """Silhouettes of the asked rows: (labelings, asked) float64."""
    plan, atom_of = _plan(codes, counts)
    order = np.argsort(atom_of, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    atom_of = atom_of[order]
    middle = np.mean(matrix, axis=0)
    centred = matrix[order] - middle
    reach = float(np.abs(centred).max())
    if reach > 0:
        centred *= 2.0 ** -np.ceil(np.log2(reach))
    places = place[asked]
    # Neighbours in the order of atoms share their labels, and their places in the cache.
    by_place = np.argsort(places, kind="stable")
    result = np.zeros((len(counts), len(asked)))
    smallest = np.zeros(len(asked))

    def run(rows: np.ndarray, positions: np.ndarray, sentence: str) -> None:
        shaped, width = _shaped(rows)
        step = min(WORK_PER_CALL / (len(rows) * max(4, rows.shape[1])), len(positions) / (4 * cores()))
        step = LANES * max(1, int(step / LANES))
        pieces = [positions[first : first + step] for first in range(0, len(positions), step)]

        def work(number: int) -> tuple[np.ndarray, np.ndarray]:
            return tiles(shaped, places[pieces[number]], atom_of, plan, width)

        finished = 0
        for number, (values, nearest) in spread(work, range(len(pieces))):
            result[:, pieces[number]] = values
            smallest[pieces[number]] = nearest
            finished += len(pieces[number])
            report(sentence, finished / len(positions))

    run(centred.astype(np.float32), by_place, "Measuring silhouettes for every k")
    norms = np.sqrt(np.sum(centred * centred, axis=1))[places]
    close = by_place[(smallest < CLOSE * norms)[by_place]]
    if len(close):
        run(centred, close, "Measuring close rows more precisely")
    return result


def _plan(codes: np.ndarray, counts: Sequence[int]) -> tuple[Plan, np.ndarray]:
    """How the distances of these labelings are summed, and the atom of each row."""
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    atoms, atom_of, atom_sizes = _atoms(codes, counts)
    clusters = (atoms + offsets[:-1]).astype(np.int64)
    # Each cut costs its runs and tails once for every labeling they serve; the cheapest is taken.
    least, kept, tails = float("inf"), 0, np.empty(0, dtype=np.int64)
    for cut in range(1, len(counts) + 1):
        found, which, _ = _atoms(atoms[:, cut:], counts[cut:])
        runs = 1 + int(np.count_nonzero((atoms[1:, :cut] != atoms[:-1, :cut]).any(axis=1)))
        cost = runs * cut + len(found) * (len(counts) - cut)
        if cost < least and len(found) <= MOST_TAILS:
            least, kept, tails = cost, cut, which
    changes = np.flatnonzero((atoms[1:, :kept] != atoms[:-1, :kept]).any(axis=1))
    tail_clusters = np.empty((int(tails.max()) + 1, len(counts) - kept), dtype=np.int64)
    tail_clusters[tails] = clusters[:, kept:]
    plan = Plan(
        starts=np.concatenate([[0], np.cumsum(atom_sizes)]).astype(np.int64),
        clusters=clusters,
        offsets=offsets,
        sizes=np.bincount((codes + offsets[:-1]).reshape(-1), minlength=offsets[-1]).astype(np.float64),
        runs=np.concatenate([[0], changes + 1, [len(atoms)]]).astype(np.int64),
        tails=tails.astype(np.int64),
        tail_clusters=tail_clusters,
    )
    return plan, atom_of.astype(np.int64)


def _atoms(codes: np.ndarray, counts: Sequence[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The distinct rows of codes in ascending order, which of them each row is, and how often each is.

    The same as numpy.unique(axis=0), many times faster: rows are compared as single numbers.
    """
    keys, largest = np.zeros(len(codes), dtype=np.int64), 1
    for column, count in enumerate(counts):
        if largest * count > 2**62:
            keys = np.unique(keys, return_inverse=True)[1]
            largest = len(codes)
        keys = keys * count + codes[:, column]
        largest *= count
    _, first, which, sizes = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    return codes[first], which, sizes


def _shaped(rows: np.ndarray) -> tuple[np.ndarray, tuple[int, ...]]:
    """The rows as (n, steps, width) padded with zero columns, and a tuple of that width.

    The length of a tuple is known to the compiler, so the loop over its columns is unrolled.
    """
    count, columns = rows.shape
    width = columns if columns <= UNROLLED else 8
    steps = -(-columns // width)
    padded = np.zeros((count, steps * width), dtype=rows.dtype)
    padded[:, :columns] = rows
    return padded.reshape(count, steps, width), (0,) * width


def _exact(samples: np.ndarray, labels: np.ndarray) -> Silhouette:
    means = np.bincount(labels, weights=samples) / np.bincount(labels)
    return Silhouette(mean=float(np.mean(samples)), macro=float(np.mean(means)), samples=samples)


def _sample(codes: np.ndarray, counts: Sequence[int], column: int, queries: int, seed: int) -> np.ndarray:
    """Rows that stand for one labeling: every n-th row in the order of all labels, from a random start,
    and more rows of a cluster that would have fewer than 50."""
    random = np.random.default_rng(seed)
    order = np.lexsort(codes.T[::-1])
    step = len(order) / queries
    chosen = order[np.floor(random.random() * step + step * np.arange(queries)).astype(np.int64) % len(order)]
    labels = codes[:, column]
    have = np.bincount(labels[chosen], minlength=counts[column])
    taken = np.zeros(len(labels), dtype=bool)
    taken[chosen] = True
    for cluster in np.flatnonzero(have < QUERIES_PER_CLUSTER):
        free = np.flatnonzero((labels == cluster) & ~taken)
        taken[random.permutation(free)[: QUERIES_PER_CLUSTER - have[cluster]]] = True
    return np.flatnonzero(taken)


def _estimated(samples: np.ndarray, labels: np.ndarray, chosen: np.ndarray) -> Silhouette:
    """Means weighted by cluster (stratified estimator, Cochran 1977, section 5.3)."""
    own = np.full(len(samples), np.nan)
    own[chosen] = samples[chosen]
    sizes = np.bincount(labels).astype(float)
    drawn = np.bincount(labels[chosen], minlength=len(sizes)).astype(float)
    means = np.bincount(labels[chosen], weights=samples[chosen], minlength=len(sizes)) / drawn
    squares = np.bincount(
        labels[chosen], weights=(samples[chosen] - means[labels[chosen]]) ** 2, minlength=len(sizes)
    )
    variances = squares / np.maximum(drawn - 1, 1) / drawn * (1 - drawn / sizes)
    shares = sizes / sizes.sum()
    return Silhouette(
        mean=float(shares @ means),
        macro=float(np.mean(means)),
        samples=own,
        method="sampled",
        halfwidth=float(1.959964 * np.sqrt(shares**2 @ variances)),
    )
