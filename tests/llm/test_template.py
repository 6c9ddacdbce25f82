import itertools
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.drafts import shared
from engine.model import Brief, Meaning, Persona, Profile
from engine.numbers import show
from llm import gate, pack
from llm.check import check
from llm.drafts import items
from llm.facts import facts
from llm.names import names as sent_names
from llm.priority import priorities
from llm.template import draft, write
from tests.llm.profiles import PRESCRIBERS, prescribers, profile, random_profile

SEEDS = st.integers(0, 2**32)
PACKS = st.sampled_from(pack.names())
THOROUGH = settings(max_examples=12, deadline=None)


def written(profile: Profile, name: str = "pharma") -> tuple[Persona, ...]:
    return write(profile, facts(profile), Brief(pack=name))


def texts(persona: Persona) -> list[str]:
    statements = (
        persona.tagline, *persona.bullets, persona.unique, persona.limit, persona.priority_why,
        *persona.rep, *persona.digital, *persona.access, persona.interpretation,
    )  # fmt: skip
    return [statement.text for statement in statements]


@THOROUGH
@example(973876, "business")
@example(455, "business")
@given(SEEDS, PACKS)
def test_the_offline_writer_scores_no_finding_and_leaves_nothing_unfilled(seed: int, name: str) -> None:
    profile = random_profile(seed)
    known = facts(profile)
    personas = write(profile, known, Brief(pack=name))
    names = {persona.segment: persona.name for persona in personas}
    assert [persona.segment for persona in personas] == [segment.id for segment in profile.segments]
    assert len(set(names.values())) == len(personas)
    for persona in personas:
        findings = check(persona, profile, known, names).findings
        assert not findings, [(f.where, f.message) for f in findings] + texts(persona)
        assert 2 <= len(persona.name.split()) <= 3
        assert 1 <= len(persona.bullets) <= 3
        assert 2 <= len(persona.rep) <= 3 and 2 <= len(persona.access) <= 3
        assert 3 <= len(persona.plan) <= 4
        assert all(text.strip() and "  " not in text for text in texts(persona))
        bullets = [bullet.text for bullet in persona.bullets]
        assert len(set(bullets)) == len(bullets)


def test_equal_profiles_give_equal_personas() -> None:
    assert written(prescribers()) == written(prescribers())


def test_every_fact_sentence_names_its_evidence() -> None:
    profile = prescribers()
    ids = {fact.id for fact in facts(profile)}
    for persona in written(profile):
        for statement in (
            persona.tagline,
            *persona.bullets,
            persona.unique,
            persona.limit,
            persona.priority_why,
        ):
            assert statement.evidence and set(statement.evidence) <= ids


def test_names_keep_to_their_rules() -> None:
    names = {persona.segment: persona.name for persona in written(prescribers())}
    assert re.search("Loyal|Advocate", names["S1"])
    assert "Untapped" in names["S2"] or "Expander" in names["S2"]
    assert "Access" in names["S4"]


def test_segments_are_advised_differently() -> None:
    for name in pack.names():
        personas = written(prescribers(), name)
        assert len({persona.rep[0].text for persona in personas}) == len(personas)
        assert len({persona.plan for persona in personas}) == len(personas)


def test_no_two_bullets_of_a_playbook_share_their_first_three_words() -> None:
    for persona in written(prescribers()):
        openings = [bullet.text.split()[0] for bullet in persona.bullets]
        assert len(set(openings)) == len(openings)


def test_nothing_suppressed_is_told() -> None:
    hidden = prescribers(suppressed=[("S1", "specialty", "Neurologist")])
    told = " ".join(text for persona in written(hidden)[:1] for text in texts(persona))
    assert "Neurologist" not in told


def test_no_text_says_that_groups_exist_by_nature() -> None:
    for persona in written(prescribers(verdict="constructive")):
        assert not re.search(
            r"natural|discovered|exists? in the data|true group", " ".join(texts(persona)), re.I
        )


def test_content_is_a_topic_and_never_a_claim_of_effect() -> None:
    for name in pack.names():
        entries = pack.load(name)
        words = [
            e.text
            for e in (*entries.move, *entries.rep, *entries.digital, *entries.access, *entries.interpretation)
        ]
        words += [" ".join((s.topic, s.call_to_action, s.measure)) for s in entries.step]
        for text in words:
            assert not re.search(
                r"\b(efficacy|safer|superior|proven|guarantee|cures?|more effective)\b", text, re.I
            ), text


def test_the_brand_of_the_brief_is_named() -> None:
    profile = prescribers()
    personas = write(profile, facts(profile), Brief(pack="pharma", brand="Veralix", therapy_area="migraine"))
    everything = " ".join(text for persona in personas for text in texts(persona))
    assert "Veralix" in everything and "migraine" in everything and "the brand" not in everything


def test_columns_without_a_role_still_give_advice_of_their_own() -> None:
    plain = {
        name: entry.__class__(entry.label, (), entry.unit) for name, entry in prescribers().dictionary.items()
    }
    personas = written(prescribers(dictionary=plain), "general")
    assert len({persona.rep[0].text for persona in personas}) == 4


def test_one_segment_alone_has_no_neighbour() -> None:
    alone = prescribers(means={"class_trx": (320.0,)}, sizes=(400,), mixes={})
    assert "one segment" in written(alone)[0].unique.text


@settings(max_examples=8, deadline=None)
@given(SEEDS)
def test_every_only_of_the_writer_is_true_as_displayed(seed: int) -> None:
    profile = random_profile(seed)
    known = {fact.id: fact for fact in facts(profile)}
    for persona in written(profile, "general"):
        if not re.search(r"only segment with|no other segment (is|are)", persona.unique.text, re.I):
            continue
        feature = known[persona.unique.evidence[0]].feature
        unit = profile.dictionary[feature].unit
        up = " above average" in persona.unique.text
        average = profile.population.features[feature]
        on_that_side = {
            segment.id
            for segment in profile.segments
            if (stat := segment.features[feature]).n >= 11
            and show(stat.mean, unit) != show(average.mean, unit)
            and (stat.mean > average.mean) == up
        }
        assert on_that_side == {persona.segment}, persona.unique.text


CLAIMS = {
    "claims": Meaning("Total claims", (), "count", "volume", 1),
    "antibiotic": Meaning("Antibiotic claims", (), "count", "volume"),
    "opioid": Meaning("Opioid claims", (), "count", "volume"),
    "opioid_rate": Meaning("Opioid prescriber rate", (), "points"),
    "antipsychotic": Meaning("Antipsychotic 65+ claims", (), "count", "volume"),
    "specialty": Meaning("Specialty", (), "category"),
}


def claims(**changes: object) -> Profile:
    """Six segments like those of Medicare prescribers: antibiotics follow volume in S1, opioid claims are
    ordinary in S1 and S6 where the rate is low, and S6 stands out by a delicate column."""
    options: dict[str, object] = {
        "means": {
            "claims": (17200.0, 180.0, 1490.0, 6700.0, 14100.0, 35800.0),
            "antibiotic": (380.0, 18.0, 8.0, 16.0, 106.0, 700.0),
            "opioid": (650.0, 90.0, 750.0, 3980.0, 6.0, 640.0),
            "opioid_rate": (3.2, 50.0, 51.0, 61.0, 0.3, 1.7),
            "antipsychotic": (122.0, 1.0, 5.0, 6.0, 84.0, 1151.0),
        },
        "dictionary": CLAIMS,
        "sizes": (7449, 4276, 3534, 1543, 1310, 1269),
        "sds": {
            "claims": 16000.0,
            "antibiotic": 320.0,
            "opioid": 1330.0,
            "opioid_rate": 30.0,
            "antipsychotic": 381.0,
        },
        "mixes": {
            "specialty": {
                "Internal Medicine": (3200, 250, 350, 20, 210, 570),
                "Family Practice": (2980, 250, 250, 45, 160, 370),
                "Nurse Practitioner": (450, 1110, 1940, 620, 130, 76),
                "Physician Assistant": (200, 1030, 280, 290, 60, 20),
                "Cardiology": (20, 20, 15, 11, 236, 13),
                "(other)": (599, 1616, 699, 557, 514, 220),
            }
        },
        "totals": ("claims", "antibiotic", "opioid", "antipsychotic"),
    }
    return profile(**(options | changes))  # type: ignore[arg-type]


def test_a_count_that_only_follows_volume_gives_no_name() -> None:
    names = {persona.segment: persona.name for persona in written(claims())}
    assert not any("Antibiotic" in names[segment] for segment in ("S1", "S6"))
    assert "High-Volume" in names["S6"]
    assert not any("Focused" in name and "Pain" not in name for name in names.values())


def test_a_name_calls_a_subject_low_only_where_all_its_measures_are() -> None:
    names = {persona.segment: persona.name for persona in written(claims())}
    for segment in ("S1", "S6"):
        assert not re.search(r"Low-Opioid(?!-Rate)", names[segment]), names


def test_the_strongest_trait_is_told_even_where_it_is_delicate() -> None:
    sixth = written(claims())[5]
    assert any("antipsychotic claims" in bullet.text.lower() for bullet in sixth.bullets)
    advice = " ".join(s.text for s in (*sixth.rep, *sixth.digital, *sixth.access)) + sixth.name
    assert "ntipsychotic" not in advice


def test_remainders_are_never_named() -> None:
    told = " ".join(
        text
        for persona in written(claims())
        for text in (*texts(persona), persona.name, *map(str, persona.plan))
    )
    assert "(other)" not in told and "(missing)" not in told


def test_the_reason_of_a_priority_says_its_place_and_what_is_missing() -> None:
    first, *others = written(claims())
    assert "the second highest of the segments" in first.priority_why.text
    assert "38% of all prescribers" in " ".join(text.text for text in (*first.bullets, first.priority_why))
    assert "carry no weight, because no column speaks of them" in priorities(claims())[0].explanation
    assert not any("No column" in persona.priority_why.text for persona in (first, *others))


REAL_LIKE = st.permutations(range(6)).map(
    lambda order: claims(
        means={name: tuple(values[i] for i in order) for name, values in MEANS_OF_CLAIMS.items()},
    )
)
MEANS_OF_CLAIMS = {
    name: tuple(segment.features[name].mean for segment in claims().segments)
    for name in ("claims", "antibiotic", "opioid", "opioid_rate", "antipsychotic")
}
SERVED = {
    r"call time|field plan|raise contact": "face to face|visit",
    r"by mail and phone|serve on request": "mail",
    r"by remote contact": "video|mail",
    r"through medical|safe-use mail": "medical|clinical|mail",
    r"send reimbursement": "reimbursement",
}
"""What a decision says and what the plan then opens with."""


@settings(max_examples=6, deadline=None)
@given(st.one_of(REAL_LIKE, st.just(prescribers()), st.just(claims())), PACKS)
def test_every_two_personas_differ_in_the_opening_step_and_two_more(profile: Profile, name: str) -> None:
    for first, second in itertools.combinations(written(profile, name), 2):
        told = [[(step.channel, step.topic) for step in p.plan] for p in (first, second)]
        assert told[0][0] != told[1][0], (name, told)
        assert len(set(told[0][1:]) - set(told[1][1:])) >= 2, (name, told)


@settings(max_examples=6, deadline=None)
@given(st.one_of(REAL_LIKE, st.just(prescribers()), st.just(claims())))
def test_a_plan_serves_its_decision_and_contradicts_neither_it_nor_itself(profile: Profile) -> None:
    for persona in written(profile):
        decision, opening = persona.rep[0].text, persona.plan[0]
        for words, channel in SERVED.items():
            if re.search(words, decision, re.I):
                assert re.search(channel, opening.channel, re.I), (decision, opening)
        if persona.priority == "Low":
            assert not any(
                re.search(r"once a month|twice a month", step.frequency, re.I)
                and re.search(r"face to face|visit", step.channel, re.I)
                for step in persona.plan
            )
        if re.search(r"no calls|medical and compliance only", decision):
            assert not any(
                re.search(r"representative|face to face|sales", step.channel, re.I) for step in persona.plan
            )
        texts_of_plan = " ".join(" ".join(vars(step).values()) for step in persona.plan)
        if re.search(r"medical and compliance only", decision):
            assert not re.search(r"approved asset|brand share|{brand}", texts_of_plan)


BEGINS = (
    r"starting with|beginning|begin with|(those with .*|practices|plans) first|ranked by|confirm first"
    r"|not calling|before (calling|planning)"
)


def test_a_decision_says_whom_and_how_many() -> None:
    for subject in (prescribers(), claims()):
        for persona, segment in zip(written(subject), subject.segments, strict=True):
            decision = persona.rep[0].text
            assert f"{segment.size:,}" in decision, decision
            if persona.priority == "High":
                assert re.search(BEGINS, decision) or "as they are" in decision, decision


def test_a_part_is_only_where_to_start() -> None:
    for persona in written(claims()):
        text = persona.rep[0].text
        assert " part (" not in text or re.search(BEGINS, text), text


def test_the_larger_of_two_telling_values_is_addressed() -> None:
    first = written(claims())[0]
    advice = " ".join(s.text for s in (*first.rep, *first.digital, *first.access, first.interpretation))
    assert "Family Practice" not in advice


# --- Claims first -------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", [prescribers(), claims()])
def test_the_offline_draft_goes_through_the_gate_of_a_models(subject: Profile) -> None:
    known = facts(subject)
    citable = {fact.id: fact for fact in known}
    made = draft(subject, known, Brief(pack="pharma")).personas
    for persona in made:
        taken = [other.name for other in made if other is not persona]
        assert gate.findings(persona, citable, sent_names(subject), Brief(), taken) == ()
        assert gate.lengths(persona) == ()


def test_every_statement_of_fact_rests_on_a_claim_with_evidence() -> None:
    subject = claims()
    for persona in draft(subject, facts(subject), Brief(pack="pharma")).personas:
        claimed = {claim.item for claim in persona.claims if claim.evidence}
        places = {where for where, _, zone in items(persona) if zone in ("name", "fact")}
        assert places <= claimed
        assert len({claim.id for claim in persona.claims}) == len(persona.claims)


def test_what_is_written_out_is_the_draft_with_its_references_replaced() -> None:
    subject = prescribers()
    known = facts(subject)
    texts_of = {fact.id: fact.text for fact in known}
    for raw, persona in zip(
        draft(subject, known, Brief()).personas, write(subject, known, Brief()), strict=True
    ):
        told = re.sub(r"\{\{(F\d+)\}\}", lambda found: texts_of[found.group(1)], raw.unique)
        assert told == persona.unique.text
        assert "{{" not in " ".join(texts(persona))


# --- Eight segments, large segments, whole segments ---------------------------------------------

EIGHT = {
    "class_trx": (184.0, 325.0, 274.0, 239.0, 347.0, 232.0, 244.0, 237.0),
    "brand_share": (0.48, 0.50, 0.50, 0.38, 0.61, 0.57, 0.54, 0.44),
    "access_score": (7.0, 6.1, 6.3, 3.7, 8.5, 8.7, 7.8, 5.1),
    "digital": (5.8, 6.0, 5.2, 3.9, 8.1, 8.4, 6.6, 5.0),
    "rep_calls": (3.1, 3.4, 3.3, 2.1, 5.8, 5.1, 4.0, 2.9),
}


def test_eight_segments_do_not_read_alike() -> None:
    subject = prescribers(means=EIGHT, sizes=(900, 880, 860, 840, 800, 780, 760, 740), mixes={})
    personas = written(subject)
    assert len({persona.name for persona in personas}) == 8
    assert shared(personas) <= 5


def test_every_persona_has_a_limiting_fact() -> None:
    for subject in (prescribers(), claims(), prescribers(means=EIGHT, sizes=(500,) * 8, mixes={})):
        for persona in written(subject):
            assert persona.limit.evidence
            assert persona.limit.text not in [bullet.text for bullet in persona.bullets]


def whole(**changes: object) -> Profile:
    """Prescribers where everyone in S4, and nobody else, is a PCP."""
    mixes = {
        "specialty": {"Neurologist": (260, 300, 300, 0), "PCP": (0, 0, 0, 500), "Other": (140, 200, 300, 0)}
    }
    return prescribers(mixes=mixes, **changes)


def test_a_value_that_everyone_has_is_no_part_of_the_segment() -> None:
    for name in pack.names():
        for persona in written(whole(), name):
            advice = " ".join(texts(persona)[-7:]) + " ".join(map(str, persona.plan))
            if persona.segment == "S4":
                assert not re.search(r"whose specialty is PCP|PCP first|PCP part|version .*PCP", advice), (
                    advice
                )


def test_no_sentence_has_a_slot_without_a_word() -> None:
    plain = {name: Meaning(entry.label, (), entry.unit) for name, entry in PRESCRIBERS.items()}
    flat = {name: (values[0],) * 3 + (values[0] * 1.01,) for name, values in EIGHT.items()}
    for subject in (prescribers(dictionary=plain), prescribers(means=flat, mixes={}), claims(), whole()):
        for name in pack.names():
            for persona in written(subject, name):
                told = [*texts(persona), *(text for step in persona.plan for text in vars(step).values())]
                empty = [t for t in told if re.search(r"\s[,.;]|\s\s|own figures|weakest measure", t)]
                assert empty == []


def callers() -> Profile:
    """Customers of a campaign: a column of earlier contacts, balances and who said yes."""
    return profile(
        {"previous": (3.2, 0.1, 0.0), "campaign": (2.0, 2.0, 7.5), "balance": (1200.0, 900.0, 800.0)},
        {
            "previous": Meaning("Previous", (), "count"),
            "campaign": Meaning("Campaign", (), "count"),
            "balance": Meaning("Balance", (), "currency"),
            "y": Meaning("Y", (), "category"),
        },
        (700, 2800, 700),
        {"y": {"yes": (154, 308, 25), "no": (546, 2492, 675)}},
    )


def test_a_segment_says_what_part_of_all_answers_is_at_stake_in_it() -> None:
    first, _, third = written(callers(), "finance")
    assert "154 of 487 who said yes are here, with 17% of all customers." in texts(first)
    assert "Only 25 of 487 who said yes are here, with 17% of all customers." in texts(third)
    assert (first.priority, third.priority) == ("High", "Low")


def test_a_play_without_the_columns_it_speaks_of_leaves_the_figures_to_speak() -> None:
    bare = profile(
        {"class_trx": (300.0, 100.0), "brand_share": (0.4, 0.5)},
        {
            "class_trx": Meaning("Class TRx", (), "count", "volume"),
            "brand_share": Meaning("Brand share", (), "fraction", "share"),
        },
        (300, 300),
    )
    for persona in written(bare):
        assert len(persona.bullets) >= 1 and all("{" not in text for text in texts(persona))
