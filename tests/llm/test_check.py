from dataclasses import replace

import pytest

from engine.model import Brief, Finding, Persona, Statement
from llm.check import CHECKER_VERSION, check, facts_hash, text_hash
from llm.facts import facts
from llm.template import write
from tests.llm.profiles import prescribers

PROFILE = prescribers()
FACTS = facts(PROFILE)
FIRST = write(PROFILE, FACTS, Brief())[0]


def said(text: str, where: str = "unique", persona: Persona = FIRST) -> tuple[Finding, ...]:
    return check(replace(persona, **{where: Statement(text, (), "analyst")}), PROFILE, FACTS).findings


@pytest.mark.parametrize(
    "text",
    [
        "Class TRx average 320, the highest of any segment.",
        "They write 320 class TRx, against 259 for all prescribers and 204 in S3.",
        "Brand share is above average at 60%.",
        "Their share is 60%.",
        "S3 has the fewest class TRx, at 204.",
        "Class TRx are above S2 at 312.",
        "Brand share is not low.",
        "65% are listed as Neurologist by specialty.",
        "With 20% of prescribers they hold 400 accounts.",
        "Class TRx are 1.2 times the average.",
        "They are the only segment with digital engagement above average.",
    ],
)
def test_true_sentences_pass(text: str) -> None:
    assert not said(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Class TRx average 312.", "number"),
        ("Class TRx average 302.", "number"),
        ("Class TRx average 320, against 204 in S4.", "number"),
        ("Brand share averages 8.6.", "number"),
        ("Brand share is below average.", "direction"),
        ("Brand share is not high.", "direction"),
        ("They have low digital engagement.", "direction"),
        ("Class TRx are the lowest of any segment.", "superlative"),
        ("S2 has the highest class TRx.", "superlative"),
        ("No other segment reaches their class TRx; nowhere are class TRx lower.", "superlative"),
        ("Class TRx are below S3 at 204.", "comparison"),
        ("They are the only segment with class TRx above average.", "only"),
        ("They are ahead of S9 in every respect.", "segment"),
        ("Segment 12 comes next.", "segment"),
        ("They are ahead of the Golden Friends.", "segment"),
    ],
)
def test_false_sentences_are_blocked(text: str, kind: str) -> None:
    found = said(text)
    assert kind in {finding.kind for finding in found if finding.severity == "block"}, found


def test_a_finding_says_what_was_expected_found_and_to_do() -> None:
    (finding,) = said("Class TRx average 312.")
    assert finding.span == (18, 21)
    assert finding.message == (
        "Expected 320 (the mean of class TRx in S1), found 312, which is the mean of class TRx in S2; "
        "correct the number or what it speaks of."
    )
    assert finding.expected == "320" and finding.fix == "320"


def test_a_superlative_with_a_tie_needs_joint() -> None:
    tied = prescribers(means={"class_trx": (320.0, 320.0, 204.0, 225.0)})
    known = facts(tied)
    persona = replace(FIRST, name="First Group", claims=())
    alone = replace(persona, limit=Statement("Class TRx are the highest of any segment."))
    joint = replace(persona, limit=Statement("Class TRx are the joint highest of any segment."))
    kinds = [[f.kind for f in check(p, tied, known).findings if f.where == "limit"] for p in (alone, joint)]
    assert kinds == [["superlative"], []]


def test_advice_is_free_in_its_numbers_but_not_in_its_segments() -> None:
    free = replace(FIRST, rep=(Statement("Call 9 times in 40 days."), Statement("Learn from S8.")))
    assert [(f.where, f.kind) for f in check(free, PROFILE, FACTS).findings] == [("rep.1", "segment")]


def test_interpretation_is_held_to_its_numbers_alone() -> None:
    assert not said("Perhaps low brand share is what they see.", "interpretation")
    assert said("Perhaps 77% feel that way.", "interpretation")


@pytest.mark.parametrize(
    ("name", "fine"),
    [
        ("Loyal Core", True), ("High-Volume Advocates", True), ("Untapped Writers", False), ("Champions", False),
        ("A Name Too Long", False), ("Digital Core", True), ("Segment 2", False),
    ],
)  # fmt: skip
def test_names_have_two_or_three_words_and_keep_to_the_facts(name: str, fine: bool) -> None:
    found = [f for f in check(replace(FIRST, name=name), PROFILE, FACTS).findings if f.where == "name"]
    assert (not found) == fine, found


def test_a_name_belongs_to_one_segment() -> None:
    found = check(FIRST, PROFILE, FACTS, {"S2": FIRST.name.upper()}).findings
    assert [f.where for f in found] == ["name"]


def test_priority_may_not_be_changed_without_a_reason() -> None:
    other = "Low" if FIRST.priority != "Low" else "High"
    changed = replace(FIRST, priority=other)
    assert check(changed, PROFILE, FACTS).blocked
    reasoned = replace(changed, priority_why=replace(FIRST.priority_why, asserted="Launch next quarter"))
    assert not check(reasoned, PROFILE, FACTS).blocked


def test_an_asserted_statement_warns_and_does_not_block() -> None:
    persona = replace(
        FIRST, limit=Statement("Class TRx average 999.", (), "analyst", "From the field report")
    )
    report = check(persona, PROFILE, FACTS)
    assert report.findings and not report.blocked


def test_evidence_has_to_exist() -> None:
    persona = replace(FIRST, limit=Statement("Nothing to add.", ("F999",)))
    assert [f.kind for f in check(persona, PROFILE, FACTS).findings] == ["evidence"]


def test_hashes_follow_facts_text_and_version() -> None:
    report = check(FIRST, PROFILE, FACTS)
    assert (report.facts_hash, report.text_hash) == (facts_hash(PROFILE), text_hash(FIRST))
    assert report.checker_version == CHECKER_VERSION
    assert text_hash(replace(FIRST, name="Other Name")) != report.text_hash
    moved = prescribers(means={"class_trx": (321.0, 312.0, 204.0, 225.0)})
    assert facts_hash(moved) != report.facts_hash
