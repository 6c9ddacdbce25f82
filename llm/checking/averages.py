"""The word "average" and its like: all accounts, the statistic, or a level close to that of all."""

from collections.abc import Sequence

from llm.checking.items import Item, column_before
from llm.checking.senses import Sense
from llm.checking.tokens import word_set
from llm.checking.tying import stretch


def average(item: Item, items: Sequence[Item], at: int) -> None:
    """ "average" is all accounts where something is compared with it, and else the statistic."""
    if item.low == "mean" and at and items[at - 1].kind == "number":
        return
    if at > 1 and items[at - 1].low == "the" and items[at - 2].kind == "number":
        return
    if item.low.startswith("on ") or item.low in ("averages", "averaged", "averaging"):
        return
    after = next((i for i in items[at + 1 : at + 2]), None)
    back = at - 1
    while back >= 0 and (
        items[back].low
        in ("the", "an", "a", "overall", "population", "segment", "group", "general", "own", "their")
        or items[back].kind == "number"
        or (items[back].kind == "all")
    ):
        back -= 1
    before = items[back] if back >= 0 else None
    the = at - back > 1
    noun = after is not None and after.kind in ("feature", "category", "people", "column")
    if any(items[i].number is not None and items[i].number.unit == "times" for i in range(back + 1, at)) or (  # type: ignore[union-attr]
        before is not None and before.kind == "times"
    ):  # fmt: skip
        item.kind = "all" if not noun else "mean"
        return
    if before is not None and before.kind in ("than", "near"):
        if not noun or (after is not None and after.kind == "people") or not the:
            item.kind = "all" if not noun or (after is not None and after.kind == "people") else "mean"
        return
    if before is not None and before.kind in ("relation", "hedge") and before.sense and (
        before.sense.grade == "comparative" or before.kind == "hedge"
    ) and before.low not in ("more", "less", "fewer", "higher", "lower", "greater", "smaller", "larger"):  # fmt: skip
        if not noun or (
            after is not None and after.kind in ("people", "feature") and not the and item.glued is False
        ):
            item.kind = "all" if not noun or (after is not None and after.kind == "people") else "mean"
        if item.glued:
            item.kind = "all"
        if (
            before.kind == "hedge"
            and item.kind == "all"
            and before.low in ("about", "around", "roughly", "broadly")
        ):
            before.kind, before.sense = "near", Sense("near")
        return
    if any(items[i].kind == "all" for i in range(back + 1, at)):
        item.kind = "all"
        return
    if item.low in ("average", "averages", "mean") and not noun and items[at - 1 : at] and (
        items[at - 1].low == "the" or items[at - 1].kind == "number"
    ):  # fmt: skip
        follows = after.low if after is not None else ""
        if follows not in ("of", "is", "for") or (items[at - 1].kind == "number"):
            item.kind = "all"
        return
    if at and items[at - 1].low in ("their", "its"):
        return
    if (
        before is not None
        and before.kind == "be"
        and not noun
        and (after is None or after.kind in ("mark", "on", "and", "but"))
    ) and (after is None or after.low not in ("of", "by")):
        item.kind, item.sense = "near", Sense("near")


_USUAL = frozenset({"average", "typical", "usual", "ordinary", "normal"})
_QUITE = word_set("pretty fairly quite rather almost exactly broadly perfectly entirely all thoroughly very")
_HOW_MANY = word_set("number amount level count volume share rate tally quantity score figure total")
_TELLING = frozenset(
    {"number", "relation", "near", "place", "share", "times", "than", "over", "under", "mode"}
)


def usual(items: Sequence[Item], at: int) -> Item | None:
    """The column that is said to be near the average: "an average number of calls", "calls are typical"; where
    the stretch holds a figure or another comparison, the word only says which statistic is meant."""
    item, back = items[at], at - 1
    while back > 0 and (items[back].kind in ("slight", "glue", "hedge") or items[back].low in _QUITE):
        back -= 1
    before = items[back] if back >= 0 else None
    word = item.low.removeprefix("the ")
    if word not in _USUAL or any(i.kind in _TELLING and i.tied is None for i in stretch(items, at)):
        return None
    behind = items[at + 1 : at + 4]
    counted = len(behind) > 2 and behind[0].low in _HOW_MANY and behind[1].low == "of"
    if (
        before is not None
        and not counted
        and (before.kind == "be" or before.low in (":", "?"))
        and not (behind and behind[0].kind in ("word", "people", "of", *_NAMED))
    ):
        said = behind[1:2] if behind and behind[0].kind == "on" else []
        return column_before(items[: back + 1]) or next(
            (i for i in said if i.kind == "feature" and i.strong), None
        )
    if before is not None and before.low not in ("a", "an") and item.low != "the usual":
        return None
    if counted:
        return behind[2] if behind[2].kind == "feature" else None
    led = before is not None and before.low in ("a", "an")
    return behind[0] if led and behind and behind[0].kind == "feature" and behind[0].strong else None


_NAMED = ("feature", "category", "column")
