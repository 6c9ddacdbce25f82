"""K-means as the tests of a diagnosis use it: thousands of small fits, on threads, ended at once."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from threading import Event
from typing import TypeVar

import numpy as np

from engine.compiled import spread
from engine.kmeans import MOST_ITERATIONS, best_of_starts, unit
from engine.lloyd import lloyd

Report = Callable[[str, float], None]
Job = TypeVar("Job", bound=Hashable)
Result = TypeVar("Result")

TESTED_ROWS = 5_000
REST = 1e-4
"""Partitions are carried nearly to the end: an unfinished one would count as an unstable one."""


def tested_rows(rows: int, seed: int, most: int = TESTED_ROWS) -> np.ndarray:
    """The places, ascending, of the min(rows, 5,000) accounts that the tests of a diagnosis look at."""
    random = np.random.default_rng([seed, 1])
    return np.sort(random.choice(rows, min(rows, most), replace=False))


def as_columns(matrix: np.ndarray) -> tuple[np.ndarray, float]:
    """The rows as (d, n) float32 around their middle, and the scale that was applied to them."""
    middle, scale = unit(matrix)
    return np.ascontiguousarray(((matrix - middle) * scale).T.astype(np.float32)), scale


def draws_for(seed: int, purpose: int, fits: int, starts: int, k: int) -> np.ndarray:
    """(fits, starts, k, trials) random numbers in [0, 1) for so many k-means++ starts.

    They depend on k and not on which other k are asked for, so neither does anything made of them.
    """
    random = np.random.default_rng([seed, purpose, k])
    return random.random((fits, starts, k, 2 + int(np.log(k))))


def best_fit(columns: np.ndarray, draws: np.ndarray, stop: Event) -> tuple[float, np.ndarray]:
    """Inertia and (k, d) float32 centres of the best of the starts, carried to rest.

    columns: (d, n) float32; draws: (starts, k, trials). Once `stop` is set the answer is worth nothing.
    """
    best = best_of_starts(columns, draws)
    if stop.is_set():
        return best
    inertia, centres, _ = lloyd(columns, best[1], MOST_ITERATIONS, REST)
    return inertia, centres


def run_all(
    work: Callable[[Job, Event], Result],
    jobs: Iterable[Job],
    sentence: str,
    report: Report | None,
    parts: tuple[float, float] = (0.0, 1.0),
) -> dict[Job, Result]:
    """Every job with its result. `report` is called several times a second with the sentence, how many
    are done of how many, and a fraction inside `parts`; what it raises ends the work."""
    waiting: Sequence[Job] = list(jobs)
    done: dict[Job, Result] = {}
    stop = Event()

    def tell() -> None:
        if report:
            told = f"{sentence}, {len(done)} of {len(waiting)}"
            report(told, parts[0] + (parts[1] - parts[0]) * len(done) / len(waiting))

    tell()
    for job, result in spread(lambda job: work(job, stop), waiting, idle=tell, stop=stop):
        done[job] = result
        tell()
    return done
