"""Items that are one thing together: "age of beneficiaries", "number of accounts"."""

from collections.abc import Sequence
from dataclasses import replace

from llm.checking.items import Item
from llm.checking.names import Name, Names
from llm.checking.tokens import root, singular
from llm.checking.truth import SIZE

_SHARES = frozenset({"share", "shares", "proportion", "percentage"})
"""Nouns that before "of" and a category value name that value's share and no column."""
_SIZES = frozenset({"number", "numbers", "count", "size", "headcount"})
"""Nouns that may stand for the size of a segment."""
_JOINING = frozenset({"of", "among", "in", "for", "on", "per", "with"})


def compounded(items: list[Item], known: Names) -> list[Item]:
    """ "age of beneficiaries" and "women among beneficiaries" name one column, that of both."""
    found: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        if item.kind != "feature" and item.low not in _SIZES:
            found.append(item)
            at += 1
            continue
        end = _size_ends(items, at) if item.low in _SIZES else at
        if end > at:
            low = " ".join(i.low for i in items[at:end])
            size = (Name("size", ((SIZE, ""),)),)
            found.append(
                Item("feature", low, item.start, items[end - 1].end, names=size, owns=items[end - 1].owns)
            )
            at = end
            continue
        end = at + 1
        if item.kind == "feature" and end < len(items) and items[end].low in _JOINING:
            behind = end + 1
            while behind < len(items) and items[behind].low in ("the", "their", "its", "a"):
                behind += 1
            other = items[behind] if behind < len(items) else None
            if other is not None and other.kind == "category" and item.low in _SHARES:
                found.append(replace(other, low=f"{item.low} of {other.low}", start=item.start))
                at = behind + 1
                continue
            if other is not None and other.kind in ("feature", "people"):
                shared = _shared(item, other, known)
                if shared:
                    names = (Name("feature", shared, len(shared) == 1),)
                    found.append(
                        Item(
                            "feature",
                            f"{item.low} {other.low}",
                            item.start,
                            other.end,
                            names=names,
                            owns=other.owns,
                        )
                    )
                    at = behind + 1
                    continue
        found.append(item)
        at += 1
    return found


def _shared(item: Item, other: Item, known: Names) -> tuple[tuple[str, str], ...]:
    """The columns whose names hold the words of both."""
    if item.strong and len(item.refs) == 1 and other.kind != "feature":
        return ()
    words = [singular(word) for word in other.low.split()]
    held = [known.parts.get(root(word), frozenset()) for word in words]
    return tuple(ref for ref in item.refs if held and all(ref[0] in columns for columns in held))


def _size_ends(items: Sequence[Item], at: int) -> int:
    """The end of a noun for the size of a segment that begins here, `at` where none does: "by number of
    accounts", "in size", "size: 1,200 accounts"."""
    before = items[at - 1] if at else None
    low = items[at].low
    if low in ("number", "numbers", "count") and at + 2 < len(items) and items[at + 1].kind == "of":
        behind = at + 2 + (items[at + 2].low in ("the", "its", "their"))
        counted = behind < len(items) and items[behind].kind == "people"
        return behind + 1 if counted else at
    alone = before is not None and before.kind in ("on", "by") and items[at + 1 : at + 2] != []
    after = items[at + 1] if at + 1 < len(items) else None
    ends = after is None or after.kind in ("mark", "self", "segment-name", "be", "and", "relation", "place")
    return at + 1 if low in ("size", "headcount") and items[at].kind == "word" and alone and ends else at
