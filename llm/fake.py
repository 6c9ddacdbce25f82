"""Models that are none: one that plays queued replies or answers truthfully from the data it is sent.

It ships beside the real adapters so that the whole way (payload, parsing, repair, rendering) can be
tried without a key or a network. What it writes is plain on purpose and never presented as Gemini's.
"""

import json
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from llm.model import Reply, Request

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHOWN = 3

Place = tuple[str | int, ...]
"""The way to a value of an answer: ("personas", 0, "bullets", 1)."""


class Fake:
    """`replies` are played first, in order: a text is the reply's text, an exception is raised. After them,
    or with none, each request is answered from its own data. `requests` keeps every request."""

    name = "fake"

    def __init__(self, replies: Iterable[str | Exception] = ()) -> None:
        self.replies: deque[str | Exception] = deque(replies)
        self.requests: list[Request] = []

    def complete(self, request: Request, timeout_seconds: float) -> Reply:
        """The next queued reply, or a valid answer."""
        self.requests.append(request)
        queued = self.replies.popleft() if self.replies else self.answer(request)
        if isinstance(queued, Exception):
            raise queued
        return Reply(queued, request.model, len(request.prompt) // 3, len(queued) // 3)

    def models(self) -> tuple[str, ...]:
        """The one model there is."""
        return (self.name,)

    def answer(self, request: Request) -> str:
        """What is said when no reply is queued: JSON of the request's schema."""
        return answer(request)


def answer(request: Request) -> str:
    """A valid answer, as JSON, to any request: of llm.prompts, or with a schema made of objects, lists,
    texts and choices of text."""
    author = _Author(request.prompt)
    return json.dumps(filled(request.schema, author.text, author.count, author.choice), ensure_ascii=False)


def filled(
    shape: type[BaseModel],
    text: Callable[[Place], str],
    count: Callable[[Place], int],
    choice: Callable[[Place, Sequence[str]], str],
) -> dict[str, Any]:
    """An object of the shape, as plain data: its texts, the lengths of its lists and its choices as told."""

    def value(kind: Any, place: Place) -> Any:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return {
                name: value(field.annotation, (*place, name)) for name, field in kind.model_fields.items()
            }
        if get_origin(kind) is list:
            (item,) = get_args(kind)
            return [value(item, (*place, number)) for number in range(count(place))]
        if get_origin(kind) is Literal:
            return choice(place, get_args(kind))
        return text(place)

    found: dict[str, Any] = value(shape, ())
    return found


class _Author:
    """Says plain true things about the segments of a payload's data."""

    def __init__(self, prompt: str) -> None:
        self.data: dict[str, Any] = json.loads(prompt) if prompt.lstrip().startswith("{") else {}
        self.wanted: list[str] = self.data.get("write_for", [])
        self.order = [segment["id"] for segment in self.data.get("segments", [])]
        self.labels = {feature["id"]: feature["label"] for feature in self.data.get("features", [])}
        back = self.data.get("mend", [])
        self.claims = [item for item in back if item["where"].startswith("claims.")]
        self.items = [item for item in back if item not in self.claims]

    def count(self, place: Place) -> int:
        if place == ("personas",):
            return len(self.wanted)
        if place in (("items",), ("claims",)):
            return len(self.items if place == ("items",) else self.claims)
        if place[-1] in ("claims", "bullets") and place[0] == "personas":
            return max(1, len(self._means(self.wanted[int(place[1])])))
        return 1

    def choice(self, place: Place, options: Sequence[str]) -> str:
        return "none" if "none" in options else options[0]

    def text(self, place: Place) -> str:
        if place[0] == "personas" and len(place) > 2:
            return self.said(self.wanted[int(place[1])], place[2:])
        if place[0] == "items":
            item = self.items[int(place[1])]
            if place[2] != "text":
                return str(item[place[2]])
            where = tuple(int(part) if part.isdigit() else part for part in item["where"].split("."))
            return self.said(item["segment"], where)
        if place[0] == "claims":
            item = self.claims[int(place[1])]
            number = int(item["where"].split(".")[1])
            if place[2] in ("segment", "id"):
                return str(item["segment"] if place[2] == "segment" else json.loads(item["text"])["id"])
            return self.said(item["segment"], ("claims", number, *place[2:]))
        return "Text"

    def said(self, segment: str, where: Place) -> str:
        """The text at a place of this segment's persona."""
        means = self._means(segment)
        size, share = (self._reference(segment, kind) for kind in ("size", "size share"))
        accounts = self.data["accounts_are_called"]
        field, *rest = where
        if field == "claims":
            number, part, *_ = rest
            mean = means[int(number) % len(means)] if means else {}
            return {
                "id": f"c{int(number) + 1}",
                "item": f"bullets.{number}",
                "feature": mean.get("of", "none"),
                "evidence": mean.get("id", share.strip("{}")),
            }.get(str(part), "none")
        if field == "bullets":
            number = int(rest[0])
            if number < len(means):
                return f"{self.labels[means[number]['of']]} is {{{{{means[number]['id']}}}}} on average."
            return f"{share} of all {accounts}."
        if field == "plan":
            return _STEP[str(rest[1])]
        return {
            "segment": segment,
            "name": f"Trial {_LETTERS[self.order.index(segment) % len(_LETTERS)]}",
            "tagline": f"{size} {accounts}, {share} of all.",
            "unique": f"This segment is {segment}.",
            "limit": f"It holds only {share} of all {accounts}.",
            "priority_why": "Priority follows the computed score.",
            "rep": "Agree the next visit.",
            "digital": "Send one approved message.",
            "access": "Share the approved coverage facts.",
            "interpretation": "A trial text, written without a model.",
        }[str(field)]

    def _means(self, segment: str) -> list[dict[str, str]]:
        return [fact for fact in self.data["facts"][segment] if fact["is"] == "mean"][:_SHOWN]

    def _reference(self, segment: str, kind: str) -> str:
        return next(f"{{{{{fact['id']}}}}}" for fact in self.data["facts"][segment] if fact["is"] == kind)


_STEP = {
    "channel": "Visit",
    "topic": "Introduction, approved asset required",
    "call_to_action": "Agree a next step",
    "frequency": "Once",
    "cadence": "Within 2 weeks",
    "trigger": "Start of the cycle",
    "measure": "Meetings held",
    "stop_rule": "After 2 declined requests",
}
