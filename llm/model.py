"""The seam between this program and any language model: a request goes in, a reply or a problem comes out.

Nothing here knows a provider. The adapters (gemini.py, gemini_legacy.py) and the fake offer the same
three things: a name, `complete` and `models`. `ask` puts patience around one request.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Literal, Protocol

from pydantic import BaseModel

from engine.errors import NoKey, Quota, TimedOut, Unreachable

Provider = Literal["google-genai", "google-generativeai"]

DEFAULT_MODEL = "gemini-3.8-flash"
"""Where a page starts; the key's own list (`Model.models`) is the choice that counts.

Generally available since 2 September 2026 with no shutdown announced, and named by Google as a
replacement for the 2.5 models (ai.google.dev/gemini-api/docs/deprecations, read November 2026).
"""

LARGEST_OUTPUT = 65_536
"""Tokens of output the Gemini 3 models allow, thinking included."""

KEY_VARIABLES = ("GEMINI_API_KEY", "GOOGLE_API_KEY")

UNCHANGED = "Your texts are unchanged."
"""Said with every problem: a failed call is never the end of the analyst's work."""

_FIRST_PAUSE_SECONDS = 1.0


@dataclass(frozen=True)
class Request:
    """One question. The reply must be JSON of `schema`. `temperature` None leaves the model its own."""

    system: str
    prompt: str
    schema: type[BaseModel]
    model: str
    temperature: float | None
    max_output_tokens: int


@dataclass(frozen=True)
class Reply:
    """What the model wrote, without its thoughts, and what it cost as the provider counts."""

    text: str
    model: str
    prompt_tokens: int
    output_tokens: int


class Model(Protocol):
    """Anything that can answer: an adapter, or the fake."""

    name: str

    def complete(self, request: Request, timeout_seconds: float) -> Reply:
        """The reply. Raises a subclass of ModelProblem and nothing else."""
        ...

    def models(self) -> tuple[str, ...]:
        """Ids of the models this key may use to write. Raises as `complete` does."""
        ...


@dataclass(frozen=True)
class Settings:
    """How a model is asked. The key is not among them, so settings can be stored and shown.

    temperature: None sends none. Gemini 3 models ignore or refuse sampling settings (Google's migration
    guides for 3.5 to 3.8 say to remove them), so a number is for older models only.
    max_output_tokens: thinking counts against it, hence the generous size.
    deadline_seconds: over all calls, tries and repairs together. attempts: tries of one request in all.
    hide_names: send `feature_7` and `category_2` for every name, and put the names back here.
    """

    provider: Provider = "google-genai"
    model: str = DEFAULT_MODEL
    temperature: float | None = None
    max_output_tokens: int = 32_768
    timeout_seconds: float = 120.0
    deadline_seconds: float = 900.0
    attempts: int = 3
    hide_names: bool = False


@dataclass(frozen=True)
class Key:
    """A key and where it was found. Its value never shows in a repr."""

    value: str = field(repr=False)
    source: str


def find_key(environ: Mapping[str, str], secrets: Mapping[str, object], typed: str = "") -> Key:
    """The key typed on the page, else of the environment, else of the secrets. Raises NoKey."""
    if typed.strip():
        return Key(typed.strip(), "this page")
    for place, values in (("the environment", environ), ("the secrets file", secrets)):
        for variable in KEY_VARIABLES:
            value = values.get(variable)
            if isinstance(value, str) and value.strip():
                return Key(value.strip(), f"{place} ({variable})")
    raise NoKey(
        "No key for Gemini was found.",
        do=f"Paste one on the page, set {KEY_VARIABLES[0]}, or write the personas offline. {UNCHANGED}",
    )


def connect(settings: Settings, key: Key, base_url: str = "") -> Model:
    """The adapter that the settings name. No call is made, and no package is imported, before it is used.

    `base_url` is for a proxy or a test server; empty means the provider's own address.
    """
    module = {"google-genai": "llm.gemini", "google-generativeai": "llm.gemini_legacy"}[settings.provider]
    # The adapters import this module, so they are loaded when asked for.
    model: Model = import_module(module).Gemini(key.value, base_url)
    return model


def scrub(text: str, key: str) -> str:
    """The text with every occurrence of the key blotted out."""
    return text.replace(key, "[key]") if key else text


def ask(
    model: Model,
    request: Request,
    settings: Settings,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Reply:
    """The reply, after as many tries as the settings allow within the deadline.

    Quota, Unreachable and TimedOut are tried again: after the server's own delay where it gave one, else
    after 1, 2, 4 ... seconds, each scaled by a random 0.5 to 1.5 so that callers spread out. Every other
    problem, and the last of these, passes through.
    """
    end = clock() + settings.deadline_seconds
    failures = 0
    while True:
        left = end - clock()
        if left <= 0:
            raise TimedOut(
                "No usable answer came before the deadline.",
                do=f"Try again, or choose a faster model. {UNCHANGED}",
            )
        try:
            return model.complete(request, min(settings.timeout_seconds, left))
        except (Quota, Unreachable, TimedOut) as problem:
            failures += 1
            pause = problem.retry_after_seconds
            if pause is None:
                pause = _FIRST_PAUSE_SECONDS * 2 ** (failures - 1) * (0.5 + random.random())  # noqa: S311
            if failures >= settings.attempts or clock() + pause >= end:
                raise
            sleep(pause)
