import numpy as np
import pytest

from engine.errors import Cancelled
from engine.gap import gap_statistic, one_standard_error
from engine.kmeans import fit


def test_inertia_is_the_papers_pooled_sum_of_pairwise_squares() -> None:
    """W_k = sum over clusters of D_r / 2n_r, D_r over all ordered pairs (Tibshirani et al. 2001, eq. 2)."""
    matrix = np.random.default_rng(0).normal(size=(60, 3))
    partition = fit(matrix, 3)
    pooled = 0.0
    for segment in range(3):
        rows = matrix[partition.labels == segment]
        pooled += np.sum((rows[:, None] - rows[None]) ** 2) / (2 * len(rows))
    assert partition.inertia == pytest.approx(pooled)


def test_the_gap_of_one_segment_is_that_of_a_uniform_box() -> None:
    """A side of length L has variance L^2 / 12; the box follows the principal components."""
    random = np.random.default_rng(1)
    turn = np.linalg.qr(random.normal(size=(3, 3)))[0]
    matrix = random.normal(size=(4_000, 3)) * [4.0, 1.0, 0.2] @ turn
    centred = matrix - matrix.mean(axis=0)
    sides = np.ptp(centred @ np.linalg.eigh(centred.T @ centred)[1], axis=0)
    expected = np.log(len(matrix) * np.sum(sides**2) / 12) - np.log(np.sum(centred**2))
    found = gap_statistic(matrix, 2)
    assert found.gap[1] == pytest.approx(expected, abs=0.01)
    assert 0 < found.se[1] < 0.02


def test_three_groups_of_the_paper_are_three() -> None:
    """Scenario (b): normal groups of 25, 25 and 50 around (0, 0), (0, 5) and (5, -3)."""
    random = np.random.default_rng(2)
    centres = np.repeat([[0, 0], [0, 5], [5, -3]], [25, 25, 50], axis=0)
    answers = [gap_statistic(centres + random.normal(size=centres.shape), 6, seed=s).k for s in range(5)]
    assert answers.count(3) >= 4


def test_a_uniform_box_of_ten_columns_is_one() -> None:
    """Scenario (a): 200 rows, uniform over the unit square in 10 dimensions."""
    assert gap_statistic(np.random.default_rng(3).random((200, 10)), 5).k == 1


def test_the_rule_takes_the_first_within_a_standard_error_of_the_next() -> None:
    gap, se = {1: 0.1, 2: 0.5, 3: 0.55, 4: 0.9}, {1: 0.1, 2: 0.1, 3: 0.1, 4: 0.1}
    assert one_standard_error(gap, se) == 2
    assert one_standard_error(gap, dict.fromkeys(gap, 0.0)) == 4


def test_cancelling_passes_through() -> None:
    def stop(_sentence: str, _fraction: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        gap_statistic(np.random.default_rng(0).normal(size=(50, 2)), 3, report=stop)
