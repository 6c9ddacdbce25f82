"""Edits keep what they did not touch; fixes and overrides change one place; comparisons show every word."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import OptionProblem
from engine.model import (
    Claim,
    Fact,
    Finding,
    Kept,
    Meaning,
    Persona,
    PlanStep,
    PopulationProfile,
    Profile,
    Statement,
)
from llm.edit import (
    asserted,
    changes,
    fixed,
    form_of,
    references,
    revised,
    text_at,
    without_claim,
)

PROFILE = Profile(
    100, (), PopulationProfile({}, {}),
    {"share": Meaning("Brand share", (), "fraction", "share", 1), "trx": Meaning("Class TRx", (), "count", "volume", 1)},
)  # fmt: skip


def fact(number: int, feature: str, text: str, statistic: str = "mean") -> Fact:
    return Fact(f"F00{number}", "S1", feature, "share", statistic, 0.0, "fraction", text, 50)


FACTS = (
    fact(1, "share", "46%"), fact(2, "share", "1st", "rank"), fact(3, "trx", "207"), fact(4, "trx", "-0.9 sd", "z"),
)  # fmt: skip
BOTH = Statement("Brand share averages 46%, above all; class TRx is 207.", ("F001", "F002", "F003", "F004"))
SHARE = Statement("Brand share averages 46%, the highest.", ("F001", "F002"))
STEP = PlanStep("Visit", "Topic", "Ask", "Once", "Weekly", "Start", "Held", "Two refusals")


def persona(**fields: object) -> Persona:
    one = Statement("A plain sentence.")
    made = Persona(
        "S1", "Loyal Core", Statement("Few scripts, high share"), (SHARE, BOTH), one, Statement("A limit."), "High",
        Statement("Because the score is high."), (Statement("Visit."),), (), (), (STEP,), Statement("They may call."),
        (Claim("c1", "level", "S1"), Claim("c2", "level", "S1")), "gemini",
    )  # fmt: skip
    return replace(made, **fields)


def edited(**fields: object) -> Persona:
    return revised(persona(), replace(form_of(persona()), **fields), PROFILE, FACTS)


def test_a_form_that_nobody_touched_gives_the_persona_back() -> None:
    kept = persona(unique=Statement("Kept.", ("F001",), "gemini", "I know."))
    assert revised(kept, form_of(kept), PROFILE, FACTS) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Brand share averages 46%, well above all; class TRx is 207.", ("F001", "F002", "F003", "F004")),
        ("Brand share averages 48%, above all; class TRx is 207.", ("F003", "F004")),
        ("Brand share averages 46%, above all.", ("F001", "F002")),
        ("Access averages 46%, above all; class TRx is 207.", ("F003", "F004")),
        ("They prefer mornings.", ()),
    ],
)
def test_a_changed_sentence_keeps_the_references_of_the_words_that_stayed(
    text: str, kept: tuple[str, ...]
) -> None:
    assert references(BOTH, text, PROFILE, FACTS) == kept


def test_a_changed_line_is_the_analysts_and_the_others_are_not() -> None:
    found = edited(bullets="Brand share averages 46%, by far the highest.\n" + BOTH.text)
    assert found.bullets == (
        Statement("Brand share averages 46%, by far the highest.", ("F001", "F002"), "analyst"),
        BOTH,
    )


def test_lines_that_change_places_stay_the_statements_they_are() -> None:
    assert edited(bullets=f"{BOTH.text}\n\n  {SHARE.text}  ").bullets == (BOTH, SHARE)


def test_a_new_line_has_no_references() -> None:
    assert edited(bullets=f"{SHARE.text}\nSomething else altogether.").bullets[1] == Statement(
        "Something else altogether.", source="analyst"
    )


def test_a_new_name_drops_the_claims_that_justified_the_old_one() -> None:
    assert edited(name="  Quiet   Core ").claims == () and edited(name="Quiet Core").name == "Quiet Core"


def test_a_changed_plan_is_the_analysts() -> None:
    assert edited(plan=(replace(STEP, channel="Call"),)).plan_source == "analyst"
    assert edited(tagline="Other").plan_source == "gemini"


def test_another_priority_carries_its_reason_and_the_computed_one_carries_none() -> None:
    lower = edited(priority="Low", priority_reason=" Launch  is in May ")
    assert (lower.priority, lower.priority_why.asserted) == ("Low", "Launch is in May")
    again = revised(lower, replace(form_of(lower), priority="High", priority_reason=""), PROFILE, FACTS)
    assert (again.priority, again.priority_why.asserted) == ("High", "")


def finding(where: str, span: tuple[int, int], fix: str | None, fact: str | None = None) -> Finding:
    return Finding(where, "number", "block", span, "No.", fact, None, fix)


def test_a_fix_replaces_its_span_and_takes_its_fact() -> None:
    wrong = persona(bullets=(Statement("Brand share averages 99%, the highest.", ("F002",)), BOTH))
    found = fixed(wrong, finding("bullets.0", (21, 24), "46%", "F001"), PROFILE, FACTS)
    assert found.bullets == (Statement(SHARE.text, ("F002", "F001"), "analyst"), BOTH)


def test_a_fix_reaches_names_priorities_and_plans() -> None:
    assert fixed(persona(), finding("name", (0, 5), "Quiet"), PROFILE, FACTS).name == "Quiet Core"
    assert fixed(persona(), finding("priority", (0, 4), "Low"), PROFILE, FACTS).priority == "Low"
    plan = fixed(persona(), finding("plan.0.channel", (0, 5), "Call"), PROFILE, FACTS)
    assert (plan.plan[0].channel, plan.plan_source) == ("Call", "analyst")


def test_a_fix_that_leaves_nothing_takes_the_words_out() -> None:
    found = fixed(persona(), finding("limit", (0, 2), ""), PROFILE, FACTS)
    assert found.limit.text == "limit."


@pytest.mark.parametrize(
    "wrong",
    [
        finding("bullets.0", (0, 3), None), finding("bullets.7", (0, 3), "x"), finding("claims.0", (0, 0), "x"),
        finding("limit", (0, 99), "x"), finding("plan.0.price", (0, 1), "x"), finding("priority", (0, 4), "Top"),
    ],
)  # fmt: skip
def test_a_fix_without_a_place_is_refused(wrong: Finding) -> None:
    with pytest.raises(OptionProblem):
        fixed(persona(), wrong, PROFILE, FACTS)


def test_a_text_is_kept_with_a_reason_and_not_without() -> None:
    assert asserted(persona(), "bullets.1", " Seen in  visits ").bullets[1] == replace(
        BOTH, asserted="Seen in visits"
    )
    assert asserted(persona(), "priority", "Launch").priority_why.asserted == "Launch"
    for where, reason in (
        ("limit", "  "),
        ("name", " "),
        ("claims.0", "Because"),
        ("plan.7.channel", "Because"),
    ):
        with pytest.raises(OptionProblem):
            asserted(persona(), where, reason)


@pytest.mark.parametrize(("where", "text"), [("name", "Loyal Core"), ("plan.0.trigger", "Start")])
def test_a_reason_for_a_name_or_for_words_of_the_plan_holds_for_that_text_alone(
    where: str, text: str
) -> None:
    kept = asserted(asserted(persona(), where, "First"), where, "Seen in visits")
    assert kept.kept == (Kept(where, text, "Seen in visits"),)
    assert kept.reason_for(where, text) == "Seen in visits" and not kept.reason_for(where, "Another")
    (change,) = changes(persona(), kept)
    assert change.lines == ((("+", "Kept by the analyst: Seen in visits"),),)


def test_a_claim_can_be_taken_out() -> None:
    assert [claim.id for claim in without_claim(persona(), "claims.0").claims] == ["c2"]
    assert without_claim(persona(), "limit") == persona()


def test_the_place_of_a_finding_has_its_text() -> None:
    whole = persona()
    assert [text_at(whole, where) for where in ("name", "bullets.0", "plan.0.topic", "priority", "claims.0")] == [
        "Loyal Core", SHARE.text, "Topic", "High", None
    ]  # fmt: skip


def test_a_comparison_shows_the_words_that_went_and_came() -> None:
    new = persona(bullets=(replace(SHARE, text="Brand share averages 48%, the highest."), BOTH))
    (change,) = changes(persona(), new)
    assert change.field == "bullets"
    assert change.lines == (
        ((" ", "Brand share averages "), ("-", "46%, "), ("+", "48%, "), (" ", "the highest.")),
    )


def test_a_comparison_shows_lines_that_only_came_or_only_went_and_reasons_given() -> None:
    (change,) = changes(persona(), persona(bullets=(SHARE,)))
    assert change.lines == ((("-", BOTH.text),),)
    (change,) = changes(persona(), persona(limit=Statement("A limit.", asserted="I know")))
    assert change.lines == ((("+", "Kept by the analyst: I know"),),)


WORDS = st.lists(st.sampled_from(["share", "is", "46%,", "and", "not", "high."]), min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_a_comparison_spells_out_both_texts_whole(one: list[str], other: list[str]) -> None:
    old, new = persona(limit=Statement(" ".join(one))), persona(limit=Statement(" ".join(other)))
    for change in changes(old, new):
        for mark, text in (("-", " ".join(one)), ("+", " ".join(other))):
            told = "".join(part for line in change.lines for kind, part in line if kind in (" ", mark))
            assert told.split() == text.split()
    assert (changes(old, new) == ()) == (one == other)
