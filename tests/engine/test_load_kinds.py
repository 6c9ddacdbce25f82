"""Files that bring their own types: Parquet, JSON, workbooks."""

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine import load
from engine.errors import FileRefused


def test_parquet_keeps_its_types_and_text_stays_text(table: Any, tmp_path: Path) -> None:
    source = pa.table(
        {
            "id": pa.array([1.0, None, 17850.0]),
            "code": ["1", "2", ""],
            "when": pa.array([date(2024, 1, 2)] * 3),
            "ok": [True, False, None],
            "x": pa.array([1.5, float("nan"), float("inf")]),
            "nested": pa.array([{"a": 1}, None, {"a": 2}]),
            "level": pa.array(["lo", "hi", "lo"]).dictionary_encode(),
        }
    )
    pq.write_table(source, tmp_path / "in.parquet")
    read = table((tmp_path / "in.parquet").read_bytes(), "file.parquet")
    assert read["id"] == [1, None, 17850]
    assert isinstance(read["id"][2], int)
    assert read["code"] == ["1", "2", None]
    assert read["when"][0] == date(2024, 1, 2)
    assert read["ok"] == [True, False, None]
    assert read["x"] == [1.5, None, None]
    assert read["level"] == ["lo", "hi", "lo"]
    assert read["nested"] == ['{"a": 1}', None, '{"a": 2}']
    assert "2 values in `x` that are not finite numbers read as missing." in read.notes


@pytest.mark.parametrize(
    "content",
    [
        '[{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]',
        '{"data": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]}',
        '{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n',
        '[["a", "b"], [1, "x"], [2, "y"]]',
    ],
    ids=["array", "data", "lines", "rows"],
)
def test_json_in_its_usual_shapes_is_read(table: Any, content: str) -> None:
    read = table(content, "file.json")
    first, second = read.headers
    assert read[second][-2:] == ["x", "y"]
    assert [str(value) for value in read[first][-2:]] == ["1", "2"]


def test_nested_json_becomes_text_with_a_note_and_bad_lines_are_listed(table: Any) -> None:
    read = table('{"a": 1, "b": [1, 2]}\nnot json\n{"a": 2, "c": "01"}\n', "file.jsonl")
    assert read["b"] == ["[1, 2]", None]
    assert read["c"] == [None, "01"]
    assert read.rejected[0]["line"] == 2
    assert "`b`: nested values kept as JSON text." in read.notes


def _workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    """The smallest workbook a reader accepts, by the Office Open XML standard (ECMA-376)."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        names = list(sheets)
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'spreadsheetml.sheet.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r0" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        listed = "".join(
            f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1)
        )
        archive.writestr(
            "xl/workbook.xml", f'<workbook {main} xmlns:r="{office}"><sheets>{listed}</sheets></workbook>'
        )
        related = "".join(
            f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(names) + 1)
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{related}</Relationships>',
        )
        for number, rows in enumerate(sheets.values(), 1):
            cells = "".join(
                f'<row r="{r}">' + "".join(_cell(r, c, value) for c, value in enumerate(row)) + "</row>"
                for r, row in enumerate(rows, 1)
            )
            archive.writestr(
                f"xl/worksheets/sheet{number}.xml",
                f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>",
            )


def _cell(row: int, column: int, value: Any) -> str:
    place = f"{chr(65 + column)}{row}"
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def test_a_workbook_is_read_sheet_by_sheet(table: Any, tmp_path: Path) -> None:
    _workbook(
        tmp_path / "book.xlsx",
        {
            "Notes": [["Read me"]],
            "Accounts": [["Export of March"], ["id", "spend", "zip"], [1, 2.5, "00123"], [2, None, "20817"]],
            "Other": [["a", "b"], [1, 2]],
        },
    )
    content = (tmp_path / "book.xlsx").read_bytes()
    read = table(content, "book.xlsx")
    assert read.headers == ["id", "spend", "zip"]
    assert read["id"] == [1, 2]
    assert read["spend"] == [2.5, None]
    assert read["zip"] == ["00123", "20817"]
    assert read.reading["sheet"] == "Accounts"
    assert table(content, "book.xlsx", sheet="Other").headers == ["a", "b"]
    with pytest.raises(FileRefused, match="Found: Notes, Accounts, Other"):
        table(content, "book.xlsx", sheet="Missing")


def test_json_values_of_one_type_keep_it(table: Any) -> None:
    rows = [
        {"n": 1, "x": 1.5, "b": True, "t": "NA", "m": 5},
        {"n": 2, "x": 2, "b": False, "t": "b", "m": "six"},
    ]
    read = table(json.dumps(rows), "file.json")
    assert [read[name] for name in "nxbtm"] == [[1, 2], [1.5, 2.0], [True, False], ["NA", "b"], ["5", "six"]]


def test_sheets_are_listed_by_the_child_process(tmp_path: Path) -> None:
    _workbook(tmp_path / "book.xlsx", {"A": [["x"], [1]], "B": [["y"], [2]]})
    assert load.sheets(tmp_path / "book.xlsx") == ("A", "B")


def test_a_file_that_is_no_workbook_has_no_sheets(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")
    assert load.sheets(tmp_path / "a.csv") == ()
