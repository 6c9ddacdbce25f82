"""Does one column's own density fall into two separated groups?"""

import numpy as np
from scipy.ndimage import gaussian_filter1d

BINS = 1024
SMALLEST_GROUP = 0.05
VALLEY = 0.5
"""A valley at most half as high as the lower of the two peaks separates them."""


def two_separate_modes(values: np.ndarray) -> bool:
    """True where the kernel density has two peaks with at least 5 % of the rows on either side of a
    valley at most half the lower peak's height.

    The bandwidth is Silverman's (1986, eq. 3.31), and never under three quarters of the usual step
    between neighbouring values, so that the whole numbers of a count are not taken for peaks.
    """
    low, high = float(values.min()), float(values.max())
    if not low < high:
        return False
    quartiles = np.quantile(values, (0.25, 0.75))
    spreads = [spread for spread in (np.std(values), (quartiles[1] - quartiles[0]) / 1.349) if spread > 0]
    bandwidth = 0.9 * min(spreads) * len(values) ** -0.2
    distinct = np.unique(values)
    if len(distinct) <= 100:
        bandwidth = max(bandwidth, 0.75 * float(np.median(np.diff(distinct))))
    margin = 3 * bandwidth
    counts, edges = np.histogram(values, bins=BINS, range=(low - margin, high + margin))
    density = gaussian_filter1d(counts.astype(float), bandwidth / (edges[1] - edges[0]), mode="constant")
    return _valley(density, np.cumsum(counts) / len(values))


def _valley(density: np.ndarray, share_below: np.ndarray) -> bool:
    """Whether any cut with enough rows on either side lies that far under the peaks left and right."""
    highest_left = np.maximum.accumulate(density)
    highest_right = np.maximum.accumulate(density[::-1])[::-1]
    deep = density <= VALLEY * np.minimum(highest_left, highest_right)
    balanced = (share_below >= SMALLEST_GROUP) & (share_below <= 1 - SMALLEST_GROUP)
    return bool((deep & balanced).any())
