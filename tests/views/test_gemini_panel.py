"""The Gemini panel: no key, a good answer, every way to fail; the key stays in the session."""

import logging
import re
import threading
from collections.abc import Callable
from functools import partial

import pytest

from engine.errors import (
    BadKey,
    Declined,
    Malformed,
    ModelProblem,
    Quota,
    TimedOut,
    Truncated,
    Unreachable,
)
from engine.segment import profile_of
from llm import prompts
from llm.facts import facts
from llm.fake import Fake, answer
from llm.model import Request, Settings
from llm.write import draft
from tests.views.conftest import Start
from tests.views.driving import JOB_SECONDS, App
from views import drafting, gemini_panel, resources

KEY = "AIza-only-for-this-session-4711"

Connect = Callable[[Fake], None]


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Connect:
    """`connect(fake)` makes this the model behind every key, and retries come without a pause."""
    monkeypatch.setattr(drafting, "draft", partial(draft, sleep=lambda _: None))

    def use(model: Fake) -> None:
        for module in (drafting, gemini_panel):
            monkeypatch.setattr(module, "connect", lambda settings, key: model)

    return use


@pytest.fixture
def drafted(start: Start) -> App:
    return start("drafted").open("personas", segment="S1")


def versions(app: App) -> dict[str, tuple[int, str]]:
    return {
        segment: (item.version, item.source) for segment, item in app.store.personas(app.segmentation).items()
    }


def ask(app: App) -> App:
    """Type the key, press the button, and wait for the worker."""
    app.at.text_input(key="gemini key").set_value(KEY)
    app.run()
    if "show payload" in app.keys:
        app.click("show payload")
    return app.click("gemini draft").wait(f"gemini {app.segmentation}")


OFFLINE = dict.fromkeys(("S1", "S2", "S3"), (1, "offline"))


def test_nothing_can_be_sent_before_it_was_shown(drafted: App) -> None:
    assert "gemini draft" not in drafted.keys
    assert list(drafted.at.json) == []
    assert "Expected: 1 call, about" in drafted.words
    drafted.click("show payload")
    assert "gemini draft" in drafted.keys and len(drafted.at.json) == 1


def test_without_a_key_the_panel_says_what_to_do_and_changes_nothing(drafted: App) -> None:
    drafted.click("show payload").click("gemini draft")
    (sentence,) = drafted.errors
    assert sentence.startswith("No key for Gemini was found.")
    assert sentence.endswith("Your texts are unchanged.")
    assert versions(drafted) == OFFLINE


def test_what_is_sent_is_shown_and_holds_no_account(drafted: App) -> None:
    drafted.click("show payload")
    sent = "".join(item.value for item in drafted.at.json) + "".join(item.value for item in drafted.at.code)
    assert "Scripts" in sent and "Brand share" in sent
    assert "A0001" not in sent and "account_id" not in sent


def test_names_can_be_left_out_of_what_is_sent(drafted: App) -> None:
    drafted.click("show payload").fill("toggle", "hide names", True)
    sent = "".join(item.value for item in drafted.at.json)
    assert "feature_1" in sent
    assert "Brand share" not in sent and "North" not in sent


def test_a_good_answer_becomes_new_versions_by_gemini_that_nobody_approved(
    drafted: App, connect: Connect
) -> None:
    model = Fake()
    connect(model)
    ask(drafted)
    assert versions(drafted) == dict.fromkeys(("S1", "S2", "S3"), (2, "gemini"))
    assert "Gemini" in drafted.at.radio[0].proto.captions[0]
    assert drafted.at.header[0].value == "Trial A"
    assert drafted.title == "3 personas, 0 approved"
    assert len(model.requests) == 1
    assert drafted.errors == []


def test_a_draft_that_ends_while_the_page_is_drawn_is_shown_at_once(
    drafted: App, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    page_has_begun = threading.Event()
    subject, show = f"gemini {drafted.segmentation}", gemini_panel._payload

    class Slow(Fake):
        def answer(self, request: Request) -> str:
            assert page_has_begun.wait(JOB_SECONDS)
            return super().answer(request)

    def end_meanwhile(content: prompts.Payload, calls: int) -> None:
        show(content, calls)
        if resources.jobs().find(subject):
            page_has_begun.set()
            drafted.until_ended(subject)

    connect(Slow())
    monkeypatch.setattr(gemini_panel, "_payload", end_meanwhile)
    drafted.at.text_input(key="gemini key").set_value(KEY)
    drafted.run().click("show payload").click("gemini draft")
    assert "Gemini" in drafted.at.radio[0].proto.captions[0]
    assert "gemini draft" in drafted.keys


def test_what_a_draft_cost_is_said_afterwards_and_what_was_written_by_rule(
    drafted: App, connect: Connect
) -> None:
    replies = [
        reply.replace("This segment is S2.", "It is 99% and growing.") for reply in [answer_of(drafted)]
    ]
    connect(Fake(replies * 3))
    ask(drafted)
    (told,) = [item.value for item in drafted.at.info]
    assert re.search(r"\d+ calls?, [\d,]+ tokens in, [\d,]+ out, .*repair", told)
    outcome = drafting.outcome_of(drafted.store.segmentation(drafted.segmentation))
    assert outcome is not None
    assert (outcome.prompt_tokens > 0, "S2" in outcome.replaced or "S2" in outcome.unwritten) == (True, True)
    assert "S2" in told
    sources = {
        item.source for _, item in drafted.store.personas(drafted.segmentation)["S2"].persona.statements()
    }
    assert "offline" in sources
    trail = drafted.store.trail(f"{drafted.segmentation}/S1")
    assert (trail[-1].action, trail[-1].who) == ("drafted", f"Gemini, {Settings().model}")


def answer_of(app: App) -> str:
    """The fake's own answer to the first call, as JSON."""
    segmentation = app.store.segmentation(app.segmentation)
    profile = profile_of(app.store, segmentation)
    content = prompts.payload(
        profile, facts(profile), app.store.brief(segmentation.id), drafting.levels(segmentation, profile)
    )
    return answer(prompts.request(content, Settings()))


def test_the_same_question_is_not_paid_for_twice(drafted: App, connect: Connect) -> None:
    model = Fake()
    connect(model)
    # The first draft names the segments, and names are part of the question: the second asks another one.
    ask(ask(drafted))
    asked = len(model.requests)
    ask(drafted)
    assert len(model.requests) == asked
    assert versions(drafted)["S1"] == (4, "gemini")


def test_another_tabs_brief_is_not_overwritten_by_an_old_one(drafted: App) -> None:
    old_tab = drafted.at
    key = drafted.segmentation
    drafted.open("personas", segment="S1").fill("text_input", f"brand {key}", "Zeltra")
    drafted.at = old_tab
    drafted.run().fill("text_input", f"tone {key}", "Calm")
    brief = drafted.store.brief(key)
    assert (brief.brand, brief.tone) == ("Zeltra", "Calm")


def test_an_approved_persona_that_gemini_writes_anew_is_not_approved(start: Start, connect: Connect) -> None:
    app = start("approved").open("personas", segment="S1")
    connect(Fake())
    assert "With a new draft 3 approvals end." in app.words
    ask(app)
    assert drafting.standing(app.store.segmentation(app.segmentation)) == {}
    assert app.title == "3 personas, 0 approved"


def test_gemini_can_write_the_first_draft(start: Start, connect: Connect) -> None:
    app = start("segmented").open("personas")
    connect(Fake())
    ask(app)
    assert versions(app) == dict.fromkeys(("S1", "S2", "S3"), (1, "gemini"))
    assert app.title == "3 personas, 0 approved"


@pytest.mark.parametrize("kind", [BadKey, Quota, TimedOut, Unreachable, Declined, Truncated, Malformed])
def test_a_model_that_fails_says_why_and_leaves_the_texts_alone(
    drafted: App, connect: Connect, kind: type[ModelProblem]
) -> None:
    connect(Fake([kind("The service said no.", do="Try again. Your texts are unchanged.")] * 40))
    before = drafted.store.personas(drafted.segmentation)
    ask(drafted)
    (sentence,) = drafted.errors
    assert sentence == "The service said no. Try again. Your texts are unchanged."
    assert drafted.store.personas(drafted.segmentation) == before
    assert drafted.run().errors == []


def test_an_answer_out_of_form_is_a_sentence_and_no_version(drafted: App, connect: Connect) -> None:
    connect(Fake(["I cannot."] * 3))
    ask(drafted)
    assert "not in the agreed form" in drafted.errors[0]
    assert versions(drafted) == OFFLINE


def test_an_unforeseen_failure_of_the_model_is_a_sentence(drafted: App, connect: Connect) -> None:
    connect(Fake([RuntimeError("inner detail")]))
    ask(drafted)
    assert "Nothing was changed" in drafted.errors[0]
    assert "inner detail" not in drafted.words
    assert versions(drafted) == OFFLINE


def test_the_models_a_key_offers_can_be_asked_for_and_chosen(drafted: App, connect: Connect) -> None:
    model = Fake()
    connect(model)
    drafted.at.text_input(key="gemini key").set_value(KEY)
    drafted.run().click("ask models")
    assert "fake" in drafted.at.success[0].value
    drafted.run().fill("selectbox", "gemini model", "fake")
    ask(drafted)
    assert model.requests[0].model == "fake"
    assert drafted.store.personas(drafted.segmentation)["S1"].author == "Gemini, fake"


@pytest.mark.parametrize("reply", ["good", "bad"])
def test_the_key_is_neither_in_the_workspace_nor_in_the_log_nor_on_the_page(
    drafted: App, connect: Connect, caplog: pytest.LogCaptureFixture, reply: str
) -> None:
    caplog.set_level(logging.DEBUG)
    connect(Fake() if reply == "good" else Fake([RuntimeError("failed")]))
    ask(drafted)
    assert KEY not in drafted.words.replace(drafted.at.text_input(key="gemini key").proto.default, "")
    resources.close()
    written = b"".join(path.read_bytes() for path in drafted.path.parent.glob(f"{drafted.path.name}*"))
    assert b"offline writer" in written
    assert KEY.encode() not in written
    assert KEY not in caplog.text
