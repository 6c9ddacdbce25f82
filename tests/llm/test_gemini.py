"""Both adapters against a server of our own that speaks Gemini's REST form. Nothing leaves this machine."""

import builtins
import logging
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

import pytest

from engine.errors import BadKey, Declined, Malformed, ModelProblem, Quota, TimedOut, Truncated, Unreachable
from engine.model import Brief
from llm import gemini, gemini_legacy
from llm.drafts import Draft, parse
from llm.facts import facts
from llm.fake import answer
from llm.model import Request, Settings, ask
from llm.prompts import payload, request
from llm.write import draft
from tests.llm.conftest import KEY, Connect
from tests.llm.loopback import ANSWER, Loopback, serve
from tests.llm.small import LEVELS, profile

REQUEST = Request("Stay factual.", '{"facts":{}}', Draft, "gemini-large", None, 2000)

pytestmark = [
    # google-generativeai announces at import that its support has ended and that Python 3.11 will leave
    # support; the adapter silences both, but importorskip below imports the package without the adapter.
    pytest.mark.filterwarnings("ignore:\\s*All support for the:FutureWarning"),
    pytest.mark.filterwarnings("ignore:You are using a Python version:FutureWarning"),
    # google-genai warns of a finish reason that is newer than itself; one scene plays just that.
    pytest.mark.filterwarnings("ignore:A_NEW_REASON is not a valid FinishReason:UserWarning"),
]


def outcome(connect: Connect, scene: str, timeout_seconds: float = 20.0) -> tuple[ModelProblem, Loopback]:
    with serve(scene, key=KEY) as server, pytest.raises(ModelProblem) as caught:
        connect(server).complete(REQUEST, timeout_seconds)
    return caught.value, server


@pytest.mark.parametrize("scene", ["ok", "thoughts", "fenced", "in parts"])
def test_an_answer_comes_back_without_thoughts(connect: Connect, scene: str) -> None:
    with serve(scene, key=KEY) as server:
        reply = connect(server).complete(REQUEST, 20)
    assert parse(reply.text, Draft) == Draft(personas=[])
    assert "ponder" not in reply.text
    assert (reply.model, reply.prompt_tokens, reply.output_tokens) == ("gemini-large", 120, 30)


FAILURES = [
    ("truncated", Truncated),
    ("safety", Declined),
    ("recitation", Declined),
    ("personal data", Declined),
    ("blocklist", Declined),
    ("prohibited", Declined),
    ("new reason", Declined),
    ("prompt blocked", Declined),
    ("no candidates", Declined),
    ("empty", Malformed),
    ("not json", Malformed),
    ("bad key", BadKey),
    ("unauthenticated", BadKey),
    ("forbidden", BadKey),
    ("bad request", ModelProblem),
    ("no model", ModelProblem),
    ("quota", Quota),
    ("failing", Unreachable),
    ("overloaded", Unreachable),
    ("gateway", Unreachable),
    ("late", TimedOut),
    ("reset", Unreachable),
]


@pytest.mark.parametrize(("scene", "kind"), FAILURES)
def test_every_failure_has_its_class_and_says_what_to_do(
    connect: Connect, scene: str, kind: type[ModelProblem], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        problem, server = outcome(connect, scene)
    assert type(problem) is kind
    assert problem.expected.endswith(".")
    assert problem.do.endswith("Your texts are unchanged.")
    assert "\n" not in str(problem)
    assert len(str(problem)) < 300
    shown = "".join(traceback.format_exception(problem)) + repr(problem) + caplog.text
    assert KEY not in shown
    assert server.requests


def test_a_server_that_never_answers_is_a_time_out(connect: Connect) -> None:
    problem, _ = outcome(connect, "hang", timeout_seconds=0.3)
    assert type(problem) is TimedOut


def test_a_server_that_is_not_there_is_unreachable(connect: Connect) -> None:
    with serve(key=KEY) as server:
        model = connect(server)
    with pytest.raises(Unreachable):
        model.complete(REQUEST, 5)


def test_a_quota_carries_the_servers_delay(connect: Connect) -> None:
    assert outcome(connect, "quota")[0].retry_after_seconds == 17.0


def test_an_unknown_model_is_named_and_another_advised(connect: Connect) -> None:
    problem, _ = outcome(connect, "no model")
    assert "`gemini-large`" in problem.expected
    assert "another model" in problem.do


def test_an_overloaded_server_is_asked_three_times_and_no_more(connect: Connect) -> None:
    with serve("overloaded", key=KEY) as server, pytest.raises(Unreachable):
        ask(connect(server), REQUEST, Settings(), sleep=lambda _: None)
    assert len(server.requests) == 3


def test_a_server_that_recovers_gives_its_answer(connect: Connect) -> None:
    with serve("overloaded", "ok", key=KEY) as server:
        reply = ask(connect(server), REQUEST, Settings(), sleep=lambda _: None)
    assert reply.text == ANSWER
    assert len(server.requests) == 2


def test_the_request_carries_the_texts_and_the_schema_and_no_key(connect: Connect) -> None:
    with serve(key=KEY) as server:
        connect(server).complete(REQUEST, 20)
    (sent,) = server.requests
    assert sent.path.partition("?")[0].endswith("/models/gemini-large:generateContent")
    assert KEY not in sent.body + sent.path
    assert {name.lower(): value for name, value in sent.headers.items()}["x-goog-api-key"] == KEY
    assert "Stay factual." in sent.body
    for word in ('"systemInstruction"', '"responseSchema"', '"application/json"', '"required"', '"enum"'):
        assert word in sent.body
    for word in ("maxItems", "anyOf", "nullable", "additionalProperties", "$ref", "temperature"):
        assert word not in sent.body


def test_a_temperature_is_sent_where_one_is_set(connect: Connect) -> None:
    with serve(key=KEY) as server:
        connect(server).complete(Request("s", "p", Draft, "gemini-large", 0.5, 100), 20)
    assert '"temperature": 0.5' in server.requests[0].body


def test_personas_are_written_from_end_to_end(connect: Connect) -> None:
    subject, brief = profile(), Brief("pharma", "Zeltra")
    known = facts(subject)
    whole = answer(request(payload(subject, known, brief, LEVELS), Settings()))
    with serve("thoughts", key=KEY, answer=whole) as server:
        written = draft(subject, known, brief, connect(server), Settings())
    assert [persona.segment for persona in written.personas] == ["S1", "S2", "S3"]
    assert written.personas[1].bullets[0].text == "Brand share is 46% on average."
    assert (written.prompt_tokens, written.output_tokens, written.calls) == (120, 30, 1)
    assert len(server.requests) == 1
    assert KEY not in server.requests[0].body


def test_the_models_offered_are_those_that_can_write(connect: Connect) -> None:
    with serve(key=KEY) as server:
        assert connect(server).models() == ("gemini-large", "gemini-small")


@pytest.mark.parametrize(
    ("scene", "kind"), [("bad key", BadKey), ("overloaded", Unreachable), ("reset", Unreachable)]
)
def test_listing_models_fails_in_the_same_words(
    connect: Connect, scene: str, kind: type[ModelProblem]
) -> None:
    with serve(scene, key=KEY) as server, pytest.raises(kind) as caught:
        connect(server).models()
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("adapter", "package"),
    [(gemini.Gemini, "google-genai"), (gemini_legacy.Gemini, "google-generativeai")],
)
def test_a_package_that_is_missing_is_named(
    adapter: type[Any], package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = builtins.__import__

    def refuse(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("google"):
            raise ImportError(name)
        return original(name, *rest, **named)

    gemini_legacy._package.cache_clear()
    for loaded in [name for name in sys.modules if name.startswith("google.gen")]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setattr(builtins, "__import__", refuse)
    for call in (lambda model: model.complete(REQUEST, 1), lambda model: model.models()):
        with pytest.raises(ModelProblem, match=f"The package {package} is not installed") as caught:
            call(adapter(KEY))
        assert "pip install" in caught.value.do


def test_two_sessions_keep_their_own_keys(connect: Connect) -> None:
    with serve(key=KEY) as server:
        connect(server).complete(REQUEST, 20)
        other = type(connect(server))("another-key", server.address)
        other.complete(REQUEST, 20)
        connect(server).complete(REQUEST, 20)
    sent = [{k.lower(): v for k, v in r.headers.items()}["x-goog-api-key"] for r in server.requests]
    assert sent == [KEY, "another-key", KEY]


def test_the_environment_changes_neither_the_key_nor_the_service(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "a-key-of-the-environment")
    monkeypatch.setenv("GOOGLE_GENAI_USE_VERTEXAI", "true")
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "somebody-elses")
    with serve(key=KEY) as server:
        connect(server).complete(REQUEST, 20)
    (sent,) = server.requests
    assert "somebody-elses" not in sent.path
    assert "publishers" not in sent.path
    assert {name.lower(): value for name, value in sent.headers.items()}["x-goog-api-key"] == KEY


def test_the_legacy_package_comes_in_without_a_warning() -> None:
    pytest.importorskip("google.generativeai")
    program = (
        "import warnings\nwarnings.simplefilter('error', FutureWarning)\n"
        "from llm.gemini_legacy import _package\n_package()"
    )
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
