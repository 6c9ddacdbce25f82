"""Words of level that need their column: "they shun rep visits", "rep visits abound".

A word or phrase of the kind "tied" becomes a relation of the column right beside it, but where another word of
its stretch says how much ("they skip calls less often").
"""

from collections.abc import Sequence
from dataclasses import replace

from llm.checking.items import LEADS, Item, column_before
from llm.checking.tokens import word_set

_BORDERS = frozenset({".", ";", ":", ",", "!", "?", "(", ")", "–", "—"})
_SELDOM = frozenset({
    "rarely", "seldom", "hardly ever", "scarcely ever", "barely ever", "almost never", "infrequently", "sparingly",
})  # fmt: skip
_ASKED = word_set("how too in that this times")
"""Words before "many" that ask or multiply: "how many", "three times as many"."""
_DEGREES = word_set("more less most least much little fewer")
_OFTEN = word_set("often frequently regularly always routinely usually commonly heavily")


def tie(items: Sequence[Item], at: int) -> None:
    """Give the item its column, or take its sense away."""
    item = items[at]
    behind = _behind(items, at)
    column = behind or column_before(items[:at])
    counted = item.low == "many" and at > 0 and (items[at - 1].kind == "times" or items[at - 1].low in _ASKED)
    if column is None or item.sense is None or counted or _told_otherwise(items, at):
        if column is not None and item.sense is not None and item.sense.sign < 0:
            _turn_degrees(items, at)
        item.kind, item.sense, item.other = "glue" if " " in item.low else "word", None, ()
        return
    sense = replace(item.sense, kind="relation" if item.sense.sign else "near")
    before = items[at - 1] if at else None
    if behind is not None and before is not None and before.low in _SELDOM:
        sense, before.kind = replace(sense, sign=-sense.sign), "glue"
    elif behind is not None and before is not None and before.low in _OFTEN:
        before.kind = "glue"
    item.kind, item.sense, item.other, item.tied = sense.kind, sense, (), column


def _behind(items: Sequence[Item], at: int) -> Item | None:
    for item in items[at + 1 : at + 4]:
        if item.kind == "feature" and item.strong:
            return item
        if item.low not in LEADS:
            return None
    return None


def _told_otherwise(items: Sequence[Item], at: int) -> bool:
    """Whether another word of the stretch says how much."""
    sense = items[at].sense
    level = sense is not None and not sense.sign
    return any(
        other.low.split()[0] in _DEGREES
        or other.kind in ("near", "over", "under")
        or (level and other.kind in ("relation", "number", "place", "tied"))
        for other in stretch(items, at)
    )


def _turn_degrees(items: Sequence[Item], at: int) -> None:
    """Whoever skips calls less often has more of them."""
    for other in stretch(items, at):
        if other.kind == "relation" and other.sense is not None and other.low.split()[0] in _DEGREES:
            other.sense = replace(other.sense, sign=-other.sense.sign)


def stretch(items: Sequence[Item], at: int) -> list[Item]:
    """The items about the place up to the next break, without the place itself."""
    first, last = at, at + 1
    while first and items[first - 1].low not in _BORDERS and items[first - 1].kind not in ("but", "which"):
        first -= 1
    while last < len(items) and items[last].low not in _BORDERS and items[last].kind not in ("but", "which"):
        last += 1
    return [*items[first:at], *items[at + 1 : last]]
