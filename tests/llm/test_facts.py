from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model import Meaning
from engine.numbers import show
from llm.facts import ALL, facts, lookup, ordinal
from tests.llm.profiles import prescribers, profile, random_profile


def test_ids_count_from_one_and_are_the_same_every_time() -> None:
    first, second = facts(prescribers()), facts(prescribers())
    assert first == second
    assert [fact.id for fact in first[:2]] == ["F001", "F002"]
    assert len({fact.id for fact in first}) == len(first)


def test_a_mean_is_written_once_in_its_unit() -> None:
    table = lookup(facts(prescribers()))
    assert table["S1", "brand_share", "mean", None, None].text == "60%"
    assert table["S1", "class_trx", "mean", None, None].text == "320"
    assert table[ALL, "class_trx", "mean", None, None].text == show(259.45, "count")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (45.6, "points", "45.6%"), (40, "days", "40 days"), (1, "days", "1 day"), (34, "months", "34 months"),
        (0.456, "fraction", "46%"), (1_234_567, "currency", "$1.2M"), (1.26, "ratio", "1.3"), (12, "count", "12"),
    ],
)  # fmt: skip
def test_values_are_written_with_their_unit(value: float, unit: str, text: str) -> None:
    assert show(value, unit) == text


def test_ratio_and_difference_are_against_all_accounts() -> None:
    table = lookup(facts(prescribers()))
    own, everyone = table["S1", "class_trx", "mean", None, None], table[ALL, "class_trx", "mean", None, None]
    assert table["S1", "class_trx", "ratio", None, ALL].value == pytest.approx(own.value / everyone.value)
    assert table["S3", "class_trx", "difference", None, ALL].value == pytest.approx(204 - everyone.value)
    assert "-" not in table["S3", "class_trx", "difference", None, ALL].text


def test_the_gap_goes_to_the_next_segment_in_rank() -> None:
    table = lookup(facts(prescribers()))
    assert table["S1", "class_trx", "difference", None, "S2"].value == pytest.approx(8)
    assert table["S4", "class_trx", "difference", None, "S3"].value == pytest.approx(21)
    assert not [
        key
        for key in table
        if key[0] == "S3" and key[2] == "difference" and key[4] not in (ALL, None) and key[1] == "class_trx"
    ]


def test_a_ratio_needs_a_positive_population_mean() -> None:
    table = lookup(facts(profile({"net": (-5.0, 3.0)}, {"net": Meaning("Net")}, (50, 50))))
    assert ("S1", "net", "ratio", None, ALL) not in table
    assert ("S1", "net", "difference", None, ALL) in table


def test_suppressed_cells_and_small_numbers_are_no_facts() -> None:
    hidden = prescribers(
        suppressed=[("S1", "specialty", "Neurologist")],
        mixes={"specialty": {"Neurologist": (260, 125, 60, 50), "PCP": (80, 10, 350, 330)}},
    )
    cells = {(f.segment, f.category) for f in facts(hidden) if f.statistic in ("category share", "lift")}
    assert ("S1", "Neurologist") not in cells
    assert ("S2", "PCP") not in cells
    assert ("S3", "Neurologist") in cells


def test_a_segment_under_eleven_accounts_has_no_facts_at_all() -> None:
    tiny = profile({"spend": (5.0, 9.0)}, {"spend": Meaning("Spend", unit="currency")}, (90, 10))
    assert {fact.segment for fact in facts(tiny)} == {ALL, "S1"}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_no_fact_rests_on_fewer_than_eleven_accounts(seed: int) -> None:
    drawn = random_profile(seed)
    hidden = {(cell.segment, cell.column, cell.value) for cell in drawn.suppressed}
    for fact in facts(drawn):
        assert fact.n >= 11 and not fact.suppressed
        assert (fact.segment, fact.feature, fact.category) not in hidden


def test_ordinals() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd",
    ]  # fmt: skip


ANSWERS = {"Subscribed": {"yes": (30, 40, 60), "no": (270, 160, 40)}}
OF_ANSWERS = {"x": Meaning("X"), "Subscribed": Meaning("Subscribed", (), "category")}


def test_the_part_of_all_yes_is_counted_in_accounts() -> None:
    table = lookup(facts(profile({"x": (1.0, 2.0, 3.0)}, OF_ANSWERS, (300, 200, 100), ANSWERS)))
    part = table["S3", "Subscribed", "total share", "yes", None]
    assert part.value == pytest.approx(60 / 130) and part.text == "46%"
    assert table["S3", "Subscribed", "size", "yes", None].text == "60"
    assert table[ALL, "Subscribed", "size", "yes", None].text == "130"


def test_no_part_of_all_yes_where_one_segment_hides_its_own() -> None:
    few = {"Subscribed": {"yes": (30, 40, 5), "no": (270, 160, 95)}}
    found = facts(profile({"x": (1.0, 2.0, 3.0)}, OF_ANSWERS, (300, 200, 100), few))
    assert not [f for f in found if f.feature == "Subscribed" and f.statistic in ("size", "total share")]


def test_an_upper_quarter_is_told_only_where_it_is_itself_no_small_cell() -> None:
    given_for = {}
    for size in (43, 44):
        plain = profile({"x": (1.0, 2.0)}, {"x": Meaning("X")}, (size, 400))
        first, *others = plain.segments
        wide = {"x": replace(first.features["x"], q3=1.5)}
        quartered = replace(plain, segments=(replace(first, features=wide), *others))
        given_for[size] = lookup(facts(quartered)).get(("S1", "x", "upper quartile", None, None))
    assert given_for[43] is None
    assert given_for[44] is not None and given_for[44].value == 1.5
