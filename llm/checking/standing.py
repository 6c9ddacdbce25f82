"""Places among the segments against the table: first, last, second, only, the largest part."""

from dataclasses import replace

from engine.model import Finding
from llm.checking.findings import OPPOSITE, PLACES, each_of, objection, unlike, written_as
from llm.checking.frames import Frame, Scene
from llm.checking.matching import within
from llm.checking.reading import sentence_of
from llm.checking.truth import Subject, Truth
from llm.facts import ALL, ordinal


def judge_extreme(
    frame: Frame, scene: Scene, where: str, segment: str, subject: Subject, sign: int
) -> Finding | None:
    truth = scene.truth
    best = truth.extreme(subject, sign)
    word = "the highest" if sign > 0 else "the lowest"
    if subject.kind == "size":
        word = "the largest" if sign > 0 else "the smallest"
    kind = "size" if subject.kind == "size" else "superlative"
    place = truth.place(segment, subject, sign)
    if frame.negated and not frame.nobody:
        if segment in best:
            return unlike(frame, truth, where, kind, segment, subject, f"not {word}")
        return None
    if frame.among:
        limit = max(2, -(-len(truth.segments) // 3))
        if place is not None and place[0] <= limit:
            return None
        return unlike(frame, truth, where, kind, segment, subject, f"among {word}")
    shared = len(frame.who) if not frame.joint or _top_counted(frame) else 1
    if shared > 1 and place is not None and place[0] <= shared:
        return None
    rivals = truth.others(segment, subject) if segment in best else best[:1]
    if frame.joint and any(_level_as_written(frame, truth, segment, rival, subject) for rival in rivals):
        return None
    level = len(best) == len(truth.segments) > 1 and not frame.joint and not frame.nobody
    if segment not in best or level:
        holder = best[0] if best else ALL
        return unlike(
            frame,
            truth,
            where,
            kind,
            segment,
            subject,
            word,
            holder,
            fix=_fits(frame, truth, segment, subject),
        )
    if len(best) > 1 and not frame.joint and not frame.nobody:
        other = next(s for s in best if s != segment)
        return unlike(
            frame,
            truth,
            where,
            kind,
            segment,
            subject,
            f"{word} alone; say joint",
            other,
            fix=f"joint {frame.item.low}",
        )
    order = truth.order(subject, sign)
    if len(best) == 1 and frame.joint and frame.place == 0:
        return unlike(
            frame,
            truth,
            where,
            kind,
            segment,
            subject,
            "joint with another segment",
            order[1][0] if len(order) > 1 else ALL,
        )
    return None


def _top_counted(frame: Frame) -> bool:
    """Whether so many places are told as segments: "S1 and S4 share the top two places"."""
    at = frame.clause.items.index(frame.item)
    return any(
        i.number is not None and i.number.value == len(frame.who) for i in frame.clause.items[at + 1 : at + 2]
    )


def _level_as_written(frame: Frame, truth: Truth, segment: str, other: str, subject: Subject) -> bool:
    """Whether two segments are level at the rounding of a figure in the sentence ("joint lowest, at 54%")."""
    values = (truth.value(segment, subject), truth.value(other, subject))
    if None in values:
        return False
    figures = [i.number for part in sentence_of(frame.clause) for i in part.items if i.number is not None]
    factor = 100.0 if truth.unit(subject) == "fraction" else 1.0
    return any(all(within(figure, None, (v or 0.0) * factor) for v in values) for figure in figures)


def _fits(frame: Frame, truth: Truth, segment: str, subject: Subject) -> str | None:
    if segment in truth.extreme(subject, -frame.sign):
        return OPPOSITE.get(frame.item.low)
    place = truth.place(segment, subject, frame.sign)
    if place is None or not 1 < place[0] <= len(PLACES) or frame.item.low not in OPPOSITE:
        return None
    return f"{PLACES[place[0] - 1]} {frame.item.low}"


def judge_only_ahead(
    frame: Frame, scene: Scene, where: str, segment: str, subject: Subject, sign: int
) -> Finding | None:
    """ "only S1 holds more": S1 and nobody else is ahead of the segment spoken of."""
    truth = scene.truth
    own = truth.value(scene.segment, subject)
    if segment == scene.segment or own is None:
        return judge_extreme(replace(frame, only=False), scene, where, segment, subject, sign)
    ahead = {
        s for s in truth.others(scene.segment, subject) if sign * ((truth.value(s, subject) or 0.0) - own) > 0
    }
    if ahead == set(frame.who):
        return None
    return unlike(
        frame,
        truth,
        where,
        "rank",
        segment,
        subject,
        f"the only one {'above' if sign > 0 else 'below'} {scene.segment}",
        scene.segment,
    )


def judge_only(
    frame: Frame, scene: Scene, where: str, segment: str, subject: Subject, sign: int
) -> Finding | None:
    truth = scene.truth
    side = "above" if sign > 0 else "below"
    holders = [
        s for s in truth.segments
        if truth.value(s, subject) is not None
        and (not truth.same(s, ALL, subject) and sign * (truth.gap(s, ALL, subject) or 0.0) > 0)
        != (frame.negated and not frame.nobody)
    ]  # fmt: skip
    own = segment in holders
    if frame.nobody:
        if [s for s in holders if s != segment]:
            return unlike(frame, truth, where, "only", segment, subject, f"the only segment {side} average")
        return None
    if not own:
        return unlike(
            frame,
            truth,
            where,
            "direction",
            segment,
            subject,
            f"{'not ' if frame.negated else ''}{side} average",
        )
    if holders != [segment]:
        return unlike(
            frame,
            truth,
            where,
            "only",
            segment,
            subject,
            f"the only segment {'not ' if frame.negated else ''}{side} average",
        )
    return None


def judge_mode(frame: Frame, scene: Scene, where: str, segment: str, subject: Subject) -> Finding | None:
    order = scene.truth.modes(segment, subject.column)
    place = frame.place or 1
    ranked = order if frame.sign > 0 else order[::-1]
    if len(ranked) >= place and ranked[place - 1][0] == subject.value:
        return None
    if subject.value in [value for value, _ in ranked[: place + 1]] and frame.grade == "comparative":
        return None
    return unlike(
        frame, scene.truth, where, "superlative", segment, subject, f"the largest part of {segment}"
    )


def judge_place(frame: Frame, scene: Scene, where: str) -> Finding | None:
    if not frame.about:
        if frame.wide:
            message = f"“{written_as(frame)}” names no column to be ranked on; name one or leave it out."
            return objection(where, frame, "rank", "block", message)
        return None
    if frame.item.low.startswith("next ") and " to " not in frame.item.low and _next_in_line(frame, scene):
        return None
    return each_of(frame, lambda f, sc, w, s, x: judge_place_of(f, sc, w, s, x, f.sign), scene, where)


def _next_in_line(frame: Frame, scene: Scene) -> bool:
    """Whether a segment of the sentence is the next one: "behind S1, the next lowest", "the next best is S1"."""
    truth, items = scene.truth, [item for part in sentence_of(frame.clause) for item in part.items]
    named = [ref for item in items if item.kind == "segment-name" for ref, _ in item.refs]
    at = frame.clause.items.index(frame.item)
    follows = any(i.low in ("after", "behind") for i in frame.clause.items[at + 1 : at + 3])
    for options in frame.about:
        for subject in options:
            sign = truth.polarity(subject) or 1 if frame.item.low == "next best" else frame.sign
            own = truth.place(scene.segment, subject, sign)
            for segment in named:
                place = truth.place(segment, subject, sign)
                if place is None or own is None:
                    continue
                if own[0] == place[0] + 1 if follows else (place[0] == 2 or place[0] == own[0] + 1):
                    return True
    return False


def judge_place_of(
    frame: Frame, scene: Scene, where: str, segment: str, subject: Subject, sign: int
) -> Finding | None:
    truth = scene.truth
    place = truth.place(segment, subject, sign or 1)
    if place is None:
        return None
    k = len(truth.order(subject, 1))
    if frame.kind == "place" and frame.sign == 0:
        middle = abs(place[0] - (k + 1) / 2) <= max(0.5, k / 6)
        return None if middle else unlike(frame, truth, where, "rank", segment, subject, "in the middle")
    held = place[0] == frame.place
    if frame.negated:
        return (
            unlike(frame, truth, where, "rank", segment, subject, f"not {ordinal(frame.place)}")
            if held
            else None
        )
    if held and place[1] and not frame.joint:
        return unlike(
            frame, truth, where, "rank", segment, subject, f"{ordinal(frame.place)} alone; say joint"
        )
    if held:
        ahead = truth.order(subject, sign or 1)[0][0] if frame.place == 2 else None
        named = [s for s in frame.against.segments if s != ALL] if frame.against.said else []
        if named and any((truth.gap(s, segment, subject) or 0.0) * (sign or 1) < 0 for s in named):
            return unlike(frame, truth, where, "rank", segment, subject, f"behind {named[0]}", named[0])
        if ahead and named and len(named) == 1 and named[0] != ahead:
            return unlike(frame, truth, where, "rank", segment, subject, f"second to {ahead}", named[0])
        return None
    right = PLACES[place[0] - 1] if place[0] <= len(PLACES) else ordinal(place[0])
    top = "highest" if sign >= 0 else "lowest"
    fix = (
        right
        if frame.kind == "place" and frame.number is None and sign >= 0 and frame.item.low in PLACES
        else None
    )
    return unlike(
        frame,
        truth,
        where,
        "rank",
        segment,
        subject,
        f"{ordinal(frame.place)} {top}, it is {ordinal(place[0])}",
        fix=fix,
    )


def judge_exclusive(frame: Frame, scene: Scene, where: str) -> Finding | None:
    """Whether no other segment has any of a category value; a cell that is not shown is not none."""
    truth = scene.truth
    for options in frame.about:
        for subject in options:
            others = [s for s in truth.others(frame.who[0], subject) if truth.value(s, subject)]
            if others:
                word = "the only segment with any"
                return unlike(frame, truth, where, "only", frame.who[0], subject, word, others[0])
    return None
