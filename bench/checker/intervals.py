"""How sure a rate is: the bootstrap over profiles, held down by what exact intervals allow."""

import numpy as np
from scipy.stats import beta

RESAMPLES = 1000
OUTSIDE = 0.025
"""The part of the distribution beyond each limit: limits are the ends of 95 % intervals."""


def lower_limit(hits: np.ndarray, totals: np.ndarray, seed: int) -> float:
    """Lower 95 % limit of a recall. hits, totals: (profiles,) counts of caught and of all corruptions.

    The smallest of three: the percentile bootstrap over profiles; Clopper and Pearson's limit over
    sentences; and the limit that as many profiles without one miss would have, so that 100 % never reads
    as certainty however many sentences a profile has.
    """
    kept = totals > 0
    hits, totals = hits[kept], totals[kept]
    if not len(totals):
        return 0.0
    n, caught = int(totals.sum()), int(hits.sum())
    spotless = OUTSIDE ** (1 / len(totals))
    exact = float(beta.ppf(OUTSIDE, caught, n - caught + 1)) if caught else 0.0
    return min(float(np.quantile(_resampled(hits, totals, seed), OUTSIDE)), exact, spotless)


def upper_limit(hits: np.ndarray, totals: np.ndarray, seed: int) -> float:
    """Upper 95 % limit of a rate of false alarms: the larger of the bootstrap over profiles and Clopper and
    Pearson's limit over sentences."""
    kept = totals > 0
    hits, totals = hits[kept], totals[kept]
    if not len(totals):
        return 1.0
    n, alarms = int(totals.sum()), int(hits.sum())
    exact = float(beta.ppf(1 - OUTSIDE, alarms + 1, n - alarms)) if alarms < n else 1.0
    return max(float(np.quantile(_resampled(hits, totals, seed), 1 - OUTSIDE)), exact)


def _resampled(hits: np.ndarray, totals: np.ndarray, seed: int) -> np.ndarray:
    """(RESAMPLES,) rates, each from as many profiles drawn with replacement."""
    random = np.random.default_rng(seed)
    weights = random.multinomial(len(totals), np.full(len(totals), 1 / len(totals)), size=RESAMPLES)
    drawn = weights @ totals
    return (weights @ hits) / np.maximum(drawn, 1)
