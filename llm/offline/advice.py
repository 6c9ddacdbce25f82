"""Choosing what to advise: one play of the pack for each segment, its texts filled from the facts.

A play holds everything that is advised, so that decision, tactics, warning and plan agree. In its texts
"{volume}" is the name of a role's column; "{volume_own}" and "{volume_all}" are its mean here and for all,
"{volume_median}" and "{volume_typical}" its medians, "{volume_upper}" where the segment's upper quarter begins,
"{volume_part}" the segment's part of its total, "{volume_whole}" that total ("all class TRx"), "{volume_ratio}" how
many times the average it is; "{volume_over}" is "class TRx of 337 (upper quartile) or more", "{volume_under}" the
middle "or less", "{volume_place}" a comma and its place among the segments, or nothing. A word of a label serves in
place of a role ("{tenure_own}"), or several ("{brand_claims_own}").
"{contract_value}", "{contract_share}" and "{contract_lift}" are the over-represented value of a category column, its
share and how many times the average that is, "{contract_next_value}" and "{contract_next_share}" the largest other
one; "{contract__two_year}" is the share of the value with these words, "{contract__two_year_all}" the same for all and
"{contract__two_year_lift}" how many times that it is. "{value}", "{column}" and "{part}" speak of the most telling
one; "{first}" is where to begin in the segment; "{places}" where its accounts are found more than elsewhere; "{won}"
and "{won_all}" the outcome, "{won_part}" the segment's part of all yes, "{won_count}" and "{won_count_all}" how many
that are. A text may offer plainer ones behind " | ": the first that can be filled, and holds, is taken.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from engine.model import Brief, Fact, Statistic
from llm.drafts import StepDraft, literal
from llm.facts import ALL, SMALLEST_CELL
from llm.lexicon import capital
from llm.offline.claims import noun, noun_value, ref, whole
from llm.offline.conditions import MOST, Judge, addressable, by_role, by_word
from llm.offline.portrait import Mix, Portrait, Trait, delicate, words
from llm.offline.proof import Proof
from llm.pack import Pack, Play, StepEntry

REUSE_COST = 1.2
"""What a play loses each time another segment has used it, so that segments are told apart."""

NOTABLE = 0.15
"""A category value with this share of the segment is worth a version of its own."""

FEWEST_STEPS, MOST_STEPS = 3, 4

OR = " | "
"""Between texts of which the first that can be filled is taken."""

_SENTENCE = re.compile(r"(?<=[.?!] )[a-z]")
"""Where a sentence begins behind another one, with a label perhaps."""

_SLOT = re.compile(r"\{(\w+)\}")
_ASSET = " (approved asset required)"


class Desk:
    """Hands out a pack's plays and remembers which were used, over all segments of one playbook."""

    def __init__(self, pack: Pack, brief: Brief, judge: Judge, proof: Proof) -> None:
        self.pack = pack
        self.brief = brief
        self.judge = judge
        self.proof = proof
        self.used: Counter[str] = Counter()
        self.topics: set[tuple[str, str]] = set()
        self.focuses: dict[str, str] = {}

    def plays(self, portraits: Sequence[Portrait]) -> tuple[Play, ...]:
        """The play of each segment: the best fit over all segments is given first, each once while another fits."""
        scored = sorted(
            (
                (score, -portrait.position, -number)
                for portrait in portraits
                for number, play in enumerate(self.pack.play)
                if (score := self._fit(play, portrait)) is not None
            ),
            reverse=True,
        )
        given: dict[int, int] = {}
        for _, position, number in scored:
            if -position not in given and -number not in given.values():
                given[-position] = -number
        times = Counter(given.values())
        for portrait in portraits:
            if portrait.position not in given:
                mine = [(s - REUSE_COST * times[-n], n) for s, p, n in scored if p == -portrait.position]
                given[portrait.position] = -max(mine)[1]
                times[given[portrait.position]] += 1
        return tuple(self.pack.play[given[portrait.position]] for portrait in portraits)

    def _fit(self, play: Play, portrait: Portrait) -> float | None:
        if not any(True for _ in self.options(play.decision, portrait)):
            return None
        return self.judge.score(play.when, play.weight, portrait)

    def tell(
        self, texts: Sequence[str], portrait: Portrait, count: int, spare: Sequence[str] = ()
    ) -> tuple[str, ...]:
        """The first `count` of the texts that can be filled and hold, those not used before in front; from `spare`
        what is missing."""
        chosen: list[str] = []
        order = sorted(range(len(texts)), key=lambda number: (self.used[texts[number]], number))
        for number in sorted(order[:count]) + order[count:]:
            if len(chosen) == count:
                break
            found = self._first(texts[number], portrait, "advice", _sentence)
            if found and found not in chosen:
                self.used[texts[number]] += 1
                chosen.append(found)
        if not chosen and spare:
            return self.tell(spare, portrait, count)
        return tuple(chosen)

    def interpretation(self, play: Play, portrait: Portrait) -> str:
        """The play's reading of the figures, else the plainest that any segment bears."""
        for text in (*play.interpretation, *self.pack.play[-1].interpretation):
            found = self._first(text, portrait, "interpretation", _sentence)
            if found:
                return found
        return "The figures do not say why. Ask ten of them before building on a guess."

    def _first(
        self, text: str, portrait: Portrait, zone: str, finish: Callable[[str], str] = str
    ) -> str | None:
        segment = portrait.segment.id
        for option in self.options((text,), portrait):
            told = finish(option)
            if self.proof.holds(told, segment, "advice" if zone == "advice" else "interpretation"):
                return told
        return None

    def options(self, texts: Sequence[str], portrait: Portrait) -> Iterator[str]:
        """The options of the texts that can be filled, filled, held to nothing."""
        for text in texts:
            for option in text.split(OR):
                slots = {slot: self.slot(slot, portrait) for slot in _SLOT.findall(option)}
                if None not in slots.values():
                    yield _SENTENCE.sub(
                        lambda found: found.group().upper(), capital(option.format_map(slots))
                    )

    # --- The plan ---------------------------------------------------------------------------------

    def plan(self, play: Play, portrait: Portrait) -> tuple[StepDraft, ...]:
        """The steps of the play that can be filled and hold; where too few are left, the pack's plainest behind
        them."""
        steps: list[StepDraft] = []
        spare = [step for other in reversed(self.pack.play) if not other.when for step in other.step]
        for entry in (*play.step, *spare):
            if len(steps) >= (MOST_STEPS if entry in play.step else FEWEST_STEPS):
                continue
            step = self._step(entry, portrait)
            if step and not any(
                step.channel == other.channel and step.topic == other.topic for other in steps
            ):
                steps.append(step)
                self.topics.add((step.channel, step.topic))
        return tuple(steps)

    def _step(self, entry: StepEntry, portrait: Portrait) -> StepDraft | None:
        fields = {}
        for name, text in entry._asdict().items():
            found = self._first(text, portrait, "advice")
            if found is None:
                return None
            fields[name] = found
        focus = self.focus(portrait)
        if focus and (fields["channel"], fields["topic"]) in self.topics:
            turned = _turned(fields["topic"], focus)
            if self.proof.holds(turned, portrait.segment.id, "advice"):
                fields["topic"] = turned
        return StepDraft(**fields)

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
            options += [
                f"{noun_value(m.value)} first" for m in self.judge.mixes(portrait) if m.own.value <= MOST
            ]
            options += [f"with questions on {a} and {b}" for i, a in enumerate(nouns) for b in nouns[i + 1 :]]
            taken = set(self.focuses.values())
            self.focuses[segment] = next((option for option in options if option not in taken), "")
        return self.focuses[segment]

    # --- Slots ------------------------------------------------------------------------------------

    def slot(self, name: str, portrait: Portrait) -> str | None:
        """What stands for a slot in this segment; None where the data has nothing for it."""
        area = literal(self.brief.therapy_area.strip()) or self.pack.area
        fixed = {
            "account": self.pack.account,
            "accounts": self.pack.accounts,
            "Accounts": self.pack.accounts.title(),
            "brand": literal(self.brief.brand.strip()) or self.pack.brand,
            "area": area,
            "Area": capital(area.removeprefix("the ")),
        }
        if name in fixed:
            return fixed[name]
        if name in ("size", "size_share"):
            fact = self.judge.table.get((portrait.segment.id, "", name.replace("_", " "), None, None))  # type: ignore[arg-type]
            return ref(fact) if fact else None
        if name == "first":
            return self._beginning(portrait)
        if name == "places":
            return _and([noun_value(place.value) for place in portrait.places]) or None
        if name.startswith("won"):
            return self._won(name, portrait)
        if "__" in name:
            return self._cell(name, portrait)
        if name in ("value", "column", "part"):
            mix = self.judge.mix(portrait) or self.judge.whole(portrait)
            if mix is None:
                return None
            said = {"value": noun_value(mix.value), "column": noun(mix.label), "part": ref(mix.own)}
            return said[name]
        return self._measured(name, portrait)

    def _won(self, name: str, portrait: Portrait) -> str | None:
        outcome, segment = portrait.outcome, portrait.segment.id
        if outcome is None:
            return None
        found: dict[str, tuple[str, Statistic]] = {
            "won": (segment, "category share"),
            "won_all": (ALL, "category share"),
            "won_part": (segment, "total share"),
            "won_count": (segment, "size"),
            "won_count_all": (ALL, "size"),
        }
        if name not in found:
            return None
        where, statistic = found[name]
        fact = self.judge.table.get((where, outcome.column, statistic, outcome.value, None))
        return ref(fact) if fact else None

    def _cell(self, name: str, portrait: Portrait) -> str | None:
        """What "contract__two_year", and the same with _all or _lift, stands for; of several values the shortest."""
        stem, _, what = name.rpartition("_")
        column, _, value = (stem if what in ("all", "lift") else name).partition("__")
        wanted, named = set(value.split("_")), set(column.split("_"))
        table, segment = self.judge.table, portrait.segment.id
        cells = [
            (len(text), feature, text)
            for feature, values in portrait.segment.categories.items()
            for text in values
            if wanted <= words(text) and named <= words(f"{feature} {self.judge.label(feature)}")
        ]
        if not cells:
            return None
        _, feature, text = min(cells)
        if what == "lift":
            fact = table.get((segment, feature, "lift", text, ALL))
        else:
            fact = table.get((ALL if what == "all" else segment, feature, "category share", text, None))
        return ref(fact) if fact else None

    def _measured(self, name: str, portrait: Portrait) -> str | None:
        stem, _, what = name.rpartition("_")
        if what in ("value", "share", "lift") and stem:
            return self._mixed(stem, what, portrait)
        if (
            what
            not in (
                "over",
                "under",
                "upper",
                "own",
                "all",
                "part",
                "ratio",
                "whole",
                "median",
                "typical",
                "place",
            )
            or not stem
        ):
            trait = self._trait(name, portrait)
            return noun(trait.label) if trait else None
        trait = self._trait(stem, portrait)
        if trait is None:
            return None
        if what in ("over", "under"):
            return self._threshold(trait, what, portrait)
        if what == "upper":
            upper = self._upper(trait, portrait)
            return ref(upper) if upper else None
        if what == "place":
            return f", {trait.place}" if trait.place else ""
        if what == "whole":
            return whole(trait.label)
        if what == "median":
            return ref(trait.median) if trait.median else None
        if what == "typical":
            fact = self.judge.table.get((ALL, trait.feature, "median", None, None))
            return ref(fact) if fact else None
        if what == "own":
            return ref(trait.own)
        if what == "all":
            return ref(trait.all)
        table, segment = self.judge.table, portrait.segment.id
        if what == "part":
            fact = table.get((segment, trait.feature, "total share", None, None))
        else:
            fact = table.get((segment, trait.feature, "ratio", None, ALL))
        return ref(fact) if fact else None

    def _mixed(self, stem: str, what: str, portrait: Portrait) -> str | None:
        column = stem.removesuffix("_next")
        usable = [
            m for m in portrait.mixes if column in words(f"{m.column} {m.label}") and addressable(m.value)
        ]
        mix = max(usable, key=lambda mix: mix.own.value, default=None)
        if mix is None:
            return None
        table, segment = self.judge.table, portrait.segment.id
        if what == "lift":
            fact = table.get((segment, mix.column, "lift", mix.value, ALL))
            return ref(fact) if fact else None
        own = mix.own
        if stem != column:
            others = (
                fact
                for value in portrait.segment.categories[mix.column]
                if value != mix.value and addressable(value)
                and (fact := table.get((segment, mix.column, "category share", value, None)))
            )  # fmt: skip
            second = max(others, key=lambda fact: fact.value, default=None)
            if second is None or second.value < NOTABLE:
                return None
            own = second
        if what != "value":
            return ref(own)
        return capital(own.category or "") if column == "month" else _run_in(own.category or "")

    def _upper(self, trait: Trait, portrait: Portrait) -> Fact | None:
        """Where the segment's own upper quarter begins, where that is more than its middle."""
        fact = self.judge.table.get((portrait.segment.id, trait.feature, "upper quartile", None, None))
        middle = trait.median.value if trait.median else trait.own.value
        return fact if fact and fact.value > middle else None

    def _threshold(self, trait: Trait, what: str, portrait: Portrait) -> str | None:
        if trait.yes or delicate(trait.feature, trait.label, self.pack):
            return None
        upper = self._upper(trait, portrait) if what == "over" else None
        if upper:
            return f"{noun(trait.label)} of {ref(upper)} (upper quartile) or more"
        kind = "median" if trait.centre is trait.median else "average"
        return (
            f"{noun(trait.label)} of {ref(trait.centre)} ({kind}) or {'more' if what == 'over' else 'less'}"
        )

    def _trait(self, name: str, portrait: Portrait) -> Trait | None:
        if name in ("lead", "lag"):
            return self.judge.lead(portrait) if name == "lead" else self.judge.lag(portrait)
        return by_role(portrait, name) or by_word(portrait, name.replace("_", " "))

    def _beginning(self, portrait: Portrait) -> str | None:
        """Where to begin: the part of the segment that is over-represented, else those above the segment's own
        middle in volume, else a fifth of them."""
        size, mix = portrait.segment.size, self._notable(portrait)
        if mix:
            count = f"about {_about(size * mix.own.value)} {self.pack.accounts}"
            return f"the {noun_value(mix.value)} part ({ref(mix.own)} of the segment, {count})"
        volume = portrait.roles.get("volume")
        over = self._measured("volume_over", portrait) if volume and volume.direction != "-" else None
        if over:
            return f"those with {over}"
        return None if size / 5 < SMALLEST_CELL else f"a fifth of them (about {_about(size / 5)})"

    def _notable(self, portrait: Portrait) -> Mix | None:
        mix = self.judge.mix(portrait)
        return mix if mix and mix.own.value >= NOTABLE else None


def _run_in(value: str) -> str:
    """A category value within a sentence: "electronic check", but "Nurse Practitioner" and "Medicaid"."""
    first, *others = re.split(r"[\s-]+", value)
    plain = others and first.istitle() and not any(other[:1].isupper() for other in others)
    return noun_value(value[:1].lower() + value[1:] if plain else value)


def _turned(topic: str, focus: str) -> str:
    plain = topic.removesuffix(_ASSET)
    return f"{plain}, {focus}{topic.removeprefix(plain)}"


def _about(number: float) -> str:
    """The number to two figures: 3,200."""
    whole = round(number)
    return f"{round(whole, 2 - len(str(whole))):,}"


def _and(items: Sequence[str]) -> str:
    return "".join(items) if len(items) < 2 else f"{', '.join(items[:-1])} and {items[-1]}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
