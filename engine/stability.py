"""Would other samples of the same accounts give the same segments?"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from threading import Event

import numpy as np

from engine.agreement import ari, overlaps
from engine.kmeans import assign, unit
from engine.model import SecondDivision
from engine.resample import Report, best_fit, draws_for, run_all, tested_rows
from engine.second import second_division

SAMPLES = 20
STARTS = 10
SECOND_ROWS = 20_000
REDRAWN = 200
SENTENCE = "Comparing segments between samples of the accounts"


@dataclass(frozen=True)
class Stability:
    """How well partitions of samples agree.

    ari: the median over pairs of samples of the adjusted Rand index of their partitions (Hubert & Arabie
    1985), as in Dolnicar & Leisch (2010). jaccard: for each segment, the mean over samples of its Jaccard
    overlap with the most similar segment there (Hennig 2007). The standard errors say how far as many other
    samples would move them. second: another division to which samples lead, None where there is none.
    """

    ari: float
    ari_se: float
    jaccard: tuple[float, ...]
    jaccard_se: tuple[float, ...]
    second: SecondDivision | None = None


def stability(
    matrix: np.ndarray,
    labels: Mapping[int, np.ndarray],
    *,
    seed: int = 42,
    samples: int = SAMPLES,
    report: Report | None = None,
) -> dict[int, Stability]:
    """The stability of each partition of the rows of matrix (n, d), its labels (n,) 0..k-1 given by k.

    Each sample (2 or more of them) draws min(n, 5,000) of all rows, with replacement, and is partitioned.
    The tested rows are assigned to all partitions, which are compared with each other and with the given
    one. The same samples serve every k.
    """
    tested = tested_rows(len(matrix), seed)
    # Of all rows: samples of the tested ones would all follow what sets these apart from the others.
    drawn = np.random.default_rng([seed, 4]).integers(0, len(matrix), size=(samples, len(tested)))
    middle, scale = unit(matrix)

    def columns_of(rows: np.ndarray) -> np.ndarray:
        return np.ascontiguousarray(((matrix[rows] - middle) * scale).T.astype(np.float32))

    resampled = [columns_of(rows) for rows in drawn]
    draws = {k: draws_for(seed, 4, samples, STARTS, k) for k in labels}
    jobs = [(k, sample) for k in sorted(labels, reverse=True) for sample in range(samples)]

    def centres_of(job: tuple[int, int], stop: Event) -> np.ndarray:
        k, sample = job
        return best_fit(resampled[sample], draws[k][sample], stop)[1]

    centres = run_all(centres_of, jobs, SENTENCE, report, (0.0, 0.9))
    compared = columns_of(tested).T
    several = columns_of(tested_rows(len(matrix), seed, SECOND_ROWS))

    def compare(k: int, stop: Event) -> Stability:
        own = [centres[k, sample] for sample in range(samples)]
        found = [assign(compared, each)[0] for each in own]
        given = labels[k][tested]
        between = np.ones((samples, samples))
        for one, other in combinations(range(samples), 2):
            between[one, other] = between[other, one] = ari(found[one], found[other])
        to_given = np.array([ari(given, each) for each in found])
        jaccard = np.array([overlaps(given, each, k) for each in found])
        means = [matrix[labels[k] == segment].mean(axis=0) for segment in np.unique(labels[k])]
        first = ((np.array(means) - middle) * scale).astype(np.float32)
        return Stability(
            ari=_median_of_pairs(between, np.arange(samples)),
            ari_se=_error_of_median(between, np.random.default_rng([seed, 4, 0, k])),
            jaccard=tuple(jaccard.mean(axis=0).tolist()),
            jaccard_se=tuple((jaccard.std(axis=0, ddof=1) / np.sqrt(samples)).tolist()),
            second=second_division(several, first, own, between, to_given, stop),
        )

    return run_all(compare, sorted(labels), "Comparing the samples' segments", report, (0.9, 1.0))


def _median_of_pairs(between: np.ndarray, drawn: np.ndarray) -> float:
    """The median over pairs of different samples among those drawn; 1 where there is none."""
    one, other = np.triu_indices(len(drawn), 1)
    different = drawn[one] != drawn[other]
    pairs = between[drawn[one[different]], drawn[other[different]]]
    return float(np.median(pairs)) if len(pairs) else 1.0


def _error_of_median(between: np.ndarray, random: np.random.Generator) -> float:
    """The standard error of the median over pairs: its spread when the samples are drawn again (Efron 1979)."""
    samples = len(between)
    again = random.integers(0, samples, size=(REDRAWN, samples))
    return float(np.std([_median_of_pairs(between, drawn) for drawn in again], ddof=1))
