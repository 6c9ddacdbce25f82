from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

from engine.advice import advise, explain, in_short
from engine.diagnose import diagnose
from engine.errors import Cancelled, OptionProblem, TooFewRows
from engine.indices import calinski_harabasz, davies_bouldin
from engine.kmeans import assign, fit
from engine.model import Diagnosis, KResult
from engine.record import dump, load
from engine.silhouette import scores
from engine.verdict import sentence
from tests.engine.tables import blobs, features_of_matrix

STAGED = (
    "silhouette_simplified", "silhouette", "stability_ari", "jaccard", "prediction_strength",
    "null_silhouette_mean", "null_inertia_max", "gaps", "gap", "gap_se", "verdict",
)  # fmt: skip
"""Figures of one k in the order they become known."""

FOUR = np.array([[0.0, 0.0], [12.0, 0.0], [0.0, 12.0], [12.0, 12.0]])


@pytest.fixture(scope="module")
def four_groups() -> Diagnosis:
    return diagnose(features_of_matrix(blobs(800, FOUR)[0]), range(2, 7))


@pytest.fixture(scope="module")
def cloud() -> Diagnosis:
    random = np.random.default_rng(3)
    matrix = random.normal(size=(3_000, 5)) * np.array([2.0, 1.2, 1.0, 1.0, 1.0])
    return diagnose(features_of_matrix(matrix), range(2, 8))


def test_each_k_is_the_partition_that_a_fit_alone_gives(four_groups: Diagnosis) -> None:
    matrix = blobs(800, FOUR)[0]
    for result in four_groups.ks:
        alone = fit(matrix, result.k)
        assert np.array_equal(np.array(result.centres), alone.centres)
        assert (result.inertia, result.sizes) == (alone.inertia, alone.sizes)
        assert result.silhouette == pytest.approx(scores(matrix, [alone.labels])[0].mean, abs=1e-6)
        assert result.silhouette_method == "exact"


def test_indices_are_those_of_scikit_learn(four_groups: Diagnosis) -> None:
    matrix = blobs(800, FOUR)[0]
    for result in four_groups.ks:
        labels = assign(matrix, np.array(result.centres))[0]
        assert result.calinski_harabasz == pytest.approx(calinski_harabasz_score(matrix, labels))
        assert result.davies_bouldin == pytest.approx(davies_bouldin_score(matrix, labels))


def test_indices_that_are_not_defined_are_none() -> None:
    matrix = np.array([[0.0], [1.0], [4.0]])
    assert calinski_harabasz(matrix, fit(matrix, 1)) is None
    assert davies_bouldin(matrix, fit(matrix, 1)) is None
    assert calinski_harabasz(matrix, fit(matrix, 3)) is None


def test_separate_groups_are_natural_and_suggested(four_groups: Diagnosis) -> None:
    assert four_groups.suggested == 4 and four_groups.shortlist[0] == 4
    at_four = four_groups.at(4)
    assert at_four is not None and at_four.verdict == "natural" and not at_four.borderline
    assert at_four.gaps is not None and len(at_four.gaps) == 6
    assert all(pair.apart and pair.valley < 0.1 and (pair.path or 0) < 0.1 for pair in at_four.gaps)
    assert (four_groups.gap_k, four_groups.prediction_k, four_groups.rows_tested) == (4, 4, 800)
    assert four_groups.reason.startswith("4 separate groups exist") and "agree" in four_groups.reason


def test_a_group_cut_in_two_is_named(four_groups: Diagnosis) -> None:
    at_five = four_groups.at(5)
    assert at_five is not None and at_five.verdict != "natural" and at_five.gaps is not None
    together = [(pair.one, pair.other) for pair in at_five.gaps if not pair.apart]
    assert together == [("S4", "S5")]
    assert "S4 and S5 run into each other" in explain(5, four_groups)


def test_a_cloud_is_never_called_separate_or_natural(cloud: Diagnosis) -> None:
    assert all(result.verdict in ("reproducible", "constructive") for result in cloud.ks)
    assert cloud.gap_k == 1 and "answer is 1" in cloud.advice
    assert cloud.advice.startswith("Your accounts form one continuous cloud")
    told = " ".join([cloud.advice, cloud.reason, *(sentence(result) for result in cloud.ks)])
    assert "natural" not in told and "eparate groups exist" not in told


def test_what_is_observed_and_what_is_null_differ_little_in_a_cloud(cloud: Diagnosis) -> None:
    for result in cloud.ks:
        assert result.silhouette_tested is not None and result.null_silhouette_mean is not None
        assert abs(result.silhouette_tested - result.null_silhouette_mean) < 0.03
        assert result.null_silhouette_max is not None and result.null_inertia_mean is not None
        assert result.null_silhouette_max >= result.null_silhouette_mean
        assert result.inertia == pytest.approx(result.null_inertia_mean, rel=0.06)


def test_the_answer_is_delivered_in_four_stages_each_with_more() -> None:
    told: list[Diagnosis] = []
    features = features_of_matrix(blobs(400, FOUR)[0])
    final = diagnose(features, range(2, 5), deliver=told.append)
    assert [answer.stage for answer in told] == ["preview", "silhouette", "stability", "complete"]
    assert told[-1] == final and len({answer.id for answer in told}) == 1
    known = [[name for name in STAGED if getattr(answer.ks[0], name) is not None] for answer in told]
    assert [len(names) for names in known] == [1, 2, 5, len(STAGED)]
    assert all(answer.at(answer.suggested) is not None for answer in told)
    assert told[0].ks[2].sizes and sum(told[0].ks[2].sizes) == 400


def test_the_shortlist_holds_reproducible_numbers_best_first(cloud: Diagnosis) -> None:
    reproducible = {result.k for result in cloud.ks if result.verdict == "reproducible"}
    assert set(cloud.shortlist) <= reproducible
    if cloud.shortlist:
        assert cloud.shortlist[0] == cloud.suggested
        assert list(cloud.shortlist[1:]) == sorted(cloud.shortlist[1:], reverse=True)


def test_quick_leaves_stability_out_and_says_so() -> None:
    found = diagnose(features_of_matrix(blobs(400, FOUR)[0]), range(2, 6), quick=True)
    assert all(r.stability_ari is None and r.jaccard is None and r.verdict is None for r in found.ks)
    assert found.suggested == 4 and found.rows_tested is None
    assert "strong structure" in found.reason and "not tested" in found.reason
    assert "did not test" in found.advice
    assert "was not tested" in sentence(found.ks[0])
    assert "stability" not in found.seconds


def test_a_diagnosis_survives_its_json(four_groups: Diagnosis) -> None:
    assert load(Diagnosis, dump(four_groups)) == four_groups


def test_the_id_follows_what_was_asked() -> None:
    features = features_of_matrix(blobs(100, FOUR)[0])
    first = diagnose(features, [3, 2, 3], quick=True)
    assert [result.k for result in first.ks] == [2, 3]
    assert first.id == diagnose(features, [2, 3], quick=True).id
    others = [
        diagnose(features, [2, 4], quick=True),
        diagnose(features, [2, 3], quick=True, seed=1),
        diagnose(features, [2, 3], quick=True, starts=3),
        diagnose(replace(features, spec=replace(features.spec, prepare="zscore")), [2, 3], quick=True),
    ]
    assert len({first.id, *(other.id for other in others)}) == 5


def test_one_segment_alone_is_a_diagnosis_too() -> None:
    found = diagnose(features_of_matrix(blobs(50, FOUR)[0]), [1])
    assert found.suggested == 1 and found.shortlist == ()
    assert found.ks[0].silhouette is None and found.ks[0].verdict is None
    assert "one segment" in sentence(found.ks[0])


def test_numbers_of_segments_that_cannot_be_are_refused() -> None:
    features = features_of_matrix(blobs(20, FOUR)[0])
    with pytest.raises(OptionProblem):
        diagnose(features, [])
    with pytest.raises(OptionProblem):
        diagnose(features, [0, 2])
    with pytest.raises(TooFewRows):
        diagnose(features, [2, 21])


def test_progress_never_falls_and_ends_at_one() -> None:
    heard: list[tuple[str, float]] = []
    diagnose(features_of_matrix(blobs(300, FOUR)[0]), range(2, 5), report=lambda *told: heard.append(told))
    fractions = [fraction for _, fraction in heard]
    assert fractions == sorted(fractions) and fractions[0] >= 0 and fractions[-1] == 1.0
    assert len({sentence for sentence, _ in heard}) >= 4


@pytest.mark.parametrize("after", [0, 5, 12, 40])
def test_cancelling_passes_through_at_any_stage(after: int) -> None:
    heard = 0

    def stop(_sentence: str, _fraction: float) -> None:
        nonlocal heard
        heard += 1
        if heard > after:
            raise Cancelled

    with pytest.raises(Cancelled):
        diagnose(features_of_matrix(blobs(300, FOUR)[0]), range(2, 5), report=stop)


def result_of(k: int, ari: float | None, silhouette: float, overlap: float = 0.9) -> KResult:
    stable = ari is not None and ari >= 0.8 and overlap >= 0.75
    return KResult(
        k, 1.0, silhouette=silhouette, stability_ari=ari, jaccard=None if ari is None else (overlap,) * k,
        sizes=(100,) * k, verdict=None if ari is None else ("reproducible" if stable else "constructive"),
    )  # fmt: skip


def test_the_suggestion_for_the_demo_figures_is_four_and_says_why() -> None:
    figures = [(2, 0.94, 0.206), (3, 0.94, 0.147), (4, 0.90, 0.133), (5, 0.65, 0.116)]
    advised = advise([result_of(*figure) for figure in figures], 1000)
    assert (advised.suggested, advised.shortlist) == (4, (4, 3, 2))
    assert advised.reason == (
        "4 is the most segments you can rely on: other samples of these accounts give the same 4, all large "
        "enough to work with (agreement 0.90 of 1; with 5 it falls to 0.65). No number stands out by itself: "
        "even at 2, where segments are set apart most clearly, the silhouette is 0.206, and up to 0.25 is no "
        "clear separation."
    )


def test_more_than_six_segments_stay_on_the_shortlist_but_are_not_suggested() -> None:
    advised = advise([result_of(k, 0.9, 0.2) for k in range(2, 10)], 500)
    assert advised.suggested == 6 and advised.shortlist == (6, 9, 8, 7, 5, 4, 3, 2)


def test_very_small_segments_are_not_suggested() -> None:
    small = replace(result_of(3, 0.95, 0.2), sizes=(500, 480, 20))
    advised = advise([result_of(2, 0.9, 0.1), small], 1000)
    assert advised.suggested == 2 and advised.shortlist == (2,)
    assert "3 leaves a segment of only 20 accounts" in advised.reason


def test_when_nothing_is_repeatable_that_is_what_is_said() -> None:
    advised = advise([result_of(2, 0.5, 0.2), result_of(3, 0.7, 0.15)], 1000)
    assert advised.suggested == 3 and advised.shortlist == ()
    assert "No number of segments tested is both repeatable" in advised.reason
    assert "No division tested here" in advised.advice


def test_a_number_beside_the_suggestion_is_told_in_short(four_groups: Diagnosis) -> None:
    certain, borderline = (
        replace(four_groups, ks=tuple(replace(item, borderline=flag) for item in four_groups.ks))
        for flag in (False, True)
    )
    assert in_short(2, four_groups).startswith("Comes back in other samples (agreement ")
    assert "orderline" not in in_short(2, certain)
    assert (
        in_short(2, borderline)
        == f"{in_short(2, certain)} Borderline: another sample could change its verdict."
    )
    assert "S4 and S5 run into each other." in in_short(5, four_groups)


def test_numbers_that_come_back_with_segments_too_small_are_told_apart() -> None:
    uneven = replace(result_of(3, 0.95, 0.4), sizes=(900, 80, 20))
    advised = advise([result_of(2, 0.95, 0.5), uneven], 1000)
    assert advised.shortlist == (2,)
    assert "3 comes back too, but with segments too small to work with." in advised.advice


def test_the_analysts_own_choice_is_explained_beside_the_suggestion(four_groups: Diagnosis) -> None:
    assert explain(4, four_groups) == four_groups.reason
    assert "less repeatable" in explain(6, four_groups) and "Finer than 4" in explain(6, four_groups)
    assert "put some of the 4 separate groups together" in explain(2, four_groups)
    assert explain(9, four_groups).startswith("A division into 9 segments was not part of this diagnosis")
