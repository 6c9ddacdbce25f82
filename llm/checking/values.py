"""Whether a figure as written is a value of the table, and what it is where it is not."""

from collections.abc import Sequence
from dataclasses import replace

from llm.checking.findings import says, whose
from llm.checking.frames import Frame, Options, Scene
from llm.checking.matching import Scale, scale, within
from llm.checking.numerals import Number
from llm.checking.reading import Clause
from llm.checking.truth import PART, SIZE, Subject, Truth
from llm.facts import ALL
from llm.lexicon import spoken


def suits_none(number: Number, truth: Truth, about: Sequence[Options]) -> bool:
    """Whether the figure's unit suits none of the columns it seems to speak of, or which one is open."""
    choices = [subject for options in about for subject in options]
    if not choices or len(choices) > 1:
        return True
    return all(_slips(number, truth, subject) for subject in choices)


def any_value(scene: Scene, number: Number) -> Options:
    """With no column named anywhere, any of the segment's values may be meant."""
    truth = scene.truth
    subjects = [Subject("number", column) for column in truth.numbers]
    if number.unit in ("%", ""):
        subjects += [Subject("category", *key) for key in truth.shares]
        subjects += [Subject("size", PART), Subject("size", SIZE)]
    return tuple(subjects)


_YES = frozenset({"yes", "y", "true", "1"})


def is_value(
    frame: Frame, number: Number, truth: Truth, segment: str, subject: Subject
) -> tuple[bool, str | None]:
    """Whether the figure is this value; with a remark where it is another statistic than it seems."""
    if subject.kind == "category" and number.unit == "":
        count = truth.counts.get((subject.column, subject.value), {}).get(segment)
        if count is not None and within(number, frame.hedge, float(count)):
            return True, None
    if _denies(frame, subject):
        share = truth.value(segment, subject)
        return share is not None and number.unit == "%" and within(
            number, frame.hedge, 100 * (1 - share)
        ), None
    if subject.kind == "category" and subject.value.lower() in _YES and _denied(frame.clause):
        share = truth.value(segment, subject)
        if share is not None and number.unit == "%" and within(number, frame.hedge, 100 * (1 - share)):
            return True, None
    factor = _scale(number, truth, subject)
    if factor.slip:
        return False, None
    asked = [frame.statistic] if frame.statistic else ["mean", "median"]
    if subject.kind != "number":
        asked = ["mean"]
    for statistic in asked:
        value = truth.value(segment, subject, statistic)
        if value is None:
            continue
        meant = within(number, frame.hedge, value * factor.factor)
        if frame.hedge is not None:
            said = truth.shown(segment, subject, statistic)
            if said.startswith(("under ", "above ")) and said.endswith(number.text):
                return True, None
        elif not meant:
            said = truth.shown(segment, subject, statistic)
            meant = number.text.replace("$", "").strip() in (said, said.replace("$", "").strip())
        if meant:
            if statistic == "median" and not frame.statistic:
                usual = truth.value(segment, subject)
                if usual is not None and not within(number, frame.hedge, usual * factor.factor):
                    return (
                        True,
                        f"{number.text} is the median of {says(truth, subject)} in {whose(segment)}; say median.",
                    )
            return True, None
    return False, None


def _denies(frame: Frame, subject: Subject) -> bool:
    """Whether a part is one of those that do not have the value: "80% are not on Basic". A figure that is followed by
    another in brackets belongs to what stands behind them."""
    if subject.kind != "category" or (frame.hedge is not None and frame.hedge.grade == "limit"):
        return False
    clause, after = frame.clause, frame.clause.after
    bracketed = after is not None and after.link == "(" and len(clause.items) == 1
    if after is not None and bracketed:
        clause = after
    if not clause.has("not"):
        return False
    at = 0 if bracketed else clause.items.index(frame.item)
    value = next((n for n, i in enumerate(clause.items) if (subject.column, subject.value) in i.refs), at)
    return any(item.kind == "not" for item in clause.items[min(at, value) + 1 : max(at, value)])


def _denied(clause: Clause) -> bool:
    """Whether the stretch of the figure or the one before it negates: "four in five go without support (82%)"."""
    before = clause.before
    near = before is not None and before.sentence == clause.sentence and clause.link != ";"
    return clause.has("not", "far-not") or (near and before is not None and before.has("not", "far-not"))


def statistic_name(subject: Subject, statistic: str) -> str:
    return {"category": "share", "total": "part", "size": "size"}.get(subject.kind, statistic)


def says_of(truth: Truth, subject: Subject) -> str:
    if subject.kind == "category":
        return f"{subject.value}"
    if subject.kind == "size":
        return "accounts"
    label = (
        truth.profile.dictionary[subject.column].label
        if subject.column in truth.profile.dictionary
        else subject.column
    )
    return spoken(label)


_SCALES = (1.0, 100.0, 0.01, 1e3, 1e-3, 1e6, 1e-6)


def rescaled(frame: Frame, number: Number, truth: Truth, subject: Subject) -> bool:
    """Whether the figure is right but for its unit or its scale."""
    value = truth.value(
        frame.who[0], subject, frame.statistic or "mean" if subject.kind == "number" else "mean"
    )
    return value is not None and any(within(number, frame.hedge, value * factor) for factor in _SCALES)


def _scale(number: Number, truth: Truth, subject: Subject) -> Scale:
    largest = truth.largest.get(subject.column, 1.0) if subject.kind == "number" else 1.0
    return scale(number, truth.unit(subject), f"{truth.label(subject)} {subject.column}", largest)


def _slips(number: Number, truth: Truth, subject: Subject) -> bool:
    if _scale(number, truth, subject).slip:
        return True
    return truth.unit(subject) == "fraction" and number.unit == "%" and number.value <= 1


def fact_elsewhere(frame: Frame, number: Number, truth: Truth, subject: Subject | None) -> str | None:
    """What the figure is a fact of, the same column first."""
    subjects = [subject] if subject is not None else []
    subjects += [Subject("number", column) for column in truth.numbers]
    subjects += [Subject("category", *key) for key in truth.shares]
    probes = [replace(frame, statistic=statistic, hedge=None) for statistic in ("mean", "median")]
    for candidate in subjects:
        for segment in (*truth.segments, ALL):
            for probe in probes if candidate.kind == "number" else probes[:1]:
                if is_value(probe, number, truth, segment, candidate)[0]:
                    name = statistic_name(candidate, probe.statistic)
                    return f"the {name} of {says_of(truth, candidate)} in {whose(segment)}"
    return None
