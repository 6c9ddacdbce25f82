"""What a relative clause speaks on of: whom the clause before ends with, and the other of two."""

from llm.checking.items import Item
from llm.checking.reading import Clause


def relative(clause: Clause) -> bool:
    """Whether the clause speaks on of what the one before ends with: "the average guest, for whom it is 6%"."""
    return clause.link == "which" or clause.items[0].kind == "which"


def ends_with_everybody(clause: Clause) -> bool:
    """Whether the last words are for all accounts: "than the base", "for all members", "the average guest"."""
    items = clause.items
    while len(items) > 1 and items[-1].kind in ("on", "of"):
        items = items[:-1]
    if items[-1].kind in ("people", "column"):
        back = len(items) - 2
        while back >= 0 and items[back].low in ("the", "our", "of", "these"):
            back -= 1
        return back >= 0 and items[back].kind in ("mean", "all", "median")
    return items[-1].kind == "all"


def last_of(clause: Clause) -> Item:
    """What the clause ends with; of "it is S1, not S2", what is not denied."""
    items = clause.items
    denied = len(items) > 2 and items[-1].kind == "segment-name" and items[-2].kind in ("not", "far-not")
    named = [item for item in items[:-1] if item.kind == "segment-name"]
    return named[-1] if denied and named else items[-1]


def other_of_two(clause: Clause, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The segment that another is set against: "it is S1, not S2, who ...", "it is the latter who ..."."""
    before = clause.before
    if before is None or not (before.has("not", "far-not") or before.items[-1].low in ("latter", "former")):
        return ()
    told: list[str] = []
    while before is not None and before.sentence == clause.sentence:
        told += [ref for item in before.of("segment-name") for ref, _ in item.refs if ref not in chosen]
        before = before.before
    return tuple(dict.fromkeys(told))[:1]
