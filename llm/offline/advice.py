"""Choosing what to advise: pack entries whose conditions a portrait meets, strongest first.

Conditions: "volume+" the role's column is above average (z >= .2), "volume-" below, "volume!" present
and not above; "#tenure-" the same for a column with that word (or "#drug cost-", those words) in its
label; "priority=High" and "priority!=Low"; "mix" a category value is over-represented and leaves a
remainder, "whole" one that holds nearly all of the segment; "lead" a column is high and not unwelcome; "lag"
a column where more is better is low. An entry that names one of these needs it without saying so.
"{volume_over}" is "class TRx of 306 (median) or more", "{tenure_under}" the same or less, for the column of a role or
with that word. A text may offer a plainer one behind " | ", taken where the first cannot be filled.
"""

import re
from collections import Counter
from collections.abc import Sequence

from engine.model import Brief, Theme
from llm.drafts import StepDraft, literal
from llm.lexicon import ABOVE, capital, spoken_value
from llm.offline.claims import noun, noun_value, ref
from llm.offline.portrait import Mix, Portrait, Trait, delicate, words
from llm.pack import Entry, Pack, StepEntry

STAGES = ("open", "build", "ask", "keep", "review")

REUSE_COST = 1.2
"""What an entry loses each time another segment has used it, so that segments are told apart."""

_LEFTOVER = re.compile(r"(?i)(no|none|other|unknown|not|missing|n/?a)\b")
"""Values that name an absence or a remainder: nobody is addressed by them."""

PACE = {
    "High": {"calls": "Every two weeks", "mails": "Two a month", "rhythm": "twice a month"},
    "Medium": {"calls": "Once a month", "mails": "Once a month", "rhythm": "once a month"},
    "Low": {"calls": "Once a quarter", "mails": "Once a quarter", "rhythm": "once a quarter"},
}
SLOWER = {"High": "Medium", "Medium": "Medium", "Low": "Low"}
"""The rhythm of calls in a segment too large for that of its level."""

LARGE_SHARE, LARGE_SIZE = 0.2, 500
"""From both on a segment is large: time for every account would take a good part of all there is."""

NOTABLE = 0.15
"""A category value with this share of the segment is worth a version of its own."""

MOST = 0.85
"""Beyond this share, speaking of a part and of the others says nothing."""

FIRST = ", in the order of the decision"
"""Added to the timing of a step that asks for time for every account of a large segment."""

OR = " | "
"""Between texts of which the first that can be filled is taken."""

_SLOT = re.compile(r"\{(lead|lag|value|column|part|\w+_over|\w+_under)\}")
_STANDS_FOR = {"column": "value", "part": "value"}
_ASSET = " (approved asset required)"


class Desk:
    """Hands out a pack's entries and remembers which were used, over all segments of one playbook."""

    def __init__(self, pack: Pack, brief: Brief) -> None:
        self.pack = pack
        self.brief = brief
        self.used: Counter[str] = Counter()
        self.topics: set[tuple[str, str]] = set()
        self.focuses: dict[str, str] = {}
        self.lead_actions: dict[int, Entry] = {}

    def pick(self, entries: Sequence[Entry], portrait: Portrait, count: int) -> tuple[Entry, ...]:
        """The `count` best entries; each is taken once for this segment."""
        chosen: list[Entry] = []
        for _ in range(count):
            scored = [
                (score - REUSE_COST * self.used[entry.text], -position, entry)
                for position, entry in enumerate(entries)
                if (score := self.fit(entry, (entry.text,), portrait)) is not None and entry not in chosen
            ]
            if not scored:
                break
            best = max(scored, key=lambda item: item[:2])[2]
            self.used[best.text] += 1
            chosen.append(best)
        return tuple(chosen)

    def statements(self, entries: Sequence[Entry], portrait: Portrait, count: int) -> tuple[str, ...]:
        """The same as sentences of advice, which rest on no fact."""
        return tuple(
            _advice(self.fill(entry.text, portrait) + self._order(entry, portrait))
            for entry in self.pick(entries, portrait, count)
        )

    def moves(self, portraits: Sequence[Portrait]) -> tuple[str, ...]:
        """The lead action of each segment: the best fit over all segments is given first, each once
        while another fits."""
        scored = [
            (score, -portrait.position, -number)
            for portrait in portraits
            for number, entry in enumerate(self.pack.move)
            if (score := self.fit(entry, (entry.text,), portrait)) is not None
        ]
        given: dict[int, int] = {}
        for _, position, number in sorted(scored, reverse=True):
            if -position not in given and -number not in given.values():
                given[-position] = -number
        for p in portraits:
            if p.position in given:
                self.lead_actions[p.position] = self.pack.move[given[p.position]]
            else:
                self.lead_actions[p.position] = self.pick(self.pack.move, p, 1)[0]
        return tuple(
            _advice(self.fill(entry.text, p) + self._beginning(entry, p))
            for p in portraits
            for entry in (self.lead_actions[p.position],)
        )

    def plan(self, portrait: Portrait) -> tuple[StepDraft, ...]:
        """One step of each stage that has a fitting entry, in the order of STAGES. The first serves the lead
        action; a step that refers to another is taken only behind that one."""
        move = self.lead_actions.get(portrait.position) or Entry("")
        steps: list[StepEntry] = []
        for stage in STAGES:
            fitting = [step for step in self.pack.step if step.stage == stage and _follows(step, steps)]
            if portrait.priority.level == "Low" and move.by and "visit" not in move.by:
                fitting = [step for step in fitting if step.by != "visit"]
            if stage == "open" and move.by:
                fitting = [step for step in fitting if step.by in move.by] or fitting
            scored = [
                (score - REUSE_COST * self.used[_name(step)], -position, step)
                for position, step in enumerate(fitting)
                if (score := self.fit(step, _texts(step), portrait)) is not None
            ]
            if scored:
                best = max(scored, key=lambda item: item[:2])[2]
                self.used[_name(best)] += 1
                steps.append(best)
        return tuple(self._step(step, portrait) for step in steps)

    def _beginning(self, move: Entry, portrait: Portrait) -> str:
        """Where to begin when the lead action asks for time for every account: the part of the segment that is
        over-represented, those above the segment's own middle in volume first."""
        if not move.each:
            return ""
        mix, size = self._notable(portrait), portrait.segment.size
        volume = portrait.roles.get("volume")
        over = self._threshold("volume_over", portrait) if volume and volume.direction != "-" else ""
        rest = " and add the rest as capacity allows" if _large(portrait) else ""
        if mix:
            share = (
                f"{ref(mix.own)} of the segment, about {_about(size * mix.own.value)} {self.pack.accounts}"
            )
            first = f", those with {over} first{',' if rest else ''}" if over else ""
            return (
                f"; begin with the {noun_value(mix.value)} part ({share}){first}{rest or ', then the rest'}"
            )
        if over:
            return f"; begin with those with {over}{rest or ', then take the others'}"
        if not _large(portrait):
            return ""
        return f"; begin with a fifth of them (about {_about(size / 5)} {self.pack.accounts}){rest}"

    def _order(self, entry: Entry, portrait: Portrait) -> str:
        """The same for another tactic that asks for time for every account, in short."""
        if not (entry.each and _large(portrait)):
            return ""
        if self._beginning(self.lead_actions.get(portrait.position) or Entry(""), portrait):
            return ", in the same order"
        mix, volume = self._notable(portrait), portrait.roles.get("volume")
        if mix:
            return f", the {noun_value(mix.value)} part first"
        return f", the top fifth by {noun(volume.label)} first" if volume else ", a fifth of them first"

    def _begins_with_mix(self, move: Entry, portrait: Portrait) -> bool:
        """Whether the lead action as told begins with a category value."""
        return "{value}" in move.text or " part (" in self._beginning(move, portrait)

    def _notable(self, portrait: Portrait) -> Mix | None:
        mix = self.mix(portrait)
        return mix if mix and mix.own.value >= NOTABLE else None

    def focus(self, portrait: Portrait) -> str:
        """What a step used elsewhere is turned to here: the largest telling category value, else the most
        telling column that no other segment has; empty where there is none."""
        segment = portrait.segment.id
        if segment not in self.focuses:
            mix = self._notable(portrait)
            options = [f"{noun_value(mix.value)} first"] if mix else []
            plain = [
                t
                for t in portrait.distinct
                if t.direction != "~" and not t.yes and not delicate(t.feature, t.label, self.pack)
            ]
            plain.sort(key=lambda t: t.direction != "+")
            nouns = [noun(t.label) for t in plain]
            options += [
                f"with a {'focus' if t.direction == '+' else 'question'} on {noun(t.label)}" for t in plain
            ]
            options += [f"{noun_value(m.value)} first" for m in self._mixes(portrait) if m.own.value <= MOST]
            options += [f"with questions on {a} and {b}" for i, a in enumerate(nouns) for b in nouns[i + 1 :]]
            taken = set(self.focuses.values())
            self.focuses[segment] = next((option for option in options if option not in taken), "")
        return self.focuses[segment]

    def fit(self, entry: Entry | StepEntry, texts: Sequence[str], portrait: Portrait) -> float | None:
        """How well an entry fits, None when a condition fails or there is nothing for a slot of its texts."""
        if not all(self._fillable(text.split(OR)[-1], portrait) for text in texts):
            return None
        return self.score(entry.when, entry.weight, portrait)

    def _fillable(self, text: str, portrait: Portrait) -> bool:
        """Whether there is something for every slot of a text."""
        there: dict[str, Trait | Mix | None] = {
            "lead": self.lead(portrait),
            "lag": self.lag(portrait),
            "value": self.mix(portrait) or self.whole(portrait),
        }

        def found(slot: str) -> bool:
            if slot.endswith(("_over", "_under")):
                return self._measured(slot, portrait) is not None
            return there[_STANDS_FOR.get(slot, slot)] is not None

        return all(found(slot) for slot in _SLOT.findall(text))

    def _measured(self, slot: str, portrait: Portrait) -> Trait | None:
        """The column that "volume_over" or "lag_under" speaks of."""
        name = slot.rsplit("_", 1)[0]
        if name in ("lead", "lag"):
            trait = self.lead(portrait) if name == "lead" else self.lag(portrait)
        else:
            trait = _by_role(portrait, name) or _by_word(portrait, name.replace("_", " "))
        usable = trait and not trait.yes and not delicate(trait.feature, trait.label, self.pack)
        return trait if usable else None

    def _threshold(self, slot: str, portrait: Portrait) -> str:
        """ "class TRx of 306 (median) or more": the segment's own middle as a line to act on."""
        trait = self._measured(slot, portrait)
        if trait is None:
            return ""
        side = "more" if slot.endswith("_over") else "less"
        kind = "median" if trait.centre is trait.median else "average"
        return f"{noun(trait.label)} of {ref(trait.centre)} ({kind}) or {side}"

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
        if condition in ("mix", "whole"):
            mix = self.mix(portrait) if condition == "mix" else self.whole(portrait)
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
        """The over-represented category value an offer may speak of: in the most telling column, the one
        that holds most of the segment; no yes or no, nothing delicate."""
        usable = [mix for mix in self._mixes(portrait) if mix.own.value <= MOST]
        beside = [mix for mix in usable if mix.column == usable[0].column]
        return max(beside, key=lambda mix: mix.own.value, default=None)

    def whole(self, portrait: Portrait) -> Mix | None:
        """The most telling category value that holds nearly all of the segment; such a one is no part of it."""
        return next((mix for mix in self._mixes(portrait) if mix.own.value > MOST), None)

    def _mixes(self, portrait: Portrait) -> list[Mix]:
        return [
            mix
            for mix in portrait.mixes
            if not delicate(mix.column, mix.label, self.pack)
            and not spoken_value(mix.value).startswith("“")
            and not _LEFTOVER.match(mix.value)
        ]

    def fill(self, text: str, portrait: Portrait) -> str:
        """The text with its slots filled from the portrait, the brief and the pack; of several behind " | " the
        first that can be."""
        options = text.split(OR)
        text = next((option for option in options if self._fillable(option, portrait)), options[-1])
        lead, lag = self.lead(portrait), self.lag(portrait)
        mix = self.mix(portrait) or self.whole(portrait)
        area = literal(self.brief.therapy_area.strip()) or self.pack.area
        move = self.lead_actions.get(portrait.position)
        level = portrait.priority.level
        calls = (move.pace if move else "") or (SLOWER[level] if _large(portrait) else level)
        slots = {
            "account": self.pack.account,
            "accounts": self.pack.accounts,
            "Accounts": self.pack.accounts.title(),
            "brand": literal(self.brief.brand.strip()) or self.pack.brand,
            "area": area,
            "Area": capital(area.removeprefix("the ")),
            "lead": noun(lead.label) if lead else "",
            "lag": noun(lag.label) if lag else "",
            "value": noun_value(mix.value) if mix else "",
            "column": noun(mix.label) if mix else "",
            "part": ref(mix.own) if mix else "",
            **PACE[level],
            "calls": PACE[calls]["calls"],
        }
        slots |= {
            slot: self._threshold(slot, portrait)
            for slot in _SLOT.findall(text)
            if slot.endswith(("_over", "_under"))
        }
        return capital(text.format_map(slots))

    def _usable(self, trait: Trait) -> bool:
        named = words(f"{trait.feature} {trait.label}")
        return not trait.yes and not named & {*self.pack.delicate, *self.pack.topicless}

    def _step(self, step: StepEntry, portrait: Portrait) -> StepDraft:
        channel, topic = self.fill(step.channel, portrait), self.fill(step.topic, portrait)
        focus = self.focus(portrait) if step.stage != "review" else ""
        move, mix = self.lead_actions.get(portrait.position), self.mix(portrait)
        if step.stage == "open" and move and mix and self._begins_with_mix(move, portrait):
            topic = _turned(topic, f"{noun_value(mix.value)} first")
        if focus and focus not in topic and (channel, topic) in self.topics:
            topic = _turned(topic, focus)
        self.topics.add((channel, topic))
        ordered = _large(portrait) and move and self._beginning(move, portrait)
        return StepDraft(
            channel=channel,
            topic=topic,
            call_to_action=self.fill(step.call_to_action, portrait),
            frequency=self.fill(step.frequency, portrait),
            cadence=self.fill(step.cadence, portrait) + (FIRST if step.each and ordered else ""),
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


def _follows(step: StepEntry, before: Sequence[StepEntry]) -> bool:
    """Whether the step uses another channel than those before it and finds there what it refers to."""
    if any(step.channel == earlier.channel for earlier in before):
        return False
    given = {what for earlier in before for what in earlier.gives}
    return not step.needs or bool(given & set(step.needs))


def _turned(topic: str, focus: str) -> str:
    plain = topic.removesuffix(_ASSET)
    return f"{plain}, {focus}{topic.removeprefix(plain)}"


def _large(portrait: Portrait) -> bool:
    return portrait.segment.size_share >= LARGE_SHARE and portrait.segment.size >= LARGE_SIZE


def _about(number: float) -> str:
    """The number to two figures: 3,200."""
    whole = round(number)
    return f"{round(whole, 2 - len(str(whole))):,}"


def _advice(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _texts(step: StepEntry) -> tuple[str, ...]:
    return (
        step.channel, step.topic, step.call_to_action, step.frequency, step.cadence, step.trigger,
        step.measure, step.stop_rule,
    )  # fmt: skip


def _name(step: StepEntry) -> str:
    return f"{step.stage}: {step.channel}: {step.topic}"
