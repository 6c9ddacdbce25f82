"""A segmentation as files that other programs read."""

import io
import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from engine import record
from engine.filters import condition, key_field, source
from engine.model import ROW_NUMBER, Diagnosis, Segmentation
from engine.segment import profile_of
from engine.sql import data_table, quoted
from engine.workspace import Workspace

_ADDED = ("segment", "segment_name", "fit", "outlier")
_NUMBER = re.compile(r"[+-]?(\d+[.,]?\d*|[.,]\d+)([eE][+-]?\d+)?%?")


def write_json(noun: object, path: Path) -> None:
    """The noun as strict, indented JSON."""
    text = json.dumps(record.plain(noun), ensure_ascii=False, allow_nan=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")


def assignments(workspace: Workspace, segmentation: Segmentation) -> pa.Table:
    """Columns: the key under its own name, segment (S1, ...), segment_name, fit, outlier; ordered by key.

    Where the key is itself called like one of the others, that one gets a number, as in `table`.
    """
    names = {segment.id: segment.name for segment in segmentation.segments}
    rows = workspace.assignments(segmentation.recipe)
    key = segmentation.spec.key
    segment_names = pa.array([names[segment] for segment in rows["segment"]], pa.string())
    return pa.table(
        [
            pa.array(rows["key"], pa.string()),
            pa.array(rows["segment"], pa.string()),
            segment_names,
            pa.array(rows["fit"], pa.float64()),
            pa.array(rows["outlier"], pa.bool_()),
        ],
        names=[key, *(free_name(name, [key]) for name in _ADDED)],
    )


def assignments_csv(workspace: Workspace, segmentation: Segmentation) -> bytes:
    """`assignments` as CSV in UTF-8; text that a spreadsheet would run as a formula is made inert."""
    return _csv(assignments(workspace, segmentation))


def table_csv(workspace: Workspace, segmentation: Segmentation) -> bytes:
    """`table` as CSV in UTF-8, made as inert as `assignments_csv`: plans that go by a state or a threshold need
    more than the segment."""
    return _csv(table(workspace, segmentation))


def _csv(rows: pa.Table) -> bytes:
    written = io.BytesIO()
    for place, name in enumerate(rows.column_names):
        if pa.types.is_string(rows[name].type) or pa.types.is_large_string(rows[name].type):
            texts = [None if text is None else inert(text) for text in rows[name].to_pylist()]
            rows = rows.set_column(place, name, pa.array(texts, pa.string()))
    pyarrow.csv.write_csv(rows.rename_columns([inert(name) for name in rows.column_names]), written)
    return written.getvalue()


def inert(text: str) -> str:
    """The text as a spreadsheet will not run it: what would start a formula gets an apostrophe in front.
    Numbers, also those with a sign, stay as they are."""
    if text[:1] not in ("=", "+", "-", "@", "\t", "\r") or _NUMBER.fullmatch(text):
        return text
    return f"'{text}"


def table(workspace: Workspace, segmentation: Segmentation) -> pa.Table:
    """The source table under its own headers with segment, segment_name, fit and outlier added, in file order.

    Rows that the filters left out are not in it; zeros are as they came, whatever they were taken for. A header
    that is already called "segment" keeps its name and the added column is called "segment (2)".
    """
    dataset = workspace.dataset(segmentation.spec.dataset)
    where, values = condition(dataset, segmentation.spec.filters)
    fields = ", ".join(f"d.{quoted(column.field)}" for column in dataset.columns)
    kept = f"SELECT {ROW_NUMBER} FROM {source(dataset, segmentation.spec)} WHERE {where}"
    with workspace.reading() as cursor:
        rows = cursor.execute(
            f"SELECT {fields}, a.segment, a.fit, a.outlier "
            f"FROM (SELECT * FROM {data_table(dataset.id)} WHERE {ROW_NUMBER} IN ({kept})) d "
            f"JOIN assignments a ON a.recipe = ? AND a.key = {key_field(dataset, segmentation.spec.key)} "
            f"ORDER BY d.{quoted(ROW_NUMBER)}",
            [*values, segmentation.recipe],
        ).to_arrow_table()
    names = {segment.id: segment.name for segment in segmentation.segments}
    segment_names = pa.array([names[segment] for segment in rows["segment"].to_pylist()])
    headers = [column.name for column in dataset.columns]
    added = [free_name(name, headers) for name in _ADDED]
    columns = [*rows.columns[:-2], segment_names, *rows.columns[-2:]]
    return pa.table(columns, names=[*headers, *added])


def folder(
    workspace: Workspace, segmentation: Segmentation, destination: Path, diagnosis: Diagnosis | None
) -> None:
    """assignments.csv, table.parquet, segmentation.json, profile.json and, for k-means, diagnosis.json."""
    destination.mkdir(parents=True, exist_ok=True)
    (destination / "assignments.csv").write_bytes(assignments_csv(workspace, segmentation))
    pyarrow.parquet.write_table(table(workspace, segmentation), destination / "table.parquet")
    write_json(segmentation, destination / "segmentation.json")
    write_json(profile_of(workspace, segmentation), destination / "profile.json")
    if diagnosis:
        write_json(diagnosis, destination / "diagnosis.json")


def free_name(name: str, taken: list[str]) -> str:
    """The name, or the first of "name (2)", "name (3)", ... that is not taken."""
    options = (name if number == 1 else f"{name} ({number})" for number in range(1, len(taken) + 2))
    return next(option for option in options if option not in taken)
