import math

import pytest

from engine.model import Meaning
from llm.priority import level, priorities
from tests.llm.profiles import PRESCRIBERS, prescribers, profile


def test_the_score_multiplies_volume_headroom_and_access() -> None:
    found = {item.segment: item for item in priorities(prescribers())}
    for segment in prescribers().segments:
        z = {name: segment.features[name].z for name in ("class_trx", "brand_share", "access_score")}
        expected = math.exp(z["class_trx"] - z["brand_share"] + z["access_score"])
        assert found[segment.id].score == pytest.approx(expected)
        assert math.prod(part.factor for part in found[segment.id].components) == pytest.approx(expected)


def test_weights_may_be_changed_and_zero_leaves_a_part_out() -> None:
    items = priorities(prescribers(), {"volume": 1.0, "headroom": 0.0, "access": 0.0})
    assert [part.part for part in items[0].components] == ["volume"]
    assert items[0].rank == 1


def test_a_missing_role_is_said() -> None:
    dictionary = {**PRESCRIBERS, "access_score": Meaning("Opening hours", (), "score")}
    items = priorities(prescribers(dictionary=dictionary))
    assert "Access carries no weight" in items[0].explanation
    assert next(part for part in items[0].components if part.part == "access").feature is None


def test_without_roles_priority_follows_the_concentration_of_value() -> None:
    table = profile(
        {"spend": (900.0, 100.0, 50.0)},
        {"spend": Meaning("Spend", (), "currency")},
        (100, 100, 300),
        totals=("spend",),
    )
    items = priorities(table)
    assert {item.basis for item in items} == {"value"}
    assert "Spend" in items[0].explanation
    assert [round(item.score, 2) for item in items] == [3.91, 0.43, 0.22]
    assert [item.level for item in items] == ["High", "Low", "Low"]


def test_without_any_value_priority_follows_size_and_says_so() -> None:
    items = priorities(profile({"x": (1.0, 2.0, 3.0)}, {"x": Meaning("X")}, (300, 200, 100)))
    assert {item.basis for item in items} == {"size"}
    assert "size alone" in items[0].explanation
    assert [item.rank for item in items] == [1, 2, 3]


def test_levels_follow_the_score_with_at_least_one_high_and_one_low() -> None:
    assert [level(score, place, 4) for place, score in enumerate((1.9, 1.3, 1.0, 0.9), 1)] == [
        "High", "High", "Medium", "Low",
    ]  # fmt: skip
    assert [level(score, place, 3) for place, score in enumerate((1.1, 0.7, 0.2), 1)] == [
        "High",
        "Low",
        "Low",
    ]
    assert level(1.0, 1, 1) == "High"


CHURN = {"Churn": {"Yes": (20, 60), "No": (80, 140)}}


def test_an_outcome_that_stands_out_further_than_the_volume_decides() -> None:
    dictionary = {
        "spend": Meaning("Spend", (), "currency", "volume"),
        "Churn": Meaning("Churn", (), "category"),
    }
    first, second = priorities(
        profile({"spend": (110.0, 95.0)}, dictionary, (100, 200), CHURN, sds={"spend": 20.0})
    )
    assert (first.basis, second.basis) == ("roles", "outcome")
    assert second.score == pytest.approx((60 / 200) / (80 / 300))
    assert first.level == "High"
    assert "Churn" in first.explanation


def test_a_balance_below_zero_here_and_there_still_counts_as_value() -> None:
    items = priorities(profile({"b": (900.0, 100.0)}, {"b": Meaning("Balance", (), "currency")}, (100, 300)))
    assert {item.basis for item in items} == {"value"}
    assert items[0].score == pytest.approx(900 / 300)


def test_equal_scores_share_a_rank() -> None:
    items = priorities(
        profile({"v": (5.0, 5.0)}, {"v": Meaning("Visits", (), "count", "volume")}, (50, 50), sds={"v": 1.0})
    )
    assert [item.rank for item in items] == [1, 1]
    assert [item.level for item in items] == ["High", "High"]


def test_with_an_outcome_alone_priority_follows_the_share_of_yes() -> None:
    answers = {"Subscribed": {"yes": (30, 40, 60), "no": (270, 160, 40)}}
    dictionary = {"x": Meaning("X"), "Subscribed": Meaning("Subscribed", (), "category")}
    items = priorities(profile({"x": (1.0, 2.0, 3.0)}, dictionary, (300, 200, 100), answers))
    assert {item.basis for item in items} == {"outcome"}
    assert [item.level for item in items] == ["Low", "Medium", "High"]
    assert "share of yes in Subscribed" in items[0].explanation


def test_an_outcome_hidden_in_one_segment_decides_nothing() -> None:
    answers = {"Subscribed": {"yes": (30, 40, 5), "no": (270, 160, 95)}}
    dictionary = {"x": Meaning("X"), "Subscribed": Meaning("Subscribed", (), "category")}
    items = priorities(profile({"x": (1.0, 2.0, 3.0)}, dictionary, (300, 200, 100), answers))
    assert {item.basis for item in items} == {"size"}
