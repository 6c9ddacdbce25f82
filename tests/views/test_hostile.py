"""A name is only ever a name: on no page does one become a link, a picture, HTML or mathematics."""

import json
import re
from collections.abc import Iterator

import pytest

from engine.diagnose import diagnose, diagnosis_id
from engine.errors import ColumnProblem
from engine.model import Diagnosis
from engine.segment import features_of
from tests.views.conftest import Start
from tests.views.driving import PAGES, App, texts
from tests.views.seeds import BROKEN_OUT, HOSTILE, NAMES
from views import diagnosing

PLAIN = (
    "TextInput.default", "TextInput.value", "TextArea.default", "TextArea.value", "NumberInput.default",
    "Selectbox.options", "Selectbox.default", "Selectbox.raw_value", "MultiSelect.options",
    "PlotlyChart.alt", "Code.code_text", "Json.body", "Dataframe.columns", "Block.id", "Html.body",
)  # fmt: skip
"""Texts that the browser shows as they are, without reading them as markdown."""

ACTIVE = ("<img", "<b>", "![", "](", "$x$", "**b**", "http://evil", "//evil.test/x>")


def live(text: str) -> list[str]:
    """What a reader of markdown would act on: marks that are neither escaped nor in a code span."""
    own_links_gone = re.sub(r"\]\(#[a-z0-9-]+\)", "", text)
    escaped_gone = re.sub(r"\\.", " ", own_links_gone)
    return [mark for mark in ACTIVE if mark in re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", " ", escaped_gone)]


def dangers(app: App) -> list[tuple[str, str]]:
    found = []
    for where, text in texts(app.at):
        if where.startswith("PlotlyChart.") and where.endswith(("spec", "figure.spec")):
            found += [
                (where, part) for part in _strings(json.loads(text)) if "<img" in part or "<b> " in part
            ]
        elif not where.startswith(PLAIN) and not where.endswith((".id", ".key")) and live(text):
            found.append((where, text))
    return found


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)


@pytest.fixture(params=["hostile", "broken out"])
def stage(request: pytest.FixtureRequest) -> str:
    """The workspaces in which everything that people name bears a hostile name."""
    return str(request.param)


@pytest.mark.parametrize("page", PAGES)
def test_no_hostile_name_comes_alive_on_any_page(start: Start, stage: str, page: str) -> None:
    app = start(stage)
    for segment in ("S1", "S2") if page == "personas" else ("",):
        app.open(page, segment=segment)
        assert "evil" in app.words
        assert dangers(app) == []


def test_no_hostile_name_comes_alive_while_it_is_edited(start: Start, stage: str) -> None:
    app = start(stage).open("personas", segment="S2").click("edit")
    assert "save persona" in app.keys
    assert dangers(app) == []
    app.click("discard persona").click("again one")
    assert "edit" in app.keys
    assert dangers(app) == []


def test_no_hostile_name_comes_alive_in_a_refused_key(start: Start, stage: str) -> None:
    app, name = start(stage), NAMES[stage]
    app.open("table").fill("selectbox", f"key {app.dataset}", f"{name} region")
    assert "must be different on every row" in app.errors[0]
    assert dangers(app) == []


def test_no_hostile_name_comes_alive_in_a_filter(start: Start, stage: str) -> None:
    app, name = start(stage), NAMES[stage]
    field = app.store.dataset(app.dataset).column(f"{name} region").field
    app.open("table").fill("selectbox", "filter column 0", f"{name} region")
    app.fill("multiselect", f"values {field}", [f"{name} North"]).click("add filter")
    assert len(app.store.spec(app.dataset).filters) == 1
    assert dangers(app) == []


def test_no_hostile_name_comes_alive_in_a_search_or_a_refused_name(start: Start, stage: str) -> None:
    app = start(stage).open("library").fill("text_input", "find", f"{NAMES[stage]} and more")
    assert "Nothing matches" in app.words
    assert dangers(app) == []
    app.open("segments")
    before = dangers(app)
    names = [item.key for item in app.at.text_input if item.key.startswith("name ")]
    app.fill("text_input", names[1], app.at.text_input(key=names[0]).value)
    assert "is called" in app.words
    assert len(dangers(app)) == len(before)


def test_no_hostile_name_comes_alive_in_a_diagnosis_or_its_failure(
    start: Start, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, name = start(stage), NAMES[stage]
    spec = app.store.spec(app.dataset)
    assert spec is not None
    asked = diagnosis_id(spec, range(2, 11), seed=42, starts=10, quick=False)

    def fails(*_: object, **__: object) -> Diagnosis:
        raise ColumnProblem(f"No column {name}.", f"Found: {name}.", "Pick one under Data.")

    with monkeypatch.context() as patch:
        patch.setattr(diagnosing, "diagnose", fails)
        app.open("diagnose").click("start diagnosis").wait(asked)
        assert "No column" in app.errors[0]
        assert dangers(app) == []
    found = diagnose(features_of(app.store, spec), range(2, 4), quick=True)
    app.store.save_result(asked, found)
    app.open("diagnose")
    assert "make" in app.keys
    assert dangers(app) == []


@pytest.mark.parametrize(
    ("filename", "content"), [("![](http:evil.test).csv", b""), ("<img src=x onerror=1>.csv", b"%PDF-1.4")]
)
def test_a_refused_files_name_does_not_come_alive(start: Start, filename: str, content: bytes) -> None:
    app = start("empty").open("start")
    app.at.file_uploader[0].upload(filename, content)
    app.run()
    assert len(app.errors) == 1
    assert dangers(app) == []


@pytest.mark.parametrize("text", [HOSTILE, "[a](b)", "x <img> y", "a `code` ![](b)", BROKEN_OUT, "$x$"])
def test_the_look_for_dangers_would_see_one(text: str) -> None:
    assert live(text)
    assert not live("`` " + "![](x)" + " ``")
