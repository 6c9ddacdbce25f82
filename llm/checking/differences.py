"""Which side of another value a figure lies on: what makes a figure a difference rather than a level.

A figure is a difference by the comparative beside it ("93 seconds shorter", "up 8 points on S2", "an extra $43"),
by a sign ("+8 pts"), by a "by" behind a word of comparison, or by a noun for a distance ("a lead of 8 points").
"""

from collections.abc import Sequence

from llm.checking.items import Item
from llm.checking.numerals import Number
from llm.checking.reading import Clause

_COMPARED = frozenset({"than", "all", "segment-name", "rest", "another"})
_RISEN = {"up": 1, "down": -1}
_LED_BY = frozenset({"on", "than", "of"})
_ADDED = {"extra": 1, "additional": 1, "surplus": 1, "excess": 1, "missing": -1}
"""Words before a figure that make it a difference where the clause compares: "an extra $43 against S2"."""
_NEARER = frozenset({"closer", "nearer"})
_BY_SIDE = frozenset({"behind", "ahead", "above", "below", "ahead of", "short of"})


def difference(clause: Clause, at: int, number: Number) -> int | None:
    """The sign of the difference that the figure gives, 0 where only its size is said; None for a level."""
    items = clause.items
    beside = _graded_behind(items, at, number)
    if beside is not None:
        return beside or None
    risen = _risen(clause, at)
    if risen:
        return risen
    signed = items[at - 1].low if at else ""
    if number.unit == "points" and signed in ("plus", "minus"):
        return 1 if signed == "plus" else -1
    before = list(items[max(0, at - 3) : at])
    owned = bool(before) and before[-1].kind == "segment-name"
    by = (any(i.kind == "by" for i in before) and not owned) or (bool(before) and before[-1].low == "by")
    if by:
        told = [
            i
            for i in items[:at]
            if i.kind == "relation" and i.sense and (i.sense.grade == "comparative" or i.sense.verb)
        ]
        if told:
            return told[-1].sense.sign if told[-1].sense else 0
        return (
            0
            if any(i.kind in ("gap", "near", "relation") for i in items[:at]) or number.unit == "points"
            else None
        )
    gap = _distance(clause, at)
    if gap is not None:
        return gap.sense.sign if gap.sense is not None else 0
    return 0 if number.unit == "points" else None


def _graded_behind(items: Sequence[Item], at: int, number: Number) -> int | None:
    """The side that the comparative behind the figure gives; 0 where it makes the figure no difference after all
    ("100 or more"), None where there is none."""
    place = at + 1
    while place < len(items) and items[place].kind in ("glue", "strong", "slight", "mean"):
        place += 1
    if place + 1 < len(items) and items[place].kind == "feature" and items[place + 1].low in _BY_SIDE:
        place += 1
    after = items[place] if place < len(items) else None
    if after is None or after.glued:
        return None
    if after.low in _NEARER and number.unit in _CLOCK and _compares(items[place:]):
        return -1
    sense = after.sense
    if sense is None or not sense.sign or sense.verb:
        return None
    graded = after.kind == "relation" and sense.grade == "comparative"
    if not graded and not (after.kind == "hedge" and after.low.split()[0] in _BOUNDS):
        return None
    if after.low == "more" and place + 1 < len(items) and items[place + 1].low == "or":
        return 0
    if after.low in ("over", "under") and not _compares(items[place + 1 : place + 6]):
        return 0
    return sense.sign


_BOUNDS = frozenset({"more", "less", "fewer", "higher", "lower", "greater", "larger", "smaller", "above", "below",
                     "over", "under", "short", "shy", "beyond"})  # fmt: skip
_CLOCK = frozenset({"days", "months", "weeks", "years", "hours", "minutes", "seconds"})


def _compares(items: Sequence[Item]) -> bool:
    return any(i.kind in _COMPARED or i.kind == "self" or i.low in ("average", "mean") for i in items)


def _risen(clause: Clause, at: int) -> int:
    """The side of "up 8 points on S2", "8% down on the base" and "an extra $43 than", 0 without one."""
    items = clause.items
    if not clause.has(*_COMPARED, "mean"):
        return 0
    place = at - 1
    while place >= 0 and (
        items[place].kind in ("hedge", "glue", "strong", "slight") or items[place].low in _SOME
    ):
        place -= 1
    before = items[place].low if place >= 0 else ""
    if before in _ADDED and items[place].kind in ("word", "gap"):
        return _ADDED[before]
    behind = items[at + 1 : at + 3]
    if before in _RISEN and (not behind or behind[0].kind in _LED_BY or behind[0].kind == "mark"):
        return _RISEN[before]
    led = len(behind) > 1 and behind[0].low in _RISEN and behind[1].kind in _LED_BY
    return _RISEN[behind[0].low] if led else 0


_SOME = frozenset({"a", "an", "some", "by"})


def _distance(clause: Clause, at: int) -> Item | None:
    """The noun of a distance that the figure measures: the nearest within four words, or the one of a clause that
    has no other figure."""
    items = clause.items
    found = [(abs(n - at), n) for n, item in enumerate(items) if item.kind == "gap"]
    if not found:
        return None
    apart, place = min(found)
    alone = sum(item.number is not None for item in items) == 1
    return items[place] if apart <= 4 or (alone and place < at) else None


def signed(clause: Clause, number: Number) -> int:
    """The side that a sign before the figure gives: "-11 pts vs. base", "+8 %"; 0 without one."""
    mark = number.text[:1]
    compared = number.unit == "points" or clause.has("than", "all", "mean", "segment-name")
    return (1 if mark == "+" else -1 if mark in ("-", "−", "–") else 0) if compared else 0


def polar(clause: Clause, at: int) -> bool:
    """Whether better or worse says which side: "five points worse than average"."""
    return any(
        i.kind == "relation" and i.sense is not None and i.sense.polar for i in clause.items[at + 1 : at + 3]
    )
