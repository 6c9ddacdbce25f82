import numpy as np
import pytest

from engine.nulls import null_recipe, null_table, nulls
from tests.engine.tables import blobs


def drawn(matrix: np.ndarray, rows: int = 40_000, blocks: tuple[tuple[int, ...], ...] = ()) -> np.ndarray:
    return null_table(null_recipe(matrix, blocks), rows, np.random.default_rng(0))


def test_means_spreads_and_correlations_are_those_of_the_table() -> None:
    matrix = np.exp(np.random.default_rng(1).normal(size=(3_000, 4)) @ np.diag([1, 0.5, 0.5, 0.2])) @ (
        np.eye(4) + 0.5
    )
    null = drawn(matrix)
    assert np.allclose(null.mean(axis=0), matrix.mean(axis=0), rtol=0.03)
    assert np.allclose(null.std(axis=0), matrix.std(axis=0), rtol=0.03)
    assert np.allclose(np.corrcoef(null.T), np.corrcoef(matrix.T), atol=0.02)


def test_two_modes_of_a_continuous_column_are_gone() -> None:
    matrix, _ = blobs(2_000, np.array([[0.0], [12.0]]))
    null = drawn(matrix)
    middle = np.abs(null[:, 0] - matrix.mean()) < 2
    assert middle.mean() > 0.2


def test_a_column_of_few_values_keeps_its_values_shares_and_correlations() -> None:
    random = np.random.default_rng(2)
    latent = random.normal(size=3_000)
    answers = np.digitize(latent + 0.5 * random.normal(size=3_000), [-1.0, 0.0, 1.5]).astype(float)
    yes = (latent + random.normal(size=3_000) > 1).astype(float)
    matrix = np.column_stack([latent, answers, yes])
    null = drawn(matrix)
    for column in (1, 2):
        assert set(null[:, column]) == set(matrix[:, column])
        for value in set(matrix[:, column]):
            assert np.mean(null[:, column] == value) == pytest.approx(
                np.mean(matrix[:, column] == value), abs=0.02
            )
    assert np.allclose(np.corrcoef(null.T), np.corrcoef(matrix.T), atol=0.03)


def test_the_indicators_of_a_category_stay_one_category() -> None:
    random = np.random.default_rng(3)
    kinds = random.choice(3, 2_000, p=[0.5, 0.3, 0.2])
    matrix = np.column_stack([random.normal(size=2_000), np.eye(3)[kinds] * 2.0])
    null = drawn(matrix, blocks=((1, 2, 3),))
    assert {tuple(row) for row in null[:, 1:]} == {tuple(row) for row in np.eye(3) * 2.0}
    assert (null[:, 1:] > 0).mean(axis=0) == pytest.approx(np.bincount(kinds) / 2_000, abs=0.02)


def test_figures_of_the_null_are_those_of_a_gaussian_whatever_else_is_asked() -> None:
    cloud = np.random.default_rng(4).normal(size=(500, 3))
    null = nulls(cloud, [1, 2, 3], tables=4)
    assert np.isnan(null[1].silhouettes).all() and null[3].silhouettes.shape == (4,)
    assert null[2].silhouettes.mean() == pytest.approx(0.25, abs=0.06)
    assert (null[1].inertias > null[2].inertias).all() and (null[2].inertias > null[3].inertias).all()
    assert null[1].inertias.mean() == pytest.approx(np.sum((cloud - cloud.mean(axis=0)) ** 2), rel=0.1)
    assert nulls(cloud, [3], tables=4)[3].silhouettes == pytest.approx(null[3].silhouettes, abs=1e-6)


def test_a_constant_column_stays_constant() -> None:
    matrix = np.column_stack([np.random.default_rng(5).normal(size=100), np.full(100, 7.0)])
    assert (drawn(matrix, 50)[:, 1] == 7.0).all()
