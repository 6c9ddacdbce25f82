"""A segmentation becomes a profile: what each segment is, in numbers, computed in DuckDB.

Every column that is clustered on or described with is profiled: numbers and yes/no columns by their
moments and quartiles, categories by their mix. Values are added in the order of their size: sums in a
parallel database otherwise differ in the last bits from run to run. Figures have ten significant digits.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from engine.filters import condition, find, key_field, source
from engine.model import (
    SMALLEST_CELL,
    CategoryStat,
    Column,
    Dataset,
    FeatureStat,
    PopulationProfile,
    Profile,
    Segmentation,
    SegmentProfile,
    SuppressedCell,
)
from engine.sql import quoted
from engine.suppression import EVERYONE, hidden_cells
from engine.zeros import in_doubt

MOST_LEVELS = 12
POOLED = "(other)"
MISSING = "(missing)"
YES = "yes"

_TOTALS_MAKE_SENSE = ("volume", "rep", "digital")


@dataclass(frozen=True)
class _Moments:
    n: int
    mean: float
    sd: float
    median: float
    q1: float
    q3: float
    total: float
    minimum: float
    place: float
    """The mean place of the values among all of the column, from 1 for the lowest; equal ones share theirs."""
    top: float
    """The sum of the largest tenth of the values, rounded down to whole accounts."""
    at_q3: int
    """How many values are the upper quartile or more."""


def profile(cursor: duckdb.DuckDBPyConnection, dataset: Dataset, segmentation: Segmentation) -> Profile:
    """The profile of a stored segmentation: its accounts are those with a stored assignment.

    Raises ColumnProblem when a column of the recipe is not in the dataset.
    """
    spec = segmentation.spec
    columns = [find(dataset, name) for name in (*spec.cluster, *spec.describe)]
    measured = [column for column in columns if column.kind in ("number", "boolean")]
    sorted_into = [column for column in columns if column.kind == "category"]
    _join(cursor, dataset, segmentation)
    try:
        moments = {column.name: _moments(cursor, column) for column in measured}
        counts = {column.name: _counts(cursor, column) for column in sorted_into}
    finally:
        cursor.execute("DROP TABLE IF EXISTS temp.joined")
    ids = [segment.id for segment in segmentation.segments]
    sizes = {segment.id: segment.size for segment in segmentation.segments}
    hidden = {name: hidden_cells(table, ids) for name, table in counts.items()}
    sides = {
        column.name: _small_sides(moments[column.name], sizes, segmentation.rows)
        for column in measured
        if column.kind == "boolean"
    }
    return Profile(
        rows=segmentation.rows,
        segments=tuple(
            SegmentProfile(
                id=segment.id,
                name=segment.name,
                size=segment.size,
                size_share=_tidy(segment.share),
                features={
                    column.name: _segment_stat(column, moments[column.name], segment.id, ids)
                    for column in measured
                    if segment.id in moments[column.name]
                    and not sides.get(column.name, set()) & {segment.id, EVERYONE}
                },
                categories={
                    name: _mix(table, segment.id, sizes[segment.id], segmentation.rows, hidden[name])
                    for name, table in counts.items()
                },
            )
            for segment in segmentation.segments
        ),
        population=PopulationProfile(
            features={
                column.name: _stat(moments[column.name][EVERYONE])
                for column in measured
                if EVERYONE in moments[column.name] and EVERYONE not in sides.get(column.name, set())
            },
            categories={
                name: _mix(table, EVERYONE, segmentation.rows, segmentation.rows, hidden[name])
                for name, table in counts.items()
            },
        ),
        dictionary={column.name: column.meaning for column in columns},
        clustered=spec.cluster,
        verdict=segmentation.verdict,
        verdict_text=segmentation.verdict_text,
        suppressed=tuple(
            SuppressedCell(segment, name, value)
            for name, cells in hidden.items()
            for segment, value in sorted(cells)
        )
        + tuple(
            SuppressedCell(segment, name, YES)
            for name, segments in sides.items()
            for segment in sorted(segments)
        ),
        zeros_missing=tuple(
            name for name in spec.zeros_as("missing") if name in (*spec.cluster, *spec.describe)
        ),
        zeros_in_doubt=in_doubt(dataset, spec),
    )


def _small_sides(moments: dict[str, _Moments], sizes: dict[str, int], rows: int) -> set[str]:
    """The segments whose share of yes would show fewer than 11 accounts on either side, or give away
    another's: a mean times its n is a count, so a yes/no column obeys the rule of the categories."""
    table: dict[str, dict[str, int]] = {YES: {}, "no": {}, MISSING: {}}
    for segment, size in {**sizes, EVERYONE: rows}.items():
        found = moments.get(segment)
        known = found.n if found else 0
        yes = round(found.mean * known) if found else 0
        for value, n in ((YES, yes), ("no", known - yes), (MISSING, size - known)):
            table[value][segment] = n
    return {segment for segment, _ in hidden_cells(table, list(sizes))}


def _join(cursor: duckdb.DuckDBPyConnection, dataset: Dataset, segmentation: Segmentation) -> None:
    """The filtered rows beside their segment, joined by key, as the temporary table `joined`."""
    where, values = condition(dataset, segmentation.spec.filters)
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE joined AS "
        f"SELECT a.segment, d.* FROM (SELECT * FROM {source(dataset, segmentation.spec)} WHERE {where}) d "
        f"JOIN assignments a ON a.recipe = ? AND a.key = {key_field(dataset, segmentation.spec.key)}",
        [*values, segmentation.recipe],
    )


def _moments(cursor: duckdb.DuckDBPyConnection, column: Column) -> dict[str, _Moments]:
    """By segment id, and "ALL"; a segment where the column is always missing has no entry."""
    value = f"CAST({quoted(column.field)} AS DOUBLE)"
    rows = cursor.execute(
        f"""WITH known AS (SELECT segment, {value} AS v FROM temp.joined WHERE {value} IS NOT NULL),
            moments AS (
                SELECT coalesce(segment, '{EVERYONE}') AS who, count(v) AS n, avg(v ORDER BY v),
                       stddev_pop(v ORDER BY v), median(v), quantile_cont(v, 0.25),
                       quantile_cont(v, 0.75) AS q3, sum(v ORDER BY v), min(v),
                       (sum(lower) + sum(equal + 1) / 2) / count(v)
                FROM (SELECT segment, v, rank() OVER (ORDER BY v) - 1 AS lower, count(*) OVER (PARTITION BY v) AS equal
                      FROM known)
                GROUP BY GROUPING SETS ((segment), ())),
            placed AS (
                SELECT who, v, row_number() OVER (PARTITION BY who ORDER BY v DESC) AS place
                FROM (SELECT segment AS who, v FROM known UNION ALL SELECT '{EVERYONE}', v FROM known)),
            upper AS (
                SELECT who, sum(v ORDER BY v) FILTER (place <= n // 10), count(*) FILTER (v >= q3)
                FROM placed JOIN moments USING (who) GROUP BY who)
            SELECT * FROM moments JOIN upper USING (who)"""
    ).fetchall()
    return {
        who: _Moments(int(n), mean, sd or 0.0, median, q1, q3, total, minimum, place, top or 0.0, int(at_q3))
        for who, n, mean, sd, median, q1, q3, total, minimum, place, top, at_q3 in rows
        if n
    }


def _segment_stat(
    column: Column, moments: dict[str, _Moments], segment: str, ids: Sequence[str]
) -> FeatureStat:
    own, everyone = moments[segment], moments[EVERYONE]
    others = everyone.n - own.n
    higher = sum(other in moments and _tidy(moments[other].mean) > _tidy(own.mean) for other in ids)
    adds_up = (
        column.kind == "number"
        and everyone.minimum >= 0
        and everyone.total > 0
        and (column.meaning.unit == "currency" or column.meaning.role in _TOTALS_MAKE_SENSE)
    )
    return _stat(
        own,
        z=(own.mean - everyone.mean) / everyone.sd if everyone.sd > 0 else 0.0,
        index=100 * own.mean / everyone.mean if everyone.mean > 0 and everyone.minimum >= 0 else None,
        rank=higher + 1,
        d=_cohens_d(own, everyone),
        total_share=own.total / everyone.total if adds_up else None,
        above=(own.place - (own.n + 1) / 2) / others if others else None,
    )


def _stat(
    moments: _Moments,
    z: float = 0.0,
    index: float | None = 100.0,
    rank: int | None = None,
    d: float | None = None,
    total_share: float | None = None,
    above: float | None = None,
) -> FeatureStat:
    return FeatureStat(
        mean=_tidy(moments.mean),
        median=_tidy(moments.median),
        sd=_tidy(moments.sd),
        n=moments.n,
        z=_tidy(z),
        index=None if index is None else _tidy(index),
        rank=rank,
        d=None if d is None else _tidy(d),
        q1=_tidy(moments.q1),
        q3=_tidy(moments.q3),
        total_share=None if total_share is None else _tidy(total_share),
        above=None if above is None else _tidy(above),
        top_tenth=_top_tenth(moments),
        at_q3=moments.at_q3 if _shown(moments.at_q3, moments.n) else None,
    )


def _top_tenth(moments: _Moments) -> float | None:
    """The part of the sum in the largest tenth; None where that is fewer than 11 accounts or has no meaning."""
    adds_up = moments.minimum >= 0 and moments.total > 0
    if not adds_up or not _shown(moments.n // 10, moments.n):
        return None
    return _tidy(moments.top / moments.total)


def _shown(part: int, n: int) -> bool:
    """Whether neither the part of n accounts nor what is left of them is a small cell."""
    return part >= SMALLEST_CELL and (n == part or n - part >= SMALLEST_CELL)


def value_above(profile: Profile, segment: str, column: str, value: str) -> float | None:
    """How often (0 to 1) an account of the segment has the category value where one outside it has not, both or
    neither counted half: `FeatureStat.above` of a column that is 1 with the value and 0 without. None where the
    value's share in the segment or in all accounts is not shown, or nobody is outside."""
    found = profile.segment(segment)
    everyone = profile.population.categories.get(column, {}).get(value)
    own = found.categories.get(column, {}).get(value) if found else None
    if found is None or own is None or everyone is None or found.size_share >= 1:
        return None
    outside = (everyone.share - found.size_share * own.share) / (1 - found.size_share)
    return 0.5 + (own.share - outside) / 2


def _cohens_d(own: _Moments, everyone: _Moments) -> float | None:
    """Cohen's d of the segment against all other accounts, pooled sample variance (Cohen 1988).

    None when either side has fewer than two values, or nothing varies within the two sides.
    """
    others = everyone.n - own.n
    if own.n < 2 or others < 2:
        return None
    # All squares are about the common mean: about 0 they would drown the spread of large numbers.
    gap = (own.mean - everyone.mean) * everyone.n / others
    between = own.n * others / everyone.n * gap**2
    within = max(everyone.n * everyone.sd**2 - between, 0.0)
    pooled = math.sqrt(within / (everyone.n - 2))
    # What rounding leaves of a difference of squares is below a ten-millionth of their root.
    return gap / pooled if pooled > 1e-7 * everyone.sd else None


def _counts(cursor: duckdb.DuckDBPyConnection, column: Column) -> dict[str, dict[str, int]]:
    """Accounts by value and segment ("ALL" included): {value: {segment: n}}, the commonest value first.

    Values beyond the twelve commonest, and those with fewer than 11 accounts in all, are pooled, with
    more of the rarest until the pool has 11 accounts: a small pool would follow from the totals.
    """
    rows = cursor.execute(
        f"""SELECT coalesce(CAST({quoted(column.field)} AS VARCHAR), '{MISSING}') AS v, segment, count(*)
            FROM temp.joined GROUP BY v, segment"""
    ).fetchall()
    totals: dict[str, int] = {}
    for value, _, n in rows:
        totals[value] = totals.get(value, 0) + n
    commonest = sorted(totals, key=lambda value: (-totals[value], value))
    kept = [value for value in commonest[:MOST_LEVELS] if totals[value] >= SMALLEST_CELL]
    pooled = sum(totals.values()) - sum(totals[value] for value in kept)
    while kept and 0 < pooled < SMALLEST_CELL:
        pooled += totals[kept.pop()]
    table: dict[str, dict[str, int]] = {value: {} for value in kept}
    for value, segment, n in rows:
        cells = table.setdefault(value if value in kept else POOLED, {})
        cells[segment] = cells.get(segment, 0) + n
        cells[EVERYONE] = cells.get(EVERYONE, 0) + n
    return table


def _mix(
    table: dict[str, dict[str, int]], segment: str, size: int, rows: int, hidden: set[tuple[str, str]]
) -> dict[str, CategoryStat]:
    mix = {}
    for value, cells in table.items():
        n = cells.get(segment, 0)
        if n and (segment, value) not in hidden:
            share = n / size
            mix[value] = CategoryStat(share=_tidy(share), lift=_tidy(share / (cells[EVERYONE] / rows)), n=n)
    return mix


def _tidy(value: float) -> float:
    # Adding zero takes the sign from -0.0, which stands for the same number in another order of rows.
    return float(f"{value:.10g}") + 0.0
