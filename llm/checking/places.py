"""Statements of places in words: second on access, last of all, in the middle."""

from collections.abc import Iterator
from dataclasses import replace

from llm.checking.binding import State, against_of, bound, options, who_of
from llm.checking.frames import Frame, Options
from llm.checking.items import SUBJECTS, Item
from llm.checking.qualifying import ordering, qualify
from llm.checking.reading import Clause
from llm.checking.tokens import word_set


def place_frames(clause: Clause, at: int, item: Item, state: State) -> Iterator[Frame]:
    sense = item.sense
    after = clause.items[at + 1 : at + 4]
    if sense is None or any(
        i.kind == "relation" and i.sense and i.sense.grade == "superlative" for i in after[:2]
    ):
        return
    if after and after[0].kind in SUBJECTS:
        return
    if item.low.startswith("next") and _sets_beside(clause, at):
        return
    if after and after[0].low in _STEPS:
        return
    verbs = [i.low for i in clause.items[:at] if i.low.startswith(("rank", "place", "finish", "come"))]
    comes = item.low == "first" and any(verb.startswith("come") for verb in verbs)
    ranked = bool(verbs) and (not comes or _led_by_column(clause, at))
    told = ranked or any(i.low in _POSITIONS or i.kind == "sorted" for i in after[:1]) or " " in item.low
    leader = _leader_before(clause, at)
    told = told or leader is not None or sense.sign < 0 or any(i.kind == "than" for i in after)
    if sense.sign == 0 and not clause.has("sorted"):
        told = (
            ranked
            or any(i.kind == "be" for i in clause.items[:at])
            or any(i.kind in ("on", "of") for i in after[:1])
        )
    if not told:
        return
    about, here = bound(clause, item, state, False)
    group = _all_behind(clause, at, state) or _all_before(clause, at, state)
    frame = Frame(
        kind="place", item=item, clause=clause, about=group or about, who=_beside(clause, at) or who_of(clause, state),
        sign=sense.sign * (ordering(clause) or 1) or 1, place=int(sense.low), loose=not here,
    )  # fmt: skip
    qualify(frame, clause, at)
    frame.sign = frame.sign if leader is None else leader
    frame.place = int(sense.low)
    frame.wide = ranked or sense.sign == 0
    against = against_of(clause, state, item)
    frame.against = replace(against, every=False)
    yield frame


def _leader_before(clause: Clause, at: int) -> int | None:
    """From which end places are counted where the clause only goes on from a first place: "S1 lead, with S4 second"."""
    before = clause.before
    if before is None or before.sentence != clause.sentence or not clause.has("segment-name", "self"):
        return None
    if any(i.kind not in ("on", "and", "segment-name", "self", "but", "glue") for i in clause.items[:at]):
        return None
    for item in before.items:
        first = item.kind == "relation" and item.sense is not None and item.sense.grade == "superlative"
        if (first or item.kind == "place") and item.sense is not None:
            return item.sense.sign or 1
        if item.low in ("lead", "leads"):
            return 1
    return None


def _beside(clause: Clause, at: int) -> tuple[str, ...]:
    """The segment that the place is another name of: "ahead of S3, the runner-up", "the runner-up, S3, is"."""
    before, after = clause.before, clause.after
    leads = all(item.low == "the" for item in clause.items[:at])
    if leads and clause.link == "," and before is not None and before.items[-1].kind == "segment-name":
        return tuple(ref for ref, _ in before.items[-1].refs)
    if (
        clause.items[at].low.startswith("runner")
        and after is not None
        and after.link == ","
        and after.items[0].kind == "segment-name"
    ):
        return tuple(ref for ref, _ in after.items[0].refs)
    return ()


def _sets_beside(clause: Clause, at: int) -> bool:
    """Whether the place is another's, with whom this one is compared: "trails even the next-lowest segment"."""
    before = [
        i for i in clause.items[max(0, at - 3) : at] if i.kind != "glue" and i.low not in ("the", "even")
    ]
    last = before[-1] if before else None
    return last is not None and (
        last.kind == "than" or (last.kind == "relation" and last.sense is not None and last.sense.grade == "comparative")
        or last.low in ("over", "under", "to", "from", "of", "against")
    )  # fmt: skip


_POSITIONS = word_set("""
    on for in of by behind to after among out when if where place position rank spot slot seat
    """)
"""What stands behind an ordinal that gives a place: "second on", "second rank"."""


_STEPS = word_set("name names half time contact call visit step email")


def _led_by_column(clause: Clause, at: int) -> bool:
    """Whether the clause says what is ranked by ("on access, they come first"), not what comes first."""
    items = clause.items
    return any(
        item.kind in SUBJECTS and place and items[place - 1].kind in ("on", "by")
        for place, item in enumerate(items[:at])
    )


def _all_before(clause: Clause, at: int, state: State) -> tuple[Options, ...]:
    """All columns of the sentence where the place is held on each: "listing, calls, share: last on all three"."""
    if not any(i.low in ("both", "all") for i in clause.items[at + 1 : at + 3]):
        return ()
    found: list[Options] = []
    part: Clause | None = clause
    while part is not None and part.sentence == clause.sentence:
        items = part.items[:at] if part is clause else part.items
        found += [options(i, state.scene.truth) for i in items if i.kind in SUBJECTS]
        part = part.before
    return tuple(found) if len(found) > 1 and all(found) else ()


def _all_behind(clause: Clause, at: int, state: State) -> tuple[Options, ...]:
    """All columns listed behind the place: "second on access, calls and share"."""
    found = []
    for item in clause.items[at + 1 :]:
        if item.kind in SUBJECTS and options(item, state.scene.truth):
            found.append(options(item, state.scene.truth))
        elif item.kind in ("relation", "place", "number", "be"):
            break
    return tuple(found)
