from dataclasses import replace

import pytest

from engine.model import KResult, PairGap, SecondDivision
from engine.verdict import (
    AGREEMENT,
    BORDERLINE,
    NATURAL,
    REPRODUCIBLE,
    groups,
    holds,
    judge,
    largest_natural,
    method,
    one_cloud,
    sentence,
)  # fmt: skip

CLEAR = KResult(
    k=3, inertia=1.0, silhouette=0.6, silhouette_tested=0.6, null_silhouette_mean=0.3, stability_ari=0.95,
    jaccard=(0.95, 0.95, 0.95), prediction_strength=0.95, sizes=(50, 30, 20),
    gaps=(
        PairGap("S1", "S2", 0.1, 0.1, True), PairGap("S1", "S3", 0.1, 0.1, True),
        PairGap("S2", "S3", 0.1, 0.1, True),
    ),
)  # fmt: skip
OPEN = tuple(PairGap(pair.one, pair.other, 0.9, None, False) for pair in CLEAR.gaps or ())


def judged(result: KResult) -> KResult:
    verdict, borderline = judge(result)
    return replace(result, verdict=verdict, borderline=borderline)


def test_all_criteria_together_are_natural() -> None:
    assert judge(CLEAR) == ("natural", False)
    assert sentence(judged(CLEAR)).startswith("Separate groups exist")


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"gaps": (replace(CLEAR.gaps[0], valley=0.6, path=None), *CLEAR.gaps[1:])}, "reproducible"),
        ({"gaps": (replace(CLEAR.gaps[0], path=0.45), *CLEAR.gaps[1:])}, "reproducible"),
        ({"null_silhouette_mean": 0.59}, "reproducible"),
        ({"prediction_strength": 0.7}, "reproducible"),
        ({"jaccard": (0.95, 0.95, 0.8)}, "reproducible"),
        ({"jaccard": (0.95, 0.95, 0.6)}, "constructive"),
        ({"stability_ari": 0.5, "jaccard": (0.95, 0.95, 0.7)}, "constructive"),
    ],
)
def test_one_criterion_that_fails_is_enough(changes: dict[str, object], verdict: str) -> None:
    assert judge(replace(CLEAR, **changes))[0] == verdict


@pytest.mark.parametrize("criterion", [*NATURAL, *REPRODUCIBLE], ids=lambda criterion: criterion.name)
def test_a_figure_on_its_threshold_holds_and_one_beyond_does_not(criterion: object) -> None:
    outside = -1e-9 if criterion.least else 1e-9
    assert criterion.holds(criterion.threshold) and not criterion.holds(criterion.threshold + outside)
    assert criterion.near(criterion.threshold + BORDERLINE * 0.99)
    assert not criterion.near(criterion.threshold - BORDERLINE * 1.01)


def test_criteria_are_asked_in_order_and_only_until_one_fails() -> None:
    asked: list[str] = []

    def figure(criterion: object) -> float:
        asked.append(criterion.name)
        return 0.6

    assert not holds(NATURAL, figure)
    assert asked == ["valley"]


def test_what_is_missing_gives_no_verdict() -> None:
    for name in (
        "gaps",
        "silhouette_tested",
        "null_silhouette_mean",
        "prediction_strength",
        "jaccard",
        "stability_ari",
    ):
        assert judge(replace(CLEAR, **{name: None})) == (None, False)


def test_borderline_is_what_one_near_figure_could_turn() -> None:
    assert judge(replace(CLEAR, prediction_strength=0.81)) == ("natural", True)
    assert judge(replace(CLEAR, prediction_strength=0.78)) == ("reproducible", True)
    assert judge(replace(CLEAR, prediction_strength=0.6, gaps=OPEN)) == ("reproducible", False)
    assert judge(replace(CLEAR, prediction_strength=0.78, gaps=OPEN)) == ("reproducible", False)
    assert judge(replace(CLEAR, stability_ari=0.82, gaps=OPEN)) == ("reproducible", True)
    assert judge(replace(CLEAR, stability_ari=0.78, gaps=OPEN)) == ("constructive", True)
    assert judge(replace(CLEAR, stability_ari=0.5, jaccard=(0.74,) * 3, gaps=OPEN)) == ("constructive", False)
    assert "borderline" in sentence(judged(replace(CLEAR, prediction_strength=0.81)))


def test_a_figure_within_two_of_its_errors_is_borderline_too() -> None:
    weak = replace(CLEAR, jaccard=(0.95, 0.69, 0.95), gaps=OPEN)
    assert judge(weak) == ("constructive", False)
    assert judge(replace(weak, jaccard_se=(0.3, 0.02, 0.3))) == ("constructive", False)
    assert judge(replace(weak, jaccard_se=(0.0, 0.04, 0.0))) == ("constructive", True)
    assert judge(replace(CLEAR, stability_ari=0.88, stability_ari_se=0.05, gaps=OPEN)) == (
        "reproducible",
        True,
    )


def test_a_second_division_is_told_and_makes_reproducible_segments_borderline() -> None:
    second = SecondDivision(samples=7, of=20, agreement=0.56, excess=0.0056)
    found = judged(replace(CLEAR, gaps=OPEN, second=second))
    assert (found.verdict, found.borderline) == ("reproducible", True)
    assert (
        "Another division into 3 fits the accounts nearly as well (inertia 0.6% higher): 7 of 20 samples led to it, "
        "and it agrees with this one only to 0.56." in sentence(found)
    )
    assert "fits the accounts as well: 7" in sentence(replace(found, second=replace(second, excess=-0.001)))
    assert judge(replace(CLEAR, second=second)) == ("natural", False)


def test_one_continuous_cloud_is_said_only_where_no_pair_is_apart() -> None:
    cloud = judged(replace(CLEAR, gaps=OPEN))
    assert one_cloud(cloud)
    assert sentence(cloud) == (
        "Your accounts form one continuous cloud. These 3 segments are a repeatable way to cut it (agreement "
        "0.95), but accounts near the borders are interchangeable."
    )
    assert sentence(cloud, 2) == (
        "Your accounts form 2 separate groups. These 3 segments are a repeatable way to cut them further (agreement "
        "0.95), but accounts near the borders are interchangeable."
    )
    assert "put some of them together" in sentence(cloud, 5) and "cloud" not in sentence(cloud, 5)
    untested = replace(CLEAR, gaps=None)
    assert not one_cloud(untested) and "was not tested" in sentence(untested)


def test_pairs_that_are_apart_and_pairs_that_run_together_are_named() -> None:
    gaps = (
        PairGap("S1", "S2", 0.9, None, False), PairGap("S1", "S3", 0.1, 0.1, True),
        PairGap("S2", "S3", 0.1, 0.1, True),
    )  # fmt: skip
    some = judged(replace(CLEAR, gaps=gaps))
    assert some.verdict == "reproducible" and groups(some) == (("S1", "S2"), ("S3",))
    assert sentence(some) == (
        "These 3 segments are a repeatable way to cut your accounts (agreement 0.95), and real gaps lie between "
        "some of them: S3 and the group of S1 and S2 are apart from each other. S1 and S2 run into each other, "
        "and accounts near their borders are interchangeable."
    )


def test_a_verdict_names_the_segments_that_do_not_come_back() -> None:
    assert "but not on S2" in sentence(judged(replace(CLEAR, jaccard=(0.9, 0.6, 0.95))))


def test_gaps_alone_do_not_make_groups_and_the_reason_is_said() -> None:
    weak = judged(replace(CLEAR, prediction_strength=0.6))
    assert "does not predict the other well enough (0.60)" in sentence(weak)


def test_the_largest_natural_number_is_reported() -> None:
    assert largest_natural([replace(CLEAR, k=k, verdict="natural") for k in (2, 4)]) == 4
    assert largest_natural([CLEAR]) is None


def test_the_method_names_every_threshold() -> None:
    told = " ".join(method())
    for figure in ("half", "0.35", "0.05", "0.80", "0.85", "0.75", "0.03"):
        assert figure in told
    assert AGREEMENT.threshold == 0.8
