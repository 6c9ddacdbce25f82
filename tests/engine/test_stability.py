import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from engine import compiled
from engine.agreement import ari, overlaps
from engine.errors import Cancelled
from engine.kmeans import fit
from engine.stability import stability
from tests.engine.tables import blobs

FOUR = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [10.0, 10.0]])


@settings(max_examples=50)
@given(rows=st.integers(2, 60), seed=st.integers(0, 9_999))
def test_ari_is_that_of_scikit_learn(rows: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    one, other = random.integers(0, 4, rows), random.integers(0, 6, rows)
    assert ari(one, other) == pytest.approx(adjusted_rand_score(one, other))


def test_overlap_is_the_jaccard_index_with_the_most_similar_segment() -> None:
    reference = np.array([0, 0, 0, 0, 1, 1])
    other = np.array([1, 1, 1, 0, 0, 0])
    assert overlaps(reference, other, 2).tolist() == pytest.approx([3 / 4, 2 / 3])
    assert overlaps(reference, reference, 3).tolist() == [1.0, 1.0, 0.0]


def test_separate_groups_come_back_in_every_sample() -> None:
    matrix, _ = blobs(800, FOUR)
    result = stability(matrix, {4: fit(matrix, 4).labels})[4]
    assert result.ari > 0.99 and min(result.jaccard) > 0.99


def test_one_cloud_cut_in_five_does_not_come_back() -> None:
    matrix = np.random.default_rng(0).normal(size=(800, 6))
    result = stability(matrix, {5: fit(matrix, 5).labels})[5]
    assert result.ari < 0.8 and min(result.jaccard) < 0.75


def test_two_ways_to_halve_a_square_are_told_of_by_every_seed() -> None:
    """Left from right or top from bottom: the same inertia, as the rows are mirrored, and nothing in common."""
    half, _ = blobs(4_000, FOUR)
    matrix = np.concatenate([half, half[:, ::-1]])
    labels = {2: fit(matrix, 2).labels}
    for seed in range(3):
        found = stability(matrix, labels, seed=seed)[2]
        assert found.second is not None and 3 <= found.second.samples <= 17 and found.second.of == 20
        assert abs(found.second.agreement) < 0.01 and abs(found.second.excess) < 0.01
        assert max(found.jaccard_se) > 0.03


def test_where_samples_agree_on_nothing_else_there_is_no_second_division() -> None:
    matrix, _ = blobs(800, FOUR)
    separate = stability(matrix, {4: fit(matrix, 4).labels})[4]
    assert separate.second is None and max(separate.ari_se, *separate.jaccard_se) < 0.01
    cloud = np.random.default_rng(0).normal(size=(400, 6))
    assert stability(cloud, {8: fit(cloud, 8).labels})[8].second is None


def test_the_error_of_the_agreement_is_its_spread_over_seeds() -> None:
    matrix = np.random.default_rng(0).normal(size=(300, 3)) * np.array([3.0, 1.0, 1.0])
    labels = {3: fit(matrix, 3).labels}
    found = [stability(matrix, labels, seed=seed)[3] for seed in range(12)]
    spread = np.std([each.ari for each in found])
    assert spread / 2 < np.mean([each.ari_se for each in found]) < 2 * spread


def test_jaccard_follows_the_order_of_the_segments() -> None:
    matrix, truth = blobs(900, np.array([[0.0, 0.0], [40.0, 0.0]]))
    spread_out = np.concatenate([matrix[truth == 1], np.random.default_rng(1).normal(0, 3, size=(900, 2))])
    partition = fit(spread_out, 3)
    jaccard = np.array(stability(spread_out, {3: partition.labels})[3].jaccard)
    far = int(np.argmax(partition.centres[:, 0]))
    assert jaccard[far] > 0.99 and jaccard[far] == jaccard.max()


def test_the_same_seed_gives_the_same_figures_on_any_number_of_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matrix = np.random.default_rng(0).normal(size=(300, 3))
    partitions = {k: fit(matrix, k).labels for k in (2, 3)}
    first = stability(matrix, partitions, samples=6)
    monkeypatch.setattr(compiled, "cores", lambda: 1)
    assert stability(matrix, partitions, samples=6) == first


def test_few_rows_with_repeats_still_give_figures() -> None:
    matrix = np.array([[0.0], [0.0], [1.0], [5.0], [5.0], [9.0]])
    result = stability(matrix, {4: fit(matrix, 4).labels}, samples=6)[4]
    assert -1 <= result.ari <= 1 and all(0 <= overlap <= 1 for overlap in result.jaccard)


def test_cancelling_passes_through() -> None:
    def stop(_sentence: str, _fraction: float) -> None:
        raise Cancelled

    matrix, _ = blobs(100, FOUR)
    with pytest.raises(Cancelled):
        stability(matrix, {2: fit(matrix, 2).labels}, report=stop)
