from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris
from threadpoolctl import threadpool_limits

from data.demo import FEATURES, generate
from engine import compiled, kmeans
from engine.errors import Cancelled, OptionProblem, TooFewRows
from engine.kmeans import assign, fit, inertia_of
from tests.engine.tables import blobs


def standardised(table: pd.DataFrame) -> np.ndarray:
    values = table.to_numpy(dtype=float)
    return np.ascontiguousarray((values - values.mean(axis=0)) / values.std(axis=0))


def check_against_scikit_learn(matrix: np.ndarray, ks: Sequence[int]) -> None:
    for k in ks:
        with threadpool_limits(1):
            theirs = KMeans(k, n_init=10, random_state=0).fit(matrix).inertia_
        assert fit(matrix, k).inertia <= 1.001 * theirs, k


def test_inertia_is_no_worse_than_scikit_learn_on_the_demo_table() -> None:
    check_against_scikit_learn(standardised(generate(rows=1_500)[list(FEATURES)]), (3, 5, 7, 10))


def test_inertia_is_no_worse_than_scikit_learn_when_starts_see_only_a_sample() -> None:
    check_against_scikit_learn(standardised(generate(rows=21_000)[list(FEATURES)]), range(4, 5))


def test_inertia_is_no_worse_than_scikit_learn_on_fast_food_answers(shared_data: Path) -> None:
    table = pd.read_csv(shared_data / "ffseg" / "ffseg.csv")
    check_against_scikit_learn(
        standardised(table[["quality", "price", "healthy", "variety", "speed"]]), range(2, 11)
    )


def test_inertia_is_no_worse_than_scikit_learn_on_wholesale_customers(shared_data: Path) -> None:
    table = pd.read_csv(shared_data / "uci-wholesale" / "wholesale_customers.csv")
    check_against_scikit_learn(standardised(table.iloc[:, 2:]), range(2, 11))


def test_mcdonalds_beats_the_textbook_partition(shared_data: Path) -> None:
    table = pd.read_csv(shared_data / "mcdonalds" / "mcdonalds.csv").iloc[:, :11]
    answers = (table == "Yes").to_numpy(dtype=float)
    assert answers.mean(axis=0).round(2).tolist() == [.55, .91, .09, .87, .53, .90, .60, .64, .36, .20, .24]  # fmt: skip
    partition = fit(answers, 4)
    assert partition.inertia <= 1602.95
    assert sorted(partition.sizes, reverse=True) == pytest.approx([580, 324, 309, 240], abs=8)
    check_against_scikit_learn(answers, range(2, 11))


def test_the_largest_segment_comes_first() -> None:
    for k in range(2, 8):
        partition = fit(load_iris().data, k)
        assert list(partition.sizes) == sorted(partition.sizes, reverse=True)
        assert partition.sizes == tuple(np.bincount(partition.labels))


def test_equal_sizes_are_ordered_by_their_centres() -> None:
    matrix = np.array([[9.0, 1.0], [9.0, 1.2], [0.0, 5.0], [0.0, 5.2], [0.0, 1.0], [0.0, 1.2]])
    assert fit(matrix, 3).centres.tolist() == pytest.approx(np.array([[0, 1.1], [0, 5.1], [9, 1.1]]))


def test_labels_are_those_of_assign_and_centres_are_their_means() -> None:
    matrix = standardised(generate(rows=3_000)[list(FEATURES)])
    for k in (1, 2, 5, 9):
        partition = fit(matrix, k)
        assert np.array_equal(partition.labels, assign(matrix, partition.centres)[0])
        means = [matrix[partition.labels == segment].mean(axis=0) for segment in range(k)]
        assert np.allclose(partition.centres, means, atol=1e-9)
        assert partition.inertia == pytest.approx(((matrix - partition.centres[partition.labels]) ** 2).sum())


def test_the_same_run_twice_is_the_same_and_any_number_of_threads_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matrix = standardised(generate(rows=22_000)[list(FEATURES)])
    results = []
    monkeypatch.setattr(kmeans, "BLOCK_ROWS", 5_000)
    for threads in (1, 2, 5):
        monkeypatch.setattr(compiled, "cores", lambda threads=threads: threads)
        results.append(fit(matrix, 5))
    for other in results[1:]:
        assert np.array_equal(results[0].centres, other.centres)
        assert np.array_equal(results[0].labels, other.labels)


def test_row_order_does_not_change_the_partition_of_clear_groups() -> None:
    matrix, truth = blobs(600, np.array([[0, 0], [12, 0], [0, 12]]))
    order = np.random.default_rng(1).permutation(600)
    first, second = fit(matrix, 3), fit(matrix[order], 3)
    assert np.allclose(np.sort(first.centres, axis=0), np.sort(second.centres, axis=0))
    for segment in range(3):
        assert len(set(truth[first.labels == segment])) == 1


def test_one_segment_is_the_mean() -> None:
    matrix = load_iris().data
    partition = fit(matrix, 1)
    assert np.allclose(partition.centres[0], matrix.mean(axis=0))
    assert partition.sizes == (150,)


@settings(max_examples=60)
@given(
    distinct=st.integers(1, 6), copies=st.integers(1, 8), k=st.integers(1, 6), seed=st.integers(0, 99),
    scale=st.sampled_from([1e-30, 1e-6, 1.0, 1e12, 1e60]),
)  # fmt: skip
def test_duplicate_rows_give_k_segments_or_a_clear_refusal(
    distinct: int, copies: int, k: int, seed: int, scale: float
) -> None:
    random = np.random.default_rng(seed)
    matrix = np.repeat(random.permutation(20)[:distinct, None] * scale, copies, axis=0)
    if distinct < k:
        with pytest.raises(TooFewRows):
            fit(matrix, k)
        return
    partition = fit(matrix, k)
    assert min(partition.sizes) > 0 and sum(partition.sizes) == len(matrix)
    if k == distinct:
        assert partition.inertia == pytest.approx(0, abs=1e-12 * scale**2)


def test_as_many_segments_as_rows_are_all_alone() -> None:
    partition = fit(np.arange(7.0)[:, None] ** 2, 7)
    assert partition.sizes == (1,) * 7
    assert partition.inertia == 0


def test_rows_that_differ_only_beyond_single_precision_are_told_apart() -> None:
    matrix = np.array([[1.0], [1.0 + 1e-12], [1.0 + 2e-12], [5.0]])
    assert min(fit(matrix, 4).sizes) == 1


def test_fewer_different_rows_than_segments_are_refused() -> None:
    with pytest.raises(TooFewRows, match="Found: 2 different sets of values in 100 rows"):
        fit(np.array([[1.0, 2.0], [3.0, 4.0]] * 50), 3)
    with pytest.raises(TooFewRows):
        fit(np.ones((2, 2)), 3)


@pytest.mark.parametrize("wrong", [{"k": 0}, {"starts": 0}, {"seed": -1}])
def test_options_that_cannot_be_are_refused(wrong: dict[str, int]) -> None:
    options = {"k": 2, "starts": 3, "seed": 1, **wrong}
    with pytest.raises(OptionProblem, match=f"Found: {next(iter(wrong.values()))}"):
        fit(load_iris().data, options.pop("k"), **options)


def test_assign_gives_ties_to_the_lowest_number_with_no_fit() -> None:
    labels, clear = assign(np.array([[0.0], [1.0], [-1.0], [0.5]]), np.array([[-1.0], [1.0]]))
    assert labels.tolist() == [0, 1, 0, 1]
    assert clear.tolist() == pytest.approx([0.0, 1.0, 1.0, 1 - 0.5 / 1.5])


def test_assign_with_one_centre_fits_fully_and_with_equal_centres_not_at_all() -> None:
    matrix = np.array([[0.0], [3.0]])
    assert assign(matrix, np.array([[1.0]]))[1].tolist() == [1.0, 1.0]
    labels, clear = assign(matrix, np.array([[3.0], [3.0]]))
    assert labels.tolist() == [0, 0] and clear.tolist() == [0.0, 0.0]


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), k=st.integers(2, 8))
def test_assign_finds_the_nearest_of_plain_distances(seed: int, k: int) -> None:
    random = np.random.default_rng(seed)
    matrix, centres = random.normal(size=(50, 4)), random.normal(size=(k, 4))
    distances = np.linalg.norm(matrix[:, None] - centres[None], axis=2)
    labels, clear = assign(matrix, centres)
    nearest = np.sort(distances, axis=1)
    assert np.array_equal(labels, distances.argmin(axis=1))
    assert np.allclose(clear, 1 - nearest[:, 0] / nearest[:, 1])
    assert np.array_equal(assign(matrix[7:9], centres)[1], clear[7:9])
    assert inertia_of(matrix, centres, labels) == pytest.approx((nearest[:, 0] ** 2).sum())


def test_a_cancelled_fit_ends_with_cancelled() -> None:
    def stop(_sentence: str, _fraction: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        fit(load_iris().data, 3, report=stop)
