"""Whether a small machine claim is true, straight from the raw table.

The thresholds are those of the rules for personas; the figures are computed here with pandas from the rows
of the case. Nothing of llm/ is used. What lies too near to a threshold for a fair test is undecided.
"""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pandas as pd

from bench.checker.profiles import SMALL, Case
from bench.checker.written import displayed

ALL = "ALL"
SHARE_WORDS: dict[str, tuple[float, float]] = {
    "most": (0.5, 1.0),
    "half": (0.45, 0.55),
    "third": (0.30, 0.37),
    "quarter": (0.22, 0.28),
    "nearly all": (0.9, 1.0),
    "few": (0.0, 0.1),
}
TIMES_WORDS: dict[str, tuple[float, float]] = {
    "twice": (1.8, 2.2),
    "three times": (2.7, 3.3),
    "half": (0.45, 0.55),
}


@dataclass(frozen=True)
class Said:
    """What a clause says. `kind` and the fields it uses:

    number: segment, feature (or "" for sizes), category, statistic, value, half, hedge, other.
    direction, intense: relation above / below / near, segment, feature.
    extreme: relation highest / lowest, `joint`. rank: value. only: relation.
    compare, twice: relation, other (a segment or ALL). share, index: feature, category, relation.
    size: relation largest / smallest. name: relation (a role rule). lane: relation (a role), and
    statistic "most" where the words say that no segment has more.
    foreign: `words` that nothing in the profile is called by. never: what no table could support.
    """

    kind: str
    segment: str
    feature: str = ""
    category: str = ""
    statistic: str = "mean"
    relation: str = ""
    value: float = 0.0
    half: float = 0.0
    hedge: str = ""
    other: str = ALL
    joint: bool = False
    words: tuple[str, ...] = ()


class Table:
    """The figures of a case, computed from its rows; suppressed cells and cells under 11 are not there."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.rows = case.table
        self.ids = sorted(self.rows["segment"].unique(), key=lambda name: int(name[1:]))
        self.sizes = self.rows["segment"].value_counts().to_dict()
        self._orders: dict[tuple[str, str], list[str]] = {}
        self._shown: dict[tuple[str, str], str] = {}
        self.hidden = {(cell.segment, cell.column, cell.value) for cell in case.profile.suppressed}

    @cached_property
    def numbers(self) -> dict[str, pd.DataFrame]:
        """By statistic: a frame of segments and ALL by feature."""
        columns = list(self.case.measures)
        groups, every = self.rows.groupby("segment")[columns], self.rows[columns]
        found = {}
        for name in ("mean", "median", "count", "sum"):
            frame = groups.agg(name)
            frame.loc[ALL] = every.agg(name)
            found[name] = frame
        found["z"] = (found["mean"] - found["mean"].loc[ALL]) / every.std(ddof=0)
        return found

    @cached_property
    def _flat(self) -> dict[tuple[str, str, str], float]:
        return {
            (statistic, str(segment), feature): float(value)
            for statistic, frame in self.numbers.items()
            for feature, column in frame.items()
            for segment, value in column.items()
        }

    def get(self, statistic: str, segment: str, feature: str) -> float:
        """mean, median, count, sum or z; NaN where fewer than 11 values are present."""
        figures = self._flat
        if figures["count", segment, feature] < SMALL:
            return math.nan
        return figures[statistic, segment, feature]

    def ranked(self, feature: str, statistic: str = "mean") -> list[str]:
        """Segments that have the feature, highest first."""
        if (feature, statistic) not in self._orders:
            known = [name for name in self.ids if not math.isnan(self.get("mean", name, feature))]
            order = sorted(known, key=lambda name: -self.get(statistic, name, feature))
            self._orders[feature, statistic] = order
        return self._orders[feature, statistic]

    def shown(self, segment: str, feature: str) -> str:
        """The mean as it is displayed."""
        if (segment, feature) not in self._shown:
            text = displayed(self.get("mean", segment, feature), self.case.measures[feature].unit)
            self._shown[segment, feature] = text
        return self._shown[segment, feature]

    @cached_property
    def _counts(self) -> dict[tuple[str, str, str], int]:
        found: dict[tuple[str, str, str], int] = {}
        for header in self.case.sortings:
            for (value, segment), n in self.rows.groupby([header, "segment"]).size().items():
                found[header, value, segment] = int(n)
            for value, n in self.rows[header].value_counts().items():
                found[header, str(value), ALL] = int(n)
        return found

    def share(self, segment: str, feature: str, category: str) -> float:
        """The part of the segment's accounts with the value; NaN where it is suppressed."""
        n = self._counts.get((feature, category, segment), 0)
        if n < SMALL or (segment, feature, category) in self.hidden:
            return math.nan
        return n / (len(self.rows) if segment == ALL else self.sizes[segment])


@lru_cache(maxsize=512)
def table(case: Case) -> Table:
    """The table of a case, computed once."""
    return Table(case)


def verdict(case: Case, said: tuple[Said, ...]) -> bool | None:
    """True when everything said is true, False when something is false and the rest decided, else None."""
    judged = [judge(case, one) for one in said]
    if any(one is None for one in judged):
        return None
    return all(judged)


def judge(case: Case, said: Said) -> bool | None:
    """True, False, or None where the rows leave it open."""
    return _JUDGES[said.kind](table(case), said)


def _number(t: Table, said: Said) -> bool | None:
    answers = [_matches(actual, said) for actual in _actual(t, said)]
    if any(answer is True for answer in answers):
        return True
    return None if any(answer is None for answer in answers) else False


def _actual(t: Table, said: Said) -> list[float]:
    segment, feature, other = said.segment, said.feature, said.other
    if said.statistic == "size":
        return [float(len(t.rows) if segment == ALL else t.sizes[segment])]
    if said.statistic == "size share":
        return [t.sizes[segment] / len(t.rows)]
    if said.statistic == "category share":
        return [t.share(segment, feature, said.category)]
    if said.statistic == "lift":
        return [t.share(segment, feature, said.category) / t.share(ALL, feature, said.category)]
    if said.statistic == "category gap":
        return [t.share(segment, feature, said.category) - t.share(ALL, feature, said.category)]
    if said.statistic == "total share":
        return [t.get("sum", segment, feature) / t.get("sum", ALL, feature)]
    if said.statistic == "centre":
        return [t.get("mean", segment, feature), t.get("median", segment, feature)]
    own, against = t.get("mean", segment, feature), t.get("mean", other, feature)
    if said.statistic == "ratio":
        return [own / against]
    if said.statistic == "percent more":
        return [own / against - 1]
    if said.statistic == "percent less":
        return [1 - own / against]
    if said.statistic == "gap":
        return [own - against]
    return [t.get(said.statistic, segment, feature)]


def _matches(actual: float, said: Said) -> bool | None:
    if math.isnan(actual):
        return None
    off, size = abs(actual - said.value), abs(said.value)
    if said.hedge == "about":
        return _within(off, max(0.025 * size, said.half))
    if said.hedge in ("over", "nearly"):
        beyond = (actual - said.value) * (1 if said.hedge == "over" else -1)
        if beyond > 0 and off <= 0.095 * size:
            return True
        return False if beyond < -0.01 * size or off > 0.12 * size else None
    return _within(off, said.half)


def _within(off: float, tolerance: float) -> bool | None:
    if off <= tolerance * (1 + 1e-9):
        return True
    return False if off > 1.2 * tolerance else None


def _direction(t: Table, said: Said) -> bool | None:
    z = t.get("z", said.segment, said.feature)
    if math.isnan(z):
        return None
    if said.relation == "near":
        return True if abs(z) <= 0.3 else False if abs(z) > 0.5 else None
    up = z if said.relation == "above" else -z
    return True if up >= 0.2 else False if up <= -0.2 else None


def _intense(t: Table, said: Said) -> bool | None:
    z = t.get("z", said.segment, said.feature)
    if math.isnan(z):
        return None
    up = z if said.relation == "above" else -z
    if said.statistic == "slightly":
        return True if 0.2 <= up <= 0.5 else False if up <= -0.2 or up > 0.8 else None
    return True if up >= 0.8 else False if up < 0.5 else None


def _extreme(t: Table, said: Said) -> bool | None:
    ranked = t.ranked(said.feature)
    if said.segment not in ranked or len(ranked) < 2:
        return None
    by_median = t.ranked(said.feature, "median")
    end = 0 if said.relation == "highest" else -1
    level = {name for name in ranked if t.shown(name, said.feature) == t.shown(ranked[end], said.feature)}
    if said.joint:
        return (said.segment in level) if len(level) > 1 else False if said.segment not in level else None
    if said.segment == ranked[end]:
        return True if len(level) == 1 else None
    return None if said.segment in level or by_median[end] == said.segment else False


def _rank(t: Table, said: Said) -> bool | None:
    ranked, by_median = t.ranked(said.feature), t.ranked(said.feature, "median")
    if said.segment not in ranked:
        return None
    order = ranked if said.relation != "lowest" else ranked[::-1]
    medians = by_median if said.relation != "lowest" else by_median[::-1]
    place = order.index(said.segment)
    own = t.shown(said.segment, said.feature)
    if any(t.shown(order[i], said.feature) == own for i in (place - 1, place + 1) if 0 <= i < len(order)):
        return None
    if place + 1 == said.value:
        return True
    return None if medians.index(said.segment) + 1 == said.value else False


def _only(t: Table, said: Said) -> bool | None:
    zs = {name: t.get("z", name, said.feature) * (1 if said.relation == "above" else -1) for name in t.ids}
    if any(math.isnan(z) for z in zs.values()):
        return None
    others = [z for name, z in zs.items() if name != said.segment]
    if max(others) >= 0.2 or zs[said.segment] <= -0.2:
        return False
    return True if zs[said.segment] >= 0.2 and max(others) < 0 else None


def _compare(t: Table, said: Said) -> bool | None:
    own, other = (t.get("mean", name, said.feature) for name in (said.segment, said.other))
    if math.isnan(own) or math.isnan(other):
        return None
    if (
        t.shown(said.segment, said.feature) == t.shown(said.other, said.feature)
        or abs(own / other - 1) < 0.03
    ):
        return None
    return (own > other) == (said.relation == "above")


def _times(t: Table, said: Said) -> bool | None:
    ratio = t.get("mean", said.segment, said.feature) / t.get("mean", said.other, said.feature)
    return _inside(ratio, *TIMES_WORDS[said.relation], 0.04)


def _share(t: Table, said: Said) -> bool | None:
    return _inside(t.share(said.segment, said.feature, said.category), *SHARE_WORDS[said.relation], 0.01)


def _inside(value: float, low: float, high: float, margin: float) -> bool | None:
    if math.isnan(value):
        return None
    if (low == 0 or value >= low + margin / 10) and (high == 1 or value <= high - margin / 10):
        return True
    return False if value < low - margin or value > high + margin else None


def _index(t: Table, said: Said) -> bool | None:
    own, everyone = (t.share(name, said.feature, said.category) for name in (said.segment, ALL))
    if math.isnan(own) or math.isnan(everyone):
        return None
    lift, gap = own / everyone, own - everyone
    if said.relation == "below":
        return True if lift <= 0.8 and gap <= -0.05 else False if lift >= 1.05 else None
    return True if lift >= 1.2 and gap >= 0.05 else False if lift <= 0.95 else None


def _size(t: Table, said: Said) -> bool | None:
    wanted = max(t.sizes.values()) if said.relation == "largest" else min(t.sizes.values())
    return t.sizes[said.segment] == wanted


def _role(t: Table, segment: str, role: str) -> list[float]:
    """The z of every feature of the role; none where less of one of them is better."""
    headers = [header for header, m in t.case.measures.items() if m.role == role]
    if any(t.case.measures[header].polarity < 0 for header in headers):
        return []
    return [z for z in (t.get("z", segment, header) for header in headers) if not math.isnan(z)]


def _name(t: Table, said: Said) -> bool | None:
    """A conjunction such as "volume+ share-": every feature of a role has to agree, or all to disagree."""
    answers: list[bool | None] = []
    for word in said.relation.split():
        role, sign = word[:-1], word[-1]
        zs = _role(t, said.segment, role)
        if not zs:
            return None
        high, low = all(z >= 0.2 for z in zs), all(z <= 0 for z in zs)
        answers.append((high if high or low else None) if sign == "+" else (low if high or low else None))
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True


def _lane(t: Table, said: Said) -> bool | None:
    """Advice that builds on a strength: false where every feature of the role is lowest and clearly below,
    true where every one is clearly above."""
    headers = [header for header, m in t.case.measures.items() if m.role == said.relation]
    zs = [t.get("z", said.segment, header) for header in headers]
    if not headers or any(math.isnan(z) for z in zs):
        return None
    if any(t.case.measures[header].polarity < 0 for header in headers):
        return None
    if all(z >= 0.2 for z in zs):
        first = all(_extreme(t, Said("extreme", said.segment, h, relation="highest")) for h in headers)
        return True if first or said.statistic != "most" else None
    lowest = all(t.ranked(header)[-1] == said.segment for header in headers)
    return False if lowest and all(z <= -0.3 for z in zs) else None


def _foreign(t: Table, said: Said) -> bool | None:
    """False (nothing supports it) when no label, alias, header or category uses one of the words."""
    known = " ".join(
        [
            *(f"{header} {m.label} {' '.join(m.aliases)}" for header, m in t.case.measures.items()),
            *(f"{header} {s.label} {' '.join(s.values)}" for header, s in t.case.sortings.items()),
        ]
    ).casefold()
    return None if any(word.casefold() in known for word in said.words) else False


def _never(t: Table, said: Said) -> bool | None:
    """A price where the column counts, a trend in one cross-section: false whatever the rows are."""
    return False


_JUDGES = {
    "number": _number, "direction": _direction, "intense": _intense, "extreme": _extreme, "rank": _rank,
    "only": _only, "compare": _compare, "twice": _times, "share": _share, "index": _index, "size": _size,
    "name": _name, "lane": _lane, "foreign": _foreign, "never": _never,
}  # fmt: skip
