"""What Word and PowerPoint files have in common: markdown as plain runs of text, widths of columns, one zip."""

import datetime
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import IO, Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

SERIF, SANS = "Georgia", "Calibri"
INK, PAPER, LINE, QUIET, ACCENT = "1E2226", "FCFBF8", "DEDAD0", "5D646B", "0F5C5C"
"""The colours of the app's light theme, without #."""

UNDATED = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip can name; every part bears it, so that the same playbook makes the same bytes."""


@dataclass(frozen=True)
class Run:
    """A piece of text of one look."""

    text: str
    bold: bool = False
    italic: bool = False


@cache
def reader() -> MarkdownIt:
    """The one reader of a playbook's markdown: tables, but no HTML, pictures or links."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "link", "autolink"])


def inline(markdown: str) -> tuple[Run, ...]:
    """One paragraph's markdown as runs; what was escaped shows as it was written, without backslashes."""
    found = reader().parseInline(markdown)
    return runs(found[0].children or [])


def plain(markdown: str) -> str:
    """The paragraph's words alone."""
    return "".join(run.text for run in inline(markdown))


def said_in(markdown: str) -> list[str]:
    """The words of whole blocks of markdown, a line for each paragraph, item and row of a table."""
    lines: list[str] = []
    row: list[str] | None = None
    number = ""
    for token in reader().parse(markdown):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            lines.append(" | ".join(row or []))
            row = None
        elif token.type == "list_item_open":
            number = f"{token.info}. " if token.info else "– "
        elif token.type == "inline":
            words = "".join(run.text for run in runs(token.children or []))
            if row is None:
                lines.append(f"{number}{words}")
                number = ""
            else:
                row.append(words)
    return lines


def runs(tokens: Sequence[Token]) -> tuple[Run, ...]:
    """Inline tokens as runs; a line break in the source is a space."""
    found: list[Run] = []
    bold = italic = 0
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        elif token.type in ("em_open", "em_close"):
            italic += token.nesting
        else:
            text = " " if token.type == "softbreak" else "\n" if token.type == "hardbreak" else token.content
            look = (bold > 0, italic > 0)
            if found and (found[-1].bold, found[-1].italic) == look:
                found[-1] = Run(found[-1].text + text, *look)
            elif text:
                found.append(Run(text, *look))
    return tuple(found)


def widths(
    rows: Sequence[Sequence[str]], right: Sequence[int], total: float, width: Callable[[str], float]
) -> list[float]:
    """A width for each column, `total` together, of plain cells whose first row is the header; `width` is what a text
    takes on one line, the cell's margins included. No short word and no figure (the columns in `right`) is broken where
    `total` allows it; the other columns share the rest by the length of their text."""
    least, wanted = [], []
    for number, (head, *cells) in enumerate(zip(*rows, strict=True)):
        whole = [head if len(head) <= 16 else "", *cells] if number in right else []
        words = [word for part in (head, *cells) for word in part.split()]
        least.append(max((width(part[:20]) for part in (*words, *whole)), default=0.0))
        longest = max(width(cell[:120]) for cell in (head, *cells))
        wanted.append(0.0 if number in right else max(1e-6, longest - least[-1]))
    spare = total - sum(least)
    if spare < 0 or not any(wanted):
        return [share * total / sum(least) for share in least]
    return [share + spare * more / sum(wanted) for share, more in zip(least, wanted, strict=True)]


def describe(properties: Any, title: str, made_on: str) -> None:
    """Give a file its title and the day it was made on, and take away what its template said."""
    properties.title = title[:255]
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    try:
        day = datetime.datetime.fromisoformat(made_on[:10])
    except ValueError:
        day = datetime.datetime(*UNDATED)
    properties.created = properties.modified = day


def packed(save: Callable[[IO[bytes]], None]) -> bytes:
    """The file that `save` writes, its parts bearing no time of day."""
    written, settled = io.BytesIO(), io.BytesIO()
    save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, UNDATED)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return settled.getvalue()
