"""A diagnosis under way: in the worker, what lands on the way, stopping, failing, interrupted."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from engine.advice import most_separate
from engine.errors import ColumnProblem
from engine.intake import proposed_spec
from engine.model import Diagnosis, Features, Stage
from tests.views.asking import answer, k_control, said_first, subject, until
from tests.views.conftest import Start
from views import diagnosing, resources

COMPARING = "Comparing 2 to 10 segments"
NO_ADVICE = "No number is suggested before every figure is in."


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


class Staged:
    """A diagnosis whose stages land one by one, when they are let."""

    def __init__(self, whole: Diagnosis) -> None:
        self.answers = {stage: until(whole, stage) for stage in diagnosing.STAGES}
        self.let = {stage: threading.Event() for stage in diagnosing.STAGES}
        self.landed = {stage: threading.Event() for stage in diagnosing.STAGES}

    def __call__(self, features: Features, ks: range, **options: object) -> Diagnosis:
        report: resources.Report = options["report"]  # type: ignore[assignment]
        deliver: Callable[[Diagnosis], None] = options["deliver"]  # type: ignore[assignment]
        for stage in diagnosing.STAGES:
            while not self.let[stage].wait(0.02):
                report(f"On the way to {stage}", 0.5)
            deliver(self.answers[stage])
            self.landed[stage].set()
        return self.answers["complete"]

    def land(self, stage: Stage) -> None:
        self.let[stage].set()
        assert self.landed[stage].wait(30)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    made = Slow()
    monkeypatch.setattr(diagnosing, "diagnose", made)
    yield made
    made.go_on.set()


@pytest.fixture
def staged(monkeypatch: pytest.MonkeyPatch, whole: Diagnosis) -> Iterator[Staged]:
    made = Staged(whole)
    monkeypatch.setattr(diagnosing, "diagnose", made)
    yield made
    for event in made.let.values():
        event.set()


def test_a_diagnosis_runs_in_the_worker_and_its_answer_is_shown_and_kept(start: Start) -> None:
    app = start("table").open("diagnose").click("start diagnosis")
    app.wait(subject(app))
    found = answer(app)
    assert [result.k for result in found.ks] == list(range(2, 11))
    assert found.stage == "complete"
    assert app.title == said_first(found.at(found.suggested))
    assert app.store.job(subject(app), "diagnosis") == ("done", "")
    assert app.open("diagnose").title == said_first(found.at(found.suggested))


def test_a_running_diagnosis_is_seen_by_every_session_and_started_once(start: Start, slow: Slow) -> None:
    app = start("table").open("diagnose").click("start diagnosis")
    assert slow.begun.wait(30)
    for _ in range(2):
        app.open("diagnose")
        assert app.title == COMPARING
        assert "Measuring" in app.words and " s so far" in app.words
        assert f"cancel {subject(app)}" in app.keys
        assert "start diagnosis" not in app.keys and "apply settings" not in app.keys
    assert sum(thread.name.startswith("worker") for thread in threading.enumerate()) == 1


def test_the_page_of_the_table_says_that_its_diagnosis_runs_and_can_stop_one_of_other_columns(
    start: Start, slow: Slow
) -> None:
    app = start("table").open("table")
    assert "is running" not in app.words
    app.go("diagnose").click("start diagnosis")
    assert slow.begun.wait(30)
    first = subject(app)
    app.open("table")
    assert "A diagnosis of this table is running." in app.words and "See how far it is" in app.words
    spec = app.store.spec(app.dataset) or proposed_spec(app.store.dataset(app.dataset))
    app.store.save_spec(replace(spec, prepare="zscore"))
    app.run()
    assert "is running with other columns or settings" in app.words and "See how far it is" not in app.words
    app.click("stop diagnosis").wait(first)
    assert "is running" not in app.words


def test_how_much_longer_is_said_only_from_a_pace_and_from_the_part_that_landed_last() -> None:
    job = resources.Job("ab", "diagnosis", begun=time.monotonic() - 60, fraction=0.5)
    assert job.seconds_left() == pytest.approx(60, abs=1)
    job.since = (50.0, 0.4)
    assert job.seconds_left() == pytest.approx(50, abs=3)
    job.since = (50.0, 0.49)
    assert job.seconds_left() is None, "One per cent is no pace."
    job.since = (59.5, 0.2)
    assert job.seconds_left() is None, "Half a second is no pace."


def test_each_stage_lands_on_the_page_while_the_next_one_is_computed(start: Start, staged: Staged) -> None:
    app = start("table").open("diagnose").click("start diagnosis")
    staged.land("preview")
    app.run()
    assert app.title == COMPARING
    assert NO_ADVICE in app.words and "Small: not tested yet." in app.words
    assert "a first look" in app.words and "Simplified silhouette, 0 to 1" in app.words
    assert app.at.button(key="make").disabled
    staged.land("silhouette")
    app.run()
    assert app.title == COMPARING
    assert "Mean silhouette" in app.words and "Simplified silhouette, 0 to 1" not in app.words
    assert "finish diagnosis" not in app.keys and app.at.button(key="make").disabled
    staged.land("stability")
    app.run()
    assert app.title == COMPARING and NO_ADVICE in app.words
    assert "segments come back in other samples of these accounts" in app.words
    assert "● Filled" in app.words and "not tested yet" not in app.words
    staged.land("complete")
    app.wait(subject(app)).run()
    known = staged.answers["complete"]
    assert app.title == said_first(known.at(known.suggested)) != COMPARING and NO_ADVICE not in app.words
    assert not app.at.button(key="make").disabled
    assert f"cancel {subject(app)}" not in app.keys
    assert "rovisional" not in app.words and "for now" not in app.words


def test_an_answer_that_lands_while_the_page_reads_the_one_before_is_shown_at_once(
    start: Start, staged: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = start("table").open("diagnose").click("start diagnosis")
    for stage in ("preview", "silhouette", "stability"):
        staged.land(stage)
    read = app.store.result

    def read_then_land(kind: type[Diagnosis], key: str) -> Diagnosis | None:
        before = read(kind, key)
        staged.land("complete")
        app.until_ended(key)
        return before

    monkeypatch.setattr(app.store, "result", read_then_land)
    app.run()
    assert app.title == said_first(answer(app).at(answer(app).suggested))
    assert "finish diagnosis" not in app.keys


def test_while_it_runs_nothing_is_advised_and_the_number_in_view_stays(start: Start, staged: Staged) -> None:
    for stage, suggested in (("preview", 9), ("silhouette", 3), ("stability", 8), ("complete", 5)):
        staged.answers[stage] = replace(staged.answers[stage], suggested=suggested)
    app = start("table").open("diagnose").click("start diagnosis")
    in_view = []
    for stage in ("preview", "silhouette", "stability"):
        staged.land(stage)
        app.run()
        in_view.append(app.at.button(key="make").label)
        assert app.title == COMPARING and "Worth choosing" not in app.words
        assert NO_ADVICE in app.words and "Suggested" not in app.words
    answered = staged.answers["silhouette"]
    assert set(in_view[1:]) == {f"Make {most_separate(answered.ks)} segments"}
    assert app.at.button(key="make").disabled and "Choose a number, or wait" in app.words
    staged.land("complete")
    app.wait(subject(app)).run()
    assert app.at.button(key="make").label == "Make 5 segments" and not app.at.button(key="make").disabled


def test_a_number_of_ones_own_can_be_made_before_the_suggestion_and_outlasts_it(
    start: Start, staged: Staged
) -> None:
    app = start("table").open("diagnose").click("start diagnosis")
    for stage in ("preview", "silhouette", "stability"):
        staged.land(stage)
    app.run().fill("button_group", k_control(app), 7)
    for _ in range(2):
        assert app.at.button(key="make").label == "Make 7 segments" and not app.at.button(key="make").disabled
        staged.land("complete")
        app.wait(subject(app)).run()


def test_before_the_first_look_the_page_says_what_is_coming(start: Start, staged: Staged) -> None:
    app = start("table").open("diagnose").click("start diagnosis")
    assert "Here a curve will show how near accounts lie to the middle of their segment" in app.words
    assert "Here a curve will show how much nearer accounts are to their own segment" in app.words
    staged.land("preview")
    assert "Here a curve will show" not in app.run().words


def test_what_was_computed_outlives_a_cancel_and_can_be_finished(start: Start, staged: Staged) -> None:
    app = start("table").open("diagnose").click("start diagnosis")
    staged.land("preview")
    staged.land("silhouette")
    app.run().click(f"cancel {subject(app)}").wait(subject(app))
    for _ in range(2):
        assert "Still to come: repeatability, gaps." in app.words
        assert "Mean silhouette" in app.words
        assert app.title.endswith("was not tested")
        assert not app.at.button(key="make").disabled
        app.open("diagnose")
    assert answer(app).stage == "silhouette"
    for stage in ("silhouette", "stability"):
        staged.let[stage].clear()
        staged.landed[stage].clear()
    app.click("finish diagnosis")
    assert staged.landed["preview"].wait(30)
    assert answer(app).stage == "silhouette", "An answer never becomes less."
    app.run()
    assert "Mean silhouette" in app.words and "finish diagnosis" not in app.keys
    for stage in ("silhouette", "stability", "complete"):
        staged.land(stage)
    app.wait(subject(app)).run()
    assert answer(app).stage == "complete"
    assert "Still to come" not in app.words


def test_a_first_look_is_no_ground_for_segments(start: Start, whole: Diagnosis) -> None:
    app = start("table")
    app.store.save_result(subject(app), until(whole, "preview"))
    app.open("diagnose")
    assert app.at.button(key="make").disabled
    assert "Still to come: exact figures, repeatability, gaps." in app.words


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
