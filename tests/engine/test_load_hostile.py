"""Files made to break readers: each becomes a table or a sentence, never anything else."""

import ast
import csv
import io
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from engine import load
from engine.errors import FileRefused
from engine.reading import guard
from engine.reading.parse import parse

READING = Path(__file__).parents[2] / "engine" / "reading"
VERB = re.compile(r"\b(?:is|has|needs|may|can|promises|ends)\b|^No ")
HOSTILE = Path(__file__).parents[2].parent / "shared" / "data" / "hostile"


@pytest.fixture(scope="module")
def hostile() -> Path:
    if not HOSTILE.is_dir():
        pytest.skip("The hostile files are not beside this repository.")
    return HOSTILE


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch")


def _texts(path: Path, scratch: Path, **options: Any) -> tuple[list[str], list[list[str]]]:
    """Headers and rows with every value as text, the way truth files have them."""
    reply = parse(path, scratch / "out.parquet", scratch, **options)
    columns = pq.read_table(scratch / "out.parquet").drop_columns("row_number").to_pydict().values()
    rows = [["" if value is None else str(value) for value in row] for row in zip(*columns, strict=True)]
    return reply["headers"], rows


def _tried(path: Path, scratch: Path) -> str:
    """ "read", or the sentence of the refusal; anything else fails the test that asked."""
    try:
        reply = parse(path, scratch / "out.parquet", scratch)
    except FileRefused as refused:
        assert refused.expected
        assert refused.found
        assert refused.do
        assert str(path.parent) not in str(refused), "a refusal must not tell where files are"
        return str(refused)
    assert reply["rows"] > 0
    assert len(reply["headers"]) == len(set(reply["headers"]))
    assert pq.read_metadata(scratch / "out.parquet").num_rows == reply["rows"]
    return "read"


SETS = ("csv-spectrum", "csv-test-data", "readr-fixtures", "pollock/polluted_files/csv", "duckdb-csv")
SAME_AGAIN = ("glob/crawl", "glob_dif_dialect", "per_thread", "hive-partitioning", "union-by-name")
"""Folders of DuckDB's that hold hundreds of the same tiny file."""


FUZZED = ("/afl/", "/fuzzing/")
EVERY = 3
"""Of the fuzzers' files, every third is enough for each run."""


def _files(folder: Path) -> Iterator[Path]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    for number, path in enumerate(paths):
        name = path.as_posix()
        if any(part in name for part in FUZZED) and number % EVERY:
            continue
        if not any(part in name for part in SAME_AGAIN):
            yield path


@pytest.mark.parametrize("name", SETS)
def test_every_hostile_file_is_read_or_refused(hostile: Path, scratch: Path, name: str) -> None:
    outcomes = [_tried(path, scratch) for path in _files(hostile / name)]
    assert outcomes
    assert "read" in outcomes


def test_csv_spectrum_matches_its_truth_value_by_value(hostile: Path, scratch: Path) -> None:
    truths = sorted((hostile / "csv-spectrum" / "json").glob("*.json"))
    assert len(truths) == 11
    for truth in truths:
        records = json.loads(truth.read_text(encoding="utf-8"))
        content = (hostile / "csv-spectrum" / "csvs" / f"{truth.stem}.csv").read_bytes()
        if truth.stem.endswith("_crlf"):  # Copies often have lost the line ends the truth speaks of.
            content = content.replace(b"\r", b"").replace(b"\n", b"\r\n")
        (scratch / "spectrum.csv").write_bytes(content)
        found, rows = _texts(scratch / "spectrum.csv", scratch)
        assert [dict(zip(found, row, strict=True)) for row in rows] == records, truth.stem


def test_csv_test_data_matches_its_truth_value_by_value(hostile: Path, scratch: Path) -> None:
    for truth in sorted((hostile / "csv-test-data" / "json").glob("*.json")):
        if truth.stem in ("all-empty", "header-no-rows"):
            continue  # No row to make a table of: refused, below.
        expected = json.loads(truth.read_text(encoding="utf-8"))
        if isinstance(expected[0], dict):
            expected = [list(expected[0]), *(list(row.values()) for row in expected)]
        path = hostile / "csv-test-data" / "csv" / f"{truth.stem}.csv"
        if truth.stem == "empty-one-column":
            reply = parse(path, scratch / "out.parquet", scratch)
            assert (reply["headers"], reply["rows"]) == (["foo"], 1)
            continue
        found, rows = _texts(path, scratch)
        assert [found, *rows] == expected, truth.stem


@pytest.mark.parametrize(
    "name",
    [
        "all-empty", "header-no-rows", "bad-header-less-fields", "bad-header-more-fields",
        "bad-header-no-header", "bad-header-wrong-header", "bad-missing-quote",
        "bad-quotes-with-unescaped-quote",
    ],
)  # fmt: skip
def test_csv_test_data_without_a_sound_row_is_refused(hostile: Path, scratch: Path, name: str) -> None:
    assert _tried(hostile / "csv-test-data" / "csv" / f"{name}.csv", scratch) != "read"


WHOLE = (
    "double_trailing_newline", "escape_char_0x5C", "field_delimiter_0x2C_0x20", "field_delimiter_0x3B",
    "field_delimiter_0x9", "no_trailing_newline", "one_data_row", "preamble",
    "record_delimiter_0xA", "record_delimiter_0xD",
)  # fmt: skip
"""Pollutions that leave every cell recoverable; spaces or apostrophes both around and in fields do not."""


@pytest.mark.parametrize("name", WHOLE)
def test_a_polluted_file_gives_the_cells_of_its_clean_version(
    hostile: Path, scratch: Path, name: str
) -> None:
    folder = hostile / "pollock" / "polluted_files"
    path = folder / "csv" / f"file_{name}.csv"
    truth = json.loads((folder / "parameters" / f"{path.name}_parameters.json").read_text())
    clean = list(csv.reader(io.StringIO((folder / "clean" / path.name).read_text(encoding="utf-8"))))
    found, rows = _texts(path, scratch)
    assert found == truth["column_names"]
    for column in ("PRODUCTID", "ProductType", "URL"):
        place = found.index(column)
        assert [row[place] for row in rows] == [row[place] for row in clean[1:]], column


@pytest.mark.parametrize("kind", ["row_more_sep", "row_less_sep", "row_extra_quote"])
def test_a_broken_row_costs_that_row_and_no_other(hostile: Path, scratch: Path, kind: str) -> None:
    for path in sorted((hostile / "pollock" / "polluted_files" / "csv").glob(f"{kind}*.csv")):
        reply = parse(path, scratch / "out.parquet", scratch)
        line = int(path.stem.split("row")[-1].split("quote")[-1].split("_")[0])
        assert (reply["rows"], reply["rejected_rows"]) == (82, 1), path.stem
        assert reply["rejected"][0]["line"] == line + 1, path.stem


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF document"),
        (b"MZ\x90\0\x03", "a Windows program"),
        (b"\x7fELF\x02\x01", "a program"),
        (b"\x89PNG\r\n\x1a\n\0", "a PNG image"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"a,b\n1,\0\0\0\n", "zero bytes"),
        (b"PAR1" + b"\0" * 20 + b"PAR1", "a Parquet file"),
        (b"PAR1" + b"\0" * 20, "cut off"),
        (b"PK\x03\x04" + b"\0" * 30, "damaged or cut off"),
    ],
)
def test_what_is_not_a_table_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "accounts.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        parse(path, tmp_path / "out.parquet", tmp_path)
    assert said in refused.value.found
    assert refused.value.do


def test_a_zip_archive_is_told_from_a_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w") as archive:
        archive.writestr("accounts.csv", "a,b\n1,2\n")
    with pytest.raises(FileRefused, match="zip archive with 1 files"):
        guard.check(tmp_path / "book.xlsx")


def test_a_workbook_that_unpacks_to_far_more_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (64 * 1024**2))
    with pytest.raises(FileRefused, match="unpacks to 64 MB"):
        guard.check(tmp_path / "bomb.xlsx")


def test_more_columns_than_anyone_has_are_refused(tmp_path: Path) -> None:
    names = ",".join(f"c{n}" for n in range(2_001))
    (tmp_path / "wide.csv").write_text(f"{names}\n{names}\n")
    with pytest.raises(FileRefused, match="At most 2,000 columns"):
        parse(tmp_path / "wide.csv", tmp_path / "out.parquet", tmp_path)


def test_a_file_beyond_the_largest_size_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(guard.LARGEST_FILE_BYTES + 1)
    with pytest.raises(FileRefused, match="at most 500 MB"):
        guard.check(path)


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b"a,b\n" * (4 * 1024**2)
    with (tmp_path / "bomb.csv.gz").open("wb") as file:
        file.write(packer.compress(block[:-4] + b"\0\0\0\0"))
        file.write(packer.flush())
    with pytest.raises(FileRefused):
        parse(tmp_path / "bomb.csv.gz", tmp_path / "out.parquet", tmp_path)


def test_a_truncated_gzip_is_refused(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    whole = packer.compress(os.urandom(50_000).hex().encode()) + packer.flush()
    (tmp_path / "cut.csv.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileRefused):
        parse(tmp_path / "cut.csv.gz", tmp_path / "out.parquet", tmp_path)


def test_json_nested_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "deep.json").write_text("[" * 100_000 + "]" * 100_000)
    with pytest.raises(FileRefused, match="nested too deeply"):
        parse(tmp_path / "deep.json", tmp_path / "out.parquet", tmp_path)


def test_one_quote_opened_before_a_long_file_is_not_quadratic(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('a,b\n"1,2\n' + "3,4\n" * 60_000)
    reply = parse(tmp_path / "a.csv", tmp_path / "out.parquet", tmp_path)
    assert (reply["rows"], reply["rejected_rows"]) == (60_000, 1)


def _far_corner(path: Path) -> None:
    """A workbook of two cells, A1 and the last one there can be: 17 thousand million cells between."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet {main}><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
            '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>',
        )


def test_a_tiny_workbook_that_would_fill_the_memory_ends_in_a_sentence(tmp_path: Path) -> None:
    _far_corner(tmp_path / "tiny.xlsx")
    with pytest.raises(FileRefused) as refused:
        load.read(tmp_path / "tiny.xlsx", tmp_path / "out")
    assert "`tiny.xlsx`" in refused.value.found


def test_a_reading_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    with pytest.raises(FileRefused, match="took longer and was stopped"):
        load.read(tmp_path / "a.csv", tmp_path / "out", seconds=0.01)


def test_a_reading_beyond_its_memory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    with pytest.raises(FileRefused, match="within the memory"):
        load.read(tmp_path / "a.csv", tmp_path / "out", memory_bytes=64 * 1024**2)


def test_hostile_names_and_values_pass_through_as_text(tmp_path: Path) -> None:
    header = 'a"; DROP TABLE cells; --'
    (tmp_path / "o'; --.csv").write_text(f'"{header.replace(chr(34), chr(34) * 2)}",b\n=1+1,1\n\'--,2\n')
    reply = parse(tmp_path / "o'; --.csv", tmp_path / "o'ut.parquet", tmp_path)
    assert reply["headers"] == [header, "b"]
    assert pq.read_table(tmp_path / "o'ut.parquet").column("c0").to_pylist() == ["=1+1", "'--"]


def test_damaged_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + os.urandom(500) + struct.pack("<I", 300) + b"PAR1")
    with pytest.raises(FileRefused, match="damaged"):
        parse(path, tmp_path / "out.parquet", tmp_path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="not there"):
        load.read(tmp_path / "none.csv", tmp_path)


def _wordings(node: ast.expr) -> list[str]:
    """Every text that an argument may be, with a dot for what is filled in."""
    if isinstance(node, ast.IfExp):
        return [*_wordings(node.body), *_wordings(node.orelse)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(part.value) if isinstance(part, ast.Constant) else "." for part in node.values)]
    assert isinstance(node, ast.Constant)
    return [str(node.value)]


def test_every_refusal_says_in_a_whole_sentence_what_was_expected() -> None:
    said = [
        text
        for path in sorted(READING.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "FileRefused"
        for text in _wordings(node.args[0])
    ]
    assert len(said) > 20
    assert [text for text in said if not VERB.search(text) or not text.endswith(".")] == []


def test_an_empty_file_is_told_what_a_table_needs(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(FileRefused) as refused:
        guard.check(tmp_path / "empty.csv")
    assert str(refused.value) == (
        "A table needs a header and at least one row below it. `empty.csv` is empty: it holds not a single "
        "character. Export the table again, or pick another file."
    )
