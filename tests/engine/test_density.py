from threading import Event

import numpy as np
import pytest
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial.distance import cdist

from engine.density import (
    gaps,
    nearest,
    opening,
    pair_gaps,
    path,
    spanning_tree,
    spread_ties,
    valley,
    worst_path,
    worst_valley,
)
from engine.errors import Cancelled
from engine.kmeans import fit
from tests.engine.tables import blobs


def two(distance: float, columns: int = 2, rows: int = 2_000) -> tuple[np.ndarray, np.ndarray]:
    matrix, truth = blobs(rows, np.array([np.zeros(columns), np.eye(columns)[0] * distance]))
    return matrix[truth == 0], matrix[truth == 1]


def ring(degrees: float, rows: int = 2_000, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    angle, radius = np.radians(random.uniform(0, degrees, rows)), 1 + 0.1 * random.normal(size=rows)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def test_the_valley_of_two_normals_is_that_of_their_densities() -> None:
    """Two equal normals d apart: the middle is 2 exp(-d^2 / 8) of a peak (and of one normal alone)."""
    one, other = two(4.0, rows=40_000)
    assert valley(one, other) == pytest.approx(2 * np.exp(-2), abs=0.03)
    one, other = two(6.0, rows=40_000)
    assert valley(one, other) == pytest.approx(2 * np.exp(-4.5), abs=0.015)


@pytest.mark.parametrize("columns", [2, 9])
def test_blobs_six_sd_apart_show_both_gaps(columns: int) -> None:
    one, other = two(6.0, columns)
    assert valley(one, other) < 0.1 and path(one, other) < 0.25


def test_halves_of_a_cloud_show_none() -> None:
    cloud = np.random.default_rng(1).normal(size=(2_000, 4))
    left, right = cloud[cloud[:, 0] < 0], cloud[cloud[:, 0] >= 0]
    assert valley(left, right) > 0.85 and path(left, right) > 0.8


def test_a_bent_cloud_has_a_valley_and_no_gap_on_its_own_way() -> None:
    matrix = ring(270)
    labels = fit(matrix, 2).labels
    one, other = matrix[labels == 0], matrix[labels == 1]
    assert valley(one, other) < 0.4 and path(one, other) > 0.5


def test_a_bent_cloud_among_noise_columns_is_seen_too() -> None:
    matrix = np.column_stack([ring(270), 0.2 * np.random.default_rng(2).normal(size=(2_000, 6))])
    labels = fit(matrix, 2).labels
    assert path(matrix[labels == 0], matrix[labels == 1]) > 0.4


def test_ends_of_a_chain_of_segments_are_not_apart() -> None:
    matrix = ring(270)
    found = pair_gaps(matrix, fit(matrix, 3).labels, 3, Event())
    assert [(pair.one, pair.other) for pair in found] == [("S1", "S2"), ("S1", "S3"), ("S2", "S3")]
    assert not any(pair.apart for pair in found)
    assert min(pair.path for pair in found if pair.path is not None) < 0.35


def test_segments_that_share_a_blob_run_together_and_the_others_are_apart() -> None:
    matrix, _ = blobs(900, np.array([[0.0, 0.0], [12.0, 0.0], [0.0, 12.0]]))
    labels = fit(matrix, 4).labels
    found = gaps(matrix, {4: labels})[4]
    assert [pair.apart for pair in found].count(False) == 1
    together = next(pair for pair in found if not pair.apart)
    assert (together.one, together.other) == ("S3", "S4") and together.path is None
    assert worst_valley(matrix, labels, 4) > 0.5
    three = fit(matrix, 3).labels
    assert worst_path(matrix, three, 3) == max(pair.path or 1 for pair in gaps(matrix, {3: three})[3])


def test_steps_of_a_count_are_not_taken_for_gaps() -> None:
    random = np.random.default_rng(3)
    matrix = np.column_stack([random.poisson(1.0, 2_000), random.integers(0, 2, 2_000)]).astype(float)
    spread = spread_ties(matrix, random)
    labels = fit(matrix, 2).labels
    assert worst_valley(spread, labels, 2) > 0.5 > worst_valley(matrix, labels, 2)


def test_only_ties_are_spread_and_only_over_their_cells() -> None:
    random = np.random.default_rng(4)
    matrix = np.column_stack([random.normal(size=500), random.choice([0.0, 1.0, 5.0], 500)])
    spread = spread_ties(matrix, random)
    assert np.array_equal(spread[:, 0], matrix[:, 0])
    for value, low, high in ((0.0, -0.5, 0.5), (1.0, 0.5, 3.0), (5.0, 3.0, 7.0)):
        cell = spread[matrix[:, 1] == value, 1]
        assert low <= cell.min() < low + 0.2 and high - 0.2 < cell.max() <= high


def test_neighbours_and_tree_are_those_of_scipy() -> None:
    rows = np.random.default_rng(5).normal(size=(120, 3))
    distances = cdist(rows, rows)
    near = nearest(rows, 4)
    assert near == pytest.approx(np.sort(distances, axis=1)[:, 1:5])
    reach = near[:, -1].copy()
    mutual = np.maximum(distances, np.maximum(reach[:, None], reach[None, :]))
    np.fill_diagonal(mutual, 0)
    parents, lengths = spanning_tree(rows, reach)
    assert lengths[1:].sum() == pytest.approx(minimum_spanning_tree(mutual).sum())
    assert lengths[1:] == pytest.approx([mutual[row, parents[row]] for row in range(1, 120)])


def test_the_way_opens_where_half_of_both_cores_hangs_together() -> None:
    edges = np.array([[0, 1], [2, 3], [1, 2], [3, 4]])
    lengths = np.array([1.0, 2.0, 5.0, 9.0])
    labels = np.array([0, 0, 1, 1, 1])
    assert opening(edges, lengths, labels, np.ones(5, dtype=bool)) == 5.0
    assert opening(edges, lengths, labels, np.array([1, 1, 0, 0, 1], dtype=bool)) == 9.0


@pytest.mark.parametrize(
    "matrix",
    [np.repeat([[0.0, 0.0], [1.0, 1.0]], 5, axis=0), np.zeros((10, 2)), np.arange(10.0)[:, None], np.eye(10)],
    ids=["two points", "one point", "one column", "corners"],
)
def test_strange_tables_still_give_figures(matrix: np.ndarray) -> None:
    labels = np.repeat([0, 1], 5)
    found = gaps(matrix, {2: labels})[2][0]
    assert 0 <= found.valley <= 1 and (found.path is None or 0 <= found.path <= 1)


def test_a_segment_without_rows_has_no_gap() -> None:
    matrix, truth = blobs(40, np.array([[0.0, 0.0], [9.0, 9.0]]))
    found = gaps(matrix, {3: truth})[3]
    assert [pair.valley for pair in found][1:] == [1.0, 1.0]
    assert not any(pair.apart for pair in found[1:] if "S3" in (pair.one, pair.other))


def test_cancelling_passes_through() -> None:
    def stop(_sentence: str, _fraction: float) -> None:
        raise Cancelled

    matrix, truth = blobs(40, np.array([[0.0, 0.0], [9.0, 9.0]]))
    with pytest.raises(Cancelled):
        gaps(matrix, {2: truth}, report=stop)
