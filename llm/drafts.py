"""What a model must return, and the way from there to personas.

The shapes are flat, every field is required text, and the only closed choices are enums of text: Gemini
refuses or loops on deep schemas, optional fields, number fields and maxItems. A number stands as a
reference, `{{F017}}`, and is filled in here from the facts. Nothing a model wrote is ever repaired: it
is right, or it is asked for again.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from engine.errors import Malformed
from engine.model import Brief, Claim, Fact, Level, Persona, PlanStep, Profile, Statement
from llm.facts import ALL
from llm.names import Names, clean, names, whole
from llm.wire import malformed

LONGEST_TEXT = 300
LONGEST_PLAN_TEXT = 160
LONGEST_INTERPRETATION = 600
LONGEST_PERSONA_NAME = 40
ITEMS = (1, 5)
"""Fewest and most entries of a list (bullets, tactics); a plan may have up to eight steps."""
STEPS = (1, 8)


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ClaimDraft(_Shape):
    kind: Literal["level", "comparison", "rank", "share", "size"]
    feature: str
    category: str
    comparator: Literal["population", "segment", "none"]
    other_segment: str
    direction: Literal["above", "below", "near", "none"]
    magnitude: Literal["slight", "clear", "strong", "none"]
    evidence: list[str]


class StepDraft(_Shape):
    channel: str
    topic: str
    call_to_action: str
    frequency: str
    cadence: str
    trigger: str
    measure: str
    stop_rule: str


class PersonaDraft(_Shape):
    """The order of the fields is the order of writing: evidence first, then what rests on it."""

    segment: str
    claims: list[ClaimDraft]
    name: str
    tagline: str
    bullets: list[str]
    unique: str
    limit: str
    priority_why: str
    rep: list[str]
    digital: list[str]
    access: list[str]
    plan: list[StepDraft]
    interpretation: str


class Draft(_Shape):
    """One reply: a persona for each segment asked for."""

    personas: list[PersonaDraft]


# --- Text becomes a draft -----------------------------------------------------------------------


def parse(text: str) -> Draft:
    """The draft in a reply. Fences and chatter around the outermost JSON object are dropped, and nothing
    in it is mended. Raises Malformed."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise malformed("there was no JSON in it")
    try:
        content = json.loads(text[start : end + 1], object_pairs_hook=_each_once)
        return Draft.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise malformed(f"{place}: {first['msg'].lower()}") from None
    except (ValueError, RecursionError):
        raise malformed("its JSON was broken") from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


# --- What is wrong with a draft -----------------------------------------------------------------


def problems(
    draft: Draft,
    facts: tuple[Fact, ...],
    profile: Profile,
    *,
    wanted: Collection[str] | None = None,
    taken: Collection[str] = (),
    brief: Brief | None = None,
    hide: bool = False,
) -> dict[str, tuple[str, ...]]:
    """By segment, what keeps its persona from being used; empty when all is well. Sentences a model
    can act on, each led by the field it is about.

    `wanted`: the segments asked for (None: all of the profile). `taken`: persona names already given.
    `hide`: whether names were hidden when the draft was asked for.
    """
    known = names(profile, hide)
    by_id = {fact.id: fact for fact in facts if not fact.suppressed}
    spoken = _spoken(known, brief or Brief())
    asked = [segment.id for segment in profile.segments] if wanted is None else list(wanted)
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    called = {name.casefold() for name in taken}
    for persona in draft.personas:
        wrong = found.setdefault(persona.segment, [])
        if persona.segment not in asked:
            wrong.append("segment: this one was not asked for.")
        elif persona.segment in seen:
            wrong.append("segment: written twice.")
        else:
            wrong += _name_problems(persona.name, called)
            wrong += _shape_problems(persona, known, by_id)
            for where, text, zone in _texts(persona):
                wrong += [f"{where}: {problem}" for problem in _text_problems(
                    text, zone, persona.segment, known, by_id, spoken)]  # fmt: skip
        seen.add(persona.segment)
        called.add(clean(persona.name).casefold())
    for segment in asked:
        if segment not in seen:
            found[segment] = ["segment: missing from the reply."]
    return {segment: tuple(wrong) for segment, wrong in found.items() if wrong}


Zone = Literal["fact", "advice", "plan", "interpretation"]

_LONGEST: Mapping[Zone, int] = {
    "fact": LONGEST_TEXT, "advice": LONGEST_TEXT, "plan": LONGEST_PLAN_TEXT,
    "interpretation": LONGEST_INTERPRETATION,
}  # fmt: skip
_REFERENCE = re.compile(r"\{\{\s*(F\d+)\s*\}\}")
_GLUED = re.compile(r"[\w$€£]\{\{|\}\}(\w|\s*%|\s*per ?cent\b)", re.IGNORECASE)
_FOREIGN = re.compile(r"https?:|www\.|!\[|\]\(|<[A-Za-z/!]|javascript:", re.IGNORECASE)
_ORNAMENT = re.compile(r"\*\*|__|`|^[\s>#*•-]+(?=\S)")


def _texts(persona: PersonaDraft) -> Iterator[tuple[str, str, Zone]]:
    yield "tagline", persona.tagline, "fact"
    for number, text in enumerate(persona.bullets):
        yield f"bullets.{number}", text, "fact"
    yield "unique", persona.unique, "fact"
    yield "limit", persona.limit, "fact"
    yield "priority_why", persona.priority_why, "fact"
    for lane in ("rep", "digital", "access"):
        for number, text in enumerate(getattr(persona, lane)):
            yield f"{lane}.{number}", text, "advice"
    for number, step in enumerate(persona.plan):
        for field in StepDraft.model_fields:
            yield f"plan.{number}.{field}", getattr(step, field), "plan"
    yield "interpretation", persona.interpretation, "interpretation"


def _spoken(known: Names, brief: Brief) -> re.Pattern[str]:
    """Every name that may be written with a digit in it ("Q3 sales", "Top 10 plans", "S2")."""
    allowed = {text for name in known.every() for text in (name.sent, name.local)}
    allowed |= {clean(text) for text in (brief.brand, brief.therapy_area, brief.audience)}
    allowed |= set(known.segments)
    lettered = sorted((text for text in allowed if re.search(r"[^\W\d_]", text)), key=len, reverse=True)
    return re.compile("|".join(whole(text) for text in lettered) or r"(?!)", re.IGNORECASE)


def _name_problems(name: str, called: set[str]) -> Iterator[str]:
    text = clean(name)
    if not 2 <= len(text.split()) <= 3 or len(text) > LONGEST_PERSONA_NAME:
        yield f"name: two or three words, at most {LONGEST_PERSONA_NAME} characters."
    if any(character.isnumeric() for character in text) or "{" in text or _FOREIGN.search(text):
        yield "name: words only, no numbers, references or links."
    if text.casefold() in called:
        yield f'name: "{text}" is already the name of another segment.'


def _shape_problems(persona: PersonaDraft, known: Names, by_id: Mapping[str, Fact]) -> Iterator[str]:
    for field, (fewest, most) in (
        ("bullets", ITEMS), ("rep", ITEMS), ("digital", ITEMS), ("access", ITEMS), ("plan", STEPS)
    ):  # fmt: skip
        if not fewest <= len(getattr(persona, field)) <= most:
            yield f"{field}: {fewest} to {most} entries, not {len(getattr(persona, field))}."
    for number, claim in enumerate(persona.claims):
        unknown = [fact for fact in claim.evidence if fact not in by_id]
        if unknown:
            yield f"claims.{number}: there is no fact {', '.join(unknown)}."
        if claim.feature != "none" and known.column(claim.feature) is None:
            yield f"claims.{number}: there is no feature {claim.feature}."
        if claim.category != "none" and known.value(claim.category) is None:
            yield f"claims.{number}: there is no category {claim.category}."
        if claim.other_segment not in (*known.segments, ALL, "none"):
            yield f"claims.{number}: there is no segment {claim.other_segment}."


def _text_problems(
    text: str, zone: Zone, segment: str, known: Names, by_id: Mapping[str, Fact], spoken: re.Pattern[str]
) -> Iterator[str]:
    text = clean(text)
    if not text:
        yield "empty."
    if len(text) > _LONGEST[zone]:
        yield f"at most {_LONGEST[zone]} characters, not {len(text)}."
    if _FOREIGN.search(text):
        yield "no links, images or HTML."
    for identifier in _REFERENCE.findall(text):
        if identifier not in by_id:
            yield f"there is no fact {identifier}."
            continue
        fact = by_id[identifier]
        for about in (fact.segment, fact.other):
            if about not in (None, ALL, segment) and not _named(known, str(about), text):
                yield f"{identifier} is a fact of {about}, which the sentence does not name."
    rest = _REFERENCE.sub(" ", text)
    if "{{" in rest or "}}" in rest:
        yield "a reference is written {{F001}}, with the id of one fact."
    if _GLUED.search(text):
        yield "a reference brings its own sign and unit; write nothing directly before or after it."
    if zone == "fact":
        number = re.search(r"\S*\d\S*", spoken.sub(" ", rest))
        if number:
            yield f'"{number.group()}" is a number not by reference; write {{{{F...}}}} or leave it out.'


def _named(known: Names, segment: str, text: str) -> bool:
    name = known.segments[segment]
    return any(re.search(whole(way), text, re.IGNORECASE) for way in (segment, name.sent, name.local))


# --- A draft becomes personas -------------------------------------------------------------------


def personas(
    draft: Draft,
    facts: tuple[Fact, ...],
    profile: Profile,
    priorities: Mapping[str, Level],
    *,
    brief: Brief | None = None,
    hide: bool = False,
) -> tuple[Persona, ...]:
    """One persona per segment, in the profile's order, every reference written out and every hidden name
    put back. Levels come from `priorities`, never from the model. Raises Malformed with what is wrong."""
    wrong = problems(draft, facts, profile, brief=brief, hide=hide)
    if wrong:
        raise failed(wrong)
    known = names(profile, hide)
    by_id = {fact.id: fact for fact in facts}
    written = {persona.segment: persona for persona in draft.personas}
    return tuple(
        _persona(written[segment.id], known, by_id, priorities[segment.id]) for segment in profile.segments
    )


def failed(wrong: Mapping[str, tuple[str, ...]]) -> Malformed:
    """The problem to raise for personas that stayed unusable: the first three reasons, and how many more."""
    reasons = [f"{segment} {reason}" for segment, found in wrong.items() for reason in found]
    more = f" (and {len(reasons) - 3} more)" if len(reasons) > 3 else ""
    return malformed("; ".join(reason.rstrip(".") for reason in reasons[:3]) + more)


def _persona(draft: PersonaDraft, known: Names, by_id: Mapping[str, Fact], priority: Level) -> Persona:
    def say(text: str) -> Statement:
        evidence = tuple(dict.fromkeys(_REFERENCE.findall(text)))
        return Statement(_rendered(text, known, by_id), evidence, "gemini")

    def all_of(texts: list[str]) -> tuple[Statement, ...]:
        return tuple(say(text) for text in texts)

    return Persona(
        segment=draft.segment,
        name=_rendered(draft.name, known, by_id),
        tagline=say(draft.tagline),
        bullets=all_of(draft.bullets),
        unique=say(draft.unique),
        limit=say(draft.limit),
        priority=priority,
        priority_why=say(draft.priority_why),
        rep=all_of(draft.rep),
        digital=all_of(draft.digital),
        access=all_of(draft.access),
        plan=tuple(
            PlanStep(*(_rendered(getattr(step, field), known, by_id) for field in StepDraft.model_fields))
            for step in draft.plan
        ),
        interpretation=say(draft.interpretation),
        claims=tuple(_claim(draft.segment, number, c, known) for number, c in enumerate(draft.claims, 1)),
    )


def _rendered(text: str, known: Names, by_id: Mapping[str, Fact]) -> str:
    """The text as people read it: no ornament, hidden names put back, numbers written out."""
    plain = _ORNAMENT.sub("", clean(text)).strip()
    return _REFERENCE.sub(lambda found: by_id[found.group(1)].text, known.localise(plain))


def _claim(segment: str, number: int, draft: ClaimDraft, known: Names) -> Claim:
    def given(text: str) -> str:
        return "" if text == "none" else text

    category = known.value(draft.category)
    return Claim(
        id=f"{segment}-{number}",
        kind=draft.kind,
        segment=segment,
        feature=known.column(draft.feature) or (category[0] if category else ""),
        category=category[1] if category else "",
        comparator=given(draft.comparator),
        other_segment=given(draft.other_segment),
        direction=given(draft.direction),
        magnitude=given(draft.magnitude),
        evidence=tuple(draft.evidence),
    )
