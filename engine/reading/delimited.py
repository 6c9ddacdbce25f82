"""Delimited text to a table of text cells, exactly: no row is repaired, none disappears unlisted."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from engine.errors import FileRefused
from engine.reading import dialect as dialects
from engine.reading.encoding import detect, open_bytes
from engine.reading.guard import MOST_CELLS, Kind, check_shape

SAMPLE_LINES = 400
SAMPLE_CHARACTERS = 400_000
LONGEST_FIELD = 1024**2
ROWS_PER_BLOCK = 50_000
MOST_SHOWN = 100
LONGEST_SHOWN = 200


@dataclass
class Rejections:
    """Lines that did not become rows: all counted, the first 100 kept as (line, reason, text)."""

    count: int = 0
    lines: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, line: int, reason: str, text: str) -> None:
        self.count += 1
        if len(self.lines) < MOST_SHOWN:
            shown = text.rstrip("\r\n")
            kept = shown if len(shown) <= LONGEST_SHOWN else shown[: LONGEST_SHOWN - 1] + "…"
            self.lines.append((line, reason, kept))


@dataclass(frozen=True)
class TextTable:
    """cells: columns c0, c1, ... of text. names: headers as in the file."""

    cells: pa.Table
    names: tuple[str, ...]
    layout: dialects.Layout
    encoding: str
    rejections: Rejections
    notes: tuple[str, ...]


class Lines:
    """The physical lines of the text, with those of the record being read kept, so that a record
    with a broken quote can be given back line by line."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._returned: list[str] = []
        self.record: list[str] = []
        self.number = 0

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = self._returned.pop() if self._returned else next(self._lines)
        self.number += 1
        self.record.append(line)
        return line

    def give_back_all_but_first(self) -> str:
        """The first line of the record; the others will be read again."""
        first, others = self.record[0], self.record[1:]
        self._returned.extend(reversed(others))
        self.number -= len(others)
        self.record.clear()
        return first


def read(path: Path, kind: Kind, delimiter: str | None, encoding: str | None) -> TextTable:
    """The cells of a text file. Raises FileRefused where it holds no table."""
    codec = encoding or detect(path, kind.gzipped)
    csv.field_size_limit(LONGEST_FIELD)
    with io.TextIOWrapper(open_bytes(path, kind.gzipped), encoding=codec, newline="") as file:
        try:
            sample = _sample(file)
            dialect = dialects.detect(sample, delimiter)
            layout = dialects.lay_out(sample, dialect)
            if not layout.width:
                raise _no_rows(path, "nothing but blank lines")
            check_shape(path.name, layout.width)
            return _read_rows(path, chain(sample, file), layout, codec)
        except UnicodeError:
            raise FileRefused(
                f"The text has to be in the encoding {codec}, as was chosen.",
                f"`{path.name}` has bytes that are not.",
                "Choose another encoding, such as utf-8 or cp1252, or leave it to the file.",
            ) from None


def _sample(file: io.TextIOWrapper) -> list[str]:
    lines: list[str] = []
    characters = 0
    for line in islice(file, SAMPLE_LINES):
        lines.append(line)
        characters += len(line)
        if characters > SAMPLE_CHARACTERS:
            break
    return lines


def _read_rows(path: Path, lines: Iterator[str], layout: dialects.Layout, codec: str) -> TextTable:
    numbered = Lines(lines)
    for _ in range(layout.preamble):
        next(numbered)
    numbered.record.clear()
    rejections, counts = Rejections(), {"blank": 0, "comment": 0, "empty": 0}
    rows = _rows(numbered, layout, rejections, counts)
    if layout.header:
        next(rows, None)
    blocks = _blocks(rows, layout.width, path.name)
    if not blocks:
        found = "only a header" if layout.header else "no row"
        if rejections.count:
            line, reason, _ = rejections.lines[0]
            rows_read = "1 row" if rejections.count == 1 else f"{rejections.count:,} rows"
            found = f"a header and {rows_read} that cannot be read (line {line}: {reason})"
        raise _no_rows(path, found)
    notes = list(layout.notes)
    cells, names = pa.concat_tables(blocks), layout.names
    if layout.trailing and pc.all(pc.equal(cells.column(layout.width - 1), "")).as_py():
        cells, names = cells.select(cells.column_names[:-1]), names[:-1]
        notes.append("Every row ends with a delimiter that the header does not have; it was left out.")
    for name, meaning in (
        ("blank", "blank line{s} left out"),
        ("comment", "comment line{s} beginning with # left out"),
        ("empty", "row{s} without any value left out"),
    ):
        if counts[name]:
            plural = "" if counts[name] == 1 else "s"
            notes.append(f"{counts[name]:,} {meaning.format(s=plural)}.")
    return TextTable(cells, names, layout, codec, rejections, tuple(notes))


def _rows(
    lines: Lines, layout: dialects.Layout, rejections: Rejections, counts: dict[str, int]
) -> Iterator[list[str]]:
    """The rows of the right width, the header included. A single column keeps its blank lines, as
    missing values; elsewhere they separate nothing."""
    dialect, width = layout.dialect, layout.width
    reader = csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        escapechar=dialect.escape,
        doublequote=dialect.escape is None,
        skipinitialspace=dialect.skip_space,
        strict=True,
    )
    expected = f"{width} field{'s' if width > 1 else ''} expected"
    header_due = layout.header
    while True:
        lines.record.clear()
        start = lines.number + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            rejections.add(start, _reason(error), lines.give_back_all_but_first())
            continue
        if header_due:
            header_due = False
            yield row
        elif not row and width > 1:
            counts["blank"] += 1
        elif len(row) == width and (width == 1 or any(row)):
            yield row
        elif not row:
            yield [""]
        elif len(row) == width:
            counts["empty"] += 1
        elif lines.record[0].startswith("#"):
            counts["comment"] += 1
        elif len(lines.record) > 1:
            first = lines.give_back_all_but_first()
            rejections.add(start, "a quotation mark is opened and not closed in its line", first)
        else:
            rejections.add(start, f"{expected}, {len(row)} found", lines.record[0])


def _reason(error: csv.Error) -> str:
    text = str(error)
    if "unexpected end" in text or "field larger" in text:
        return "a quotation mark is opened and never closed"
    return "text goes on after a closing quotation mark"


def _blocks(rows: Iterator[list[str]], width: int, name: str) -> list[pa.Table]:
    fields = [f"c{position}" for position in range(width)]
    blocks: list[pa.Table] = []
    done = 0
    while block := list(islice(rows, ROWS_PER_BLOCK)):
        done += len(block)
        if done * width > MOST_CELLS:
            check_shape(name, width, done)
        columns = [pa.array(column, pa.string()) for column in zip(*block, strict=True)]
        blocks.append(pa.Table.from_arrays(columns, names=fields))
    return blocks


def _no_rows(path: Path, found: str) -> FileRefused:
    return FileRefused(
        "A table needs a header and at least one row below it.",
        f"`{path.name}` has {found}.",
        "Check the export, or choose the delimiter yourself.",
    )
