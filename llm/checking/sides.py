"""Words against the table: above and below, close to, more than another."""

from dataclasses import replace

from engine.model import Finding
from llm.checking.findings import OPPOSITE, each_of, mildest_of, objection, says, unlike, whose
from llm.checking.frames import Against, Frame, Scene
from llm.checking.qualifying import neighbour
from llm.checking.standing import judge_extreme, judge_mode, judge_only, judge_only_ahead, judge_place_of
from llm.checking.thresholds import ABOVE, NEAR, OVER_INDEX, OVER_POINTS, SLIGHTLY, VERY
from llm.checking.truth import PART, Subject, Truth
from llm.facts import ALL


def judge_relation(frame: Frame, scene: Scene, where: str) -> Finding | None:
    if not frame.about:
        return _of_nothing(frame, where)
    return each_of(frame, _relation_of, scene, where)


def _of_nothing(frame: Frame, where: str) -> Finding | None:
    """A place or a comparison on no column is made up; a verb's "more" and "less" may speak of one in other
    words, and so may better and worse."""
    said = frame.against.said or frame.nobody or frame.clause.has("than")
    compared = frame.grade == "comparative" and said
    first = frame.grade == "superlative" and not frame.negated
    if frame.among or not (first or compared or frame.grade == "plain"):
        return None
    sense = frame.item.sense
    vague = frame.polar or (
        sense is not None
        and sense.grade != "superlative"
        and frame.item.low in _ADVERBS
        and not _noun_follows(frame)
    )
    kind = "superlative" if first else "comparison"
    message = f"“{frame.item.low}” names no column that could be compared; name one or leave it out."
    return objection(where, frame, kind, "warn" if vague else "block", message)


_ADVERBS = frozenset(
    {
        "more",
        "less",
        "longer",
        "shorter",
        "further",
        "deeper",
        "higher up",
        "more often",
        "less often",
        "for longer",
        "later",
        "sooner",
        "earlier",
        "longest",
        "most",
        "least",
    }
)
"""Comparatives that may be of a verb: "no segment keeps customers longer"."""


def _noun_follows(frame: Frame) -> bool:
    after = neighbour(frame.clause, frame.clause.items.index(frame.item))
    return after is not None and after.kind == "word"


def _relation_of(frame: Frame, scene: Scene, where: str, segment: str, subject: Subject) -> Finding | None:
    truth, sign = scene.truth, frame.sign
    if frame.polar:
        polarity = truth.polarity(subject) if subject.kind == "number" else 0
        if not polarity:
            message = (
                f"Whether more {says(truth, subject)} is better is not set in the dictionary, so "
                f"“{frame.item.low}” cannot be checked; set its polarity."
            )
            return objection(where, frame, "polarity", "warn", message)
        sign *= polarity
    if frame.within and subject.kind == "category":
        mode = judge_mode(frame, scene, where, segment, subject)
        if mode is None or frame.item.kind == "mode":
            return mode
    if truth.value(segment, subject) is None:
        if frame.grade == "superlative" or frame.loose is False:
            message = (
                f"There is no figure on {says(truth, subject)} for {whose(segment)}, so "
                f"“{frame.item.low}” cannot be said; leave it out."
            )
            return objection(where, frame, "direction", "block", message)
        return None
    if frame.place and (frame.grade == "superlative" or frame.place > 1):
        return judge_place_of(frame, scene, where, segment, subject, sign)
    if (
        frame.nobody
        and frame.grade == "comparative"
        and frame.against.said
        and frame.against.segments == (ALL,)
    ):
        return judge_only(frame, scene, where, segment, subject, sign)
    if frame.grade == "superlative" or (frame.nobody and frame.grade == "comparative"):
        return judge_extreme(frame, scene, where, segment, subject, sign)
    if frame.within and frame.only:
        return judge_only_ahead(frame, scene, where, segment, subject, sign)
    if frame.grade == "comparative" and (frame.against.segments != (ALL,)):
        if (frame.against.some or not frame.against.said) and len(frame.against.segments) > 1:
            choices = (
                replace(frame, against=replace(frame.against, segments=(s,))) for s in frame.against.segments
            )
            return mildest_of(_relation_of(choice, scene, where, segment, subject) for choice in choices)
        return _compared(frame, scene, where, segment, subject, sign)
    if segment == ALL:
        other = next((s for s in frame.against.segments if s != ALL), scene.segment)
        return _compared(
            replace(frame, against=replace(frame.against, segments=(other,))),
            scene,
            where,
            ALL,
            subject,
            sign,
        )
    if frame.only:
        return judge_only(frame, scene, where, segment, subject, sign)
    return _direction(frame, scene, where, segment, subject, sign)


def _direction(
    frame: Frame, scene: Scene, where: str, segment: str, subject: Subject, sign: int
) -> Finding | None:
    truth = scene.truth
    if subject.kind == "size":
        if frame.against.said or frame.grade == "comparative":
            return None
        order = truth.place(segment, subject, sign)
        middle = (len(truth.segments) + 1) / 2
        part = truth.value(segment, Subject("size", PART)) or 0.0
        sized = sign * (part - 1 / len(truth.segments)) > 0
        if frame.negated:
            return None
        return (
            None
            if order is None or order[0] <= middle or sized
            else unlike(frame, truth, where, "size", segment, subject, "large" if sign > 0 else "small")
        )
    z, gap = truth.z(segment, subject), truth.gap(segment, ALL, subject)
    if gap is None and z is None:
        return None
    score = sign * (z if z is not None else (1.0 if (gap or 0.0) > 0 else -1.0) * (0.3 if gap else 0.0))
    side = "above" if sign > 0 else "below"
    opposite = OPPOSITE.get(frame.item.low)
    if frame.negated:
        if score >= ABOVE:
            return unlike(frame, truth, where, "direction", segment, subject, f"not {side} average")
        return None
    if score < 0 and (gap is None or sign * gap < 0):
        return unlike(frame, truth, where, "direction", segment, subject, f"{side} average", fix=opposite)
    if subject.kind == "category":
        own, usual = truth.value(segment, subject) or 0.0, truth.value(ALL, subject) or 0.0
        clear = usual > 0 and (own / usual >= OVER_INDEX if sign > 0 else own / usual <= 1 / OVER_INDEX)
        clear = clear or abs(own - usual) >= OVER_POINTS
        return (
            None
            if clear
            else unlike(
                frame, truth, where, "direction", segment, subject, f"{side} average", severity="warn"
            )
        )
    if score < ABOVE:
        return unlike(frame, truth, where, "direction", segment, subject, f"{side} average", severity="warn")
    return _intensity(frame, truth, where, segment, subject, score)


def _intensity(
    frame: Frame, truth: Truth, where: str, segment: str, subject: Subject, score: float
) -> Finding | None:
    """Strong and slight words; what is on the right side but not by so much is a warning up to a point."""
    if frame.strength > 0 and score < VERY:
        severity = "block" if score < SLIGHTLY else "warn"
        return unlike(
            frame,
            truth,
            where,
            "intensity",
            segment,
            subject,
            f"{VERY} sd or more from average",
            severity=severity,
        )
    if frame.strength < 0 and score > SLIGHTLY:
        severity = "block" if score > VERY else "warn"
        return unlike(
            frame,
            truth,
            where,
            "intensity",
            segment,
            subject,
            f"at most {SLIGHTLY} sd from average",
            severity=severity,
        )
    return None


def _compared(
    frame: Frame, scene: Scene, where: str, segment: str, subject: Subject, sign: int
) -> Finding | None:
    truth = scene.truth
    side = "above" if sign > 0 else "below"
    for other in frame.against.segments:
        gap = truth.gap(segment, other, subject)
        if gap is None:
            message = f"There is no figure on {says(truth, subject)} for {whose(other)}, so it cannot be compared with."
            return objection(where, frame, "comparison", "block", message)
        held = sign * gap > 0
        if held == frame.negated or (not held and not frame.negated):
            if frame.negated and not held:
                continue
            word = f"{'not ' if frame.negated else ''}{side} {whose(other)}"
            return unlike(
                frame,
                truth,
                where,
                "comparison",
                segment,
                subject,
                word,
                other,
                fix=OPPOSITE.get(frame.item.low),
            )
        if truth.same(segment, other, subject):
            return unlike(
                frame,
                truth,
                where,
                "comparison",
                segment,
                subject,
                f"{side} {whose(other)} as displayed",
                other,
                "warn",
            )
    return None


def judge_near(frame: Frame, scene: Scene, where: str) -> Finding | None:
    if frame.against.some:
        choices = (replace(frame, against=Against((other,), said=True)) for other in frame.against.segments)
        return mildest_of(each_of(choice, _near_of, scene, where) for choice in choices)
    return each_of(frame, _near_of, scene, where)


def _near_of(frame: Frame, scene: Scene, where: str, segment: str, subject: Subject) -> Finding | None:
    truth = scene.truth
    z = truth.z(segment, subject)
    for other in frame.against.segments or (ALL,):
        if z is None or segment == other:
            continue
        theirs = 0.0 if other == ALL else truth.z(other, subject)
        if theirs is None:
            continue
        apart = abs(z - theirs)
        if truth.same(segment, other, subject) and not frame.negated:
            continue
        if frame.negated:
            if apart < ABOVE:
                return unlike(
                    frame, truth, where, "direction", segment, subject, f"away from {whose(other)}", other
                )
        elif apart > NEAR:
            return unlike(
                frame, truth, where, "direction", segment, subject, f"close to {whose(other)}", other,
                "warn" if apart <= SLIGHTLY else "block",
            )  # fmt: skip
    return None
