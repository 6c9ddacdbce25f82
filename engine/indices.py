"""Two old indices of how compact and how far apart segments are. They are reported and have no vote."""

import numpy as np

from engine.kmeans import Partition


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
