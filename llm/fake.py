"""A model that is not one: it plays queued replies, or writes a valid answer from the payload itself.

It ships beside the real adapters so that the whole way (payload, parsing, repair, rendering) can be
tried without a key or a network. What it writes is plain on purpose and never presented as Gemini's.
"""

import json
from collections import deque
from collections.abc import Iterable
from typing import Any

from llm.drafts import ClaimDraft, Draft, PersonaDraft, StepDraft
from llm.model import Reply, Request

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Fake:
    """`replies` are played first, in order: a text is the reply's text, an exception is raised. After them,
    or with none, each request for a Draft is answered from its own data. `requests` keeps every request."""

    name = "fake"

    def __init__(self, replies: Iterable[str | Exception] = ()) -> None:
        self.replies: deque[str | Exception] = deque(replies)
        self.requests: list[Request] = []

    def complete(self, request: Request, timeout_seconds: float) -> Reply:
        """The next queued reply, or a valid answer."""
        self.requests.append(request)
        queued = self.replies.popleft() if self.replies else answer(request.prompt)
        if isinstance(queued, Exception):
            raise queued
        return Reply(queued, request.model, len(request.prompt) // 3, len(queued) // 3)

    def models(self) -> tuple[str, ...]:
        """The one model there is."""
        return (self.name,)


def answer(prompt: str) -> str:
    """A valid Draft, as JSON, for the segments under write_for in the prompt's data."""
    data = json.loads(prompt)
    order = [segment["id"] for segment in data["segments"]]
    return Draft(
        personas=[_persona(data, segment, order.index(segment)) for segment in data["write_for"]]
    ).model_dump_json()


def _persona(data: dict[str, Any], segment: str, place: int) -> PersonaDraft:
    own = data["facts"][segment]
    labels = {feature["id"]: feature["label"] for feature in data["features"]}
    means = [fact for fact in own if fact["is"] == "mean"]
    size, share = (next(fact["id"] for fact in own if fact["is"] == kind) for kind in ("size", "size share"))
    shown = [f"{labels[fact['of']]} is {{{{{fact['id']}}}}} on average." for fact in means[:3]]
    accounts = data["accounts_are_called"]
    return PersonaDraft(
        segment=segment,
        claims=[
            ClaimDraft(
                kind="level", feature=fact["of"], category="none", comparator="none", other_segment="none",
                direction="none", magnitude="none", evidence=[fact["id"]],
            )
            for fact in means[:3]
        ],
        name=f"Trial {_LETTERS[place % len(_LETTERS)]}",
        tagline=f"{{{{{size}}}}} {accounts}, {{{{{share}}}}} of all.",
        bullets=shown or [f"{{{{{share}}}}} of all {accounts}."],
        unique=f"This segment is {segment}.",
        limit=f"It holds only {{{{{share}}}}} of all {accounts}.",
        priority_why="Priority follows the computed score.",
        rep=["Agree the next visit."],
        digital=["Send one approved message."],
        access=["Share the approved coverage facts."],
        plan=[
            StepDraft(
                channel="Visit", topic="Introduction, approved asset required",
                call_to_action="Agree a next step", frequency="Once", cadence="Within 2 weeks",
                trigger="Start of the cycle",
                measure="Meetings held", stop_rule="After 2 declined requests",
            )
        ],
        interpretation="A trial text, written without a model.",
    )  # fmt: skip
