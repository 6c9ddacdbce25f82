"""How a finding is made and worded, and which of several is told."""

from collections.abc import Callable, Iterable

from engine.model import Fact, Finding
from llm.checking.frames import Frame, Scene
from llm.checking.truth import Subject, Truth
from llm.facts import ALL
from llm.lexicon import spoken

_ORDER = {"block": 2, "warn": 1}


Judge = Callable[[Frame, Scene, str, str, Subject], Finding | None]


def objection(
    where: str, frame: Frame, kind: str, severity: str, message: str, fact: Fact | None = None,
    expected: str | None = None, fix: str | None = None,
) -> Finding:  # fmt: skip
    return Finding(
        where, kind, "warn" if severity == "warn" else "block", frame.span, message,
        fact.id if fact else None, expected, fix,
    )  # fmt: skip


def whose(segment: str) -> str:
    return "all accounts" if segment == ALL else segment


def says(truth: Truth, subject: Subject) -> str:
    if subject.kind == "number":
        return spoken(truth.label(subject))
    if subject.kind == "category":
        return f"the share of {subject.value}"
    return truth.label(subject)


def mildest_of(findings: Iterable[Finding | None]) -> Finding | None:
    """None if one reading holds; else the mildest finding, the first among equals."""
    mildest: Finding | None = None
    for finding in findings:
        if finding is None:
            return None
        if mildest is None or _ORDER[finding.severity] < _ORDER[mildest.severity]:
            mildest = finding
    return mildest


def each_of(frame: Frame, judge: Judge, scene: Scene, where: str) -> Finding | None:
    """All columns and all segments of the statement; of a column's readings one is enough."""
    worst: Finding | None = None
    for options in frame.about:
        for segment in frame.who:
            found = mildest_of(judge(frame, scene, where, segment, subject) for subject in options)
            if found is not None and (worst is None or _ORDER[found.severity] > _ORDER[worst.severity]):
                worst = found
    return worst


def written_as(frame: Frame) -> str:
    return frame.number.text if frame.number is not None else frame.item.low


def _figures(truth: Truth, segment: str, other: str, subject: Subject) -> str:
    return f"{truth.shown(segment, subject)} against {truth.shown(other, subject)} for {whose(other)}"


def unlike(
    frame: Frame, truth: Truth, where: str, kind: str, segment: str, subject: Subject, word: str,
    other: str = ALL, severity: str = "block", fix: str | None = None,
) -> Finding:  # fmt: skip
    message = (
        f"“{frame.item.low}” expects {says(truth, subject)} of {whose(segment)} to be {word}, found "
        f"{_figures(truth, segment, other, subject)}; change the word or the column."
    )
    return objection(
        where,
        frame,
        kind,
        severity,
        message,
        truth.fact(segment, subject),
        truth.shown(segment, subject),
        fix,
    )


OPPOSITE = {
    "above": "below", "below": "above", "over": "under", "under": "over", "higher": "lower", "lower": "higher",
    "high": "low", "low": "high", "more": "fewer", "fewer": "more", "less": "more", "strong": "weak", "weak": "strong",
    "heavy": "light", "light": "heavy", "heavier": "lighter", "lighter": "heavier", "stronger": "weaker",
    "weaker": "stronger", "ahead of": "behind", "behind": "ahead of", "larger": "smaller", "smaller": "larger",
    "greater": "smaller", "limited": "high", "highest": "lowest", "lowest": "highest", "largest": "smallest",
    "smallest": "largest", "elevated": "low", "exceeds": "trails", "trails": "exceeds",
}  # fmt: skip


PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
