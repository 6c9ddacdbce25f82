"""Statements of parts and multiples in words: most of them, a third, twice the average."""

from collections.abc import Iterator, Sequence

from llm.checking.binding import State, against_of, bound, options, who_of
from llm.checking.counting import counts_out
from llm.checking.frames import OF_PART, OF_SIZE, Frame, Options
from llm.checking.items import SUBJECTS, Item
from llm.checking.multiples import hedged
from llm.checking.qualifying import qualify
from llm.checking.reading import Clause
from llm.checking.truth import Subject
from llm.facts import ALL


def parted(clause: Clause, at: int) -> bool:
    """Whether the figure parts the accounts in halves: "half of them lie below 41%" gives the median."""
    before = clause.items[at - 1] if at else None
    if (
        before is None
        or before.kind not in ("hedge", "relation")
        or before.sense is None
        or not before.sense.sign
    ):
        return False
    return any(
        i.kind == "share" and i.sense is not None and i.sense.low < 0.5 < i.sense.high
        for i in clause.items[: at - 1]
    )


def hedge_before(clause: Clause, at: int) -> Item | None:
    """The word that bounds the part or the multiple: "more than twice", "well under a third"."""
    place = at - 1
    while place >= 0 and clause.items[place].kind in ("strong", "slight", "glue"):
        place -= 1
    before = clause.items[place] if place >= 0 else None
    return (
        before if before is not None and (before.kind == "hedge" or before.low in ("over", "under")) else None
    )


def of_a_level(behind: Sequence[Item]) -> bool:
    """Whether a part is one of a level: "two thirds of the base average", "three quarters of what S2 spends".
    `behind`: what stands behind its "of"."""
    rest = [i for i in behind if i.low not in ("the", "a", "an")]
    if not rest:
        return False
    first, second = rest[0], rest[1] if len(rest) > 1 else None
    if first.low in ("that", "what"):
        return any(i.kind in ("segment-name", "mean", "all") for i in rest[1:])
    return (
        first.kind == "mean"
        or first.low == "it"
        or (first.number is not None and second is not None and second.kind in ("of", "mean", "all"))
        or (first.kind == "all" and first.low.split()[-1] in _LEVELS)
        or (
            first.kind in ("all", "segment-name")
            and (first.owns or (second is not None and (second.kind == "mean" or second.low in _LEVELS)))
        )
    )


_LEVELS = frozenset({"average", "mean", "norm", "level", "figure"})


def share_frames(clause: Clause, at: int, item: Item, state: State) -> Iterator[Frame]:
    sense = item.sense
    if sense is None or any(i.kind == "number" and parted(clause, n) for n, i in enumerate(clause.items)):
        return
    if item.low == "every one of" and counts_out(clause.items):
        return
    low, high, sign = sense.low, sense.high, sense.sign
    behind = clause.items[at + 1 : at + 6]
    if item.low.endswith(" of") and 0.0 < low < high < 1.0 and of_a_level(behind):
        about, _ = times_subject(clause, at, item, state)
        against = against_of(clause, state, item)
        yield Frame("times", item, clause, about, who_of(clause, state), against, low=low, high=high)
        return
    before = hedge_before(clause, at)
    if before is not None and before.sense is not None and before.sense.sign:
        low, high = hedged(low, high, before.sense, before.low)
        high = 1.0 if before.sense.sign > 0 else high
    about, who = share_subject(clause, at, state), who_of(clause, state)
    carried = tuple(o for o in state.about if all(s.kind == "category" for s in o))
    if (
        carried
        and any(i.kind == "than" for i in clause.items[max(0, at - 2) : at])
        and _of_everybody(clause, at)
    ):
        about, who = carried, (ALL,)
    frame = Frame("share", item, clause, about, who, low=low, high=high, sign=sign)
    if _of_everybody(clause, at) and all(s.kind == "category" for o in about for s in o):
        frame.who = (ALL,)
    qualify(frame, clause, at)
    frame.negated = any(i.kind == "not" for i in clause.items[at + 1 :]) or (
        at > 0 and (clause.items[at - 1].kind == "not" or _denied_of(clause, at))
    )
    frame.spare = _sentence_categories(clause, state)
    if item.low in _FEW_OF and not any(s.kind == "category" for options_ in about for s in options_):
        return
    if item.low in _ADVERBS and (not about or clause.has("number") or len(clause.of("share")) > 1):
        return
    if not about and any(i.kind == "column" for i in clause.items):
        return
    if not about and low == 0.45 and any(
        i.kind in ("relation", "hedge") and i.sense is not None and i.sense.sign for i in clause.items[at + 1 :]
    ):  # fmt: skip
        return
    yield frame


def _denied_of(clause: Clause, at: int) -> bool:
    """Whether a category value is denied of the part: "Basic is not the plan of most of them"."""
    before = clause.items[:at]
    denied = next(
        (n for n, i in enumerate(before) if i.kind == "not" and n and before[n - 1].kind == "be"), None
    )
    return denied is not None and any(i.kind == "category" for i in before[:denied])


_FEW_OF = frozenset({"few", "few of", "very few"})
"""Few of the accounts of a segment are no part of all accounts: "few of these customers walk away"."""
_ADVERBS = frozenset(
    {
        "mostly",
        "mainly",
        "chiefly",
        "predominantly",
        "largely",
        "for the most part",
        "in the main",
        "primarily",
    }
)


def _sentence_categories(clause: Clause, state: State) -> Options:
    """The category values of the sentence that a share may sum up: behind it, not those with a share of their own."""
    found: list[Subject] = []
    first = clause
    while first.before is not None and first.before.sentence == clause.sentence:
        first = first.before
    place: Clause | None = first
    while place is not None and place.sentence == clause.sentence:
        if place.index <= clause.index or not place.has("share", "number"):
            found += [s for i in place.items if i.kind == "category" for s in options(i, state.scene.truth)]
        place = place.after
    return tuple(dict.fromkeys(found))


def _of_everybody(clause: Clause, at: int) -> bool:
    return any(i.kind == "all" for i in clause.items[at + 1 : at + 4])


def share_subject(clause: Clause, at: int, state: State) -> tuple[Options, ...]:
    """What a share is a share of: category values of the clause (together), a fraction, the accounts."""
    truth = state.scene.truth
    categories = [i for i in clause.items if i.kind == "category"]
    if categories:
        return tuple(options(i, truth) for i in categories)
    fractions = [
        i for i in clause.items
        if i.kind == "feature" and any(truth.unit(s) in ("fraction", "points") for s in options(i, truth))
    ]  # fmt: skip
    behind = clause.items[at + 1 : at + 5]
    of = clause.items[at].low.endswith(" of")
    for place, item in enumerate(behind):
        if item.kind == "people" and (of or clause.items[at].kind == "share") and not fractions:
            return (OF_PART,)
        if (
            item.kind == "people"
            and any(i.low in ("of", "all") or i.kind in ("of", "all") for i in behind[: place + 1])
            and (not fractions or fractions[0].start > item.start)
        ):
            return (OF_PART,)
        if item.kind == "all":
            return (OF_PART,)
        if item.kind == "feature" and (of or (place and any(i.kind == "of" for i in behind[:place]))):
            totals = tuple(Subject("total", s.column) for s in options(item, truth))
            return ((*totals, *options(item, truth)),)
    if fractions:
        nearest = min(fractions, key=lambda i: abs(i.start - clause.items[at].start))
        return (options(nearest, truth),)
    carried = tuple(
        o
        for o in state.about
        if any(s.kind == "category" or truth.unit(s) in ("fraction", "points") for s in o)
    )
    following = clause.after
    while following is not None and following.sentence == clause.sentence and not carried:
        carried = tuple(options(i, truth) for i in following.items if i.kind == "category")
        following = following.after
    return carried


def times_frames(clause: Clause, at: int, item: Item, state: State) -> Iterator[Frame]:
    sense = item.sense
    if sense is None:
        return
    following = clause.items[at + 1 : at + 3]
    if any(i.low in ("a", "per", "each", "every") for i in following[:1]) and any(
        i.low in _PERIODS for i in following
    ):
        return
    about, here = times_subject(clause, at, item, state)
    before = hedge_before(clause, at)
    low, high = hedged(sense.low, sense.high, before.sense, before.low) if before else (sense.low, sense.high)
    frame = Frame(
        "times", item, clause, about, who_of(clause, state), against_of(clause, state, item),
        low=low, high=high, loose=not here,
    )  # fmt: skip
    qualify(frame, clause, at)
    yield frame


_PERIODS = frozenset(["day", "week", "month", "quarter", "year", "visit"])


def times_subject(clause: Clause, at: int, item: Item, state: State) -> tuple[tuple[Options, ...], bool]:
    """The column of a multiple; "three times as many members" is about sizes."""
    people = [i for i in clause.items[at + 1 : at + 5] if i.kind == "people"]
    typical = clause.items[at:] and any(i.kind in ("mean", "median", "all") for i in clause.items[at:])
    if people and not typical and not any(i.kind in SUBJECTS for i in clause.items):
        return (OF_SIZE,), True
    return bound(clause, item, state, True)
