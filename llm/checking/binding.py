"""Who and what: the names that a word or a figure speaks of, and what is carried from clause to clause.

A name binds where a reader would bind it: right behind an adjective or a figure ("high access", "320 calls"),
else the nearest before it, else further on, else from the clause before or (fronted "At 46%, ...") the next.
"""

from collections.abc import Sequence

from llm.checking.carrying import (
    average_one,
    behind_whom,
    ends_with_everybody,
    figure_of_other,
    is_subject,
    last_of,
    listed,
    other_of_two,
    relative,
)
from llm.checking.frames import OF_PART, OF_SIZE, Against, Frame, Options, Scene
from llm.checking.items import SUBJECTS, WHO, Item
from llm.checking.reading import Clause, sentence_of
from llm.checking.truth import Subject, Truth
from llm.facts import ALL


class State:
    """What is carried from clause to clause: who is spoken of, about which column, compared with whom."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.who: tuple[str, ...] = (scene.segment,)
        self.about: tuple[Options, ...] = ()
        self.against: Against | None = None
        self.last: Item | None = None
        self.asked: tuple[str, ...] = ()
        """Whom a question of a name alone asks about, of whom the answer speaks: "The base? 23.2." """
        self.everybody = False
        """Whether the clause before ends with all accounts or the average one, of whom "who" then speaks."""
        self.gap: Frame | None = None
        self.sentence = 0
        self.named: dict[int, tuple[str, ...] | None] = {}
        """By the index of a clause, the segments that it is about."""

    def enter(self, clause: Clause) -> None:
        if clause.sentence != self.sentence or clause.link == "start":
            self.sentence, self.against, self.gap = clause.sentence, None, None
            asked = self.asked and clause.before is not None and clause.before.question
            self.who = self.asked if asked else (self.scene.segment,)
        if relative(clause):
            named = self.last and self.last.kind == "segment-name" and _ids(self.last)
            if named:
                self.who = named
                other = other_of_two(clause, named)
                self.against = Against(other, said=True) if other else self.against

    def leave(self, clause: Clause, found: Sequence[Frame]) -> None:
        """Take along what the clause spoke of, whom it spoke of, and its last difference."""
        self.gap = next((frame for frame in reversed(found) if frame.kind == "gap"), self.gap)
        subjects = [
            item for item in clause.items if item.kind in SUBJECTS and options(item, self.scene.truth)
        ]
        if subjects:
            self.about = tuple(
                options(item, self.scene.truth) for item in _group(clause, subjects[-1], self.scene)
            )
        elif any(set(frame.about) & {OF_SIZE, OF_PART} for frame in found):
            self.about = (OF_SIZE,)
        who = _who(clause, self)
        if who is not None:
            self.who = who
        against = _said_against(clause, self)
        if against is not None:
            self.against = against
        if any(item.kind not in ("on", "of", "and", "but") for item in clause.items):
            self.last = last_of(clause)
            self.everybody = ends_with_everybody(clause)
            named = _ids(self.last) if self.last.kind == "segment-name" else (ALL,) if self.everybody else ()
            self.asked = named if len(clause.items) < 4 else ()


def who_of(clause: Clause, state: State) -> tuple[str, ...]:
    """The segments the clause is about: those it names in front of any comparison, else the carried ones."""
    found = _who(clause, state)
    return state.who if found is None else found


# --- Who and against whom -------------------------------------------------------------------------


def _ids(item: Item) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref for ref, _ in item.refs))


def compared_from(clause: Clause) -> int:
    """The place in the clause from which names are what something is compared with."""
    if clause.limit < 0:
        clause.limit = _compared_from(clause)
    return clause.limit


def _compared_from(clause: Clause) -> int:
    for at, item in enumerate(clause.items):
        if item.kind == "than" or item.kind == "near" or (item.kind == "times"):
            return at + 1
        if item.kind == "number" and item.number and item.number.unit == "times":
            return at + 1
        if item.kind == "relation" and item.sense:
            standing = item.low in STANDING or item.sense.verb or item.low.endswith((" of", " to"))
            if standing and item.sense.grade == "comparative":
                return at + 1
        if (item.kind == "gap" and not clause.has("between")) or _has_risen(clause, at):
            return at + 1
        behind = clause.items[at + 1].low if at + 1 < len(clause.items) else ""
        if item.kind == "place" and (item.low.endswith(" to") or behind in ("to", "after")):
            return at + 1
    return len(clause.items)


def _has_risen(clause: Clause, at: int) -> bool:
    """Whether the word sets a figure against somebody: "up $43 on S2", "12% down on the base"."""
    near = clause.items[max(0, at - 1) : at + 3]
    return clause.items[at].low in ("up", "down") and any(item.kind == "number" for item in near)


STANDING = frozenset(["above", "below", "over", "under", "ahead", "behind", "beyond", "beneath"])


def in_front(clause: Clause) -> int:
    """Where a comparison at the very beginning of the clause ends: the names behind are subjects again."""
    if clause.front < 0:
        clause.front = _in_front(clause)
    return clause.front


def _in_front(clause: Clause) -> int:
    items = clause.items
    start = next((i for i, item in enumerate(items) if item.kind not in ("but", "and", "glue", "word")), 0)
    if start < len(items) and items[start].kind == "than":
        for at in range(start + 1, len(items)):
            if items[at].kind in WHO:
                return at + 1
    return 0


def _who(clause: Clause, state: State) -> tuple[str, ...] | None:
    """The segments the clause is about, where it names them."""
    if clause.index not in state.named:
        state.named[clause.index] = _named(clause, state.scene.segment)
    return state.named[clause.index]


def _named(clause: Clause, segment: str) -> tuple[str, ...] | None:
    limit, front = compared_from(clause), in_front(clause)
    where = clause.items[0].low == "where"
    """In "S2, where they make up 1%", they are others, spoken of in S2."""
    found: list[str] = []
    for at, item in enumerate(clause.items):
        if at < front or (at >= limit and not front):
            continue
        if item.kind == "segment-name" and item.low in ("former", "latter"):
            return _ids(item)
        if item.kind == "segment-name" and not figure_of_other(clause, at) and not behind_whom(clause, at):
            if found and not listed(clause, at):
                continue
            found += _ids(item)
        elif item.low in ("their", "its") and at and clause.items[at - 1].low in ("to", "than", "against"):
            continue
        elif item.kind == "self" and item.low not in ("here",):
            if found or (where and item.low in ("they", "it")):
                continue
            behind = clause.items[at + 1 : at + 3]
            if [i.kind for i in behind] == ["and", "segment-name"]:
                found.append(segment)
                continue
            return (segment,)
        elif (item.kind == "all" and not found and is_subject(clause, at)) or (
            item.kind == "mean" and not found and average_one(clause, at)
        ):
            return (ALL,)
    if not found and not where and any(item.kind == "self" for item in clause.items[:limit]):
        return (segment,)
    return tuple(dict.fromkeys(found)) or None


def _said_against(clause: Clause, state: State) -> Against | None:
    """Whom the clause compares with in so many words."""
    limit, front = compared_from(clause), in_front(clause)
    spots = range(front) if front else range(min(limit, len(clause.items)), len(clause.items))
    named: list[str] = []
    for at in spots:
        member = clause.items[at]
        if named and not (member.kind == "segment-name" and listed(clause, at)) and member.kind in WHO:
            break
        if member.kind == "segment-name":
            named += _ids(member)
        elif member.kind == "self" and not named:
            if member.low in ("it", "them"):
                told = _who(clause, state) if front == 0 else None
                other = told is not None and state.scene.segment not in told and told != (ALL,)
                return state.against or (Against((state.scene.segment,), said=True) if other else Against())
            named_next = clause.items[at + 1 : at + 2]
            if member.low == "here" or (
                member.low in ("their", "its") and named_next and named_next[0].kind in SUBJECTS
            ):
                continue
            return Against((state.scene.segment,), said=True)
        elif member.kind == "any":
            return Against((), every=True, said=True)
        elif member.kind == "another" and not named:
            others = tuple(s for s in state.scene.truth.segments if s != state.scene.segment)
            return Against(others, said=True, some=True)
        elif member.kind in ("all", "rest") or (
            member.kind == "people" and member.low.startswith(("average", "typical"))
        ):
            if not named:
                return Against((ALL,), said=True)
        elif member.kind in ("and", "but") and named and not _more_names(clause, at):
            break
    return Against(tuple(dict.fromkeys(named)), said=True) if named else None


def _more_names(clause: Clause, at: int) -> bool:
    return any(item.kind == "segment-name" for item in clause.items[at + 1 : at + 3])


def against_of(clause: Clause, state: State, item: Item) -> Against:
    """Whom the item compares with: said here, said in the next clause ("higher access but fewer calls than
    S3"), carried from the clause before, or all accounts."""
    said = _said_against(clause, state)
    if said is not None:
        return said
    plain = item.sense is not None and item.sense.grade == "comparative"
    if plain and item.low not in STANDING:
        after = clause.after
        if after is not None and after.sentence == clause.sentence and after.link in ("and", "but", ","):
            later = _said_against(after, state) if after.has("than") else None
            if later is not None:
                return later
        if state.against is not None:
            return state.against
        other = _other_named(clause, state)
        if other and not clause.has("any", "none", "rest", "another"):
            return Against(other, said=True)
    elif item.kind in ("times", "number") and state.against is not None:
        return state.against
    if state.scene.segment not in who_of(clause, state):
        return Against((state.scene.segment, ALL))
    return Against()


def _other_named(clause: Clause, state: State) -> tuple[str, ...]:
    """The one segment beside the one spoken of, or that one beside another: "they differ from S4 by higher calls"."""
    who = who_of(clause, state)
    named = dict.fromkeys(ref for i in clause.of("segment-name") for ref in _ids(i))
    if not named and clause.link in (":", ")", "–", "—") and clause.has("self"):
        named = dict.fromkeys(
            ref for part in sentence_of(clause) for i in part.of("segment-name") for ref in _ids(i)
        )
    others = [ref for ref in named if ref not in who]
    if len(who) == 1 and len(others) == 1:
        return (others[0],)
    return (state.scene.segment,) if not others and state.scene.segment not in who and ALL not in who else ()


# --- What about -----------------------------------------------------------------------------------


def options(item: Item, truth: Truth) -> Options:
    """What a name may stand for. A column of categories stands for nothing with a value."""
    found: list[Subject] = []
    for name in item.names:
        for column, value in name.refs:
            if name.kind == "feature":
                found.append(Subject("number", column))
            elif name.kind == "size":
                found.append(Subject("size", column))
            elif name.kind == "category":
                found.append(Subject("category", column, value))
    return tuple(found)


def _group(clause: Clause, item: Item, scene: Scene) -> list[Item]:
    """The item and those it is listed with ("access, calls and share")."""
    items = clause.items
    at = items.index(item)
    group = [item]
    for step in (-1, 1):
        last = at
        place = at + step
        while 0 <= place < len(items):
            other = items[place]
            if step < 0 and other.kind in SUBJECTS and _had(items, place, last):
                break
            if other.kind in SUBJECTS and abs(place - last) > 1 and options(other, scene.truth):
                group.append(other)
                last = place
            elif not (
                other.kind == "and"
                or other.low in ("the", "its", "their", "a", "an", "on", "both", "for", "in", ",")
            ):
                break
            place += step
    return sorted(group, key=lambda member: member.start)


def _had(items: Sequence[Item], place: int, last: int) -> bool:
    """Whether the name ends what is stated before: "have no phone, and their charges are high"."""
    owned = any(item.low in ("their", "its") for item in items[place:last])
    return owned and any(item.kind == "be" for item in items[:place])


def _right(clause: Clause, at: int, truth: Truth, stop: Sequence[str], reach: int) -> Item | None:
    """The first name behind the place with nothing of `stop` between."""
    for item in clause.items[at + 1 : at + 2 + reach]:
        if item.kind in SUBJECTS and options(item, truth):
            return item
        if item.kind in stop or (item.kind == "mark" and item.low not in ("'", '"', "“", "”")):
            return None
    return None


def _measured(clause: Clause, at: int, truth: Truth) -> Item | None:
    """The column behind "a generous intake of": what the adjective's noun is of."""
    behind = [i for i in clause.items[at + 1 : at + 5] if i.low not in ("the", "their", "our", "its")]
    led = len(behind) > 2 and behind[0].kind == "word" and behind[1].kind == "of"
    return (
        behind[2]
        if led and behind[2].kind in SUBJECTS and behind[2].strong and options(behind[2], truth)
        else None
    )


def _on_right(clause: Clause, at: int, truth: Truth) -> Item | None:
    """The name that a later "on", "in", "for" or "of" brings in: "highest of the four on access"."""
    led = False
    for item in clause.items[at + 1 :]:
        if item.kind in ("on", "of"):
            led = True
        elif item.kind in SUBJECTS and options(item, truth):
            return item if led else None
        elif item.kind in ("than", "be", "but", "number"):
            if item.kind == "number" and item.number and item.number.words:
                continue
            return None
    return None


def _left(clause: Clause, at: int, truth: Truth) -> Item | None:
    """The nearest name before the place, one under its own name rather than by a part of it."""
    names = [i for i in clause.items[:at] if i.kind in SUBJECTS and options(i, truth)]
    return next((i for i in reversed(names) if i.strong), names[-1] if names else None)


def bound(clause: Clause, item: Item, state: State, attributive: bool) -> tuple[tuple[Options, ...], bool]:
    """The columns a word or figure speaks of, and whether they were found in its own clause."""
    scene = state.scene
    at = clause.items.index(item)
    direct: Item | None = None
    if (
        item.glued
        and at
        and clause.items[at - 1].kind in SUBJECTS
        and options(clause.items[at - 1], scene.truth)
    ):
        return (options(clause.items[at - 1], scene.truth),), True
    if item.tied is not None and item.kind in ("relation", "near"):
        direct = item.tied
        if direct not in clause.items or not options(direct, scene.truth):
            named = options(direct, scene.truth)
            return ((named,), True) if named else ((), False)
    elif attributive:
        direct = _measured(clause, at, scene.truth) or _right(clause, at, scene.truth, _STOP_RIGHT, 3)
    direct = direct or _left(clause, at, scene.truth) or _on_right(clause, at, scene.truth)
    direct = direct or _right(clause, at, scene.truth, ("but",), 12)
    if direct is not None:
        group = _group(clause, direct, scene)
        return tuple(options(member, scene.truth) for member in group), True
    after = clause.after
    fronted = clause.link in ("start", ";", ":") and after is not None and after.sentence == clause.sentence
    plain = item.sense is not None and item.kind == "relation" and item.sense.grade == "plain"
    if fronted and after is not None and not plain:
        first = next((i for i in after.items if i.kind in SUBJECTS and options(i, scene.truth)), None)
        if first is not None and (state.about == () or clause.link == "start"):
            return (options(first, scene.truth),), False
    if state.about:
        return state.about, False
    while after is not None and after.sentence == clause.sentence:
        first = next((i for i in after.items if i.kind in SUBJECTS and options(i, scene.truth)), None)
        if first is not None:
            return (options(first, scene.truth),), False
        after = after.after
    return (), False


_STOP_RIGHT = (
    "be",
    "than",
    "on",
    "of",
    "and",
    "but",
    "which",
    "segment-name",
    "any",
    "all",
    "near",
    "times",
    "place",
    "number",
    "relation",
    "segment",
    "self",
)
