import numpy as np
import pytest
from sklearn.decomposition import PCA

from engine.projection import project
from tests.engine.tables import features_of, features_of_matrix, keyed


def correlated(rows: int = 300, columns: int = 4) -> np.ndarray:
    random = np.random.default_rng(0)
    return random.normal(size=(rows, columns)) @ random.normal(size=(columns, columns))


def test_the_map_is_that_of_scikit_learn_up_to_its_signs() -> None:
    matrix = correlated()
    analysis = PCA(2).fit(matrix)
    places = analysis.transform(matrix)
    flat = project(features_of_matrix(matrix), np.zeros(300, dtype=int))
    assert np.allclose(np.abs(flat.x), np.abs(places[:, 0]))
    assert np.allclose(np.abs(flat.y), np.abs(places[:, 1]))
    assert flat.explained == pytest.approx(tuple(analysis.explained_variance_ratio_))


def test_a_strongest_loading_points_to_more() -> None:
    random = np.random.default_rng(0)
    visits = random.normal(size=200) * 3
    calls = -0.5 * visits + random.normal(size=200) * 0.1
    frame = keyed({"visits": visits, "calls": calls, "age": random.normal(size=200)})
    flat = project(features_of(frame, "none"), np.zeros(200, dtype=int), names={"visits": "Visits made"})
    assert flat.axes[0] == "more Visits made, less calls"
    assert np.corrcoef(flat.x, visits)[0, 1] > 0.99


def test_rows_in_another_order_lie_in_the_same_places() -> None:
    matrix = correlated()
    order = np.random.default_rng(1).permutation(300)
    straight = project(features_of_matrix(matrix), np.zeros(300, dtype=int))
    shuffled = project(features_of_matrix(matrix[order]), np.zeros(300, dtype=int))
    assert np.allclose(straight.x[order], shuffled.x)


def test_at_most_the_limit_is_drawn_and_small_segments_are_kept_whole() -> None:
    labels = np.repeat([0, 1, 2], [9_000, 970, 30])
    features = features_of_matrix(np.random.default_rng(0).normal(size=(10_000, 3)))
    flat = project(features, labels, limit=1_000)
    counts = {segment: int((flat.segments == segment).sum()) for segment in ("S1", "S2", "S3")}
    assert sum(counts.values()) <= 1_000 and sum(counts.values()) > 990
    assert counts["S3"] == 30 and counts["S2"] >= 97
    places = dict(zip(features.keys, labels, strict=True))
    assert all(
        f"S{places[key] + 1}" == segment for key, segment in zip(flat.keys, flat.segments, strict=True)
    )
    again = project(features, labels, limit=1_000)
    assert np.array_equal(flat.keys, again.keys)
    assert flat.rows == 10_000


def test_segment_ids_may_be_given_as_text() -> None:
    ids = np.array(["S2", "S1"] * 10, dtype=object)
    assert project(features_of_matrix(correlated(20)), ids).segments.tolist() == ids.tolist()


def test_one_column_gives_a_line() -> None:
    flat = project(features_of_matrix(np.arange(9.0)[:, None]), np.zeros(9, dtype=int))
    assert flat.axes == ("more x0", "") and flat.explained == (1.0, 0.0)
    assert (flat.y == 0).all() and flat.x[8] > flat.x[0]


def test_a_level_of_a_category_names_an_axis() -> None:
    frame = keyed({"payer": ["Medicare", "Medicare", "Commercial", "Commercial"]})
    assert (
        project(features_of(frame), np.zeros(4, dtype=int)).axes[0].startswith(("more payer ", "less payer "))
    )
