"""Parts in words against the table: most of them, a third, over-represented."""

from dataclasses import replace

from engine.model import Finding
from llm.checking.findings import each_of, objection, says, unlike, whose
from llm.checking.frames import Frame, Scene
from llm.checking.thresholds import OVER_INDEX, OVER_POINTS
from llm.checking.truth import Subject
from llm.facts import ALL


def judge_index(frame: Frame, scene: Scene, where: str) -> Finding | None:
    return each_of(frame, _index_of, scene, where)


def _index_of(frame: Frame, scene: Scene, where: str, segment: str, subject: Subject) -> Finding | None:
    truth = scene.truth
    own, usual = truth.value(segment, subject), truth.value(ALL, subject)
    if own is None or not usual:
        return None
    share = truth.unit(subject) in ("fraction", "points")
    points = (own - usual) * (0.01 if truth.unit(subject) == "points" else 1.0)
    lift = own / usual
    if frame.sign > 0:
        held = lift >= OVER_INDEX - 1e-9 and (points >= OVER_POINTS - 1e-9 or not share)
    else:
        held = lift <= 1 / OVER_INDEX + 1e-9 and (points <= -OVER_POINTS + 1e-9 or not share)
    if held != frame.negated:
        return None
    weak = not frame.negated and frame.sign * points > 0
    word = (
        f"{'over' if frame.sign > 0 else 'under'}-represented (lift {OVER_INDEX}, {OVER_POINTS:.0%} points)"
    )
    return unlike(
        frame,
        truth,
        where,
        "share",
        segment,
        subject,
        word,
        severity="warn" if weak and (lift >= 1.1 or lift <= 0.91) else "block",
    )


def judge_share(frame: Frame, scene: Scene, where: str) -> Finding | None:
    truth = scene.truth
    if not frame.about:
        message = f"Expected a share among the facts, found “{frame.item.low}”; take it out or say of what."
        return objection(where, frame, "share", "block", message)
    categories = [o[0] for o in frame.about if o and o[0].kind == "category"]
    if frame.negated and not categories:
        frame = replace(frame, negated=False)
    if frame.negated and categories:
        frame = replace(frame, negated=False, low=1 - frame.high, high=1 - frame.low, sign=-frame.sign)
    for segment in frame.who:
        values: list[float] = []
        if len(categories) == len(frame.about):
            together = [truth.value(segment, s) for s in frame.spare if s.column == categories[0].column]
            values += (
                [sum(v for v in together if v is not None)]
                if len(together) > 1 and None not in together
                else []
            )
            parts = [truth.value(segment, subject) for subject in categories]
            known = [v for v in parts if v is not None]
            values += [*known, sum(known)] if known else []
        else:
            for options in frame.about:
                for subject in options:
                    for statistic in ("mean", "median") if subject.kind == "number" else ("mean",):
                        value = truth.value(segment, subject, statistic)
                        if value is not None:
                            values.append(value / (100 if truth.unit(subject) == "points" else 1))
        if not values and not categories:
            continue
        low, high = frame.low, frame.high
        held = any(_in(value, low, high, frame.sign) for value in values)
        if held != frame.negated:
            return None
    subject = frame.about[0][0]
    right = truth.shown(frame.who[0], subject)
    message = (
        f"“{frame.item.low}” expects {says(truth, subject)} in {whose(frame.who[0])} to be {frame.low:.0%} to "
        f"{frame.high:.0%}, found {right}; change the word or what it speaks of."
    )
    kind = "size" if subject.kind == "size" else "share"
    return objection(where, frame, kind, "block", message, truth.fact(frame.who[0], subject), right)


def _in(value: float, low: float, high: float, sign: int) -> bool:
    if sign > 0:
        return low < value <= 1.0
    if sign < 0:
        return low <= value < high
    return low - 1e-9 <= value <= high + 1e-9
