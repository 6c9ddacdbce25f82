"""The shape of one column: its skew, its modes, and the power that makes it symmetric."""

import numpy as np

BINS = 1024
SMALLEST_GROUP = 0.05
VALLEY = 0.8
"""A valley at most this high, of the lower of the two peaks, separates them. Shallow ones count: a small group
beside a large one fills its own valley, and a transform would pull it in."""
LAMBDAS = (-3.0, 5.0)
GOLDEN = (5**0.5 - 1) / 2


def skew(values: np.ndarray) -> float:
    """The third standardised moment, 0 for a constant."""
    scale = float(np.abs(values).max()) or 1.0
    centred = values / scale - np.mean(values / scale)
    variance = float(np.mean(centred**2))
    return float(np.mean(centred**3)) / variance**1.5 if variance > 1e-24 else 0.0


def yeo_johnson(values: np.ndarray, lambda_: float) -> np.ndarray:
    """Yeo & Johnson (2000), equation 2.1, value by value."""
    above, below = np.log1p(np.maximum(values, 0.0)), np.log1p(np.maximum(-values, 0.0))
    upper = above if lambda_ == 0 else np.expm1(lambda_ * above) / lambda_
    lower = below if lambda_ == 2 else np.expm1((2 - lambda_) * below) / (2 - lambda_)
    return np.asarray(np.where(values >= 0, upper, -lower))


def yeo_johnson_lambda(values: np.ndarray) -> float:
    """The power of the highest normal likelihood (Yeo & Johnson 2000, equation 3.1), from -3 to 5."""
    logs = float(np.sum(np.sign(values) * np.log1p(np.abs(values))))

    def loss(lambda_: float) -> float:
        with np.errstate(over="ignore", invalid="ignore"):
            reshaped = yeo_johnson(values, lambda_)
            variance = float(np.var(reshaped))
            # Under this the variance is what rounding left of the digits, and its log means nothing.
            floor = 1e-20 * float(np.mean(reshaped**2))
        if not np.isfinite(variance) or variance <= floor:
            return np.inf
        return len(values) / 2 * float(np.log(variance)) - (lambda_ - 1) * logs

    grid = np.linspace(*LAMBDAS, 17)
    best = float(grid[int(np.argmin([loss(lambda_) for lambda_ in grid]))])
    low, high = best - 0.5, best + 0.5
    while high - low > 1e-4:
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if loss(left) < loss(right):
            high = right
        else:
            low = left
    return (low + high) / 2


def two_separate_modes(values: np.ndarray) -> bool:
    """True where the kernel density has two peaks with at least 5 % of the rows on either side of a
    valley at most four fifths of the lower peak's height.

    The bandwidth is Silverman's (1986, eq. 3.31) with the standard deviation alone, wide enough for a long
    tail to stay smooth, and never under three quarters of the usual step
    between neighbouring values, so that the whole numbers of a count are not taken for peaks.
    """
    low, high = float(values.min()), float(values.max())
    if not low < high:
        return False
    bandwidth = 0.9 * float(np.std(values)) * len(values) ** -0.2
    distinct = np.unique(values)
    if len(distinct) <= 100:
        bandwidth = max(bandwidth, 0.75 * float(np.median(np.diff(distinct))))
    margin = 3 * bandwidth
    counts, edges = np.histogram(values, bins=BINS, range=(low - margin, high + margin))
    reach = bandwidth / (edges[1] - edges[0])
    steps = np.arange(-int(4 * reach) - 1, int(4 * reach) + 2)
    density = np.convolve(counts.astype(float), np.exp(-0.5 * (steps / reach) ** 2), mode="same")[:BINS]
    return _valley(density, np.cumsum(counts) / len(values))


def _valley(density: np.ndarray, share_below: np.ndarray) -> bool:
    """Whether any cut with enough rows on either side lies that far under the peaks left and right."""
    highest_left = np.maximum.accumulate(density)
    highest_right = np.maximum.accumulate(density[::-1])[::-1]
    deep = density <= VALLEY * np.minimum(highest_left, highest_right)
    balanced = (share_below >= SMALLEST_GROUP) & (share_below <= 1 - SMALLEST_GROUP)
    return bool((deep & balanced).any())
