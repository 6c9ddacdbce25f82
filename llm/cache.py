"""Answers that were paid for, kept under a hash of everything that asked for them.

A model says something else each time; the stored answer is what can be reproduced. A cache is anything
that keeps text under a key. Nothing but a model's own words and token counts goes into it.
"""

from collections.abc import Sequence
from typing import Protocol

from engine.model import Fact
from engine.record import content_id, dump, load
from llm.model import Reply, Request


class Cache(Protocol):
    """A store of texts: `put` replaces what stood under the key, `get` gives it back or None. Keys are 16
    hexadecimal digits; texts are JSON of a few kilobytes. Neither raises for a key it does not know."""

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, text: str) -> None: ...


class Memory:
    """A cache for as long as the program runs; the oldest answer goes when there are more than `most`."""

    def __init__(self, most: int = 256) -> None:
        self.most = most
        self.kept: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """The text under the key, or None."""
        return self.kept.get(key)

    def put(self, key: str, text: str) -> None:
        """Keep the text under the key."""
        self.kept.pop(key, None)
        self.kept[key] = text
        while len(self.kept) > self.most:
            del self.kept[next(iter(self.kept))]


def facts_id(facts: Sequence[Fact]) -> str:
    """The content id of the facts, their values and their wording."""
    return content_id(*facts)


def key_of(request: Request, provider: str, facts: str) -> str:
    """The key of a request's answer: facts, prompt, schema, model and settings. `facts` is `facts_id`."""
    return content_id(
        facts,
        provider,
        request.model,
        request.system,
        request.prompt,
        request.schema.model_json_schema(),
        request.temperature,
        request.max_output_tokens,
    )


def stored(cache: Cache | None, key: str) -> Reply | None:
    """The answer kept under the key, or None."""
    text = cache.get(key) if cache else None
    return load(Reply, text) if text is not None else None


def store(cache: Cache | None, key: str, reply: Reply) -> None:
    """Keep an answer."""
    if cache:
        cache.put(key, dump(reply))
