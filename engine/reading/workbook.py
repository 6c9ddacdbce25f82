"""A sheet of a workbook (.xlsx, .xls, .xlsb, .ods) to a table, by python-calamine."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from engine.errors import FileRefused
from engine.numbers import count
from engine.reading.cells import to_column
from engine.reading.dialect import MOST_PREAMBLE, looks_typed
from engine.reading.guard import check_shape

Row = Sequence[Any]


def sheet_names(path: Path) -> list[str]:
    """The visible order of the workbook's sheets. Raises FileRefused."""
    return list(_open(path).sheet_names)


def read(path: Path, sheet: str | None) -> tuple[pa.Table, tuple[str, ...], tuple[str, ...], str, bool]:
    """Columns c0, c1, ..., their names, notes, the sheet read, and whether it named its columns.

    Without a choice the first sheet that has more than one filled row is read. Raises FileRefused.
    """
    workbook = _open(path)
    names = list(workbook.sheet_names)
    if sheet is not None and sheet not in names:
        raise FileRefused(f"No sheet “{sheet}”.", f"Found: {', '.join(names)}.", "Pick one of these.")
    chosen, rows = "", []
    for name in [sheet] if sheet is not None else names:
        chosen, rows = name, _filled(_rows(workbook, path, name))
        if len(rows) > 1:
            break
    notes = []
    if sheet is None and len(names) > 1:
        notes.append(f"Sheet “{chosen}” read; the workbook has {count(len(names))} sheets.")
    width = max((len(row) for row in rows), default=0)
    check_shape(path.name, width, len(rows))
    skipped, header = _header(rows)
    body = rows[skipped + 1 :] if header else rows[skipped:]
    if not body:
        raise FileRefused(
            "A sheet needs a header and at least one row below it.",
            f"`{path.name}`, sheet “{chosen}”, has {'only a header' if rows else 'no values'}.",
            "Pick another sheet, or another file.",
        )
    if skipped:
        notes.append(f"{skipped} row{'' if skipped == 1 else 's'} before the table left out.")
    if not header:
        notes.append("The sheet has no header row; its columns are numbered.")
    titles = [_title(cell) for cell in rows[skipped]] if header else [f"column {n + 1}" for n in range(width)]
    width = max(len(titles), *(len(row) for row in body))
    titles += [""] * (width - len(titles))
    columns = []
    for place, title in enumerate(titles):
        column, note = to_column(title, [row[place] if place < len(row) else None for row in body])
        columns.append(column)
        notes += [note] if note else []
    fields = [f"c{place}" for place in range(width)]
    return pa.Table.from_arrays(columns, names=fields), tuple(titles), tuple(notes), chosen, header


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError, ValueError) as error:
        protected = "assword" in str(error)
        raise FileRefused(
            "A workbook has to open without a password."
            if protected
            else "A workbook has to be complete to be read.",
            f"`{path.name}` is {'protected' if protected else 'damaged, or not a workbook'}.",
            "Open it in the program that made it, save the sheet as CSV, and open that.",
        ) from None


def _rows(workbook: CalamineWorkbook, path: Path, name: str) -> list[list[Any]]:
    try:
        return list(workbook.get_sheet_by_name(name).to_python(skip_empty_area=True))
    except (CalamineError, OSError, ValueError):
        raise FileRefused(
            "A sheet has to hold cells.",
            f"`{path.name}`, sheet “{name}”, holds none, or is damaged.",
            "Pick another sheet, or save it as CSV and open that.",
        ) from None


def _filled(rows: Sequence[Row]) -> list[Row]:
    """The rows that have any value, and of them the columns up to the last filled one."""
    kept = [row for row in rows if any(cell not in ("", None) for cell in row)]
    last = max(
        (place for row in kept for place in range(len(row)) if row[place] not in ("", None)), default=-1
    )
    return [row[: last + 1] for row in kept]


def _header(rows: Sequence[Row]) -> tuple[int, bool]:
    """How many rows stand before the table, and whether its first row names the columns: a title is
    a row with a single value above a fuller one; names are texts that do not read as numbers."""
    skipped = 0
    for row in rows[:MOST_PREAMBLE]:
        filled = sum(cell not in ("", None) for cell in row)
        if filled > 1 or len(row) == 1:
            break
        skipped += 1
    if skipped >= len(rows):
        skipped = 0
    first = rows[skipped] if rows else ()
    texts = [cell for cell in first if isinstance(cell, str) and cell.strip()]
    numbers = [cell for cell in first if not isinstance(cell, str) and cell is not None]
    years = all(isinstance(cell, int | float) and 1900 <= cell <= 2100 for cell in numbers)
    named = bool(texts) and (not numbers or years) and not all(map(looks_typed, texts))
    return skipped, named


def _title(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time | timedelta):
        return str(cell)
    return "" if cell is None else str(cell)
