"""Words that stand for something else in the sentence: the latter of two segments, what "other than" leaves out,
a column's word for the accounts; and parts, which may be multiples."""

from collections.abc import Sequence

from llm.checking.items import SUBJECTS, Item
from llm.checking.senses import HIGH, LOW, Sense
from llm.checking.words import senses

_EXCEPTING = frozenset(
    {"other than", "apart from", "except for", "aside from", "except", "excluding", "besides"}
)


_LEAVING = frozenset({"other", "apart", "except", "except for", "aside", "excluding", "besides"})
"""What "other than" and its like begin with."""


def resolve(items: Sequence[Item]) -> None:
    """What only the whole sentence can tell, where one of its words asks for it."""
    words = {item.low for item in items}
    if words & _REFERRING:
        refer(items)
    if "no" in words:
        deny(items)
    if not words.isdisjoint(_DEGREES):
        grade(items)
    if words & _LEAVING:
        leave_out(items)
    for at, item in enumerate(items):
        if item.kind == "people" and item.names and _sorted_into(items, at):
            item.kind = "category"


_PARTS = frozenset({"share", "mode", "over", "under"})
_ADVERBS = frozenset({"mostly", "mainly", "chiefly", "predominantly", "largely", "primarily", "exclusively"})
_FREQUENT = frozenset(
    {"thin on the ground", "rare", "scarce", "plentiful", "numerous", "few", "abundant", "sparse"}
)


def _sorted_into(items: Sequence[Item], at: int) -> bool:
    """Whether a word for the accounts is the category value that some of them have: "half are physicians", "a fifth
    are in hospitals", "mostly clinics", "hospitals are rare"."""
    behind = [i for i in items[at + 1 : at + 4] if i.kind != "strong"]
    if behind[:1] and behind[0].kind in ("over", "under"):
        return True
    if (
        len(behind) > 1
        and behind[0].kind == "be"
        and (behind[1].low in _FREQUENT or behind[1].kind in ("over", "under"))
    ):
        return True
    stated = False
    for item in reversed(items[:at]):
        number = item.number
        if (
            item.kind in _PARTS
            or item.low == "most"
            or (number is not None and (number.unit == "%" or number.parts))
        ):
            return stated or item.low in _ADVERBS or item.kind in ("mode", "over", "under")
        stated = stated or item.kind in ("be", "on")
        if item.kind == "mark" and item.low == "?":
            stated = True
        elif stated and item.kind in ("people", "of", "self"):
            continue
        elif item.kind not in ("be", "on", "glue", "hedge", "word") or (
            item.kind == "word" and item.low not in _LIGHT
        ):
            return False
    return False


_LIGHT = frozenset({"a", "an", "the", "work", "works", "working", "based"})


def leave_out(items: Sequence[Item]) -> None:
    """The columns behind "other than" are those that nothing is said of."""
    for at, item in enumerate(items):
        if item.low not in _LEAVING:
            continue
        two = f"{item.low} {items[at + 1].low}" if at + 1 < len(items) else ""
        if item.low in _EXCEPTING or two in _EXCEPTING:
            start = at + 1 + (two in _EXCEPTING)
            for other in items[start:]:
                if other.kind in SUBJECTS:
                    other.kind = "excepted"
                elif other.kind not in ("and", "of", "on") and other.low not in (
                    ",",
                    "the",
                    "their",
                    "its",
                    "or",
                ):
                    break


_REFERRING = frozenset({"latter", "former"})


def refer(items: Sequence[Item]) -> None:
    """The latter and the former of two segments are named by these words."""
    for at, item in enumerate(items):
        if item.low in _REFERRING and at and items[at - 1].low == "the":
            named: list[Item] = []
            for other in items[:at]:
                if other.kind == "mark" and other.low in ".!?":
                    named.clear()
                elif other.kind == "segment-name" and other.refs not in [i.refs for i in named]:
                    named.append(other)
            if len(named) > 1:
                item.kind, item.names = "segment-name", named[-1 if item.low == "latter" else -2].names


def deny(items: Sequence[Item]) -> None:
    """ "No donors give more", "no guests cancel as often as they do": no other segment's do."""
    for at, item in enumerate(items[:-1]):
        if item.low != "no" or not called_people(items[at + 1]):
            continue
        for other in items[at + 2 :]:
            if other.kind == "mark" and other.low in ".!?;":
                break
            graded = (
                other.kind == "relation" and other.sense is not None and other.sense.grade == "comparative"
            )
            if graded or other.low in (
                "as",
                "so",
                "so many",
                "so much",
                "as many",
                "as much",
                "so few",
                "as few",
            ):
                item.kind = "none"
                break


def grade(items: Sequence[Item]) -> None:
    """ "As much" and "so well" behind "no other" set the segment spoken of first."""
    for at, item in enumerate(items):
        degree = _DEGREES.get(item.low)
        led = item.low != "well" or (at > 0 and items[at - 1].low in ("as", "so"))
        if (
            degree is not None
            and led
            and item.kind in ("glue", "strong")
            and any(i.kind == "none" for i in items[:at])
        ):
            item.kind, item.sense = "relation", degree


_DEGREES = {
    "as much": HIGH, "so much": HIGH, "as many": HIGH, "so many": HIGH, "well": HIGH, "as few": LOW, "so few": LOW,
    "as little": LOW, "so little": LOW,
}  # fmt: skip


def averaged_people(item: Item, before: Item | None) -> bool:
    """Whether a word of a column stands for the accounts: "the average practice"."""
    return before is not None and before.kind == "mean" and called_people(item)


def called_people(item: Item) -> bool:
    """Whether a column is called by a word for the accounts themselves: "practices" beside Practice type."""
    return item.kind == "people" or any(sense.kind == "people" for sense in senses().get((item.low,), ()))


def multiply(item: Item, items: Sequence[Item], at: int) -> None:
    """ "half the average" and "a third higher" are multiples; "half of them" is a share."""
    sense = item.sense
    after = [i for i in items[at + 1 : at + 4] if i.kind != "hedge"]
    if sense is None or not after:
        return
    again = next((i for i in items[at + 1 : at + 5] if i.low == "again"), None)
    if again is not None and sense.high < 0.8:
        item.kind, item.sense = "times", Sense("times", low=1 + sense.low, high=1 + sense.high)
        again.kind = "glue"
        return
    more = after[0].kind == "relation" and after[0].sense and after[0].sense.grade == "comparative"
    if more or after[0].kind in ("over", "under"):
        low, high = sense.low, sense.high
        up = after[0].sense.sign > 0 if more and after[0].sense else after[0].kind == "over"
        bounds = (1 + low, 1 + high) if up else (1 - high, 1 - low)
        item.kind, item.sense = "times", Sense("times", low=bounds[0], high=bounds[1])
        after[0].kind = "glue"
        return
    compares = (
        after[0].low.startswith("as ")
        or after[0].low in ("as", "that", "what", "those")
        or after[0].owns
        or after[0].kind == "all"
        or (after[0].low in ("it", "theirs") and item.low.endswith(" of"))
    )
    if after[0].low in ("the", "its", "their", "of") and len(after) > 1:
        second = after[1]
        level = second.kind == "all" and second.low.split()[-1] in ("average", "norm", "mean", "par")
        compares = compares or level or (second.low in _SIZES and _later_who(items, at))
        compares = compares or second.kind in ("feature", "mean", "number") or second.owns or (
            second.low in ("that", "what", "those", "the") and len(after) > 2
            and after[2].kind in ("all", "mean", "segment-name", "number")
        )  # fmt: skip
        if second.kind == "feature" and not _later_who(items, at):
            compares = False
    if after[0].low in ("that", "what", "those") and not _later_who(items, at):
        compares = False
    levelled = after[1:2] and after[1].low in (
        "figure",
        "level",
        "rate",
        "value",
        "number",
        "share",
        "average",
    )
    if after[0].kind == "all" and levelled:
        compares = True
    elif after[0].kind == "all" and after[0].low.split()[-1] not in ("average", "norm", "mean", "par"):
        compares = False
    if after[0].kind == "segment-name" and after[0].owns and item.low.endswith("of"):
        compares = True
    if compares:
        low, high = sense.low, sense.high
        if sense.sign:
            low, high = (low, 1.5 * low) if sense.sign > 0 else (max(low, 0.6 * high), high)
        item.kind, item.sense = "times", Sense("times", low=low, high=high)


_SIZES = frozenset({"size", "level", "rate", "figure", "value", "amount", "number", "volume", "count", "total", "sum",
                    "average", "price", "length", "frequency", "pace"})  # fmt: skip


def _later_who(items: Sequence[Item], at: int) -> bool:
    """Whether somebody to compare with is named before the next break."""
    for item in items[at + 1 :]:
        if item.kind == "mark" and item.low in ".;!?":
            return False
        if item.kind in ("segment-name", "all", "rest", "than", "mean"):
            return True
    return False
