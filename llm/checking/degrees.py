"""Adjectives with their degree are one comparison: "less frequent", "more limited", "the least generous"."""

from dataclasses import replace

from llm.checking.items import Item
from llm.checking.tokens import word_set

_GRADES = {
    "more": ("comparative", 1), "less": ("comparative", -1), "the most": ("superlative", 1), "most": ("superlative", 1),
    "the least": ("superlative", -1), "least": ("superlative", -1),
}  # fmt: skip
"""Words that grade the adjective behind them, with the side they turn it to."""


_HOW = word_set("""
    readily easily likely commonly widely strongly regularly willingly actively thickly densely intensely keenly eagerly
    apt prone inclined liable
    """)
"""Adverbs and adjectives that add nothing to more and less: "lapses more readily", "less likely to renew"."""


def _graded(before: Item, item: Item) -> bool:
    """Whether the two are one comparison: "less frequent", "more limited"; short adjectives take no "more"."""
    plain = item.kind == "relation" and item.sense is not None and item.sense.grade == "plain"
    if not plain or before.low not in _GRADES or before.kind != "relation" or " " in item.low:
        return False
    return before.low.endswith(("less", "least")) or len(item.low) > 5


def grade(before: Item | None, item: Item, after: Item | None) -> None:
    """Join the adjective with the degree before it, and pass over what adds nothing behind a degree."""
    if before is not None and item.sense is not None and _graded(before, item):
        degree, side = _GRADES[before.low]
        item.sense, item.other = replace(item.sense, grade=degree, sign=side * item.sense.sign), ()
        item.start, before.kind = before.start, "glue"
    if after is not None and after.low in _HOW and item.low in _GRADES:
        after.kind = "glue"
