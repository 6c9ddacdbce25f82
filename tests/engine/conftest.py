"""A file as it is read, without the process of its own."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from engine.reading.parse import parse


class Table:
    """What came out of a file: columns as Python lists by header, and the reply around them."""

    def __init__(self, reply: dict[str, Any], parquet: Path) -> None:
        self.headers = reply["headers"]
        self.notes = " ".join(reply["notes"])
        self.rejected = reply["rejected"]
        self.rejected_rows = reply["rejected_rows"]
        self.reading = reply["reading"]
        table = pq.read_table(parquet)
        assert table.column_names == [*(f"c{n}" for n in range(len(self.headers))), "row_number"]
        assert table.column("row_number").to_pylist() == list(range(1, reply["rows"] + 1))
        self.columns = {name: table.column(f"c{n}").to_pylist() for n, name in enumerate(self.headers)}

    def __getitem__(self, header: str) -> list[Any]:
        return self.columns[header]


@pytest.fixture
def table(tmp_path: Path) -> Any:
    def read(content: str | bytes, name: str = "file.csv", **options: Any) -> Table:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        reply = parse(path, tmp_path / "out.parquet", tmp_path, **options)
        return Table(reply, tmp_path / "out.parquet")

    return read
