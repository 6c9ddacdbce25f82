"""Is there a second division of the accounts, nearly as good, to which other samples lead?"""

from collections.abc import Sequence
from threading import Event

import numpy as np

from engine.agreement import ari
from engine.kmeans import assign, refine
from engine.model import SecondDivision

SAME = 0.8
"""Divisions with an adjusted Rand index of at least this count as the same."""
FEWEST_SAMPLES = 3
"""A second division is told where at least so many samples lead to it."""
NEARLY_AS_GOOD = 0.02
"""Its inertia lies at most this share above that of the first."""


def second_division(
    columns: np.ndarray,
    first: np.ndarray,
    centres: Sequence[np.ndarray],
    between: np.ndarray,
    to_first: np.ndarray,
    stop: Event,
) -> SecondDivision | None:
    """What most of the samples that left the first division have found instead; None where they agree on
    nothing, or where it runs back to the first, or fits worse, once it is carried to rest on all rows.

    columns: (d, n) float32 rows; first: (k, d) centres of the division in hand; centres: those of each
    sample's; between: (samples, samples) and to_first: (samples,) adjusted Rand indices.
    """
    away = np.flatnonzero(to_first < SAME)
    alike = np.sum(between[np.ix_(away, away)] >= SAME, axis=1)
    if max(alike, default=0) < FEWEST_SAMPLES:
        return None
    leader = away[np.argmax(alike)]
    inertia, ours = refine(columns, first, stop)
    second_inertia, theirs = refine(columns, centres[leader], stop)
    agreement = ari(assign(columns.T, ours)[0], assign(columns.T, theirs)[0])
    if agreement >= SAME or inertia == 0 or second_inertia > (1 + NEARLY_AS_GOOD) * inertia:
        return None
    return SecondDivision(
        samples=int(np.max(alike)),
        of=len(centres),
        agreement=agreement,
        excess=second_inertia / inertia - 1,
    )
