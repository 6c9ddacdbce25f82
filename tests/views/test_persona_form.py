"""Editing a persona on the Personas page: typed, kept, checked, saved, and two people at once."""

from engine.model import Statement
from tests.views.drafts import WRONG, approved, form_key, newest, numbers, put, status, trail
from tests.views.driving import App


def test_an_edit_is_kept_as_it_is_typed_and_survives_a_new_session(drafted: App) -> None:
    drafted.click("edit").fill("text_area", form_key(drafted, "tagline"), "A calm start for everyone")
    assert drafted.store.draft(drafted.segmentation, "S1").persona.tagline.text == "A calm start for everyone"
    assert numbers(drafted)["S1"] == 1
    drafted.open("personas", segment="S1")
    assert drafted.at.text_area(key=form_key(drafted, "tagline")).value == "A calm start for everyone"
    assert not drafted.at.button(key="save persona").disabled


def test_saving_makes_version_two_by_the_analyst_and_closes_the_form(drafted: App) -> None:
    drafted.click("edit")
    assert drafted.at.button(key="save persona").disabled
    drafted.fill("text_area", form_key(drafted, "tagline"), "A calm start for everyone").click("save persona")
    first, second = reversed(drafted.store.versions(drafted.segmentation, "S1"))
    assert (second.version, second.source) == (2, "analyst")
    assert second.persona.tagline == Statement("A calm start for everyone", source="analyst")
    assert second.persona.bullets == first.persona.bullets
    assert "save persona" not in drafted.keys
    assert drafted.store.draft(drafted.segmentation, "S1") is None
    assert "A calm start for everyone" in drafted.words
    assert "analyst" in status(drafted, "S1")


def test_discarding_forgets_what_was_typed(drafted: App) -> None:
    before = newest(drafted).tagline.text
    drafted.click("edit").fill("text_area", form_key(drafted, "tagline"), "Nonsense").click("discard persona")
    assert drafted.store.draft(drafted.segmentation, "S1") is None
    assert numbers(drafted)["S1"] == 1
    drafted.open("personas", segment="S1").click("edit")
    assert drafted.at.text_area(key=form_key(drafted, "tagline")).value == before


def test_a_wrong_number_is_found_while_it_is_typed_and_cannot_be_approved_once_saved(drafted: App) -> None:
    lines = [WRONG, *(item.text for item in newest(drafted).bullets[1:])]
    drafted.click("edit").fill("text_area", form_key(drafted, "bullets"), "\n".join(lines))
    assert ":red-background[99%]" in drafted.words.replace("\\", "")
    drafted.click("save persona")
    assert ":red[To mend:] Point 1." in drafted.words
    assert drafted.at.button(key="approve").disabled
    assert approved(drafted) == set()


def test_a_plan_step_edited_in_the_grid_is_saved(drafted: App) -> None:
    drafted.click("edit").edit(form_key(drafted, "plan"), 0, "Channel", "Telephone").click("save persona")
    assert newest(drafted).plan[0].channel == "Telephone"
    assert newest(drafted).plan[1:] == drafted.store.versions(drafted.segmentation, "S1")[1].persona.plan[1:]


def test_an_unchanged_text_keeps_its_references_and_a_changed_one_those_of_its_words(drafted: App) -> None:
    before = newest(drafted).bullets
    lines = [before[0].text.replace(" ", "  ", 1), *(item.text for item in before[1:])]
    lines[1] = f"Note: {lines[1]}"
    drafted.click("edit").fill("text_area", form_key(drafted, "bullets"), "\n".join(lines)).click(
        "save persona"
    )
    after = newest(drafted).bullets
    assert after[0] == before[0]
    assert (after[1].evidence, after[1].source) == (before[1].evidence, "analyst")


def test_another_priority_needs_a_reason_and_the_record_keeps_it(drafted: App) -> None:
    computed = newest(drafted).priority
    other = "Low" if computed != "Low" else "High"
    drafted.click("edit").fill("segmented_control", form_key(drafted, "priority"), other)
    assert drafted.at.button(key="save persona").disabled
    drafted.fill("text_input", form_key(drafted, "reason"), "The launch is in May").click("save persona")
    assert (newest(drafted).priority, newest(drafted).priority_why.asserted) == (
        other,
        "The launch is in May",
    )
    last = trail(drafted)[-1]
    assert (last.old, last.new, last.reason) == (computed, other, "The launch is in May")
    assert not drafted.at.button(key="approve").disabled


def test_a_step_added_in_the_grid_is_added_once_however_often_the_page_runs(drafted: App) -> None:
    steps = len(newest(drafted).plan)
    drafted.click("edit")
    drafted.at.session_state[form_key(drafted, "plan")] = {
        "edited_rows": {}, "added_rows": [{"Channel": "Telephone"}], "deleted_rows": [],
    }  # fmt: skip
    drafted.run().run().run().click("save persona")
    assert [step.channel for step in newest(drafted).plan[steps:]] == ["Telephone"]


def test_a_save_over_a_version_someone_else_saved_shows_both_texts_and_loses_neither(drafted: App) -> None:
    drafted.click("edit").fill("text_area", form_key(drafted, "tagline"), "Mine alone")
    put(drafted, "S1", unique=Statement("Theirs is another one.", source="analyst"))
    drafted.click("save persona")
    assert numbers(drafted)["S1"] == 2
    (sentence,) = [item.value for item in drafted.at.warning]
    assert "Version 2 was saved in the meantime by Ada." in sentence
    assert "Mine alone" in drafted.words and "Theirs is another one." in drafted.words
    drafted.click("save mine")
    third, second, _ = drafted.store.versions(drafted.segmentation, "S1")
    assert third.persona.tagline.text == "Mine alone"
    assert second.persona.unique.text == "Theirs is another one."
    assert "save mine" not in drafted.keys


def test_a_text_left_in_progress_does_not_pass_over_a_version_saved_since(drafted: App) -> None:
    drafted.click("edit").fill("text_area", form_key(drafted, "tagline"), "Mine alone")
    put(drafted, "S1", unique=Statement("Theirs is another one.", source="analyst"))
    drafted.open("personas", segment="S1")
    assert "save persona" not in drafted.keys and "save mine" in drafted.keys
    drafted.click("discard persona")
    assert newest(drafted).unique.text == "Theirs is another one."
    assert drafted.store.draft(drafted.segmentation, "S1") is None


def test_an_old_tab_in_which_nothing_is_typed_keeps_nothing(drafted: App) -> None:
    drafted.click("edit")
    old_tab = drafted.at
    drafted.open("personas", segment="S1").click("edit")
    drafted.fill("text_area", form_key(drafted, "tagline"), "From the new tab")
    drafted.at = old_tab
    drafted.run()
    assert drafted.store.draft(drafted.segmentation, "S1").persona.tagline.text == "From the new tab"
