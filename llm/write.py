"""Facts and a model become personas: one call for all segments, then only for what was not right.

Either every segment has a persona that passes llm.drafts, or a problem is raised and nothing has
changed. There is no quiet replacement by another writer here; that choice is the analyst's.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from engine.errors import Malformed, Truncated
from engine.model import Brief, Fact, Level, Persona, Profile
from llm import drafts, prompts
from llm.model import Model, Reply, Settings, ask

REPAIRS = 2
"""Rounds after the first in which failing personas are asked for again."""

_NAP_SECONDS = 0.5

Report = Callable[[str, float], None]


def draft(
    profile: Profile,
    facts: tuple[Fact, ...],
    brief: Brief,
    model: Model,
    settings: Settings,
    priorities: Mapping[str, Level],
    report: Report | None = None,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> tuple[Persona, ...]:
    """One persona per segment, in the profile's order, every statement of source "gemini".

    The first call asks for all segments, because contrast needs all; up to two more ask for those alone
    that were missing or failed, saying why. A reply that stays cut off is asked for in halves.
    `report` hears a sentence and a fraction, also while waiting to try again; what it raises (Cancelled)
    passes through. Raises subclasses of ModelProblem; the deadline of the settings is over everything.
    """
    tell = report or _silent
    end = clock() + settings.deadline_seconds
    progress = 0.0
    good: dict[str, drafts.PersonaDraft] = {}
    wrong: dict[str, tuple[str, ...]] = {}
    unread: Malformed | None = None

    def nap(seconds: float) -> None:
        for _ in range(int(seconds / _NAP_SECONDS)):
            tell("Waiting to try again.", progress)
            sleep(_NAP_SECONDS)
        sleep(seconds % _NAP_SECONDS)

    def answer(wanted: list[str]) -> drafts.Draft:
        content = prompts.payload(
            profile,
            facts,
            brief,
            priorities,
            hide=settings.hide_names,
            wanted=wanted,
            taken={segment: persona.name for segment, persona in good.items()},
            corrections={segment: wrong[segment] for segment in wanted if segment in wrong},
        )
        left = replace(settings, deadline_seconds=max(0.0, end - clock()))
        try:
            reply = ask(model, prompts.request(content, settings), left, nap, clock)
        except Truncated:
            if len(wanted) == 1:
                raise
            half = len(wanted) // 2
            tell("The reply was cut off; asking for fewer segments at a time.", progress)
            first, second = answer(wanted[:half]), answer(wanted[half:])
            return drafts.Draft(personas=[*first.personas, *second.personas])
        tell(_cost(reply), progress)
        return drafts.parse(reply.text)

    for turn in range(1 + REPAIRS):
        wanted = [segment.id for segment in profile.segments if segment.id not in good]
        progress = turn / (1 + REPAIRS)
        noun = "persona" if len(wanted) == 1 else "personas"
        tell(f"{model.name} is writing {len(wanted)} {noun}.", progress)
        try:
            received = answer(wanted)
        except Malformed as problem:
            unread = problem
            continue
        unread = None
        found = drafts.problems(
            received,
            facts,
            profile,
            wanted=wanted,
            taken=[persona.name for persona in good.values()],
            brief=brief,
            hide=settings.hide_names,
        )
        wrong = {segment: found[segment] for segment in wanted if segment in found}
        good |= {p.segment: p for p in received.personas if p.segment in wanted and p.segment not in found}
        if len(good) == len(profile.segments):
            whole = drafts.Draft(personas=list(good.values()))
            written = drafts.personas(
                whole, facts, profile, priorities, brief=brief, hide=settings.hide_names
            )
            tell("All personas are written.", 1.0)
            return written
    raise unread or drafts.failed(wrong)


def _cost(reply: Reply) -> str:
    return f"{reply.model} read {reply.prompt_tokens:,} tokens and wrote {reply.output_tokens:,}."


def _silent(sentence: str, fraction: float) -> None:
    """What hears the progress when nobody listens."""
