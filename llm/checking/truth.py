"""The table of all that is true of a profile: what every statement is compared with.

It is computed from the profile alone (never from a text): values as displayed, places in the order of
segments, gaps, multiples, mixes. A cell that is suppressed or rests on too few accounts is not in it.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from engine.model import Fact, FeatureStat, PopulationProfile, Profile, SegmentProfile
from engine.numbers import show
from llm.facts import ALL, SMALLEST_CELL, meaning

_ZEROS = re.compile(r"\.0(?!\d)")
"""What 8.0 is written with and 8 without."""
SIZE = "#size"
"""The column of segment sizes: accounts in each segment, and all of them under ALL."""
PART = "#part"
"""The column of segment shares: a segment's part of all accounts."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a statement is about: a number column, a category value, a column's total, or SIZE / PART.

    kind "number", "category" (`value` names it), "total" (the segment's part of the column's sum), "size".
    """

    kind: str
    column: str
    value: str = ""


@dataclass(frozen=True)
class Truth:
    """Values by segment id (ALL included) for every subject, and how they are shown."""

    profile: Profile
    segments: tuple[str, ...]
    sizes: Mapping[str, int]
    numbers: Mapping[str, Mapping[str, FeatureStat]]
    shares: Mapping[tuple[str, str], Mapping[str, float]]
    counts: Mapping[tuple[str, str], Mapping[str, int]]
    facts: Mapping[tuple[str, str, str, str], Fact] = field(repr=False)

    @cached_property
    def largest(self) -> Mapping[str, float]:
        """By number column, the largest mean without its sign."""
        return {
            column: max(abs(stat.mean) for stat in held.values()) for column, held in self.numbers.items()
        }

    def value(self, segment: str, subject: Subject, statistic: str = "mean") -> float | None:
        """The value in the column's own unit (shares 0 to 1), or None where there is none."""
        if subject.kind == "number":
            stat = self.numbers.get(subject.column, {}).get(segment)
            found = getattr(stat, statistic) if stat else None
            return found if found is not None and math.isfinite(found) else None
        if subject.kind == "category":
            return self.shares.get((subject.column, subject.value), {}).get(segment)
        if subject.kind == "total":
            stat = self.numbers.get(subject.column, {}).get(segment)
            return stat.total_share if stat else None
        if subject.column == PART:
            return self.sizes[segment] / self.sizes[ALL] if self.sizes.get(ALL) else None
        return float(self.sizes[segment]) if segment in self.sizes else None

    def unit(self, subject: Subject) -> str:
        if subject.kind in ("category", "total") or subject.column == PART:
            return "fraction"
        return "count" if subject.kind == "size" else meaning(self.profile, subject.column).unit

    def shown(self, segment: str, subject: Subject, statistic: str = "mean") -> str:
        """The value as people read it; "no figure" where there is none."""
        value = self.value(segment, subject, statistic)
        if value is None:
            return "no figure"
        return (
            f"{value:,.0f}"
            if subject.kind == "size" and subject.column == SIZE
            else show(value, self.unit(subject))
        )

    def label(self, subject: Subject) -> str:
        if subject.kind == "size":
            return "size"
        label = meaning(self.profile, subject.column).label.strip() or subject.column
        if subject.kind == "category":
            return f"the share of {subject.value} ({label})"
        return f"the share of all {label}" if subject.kind == "total" else label

    def z(self, segment: str, subject: Subject) -> float | None:
        """Distance from all accounts in standard deviations; for a share, in those of a yes/no column."""
        if subject.kind == "number":
            stat = self.numbers.get(subject.column, {}).get(segment)
            if stat is None:
                return None
            if math.isfinite(stat.z):
                return stat.z
        own, usual = self.value(segment, subject), self.value(ALL, subject)
        if subject.kind != "category" or own is None or usual is None:
            return None
        spread = math.sqrt(usual * (1 - usual))
        return (own - usual) / spread if spread > 0 else 0.0

    def gap(self, segment: str, other: str, subject: Subject) -> float | None:
        """Value of one minus value of the other, in the subject's unit."""
        own, theirs = self.value(segment, subject), self.value(other, subject)
        return None if own is None or theirs is None else own - theirs

    def same(self, segment: str, other: str, subject: Subject) -> bool:
        """Whether the two read the same as displayed."""
        own, theirs = self.shown(segment, subject), self.shown(other, subject)
        return own == theirs or _ZEROS.sub("", own) == _ZEROS.sub("", theirs)

    def others(self, segment: str, subject: Subject) -> list[str]:
        """The other segments that have a value."""
        return [s for s in self.segments if s != segment and self.value(s, subject) is not None]

    def order(self, subject: Subject, sign: int) -> list[tuple[str, float]]:
        """Segments with their values, the highest first (sign -1: the lowest first)."""
        found = [(s, v) for s in self.segments if (v := self.value(s, subject)) is not None]
        return sorted(found, key=lambda pair: -sign * pair[1])

    def place(self, segment: str, subject: Subject, sign: int) -> tuple[int, bool] | None:
        """The segment's place from the top (sign 1) or the bottom, and whether another reads the same."""
        own = self.value(segment, subject)
        if own is None:
            return None
        others = self.others(segment, subject)
        tied = [s for s in others if self.same(s, segment, subject)]
        ahead = [s for s in others if s not in tied and sign * ((self.value(s, subject) or 0.0) - own) > 0]
        return len(ahead) + 1, bool(tied)

    def extreme(self, subject: Subject, sign: int) -> list[str]:
        """The segments that read as the highest (sign 1) or the lowest."""
        order = self.order(subject, sign)
        return [s for s, _ in order if self.same(s, order[0][0], subject)]

    def fact(self, segment: str, subject: Subject, statistic: str = "mean") -> Fact | None:
        if subject.kind == "category":
            return self.facts.get((segment, subject.column, "category share", subject.value))
        if subject.kind == "size":
            name = "size share" if subject.column == PART else "size"
            return self.facts.get((segment, "", name, ""))
        if subject.kind == "total":
            return self.facts.get((segment, subject.column, "total share", ""))
        return self.facts.get((segment, subject.column, statistic, ""))

    def modes(self, segment: str, column: str) -> list[tuple[str, float]]:
        """The values of a category column in a segment, the most frequent first."""
        found = [
            (value, cells[segment])
            for (name, value), cells in self.shares.items()
            if name == column and segment in cells
        ]
        return sorted(found, key=lambda pair: -pair[1])

    def polarity(self, subject: Subject) -> int:
        return meaning(self.profile, subject.column).polarity if subject.kind == "number" else 0


def truth(profile: Profile, facts: Sequence[Fact]) -> Truth:
    """The table of a profile; `facts` only lend their ids to findings."""
    hidden = {(cell.segment, cell.column, cell.value) for cell in profile.suppressed}
    sizes = {segment.id: segment.size for segment in profile.segments} | {ALL: profile.rows}
    numbers: dict[str, dict[str, FeatureStat]] = {}
    shares: dict[tuple[str, str], dict[str, float]] = {}
    counts: dict[tuple[str, str], dict[str, int]] = {}
    parts: list[tuple[str, SegmentProfile | PopulationProfile]]
    parts = [(ALL, profile.population), *((segment.id, segment) for segment in profile.segments)]
    for name, part in parts:
        for column, stat in part.features.items():
            if stat.n >= SMALLEST_CELL and math.isfinite(stat.mean):
                numbers.setdefault(column, {})[name] = stat
        for column, values in part.categories.items():
            for value, cell in values.items():
                if (name, column, value) not in hidden and cell.n >= SMALLEST_CELL:
                    shares.setdefault((column, value), {})[name] = cell.share
                    counts.setdefault((column, value), {})[name] = cell.n
    return Truth(
        profile=profile,
        segments=tuple(segment.id for segment in profile.segments),
        sizes=sizes,
        numbers=numbers,
        shares=shares,
        counts=counts,
        facts=_by_subject(facts),
    )


def _by_subject(facts: Iterable[Fact]) -> dict[tuple[str, str, str, str], Fact]:
    return {
        (fact.segment, fact.feature, fact.statistic, fact.category or ""): fact
        for fact in facts
        if fact.other in (None, ALL) and not fact.suppressed
    }


def beyond(own: Fact, everyone: Fact, sign: int) -> bool:
    """Whether a mean as displayed lies strictly above (sign 1) or below (-1) the population's as displayed."""
    return own.text != everyone.text and sign * (own.value - everyone.value) > 0
