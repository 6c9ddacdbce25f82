"""Small profiles built by hand, and random ones, for the tests of the writers."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

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


def profile(
    means: dict[str, Sequence[float]],
    dictionary: dict[str, Meaning],
    sizes: Sequence[int],
    mixes: dict[str, dict[str, Sequence[int]]] | None = None,
    sds: dict[str, float] | None = None,
    totals: Sequence[str] = (),
    verdict: Verdict | None = "reproducible",
    verdict_text: str = "",
    names: Sequence[str] = (),
    suppressed: Sequence[tuple[str, str, str]] = (),
    clustered: Sequence[str] | None = None,
) -> Profile:
    """A profile from each segment's mean per column, its size, and counts per category value.

    The population's sd is `sds[column]`, or 1.5 times the spread of the means; medians equal means.
    """
    rows = sum(sizes)
    ids = [f"S{number}" for number in range(1, len(sizes) + 1)]
    population, stats = {}, {name: {} for name in ids}
    for column, values in means.items():
        mean = sum(size * value for size, value in zip(sizes, values, strict=True)) / rows
        spread = (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5
        sd = (sds or {}).get(column, 1.5 * spread)
        population[column] = FeatureStat(mean, mean, sd, rows)
        for name, size, value in zip(ids, sizes, values, strict=True):
            rank = 1 + sum(other > value for other in values)
            share = size * value / (rows * mean) if column in totals and mean > 0 else None
            stats[name][column] = FeatureStat(
                value, value, sd, size, z=(value - mean) / sd if sd else 0.0,
                index=100 * value / mean if mean > 0 else None, rank=rank, total_share=share,
            )  # fmt: skip
    categories: dict[str, dict[str, CategoryStat]] = {}
    own: dict[str, dict[str, dict[str, CategoryStat]]] = {name: {} for name in ids}
    for column, values_of in (mixes or {}).items():
        categories[column] = {v: CategoryStat(sum(n) / rows, 1.0, sum(n)) for v, n in values_of.items()}
        for i, name in enumerate(ids):
            own[name][column] = {
                v: CategoryStat(n[i] / sizes[i], (n[i] / sizes[i]) / (sum(n) / rows), n[i])
                for v, n in values_of.items()
                if n[i]
            }
    return Profile(
        rows=rows,
        segments=tuple(
            SegmentProfile(
                name,
                names[i] if names else f"Segment {i + 1}",
                sizes[i],
                sizes[i] / rows,
                stats[name],
                own[name],
            )
            for i, name in enumerate(ids)
        ),
        population=PopulationProfile(population, categories),
        dictionary=dictionary,
        clustered=tuple(means) if clustered is None else tuple(clustered),
        verdict=verdict,
        verdict_text=verdict_text,
        suppressed=tuple(SuppressedCell(*cell) for cell in suppressed),
    )


PRESCRIBERS = {
    "class_trx": Meaning("Class TRx", ("class scripts",), "count", "volume", 1),
    "brand_share": Meaning("Brand share", ("share",), "fraction", "share", 1),
    "access_score": Meaning("Access score", ("access",), "score", "access", 1),
    "digital": Meaning("Digital engagement", (), "count", "digital", 1),
    "rep_calls": Meaning("Rep calls", ("calls",), "count", "rep", 0),
    "specialty": Meaning("Specialty", (), "category"),
}


def prescribers(**changes: object) -> Profile:
    """Four segments of prescribers: heavy and loyal, heavy without share, light, hard to reach."""
    options: dict[str, object] = {
        "means": {
            "class_trx": (320.0, 312.0, 204.0, 225.0),
            "brand_share": (0.60, 0.44, 0.52, 0.41),
            "access_score": (8.6, 6.1, 7.6, 4.4),
            "digital": (8.5, 5.6, 6.0, 3.9),
            "rep_calls": (6.0, 3.6, 3.9, 2.1),
        },
        "dictionary": PRESCRIBERS,
        "sizes": (400, 500, 600, 500),
        "mixes": {
            "specialty": {
                "Neurologist": (260, 125, 60, 50),
                "PCP": (80, 250, 350, 330),
                "Other": (60, 125, 190, 120),
            }
        },
        "totals": ("class_trx",),
    }
    return profile(**(options | changes))  # type: ignore[arg-type]


def _with_figures(table: Profile, column: str, figures: Callable[[FeatureStat, int], FeatureStat]) -> Profile:
    """The profile with other figures of one column: a function of the old ones and of the accounts they are of."""
    everyone = table.population.features
    changed = everyone | {column: figures(everyone[column], table.rows)}
    return replace(
        table,
        population=replace(table.population, features=changed),
        segments=tuple(
            replace(s, features=s.features | {column: figures(s.features[column], s.size)})
            for s in table.segments
        ),
    )


def held_by_few() -> Profile:
    """Prescribers a few of whom write most class TRx: each mean is four medians, the largest tenth has 60% or more."""

    def figures(stat: FeatureStat, size: int) -> FeatureStat:
        tenth = 0.6 if stat.rank is None else 0.72
        return replace(stat, median=stat.mean / 4, q3=stat.mean / 2, top_tenth=tenth, at_q3=size // 4, n=size)

    return _with_figures(prescribers(totals=("class_trx", "rep_calls")), "class_trx", figures)


def partly_known(column: str, part: float) -> Profile:
    """Prescribers, with one column known for a part (0 to 1) of each segment."""
    return _with_figures(prescribers(), column, lambda stat, size: replace(stat, n=round(part * size)))


UGLY = (
    "average", "S2", "12", "the", "high", "x", "%", "total_30day_fills", "Spend (USD)", "müßige Größe", "a|b", "<b>",
    "[link](http://a.b)", "share", "of all", "no", "Q1 2026", "accounts", "lowest", "amount.total", "客户", "  padded  ",
    "UPPER CASE NAME", "camelCaseHeader", "*", "most", "price; cost", "don't know", "line\nbreak", "digital", "loyal",
    "segment", "$", "“quoted”", "e-mail opens", "{n}", "{0}", "S1 revenue", "1st", "3 months", "less", "and",
)  # fmt: skip

PLAIN = (
    "Monthly charges", "tenure", "Total claims", "Frozen", "Milk", "Support tickets", "Orders in 12 months",
    "Share of seats used", "Average basket", "Days since last order", "brand_trx", "class_trx", "opioid claims",
    "Annual revenue", "Access score", "Rep calls", "New-start ratio", "Employees", "Age", "Churn",
)  # fmt: skip

_UNITS = ("fraction", "count", "score", "currency", "days", "months", "ratio", "points", "number")
_ROLES = (
    "volume",
    "share",
    "access",
    "digital",
    "rep",
    "new_starts",
    "adherence",
    "burden",
    "other",
    "other",
)


def random_profile(seed: int) -> Profile:
    """2 to 9 segments, 3 to 20 columns, ties, near-zero z, small segments, ugly headers; by the seed."""
    draw = random.Random(seed)
    k, d = draw.randint(2, 9), draw.randint(3, 20)
    sizes = tuple(sorted((draw.randint(5, draw.choice([20, 500, 9000])) for _ in range(k)), reverse=True))
    strange = ["".join(chr(draw.randint(32, 0x24F)) for _ in range(draw.randint(1, 12))) for _ in range(8)]
    headers = draw.sample([*UGLY, *PLAIN, *strange], d)
    means, dictionary, sds = {}, {}, {}
    for header in dict.fromkeys(headers):
        unit = draw.choice(_UNITS)
        top = {"fraction": 1.0, "points": 100.0}.get(unit, draw.choice([1.0, 10.0, 500.0, 3e6]))
        values = _values(draw, k, top, unit)
        means[header] = values
        sds[header] = draw.choice([0.3, 1.0, 4.0]) * (max(values) - min(values)) or 1.0
        dictionary[header] = Meaning(header, (), unit, draw.choice(_ROLES), draw.choice([-1, 0, 1]))
    mixes = {}
    column = draw.choice(["Contract", "tier", "no way", "State", "1-2"])
    if draw.random() < 0.5 and column not in means:
        levels = draw.sample(["Yes", "No", "CA", "Gold", "One year", "7", "high", "a|b", "Month-to-month"], 3)
        counts = {level: tuple(draw.randint(0, size // 3) for size in sizes) for level in levels}
        mixes[column] = {level: n for level, n in counts.items() if sum(n)}
        dictionary[column] = Meaning(column, (), "category")
    totals = [header for header in means if min(means[header]) >= 0 and draw.random() < 0.4]
    verdict = draw.choice(["natural", "reproducible", "constructive", None])
    return profile(means, dictionary, sizes, mixes, sds, totals, verdict)


def _values(draw: random.Random, k: int, top: float, unit: str) -> tuple[float, ...]:
    shape = draw.choice(["spread", "tied", "flat", "negative", "whole"])
    if shape == "flat":
        middle = draw.uniform(0, top)
        return tuple(middle * (1 + draw.uniform(-1e-3, 1e-3)) for _ in range(k))
    if shape == "tied":
        levels = [draw.uniform(0, top), draw.uniform(0, top)]
        return tuple(draw.choice(levels) for _ in range(k))
    low = -top if shape == "negative" and unit not in ("fraction", "points") else 0.0
    values = tuple(draw.uniform(low, top) for _ in range(k))
    return tuple(float(round(value)) for value in values) if shape == "whole" else values
