"""Figures that are no value of a column: they count the segments, or what was named, or are a turn of phrase."""

from collections.abc import Sequence
from itertools import pairwise

from llm.checking.items import SUBJECTS, Item
from llm.checking.numerals import Number
from llm.checking.reading import Clause, sentence_of

_CHOSEN = frozenset({"relation", "place", "any", "share", "all", "mode"})
_LEADING = frozenset({"of", "on", "relation", "place", "than"})


def counts_segments(clause: Clause, at: int, number: Number) -> bool:
    """ "the four segments", "of the five", "all six": how many segments there are."""
    if number.unit or "." in number.text or not 1 <= number.value <= 40:
        return False
    before = clause.items[at - 1] if at else None
    after = clause.items[at + 1] if at + 1 < len(clause.items) else None
    if (after is not None and after.kind == "segment") or (
        after is not None and after.low in ("other", "remaining", "different") and len(clause.items) > at + 2
        and clause.items[at + 2].kind == "segment"
    ):  # fmt: skip
        return True
    earlier = clause.items[at - 2] if at > 1 else None
    led = before is not None and earlier is not None and (
        before.low.endswith(" of all")
        or (before.kind == "of" and _ranks(clause, at - 2) and number.value >= 2)
        or (before.kind == "of" and (earlier.kind in _CHOSEN or _is_rank(earlier) or earlier.low in ("top", "out")))
        or (before.low in ("the", "all") and (earlier.kind in _LEADING or earlier.low == "among"))
    )  # fmt: skip
    if number.value == 2 and any(i.sense and i.sense.grade == "comparative" for i in clause.items[:at]):
        return False
    closes = after is None or after.kind in ("on", "and", "but", "mean", "mark", "which", "by", "be", "than")
    return bool(led and closes and (number.words or number.value < 20))


def _ranks(clause: Clause, at: int) -> bool:
    """Whether the figure at the place is a rank: "rank 2 of 5"."""
    led = clause.items[at - 1].low if at > 0 else ""
    return clause.items[at].number is not None and led in (
        "rank",
        "ranks",
        "ranked",
        "place",
        "position",
        "number",
    )


def counts_named(clause: Clause, at: int, number: Number) -> bool:
    """Whether the figure counts what the sentence has named: "listing, protocol, calls: last on all three"."""
    before = clause.items[at - 1] if at else None
    if (
        number.unit
        or before is None
        or before.low != "all"
        or any(i.kind == "segment" for i in clause.items[at + 1 :])
    ):
        return False
    named, part = 0, clause.before
    while part is not None and part.sentence == clause.sentence:
        named += len(part.of(*SUBJECTS))
        part = part.before
    return named == number.value


def _is_rank(item: Item) -> bool:
    return item.number is not None and item.number.unit == "rank"


def meant(clause: Clause, at: int, number: Number) -> bool:
    """Whether a figure in words stands for a figure: with a unit, before a name, or closing its phrase."""
    if number.unit or number.parts or (number.value > 12 and number.text.lower() not in _PROVERBIAL):
        return True
    if counts_out([item for part in sentence_of(clause) for item in part.items]):
        return True
    behind = clause.items[at + 1 : at + 5]
    odd = 2 * ([i.low for i in behind[:2]] == ["or", "so"])
    after = [i for i in behind[odd:] if i.kind not in ("mean", "relation", "glue")]
    if (
        after
        and after[0].kind in ("feature", "people", "category")
        and not (after[0].kind == "people" and number.value == 1)
    ):
        return number.value > 1
    reaches = at and any(i.kind == "be" for i in clause.items[max(0, at - 3) : at])
    return bool(reaches and (not after or after[0].kind == "mark") and number.value > 2)


_PROVERBIAL = frozenset(
    {"a hundred", "a thousand", "a million", "one hundred", "one thousand", "hundred", "a dozen"}
)
"""Round figures in words that may stand for many."""


def counts_out(sentence: Sequence[Item]) -> int:
    """The place of what is counted out: behind "for every", "to each"; 0 where nothing is."""
    for at, (one, two) in enumerate(pairwise(sentence)):
        if (two.low in _EVERY and one.low in ("for", "to", "per")) or (one.low == "for" and two.low == "one"):
            return at + 1
    return 0


_EVERY = frozenset({"every", "each", "every one of", "every single"})
