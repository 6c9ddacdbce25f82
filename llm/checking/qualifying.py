"""What the words around a statement add to it: very, slightly, not, joint, second, only."""

from llm.checking.frames import Frame
from llm.checking.items import SUBJECTS, Item
from llm.checking.reading import Clause


def neighbour(clause: Clause, at: int, step: int = 1) -> Item | None:
    place = at + step
    while 0 <= place < len(clause.items) and clause.items[place].low in ("the", "a", "an", "'s"):
        place += step
    return clause.items[place] if 0 <= place < len(clause.items) else None


def qualify(frame: Frame, clause: Clause, at: int) -> None:
    """What the words around it add: very, slightly, not, joint, second, only."""
    place = at - 1
    while place >= 0 and at - place <= 3:
        before = clause.items[place]
        if before.kind == "strong":
            frame.strength = 1
        elif before.kind == "slight":
            frame.strength = -1
        elif before.kind == "place" and before.sense is not None and at - place <= 2:
            frame.place = int(before.sense.low)
        elif before.kind == "number" and before.number and before.number.unit == "rank":
            frame.place = int(before.number.value)
        elif before.kind in SUBJECTS or before.kind in ("than", "but", "relation"):
            break
        place -= 1
    after = clause.items[at + 1 : at + 4]
    if not frame.strength and any(
        i.kind == "strong" and i.low.startswith(("by ", "a long", "far")) for i in after
    ):
        frame.strength = 1
    if not frame.strength and any(i.kind == "slight" and i.low.startswith(("by ", "not by")) for i in after):
        frame.strength = -1
    if clause.has("not", "double"):
        behind = clause.items[:at]
        negations = sum(1 for i in behind if i.kind == "not" and not _only_but(clause, i))
        frame.negated = negations % 2 == 1
        frame.doubted = negations > 1 or any(i.kind == "double" for i in behind)
    frame.joint = clause.has("joint") or _shared_place(clause, at)
    frame.only = clause.has("only") and _alone(clause, at)
    frame.among = _one_of_several(clause, at)


def _alone(clause: Clause, at: int) -> bool:
    """Whether "only" or its like stands before the place, or "alone" anywhere but behind a name."""
    return any(i.kind == "only" and i.low != "alone" for i in clause.items[: at + 1]) or any(
        i.kind == "only" and i.low == "alone" and not (n and clause.items[n - 1].kind in SUBJECTS)
        for n, i in enumerate(clause.items)
    )


def _one_of_several(clause: Clause, at: int) -> bool:
    """ "among the highest", "one of the three lowest": not "among the segments, the one with the highest"."""
    for place in range(at - 1, -1, -1):
        item = clause.items[place]
        if item.low == "among":
            return True
        if item.kind == "of" and place and clause.items[place - 1].low == "one":
            return True
        if item.kind not in ("number", "strong", "place", "of") and item.low not in (
            "the",
            "top",
            "its",
            "their",
        ):
            return False
    return False


def ordering(clause: Clause) -> int:
    """1 where the sentence counts places from the highest, -1 from the lowest ("lowest first"), 0 unsaid."""
    for other in (clause, clause.before, clause.after):
        if other is not None and other.sentence == clause.sentence:
            for item in other.of("sorted"):
                return item.sense.sign if item.sense is not None else 0
    return 0


_SHARING = frozenset({"share", "shares", "sharing"})


def _shared_place(clause: Clause, at: int) -> bool:
    """ "they share the longest stay with S3"; "jointly" or "level with another segment" beside it."""
    if any(
        _levels(other)
        for other in (clause, clause.before, clause.after)
        if other is not None and other.sentence == clause.sentence
    ):
        return True
    shares = any(i.low.split()[0] in ("share", "shares", "sharing", "shared") for i in clause.items[:at])
    other = clause.after
    behind = (
        other is not None
        and other.sentence == clause.sentence
        and other.has("joint")
        and not other.has("relation")
    )
    before = [i.low for i in clause.items[max(0, at - 2) : at]]
    shared = any(low in _SHARING for low in before)
    return behind or shared or (shares and any(i.low == "with" for i in clause.items[at:]))


def _levels(clause: Clause) -> bool:
    """Whether the stretch sets two segments equal: "on a par with S3", "another segment matches them"."""
    if not clause.has("near"):
        return False
    equal = any(i.kind == "near" and i.sense is not None and i.sense.grade == "equal" for i in clause.items)
    return equal and clause.has("another", "segment-name") and not clause.has("all")


def _only_but(clause: Clause, item: Item) -> bool:
    """ "not only high but ..." denies nothing."""
    after = neighbour(clause, clause.items.index(item))
    return after is not None and after.low in ("only", "just", "merely")
