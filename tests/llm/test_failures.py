"""A draft through both packages when the service fails: one sentence, no key anywhere, nothing half done."""

import json
import logging
import traceback
from typing import Any

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
from engine.model import Brief, Profile
from llm.cache import Memory
from llm.facts import facts
from llm.fake import answer
from llm.model import Request, Settings
from llm.prompts import SHAPES
from llm.write import Written, draft
from tests.llm.conftest import KEY, Connect
from tests.llm.loopback import Loopback, prompt_of, serve
from tests.llm.profiles import prescribers
from tests.llm.small import profile

pytestmark = [
    # google-generativeai announces at import that its support has ended and that Python 3.11 will leave
    # support; the adapter silences both, but importorskip below imports the package without the adapter.
    pytest.mark.filterwarnings("ignore:\\s*All support for the:FutureWarning"),
    pytest.mark.filterwarnings("ignore:You are using a Python version:FutureWarning"),
    # google-genai warns of a finish reason that is newer than itself; one scene plays just that.
    pytest.mark.filterwarnings("ignore:A_NEW_REASON is not a valid FinishReason:UserWarning"),
]

THREE, FOUR = profile(), prescribers()


def honest(prompt: str) -> str:
    """What a model that keeps to the data would answer."""
    return answer(Request("", prompt, SHAPES[json.loads(prompt)["task"]], "gemini-large", None, 1))


class Attempt:
    """One draft, and everything that could be seen of it from outside."""

    def __init__(self, connect: Connect, server: Loopback, subject: Profile = THREE, **settings: Any) -> None:
        self.naps: list[float] = []
        self.told: list[str] = []
        self.kept = Memory()
        self.written: Written | None = None
        self.problem: ModelProblem | None = None
        try:
            self.written = draft(
                subject, facts(subject), Brief("pharma"), connect(server), Settings(**settings),
                lambda sentence, _: self.told.append(sentence), self.naps.append, cache=self.kept,
            )  # fmt: skip
        except ModelProblem as problem:
            self.problem = problem

    def seen(self) -> str:
        shown = [*self.told, *self.kept.kept, *self.kept.kept.values(), repr(self.written)]
        if self.problem:
            shown += [repr(self.problem), *traceback.format_exception(self.problem)]
        return "\n".join(shown)


STOPS = [
    ("truncated", Truncated, 3),
    ("safety", Declined, 1),
    ("recitation", Declined, 1),
    ("personal data", Declined, 1),
    ("blocklist", Declined, 1),
    ("prohibited", Declined, 1),
    ("new reason", Declined, 1),
    ("prompt blocked", Declined, 1),
    ("no candidates", Declined, 1),
    ("empty", Malformed, 3),
    ("broken json", Malformed, 3),
    ("bad key", BadKey, 1),
    ("unauthenticated", BadKey, 1),
    ("forbidden", BadKey, 1),
    ("bad request", ModelProblem, 1),
    ("no model", ModelProblem, 1),
    ("quota", Quota, 3),
    ("failing", Unreachable, 3),
    ("overloaded", Unreachable, 3),
    ("gateway", Unreachable, 3),
    ("late", TimedOut, 3),
    ("reset", Unreachable, 3),
]


@pytest.mark.parametrize(("scene", "kind", "requests"), STOPS)
def test_a_failure_is_one_sentence_after_so_many_tries_and_writes_nothing(
    connect: Connect, scene: str, kind: type[ModelProblem], requests: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), serve(scene, key=KEY, respond=honest) as server:
        attempt = Attempt(connect, server)
    assert type(attempt.problem) is kind
    assert attempt.written is None
    assert len(server.requests) == requests
    said = str(attempt.problem)
    assert "\n" not in said and len(said) < 300
    assert said.endswith("Your texts are unchanged.")
    assert KEY not in attempt.seen() + caplog.text
    assert attempt.kept.kept == {}


@pytest.mark.parametrize("scene", ["quota", "failing", "overloaded", "gateway", "late", "reset", "truncated",
                                   "broken json", "empty"])  # fmt: skip
def test_what_passes_is_tried_again_and_then_written(
    connect: Connect, scene: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), serve(scene, "ok", key=KEY, respond=honest) as server:
        attempt = Attempt(connect, server)
    assert attempt.written is not None
    assert {persona.tagline.source for persona in attempt.written.personas} == {"gemini"}
    assert attempt.written.unwritten == {}
    assert KEY not in attempt.seen() + caplog.text


def test_the_servers_delay_is_honoured(connect: Connect) -> None:
    with serve("quota", "ok", key=KEY, respond=honest) as server:
        attempt = Attempt(connect, server)
    assert sum(attempt.naps) == pytest.approx(17.0)


def test_a_delay_beyond_the_deadline_is_not_waited_for(connect: Connect) -> None:
    with serve("quota", key=KEY, respond=honest) as server:
        attempt = Attempt(connect, server, deadline_seconds=10.0)
    assert (type(attempt.problem), attempt.naps, len(server.requests)) == (Quota, [], 1)


def test_a_service_that_never_answers_is_given_up_at_the_time_out(connect: Connect) -> None:
    with serve("hang", key=KEY) as server:
        attempt = Attempt(connect, server, timeout_seconds=0.2, attempts=2)
    assert type(attempt.problem) is TimedOut


@pytest.mark.parametrize("scene", ["thoughts", "fenced", "in parts"])
def test_thoughts_fences_and_chatter_do_not_reach_a_persona(connect: Connect, scene: str) -> None:
    with serve(scene, key=KEY, respond=honest) as server:
        attempt = Attempt(connect, server)
    assert attempt.written is not None
    assert (len(server.requests), attempt.written.replaced) == (1, {})
    assert not any(word in repr(attempt.written) for word in ("ponder", "```", "Here you are"))


def test_segments_that_are_missing_doubled_or_extra_are_asked_for_again(connect: Connect) -> None:
    answers = []

    def careless(prompt: str) -> str:
        content = json.loads(honest(prompt))
        if not answers:
            first, second, _ = content["personas"]
            content["personas"] = [first, second, second, {**first, "segment": "S9", "name": "Ninth Group"}]
        answers.append(json.loads(prompt)["write_for"])
        return json.dumps(content)

    with serve(key=KEY, respond=careless) as server:
        attempt = Attempt(connect, server)
    assert answers == [["S1", "S2", "S3"], ["S2", "S3"]]
    assert attempt.written is not None
    assert [persona.segment for persona in attempt.written.personas] == ["S1", "S2", "S3"]


@pytest.mark.parametrize("scene", ["safety", "blocklist", "personal data", "recitation", "no candidates"])
def test_a_segment_that_is_refused_is_never_badged_as_the_models(connect: Connect, scene: str) -> None:
    with serve("ok", "ok", scene, "ok", key=KEY, respond=honest) as server:
        attempt = Attempt(connect, server, FOUR)
    assert attempt.written is not None
    assert len(server.requests) == 5
    (segment,) = attempt.written.unwritten
    assert attempt.written.unwritten[segment].startswith("Gemini declined to write this")
    for persona in attempt.written.personas:
        sources = {persona.plan_source, *(statement.source for _, statement in persona.statements())}
        assert sources == ({"offline"} if persona.segment == segment else {"gemini"})


def test_a_draft_that_ran_into_its_quota_goes_on_from_what_was_kept(connect: Connect) -> None:
    with serve("ok", "ok", "quota", key=KEY, respond=honest) as server:
        first = Attempt(connect, server, FOUR)
    assert type(first.problem) is Quota
    with serve(key=KEY, respond=honest) as server:
        again = draft(FOUR, facts(FOUR), Brief("pharma"), connect(server), Settings(), cache=first.kept)
        left = [json.loads(prompt_of(received.body))["write_for"] for received in server.requests]
    assert left == [["S2"], ["S3"], ["S4"]]
    assert len(again.personas) == 4
