"""Which characters a text file's bytes stand for."""

import codecs
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from engine.errors import FileRefused
from engine.reading.guard import LARGEST_UNZIPPED_BYTES

SAMPLE_BYTES = 256 * 1024
BLOCK_BYTES = 4 * 1024**2

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte-order marks; UTF-32's first, because it begins with UTF-16's."""

WESTERN = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœ€£°§«»’‘“”–—…·®©™²³½¼ºª\xa0")
"""What windows-1252 text of western Europe has beyond ASCII; other bytes suggest another code page."""


def open_bytes(path: Path, gzipped: bool) -> IO[bytes]:
    """The file's bytes, unpacked from gzip where needed."""
    return gzip.open(path, "rb") if gzipped else path.open("rb")  # type: ignore[return-value]


def detect(path: Path, gzipped: bool) -> str:
    """The Python codec name of the text: by byte-order mark, then strict UTF-8 over the whole file,
    then UTF-16 without a mark, then a code page.

    Raises FileRefused where the bytes are not text.
    """
    with open_bytes(path, gzipped) as file:
        sample = file.read(SAMPLE_BYTES)
    for mark, codec in MARKS:
        if sample.startswith(mark):
            return codec
    if b"\0" in sample:
        return _without_mark(path, sample)
    return "utf-8" if _is_utf8(path, gzipped) else _code_page(path, gzipped)


def _blocks(path: Path, gzipped: bool) -> Iterator[bytes]:
    seen = 0
    with open_bytes(path, gzipped) as file:
        while block := file.read(BLOCK_BYTES):
            seen += len(block)
            if seen > LARGEST_UNZIPPED_BYTES:
                raise FileRefused(
                    f"A table may have at most {LARGEST_UNZIPPED_BYTES // 1024**3} GB of text.",
                    f"`{path.name}` unpacks to more.",
                    "Keep only the columns you need, or save it as Parquet.",
                )
            if b"\0" in block:
                raise _not_text(path)
            yield block


def _is_utf8(path: Path, gzipped: bool) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        for block in _blocks(path, gzipped):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _without_mark(path: Path, sample: bytes) -> str:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    pairs = max(1, len(sample) // 2)
    if odd > 0.4 * pairs and even < 0.02 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.02 * pairs:
        return "utf-16-be"
    raise _not_text(path)


def _code_page(path: Path, gzipped: bool) -> str:
    sample = bytearray()
    for block in _blocks(path, gzipped):
        room = SAMPLE_BYTES - len(sample)
        sample += b"\n".join(line for line in block.split(b"\n") if not line.isascii())[: max(0, room)]
    try:
        beyond = {letter for letter in sample.decode("cp1252") if not letter.isascii()}
    except UnicodeDecodeError:
        beyond = {""}
    if beyond <= WESTERN:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(bytes(sample)).best()
    if best is not None and best.encoding not in ("ascii", "utf_8") and not best.encoding.startswith("utf"):
        return str(best.encoding)
    return "latin-1" if beyond == {""} else "cp1252"


def _not_text(path: Path) -> FileRefused:
    return FileRefused(
        "A table of text has to be text, in any encoding.",
        f"`{path.name}` has zero bytes, which text never has: it is a program's own format, or damaged.",
        "Export the table as CSV, Excel or Parquet, and open that.",
    )
