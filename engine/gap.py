"""The gap statistic: is a division tighter than the same division of a cloud without any structure?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Event

import numpy as np

from engine.resample import Report, as_columns, best_fit, draws_for, run_all

REFERENCES = 20
STARTS = 3


@dataclass(frozen=True)
class Gap:
    """gap: mean log W of the references - log W of the rows; se: its standard error s_k, both by k from
    1 up. k: the answer of the one-standard-error rule. references: uniform tables used."""

    gap: dict[int, float]
    se: dict[int, float]
    k: int
    references: int


def gap_statistic(
    matrix: np.ndarray,
    most: int,
    *,
    seed: int = 42,
    references: int = REFERENCES,
    report: Report | None = None,
) -> Gap:
    """The gap of k = 1, 2, ..., most segments of the rows of matrix (n, d).

    Tibshirani, Walther & Hastie (2001): W_k is the pooled sum of squared distances within segments
    around their means (their D_r / 2n_r for squared Euclidean distances); the references are uniform
    over the box of the rows' principal components (their choice b); s_k = sd_k * sqrt(1 + 1/B). Rows and
    references are partitioned by the same starts of k-means.
    """
    random = np.random.default_rng([seed, 6])
    middle = np.mean(matrix, axis=0)
    axes = np.linalg.svd(matrix - middle, full_matrices=False)[2]
    turned = (matrix - middle) @ axes.T
    low, high = turned.min(axis=0), turned.max(axis=0)
    seeds = random.integers(0, 2**63, size=references)
    ks = range(1, most + 1)
    draws = {k: draws_for(seed, 6, references + 1, STARTS, k) for k in ks}

    def logs_of(number: int, stop: Event) -> dict[int, float]:
        rows = matrix
        if number < references:
            rows = np.random.default_rng(seeds[number]).uniform(low, high, size=turned.shape)
        columns, scale = as_columns(rows)
        found: dict[int, float] = {}
        for k in ks:
            if stop.is_set():
                return found
            inertia = best_fit(columns, draws[k][number], stop)[0] / scale**2
            found[k] = float(np.log(max(inertia, np.finfo(float).tiny)))
        return found

    logs = run_all(
        logs_of, [references, *range(references)], "Comparing with tables without any structure", report
    )
    reference = {k: np.array([logs[number][k] for number in range(references)]) for k in ks}
    gap = {k: float(reference[k].mean()) - logs[references][k] for k in ks}
    se = {k: float(reference[k].std() * np.sqrt(1 + 1 / references)) for k in ks}
    return Gap(gap, se, one_standard_error(gap, se), references)


def one_standard_error(gap: Mapping[int, float], se: Mapping[int, float]) -> int:
    """The smallest k with gap(k) >= gap(k + 1) - s(k + 1); the largest where none is."""
    ks: Sequence[int] = sorted(gap)
    return next((k for k in ks[:-1] if gap[k] >= gap[k + 1] - se[k + 1]), ks[-1])
