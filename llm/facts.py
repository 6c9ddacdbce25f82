"""Profile to facts: every number a sentence may use, computed and written out once.

What the profile suppresses, and whatever rests on fewer than 11 accounts, never becomes a fact; so
nothing downstream (writers, prompts, the checker) can show it by mistake.
"""

import itertools
import math
from collections.abc import Iterable

from engine.model import SMALLEST_CELL as SMALLEST_CELL
from engine.model import CategoryStat, Fact, FeatureStat, Meaning, Profile, Statistic, Theme
from engine.numbers import compact, show
from llm.outcomes import outcome_feature

ALL = "ALL"
"""The segment of facts about the whole population."""

Key = tuple[str, str, Statistic, str | None, str | None]
"""segment, feature, statistic, category, other."""


def facts(profile: Profile) -> tuple[Fact, ...]:
    """All facts of the profile, population first, then segments in their order; ids F001, F002, ...

    Sizes have the feature "". Values are in the unit of the column ("fraction" is 0 to 1, "sd" and
    "ratio" as named); `text` is the one way the value is written. Differences keep their sign in
    `value` and lose it in `text` ("52", "4 points"), because a sentence says "above" or "fewer".
    """
    rows = [*_population(profile), *_segments(profile), *_other_outcome(profile)]
    width = max(3, len(str(len(rows))))
    return tuple(
        Fact(f"F{number:0{width}d}", *row) for number, row in enumerate((r for r in rows if _usable(r)), 1)
    )


def lookup(all_facts: Iterable[Fact]) -> dict[Key, Fact]:
    """Facts by (segment, feature, statistic, category, other)."""
    return {
        (fact.segment, fact.feature, fact.statistic, fact.category, fact.other): fact for fact in all_facts
    }


def meaning(profile: Profile, feature: str) -> Meaning:
    """The dictionary's entry, or one made of the header alone."""
    return profile.dictionary.get(feature) or Meaning(label=feature)


Row = tuple[str, str, Theme, Statistic, float, str, str, int, str | None, str | None]


def _usable(row: Row) -> bool:
    return math.isfinite(row[4]) and row[7] >= SMALLEST_CELL


def _population(profile: Profile) -> Iterable[Row]:
    yield (ALL, "", "other", "size", profile.rows, "count", f"{profile.rows:,}", profile.rows, None, None)
    for feature, stat in profile.population.features.items():
        yield from _centre(profile, ALL, feature, stat)
    for column, values in profile.population.categories.items():
        role = meaning(profile, column).role
        for value, cell in values.items():
            yield (ALL, column, role, "category share", cell.share, "fraction", show(cell.share, "fraction"),
                   cell.n, value, None)  # fmt: skip
    outcome = outcome_feature(profile)
    if outcome:
        yield _counted(profile, ALL, *outcome, profile.population.categories[outcome[0]][outcome[1]])


def _segments(profile: Profile) -> Iterable[Row]:
    hidden = {(cell.segment, cell.column, cell.value) for cell in profile.suppressed}
    below = _next_in_rank(profile)
    for segment in profile.segments:
        name, size = segment.id, segment.size
        yield (name, "", "other", "size", size, "count", f"{size:,}", size, None, None)
        yield (name, "", "other", "size share", segment.size_share, "fraction",
               show(segment.size_share, "fraction"), size, None, None)  # fmt: skip
        for feature, stat in segment.features.items():
            yield from _centre(profile, name, feature, stat)
            yield from _quartile(profile, name, feature, stat)
            yield from _against_all(profile, name, feature, stat)
            if (name, feature) in below:
                other, gap, n = below[name, feature]
                yield _difference(profile, name, feature, gap, min(stat.n, n), other)
        for column, values in segment.categories.items():
            for value, cell in values.items():
                if (name, column, value) not in hidden and (ALL, column, value) not in hidden:
                    yield from _cell(profile, name, column, value, cell)
        yield from _part_of_yes(profile, name)


def _centre(profile: Profile, segment: str, feature: str, stat: FeatureStat) -> Iterable[Row]:
    entry = meaning(profile, feature)
    for statistic, value in (("mean", stat.mean), ("median", stat.median)):
        kind: Statistic = "mean" if statistic == "mean" else "median"
        yield (segment, feature, entry.role, kind, value, entry.unit, show(value, entry.unit), stat.n,
               None, None)  # fmt: skip


def _quartile(profile: Profile, segment: str, feature: str, stat: FeatureStat) -> Iterable[Row]:
    """Where the upper quarter begins; only where that quarter is itself no cell to be hidden."""
    if stat.q3 is not None and stat.n >= 4 * SMALLEST_CELL:
        entry = meaning(profile, feature)
        yield (segment, feature, entry.role, "upper quartile", stat.q3, entry.unit,
               show(stat.q3, entry.unit), stat.n, None, None)  # fmt: skip


def _against_all(profile: Profile, segment: str, feature: str, stat: FeatureStat) -> Iterable[Row]:
    role = meaning(profile, feature).role
    everyone = profile.population.features.get(feature)
    yield (segment, feature, role, "z", stat.z, "sd", show(stat.z, "sd"), stat.n, None, None)
    if stat.rank is not None:
        yield (segment, feature, role, "rank", stat.rank, "count", ordinal(stat.rank), stat.n, None, None)
    if everyone is not None:
        if everyone.mean > 0:
            ratio = stat.mean / everyone.mean
            yield (segment, feature, role, "ratio", ratio, "ratio", show(ratio, "ratio"), stat.n, None, ALL)
        yield _difference(profile, segment, feature, stat.mean - everyone.mean, stat.n, ALL)
    if stat.total_share is not None:
        yield (segment, feature, role, "total share", stat.total_share, "fraction",
               show(stat.total_share, "fraction"), stat.n, None, None)  # fmt: skip


def _difference(profile: Profile, segment: str, feature: str, gap: float, n: int, other: str) -> Row:
    entry = meaning(profile, feature)
    if entry.unit == "fraction":
        unit, text = "percent points", show(abs(gap), "percent points")
    elif entry.unit == "points":
        unit, text = "points", f"{compact(abs(gap))} points"
    else:
        unit, text = entry.unit, show(abs(gap), entry.unit)
    return (segment, feature, entry.role, "difference", gap, unit, text, n, None, other)


def _cell(profile: Profile, segment: str, column: str, value: str, cell: CategoryStat) -> Iterable[Row]:
    role = meaning(profile, column).role
    yield (segment, column, role, "category share", cell.share, "fraction", show(cell.share, "fraction"),
           cell.n, value, None)  # fmt: skip
    yield (segment, column, role, "lift", cell.lift, "ratio", show(cell.lift, "ratio"), cell.n, value, ALL)


def _part_of_yes(profile: Profile, segment: str) -> Iterable[Row]:
    """Of all accounts with a yes in the outcome, the part that is in the segment, and how many that are."""
    found = outcome_feature(profile)
    own = profile.segment(segment)
    if found is None or own is None:
        return
    column, yes = found
    cell, everyone = own.categories[column][yes], profile.population.categories[column][yes]
    part = cell.n / everyone.n
    yield (segment, column, meaning(profile, column).role, "total share", part, "fraction",
           show(part, "fraction"), cell.n, yes, None)  # fmt: skip
    yield _counted(profile, segment, column, yes, cell)


def _other_outcome(profile: Profile) -> Iterable[Row]:
    """How many of each segment have the outcome's other value; behind all other facts, so that their ids stay."""
    found = outcome_feature(profile)
    if found is None:
        return
    column, yes = found
    for segment in profile.segments:
        others = [value for value in profile.population.categories[column] if value != yes]
        if len(others) == 1 and not others[0].startswith("(") and others[0] in segment.categories[column]:
            yield _counted(profile, segment.id, column, others[0], segment.categories[column][others[0]])


def _counted(profile: Profile, segment: str, column: str, yes: str, cell: CategoryStat) -> Row:
    return (segment, column, meaning(profile, column).role, "size", cell.n, "count", f"{cell.n:,}", cell.n,
            yes, None)  # fmt: skip


def _next_in_rank(profile: Profile) -> dict[tuple[str, str], tuple[str, float, int]]:
    """For each segment and feature the next lower segment, the gap to it, and its n."""
    found: dict[tuple[str, str], tuple[str, float, int]] = {}
    for feature in profile.population.features:
        stats = [(s.id, s.features[feature]) for s in profile.segments if feature in s.features]
        stats = [(name, stat) for name, stat in stats if stat.n >= SMALLEST_CELL and math.isfinite(stat.mean)]
        stats.sort(key=lambda pair: -pair[1].mean)
        for (name, stat), (other, lower) in itertools.pairwise(stats):
            found[name, feature] = (other, stat.mean - lower.mean, lower.n)
    return found


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
