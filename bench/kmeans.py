"""Is k-means as good as scikit-learn's best of ten, and faster?

    python -m bench.kmeans [--rows 50000]

Prints, for the demo table and for the shared tables that are there, how far the inertia of k = 2 to 10 is
above KMeans(n_init=10) of scikit-learn (below zero: ours is better), and the seconds of both, as
measured in this run.
"""

import argparse
import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from sklearn.cluster import KMeans

from bench.machine import describe
from data.demo import FEATURES, generate
from engine import kmeans

KS = range(2, 11)
SHARED = Path(__file__).parents[1].parent / "shared" / "data"


def tables(rows: int) -> Iterator[tuple[str, np.ndarray]]:
    """Each table's name and its numbers as z-scores (answers of yes and no as 1 and 0)."""
    yield f"demo, {rows:,} rows", standardised(generate(rows=rows)[list(FEATURES)])
    if not SHARED.is_dir():
        return
    asked = ["quality", "price", "healthy", "variety", "speed"]
    yield "ffseg", standardised(pd.read_csv(SHARED / "ffseg" / "ffseg.csv")[asked])
    wholesale = pd.read_csv(SHARED / "uci-wholesale" / "wholesale_customers.csv")
    yield "wholesale", standardised(wholesale.iloc[:, 2:])
    answers = pd.read_csv(SHARED / "mcdonalds" / "mcdonalds.csv").iloc[:, :11] == "Yes"
    yield "mcdonalds", np.ascontiguousarray(answers.to_numpy(dtype=float))


def standardised(table: pd.DataFrame) -> np.ndarray:
    """(n, d) float64 z-scores."""
    values = table.to_numpy(dtype=float)
    return np.ascontiguousarray((values - values.mean(axis=0)) / values.std(axis=0))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=50_000, help="accounts of the demo table (50000)")
    options = parser.parse_args()
    kmeans.warm_up(lambda sentence, _: None)
    print(f"machine    {describe()}, scikit-learn {sklearn.__version__}, load {os.getloadavg()[0]:.1f}")
    print(f"{'inertia against n_init=10':26}" + "".join(f"{f'k={k}':>8}" for k in KS) + "    ours  theirs")
    for name, matrix in tables(options.rows):
        ours, theirs, cells = 0.0, 0.0, []
        for k in KS:
            began = time.perf_counter()
            found = kmeans.fit(matrix, k).inertia
            between = time.perf_counter()
            peer = KMeans(k, n_init=10, random_state=0).fit(matrix).inertia_
            ours += between - began
            theirs += time.perf_counter() - between
            cells.append(f"{found / peer - 1:>8.2%}")
        print(f"{name:26}{''.join(cells)}{ours:6.1f} s{theirs:6.1f} s", flush=True)


if __name__ == "__main__":
    main()
