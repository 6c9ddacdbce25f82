"""How a text file marks its fields and its header, found from its first lines.

Every candidate delimiter splits the sample as a CSV reader would, quotes included; the one whose
rows agree on a width and whose cells look most like values wins (after van den Burg, Nazabal and
Sutton, "Wrangling messy CSV files by detecting row and type patterns", 2019, much simplified).
"""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x1f", "\x01", ":", " ")
"""Candidates, the usual first; ties go to the earlier."""

SELDOM = {":": 0.5, " ": 0.5}
"""Marks that texts, times and addresses are full of have to be twice as convincing."""

WORDS = {
    ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", ":": "colon", "^": "caret", "~": "tilde",
    " ": "space", "\x1f": "unit separator", "\x01": "control-A",
}  # fmt: skip

MOST_PREAMBLE = 30
NUMBER = re.compile(r"[-+]?[$€£]?\s?\d[\d .,']*(?:[eE][-+]?\d+)?\s?[%€$£]?")
DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]\d{1,2}:\d{2}.*)?|\d{1,2}:\d{2}(?::\d{2})?")
PLAIN_TEXT = re.compile(r"[^;|\t~^]*")
SINGLE_QUOTED = re.compile(r"(?:^|[,;\t| ])'[^'\n]*'(?:[,;\t| ]|$)", re.MULTILINE)
TIME_OR_ADDRESS = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?|://")
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Dialect:
    """quote and escape as in Python's csv module; `skip_space`: blanks after a delimiter are padding."""

    delimiter: str
    quote: str = '"'
    escape: str | None = None
    skip_space: bool = False


@dataclass(frozen=True)
class Layout:
    """Where the table is in the file: `preamble` lines to skip before it, whether the next line
    names the columns (`header`), the names and the number of fields a row has.

    trailing: rows end with a delimiter that the header does not have, so the last column is empty in
    the sample."""

    dialect: Dialect
    preamble: int
    header: bool
    names: tuple[str, ...]
    width: int
    notes: tuple[str, ...] = ()
    trailing: bool = False


def split(lines: Sequence[str], dialect: Dialect) -> list[list[str] | None]:
    """The rows of these lines; None stands for one that breaks the quoting rules."""
    reader = csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        escapechar=dialect.escape,
        doublequote=dialect.escape is None,
        skipinitialspace=dialect.skip_space,
        strict=True,
    )
    rows: list[list[str] | None] = []
    while True:
        try:
            rows.append(next(reader))
        except StopIteration:
            return rows
        except csv.Error:
            rows.append(None)


def detect(lines: Sequence[str], delimiter: str | None = None) -> Dialect:
    """The dialect of the sample lines; `delimiter`, when given, is taken as true."""
    lines = [line for line in lines if not line.startswith("#")] or lines
    text = "".join(lines)
    quotings = [Dialect(",")]
    if '\\"' in text:
        quotings.append(Dialect(",", escape="\\"))
    if SINGLE_QUOTED.search(text):
        quotings.append(Dialect(",", quote="'"))
        quotings += [Dialect(",", quote="'", escape="\\")] if "\\'" in text else []
    candidates = [
        replace(quoting, delimiter=mark, skip_space=mark == " " or _always_padded(lines, mark))
        for mark in ((delimiter,) if delimiter else DELIMITERS)
        if mark in (TIME_OR_ADDRESS.sub("", text) if mark == ":" else text)
        for quoting in quotings
    ]
    if not candidates:
        return Dialect(delimiter or ",")
    scored = [
        (_score(split(lines, candidate), SELDOM.get(candidate.delimiter, 1.0)), candidate)
        for candidate in candidates
    ]
    best, winner = max(scored, key=lambda pair: pair[0])
    return winner if best > 0 or delimiter else Dialect(",")


def _always_padded(lines: Sequence[str], mark: str) -> bool:
    text = "".join(lines)
    bare = re.sub(r'"[^"]*"', "", text)
    return mark in bare and bare.count(mark) == bare.count(mark + " ")


def _score(rows: Sequence[Sequence[str] | None], weight: float) -> float:
    filled = [row for row in rows if row is None or any(cell.strip() for cell in row)]
    widths = Counter(len(row) for row in filled if row is not None)
    if not widths:
        return 0.0
    width = max(widths, key=lambda size: (widths[size], size))
    if width < 2:
        return 0.0
    if weight < 1 and (filled[0] is None or len(filled[0]) < width - 1):
        return 0.0
    agreeing = [row for row in filled if row is not None and len(row) == width]
    cells = [cell.strip() for row in agreeing for cell in row]
    tidy = sum(_tidiness(cell) for cell in cells) / len(cells)
    return weight * len(agreeing) / len(filled) * tidy * (1 - 1 / (2 * width))


def _tidiness(cell: str) -> float:
    if not cell or NUMBER.fullmatch(cell) or DATE.fullmatch(cell):
        return 1.0
    if cell.startswith(('"', "'")) or cell.endswith(('"', "'")):
        return 0.2
    if PLAIN_TEXT.fullmatch(cell):
        return 0.9 if "," not in cell else 0.7
    return 0.4


def looks_typed(cell: str) -> bool:
    """Whether the cell reads as a number or a date rather than as a name."""
    text = cell.strip()
    return bool(NUMBER.fullmatch(text) or DATE.fullmatch(text))


def lay_out(lines: Sequence[str], dialect: Dialect) -> Layout:
    """Preamble, header and width of the sample lines (which end at a line break or at the end)."""
    notes: list[str] = []
    rows = split([line for line in lines if not line.startswith("#")] or lines, dialect)
    filled = [row for row in rows if row and any(cell.strip() for cell in row)]
    if not filled:
        return Layout(dialect, 0, False, (), 0)
    widths = Counter(len(row) for row in filled)
    usual = max(widths, key=lambda size: widths[size])
    if widths[usual] == 1:
        usual = len(filled[0])
    preamble, first = _skip_preamble(lines, dialect, usual)
    if preamble:
        notes.append(_preamble_note(lines[:preamble]))
    below = [row for row in split(lines[preamble:], dialect)[1:] if row and any(map(str.strip, row))]
    if not first:
        return Layout(dialect, 0, False, (), 0)
    matching = [row for row in below if len(row) == usual]
    if len(first) == usual - 1 and len(matching) > len(below) / 2 and not any(map(looks_typed, first)):
        if all(not row[-1].strip() for row in matching):
            return Layout(dialect, preamble, True, (*first, ""), usual, tuple(notes), trailing=True)
        if any(map(looks_typed, matching[0])):
            notes.append("The header names one column fewer than the rows have; the first has no name.")
            return Layout(dialect, preamble, True, ("", *first), usual, tuple(notes))
    if _is_header(first, [row for row in below if len(row) == len(first)]):
        return Layout(dialect, preamble, True, tuple(first), len(first), tuple(notes))
    notes.append("The file has no header row; its columns are numbered.")
    names = tuple(f"column {position}" for position in range(1, len(first) + 1))
    return Layout(dialect, preamble, False, names, len(first), tuple(notes))


def _skip_preamble(lines: Sequence[str], dialect: Dialect, usual: int) -> tuple[int, list[str] | None]:
    """Lines before the table (blank, comments, or narrower than its rows) and the table's first row."""
    position = 0
    limit = min(len(lines), MOST_PREAMBLE)
    while position < limit:
        row = next(iter(split(lines[position:], dialect)), None)
        if row is None or not any(cell.strip() for cell in row):
            position += 1
            continue
        comment = lines[position].startswith("#") and _comments_follow(lines, position, dialect, usual)
        narrow = len(row) < usual and not (len(row) == usual - 1 and usual > 2)
        narrow = narrow or (usual >= 3 and bool(row[0].strip()) and not any(map(str.strip, row[1:])))
        if not comment and not narrow:
            return position, row
        position += 1
    first = next((row for row in split(lines, dialect) if row and any(map(str.strip, row))), None)
    return 0, first


def _comments_follow(lines: Sequence[str], position: int, dialect: Dialect, usual: int) -> bool:
    row = split(lines[position : position + 1], dialect)[0]
    following = lines[position + 1] if position + 1 < len(lines) else ""
    return row is None or len(row) != usual or following.startswith("#")


def _preamble_note(lines: Sequence[str]) -> str:
    words = [line.strip() for line in lines if line.strip()]
    if not words:
        return f"{len(lines)} blank line{'s' if len(lines) > 1 else ''} before the table left out."
    shown = words[0] if len(words[0]) <= 60 else words[0][:57] + "..."
    count = f"{len(words)} lines" if len(words) > 1 else "1 line"
    return f"{count} before the table left out, beginning “{shown}”."


def _is_header(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    typed = [place for place, cell in enumerate(first) if looks_typed(cell)]
    if not typed:
        return True
    if len(typed) < len(first) and all(YEAR.fullmatch(first[place].strip()) for place in typed):
        return True
    if len(typed) == len(first):
        return False
    for place in typed:
        values = [row[place] for row in below if row[place].strip()]
        if values and sum(map(looks_typed, values)) >= 0.8 * len(values):
            return False
    return True
