"""Would other samples of the same accounts give the same segments?"""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Event

import numpy as np

from engine.kmeans import assign
from engine.resample import Report, as_columns, best_fit, draws_for, run_all

PAIRS = 10
STARTS = 10


@dataclass(frozen=True)
class Stability:
    """How well partitions of bootstrap samples agree.

    ari: the median over pairs of bootstrap partitions of the adjusted Rand index (Hubert & Arabie
    1985), as in Dolnicar & Leisch (2010). jaccard: for each segment, the mean over bootstrap partitions
    of its Jaccard overlap with the most similar segment there (Hennig 2007).
    """

    ari: float
    jaccard: tuple[float, ...]


def stability(
    matrix: np.ndarray,
    labels: Mapping[int, np.ndarray],
    *,
    seed: int = 42,
    pairs: int = PAIRS,
    report: Report | None = None,
) -> dict[int, Stability]:
    """The stability of each partition of the rows of matrix (n, d), its labels (n,) 0..k-1 given by k.

    Two bootstrap samples of the rows are drawn for each pair; both are partitioned, and all rows are
    assigned to both partitions and compared with each other and with the given partition. The same
    samples serve every k.
    """
    rows = len(matrix)
    random = np.random.default_rng([seed, 4])
    columns, _ = as_columns(matrix)
    resamples = random.integers(0, rows, size=(2 * pairs, rows))
    draws = {k: draws_for(seed, 4, 2 * pairs, STARTS, k) for k in sorted(labels)}
    jobs = [(k, sample) for k in sorted(labels, reverse=True) for sample in range(2 * pairs)]

    def labels_of(job: tuple[int, int], stop: Event) -> np.ndarray:
        k, sample = job
        resampled = np.ascontiguousarray(columns[:, resamples[sample]])
        return assign(columns.T, best_fit(resampled, draws[k][sample], stop)[1])[0]

    found = run_all(labels_of, jobs, "Comparing segments between samples of the accounts", report)
    return {k: _compared(k, given, [found[k, s] for s in range(2 * pairs)]) for k, given in labels.items()}


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


def _compared(k: int, given: np.ndarray, found: list[np.ndarray]) -> Stability:
    agreements = [ari(one, other) for one, other in zip(found[::2], found[1::2], strict=True)]
    jaccard = np.mean([overlaps(given, labels, k) for labels in found], axis=0)
    return Stability(float(np.median(agreements)), tuple(jaccard.tolist()))


def _pairs(counts: np.ndarray) -> np.ndarray:
    return np.asarray(counts * (counts - 1) / 2)


def _table(one: np.ndarray, other: np.ndarray, k: int = 0) -> np.ndarray:
    width = max(k, int(one.max()) + 1, int(other.max()) + 1)
    counts = np.bincount(one.astype(np.int64) * width + other, minlength=width * width)
    table = counts.reshape(width, width).astype(float)
    return np.asarray(table[:k] if k else table)
