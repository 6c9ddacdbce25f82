"""Column statistics in a few passes of SQL: counts, range, moments, histogram, frequent values."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np

from engine.sql import quoted

BINS = 20
MOST_TOP = 8
LARGEST = 1e100
"""Powers of larger numbers overflow; a column that holds one gets no mean, spread or skew."""

LEAST_FACTORED, MOST_FACTORED = 10**8, 2**53
"""Whole numbers in this range, where floats are exact, are searched for a common factor."""

SAMPLE_ROWS = 20_000


@dataclass(frozen=True)
class Measured:
    """sql_type: DuckDB's. present, distinct: values that are not missing, and how many differ.
    length: mean characters of a text. whole: whether all numbers are integers. mean, median, sd
    (population) and skew are None for texts, and where numbers are too large. zeros: how many numbers are 0;
    least_positive: the smallest above it. factor: the largest whole number that divides every value, sought only
    where all are whole and of nine digits or more; 1 elsewhere."""

    sql_type: str
    present: int
    distinct: int
    length: float = 0.0
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    mean: float | None = None
    median: float | None = None
    sd: float | None = None
    skew: float | None = None
    zeros: int = 0
    least_positive: float | None = None
    factor: int = 1
    histogram: tuple[int, ...] = field(default=())
    top: tuple[tuple[str, int], ...] = field(default=())


def measure(
    cursor: duckdb.DuckDBPyConnection, table: str, fields: Sequence[str]
) -> tuple[int, dict[str, Measured]]:
    """The number of rows, and what was measured of each field. table: a quoted SQL name."""
    types = {row[0]: str(row[1]) for row in cursor.execute(f"DESCRIBE {table}").fetchall()}
    parts = ["count(*)"]
    for name in fields:
        parts += _aggregates(quoted(name), types[name])
    row = one(cursor, f"SELECT {', '.join(parts)} FROM {table}")
    values = iter(row[1:])
    found: dict[str, Measured] = {}
    for name in fields:
        numbers = [next(values) for _ in range(11)]
        found[name] = _measured(cursor, table, name, types[name], numbers)
    return int(row[0]), found


def one(cursor: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()) -> tuple[Any, ...]:
    """The first row of the query's result, with the values bound."""
    row = cursor.execute(query, list(values)).fetchone()
    return tuple(row or ())


def sample(cursor: duckdb.DuckDBPyConnection, table: str, rows: int, fields: Sequence[str]) -> np.ndarray:
    """(n, d) float64: the fields on at most about 20,000 rows evenly spread by position, NaN where
    missing. The same rows for the same table."""
    if not fields:
        return np.empty((0, 0))
    names = ", ".join(f"CAST({quoted(name)} AS DOUBLE) AS {quoted(name)}" for name in fields)
    step = max(1, rows // SAMPLE_ROWS)
    query = f"SELECT {names} FROM {table} WHERE row_number % {step} = 0 ORDER BY row_number"
    columns = cursor.execute(query).fetchnumpy()
    filled = [np.ma.filled(np.ma.asarray(columns[name], dtype=np.float64), np.nan) for name in fields]
    return np.column_stack(filled)


def _aggregates(name: str, sql_type: str) -> list[str]:
    counts = [f"count({name})", f"count(DISTINCT {name})"]
    if sql_type == "VARCHAR":
        return [*counts, f"avg(length({name}))", *["NULL"] * 8]
    if sql_type not in ("BIGINT", "DOUBLE"):
        return [*counts, *["NULL"] * 9]
    number = f"CAST({name} AS DOUBLE)"
    safe = f"CASE WHEN abs({number}) <= {LARGEST} THEN {number} END"
    return [
        *counts,
        "NULL",
        f"min({number})",
        f"max({number})",
        f"bool_and({number} = trunc({number}))",
        f"avg({safe})",
        f"median({number})",
        f"stddev_pop({safe})",
        f"count_if({number} = 0)",
        f"min({number}) FILTER ({number} > 0)",
    ]


def _measured(
    cursor: duckdb.DuckDBPyConnection, table: str, name: str, sql_type: str, numbers: list[Any]
) -> Measured:
    present, distinct, length, low, high, whole, mean, median, sd, zeros, least_positive = numbers
    if low is None or high is None:
        top = _top(cursor, table, quoted(name), present)
        return Measured(sql_type, present, distinct, float(length or 0), top=top)
    measurable = max(abs(low), abs(high)) <= LARGEST and sd is not None and math.isfinite(sd)
    long = whole and low >= LEAST_FACTORED and high <= MOST_FACTORED
    histogram: tuple[int, ...] = ()
    skew: float | None = None
    if measurable:
        histogram, skew = _shape(cursor, table, quoted(name), low, high, mean, sd)
    return Measured(
        sql_type,
        present,
        distinct,
        minimum=low,
        maximum=high,
        whole=bool(whole),
        mean=mean if measurable else None,
        median=median if measurable else None,
        sd=sd if measurable else None,
        skew=skew,
        zeros=int(zeros),
        least_positive=least_positive,
        factor=_factor(cursor, table, quoted(name)) if long else 1,
        histogram=histogram,
        top=_top(cursor, table, quoted(name), present) if distinct <= 2 * MOST_TOP else (),
    )


def _factor(cursor: duckdb.DuckDBPyConnection, table: str, name: str) -> int:
    values = cursor.execute(
        f"SELECT DISTINCT CAST({name} AS BIGINT) AS value FROM {table} WHERE {name} IS NOT NULL"
    ).fetchnumpy()["value"]
    return int(np.gcd.reduce(np.ma.getdata(values)))


def _shape(
    cursor: duckdb.DuckDBPyConnection, table: str, name: str, low: float, high: float, mean: float, sd: float
) -> tuple[tuple[int, ...], float | None]:
    """Counts in equal-width bins from minimum to maximum, and the population skewness
    mean((x - mean)^3) / sd^3, computed on standardised values so that nothing overflows."""
    if not high > low or not sd > 0:
        return (), 0.0
    bins = f"least({BINS - 1}, CAST(floor(({name} - ?) / ? * {BINS}) AS INTEGER))"
    rows = cursor.execute(
        f"SELECT {bins} AS bin, count(*), sum(pow(({name} - ?) / ?, 3)) FROM {table} "
        f"WHERE {name} IS NOT NULL GROUP BY bin",
        [low, high - low, mean, sd],
    ).fetchall()
    counts = [0] * BINS
    for place, number, _ in rows:
        counts[place] = number
    return tuple(counts), math.fsum(row[2] for row in rows) / sum(counts)


def _top(
    cursor: duckdb.DuckDBPyConnection, table: str, name: str, present: int
) -> tuple[tuple[str, int], ...]:
    if not present:
        return ()
    rows = cursor.execute(
        f"SELECT CAST({name} AS VARCHAR) AS value, count(*) AS n FROM {table} WHERE {name} IS NOT NULL "
        f"GROUP BY 1 ORDER BY n DESC, 1 LIMIT {MOST_TOP}"
    ).fetchall()
    return tuple((str(value), int(number)) for value, number in rows)
