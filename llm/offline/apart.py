"""What parts a segment from the others: the column that is its own, and the difference from its nearest neighbour."""

from collections.abc import Sequence

from llm.offline import sentences as shapes
from llm.offline.claims import Line, ref
from llm.offline.neighbours import gap
from llm.offline.phrases import Pen
from llm.offline.portrait import Portrait, Trait, delicate
from llm.priority import lead


def alone(portrait: Portrait, pen: Pen, told: Sequence[str] = (), least: float = 0.0) -> Line | None:
    """The column that only this segment has above, or below, average as displayed, where its z is at
    least `least` either way; first of all one that is not in `told`, those already in the persona."""
    found = [
        t
        for t in portrait.distinct
        if not t.yes and abs(t.z) >= least and t.company == {portrait.segment.id} and _nearby(t, portrait)
    ]
    if portrait.nearest is None:
        return None
    for best in sorted(found, key=lambda t: (not t.visible, t.feature in told)):
        family: tuple[str, ...] = shapes.UNIQUE_ONLY_UP if best.direction == "+" else shapes.UNIQUE_ONLY_DOWN
        line = pen.say(family, best, near=portrait.nearest)
        if line:
            return line
    return None


def between(portrait: Portrait, pen: Pen) -> Line | None:
    """What parts the segment from its nearest neighbour most plainly."""
    either = dict.fromkeys((*portrait.roles.values(), *portrait.distinct))
    parting = [t for t in either if not t.yes and _nearby(t, portrait)]
    for best in sorted(parting, key=lambda t: (-_parting(t, portrait, pen), t.feature)):
        line = _between_medians(best, portrait, pen) or pen.say(
            shapes.UNIQUE_BETWEEN, best, near=portrait.nearest
        )
        if line:
            return line
    return None


def _between_medians(trait: Trait, portrait: Portrait, pen: Pen) -> Line | None:
    near = portrait.nearest or ""
    other = pen.table.get((near, trait.feature, "median", None, None))
    if not trait.lopsided or trait.median is None or other is None or other.text == trait.median.text:
        return None
    slots = pen.slots(trait) | {"median": ref(trait.median), "near": near, "near_median": ref(other)}
    claims = [pen.claims.level(trait, trait.median, other)]
    return pen.line(shapes.UNIQUE_BETWEEN_TYPICAL, slots, trait.own.segment, lambda _: claims)


def _nearby(trait: Trait, portrait: Portrait) -> bool:
    other = next((fact for fact in trait.order if fact.segment == portrait.nearest), None)
    return other is not None and other.text != trait.own.text


def _parting(trait: Trait, portrait: Portrait, pen: Pen) -> float:
    """How far the two lie apart, in columns with a role and in plain ones first."""
    other = pen.profile.segment(portrait.nearest or "")
    if other is None:
        return 0.0
    apart = gap(pen.profile, trait.feature, portrait.segment, other)
    apart *= 1.25 if trait.feature == lead(pen.profile, trait.role) else 1.0
    return apart * (0.5 if delicate(trait.feature, trait.label, pen.pack) else 1.0)
