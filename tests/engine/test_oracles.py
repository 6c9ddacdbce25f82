"""Figures published by others, or computed by other people's programs."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_breast_cancer, load_iris, load_wine
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, silhouette_score

from engine.agreement import ari
from engine.indices import calinski_harabasz, davies_bouldin
from engine.kmeans import fit
from engine.silhouette import scores, squared
from tests.engine.tables import features_of, keyed


def standardised(matrix: np.ndarray) -> np.ndarray:
    return features_of(keyed({f"x{i}": column for i, column in enumerate(matrix.T)}), "zscore").matrix


def unit_rows(matrix: np.ndarray) -> np.ndarray:
    return matrix / np.linalg.norm(matrix, axis=1)[:, None]


def test_iris_species_have_the_published_silhouette() -> None:
    """scikit-learn 1.9, silhouette_score(iris.data, iris.target)."""
    iris = load_iris()
    assert scores(iris.data, [iris.target])[0].mean == pytest.approx(0.5034774, abs=1e-6)


def test_squared_silhouettes_are_those_of_spark() -> None:
    """The example in the documentation of pyspark.ml.evaluation.ClusteringEvaluator."""
    rows = np.array([[0, 0.5], [0.5, 0], [10, 11], [10.5, 11.5], [1, 1], [8, 6]])
    assert squared(rows, np.array([0, 0, 1, 1, 0, 1])) == pytest.approx(0.9079633854, abs=1e-9)


def test_squared_silhouettes_of_iris_on_two_copies_of_it() -> None:
    """scikit-learn, silhouette_score(metric="sqeuclidean") on its copy; Spark's ClusteringEvaluatorSuite
    on the UCI file, where rows 35 and 38 differ (Fisher's paper has scikit-learn's values)."""
    iris = load_iris()
    assert squared(iris.data, iris.target) == pytest.approx(0.6566670, abs=5e-8)
    uci = iris.data.copy()
    uci[34], uci[37] = (4.9, 3.1, 1.5, 0.1), (4.9, 3.1, 1.5, 0.1)
    assert squared(uci, iris.target) == pytest.approx(0.6564679231, abs=5e-10)


def test_cosine_and_correlation_silhouettes_of_iris() -> None:
    """scikit-learn, metric="cosine"; R's cluster, silhouette of setosa against the rest by 1 - correlation.

    Both distances are half the squared distance of rows of length 1."""
    iris = load_iris()
    assert squared(unit_rows(iris.data), iris.target) == pytest.approx(0.7222943, abs=5e-8)
    by_row = iris.data - iris.data.mean(axis=1)[:, None]
    assert squared(unit_rows(by_row), iris.target == 0) == pytest.approx(0.9518406, abs=5e-8)


def test_squared_silhouettes_equal_scikit_learn_with_a_singleton_and_are_nan_for_one_cluster() -> None:
    random = np.random.default_rng(0)
    matrix, labels = random.normal(size=(90, 3)) + 50, random.integers(0, 4, 90)
    labels[0] = 9
    assert squared(matrix, labels) == pytest.approx(silhouette_score(matrix, labels, metric="sqeuclidean"))
    assert np.isnan(squared(matrix, np.zeros(90)))


def test_ruspini_in_four_segments(shared_data: Path) -> None:
    """R's cluster, pam(ruspini, 4) in tests/pam.Rout.save; k-means gives the same partition."""
    published = json.loads((shared_data / "cluster" / "published_reference_ruspini.json").read_text())
    matrix = pd.read_csv(shared_data / "cluster" / "ruspini.tab", sep=r"\s+").to_numpy(dtype=float)
    four = fit(matrix, 4)
    score = scores(matrix, [four.labels])[0]
    assert sorted(four.sizes) == sorted(published["sizes"])
    assert score.mean == pytest.approx(published["avg_silhouette"], abs=5e-7)
    means = np.bincount(four.labels, weights=score.samples) / np.bincount(four.labels)
    assert sorted(means) == pytest.approx(sorted(published["avg_silhouette_per_cluster"]), abs=5e-7)


def test_breast_cancer_in_two_segments() -> None:
    """Gagolewski's benchmark suite, uci/wdbc: ARI of k-means with the diagnosis."""
    tumours = load_breast_cancer()
    assert ari(tumours.target, fit(tumours.data, 2).labels) == pytest.approx(0.4914, abs=5e-5)


def test_iris_in_two_and_three_segments() -> None:
    """scikit-learn 1.9: KMeans(n_init=10) and sklearn.metrics on its copy of iris."""
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
    """R, kmeans(scale(iris[, 1:4]), 3, nstart = 25), with the population's standard deviations."""
    iris = load_iris()
    matrix = standardised(iris.data)
    three = fit(matrix, 3)
    assert three.inertia == pytest.approx(139.8205, abs=5e-5)
    assert scores(matrix, [three.labels])[0].mean == pytest.approx(0.4599, abs=5e-5)
    assert ari(iris.target, three.labels) == pytest.approx(0.6201, abs=5e-5)


def test_wine_raw_and_standardised_in_three_segments() -> None:
    """Gagolewski's benchmark suite, uci/wine (raw: ARI .3711); scikit-learn 1.9 on z-scores."""
    wine = load_wine()
    assert ari(wine.target, fit(wine.data, 3).labels) == pytest.approx(0.3711, abs=5e-5)
    three = fit(standardised(wine.data), 3)
    assert three.inertia == pytest.approx(1277.9285, abs=5e-5)
    assert ari(wine.target, three.labels) == pytest.approx(0.8975, abs=5e-5)


def test_fast_food_answers_have_the_published_silhouettes_and_segments(shared_data: Path) -> None:
    """J. Meyer, MKT4320BGSU (R): silhouettes of k = 2 to 8, sizes and centres at k = 3."""
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
