"""JSON to a table: an array of objects, one object a line, or {"data": [...]}."""

import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa

from engine.errors import FileRefused
from engine.reading.cells import to_column
from engine.reading.delimited import Rejections
from engine.reading.encoding import detect, open_bytes
from engine.reading.guard import Kind, check_shape

MOST_UNNAMED = 2_000


def read(
    path: Path, kind: Kind, encoding: str | None
) -> tuple[pa.Table, tuple[str, ...], tuple[str, ...], Rejections, str]:
    """Columns c0, c1, ..., their names in order of first appearance, notes, rejected lines, encoding.

    Raises FileRefused where there is no list of objects to read.
    """
    codec = encoding or detect(path, kind.gzipped)
    rejections, notes = Rejections(), []
    with io.TextIOWrapper(open_bytes(path, kind.gzipped), encoding=codec) as file:
        try:
            text = file.read()
        except UnicodeError:
            raise FileRefused(
                f"The text has to be in the encoding {codec}, as was chosen.",
                f"`{path.name}` has bytes that are not.",
                "Choose another encoding, or leave it to the file.",
            ) from None
    try:
        rows, note = _objects(path, text, rejections)
    except RecursionError:
        raise _refused(path, "values nested too deeply to read") from None
    notes += [note] if note else []
    if not rows:
        raise _refused(path, "no object to make a row of")
    names = list(dict.fromkeys(name for row in rows for name in row))
    check_shape(path.name, len(names), len(rows))
    if not names:
        raise _refused(path, "only empty objects")
    columns = []
    for name in names:
        column, changed = to_column(name, [row.get(name) for row in rows])
        columns.append(column)
        notes += [changed] if changed else []
    table = pa.Table.from_arrays(columns, names=[f"c{place}" for place in range(len(names))])
    return table, tuple(names), tuple(notes), rejections, codec


def _objects(path: Path, text: str, rejections: Rejections) -> tuple[list[dict[str, Any]], str | None]:
    try:
        document = json.loads(text, parse_constant=_missing)
    except json.JSONDecodeError as error:
        rows = _lines(text, rejections)
        if not rows:
            raise _refused(path, f"an error in line {error.lineno} (“{error.msg}”)") from None
        return rows, None
    if isinstance(document, dict):
        lists = [name for name, value in document.items() if _is_rows(value)]
        if "data" in lists or len(lists) == 1:
            chosen = "data" if "data" in lists else lists[0]
            return _table(document[chosen], rejections), f"The rows were read from “{chosen}”."
        if lists:
            raise _refused(path, f"several lists: {', '.join(lists[:5])}")
        return [document], None
    if isinstance(document, list):
        return _table(document, rejections), None
    raise _refused(path, "a single value")


def _missing(_: str) -> None:
    """NaN and infinities, which JSON does not have, are missing."""


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict | list)


def _table(items: list[Any], rejections: Rejections) -> list[dict[str, Any]]:
    rows = []
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            rows.append(item)
        elif isinstance(item, list) and len(item) <= MOST_UNNAMED:
            rows.append({f"column {place}": value for place, value in enumerate(item, start=1)})
        else:
            rejections.add(number, "not an object", json.dumps(item, ensure_ascii=False))
    return rows


def _lines(text: str, rejections: Rejections) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line, parse_constant=_missing)
        except json.JSONDecodeError as error:
            rejections.add(number, f"not JSON: {error.msg}", line)
            continue
        if isinstance(item, dict):
            rows.append(item)
        else:
            rejections.add(number, "not an object", line)
    return rows


def _refused(path: Path, found: str) -> FileRefused:
    return FileRefused(
        "A table in JSON is a list of objects, or one object a line.",
        f"`{path.name}` has {found}.",
        "Export it as a list of records, or as CSV.",
    )
