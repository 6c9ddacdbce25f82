"""The Diagnose page: asking, setting, choosing a number, making segments, words and pictures."""

from dataclasses import replace

import pytest

from engine.intake import proposed_spec
from engine.model import Diagnosis, KResult, PairGap
from engine.verdict import method
from tests.views.asking import answer, k_control, said_first, subject, until
from tests.views.conftest import Start
from tests.views.driving import App, grid
from views import diagnosis_charts
from views.diagnosis_figures import pairs_in_words

ASKS = "How many segments do these accounts bear?"


def test_without_a_table_the_page_says_so_and_leads_to_the_start(app: App) -> None:
    app.open("diagnose")
    assert "No table is open." in app.words
    assert app.keys == ["empty"]


def test_before_a_diagnosis_the_page_asks_the_question_and_offers_to_answer_it(start: Start) -> None:
    app = start("table").open("diagnose")
    assert app.title == ASKS
    assert "start diagnosis" in app.keys and "make" not in app.keys
    assert len(app.at.get("plotly_chart")) == 0


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
