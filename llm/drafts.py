"""What a writer must return, and the way from there to personas.

Claims come first, each naming the item that rests on it; then the items, whose numbers are references
such as `{{F017}}`, written out here from the facts. The shapes are flat, every field is required text, and
the only closed choices are enums of text: Gemini refuses or loops on deep schemas, optional fields, number
fields and maxItems. Nothing a model wrote is ever repaired: it is right, or it is asked for again. The
offline writer returns the same shapes and goes the same way.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from engine.model import Claim, Fact, Level, Persona, PlanStep, Source, Statement
from llm.names import Names, clean
from llm.wire import malformed


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ClaimDraft(_Shape):
    """One checkable statement. `item` is the place of the text that rests on it ("name", "tagline",
    "bullets.0", ...). Of kind "rank", above means the highest of all segments and below the lowest."""

    id: str
    item: str
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


class _OfSegment(_Shape):
    segment: str


class OutlineDraft(_OfSegment):
    """What is claimed of a segment, and the name that the claims justify."""

    claims: list[ClaimDraft]
    name: str


class ProseDraft(_OfSegment):
    """The texts of a segment's persona, written from its claims."""

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


class PersonaDraft(ProseDraft, OutlineDraft):
    """Both. The order of the fields is the order of writing: evidence first, then what rests on it."""


class MendedItem(_Shape):
    segment: str
    where: str
    text: str


class MendedClaim(ClaimDraft):
    segment: str


class Outlines(_Shape):
    """One reply: claims and a name for each segment asked for."""

    personas: list[OutlineDraft]


class Prose(_Shape):
    """One reply: the texts of each segment asked for."""

    personas: list[ProseDraft]


class Draft(_Shape):
    """One reply: a whole persona for each segment asked for."""

    personas: list[PersonaDraft]


class Mended(_Shape):
    """One reply: the items and claims that were sent back, put right."""

    items: list[MendedItem]
    claims: list[MendedClaim]


Shape = TypeVar("Shape", bound=BaseModel)


# --- Text becomes a draft -----------------------------------------------------------------------


def parse(text: str, shape: type[Shape]) -> Shape:
    """The draft in a reply. Fences and chatter around the outermost JSON object are dropped, and nothing
    in it is mended. Raises Malformed."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise malformed("there was no JSON in it")
    try:
        content = json.loads(text[start : end + 1], object_pairs_hook=_each_once)
        return shape.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"] if isinstance(step, int) or step in _FIELDS)
        raise malformed(f"{place or 'a field'}: {first['msg'].lower()}") from None
    except (ValueError, RecursionError):
        raise malformed("its JSON was broken") from None


_FIELDS = {
    field
    for shape in (ClaimDraft, StepDraft, PersonaDraft, MendedItem, Mended, Draft)
    for field in shape.model_fields
}
"""Only our own field names are told of a bad reply, never a key that a model made up."""


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


# --- Items by their place -----------------------------------------------------------------------

Zone = Literal["name", "fact", "advice", "plan", "interpretation"]

LANES = ("rep", "digital", "access")
_ALONE: Mapping[str, Zone] = {
    "name": "name", "tagline": "fact", "unique": "fact", "limit": "fact", "priority_why": "fact",
    "interpretation": "interpretation",
}  # fmt: skip


def items(persona: PersonaDraft) -> Iterator[tuple[str, str, Zone]]:
    """Every text of a persona: its place ("bullets.0", "plan.1.topic"), the text and its zone."""
    for field, zone in _ALONE.items():
        yield field, getattr(persona, field), zone
    for number, text in enumerate(persona.bullets):
        yield f"bullets.{number}", text, "fact"
    for lane in LANES:
        for number, text in enumerate(getattr(persona, lane)):
            yield f"{lane}.{number}", text, "advice"
    for number, step in enumerate(persona.plan):
        for field in StepDraft.model_fields:
            yield f"plan.{number}.{field}", getattr(step, field), "plan"


def with_items(persona: PersonaDraft, texts: Mapping[str, str]) -> PersonaDraft:
    """The persona with these texts at their places. Places it does not have are passed over."""
    content = persona.model_dump()
    there = {where for where, _, _ in items(persona)}
    for where, text in texts.items():
        if where in there:
            field, *rest = where.split(".")
            if not rest:
                content[field] = text
            elif len(rest) == 1:
                content[field][int(rest[0])] = text
            else:
                content[field][int(rest[0])][rest[1]] = text
    return PersonaDraft.model_validate(content)


# --- A draft becomes a persona ------------------------------------------------------------------

REFERENCE = re.compile(r"\{\{\s*(F\d+)\s*\}\}")
_ORNAMENT = re.compile(r"\*\*|__|`|^[\s>#*•-]+(?=\S)")
_APART = "\u2060"
"""Stands between two braces that are no reference but part of somebody's header."""


def referred(text: str) -> tuple[str, ...]:
    """The ids of the facts that a text refers to, each once."""
    return tuple(dict.fromkeys(REFERENCE.findall(text)))


def literal(text: str) -> str:
    """Somebody's text made safe to stand in an item: two braces in it begin no reference."""
    return text.replace("{{", "{" + _APART + "{")


def localised(persona: PersonaDraft, known: Names) -> PersonaDraft:
    """A model's persona as people here read it: no ornament, and every name that was hidden put back."""

    def here(text: str) -> str:
        return known.localise(_ORNAMENT.sub("", clean(text)).strip(), literal)

    return with_items(persona, {where: here(text) for where, text, _ in items(persona)})


def rendered(
    draft: PersonaDraft,
    facts: Mapping[str, Fact],
    known: Names,
    priority: Level,
    sources: Mapping[str, Source],
    source: Source,
) -> Persona:
    """The persona with every reference written out. `sources` are those of single places ("bullets.1",
    "plan"), `source` that of all others. An item's evidence is what it refers to and what its claims rest on.
    Raises KeyError for a reference to no fact, which llm.gate does not let pass."""

    def written(text: str) -> str:
        return REFERENCE.sub(lambda found: facts[found.group(1)].text, text).replace(_APART, "")

    def say(where: str, text: str) -> Statement:
        claimed = (fact for claim in draft.claims if claim.item == where for fact in claim.evidence)
        evidence = tuple(dict.fromkeys((*referred(text), *claimed)))
        return Statement(written(text), evidence, sources.get(where, source))

    def several(field: str) -> tuple[Statement, ...]:
        return tuple(say(f"{field}.{n}", text) for n, text in enumerate(getattr(draft, field)))

    return Persona(
        segment=draft.segment,
        name=written(draft.name),
        tagline=say("tagline", draft.tagline),
        bullets=several("bullets"),
        unique=say("unique", draft.unique),
        limit=say("limit", draft.limit),
        priority=priority,
        priority_why=say("priority_why", draft.priority_why),
        rep=several("rep"),
        digital=several("digital"),
        access=several("access"),
        plan=tuple(
            PlanStep(*(written(getattr(step, field)) for field in StepDraft.model_fields))
            for step in draft.plan
        ),
        interpretation=say("interpretation", draft.interpretation),
        claims=tuple(_claim(draft.segment, claim, known) for claim in draft.claims),
        plan_source=sources.get("plan", source),
    )


def _claim(segment: str, draft: ClaimDraft, known: Names) -> Claim:
    def given(text: str) -> str:
        return "" if text == "none" else text

    category = known.value(draft.category)
    return Claim(
        id=f"{segment} {draft.item} {draft.id}",
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
