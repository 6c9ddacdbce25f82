"""Whom a clause speaks of by its words alone: whom a relative clause goes on about, the other of two, and whom it
only sets beside them."""

from llm.checking.items import SUBJECTS, Item
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


_AFTER = frozenset({"after", "except", "excepting", "excluding", "bar", "besides"})


def listed(clause: Clause, at: int) -> bool:
    before = clause.items[at - 1] if at else None
    return before is not None and (before.kind in ("and", "segment-name") or before.low == ",")


def figure_of_other(clause: Clause, at: int) -> bool:
    """Whether the segment only owns a figure beside it: "46%, 30% in S1"."""
    items = clause.items
    if at and items[at - 1].kind == "on" and at > 1 and items[at - 2].kind == "number":
        return any(item.kind in SUBJECTS | {"number"} for item in items[: at - 2]) or clause.link != "start"
    return False


def behind_whom(clause: Clause, at: int) -> bool:
    """Whether the segment is only whom another comes after ("the second highest, after S1 and S3") or whom it is
    denied of ("it is S1, not S3")."""
    place = at - 1
    if at and clause.items[at - 1].kind == "not":
        return True
    while place > 0 and (
        clause.items[place].kind in ("segment-name", "and", "number") or clause.items[place].low == "the"
    ):
        place -= 1
    return place >= 0 and clause.items[place].low in _AFTER


def average_one(clause: Clause, at: int) -> bool:
    """Whether the clause sets the average account against what was said before: ", when the average guest spends"."""
    items = clause.items
    after = items[at + 1 : at + 2]
    led = (
        at > 0
        and items[at - 1].low in ("the", "an")
        and all(i.kind in ("word", "but", "which") for i in items[:at])
    )
    carried = clause.link not in ("start", ":", ";") and not clause.has("self", "segment-name")
    return led and carried and bool(after) and after[0].kind == "people"


def is_subject(clause: Clause, at: int) -> bool:
    after = clause.items[at + 1] if at + 1 < len(clause.items) else None
    before = clause.items[at - 1] if at else None
    led = before is None or before.low in ("the", "overall", "but", "and", "while")
    return led and after is not None and after.kind in ("be", "mean")
