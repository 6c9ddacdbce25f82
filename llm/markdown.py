"""Text that people typed, made safe to stand in markdown: it shows as written and does nothing else."""

import re
import unicodedata

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|$~!&])")
_ADDRESS = re.compile(r"(?i)\b((?:https?|ftp|file|data|javascript|mailto)):|(?i:\bwww)\.|(?<=\w)@(?=\w)")
_LIST_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$|-|=)")


def inert(text: str) -> str:
    """The text on one line with every mark of markdown, HTML and mathematics escaped.

    Links, images and automatic links come out as plain text: nothing in the result is fetched or
    followed. Control and invisible characters are dropped.
    """
    flat = " ".join(unicodedata.normalize("NFC", text).split())
    flat = "".join(c for c in flat if unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs", "Cn"))
    flat = _ADDRESS.sub(_apart, flat)
    flat = _ACTIVE.sub(r"\\\1", flat)
    return _LIST_START.sub(_escaped_start, flat)


def said(text: str) -> str:
    """A sentence of this program's with names between backticks: the names show as code, the rest as inert
    text. A code span shows whatever it holds and does nothing."""
    parts = re.split(r"`([^`]*)`", text)
    spoken = [
        f"`{' '.join(part.split())}`" if place % 2 else _spaced(part) for place, part in enumerate(parts)
    ]
    return "".join(spoken).strip()


def cell(text: str) -> str:
    """The text for a table cell; an empty one becomes a dash."""
    return inert(text) or "–"


def table(header: list[str], rows: list[list[str]], right: tuple[int, ...] = ()) -> str:
    """A pipe table. `header` and `rows` are already inert; columns listed in `right` align right."""
    rule = ["---:" if number in right else "---" for number in range(len(header))]
    return "\n".join(f"| {' | '.join(line)} |" for line in [header, rule, *rows])


def _spaced(text: str) -> str:
    before, after = " " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""
    return f"{before}{inert(text)}{after}" if text.strip() else before


def _apart(match: re.Match[str]) -> str:
    """An address written so that no reader turns it into a link: "https :", "www .", "a (at) b"."""
    found = match.group(0)
    return " (at) " if found == "@" else f"{found[:-1]} {found[-1]}"


def _escaped_start(match: re.Match[str]) -> str:
    mark = match.group(2)
    return f"{match.group(1)}{mark[:-1]}\\{mark[-1]}"
