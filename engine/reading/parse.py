"""What the child process does with a file: read its cells, type its columns, write the table."""

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from engine.errors import FileRefused
from engine.reading import coerce, delimited, guard, headers
from engine.reading.dialect import WORDS
from engine.sql import quoted

ENCODINGS = {"utf-8-sig": "utf-8", "cp1252": "windows-1252", "latin-1": "ISO 8859-1"}


@dataclass(frozen=True)
class Cells:
    """A table as read: columns c0, c1, ... of text or of the file's own types, and how it was read."""

    table: pa.Table
    names: tuple[str, ...]
    notes: tuple[str, ...]
    reading: dict[str, Any]
    rejected_rows: int = 0
    rejected: tuple[tuple[int, str, str], ...] = ()


def parse(
    path: Path,
    parquet: Path,
    scratch: Path,
    *,
    sheet: str | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
    decimal: str | None = None,
    day_first: bool | None = None,
) -> dict[str, Any]:
    """Read the file at `path` into the Parquet file `parquet`; the reply engine.load understands.

    `scratch` is a folder for temporary files. Raises FileRefused.
    """
    kind = guard.check(path)
    try:
        cells = _cells(path, kind, sheet, delimiter, encoding)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise FileRefused(
            "A gzip file has to be complete to be unpacked.",
            f"`{path.name}` is damaged or cut off.",
            "Copy or pack it again.",
        ) from None
    names, name_notes = headers.unique(cells.names)
    cursor = _database(scratch)
    position = pa.array(range(1, cells.table.num_rows + 1), pa.int64())
    # Through a file and not through memory: handing Arrow to DuckDB imports pandas, a second's work.
    raw = scratch / "cells.parquet"
    pq.write_table(cells.table.append_column("row_number", position), raw)
    given = [
        f"nullif({quoted(field)}, '') AS {quoted(field)}"
        if pa.types.is_string(cells.table.schema.field(field).type)
        else quoted(field)
        for field in cells.table.column_names
    ]
    cursor.execute(
        f"CREATE VIEW cells AS SELECT {', '.join(given)}, row_number FROM read_parquet({_literal(raw)})"
    )
    # A Parquet file has declared its types; every other kind of file has only written characters.
    text = {
        field: names[place]
        for place, field in enumerate(cells.table.column_names)
        if kind.form != "parquet" and pa.types.is_string(cells.table.schema.field(field).type)
    }
    coercions = coerce.coerce(
        cursor,
        "cells",
        text,
        delimiter=cells.reading.get("delimiter"),
        decimal=decimal,
        day_first=day_first,
    )
    expressions = {coercion.field: coercion.expression for coercion in coercions}
    columns = [
        f"{expressions.get(field, quoted(field))} AS {quoted(field)}" for field in cells.table.column_names
    ]
    cursor.execute(
        f"COPY (SELECT {', '.join(columns)}, row_number FROM cells) TO {_literal(parquet)} (FORMAT parquet)"
    )
    marks = {coercion.decimal for coercion in coercions} - {None}
    mark = decimal or (marks.pop() if len(marks) == 1 else None)
    notes = [*cells.notes, *name_notes, *(note for coercion in coercions for note in coercion.notes)]
    return {
        "headers": list(names),
        "rows": cells.table.num_rows,
        "rejected_rows": cells.rejected_rows,
        "rejected": [{"line": line, "reason": reason, "text": text} for line, reason, text in cells.rejected],
        "notes": notes,
        "reading": _told(cells.reading, mark),
    }


def sheets(path: Path) -> list[str]:
    """The names of a workbook's sheets."""
    from engine.reading import workbook

    return workbook.sheet_names(path)


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _database(scratch: Path) -> duckdb.DuckDBPyConnection:
    cursor = duckdb.connect()
    cursor.execute("SET temp_directory = ?", [str(scratch)])
    cursor.execute("SET threads = 2")
    cursor.execute("SET memory_limit = '2GB'")
    cursor.execute("SET autoinstall_known_extensions = false")
    cursor.execute("SET TimeZone = 'UTC'")
    return cursor


def _cells(
    path: Path, kind: guard.Kind, sheet: str | None, delimiter: str | None, encoding: str | None
) -> Cells:
    if kind.form == "text":
        return _text(path, kind, delimiter, encoding)
    if kind.form == "parquet":
        from engine.reading import columnar

        table, names, notes = columnar.read(path)
        return Cells(table, names, notes, {"form": "parquet"})
    if kind.form == "json":
        from engine.reading import documents

        table, names, notes, rejections, codec = documents.read(path, kind, encoding)
        reading = {"form": "json", "encoding": codec}
        return Cells(table, names, notes, reading, rejections.count, tuple(rejections.lines))
    from engine.reading import workbook

    table, names, notes, chosen, header = workbook.read(path, sheet)
    return Cells(table, names, notes, {"form": "excel", "sheet": chosen, "header": header})


def _text(path: Path, kind: guard.Kind, delimiter: str | None, encoding: str | None) -> Cells:
    read = delimited.read(path, kind, delimiter, encoding)
    reading = {
        "form": "text",
        "delimiter": read.layout.dialect.delimiter,
        "encoding": read.encoding,
        "header": read.layout.header,
    }
    return Cells(
        read.cells,
        read.names,
        read.notes,
        reading,
        read.rejections.count,
        tuple(read.rejections.lines),
    )


def _told(reading: dict[str, Any], mark: str | None) -> dict[str, Any]:
    form = reading["form"]
    if form == "excel":
        words = f"workbook, sheet “{reading['sheet']}”"
    elif form == "text":
        delimiter, encoding = reading["delimiter"], reading["encoding"]
        words = f"{WORDS.get(delimiter, delimiter)}-separated, {ENCODINGS.get(encoding, encoding)}"
    else:
        words = {"parquet": "Parquet", "json": "JSON"}[form]
    if mark == ",":
        words += ", decimal comma"
    return {**reading, "decimal": mark, "text": words}
