"""The only place that builds SQL text from names. Values are always bound, never written in."""

from collections.abc import Iterable


def quoted(identifier: str) -> str:
    """The identifier as DuckDB reads it, whatever characters it has."""
    return '"' + identifier.replace('"', '""') + '"'


def data_table(dataset_id: str) -> str:
    """The quoted name of the table that holds a dataset's rows: c0, c1, ... and row_number."""
    return quoted(f"data_{dataset_id}")


def marks(values: Iterable[object]) -> str:
    """One question mark per value, separated by commas, for an IN list."""
    return ", ".join("?" for _ in values)
