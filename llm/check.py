"""The checker: every sentence, name and claim of a persona against the facts. Pure and fast.

Fact zones (tagline, bullets, unique, limit, priority_why) are held to everything, and fail closed: a figure
that fits no fact, a first place on no column, a word that no column holds are findings. The interpretation
is held to its figures and hard statements; advice and plan steps to what they state as fact, because what
they prescribe is free. Approval is refused while a finding of severity "block" stands.
"""

import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Literal, TypeVar

from engine.model import CheckReport, Fact, Finding, Persona, PopulationProfile, Profile, Statement
from engine.record import content_id
from llm.checking import advising, claims
from llm.checking.frames import Frame, Scene
from llm.checking.lint import lint
from llm.checking.names import Names
from llm.checking.naming import names
from llm.checking.pairing import pairing
from llm.checking.persona_names import named
from llm.checking.reading import Reading, read
from llm.checking.second import readings
from llm.checking.statements import statements
from llm.checking.truth import Truth, truth
from llm.checking.verify import verify
from llm.priority import WEIGHTS, priorities

CHECKER_VERSION = "3"
NEVER_KEPT = frozenset({"compliance", "taken", "unkind"})
"""Kinds of finding that no reason answers: what may not be said, a name of another's, a name that demeans."""

Thing = TypeVar("Thing")
Zone = Literal["fact", "advice", "name", "interpretation"]
Verdict = Literal["ok", "warn", "block"]

_ZONES: Mapping[str, Zone] = {"rep": "advice", "digital": "advice", "access": "advice", "plan": "advice",
                              "interpretation": "interpretation"}  # fmt: skip
"""The zone of a persona's field; the others state facts."""


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
    verdict: Verdict
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Book:
    """What is constant for a profile: its table of truth, its names, the texts read with them, and by the
    weights last asked for the priority of each segment."""

    truth: Truth
    names: Names
    readings: dict[str, Reading] = field(default_factory=dict, repr=False)
    levels: dict[tuple[tuple[str, float], ...], dict[str, str]] = field(default_factory=dict, repr=False)


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
    called = tuple(name.lower().rstrip("s") for name in rest.values() if name)
    book = book_of(profile, facts)
    scene = Scene(persona.segment, book.truth, book.names)
    reason = persona.reason_for("name", persona.name)
    found = [replace(f, where="name") for f in _kept_for(reason, named(persona.name, scene, rest))]
    found += _priority(persona, _levels(book, profile, weights).get(persona.segment))
    ids = {fact.id for fact in facts if not fact.suppressed}
    told: dict[str, tuple[Statement, list[Frame], Reading]] = {}
    for where, statement in _statements(persona):
        zone = _ZONES.get(where.split(".")[0], "fact")
        low = statement.text.lower() if called else ""
        if any(map(low.__contains__, called)):
            reading = read(statement.text, book.names, names(_bare(profile), rest))
        else:
            reading = _reading(statement.text, book)
        said = statements(reading, scene)
        findings = [
            *_strange_evidence(where, statement, ids, zone),
            *_findings(where, zone, reading, said, scene),
        ]
        if zone == "fact":
            told[where] = statement, said, reading
        found += _kept_for(statement.asserted, findings)
    found += claims.findings(persona, told, scene, facts)
    return CheckReport(
        persona.segment, tuple(found), facts_hash(profile), text_hash(persona), CHECKER_VERSION
    )


def check_lines(lines: Sequence[Line], profile: Profile, facts: Sequence[Fact]) -> tuple[LineReport, ...]:
    """One report a line, in order. Lines know nothing of each other: names need not be unique here."""
    book = book_of(profile, facts)
    scenes = {segment: Scene(segment, book.truth, book.names) for segment in {line.segment for line in lines}}
    found = []
    for line in lines:
        scene = scenes[line.segment]
        if line.zone == "name":
            findings = tuple(named(line.text, scene, {}))
        else:
            reading = _reading(line.text, book)
            findings = tuple(_findings(line.zone, line.zone, reading, statements(reading, scene), scene))
        found.append(LineReport(line.id, verdict(findings), findings))
    return tuple(found)


def verdict(findings: Iterable[Finding]) -> Verdict:
    """The worst severity among the findings, "ok" where there is none."""
    severities = {finding.severity for finding in findings}
    return "block" if "block" in severities else "warn" if severities else "ok"


def facts_hash(profile: Profile) -> str:
    """The content id of the numbers behind every fact. Names are not among them: personas speak of other
    segments by id, so a renamed segment makes no text wrong. Nor is the verdict:
    the playbook states it from today's figures."""
    return _kept(_hashes, profile, lambda: content_id(profile.measured()))


def text_hash(persona: Persona) -> str:
    """The content id of the persona as it stands."""
    return content_id(persona)


def places_of(persona: Persona) -> tuple[str, ...]:
    """The fields of a persona that findings point to: "name", "tagline", "bullets.0", ..., "claims.0"."""
    numbered = (f"claims.{number}" for number in range(len(persona.claims)))
    return ("name", "priority", *(where for where, _ in _statements(persona)), *numbered)


# --- One text -------------------------------------------------------------------------------------


_MOST_READINGS = 4096


def _reading(text: str, book: Book) -> Reading:
    """The reading of a text, made once for a profile."""
    if text not in book.readings:
        if len(book.readings) >= _MOST_READINGS:
            book.readings.clear()
        book.readings[text] = read(text, book.names)
    return book.readings[text]


def _findings(where: str, zone: Zone, reading: Reading, said: Sequence[Frame], scene: Scene) -> list[Finding]:
    """The findings on one text, in the order of the text."""
    found: list[Finding] = []
    told = pairing(reading, said, scene)
    for frame in said:
        if zone == "advice" and not advising.states(frame, scene):
            continue
        if zone == "interpretation" and not advising.is_hard(frame):
            continue
        if id(frame.item) in told:
            paired = told[id(frame.item)]
            found += [finding for finding in [paired and verify(paired, scene, where)] if finding]
            continue
        finding = verify(frame, scene, where)
        if finding is not None and finding.severity == "block":
            finding = _read_otherwise(finding, frame, scene, where)
        if finding is not None:
            found.append(finding)
    found += lint(reading, scene, where, zone)
    if zone == "advice" and not where.endswith(_CONDITIONS):
        found += advising.contradictions(reading, scene, where)
    return sorted(_once(found), key=lambda finding: finding.span) if found else found


def _read_otherwise(finding: Finding, frame: Frame, scene: Scene, where: str) -> Finding | None:
    """None where another reading of the sentence does away with the finding; the remark on a figure's unit or
    statistic where one leaves no more than that."""
    left = finding
    for other in readings(replace(frame, untold=True), scene):
        again = verify(other, scene, where)
        if again is None:
            return None
        if left is finding and again.kind in ("unit", "statistic") and again.severity == "warn":
            left = verify(replace(other, untold=False), scene, where) or finding
    return left


_CONDITIONS = (".trigger", ".measure", ".stop_rule")
"""Parts of a plan step that say when and how it is judged, and so build on nothing."""


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding a place: where two rules object to one span, the one that blocks, the first of its like."""
    kept: dict[tuple[int, int], Finding] = {}
    for finding in findings:
        there = kept.get(finding.span)
        if there is None or (there.severity == "warn" and finding.severity == "block"):
            kept[finding.span] = finding
    yield from kept.values()


def _strange_evidence(where: str, statement: Statement, ids: set[str], zone: Zone) -> Iterator[Finding]:
    for number in (n for n in statement.evidence if n not in ids and zone != "advice"):
        message = f"Expected evidence among the facts, found {number}; remove it or draft again."
        yield Finding(where, "evidence", "block", (0, len(statement.text)), message)


def _kept_for(reason: str, findings: Iterable[Finding]) -> list[Finding]:
    """The findings on a text; where the analyst kept it for a reason, they warn, but for those never kept."""
    if not reason:
        return [*findings]
    return [f if f.kind in NEVER_KEPT else replace(f, severity="warn") for f in findings]


def _levels(book: Book, profile: Profile, weights: Mapping[str, float]) -> Mapping[str, str]:
    key = tuple(sorted(weights.items()))
    if key not in book.levels:
        book.levels.clear()
        book.levels[key] = {item.segment: item.level for item in priorities(profile, weights)}
    return book.levels[key]


def _priority(persona: Persona, computed: str | None) -> Iterator[Finding]:
    if computed and persona.priority != computed:
        reasoned = bool(persona.priority_why.asserted)
        message = f"Expected priority {computed} as computed, found {persona.priority}; restore it or give a reason."
        yield Finding(
            "priority", "priority", "warn" if reasoned else "block", (0, len(persona.priority)), message,
            None, computed, computed,
        )  # fmt: skip


def _statements(persona: Persona) -> Iterator[tuple[str, Statement]]:
    yield "tagline", persona.tagline
    yield from ((f"bullets.{i}", statement) for i, statement in enumerate(persona.bullets))
    yield "unique", persona.unique
    yield "limit", persona.limit
    yield "priority_why", persona.priority_why
    for lane in ("rep", "digital", "access"):
        yield from ((f"{lane}.{i}", statement) for i, statement in enumerate(getattr(persona, lane)))
    for i, step in enumerate(persona.plan):
        for part in fields(step):
            where, text = f"plan.{i}.{part.name}", str(getattr(step, part.name))
            yield where, Statement(text, asserted=persona.reason_for(where, text))
    yield "interpretation", persona.interpretation


# --- What is kept for a profile -------------------------------------------------------------------

_books: dict[int, tuple[weakref.ref[Profile], Book]] = {}
_hashes: dict[int, tuple[weakref.ref[Profile], str]] = {}


def book_of(profile: Profile, facts: Sequence[Fact]) -> Book:
    """The table and names of a profile, made once for as long as the profile is in memory."""
    return _kept(_books, profile, lambda: Book(truth(profile, facts), names(profile)))


def _kept(
    store: dict[int, tuple[weakref.ref[Profile], Thing]], profile: Profile, make: Callable[[], Thing]
) -> Thing:
    """A profile cannot be a dictionary's key (it holds dictionaries), so its identity is, while it lives."""
    entry = store.get(id(profile))
    if entry is not None and entry[0]() is profile:
        return entry[1]
    made = make()
    key = id(profile)
    store[key] = weakref.ref(profile, lambda _: store.pop(key, None)), made
    return made


def _bare(profile: Profile) -> Profile:
    """The profile's segments and nothing else: what names of other personas are looked up in."""
    bare = tuple(replace(segment, name="", features={}, categories={}) for segment in profile.segments)
    return Profile(profile.rows, bare, PopulationProfile({}, {}), {})
