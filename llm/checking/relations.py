"""Statements in words: above, highest, second, only, close to, over-represented."""

from collections.abc import Iterator
from dataclasses import replace

from llm.checking.binding import STANDING, State, against_of, bound, compared_from, options, who_of
from llm.checking.frames import OF_SIZE, Against, Frame, Options
from llm.checking.implied import by_adjective, by_people, by_verb, lasting
from llm.checking.items import SUBJECTS, Item
from llm.checking.parts import share_frames, times_frames
from llm.checking.places import place_frames
from llm.checking.qualifying import neighbour, qualify
from llm.checking.reading import Clause
from llm.checking.rivals import between, rivals
from llm.checking.things import is_thing, on_nothing
from llm.checking.tokens import word_set
from llm.checking.unsaid import (
    PLACED,
    as_much,
    beside_mean,
    beside_pronoun,
    just_as,
    measured_time,
    part_of_other,
    strange_noun,
    than_figure,
)
from llm.facts import ALL

_SIZE_WORDS = word_set("""
    largest biggest smallest larger bigger smaller large big small tiny sizeable sizable tiniest hefty
    outnumbers outnumber outnumbering dwarfs dwarf
    """)


def frames_of(clause: Clause, state: State) -> Iterator[Frame]:
    """The statements that the clause makes without figures."""
    if not clause.has(
        "relation", "place", "near", "over", "under", "only", "mode", "share", "times", "between"
    ):
        return
    for at, item in enumerate(clause.items):
        if item.kind == "relation":
            yield from _relation(clause, at, item, state)
        elif item.kind == "place":
            yield from place_frames(clause, at, item, state)
        elif item.kind == "near":
            yield from _near(clause, at, item, state)
        elif item.kind in ("over", "under"):
            yield from _index(clause, item, state)
        elif item.kind == "only":
            yield from _exclusive(clause, at, item, state)
        elif item.kind == "mode":
            yield from _mode(clause, item, state)
        elif item.kind == "share":
            yield from share_frames(clause, at, item, state)
        elif item.kind == "times":
            yield from times_frames(clause, at, item, state)
        elif item.kind == "between":
            lying = between(clause, at, bound(clause, item, state, False)[0], state)
            if lying is not None:
                yield lying


def _exclusive(clause: Clause, at: int, item: Item, state: State) -> Iterator[Frame]:
    """ "the only segment with retired clients": no other has any of that category value."""
    behind = clause.items[at + 1 :]
    led = (bool(behind) and behind[0].kind in ("segment", "self")) or (behind and behind[0].low == "one")
    values = [i for i in behind if i.kind == "category"]
    if led and values and not clause.has("relation", "number", "share", "over", "under", "mode", "place"):
        about = (options(values[0], state.scene.truth),)
        yield Frame("exclusive", item, clause, about, who_of(clause, state))


def _takes_figure(clause: Clause, at: int) -> bool:
    """Whether a figure right before the word makes it a difference: "12 points above", "23% higher"."""
    place = at - 1
    while place >= 0 and clause.items[place].kind in ("strong", "slight", "glue", "hedge"):
        place -= 1
    before = clause.items[place] if place >= 0 else None
    return before is not None and before.kind == "number" and not before.glued


def _relation(clause: Clause, at: int, item: Item, state: State) -> Iterator[Frame]:
    sense = item.sense
    if sense is not None and sense.grade == "plain" and on_nothing(clause, at):
        yield Frame("relation", item, clause, (), who_of(clause, state), sign=sense.sign, grade="plain")
        return
    if sense is None or part_of_other(clause, at) or measured_time(clause.items[:at], item):
        return
    if sense.grade == "plain" and _sizes_a_gap(clause, at):
        return
    if item.low in ("earlier", "later") and at and _names_a_time(clause, at):
        return
    if sense.grade == "comparative" and _takes_figure(clause, at) and not _several(clause, at):
        return
    if sense.grade == "comparative" and than_figure(clause, at):
        return
    equal = sense.grade == "plain" and just_as(clause, at)
    if equal and not clause.has("segment-name", "all", "rest"):
        return
    if equal or (sense.grade == "plain" and as_much(clause, at)):
        about, here = _about(clause, at, item, state)
        against = against_of(clause, state, item)
        if about:
            yield Frame("near", item, clause, about, who_of(clause, state), against, loose=not here)
        return
    if (item.low in PLACED and beside_pronoun(clause, at, state)) or beside_mean(clause, item, state):
        return
    about, here = _about(clause, at, item, state)
    told = rivals(clause, at, item, about, state)
    if told is not None:
        yield told
        return
    if item.low in _AFTER_PLACE and _placed_before(clause, at):
        return
    following = neighbour(clause, at)
    if sense.grade == "plain" and _as_high_as(clause, at):
        sense = replace(sense, grade="comparative")
    if sense.grade == "superlative" and at + 1 < len(clause.items) and clause.items[at + 1].low in _SHORT:
        sense = replace(sense, sign=-sense.sign)
    vague = item.low in ("more", "less", "fewer", "most", "least") and sense.grade == "comparative"
    denied = any(i.kind == "none" for i in clause.items[:at])
    if vague and not here and not denied and not against_of(clause, state, item).said:
        return
    if sense.grade == "plain" and (_plain_size(item, about) or (not here and not _leads(clause, at))):
        return
    if sense.grade == "plain" and not here and strange_noun(clause, at):
        return
    if (
        sense.grade == "superlative"
        and following is not None
        and following.low in _SLICES
        and not clause.has("category")
    ):
        return
    if not about and item.low in _SIZE_WORDS and following is not None and following.kind == "people":
        return
    frame = Frame(
        kind="relation", item=item, clause=clause, about=about, who=who_of(clause, state),
        sign=sense.sign, grade=sense.grade, polar=sense.polar, hint=sense.about or lasting(item), loose=not here,
    )  # fmt: skip
    qualify(frame, clause, at)
    frame.negated = frame.negated and not (lasting(item) and any(i.low in _MET for i in clause.items[:at]))
    if sense.grade == "superlative":
        if _of_another(clause, at) and not frame.joint:
            frame.negated = not frame.negated
        _extreme(frame, clause, at)
        if item.low in _SIZE_WORDS and any(s.kind == "category" for options in about for s in options):
            frame.within = True
    elif sense.grade == "comparative" or sense.verb:
        frame.against = against_of(clause, state, item)
        if clause.has("none") and not (sense.verb or item.low in STANDING or clause.has("than", "any")):
            frame.against = Against()
        nobody = next((i for i in clause.items[:at] if i.kind == "none"), None)
        everybody = next(
            (i for i in clause.items[: compared_from(clause)] if i.kind == "any" and i.start < item.start),
            None,
        )
        doer = _doer(clause, at)
        if doer is not None and doer.kind != "none":
            frame.sign = -frame.sign
        if nobody is not None or (doer is not None and doer.kind == "none"):
            frame.nobody, frame.negated = True, False
            if frame.against.said and frame.against.segments and frame.against.segments != (ALL,):
                frame.who = frame.against.segments
        elif everybody is not None and not frame.against.every:
            frame.sign, frame.grade, frame.against = -frame.sign, "superlative", Against()
        elif _of_another(clause, at) and not frame.against.said:
            others = tuple(s for s in state.scene.truth.segments if s != state.scene.segment)
            frame.sign, frame.against = -frame.sign, Against(others, said=True, some=True)
        if (
            frame.only
            and not frame.against.said
            and frame.item.low not in ("above", "below", "over", "under", "beyond")
        ):
            frame.within = True
        if frame.against.every:
            frame.grade, frame.loose = "superlative", frame.loose or not here
            behind = state.against
            if (
                behind is not None
                and behind.said
                and behind.segments not in ((), (ALL,))
                and clause.link in (",", "and", "but")
            ):
                frame.place = len(behind.segments) + 1
    else:
        nobody = next((i for i in clause.items[:at] if i.kind == "none"), None)
        even = item.low.startswith(("as ", "so ")) or any(
            i.low in ("as", "so", "such") or i.kind == "than" for i in clause.items[:at]
        )
        if nobody is not None and even:
            frame.nobody, frame.negated, frame.grade = True, False, "superlative"
        elif nobody is not None and any(i.low in _CALLS for i in clause.items[:at]):
            frame.negated = not frame.negated
        elif nobody is not None:
            frame.only, frame.nobody = True, True
    yield frame


def _as_high_as(clause: Clause, at: int) -> bool:
    """Whether a level is denied beside another segment's: "not as high as in S4" is lower than there."""
    led = at > 0 and clause.items[at - 1].low in ("as", "so")
    again = any(i.low == "as" for i in clause.items[at + 1 : at + 4])
    return (
        led
        and again
        and clause.has("not")
        and clause.has("segment-name")
        and not clause.has("none", "double")
    )


def _names_a_time(clause: Clause, at: int) -> bool:
    """Whether the word only tells one from another: "the earlier campaign"."""
    before, after = clause.items[at - 1], neighbour(clause, at)
    led = before.low in ("the", "an", "a", "their", "its", "our")
    return led and after is not None and after.kind in ("word", "feature", "category")


_SHORT = frozenset({"shortfall", "deficit"})
"""Differences on the side below: the widest of them is held by the lowest."""
_MET = frozenset({"seen", "heard", "met", "visited", "spoken"})
"""Whoever was not seen for longer has been away for longer."""


def _doer(clause: Clause, at: int) -> Item | None:
    """Who does it where the segment spoken of suffers it: "is exceeded by S3", "undercut by no other"."""
    item, behind = clause.items[at], clause.items[at + 1 : at + 5]
    behind = behind[behind[:1] != [] and behind[0].kind in ("word", "strong") :]
    if item.sense is None or not item.sense.verb or not behind or behind[0].kind != "by":
        return None
    doers = ("none", "any", "segment-name", "another", "rest", "all")
    return next((i for i in behind[1:] if i.kind in doers), None)


_AFTER_PLACE = frozenset({"behind", "below", "beneath"})
"""Words that say who holds the place before: "second behind S3"."""


def _placed_before(clause: Clause, at: int) -> bool:
    return any(
        i.kind == "place" or (i.number is not None and i.number.unit == "rank")
        for i in clause.items[max(0, at - 2) : at]
    )


def _of_another(clause: Clause, at: int) -> bool:
    """Whether another segment, left open, is what the word speaks of: "another segment has more"."""
    return any(item.kind == "another" for item in clause.items[:at])


_CALLS = word_set("call calls describe describes consider considers say says claim claims accuse accuses")
"""Nobody would call it high: then it is not."""
_SLICES = frozenset({"slice", "slices", "chunk", "portion", "item", "post", "line"})
"""The largest of these is the largest column of a segment, and compares no segments."""


def _plain_size(item: Item, about: tuple[Options, ...]) -> bool:
    """ "a small part of it": no word on how a category value compares."""
    return item.low in _SIZE_WORDS and all(s.kind == "category" for o in about for s in o) and bool(about)


def _leads(clause: Clause, at: int) -> bool:
    """Whether an adjective whose column was named before opens its clause: "Adherence? Strong ..." """
    return all(
        i.kind in ("strong", "slight", "and", "but", "not", "be", "self", "glue") or i.low in ("the", "also")
        for i in clause.items[:at]
    )


def _several(clause: Clause, at: int) -> bool:
    """Whether the figure before it is a part of a name or a count of segments, so no difference."""
    before = clause.items[at - 1] if at else None
    return before is not None and before.number is not None and before.number.unit == "rank"


def _about(clause: Clause, at: int, item: Item, state: State) -> tuple[tuple[Options, ...], bool]:
    sense = item.sense
    if item.tied is not None or (item.glued and at and clause.items[at - 1].kind in SUBJECTS):
        return bound(clause, item, state, False)
    after = neighbour(clause, at)
    while (after is not None and after.kind in ("strong", "slight", "mean", "median")) or (
        after is not None and after.low == "single"
    ):
        after = neighbour(clause, clause.items.index(after))
    about_size = item.low in _SIZE_WORDS or (after is not None and after.low in ("list", "block"))
    measured = sense is None or sense.grade != "comparative"
    if after is not None and after.kind in ("people", "self") and item.low.endswith(" of") and measured:
        values = [options(i, state.scene.truth) for i in clause.items if i.kind == "category"]
        return (tuple(values), True) if len(values) == 1 else ((), False)
    if after is not None and after.kind == "people" and item.low not in _COUNTING:
        implied = by_people(after, state)
        if implied:
            return (implied,), True
        if sense is not None and sense.grade == "plain":
            return (), False
    sliced = about_size and after is not None and after.low in ("share", "slice")
    if sliced and not clause.has("category") and not _later_subject(clause, at, state):
        shares = by_adjective("share", state)
        if shares:
            return (shares,), True
    if about_size and after is not None and after.kind == "people":
        said = bound(clause, item, state, True)
        return said if said[1] else ((), False)
    if (
        about_size
        and after is not None
        and (
            after.kind == "segment"
            or (after.kind == "self" and after.low != "here")
            or after.low in ("of", "one", "single")
        )
    ) and (not _later_subject(clause, at, state) or after.kind == "segment"):
        return (OF_SIZE,), True
    if after is not None and after.kind == "people" and item.low in _COUNTING:
        behind = neighbour(clause, clause.items.index(after))
        if behind is not None and behind.kind == "word" and not after.low.endswith("s"):
            return (), False
        return (OF_SIZE,), True
    hinted = by_adjective(sense.about, state) if sense is not None and sense.about else ()
    if hinted or (sense is not None and sense.about == "late"):
        return ((hinted,), True) if hinted else ((), False)
    attributive = sense is not None and not sense.verb and item.low not in (
        "above", "below", "over", "under", "ahead of", "behind", "ahead", "beyond", "beneath"
    )  # fmt: skip
    about, here = bound(clause, item, state, attributive)
    if not (here and _timed(about, item, state)) and (meant := by_verb(clause, item, state)):
        return (meant,), True
    if not here and about_size and not (after is not None and is_thing(after)):
        return ((*OF_SIZE, *(s for choice in about for s in choice)),), True
    return about, here


def _timed(about: tuple[Options, ...], item: Item, state: State) -> bool:
    """Whether what is named can be compared so: a span only with a column of time."""
    if not lasting(item):
        return True
    units = {state.scene.truth.unit(s) for choice in about for s in choice}
    return len(units) == 1 and units <= {"days", "months"}


_COUNTING = frozenset({"more", "fewer", "most", "fewest"})


def _later_subject(clause: Clause, at: int, state: State) -> bool:
    return any(i.kind in SUBJECTS and options(i, state.scene.truth) for i in clause.items[at + 1 : at + 6])


def _extreme(frame: Frame, clause: Clause, at: int) -> None:
    nobody = any(i.kind == "none" for i in clause.items[:at])
    if nobody:
        frame.nobody = True
    follows = list(clause.items[at + 1 :])
    category = next((i for i in clause.items if i.kind == "category"), None)
    column = next((i for i in follows[:3] if i.kind == "column"), None)
    if category is not None and (
        column is not None or any(i.kind == "mode" for i in clause.items) or frame.item.low in _SIZE_WORDS
        or frame.item.low in ("top", "leads", "lead", "leading", "on top")
    ):  # fmt: skip
        frame.within = True
    after = neighbour(clause, at)
    if after is not None and after.low in ("after", "behind", "bar", "but", "except") and not frame.place:
        frame.place = 2


def _halfway(clause: Clause, at: int) -> bool:
    """Whether a figure stands in the middle, as its median: "$500 in the middle of the pack"."""
    return "middle" in clause.items[at].low and at > 0 and clause.items[at - 1].kind == "number"


def _near(clause: Clause, at: int, item: Item, state: State) -> Iterator[Frame]:
    about, here = bound(clause, item, state, False)
    if not about or _halfway(clause, at) or any(i.glued for i in clause.items[at + 1 : at + 2]):
        return
    if any(i.kind == "none" for i in clause.items[:at]) and not clause.has("all"):
        yield from _out_of_reach(clause, item, state, about)
        return
    frame = Frame(
        "near", item, clause, about, who_of(clause, state), against_of(clause, state, item), loose=not here
    )
    qualify(frame, clause, at)
    yield frame


def _out_of_reach(clause: Clause, item: Item, state: State, about: tuple[Options, ...]) -> Iterator[Frame]:
    """ "nobody comes near them on calls": they are first, or last where less is better."""
    who, truth = who_of(clause, state), state.scene.truth
    place = truth.place(who[0], about[0][0], 1)
    low = place is not None and place[0] > len(truth.segments) / 2
    sign = -1 if low and truth.polarity(about[0][0]) < 0 else 1
    yield Frame("relation", item, clause, about, who, sign=sign, grade="superlative", nobody=True)


def _sizes_a_gap(clause: Clause, at: int) -> bool:
    """Whether the word speaks of the difference that follows: "by a modest 4 points", "a hefty $900 more"."""
    led = at > 0 and clause.items[at - 1].low in ("a", "an", "by", "some")
    number = clause.items[at + 1].number if at + 1 < len(clause.items) else None
    after = clause.items[at + 2] if at + 2 < len(clause.items) else None
    compared = after is not None and (after.sense is not None and after.sense.grade == "comparative")
    return led and number is not None and (number.unit in ("points", "times") or compared)


def _index(clause: Clause, item: Item, state: State) -> Iterator[Frame]:
    about, here = bound(clause, item, state, True)
    frame = Frame(
        "index",
        item,
        clause,
        about,
        who_of(clause, state),
        sign=1 if item.kind == "over" else -1,
        loose=not here,
    )
    qualify(frame, clause, clause.items.index(item))
    yield frame


def _mode(clause: Clause, item: Item, state: State) -> Iterator[Frame]:
    about, here = bound(clause, item, state, False)
    categories = tuple(o for o in about if all(s.kind == "category" for s in o))
    if item.low in ("most frequent", "most numerous") and here and not categories:
        yield Frame("relation", item, clause, about[:1], who_of(clause, state), sign=1, grade="superlative")
    if categories:
        yield Frame(
            "relation", item, clause, categories[:1], who_of(clause, state), sign=1, grade="superlative", within=True,
            loose=not here,
        )  # fmt: skip
