"""The deterministic writer: a persona for each segment from the facts alone, the same every time.

It claims first, like any writer, and goes the same way: claims and items with references (llm.drafts),
written out by the same function. It states nothing that the facts do not hold, contrasts segments with each
other by id ("S2"), and says nothing of groups that exist by nature: the profile's verdict belongs to the
playbook's introduction.
"""

import re
from collections.abc import Sequence

from engine.errors import OptionProblem
from engine.model import Brief, Fact, Persona, Profile
from llm import check as checker
from llm.drafts import Draft, PersonaDraft, referred, rendered
from llm.facts import lookup
from llm.names import names
from llm.offline.advice import Desk
from llm.offline.claims import Line, placed, ref
from llm.offline.joined import combination, depends, extremes, foremost, own_pair, parts, tension
from llm.offline.naming import persona_names
from llm.offline.phrases import Pen
from llm.offline.portrait import Mix, Portrait, Trait, delicate, portraits
from llm.offline.reasons import reason
from llm.offline.taglines import tagline
from llm.pack import load
from llm.priority import priorities, weights_of

BULLETS = 3

_REMAINDER = re.compile(r"(?i)(others?|unknown|missing|n/?a)\b")
"""Values that gather what is left; they say little of a segment."""


def write(profile: Profile, facts: Sequence[Fact], brief: Brief) -> tuple[Persona, ...]:
    """One persona per segment, in the profile's order; equal input gives equal text.

    Raises OptionProblem when the brief names an unknown vocabulary pack or the profile has no segment.
    """
    known, by_id = names(profile), {fact.id: fact for fact in facts}
    levels = {item.segment: item.level for item in priorities(profile, weights_of(brief))}
    return tuple(
        rendered(persona, by_id, known, levels[persona.segment], {}, "offline")
        for persona in draft(profile, facts, brief).personas
    )


def draft(profile: Profile, facts: Sequence[Fact], brief: Brief) -> Draft:
    """The same personas as claims and items, before any number is written out. Raises as `write` does."""
    if not profile.segments:
        raise OptionProblem(
            "A profile with at least one segment is needed.", "It has none.", "Make segments first."
        )
    pack = load(brief.pack)
    drawn = portraits(profile, facts, priorities(profile, weights_of(brief)), pack)
    desk = Desk(pack, brief)
    pen = Pen(profile, lookup(facts), names(profile), pack)

    def sound(segment: str, name: str) -> bool:
        return (
            checker.check_lines((checker.Line(name, segment, "name", name),), profile, facts)[0].verdict
            == "ok"
        )

    titles = persona_names(drawn, desk, pen.claims, sound)
    return Draft(
        personas=[
            _persona(portrait, title, pen, desk, move)
            for portrait, title, move in zip(drawn, titles, desk.moves(drawn), strict=True)
        ]
    )


def _persona(portrait: Portrait, title: Line, pen: Pen, desk: Desk, move: str) -> PersonaDraft:
    pack = desk.pack
    pen.new_page()
    headline = tagline(portrait, pen, desk)
    bullets, told = _bullets(portrait, pen, desk)
    unique = _unique(portrait, pen, desk, told)
    named = {trait.own.id: trait.feature for trait in portrait.traits}
    told += [named[one] for one in referred(unique.text) if one in named]
    limit = (
        pen.limit(portrait, told)
        or depends(portrait, pen, told)
        or pen.limit(portrait)
        or pen.other_limit(portrait, told)
        or _no_limit()
    )
    why = reason(portrait, pen, " ".join(line.text for line in (*bullets, limit)))
    lines = [("name", title), ("tagline", headline)]
    lines += [(f"bullets.{number}", line) for number, line in enumerate(bullets)]
    lines += [("unique", unique), ("limit", limit), ("priority_why", why)]
    return PersonaDraft(
        segment=portrait.segment.id,
        claims=placed(lines),
        name=title.text,
        tagline=headline.text,
        bullets=[line.text for line in bullets],
        unique=unique.text,
        limit=limit.text,
        priority_why=why.text,
        rep=[move, *desk.statements(pack.rep, portrait, 1)],
        digital=list(desk.statements(pack.digital, portrait, 2)),
        access=list(desk.statements(pack.access, portrait, 2)),
        plan=list(desk.plan(portrait)),
        interpretation=desk.statements(pack.interpretation, portrait, 1)[0],
    )


def _bullets(portrait: Portrait, pen: Pen, desk: Desk) -> tuple[tuple[Line, ...], list[str]]:
    """Two or three points of different kinds: the outcome, parts of totals, what pulls apart, what stands out,
    who they are. The strongest difference is always among them; a delicate column may keep out of advice, not
    out of the facts. What differs too little to matter is told only where nothing else is."""
    told: list[str] = []
    found: list[Line] = []

    def add(line: Line | None, *features: str) -> None:
        if line is not None and len(found) < BULLETS:
            found.append(line)
            told.extend(features)

    if portrait.outcome:
        add(pen.mix(portrait.outcome), portrait.outcome.column)
    together = parts(portrait, pen) if portrait.priority.basis != "value" else None
    if together and portrait.position % 3 != 2:
        add(together[0], "")
    kept = own_pair(portrait, pen) or ()
    beside = together[1] if together else ()
    pulled = tension(portrait, pen, (*told, *beside), [trait.feature for trait in kept])
    signature = portrait.signature
    if signature and not (pulled and signature.feature in pulled[1]):
        add(pen.trait(signature), signature.feature)
    if pulled and not (signature and set(told) & set(pulled[1])):
        add(pulled[0], *pulled[1])
    if together and portrait.position % 3 == 2:
        add(together[0], "")
    mix = _telling_mix(portrait, desk)
    if mix and mix.column not in told:
        add(pen.mix(mix, _second(portrait, mix)), mix.column)
    visible = [t for t in portrait.distinct if t.visible]
    while len(found) < BULLETS and (trait := _next(visible, told, desk)):
        add(pen.trait(trait), trait.feature)
    while len(found) < 2 and (trait := _next(portrait.distinct, told, desk)):
        told.append(trait.feature)
        add(pen.trait(trait) if trait.direction != "~" else pen.near(trait), trait.feature)
    return tuple(found) or (_size(portrait, pen),), told


def _unique(portrait: Portrait, pen: Pen, desk: Desk, told: Sequence[str]) -> Line:
    """What no other segment has, alone or together, and who they are where that is not told yet."""
    own = pen.alone(portrait, told, least=0.5)
    if own is None:
        found = combination(portrait, pen, told) or extremes(portrait, pen) or foremost(portrait, pen, told)
        own = found[0] if found else pen.alone(portrait, told)
    if own is None:
        found = combination(portrait, pen) or foremost(portrait, pen)
        own = found[0] if found else pen.between(portrait)
    if own is None:
        return _no_neighbour(portrait, pen)
    mix = _telling_mix(portrait, desk)
    if mix and mix.column not in told and not (own.claims and own.claims[0].category != "none"):
        more = pen.mix(mix, _second(portrait, mix))
        return Line(f"{own.text} {more.text}", own.claims + more.claims)
    return own


def _next(traits: Sequence[Trait], told: Sequence[str], desk: Desk) -> Trait | None:
    """The most telling trait not told yet; delicate columns only where there is nothing else."""
    left = [t for t in traits if t.feature not in told and t.own.text != t.all.text]
    plain = [t for t in left if not delicate(t.feature, t.label, desk.pack)]
    return next(iter(plain or left), None)


def _second(portrait: Portrait, mix: Mix) -> Mix | None:
    """Another value of the same column that is over-represented too and holds a good part of the segment."""
    found = [m for m in portrait.mixes if m.column == mix.column and m is not mix and m.own.value >= 0.2]
    return max(found, key=lambda m: m.own.value, default=None)


def _telling_mix(portrait: Portrait, desk: Desk) -> Mix | None:
    """The category value to tell of: in the most telling column the one that holds most of the segment, unless
    a smaller one is far more of its own."""
    found = [m for m in portrait.mixes if m.strength >= 0.25 and m.own.value >= 0.1]
    found = [m for m in found if not _REMAINDER.match(m.value)]
    first = next((m for m in found if not delicate(m.column, m.label, desk.pack)), None)
    beside = [m for m in found if first and m.column == first.column and m.lift >= 0.7 * first.lift]
    return max(beside, key=lambda m: m.own.value, default=None)


def _size(portrait: Portrait, pen: Pen) -> Line:
    fact = pen.table.get((portrait.segment.id, "", "size", None, None))
    if fact is None:
        return Line(f"A group too small to describe without giving single {pen.pack.accounts} away.")
    return Line(f"The segment holds {ref(fact)} {pen.pack.accounts}.", (pen.claims.size(fact),))


def _no_neighbour(portrait: Portrait, pen: Pen) -> Line:
    if portrait.nearest is None:
        return Line(f"There is one segment, and it holds all {pen.pack.accounts}.")
    return Line(f"Nothing measured separates it from {portrait.nearest}, its nearest neighbour.")


def _no_limit() -> Line:
    return Line("These are averages: a single account may look quite different.")
