"""The checker at work: every sentence with the checker's word on it."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from bench.checker.personas import Draft, Material
from bench.checker.scene import Sentence
from engine.model import Fact, Finding, Profile
from llm.check import Line, check, check_lines

WARNING_COUNTS = frozenset({"plan contradiction"})
"""Classes for which the rules ask for a warning, so that one counts as caught."""


@dataclass(frozen=True)
class Outcome:
    """One sentence and the verdict on it: "ok", "warn" or "block"."""

    profile: str
    kind: str
    wrong: bool
    verdict: str
    segment: str
    zone: str
    text: str
    frame: str
    findings: tuple[Finding, ...]

    @property
    def caught(self) -> bool:
        """A wrong sentence: blocked, or warned of where the rules ask for no more."""
        return self.verdict == "block" or (self.verdict == "warn" and self.kind in WARNING_COUNTS)

    @property
    def alarm(self) -> bool:
        """A true sentence: blocked."""
        return self.verdict == "block"


@dataclass(frozen=True)
class Judged:
    """Outcomes by sentence, and for personas of true sentences alone (profile, blocked)."""

    outcomes: tuple[Outcome, ...]
    personas: tuple[tuple[str, bool], ...]
    seconds: float


def with_claims(made: Iterable[Material]) -> Judged:
    """Every persona through `check`. In corrupted personas only the corruptions count; a finding on the
    claim that was filed with a sentence counts for the sentence."""
    outcomes: list[Outcome] = []
    personas: list[tuple[str, bool]] = []
    started = time.perf_counter()
    for material in made:
        for draft in (*material.honest, *material.corrupted):
            report = check(draft.persona, material.case.profile, material.facts)
            if draft.honest:
                personas.append((material.case.id, report.blocked))
            for place, sentence in draft.sentences.items():
                if draft.honest or sentence.truth == "block":
                    found = tuple(item for item in report.findings if _at(item.where, place, draft))
                    outcomes.append(_outcome(material.case.id, sentence, found))
    return Judged(tuple(outcomes), tuple(personas), time.perf_counter() - started)


def _at(where: str, place: str, draft: Draft) -> bool:
    if where.startswith("claims."):
        number = int(where.split(".")[1])
        return number < len(draft.claim_places) and draft.claim_places[number] == place
    return where == place or where.startswith(f"{place}.")


def as_text(made: Iterable[Material]) -> Judged:
    """The same sentences one by one through `check_lines`, without claims or evidence."""
    outcomes: list[Outcome] = []
    started = time.perf_counter()
    for material in made:
        sentences = [
            sentence
            for draft in (*material.honest, *material.corrupted)
            for sentence in draft.sentences.values()
            if draft.honest or sentence.truth == "block"
        ]
        lines = [Line(str(n), s.segment, s.zone, s.text) for n, s in enumerate(sentences)]
        reports = check_lines(lines, material.case.profile, material.facts)
        for sentence, report in zip(sentences, reports, strict=True):
            outcomes.append(_outcome(material.case.id, sentence, report.findings))
    return Judged(tuple(outcomes), (), time.perf_counter() - started)


def written_lines(
    lines: Iterable[dict[str, str]], profiles: dict[str, tuple[Profile, tuple[Fact, ...]]]
) -> Judged:
    """Lines of a set on disk, with the keys id, profile, segment, zone, text, truth, class."""
    by_profile: dict[str, list[dict[str, str]]] = {}
    for line in lines:
        by_profile.setdefault(line["profile"], []).append(line)
    outcomes: list[Outcome] = []
    started = time.perf_counter()
    for name, group in by_profile.items():
        profile, known = profiles[name]
        asked = [Line(line["id"], line["segment"], line["zone"], line["text"]) for line in group]
        for line, report in zip(group, check_lines(asked, profile, known), strict=True):
            kind, wrong = line["class"].replace("_", " "), line["truth"] == "block"
            found = report.findings
            outcomes.append(
                Outcome(name, kind, wrong, _worst(found), line["segment"], line["zone"], line["text"],
                        line.get("frame", ""), found)
            )  # fmt: skip
    return Judged(tuple(outcomes), (), time.perf_counter() - started)


def _outcome(profile: str, sentence: Sentence, found: tuple[Finding, ...]) -> Outcome:
    return Outcome(profile, sentence.kind, sentence.truth == "block", _worst(found), sentence.segment,
                   sentence.zone, sentence.text, sentence.frame, found)  # fmt: skip


def _worst(found: tuple[Finding, ...]) -> str:
    severities = {item.severity for item in found}
    return "block" if "block" in severities else "warn" if severities else "ok"
