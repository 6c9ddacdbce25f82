"""How fast are exact silhouettes of nine k, next to scikit-learn and to the bare distances?

    python -m bench.silhouette [--rows 50000] [--sklearn-ks 9]

Prints, from one run on one machine: rows, seconds of ours, of nine calls of scikit-learn's
silhouette_samples, and of a loop that only adds up the square roots; the ratios; the largest errors.
"""

import argparse
import os
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import sklearn
from sklearn.metrics import silhouette_samples

from bench.machine import describe
from data.demo import FEATURES, generate
from engine import kmeans, silhouette
from engine.compiled import compiled_fast, spread

KS = range(2, 11)
LANES = 64
PIECE = 1_024
"""Rows in one uninterrupted call."""


@compiled_fast
def bare(rows: np.ndarray, first: int, last: int, width: tuple[int, ...]) -> np.ndarray:
    """The sum of distances to all rows, for the rows from first to last, and nothing else (float32).

    In the form that is fastest here: a tile of rows side by side, four others at a time.
    """
    lanes = np.uint64(LANES)
    zero = np.float32(0)
    totals = np.zeros(last - first)
    tile = np.empty((len(width), LANES), dtype=np.float32)
    partial = np.empty(LANES, dtype=np.float32)
    for begin in range(first, last, LANES):
        for lane in range(LANES):
            for column in range(len(width)):
                tile[column, lane] = rows[min(begin + lane, last - 1), column]
        for start in range(0, rows.shape[0], 256):
            partial[:] = zero
            for row in range(start, min(start + 256, rows.shape[0] - 3), 4):
                for lane in range(lanes):
                    a, b, c, d = zero, zero, zero, zero
                    for column in range(len(width)):
                        value = tile[column, lane]
                        from_a, from_b = value - rows[row, column], value - rows[row + 1, column]
                        from_c, from_d = value - rows[row + 2, column], value - rows[row + 3, column]
                        a += from_a * from_a
                        b += from_b * from_b
                        c += from_c * from_c
                        d += from_d * from_d
                    partial[lane] += (np.sqrt(a) + np.sqrt(b)) + (np.sqrt(c) + np.sqrt(d))
            for lane in range(min(LANES, last - begin)):
                totals[begin - first + lane] += partial[lane]
    return totals


def floor(matrix: np.ndarray) -> np.ndarray:
    """The bare loop over every row, on every processor."""
    rows = (matrix - matrix.mean(axis=0)).astype(np.float32)
    if len(rows) % 4:
        raise ValueError(f"the bare loop takes rows by four, not {len(rows)}")
    width = (0,) * matrix.shape[1]
    pieces = range(0, len(rows), PIECE)
    parts = dict(spread(lambda first: bare(rows, first, min(first + PIECE, len(rows)), width), pieces))
    return np.concatenate([parts[first] for first in pieces])


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and the result."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=50_000, help="accounts of the demo table (50000)")
    parser.add_argument("--sklearn-ks", type=int, default=len(KS), help="calls of scikit-learn to time (9)")
    options = parser.parse_args()
    table = generate(rows=options.rows, seed=42, quarter=1)[list(FEATURES)].to_numpy(dtype=float)
    matrix = np.ascontiguousarray((table - table.mean(axis=0)) / table.std(axis=0))
    labelings = [kmeans.fit(matrix, k).labels for k in KS]
    silhouette.warm_up(lambda sentence, _: None, matrix.shape[1])
    floor(matrix[:LANES])
    print(f"machine       {describe()}, scikit-learn {sklearn.__version__}, load {os.getloadavg()[0]:.1f}")
    print(f"rows          {len(matrix):,} x {matrix.shape[1]}, k = {KS[0]} to {KS[-1]} in one pass")
    # The best of five, in turn: a shared machine only ever adds time.
    turns = [
        (timed(lambda: silhouette.scores(matrix, labelings)), timed(lambda: floor(matrix))) for _ in range(5)
    ]
    seconds, ours = min((ours for ours, _ in turns), key=lambda run: run[0])
    bare_seconds = min(bare for _, (bare, _) in turns)
    print(f"ours          {seconds:.2f} s for {len(labelings)} k (best of 5)")
    print(
        f"bare loop     {bare_seconds:.2f} s (best of 5): ours takes {seconds / bare_seconds:.2f} times that"
    )
    calls = max(1, min(options.sklearn_ks, len(labelings)))
    theirs, worst_row, worst_mean = 0.0, 0.0, 0.0
    for labels, score in list(zip(labelings, ours, strict=True))[:calls]:
        spent, samples = timed(lambda labels=labels: silhouette_samples(matrix, labels))
        theirs += spent
        worst_row = max(worst_row, float(np.abs(samples - score.samples).max()))
        worst_mean = max(worst_mean, abs(float(samples.mean()) - score.mean))
    if calls == len(labelings):
        print(f"scikit-learn  {theirs:.1f} s for {calls} calls, measured in this run")
        print(f"ratio         {theirs / seconds:.0f} times faster")
    else:
        whole = theirs / calls * len(labelings)
        print(f"scikit-learn  {theirs:.1f} s for {calls} of {len(labelings)} calls, measured in this run")
        print(
            f"ratio         {whole / seconds:.0f} times faster, if the other calls take as long (not measured)"
        )
    print(f"largest error {worst_row:.1e} on a row, {worst_mean:.1e} on a mean, over those {calls} k")


if __name__ == "__main__":
    main()
