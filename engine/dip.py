"""The dip test along the strongest direction: has it one peak, or several?

Hartigan and Hartigan 1985 (Annals of Statistics 13): the dip is the largest difference between the empirical
distribution and the unimodal one nearest to it. Computed by their narrowing of the modal interval between the
greatest convex minorant and the least concave majorant. On the first principal component, as R's package
clusterability has it (Adolfsson, Ackerman and Brownstein 2019). Supporting evidence: no verdict rests on it.
"""

from dataclasses import dataclass

import numpy as np

from engine.compiled import compiled

TABLES = 200
"""Uniform samples behind the p-value: among unimodal distributions the uniform has the largest dips."""

LEVEL = 0.05
"""A p-value up to this is taken for more than one peak."""


@dataclass(frozen=True)
class Dip:
    """statistic: the dip, at most 1/4. p: the share of uniform samples of as many accounts that dip as much,
    the observed one counted among them, so never below 1 / (TABLES + 1)."""

    statistic: float
    p: float


def pca_dip(matrix: np.ndarray, *, seed: int) -> Dip:
    """The dip test of the first principal component of an (n, d) matrix, n of 2 or more."""
    centred = matrix - matrix.mean(axis=0, dtype=np.float64)
    strongest = np.linalg.svd(centred.T @ centred)[0][:, 0]
    observed = dip(centred @ strongest)
    chance = np.random.default_rng(seed)
    drawn = [dip(chance.random(len(matrix))) for _ in range(TABLES)]
    return Dip(observed, (1 + sum(value >= observed for value in drawn)) / (TABLES + 1))


def sentence(statistic: float, p: float) -> str:
    """What the test found, for someone who knows what a peak is."""
    peaks = (
        "there is more than one peak" if p <= LEVEL else "one peak explains the accounts as well as several"
    )
    return f"Along the strongest direction {peaks} (dip {statistic:.3f}, p {p:.3f})"


def dip(values: np.ndarray) -> float:
    """The dip of an (n,) sample, between 1/(2n) and 1/4; 0 where all values are equal."""
    places, counts = np.unique(np.asarray(values, dtype=np.float64), return_counts=True)
    through = np.cumsum(counts).astype(np.float64)
    return float(_dip(places, through - counts, through)) / len(values)


@compiled
def _dip(x: np.ndarray, below: np.ndarray, through: np.ndarray) -> float:
    """Half the widest gap that no unimodal distribution can close, in accounts.

    x: (m,) rising places; below, through: accounts before each place, and up to and with it.
    """
    low, high, widest = 0, len(x) - 1, 0.0
    while high > low:
        minorant = _hull(x, below, low, high, 1.0)
        majorant = _hull(x, through, low, high, -1.0)
        under = np.interp(x[low : high + 1], x[minorant], below[minorant])
        over = np.interp(x[low : high + 1], x[majorant], through[majorant])
        apart = over - under
        # The widest gap is at a corner of one of the two; between corners rounding may find one as wide.
        furthest = low
        for corners in (minorant, majorant):
            for place in corners:
                if apart[place - low] > apart[furthest - low]:
                    furthest = place
        if apart[furthest - low] <= widest:
            break
        left = minorant[np.searchsorted(minorant, furthest, side="right") - 1]
        right = majorant[np.searchsorted(majorant, furthest, side="left")]
        for place in range(low, left):
            widest = max(widest, through[place] - under[place - low])
        for place in range(right + 1, high + 1):
            widest = max(widest, over[place - low] - below[place])
        low, high = left, right
    return widest / 2.0


@compiled
def _hull(x: np.ndarray, y: np.ndarray, low: int, high: int, sign: float) -> np.ndarray:
    """The places on the greatest convex minorant of (x, y) from low to high; sign -1: least concave majorant."""
    kept = np.empty(high - low + 1, dtype=np.int64)
    size = 0
    for place in range(low, high + 1):
        while size >= 2:
            one, two = kept[size - 2], kept[size - 1]
            rise = (y[two] - y[one]) * (x[place] - x[one])
            if sign * (rise - (y[place] - y[one]) * (x[two] - x[one])) < 0.0:
                break
            size -= 1
        kept[size] = place
        size += 1
    return kept[:size]
