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
