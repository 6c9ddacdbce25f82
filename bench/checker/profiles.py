"""Generated tables and their profiles: rows first, and every figure computed here with pandas.

Nothing of engine.profile is used, so that neither the profile nor the truth of a sentence rests on the
code under test. Tables hold what trips a checker: ties at the displayed precision, differences near
nothing, small and suppressed cells, missing values, ugly headers, labels that nearly repeat each other.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bench.checker.vocabulary import TRADES, Measure, Sorting, Trade
from engine.model import (
    CategoryStat,
    FeatureStat,
    Meaning,
    PopulationProfile,
    Profile,
    SegmentProfile,
    SuppressedCell,
    Verdict,
)

SMALL = 11
VERDICTS: tuple[Verdict | None, ...] = ("natural", "reproducible", "constructive", None)
CALLED = ("Cedar", "Harbor", "Juniper", "Meadow", "Quarry", "Ridge", "Sable", "Tundra", "Willow")


@dataclass(frozen=True, eq=False)
class Case:
    """One generated table. `table`: one row per account, columns by header, and "segment" (S1 the largest).
    `measures` and `sortings` are by the header used in this table."""

    id: str
    trade: Trade
    table: pd.DataFrame
    profile: Profile
    measures: dict[str, Measure]
    sortings: dict[str, Sorting]


def cases(count: int, seed: int) -> tuple[Case, ...]:
    """`count` cases; the same seed gives the same tables, and a case does not depend on the count."""
    return tuple(case(number, seed) for number in range(count))


def case(number: int, seed: int) -> Case:
    """Case `number`: trades and the number of segments (2 to 9) take turns, the rest is drawn."""
    random = np.random.default_rng([seed, number])
    trade = TRADES[number % 3]
    k = 2 + (number // 3) % 8
    measures, sortings = _columns(trade, random)
    segments = _segments(k, random)
    table = pd.DataFrame({"segment": [f"S{code + 1}" for code in segments]})
    for header, measure in measures.items():
        table[header] = _values(measure, segments, k, random)
    for header, sorting in sortings.items():
        table[header] = _sorted_into(sorting, segments, k, random)
    profile = describe(table, measures, sortings, _names(k, random), VERDICTS[number % 4])
    return Case(f"g{number:03d}", trade, table, profile, measures, sortings)


def _columns(trade: Trade, random: np.random.Generator) -> tuple[dict[str, Measure], dict[str, Sorting]]:
    """5 to 20 columns of which one to three are categories; roles of the rules for names come first."""
    total = int(random.integers(5, 21))
    sorted_into = min(int(random.integers(1, 4)), total - 4)
    wanted: list[Measure] = []
    for role in ("volume", "share", "digital", "access", "rep"):
        of_role = [measure for measure in trade.measures if measure.role == role]
        if role in ("volume", "share", "digital") or random.random() < 0.6:
            wanted.append(of_role[int(random.integers(len(of_role)))])
    rest = [measure for measure in trade.measures if measure not in wanted]
    wanted += [rest[i] for i in random.permutation(len(rest))]
    chosen = wanted[: total - sorted_into]
    ugly = random.random() < 0.35
    measures = {(m.ugly if ugly and random.random() < 0.7 else m.header): m for m in chosen}
    places = random.permutation(len(trade.sortings))[:sorted_into]
    sortings = {
        (trade.sortings[i].ugly if ugly else trade.sortings[i].header): trade.sortings[i] for i in places
    }
    order = [list(measures)[i] for i in random.permutation(len(measures))]
    return {header: measures[header] for header in order}, sortings


def _segments(k: int, random: np.random.Generator) -> np.ndarray:
    """Segment codes of 200 to 1,000 accounts, 0 the largest, no two sizes alike, sometimes a very small one."""
    parts = random.dirichlet(np.full(k, 3.0))
    sizes = np.maximum(24, np.round(parts * int(random.integers(60 * k, 110 * k)))).astype(int)
    if random.random() < 0.2:
        sizes[-1] = int(random.integers(13, 20))
    sizes = np.sort(sizes)[::-1].copy()
    for place in range(k - 2, -1, -1):
        sizes[place] = max(sizes[place], sizes[place + 1] + 3)
    return random.permutation(np.repeat(np.arange(k), sizes))


def _values(measure: Measure, segments: np.ndarray, k: int, random: np.random.Generator) -> np.ndarray:
    effects = np.where(random.random(k) < 0.25, random.normal(0, 0.05, k), random.normal(0, 0.9, k))
    noise = random.normal(0, 1, len(segments)) + effects[segments]
    if measure.unit == "fraction":
        values = 1 / (1 + np.exp(-(math.log(measure.base / (1 - measure.base)) + measure.spread * noise)))
        values = np.round(values, 4)
    else:
        values = measure.base * np.exp(measure.spread * noise)
        if measure.unit == "points":
            values = np.minimum(values, 100)
        values = np.round(values, 0 if measure.unit in ("count", "days") and measure.base >= 3 else 2)
    if k > 2 and random.random() < 0.3:
        _tie(values, segments, effects, random)
    if random.random() < 0.25:
        values[random.random(len(values)) < 0.06] = np.nan
    return values


def _tie(values: np.ndarray, segments: np.ndarray, effects: np.ndarray, random: np.random.Generator) -> None:
    """Gives the second segment the distribution of the first, at the top or the bottom of the ranking."""
    order = np.argsort(effects if random.random() < 0.5 else -effects)
    first, second = (segments == order[0]), (segments == order[1])
    places = (np.arange(second.sum()) + 0.5) / second.sum()
    values[second] = random.permutation(np.quantile(values[first], places, method="linear"))


def _sorted_into(sorting: Sorting, segments: np.ndarray, k: int, random: np.random.Generator) -> np.ndarray:
    common = random.dirichlet(np.full(len(sorting.values), 1.6))
    if random.random() < 0.4:
        common[-1] *= 0.12
    columns = np.array(sorting.values, dtype=object)
    found = np.empty(len(segments), dtype=object)
    for code in range(k):
        here = segments == code
        concentration = 3.0 if random.random() < 0.5 else 25.0
        shares = random.dirichlet(np.maximum(common / common.sum() * concentration, 0.02))
        found[here] = random.choice(columns, size=int(here.sum()), p=shares)
    return found


def _names(k: int, random: np.random.Generator) -> list[str]:
    style = int(random.integers(3))
    if style == 0:
        return [f"S{number + 1}" for number in range(k)]
    if style == 1:
        return [f"Segment {number + 1}" for number in range(k)]
    return [CALLED[place] for place in random.permutation(len(CALLED))[:k]]


# --- Rows become figures ------------------------------------------------------------------------


def describe(
    table: pd.DataFrame,
    measures: dict[str, Measure],
    sortings: dict[str, Sorting],
    names: list[str],
    verdict: Verdict | None,
) -> Profile:
    """The profile of the table in the shape of profile.json: population standard deviations, suppressed cells
    left out and listed."""
    sizes = table["segment"].value_counts()
    ids = [f"S{number + 1}" for number in range(len(names))]
    stats = _stats(table, measures)
    counts = {
        header: table.groupby([header, "segment"])
        .size()
        .unstack(fill_value=0)
        .reindex(columns=ids, fill_value=0)
        for header in sortings
    }
    hidden = {header: _hidden(counts[header]) for header in sortings}
    everyone = {header: counts[header].sum(axis=1) for header in sortings}
    segments = tuple(
        SegmentProfile(
            id=name,
            name=called,
            size=int(sizes[name]),
            size_share=float(sizes[name] / len(table)),
            features={header: stats[header][name] for header in measures},
            categories={
                header: {
                    value: CategoryStat(
                        share=float(n / sizes[name]),
                        lift=float(n / sizes[name] / (everyone[header][value] / len(table))),
                        n=int(n),
                    )
                    for value, n in counts[header][name].items()
                    if not hidden[header].loc[value, name]
                }
                for header in sortings
            },
        )
        for name, called in zip(ids, names, strict=True)
    )
    population = PopulationProfile(
        features={header: stats[header]["ALL"] for header in measures},
        categories={
            header: {
                value: CategoryStat(float(n / len(table)), 1.0, int(n))
                for value, n in everyone[header].items()
                if n >= SMALL
            }
            for header in sortings
        },
    )
    dictionary = {
        header: Meaning(m.label, m.aliases, m.unit, m.role, m.polarity) for header, m in measures.items()
    } | {header: Meaning(s.label, (), "category", s.role, 0) for header, s in sortings.items()}
    suppressed = tuple(
        SuppressedCell(name, header, str(value))
        for header in sortings
        for name in ids
        for value in hidden[header].index
        if hidden[header].loc[value, name]
    )
    return Profile(
        rows=len(table), segments=segments, population=population, dictionary=dictionary,
        clustered=tuple(measures), verdict=verdict, verdict_text="", suppressed=suppressed,
    )  # fmt: skip


def _stats(table: pd.DataFrame, measures: dict[str, Measure]) -> dict[str, dict[str, FeatureStat]]:
    """By header, then by segment and "ALL"."""
    columns = list(measures)
    every, groups = table[columns], table.groupby("segment")[columns]
    whole = {
        "n": every.count(), "mean": every.mean(), "median": every.median(), "sd": every.std(ddof=0),
        "sum": every.sum(), "q1": every.quantile(0.25), "q3": every.quantile(0.75),
    }  # fmt: skip
    parts = {
        "n": groups.count(), "mean": groups.mean(), "median": groups.median(), "sd": groups.std(ddof=0),
        "sum": groups.sum(), "q1": groups.quantile(0.25), "q3": groups.quantile(0.75),
    }  # fmt: skip
    found: dict[str, dict[str, FeatureStat]] = {}
    for header, measure in measures.items():
        summed = measure.unit in ("count", "currency")
        of_all = {name: float(series[header]) for name, series in whole.items()}
        by_segment = {name: frame[header].to_dict() for name, frame in parts.items()}
        found[header] = {
            "ALL": FeatureStat(
                of_all["mean"], of_all["median"], of_all["sd"], int(of_all["n"]),
                q1=of_all["q1"], q3=of_all["q3"], total_share=1.0 if summed else None,
            )
        }  # fmt: skip
        for segment, own in by_segment["mean"].items():
            n, rest = by_segment["n"][segment], of_all["n"] - by_segment["n"][segment]
            gap = own - (of_all["sum"] - by_segment["sum"][segment]) / rest
            within = of_all["n"] * of_all["sd"] ** 2 - gap**2 * n * rest / of_all["n"]
            pooled = math.sqrt(max(within, 0.0) / (of_all["n"] - 2))
            found[header][segment] = FeatureStat(
                mean=own,
                median=by_segment["median"][segment],
                sd=by_segment["sd"][segment],
                n=int(n),
                z=(own - of_all["mean"]) / of_all["sd"],
                index=100 * own / of_all["mean"],
                rank=1 + sum(other > own for other in by_segment["mean"].values()),
                d=gap / pooled if pooled else None,
                q1=by_segment["q1"][segment],
                q3=by_segment["q3"][segment],
                total_share=by_segment["sum"][segment] / of_all["sum"] if summed else None,
            )
    return found


def _hidden(counts: pd.DataFrame) -> pd.DataFrame:
    """Cells under 11, and beside each lone one of a row or column the next smallest, until none is alone."""
    cells = counts.to_numpy()
    hidden = cells < SMALL
    changed = True
    while changed:
        changed = False
        for mask, numbers in ((hidden, cells), (hidden.T, cells.T)):
            for line in np.flatnonzero(mask.sum(axis=1) == 1):
                if not mask[line].all():
                    mask[line, np.where(mask[line], np.iinfo(int).max, numbers[line]).argmin()] = True
                    changed = True
    return pd.DataFrame(hidden, index=counts.index, columns=counts.columns)
