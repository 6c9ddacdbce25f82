"""Do segments found in one half of the accounts predict those found in the other?"""

from collections.abc import Sequence
from threading import Event

import numpy as np

from engine.kmeans import assign
from engine.resample import TESTED_ROWS, Report, as_columns, best_fit, draws_for, run_all

SPLITS = 10
STARTS = 10


def prediction_strength(
    matrix: np.ndarray,
    ks: Sequence[int],
    *,
    seed: int = 42,
    splits: int = SPLITS,
    report: Report | None = None,
) -> dict[int, float]:
    """The prediction strength of k segments of the rows of matrix (n, d), 0 to 1, for every k above 1.

    Tibshirani & Walther (2005), two-fold: both halves of a random split of min(n, 5,000) rows, drawn anew
    for each split, are partitioned. For each segment of one half, the share of its pairs of rows that the
    centres of the other half put together too; the worst segment counts. The mean over both halves of all
    splits. 0 where a half has fewer rows than segments.
    """
    rows = min(len(matrix), TESTED_ROWS)
    half = rows // 2
    random = np.random.default_rng([seed, 5])
    columns, _ = as_columns(matrix)
    orders = [random.permutation(len(matrix))[:rows].copy() for _ in range(splits)]
    halves = [part for order in orders for part in (order[:half], order[half : 2 * half])]
    wanted = sorted(k for k in set(ks) if k > 1)
    possible = [k for k in wanted if k <= half]
    draws = {k: draws_for(seed, 5, len(halves), STARTS, k) for k in possible}
    jobs = [(k, number) for k in reversed(possible) for number in range(len(halves))]

    def centres_of(job: tuple[int, int], stop: Event) -> np.ndarray:
        k, number = job
        return best_fit(np.ascontiguousarray(columns[:, halves[number]]), draws[k][number], stop)[1]

    centres = run_all(centres_of, jobs, "Predicting one half of the accounts from the other", report)
    strengths = {
        k: float(
            np.mean(
                [
                    _strength(columns[:, part].T, centres[k, number], centres[k, number ^ 1])
                    for number, part in enumerate(halves)
                ]
            )
        )
        for k in possible
    }
    return {k: strengths.get(k, 0.0) for k in wanted}


def predicted_together(own: np.ndarray, predicted: np.ndarray) -> float:
    """For the segment of `own` (n,) where it is lowest, the share of its pairs of rows that `predicted`
    (n,) puts together too. A segment of one row has no pair to confirm it and counts 0."""
    width = int(predicted.max()) + 1
    table = np.bincount(own.astype(np.int64) * width + predicted, minlength=(int(own.max()) + 1) * width)
    table = table.reshape(-1, width).astype(float)
    sizes = table.sum(axis=1)
    together = np.sum(table * (table - 1), axis=1)[sizes > 0]
    pairs = (sizes * (sizes - 1))[sizes > 0]
    return float(np.min(together / np.maximum(pairs, 1)))


def _strength(rows: np.ndarray, own: np.ndarray, other: np.ndarray) -> float:
    return predicted_together(assign(rows, own)[0], assign(rows, other)[0])
