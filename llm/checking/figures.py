"""Statements in figures: levels, differences, multiples, places, sizes, and how many segments there are."""

from collections.abc import Iterator
from dataclasses import replace

from llm.checking.binding import State, against_of, bound, who_of
from llm.checking.columns import TIME, columns_of, spare_of
from llm.checking.counting import counts_named, counts_segments, meant
from llm.checking.differences import difference, polar, signed
from llm.checking.frames import Against, Frame
from llm.checking.items import SUBJECTS, WHO, Item
from llm.checking.multiples import hedged
from llm.checking.numerals import Number
from llm.checking.owners import owner_of
from llm.checking.parts import hedge_before, of_a_level, parted, times_subject
from llm.checking.qualifying import ordering
from llm.checking.reading import Clause, sentence_of
from llm.checking.senses import Sense
from llm.checking.tokens import word_set
from llm.checking.truth import PART
from llm.facts import ALL


def frames_of(clause: Clause, state: State) -> Iterator[Frame]:
    """The statements that the clause makes with figures, one a figure."""
    if not clause.has("number", "vague"):
        return
    for at, item in enumerate(clause.items):
        if item.kind == "vague" and item.sense is not None:
            about, _ = bound(clause, item, state, True)
            yield Frame(
                "vague", item, clause, about, who_of(clause, state), low=item.sense.low, high=item.sense.high
            )
        if (
            item.kind == "number"
            and item.number is not None
            and not (item.glued and at and clause.items[at - 1].kind == "word")
        ):
            frame = _frame(clause, at, item, item.number, state)
            if frame is not None:
                yield frame


def _frame(clause: Clause, at: int, item: Item, number: Number, state: State) -> Frame | None:
    behind = list(clause.items[at + 1 : at + 6])
    if counts_named(clause, at, number):
        return None
    if counts_segments(clause, at, number):
        return Frame("segments", item, clause, (), (), number=number)
    if number.words and not meant(clause, at, number):
        return None
    if number.value == 100 and not number.unit and _is_base(clause, at):
        return None
    if (
        number.unit in TIME
        and "." not in number.text
        and at
        and clause.items[at - 1].low in ("every", "each", "per", "once", "within")
    ):
        return None
    frame = Frame("level", item, clause, (), who_of(clause, state), number=number, hedge=_hedge(clause, at))
    if not number.unit and _is_ratio(clause, at):
        frame.number = number = replace(number, unit="times")
    frame.statistic = _statistic(clause, at)
    if parted(clause, at):
        frame.statistic, frame.hedge = "median", None
    frame.negated = clause.has("not") and any(i.kind == "not" for i in clause.items[max(0, at - 3) : at])
    if number.parts and behind[:1] and behind[0].kind == "of" and of_a_level(behind[1:]):
        reach = 0.05 * number.value
        frame.kind, frame.number = "times", None
        before = hedge_before(clause, at)
        frame.low, frame.high = hedged(
            (number.value - reach) / 100, (number.value + reach) / 100, before.sense if before else None,
            before.low if before else "",
        )  # fmt: skip
        frame.about, _ = times_subject(clause, at, item, state)
        frame.against = against_of(clause, state, item)
        other = next((i for i in clause.items[at + 1 :] if i.kind == "segment-name"), None)
        if other is not None:
            frame.against = Against(tuple(ref for ref, _ in other.refs), said=True)
            frame.who = frame.who if any(i.kind in WHO for i in clause.items[:at]) else state.who
        return frame
    if number.unit == "rank":
        frame.kind, frame.place, frame.sign = "place", int(number.value), ordering(clause) or 1
        if any(i.kind == "relation" and i.sense and i.sense.grade == "superlative" for i in behind[:1]):
            return None
        frame.about = bound(clause, item, state, False)[0]
        frame.wide = True
        return frame
    if number.unit == "times":
        frame.kind = "times"
        frame.about, _ = times_subject(clause, at, item, state)
        frame.against = against_of(clause, state, item)
        other = next((i for i in clause.items[at + 1 :] if i.kind == "segment-name"), None)
        if other is not None and not frame.against.said and item.number is not number:
            frame.against = Against(tuple(ref for ref, _ in other.refs), said=True)
            frame.who = state.who if {*frame.who} <= {*frame.against.segments} else frame.who
        return frame
    if not number.unit and number.value > 1 and _based_on_hundred(clause):
        frame.kind = "index figure"
    special = next(iter(clause.of("z", "lift", "sd", "index", "quartile")), None)
    if special is not None and (abs(clause.items.index(special) - at) <= 3 or number.unit == "sd"):
        frame.kind = "index figure" if special.kind == "index" else special.kind
    if number.unit == "sd":
        frame.kind = "sd" if frame.kind == "sd" and special is not None else "z"
    sign = signed(clause, number) or difference(clause, at, number)
    if number.value < 0 and sign:
        frame.number = replace(number, value=-number.value)
    if frame.kind == "level" and sign is not None:
        frame.kind, frame.sign, frame.polar = "gap", sign, polar(clause, at)
        frame.against = against_of(clause, state, item)
    if frame.kind == "level" and _place_of(clause, at, number, state):
        frame.kind, frame.place, frame.wide = "place", int(number.value), True
        frame.sign = ordering(clause) or 1
        frame.about = bound(clause, item, state, False)[0]
        return frame
    frame.about = columns_of(clause, at, item, number, state, frame.kind)
    frame.who = owner_of(clause, at, state, frame)
    if frame.who == (ALL,) and any(
        s.kind == "total" or s.column == PART for options in frame.about for s in options
    ):
        frame.who = who_of(clause, state)
    if clause.items[at - 1 : at] and clause.items[at - 1].low == "nearest":
        return None
    frame.spare, frame.echo = spare_of(clause, state), state.gap
    if clause.has("only", "none"):
        frame.only = any(i.kind in ("only", "none") for i in clause.items[:at])
        frame.nobody = any(i.kind == "none" for i in clause.items[:at])
    between = clause.has("between") and any(i.kind == "between" for i in clause.items[max(0, at - 3) : at])
    if (between and clause.items[at - 1].kind in ("between", "hedge")) or _ends_range(clause, at):
        frame.kind = "range"
    return frame


_BEFORE_FIGURES = word_set("the a some an only just average mean well comfortably still")
_LOOSELY = frozenset({"or so", "thereabouts", "give or take", "or thereabouts", "near enough"})


def _hedge(clause: Clause, at: int) -> Sense | None:
    place = at - 1
    while place >= 0 and clause.items[place].low in _BEFORE_FIGURES:
        place -= 1
    before = clause.items[place] if place >= 0 else None
    skipped = next((i for i in clause.items[place + 1 : at] if i.kind == "hedge"), None)
    led = before if before is not None and before.kind == "hedge" else skipped
    found = led.sense if led is not None else None
    if (
        found is not None
        and found.sign
        and place
        and clause.items[place - 1].low in ("well", "far", "comfortably")
    ):
        return Sense("hedge", found.sign, "wide")
    if found is not None and before is not None and before.low.startswith(("well", "comfortably")):
        return Sense("hedge", found.sign, "wide")
    after = clause.items[at + 1 : at + 3]
    if found is None and any(i.low in _LOOSELY for i in after):
        return Sense("hedge", 0)
    if (
        found is None
        and len(after) > 1
        and after[0].low in ("or", "and")
        and after[1].low in ("more", "so", "thereabouts", "over")
    ):
        return Sense("hedge", 0 if after[1].low != "more" else 1)
    if found is None and not after and _hedged_after(clause):
        return Sense("hedge", 0)
    if found is not None and found.sign and led is not None:
        if _denied_before(clause, clause.items.index(led)):
            return Sense("hedge", -found.sign, "limit")
        if led.low in _LIMITS:
            return Sense("hedge", found.sign, "limit")
    return found


_LIMITS = frozenset({"no more than", "at most", "no less than", "no fewer than", "at least", "a maximum of"})
"""Bounds that any value on their side keeps to, however far off."""


def _denied_before(clause: Clause, at: int) -> bool:
    """Whether the bound is denied: "do not make more than ten", "never goes above 22%"."""
    if sum(item.kind == "not" for item in clause.items[:at]) != 1:
        return False
    for item in reversed(clause.items[max(0, at - 3) : at]):
        if item.kind == "not":
            return True
        if item.kind not in ("be", "word", "feature", "on"):
            return False
    return False


def _statistic(clause: Clause, at: int) -> str:
    """The nearest word for a statistic, that of the clause first; half of them above it makes it the median."""
    if any(
        i.sense is not None and i.sense.low == 0.45
        for i in clause.of("share")
        if i.start < clause.items[at].start
    ):
        return "median"
    if any(i.low.startswith(("in the middle", "middle of", "midway")) for i in clause.items[at + 1 : at + 3]):
        return "median"
    if clause.has("mean", "median"):
        spots = [
            (abs(i - at) + (0.5 if i > at else 0), item)
            for i, item in enumerate(clause.items)
            if item.kind in ("mean", "median")
        ]
        return min(spots, key=lambda pair: pair[0])[1].kind
    before = clause.before
    if before is not None and before.sentence == clause.sentence:
        for item in reversed(before.items):
            if item.kind in ("mean", "median"):
                return (
                    item.kind if clause.link in ("(", "and") or not clause.has("feature", "category") else ""
                )
    return ""


def _hedged_after(clause: Clause) -> bool:
    """Whether the next stretch hedges the figure: "two in five, near enough, have it"."""
    after = clause.after
    return after is not None and after.sentence == clause.sentence and after.items[0].low in _ROUGHLY


_ROUGHLY = frozenset(
    {"near enough", "or so", "give or take", "thereabouts", "or thereabouts", "more or less", "roughly"}
)


def _is_ratio(clause: Clause, at: int) -> bool:
    """Whether the figure says how many times: "by a factor of 3", "a multiple of 2.4", "the ratio of A to B is 3"."""
    before = [item.low for item in clause.items[max(0, at - 2) : at] if item.low not in ("a", "about")]
    if before[-1:] == ["of"] and before[0] in _RATIOS:
        return True
    figures = sum(item.number is not None for item in clause.items)
    told = any(item.low == "ratio" and item.kind == "word" for item in clause.items[:at])
    return told and figures == 1


_RATIOS = frozenset({"factor", "multiple", "ratio"})


def _is_base(clause: Clause, at: int) -> bool:
    """Whether the hundred is what an index is based on: "with the base set at 100", "where 100 is the average"."""
    near = clause.items[max(0, at - 5) : at + 4]
    told = any(i.kind in ("all", "mean") or i.low in ("base", "average") for i in near)
    led = any(i.low in ("at", "set", "sets", "is", "to", "equals", "=") for i in near)
    indexed = any(i.low.startswith("index") for i in clause.items)
    return told and led and (indexed or not clause.has(*SUBJECTS)) and _another_figure(clause, at)


def _another_figure(clause: Clause, at: int) -> bool:
    """Whether the sentence gives a figure that could be the index."""
    items = [item for part in sentence_of(clause) for item in part.items if item is not clause.items[at]]
    return any(i.number is not None and not i.number.unit and i.number.value > 1 for i in items)


def _based_on_hundred(clause: Clause) -> bool:
    """Whether the sentence says that all accounts are set at a hundred."""
    return any(
        item.number is not None and item.number.value == 100 and not item.number.unit and _is_base(part, at)
        for part in sentence_of(clause)
        for at, item in enumerate(part.items)
    )


def _place_of(clause: Clause, at: int, number: Number, state: State) -> bool:
    """ "2 of 5", "number 2": a place among the segments."""
    if number.unit or number.value != int(number.value):
        return False
    after = clause.items[at + 1 : at + 4]
    k = len(state.scene.truth.segments)
    of = (
        len(after) > 1
        and after[0].kind == "of"
        and after[-1].number is not None
        and after[-1].number.value == k
    )
    ranked = any(
        i.low in ("rank", "ranks", "ranked", "number", "place", "#")
        for i in clause.items[max(0, at - 2) : at]
    )
    return bool((of or ranked) and 1 <= number.value <= k)


def _ends_range(clause: Clause, at: int) -> bool:
    """The second figure of "between 40% and 50%" stands in a clause of its own."""
    before = clause.before
    if clause.link != "and" or before is None or at != 1:
        return False
    return any(i.kind == "between" for i in before.items)
