import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import silhouette_samples

from data.demo import FEATURES, generate
from engine import kmeans, silhouette
from engine.errors import Cancelled
from engine.silhouette import scores
from tests.engine.tables import blobs


def by_hand(matrix: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Rousseeuw's definition, row by row, in float64."""
    distances = np.sqrt(((matrix[:, None] - matrix[None]) ** 2).sum(axis=2))
    result = np.zeros(len(matrix))
    for row in range(len(matrix)):
        own = labels == labels[row]
        if own.sum() == 1:
            continue
        inside = distances[row, own].sum() / (own.sum() - 1)
        outside = min(distances[row, labels == other].mean() for other in set(labels) - {labels[row]})
        if max(inside, outside) > 0:
            result[row] = (outside - inside) / max(inside, outside)
    return result


def test_one_pass_equals_scikit_learn_on_the_demo_table_for_every_k() -> None:
    table = generate(rows=1_500)[list(FEATURES)].to_numpy(dtype=float)
    matrix = (table - table.mean(axis=0)) / table.std(axis=0)
    labelings = [kmeans.fit(matrix, k, starts=1).labels for k in range(2, 11)]
    for score, labels in zip(scores(matrix, labelings), labelings, strict=True):
        theirs = silhouette_samples(matrix, labels)
        assert np.abs(score.samples - theirs).max() < 1e-5
        assert abs(score.mean - theirs.mean()) < 1e-6
        macro = np.mean([theirs[labels == cluster].mean() for cluster in np.unique(labels)])
        assert abs(score.macro - macro) < 1e-6
        assert (score.method, score.halfwidth) == ("exact", None)


def labels_of(kind: str, rows: int, random: np.random.Generator) -> np.ndarray:
    """Labels as hostile as they come, at least two clusters and fewer than rows."""
    labels = random.integers(0, random.integers(2, min(rows, 9)), rows)
    if kind == "singletons":
        labels[: rows // 2] = 100 + np.arange(rows // 2)
        labels[-2:] = 99
    elif kind == "one huge":
        labels[:] = 0
    elif kind == "sorted":
        labels.sort()
    labels[:2] = 0, 1
    return labels


@settings(max_examples=40)
@given(
    rows=st.integers(4, 90), columns=st.sampled_from([1, 9, 20]), seed=st.integers(0, 10_000),
    scale=st.sampled_from([1e-40, 1e-9, 1.0, 1e9, 1e40]), away=st.sampled_from([0.0, 1.0, 1e4]),
    duplicates=st.sampled_from([1, 3, 40]),
)  # fmt: skip
def test_one_pass_equals_scikit_learn_whatever_the_labels(
    rows: int, columns: int, seed: int, scale: float, away: float, duplicates: int
) -> None:
    random = np.random.default_rng(seed)
    distinct = random.normal(size=(-(-rows // duplicates), columns))
    matrix = np.repeat(distinct, duplicates, axis=0)[:rows]
    labelings = [labels_of(kind, rows, random) for kind in ("random", "singletons", "one huge", "sorted")]
    for score, labels in zip(scores((matrix + away) * scale, labelings), labelings, strict=True):
        theirs = silhouette_samples(matrix, labels)
        if duplicates == 1:
            assert np.abs(score.samples - theirs).max() < 1e-5
            assert abs(score.mean - theirs.mean()) < 1e-6
        else:
            # Distances of 0 beside an offset of 10,000 are what rounding left of the input itself.
            assert np.abs(score.samples - by_hand((matrix + away) * scale / scale, labels)).max() < 1e-5


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_row_order_does_not_matter(seed: int) -> None:
    random = np.random.default_rng(seed)
    matrix, labels = random.normal(size=(80, 3)), random.integers(0, 4, 80)
    order = random.permutation(80)
    straight, shuffled = scores(matrix, [labels])[0], scores(matrix[order], [labels[order]])[0]
    assert np.allclose(straight.samples[order], shuffled.samples, atol=1e-6)
    assert straight.mean == pytest.approx(shuffled.mean, abs=1e-7)


def test_the_names_of_clusters_do_not_matter() -> None:
    matrix, truth = blobs(90, np.array([[0, 0], [3, 3], [0, 9]]))
    plain, renamed = scores(matrix, [truth, np.array([40, -3, 7])[truth]])
    assert np.array_equal(plain.samples, renamed.samples)


def test_a_singleton_has_silhouette_zero() -> None:
    matrix = np.array([[0.0], [1.0], [10.0]])
    score = scores(matrix, [np.array([0, 0, 1])])[0]
    assert score.samples.tolist() == pytest.approx([0.9, 8 / 9, 0.0])
    assert score.mean == pytest.approx((0.9 + 8 / 9) / 3)
    assert score.macro == pytest.approx((0.9 + 8 / 9) / 2 / 2)


def test_rows_all_alone_have_silhouette_zero() -> None:
    assert scores(np.arange(4.0)[:, None], [np.arange(4)])[0].mean == 0


def test_duplicate_rows_are_as_good_as_their_cluster() -> None:
    matrix = np.repeat(np.array([[0.0, 0.0], [5.0, 5.0]]), 300, axis=0)
    assert scores(matrix, [np.arange(600) // 300])[0].mean == pytest.approx(1)
    assert scores(np.ones((40, 2)), [np.arange(40) % 2])[0].samples.tolist() == [0.0] * 40


def test_one_cluster_has_no_silhouette_and_spoils_no_other() -> None:
    matrix, truth = blobs(60, np.array([[0, 0], [9, 9]]))
    whole, halves = scores(matrix, [np.zeros(60, dtype=int), truth])
    assert np.isnan(whole.mean) and np.isnan(whole.samples).all()
    assert np.allclose(halves.samples, by_hand(matrix, truth), atol=1e-6)


def test_one_huge_cluster_beside_small_ones() -> None:
    random = np.random.default_rng(0)
    matrix = random.normal(size=(3_000, 2))
    labels = np.zeros(3_000, dtype=int)
    labels[:3] = 1
    labels[3] = 2
    assert np.abs(scores(matrix, [labels])[0].samples - silhouette_samples(matrix, labels)).max() < 1e-5


@pytest.mark.parametrize("spread_of_cluster", [1e-3, 1e-6, 1e-9])
def test_tiny_distances_far_from_the_middle_are_measured_in_double_precision(
    spread_of_cluster: float,
) -> None:
    random = np.random.default_rng(0)
    labels = np.arange(300) % 3
    corners = np.array([[100.0, 100.0], [100.0, 100.0 + 8 * spread_of_cluster], [-100.0, -100.0]])
    matrix = corners[labels] + spread_of_cluster * random.normal(size=(300, 2))
    score = scores(matrix, [labels])[0]
    assert np.abs(score.samples - by_hand(matrix, labels)).max() < 1e-5


def test_many_columns_take_the_long_way_to_the_same_result() -> None:
    random = np.random.default_rng(0)
    for columns in (16, 17, 64):
        matrix, labels = random.normal(size=(120, columns)), random.integers(0, 3, 120)
        assert np.allclose(scores(matrix, [labels])[0].samples, by_hand(matrix, labels), atol=1e-6)


def test_unrelated_labelings_are_kept_apart() -> None:
    random = np.random.default_rng(0)
    matrix = random.normal(size=(150, 2))
    labelings = [random.integers(0, 50, 150) for _ in range(25)]
    for score, labels in zip(scores(matrix, labelings), labelings, strict=True):
        assert np.allclose(score.samples, by_hand(matrix, labels), atol=1e-6)


def test_a_sample_of_queries_covers_the_exact_mean_and_says_how_far_it_may_be_off() -> None:
    random = np.random.default_rng(0)
    matrix = np.concatenate([random.normal(size=(5_800, 2)), random.normal(8, 1, size=(200, 2))])
    labelings = [kmeans.fit(matrix, k, starts=1).labels for k in (2, 3, 4)]
    exact = scores(matrix, labelings)
    inside = 0
    for seed in range(20):
        for score, truth, labels in zip(
            scores(matrix, labelings, exact_rows=1_000, queries=600, seed=seed), exact, labelings, strict=True
        ):
            assert score.method == "sampled" and score.halfwidth is not None and score.halfwidth < 0.03
            inside += abs(score.mean - truth.mean) <= score.halfwidth
            measured = ~np.isnan(score.samples)
            assert np.allclose(score.samples[measured], truth.samples[measured], atol=1e-6)
            assert min(np.bincount(labels[measured])) >= 50
    assert inside >= 50


def test_a_whole_cluster_smaller_than_its_sample_is_measured_whole() -> None:
    matrix, _ = blobs(2_000, np.array([[0.0, 0.0]]))
    labels = (np.arange(2_000) < 7).astype(int)
    score = scores(matrix, [labels], exact_rows=100, queries=100)[0]
    assert not np.isnan(score.samples[:7]).any()


def test_progress_rises_to_one_and_cancelling_passes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix, truth = blobs(3_000, np.array([[0, 0], [9, 9]]))
    heard: list[float] = []
    scores(matrix, [truth], report=lambda _, fraction: heard.append(fraction))
    assert heard == sorted(heard) and heard[-1] == 1.0 and len(heard) > 2
    monkeypatch.setattr(silhouette, "WORK_PER_CALL", 1e5)

    def stop(_sentence: str, _fraction: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        scores(matrix, [truth], report=stop)


def test_nothing_to_measure_gives_nothing() -> None:
    assert scores(np.ones((3, 1)), []) == ()
