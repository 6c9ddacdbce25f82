"""The dip test against published values and against its definition, solved as a linear programme."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from sklearn.datasets import load_iris

from engine.dip import TABLES, dip, pca_dip, sentence


def test_iris_dips_as_published() -> None:
    """R's package clusterability 0.2: PCA-dip of iris in standard units, .107841006841301."""
    iris = load_iris().data
    found = pca_dip((iris - iris.mean(axis=0)) / iris.std(axis=0, ddof=1), seed=42)
    assert found.statistic == pytest.approx(0.107841006841301, abs=1e-12)
    assert found.p == pytest.approx(1 / (TABLES + 1))
    assert "more than one peak" in sentence(found.statistic, found.p)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=2, max_size=9).filter(lambda values: len(set(values)) > 1))
@example([4, 5, 7, 9, 10])
def test_the_dip_is_the_distance_to_the_nearest_unimodal_distribution(values: list[int]) -> None:
    assert dip(np.array(values)) == pytest.approx(nearest_unimodal(np.array(values, dtype=float)), abs=1e-9)


def nearest_unimodal(values: np.ndarray) -> float:
    """Hartigan and Hartigan 1985, the definition: convex up to a mode, which may carry an atom, then concave."""
    x, counts = np.unique(values, return_counts=True)
    through = np.cumsum(counts) / len(values)
    below = through - counts / len(values)
    size = len(x)
    unit = np.eye(size + 2)
    distance, after = unit[size + 1], unit[size]
    best = 1.0
    for mode in range(size):
        left = [unit[place] for place in range(size)]
        right = [after if place == mode else unit[place] for place in range(size)]
        rows, limits = [left[mode] - right[mode]], [0.0]
        for place in range(size):
            for value, height in ((below[place], left[place]), (through[place], right[place])):
                rows += [height - distance, -height - distance]
                limits += [value, -value]
        for place in range(1, size):
            rows.append(right[place - 1] - left[place])
            limits.append(0.0)
        slopes = [(left[place + 1] - right[place]) / (x[place + 1] - x[place]) for place in range(size - 1)]
        for place in range(1, size - 1):
            if place != mode:
                rows.append((slopes[place - 1] - slopes[place]) * (1 if place < mode else -1))
                limits.append(0.0)
        best = min(best, linprog(distance, A_ub=np.array(rows), b_ub=limits, bounds=(0, 1)).fun)
    return best


def test_a_cloud_has_one_peak_and_two_groups_have_two() -> None:
    chance = np.random.default_rng(3)
    cloud = chance.normal(size=(1_000, 3)) * [3.0, 1.0, 1.0]
    groups = cloud + np.repeat([[0.0, 0.0, 0.0], [20.0, 0.0, 0.0]], 500, axis=0)
    assert pca_dip(cloud, seed=1).p > 0.2
    assert pca_dip(groups, seed=1).p == pytest.approx(1 / (TABLES + 1))
    assert "as well as several" in sentence(0.01, 0.6)


def test_equal_values_do_not_dip() -> None:
    assert dip(np.ones(9)) == 0.0
