"""The seam: patience, keys, and nothing imported before it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import (
    BadKey,
    Declined,
    Malformed,
    ModelProblem,
    NoKey,
    Quota,
    TimedOut,
    Truncated,
    Unreachable,
)
from llm.drafts import Draft
from llm.fake import Fake
from llm.model import (
    DEFAULT_MODEL,
    Key,
    Reply,
    Request,
    Settings,
    ask,
    connect,
    find_key,
    scrub,
)

REQUEST = Request("system", "prompt", Draft, "some-model", None, 1000)
ROOT = Path(__file__).parents[2]


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def __call__(self) -> float:
        return self.now


def patient(replies: list[str | Exception], settings: Settings | None = None) -> tuple[Fake, Clock, object]:
    fake, clock = Fake(replies), Clock()
    try:
        outcome: object = ask(fake, REQUEST, settings or Settings(), clock.sleep, clock)
    except ModelProblem as problem:
        outcome = problem
    return fake, clock, outcome


@pytest.mark.parametrize("kind", [Quota, Unreachable, TimedOut])
def test_passing_troubles_are_tried_three_times(kind: type[ModelProblem]) -> None:
    fake, clock, outcome = patient([kind("a"), kind("b"), kind("c"), "never asked"])
    assert isinstance(outcome, kind)
    assert str(outcome) == "c"
    assert len(fake.requests) == 3
    assert len(clock.slept) == 2


@pytest.mark.parametrize("kind", [BadKey, Declined, Malformed, ModelProblem])
def test_lasting_troubles_are_tried_once(kind: type[ModelProblem]) -> None:
    fake, clock, outcome = patient([kind("a"), "never asked"])
    assert isinstance(outcome, kind)
    assert len(fake.requests) == 1
    assert clock.slept == []


def test_a_second_try_that_succeeds_is_the_reply() -> None:
    _, _, outcome = patient([Unreachable("a"), "fine"])
    assert getattr(outcome, "text", None) == "fine"


def test_pauses_double_and_are_scattered() -> None:
    firsts = set()
    for _ in range(20):
        _, clock, _ = patient([Unreachable("a"), Unreachable("b"), "fine"])
        assert 0.5 <= clock.slept[0] <= 1.5
        assert 1.0 <= clock.slept[1] <= 3.0
        firsts.add(clock.slept[0])
    assert len(firsts) > 1


def test_the_servers_delay_is_kept_to_the_second() -> None:
    problem = Quota("busy")
    problem.retry_after_seconds = 17.0
    _, clock, _ = patient([problem, "fine"])
    assert clock.slept == [17.0]


def test_a_delay_beyond_the_deadline_is_not_waited_for() -> None:
    problem = Quota("tomorrow")
    problem.retry_after_seconds = 80_000.0
    fake, clock, outcome = patient([problem, "never asked"])
    assert outcome is problem
    assert clock.slept == []
    assert len(fake.requests) == 1


def test_no_time_left_is_a_time_out_without_a_call() -> None:
    fake, _, outcome = patient(["fine"], Settings(deadline_seconds=0))
    assert isinstance(outcome, TimedOut)
    assert fake.requests == []


def test_a_call_gets_its_timeout_or_what_is_left_of_the_deadline() -> None:
    given: list[float] = []

    class Watched(Fake):
        def complete(self, request: Request, timeout_seconds: float) -> Reply:
            given.append(timeout_seconds)
            return super().complete(request, timeout_seconds)

    clock = Clock()
    problem = Quota("busy")
    problem.retry_after_seconds = 40.0
    settings = Settings(timeout_seconds=30, deadline_seconds=50)
    ask(Watched([problem, "fine"]), REQUEST, settings, clock.sleep, clock)
    assert given == [30, 10]


def test_a_cut_off_reply_is_no_answer_and_not_asked_for_again_as_it_was() -> None:
    fake, _, outcome = patient([Truncated("a"), "never asked"])
    assert isinstance(outcome, Truncated)
    assert len(fake.requests) == 1


def test_the_page_comes_before_the_environment_and_the_environment_before_the_secrets() -> None:
    environ = {"GEMINI_API_KEY": "e1", "GOOGLE_API_KEY": "e2"}
    secrets = {"GEMINI_API_KEY": "s1"}
    assert find_key(environ, secrets, " typed ").value == "typed"
    assert find_key(environ, secrets).value == "e1"
    assert find_key({"GOOGLE_API_KEY": "e2", "GEMINI_API_KEY": " "}, secrets).value == "e2"
    assert find_key({}, secrets) == Key("s1", "the secrets file (GEMINI_API_KEY)")


def test_no_key_anywhere_says_what_to_do() -> None:
    with pytest.raises(NoKey, match=r"set GEMINI_API_KEY, or write .* Your texts are unchanged"):
        find_key({}, {"GEMINI_API_KEY": 7})


def test_a_key_never_shows_itself() -> None:
    key = Key("AIza-secret", "this page")
    assert "AIza-secret" not in repr(key)
    assert "AIza-secret" not in f"{key}"
    for provider in ("google-genai", "google-generativeai"):
        assert "AIza-secret" not in repr(connect(Settings(provider=provider), key))
    assert scrub("key=AIza-secret.", "AIza-secret") == "key=[key]."
    assert scrub("untouched", "") == "untouched"


def test_the_default_model_is_none_of_those_that_shut_down() -> None:
    assert not DEFAULT_MODEL.startswith(("gemini-1", "gemini-2"))


def test_importing_and_connecting_loads_no_package_of_a_provider() -> None:
    program = (
        "import sys, pkgutil, importlib, llm\n"
        "for item in pkgutil.iter_modules(llm.__path__):\n"
        "    if item.name != '__main__': importlib.import_module('llm.' + item.name)\n"
        "from llm.model import Key, Settings, connect\n"
        "connect(Settings(), Key('k', 'here'))\n"
        "connect(Settings(provider='google-generativeai'), Key('k', 'here'))\n"
        "heavy = ('google.genai', 'google.generativeai', 'google.api_core', 'httpx', 'httpx2', 'requests')\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"
