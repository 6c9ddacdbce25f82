"""Before and after every page: a workspace that is not ours, and a failure that nobody foresaw."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import streamlit_app
from engine.workspace import Workspace
from tests.views.conftest import Start
from tests.views.driving import PAGES, App

HOLD = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


@pytest.fixture
def held(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds this test's workspace."""
    path = tmp_path / "workspace.duckdb"
    Workspace(path).close()
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    yield process
    process.communicate("")


def app_over(path: Path, monkeypatch: pytest.MonkeyPatch) -> App:
    monkeypatch.setenv("SEGMENT_WORKSPACE", str(path))
    return App(path)


def test_a_workspace_held_by_another_process_is_told_kindly_on_every_page(
    held: "subprocess.Popen[str]", start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "workspace.duckdb"
    before = path.read_bytes()
    app = app_over(path, monkeypatch)
    for page in PAGES:
        app.new_session().go(page)
        assert app.title == "The workspace could not be opened"
        (sentence,) = app.errors
        assert f"`workspace.duckdb` is open in another program (process {held.pid})." in sentence
        assert str(tmp_path) not in app.words
        assert app.keys == []
    assert path.read_bytes() == before
    held.communicate("")
    assert app.new_session().go("start").title.startswith("From a table")


def test_a_file_that_is_no_workspace_is_told_kindly_and_left_alone(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "workspace.duckdb"
    path.write_bytes(b"These are my holiday notes. " * 500)
    app = app_over(path, monkeypatch).go("library")
    assert app.title == "The workspace could not be opened"
    assert "It was left untouched." in app.errors[0]
    assert path.read_bytes() == b"These are my holiday notes. " * 500


def unforeseen() -> None:
    from streamlit_app import say_it_kindly

    assert say_it_kindly(ValueError("SELECT secret FROM /home/ada/workspace.duckdb")) is True


def foreseen() -> None:
    from engine.errors import TooFewRows
    from streamlit_app import say_it_kindly

    assert say_it_kindly(TooFewRows("A diagnosis needs 3 accounts.", "Found 2.", "Loosen a filter.")) is True


def test_an_unforeseen_failure_is_a_kind_sentence_and_its_detail_is_in_the_log_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shown = AppTest.from_function(unforeseen).run()
    (sentence,) = [item.value for item in shown.error]
    assert "What you saved is safe." in sentence
    assert "secret" not in sentence and "ValueError" not in sentence and "/home" not in sentence
    assert not shown.exception
    assert "SELECT secret FROM" in caplog.text


def test_a_foreseen_problem_says_what_was_expected_found_and_what_to_do() -> None:
    shown = AppTest.from_function(foreseen).run()
    assert [item.value for item in shown.error] == ["A diagnosis needs 3 accounts. Found 2. Loosen a filter."]


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.20", "studio.example", "", None])  # noqa: S104
def test_the_studio_refuses_to_serve_other_machines(address: str | None) -> None:
    with pytest.raises(SystemExit, match="serves this machine only"):
        streamlit_app.demand_loopback(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1"])
def test_the_studio_serves_this_machine(address: str) -> None:
    streamlit_app.demand_loopback(address)


class Watched(list[str]):
    """An import path that tells how often it was changed."""

    changes = 0

    def insert(self, *args: Any) -> None:
        self.changes += 1
        super().insert(*args)

    def remove(self, *args: Any) -> None:
        self.changes += 1
        super().remove(*args)


def test_a_look_at_a_page_leaves_the_import_path_alone_for_other_threads_are_importing(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(sys.path)
    monkeypatch.setattr(sys, "path", watched)
    start("empty").go("library")
    assert watched.changes == 0
