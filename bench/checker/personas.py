"""Sentences become whole personas: one of true sentences alone, one with a corruption wherever it can stand.

A corrupted persona keeps true what it cannot corrupt, and each of its sentences is judged by the findings
at its own place, so that one persona tests many corruptions without mixing them up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bench.checker import joined, numeric, unfounded, worded
from bench.checker.frames.advice import PRIORITY
from bench.checker.profiles import Case
from bench.checker.scene import Scene, Sentence
from engine.model import Claim, Fact, Level, Persona, PlanStep, Statement
from llm.facts import facts, lookup
from llm.priority import priorities

Maker = Callable[[Scene, bool], Sentence | None]

WRONG: tuple[Maker, ...] = (
    numeric.number, numeric.digits, worded.direction, worded.segment, numeric.feature_swap, worded.superlative,
    worded.rank, numeric.unit_slip, numeric.ratio, worded.majority, numeric.size, numeric.mean_for_median,
    unfounded.invented, unfounded.trend, unfounded.beside, joined.two,
)  # fmt: skip
"""A maker per class of corruption that stands in a fact zone; names and advice have their own places."""

RIGHT: tuple[Maker, ...] = (
    *(maker for maker in WRONG if maker not in (unfounded.invented, unfounded.trend)),
    numeric.rounding, numeric.rounding, numeric.hedge, numeric.hedge, numeric.points, numeric.points,
    worded.paraphrase, worded.paraphrase, worded.negation, worded.negation, worded.joint, worded.joint,
    worded.over_index, worded.segment,
)  # fmt: skip

PLACES = ("tagline", "bullets.0", "bullets.1", "bullets.2", "bullets.3", "bullets.4", "unique")
MOST_TRIES = 40


@dataclass(frozen=True)
class Draft:
    """A persona with what is known of its sentences: by place, and by the number of a claim its place."""

    persona: Persona
    sentences: dict[str, Sentence]
    claim_places: tuple[str, ...]
    honest: bool


@dataclass(frozen=True)
class Material:
    """What the benchmark makes of one case: personas of true sentences alone, and corrupted ones."""

    case: Case
    facts: tuple[Fact, ...]
    honest: tuple[Draft, ...]
    corrupted: tuple[Draft, ...]


def material(case: Case, number: int, seed: int) -> Material:
    """The personas of a case: one of each sort for every segment. The same seed makes the same text."""
    known = facts(case.profile)
    by_key = lookup(known)
    levels = {item.segment: item.level for item in priorities(case.profile)}
    random = np.random.default_rng([seed, number, 1])
    scenes = [Scene(case, segment.id, by_key, random) for segment in case.profile.segments]
    wrong, right = _Turns(WRONG, random), _Turns(RIGHT, random)
    honest = tuple(_draft(scene, levels[scene.segment], right, True) for scene in scenes)
    corrupted = tuple(_draft(scene, levels[scene.segment], wrong, False) for scene in scenes)
    return Material(case, known, honest, corrupted)


class _Turns:
    """Makers in random order, each taking its turn, so that every profile sees as many classes as it can."""

    def __init__(self, makers: Sequence[Maker], random: np.random.Generator) -> None:
        self.makers, self.random = makers, random
        self.queue: list[Maker] = []

    def sentence(self, scene: Scene, want: bool) -> Sentence:
        """The next maker's sentence; a maker that finds none is passed over. Raises when all fail."""
        for _ in range(MOST_TRIES):
            if not self.queue:
                self.queue = [self.makers[int(i)] for i in self.random.permutation(len(self.makers))]
            found = self.queue.pop()(scene, want)
            if found is not None:
                return found
        raise ValueError(f"no sentence about {scene.segment} of {scene.case.id}")


def _draft(scene: Scene, level: Level, turns: _Turns, honest: bool) -> Draft:
    placed = {place: turns.sentence(scene, honest) for place in PLACES}
    placed["limit"] = _limit(scene)
    frame = scene.pick(PRIORITY)
    placed["priority_why"] = scene.sentence("priority", frame, frame.format(level=level), (), True)
    own_name = unfounded.name(scene, honest) if not honest or scene.chance(0.6) else None
    placed["name"] = own_name or unfounded.plain_name(scene)
    for field in ("rep", "digital", "access"):
        placed[f"{field}.0"] = (scene.chance(0.8) and unfounded.lane(scene, honest)) or _advice(scene)
        placed[f"{field}.1"] = _advice(scene)
    if not honest and scene.chance(0.4):
        placed["access.1"] = unfounded.forbidden(scene, False) or _advice(scene)
    placed["plan.0.topic"] = (scene.chance(0.5) and unfounded.step(scene, honest)) or _topic(scene)
    placed["plan.1.cadence"] = unfounded.counsel_of(scene, "cadence numbers")
    placed["interpretation"] = unfounded.counsel_of(scene, "interpretation")
    claims: list[Claim] = []
    claim_places: list[str] = []
    for place, sentence in placed.items():
        beside = sentence.kind == "true claim beside false prose"
        if sentence.claims and (honest or beside or sentence.truth == "ok" or scene.chance(0.5)):
            claims += sentence.claims
            claim_places += [place] * len(sentence.claims)
    numbered = tuple(replace(claim, id=f"{scene.segment}-{i}") for i, claim in enumerate(claims, 1))
    return Draft(_persona(scene, level, placed, numbered), placed, tuple(claim_places), honest)


def _advice(scene: Scene) -> Sentence:
    return unfounded.counsel_of(scene, scene.pick(("advice", "cadence numbers")))


def _topic(scene: Scene) -> Sentence:
    text = scene.pick(("Service and open questions", "First meeting", "Forms and contacts at a glance",
                       "One open question", "Next steps"))  # fmt: skip
    return scene.sentence("advice", text, text, (), True, zone="advice")


def _limit(scene: Scene) -> Sentence:
    """An unfavourable fact where the segment has one, else what the table leaves open in numbers."""
    for _ in range(MOST_TRIES):
        found = worded.direction(scene, True)
        if found is not None and len(found.said) == 1 and found.said[0].relation != "near":
            sign = 1 if found.said[0].relation == "above" else -1
            if sign * scene.measure(found.said[0].feature).polarity < 0:
                return found
    found = numeric.size(scene, True)
    if found is None:
        raise ValueError(f"no size for {scene.segment} of {scene.case.id}")
    return found


def _persona(scene: Scene, level: Level, placed: dict[str, Sentence], claims: tuple[Claim, ...]) -> Persona:
    def say(place: str) -> Statement:
        return Statement(placed[place].text, placed[place].evidence, "gemini")

    def lane(field: str) -> tuple[Statement, ...]:
        return (say(f"{field}.0"), say(f"{field}.1"))

    plan = (
        PlanStep("Remote call", placed["plan.0.topic"].text, "Agree on one next step", "Once", "In the first month",
                 "Start of the plan", "Calls completed", "Two attempts without an answer"),
        PlanStep("E-mail", "Summary of the first step", "Reply with one question", "Once a quarter",
                 placed["plan.1.cadence"].text, "After the first step", "Replies received", "No reply twice"),
    )  # fmt: skip
    return Persona(
        segment=scene.segment, name=placed["name"].text, tagline=say("tagline"),
        bullets=tuple(say(place) for place in PLACES if place.startswith("bullets")), unique=say("unique"),
        limit=say("limit"), priority=level, priority_why=say("priority_why"), rep=lane("rep"),
        digital=lane("digital"), access=lane("access"), plan=plan,
        interpretation=say("interpretation"), claims=claims,
    )  # fmt: skip
