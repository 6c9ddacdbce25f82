"""A user's file becomes a Parquet table. The only reader of user files.

The file is parsed in a child process with limits on memory and time, because a few kilobytes of a
crafted workbook can abort an interpreter; whatever happens to the child, the caller gets a table or
a FileRefused.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engine.errors import FileRefused, OptionProblem
from engine.model import Rejected
from engine.reading import guard

READING_SECONDS = 60.0
SECONDS_A_MEGABYTE = 1.0
"""Time a large file may take beyond that; a reading takes about a third of it on two cores."""

MEMORY_BYTES = 4 * 1024**3


@dataclass(frozen=True)
class ReadOptions:
    """How to read a file; None means "find out from the file".

    delimiter: one character. encoding: a Python codec name. decimal: "." or ",".
    day_first: True reads 03/04/2026 as 3 April, False as 4 March.
    """

    sheet: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    decimal: str | None = None
    day_first: bool | None = None


@dataclass(frozen=True)
class Reading:
    """How the file was read: `text` says it in words, the rest can be put back into ReadOptions.

    form: "text", "parquet", "excel" or "json". header: whether the file named its columns.
    """

    form: str
    text: str
    delimiter: str | None = None
    encoding: str | None = None
    decimal: str | None = None
    sheet: str | None = None
    header: bool = True


@dataclass(frozen=True)
class Loaded:
    """A table read from a file.

    `parquet` has the columns c0, c1, ... in file order (BIGINT, DOUBLE, BOOLEAN, DATE, TIMESTAMP or
    VARCHAR) and `row_number` from 1. `headers` are their names, made unique. `rejected_rows` counts
    the lines that did not become rows; `rejected` holds the first 100. `notes` names every coercion.
    `fingerprint` is the SHA-256 (hexadecimal) of the file's bytes and the options; `source` the
    file's name.
    """

    parquet: Path
    headers: tuple[str, ...]
    rows: int
    rejected_rows: int
    rejected: tuple[Rejected, ...]
    notes: tuple[str, ...]
    fingerprint: str
    source: str
    reading: Reading


def read(
    path: Path,
    folder: Path,
    options: ReadOptions | None = None,
    *,
    seconds: float | None = None,
    memory_bytes: int = MEMORY_BYTES,
) -> Loaded:
    """The table in `path`, as a Parquet file in `folder`.

    CSV and other delimited text, gzip of text, Excel (.xlsx, .xls, .xlsb, .ods), Parquet, JSON and
    JSON lines. seconds: the time allowed; None is 60, and one more for each megabyte.
    Raises FileRefused for a file that cannot be read within the limits, OptionProblem for an option
    outside what is allowed.
    """
    chosen = options or ReadOptions()
    _check(chosen)
    guard.check(path)
    fingerprint = fingerprint_of(path, chosen)
    folder.mkdir(parents=True, exist_ok=True)
    parquet = folder / f"{fingerprint[:16]}.parquet"
    request = {
        "task": "read",
        "path": str(path),
        "parquet": str(parquet),
        "options": asdict(chosen),
        "memory_bytes": memory_bytes,
    }
    megabytes = path.stat().st_size / 1024**2
    limit = READING_SECONDS + SECONDS_A_MEGABYTE * megabytes if seconds is None else seconds
    reply = _in_child(request, path.name, limit)
    return Loaded(
        parquet=parquet,
        headers=tuple(reply["headers"]),
        rows=reply["rows"],
        rejected_rows=reply["rejected_rows"],
        rejected=tuple(Rejected(**line) for line in reply["rejected"]),
        notes=tuple(reply["notes"]),
        fingerprint=fingerprint,
        source=path.name,
        reading=Reading(**reply["reading"]),
    )


def sheets(path: Path, *, seconds: float = READING_SECONDS) -> tuple[str, ...]:
    """The names of a workbook's sheets in their order; none for a file that is not a workbook.

    Raises FileRefused where the workbook cannot be opened.
    """
    if guard.check(path).form != "excel":
        return ()
    request = {"task": "sheets", "path": str(path), "memory_bytes": MEMORY_BYTES}
    return tuple(_in_child(request, path.name, seconds)["sheets"])


def fingerprint_of(path: Path, options: ReadOptions | None = None) -> str:
    """SHA-256, hexadecimal, of the file's bytes followed by the options as canonical JSON."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(json.dumps(asdict(options or ReadOptions()), sort_keys=True).encode())
    return digest.hexdigest()


def _check(options: ReadOptions) -> None:
    if options.delimiter is not None and (len(options.delimiter) != 1 or options.delimiter in '"\r\n\0'):
        raise OptionProblem(
            "A delimiter is one character such as a comma, a semicolon or a tab.",
            f"Found: {options.delimiter!r}.",
            "Choose one character, or leave it to the file.",
        )
    if options.decimal not in (None, ".", ","):
        raise OptionProblem(
            "The decimal mark is a point or a comma.",
            f"Found: {options.decimal!r}.",
            "Choose one of the two, or leave it to the file.",
        )
    if options.encoding is not None:
        try:
            "".encode(options.encoding)
        except LookupError:
            raise OptionProblem(
                "The encoding has to be one that Python knows, such as utf-8 or cp1252.",
                f"Found: {options.encoding!r}.",
                "Choose another, or leave it to the file.",
            ) from None


def _in_child(request: dict[str, Any], name: str, seconds: float) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="reading-") as scratch:
        request_file, reply_file = Path(scratch) / "request.json", Path(scratch) / "reply.json"
        request_file.write_text(json.dumps({**request, "scratch": scratch}), encoding="utf-8")
        paths = [str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH", "")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in paths if part)}
        command = [sys.executable, "-m", "engine.reading.child", str(request_file), str(reply_file)]
        try:
            subprocess.run(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise FileRefused(
                f"A file is read within {seconds:.0f} seconds.",
                f"`{name}` took longer and was stopped; nothing was changed.",
                "Keep fewer rows or columns, or save it as Parquet, and open that.",
            ) from None
        if not reply_file.exists():
            raise FileRefused(
                "A file has to be readable within the memory set aside for it.",
                f"Reading `{name}` stopped part way: it is damaged, or far larger inside than it looks.",
                "Open it in the program that made it, save it again as CSV, and open that.",
            )
        reply: dict[str, Any] = json.loads(reply_file.read_text(encoding="utf-8"))
    if "refused" in reply:
        raise FileRefused(*reply["refused"])
    return reply
