from dataclasses import replace

import pytest

from engine.model import Brief, Finding, Meaning, Persona, Profile, Statement
from llm.check import CHECKER_VERSION, check, facts_hash, text_hash
from llm.facts import facts
from llm.template import write
from tests.llm.profiles import prescribers, profile

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
        "No other segment has more class TRx; they have the highest class TRx.",
        "S3 has the second highest brand share, at 52%.",
        "Brand share alone is above average at 60%.",
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
        ("They are the only segment with digital engagement above average.", "only"),
        ("They stand alone with brand share above average.", "only"),
        ("None of the others has brand share above average.", "only"),
        ("Only here is brand share above average.", "only"),
        ("Only S2 has class TRx above average.", "only"),
        ("S2 alone has class TRx above average.", "only"),
        ("No other segment has class TRx as low.", "superlative"),
        ("S4 has the second highest brand share.", "rank"),
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


CLAIMS = {
    "long_acting": Meaning("Opioid long acting claims", (), "count"),
    "beneficiaries": Meaning("Total beneficiaries", (), "count"),
}
"""Both columns once were told of as one segment's alone, because the next one lay within .2 sd."""


def prescription_claims(third: float = 134.2) -> Profile:
    return profile(
        {"long_acting": (27.8, 3.2, third, 837.4), "beneficiaries": (1189.0, 87.0, 207.0, 3422.0)},
        CLAIMS, (7449, 4276, 3534, 1543), sds={"long_acting": 268.0, "beneficiaries": 7300.0},
    )  # fmt: skip


ONLY = (
    "The only segment with opioid long acting claims above average: 837, against {} for all prescribers; "
    "S3 stands at {}."
)


@pytest.mark.parametrize(
    ("third", "everyone", "own", "fine"), [(134.2, "118", "134", False), (60.0, "103", "60", True)]
)
def test_only_counts_every_segment_on_that_side_of_the_displayed_average(
    third: float, everyone: str, own: str, fine: bool
) -> None:
    told = prescription_claims(third)
    persona = replace(FIRST, segment="S4", unique=Statement(ONLY.format(everyone, own)))
    found = [f for f in check(persona, told, facts(told)).findings if f.where == "unique"]
    assert [f.kind for f in found] == ([] if fine else ["only"]), found
    assert all(f.severity == "block" for f in found)


def test_no_other_segment_counts_the_same_way() -> None:
    told = prescription_claims()
    text = "In no other segment are total beneficiaries above average: 3,422 here, 1,189 in S1."
    persona = replace(FIRST, segment="S4", unique=Statement(text))
    found = [f for f in check(persona, told, facts(told)).findings if f.where == "unique"]
    assert [(f.kind, f.severity) for f in found] == [("only", "block")]


def test_what_reads_like_the_average_is_on_neither_side() -> None:
    even = profile(
        {"x": (10.04, 9.98, 15.0)},
        {"x": Meaning("Site visits", (), "number")},
        (10000, 10000, 50),
        sds={"x": 4.0},
    )
    persona = replace(
        FIRST, segment="S3", unique=Statement("No other segment has site visits above average.")
    )
    assert not [f for f in check(persona, even, facts(even)).findings if f.where == "unique"]
