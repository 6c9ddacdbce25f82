"""The Personas page: draft, choose, read, edit, check, approve, go back."""

from dataclasses import replace

import pytest

from engine.model import Brief, Persona, Statement
from engine.segment import profile_of
from llm.facts import facts
from llm.priority import priorities
from tests.views import seeds
from tests.views.conftest import Start
from tests.views.driving import App, grid
from views import drafting

WRONG = "Brand share averages 99%, the lowest of any segment."


@pytest.fixture
def drafted(start: Start) -> App:
    return start("drafted").open("personas", segment="S1")


def newest(app: App, segment: str = "S1") -> Persona:
    return app.store.personas(app.segmentation)[segment].persona


def numbers(app: App) -> dict[str, int]:
    """The newest version's number by segment."""
    return {segment: version.version for segment, version in app.store.personas(app.segmentation).items()}


def approved(app: App) -> set[str]:
    return set(drafting.standing(app.store.segmentation(app.segmentation)))


def status(app: App, segment: str) -> str:
    """The caption under a segment in the list."""
    place = [option.split()[0] for option in app.at.radio[0].options].index(segment)
    return str(app.at.radio[0].proto.captions[place])


def form_key(app: App, field: str, segment: str = "S1") -> str:
    return f"edit {app.segmentation} {segment} {field}"


def put(app: App, segment: str, **fields: object) -> None:
    """Store a next version with these fields, as an analyst would."""
    changed = replace(newest(app, segment), **fields)
    app.store.save_personas(app.segmentation, [changed], source="analyst", author="Ada")


# --- Empty and new ------------------------------------------------------------------------------


@pytest.mark.parametrize(("stage", "leads_to"), [("empty", "From a table"), ("table", "How many segments")])
def test_without_segments_the_page_leads_to_what_brings_them(start: Start, stage: str, leads_to: str) -> None:
    app = start(stage).open("personas")
    assert "No segments are open." in app.words
    assert app.click("empty").title.startswith(leads_to)


def test_segments_without_personas_are_drafted_by_one_button(start: Start) -> None:
    app = start("segmented").open("personas")
    assert app.title == "3 segments are waiting for a persona"
    assert "approve" not in app.keys
    app.click("draft all")
    assert app.title == "3 personas, 0 approved"
    assert numbers(app) == {"S1": 1, "S2": 1, "S3": 1}
    assert "approve" in app.keys


# --- Reading ------------------------------------------------------------------------------------


def test_the_whole_persona_is_on_the_page(drafted: App) -> None:
    persona = newest(drafted)
    assert drafted.at.header[0].value == persona.name
    assert f"**{persona.priority} priority.**" in drafted.words
    assert "Interpretation, not measured" in drafted.words
    assert all(step.channel in drafted.words for step in persona.plan)
    assert drafted.errors == []


def test_choosing_a_segment_shows_its_persona_and_goes_into_the_address(drafted: App) -> None:
    drafted.at.radio[0].set_value("S3")
    drafted.run()
    assert drafted.at.header[0].value == newest(drafted, "S3").name
    assert drafted.at.query_params["segment"] == "S3"
    drafted.run()
    assert drafted.at.header[0].value == newest(drafted, "S3").name


def test_the_evidence_of_a_statement_is_its_facts(drafted: App) -> None:
    segmentation = drafted.store.segmentation(drafted.segmentation)
    known = {fact.id: fact for fact in facts(profile_of(drafted.store, segmentation))}
    evidence = drafted.at.selectbox(key=f"evidence {drafted.segmentation} S1")
    drafted.fill("selectbox", evidence.key, "Point 1")
    cited = newest(drafted).bullets[0].evidence
    assert cited
    for fact_id in cited:
        number = known[fact_id].text.replace("%", "")
        assert f"**{number}" in drafted.words


def test_the_priority_is_explained_in_parts(drafted: App) -> None:
    segmentation = drafted.store.segmentation(drafted.segmentation)
    found = next(item for item in priorities(profile_of(drafted.store, segmentation)) if item.segment == "S1")
    shown = grid(drafted.at, "Factor")
    assert list(shown["Part"]) == [part.part for part in found.components]
    assert list(shown["Factor"]) == pytest.approx([part.factor for part in found.components])


# --- Approving ----------------------------------------------------------------------------------


def test_approving_advances_until_all_are_and_then_offers_the_playbook(drafted: App) -> None:
    drafted.store.save_setting("approver", "Grace")
    for done in range(1, 4):
        drafted.run().click("approve")
        assert len(approved(drafted)) == done
    assert drafted.title == "All 3 personas are approved"
    assert "approve" not in drafted.keys
    assert {item.approved_by for item in drafted.store.last_approvals(drafted.segmentation).values()} == {
        "Grace"
    }
    drafted.click("to playbook")
    assert drafted.title == "Value segments"


def test_the_first_approval_moves_on_to_the_next_segment(drafted: App) -> None:
    drafted.click("approve")
    assert approved(drafted) == {"S1"}
    assert drafted.title == "3 personas, 1 approved"
    assert drafted.at.header[0].value == newest(drafted, "S2").name
    assert status(drafted, "S1").endswith("approved")


def test_the_name_given_under_approving_as_stands_on_the_approval(drafted: App) -> None:
    drafted.at.text_input[0].set_value("  Mary Ann ")
    drafted.run().click("approve")
    (approval,) = drafted.store.last_approvals(drafted.segmentation).values()
    assert approval.approved_by == "Mary Ann"


def test_an_approval_can_be_withdrawn(start: Start) -> None:
    app = start("approved").open("personas", segment="S2").click("withdraw")
    assert approved(app) == {"S1", "S3"}
    assert app.title == "3 personas, 2 approved"
    assert "approve" in app.keys and "to playbook" not in app.keys


def test_a_wrong_number_is_a_finding_and_turns_approve_off(drafted: App) -> None:
    put(drafted, "S1", bullets=(Statement(WRONG, source="analyst"), *newest(drafted).bullets[1:]))
    drafted.run()
    assert "99%" in drafted.errors[0]
    assert ":red-background[99%]" in drafted.words.replace("\\", "")
    assert drafted.at.button(key="approve").disabled
    assert "1 to mend" in status(drafted, "S1")
    assert "draft" in status(drafted, "S2")


def test_a_changed_text_is_no_longer_approved_and_says_so(start: Start) -> None:
    app = start("approved")
    put(app, "S1", interpretation=Statement("They may prefer a calm tone.", source="analyst"))
    app.open("personas", segment="S1")
    assert approved(app) == {"S2", "S3"}
    assert "changed since" in status(app, "S1")
    assert "approve" in app.keys


def test_renaming_a_segment_leaves_the_approved_texts_alone(start: Start) -> None:
    app = start("approved")
    segmentation = app.store.segmentation(app.segmentation)
    seeds.renamed(app.store, segmentation, "Other")
    app.open("personas")
    assert len(approved(app)) == 3


# --- Editing ------------------------------------------------------------------------------------


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
    assert "99%" in drafted.errors[0]
    drafted.click("save persona")
    assert "99%" in drafted.errors[0]
    assert drafted.at.button(key="approve").disabled
    assert approved(drafted) == set()


def test_a_plan_step_edited_in_the_grid_is_saved(drafted: App) -> None:
    drafted.click("edit").edit(form_key(drafted, "plan"), 0, "Channel", "Telephone").click("save persona")
    assert newest(drafted).plan[0].channel == "Telephone"
    assert newest(drafted).plan[1:] == drafted.store.versions(drafted.segmentation, "S1")[1].persona.plan[1:]


def test_a_save_over_a_version_someone_else_saved_is_refused_and_keeps_both_texts(drafted: App) -> None:
    drafted.click("edit").fill("text_area", form_key(drafted, "tagline"), "Mine")
    put(drafted, "S1", unique=Statement("Theirs is another one.", source="analyst"))
    drafted.click("save persona")
    versions = drafted.store.versions(drafted.segmentation, "S1")
    assert versions[0].persona.unique.text == "Theirs is another one."
    assert "Mine" in drafted.words


# --- Versions -----------------------------------------------------------------------------------


def test_versions_show_what_went_and_what_came_and_going_back_makes_a_new_one(drafted: App) -> None:
    old = newest(drafted).tagline.text
    put(drafted, "S1", tagline=Statement("A calm start for everyone", source="analyst"))
    drafted.run()
    assert ":green[in] A calm start for everyone" in drafted.words
    assert f":red[out] {old}" in drafted.words
    drafted.click("back S1 1")
    versions = drafted.store.versions(drafted.segmentation, "S1")
    assert [item.version for item in versions] == [3, 2, 1]
    assert versions[0].persona == versions[2].persona
    assert drafted.at.header[0].value == versions[2].persona.name


def test_writing_again_makes_new_versions_of_one_or_of_all(drafted: App) -> None:
    drafted.click("again one")
    assert numbers(drafted) == {"S1": 2, "S2": 1, "S3": 1}
    drafted.click("again all")
    assert numbers(drafted) == {"S1": 3, "S2": 2, "S3": 2}


# --- The brief ----------------------------------------------------------------------------------


def test_a_changed_brief_is_kept_and_the_texts_change_only_on_request(drafted: App) -> None:
    key = drafted.segmentation
    before = newest(drafted)
    drafted.at.text_input(key=f"brand {key}").set_value("Zeltra")
    drafted.fill("selectbox", f"pack {key}", "retail")
    assert drafted.store.brief(key) == Brief(pack="retail", brand="Zeltra")
    assert newest(drafted) == before
    drafted.click("write with brief")
    assert numbers(drafted) == {"S1": 2, "S2": 2, "S3": 2}
    assert "prescribers" not in newest(drafted).bullets[0].text
    drafted.open("personas", segment="S1")
    assert drafted.at.text_input(key=f"brand {key}").value == "Zeltra"
