"""What the offline writer may say: facts apart from guesses, of what, on whose average, and against whom."""

import json
import re
from dataclasses import replace

import pytest

from engine.model import Brief, FeatureStat, Meaning, Persona, Profile
from llm import pack
from llm.facts import facts
from llm.offline import naming
from llm.offline.neighbours import nearest
from llm.profile_file import read_profile
from llm.template import write
from tests.llm.profiles import held_by_few, partly_known, prescribers, profile

GUESS = re.compile(
    r"(?i)\b(suggests?|seems?|probably|perhaps|likely|possibly|maybe|might|appears?)\b|\bmay (be|lie|have|mean)\b"
)
ASKED = re.compile(r"(?i)\?|\b(ask|tell|tells|show|shows|compare|see|look|read|settle|test|question)\b")
FACT_FIELDS = ("decision", "tagline", "bullet", "unique", "caution", "why")


def written(table: Profile, name: str = "pharma") -> dict[str, Persona]:
    return {p.segment: p for p in write(table, facts(table), Brief(pack=name))}


def told(persona: Persona) -> list[str]:
    zone = (persona.tagline, *persona.bullets, persona.unique, persona.limit, persona.priority_why)
    return [statement.text for statement in zone]


def altered(table: Profile, column: str, **changes: tuple[float, ...]) -> Profile:
    """The profile with other figures of one column, one for each segment."""
    segments = tuple(
        replace(
            s,
            features=s.features
            | {column: replace(s.features[column], **{k: v[i] for k, v in changes.items()})},
        )
        for i, s in enumerate(table.segments)
    )
    return replace(table, segments=segments)


# --- Facts and guesses -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", pack.names())
def test_no_decision_and_no_fact_of_a_pack_rests_on_a_guess(name: str) -> None:
    for play in pack.load(name).play:
        for field in FACT_FIELDS:
            assert not [text for text in getattr(play, field) if GUESS.search(text)], (name, field)
    for remark in (*pack.load(name).remark, *pack.load(name).answer):
        assert not [text for text in (*remark.high, *remark.low, *remark.near) if GUESS.search(text)]


@pytest.mark.parametrize("name", pack.names())
def test_every_reading_of_a_pack_says_how_to_verify_it(name: str) -> None:
    for play in pack.load(name).play:
        assert not [text for text in play.interpretation if not ASKED.search(text)]


@pytest.mark.parametrize("name", pack.names())
def test_a_test_says_when_to_widen_it(name: str) -> None:
    decisions = [d for play in pack.load(name).play for text in play.decision for d in text.split(" | ")]
    tests = [text for text in decisions if re.match("Test|Pilot", text)]
    assert all(re.search(r"\bwiden\b.*\bif\b", text) for text in tests), tests


def burdened(second: float) -> Profile:
    """Three segments of prescribers whose burden is 3, `second` and 1; the second has the larger volume too."""
    return profile(
        {"trx": (100.0, 300.0, 120.0), "burden": (3.0, second, 1.0)},
        {
            "trx": Meaning("Class TRx", (), "count", "volume", 1),
            "burden": Meaning("Chronic burden", (), "score", "burden"),
        },
        (400, 400, 400),
        sds={"trx": 90.0, "burden": 1.0},
    )  # fmt: skip


def test_a_name_and_its_line_claim_nothing_on_which_another_segment_leads_by_far() -> None:
    ordinary = written(burdened(2.3))["S2"]
    assert (
        not re.search("Complex|Burden", ordinary.name)
        and "high chronic burden" not in ordinary.tagline.text.lower()
    )
    leading = written(burdened(5.0))["S2"]
    assert re.search("Complex|Burden", leading.name) or "burden" in leading.tagline.text


# --- Neighbours ------------------------------------------------------------------------------------------


def skewed() -> Profile:
    """S1's mean is nearest to S2's, since a few huge values lift S3's; its accounts stand where those of S3 stand."""
    table = profile(
        {"cost": (100.0, 90.0, 900.0), "claims": (30.0, 22.0, 210.0)},
        {"cost": Meaning("Drug cost", (), "currency"), "claims": Meaning("Claims", (), "count", "volume")},
        (400, 400, 400),
    )
    for column in ("cost", "claims"):
        table = altered(table, column, above=(0.62, 0.05, 0.8))
    return table


def test_the_nearest_neighbour_is_the_one_whose_accounts_stand_in_the_same_places() -> None:
    table = skewed()
    assert [nearest(table, segment) for segment in table.segments] == ["S3", "S1", "S1"]


def test_without_places_the_neighbour_is_the_nearest_by_means() -> None:
    table = profile({"x": (1.0, 2.0, 9.0)}, {"x": Meaning("X")}, (100, 100, 100))
    assert [nearest(table, segment) for segment in table.segments] == ["S2", "S1", "S2"]
    assert nearest(replace(table, segments=table.segments[:1]), table.segments[0]) is None


def test_categories_that_were_clustered_on_count_for_the_neighbour() -> None:
    mixes = {"contract": {"monthly": (90, 10, 85), "yearly": (10, 90, 15)}}
    table = profile({"x": (1.0, 1.1, 1.4)}, {"x": Meaning("X")}, (100, 100, 100), mixes, sds={"x": 1.0})
    assert nearest(table, table.segments[0]) == "S2"
    assert nearest(replace(table, clustered=("x", "contract")), table.segments[0]) == "S3"


def test_a_profile_file_keeps_how_often_accounts_lie_above_others() -> None:
    column = {"x": {"mean": 2, "sd": 1, "median": 2, "n": 50, "above": 0.7}}
    text = json.dumps({"segments": [{"id": "S1", "size": 50, "features": column}]})
    assert read_profile(text).segments[0].features["x"].above == 0.7


# --- Of what, and on whose average -------------------------------------------------------------------------


def quartered() -> Profile:
    table = prescribers()
    for column in table.segments[0].features:
        q3 = tuple(1.3 * segment.features[column].mean for segment in table.segments)
        table = altered(table, column, q3=q3)
    return table


@pytest.mark.parametrize("name", pack.names())
def test_a_threshold_says_of_whom_it_is_the_upper_part(name: str) -> None:
    for persona in written(quartered(), name).values():
        texts = [s.text for s in (*persona.rep, *persona.digital, *persona.access)]
        texts += [step.trigger for step in persona.plan]
        for text in texts:
            assert "quartile" not in text
            assert not re.search(r"\bor more\b", text) or "of this segment" in text, text


@pytest.mark.parametrize("name", pack.names())
def test_the_first_step_is_for_those_the_decision_speaks_of(name: str) -> None:
    for persona in written(quartered(), name).values():
        part = re.search(r"the (25%|top quarter) of this segment [^;,]*\)", persona.plan[0].trigger, re.I)
        assert not part or part.group().lower() in persona.rep[0].text.lower()


def lopsided() -> Profile:
    """Class TRx of which a few accounts write most: every mean is three times the median."""
    table = prescribers(totals=("class_trx", "rep_calls"))
    table = altered(
        table, "class_trx", median=tuple(s.features["class_trx"].mean / 3 for s in table.segments)
    )
    everyone = table.population.features["class_trx"]
    own: dict[str, FeatureStat] = table.population.features | {
        "class_trx": replace(everyone, median=everyone.mean / 3)
    }
    return replace(table, population=replace(table.population, features=own))


@pytest.mark.parametrize("name", pack.names())
def test_a_mean_that_a_few_carry_is_called_one_and_their_total_is_no_argument(name: str) -> None:
    table = lopsided()
    known = {fact.id: fact for fact in facts(table)}
    for persona in written(table, name).values():
        for statement in (*persona.bullets, persona.unique, persona.limit, persona.priority_why):
            given = [known[one] for one in statement.evidence if known[one].feature == "class_trx"]
            means = {
                fact.text
                for fact in given
                if fact.statistic == "mean" and fact.text in statement.text.split()
            }
            assert not means or re.search("average|median|typical", statement.text), statement.text
            size = next(s.size_share for s in table.segments if s.id == persona.segment)
            parts = [
                f
                for f in given
                if f.statistic == "total share" and f.value > size and f.text in statement.text
            ]
            assert not parts or re.search("a few|median", statement.text), statement.text


def test_where_a_few_hold_a_column_it_is_said_and_the_list_is_looked_at_first() -> None:
    table = held_by_few()
    for persona in written(table).values():
        high = table.segment(persona.segment).features["class_trx"].z >= 0.2
        assert ("median" in persona.limit.text and "TRx" in persona.limit.text) is high, persona.limit.text
        marked = " or more" in persona.rep[0].text
        assert ("look at the list before the first call" in persona.rep[0].text) is (high and marked)
    assert " or more" in written(table)["S2"].rep[0].text


def test_a_column_that_most_have_nothing_of_is_told_without_a_multiple_of_its_median() -> None:
    table = held_by_few()
    none = replace(
        table,
        segments=tuple(
            replace(s, features=s.features | {"class_trx": replace(s.features["class_trx"], median=0.0)})
            for s in table.segments
        ),
    )
    for persona in written(none).values():
        high = none.segment(persona.segment).features["class_trx"].z >= 0.2
        assert ("median" in persona.limit.text) is high, persona.limit.text


def test_figures_of_a_column_known_for_a_part_say_so_or_are_left_out() -> None:
    table = partly_known("rep_calls", 0.6)
    known = {fact.id: fact for fact in facts(table)}
    spoken = 0
    for persona in written(table).values():
        for statement in (*persona.bullets, persona.unique, persona.limit):
            given = [known[one] for one in statement.evidence if known[one].feature == "rep_calls"]
            means = [f for f in given if f.statistic == "mean" and f" {f.text} " in f"{statement.text} "]
            spoken += bool(means)
            assert not means or "(where known)" in statement.text, statement.text
    assert spoken
    assert not any(
        "rep calls" in text.lower()
        for persona in written(partly_known("rep_calls", 0.3)).values()
        for text in told(persona)
    )


# --- Those who have left, and measures that can fail -------------------------------------------------------


def leavers(label: str = "Churn") -> Profile:
    """Customers of whom some have left: 46% of the first segment, few of the second."""
    return profile(
        {"tenure": (12.0, 50.0), "monthly": (74.0, 60.0)},
        {
            "tenure": Meaning("Tenure", (), "months"),
            "monthly": Meaning("Monthly charges", (), "currency", "volume", 1),
            "churn": Meaning(label, (), "category"),
            "contract": Meaning("Contract", (), "category"),
        },
        (1000, 1500),
        {
            "churn": {"Yes": (460, 90), "No": (540, 1410)},
            "contract": {"Month-to-month": (900, 300), "Two year": (100, 1200)},
        },
        totals=("monthly",),
    )


@pytest.mark.parametrize("name", ["retail", "general"])
def test_where_yes_means_gone_those_still_here_are_addressed(name: str) -> None:
    for persona in written(leavers(), name).values():
        here = {"S1": "540", "S2": "1,410"}[persona.segment]
        size = {"S1": "1,000", "S2": "1,500"}[persona.segment]
        assert f"the {here} who are still here" in persona.rep[0].text or size not in persona.rep[0].text
    assert "the 540 who are still here" in written(leavers(), name)["S1"].rep[0].text


def test_an_outcome_that_has_not_come_yet_leaves_everyone_to_address() -> None:
    texts = [s.text for persona in written(leavers("Churn risk"), "retail").values() for s in persona.rep]
    assert not [text for text in texts if "still here" in text]


def test_how_many_are_still_here_is_a_fact_behind_all_others() -> None:
    found = facts(leavers())
    assert [(f.segment, f.category, f.text) for f in found[-2:]] == [
        ("S1", "No", "540"),
        ("S2", "No", "1,410"),
    ]


@pytest.mark.parametrize("name", pack.names())
def test_a_measure_against_others_says_that_they_were_drawn_or_that_change_counts(name: str) -> None:
    for step in pack.load(name).step:
        for text in step.measure.split(" | "):
            if re.search(r"\bagainst\b|difference between", text):
                assert re.search(r"\b(lot|half|tenth|fifth|change|successes)\b", text, re.I), text


@pytest.mark.parametrize(
    ("name", "other", "alike"),
    [
        ("Primary-Care Core", "High-Volume Primary Care", True),
        ("High-Volume Loyalists", "Low-Volume Loyalists", False),
        ("Settled High-Spend Customers", "Settled Low-Bill Customers", False),
        ("Light-Touch Customers", "light-touch customers", True),
        ("High-Volume Customers", "High-Volume Primary Care", True),
        ("High-Volume Customers", "Low-Volume Customers", False),
    ],
)
def test_names_that_share_two_words_are_not_given_twice(name: str, other: str, alike: bool) -> None:
    assert naming.alike(name, other, pack.load("retail")) is alike


def placed() -> Profile:
    """Pain-focused prescribers who are found in GA more than elsewhere."""
    return profile(
        {"opioid": (900.0, 90.0), "rate": (60.0, 5.0), "claims": (1000.0, 9000.0)},
        {
            "opioid": Meaning("Opioid claims", (), "count", "volume"),
            "rate": Meaning("Opioid prescriber rate", (), "points"),
            "claims": Meaning("Total claims", (), "count", "volume", 1),
            "state": Meaning("State", (), "category"),
        },
        (1000, 3000),
        {"state": {"GA": (90, 60), "CA": (80, 240), "(other)": (830, 2700)}},
    )


def test_a_place_is_named_with_the_shares_that_speak_for_it() -> None:
    tactics = " ".join(s.text for s in written(placed())["S1"].rep)
    assert "GA, where the segment is over-represented: 9% of it against 3.8% of all prescribers" in tactics


def ordinary() -> Profile:
    """S2 is near the average of all but holds more than its part of one total; both specialties are larger there."""
    table = profile(
        {"claims": (900.0, 450.0, 20.0), "brand": (9000.0, 9200.0, 300.0)},
        {
            "claims": Meaning("Total claims", (), "count", "volume", 1),
            "brand": Meaning("Brand drug cost", (), "currency"),
            "specialty": Meaning("Specialty", (), "category"),
        },
        (300, 500, 700),
        {
            "specialty": {
                "Internal Medicine": (60, 175, 70),
                "Family Practice": (160, 170, 50),
                "(other)": (80, 155, 580),
            }
        },
        totals=("claims", "brand"),
        sds={"claims": 600.0, "brand": 9000.0},
    )
    return altered(table, "brand", q3=(12000.0, 12500.0, 400.0))


def test_an_ordinary_segment_that_holds_much_is_planned_on_what_it_holds() -> None:
    second = written(ordinary())["S2"]
    told_of = (second.tagline.text, second.bullets[0].text, second.rep[0].text, second.plan[0].trigger)
    assert all("brand drug cost" in text.lower() for text in told_of), told_of
    assert re.search(r"half .* half .* widen only if", second.rep[0].text)


@pytest.mark.parametrize("table", [prescribers(), quartered(), lopsided(), placed(), ordinary()])
def test_no_persona_says_a_sentence_twice_or_repeats_its_heading(table: Profile) -> None:
    for persona in written(table).values():
        assert len(set(told(persona))) == len(told(persona))
        assert not re.match(r"(?i)keep .* in mind", persona.limit.text)
