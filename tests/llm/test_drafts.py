"""The agreed form of a reply: what is taken, what is sent back, and what comes out of it."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from engine.errors import Malformed
from engine.model import Brief, Fact, Persona, Statistic
from llm import gate
from llm.drafts import (
    Draft,
    Mended,
    Outlines,
    PersonaDraft,
    Prose,
    items,
    localised,
    parse,
    rendered,
    with_items,
)
from llm.facts import facts, lookup
from llm.fake import answer
from llm.model import Settings
from llm.names import names
from llm.prompts import payload, request
from llm.wire import schema
from tests.llm.small import LEVELS, profile

PROFILE = profile()
FACTS = facts(PROFILE)
BRIEF = Brief("pharma", "Zeltra")
VALID = answer(request(payload(PROFILE, FACTS, BRIEF, LEVELS), Settings()))


def fact(segment: str, feature: str, statistic: Statistic = "mean", other: str | None = None) -> Fact:
    return lookup(FACTS)[segment, feature, statistic, None, other]


def valid() -> dict[str, Any]:
    """A valid reply as plain data, to be spoiled by a test."""
    content: dict[str, Any] = json.loads(VALID)
    return content


def spoiled(change: Callable[[dict[str, Any]], object]) -> PersonaDraft:
    """The persona of S2 after the change."""
    content = valid()["personas"][1]
    change(content)
    return PersonaDraft.model_validate(content)


def problems(
    persona: PersonaDraft,
    known: tuple[Fact, ...] = FACTS,
    subject: Any = PROFILE,
    brief: Brief | None = None,
    taken: tuple[str, ...] = ("Trial A", "Trial C"),
) -> tuple[str, ...]:
    citable = {fact.id: fact for fact in known if not fact.suppressed}
    found = gate.findings(persona, citable, names(subject), brief or Brief(), taken)
    assert all(finding.kind == "form" and finding.severity == "block" for finding in found)
    return tuple(f"{finding.where}: {finding.message}" for finding in found)


def found(**fields: object) -> tuple[str, ...]:
    """The problems of S2 once these fields are put into its persona."""
    return problems(spoiled(lambda persona: persona.update(fields)))


def persona_of(draft: PersonaDraft, hide: bool = False) -> Persona:
    known = names(PROFILE, hide)
    by_id = {fact.id: fact for fact in FACTS}
    return rendered(localised(draft, known), by_id, known, "High", {}, "gemini")


# --- The shape ----------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [Draft, Outlines, Prose, Mended])
def test_every_schema_asks_only_for_text_lists_and_objects(shape: type[BaseModel]) -> None:
    kinds: set[str] = set()
    words: set[str] = set()

    def walk(node: dict[str, Any], depth: int) -> int:
        kinds.add(node["type"])
        words.update(node)
        assert node["type"] != "OBJECT" or node["required"] == list(node["properties"])
        assert all(isinstance(choice, str) and choice for choice in node.get("enum", ()))
        below = [*node.get("properties", {}).values(), *([node["items"]] if "items" in node else [])]
        return max((walk(child, depth + 1) for child in below), default=depth)

    assert walk(schema(shape), 1) <= 7
    assert kinds == {"OBJECT", "ARRAY", "STRING"}
    assert words <= {"type", "enum", "items", "properties", "required"}


def test_evidence_is_written_before_what_rests_on_it() -> None:
    assert list(PersonaDraft.model_fields)[:3] == ["segment", "claims", "name"]


# --- Parsing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("around", ["{}", "```json\n{}\n```", "Sure!\n{}\nAnything else?", "\ufeff {}\n"])
def test_fences_and_chatter_around_the_object_are_dropped(around: str) -> None:
    text = json.dumps(valid())
    assert parse(around.replace("{}", text), Draft) == parse(text, Draft)


@pytest.mark.parametrize(
    "text",
    ["", "I cannot.", "[]", '{"personas": [', "{'personas': []}", '{"personas": []}}', '{"personas": [],}',
     '{"personas": [], "personas": []}', '{"personas": [], "note": "x"}', '{"people": []}',
     '{"personas": null}', '{"personas": [{"segment": 1}]}', "{" * 100_000 + "}"],
)  # fmt: skip
def test_what_is_not_the_agreed_json_is_malformed_and_never_mended(text: str) -> None:
    with pytest.raises(Malformed, match="not in the agreed form") as caught:
        parse(text, Draft)
    assert "Your texts are unchanged." in str(caught.value)


@given(st.text())
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        parse(text, Draft)
    except Malformed as problem:
        assert "\n" not in str(problem)


# --- What is refused ----------------------------------------------------------------------------


def test_a_valid_reply_has_no_problems() -> None:
    for number, persona in enumerate(parse(VALID, Draft).personas):
        others = tuple(f"Trial {letter}" for place, letter in enumerate("ABC") if place != number)
        assert problems(persona, taken=others) == ()
        assert gate.lengths(persona) == ()


@pytest.mark.parametrize(
    "text", ["46% of it", "About 46", "They lead by ½", "Rank #1", "Share is ٤٦", "４６ wins"]
)
@pytest.mark.parametrize("field", ["tagline", "unique", "limit", "priority_why"])
def test_a_digit_in_a_fact_zone_is_a_number_not_by_reference(field: str, text: str) -> None:
    (problem,) = found(**{field: text})
    assert problem.startswith(f"{field}: ")
    assert "number not by reference" in problem


def test_a_digit_in_a_bullet_is_found_in_its_place() -> None:
    (problem,) = found(bullets=["Fine.", "They write 380 scripts."])
    assert problem.startswith('bullets.1: "380"')


def test_a_digit_inside_a_known_name_is_no_number() -> None:
    other = profile(labels={"class_trx": "NBRx 13w"}, values={"Cardiology": "Tier 1"})
    text = "NBRx 13w is high, mostly Tier 1, unlike S1 and Segment 3, for Zeltra 40."
    draft = spoiled(lambda persona: persona.update(unique=text))
    assert problems(draft, facts(other), other, brief=Brief(brand="Zeltra 40")) == ()


def test_cadence_and_advice_may_hold_digits() -> None:
    assert found(rep=["Visit every 2 weeks."], digital=["Send 3 messages."]) == ()


def test_an_unknown_fact_is_refused() -> None:
    assert found(tagline="Share of {{F9999}}.") == ("tagline: there is no fact F9999.",)
    assert "claims.0: there is no fact F9999." in found(
        claims=[{**valid()["personas"][1]["claims"][0], "evidence": ["F9999"]}]
    )


def test_a_fact_of_another_segment_needs_that_segment_in_the_sentence() -> None:
    theirs = fact("S1", "brand_share").id
    (problem,) = found(unique=f"Share is {{{{{theirs}}}}}.")
    assert problem == f"unique: {theirs} is a fact of S1, which the sentence does not name."
    assert found(unique=f"S1 has {{{{{theirs}}}}}.") == ()
    assert found(unique=f"Segment 1 has {{{{{theirs}}}}}.") == ()
    assert found(unique=f"S10 has {{{{{theirs}}}}}.")[0].startswith("unique: ")


def test_a_difference_needs_both_segments() -> None:
    gap = fact("S2", "brand_share", "difference", "S3").id
    assert found(unique=f"{{{{{gap}}}}} ahead.") == (
        f"unique: {gap} is a fact of S3, which the sentence does not name.",
    )
    assert found(unique=f"{{{{{gap}}}}} ahead of S3.") == ()


def test_a_suppressed_fact_cannot_be_cited() -> None:
    own = fact("S2", "brand_share")
    marked = tuple(replace(f, suppressed=True) if f == own else f for f in FACTS)
    draft = spoiled(lambda persona: persona.update(unique=f"Share is {{{{{own.id}}}}}.", claims=[]))
    assert f"unique: there is no fact {own.id}." in problems(draft, marked)


def test_a_fact_of_all_needs_no_name() -> None:
    assert found(unique=f"The average is {{{{{fact('ALL', 'brand_share').id}}}}}.") == ()


@pytest.mark.parametrize(
    "text",
    ["See https://x.example", "![a](x)", "[here](x)", "<img src=x>", "<b>bold</b>", "javascript:alert"],
)
def test_links_images_and_html_are_refused_everywhere(text: str) -> None:
    for field in ("tagline", "interpretation"):
        assert any("no links" in problem for problem in found(**{field: text}))
    assert any("no links" in problem for problem in found(rep=[text]))


def test_a_reference_stands_alone_and_well_formed() -> None:
    own = fact("S2", "brand_share").id
    for text in (f"{{{{{own}}}}}% share", f"{{{{{own}}}}} percent", f"${{{{{own}}}}}", f"{{{{{own}}}}}x"):
        assert any("its own sign and unit" in problem for problem in found(tagline=text))
    for text in ("{{share}}", "{{F001, F002}}", "open {{"):
        assert any("a reference is written" in problem for problem in found(tagline=text))


def test_lengths_and_counts_are_held() -> None:
    assert found(tagline="") == ("tagline: empty.",)
    assert found(tagline=" \u200b ") == ("tagline: empty.",)
    assert "at most 320 characters" in found(tagline="word " * 80)[0]
    for field, most in (("bullets", 5), ("rep", 5), ("plan", 8)):
        draft = spoiled(lambda persona, field=field: persona.update({field: []}))
        assert gate.lengths(draft) == (f"{field}: 1 to {most} entries, not 0.",)


@pytest.mark.parametrize(
    "name", ["Loyal", "One Two Three Four", "Tier 1 Writers", "A " + "b" * 60, "{{F001}} Club"]
)
def test_a_name_is_two_or_three_words_without_numbers(name: str) -> None:
    assert found(name=name)[0].startswith("name: ")


def test_names_are_unlike_each_other() -> None:
    assert "already the name" in found(name="TRIAL A")[0]


def test_claims_speak_of_known_features_categories_and_segments() -> None:
    claim = valid()["personas"][1]["claims"][0]
    wrong = {**claim, "feature": "f99", "category": "f4c99", "other_segment": "S9"}
    assert found(claims=[wrong]) == (
        "claims.0: there is no feature f99.",
        "claims.0: there is no category f4c99.",
        "claims.0: there is no segment S9.",
    )


FRAGMENTS = st.one_of(
    st.sampled_from([f"{{{{{f.id}}}}}" for f in FACTS]),
    st.sampled_from(
        ["Brand share", "S1", "Segment 3", "**high**", "among", "{{", "}}", "46%", "F012", "%", "٣"]
    ),
    st.text(max_size=5),
)


@given(st.lists(FRAGMENTS, max_size=8).map(" ".join))
def test_whatever_passes_holds_no_digit_but_the_facts_and_names(text: str) -> None:
    draft = spoiled(lambda persona: persona.update(tagline=text))
    if problems(draft):
        return
    statement = persona_of(draft).tagline
    left = statement.text
    values = [f.text for f in FACTS if f.id in statement.evidence]
    for known in sorted(
        [*values, "Segment 1", "Segment 2", "Segment 3", "S1", "S2", "S3"], key=len, reverse=True
    ):
        left = re.sub(re.escape(known), "", left, flags=re.IGNORECASE)
    assert not any(character.isdigit() for character in left)
    assert "{{" not in statement.text


# --- What comes out -----------------------------------------------------------------------------


def test_references_become_the_facts_own_text_and_its_evidence() -> None:
    own, everyone = fact("S2", "brand_share"), fact("ALL", "brand_share")
    text = f"**Brand share** is {{{{{own.id}}}}}, against {{{{ {everyone.id} }}}} for all and far from S1."
    statement = persona_of(spoiled(lambda persona: persona.update(tagline=text))).tagline
    assert statement.text == "Brand share is 46%, against 30% for all and far from S1."
    assert statement.evidence == (own.id, everyone.id)
    assert statement.source == "gemini"


def test_a_text_without_numbers_rests_on_the_facts_of_its_claims() -> None:
    claims = [{**valid()["personas"][1]["claims"][0], "item": "tagline"}]
    draft = spoiled(lambda persona: persona.update(tagline="High brand share.", claims=claims))
    assert persona_of(draft).tagline.evidence == tuple(claims[0]["evidence"])


def test_claims_come_back_in_the_profiles_own_columns_and_values() -> None:
    first = valid()["personas"][1]["claims"][0]
    claim = {**first, "feature": "none", "category": "f4c1", "other_segment": "S1"}
    (made,) = persona_of(spoiled(lambda persona: persona.update(claims=[claim]))).claims
    assert (made.segment, made.feature, made.category) == ("S2", "specialty", "Cardiology")
    assert (made.other_segment, made.comparator, made.direction) == ("S1", "", "")


def test_the_segment_says_who_wrote_its_plan() -> None:
    assert persona_of(spoiled(lambda persona: None)).plan_source == "gemini"


def test_a_header_that_looks_like_a_reference_stays_a_header() -> None:
    known = names(profile(labels={"class_trx": "{{F001}} a"}))
    draft = localised(spoiled(lambda persona: persona.update(tagline="feature_2 is high")), known)
    by_id = {fact.id: fact for fact in FACTS}
    assert rendered(draft, by_id, known, "High", {}, "gemini").tagline.text == "{{F001}} a is high"


def test_every_text_has_a_place_and_can_be_put_there() -> None:
    draft = spoiled(lambda persona: None)
    there = {where: f"Text {number}" for number, (where, _, _) in enumerate(items(draft))}
    changed = with_items(draft, there)
    assert {where: text for where, text, _ in items(changed)} == there
    assert with_items(changed, {"bullets.9": "x", "nothing": "y"}) == changed
