import numpy as np
import pytest

from engine import compiled, preview
from engine.kmeans import assign, inertia_of
from engine.preview import from_centres
from tests.engine.tables import blobs

FOUR = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [10.0, 10.0]])


def test_the_simplified_silhouette_is_the_mean_fit_of_the_rows() -> None:
    random = np.random.default_rng(0)
    matrix = random.normal(size=(700, 3))
    centres = {k: random.normal(size=(k, 3)) for k in (1, 2, 5)}
    for k, seen in from_centres(matrix, centres).items():
        labels, fit = assign(matrix, centres[k])
        assert seen.simplified == (None if k == 1 else pytest.approx(fit.mean()))
        assert seen.inertia == pytest.approx(inertia_of(matrix, centres[k], labels))
        assert seen.sizes == tuple(np.bincount(labels, minlength=k))


def test_a_row_on_two_centres_counts_zero() -> None:
    centres = np.array([[1.0], [1.0]])
    assert from_centres(np.array([[1.0], [1.0]]), {2: centres})[2].simplified == 0.0


def test_the_first_look_finds_plain_groups_and_counts_all_rows() -> None:
    matrix, _ = blobs(9_000, FOUR)
    seen = preview.preview(matrix, [1, 3, 4, 5])
    assert max((3, 4, 5), key=lambda k: seen[k].simplified or 0) == 4
    assert all(sum(found.sizes) == 9_000 for found in seen.values())
    assert list(seen[5].sizes) == sorted(seen[5].sizes, reverse=True)


def test_it_does_not_depend_on_the_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix, _ = blobs(300, FOUR)
    monkeypatch.setattr(preview, "ROWS_PER_CALL", 70)
    first = preview.preview(matrix, [2, 3])
    monkeypatch.setattr(compiled, "cores", lambda: 1)
    second = preview.preview(matrix, [2, 3])
    assert [(found.simplified, found.inertia) for found in first.values()] == [
        (found.simplified, found.inertia) for found in second.values()
    ]
