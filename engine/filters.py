"""Which rows take part, and how their columns are read: SQL with bound values, and the population it leaves."""

from collections.abc import Sequence
from datetime import datetime

import duckdb
import pandas as pd

from engine.errors import ColumnProblem
from engine.model import ROW_NUMBER, Column, Dataset, FeatureSpec, Filter
from engine.sql import data_table, marks, quoted

Value = str | float | datetime

_YES_NO = {"true": 1.0, "yes": 1.0, "1": 1.0, "false": 0.0, "no": 0.0, "0": 0.0}
_EXACT, _LARGEST_WHOLE = 2**53, 2**63
"""Whole numbers between these fit a column, but not a floating-point number."""


def source(dataset: Dataset, spec: FeatureSpec) -> str:
    """SQL for the table as the specification reads it, with all of its columns: identical rows once where it says
    so, and NULL for zeros that stand for missing values. Raises ColumnProblem for zeros of what is no number."""
    table = data_table(dataset.id)
    if spec.identical_rows == "once":
        fields = ", ".join(quoted(column.field) for column in dataset.columns)
        first = f"SELECT min({ROW_NUMBER}) FROM {table} GROUP BY {fields}"
        table = f"(SELECT * FROM {table} WHERE {ROW_NUMBER} IN ({first}))"
    columns = [find(dataset, name) for name in spec.zeros_as("missing")]
    for column in columns:
        if column.kind != "number":
            raise ColumnProblem(
                f"Zeros can stand for missing values in a column of numbers; `{column.name}` is none.",
                f"Found: {column.kind}.",
                "Leave it out.",
            )
    if columns:
        read = ", ".join(f"nullif({quoted(item.field)}, 0) AS {quoted(item.field)}" for item in columns)
        table = f"(SELECT * REPLACE ({read}) FROM {table})"
    return table


def condition(dataset: Dataset, filters: Sequence[Filter]) -> tuple[str, list[Value]]:
    """SQL for "row passes every filter", with the values to bind. No filters: TRUE.

    A missing value passes "is missing" alone. Dates are compared as points in time, yes/no columns as
    1 and 0, text that is compared with a number as the number it spells.
    Raises ColumnProblem for a column the dataset does not have, a filter without values, or values
    that the column's kind cannot be compared with.
    """
    parts: list[str] = []
    values: list[Value] = []
    for item in filters:
        column = find(dataset, item.column)
        field = quoted(column.field)
        if item.operator in ("is missing", "is not missing"):
            parts.append(f"{field} IS {'NOT ' if item.operator == 'is not missing' else ''}NULL")
            continue
        wanted = {"between": 2, ">": 1, ">=": 1, "<": 1, "<=": 1}.get(item.operator)
        if not item.values or (wanted and len(item.values) != wanted):
            raise ColumnProblem(
                f"The filter on `{item.column}` needs {wanted or 'at least one'} value(s).",
                f"Found {len(item.values)}.",
                "Complete the filter or remove it.",
            )
        field, bound = _comparable(column, field, item.values)
        values += bound
        if item.operator == "between":
            parts.append(f"{field} BETWEEN ? AND ?")
        elif item.operator in (">", ">=", "<", "<="):
            parts.append(f"{field} {item.operator} ?")
        elif item.operator == "in":
            parts.append(f"{field} IN ({marks(bound)})")
        else:
            # Text that spells no number is not among numbers; it must not fall out with the missing.
            present = f"{quoted(column.field)} IS NOT NULL"
            parts.append(f"({present} AND ({field} IN ({marks(bound)})) IS NOT TRUE)")
    return " AND ".join(parts) or "TRUE", values


def _comparable(column: Column, field: str, values: Sequence[str | float]) -> tuple[str, list[Value]]:
    """The column as SQL, and the values, in a type that both have."""
    if column.kind == "number":
        return field, [_number(column, value) for value in values]
    if column.kind == "boolean":
        return f"CAST(CAST({field} AS BOOLEAN) AS DOUBLE)", [_yes_no(column, value) for value in values]
    if column.kind == "date":
        return f"CAST({field} AS TIMESTAMP)", [_moment(column, value) for value in values]
    if all(isinstance(value, int | float) for value in values):
        return f"TRY_CAST({field} AS DOUBLE)", [float(value) for value in values]
    return f"CAST({field} AS VARCHAR)", [
        value if isinstance(value, str) else f"{value:.15g}" for value in values
    ]


def _number(column: Column, value: str | float) -> float:
    try:
        number = float(value)
    except ValueError:
        raise _not_comparable(column, "numbers", value) from None
    digits = isinstance(value, str) and value.strip().removeprefix("-").isdecimal()
    return int(value) if digits and _EXACT < abs(number) < _LARGEST_WHOLE else number


def _yes_no(column: Column, value: str | float) -> float:
    if not isinstance(value, str):
        return float(value)
    if value.strip().lower() not in _YES_NO:
        raise _not_comparable(column, "true or false", value)
    return _YES_NO[value.strip().lower()]


def _moment(column: Column, value: str | float) -> datetime:
    try:
        return datetime.fromisoformat(str(value).strip()).replace(tzinfo=None)
    except ValueError:
        raise _not_comparable(column, "dates, written 2026-01-31", value) from None


def _not_comparable(column: Column, wanted: str, value: str | float) -> ColumnProblem:
    return ColumnProblem(
        f"`{column.name}` is compared with {wanted}.",
        f"Found {value!r}." if isinstance(value, str) else f"Found {value:g}.",
        "Correct the filter or remove it.",
    )


def find(dataset: Dataset, name: str) -> Column:
    """The column of that name. Raises ColumnProblem naming the columns there are."""
    column = dataset.column(name)
    if column is None:
        raise ColumnProblem(
            f"No column `{name}`.",
            f"Found: {', '.join(column.name for column in dataset.columns[:12])}"
            + (" ..." if len(dataset.columns) > 12 else "."),
            "Pick one of these under Data.",
        )
    return column


def key_field(dataset: Dataset, key: str) -> str:
    """The quoted database column of the key, as text."""
    field = ROW_NUMBER if key == ROW_NUMBER else find(dataset, key).field
    return f"CAST({quoted(field)} AS VARCHAR)"


def population(
    cursor: duckdb.DuckDBPyConnection, dataset: Dataset, spec: FeatureSpec, names: Sequence[str]
) -> pd.DataFrame:
    """The rows that pass the filters, with the named columns, in the order of the key.

    Index "key" holds the key as text. Raises ColumnProblem for unknown columns, and when the key
    repeats or is missing, with the number of accounts concerned.
    """
    where, values = condition(dataset, spec.filters)
    columns = [find(dataset, name) for name in names]
    chosen = "".join(f", {quoted(column.field)}" for column in columns)
    rows = cursor.execute(
        f"SELECT {key_field(dataset, spec.key)} AS key{chosen} FROM {source(dataset, spec)} "
        f"WHERE {where} ORDER BY key, row_number",
        values,
    ).df()
    keys = rows.iloc[:, 0]
    _demand_a_key(keys, spec.key)
    found = rows.iloc[:, 1:].set_axis(pd.Index(names), axis=1)
    return found.set_axis(pd.Index(keys, name="key"), axis=0)


def count_rows(cursor: duckdb.DuckDBPyConnection, dataset: Dataset, spec: FeatureSpec) -> int:
    """How many rows take part."""
    where, values = condition(dataset, spec.filters)
    found = cursor.execute(f"SELECT count(*) FROM {source(dataset, spec)} WHERE {where}", values).fetchone()
    return int(found[0]) if found else 0


def preview(cursor: duckdb.DuckDBPyConnection, dataset: Dataset, limit: int) -> pd.DataFrame:
    """The first rows of the table in file order, every column under its own header."""
    fields = ", ".join(quoted(column.field) for column in dataset.columns)
    rows = cursor.execute(
        f"SELECT {fields} FROM {data_table(dataset.id)} ORDER BY {ROW_NUMBER} LIMIT ?", [limit]
    ).df()
    rows.columns = pd.Index([column.name for column in dataset.columns])
    return rows


def _demand_a_key(keys: "pd.Series[str]", name: str) -> None:
    missing = int(keys.isna().sum())
    if missing:
        raise ColumnProblem(
            f"The key `{name}` must be there on every row.",
            f"It is missing on {missing:,} of {len(keys):,} rows.",
            "Choose another key, filter those rows out, or number the rows instead.",
        )
    repeated = keys[keys.duplicated(keep=False)]
    if len(repeated):
        raise ColumnProblem(
            f"The key `{name}` must be different on every row.",
            f"{repeated.nunique():,} values stand on more than one row, for example {repeated.iloc[0]}.",
            "Add the rows up to one per account, choose another key, or number the rows instead.",
        )
