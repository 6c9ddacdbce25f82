"""Approving on the Personas page: what stands in its way, is mended, kept with a reason or ends it."""

from dataclasses import replace

import pytest

from engine.model import CheckReport, Claim, Finding, Persona, Profile, Statement
from llm.check import CHECKER_VERSION, facts_hash, text_hash
from llm.edit import text_at
from tests.views import seeds
from tests.views.conftest import Start
from tests.views.drafts import WRONG, approved, newest, numbers, put, status, trail, wrong
from tests.views.driving import App
from views import drafting


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
