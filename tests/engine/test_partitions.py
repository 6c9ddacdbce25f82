"""Silhouette profiles and flows between divisions, held to scikit-learn and to counts by hand."""

import numpy as np
import pytest
from sklearn.metrics import silhouette_samples

from engine.kmeans import assign, fit
from engine.partitions import flows, silhouette_profile


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    random = np.random.default_rng(5)
    return np.vstack(
        [random.normal(middle, 1.0, size=(size, 3)) for middle, size in ((0, 200), (4, 90), (9, 30))]
    )


def test_every_blade_holds_its_accounts_silhouettes_from_high_to_low(rows: np.ndarray) -> None:
    centres = fit(rows, 3).centres
    labels, _ = assign(rows, centres)
    expected = silhouette_samples(rows, labels)
    profile = silhouette_profile(rows, centres)
    assert (profile.rows, profile.measured) == (320, 320)
    for place, blade in enumerate(profile.blades):
        own = np.sort(expected[labels == place])[::-1]
        np.testing.assert_allclose(blade.values, own, atol=1e-5)
        assert blade.segment == f"S{place + 1}"
        assert blade.size == len(own)
        assert blade.mean == pytest.approx(own.mean(), abs=1e-5)
        assert blade.misplaced == pytest.approx(np.mean(own < 0), abs=1e-9)


def test_a_sample_measures_every_segment_and_each_value_against_all_rows(rows: np.ndarray) -> None:
    centres = fit(rows, 3).centres
    labels, _ = assign(rows, centres)
    expected = silhouette_samples(rows, labels)
    profile = silhouette_profile(rows, centres, most=100)
    assert 100 <= profile.measured < 320
    for place, blade in enumerate(profile.blades):
        own = expected[labels == place]
        assert min(30, len(own)) <= len(blade.values) <= blade.size
        assert all(np.abs(own - value).min() < 1e-5 for value in blade.values)


def test_flows_count_who_goes_where(rows: np.ndarray) -> None:
    two, three = np.array([[0.0] * 3, [6.0] * 3]), np.array([[0.0] * 3, [4.0] * 3, [9.0] * 3])
    (table,) = flows(rows, [two, three])
    before, after = assign(rows, two)[0], assign(rows, three)[0]
    by_hand = [[int(np.sum((before == i) & (after == j))) for j in range(3)] for i in range(2)]
    assert table.tolist() == by_hand
    assert table.sum() == 320


def test_one_division_flows_nowhere(rows: np.ndarray) -> None:
    assert flows(rows, [np.zeros((1, 3))]) == ()
