"""Nouns that no column holds, given a size or a level: "the largest budget", "low staff turnover"."""

from llm.checking.items import SUBJECTS, Item
from llm.checking.qualifying import neighbour
from llm.checking.reading import Clause, sentence_of
from llm.checking.tokens import word_set
from llm.checking.unsaid import MEASURES

_ABSTRACT = word_set("""
    priority priorities point points note bar standard hopes effort ground profile order regard key end side season
    time times school street score scores ranking rank spirits stakes gear
    """)
"""Nouns that no level of theirs invents a column: "low effort", "high priority"."""
_LISTS = frozenset({"list", "block", "book", "base", "pool", "roster", "set", "lot", "one"})
"""Nouns for the accounts of a segment together."""


def is_thing(item: Item) -> bool:
    """Whether the noun is of something that is no group and no measure: "the largest budget"."""
    plain = item.kind == "word" and item.low.isalpha() and not item.low.endswith("ly")
    return plain and item.low not in MEASURES and item.low not in _LISTS


_LEVELLING = frozenset(
    {
        "high",
        "low",
        "elevated",
        "reduced",
        "limited",
        "high level of",
        "low level of",
        "high levels of",
        "low levels of",
    }
)
"""Adjectives that give a thing a level rather than colour it."""


def on_nothing(clause: Clause, at: int) -> bool:
    """Whether a sentence that names no column gives something else a level: "low staff turnover"."""
    item = clause.items[at]
    if item.low not in _LEVELLING or any(
        i.kind in SUBJECTS or i.number is not None for part in sentence_of(clause) for i in part.items
    ):
        return False
    after = neighbour(clause, at)
    if after is not None and after.kind == "word":
        return is_thing(after) and after.low not in _ABSTRACT
    back = at - 1
    while back > 0 and clause.items[back].kind in ("be", "strong", "slight", "not"):
        back -= 1
    thing = clause.items[back] if 0 <= back < at - 1 else None
    return thing is not None and is_thing(thing) and thing.low not in _ABSTRACT
