from dataclasses import replace

import pytest

from engine.model import Brief, Finding, Kept, Meaning, Persona, PlanStep, Profile, Statement
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


def test_a_name_and_words_of_the_plan_kept_with_a_reason_warn_and_do_not_block() -> None:
    step = replace(FIRST.plan[0], trigger="Class TRx average 999")
    wrong = replace(FIRST, name="Loyal", plan=(step, *FIRST.plan[1:]))
    places = {f.where: f.severity for f in check(wrong, PROFILE, FACTS).findings}
    assert places == {"name": "block", "plan.0.trigger": "block"}
    reasons = (Kept("name", "Loyal", "Their own word"), Kept("plan.0.trigger", step.trigger, "New figures"))
    places = {f.where: f.severity for f in check(replace(wrong, kept=reasons), PROFILE, FACTS).findings}
    assert places == {"name": "warn", "plan.0.trigger": "warn"}
    renamed = replace(wrong, kept=reasons, name="Devoted")
    assert [f.where for f in check(renamed, PROFILE, FACTS).findings if f.severity == "block"] == ["name"]


def test_no_reason_answers_what_may_not_be_said_at_all() -> None:
    cure = replace(
        FIRST, unique=Statement("It is safe and cures patients.", (), "analyst", "The label says so")
    )
    taken = replace(FIRST, name="Loyal Core", kept=(Kept("name", "Loyal Core", "Better here"),))
    lazy = replace(FIRST, name="Lazy Dinosaurs", kept=(Kept("name", "Lazy Dinosaurs", "Funny"),))
    for persona, kind in ((cure, "compliance"), (taken, "taken"), (lazy, "unkind")):
        report = check(persona, PROFILE, FACTS, {"S2": "Loyal Core"})
        assert kind in [f.kind for f in report.findings if f.severity == "block"]


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


UNSEEN = (
    "Brand share is 3x the average.", "Brand share is 46pp above average.", "They write 900K class TRx.",
    "They hold 12m.", "They write twice the class TRx.", "Half of them write nothing.",
    "Brand share is above average by twenty points.", "They write 320-999 each.", "They write 320–999 class TRx.",
    "They write 900k class TRx.", "They write 2bn class TRx.", "They write 5 million class TRx.",
    "Brand share is 99 per cent.", "Brand share is 99 percent.", "Brand share is 20 percentage points above average.",
    "Brand share is 20pts above average.", "Class TRx are 3 times the average.", "Class TRx are three times the average.",
    "Class TRx are threefold.", "Class TRx are ×3 the average.", "They write double the class TRx.",
    "They write triple the class TRx of S3.", "They write half the class TRx of S3.", "A third of them are Neurologist.",
    "Most of them are PCP.", "Nearly all of them are Neurologist.", "Few of them are Neurologist.",
    "A quarter of prescribers are Neurologist.", "They hold half of all class TRx.",
    "They hold hundreds of access score.",
    "Nine in ten are Neurologist.", "They write nine hundred class TRx.", "There are thirty prescribers.",
    "Class TRx are a third higher than in S2.", "Brand share is ninety per cent.", "They write 9³ class TRx.",
    "They write ½ of it.", "Their COVID-19 visits stand out.", "They write ٩٩٩ class TRx.", "They are in the 99th place.",
    "They write 2 class TRx.", "They write 400 class TRx.", "Class TRx average 8.",
    "Brand share is 60 points above average.",
    "Age 65+ is the rule.", "Class TRx have an index of 134.", "Two thirds of them are PCP.", "The majority are PCP.",
    "Three quarters of them are PCP.", "They write thousands of class TRx.", "All of them are Neurologist.",
    "Class TRx are two times those of S3.", "They write two and a half times the class TRx.", "Class TRx reach ninety.",
    "Six of ten are PCP.", "Most write nothing.", "All are Neurologist.", "Every second prescriber is PCP.",
    "Brand share is 9x that of S3.", "More than half are PCP.",
)  # fmt: skip


@pytest.mark.parametrize("text", UNSEEN)
def test_a_number_in_any_spelling_has_to_be_a_fact(text: str) -> None:
    assert [f for f in said(text) if f.severity == "block"], text


def test_a_digit_no_rule_reads_is_a_finding_that_says_so() -> None:
    (finding,) = said("Their COVID-19 visits stand out.")
    assert (finding.kind, finding.span) == ("number", (6, 14))
    assert finding.message == (
        "This number could not be matched to a fact: “COVID-19”. Take it out or use a fact."
    )


HONEST = (
    "In the first quarter brand share is above average at 60%.", "Seen once every two weeks, they write 320 class TRx.",
    "Q1 calls come first.", "Brand share is 11pp above average.", "Brand share is 11 points above average.",
    "Brand share is 11 percentage points above average.", "Brand share is above average by eleven points.",
    "Brand share is 60 per cent.", "Brand share is sixty percent.", "Class TRx are 1.2x the average.",
    "Class TRx are 1.2× the average.", "Class TRx are 1.6 times those of S3.", "Most of them are Neurologist.",
    "The majority are listed as Neurologist by specialty.", "They hold a quarter of all class TRx.",
    "Two thirds of them are Neurologist.", "Rep calls are twice the average, one gap to note.",
    "They rank 1st on class TRx.",
    "One of the segments with two or three topics in common.", "S3 and S4 are two segments apart in name.",
    "They are seen twice a year.", "They ask for three topics at most.", "Class TRx average 320 and 312 in S2.",
    "A visit takes half a year to plan.", "Class TRx are 60.6 above the average.",
    "They are the one segment most like S3.",
    "They stand first, second and third in nothing.", "They write 320 class TRx, 8 more than S2.",
    "A fifth of all prescribers belong here.", "Too few prescribers to say more.",
    "More than half are Neurologist.", "This is one of three segments with high brand share.",
    "Most importantly, brand share is high.",
)  # fmt: skip


@pytest.mark.parametrize("text", HONEST)
def test_honest_numbers_pass_in_any_spelling(text: str) -> None:
    many = prescribers(means=MEANS | {"rep_calls": (7.0, 2.6, 2.9, 2.1)})
    persona = replace(FIRST, unique=Statement(text))
    assert not [f for f in check(persona, many, facts(many)).findings if f.where == "unique"]


MEANS = {
    "class_trx": (320.0, 312.0, 204.0, 225.0),
    "brand_share": (0.60, 0.44, 0.52, 0.41),
    "access_score": (8.6, 6.1, 7.6, 4.4),
    "digital": (8.5, 5.6, 6.0, 3.9),
}


def test_labels_and_money_may_hold_digits() -> None:
    told = profile(
        {"older": (0.6, 0.2), "spend": (1.2e6, 3e5)},
        {"older": Meaning("Age 65+", (), "fraction"), "spend": Meaning("Yearly spend", (), "currency")},
        (100, 200),
    )
    for text in ("Age 65+ is 60%.", "Yearly spend is $1.2M.", "Yearly spend is $1.2m.", "Yearly spend is $1.2 million.",
                 "They have four times the yearly spend of S2."):  # fmt: skip
        persona = replace(FIRST, segment="S1", unique=Statement(text))
        assert not [f for f in check(persona, told, facts(told)).findings if f.where == "unique"], text


def advised(text: str, where: str) -> list[Finding]:
    """Findings on the text as a rep tactic, or as a field of the first plan step."""
    if where == "rep":
        persona = replace(FIRST, rep=(Statement(text),))
    else:
        persona = replace(FIRST, plan=(replace(FIRST.plan[0], **{where.split(".")[-1]: text}),))
    return [f for f in check(persona, PROFILE, FACTS).findings if f.where.startswith(("rep", "plan"))]


STATED = (
    "S99 has 99% brand share, the highest",
    "Call the 9,999 accounts with 99% brand share, the highest of all",
    "Call the 9,999 accounts", "Visit them: 99% of prescribers are Neurologist",
    "Brand share is the lowest of any segment",
    "Show them that brand share is 99%", "Build on low digital engagement", "With 999 class TRx they deserve a visit",
    "Class TRx are 3x the average", "Brand share is twenty points above average, so visit", "Learn from s77",
    "Do as the Golden Friends do, and act like the Golden Friends", "Class TRx are below S3, so visit",
    "They are the only segment with class TRx above average",
)  # fmt: skip


@pytest.mark.parametrize("text", STATED)
@pytest.mark.parametrize("where", ["rep", *(f"plan.0.{name}" for name in PlanStep.__annotations__)])
def test_advice_and_plan_may_not_state_what_is_no_fact(text: str, where: str) -> None:
    found = [f for f in advised(text, where) if f.severity == "block"]
    assert found and {f.where for f in found} == {"rep.0" if where == "rep" else where}


PRESCRIBED = (
    "Two rep calls a month", "2 rep calls a month", "Within 14 days", "Every second visit", "Capped at three a week",
    "Call the top 10 accounts first", "Start with the first 20 prescribers", "Once every two weeks", "In Q1, one visit",
    "Raise brand share by 5 points", "Raise brand share to 65%", "Hold out 10% of accounts as a control",
    "Call those with the highest class TRx first", "Stop when brand share falls below 40%", "Twice a year",
    "Send three messages of 90 words", "Build on brand share, the highest of any segment", "Defend brand share at 60%",
    "Visit the 400 prescribers", "Serve the 20% of prescribers here", "One conversation with each of 30 prescribers",
    "Keep rep calls below 4 a month", "Use their high digital engagement", "Reply within 24 hours, 7 days a week",
    "Halve contact for a third of the prescribers", "Eight minutes at most, 3 topics", "Learn from S3",
    "Offer calls after 18:00", "At least 80% of prescribers seen", "Brand share up 3 points in six months",
)  # fmt: skip


@pytest.mark.parametrize("text", PRESCRIBED)
@pytest.mark.parametrize("where", ["rep", "plan.0.topic"])
def test_rhythms_aims_and_true_facts_pass_in_advice_and_plan(text: str, where: str) -> None:
    assert not advised(text, where)
