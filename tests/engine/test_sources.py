"""SOURCE is a file or a demo, and one sentence where it is neither."""

from pathlib import Path

import pytest

from engine.errors import FileRefused, OptionProblem
from engine.intake import proposed_spec
from engine.sources import DEMO_TABLES, bring_demo, open_source
from engine.workspace import Workspace


@pytest.fixture
def workspace():
    opened = Workspace(None)
    yield opened
    opened.close()


def test_a_demo_has_as_many_rows_as_asked(workspace: Workspace) -> None:
    dataset = open_source(workspace, "demo:40")
    assert (dataset.rows, dataset.key, dataset.name) == (40, "hcp_id", DEMO_TABLES["demo_q1"])
    assert "brand_share" in proposed_spec(dataset).cluster


def test_the_second_quarter_is_another_table(workspace: Workspace) -> None:
    first, second = open_source(workspace, "demo:100"), open_source(workspace, "demo:100:q2")
    assert first.id != second.id
    assert second.name == DEMO_TABLES["demo_q2"]
    assert open_source(workspace, "demo:100:q1").id == first.id


def test_a_demo_is_made_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    made = open_source(workspace, "demo:40")
    monkeypatch.setattr("data.demo.generate", lambda *_, **__: pytest.fail("it was made again"))
    assert open_source(workspace, "demo:40") == made


def test_the_dictionary_of_a_demo_says_what_its_columns_mean(workspace: Workspace) -> None:
    column = bring_demo(workspace, "demo_q1", rows=40).column("brand_share")
    assert column is not None
    assert (column.meaning.unit, column.meaning.role) == ("fraction", "share")


@pytest.mark.parametrize(
    "source", ["demo:", "demo:0", "demo:000", "demo:-5", "demo:x", "demo:10:q3", "demo:q2:5"]
)
def test_a_demo_that_is_none_says_how_one_is_written(workspace: Workspace, source: str) -> None:
    with pytest.raises(OptionProblem, match="demo, demo:ROWS or demo:ROWS:q2"):
        open_source(workspace, source)


def test_a_file_that_is_not_there_is_a_sentence(workspace: Workspace, tmp_path: Path) -> None:
    for source in ("nowhere.csv", str(tmp_path), ""):
        with pytest.raises(FileRefused, match=r"No file .* Give the path of a CSV"):
            open_source(workspace, source)


def test_a_file_becomes_a_dataset(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "shops.csv"
    path.write_text("shop_id,spend\n" + "".join(f"S{n:03d},{n * 1.5}\n" for n in range(30)))
    dataset = open_source(workspace, str(path))
    assert (dataset.name, dataset.source, dataset.rows, dataset.key) == ("shops", "shops.csv", 30, "shop_id")
