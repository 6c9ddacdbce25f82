"""Whose figure it is: of the segment beside it, of the one compared with, or of the one spoken of."""

from llm.checking.binding import State, against_of, compared_from, who_of
from llm.checking.carrying import relative
from llm.checking.frames import Frame
from llm.checking.items import Item
from llm.checking.reading import Clause
from llm.facts import ALL


def owner_of(clause: Clause, at: int, state: State, frame: Frame) -> tuple[str, ...]:
    """The segments the figure belongs to: those beside it, those compared with, else those spoken of."""
    item = clause.items[at]
    if item.tied is not None and item.tied.kind == "segment-name":
        return _ids(item.tied)
    if frame.kind in ("gap", "times"):
        return who_of(clause, state)
    if at > 1 and clause.items[at - 1].low == "to" and clause.items[at - 2].kind == "number":
        against = state.against or against_of(clause, state, item)
        return against.segments or (ALL,)
    if at > 1 and clause.items[at - 1].low == "at" and clause.items[at - 2].kind == "all":
        return who_of(clause, state)
    if (
        state.everybody
        and relative(clause)
        and not any(
            i.kind == "segment-name" or i.low not in _PRONOUNS for i in clause.of("segment-name", "self")
        )
    ):
        return (ALL,)
    near = beside(clause, at, state.scene.segment)
    if near is not None:
        return near
    limit = compared_from(clause)
    if at >= limit and not (clause.items[limit - 1].kind == "relation" and frame.hedge is not None):
        against = against_of(clause, state, item)
        if against.said and against.segments:
            return against.segments
        if not against.said:
            carried = state.against
            numbered = any(i.kind == "number" for i in clause.items[:limit]) or clause.link in (
                "(",
                ",",
                "and",
                "but",
                ":",
                "–",
                "—",
            )
            if carried is not None and carried.segments:
                return carried.segments
            if numbered or clause.items[limit - 1].kind in ("than", "relation", "near"):
                return against.segments
    if at > 1 and clause.items[at - 1].kind == "of" and (
        clause.items[at - 2].kind == "number" or clause.items[at - 2].low == "out"
    ):  # fmt: skip
        return (ALL, *who_of(clause, state))
    return who_of(clause, state)


_PRONOUNS = frozenset({"it", "they", "them", "its", "their"})
"""Words that in "the average guest, for whom it is 6%" speak of nobody else."""


def beside(clause: Clause, at: int, segment: str) -> tuple[str, ...] | None:
    """The segments that own the figure by standing beside it ("46% in S5", "S5's 46%"), or None."""
    previous = clause.before
    several = sum(i.kind == "number" for i in clause.items) > 1
    if clause.link == "(" and not several and previous is not None and previous.items and not any(
        i.kind == "number" for i in clause.items[:at]
    ):  # fmt: skip
        last = previous.items[-1]
        if last.kind == "segment-name" and not clause.has("than"):
            return _ids(last)
        if last.kind == "all" and not clause.has("than"):
            return None if _part_of_all(previous) else (ALL,)
    led = False
    if [i.kind for i in clause.items[at + 1 : at + 2]] == ["be"] and any(
        i.kind == "all" or i.low in ("usual", "normal") for i in clause.items[at + 2 : at + 4]
    ):
        return (ALL,)
    for step, item in enumerate(clause.items[at + 1 : at + 8]):
        if item.kind == "segment-name" and led:
            return _with_listed(clause, at + 1 + step)
        if item.kind == "all" and (
            led or step == 0 or clause.items[at + step].kind in ("mean", "people", "feature")
        ):
            return (ALL,)
        if item.low == "to" and clause.items[at + 2 + step : at + 3 + step] and any(
            i.kind == "number" for i in clause.items[at + 2 + step : at + 4 + step]
        ):  # fmt: skip
            break
        if (
            item.kind == "people"
            and led
            and clause.items[at + step].kind == "mean"
            and clause.items[at + step - 1].low in ("the", "an", "our")
        ):
            return (ALL,)
        parted = [i.low for i in clause.items[at + 2 + step : at + 3 + step]] == ["from"]
        if item.kind == "self" and (led or parted or item.low == "here") and item.low not in ("their", "its"):
            return (segment,)
        if item.kind in ("on", "of", "by"):
            led = True
        elif item.kind in (
            "number",
            "than",
            "relation",
            "be",
            "but",
            "and",
            "which",
            "near",
            "times",
            "hedge",
            "not",
            "gap",
        ) or (item.kind == "mark" and item.low not in "'"):
            break
        elif (
            item.kind == "people"
            and led
            and any(i.low == "all" for i in clause.items[at + 1 : at + 1 + step])
        ):
            return (ALL,)
    place = at - 1
    while place >= 0 and at - place <= 7:
        item = clause.items[place]
        if item.kind == "segment-name":
            return _with_listed(clause, place)
        if item.kind == "self" and item.low in ("their", "its", "here"):
            return (segment,)
        if item.kind == "all" and not (place and clause.items[place - 1].kind == "relation"):
            return (ALL,)
        if item.kind in ("number", "than", "relation", "near", "times", "but") or (item.kind == "mark"):
            return None
        place -= 1
    return None


def _part_of_all(clause: Clause) -> bool:
    """Whether the stretch ends with a part of everybody: "18% of the base", whose bracket counts that part."""
    kinds = [item.kind for item in clause.items[:-1] if item.kind not in ("glue", "word", "people")]
    return kinds[-2:] == ["number", "of"]


def _with_listed(clause: Clause, place: int) -> tuple[str, ...]:
    found = list(_ids(clause.items[place]))
    step = place - 1
    while step > 0 and clause.items[step].kind in ("and", "segment-name"):
        if clause.items[step].kind == "segment-name":
            found += _ids(clause.items[step])
        step -= 1
    return tuple(dict.fromkeys(found))


def _ids(item: Item) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref for ref, _ in item.refs))
