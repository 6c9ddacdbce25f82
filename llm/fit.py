"""How much room text takes on a slide, guessed on the wide side, so that what is said to fit does fit.

Lengths are in points, of which 72 make an inch. No font is measured, as a reader's computer may lack it: a letter
counts half its font's size, which Georgia and Calibri stay below in running text.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from llm.office import INK, SANS, SERIF, Run

LINE_HEIGHT = 1.25
"""Of the font's size; the slides set it, so it does not depend on the font."""

CELL_ASIDE, CELL_ABOVE = 4.0, 2.5
"""The margins of a table's cell, at each side, and above and below."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a slide. One that is `with_next` never ends a column."""

    runs: tuple[Run, ...]
    size: float = 12.0
    face: str = SERIF
    colour: str = INK
    before: float = 0.0
    hanging: float = 0.0
    with_next: bool = False

    @property
    def text(self) -> str:
        return _text(self.runs)


@dataclass(frozen=True)
class Grid:
    """A table: the first row is the header, columns in `right` hold figures, `across` are the columns' widths."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    right: tuple[int, ...]
    across: tuple[float, ...]
    size: float = 10.0
    face: str = SANS


def text_width(text: str, size: float) -> float:
    """How wide the text is on one line, at most."""
    return size * sum(_ems(letter) for letter in text)


def lines(text: str, size: float, width: float) -> int:
    """On how many lines the text stands, at least one. A word wider than a line is broken wherever the line ends."""
    number, used = 1, 0.0
    for word in text.replace("\n", " \n ").split(" "):
        if word == "\n":
            number, used = number + 1, 0.0
            continue
        wide = text_width(word, size)
        if used and used + wide > width:
            number, used = number + 1, 0.0
        whole_lines = int(wide // width)
        number, used = number + whole_lines, used + wide - whole_lines * width + size / 2
    return number


def paragraph_height(paragraph: Paragraph, width: float) -> float:
    """With the space before it."""
    number = lines(paragraph.text, paragraph.size, width - paragraph.hanging)
    return paragraph.before + number * paragraph.size * LINE_HEIGHT


def height(paragraphs: Sequence[Paragraph], width: float) -> float:
    """Of paragraphs under each other."""
    return sum(paragraph_height(paragraph, width) for paragraph in paragraphs)


def row_height(grid: Grid, number: int) -> float:
    """Of one row of the table, margins included."""
    tallest = max(
        lines(_text(cell), grid.size, across - 2 * CELL_ASIDE)
        for cell, across in zip(grid.rows[number], grid.across, strict=True)
    )
    return tallest * grid.size * LINE_HEIGHT + 2 * CELL_ABOVE


def grid_height(grid: Grid) -> float:
    """Of the whole table."""
    return sum(row_height(grid, number) for number in range(len(grid.rows)))


def first_that_fit(paragraphs: Sequence[Paragraph], width: float, room: float) -> int:
    """How many of the paragraphs, from the first, stand in the room; none that is to stay with its next is last."""
    number = 0
    while number < len(paragraphs) and height(paragraphs[: number + 1], width) <= room:
        number += 1
    while 0 < number < len(paragraphs) and paragraphs[number - 1].with_next:
        number -= 1
    return number


def split_rows(grid: Grid, room: float) -> tuple[Grid | None, Grid | None]:
    """The part of the table that stands in the room, and the part that does not, each with the header; None for a
    part without a row."""
    left, number = room - row_height(grid, 0), 1
    while number < len(grid.rows) and row_height(grid, number) <= left:
        left -= row_height(grid, number)
        number += 1
    header, parts = grid.rows[0], (grid.rows[1:number], grid.rows[number:])
    first, rest = (replace(grid, rows=(header, *rows)) if rows else None for rows in parts)
    return first, rest


def shortened(grid: Grid, room: float, instead: str) -> tuple[Grid, list[str]]:
    """The table with other words in the longest cells of rows that would not fit the room even alone, and the whole
    text of each such row."""
    rows, removed = list(grid.rows), list[str]()
    for number in range(1, len(rows)):
        if row_height(grid, 0) + row_height(grid, number) <= room:
            continue
        removed.append(" | ".join(_text(cell) for cell in rows[number]))
        for place in sorted(range(len(grid.across)), key=lambda place: -len(_text(rows[number][place]))):
            cells = rows[number]
            rows[number] = (*cells[:place], (Run(instead),), *cells[place + 1 :])
            grid = replace(grid, rows=tuple(rows))
            if row_height(grid, 0) + row_height(grid, number) <= room:
                break
    return grid, removed


def _text(cell: Sequence[Run]) -> str:
    return "".join(run.text for run in cell)


def _ems(letter: str) -> float:
    """The width of a letter in parts of its font's size: half of it, more where letters are wider."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in "mwMW%@":
        return 0.9
    kind = unicodedata.category(letter)
    return 0.5 if letter.isascii() and kind not in ("Lu", "Nd") else _KINDS.get(kind, 1.0)


_KINDS = {"Lu": 0.7, "Ll": 0.6, "Nd": 0.6, "Pd": 0.7, "Pi": 0.5, "Pf": 0.5, "Mn": 0.0}
"""Kinds of letters, by Unicode's names for them; what is not listed counts its whole size."""
