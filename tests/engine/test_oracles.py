"""Figures published by others, or computed by other people's programs."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_iris, load_wine
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from engine.indices import calinski_harabasz, davies_bouldin
from engine.kmeans import fit
from engine.silhouette import scores
from engine.stability import ari
from tests.engine.tables import features_of, keyed


def standardised(matrix: np.ndarray) -> np.ndarray:
    return features_of(keyed({f"x{i}": column for i, column in enumerate(matrix.T)}), "zscore").matrix


def test_iris_species_have_the_published_silhouette() -> None:
    iris = load_iris()
    assert scores(iris.data, [iris.target])[0].mean == pytest.approx(0.5034774, abs=1e-6)


def test_iris_in_two_and_three_segments() -> None:
    iris = load_iris()
    two, three = fit(iris.data, 2), fit(iris.data, 3)
    assert two.inertia == pytest.approx(152.348, abs=5e-4)
    assert three.inertia == pytest.approx(78.8514, abs=5e-5)
    assert three.sizes == (62, 50, 38)
    silhouettes = scores(iris.data, [two.labels, three.labels])
    assert [score.mean for score in silhouettes] == pytest.approx([0.6810, 0.5528], abs=5e-5)
    assert ari(iris.target, three.labels) == pytest.approx(0.7302, abs=5e-5)
    assert ari(iris.target, three.labels) == pytest.approx(adjusted_rand_score(iris.target, three.labels))
    assert adjusted_mutual_info_score(iris.target, three.labels) == pytest.approx(0.7551, abs=5e-5)
    assert calinski_harabasz(iris.data, three) == pytest.approx(561.63, abs=5e-3)
    assert davies_bouldin(iris.data, three) == pytest.approx(0.6620, abs=5e-5)


def test_iris_standardised_in_three_segments() -> None:
    iris = load_iris()
    matrix = standardised(iris.data)
    three = fit(matrix, 3)
    assert three.inertia == pytest.approx(139.8205, abs=5e-5)
    assert scores(matrix, [three.labels])[0].mean == pytest.approx(0.4599, abs=5e-5)
    assert ari(iris.target, three.labels) == pytest.approx(0.6201, abs=5e-5)


def test_wine_raw_and_standardised_in_three_segments() -> None:
    wine = load_wine()
    assert ari(wine.target, fit(wine.data, 3).labels) == pytest.approx(0.3711, abs=5e-5)
    three = fit(standardised(wine.data), 3)
    assert three.inertia == pytest.approx(1277.9285, abs=5e-5)
    assert ari(wine.target, three.labels) == pytest.approx(0.8975, abs=5e-5)


def test_fast_food_answers_have_the_published_silhouettes_and_segments(shared_data: Path) -> None:
    table = pd.read_csv(shared_data / "ffseg" / "ffseg.csv")
    published = json.loads((shared_data / "ffseg" / "published_reference.json").read_text())["kmeans"]
    columns = published["k3"]["centers_raw"]["columns"]
    matrix = standardised(table[columns].to_numpy(dtype=float))
    partitions = {k: fit(matrix, k) for k in range(2, 9)}
    measured = scores(matrix, [partition.labels for partition in partitions.values()])
    for k, score in zip(partitions, measured, strict=True):
        assert score.mean == pytest.approx(published["avg_silhouette_by_k"][str(k)], abs=0.01), k
    assert partitions[3].sizes == pytest.approx(sorted(published["k3"]["sizes"], reverse=True), abs=4)
    raw = table[columns].to_numpy(dtype=float)
    means = [raw[partitions[3].labels == segment].mean(axis=0) for segment in range(3)]
    theirs = np.array(published["k3"]["centers_raw"]["rows"])[np.argsort(published["k3"]["sizes"])[::-1]]
    assert np.allclose(means, theirs, atol=0.05)
