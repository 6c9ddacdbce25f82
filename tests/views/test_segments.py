"""The Segments page: names, differences, mixes, value, accounts, notes."""

import csv
import io
from dataclasses import replace
from typing import Any

import pytest
import streamlit as st

from engine.profile import value_above
from engine.segment import profile_of
from tests.views.conftest import Start
from tests.views.driving import App, grid
from views import diagnosing, segment_rows


@pytest.fixture
def segments(start: Start) -> App:
    return start("segmented").open("segments")


def name_key(app: App, segment: str) -> str:
    return next(item.key for item in app.at.text_input if f" {segment} " in (item.key or ""))


def names(app: App) -> list[str]:
    return [segment.name for segment in app.store.segmentation(app.segmentation).segments]


def charts(app: App) -> list[str]:
    """The keys of the charts on the page."""
    return [item.key for item in app.at.get("plotly_chart")]


def test_without_segments_the_page_leads_to_the_diagnosis(start: Start) -> None:
    app = start("table").open("segments")
    assert "No segments are open." in app.words
    assert app.keys == ["empty"]
    app.click("empty")
    assert app.title == "How many segments do these accounts bear?"


def test_without_anything_the_page_leads_to_the_start(app: App) -> None:
    app.open("segments")
    assert "No segments are open." in app.words
    app.click("empty")
    assert app.title.startswith("From a table of accounts")


def test_a_segmentation_that_is_gone_is_named(start: Start) -> None:
    app = start("segmented")
    app.at.query_params["segmentation"] = "abcdefabcdef"
    app.go("segments")
    assert "No segmentation `abcdefabcdef`" in app.at.warning[0].value
    assert "segmentation" not in app.at.query_params


def test_each_segment_has_a_card_with_its_size_and_the_largest_is_in_the_headline(segments: App) -> None:
    assert segments.title == "3 segments of 330 accounts; the largest holds 45%"
    for size in ("150 accounts, 45%", "110 accounts, 33%", "70 accounts, 21%"):
        assert size in segments.words
    assert sum(key.startswith("card") for key in charts(segments)) == 3
    assert any(key.startswith("heat") for key in charts(segments))
    assert any(key.startswith("map") for key in charts(segments))
    assert segments.at.button(key="to personas").label.startswith("Draft")


def test_what_was_set_otherwise_since_is_told_and_the_segments_stay(segments: App) -> None:
    assert "Changed since" not in segments.words
    made = segments.store.segmentation(segments.segmentation).spec
    segments.store.save_spec(replace(made, cluster=made.cluster[:-1], weights=((made.cluster[0], 2.0),)))
    segments.run()
    assert "Changed since: the roles of columns and the weights." in segments.words
    assert "the filters" not in segments.words
    segments.store.save_spec(made)
    assert "Changed since" not in segments.run().words


def test_a_segment_is_renamed_everywhere_and_for_good(segments: App) -> None:
    segments.fill("text_input", name_key(segments, "S2"), "  Loyal   core ")
    assert names(segments)[1] == "Loyal core"
    assert segments.errors == []
    segments.open("segments")
    assert segments.at.text_input(key=name_key(segments, "S2")).value == "Loyal core"
    assert any("Loyal core" in item.spec for item in segments.at.get("plotly_chart"))


@pytest.mark.parametrize("wanted", ["", "   ", "S1's own"])
def test_an_empty_or_taken_name_is_refused_in_a_visible_sentence(segments: App, wanted: str) -> None:
    taken = names(segments)[0]
    before = names(segments)
    segments.fill("text_input", name_key(segments, "S2"), taken if wanted == "S1's own" else wanted)
    assert names(segments) == before
    said = "is called" if wanted == "S1's own" else "needs a name"
    assert said in segments.words
    segments.fill("text_input", name_key(segments, "S2"), "A better name")
    assert names(segments)[1] == "A better name"
    assert said not in segments.words


def test_a_description_is_kept_with_its_segment_only(segments: App) -> None:
    picked = next(item.key for item in segments.at.button_group if item.key.startswith("differences"))
    key = f"describe {segments.segmentation}"
    segments.fill("button_group", picked, "S3").fill("text_area", f"{key} S3", "Busy and **far** away")
    found = segments.store.segmentation(segments.segmentation)
    assert [item.description for item in found.segments] == ["", "", "Busy and **far** away"]
    segments.open("segments").fill("button_group", picked, "S3")
    assert segments.at.text_area(key=f"{key} S3").value == "Busy and **far** away"


def test_the_ranked_differences_are_those_of_the_profile(segments: App) -> None:
    profile = profile_of(segments.store, segments.store.segmentation(segments.segmentation))
    shown = grid(segments.at, "Effect size d")
    strongest = max(profile.segments[0].features.items(), key=lambda item: abs(item[1].z))
    assert shown["Feature"][0] == profile.dictionary[strongest[0]].label
    assert shown["Distance in sd"][0] == pytest.approx(strongest[1].z)
    assert list(shown["Distance in sd"].abs()) == sorted(shown["Distance in sd"].abs(), reverse=True)


def test_the_mix_of_another_column_can_be_seen(segments: App) -> None:
    key = f"mix {segments.segmentation}"
    assert segments.at.selectbox(key=key).options == ["Region"]
    segments.fill("selectbox", key, "region")
    assert f"mix chart {segments.segmentation} region" in charts(segments)


def test_where_the_value_is_follows_the_chosen_total(segments: App) -> None:
    key = f"value {segments.segmentation}"
    for total in ("visits", "emails"):
        segments.fill("selectbox", key, total)
        assert f"value chart {segments.segmentation} {total}" in charts(segments)


def read(offered: Any) -> list[dict[str, str]]:
    """The rows of a CSV that is offered for download."""
    return list(csv.DictReader(io.StringIO(offered().decode())))


def test_every_accounts_segment_can_be_taken_away(segments: App, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: dict[str, object] = {}

    def keep(label: str, data: object, **options: object) -> bool:
        offered[str(options["key"])] = data
        return False

    monkeypatch.setattr(st, "download_button", keep)
    segments.run()
    rows, whole = (read(offered[f"download {name}.csv"]) for name in ("assignments", "table-with-segments"))
    assert len(rows) == len(whole) == 330
    sizes = [sum(row["segment"] == segment for row in rows) for segment in ("S1", "S2", "S3")]
    assert sizes == [150, 110, 70]
    assert set(rows[0]) == {"account_id", "segment", "segment_name", "fit", "outlier"}
    assert set(rows[0]) | {"scripts", "region"} <= set(whole[0])
    assert {row["account_id"]: row["segment"] for row in whole} == {
        row["account_id"]: row["segment"] for row in rows
    }


def test_the_accounts_nearest_to_a_border_are_listed_first(segments: App) -> None:
    stored = segments.store.assignments(segments.store.segmentation(segments.segmentation).recipe)
    shown = grid(segments.at, "fit")
    assert len(shown) == 50
    assert list(shown["fit"]) == sorted(stored["fit"])[:50]
    assert "The 50 accounts nearest to a border." in segments.words


def test_outliers_are_counted_in_the_headline_and_listed_on_request(segments: App) -> None:
    segments.fill("button_group", "look at", "Far out")
    assert "No account lies far out" in segments.words
    made = segments.store.segmentation(segments.segmentation)
    rows = segments.store.assignments(made.recipe)
    rows["outlier"] = rows["key"].isin(["A0003", "A0007"])
    segments.store.save_assignments(made.recipe, rows)
    segments.store.change_segmentation(made.id, lambda stored: replace(stored, outliers=2))
    segments.run()
    assert "2 outliers are tagged." in segments.words
    assert (
        "2 accounts lie farther from the centre of their segment than 99.9% of all accounts" in segments.words
    )
    assert list(grid(segments.at, "fit")["key"]) == ["A0003", "A0007"]


def test_segments_below_the_share_the_analyst_set_are_warned_of(segments: App) -> None:
    assert "weigh with care" not in segments.words
    diagnosing.ask(segments.dataset, diagnosing.Question(smallest=0.34))
    segments.run()
    assert "S2 and S3 hold less than 34% of the accounts: weigh with care." in segments.words


def test_the_title_and_the_notes_are_saved_and_an_empty_title_is_not(segments: App) -> None:
    title, notes = f"title {segments.segmentation}", f"notes {segments.segmentation}"
    segments.at.text_input(key=title).set_value(" Spring cut ")
    segments.at.text_area(key=notes).set_value("For the March meeting")
    segments.run().click("save notes")
    found = segments.store.segmentation(segments.segmentation)
    assert (found.name, found.notes) == ("Spring cut", "For the March meeting")
    assert "Spring cut" in segments.words
    segments.at.text_input(key=title).set_value("   ")
    segments.run().click("save notes")
    assert segments.store.segmentation(segments.segmentation).name == "Spring cut"


def test_the_next_step_drafts_personas_and_lands_on_them(segments: App) -> None:
    segments.click("to personas")
    assert len(segments.store.personas(segments.segmentation)) == 3
    assert segments.title == "3 personas, 0 approved"
    segments.open("segments")
    assert segments.at.button(key="to personas").label.startswith("Open")
    segments.click("to personas")
    assert [item.version for item in segments.store.personas(segments.segmentation).values()] == [1, 1, 1]


def test_a_segment_and_its_persona_bear_one_name(segments: App) -> None:
    segments.click("to personas")
    personas = segments.store.personas(segments.segmentation)
    assert names(segments) == [version.persona.name for version in personas.values()]


def test_a_renamed_segment_takes_its_persona_along(segments: App) -> None:
    segments.click("to personas")
    segments.open("segments")
    segments.at.text_input(key=name_key(segments, "S1")).set_value("Quiet Regulars").run()
    persona = segments.store.personas(segments.segmentation)["S1"]
    assert persona.persona.name == "Quiet Regulars"
    assert persona.version == 2
    assert names(segments)[0] == "Quiet Regulars"


def test_a_name_given_by_hand_is_kept_when_personas_are_drafted(segments: App) -> None:
    segments.at.text_input(key=name_key(segments, "S1")).set_value("My own name").run()
    segments.click("to personas")
    assert names(segments)[0] == "My own name"
    assert names(segments)[1] == segments.store.personas(segments.segmentation)["S2"].persona.name


def test_the_heat_map_shows_one_value_of_each_category_clustered_on_where_there_is_room(
    segments: App,
) -> None:
    profile = profile_of(segments.store, segments.store.segmentation(segments.segmentation))
    mixes = [part.categories["region"] for part in (profile.population, *profile.segments)]
    twins = [
        replace(part, categories={**part.categories, "again": mix})
        for part, mix in zip((profile.population, *profile.segments), mixes, strict=True)
    ]
    doubled = replace(
        profile, population=twins[0], segments=tuple(twins[1:]), clustered=("scripts", "region", "again")
    )
    places = {
        value: [value_above(profile, segment.id, "region", value) or 0.5 for segment in profile.segments]
        for value in ("North", "South", "West")
    }
    strongest = max(places, key=lambda value: max(abs(place - 0.5) for place in places[value]))
    assert segment_rows.values(doubled, 3) == [("region", strongest)]
    assert segment_rows.values(doubled, 0) == []
    assert segment_rows.values(replace(profile, clustered=("scripts",)), 3) == []
