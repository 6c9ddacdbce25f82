"""Which rows take part: filters as SQL with bound values, and the population they leave."""

from collections.abc import Sequence

import duckdb
import pandas as pd

from engine.errors import ColumnProblem
from engine.model import ROW_NUMBER, Column, Dataset, FeatureSpec, Filter
from engine.sql import data_table, marks, quoted


def condition(dataset: Dataset, filters: Sequence[Filter]) -> tuple[str, list[str | float]]:
    """SQL for "row passes every filter", with the values to bind. No filters: TRUE.

    Raises ColumnProblem for a column the dataset does not have, or a filter without values.
    """
    parts: list[str] = []
    values: list[str | float] = []
    for item in filters:
        column = find(dataset, item.column)
        field = quoted(column.field)
        if column.kind != "number":
            field = f"CAST({field} AS VARCHAR)"
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
        values += list(item.values)
        if item.operator == "between":
            parts.append(f"{field} BETWEEN ? AND ?")
        elif item.operator in (">", ">=", "<", "<="):
            parts.append(f"{field} {item.operator} ?")
        else:
            parts.append(f"{field} {item.operator.upper()} ({marks(item.values)})")
    return " AND ".join(parts) or "TRUE", values


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
        f"SELECT {key_field(dataset, spec.key)} AS key{chosen} FROM {data_table(dataset.id)} "
        f"WHERE {where} ORDER BY key, row_number",
        values,
    ).df()
    rows.columns = pd.Index(["key", *names])
    _demand_a_key(rows["key"], spec.key)
    return rows.set_index("key")


def count_rows(cursor: duckdb.DuckDBPyConnection, dataset: Dataset, filters: Sequence[Filter]) -> int:
    """How many rows pass the filters."""
    where, values = condition(dataset, filters)
    found = cursor.execute(
        f"SELECT count(*) FROM {data_table(dataset.id)} WHERE {where}",
        values,
    ).fetchone()
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
            "Choose another key, or number the rows instead.",
        )
