"""Whose statement it may be, and against whom, where a sentence speaks of several."""

import itertools
from collections.abc import Iterator

from llm.checking.binding import compared_from, in_front
from llm.checking.frames import Against, Frame, Scene
from llm.checking.items import Item
from llm.checking.owners import beside
from llm.checking.reading import Clause, sentence_of
from llm.facts import ALL

_WORDS = frozenset({"relation", "near", "place"})
_COMPARED = frozenset({"gap", "times", "relation", "near"})
_PARTIES = frozenset({"segment-name", "self", "all", "rest"})
_VAGUE = frozenset({"it", "its", "they", "their", "theirs", "them"})
"""Words that may stand for any segment the sentence has named."""


def owners_of(frame: Frame, scene: Scene, items: list[Item]) -> list[tuple[str, ...]]:
    """The segments the statement may be about, those of the first reading first."""
    owners = [frame.who]
    parties = [n for n, i in enumerate(items) if i.kind in _PARTIES]
    if not all(items[n].kind == "self" for n in parties):
        clause = frame.clause
        at = clause.items.index(frame.item)
        owner = beside(clause, at, scene.segment) if frame.kind in ("level", "range") else None
        averaged = owner == (ALL,) and any(
            i.kind == "all" and i.low in ("mean", "average") for i in clause.items
        )
        if (
            frame.kind == "level"
            and owner is None
            and _paired(clause, at)
            and any(items[n].kind == "segment-name" for n in parties)
        ):
            named = [(ref,) for n in parties if items[n].kind == "segment-name" for ref, _ in items[n].refs]
            return list(dict.fromkeys((frame.who, *named, (scene.segment,))))
        if (
            owner is not None
            and owner != (ALL,)
            and not averaged
            and not any(i.low in _VAGUE for i in clause.items[max(0, at - 7) : at])
        ):
            return [frame.who, owner]
        if (
            (_has_subject(clause, at) and not averaged)
            or clause.link == "which"
            or clause.items[0].kind == "which"
        ):
            return owners
        spoken = [n for n in parties if items[n].kind != "all"]
        opens = len(spoken) == 1 and all(i.low == "the" for i in items[: spoken[0]]) and frame.kind in _WORDS
        if frame.nobody and frame.against.said and frame.kind == "relation":
            return owners
        listed = (
            len(frame.who) > 1 and clause.has("segment-name") and not any(i.kind == "between" for i in items)
        )
        if frame.kind in _WORDS and (listed or any(i.low in ("former", "latter") for i in clause.items)):
            return owners
        ranked = frame.kind == "place" or (frame.kind == "relation" and frame.grade == "superlative")
        here = [n for n in parties if items[n] in clause.items]
        sole = [n for n in here if items[n].kind == "segment-name" and not _object(items, n)]
        selves = [n for n in here if items[n].kind == "self"]
        placed = (
            frame.kind in _WORDS
            and sole
            and items[sole[0] - 1].low in _WHERE
            and not clause.has("than", "near")
        )
        if (ranked or placed) and len(sole) == 1 and not selves:
            return [tuple(ref for ref, _ in items[sole[0]].refs)]
        if (
            frame.kind in _WORDS
            and [items[n].low for n in selves] == ["here"]
            and not sole
            and not clause.has("than", "near")
        ):
            return [(scene.segment,)]
        alone = opens or (len(parties) == 1 and sum(i.kind == "number" for i in items) == 1)
        if alone and spoken and items[spoken[0]].kind == "segment-name" and not _object(items, spoken[0]):
            return owners
        if frame.kind == "gap" and frame.sign and items[parties[0]].low in _THEIRS:
            return list(dict.fromkeys((*owners, (scene.segment,))))
        objects = frame.kind in _COMPARED or frame.kind == "place"
        told = [n for n in parties if items[n].kind == "segment-name" and not (objects and _object(items, n))]
        compared = frame.against.segments if frame.against.said and not _placed(frame) else ()
        owners += [(ref,) for n in told for ref, _ in items[n].refs if ref not in compared]
        if frame.kind in ("level", "range") and (
            any(items[n].kind != "segment-name" for n in parties) or any(i.kind == "than" for i in items)
        ):  # fmt: skip
            owners.append((ALL,))
    if frame.kind in ("level", "range") and _averaged_one(frame.clause):
        owners.append((ALL,))
    if frame.against.said and frame.against.segments == (scene.segment,) and not _placed(frame):
        return list(dict.fromkeys(owners))
    return list(dict.fromkeys((*owners, (scene.segment,))))


_THEIRS = frozenset({"they", "their", "them", "theirs", "it", "its"})
"""Words that, where a sentence speaks first of these, say whose a difference is."""


def _paired(clause: Clause, at: int) -> bool:
    """Whether the figure is one of two set side by side: "7.7 and 5.9", "223 vs 415", ".83 there, 1.61 here"."""
    items = [item for part in sentence_of(clause) for item in part.items]
    place = items.index(clause.items[at])
    for start, end in ((place, place + 4), (place - 3, place + 1)):
        here = items[max(0, start) : end]
        figures = [item for item in here if item.kind == "number"]
        rest = [item for item in here if item.kind != "number"]
        if len(figures) > 1 and all(
            i.kind in ("than", "and", "on", "self") or i.low in _SET_BESIDE for i in rest[:2]
        ):
            return True
    return False


_SET_BESIDE = frozenset({"there", "to", "versus", "vs"})


def _averaged_one(clause: Clause) -> bool:
    """Whether the sentence speaks of the average account, or the usual figure: "the average guest spends 543"."""
    items = [item for part in sentence_of(clause) for item in part.items]
    return any(
        (item.kind == "mean" and after.kind == "people") or (item.low in USUAL and after.number is not None)
        for item, after in itertools.pairwise(items)
    )


USUAL = frozenset({"the usual", "the normal", "the customary", "usual", "normal", "customary"})


def _has_subject(clause: Clause, at: int) -> bool:
    """Whether the clause names one segment and speaks of it."""
    front, limit = in_front(clause), compared_from(clause)
    spots = range(front, at) if front else range(min(at, limit))
    here = [n for n in spots if clause.items[n].kind in _PARTIES]
    return len(here) == 1 and clause.items[here[0]].low not in _VAGUE


def _object(items: list[Item], at: int) -> bool:
    """Whether the segment is what something is compared with: "behind S4", "second only to S4"."""
    place = at - 1
    while place > 0 and items[place].kind in ("and", "segment-name", "number"):
        place -= 1
    before = [i for i in items[max(0, place - 1) : place + 1] if i.low not in ("the", "only", "just")]
    if len(before) > 1 and before[-1].low in ("to", "by") and before[0].low in _GIVEN:
        return False
    if len(before) > 1 and before[-1].kind == "on" and before[0].kind in ("than", "near"):
        return True
    return bool(before) and (
        before[-1].kind in ("than", "relation", "near", "hedge", "place")
        or before[-1].low in ("to", "after", "of", "with", "but", "except", "bar")
    )


_GIVEN = frozenset(
    {"belongs", "belong", "goes", "go", "falls", "fall", "held", "taken", "occupied", "is held"}
)
"""What a place does that goes to somebody: "first place belongs to S4"."""


def _placed(frame: Frame) -> bool:
    """Whether the segment behind a multiple is where it holds: "twice as good in S4"."""
    items = frame.clause.items
    places = [n for n, i in enumerate(items) if i.kind == "segment-name"]
    return frame.kind == "times" and len(places) == 1 and places[0] > 0 and items[places[0] - 1].low in _WHERE


_WHERE = frozenset({"in", "for", "among", "at", "with"})


def others_of(frame: Frame, items: list[Item], who: tuple[str, ...], scene: Scene) -> Iterator[Against]:
    """Whom the statement may compare with."""
    yield frame.against
    if frame.kind not in _COMPARED or (frame.kind == "relation" and frame.grade == "superlative"):
        return
    if frame.against.said and frame.against.segments != who and not _placed(frame):
        return
    told = dict.fromkeys(ref for i in items if i.kind == "segment-name" for ref, _ in i.refs)
    beside = {*told} - {scene.segment, *who}
    everybody = () if frame.kind == "times" and beside and not _everybody(items) else (ALL,)
    for other in (*told, scene.segment, *everybody):
        if (other,) != who and (other,) != frame.against.segments:
            yield Against((other,), said=True)


def _everybody(items: list[Item]) -> bool:
    """Whether all accounts or the average one are spoken of."""
    return any(item.kind in ("all", "rest", "mean", "median") for item in items)
