"""The deterministic writer: a persona for each segment from the facts alone, the same every time.

It states nothing that the facts do not hold, contrasts segments with each other by id ("S2"), and says
nothing of groups that exist by nature: the profile's verdict belongs to the playbook's introduction.
"""

from collections.abc import Sequence

from engine.errors import OptionProblem
from engine.model import Brief, Claim, Fact, Persona, Profile, Statement
from llm.facts import lookup
from llm.offline.advice import Desk
from llm.offline.naming import persona_names
from llm.offline.phrases import Pen
from llm.offline.portrait import Mix, Portrait, Trait, delicate, portraits
from llm.offline.reasons import reason
from llm.offline.taglines import tagline
from llm.pack import load
from llm.priority import priorities, weights_of

BULLETS = 3


def write(profile: Profile, facts: Sequence[Fact], brief: Brief) -> tuple[Persona, ...]:
    """One persona per segment, in the profile's order; equal input gives equal text.

    Raises OptionProblem when the brief names an unknown vocabulary pack or the profile has no segment.
    """
    if not profile.segments:
        raise OptionProblem(
            "A profile with at least one segment is needed.", "It has none.", "Make segments first."
        )
    pack = load(brief.pack)
    drawn = portraits(profile, facts, priorities(profile, weights_of(brief)), pack)
    desk = Desk(pack, brief)
    pen = Pen(profile, lookup(facts), pack)
    names = persona_names(drawn, desk)
    return tuple(
        _persona(portrait, name, pen, desk, claims, move)
        for portrait, (name, claims), move in zip(drawn, names, desk.moves(drawn), strict=True)
    )


def _persona(
    portrait: Portrait, name: str, pen: Pen, desk: Desk, claims: tuple[Claim, ...], move: Statement
) -> Persona:
    pack = desk.pack
    pen.new_page()
    headline = tagline(portrait, pen, desk)
    bullets, told = _bullets(portrait, pen, desk)
    return Persona(
        segment=portrait.segment.id,
        name=name,
        tagline=headline,
        bullets=bullets,
        unique=pen.between(portrait, told) or _no_neighbour(portrait, pen),
        limit=pen.limit(portrait, told) or _no_limit(),
        priority=portrait.priority.level,
        priority_why=reason(portrait, pen),
        rep=(move, *desk.statements(pack.rep, portrait, 1)),
        digital=desk.statements(pack.digital, portrait, 2),
        access=desk.statements(pack.access, portrait, 2),
        plan=desk.plan(portrait),
        interpretation=desk.statements(pack.interpretation, portrait, 1)[0],
        claims=claims,
    )


def _bullets(portrait: Portrait, pen: Pen, desk: Desk) -> tuple[tuple[Statement, ...], list[str]]:
    """Two or three facts of different kinds: what they do most, what they do least, who they are. The
    strongest difference is always among them; a delicate column may keep out of advice, not out of the facts."""
    told: list[str] = []
    found: list[Statement] = []

    def add(statement: Statement | None, feature: str) -> None:
        if statement is not None and len(found) < BULLETS:
            found.append(statement)
            told.append(feature)

    clear = [t for t in portrait.distinct if t.direction != "~"]
    first = _next(clear, told, desk)
    if first:
        add(pen.trait(first), first.feature)
    contrast = [t for t in clear if first and t.direction != first.direction and abs(t.z) >= 0.3]
    second = _next(contrast or clear, told, desk)
    if portrait.signature and portrait.signature.feature not in told:
        second = portrait.signature
    if second:
        add(pen.trait(second), second.feature)
    value = pen.value(portrait)
    mix = _telling_mix(portrait, desk)
    value_first = portrait.position % 2 == 0 and portrait.priority.basis != "value"
    if value and value_first:
        add(value, "")
    if mix:
        add(pen.mix(mix), mix.column)
    if value and not value_first:
        add(value, "")
    for trait in (*clear, *(t for t in portrait.distinct if t.direction == "~")):
        if len(found) >= BULLETS:
            break
        if trait.feature not in told:
            add(pen.trait(trait) if trait.direction != "~" else pen.near(trait), trait.feature)
    return tuple(found) or (_size(portrait, pen),), told


def _next(traits: Sequence[Trait], told: Sequence[str], desk: Desk) -> Trait | None:
    """The most telling trait not told yet; delicate columns only where there is nothing else."""
    left = [t for t in traits if t.feature not in told and t.own.text != t.all.text]
    plain = [t for t in left if not delicate(t.feature, t.label, desk.pack)]
    return next(iter(plain or left), None)


def _telling_mix(portrait: Portrait, desk: Desk) -> Mix | None:
    found = [m for m in portrait.mixes if m.strength >= 0.25 and m.own.value >= 0.1]
    return next((m for m in found if not delicate(m.column, m.label, desk.pack)), None)


def _size(portrait: Portrait, pen: Pen) -> Statement:
    fact = pen.table.get((portrait.segment.id, "", "size", None, None))
    if fact is None:
        return Statement(f"Too few {pen.pack.accounts} to describe without giving single ones away.")
    return Statement(f"The segment holds {fact.text} {pen.pack.accounts}.", (fact.id,))


def _no_neighbour(portrait: Portrait, pen: Pen) -> Statement:
    if portrait.nearest is None:
        return Statement(f"There is one segment, and it holds all {pen.pack.accounts}.")
    return Statement(f"Nothing measured separates it from {portrait.nearest}, its nearest neighbour.")


def _no_limit() -> Statement:
    return Statement("These are averages: a single account may look quite different.")
