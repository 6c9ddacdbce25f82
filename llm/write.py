"""Facts and a model become personas: claims first, then texts, then repair, then the checker's last word.

Either every segment has a persona that the checker passes, or a problem is raised and nothing has changed.
What the model could not write truly stands in the offline writer's words, marked and told. When the model
refuses as a whole, the choice of another writer is the analyst's.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.errors import Declined, ModelProblem
from engine.model import Brief, Fact, Persona, Profile
from llm import template
from llm.cache import Cache, facts_id
from llm.clerk import Clerk, Report, gather
from llm.drafts import Draft, OutlineDraft, Outlines, PersonaDraft, Prose, ProseDraft
from llm.model import Model, Settings
from llm.names import names
from llm.priority import priorities, weights_of
from llm.prompts import MERGED, Payload, Task, payload
from llm.repair import Ground, mend, settle


@dataclass(frozen=True)
class Written:
    """The personas of a draft, in the profile's order, and what became of it.

    replaced: by segment, the places where the offline writer's text stands instead of the model's
    ("bullets.1", "name", "plan"; "claims.2" is a claim that was dropped). unwritten: by segment, why the
    model wrote none of it; such a persona is the offline writer's throughout. Tokens as the provider counts
    them, thoughts included; what came from the cache costs none. rounds: rounds of repair, 0 to 2.
    """

    personas: tuple[Persona, ...]
    replaced: Mapping[str, tuple[str, ...]]
    unwritten: Mapping[str, str]
    prompt_tokens: int
    output_tokens: int
    calls: int
    rounds: int


def draft(
    profile: Profile,
    facts: tuple[Fact, ...],
    brief: Brief,
    model: Model,
    settings: Settings,
    report: Report | None = None,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    cache: Cache | None = None,
) -> Written:
    """One persona per segment: statements of source "gemini", or "offline" where one was replaced.

    Up to MERGED segments are written in one call; more take one call for all claims and names, because
    contrast needs all, then one for each segment's texts. A segment whose texts are refused, cut off or
    unreadable to the last gets the offline writer's persona; when that happens to all, the problem is raised.
    Priorities are computed with the brief's weights. `report` hears a sentence and a fraction, also while
    waiting to try again; what it raises (Cancelled) passes through. Raises subclasses of ModelProblem; the
    deadline of the settings is over everything.
    With a cache, the same question is never paid for twice: a draft that broke off goes on where it stopped.
    """
    weights = weights_of(brief)
    levels = {item.segment: item.level for item in priorities(profile, weights)}
    clerk = Clerk(model, settings, facts_id(facts), cache, report or _silent, sleep, clock)

    def content(
        task: Task,
        wanted: Sequence[str],
        corrections: Mapping[str, tuple[str, ...]],
        taken: Mapping[str, str],
        agreed: Sequence[OutlineDraft] = (),
    ) -> Payload:
        return payload(
            profile, facts, brief, levels, hide=settings.hide_names, task=task, wanted=wanted,
            taken=taken, corrections=corrections, agreed=agreed,
        )  # fmt: skip

    everyone = [segment.id for segment in profile.segments]
    good: dict[str, PersonaDraft]
    if len(everyone) <= MERGED:
        clerk.tell(f"{model.name} is writing {_personas(everyone)}.")
        good, failed = gather(clerk, Draft, PersonaDraft, everyone, lambda w, c, t: content("all", w, c, t))
    else:
        good, failed = _in_turn(clerk, everyone, content)
    if not good:
        raise next(iter(failed.values()))
    clerk.progress = 0.8
    spare = {item.segment: item for item in template.draft(profile, facts, brief).personas}
    ground = Ground(profile, facts, names(profile, settings.hide_names), brief, levels, weights, spare)
    mended, rounds = mend(clerk, good, ground)
    settled = settle(mended, ground, failed)
    clerk.progress = 1.0
    clerk.tell("All personas are written.")
    return Written(
        personas=tuple(item.persona for item in settled.values()),
        replaced={segment: item.replaced for segment, item in settled.items() if item.replaced},
        unwritten={
            segment: str(failed.get(segment, _UNPASSED)) for segment, item in settled.items() if item.whole
        },
        prompt_tokens=clerk.prompt_tokens,
        output_tokens=clerk.output_tokens,
        calls=clerk.calls,
        rounds=rounds,
    )


_UNPASSED = "The checker refused what the model wrote, also after two rounds of repair."


class _Content(Protocol):
    def __call__(
        self,
        task: Task,
        wanted: Sequence[str],
        corrections: Mapping[str, tuple[str, ...]],
        taken: Mapping[str, str],
        agreed: Sequence[OutlineDraft] = (),
    ) -> Payload: ...


def _in_turn(
    clerk: Clerk, everyone: Sequence[str], content: _Content
) -> tuple[dict[str, PersonaDraft], dict[str, ModelProblem]]:
    """All claims and names in one call, then each segment's texts in one of its own, with all claims at hand.
    A refusal of one segment's texts is that segment's alone."""
    clerk.tell(f"{clerk.model.name} is claiming and naming {_personas(everyone)}.")
    found, failed = gather(
        clerk, Outlines, OutlineDraft, everyone, lambda w, c, t: content("claims", w, c, t)
    )
    outlines = {segment: found[segment] for segment in everyone if segment in found}
    agreed = list(outlines.values())
    good: dict[str, PersonaDraft] = {}
    for number, (segment, outline) in enumerate(outlines.items(), 1):
        clerk.progress = 0.8 * number / (1 + len(outlines))
        clerk.tell(f"{clerk.model.name} is writing {segment}, {number} of {len(outlines)}.")
        try:
            texts, unwritten = gather(
                clerk, Prose, ProseDraft, [segment], lambda w, c, t: content("prose", w, c, t, agreed)
            )
        except Declined as problem:
            texts, unwritten = {}, {segment: problem}
        failed |= unwritten
        if segment in texts:
            good[segment] = PersonaDraft(**{**outline.model_dump(), **texts[segment].model_dump()})
    return good, failed


def _personas(segments: Sequence[str]) -> str:
    return f"{len(segments)} persona" + ("" if len(segments) == 1 else "s")


def _silent(sentence: str, fraction: float) -> None:
    """What hears the progress when nobody listens."""
