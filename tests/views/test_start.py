"""The start page: three ways in, and nothing else."""

import pytest

from tests.views.conftest import Start
from tests.views.driving import App, grid

CSV = "account;spend;visits\n" + "".join(f"K{n};{n * 3 % 50},5;{n % 7}\n" for n in range(60))


def test_an_empty_workspace_offers_a_file_the_demo_and_says_what_will_be_kept(app: App) -> None:
    app.open("start")
    assert [item.value for item in app.at.subheader] == ["Open a file", "Try the demo", "Continue"]
    assert "Segmentations you make are kept here" in app.words
    assert len(app.at.file_uploader) == 1
    assert app.at.button(key="demo").proto.type == "primary"
    assert not [key for key in app.keys if key.startswith(("continue", "open"))]


def test_a_demo_table_opens_on_the_data_page(app: App) -> None:
    app.open("start").click("demo business")
    assert "accounts" in app.title and "to cluster on" in app.title
    assert app.at.query_params["dataset"] == app.dataset
    assert "business accounts" in app.store.datasets()[0].name


def test_a_chosen_file_is_read_and_its_data_page_opens(app: App) -> None:
    app.open("start")
    app.at.file_uploader[0].upload("Accounts.csv", CSV.encode(), "text/csv")
    app.run()
    assert app.title.startswith("60 accounts, 3 columns")
    assert app.store.datasets()[0].name == "Accounts"
    assert list(grid(app.at, "Role")["Column"]) == ["spend", "visits"]
    assert list(grid(app.at, "spend")["spend"][:3]) == [0.5, 3.5, 6.5]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("really.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
        ("x.xlsx", b"PK\x03\x04"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence_and_nothing_is_stored(
    app: App, name: str, content: bytes
) -> None:
    app.open("start")
    app.at.file_uploader[0].upload(name, content)
    app.run()
    (sentence,) = app.errors
    assert len(sentence) > 20
    assert "Traceback" not in sentence and "/tmp" not in sentence  # noqa: S108
    assert app.store.datasets() == ()
    assert app.title.startswith("From a table")


def test_a_table_opened_before_is_offered_again(start: Start) -> None:
    app = start("table").open("start")
    assert "not segmented yet" in app.words
    app.click(f"open {app.dataset}")
    assert app.title.startswith("330 accounts")


def test_the_latest_segmentations_are_offered_and_open_where_they_were(start: Start) -> None:
    app = start("segmented").open("start")
    button = app.at.button(key=f"continue {app.segmentation}")
    assert "Value segments" in button.label
    app.click(button.key)
    assert app.title.startswith("3 segments of 330 accounts")
    assert app.at.query_params["segmentation"] == app.segmentation


def test_an_archived_segmentation_is_not_offered(start: Start) -> None:
    app = start("segmented")
    app.open("library").click(f"archive {app.segmentation}").open("start")
    assert not [key for key in app.keys if key.startswith("continue")]
    assert "Value segments" not in app.words
