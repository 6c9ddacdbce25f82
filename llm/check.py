"""The checker: every number, name and direction of a persona against the facts. Pure and fast.

Fact zones (tagline, bullets, unique, limit, priority_why) are held to everything, and fail closed: a digit
that no rule could read is a finding. The interpretation is held to its numbers; advice and plan steps to
the segments they name and to what they state as fact (llm.advising), because other numbers there
prescribe. Approval is refused while a finding of severity "block" stands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal

from engine.model import CheckReport, Fact, Finding, Persona, Profile, Statement, Theme
from engine.record import content_id
from llm import advising, direction
from llm.facts import ALL, meaning
from llm.lexicon import ABOVE, spoken
from llm.numerals import ACCOUNTS, Number, Quantity, numbers, quantities, unread
from llm.priority import WEIGHTS, lead, priorities
from llm.reading import Clause, Mention, Names, names, read

CHECKER_VERSION = "2"

_NAME_RULES: tuple[tuple[str, Theme, bool], ...] = (
    (r"loyal|advocate", "share", True),
    (r"high[- ]volume", "volume", True),
    (r"untapped|expander", "volume", True),
    (r"untapped|expander", "share", False),
    (r"digital", "digital", True),
)
"""Pattern in the name, the role it speaks of, and whether that must (or must not) be above average."""

_ALL_CUE = re.compile(
    r"^\s*(?:days?\s|months?\s|points\s)?\s*(?:of|for|across|among|in)\s+(?:all|everyone|the whole)\s+(?!■)",
    re.I,
)
_TAKEN = re.compile(r"\d\S*\s*(?:days?|months?|points|times)?\s*\(?(?:in|for|of|at|by|from)\s*$")
"""The segment that follows belongs to the number just before it."""

_ADVICE = ("rep", "digital", "access", "plan")
_APART = re.compile(
    r"\b(?:more|fewer|less|higher|lower|above|below|over|under|ahead|behind|than|gap|difference|apart|between|away|margin"
    r"|short|greater|smaller|beyond)\b",
    re.I,
)
"""A clause with one of these may give a difference between two figures."""
_OF_ACCOUNTS = re.compile(rf"\s*(?:of\s+)?(?:(?:all|the|our|everyone)\s+)*{ACCOUNTS}", re.I)
_OF_TOTAL = re.compile(r"\s*(?:of\s+)?(?:all\s+|the\s+|total\s+)*■")
_PEOPLE = re.compile(rf"(?:\bof\s+(?:them|these|those)|{ACCOUNTS})", re.I)

_STRANGE_SEGMENT = re.compile(r"\b[Ss]\d+\b|\b[Ss]egment\s+(?:\d+|[A-Z]\w*)\b")
_STRANGE_NAME = re.compile(
    r"\b(?:than|behind|ahead of|unlike|like|with|against|above|below|in|from|to)\s+(?:the\s+)?"
    r"((?:[A-Z][\w-]+\s+){1,2}[A-Z][\w-]+s)\b"
)


Zone = Literal["fact", "advice", "name", "interpretation"]


@dataclass(frozen=True)
class Line:
    """One free-standing sentence about a segment. In the zone "name" the text is a persona's name."""

    id: str
    segment: str
    zone: Zone
    text: str


@dataclass(frozen=True)
class LineReport:
    """The verdict on a line: "block" and "warn" when a finding of that severity stands, else "ok"."""

    id: str
    verdict: Literal["ok", "warn", "block"]
    findings: tuple[Finding, ...]


def check_lines(lines: Sequence[Line], profile: Profile, facts: Sequence[Fact]) -> tuple[LineReport, ...]:
    """One report a line, in order. Lines know nothing of each other: names need not be unique here."""
    known = names(profile, {})
    found = []
    for line in lines:
        if line.zone == "name":
            findings = tuple(_name(line.text, line.segment, profile, {}))
        else:
            reader = _Reader(line.segment, profile, tuple(facts), known)
            zone = {"fact": "unique", "advice": "rep"}.get(line.zone, line.zone)
            findings = tuple(reader.findings(line.zone, Statement(line.text), zone))
        found.append(LineReport(line.id, verdict(findings), findings))
    return tuple(found)


def verdict(findings: Iterable[Finding]) -> Literal["ok", "warn", "block"]:
    """The worst severity among the findings, "ok" where there is none."""
    severities = {finding.severity for finding in findings}
    return "block" if "block" in severities else "warn" if severities else "ok"


def check(
    persona: Persona,
    profile: Profile,
    facts: Sequence[Fact],
    others: Mapping[str, str] | None = None,
    weights: Mapping[str, float] = WEIGHTS,
) -> CheckReport:
    """The findings on one persona. `others` holds the persona names of other segments by id; `weights`
    are those of the priorities."""
    rest = {segment: name for segment, name in (others or {}).items() if segment != persona.segment}
    known = names(profile, rest)
    reader = _Reader(persona.segment, profile, tuple(facts), known)
    found: list[Finding] = [
        *_name(persona.name, persona.segment, profile, rest),
        *_priority(persona, profile, weights),
    ]
    for where, statement in _statements(persona):
        zone = where.split(".")[0]
        findings = list(reader.findings(where, statement, zone))
        if statement.asserted:
            findings = [replace(finding, severity="warn") for finding in findings]
        found += findings
    return CheckReport(
        persona.segment, tuple(found), facts_hash(profile), text_hash(persona), CHECKER_VERSION
    )


def facts_hash(profile: Profile) -> str:
    """The content id of the numbers behind every fact. Names are not among them: personas speak of other
    segments by id, so a renamed segment makes no text wrong."""
    return content_id(profile.without_names())


def text_hash(persona: Persona) -> str:
    """The content id of the persona as it stands."""
    return content_id(persona)


def places_of(persona: Persona) -> tuple[str, ...]:
    """The fields of a persona that findings point to: "name", "tagline", "bullets.0", ..., "claims.0"."""
    claims = (f"claims.{number}" for number in range(len(persona.claims)))
    return ("name", "priority", *(where for where, _ in _statements(persona)), *claims)


def _statements(persona: Persona) -> Iterator[tuple[str, Statement]]:
    yield "tagline", persona.tagline
    yield from ((f"bullets.{i}", statement) for i, statement in enumerate(persona.bullets))
    yield "unique", persona.unique
    yield "limit", persona.limit
    yield "priority_why", persona.priority_why
    for lane in ("rep", "digital", "access"):
        yield from ((f"{lane}.{i}", statement) for i, statement in enumerate(getattr(persona, lane)))
    for i, step in enumerate(persona.plan):
        yield from (
            (f"plan.{i}.{field.name}", Statement(getattr(step, field.name))) for field in fields(step)
        )
    yield "interpretation", persona.interpretation


class _Reader:
    """Holds one persona's facts by what they speak of, for the rules below."""

    def __init__(self, segment: str, profile: Profile, facts: tuple[Fact, ...], known: Names) -> None:
        self.segment = segment
        self.profile = profile
        self.facts = [fact for fact in facts if not fact.suppressed]
        self.ids = {fact.id for fact in self.facts}
        self.known = known
        self.means = {(f.segment, f.feature): f for f in self.facts if f.statistic == "mean"}
        self.z = {(f.segment, f.feature): f.value for f in self.facts if f.statistic == "z"}

    def findings(self, where: str, statement: Statement, zone: str) -> Iterator[Finding]:
        clauses = read(statement.text, self.known)
        yield from self._segments(where, statement.text, clauses)
        for number in (n for n in statement.evidence if n not in self.ids and zone not in _ADVICE):
            message = f"Expected evidence among the facts, found {number}; remove it or draft again."
            yield Finding(where, "evidence", "block", (0, len(statement.text)), message)
        for clause in clauses:
            if zone in _ADVICE:
                yield from self._advice(where, clause)
                continue
            yield from (f for n in clause.numbers if (f := self._number(where, clause, n)))
            said = quantities(clause.plain, clause.start)
            yield from (self._unproven(where, q) for q in said if not self._quantity(clause, q))
            yield from self._unread(where, statement.text, clause)
            if zone != "interpretation":
                yield from direction.findings(where, clause, self.segment, self.profile, self.means, self.z)

    def _advice(self, where: str, clause: Clause) -> Iterator[Finding]:
        stated = (n for n in clause.numbers if advising.states(clause, n, self.profile))
        yield from (f for n in stated if (f := self._number(where, clause, n)))
        found = direction.findings(where, clause, self.segment, self.profile, self.means, self.z)
        yield from (f for f in found if not advising.prescribes(clause, f))

    def _unread(self, where: str, text: str, clause: Clause) -> Iterator[Finding]:
        strange = [m.span() for m in _STRANGE_SEGMENT.finditer(clause.plain)]
        for start, end in unread(clause.plain, clause.start, clause.numbers):
            if not any(a <= start - clause.start < b for a, b in strange):
                said = text[start:end]
                message = f"This number could not be matched to a fact: “{said}”. Take it out or use a fact."
                yield Finding(where, "number", "block", (start, end), message)

    def _unproven(self, where: str, said: Quantity) -> Finding:
        message = (
            f"Expected a share or multiple among the facts, found “{said.text}”; take it out or use a fact."
        )
        return Finding(where, "number", "block", (said.start, said.end), message)

    def _quantity(self, clause: Clause, said: Quantity) -> bool:
        """Whether a share or multiple in words is borne out by the columns and segments of its clause."""
        columns, values = self._columns(clause, said) if clause.subjects else (set(), set())
        if said.unit == "times":
            return self._multiple(clause, said, columns)
        after = clause.plain[said.end - clause.start :]
        whole = clause.plain[said.start - clause.start :]
        segments = self._bound(clause, said) if _ALL_CUE.match(after) else {self.segment}
        segments = self._bound(clause, said) - {ALL} or segments if not _ALL_CUE.match(after) else segments
        told = [f for f in self.facts if f.feature in columns and f.segment in segments]
        if said.unit == "":
            fitting = [
                f for f in told if f.statistic in ("mean", "median") and f.unit not in ("fraction", "points")
            ]
            return any(said.low <= f.value <= said.high for f in fitting)
        if _OF_TOTAL.match(after) and not values:
            fitting = [f for f in self.facts if f.feature in columns and f.segment == self.segment]
            fitting = [f for f in fitting if f.statistic == "total share"]
        elif values:
            fitting = [
                f for f in told if f.statistic == "category share" and (f.feature, f.category) in values
            ]
        else:
            fitting = [
                f for f in told if f.statistic in ("mean", "median") and f.unit in ("fraction", "points")
            ]
            if said.text.lower() == "half" and _PEOPLE.search(whole):
                medians = [f for f in told if f.statistic == "median"]
                if any(matches(n, f) for n in clause.numbers for f in medians):
                    return True
                fitting = []
        if _OF_ACCOUNTS.match(after) and not values:
            sizes = (f for f in self.facts if f.segment == self.segment)
            fitting += [f for f in sizes if f.statistic == "size share"]
        percent = (100 * f.value if f.unit == "fraction" else f.value for f in fitting)
        return any(said.low <= value <= said.high for value in percent)

    def _multiple(self, clause: Clause, said: Quantity | Number, columns: set[str]) -> bool:
        """Whether one mean is so many times another: that of a segment named behind, or of all accounts."""
        low, high = (
            (said.low, said.high)
            if isinstance(said, Quantity)
            else (said.value - said.half, said.value + said.half)
        )
        mentions = clause.of("segment")
        before = [m for m in mentions if m.end <= said.start][:1]
        after = [m for m in mentions if m.start >= said.end][:1]
        owners = {segment for m in before for segment, _ in m.refs} or {self.segment}
        bases = {segment for m in after for segment, _ in m.refs} or {ALL}
        for column in columns:
            for owner, base in ((o, b) for o in owners for b in bases):
                own, theirs = self.means.get((owner, column)), self.means.get((base, column))
                if own and theirs and theirs.value > 0 and low <= own.value / theirs.value <= high:
                    return True
        return False

    def _segments(self, where: str, text: str, clauses: Sequence[Clause]) -> Iterator[Finding]:
        there = ", ".join(segment.id for segment in self.profile.segments)
        for clause in clauses:
            strange = [(m.start(), m.end()) for m in _STRANGE_SEGMENT.finditer(clause.plain)]
            strange += [m.span(1) for m in _STRANGE_NAME.finditer(clause.plain)]
            for start, end in strange:
                span = (clause.start + start, clause.start + end)
                said = text[span[0] : span[1]]
                message = f"Expected one of {there}, found “{said}”; name a segment that exists."
                yield Finding(where, "segment", "block", span, message, None, there)

    def _number(self, where: str, clause: Clause, number: Number) -> Finding | None:
        segments = self._bound(clause, number)
        columns, values = self._columns(clause, number)
        near = [f for f in self.facts if f.segment in segments and (not columns or f.feature in columns)]
        near = [f for f in near if f.category is None or not values or (f.feature, f.category) in values]
        sizes = [f for f in self.facts if f.segment in segments | {self.segment} and f.feature == ""]
        follows = re.match(r"\s*(?:average\s+)?■", clause.plain[number.end - clause.start :])
        if follows and any(
            m.start - number.end < len(follows.group(0))
            for m in clause.of("feature")
            if m.start >= number.end
        ):
            sizes = []
        if not _APART.search(clause.plain):
            near = [f for f in near if f.statistic != "difference"]
        if number.unit == "times" and self._multiple(clause, number, columns):
            return None
        if any(matches(number, fact) for fact in (*near, *sizes)):
            return None
        expected = next((f for f in near if f.segment in segments - {ALL} and f.statistic == "mean"), None)
        expected = expected or next((f for f in near if f.statistic in ("mean", "category share")), None)
        elsewhere = next(
            (f for f in self.facts if (not columns or f.feature in columns) and matches(number, f)), None
        )
        elsewhere = elsewhere or next((f for f in self.facts if matches(number, f)), None)
        found = (
            f"{number.text}, which is {self._what(elsewhere)}"
            if elsewhere
            else f"{number.text}, which is no fact"
        )
        if expected:
            right = f"{expected.text} ({self._what(expected)})"
            message = f"Expected {right}, found {found}; correct the number or what it speaks of."
        else:
            message = f"Expected a number from the facts, found {found}; take it out or use a fact."
        return Finding(
            where, "number", "block", (number.start, number.end), message,
            expected.id if expected else None, expected.text if expected else None,
            expected.text if expected else None,
        )  # fmt: skip

    def _what(self, fact: Fact) -> str:
        whose = "all accounts" if fact.segment == ALL else fact.segment
        if not fact.feature:
            return f"the {fact.statistic} of {whose}"
        what = f"{spoken(meaning(self.profile, fact.feature).label)}"
        what += f" “{fact.category}”" if fact.category else ""
        return f"the {fact.statistic} of {what} in {whose}"

    def _bound(self, clause: Clause, number: Number | Quantity) -> set[str]:
        """Whose number it is: the segment it stands beside, else this one or all accounts."""
        after = clause.plain[number.end - clause.start :]
        if _ALL_CUE.match(after):
            return {ALL}
        mentions = clause.of("segment")
        for mention in mentions:
            between = clause.plain[number.end - clause.start : max(0, mention.start - clause.start)]
            if mention.start >= number.end and re.fullmatch(
                r"\s*(?:days?|months?|points|times)?\s*\(?(?:in|for|of|at|by|from)?\s*", between
            ):
                return _together(mention, mentions, clause)
        before = [m for m in mentions if m.end <= number.start]
        if before and _TAKEN.search(clause.plain[: before[-1].start - clause.start]):
            return {self.segment, ALL}
        if before:
            between = clause.plain[before[-1].end - clause.start : number.start - clause.start]
            if not re.search(r"\d|\bhere\b|\ball\b|\baverage of\b|\bagainst\b|\bthis segment\b", between):
                return _together(before[-1], mentions, clause)
        return {self.segment, ALL}

    def _columns(self, clause: Clause, number: Number | Quantity) -> tuple[set[str], set[tuple[str, str]]]:
        """The columns and category values the number may speak of; none means any."""
        subjects = clause.subjects
        before = [m for m in subjects if m.end <= number.start]
        after = [m for m in subjects if m.start >= number.end]
        chosen: list[Mention] = []
        if before:
            nearest = before[-1].end
            chosen += [
                m for m in before if nearest - m.end < 30 and not _number_between(clause, m.end, number.start)
            ]
            chosen = chosen or [m for m in before if m.end == nearest]
        if after and not _number_between(clause, number.end, after[0].start):
            chosen += [m for m in after if m.start - after[0].start < 40]
        chosen = chosen or subjects
        columns = {column for mention in chosen for column, _ in mention.refs}
        values = {ref for mention in chosen if mention.kind == "value" for ref in mention.refs}
        return columns, values


def matches(number: Number, fact: Fact) -> bool:
    """Whether the number as written is this fact: the same figure, or equal at its written rounding."""
    if not _comparable(number, fact):
        return False
    if (number.value, number.half, number.unit) in _written(fact.text):
        return True
    value = fact.value
    if fact.unit in ("fraction", "percent points"):
        if number.unit not in ("%", "points") and not (number.unit == "" and number.value < 1):
            return False
        value = 100 * value if number.unit in ("%", "points") else value
    if fact.statistic == "difference":
        value = abs(value)
    return abs(number.value - value) <= number.half * (1 + 1e-9) + 1e-12


def _comparable(number: Number, fact: Fact) -> bool:
    """Whether a number so written can be a fact of this kind: points are differences, times are ratios."""
    for unit, statistics in (("th", ("rank",)), ("times", ("ratio", "lift")), ("sd", ("z",))):
        if (number.unit == unit) != (fact.statistic in statistics):
            return False
    if number.unit == "points":
        return fact.statistic == "difference" and fact.unit in ("percent points", "points", "score", "number")
    if number.unit == "%":
        return fact.unit in ("fraction", "percent points", "points")
    return number.unit != "$" or fact.unit == "currency"


def _written(text: str) -> set[tuple[float, float, str]]:
    """Value, rounding and unit of the numbers in a fact's text."""
    return {(number.value, number.half, number.unit) for number in numbers(text, 0, ())}


def _together(mention: Mention, mentions: Sequence[Mention], clause: Clause) -> set[str]:
    """The segment of a mention and those joined to it by "and" or a comma."""
    group = {segment for segment, _ in mention.refs}
    edge = mention.start
    for other in reversed([m for m in mentions if m.end <= mention.start]):
        if re.fullmatch(
            r"\s*(?:,|and|or|, and)\s*", clause.plain[other.end - clause.start : edge - clause.start]
        ):
            group |= {segment for segment, _ in other.refs}
            edge = other.start
    return group


def _number_between(clause: Clause, start: int, end: int) -> bool:
    return any(start <= number.start and number.end <= end for number in clause.numbers)


def _name(name: str, own: str, profile: Profile, others: Mapping[str, str]) -> Iterable[Finding]:
    span = (0, len(name))

    def block(message: str, expected: str | None = None) -> Finding:
        return Finding("name", "name", "block", span, message, None, expected)

    size = len(name.split())
    if not 2 <= size <= 3:
        yield block(f"Expected a name of two or three words, found {size}; shorten or extend it.")
    taken = {text.lower(): segment for segment, text in others.items()}
    taken |= {s.name.lower(): s.id for s in profile.segments if s.id != own}
    if name.lower() in taken:
        yield block(f"Expected a name of its own, found the name of {taken[name.lower()]}; choose another.")
    segment = profile.segment(own)
    for pattern, role, wanted in _NAME_RULES:
        match = re.search(pattern, name, re.IGNORECASE)
        if match is None:
            continue
        column = lead(profile, role)
        z = segment.features[column].z if segment and column else None
        if z is not None and (z >= ABOVE) == wanted:
            continue
        side = "above" if wanted else "not above"
        if z is None or column is None:
            found = f"no column on {role}"
        else:
            found = (
                f"{spoken(meaning(profile, column).label)} {'above' if z >= ABOVE else 'not above'} average"
            )
        yield block(f"“{match.group(0)}” expects {role} {side} average, found {found}; choose another word.")


def _priority(persona: Persona, profile: Profile, weights: Mapping[str, float]) -> Iterable[Finding]:
    computed = {item.segment: item.level for item in priorities(profile, weights)}.get(persona.segment)
    if computed and persona.priority != computed:
        severity = "warn" if persona.priority_why.asserted else "block"
        message = f"Expected priority {computed} as computed, found {persona.priority}; restore it or give a reason."
        yield Finding(
            "priority", "priority", "warn" if severity == "warn" else "block", (0, len(persona.priority)),
            message, None, computed, computed,
        )  # fmt: skip
