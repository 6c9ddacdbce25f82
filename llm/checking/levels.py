"""Figures against the table: levels, sums, thresholds, ranges, numbers of segments."""

from collections.abc import Sequence
from dataclasses import replace

from engine.model import Finding
from llm.checking.findings import mildest_of, objection, whose
from llm.checking.frames import Frame, Options, Scene
from llm.checking.gaps import judge_gap_of, wrong_gap
from llm.checking.matching import scale, within
from llm.checking.numerals import Number
from llm.checking.reading import sentence_of
from llm.checking.truth import Truth
from llm.checking.values import (
    any_value,
    fact_elsewhere,
    is_value,
    rescaled,
    says_of,
    statistic_name,
    suits_none,
)
from llm.facts import ALL


def judge_level(frame: Frame, scene: Scene, where: str) -> Finding | None:
    truth, number = scene.truth, frame.number
    if number is None:
        return None
    about = frame.about or (any_value(scene, number),)
    hint: Finding | None = None
    if (frame.only or frame.nobody) and frame.hedge is not None and frame.hedge.sign:
        return None if _threshold(frame, number, truth, about) else _wrong_figure(frame, scene, where, about)
    for options in about:
        for subject in options:
            for segment in frame.who:
                holds, remark = is_value(frame, number, truth, segment, subject)
                if holds:
                    if remark is None:
                        return None
                    hint = hint or objection(where, frame, "statistic", "warn", remark)
    if hint is not None:
        return hint
    if len(frame.about) > 1 and _together(frame, number, truth):
        return None
    if suits_none(number, truth, about) and any(
        is_value(frame, number, truth, segment, subject)[0]
        for subject in frame.spare
        for segment in frame.who
    ):
        return None
    if frame.echo is not None and frame.kind == "level":
        again = replace(
            frame, kind="gap", sign=frame.echo.sign, against=frame.echo.against,
            about=(*frame.about, *frame.echo.about) if not frame.clause.has("feature") else frame.about, echo=None,
        )  # fmt: skip
        if (
            any(i.low in ("relative", "absolute") for i in frame.clause.items)
            or number.unit
            in (
                "",
                "%",
                "points",
            )
        ) and (
            mildest_of(judge_gap_of(again, scene, where, s) for options in again.about for s in options)
            is None
        ):
            return None
    if frame.nobody or frame.only:
        return None if _threshold(frame, number, truth, about) else _wrong_figure(frame, scene, where, about)
    return _wrong_figure(frame, scene, where, about)


def _together(frame: Frame, number: Number, truth: Truth) -> bool:
    """Whether the figure is the sum of the category values named."""
    for segment in frame.who:
        values = [truth.value(segment, o[0]) for o in frame.about if o and o[0].kind == "category"]
        known = [v for v in values if v is not None]
        if len(values) == len(known) > 1 and within(number, frame.hedge, 100 * sum(known)):
            return True
    return False


def _threshold(frame: Frame, number: Number, truth: Truth, about: Sequence[Options]) -> bool:
    """ "the only segment above 50%": this one is, no other is (for "no other segment ...": none is)."""
    sign = frame.hedge.sign if frame.hedge is not None else 0
    for options in about:
        for subject in options:
            factor = scale(number, truth.unit(subject), truth.label(subject), 1.0)
            holders = [s for s, v in truth.order(subject, 1) if sign * (v * factor.factor - number.value) > 0]
            expected = [s for s in frame.who if s != ALL]
            if sign and (holders == expected or (frame.nobody and set(holders) <= set(expected))):
                return True
    return False


def _wrong_figure(frame: Frame, scene: Scene, where: str, about: Sequence[Options]) -> Finding:
    truth, number = scene.truth, frame.figure
    subject = next(
        (s for options in about for s in options if truth.value(frame.who[0], s) is not None), None
    )
    named = bool(frame.about) and subject is not None
    statistic = frame.statistic or "mean"
    statistic = statistic if subject is not None and subject.kind == "number" else "mean"
    elsewhere = None if frame.untold else fact_elsewhere(frame, number, truth, subject if named else None)
    found = f"{number.text}, which is {elsewhere}" if elsewhere else f"{number.text}, which is no fact"
    slip = subject is not None and named and rescaled(frame, number, truth, subject)
    kind = "unit" if slip else "number"
    if not named or subject is None:
        return objection(
            where, frame, kind, "block",
            f"Expected a number from the facts, found {found}; take it out or use a fact.",
        )  # fmt: skip
    right = truth.shown(frame.who[0], subject, statistic)
    what = f"the {statistic_name(subject, statistic)} of {says_of(truth, subject)} in {whose(frame.who[0])}"
    message = f"Expected {right} ({what}), found {found}; correct the number or what it speaks of."
    return objection(
        where, frame, kind, "block", message, truth.fact(frame.who[0], subject, statistic), right, right
    )


def judge_range(frame: Frame, scene: Scene, where: str) -> Finding | None:
    """The ends of "between 40% and 50%" hold the value between them."""
    truth, number = scene.truth, frame.number
    clause = frame.clause
    ends = [i.number for i in clause.items if i.number is not None]
    if clause.after is not None and clause.after.link == "and":
        ends += [i.number for i in clause.after.items[:3] if i.number is not None]
    if clause.link == "and" and clause.before is not None and len(ends) == 1:
        return None
    if number is None or len(ends) < 2 or ends[0] is not number:
        return None
    low, high = sorted(n.value for n in ends[:2] if n is not None)
    for options in frame.about:
        for subject in options:
            factor = scale(number, truth.unit(subject), truth.label(subject), 1.0)
            for segment in frame.who:
                value = truth.value(segment, subject)
                if value is not None and low - 1e-9 <= value * factor.factor <= high + 1e-9:
                    return None
    return _wrong_figure(frame, scene, where, frame.about) if frame.about else None


def judge_gap(frame: Frame, scene: Scene, where: str) -> Finding | None:
    level = (
        judge_level(replace(frame, sign=0), scene, where)
        if frame.number and (frame.sign == 0) == (frame.number.unit == "points") and not _graded(frame)
        else frame
    )
    if level is None and (frame.sign == 0 or frame.clause.has("than", "all")):
        return None
    mildest = mildest_of(judge_gap_of(frame, scene, where, s) for options in frame.about for s in options)
    if not frame.about:
        return wrong_gap(frame, scene, where, None)
    return mildest


def _graded(frame: Frame) -> bool:
    """Whether the comparative stands right behind the figure and says than whom: "two more claims than S2"."""
    items = frame.clause.items
    at = items.index(frame.item)
    sense = items[at + 1].sense if at + 1 < len(items) and items[at + 1].kind == "relation" else None
    graded = sense is not None and sense.grade == "comparative" and not sense.verb
    return graded and any(item.kind == "than" for item in items[at + 2 : at + 5])


def judge_count(frame: Frame, scene: Scene, where: str) -> Finding | None:
    number = frame.number
    if number is None:
        return None
    k = len(scene.truth.segments)
    items = frame.clause.items
    at = items.index(frame.item)
    other = any(
        i.low in ("other", "remaining", "rest") or i.kind == "rest" for i in items[max(0, at - 2) : at + 3]
    )
    part = any(
        i.low in ("top", "bottom", "first", "last", "one", "these", "both", "nearest")
        for i in items[max(0, at - 2) : at]
    )
    counted = items[at + 1 : at + 3]
    if number.value in ((k - 1,) if other else (k,)) or number.value == 1 or (part and number.value <= k):
        return None
    named = {ref for part in sentence_of(frame.clause) for i in part.of("segment-name") for ref, _ in i.refs}
    if number.value in (len(named), len({*named, scene.segment})) and number.value > 1:
        return None
    loose = not any(i.low in ("the", "all") for i in items[max(0, at - 1) : at])
    if not other and loose and number.value < k and any(i.kind == "segment" for i in counted):
        return None
    right = str(k - 1 if other else k)
    message = (
        f"Expected {right} {'other ' if other else ''}segments, found {number.text}; correct the number."
    )
    return objection(where, frame, "number", "block", message, None, right, right)


def judge_spread(frame: Frame, scene: Scene, where: str) -> Finding | None:
    """z, lift, index, sd and quartiles in figures."""
    truth, number = scene.truth, frame.number
    if number is None:
        return None
    for options in frame.about:
        for subject in options:
            for segment in frame.who:
                values: list[float | None] = []
                own, usual = truth.value(segment, subject), truth.value(ALL, subject)
                if frame.kind == "z":
                    z = truth.z(segment, subject)
                    values = [z, abs(z)] if z is not None else []
                elif frame.kind in ("lift", "index figure") and own is not None and usual:
                    values = [own / usual, 100 * own / usual, own]
                elif subject.kind == "number":
                    names = ("sd",) if frame.kind == "sd" else ("q1", "q3")
                    values = [truth.value(segment, subject, name) for name in names]
                    if frame.kind == "quartile":
                        values += [own, truth.value(segment, subject, "median")]
                unit = truth.unit(subject)
                factor = (
                    scale(number, unit, truth.label(subject), 1.0).factor
                    if frame.kind in ("sd", "quartile", "index figure")
                    else 1.0
                )
                if any(
                    v is not None
                    and (within(number, frame.hedge, v * factor) or within(number, frame.hedge, v))
                    for v in values
                ):
                    return None
    return _wrong_figure(frame, scene, where, frame.about)


def judge_vague(frame: Frame, scene: Scene, where: str) -> Finding | None:
    """ "hundreds of calls": a mean between a hundred and a thousand."""
    truth = scene.truth
    values = [truth.value(segment, s) for options in frame.about for s in options for segment in frame.who]
    if any(v is not None and frame.low <= v <= frame.high for v in values):
        return None
    subject = next((s for options in frame.about for s in options), None)
    right = truth.shown(frame.who[0], subject) if subject is not None else "none"
    return objection(
        where,
        frame,
        "number",
        "block",
        f"Expected {right}, found “{frame.item.low}”; use a fact.",
        None,
        right,
    )
