"""The deterministic writer: a persona for each segment from the facts alone, the same every time.

It claims first, like any writer, and goes the same way: claims and items with references (llm.drafts),
written out by the same function. It states nothing that the facts do not hold, reads every sentence back with
the checker before it is used, contrasts segments with each other by id ("S2"), and says nothing of groups that
exist by nature: the profile's verdict belongs to the playbook's introduction.
"""

import re
from collections.abc import Sequence

from engine.errors import OptionProblem
from engine.model import Brief, Fact, Persona, Profile
from llm.drafts import Draft, PersonaDraft, referred, rendered
from llm.facts import lookup
from llm.names import names
from llm.offline import sentences as shapes
from llm.offline.advice import Desk
from llm.offline.apart import alone, between
from llm.offline.claims import Line, noun, placed, ref
from llm.offline.conditions import Judge
from llm.offline.joined import combination, extremes, foremost, headroom, parts, tension
from llm.offline.limits import cautious, limit
from llm.offline.naming import persona_names
from llm.offline.phrases import Pen
from llm.offline.portrait import Mix, Portrait, Trait, delicate, portraits, words
from llm.offline.proof import Proof
from llm.offline.reasons import reason
from llm.offline.taglines import tagline, told
from llm.outcomes import LEAVING, WELCOME
from llm.pack import Play, load
from llm.priority import WEIGHTS, priorities, weights_of

BULLETS, FEWEST = 3, 2

_REMAINDER = re.compile(r"(?i)(others?|unknown|missing|n/?a|no\b.*)\b")
"""Values that gather what is left, or say what is not there; they say little of a segment."""


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
    pack, table, proof = load(brief.pack), lookup(facts), Proof(profile, facts)
    drawn = portraits(profile, facts, priorities(profile, weights_of(brief)), pack)
    judge = Judge(pack, table, profile)
    desk = Desk(pack, brief, judge, proof)
    pen = Pen(profile, table, names(profile), pack, proof)
    titles = persona_names(drawn, judge, pen.claims, proof.names_well)
    return Draft(
        personas=[
            _persona(portrait, title, pen, desk, play)
            for portrait, title, play in zip(drawn, titles, desk.plays(drawn), strict=True)
        ]
    )


def _persona(portrait: Portrait, title: Line, pen: Pen, desk: Desk, play: Play) -> PersonaDraft:
    pen.new_page(portrait)
    plain = desk.pack.play[-1]
    headline = tagline(portrait, pen, desk, play)
    stake = tuple(told(play.bullet, portrait, pen, desk, BULLETS, FEWEST))
    own = told(play.unique, portrait, pen, desk, 1)
    warning = next(iter(told(play.caution, portrait, pen, desk, 1)), None)
    known = [column for line in (*stake, *own) for column in _columns(line, portrait.segment.id, pen)]
    bullets = stake
    if not stake:
        bullets, known = _bullets(portrait, pen, desk, play)
    unique = (
        own[0]
        if own
        else _unique(
            portrait, pen, [*known, *(_columns(warning, portrait.segment.id, pen) if warning else ())]
        )
    )
    known += _columns(unique, portrait.segment.id, pen)
    holds_back = cautious(portrait, pen, warning) or limit(portrait, pen, known)
    said = " ".join(line.text for line in (*bullets, holds_back))
    # A play's own reason is written for the weights as they come; other weights are told by their parts.
    reasons = play.why if weights_of(desk.brief) == WEIGHTS else ()
    why = next(iter(told(reasons, portrait, pen, desk, 1)), None) or reason(
        portrait, pen, said, [text for text in reasons if "{" not in text]
    )
    lines = [("name", title), ("tagline", headline)]
    lines += [(f"bullets.{number}", line) for number, line in enumerate(bullets)]
    lines += [("unique", unique), ("limit", holds_back), ("priority_why", why)]
    decision = desk.decide(play, portrait)
    return PersonaDraft(
        segment=portrait.segment.id,
        claims=placed(lines),
        name=title.text,
        tagline=headline.text,
        bullets=[line.text for line in bullets],
        unique=unique.text,
        limit=holds_back.text,
        priority_why=why.text,
        rep=[
            *decision,
            *desk.tell(play.rep, portrait, 2, plain.rep),
        ],
        digital=list(desk.tell(play.digital, portrait, 2, plain.digital)),
        access=[
            *desk.tell(play.access, portrait, 2, plain.access),
            *desk.tell(play.avoid, portrait, 1, plain.avoid),
        ],
        plan=list(desk.plan(play, portrait, " ".join(decision))),
        interpretation=desk.interpretation(play, portrait),
    )


def _bullets(portrait: Portrait, pen: Pen, desk: Desk, play: Play) -> tuple[tuple[Line, ...], list[str]]:
    """Two or three points of different kinds: the outcome, effort against value, what the decision rests on, what
    stands out or pulls apart, who they are. A delicate column may keep out of advice, not out of the facts. What
    differs too little to matter is told only where nothing else is."""
    told: list[str] = []
    found: list[Line] = []

    def add(line: Line | None, *features: str) -> None:
        if line is not None and len(found) < BULLETS:
            found.append(line)
            told.extend(features)

    if portrait.outcome:
        add(pen.outcome(portrait.outcome), portrait.outcome.column)
    together = parts(portrait, pen, desk.judge) if portrait.priority.basis != "value" else None
    if together:
        add(together[0], "", *together[1])
    room = headroom(portrait, pen)
    if room and not portrait.outcome:
        add(room[0], *room[1])
    for one in desk.judge.resting(play.when, portrait):
        if one.feature not in told and one.visible:
            add(pen.trait(one), one.feature)
    signature = portrait.signature
    if signature and signature.feature not in told:
        add(pen.trait(signature), signature.feature)
    pulled = tension(portrait, pen, told)
    if pulled and not set(told) & set(pulled[1]):
        add(pulled[0], *pulled[1])
    mix = _telling_mix(portrait, desk)
    if mix and mix.column not in told:
        add(pen.mix(mix, _second(portrait, mix)), mix.column)
    visible = [t for t in portrait.distinct if t.visible]
    while len(found) < BULLETS and (trait := _next(visible, told, desk)):
        told.append(trait.feature)
        add(pen.trait(trait), trait.feature)
    while len(found) < 2 and (trait := _next(portrait.distinct, told, desk)):
        told.append(trait.feature)
        add(pen.trait(trait) if trait.direction != "~" else pen.near(trait), trait.feature)
    return tuple(found) or (_size(portrait, pen),), told


def _unique(portrait: Portrait, pen: Pen, told: Sequence[str]) -> Line:
    """What no other segment has, alone or together, who they are where that is not told yet, and where they are
    ordinary."""
    own = alone(portrait, pen, told, least=0.5)
    if own is None:
        found = combination(portrait, pen, told) or extremes(portrait, pen) or foremost(portrait, pen, told)
        own = found[0] if found else alone(portrait, pen, told)
    if own is None:
        own = between(portrait, pen)
    if own is None:
        found = combination(portrait, pen) or foremost(portrait, pen)
        own = found[0] if found else _no_neighbour(portrait, pen)
    for find in (_who, _who, _also, _ordinary):
        more = find(portrait, pen, [*told, *_columns(own, portrait.segment.id, pen)])
        if more and pen.fits(f"{own.text} {more.text}", portrait.segment.id):
            own = Line(f"{own.text} {more.text}", own.claims + more.claims)
    return own


def _columns(line: Line, segment: str, pen: Pen) -> list[str]:
    """The columns that a line gives figures of, in their order."""
    given = (pen.by_id[one] for one in referred(line.text))
    return list(dict.fromkeys(fact.feature for fact in given if fact.feature and fact.segment == segment))


def _who(portrait: Portrait, pen: Pen, told: Sequence[str]) -> Line | None:
    """The most telling category value of a column not told yet, and not much like one told."""
    spoken_of = {word for column in told for word in words(column)}
    mixes = [
        mix
        for mix in portrait.mixes
        if mix.column not in told and mix.strength >= 0.2 and mix.own.value >= 0.1
        and not words(mix.column) & spoken_of
        and (mix.value.lower() == "no" or not _REMAINDER.match(mix.value))
        and not words(mix.label) & (WELCOME | LEAVING)
    ]  # fmt: skip
    mixes.sort(key=lambda mix: (delicate(mix.column, mix.label, pen.pack), mix.value.lower() == "no"))
    return pen.mix(mixes[0], means=False) if mixes else None


def _also(portrait: Portrait, pen: Pen, told: Sequence[str]) -> Line | None:
    """One or two further columns on which the segment differs well."""
    more = [t for t in portrait.distinct if abs(t.z) >= 0.35 and t.visible and not t.yes]
    more = [t for t in more if t.feature not in told]
    line = pen.pair(shapes.OTHER_TWO, more[0], more[1]) if len(more) > 1 else None
    return line or (pen.say(shapes.OTHER_ONE, more[0]) if more else None)


def _ordinary(portrait: Portrait, pen: Pen, told: Sequence[str]) -> Line | None:
    """Two columns with a role on which the segment is like all others."""
    plain = [
        t
        for t in portrait.roles.values()
        if t.direction == "~" and abs(t.z) < 0.15 and not t.yes and t.feature not in told
    ]
    if len(plain) < 2:
        return None
    slots = pen.nouns(plain[0].label) | {"n2": noun(plain[1].label)}
    claims = [pen.claims.level(trait) for trait in plain[:2]]
    return pen.line(shapes.ORDINARY_TWO, slots, portrait.segment.id, lambda _: claims)


def _next(traits: Sequence[Trait], told: Sequence[str], desk: Desk) -> Trait | None:
    """The most telling trait not told yet; delicate columns only where there is nothing else."""
    left = [t for t in traits if t.feature not in told and t.own.text != t.all.text]
    plain = [t for t in left if not delicate(t.feature, t.label, desk.pack)]
    return next(iter(plain or left), None)


def _second(portrait: Portrait, mix: Mix) -> Mix | None:
    """Another value of the same column that is over-represented too and holds a good part of the segment."""
    found = [m for m in portrait.mixes if m.column == mix.column and m is not mix and m.own.value >= 0.1]
    found = [m for m in found if not _REMAINDER.match(m.value)]
    return max(found, key=lambda m: m.own.value, default=None)


def _telling_mix(portrait: Portrait, desk: Desk) -> Mix | None:
    """The category value to tell of: in the most telling column the one that holds most of the segment, unless
    a smaller one is far more of its own."""
    found = [m for m in portrait.mixes if m.strength >= 0.25 and m.own.value >= 0.1]
    found = [m for m in found if not _REMAINDER.match(m.value)]
    found = [m for m in found if not words(m.label) & (WELCOME | LEAVING)]
    first = next((m for m in found if not delicate(m.column, m.label, desk.pack)), None)
    beside = [m for m in found if first and m.column == first.column and m.lift >= 0.7 * first.lift]
    return max(beside, key=lambda m: m.own.value, default=None)


def _size(portrait: Portrait, pen: Pen) -> Line:
    fact = pen.table.get((portrait.segment.id, "", "size", None, None))
    if fact is None:
        return Line(f"Nothing can be told of this group without giving single {pen.pack.accounts} away.")
    return Line(f"The segment holds {ref(fact)} {pen.pack.accounts}.", (pen.claims.size(fact),))


def _no_neighbour(portrait: Portrait, pen: Pen) -> Line:
    if portrait.nearest is None:
        return Line(f"There is one segment, and it holds all {pen.pack.accounts}.")
    return Line(f"Nothing measured separates it from {portrait.nearest}, its nearest neighbour.")
