"""The Diagnose page: asking, waiting, what lands on the way, stopping, failing, choosing, making."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.advice import most_separate
from engine.diagnose import diagnosis_id
from engine.errors import ColumnProblem
from engine.intake import proposed_spec
from engine.model import Diagnosis, Features, KResult, PairGap, Stage
from engine.verdict import method, sentence
from engine.workspace import Workspace
from tests.views.conftest import Start
from tests.views.driving import App, grid
from views import diagnosing, diagnosis_charts, resources
from views.diagnosis_figures import pairs_in_words

ASKS = "How many segments do these accounts bear?"
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


def until(whole: Diagnosis, stage: Stage) -> Diagnosis:
    """The answer as it was at a stage: what comes later is not computed yet."""
    later: dict[str, object] = {}
    if stage != "complete":
        later |= dict.fromkeys(
            ("null_silhouette_mean", "null_silhouette_max", "null_inertia_mean", "null_inertia_min",
             "null_inertia_max", "silhouette_tested", "gaps", "gap", "gap_se", "verdict")
        ) | {"borderline": False}  # fmt: skip
    if stage in ("preview", "silhouette"):
        later |= dict.fromkeys(
            ("stability_ari", "stability_ari_se", "jaccard", "jaccard_se", "second", "prediction_strength")
        )
    if stage == "preview":
        later |= dict.fromkeys(("silhouette", "silhouette_macro", "calinski_harabasz", "davies_bouldin"))
    tested = stage in ("stability", "complete")
    return replace(
        whole,
        stage=stage,
        ks=tuple(replace(result, **later) for result in whole.ks),  # type: ignore[arg-type]
        shortlist=() if stage == "preview" else whole.shortlist,
        rows_tested=whole.rows_tested if tested else None,
        gap_k=whole.gap_k if stage == "complete" else None,
    )


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    made = Slow()
    monkeypatch.setattr(diagnosing, "diagnose", made)
    yield made
    made.go_on.set()


@pytest.fixture(scope="session")
def whole(stages: Callable[[str], Path]) -> Diagnosis:
    """The complete answer of the diagnosed table."""
    store = Workspace(stages("diagnosed"))
    dataset = store.datasets()[0]
    asked = diagnosis_id(proposed_spec(dataset), range(2, 11), seed=42, starts=10, quick=False)
    found = store.result(Diagnosis, asked)
    store.close()
    assert found is not None and found.stage == "complete"
    return found


@pytest.fixture
def staged(monkeypatch: pytest.MonkeyPatch, whole: Diagnosis) -> Iterator[Staged]:
    made = Staged(whole)
    monkeypatch.setattr(diagnosing, "diagnose", made)
    yield made
    for event in made.let.values():
        event.set()


def subject(app: App, *, low: int = 2, high: int = 10, quick: bool = False, seed: int = 42) -> str:
    dataset = app.store.dataset(app.dataset)
    spec = app.store.spec(dataset.id) or proposed_spec(dataset)
    return diagnosis_id(spec, range(low, high + 1), seed=seed, starts=10, quick=quick)


def answer(app: App, **asked: object) -> Diagnosis:
    found = app.store.result(Diagnosis, subject(app, **asked))  # type: ignore[arg-type]
    assert found is not None
    return found


def said_first(result: KResult | None) -> str:
    """The first sentence of the verdict on these segments."""
    assert result is not None
    return sentence(result).partition(". ")[0].removesuffix(".")


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
    assert app.title.endswith("was not tested")
    assert "No verdict" in app.words and "This quick run did not test" in app.words
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
    assert app.title == said_first(found.at(found.suggested))
    assert app.at.button(key="make").label == f"Make {found.suggested} segments"
    assert list(grid(app.at, "Silhouette")["Segments"]) == list(range(2, 11))
    assert grid(app.at, "Silhouette")["Silhouette"][0] == pytest.approx(found.ks[0].silhouette)
    assert "every account is measured against every other" in app.words


def test_choosing_another_number_changes_the_headline_and_the_button(start: Start) -> None:
    app = start("diagnosed").open("diagnose")
    found = answer(app)
    other = next(result for result in found.ks if result.k not in found.shortlist)
    app.fill("button_group", k_control(app), other.k)
    for _ in range(2):
        assert app.title == said_first(other)
        assert app.at.button(key="make").label == f"Make {other.k} segments"
        assert f"Your choice, {other.k}, is not on the shortlist." in app.words
        app.run()


def test_the_number_of_the_open_segments_is_told_where_another_is_in_view(start: Start) -> None:
    app = start("diagnosed").open("diagnose")
    app.click("make")
    made = len(app.store.segmentation(app.segmentation).segments)
    app.open("diagnose")
    assert "adds another beside it" not in app.words
    other = made + 1
    app.fill("button_group", k_control(app), other)
    assert f"has {made} segments. Making {other} adds another beside it" in app.words


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


def test_a_weight_changed_in_another_tab_lays_a_fresh_grid(start: Start) -> None:
    app = start("diagnosed").open("diagnose")

    def grids() -> list[str]:
        return [item.key for item in app.at.dataframe if item.key and item.key.startswith("weights")]

    (before,) = grids()
    spec = proposed_spec(app.store.dataset(app.dataset))
    app.store.save_spec(replace(spec, weights=((spec.cluster[1], 3.0),)))
    (after,) = grids() if app.run() else ()
    assert after != before
    assert list(grid(app.at, "Weight")["Weight"])[:2] == [1.0, 3.0]


def test_segments_smaller_than_the_analyst_set_are_named(start: Start) -> None:
    app = start("diagnosed").open("diagnose")
    assert "the smallest holds less than 40%" not in app.words
    app.at.number_input(key="smallest").set_value(40.0)
    app.run().click("apply settings")
    assert "the smallest holds less than 40% of the accounts." in app.words
    assert "under the 40% you set" in app.words


def test_the_method_names_every_threshold_and_parameter_once_from_the_engine(
    start: Start, whole: Diagnosis
) -> None:
    app = start("diagnosed").open("diagnose")
    for line in method():
        assert line in app.words
    for told in (f"{whole.null_tables} tables with", f"{whole.gap_references} uniform tables", "Hennig 2007"):
        assert told in app.words


def test_what_is_measured_anew_waits_until_it_is_opened(start: Start) -> None:
    app = start("diagnosed").open("diagnose")
    keys = [item.key.split()[0] for item in app.at.get("plotly_chart")]
    assert "blades" not in keys and "flows" not in keys and "pairs" in keys
    for name in ("blades", "flows", "prepared"):
        app.at.session_state[name] = True
    keys = [item.key.split()[0] for item in app.run().at.get("plotly_chart")]
    assert {"blades", "flows", "histograms"} <= set(keys)
    assert "All 330 accounts are drawn" in app.words


# --- Words and pictures of one answer -------------------------------------------------------------


def divided(k: int, apart: set[tuple[int, int]]) -> KResult:
    pairs = [(one, other) for one in range(1, k + 1) for other in range(one + 1, k + 1)]
    gaps = tuple(
        PairGap(f"S{a}", f"S{b}", 0.1 if (a, b) in apart else 0.9, 0.1, (a, b) in apart) for a, b in pairs
    )
    return KResult(k=k, inertia=1.0, gaps=gaps)


@pytest.mark.parametrize(
    ("k", "apart", "words"),
    [
        (2, {(1, 2)}, "The two segments are apart."),
        (2, set(), "The two segments run into each other."),
        (3, {(1, 2), (1, 3), (2, 3)}, "All 3 segments are apart."),
        (3, set(), "No segment is apart: all 3 run into each other, directly or through one another."),
        (3, {(1, 3), (2, 3)}, "S1 and S2 run into each other. S3 stands apart from all others."),
        (
            4,
            {(1, 3), (1, 4), (2, 3), (2, 4)},
            "S1 and S2 run into each other; S3 and S4 run into each other. Between these groups there are gaps.",
        ),
    ],
)
def test_pairs_are_told_in_words(k: int, apart: set[tuple[int, int]], words: str) -> None:
    assert pairs_in_words(divided(k, apart)) == words


def test_repeatable_numbers_are_filled_and_the_others_hollow(whole: Diagnosis) -> None:
    figure = diagnosis_charts.k_curve(whole, "silhouette", whole.suggested, {}, "#000000")
    low, high, curve = figure.data
    assert list(curve.x) == [result.k for result in whole.ks]
    for result, symbol in zip(whole.ks, curve.marker.symbol, strict=True):
        assert symbol == ("circle-open" if result.verdict == "constructive" else "circle")
    assert list(low.y) == [result.null_silhouette_mean for result in whole.ks]
    assert list(high.y) == [result.null_silhouette_max for result in whole.ks]
    assert [line.x0 for line in figure.layout.shapes] == [whole.suggested]


def test_a_first_look_has_an_axis_of_its_own_and_no_band(whole: Diagnosis) -> None:
    figure = diagnosis_charts.k_curve(
        until(whole, "preview"), diagnosis_charts.FIRST_LOOK, 2, {2: "so far"}, "#000000"
    )
    (curve,) = figure.data
    assert figure.layout.yaxis.title.text == "Simplified silhouette, 0 to 1"
    assert list(curve.y) == [result.silhouette_simplified for result in whole.ks]
