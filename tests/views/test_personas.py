"""The Personas page: draft, choose, read, edit, check, approve, go back."""

from dataclasses import replace

import pytest

from engine.model import Brief, CheckReport, Claim, Finding, Persona, Profile, Statement, TrailEntry
from engine.segment import profile_of
from llm.check import CHECKER_VERSION, facts_hash, text_hash
from llm.edit import text_at
from llm.facts import facts, ordinal
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
    for part in ("headroom", "access"):
        other = next(item for item in drafted.at.number_input if str(item.key).startswith(f"weight {part}"))
        other.set_value(3.0)
    drafted.run().click("weigh again")
    after = {segment: version.persona for segment, version in store.personas(opened).items()}
    weights = {"volume": 0.0, "headroom": 3.0, "access": 3.0}
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
    assert drafted.title == "Playbook: Value segments"


def test_the_first_approval_moves_on_to_the_next_segment(drafted: App) -> None:
    drafted.click("approve")
    assert approved(drafted) == {"S1"}
    assert drafted.title == "3 personas, 1 approved"
    assert drafted.at.header[0].value == newest(drafted, "S2").name
    assert status(drafted, "S1").endswith(":green[approved]")


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


def wrong(app: App, **fields: object) -> Persona:
    """Store a version whose first point is false; returns it."""
    put(app, "S1", bullets=(Statement(WRONG, source="analyst"), *newest(app).bullets[1:]), **fields)
    return newest(app)


def test_a_wrong_number_is_a_finding_and_turns_approve_off(drafted: App) -> None:
    wrong(drafted)
    drafted.run()
    assert ":red[To mend:] Point 1." in drafted.words
    assert ":red-background[99%]" in drafted.words.replace("\\", "")
    assert drafted.at.button(key="approve").disabled
    assert "to mend" in status(drafted, "S1")
    assert "draft" in status(drafted, "S2")


def findings(app: App, fix: bool) -> list[str]:
    """The keys of the buttons that take a fix, or that keep a statement."""
    return [key for key in app.keys if key.startswith("fix " if fix else "kept ")]


@pytest.fixture
def one_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checker that knows one thing: 99% is 46%. It says so until it is mended or kept with a reason."""

    def check(
        persona: Persona, profile: Profile, facts: object, others: object = None, weights: object = None
    ) -> CheckReport:
        found = [
            Finding(where, "number", "warn" if item.asserted else "block",
                    (item.text.index("99%"), item.text.index("99%") + 3), "Expected 46%.", None, "46%", "46%")
            for where, item in persona.statements() if "99%" in item.text
        ]  # fmt: skip
        return CheckReport(
            persona.segment, tuple(found), facts_hash(profile), text_hash(persona), CHECKER_VERSION
        )

    monkeypatch.setattr(drafting, "check", check)


@pytest.mark.usefixtures("one_finding")
def test_a_fix_is_taken_by_one_press_and_checked_again(drafted: App) -> None:
    wrong(drafted)
    drafted.run()
    (key,) = findings(drafted, fix=True)
    assert drafted.at.button(key=key).label == "Change to “46%”"
    drafted.click(key)
    assert newest(drafted).bullets[0] == Statement(WRONG.replace("99%", "46%"), source="analyst")
    assert numbers(drafted)["S1"] == 3
    assert not drafted.at.button(key="approve").disabled
    assert [item.action for item in trail(drafted)][-1] == "took a fix"


def trail(app: App, segment: str = "S1") -> tuple[TrailEntry, ...]:
    return app.store.trail(f"{app.segmentation}/{segment}")


@pytest.mark.usefixtures("one_finding")
def test_a_statement_is_kept_with_a_reason_a_mark_and_an_entry_and_never_without(drafted: App) -> None:
    wrong(drafted)
    drafted.run()
    (key,) = findings(drafted, fix=False)
    drafted.click(key)
    assert "A reason is needed" in drafted.errors[0]
    assert numbers(drafted)["S1"] == 2
    drafted.fill("text_area", key.replace("kept", "reason"), "  ").click(key)
    assert numbers(drafted)["S1"] == 2
    drafted.fill("text_area", key.replace("kept", "reason"), "Restated in 2026").click(key)
    assert newest(drafted).bullets[0].asserted == "Restated in 2026"
    assert "analyst-asserted" in drafted.words and "Restated in 2026" in drafted.words
    assert not drafted.at.button(key="approve").disabled
    entry = trail(drafted)[-1]
    assert (entry.action, entry.record.rsplit("/")[-1], entry.reason) == (
        "overrode", "bullets.0", "Restated in 2026"
    )  # fmt: skip
    drafted.click("approve")
    assert approved(drafted) == {"S1"}


def test_one_reason_answers_every_finding_on_a_line_and_says_so(
    drafted: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two findings on the name and two on words of the plan: each line is kept once, and shows its mark."""
    lines = ("name", "plan.0.trigger")

    def check(persona: Persona, profile: Profile, *_: object) -> CheckReport:
        found = []
        for where in lines:
            kept = persona.reason_for(where, text_at(persona, where) or "")
            severity = "warn" if kept else "block"
            found += [
                Finding(where, "name", severity, (0, 1), f"{n} of {where}.") for n in ("First", "Second")
            ]
        return CheckReport(
            persona.segment, tuple(found), facts_hash(profile), text_hash(persona), CHECKER_VERSION
        )

    monkeypatch.setattr(drafting, "check", check)
    drafted.run()
    assert len(findings(drafted, fix=False)) == 2
    assert "Keep the whole line, with its 2 findings" in drafted.words
    for reason in ("Their own word", "Agreed in May"):
        key = findings(drafted, fix=False)[0]
        drafted.fill("text_area", key.replace("kept", "reason"), reason).click(key)
    assert [item.reason for item in newest(drafted).kept] == ["Their own word", "Agreed in May"]
    assert "Name kept by the analyst: Their own word" in drafted.words
    assert "analyst-asserted: Agreed in May" in drafted.words
    assert not drafted.at.button(key="approve").disabled
    assert [item.record.rsplit("/")[-1] for item in trail(drafted) if item.action == "overrode"] == list(
        lines
    )


@pytest.mark.usefixtures("one_finding")
def test_a_claim_that_is_refused_can_be_taken_out(drafted: App, monkeypatch: pytest.MonkeyPatch) -> None:
    put(drafted, "S1", claims=(Claim("c1", "level", "S1"),))
    plain = drafting.check

    def check(persona: Persona, *given: object) -> CheckReport:
        report = plain(persona, *given)
        found = tuple(
            Finding(f"claims.{place}", "claim", "block", (0, 0), "No such fact.")
            for place in range(len(persona.claims))
        )
        return replace(report, findings=found)

    monkeypatch.setattr(drafting, "check", check)
    drafted.run()
    assert "Claim behind the name 1" in drafted.words
    drafted.click(next(key for key in drafted.keys if key.startswith("claim ")))
    assert newest(drafted).claims == ()


def test_an_approval_says_what_changed_since(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    app = start("approved")
    monkeypatch.setattr(drafting, "CHECKER_VERSION", "next")
    app.open("personas", segment="S1")
    sentence = app.at.warning[0].value
    assert "Approved by Ada on 20" in sentence
    assert "the checker went from" in sentence and "to next" in sentence
    assert "Checked again now: nothing stands against it." in sentence
    assert app.at.button(key="approve").label == "Approve again"


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
