"""Asking one model for one set of personas: a deadline over everything, answers kept, cost counted."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from engine.errors import Malformed, ModelProblem, Truncated
from llm.cache import Cache, key_of, store, stored
from llm.drafts import Draft, OutlineDraft, Outlines, PersonaDraft, Prose, ProseDraft, Shape, parse
from llm.gate import lengths
from llm.model import LARGEST_OUTPUT, Model, Settings, ask
from llm.prompts import Payload, request
from llm.wire import malformed

AGAIN = 2
"""Times that what is missing, doubled or unreadable is asked for once more."""

_NAP_SECONDS = 0.5

Report = Callable[[str, float], None]


class Clerk:
    """Puts questions to one model and reads its answers. `calls` counts the questions that went out;
    answers from the cache cost none."""

    def __init__(
        self,
        model: Model,
        settings: Settings,
        facts: str,
        cache: Cache | None,
        report: Report,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.model = model
        self.settings = settings
        self.report = report
        self.progress = 0.0
        self.calls = self.prompt_tokens = self.output_tokens = 0
        self._facts = facts
        self._cache = cache
        self._sleep = sleep
        self._clock = clock
        self._end = clock() + settings.deadline_seconds

    def tell(self, sentence: str) -> None:
        """Let the listener know; what it raises (Cancelled) passes through."""
        self.report(sentence, self.progress)

    def ask(self, content: Payload, shape: type[Shape], larger: bool = False) -> Shape:
        """The answer, read. An answer that can be read is kept. Raises ModelProblem."""
        question = request(content, self.settings)
        if larger:
            question = replace(
                question, max_output_tokens=min(2 * question.max_output_tokens, LARGEST_OUTPUT)
            )
        key = key_of(question, self.settings.provider, self._facts)
        reply = stored(self._cache, key)
        if reply is not None:
            return parse(reply.text, shape)
        left = replace(self.settings, deadline_seconds=max(0.0, self._end - self._clock()))
        reply = ask(self.model, question, left, self._nap, self._clock)
        self.calls += 1
        self.prompt_tokens += reply.prompt_tokens
        self.output_tokens += reply.output_tokens
        self.tell(f"{reply.model} read {reply.prompt_tokens:,} tokens and wrote {reply.output_tokens:,}.")
        read = parse(reply.text, shape)
        store(self._cache, key, reply)
        return read

    def _nap(self, seconds: float) -> None:
        for _ in range(int(seconds / _NAP_SECONDS)):
            self.tell("Waiting to try again.")
            self._sleep(_NAP_SECONDS)
        self._sleep(seconds % _NAP_SECONDS)


# --- One thing for each segment -----------------------------------------------------------------

Part = TypeVar("Part", OutlineDraft, ProseDraft, PersonaDraft)


class Ask(Protocol):
    """The payload that asks for these segments, saying what was wrong with the last answer and which names
    stand already."""

    def __call__(
        self, wanted: Sequence[str], corrections: Mapping[str, tuple[str, ...]], taken: Mapping[str, str]
    ) -> Payload: ...


def gather(
    clerk: Clerk,
    shape: type[Outlines] | type[Prose] | type[Draft],
    kind: type[Part],
    wanted: Sequence[str],
    payload: Ask,
) -> tuple[dict[str, Part], dict[str, ModelProblem]]:
    """One part for each segment wanted, by segment; and why there is none, for the others.

    What is missing, written twice or of the wrong length is asked for again, at most AGAIN times. An answer
    that was cut off is asked for once more, in halves and with a larger cap. Raises every other problem.
    """
    good: dict[str, Part] = {}
    failed: dict[str, ModelProblem] = {}
    wrong: dict[str, tuple[str, ...]] = {}
    unread: Malformed | None = None
    for _ in range(1 + AGAIN):
        left = [segment for segment in wanted if segment not in good and segment not in failed]
        if not left:
            break
        try:
            received = _fetch(clerk, shape, kind, left, wrong, _names(good), payload, failed)
        except Malformed as problem:
            unread = problem
            continue
        unread = None
        wrong = {segment: found for segment in left if (found := _amiss(segment, received))}
        good |= {
            part.segment: part for part in received if part.segment in left and part.segment not in wrong
        }
    for segment in wanted:
        if segment not in good and segment not in failed:
            reasons = "; ".join(reason.rstrip(".") for reason in wrong.get(segment, ()))
            failed[segment] = unread or malformed(f"{segment} {reasons}")
    return good, failed


def _fetch(
    clerk: Clerk,
    shape: type[Outlines] | type[Prose] | type[Draft],
    kind: type[Part],
    wanted: Sequence[str],
    wrong: Mapping[str, tuple[str, ...]],
    taken: Mapping[str, str],
    payload: Ask,
    failed: dict[str, ModelProblem],
) -> list[Part]:
    """The parts in one answer, or in the answers to its halves; `failed` takes what stays cut off."""

    def parts(segments: Sequence[str], larger: bool) -> list[Part]:
        content = payload(segments, {s: wrong[s] for s in segments if s in wrong}, taken)
        return [p for p in clerk.ask(content, shape, larger).personas if isinstance(p, kind)]

    try:
        return parts(wanted, False)
    except Truncated:
        clerk.tell("The reply was cut off; asking once more for less at a time.")
    found: list[Part] = []
    half = len(wanted) // 2
    for piece in (wanted[:half], wanted[half:]):
        try:
            found += parts(piece, True) if piece else []
        except Truncated as problem:
            failed |= dict.fromkeys(piece, problem)
    return found


def _names(parts: Mapping[str, OutlineDraft | ProseDraft]) -> dict[str, str]:
    return {segment: part.name for segment, part in parts.items() if isinstance(part, OutlineDraft)}


def _amiss(segment: str, received: Sequence[OutlineDraft | ProseDraft]) -> tuple[str, ...]:
    """What keeps a segment's part from being used; extra segments in an answer are passed over."""
    own = [part for part in received if part.segment == segment]
    if not own:
        return ("segment: missing from the reply.",)
    return ("segment: written twice.",) if len(own) > 1 else lengths(own[0])
