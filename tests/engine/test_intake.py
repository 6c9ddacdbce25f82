"""A file or a frame becomes a dataset, once, with its rows as they were."""

from pathlib import Path

import pandas as pd
import pytest

from engine.errors import FileRefused
from engine.filters import preview
from engine.intake import adopt, bring, proposed_spec
from engine.load import ReadOptions
from engine.model import ROW_NUMBER, Meaning
from engine.workspace import Workspace
from tests.engine.small import store


@pytest.fixture
def workspace():
    opened = Workspace(None)
    yield opened
    opened.close()


def frame_of(rows: int = 30) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "account_id": [f"{place:04d}" for place in range(rows)],
            "spend": [place * 1.5 for place in range(rows)],
            "state": ["CA", "NY", None] * (rows // 3),
        }
    )


def test_a_frame_is_stored_as_it_was(workspace: Workspace) -> None:
    frame = frame_of()
    dataset = store(workspace, frame)
    with workspace.reading() as cursor:
        shown = preview(cursor, dataset, 100)
    assert list(shown["account_id"]) == list(frame["account_id"])
    assert list(shown["spend"]) == list(frame["spend"])
    assert list(shown["state"].fillna("none")) == list(frame["state"].fillna("none"))
    assert [column.field for column in dataset.columns] == ["c0", "c1", "c2"]
    assert (dataset.rows, dataset.key) == (30, "account_id")


def test_the_same_frame_is_one_dataset_and_another_cell_is_another(workspace: Workspace) -> None:
    first = store(workspace, frame_of())
    assert store(workspace, frame_of(), name="again") == first
    changed = frame_of()
    changed.loc[29, "spend"] += 1e-9
    assert store(workspace, changed).id != first.id
    assert store(workspace, frame_of().rename(columns={"spend": "cost"})).id != first.id
    assert len(workspace.datasets()) == 3


def test_a_dictionary_gives_columns_their_meaning(workspace: Workspace) -> None:
    meaning = Meaning("Net spend", ("revenue",), "currency", "volume", 1)
    dataset = adopt(
        workspace, frame_of(), name="t", source="s", dictionary={"spend": meaning, "gone": Meaning("x")}
    )
    found = {column.name: column.meaning for column in dataset.columns}
    assert found["spend"] == meaning
    assert set(found) == {"account_id", "spend", "state"}


def test_the_same_file_is_one_dataset(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    frame_of().to_csv(path, index=False)
    first = bring(workspace, path, name="Accounts")
    assert (first.name, first.source, first.rows) == ("Accounts", "a.csv", 30)
    assert bring(workspace, path) == first
    other = bring(workspace, path, options=ReadOptions(delimiter=";"))
    assert other.id != first.id


def test_a_file_that_cannot_be_read_leaves_nothing_behind(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    with pytest.raises(FileRefused):
        bring(workspace, path)
    assert workspace.datasets() == ()


def test_the_proposed_uses_leave_the_key_out(workspace: Workspace) -> None:
    spec = proposed_spec(store(workspace, frame_of()))
    assert (spec.key, spec.cluster, spec.describe) == ("account_id", ("spend",), ("state",))
    assert (spec.filters, spec.prepare, spec.weights) == ((), "auto", ())


def test_a_table_without_a_key_is_numbered(workspace: Workspace) -> None:
    assert store(workspace, frame_of()[["spend", "state"]]).key == ROW_NUMBER
