"""Lines that join two columns into one point: parts of totals, tensions between roles, what no other segment
combines. Each is claims first, and true of the figures as displayed."""

import itertools
import math
from collections.abc import Sequence

from engine.model import Fact
from llm.lexicon import NEAR
from llm.offline import sentences as shapes
from llm.offline.claims import Line, ref
from llm.offline.claims import whole as whole_of
from llm.offline.conditions import Judge
from llm.offline.phrases import Pen
from llm.offline.portrait import Portrait, Trait, delicate, words
from llm.priority import MARKET_WORDS

Told = tuple[Line, tuple[str, ...]]
"""A line and the columns it tells of."""

APART_EFFORT = 1.1
"""From this ratio between the part of all contacts and the part of the volume on, it is worth telling."""

STRONG = 0.8
"""From this z on even a delicate column is told of as what sets a segment apart."""

FEW = 0.15
"""Under this part of the accounts a segment is no long list."""

APART = 1.25
"""From this ratio between two parts of totals on, they are worth setting against each other."""

GAP = 0.03
"""From this gap between a part of a total and the part of the accounts on, it is worth telling."""

ORDINARY = (0.9, 1.1)
"""A part of a total over the part of the accounts: between these, neither more nor less than its due."""


def parts(portrait: Portrait, pen: Pen, judge: Judge) -> Told | None:
    """The segment's part of one total against its part of another and of the accounts, the part of all contacts
    against the part of the volume first; None where all are much the same."""
    segment = portrait.segment.id
    size = pen.table.get((segment, "", "size share", None, None))
    found = [(fact, trait) for trait in portrait.traits if (fact := _total(trait, portrait, pen))]
    if size is None or not found:
        return None
    effort, volume, rep = judge.effort(portrait), portrait.roles.get("volume"), portrait.roles.get("rep")
    plain = volume and rep and not portrait.swollen(volume) and not portrait.swollen(rep)
    if effort and volume and rep and plain and effort[0].text != effort[1].text:
        contacts, held = effort
        ratio = contacts.value / held.value
        if ratio >= APART_EFFORT or ratio <= 1 / APART_EFFORT:
            family = shapes.EFFORT_AHEAD if ratio > 1 else shapes.EFFORT_BEHIND
            told = _parts(family, pen, size, (held, volume), (contacts, rep))
            if told:
                return told
    main, trait = _main(found, portrait, size)
    others = [(f, t) for f, t in found if f.text != main.text and not f.text.startswith("under")]
    far = max(others, key=lambda item: (abs(item[0].value - main.value), item[1].feature), default=None)
    if far and _distance(far[0], main) >= math.log(APART) and abs(far[0].value - main.value) >= GAP:
        (high, first), (low, last) = sorted(((main, trait), far), key=lambda item: -item[0].value)
        family = shapes.PARTS_APART if low.value < size.value * ORDINARY[0] else shapes.PARTS_MILD
        told = _parts(family, pen, size, (high, first), (low, last))
        if told:
            return told
    if abs(main.value - size.value) < GAP or main.text == size.text:
        return None
    more = main.value > size.value
    beside = [
        (f, t) for f, t in others
        if (f.value > size.value) == more and abs(f.value - size.value) >= GAP and f.text != size.text
    ]  # fmt: skip
    second = max(beside, key=lambda item: (abs(item[0].value - size.value), item[1].feature), default=None)
    few = size.value < FEW
    both = shapes.PARTS_MORE if more else shapes.PARTS_LESS_FEW if few else shapes.PARTS_LESS
    one = shapes.PART_MORE if more else shapes.PART_LESS_FEW if few else shapes.PART_LESS
    return (second and _parts(both, pen, size, (main, trait), second)) or _parts(
        one, pen, size, (main, trait)
    )


def headroom(portrait: Portrait, pen: Pen) -> Told | None:
    """Of the whole market's volume each account stands for, what is the brand's own: two columns of volume of
    which the one's name says the market and the other's the brand, and a share that is the one over the other."""
    whole, share = portrait.roles.get("volume"), portrait.roles.get("share")
    if whole is None or share is None or whole.own.value <= 0:
        return None
    head = words(whole.label) - MARKET_WORDS
    own = next(
        (t for t in portrait.traits if t is not whole and t.role == "volume" and head and head <= words(t.label)
         and "brand" in words(t.label)), None,
    )  # fmt: skip
    if own is None or abs(own.own.value / whole.own.value - share.own.value) > 0.1:
        return None
    family: tuple[str, ...] = shapes.HEADROOM_HELD
    if share.direction != "+":
        family = shapes.HEADROOM_SMALL if whole.z < -0.5 else shapes.HEADROOM
    line = pen.pair(family, whole, own)
    return (line, (whole.feature, own.feature)) if line else None


def tension(portrait: Portrait, pen: Pen, told: Sequence[str] = ()) -> Told | None:
    """Two roles that pull apart, such as volume above average where contact is not; else the strongest
    high and the strongest low column in one sentence. Columns in `told` are in the persona already."""
    for first, side, second, other, family in shapes.TENSIONS:
        a, b = portrait.roles.get(first), portrait.roles.get(second)
        if a and b and _is(a, side) and _is(b, other) and b.feature not in told:
            line = pen.pair(family, a, b)
            if line:
                return pen.noted(line, b) or line, (a.feature, b.feature)
    plain = [t for t in portrait.distinct if t.visible and not t.yes and t.feature not in told]
    plain = [t for t in plain if not delicate(t.feature, t.label, pen.pack)]
    up = next((t for t in plain if t.direction == "+"), None)
    down = next((t for t in plain if t.direction == "-"), None)
    if up is None or down is None:
        return None
    return _told(pen.noted(pen.pair(shapes.APART, up, down), max(up, down, key=lambda t: abs(t.z))), up, down)


def combination(portrait: Portrait, pen: Pen, told: Sequence[str] = ()) -> Told | None:
    """Two columns, each above or below average, that no other segment has so together, as displayed; one of them
    at least is not in `told`."""
    pair = own_pair(portrait, pen, told)
    return _told(pen.pair(shapes.COMBINATION, *pair), *pair) if pair else None


def _told(line: Line | None, *traits: Trait) -> Told | None:
    return (line, tuple(trait.feature for trait in traits)) if line else None


def own_pair(portrait: Portrait, pen: Pen, told: Sequence[str] = ()) -> tuple[Trait, Trait] | None:
    """The columns of `combination`."""
    roles = list(portrait.roles.values())
    usable = [t for t in portrait.distinct if t.visible and not t.yes]
    usable = [t for t in usable if not delicate(t.feature, t.label, pen.pack)]
    pairs = [pair for pair in itertools.combinations(usable[:6], 2) if _only_together(*pair)]
    pairs = [pair for pair in pairs if not {pair[0].feature, pair[1].feature} <= {*told}]
    return max(pairs, key=lambda pair: _worth(pair[0], pair[1], roles), default=None)


def extremes(portrait: Portrait, pen: Pen) -> Told | None:
    """Two columns on which the segment is the highest or the lowest of all."""
    usable = [t for t in portrait.distinct if t.visible and not t.yes and len(t.order) > 2]
    usable = [t for t in usable if t.z >= STRONG or not delicate(t.feature, t.label, pen.pack)]
    for side, family in (("top", shapes.BOTH_TOP), ("bottom", shapes.BOTH_BOTTOM)):
        found = [t for t in usable if getattr(t, side)]
        if len(found) > 1:
            line = pen.pair(family, found[0], found[1])
            if line:
                claims = (*line.claims, pen.claims.rank(found[0]), pen.claims.rank(found[1]))
                return _told(Line(line.text, claims), found[0], found[1])
    return None


def depends(portrait: Portrait, pen: Pen, told: Sequence[str] = ()) -> Line | None:
    """The total that rests on this segment far beyond its part of the accounts, of a column not in `told`."""
    share = portrait.segment.size_share
    found = [(fact, t) for t in portrait.traits if (fact := _total(t, portrait, pen))]
    found = [
        (f, t) for f, t in found if t.feature not in told and f.value >= max(1.3 * share, min(0.3, 2 * share))
    ]
    if not found:
        return None
    total, trait = max(found, key=lambda item: (item[0].value, item[1].feature))
    size = pen.table[portrait.segment.id, "", "size share", None, None]
    found_line = _parts(shapes.LIMIT_DEPEND, pen, size, (total, trait))
    return pen.noted(found_line[0], trait) if found_line else None


def foremost(portrait: Portrait, pen: Pen, told: Sequence[str] = ()) -> Told | None:
    """The category value that no other segment has as much of, as displayed; no column in `told`."""
    for mix in portrait.mixes:
        if mix.column in told or delicate(mix.column, mix.label, pen.pack) or mix.own.value < 0.1:
            continue
        shares = [
            fact
            for segment in pen.profile.segments
            if segment.id != portrait.segment.id
            and (fact := pen.table.get((segment.id, mix.column, "category share", mix.value, None)))
        ]
        if len(pen.profile.segments) > 1 and all(
            fact.value < mix.own.value and fact.text != mix.own.text for fact in shares
        ):
            line = pen.most(mix)
            if line:
                return line, (mix.column,)
    return None


def _worth(first: Trait, second: Trait, roles: list[Trait]) -> float:
    """How much a pair says: the weaker side counts, opposite sides and roles count more."""
    worth = min(abs(first.z), abs(second.z), 1.0)
    worth *= 1.6 if first.direction != second.direction else 1.0
    return worth * (1.3 if first in roles and second in roles else 1.0)


def _only_together(first: Trait, second: Trait) -> bool:
    both = first.company & second.company
    return both == {first.own.segment} and min(len(first.company), len(second.company)) > 1


def _is(trait: Trait, side: str) -> bool:
    """ "+" clearly above, "-" clearly below, "!" not above, "~" close to average, all as displayed."""
    if side == "!":
        return trait.z < NEAR / 2 and (trait.own.value <= trait.all.value or trait.own.text == trait.all.text)
    if side == "~":
        return trait.direction == "~"
    return trait.direction == side and trait.visible


def _total(trait: Trait, portrait: Portrait, pen: Pen) -> Fact | None:
    """The segment's part of a total worth telling; none that a few accounts carry."""
    if trait.role not in ("volume", "rep") and trait.unit != "currency":
        return None
    if delicate(trait.feature, trait.label, pen.pack) and trait is not portrait.signature:
        return None
    if portrait.swollen(trait):
        return None
    return pen.table.get((portrait.segment.id, trait.feature, "total share", None, None))


def _main(found: list[tuple[Fact, Trait]], portrait: Portrait, size: Fact) -> tuple[Fact, Trait]:
    """The part of the volume that leads; where there is none, the part furthest from its due."""
    volume = portrait.roles.get("volume")
    led = next((item for item in found if item[1] is volume), None)
    return led or max(found, key=lambda item: (abs(item[0].value - size.value), item[1].feature))


def _distance(first: Fact, second: Fact) -> float:
    if min(first.value, second.value) <= 0:
        return 0.0
    return abs(math.log(first.value / second.value))


def _parts(family: tuple[str, ...], pen: Pen, size: Fact, *told: tuple[Fact, Trait]) -> Told | None:
    slots = {"size_share": ref(size), "accounts": pen.pack.accounts}
    for number, (fact, trait) in enumerate(told, 1):
        slots |= {f"t{number}": ref(fact), f"whole{number}": whole_of(trait.label)}
        contact = trait.role == "rep"
        slots["verb2" if number > 1 else "verb"] = pen.verb(trait, "take" if contact else "hold")
    claims = tuple(pen.claims.part(fact, size) for fact, _ in told)
    line = pen.line(family, slots, size.segment, lambda _: claims)
    return _told(line, *(t for _, t in told))
