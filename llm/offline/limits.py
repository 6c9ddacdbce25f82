"""What holds a segment back: the unfavourable or limiting fact, and what follows from it for the plan."""

from collections.abc import Iterator, Sequence

from llm.drafts import referred
from llm.offline import sentences as shapes
from llm.offline.claims import Line, ref, whole
from llm.offline.joined import depends
from llm.offline.phrases import Pen
from llm.offline.portrait import FAR, SKEWED, Portrait, Trait, delicate

LOPSIDED = 2.5
"""A mean this many times the median is worth a warning before any other limit."""

HEAVY = 1.5
"""From this ratio of a part of a total to the part of the accounts on, a segment is not small in every sense."""


def limit(portrait: Portrait, pen: Pen, told: Sequence[str]) -> Line:
    """The first limit that holds, of a column not in `told` where there is one."""
    for found in _all(portrait, pen, told):
        if found is not None:
            return found
    return Line("These are averages: a single account may look quite different.")


def cautious(portrait: Portrait, pen: Pen, warning: Line | None) -> Line | None:
    """A play's warning, behind what a few accounts hold of a column where the warning gives no median itself."""
    trait = portrait.few
    if trait is None or (warning and _gives_median(warning, trait, pen)):
        return warning
    line = pen.median(shapes.LIMIT_FEW, trait)
    if line is None or warning is None:
        return line or warning
    both = f"{line.text} {warning.text}"
    return Line(both, line.claims + warning.claims) if pen.fits(both, portrait.segment.id) else line


def _gives_median(line: Line, trait: Trait, pen: Pen) -> bool:
    given = (pen.by_id[one] for one in referred(line.text))
    return any(fact.feature == trait.feature and fact.statistic == "median" for fact in given)


def _all(portrait: Portrait, pen: Pen, told: Sequence[str]) -> Iterator[Line | None]:
    yield _skew(portrait, pen, LOPSIDED)
    yield from _unfavourable(portrait, pen, told)
    yield _thin(portrait, pen, told)
    yield depends(portrait, pen, told)
    yield from _unfavourable(portrait, pen, ())
    yield from _other(portrait, pen, told)


def _unfavourable(portrait: Portrait, pen: Pen, told: Sequence[str]) -> Iterator[Line | None]:
    """What is low where more is better, high where less is, or a share that is high already."""
    options: list[tuple[float, int, tuple[str, ...], Trait]] = []
    for place, trait in enumerate(t for t in portrait.distinct if not t.yes and t.visible):
        if trait.feature in told:
            continue
        if trait.role == "share" and trait.direction == "+":
            options.append((0.9 * trait.z, -place, shapes.LIMIT_SHARE, trait))
        elif trait.direction == "-" and trait.welcome > 0:
            options.append((-trait.z, -place, shapes.LIMIT_LOW, trait))
        elif trait.direction == "+" and trait.welcome < 0:
            options.append((trait.z, -place, shapes.LIMIT_HIGH, trait))
    options.sort(key=lambda option: option[:2], reverse=True)
    low = [trait for _, _, family, trait in options if family is shapes.LIMIT_LOW]
    if len(low) > 1 and low[0].role != low[1].role:
        yield pen.noted(pen.pair(shapes.LIMIT_TWO_LOW, low[0], low[1]), low[0])
    for _, _, family, trait in options:
        line = pen.say(family, trait)
        yield line if family is shapes.LIMIT_SHARE else pen.noted(line, trait)


def _thin(portrait: Portrait, pen: Pen, told: Sequence[str]) -> Line | None:
    """A part of a total that falls short of the part of the accounts, averages that a few accounts carry, or a
    small segment."""
    segment = portrait.segment.id
    size = pen.table.get((segment, "", "size", None, None))
    share = pen.table.get((segment, "", "size share", None, None))
    parts = [
        (fact.value / share.value, trait, fact)
        for trait in portrait.distinct
        if (trait.unit == "currency" or trait.welcome > 0 or trait is portrait.roles.get("volume"))
        and "" not in told
        and trait.feature not in told
        and share and (fact := pen.table.get((segment, trait.feature, "total share", None, None)))
        and not delicate(trait.feature, trait.label, pen.pack)
    ]  # fmt: skip
    ratio, trait, total = min(parts, key=lambda item: item[0], default=(1.0, None, None))
    if share and trait and total and ratio <= 0.7 and share.value - total.value >= 0.03:
        slots = pen.nouns(trait.label) | {
            "total": ref(total),
            "size_share": ref(share),
            "whole": whole(trait.label),
        }
        claim = pen.claims.part(total, share)
        return pen.line(shapes.LIMIT_PART, slots, segment, lambda _: [claim])
    skewed = _skew(portrait, pen, SKEWED)
    if skewed:
        return skewed
    heavy = any(
        (t.total_share or 0) >= HEAVY * portrait.segment.size_share
        for t in portrait.segment.features.values()
    )
    if size and share and "" not in told and not heavy and share.value * len(pen.profile.segments) < 0.6:
        slots = pen.nouns("") | {"size": ref(size), "size_share": ref(share)}
        return pen.line(shapes.LIMIT_SIZE, slots, segment, lambda _: [pen.claims.size(size, share)])
    return None


def _other(portrait: Portrait, pen: Pen, told: Sequence[str]) -> Iterator[Line | None]:
    """A limiting fact where none is unfavourable: a low count, an average that says little."""
    numeric = [t for t in portrait.distinct if not t.yes]
    yield _skew(portrait, pen, SKEWED, ("+", "~", "-"))
    low = [t for t in numeric if t.direction == "-" and t.welcome == 0 and t.visible]
    low = [t for t in low if t.role == "volume" or not delicate(t.feature, t.label, pen.pack)]
    low.sort(key=lambda t: (delicate(t.feature, t.label, pen.pack), t.feature in told))
    yield from (pen.say(shapes.LIMIT_NEUTRAL, trait) for trait in low[:2])
    plain = [t for t in numeric if t.direction == "~" and t.feature not in told]
    if len(plain) < len(numeric):
        yield from (pen.say(shapes.LIMIT_ORDINARY, trait) for trait in plain[:2])
    high = [t for t in numeric if t.direction == "+" and (median := t.median) and median.text != t.own.text]
    yield from (pen.median(shapes.LIMIT_MEDIAN, trait) for trait in high[:2])
    flat = min(numeric, key=lambda t: t.z, default=None)
    if flat is not None and flat.direction == "~":
        yield pen.say(shapes.LIMIT_FLAT, flat)
    yield from (pen.say(shapes.PLAIN, trait) for trait in numeric)


def _skew(portrait: Portrait, pen: Pen, least: float, sides: Sequence[str] = ("+",)) -> Line | None:
    """The count or sum whose average a few accounts lift furthest above the median, on one of the sides."""
    uneven = [
        t
        for t in portrait.traits
        if t.direction in sides and not t.yes and t.unit in ("count", "currency")
        and t.role in ("volume", "other") and not delicate(t.feature, t.label, pen.pack)
        and (median := t.median) and median.text != t.own.text
        and t.own.value > least * median.value > 0
    ]  # fmt: skip
    skewed = max(uneven, key=lambda t: t.own.value / _middle(t), default=None)
    if skewed is None:
        return None
    mild = skewed.own.value < FAR * _middle(skewed)
    return pen.median(shapes.LIMIT_SKEW_MILD if mild else shapes.LIMIT_SKEW, skewed)


def _middle(trait: Trait) -> float:
    return trait.median.value if trait.median else trait.own.value
