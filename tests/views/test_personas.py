"""The Personas page: draft, choose, read, go back, the brief."""

from dataclasses import replace

import pytest

from engine.model import Brief, Statement
from engine.segment import profile_of
from llm.facts import facts, ordinal
from llm.priority import priorities
from tests.views import seeds
from tests.views.conftest import Start
from tests.views.drafts import approved, newest, numbers, put, trail
from tests.views.driving import App, grid
from views import drafting

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


def test_the_evidence_of_a_statement_is_one_press_away(drafted: App) -> None:
    segmentation = drafted.store.segmentation(drafted.segmentation)
    profile = profile_of(drafted.store, segmentation)
    known = {fact.id: fact for fact in facts(profile)}
    assert "Evidence: Tagline" in drafted.words
    drafted.click("evidence bullets.0")
    assert "Evidence: Point 1" in drafted.words
    cited = [known[fact_id] for fact_id in newest(drafted).bullets[0].evidence]
    assert cited
    for fact in cited:
        assert fact.text.replace("%", "") in drafted.words
        assert fact.id in drafted.words
    feature = next(fact.feature for fact in cited if fact.feature in profile.population.features)
    rank = profile.segment("S1").features[feature].rank
    assert f"{ordinal(rank)} of 3 segments" in drafted.words
    assert "from 150 accounts" in drafted.words and "All accounts: " in drafted.words


def test_every_statement_with_facts_has_a_chip_that_says_the_segments_own_figure(drafted: App) -> None:
    told = {where: item for where, item in newest(drafted).statements() if item.evidence}
    assert {key.removeprefix("evidence ") for key in drafted.keys if key.startswith("evidence ")} == set(told)
    segmentation = drafted.store.segmentation(drafted.segmentation)
    known = {fact.id: fact for fact in facts(profile_of(drafted.store, segmentation))}
    for where, statement in told.items():
        label = drafted.at.button(key=f"evidence {where}").label
        own = {known[fact].text for fact in statement.evidence if known[fact].segment == "S1"}
        assert label.endswith(("fact", "facts")) or label.split(" · ")[0] in own


def test_the_priority_is_explained_in_parts(drafted: App) -> None:
    segmentation = drafted.store.segmentation(drafted.segmentation)
    found = next(item for item in priorities(profile_of(drafted.store, segmentation)) if item.segment == "S1")
    shown = grid(drafted.at, "Factor")
    assert list(shown["Part"]) == [part.part for part in found.components]
    assert list(shown["Factor"]) == pytest.approx([part.factor for part in found.components])


def test_the_questions_are_answered_before_approval(drafted: App) -> None:
    assert "Do people in the field know these accounts?" in drafted.words
    assert "Does the most loyal segment show share and engagement?" in drafted.words


def test_other_weights_change_levels_with_their_reasons_and_keep_the_rest(drafted: App) -> None:
    store, opened = drafted.store, drafted.segmentation
    before = {segment: version.persona for segment, version in store.personas(opened).items()}
    widget = next(item.key for item in drafted.at.number_input if str(item.key).startswith("weight volume"))
    drafted.at.number_input(key=widget).set_value(0.0)
    other = {
        part: next(item for item in drafted.at.number_input if str(item.key).startswith(f"weight {part}"))
        for part in ("headroom", "access")
    }
    other["headroom"].set_value(3.0)
    assert [part for part, item in other.items() if item.disabled] == ["access"], "no column speaks of access"
    drafted.run().click("weigh again")
    after = {segment: version.persona for segment, version in store.personas(opened).items()}
    weights = {"volume": 0.0, "headroom": 3.0, "access": 1.0}
    assert dict(store.brief(opened).weights) == weights
    computed = {
        item.segment: item.level
        for item in priorities(profile_of(store, store.segmentation(opened)), weights)
    }
    assert {segment: persona.priority for segment, persona in after.items()} == computed
    for segment, persona in after.items():
        if persona.priority == before[segment].priority:
            assert persona == before[segment]
        else:
            assert persona.bullets == before[segment].bullets
            assert persona.priority_why != before[segment].priority_why
    assert any(before[segment].priority != level for segment, level in computed.items())


def test_other_weights_end_the_approval_of_a_level_that_was_kept_with_a_reason(drafted: App) -> None:
    store, opened = drafted.store, drafted.segmentation
    segmentation = store.segmentation(opened)
    profile = profile_of(store, segmentation)
    weights = {"volume": 0.0, "headroom": 3.0, "access": 3.0}
    before = drafting.levels(segmentation, profile)
    after = {item.segment: item.level for item in priorities(profile, weights)}
    moved = next(segment for segment in before if before[segment] != after[segment])
    why = store.personas(opened)[moved].persona.priority_why
    put(drafted, moved, priority_why=replace(why, asserted="The launch is in May"))
    seeds.approve(store, segmentation, [moved])
    assert approved(drafted) == {moved}
    assert moved in drafting.weigh_again(segmentation, weights)
    latest = store.personas(opened)[moved].persona
    assert (latest.priority, latest.priority_why.asserted) == (before[moved], "The launch is in May")
    assert approved(drafted) == set()
    assert trail(drafted, moved)[-1].action == "weighed the priority again"


# --- Versions -----------------------------------------------------------------------------------


def test_any_two_versions_are_compared_and_going_back_makes_a_new_one(drafted: App) -> None:
    old = newest(drafted).tagline.text
    for text in ("A calm start for everyone", "A calm end for everyone"):
        put(drafted, "S1", tagline=Statement(text, source="analyst"))
    drafted.run()
    assert ":red[~~start~~] :green-background[end]" in drafted.words
    drafted.fill("selectbox", f"from {drafted.segmentation} S1 3", 1)
    assert ":green-background[A calm end for everyone]" in drafted.words
    assert f":red[~~{old}~~]" in drafted.words
    drafted.click("back S1 1")
    versions = drafted.store.versions(drafted.segmentation, "S1")
    assert [item.version for item in versions] == [4, 3, 2, 1]
    assert versions[0].persona == versions[3].persona
    assert drafted.at.header[0].value == versions[3].persona.name
    assert trail(drafted)[-1].action == "went back to version 1"


def test_the_record_of_a_segment_is_shown_and_said_to_be_whole(drafted: App) -> None:
    drafted.store.save_setting("approver", "Grace")
    drafted.run().click("approve").open("personas", segment="S1").click("withdraw")
    shown = grid(drafted.at, "Who")
    assert list(shown["Who"])[:2] == ["Grace", "Grace"]
    assert list(shown["What"])[:3] == ["withdrawn", "approved", "drafted"]
    assert "The record is whole" in drafted.words


def test_writing_again_makes_new_versions_of_one_or_of_all(drafted: App) -> None:
    drafted.click("again one")
    assert numbers(drafted) == {"S1": 2, "S2": 1, "S3": 1}
    drafted.click("again all")
    assert numbers(drafted) == {"S1": 3, "S2": 2, "S3": 2}


def test_what_writing_again_ends_is_said_before_it_is_done(start: Start) -> None:
    app = start("approved").open("personas", segment="S1")
    assert "3 approvals end. What is there now stays among the versions." in app.words
    app.click("again all")
    assert drafting.standing(app.store.segmentation(app.segmentation)) == {}
    assert "approvals end" not in app.words


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
