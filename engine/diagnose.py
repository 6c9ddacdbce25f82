"""How many segments, and how sure: one result per k, and a suggestion that says why."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from engine import kmeans, silhouette
from engine.advice import advise, explain, verdict_of, verdict_text
from engine.errors import OptionProblem
from engine.features import check_rows, warnings
from engine.kmeans import Partition
from engine.model import Diagnosis, Features, FeatureSpec, KResult
from engine.record import content_id
from engine.stability import stability

__all__ = [
    "calinski_harabasz",
    "davies_bouldin",
    "diagnose",
    "diagnosis_id",
    "explain",
    "verdict_text",
    "warm_up",
]

Report = Callable[[str, float], None]

METHOD = "diagnosis 2"
"""Part of every id: raise it when a computed number changes."""


def diagnose(
    features: Features,
    ks: Sequence[int],
    *,
    seed: int = 42,
    starts: int = 10,
    quick: bool = False,
    report: Report | None = None,
) -> Diagnosis:
    """One KResult per k, in ascending order, with a suggestion, its reason and advice in plain words.

    Each k is the partition that kmeans.fit gives alone. Silhouettes of all k come from one pass.
    `quick` leaves out stability and with it the verdicts. `report` gets a sentence and a fraction from
    0 to 1 that never falls; what it raises ends the diagnosis. Raises TooFewRows where a k has too few
    (different) accounts, OptionProblem where no k or one below 1 is asked.
    """
    wanted = sorted(set(ks))
    if not wanted or wanted[0] < 1:
        raise OptionProblem(
            "Numbers of segments must be 1 or more.",
            f"Found: {', '.join(map(str, ks)) or 'none'}.",
            "Give a range such as 2-10.",
        )
    check_rows(len(features.matrix), wanted[-1])
    seconds: dict[str, float] = {}
    began = time.perf_counter()
    stages = _Stages(report)
    with _timed(seconds, "compile"):
        warm_up(stages.next(0.04), features.matrix.shape[1])
    with _timed(seconds, "fit"):
        partitions = _fits(features.matrix, wanted, seed, starts, stages.next(0.5 if quick else 0.3))
    several = [k for k in wanted if k > 1]
    with _timed(seconds, "silhouette"):
        measured = silhouette.scores(
            features.matrix,
            [partitions[k].labels for k in several],
            report=stages.next(0.95 if quick else 0.5),
        )
    results = {k: _result(features.matrix, partitions[k]) for k in wanted}
    for k, score in zip(several, measured, strict=True):
        results[k] = replace(
            results[k],
            silhouette=score.mean,
            silhouette_macro=score.macro,
            silhouette_method=score.method,
            silhouette_halfwidth=score.halfwidth,
        )
    tested = None
    if not quick:
        with _timed(seconds, "stability"):
            stable = stability(
                features.matrix, {k: partitions[k] for k in several}, seed=seed, report=stages.next(0.98)
            )
        for k, outcome in stable.items():
            results[k] = replace(results[k], stability_ari=outcome.ari, jaccard=outcome.jaccard)
            results[k] = replace(results[k], verdict=verdict_of(results[k]))
            tested = outcome.rows
    ordered = tuple(results[k] for k in wanted)
    advised = advise(ordered, len(features.matrix))
    seconds["total"] = round(time.perf_counter() - began, 3)
    stages.next(1.0)("Done", 1.0)
    return Diagnosis(
        id=diagnosis_id(features.spec, wanted, seed=seed, starts=starts, quick=quick),
        spec=features.spec,
        rows=len(features.matrix),
        features=features.names,
        preparation=features.preparation,
        seed=seed,
        starts=starts,
        ks=ordered,
        suggested=advised.suggested,
        reason=advised.reason,
        shortlist=advised.shortlist,
        advice=advised.advice,
        rows_tested=tested,
        warnings=warnings(features),
        seconds=seconds,
    )


def diagnosis_id(spec: FeatureSpec, ks: Sequence[int], *, seed: int, starts: int, quick: bool) -> str:
    """The content id that `diagnose` will give its answer, known before it is computed."""
    return content_id(spec, sorted(set(ks)), seed, starts, quick, METHOD)


def warm_up(report: Report, columns: int) -> None:
    """Every kernel is compiled, or read from disk where this machine has compiled it before."""
    kmeans.warm_up(lambda sentence, fraction: report(sentence, 0.7 * fraction))
    silhouette.warm_up(lambda sentence, _: report(sentence, 0.7), columns)


def calinski_harabasz(matrix: np.ndarray, partition: Partition) -> float | None:
    """Variance between over variance within segments, each over its degrees of freedom (1974).

    None where it is not defined: one segment, as many segments as rows, or no variance within.
    """
    rows, k = len(matrix), len(partition.sizes)
    if k < 2 or rows <= k or partition.inertia <= 0:
        return None
    means = _means(matrix, partition)
    between = np.array(partition.sizes) @ np.sum((means - np.mean(matrix, axis=0)) ** 2, axis=1)
    return float(between / (k - 1) / (partition.inertia / (rows - k)))


def davies_bouldin(matrix: np.ndarray, partition: Partition) -> float | None:
    """The mean over segments of the worst (spread + spread) / distance of centres (1979); lower is better.

    None where it is not defined: one segment, or two segments with one centre.
    """
    k = len(partition.sizes)
    if k < 2:
        return None
    means = _means(matrix, partition)
    squares = np.zeros(len(matrix))
    for column in range(matrix.shape[1]):
        squares += (matrix[:, column] - means[partition.labels, column]) ** 2
    spreads = np.bincount(partition.labels, weights=np.sqrt(squares), minlength=k) / partition.sizes
    distances = np.sqrt(np.sum((means[:, None, :] - means[None, :, :]) ** 2, axis=2))
    np.fill_diagonal(distances, np.inf)
    if distances.min() == 0:
        return None
    return float(np.mean(np.max((spreads[:, None] + spreads[None, :]) / distances, axis=1)))


def _means(matrix: np.ndarray, partition: Partition) -> np.ndarray:
    sums = [
        np.bincount(partition.labels, weights=column, minlength=len(partition.sizes)) for column in matrix.T
    ]
    return np.asarray(np.column_stack(sums) / np.array(partition.sizes)[:, None])


def _fits(
    matrix: np.ndarray, ks: Sequence[int], seed: int, starts: int, report: Report
) -> dict[int, Partition]:
    total, done, partitions = sum(ks), 0, {}
    for k in ks:

        def part(sentence: str, fraction: float, k: int = k, done: int = done) -> None:
            report(sentence, (done + k * fraction) / total)

        partitions[k] = kmeans.fit(matrix, k, seed=seed, starts=starts, report=part)
        done += k
    return partitions


def _result(matrix: np.ndarray, partition: Partition) -> KResult:
    return KResult(
        k=len(partition.sizes),
        inertia=partition.inertia,
        calinski_harabasz=calinski_harabasz(matrix, partition),
        davies_bouldin=davies_bouldin(matrix, partition),
        sizes=partition.sizes,
        centres=tuple(tuple(float(value) for value in centre) for centre in partition.centres),
    )


class _Stages:
    """Hands each stage its part of the way from 0 to 1, and never lets the fraction fall."""

    def __init__(self, report: Report | None) -> None:
        self._report = report
        self._reached = 0.0
        self._end = 0.0

    def next(self, end: float) -> Report:
        begin, self._end = self._end, end

        def tell(sentence: str, fraction: float) -> None:
            self._reached = max(self._reached, begin + (end - begin) * min(1.0, max(0.0, fraction)))
            if self._report:
                self._report(sentence, self._reached)

        return tell


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    seconds[stage] = round(time.perf_counter() - began, 3)
