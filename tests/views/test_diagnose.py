"""The Diagnose page: asking, waiting, stopping, failing, choosing, making."""

import threading
from collections.abc import Iterator

import pytest

from engine.diagnose import diagnosis_id
from engine.errors import ColumnProblem
from engine.intake import proposed_spec
from engine.model import Diagnosis, Features
from tests.views.conftest import Start
from tests.views.driving import App, grid
from views import diagnosing, resources

ASKS = "How many segments do these accounts bear?"


class Slow:
    """A diagnosis that reports once and then waits to be stopped or let go; it never has an answer."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, features: Features, ks: range, **options: object) -> Diagnosis:
        report: resources.Report = options["report"]  # type: ignore[assignment]
        report("Measuring", 0.25)
        self.begun.set()
        while not self.go_on.wait(0.02):
            report("Measuring", 0.25)
        raise ColumnProblem("No column `spend`.", "Found: amount.", "Pick one under Data.")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    made = Slow()
    monkeypatch.setattr(diagnosing, "diagnose", made)
    yield made
    made.go_on.set()


def subject(app: App, *, low: int = 2, high: int = 10, quick: bool = False, seed: int = 42) -> str:
    dataset = app.store.dataset(app.dataset)
    spec = app.store.spec(dataset.id) or proposed_spec(dataset)
    return diagnosis_id(spec, range(low, high + 1), seed=seed, starts=10, quick=quick)


def answer(app: App, **asked: object) -> Diagnosis:
    found = app.store.result(Diagnosis, subject(app, **asked))  # type: ignore[arg-type]
    assert found is not None
    return found


def k_control(app: App) -> str:
    return next(item.key for item in app.at.button_group if item.key.startswith("k of"))


def test_without_a_table_the_page_says_so_and_leads_to_the_start(app: App) -> None:
    app.open("diagnose")
    assert "No table is open." in app.words
    assert app.keys == ["empty"]


def test_before_a_diagnosis_the_page_asks_the_question_and_offers_to_answer_it(start: Start) -> None:
    app = start("table").open("diagnose")
    assert app.title == ASKS
    assert "start diagnosis" in app.keys and "make" not in app.keys
    assert len(app.at.get("plotly_chart")) == 0


def test_a_diagnosis_runs_in_the_worker_and_its_answer_is_shown_and_kept(start: Start) -> None:
    app = start("table").open("diagnose").click("start diagnosis")
    app.wait(subject(app))
    found = answer(app)
    assert [result.k for result in found.ks] == list(range(2, 11))
    assert app.title.startswith(f"{found.suggested} segments:")
    assert len(app.at.get("plotly_chart")) == 3
    assert app.store.job(subject(app), "diagnosis") == ("done", "")
    assert app.open("diagnose").title.startswith(f"{found.suggested} segments:")


def test_a_running_diagnosis_is_seen_by_every_session_and_started_once(start: Start, slow: Slow) -> None:
    app = start("table").open("diagnose").click("start diagnosis")
    assert slow.begun.wait(30)
    for _ in range(2):
        app.open("diagnose")
        assert app.title == "Comparing numbers of segments"
        assert "Measuring" in app.words
        assert f"cancel {subject(app)}" in app.keys
        assert "start diagnosis" not in app.keys and "apply settings" not in app.keys
    assert sum(thread.name.startswith("worker") for thread in threading.enumerate()) == 1


def test_cancel_leaves_nothing_behind_and_says_so_once(start: Start, slow: Slow) -> None:
    app = start("table").open("diagnose").click("start diagnosis")
    assert slow.begun.wait(30)
    app.run().click(f"cancel {subject(app)}").wait(subject(app))
    assert [item.value for item in app.at.info] == ["Stopped at your request. Nothing was changed."]
    assert app.store.result(Diagnosis, subject(app)) is None
    assert app.store.job(subject(app), "diagnosis") == ("cancelled", "")
    assert "start diagnosis" in app.keys
    assert len(app.run().at.info) == 0


def test_a_failing_diagnosis_shows_its_sentence_and_can_be_started_again(start: Start, slow: Slow) -> None:
    slow.go_on.set()
    app = start("table").open("diagnose").click("start diagnosis")
    app.wait(subject(app))
    assert app.errors == ["No column `spend`. Found: amount. Pick one under Data."]
    assert app.store.result(Diagnosis, subject(app)) is None
    assert "start diagnosis" in app.keys


def test_an_unforeseen_failure_shows_a_sentence_and_no_detail(
    start: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object, **__: object) -> Diagnosis:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(diagnosing, "diagnose", fails)
    app = start("table").open("diagnose").click("start diagnosis")
    app.wait(subject(app))
    (sentence,) = app.errors
    assert "Nothing was changed" in sentence
    assert "secret detail" not in app.words and "ZeroDivision" not in app.words
    assert "secret detail" in caplog.text


def test_a_diagnosis_interrupted_by_the_end_of_the_app_is_told(start: Start) -> None:
    app = start("table")
    app.store.note_job(subject(app), "diagnosis", "running")
    resources.close()
    app.open("diagnose")
    assert "interrupted when the app closed" in app.at.info[0].value
    assert "start diagnosis" in app.keys


def test_settings_apply_to_the_question_and_the_specification(start: Start) -> None:
    app = start("table").open("diagnose")
    app.at.slider(key="range of k").set_value((2, 4))
    app.at.selectbox(key="prepare").set_value("zscore")
    app.at.toggle(key="quick").set_value(True)
    app.at.number_input(key="seed").set_value(7)
    app.run().click("apply settings")
    assert app.store.spec(app.dataset).prepare == "zscore"
    asked = subject(app, low=2, high=4, quick=True, seed=7)
    app.wait(asked)
    found = app.store.result(Diagnosis, asked)
    assert [result.k for result in found.ks] == [2, 3, 4]
    assert found.seed == 7
    assert {item.lower for item in found.preparation} == {None}
    assert app.title.endswith("not tested for repeatability")
    assert app.at.slider(key="range of k").value == (2, 4)


def test_a_weight_edited_in_the_settings_reaches_the_preparation(start: Start) -> None:
    app = start("diagnosed").open("diagnose")
    weights = next(item.key for item in app.at.dataframe if item.key and item.key.startswith("weights"))
    app.at.toggle(key="quick").set_value(True)
    app.edit(weights, 0, "Weight", 2.0).click("apply settings")
    spec = app.store.spec(app.dataset)
    assert spec.weights == ((spec.cluster[0], 2.0),)
    app.wait(subject(app, quick=True))
    assert answer(app, quick=True).preparation[0].weight == 2.0


def test_the_suggested_number_is_chosen_first_and_named_everywhere(start: Start) -> None:
    app = start("diagnosed").open("diagnose")
    found = answer(app)
    assert app.title.startswith(f"{found.suggested} segments:")
    assert app.at.button(key="make").label == f"Make {found.suggested} segments"
    assert list(grid(app.at, "Silhouette")["Segments"]) == list(range(2, 11))
    assert grid(app.at, "Silhouette")["Silhouette"][0] == pytest.approx(found.ks[0].silhouette)
    assert "exact: every pair of accounts" in app.words


def test_choosing_another_number_changes_the_headline_and_the_button(start: Start) -> None:
    app = start("diagnosed").open("diagnose")
    other = 5 if answer(app).suggested != 5 else 6
    app.fill("button_group", k_control(app), other)
    assert app.title.startswith(f"{other} segments:")
    assert app.at.button(key="make").label == f"Make {other} segments"
    app.run()
    assert app.title.startswith(f"{other} segments:")


def test_making_segments_stores_them_and_lands_on_the_segments_page(start: Start) -> None:
    app = start("diagnosed").open("diagnose")
    app.fill("button_group", k_control(app), 4).click("make")
    (made,) = app.store.segmentations()
    assert len(made.segments) == 4
    assert made.diagnosis == answer(app).id
    assert made.verdict == answer(app).at(4).verdict
    assert app.title.startswith("4 segments of 330 accounts")
    assert app.at.query_params["segmentation"] == made.id


def test_a_changed_choice_of_columns_asks_anew_and_the_old_answer_comes_back_with_it(start: Start) -> None:
    app = start("diagnosed").open("diagnose")
    told = app.title
    app.fill("button_group", k_control(app), answer(app).suggested).go("table")
    names = list(grid(app.at, "Role")["Column"])
    roles = next(item.key for item in app.at.dataframe if item.key and item.key.startswith("roles"))
    before = grid(app.at, "Role")["Role"][names.index("region")]
    app.edit(roles, names.index("region"), "Role", "Cluster on").go("diagnose")
    assert app.title == ASKS
    app.go("table").edit(roles, names.index("region"), "Role", before).go("diagnose")
    assert app.title == told
