"""The checker's rooms one by one: tokens, figures, names, senses, clauses, statements."""

import pytest

from llm.check import book_of
from llm.checking.frames import Frame, Scene
from llm.checking.matching import within
from llm.checking.numerals import Number, numbers
from llm.checking.reading import read
from llm.checking.senses import Sense
from llm.checking.statements import statements
from llm.checking.tokens import root, singular, tokens
from llm.facts import facts
from tests.llm.profiles import prescribers

PROFILE = prescribers()
BOOK = book_of(PROFILE, facts(PROFILE))


def figures(text: str) -> list[tuple[str, float, str]]:
    return [(n.text, round(n.value, 3), n.unit) for n in numbers(text, tokens(text))]


def said(text: str, segment: str = "S1") -> list[Frame]:
    return statements(read(text, BOOK.names), Scene(segment, BOOK.truth, BOOK.names))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("46% against 30%", [("46%", 46.0, "%"), ("30%", 30.0, "%")]),
        ("$1.2M and 3.4k", [("$1.2M", 1.2e6, "$"), ("3.4k", 3400.0, "")]),
        ("46 and 30 percent", [("46", 46.0, "%"), ("30 percent", 30.0, "%")]),
        ("seven in ten", [("seven in ten", 70.0, "%")]),
        ("1 in 3 of them", [("1 in 3", 33.333, "%")]),
        ("every fourth account", [("every fourth account", 25.0, "%")]),
        ("every second week", []),
        ("two and a half times", [("two and a half times", 2.5, "times")]),
        ("a 12-point lead", [("12-point", 12.0, "points")]),
        ("sixty-five percent", [("sixty-five percent", 65.0, "%")]),
        ("L12M and abc90", []),
        ("-0.4 sd", [("-0.4 sd", -0.4, "sd")]),
    ],
)
def test_figures_have_a_value_and_a_unit(text: str, found: list[tuple[str, float, str]]) -> None:
    assert figures(text) == found


@pytest.mark.parametrize(
    ("words", "same"),
    [(("engaged", "engagement", "engaging"), True), (("adherence", "adherent"), True), (("visit", "visitors"), True),
     (("cardiology", "cardiologists"), True), (("share", "shore"), False), (("calls", "claims"), False)],
)  # fmt: skip
def test_a_family_of_words_has_one_root(words: tuple[str, ...], same: bool) -> None:
    assert (len({root(word) for word in words}) == 1) == same


def test_a_possessive_is_a_mark_of_the_word_and_not_part_of_it() -> None:
    assert [(t.low, t.owns) for t in tokens("S1's prescribers’ share")] == [
        ("s1", True), ("prescribers", True), ("'", False), ("share", False),
    ]  # fmt: skip
    assert singular("beneficiaries") == "beneficiary"


def number(value: float, half: float = 0.5) -> Number:
    return Number(str(value), value, half, "", 0, 1)


@pytest.mark.parametrize(
    ("figure", "hedge", "value", "fits"),
    [
        (number(46), None, 46.4, True), (number(46), None, 46.6, False),
        (number(1200), Sense("hedge", 0), 1234.0, True), (number(1200), Sense("hedge", 0), 1260.0, False),
        (number(40), Sense("hedge", 1), 43.0, True), (number(40), Sense("hedge", 1), 46.0, False),
        (number(40), Sense("hedge", 1), 39.0, False), (number(200), Sense("hedge", -1), 196.0, True),
        (number(200), Sense("hedge", -1), 204.0, False), (number(200), Sense("hedge", -1), 170.0, False),
    ],
)  # fmt: skip
def test_hedges_are_held_to_their_side_and_reach(
    figure: Number, hedge: Sense | None, value: float, fits: bool
) -> None:
    assert within(figure, hedge, value) is fits


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("They write 320 class TRx.", ["class_trx"]),
        ("Scripts in the class average 320.", ["class_trx"]),
        ("At 60%, brand share is the highest of any segment.", ["brand_share", "brand_share"]),
        ("High access and low rep calls.", ["access_score", "rep_calls"]),
        ("Access: 8.6.", ["access_score"]),
    ],
)
def test_a_statement_binds_to_the_column_a_reader_would_bind_it_to(text: str, columns: list[str]) -> None:
    assert [frame.about[0][0].column for frame in said(text)] == columns


def test_figures_of_a_list_go_to_the_names_of_a_list_in_order() -> None:
    found = said("Brand share, access and class TRx average 60%, 8.6 and 320 respectively.")
    assert [(f.about[0][0].column, f.number.value) for f in found if f.number] == [
        ("brand_share", 60.0), ("access_score", 8.6), ("class_trx", 320.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Class TRx average 320, against 204 in S3.", [("S1",), ("S3",)]),
        ("S3 averages 204 class TRx; here it is 320.", [("S3",), ("S1",)]),
        ("Class TRx average 320, above the average of 259.", [("S1",), ("ALL",)]),
        ("They write more class TRx than S3 (320 against 204).", [("S1",), ("S3",)]),
    ],
)
def test_a_figure_belongs_to_the_segment_beside_it(text: str, owners: list[tuple[str, ...]]) -> None:
    assert [frame.who for frame in said(text) if frame.kind == "level"] == owners
