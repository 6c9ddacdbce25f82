"""Causes told by a verb alone: one column that works upon another ("smart meters keep disputes low")."""

from collections.abc import Iterator, Sequence

from llm.checking.items import SUBJECTS, Item
from llm.checking.reading import Reading
from llm.checking.tokens import word_set

_ACTS = word_set("""
    keep keeps kept keeping bring brings brought bringing win wins won winning open opens opening block blocks blocking
    force forces forcing protect protects protecting secure secures securing stop stops stopping push pushes pushing
    pull pulls pulling draw draws drawing earn earns earning feed feeds feeding invite invites inviting boost boosts
    boosting lift lifts lifting raise raises raising lower lowers cut cuts cutting reduce reduces reducing increase
    increases improve improves improving build builds building limit limits limiting curb curbs curbing drive drives
    driving fuel fuels hurt hurts help helps helping harm harms prevent prevents ensure ensures encourage encourages
    discourage discourages cost costs make makes making mean means let lets letting turn turns turning breed breeds
    attract attracts create creates generate generates lead leads unlock unlocks kill kills squeeze squeezes depress
    depresses tame tames calm calms crowd crowds spoil spoils strengthen strengthens weaken weakens guard guards
    """)
_POINTING = frozenset({"that", "this", "which"})
_BETWEEN = frozenset(
    {"here", "alone", "itself", "also", "simply", "then", "us", "in", "up", "down", "out", "about"}
)
_UNMOVED = frozenset({"pace", "place", "company", "step", "sense", "note", "way", "up", "ahead", "the most"})
"""What follows "keep" or "make" where nothing is worked upon: "keeps pace with"."""


def levers(reading: Reading) -> Iterator[tuple[int, int]]:
    """Spans in which a column, or what was just said of one, acts on another column."""
    items = reading.items
    for at, item in enumerate(items):
        if not (_thing(item) or (item.low in _POINTING and at)):
            continue
        verb = at + 1
        while verb < len(items) and (items[verb].low in _BETWEEN or items[verb].low.endswith("ly")):
            verb += 1
        if verb >= len(items) or items[verb].low not in _ACTS:
            continue
        moved = _moved(items, verb, item)
        if moved is not None:
            yield item.start, moved.end


def _thing(item: Item) -> bool:
    """Whether the name is of a measure or of one thing; the plural of a category value is of people."""
    return item.kind == "feature" or (item.kind in SUBJECTS and not item.low.endswith("s"))


def _moved(items: Sequence[Item], verb: int, actor: Item) -> Item | None:
    """The column that the verb acts on: the first name behind it with no figure, place or pause between."""
    for other in items[verb + 1 : verb + 6]:
        if other.kind in SUBJECTS:
            return other if other.refs != actor.refs else None
        if other.kind == "on" and other.low not in ("in", "up", "down", "out"):
            return None
        first = other.sense is not None and other.sense.grade == "superlative"
        if (
            first
            or other.low in _UNMOVED
            or other.kind in ("number", "mark", "be", "than", "and", "but", "share")
        ):
            return None
    return None
