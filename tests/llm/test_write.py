"""From a model's reply to personas: what is taken, what is sent back, and what stops it."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadKey, Cancelled, Declined, Malformed, ModelProblem, Quota, TimedOut, Truncated
from engine.model import Brief, Fact, Persona, Statistic
from engine.record import content_id
from llm.drafts import Draft, PersonaDraft, parse, personas, problems
from llm.facts import facts, lookup
from llm.fake import Fake, answer
from llm.model import Settings
from llm.prompts import payload
from llm.wire import schema
from llm.write import draft
from tests.llm.small import PRIORITIES, profile

PROFILE = profile()
FACTS = facts(PROFILE)
BRIEF = Brief("pharma", "Zeltra")
VALID = answer(payload(PROFILE, FACTS, BRIEF, PRIORITIES).prompt)


def fact(segment: str, feature: str, statistic: Statistic = "mean", other: str | None = None) -> Fact:
    return lookup(FACTS)[segment, feature, statistic, None, other]


def valid() -> dict[str, Any]:
    """A valid reply as plain data, to be spoiled by a test."""
    content: dict[str, Any] = json.loads(VALID)
    return content


def spoiled(change: Callable[[dict[str, Any]], object], segment: int = 1) -> str:
    content = valid()
    change(content["personas"][segment])
    return json.dumps(content)


def found(**fields: object) -> tuple[str, ...]:
    """The problems of S2 once these fields are put into its persona."""
    text = spoiled(lambda persona: persona.update(fields))
    return problems(parse(text), FACTS, PROFILE).get("S2", ())


def write(
    replies: list[str | Exception], settings: Settings | None = None
) -> tuple[Fake, tuple[Persona, ...]]:
    fake = Fake(replies)
    settings = settings or Settings()
    return fake, draft(PROFILE, FACTS, BRIEF, fake, settings, PRIORITIES, sleep=lambda _: None)


# --- The shape ----------------------------------------------------------------------------------


def test_the_schema_asks_only_for_text_lists_and_objects() -> None:
    kinds: set[str] = set()
    words: set[str] = set()

    def walk(node: dict[str, Any], depth: int) -> int:
        kinds.add(node["type"])
        words.update(node)
        assert node["type"] != "OBJECT" or node["required"] == list(node["properties"])
        assert all(isinstance(choice, str) and choice for choice in node.get("enum", ()))
        below = [*node.get("properties", {}).values(), *([node["items"]] if "items" in node else [])]
        return max((walk(child, depth + 1) for child in below), default=depth)

    assert walk(schema(Draft), 1) <= 7
    assert kinds == {"OBJECT", "ARRAY", "STRING"}
    assert words <= {"type", "enum", "items", "properties", "required"}


def test_evidence_is_written_before_what_rests_on_it() -> None:
    assert list(PersonaDraft.model_fields)[:3] == ["segment", "claims", "name"]


# --- Parsing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("around", ["{}", "```json\n{}\n```", "Sure!\n{}\nAnything else?", "\ufeff {}\n"])
def test_fences_and_chatter_around_the_object_are_dropped(around: str) -> None:
    text = json.dumps(valid())
    assert parse(around.replace("{}", text)) == parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "I cannot.", "[]", '{"personas": [', "{'personas': []}", '{"personas": []}}', '{"personas": [],}',
     '{"personas": [], "personas": []}', '{"personas": [], "note": "x"}', '{"people": []}',
     '{"personas": null}', '{"personas": [{"segment": 1}]}', "{" * 100_000 + "}"],
)  # fmt: skip
def test_what_is_not_the_agreed_json_is_malformed_and_never_mended(text: str) -> None:
    with pytest.raises(Malformed, match="not in the agreed form") as caught:
        parse(text)
    assert "Your texts are unchanged." in str(caught.value)


@given(st.text())
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        parse(text)
    except Malformed as problem:
        assert "\n" not in str(problem)


# --- What is refused ----------------------------------------------------------------------------


def test_a_valid_reply_has_no_problems() -> None:
    assert problems(parse(json.dumps(valid())), FACTS, PROFILE) == {}


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
    content = spoiled(lambda persona: persona.update(unique=text))
    assert problems(parse(content), facts(other), other, brief=Brief(brand="Zeltra 40")) == {}


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
    text = spoiled(lambda persona: persona.update(unique=f"Share is {{{{{own.id}}}}}.", claims=[]))
    assert f"unique: there is no fact {own.id}." in problems(parse(text), marked, PROFILE)["S2"]


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
    assert "at most 300 characters" in found(tagline="word " * 80)[0]
    assert found(bullets=[]) == ("bullets: 1 to 5 entries, not 0.",)
    assert found(plan=[]) == ("plan: 1 to 8 entries, not 0.",)


@pytest.mark.parametrize(
    "name", ["Loyal", "One Two Three Four", "Tier 1 Writers", "A " + "b" * 60, "{{F001}} Club"]
)
def test_a_name_is_two_or_three_words_without_numbers(name: str) -> None:
    assert found(name=name)[0].startswith("name: ")


def test_names_are_unlike_each_other_and_those_already_given() -> None:
    assert "already the name" in found(name="TRIAL A")[0]
    wrong = problems(parse(json.dumps(valid())), FACTS, PROFILE, taken=["Trial B"])
    assert list(wrong) == ["S2"]


def test_missing_extra_and_repeated_segments_are_told_apart() -> None:
    content = valid()
    content["personas"][2] = {**content["personas"][0], "name": "Other Name"}
    content["personas"].append({**content["personas"][0], "segment": "S9", "name": "Third Name"})
    assert problems(parse(json.dumps(content)), FACTS, PROFILE) == {
        "S1": ("segment: written twice.",),
        "S3": ("segment: missing from the reply.",),
        "S9": ("segment: this one was not asked for.",),
    }


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
    content = parse(spoiled(lambda persona: persona.update(tagline=text)))
    if problems(content, FACTS, PROFILE):
        return
    statement = personas(content, FACTS, PROFILE, PRIORITIES)[1].tagline
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
    content = parse(spoiled(lambda persona: persona.update(tagline=text)))
    persona = personas(content, FACTS, PROFILE, PRIORITIES)[1]
    assert persona.tagline.text == "Brand share is 46%, against 30% for all and far from S1."
    assert persona.tagline.evidence == (own.id, everyone.id)
    assert persona.tagline.source == "gemini"


def test_levels_come_from_the_computation_and_segments_in_profile_order() -> None:
    content = valid()
    content["personas"].reverse()
    written = personas(parse(json.dumps(content)), FACTS, PROFILE, PRIORITIES)
    assert [(p.segment, p.priority) for p in written] == [("S1", "Low"), ("S2", "High"), ("S3", "Medium")]


def test_claims_come_back_in_the_profiles_own_columns_and_values() -> None:
    first = valid()["personas"][1]["claims"][0]
    claim = {**first, "feature": "none", "category": "f4c1", "other_segment": "S1"}
    content = parse(spoiled(lambda persona: persona.update(claims=[claim])))
    (made,) = personas(content, FACTS, PROFILE, PRIORITIES)[1].claims
    assert (made.id, made.segment, made.feature, made.category) == ("S2-1", "S2", "specialty", "Cardiology")
    assert (made.other_segment, made.comparator, made.direction) == ("S1", "", "")


def test_a_draft_with_problems_makes_no_personas() -> None:
    with pytest.raises(Malformed, match="S2 tagline"):
        personas(parse(spoiled(lambda persona: persona.update(tagline="46%"))), FACTS, PROFILE, PRIORITIES)


# --- Writing ------------------------------------------------------------------------------------


def test_one_call_writes_a_persona_for_every_segment() -> None:
    fake, written = write([])
    assert [persona.segment for persona in written] == ["S1", "S2", "S3"]
    assert len(fake.requests) == 1
    assert all(persona.tagline.source == "gemini" for persona in written)


def test_only_the_persona_that_failed_is_asked_for_again_and_told_why() -> None:
    fake, written = write([spoiled(lambda persona: persona.update(tagline="46%"))])
    again = json.loads(fake.requests[1].prompt)
    assert len(fake.requests) == 2
    assert again["write_for"] == ["S2"]
    assert again["names_taken"] == {"S1": "Trial A", "S3": "Trial C"}
    assert "number not by reference" in again["mend"]["S2"][0]
    assert len(written) == 3


def test_a_repaired_persona_may_not_take_a_name_that_stands() -> None:
    content = valid()
    content["personas"] = [{**content["personas"][1], "name": "Trial A"}]
    fake, written = write([spoiled(lambda persona: persona.update(tagline="46%")), json.dumps(content)])
    assert "already the name of another segment" in json.loads(fake.requests[2].prompt)["mend"]["S2"][0]
    assert len({persona.name for persona in written}) == 3


def test_a_missing_persona_is_asked_for_again() -> None:
    content = valid()
    del content["personas"][0]
    fake, written = write([json.dumps(content)])
    assert json.loads(fake.requests[1].prompt)["write_for"] == ["S1"]
    assert len(written) == 3


def test_a_reply_that_cannot_be_read_is_asked_for_again() -> None:
    fake, written = write(["Sorry!"])
    assert len(fake.requests) == 2
    assert len(written) == 3


def test_after_two_repairs_the_last_reasons_are_given() -> None:
    bad = spoiled(lambda persona: persona.update(tagline="46%"))
    fake = Fake([bad, bad, bad, "never asked"])
    with pytest.raises(Malformed, match=r"S2 tagline: \"46%\" is a number not by reference"):
        draft(PROFILE, FACTS, BRIEF, fake, Settings(), PRIORITIES)
    assert len(fake.requests) == 3
    with pytest.raises(Malformed, match="no JSON"):
        write(["a", "b", "c"])


def test_a_reply_that_stays_cut_off_is_asked_for_in_halves() -> None:
    fake, written = write([Truncated("a"), Truncated("b")])
    assert [json.loads(r.prompt)["write_for"] for r in fake.requests[2:]] == [["S1"], ["S2", "S3"]]
    assert [persona.segment for persona in written] == ["S1", "S2", "S3"]
    assert len({persona.name for persona in written}) == 3


def test_a_single_persona_that_stays_cut_off_is_the_problem() -> None:
    with pytest.raises(Truncated):
        write([Truncated(str(n)) for n in range(8)])


@pytest.mark.parametrize("kind", [BadKey, Declined, ModelProblem])
def test_a_problem_passes_through_and_nothing_else_is_written(kind: type[ModelProblem]) -> None:
    before = content_id(PROFILE)
    with pytest.raises(kind):
        write([kind("no")])
    assert content_id(PROFILE) == before


def test_the_deadline_is_over_all_rounds() -> None:
    now = [0.0]

    class Slow(Fake):
        def complete(self, request: Any, timeout_seconds: float) -> Any:
            now[0] += 100
            return super().complete(request, timeout_seconds)

    slow = Slow(["a", "b", "c"])
    with pytest.raises(TimedOut):
        draft(PROFILE, FACTS, BRIEF, slow, Settings(deadline_seconds=150), PRIORITIES, clock=lambda: now[0])
    assert len(slow.requests) == 2


def test_progress_is_told_and_stopping_passes_through_also_while_waiting() -> None:
    heard: list[tuple[str, float]] = []
    draft(PROFILE, FACTS, BRIEF, Fake(), Settings(), PRIORITIES, lambda *said: heard.append(said))
    assert heard[0] == ("fake is writing 3 personas.", 0.0)
    assert heard[-1] == ("All personas are written.", 1.0)
    assert any("tokens" in text for text, _ in heard)

    def stop(text: str, _: float) -> None:
        if text == "Waiting to try again.":
            raise Cancelled

    busy = Quota("busy")
    busy.retry_after_seconds = 30.0
    slept: list[float] = []
    with pytest.raises(Cancelled):
        draft(PROFILE, FACTS, BRIEF, Fake([busy]), Settings(), PRIORITIES, stop, sleep=slept.append)
    assert slept == []


def test_hidden_names_come_back_in_the_texts() -> None:
    fake, written = write([], Settings(hide_names=True))
    assert "Brand share" not in fake.requests[0].prompt
    assert written[0].bullets[0].text == "Brand share is 20% on average."
