from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.prediction import predicted_together, prediction_strength
from tests.engine.tables import blobs

THREE = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]])


def test_the_worst_segment_counts() -> None:
    own, predicted = np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 1])
    assert predicted_together(own, predicted) == pytest.approx(1 / 3)
    assert predicted_together(own, own) == 1.0
    assert predicted_together(np.array([0, 0, 1]), np.array([0, 0, 1])) == 0.0


@settings(max_examples=50)
@given(rows=st.integers(4, 30), seed=st.integers(0, 9_999))
def test_it_is_the_share_of_pairs_counted_one_by_one(rows: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    own, predicted = random.integers(0, 3, rows), random.integers(0, 4, rows)
    shares = []
    for segment in np.unique(own):
        pairs = list(combinations(np.flatnonzero(own == segment), 2))
        shares.append(np.mean([predicted[a] == predicted[b] for a, b in pairs]) if pairs else 0.0)
    assert predicted_together(own, predicted) == pytest.approx(min(shares))


def test_separate_groups_predict_each_other_up_to_their_number() -> None:
    matrix, _ = blobs(600, THREE)
    strength = prediction_strength(matrix, range(1, 6))
    assert sorted(strength) == [2, 3, 4, 5]
    assert strength[3] > 0.99 and max(strength[4], strength[5]) < 0.8


def test_it_does_not_depend_on_the_other_numbers_asked_for() -> None:
    matrix, _ = blobs(200, THREE)
    assert prediction_strength(matrix, [2, 3, 4])[3] == prediction_strength(matrix, [3])[3]


def test_more_segments_than_half_the_rows_have_no_strength() -> None:
    matrix, _ = blobs(8, THREE)
    assert prediction_strength(matrix, [2, 5], splits=2)[5] == 0.0
