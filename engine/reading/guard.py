"""What can be said about a file before anything parses it: its kind by its first bytes, its size.

Everything here reads a few kilobytes, except for a workbook's directory of parts, and raises
FileRefused with a sentence the user can act on.
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.errors import FileRefused

Form = Literal["text", "parquet", "excel", "json"]

LARGEST_FILE_BYTES = 500 * 1024**2
MOST_COLUMNS = 2_000
MOST_CELLS = 400_000_000
LARGEST_UNZIPPED_BYTES = 2 * 1024**3
LARGEST_ZIP_RATIO = 200
RATIO_COUNTS_FROM_BYTES = 20 * 1024**2
MOST_ZIP_PARTS = 10_000

EXTENSIONS: dict[str, Form] = {
    ".csv": "text", ".tsv": "text", ".tab": "text", ".txt": "text", ".psv": "text", ".dat": "text",
    ".parquet": "parquet", ".pq": "parquet",
    ".xlsx": "excel", ".xlsm": "excel", ".xls": "excel", ".xlsb": "excel", ".ods": "excel",
    ".json": "json", ".jsonl": "json", ".ndjson": "json",
}  # fmt: skip

READABLE = "CSV or other delimited text, Excel, Parquet, or JSON"

SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF", "a PDF document"),
    (0, b"\x89PNG", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF8", "a GIF image"),
    (0, b"MZ", "a Windows program"),
    (0, b"\x7fELF", "a program"),
    (0, b"\xcf\xfa\xed\xfe", "a program"),
    (0, b"Rar!", "a RAR archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ", "an xz archive"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (0, b"SQLite format 3", "an SQLite database"),
    (8, b"DUCK", "a DuckDB database"),
    (0, b"ARROW1", "an Arrow (Feather) file"),
    (0, b"ORC", "an ORC file"),
    (0, b"Obj\x01", "an Avro file"),
    (0, b"\x89HDF", "an HDF5 file"),
    (0, b"{\\rtf", "a rich-text document"),
    (0, b"\x80\x04\x95", "a Python pickle"),
)
"""Offset, first bytes, and what such a file is called; from the formats' own specifications."""


@dataclass(frozen=True)
class Kind:
    """form: how the file is read. gzipped: whether text is inside a gzip envelope."""

    form: Form
    gzipped: bool = False


def check(path: Path) -> Kind:
    """What kind of file this is. Raises FileRefused where it is missing, empty, too large, of a kind
    that holds no table, or not what its name says."""
    if not path.is_file():
        raise FileRefused(
            "There has to be a file to read.",
            f"`{path.name}` is not there, or is a folder.",
            "Pick the file again.",
        )
    size = path.stat().st_size
    if size == 0:
        raise FileRefused(
            "A table needs a header and at least one row below it.",
            f"`{path.name}` is empty: it holds not a single character.",
            "Export the table again, or pick another file.",
        )
    if size > LARGEST_FILE_BYTES:
        raise FileRefused(
            f"A file may have at most {LARGEST_FILE_BYTES // 1024**2} MB.",
            f"`{path.name}` has {size / 1024**2:,.0f} MB.",
            "Keep only the columns you need, or save it as Parquet, which is much smaller.",
        )
    with path.open("rb") as file:
        head = file.read(4096)
        file.seek(max(0, size - 4))
        tail = file.read(4)
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if head.startswith(b"\x1f\x8b"):
        inner = suffixes[-2] if len(suffixes) > 1 and suffixes[-1] in (".gz", ".gzip") else ".csv"
        return Kind("json" if EXTENSIONS.get(inner) == "json" else "text", gzipped=True)
    found = _by_content(path, head, tail)
    promised = EXTENSIONS.get(suffixes[-1] if suffixes else "")
    if promised is None:
        return Kind(found)
    if promised in ("text", "json") and found in ("text", "json"):
        return Kind(promised)
    if promised != found:
        names: dict[Form, str] = {
            "text": "plain text", "parquet": "a Parquet file", "excel": "a workbook", "json": "JSON",
        }  # fmt: skip
        raise FileRefused(
            f"A name ending in {suffixes[-1]} promises {names[promised]}.",
            f"The content of `{path.name}` is {names[found]}.",
            "Give the file its right ending, or save it again in the format you want.",
        )
    return Kind(found)


def _by_content(path: Path, head: bytes, tail: bytes) -> Form:
    for offset, first_bytes, name in SIGNATURES:
        if head.startswith(first_bytes, offset):
            raise _not_a_table(path, name)
    if head.startswith(b"PAR1"):
        if tail != b"PAR1":
            raise FileRefused(
                "A complete Parquet file ends as it begins.",
                f"`{path.name}` is cut off: the upload or the copy was not finished.",
                "Copy it again and open the new copy.",
            )
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        _check_workbook(path)
        return "excel"
    if head.startswith(b"PK\x05\x06"):
        raise _not_a_table(path, "an empty zip archive")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "excel"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise _not_a_table(path, "a web page or an XML document")
    return "json" if start[:1] in (b"{", b"[") else "text"


def _not_a_table(path: Path, name: str) -> FileRefused:
    return FileRefused(
        f"A table is read from {READABLE}.",
        f"`{path.name}` is {name}.",
        "Export the table from it, and open that.",
    )


def _check_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise FileRefused(
            "A workbook has to be complete to be read.",
            f"`{path.name}` is damaged or cut off.",
            "Open it in the program that made it, save it again, and open that.",
        ) from None
    names = {part.filename for part in parts}
    is_workbook = "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)
    if not is_workbook and "content.xml" not in names:
        raise FileRefused(
            f"A table is read from {READABLE}.",
            f"`{path.name}` is a zip archive with {len(parts):,} files inside, and not a workbook.",
            "Unzip it and open the table inside.",
        )
    unzipped = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    bomb = unzipped > RATIO_COUNTS_FROM_BYTES and unzipped / packed > LARGEST_ZIP_RATIO
    if bomb or unzipped > LARGEST_UNZIPPED_BYTES or len(parts) > MOST_ZIP_PARTS:
        raise FileRefused(
            "A workbook has to unpack to a reasonable size.",
            f"`{path.name}` unpacks to {unzipped / 1024**2:,.0f} MB, {unzipped / packed:,.0f} times as much.",
            "Save the sheet you need as CSV and open that.",
        )


def check_shape(name: str, columns: int, rows: int = 0) -> None:
    """Raises FileRefused for more columns, or more cells, than a segmentation can use."""
    if columns > MOST_COLUMNS:
        raise FileRefused(
            f"At most {MOST_COLUMNS:,} columns can be read.",
            f"`{name}` has {columns:,}.",
            "Keep the columns that describe an account, and open that.",
        )
    if rows * columns > MOST_CELLS:
        raise FileRefused(
            f"At most {MOST_CELLS // 1_000_000} million cells can be read.",
            f"`{name}` has {rows:,} rows x {columns:,} columns.",
            "Keep the columns you need, or a sample of the rows, and open that.",
        )
