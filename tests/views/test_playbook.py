"""The playbook and its reader's page: approved personas only, the same words on screen and in the file."""

import sys
from collections.abc import Callable

import pytest
import streamlit as st

from llm.page import page as html_page
from llm.playbook import markdown
from llm.slides import slides
from llm.word import document
from tests.views import seeds
from tests.views.conftest import Start
from tests.views.driving import App
from views import charts, drafting

Offered = Callable[..., dict[str, object]]


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Offered:
    """What the page gives its download button: `data` and `file_name`."""

    def look(app: App, wanted: str = "Download markdown") -> dict[str, object]:
        kept: dict[str, object] = {}

        def keep(label: str, data: object, **options: object) -> bool:
            if label == wanted:
                kept.update(options, data=data() if callable(data) else data)
            return False

        with monkeypatch.context() as patch:
            patch.setattr(st, "download_button", keep)
            app.run()
        return kept

    return look


def some_approved(start: Start) -> App:
    """Only S1 and S3 are approved."""
    app = start("drafted")
    seeds.approve(app.store, app.store.segmentation(app.segmentation), ["S1", "S3"])
    return app


def personas(app: App) -> dict[str, str]:
    """The names of the newest personas."""
    return {key: item.persona.name for key, item in app.store.personas(app.segmentation).items()}


@pytest.mark.parametrize("stage", ["empty", "table"])
def test_without_segments_the_playbook_leads_to_what_brings_them(start: Start, stage: str) -> None:
    app = start(stage).open("playbook")
    assert "No segments are open." in app.words
    assert app.keys == ["empty"]


@pytest.mark.parametrize("stage", ["segmented", "drafted"])
def test_without_an_approval_there_is_no_playbook_and_the_personas_are_offered(
    start: Start, stage: str
) -> None:
    app = start(stage).open("playbook")
    assert "none is approved yet" in app.words
    assert len(app.at.download_button) == 0
    assert "persona" in app.click("empty").title


def test_the_playbook_holds_every_approved_persona(start: Start) -> None:
    app = start("approved").open("playbook")
    assert app.title == "Playbook: Value segments"
    for segment, name in personas(app).items():
        assert f"{name} ({segment})" in [item.value for item in app.at.header]
    assert "Approved by Ada" in app.words
    assert "are not approved" not in app.words and "is not approved" not in app.words


def test_the_download_is_the_document_on_the_screen(start: Start, offered: Offered) -> None:
    app = start("approved").open("playbook")
    found = offered(app)
    book = drafting.playbook_of(app.store.segmentation(app.segmentation))
    assert found["data"] == markdown(book)
    assert found["file_name"] == "playbook-value-segments.md"
    for line in str(found["data"]).splitlines():
        words = line.removeprefix("# ").lstrip("#").strip()
        assert words in app.words


def test_the_page_to_download_holds_the_same_document_in_the_segments_colours(
    start: Start, offered: Offered
) -> None:
    app = start("approved").open("playbook")
    found = offered(app, "Download HTML")
    segmentation = app.store.segmentation(app.segmentation)
    colours = {segment.id: charts.colour(segment) for segment in segmentation.segments}
    assert found["data"] == html_page(drafting.playbook_of(segmentation), colours)
    assert all(f"--segment: {colour}" in str(found["data"]) for colour in colours.values())
    assert found["file_name"] == "playbook-value-segments.html"


def test_word_and_slides_are_offered_and_made_only_when_asked_for(
    start: Start, offered: Offered, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = start("approved").open("playbook")
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "llm.word", None)
        patch.setitem(sys.modules, "llm.slides", None)
        app.run()
        labels = [button.label for button in app.at.download_button]
    assert labels == ["Download Word", "Download PowerPoint", "Download HTML", "Download markdown"]
    names = [
        kept["file_name"] for kept in (offered(app, "Download Word"), offered(app, "Download PowerPoint"))
    ]
    assert names == ["playbook-value-segments.docx", "playbook-value-segments.pptx"]
    segmentation = app.store.segmentation(app.segmentation)
    book = drafting.playbook_of(segmentation)
    colours = {segment.id: charts.colour(segment) for segment in segmentation.segments}
    assert offered(app, "Download Word")["data"] == document(book, colours)
    assert offered(app, "Download PowerPoint")["data"] == slides(book, colours)


def test_what_is_not_approved_is_counted_named_and_left_out(start: Start, offered: Offered) -> None:
    app = some_approved(start).open("playbook")
    assert "1 of 3 personas" in app.words
    headings = [item.value for item in app.at.header]
    assert any("(S1)" in heading for heading in headings) and any("(S3)" in heading for heading in headings)
    assert not any("(S2)" in heading for heading in headings)
    name = app.store.segmentation(app.segmentation).segment("S2").name
    assert f"{name} (S2) has no approved persona" in str(offered(app)["data"])


def test_a_withdrawn_approval_leaves_the_playbook(start: Start) -> None:
    app = start("approved")
    app.store.withdraw(app.segmentation, "S2", "Ada")
    app.open("playbook")
    assert not any("(S2)" in item.value for item in app.at.header)


def test_the_reader_sees_the_document_and_nothing_to_press(start: Start) -> None:
    app = start("approved").open("reader")
    assert app.title == "Playbook: Value segments"
    assert len(app.at.header) >= 5
    assert controls(app) == []


@pytest.mark.parametrize("stage", ["segmented", "drafted"])
def test_a_reader_without_approvals_is_told_and_has_nothing_to_press(start: Start, stage: str) -> None:
    app = start(stage).open("reader")
    assert app.title == "Nothing to read yet"
    assert controls(app) == []


def test_a_reader_with_a_wrong_link_has_no_way_into_the_analysts_pages(start: Start) -> None:
    app = start("approved")
    app.at.query_params["segmentation"] = "abcdefabcdef"
    app.go("reader")
    assert controls(app) == []


def test_the_readers_page_hides_the_navigation(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    positions = []
    navigation = st.navigation

    def look(pages: list[object], **options: str) -> object:
        positions.append(options["position"])
        return navigation(pages, **options)

    monkeypatch.setattr(st, "navigation", look)
    app = start("approved")
    app.at.context["url"] = "http://127.0.0.1:8501/reader?segmentation=1"
    app.go("reader")
    app.new_session().at.context["url"] = "http://127.0.0.1:8501/playbook"
    app.go("playbook")
    assert positions == ["hidden", "top"]


def controls(app: App) -> list[str]:
    """Everything on the page that takes input."""
    return [item.type for item in app.at._tree if hasattr(item, "_widget_state")]
