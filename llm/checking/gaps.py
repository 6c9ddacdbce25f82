"""Differences and multiples against the table."""

from collections.abc import Sequence
from dataclasses import replace

from engine.model import Finding
from llm.checking.findings import mildest_of, objection, says, whose, written_as
from llm.checking.frames import Frame, Scene
from llm.checking.implied import turned
from llm.checking.matching import within
from llm.checking.numerals import Number
from llm.checking.thresholds import TIMES
from llm.checking.truth import Subject, Truth
from llm.checking.values import is_value
from llm.facts import ALL


def judge_gap_of(frame: Frame, scene: Scene, where: str, subject: Subject) -> Finding | None:
    truth, number = scene.truth, frame.figure
    unit = truth.unit(subject)
    sign = frame.sign * (truth.polarity(subject) if frame.polar else 1)
    sign *= turned(frame.clause, subject, scene) if sign else 1
    others: Sequence[str] = frame.against.segments
    if frame.against.every:
        place = truth.order(subject, 1 if sign >= 0 else -1)
        others = [s for s, _ in place if s not in frame.who][:1]
    for segment in frame.who:
        for other in others:
            own, theirs = truth.value(segment, subject), truth.value(other, subject)
            if own is None or theirs is None:
                continue
            gap = own - theirs
            reach = abs(number.value) * (
                0.01 if unit == "fraction" and number.unit in ("%", "points") else 1.0
            )
            if _at_most(frame) and abs(gap) <= reach + 1e-9:
                return None
            if sign * gap < 0:
                continue
            size = abs(gap)
            share = unit in ("fraction", "points")
            points = size * (100 if unit == "fraction" else 1)
            relative = 100 * size / abs(theirs) if theirs else None
            if number.unit == "%":
                by_ratio = relative is not None and (
                    within(number, frame.hedge, relative)
                    or _shown_ratio(number, truth, segment, other, subject)
                )
                by_points = share and _points(frame, number, truth, segment, other, subject, points)
                if by_ratio or by_points:
                    said = any(
                        ("relativ" in i.low or i.low == "proportionally") for i in frame.clause.items
                    ) or _relative_before(frame)
                    if share and sign and not (said and by_ratio):
                        which = "relative" if by_ratio else "in points"
                        return objection(
                            where, frame, "unit", "warn",
                            f"Expected per cent or points to be said: {number.text} is {which}; say which.",
                        )  # fmt: skip
                    return None
            elif (number.unit == "points" and share) or (share and number.unit == "" and number.value > 1):
                if _points(frame, number, truth, segment, other, subject, points):
                    return None
            elif _points(frame, number, truth, segment, other, subject, size):
                return None
    return wrong_gap(frame, scene, where, subject)


def _at_most(frame: Frame) -> bool:
    """Whether the difference is a bound: "within 3 points of the base"."""
    at = frame.clause.items.index(frame.item)
    return any(i.low == "within" for i in frame.clause.items[max(0, at - 2) : at])


def _relative_before(frame: Frame) -> bool:
    before = frame.clause.before
    return (
        before is not None
        and before.sentence == frame.clause.sentence
        and any("relative" in i.low for i in before.items)
    )


def _points(
    frame: Frame, number: Number, truth: Truth, segment: str, other: str, subject: Subject, size: float
) -> bool:
    """The difference as computed, or that of the two figures as they are shown."""
    rounded = number.unit in ("", "$") and number.value >= 100
    if within(replace(number, half=2 * number.half) if rounded else number, frame.hedge, size):
        return True
    shown = [_figure(truth.shown(s, subject)) for s in (segment, other)]
    if shown[0] is None or shown[1] is None:
        return False
    coarser = max(shown[0].half, shown[1].half) if number.unit not in ("%", "points") else 0.0
    reach = max(number.half, coarser)
    return within(replace(number, half=reach), frame.hedge, abs(shown[0].value - shown[1].value))


def _shown_ratio(number: Number, truth: Truth, segment: str, other: str, subject: Subject) -> bool:
    shown = [_figure(truth.shown(s, subject)) for s in (segment, other)]
    if shown[0] is None or shown[1] is None or not shown[1].value:
        return False
    return within(number, None, 100 * abs(shown[0].value / shown[1].value - 1))


def _figure(shown: str) -> Number | None:
    from llm.checking.numerals import numbers

    found = numbers(shown, ())
    return found[0] if found else None


def wrong_gap(frame: Frame, scene: Scene, where: str, subject: Subject | None) -> Finding:
    truth, number = scene.truth, frame.figure
    if subject is None:
        message = f"Expected a difference among the facts, found {number.text}; take it out or use a fact."
        return objection(where, frame, "number", "block", message)
    own = truth.shown(frame.who[0], subject)
    other = frame.against.segments[0] if frame.against.segments else ALL
    message = (
        f"Expected the difference of {says(truth, subject)} between {whose(frame.who[0])} ({own}) and "
        f"{whose(other)} ({truth.shown(other, subject)}), found {number.text}; correct the number or the direction."
    )
    return objection(where, frame, "number", "block", message, truth.fact(frame.who[0], subject), own)


def judge_times(frame: Frame, scene: Scene, where: str) -> Finding | None:
    number = frame.number
    if number is not None:
        reach = number.half if number.value != int(number.value) else max(number.half, TIMES * number.value)
        low, high = number.value - reach, number.value + reach
        if frame.hedge is not None and frame.hedge.sign:
            widest = max(number.value + 1, number.value * 1.1) if number.value == int(number.value) else 0.0
            low, high = (
                (number.value, widest or number.value * 1.1)
                if frame.hedge.sign > 0
                else (number.value * 0.85, number.value)
            )
        elif frame.hedge is not None:
            low, high = number.value * 0.9, number.value * 1.1
        frame = (
            replace(frame, low=min(low, number.value - number.half), high=high)
            if frame.hedge is None
            else replace(frame, low=low, high=high)
        )
    if not frame.about:
        message = f"Expected a multiple among the facts, found “{written_as(frame)}”; take it out or name its column."
        return objection(where, frame, "ratio", "block", message)
    return mildest_of(_times_of(frame, scene, where, s) for options in frame.about for s in options)


def _times_of(frame: Frame, scene: Scene, where: str, subject: Subject) -> Finding | None:
    truth = scene.truth
    others: Sequence[str] = frame.against.segments or (ALL,)
    ratio = None
    for segment in frame.who:
        for other in others:
            statistic = frame.statistic if subject.kind == "number" and frame.statistic else "mean"
            own = truth.value(segment, subject, statistic)
            theirs = truth.value(other, subject, "mean" if segment == other else statistic)
            if own is None or not theirs:
                continue
            ratio = own / theirs
            if frame.low - 1e-9 <= ratio <= frame.high + 1e-9:
                return None
    level = (
        frame.number is not None
        and truth.unit(subject) == "count"
        and is_value(frame, frame.number, truth, frame.who[0], subject)[0]
    )
    if level:
        return None
    found = f"{ratio:.2g} times" if ratio is not None else "no such figure"
    message = (
        f"Expected {says(truth, subject)} of {whose(frame.who[0])} ({truth.shown(frame.who[0], subject)}) to be "
        f"{found} that of {whose(others[0])} ({truth.shown(others[0], subject)}), found “{written_as(frame)}”."
    )
    return objection(where, frame, "ratio", "block", message, truth.fact(frame.who[0], subject), found)
