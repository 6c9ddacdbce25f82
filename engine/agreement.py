"""How alike two divisions of the same rows are, whole or segment by segment."""

import numpy as np


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
