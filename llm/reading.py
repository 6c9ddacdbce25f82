"""Reading a sentence: which columns, values and segments it names, its clauses and its numbers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.model import Profile
from llm.facts import meaning
from llm.lexicon import clean, spoken, spoken_value, weak
from llm.numerals import Number, numbers

_CLAUSE = re.compile(r"[;:!?](?=\s|$)|\.(?=\s|$)")


@dataclass(frozen=True)
class Mention:
    """A name found in the text: kind feature, value or segment; `refs` what it may stand for."""

    kind: str
    refs: frozenset[tuple[str, str]]
    start: int
    end: int


@dataclass(frozen=True)
class Clause:
    """A stretch of text between semicolons, colons and full stops, names blotted out in `plain`."""

    plain: str
    start: int
    end: int
    mentions: tuple[Mention, ...]
    numbers: tuple[Number, ...]
    earlier: tuple[Mention, ...] = ()

    def of(self, kind: str) -> list[Mention]:
        return [mention for mention in self.mentions if mention.kind == kind]

    @property
    def subjects(self) -> list[Mention]:
        """Columns and values named here; where there are none, those of the clause before."""
        own = [m for m in self.mentions if m.kind != "segment"]
        return own or [m for m in self.earlier if m.kind != "segment"]


@dataclass(frozen=True)
class Names:
    """Every name of a profile with what it stands for, longest first, ready to be found."""

    phrases: Mapping[str, tuple[tuple[str, str, str], ...]]
    pattern: re.Pattern[str] = field(repr=False)


def names(profile: Profile, personas: Mapping[str, str] | None = None) -> Names:
    """The names that sentences about this profile may use; `personas` adds names by segment id."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    spellings: set[str] = set()

    def add(text: str, kind: str, ref: str, detail: str = "") -> None:
        if text:
            spellings.add(text)
            entries = found.setdefault(text.lower(), [])
            if (kind, ref, detail) not in entries:
                entries.append((kind, ref, detail))

    for column in (*profile.population.features, *profile.population.categories):
        entry = meaning(profile, column)
        add(spoken(entry.label), "feature", column)
        for alias in (column, entry.label, *entry.aliases):
            text = clean(alias)
            if text and not weak(text):
                add(text, "feature", column)
    for column, values in profile.population.categories.items():
        for value in values:
            add(spoken_value(value), "value", column, value)
    for segment in profile.segments:
        for name in (segment.id, segment.name, (personas or {}).get(segment.id, "")):
            if name == segment.id or len(name.split()) > 1 or not weak(name):
                add(name, "segment", segment.id)
    # The text as it is spelled, because some letters change their number when made lower-case.
    ordered = sorted(spellings, key=lambda text: (-len(text), text))
    bits = [rf"(?<!\w){re.escape(text)}(?!\w)" if text[0] != "“" else re.escape(text) for text in ordered]
    pattern = re.compile("|".join(bits) or r"(?!)", re.IGNORECASE)
    return Names({text: tuple(entries) for text, entries in found.items()}, pattern)


def read(text: str, known: Names) -> tuple[Clause, ...]:
    """The clauses of the text in order, each with its mentions and numbers; offsets count in `text`."""
    mentions = tuple(_mentions(text, known))
    blotted = list(text)
    for mention in mentions:
        blotted[mention.start : mention.end] = "■" * (mention.end - mention.start)
    plain = "".join(blotted)
    clauses: list[Clause] = []
    start = 0
    for cut in [*(match.end() for match in _CLAUSE.finditer(plain)), len(plain)]:
        if plain[start:cut].strip():
            inside = tuple(m for m in mentions if start <= m.start < cut)
            before = clauses[-1] if clauses else None
            earlier = (
                (before.mentions if before.subjects and before.of("feature") else before.earlier)
                if before
                else ()
            )
            columns = {m.start for m in inside if m.kind == "feature"}
            found = numbers(plain[start:cut], start, columns)
            clauses.append(Clause(plain[start:cut], start, cut, inside, found, earlier))
        start = cut
    return tuple(clauses)


def _mentions(text: str, known: Names) -> Iterable[Mention]:
    for match in known.pattern.finditer(text):
        entries = known.phrases.get(match.group(0).lower(), ())
        kinds = {kind for kind, _, _ in entries}
        for kind in ("segment", "feature", "value"):
            if kind in kinds:
                refs = frozenset((ref, detail) for k, ref, detail in entries if k == kind)
                yield Mention(kind, refs, match.start(), match.end())
                if kind == "segment":
                    break
