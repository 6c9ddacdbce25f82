"""Choosing what to advise: pack entries whose conditions a portrait meets, strongest first.

Conditions: "volume+" the role's column is above average (z >= .2), "volume-" below, "volume!" present
and not above; "#tenure-" the same for a column with that word (or "#drug cost-", those words) in its
label; "priority=High" and "priority!=Low"; "mix" a category value is over-represented; "lead" a column
is high and not unwelcome; "lag" a column where more is better is low.
"""

import re
from collections import Counter
from collections.abc import Sequence

from engine.model import Brief, PlanStep, Source, Statement, Theme
from llm.lexicon import ABOVE, capital, spoken, spoken_value
from llm.offline.portrait import Mix, Portrait, Trait, delicate, words
from llm.pack import Entry, Pack, StepEntry

STAGES = ("open", "build", "ask", "keep", "review")

REUSE_COST = 1.2
"""What an entry loses each time another segment has used it, so that segments are told apart."""

_LEFTOVER = re.compile(r"(?i)(no|none|other|unknown|not|missing|n/?a)\b")
"""Values that name an absence or a remainder: nobody is addressed by them."""

PACE = {
    "High": {"calls": "Every two weeks", "mails": "Two a month"},
    "Medium": {"calls": "Once a month", "mails": "Once a month"},
    "Low": {"calls": "Once a quarter", "mails": "Once a quarter"},
}


class Desk:
    """Hands out a pack's entries and remembers which were used, over all segments of one playbook."""

    def __init__(self, pack: Pack, brief: Brief) -> None:
        self.pack = pack
        self.brief = brief
        self.used: Counter[str] = Counter()

    def pick(self, entries: Sequence[Entry], portrait: Portrait, count: int) -> tuple[str, ...]:
        """The `count` best texts, filled in; each is taken once for this segment."""
        chosen: list[str] = []
        for _ in range(count):
            scored = [
                (score - REUSE_COST * self.used[entry.text], -position, entry)
                for position, entry in enumerate(entries)
                if (score := self.score(entry.when, entry.weight, portrait)) is not None
                and entry.text not in chosen
            ]
            if not scored:
                break
            best = max(scored, key=lambda item: item[:2])[2]
            self.used[best.text] += 1
            chosen.append(best.text)
        return tuple(self.fill(text, portrait) for text in chosen)

    def statements(self, entries: Sequence[Entry], portrait: Portrait, count: int) -> tuple[Statement, ...]:
        """The same as statements of advice, which rest on no fact."""
        source: Source = "offline"
        texts = self.pick(entries, portrait, count)
        return tuple(Statement(_stopped(text), (), source) for text in texts)

    def moves(self, portraits: Sequence[Portrait]) -> tuple[Statement, ...]:
        """The lead action of each segment: the best fit over all segments is given first, each once
        while another fits."""
        scored = [
            (score, -portrait.position, -number)
            for portrait in portraits
            for number, entry in enumerate(self.pack.move)
            if (score := self.score(entry.when, entry.weight, portrait)) is not None
        ]
        given: dict[int, int] = {}
        for _, position, number in sorted(scored, reverse=True):
            if -position not in given and -number not in given.values():
                given[-position] = -number
        source: Source = "offline"
        return tuple(
            Statement(_stopped(self.fill(self.pack.move[given[p.position]].text, p)), (), source)
            if p.position in given
            else self.statements(self.pack.move, p, 1)[0]
            for p in portraits
        )

    def plan(self, portrait: Portrait) -> tuple[PlanStep, ...]:
        """One step of each stage that has a fitting entry, in the order of STAGES."""
        steps: list[PlanStep] = []
        for stage in STAGES:
            scored = [
                (score - REUSE_COST * self.used[_name(step)], -position, step)
                for position, step in enumerate(self.pack.step)
                if step.stage == stage
                and (score := self.score(step.when, step.weight, portrait)) is not None
                and all(step.channel != taken.channel for taken in steps)
            ]
            if scored:
                best = max(scored, key=lambda item: item[:2])[2]
                self.used[_name(best)] += 1
                steps.append(self._step(best, portrait))
        return tuple(steps)

    def score(self, when: Sequence[str], weight: float, portrait: Portrait) -> float | None:
        """How well the conditions fit, None when one fails."""
        strengths = []
        for condition in when:
            strength = self._strength(condition, portrait)
            if strength is None:
                return None
            strengths.append(strength)
        mean = sum(strengths) / len(strengths) if strengths else 0.0
        return weight * (0.3 + mean + 0.25 * max(0, len(strengths) - 1))

    def _strength(self, condition: str, portrait: Portrait) -> float | None:
        if condition.startswith("priority!="):
            return None if condition == f"priority!={portrait.priority.level}" else 0.3
        if condition.startswith("priority="):
            return 0.7 if condition == f"priority={portrait.priority.level}" else None
        if condition == "mix":
            mix = self.mix(portrait)
            return min(1.0, mix.strength) if mix else None
        if condition in ("lead", "lag"):
            trait = self.lead(portrait) if condition == "lead" else self.lag(portrait)
            return min(1.0, abs(trait.z)) if trait else None
        name, sign = condition[:-1], condition[-1]
        trait = _by_word(portrait, name[1:]) if name.startswith("#") else _by_role(portrait, name)
        if trait is None:
            return None
        if sign == "!":
            return 0.3 + max(0.0, -trait.z) if trait.z < ABOVE else None
        return min(2.0, abs(trait.z)) if trait.direction == sign else None

    def lead(self, portrait: Portrait) -> Trait | None:
        """The column this segment stands out on, fit to be spoken of in an offer: high, and not unwelcome."""
        high = [t for t in portrait.distinct if t.direction == "+" and self._usable(t) and t.welcome >= 0]
        return max(high, key=lambda t: t.welcome, default=None)

    def lag(self, portrait: Portrait) -> Trait | None:
        """The column where more would be better and the segment is low."""
        return next(
            (t for t in portrait.distinct if t.direction == "-" and t.welcome > 0 and self._usable(t)), None
        )

    def mix(self, portrait: Portrait) -> Mix | None:
        """The over-represented category value that an offer may speak of: no yes or no, nothing delicate."""
        return next(
            (
                mix
                for mix in portrait.mixes
                if not delicate(mix.column, mix.label, self.pack)
                and not spoken_value(mix.value).startswith("“")
                and not _LEFTOVER.match(mix.value)
            ),
            None,
        )

    def fill(self, text: str, portrait: Portrait) -> str:
        """The text with its slots filled from the portrait, the brief and the pack."""
        lead, lag, mix = self.lead(portrait), self.lag(portrait), self.mix(portrait)
        area = self.brief.therapy_area.strip() or self.pack.area
        slots = {
            "account": self.pack.account,
            "accounts": self.pack.accounts,
            "Accounts": self.pack.accounts.title(),
            "brand": self.brief.brand.strip() or self.pack.brand,
            "area": area,
            "Area": capital(area.removeprefix("the ")),
            "lead": spoken(lead.label) if lead else "their own figures",
            "lag": spoken(lag.label) if lag else "the weakest measure",
            "value": spoken_value(mix.value) if mix else "the largest group",
            "column": spoken(mix.label) if mix else "group",
            **PACE[portrait.priority.level],
        }
        return capital(text.format_map(slots))

    def _usable(self, trait: Trait) -> bool:
        named = words(f"{trait.feature} {trait.label}")
        return not trait.yes and not named & {*self.pack.delicate, *self.pack.topicless}

    def _step(self, step: StepEntry, portrait: Portrait) -> PlanStep:
        return PlanStep(
            channel=self.fill(step.channel, portrait),
            topic=self.fill(step.topic, portrait),
            call_to_action=self.fill(step.call_to_action, portrait),
            frequency=self.fill(step.frequency, portrait),
            cadence=self.fill(step.cadence, portrait),
            trigger=self.fill(step.trigger, portrait),
            measure=self.fill(step.measure, portrait),
            stop_rule=self.fill(step.stop_rule, portrait),
        )


def _by_role(portrait: Portrait, role: str) -> Trait | None:
    known: dict[str, Theme] = {name: name for name in portrait.roles}
    return portrait.roles[known[role]] if role in known else None


def _by_word(portrait: Portrait, word: str) -> Trait | None:
    wanted = set(word.split())
    return next((t for t in portrait.traits if wanted <= words(f"{t.feature} {t.label}")), None)


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _name(step: StepEntry) -> str:
    return f"{step.stage}: {step.channel}: {step.topic}"
