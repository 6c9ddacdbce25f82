"""The Library: find, open, duplicate, archive, restore."""

from dataclasses import replace

import pytest

from tests.views.conftest import Start
from tests.views.driving import App
from tests.views.seeds import NAME


@pytest.fixture
def library(start: Start) -> App:
    """Two segmentations: Value segments, and Second cut with a note."""
    app = start("approved")
    copy = app.store.duplicate(app.segmentation, "Second cut")
    app.store.save_segmentation(replace(copy, notes="For the Lisbon meeting"))
    return app.open("library")


def ids(app: App) -> dict[str, str]:
    return {item.name: item.id for item in app.store.segmentations()}


def shown(app: App) -> set[str]:
    """The names of the entries on the page."""
    found = {key.removeprefix("open ") for key in app.keys if key.startswith("open ")}
    return {name for name, item in ids(app).items() if item in found}


def test_an_empty_library_says_what_is_kept_here(app: App) -> None:
    app.open("library")
    assert "Segmentations you make are kept here." in app.words
    assert app.click("empty").title.startswith("From a table")


def test_each_entry_tells_its_table_its_size_and_its_approvals(library: App) -> None:
    assert library.title == "2 segmentations"
    assert shown(library) == {"Value segments", "Second cut"}
    assert f"{NAME}; 3 segments of 330 accounts; 3 of 3 personas approved" in library.words
    assert "0 of 3 personas approved" in library.words


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("second", {"Second cut"}),
        ("LISBON", {"Second cut"}),
        ("quarter", {"Value segments", "Second cut"}),
        ("value", {"Value segments"}),
        ("nowhere", set()),
    ],
)
def test_search_finds_by_name_note_and_table(library: App, wanted: str, found: set[str]) -> None:
    library.fill("text_input", "find", wanted)
    assert shown(library) == found
    assert ("Nothing matches “nowhere”." in library.words) == (not found)


def test_open_lands_on_the_segments_with_their_table(library: App) -> None:
    wanted = ids(library)["Second cut"]
    library.new_session().go("library").click(f"open {wanted}")
    assert library.title.startswith("3 segments of 330 accounts")
    assert library.at.query_params["segmentation"] == wanted
    assert library.at.query_params["dataset"] == library.dataset


def test_a_duplicate_has_the_same_segments_and_no_approvals(library: App) -> None:
    library.click(f"duplicate {ids(library)['Value segments']}")
    assert library.title == "3 segmentations"
    original, copy = (
        library.store.segmentation(ids(library)[name]) for name in ("Value segments", "Value segments (copy)")
    )
    assert copy.segments == original.segments and copy.recipe == original.recipe and copy.id != original.id
    assert library.store.personas(copy.id) == {}
    assert len(library.store.personas(original.id)) == 3


def test_an_archived_entry_hides_can_be_shown_and_comes_back(library: App) -> None:
    wanted = ids(library)["Second cut"]
    library.click(f"archive {wanted}")
    assert library.title == "1 segmentation"
    assert shown(library) == {"Value segments"}
    library.fill("toggle", "archived", True)
    assert shown(library) == {"Value segments", "Second cut"}
    assert library.at.button(key=f"archive {wanted}").label == "Restore"
    library.click(f"archive {wanted}")
    assert library.title == "2 segmentations"
    assert not library.store.segmentation(wanted).archived


def test_when_all_is_archived_the_page_says_so(start: Start) -> None:
    app = start("segmented").open("library")
    app.click(f"archive {app.segmentation}")
    assert app.title == "0 segmentations"
    assert "Everything is archived." in app.words
