"""Parquet to a table in the types the studio works with."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from engine.errors import FileRefused
from engine.numbers import count
from engine.reading.cells import LARGEST_WHOLE
from engine.reading.guard import check_shape


def read(path: Path) -> tuple[pa.Table, tuple[str, ...], tuple[str, ...]]:
    """Columns c0, c1, ..., their names, and a note on every column whose type was changed.

    Text stays text: what a Parquet file declares is respected. Raises FileRefused.
    """
    try:
        file = pq.ParquetFile(path)
        check_shape(path.name, file.metadata.num_columns, file.metadata.num_rows)
        names = tuple(file.schema_arrow.names)
        if not file.metadata.num_rows or not names:
            raise FileRefused(
                "A table needs at least one row.",
                f"`{path.name}` has {len(names)} columns and no row.",
                "Pick another file.",
            )
        table = file.read()
    except (pa.ArrowException, OSError, ValueError):
        raise FileRefused(
            "A Parquet file has to be complete and readable.",
            f"`{path.name}` is damaged, encrypted or cut off.",
            "Copy or export it again, and open the new copy.",
        ) from None
    columns, notes = [], []
    for name, column in zip(names, table.columns, strict=True):
        plain, note = simplified(name, column)
        columns.append(plain)
        notes += [note] if note else []
    fields = [f"c{position}" for position in range(len(columns))]
    return pa.Table.from_arrays(columns, names=fields), names, tuple(notes)


def simplified(name: str, column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, str | None]:
    """The column as int64, float64, bool, date, timestamp (microseconds, UTC) or text, and a note
    where values changed."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return simplified(name, column.cast(kind.value_type))
    if pa.types.is_boolean(kind) or pa.types.is_date32(kind):
        return column, None
    if pa.types.is_integer(kind):
        return _whole(name, column)
    if pa.types.is_floating(kind):
        return _finite(name, column.cast(pa.float64()))
    if pa.types.is_decimal(kind):
        return column.cast(pa.float64()), f"`{name}`: exact decimals read as numbers with 15 digits."
    if pa.types.is_timestamp(kind):
        note = f"`{name}`: times brought to UTC." if kind.tz else None
        return column.cast(pa.timestamp("us", kind.tz), safe=False).cast(pa.timestamp("us")), note
    if pa.types.is_date64(kind):
        return column.cast(pa.date32()), None
    if pa.types.is_null(kind):
        return column.cast(pa.string()), None
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pc.if_else(pc.equal(column, ""), None, column.cast(pa.string())), None
    return _as_text(name, column)


def _whole(name: str, column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, str | None]:
    try:
        return column.cast(pa.int64()), None
    except pa.ArrowInvalid:
        return column.cast(pa.string()), f"`{name}`: whole numbers beyond 18 digits kept as text."


def _finite(name: str, column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, str | None]:
    unusable = pc.invert(pc.is_finite(column))
    number = pc.sum(unusable).as_py() or 0
    if not number:
        return _narrowed(column), None
    plural = "" if number == 1 else "s"
    note = f"{count(number)} value{plural} in `{name}` that are not finite numbers read as missing."
    return _narrowed(pc.if_else(unusable, None, column)), note


def _narrowed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whole numbers as such: a missing value had turned them into floats, and an account's number
    must not become 17850.0."""
    small = pc.less(pc.max(pc.abs(column)), LARGEST_WHOLE).as_py()
    whole = small and pc.all(pc.equal(column, pc.trunc(column))).as_py()
    return column.cast(pa.int64()) if whole else column


def _as_text(name: str, column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, str]:
    if pa.types.is_time(column.type) or pa.types.is_duration(column.type):
        return pa.chunked_array(
            [column.cast(pa.string())]
        ), f"`{name}`: times of day or durations kept as text."
    values = [None if value is None else json.dumps(value, default=str) for value in column.to_pylist()]
    return pa.chunked_array([pa.array(values, pa.string())]), f"`{name}`: nested values kept as JSON text."
