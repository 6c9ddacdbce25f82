"""Would other samples of the same accounts give the same segments?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from engine.compiled import spread
from engine.kmeans import MOST_ITERATIONS, Partition, assign, start_once, unit
from engine.lloyd import lloyd

Report = Callable[[str, float], None]

TESTED_ROWS = 5_000
PAIRS = 10
STARTS = 10
REST = 1e-4
"""Partitions are carried nearly to the end: an unfinished one would count as an unstable one."""


@dataclass(frozen=True)
class Stability:
    """How well partitions of bootstrap samples agree.

    ari: the median over pairs of bootstrap partitions of the adjusted Rand index (Hubert & Arabie
    1985), as in Dolnicar & Leisch (2010). jaccard: for each segment, the mean over bootstrap partitions
    of its Jaccard overlap with the most similar segment there (Hennig 2007). rows: accounts compared.
    """

    ari: float
    jaccard: tuple[float, ...]
    rows: int


def stability(
    matrix: np.ndarray,
    partitions: Mapping[int, Partition],
    *,
    seed: int = 42,
    pairs: int = PAIRS,
    report: Report | None = None,
) -> dict[int, Stability]:
    """The stability of each partition (by k) of the rows of matrix (n, d).

    m = min(n, 5,000) rows are drawn once. Two bootstrap samples of them are drawn for each pair; both
    are partitioned, and all m rows are assigned to both partitions and compared with each other and
    with the given partition. The same samples serve every k.
    """
    rows = len(matrix)
    random = np.random.default_rng([seed, 1])
    tested = min(rows, TESTED_ROWS)
    chosen = np.sort(random.choice(rows, tested, replace=False))
    compared = np.ascontiguousarray(matrix[chosen])
    middle, scale = unit(compared)
    columns = np.ascontiguousarray(((compared - middle) * scale).T.astype(np.float32))
    resamples = random.integers(0, tested, size=(2 * pairs, tested))
    draws = {k: random.random((2 * pairs, STARTS, k, 2 + int(np.log(k)))) for k in sorted(partitions)}
    jobs = [(k, sample) for k in sorted(partitions, reverse=True) for sample in range(2 * pairs)]

    def labels_of(job: tuple[int, int]) -> np.ndarray:
        k, sample = job
        resampled = np.ascontiguousarray(columns[:, resamples[sample]])
        runs = [start_once(resampled, draw) for draw in draws[k][sample]]
        best = min(runs, key=lambda run: run[0])[1]
        centres = lloyd(resampled, best, MOST_ITERATIONS, REST)[1]
        return assign(columns.T, centres)[0]

    labels: dict[tuple[int, int], np.ndarray] = {}
    for job, found in spread(labels_of, jobs):
        labels[job] = found
        if report:
            report("Comparing segments between samples of the accounts", len(labels) / len(jobs))
    return {
        k: Stability(
            ari=float(
                np.median([ari(labels[k, 2 * pair], labels[k, 2 * pair + 1]) for pair in range(pairs)])
            ),
            jaccard=tuple(
                np.mean(
                    [overlaps(partition.labels[chosen], labels[k, s], k) for s in range(2 * pairs)], axis=0
                ).tolist()
            ),
            rows=tested,
        )
        for k, partition in partitions.items()
    }


def ari(one: np.ndarray, other: np.ndarray) -> float:
    """The adjusted Rand index of two labelings (n,): 1 the same, 0 as expected by chance."""
    table = _table(one, other)
    together = _pairs(table).sum()
    ones, others = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    chance = ones * others / _pairs(np.array([len(one)], dtype=float))[0]
    most = (ones + others) / 2
    return 1.0 if most == chance else float((together - chance) / (most - chance))


def overlaps(reference: np.ndarray, other: np.ndarray, k: int) -> np.ndarray:
    """(k,) for each segment of `reference` its largest Jaccard overlap with a segment of `other`.

    A segment without a row in `reference` counts 0.
    """
    table = _table(reference, other, k)
    union = table.sum(axis=1)[:, None] + table.sum(axis=0)[None, :] - table
    return np.asarray((table / np.maximum(union, 1)).max(axis=1))


def _pairs(counts: np.ndarray) -> np.ndarray:
    return np.asarray(counts * (counts - 1) / 2)


def _table(one: np.ndarray, other: np.ndarray, k: int = 0) -> np.ndarray:
    width = max(k, int(one.max()) + 1, int(other.max()) + 1)
    counts = np.bincount(one.astype(np.int64) * width + other, minlength=width * width)
    table = counts.reshape(width, width).astype(float)
    return np.asarray(table[:k] if k else table)
