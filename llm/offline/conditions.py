"""Whether a play or a name fits a segment, and how well.

Conditions: "volume+" the role's column is above average (z >= .2), "volume-" below, "volume!" present and not
above, "volume0" not above or no such column; "#tenure-" the same for a column with that word (or "#drug cost-", those
words) in its label; "@contract:month" a category value with that word, in a column with the word before it, is
over-represented; "effort+" the segment takes more of all contacts than it holds of the volume, "effort-" less;
"won+" and "won-" the outcome is better or worse than for all, where yes is welcome, "leaving+" and "leaving-"
more or less of it, where it is not; "priority=High" and "priority!=Low"; "mix" a category value is
over-represented and leaves a remainder, "whole" one that holds nearly all of the segment; "lead" a column is
high and not unwelcome, "lag" a column where more is better is low, "held" the segment holds a large part of a total;
"small" a segment well under its even share.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.model import Fact, Profile, Theme
from llm.facts import Key, meaning
from llm.lexicon import ABOVE, spoken_value
from llm.offline.portrait import Mix, Portrait, Trait, delicate, words
from llm.outcomes import LEAVING, WELCOME
from llm.pack import Pack

MOST = 0.85
"""Beyond this share, speaking of a part and of the others says nothing."""

EFFORT = 1.15
"""From this ratio between the part of all contacts and the part of the volume on, effort is out of proportion."""

TELLING_OUTCOME = 0.02
"""From this difference from all accounts on, an outcome decides what to do."""

HOLDS, BEYOND = 0.25, 1.2
"""The part of a total, and that part over the part of the accounts, from which a segment can be planned on it."""

_LEFTOVER = re.compile(r"(?i)(no|none|other|unknown|not|missing|n/?a)\b")
"""Values that name an absence or a remainder: nobody is addressed by them."""


@dataclass(frozen=True)
class Judge:
    """Weighs conditions against portraits. `table` holds the facts of the `profile`."""

    pack: Pack
    table: dict[Key, Fact]
    profile: Profile

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
        if condition == "held":
            held = self.held(portrait)
            return min(1.0, self._excess(held, portrait) - 0.5) if held else None
        if condition in ("lead", "lag"):
            trait = self.lead(portrait) if condition == "lead" else self.lag(portrait)
            return min(1.0, abs(trait.z)) if trait else None
        if condition == "small":
            even = 1 / max(1, len(portrait.traits[0].order) if portrait.traits else 1)
            return 0.5 if portrait.segment.size_share < 0.6 * even else None
        if condition.startswith("@"):
            found = self.valued(condition[1:], portrait)
            return min(1.3, found.strength) if found else None
        name, sign = condition[:-1], condition[-1]
        if name in ("won", "leaving"):
            return _outcome(name, sign, portrait)
        if name == "effort":
            return self._effort(sign, portrait)
        trait = by_word(portrait, name[1:]) if name.startswith("#") else by_role(portrait, name)
        if sign == "0":
            return 0.3 if trait is None or trait.z < ABOVE else None
        if trait is None:
            return None
        if sign == "!":
            return 0.3 + max(0.0, -trait.z) if trait.z < ABOVE else None
        return min(2.0, abs(trait.z)) if trait.direction == sign else None

    def _effort(self, sign: str, portrait: Portrait) -> float | None:
        parts = self.effort(portrait)
        if parts is None:
            return None
        contacts, volume = parts
        ratio = contacts.value / volume.value
        if sign == "-":
            ratio = 1 / ratio
        return min(1.5, ratio - 0.5) if ratio >= EFFORT else None

    def effort(self, portrait: Portrait) -> tuple[Fact, Fact] | None:
        """The segment's part of all contacts and of the volume; None where one of them is not known or hidden."""
        rep, volume = portrait.roles.get("rep"), portrait.roles.get("volume")
        if rep is None or volume is None:
            return None
        contacts, held = (
            self.table.get((portrait.segment.id, trait.feature, "total share", None, None))
            for trait in (rep, volume)
        )
        if contacts is None or held is None or min(contacts.value, held.value) <= 0:
            return None
        return contacts, held

    def resting(self, when: Sequence[str], portrait: Portrait) -> Iterator[Trait]:
        """The columns that conditions name by a word, and the one that stands for the burden."""
        for condition in when:
            trait = by_word(portrait, condition[1:-1]) if condition.startswith("#") else None
            trait = by_role(portrait, "burden") if condition[:-1] == "burden" else trait
            if trait is not None and condition[-1] != "0":
                yield trait

    def valued(self, words_of: str, portrait: Portrait) -> Mix | None:
        """The over-represented value that "contract:month" speaks of."""
        column, _, value = words_of.partition(":")
        wanted = words(value)
        return next(
            (
                mix
                for mix in portrait.mixes
                if words(column) <= words(f"{mix.column} {mix.label}") and wanted <= words(mix.value)
            ),
            None,
        )

    def label(self, feature: str) -> str:
        """What the dictionary calls a column."""
        return meaning(self.profile, feature).label

    def lead(self, portrait: Portrait) -> Trait | None:
        """The column this segment stands out on, fit to be spoken of in an offer: high, and not unwelcome."""
        high = [t for t in portrait.distinct if t.direction == "+" and self.usable(t) and t.welcome >= 0]
        return max(high, key=lambda t: t.welcome, default=None)

    def lag(self, portrait: Portrait) -> Trait | None:
        """The column where more would be better and the segment is low."""
        return next(
            (t for t in portrait.distinct if t.direction == "-" and t.welcome > 0 and self.usable(t)), None
        )

    def held(self, portrait: Portrait) -> Trait | None:
        """The column of whose total the segment holds most for its size: the brand's own, the volume that leads, or
        money. At least HOLDS of it and beyond its part of the accounts, more at the typical account too, and not
        carried by a few; the brand's own before any other."""
        leading = portrait.roles.get("volume")
        found = [
            trait
            for trait in portrait.traits
            if (trait is leading or trait.unit == "currency" or "brand" in words(trait.label))
            and trait.unit in ("count", "currency") and not trait.carried
            and not delicate(trait.feature, trait.label, self.pack)
            and trait.median and trait.typical and trait.median.value > trait.typical.value
            and self._excess(trait, portrait) >= max(BEYOND, HOLDS / max(1e-9, portrait.segment.size_share))
        ]  # fmt: skip
        return max(
            found,
            key=lambda t: ("brand" in words(t.label), self._excess(t, portrait), t.feature),
            default=None,
        )

    def _excess(self, trait: Trait, portrait: Portrait) -> float:
        """The segment's part of the column's total over its part of the accounts."""
        fact = self.table.get((portrait.segment.id, trait.feature, "total share", None, None))
        return fact.value / max(1e-9, portrait.segment.size_share) if fact else 0.0

    def mix(self, portrait: Portrait) -> Mix | None:
        """The over-represented category value an offer may speak of: in the most telling column, the one
        that holds most of the segment; no yes or no, nothing delicate."""
        usable = [mix for mix in self.mixes(portrait) if mix.own.value <= MOST]
        beside = [mix for mix in usable if mix.column == usable[0].column]
        return max(beside, key=lambda mix: mix.own.value, default=None)

    def whole(self, portrait: Portrait) -> Mix | None:
        """The most telling category value that holds nearly all of the segment; such a one is no part of it."""
        return next((mix for mix in self.mixes(portrait) if mix.own.value > MOST), None)

    def mixes(self, portrait: Portrait) -> list[Mix]:
        """The category values somebody may be addressed by."""
        return [
            mix
            for mix in portrait.mixes
            if not delicate(mix.column, mix.label, self.pack)
            and not words(mix.label) & {*WELCOME, *LEAVING, *self.pack.place}
            and addressable(mix.value)
        ]

    def usable(self, trait: Trait) -> bool:
        """Whether a message may be about the column."""
        named = words(f"{trait.feature} {trait.label}")
        return not trait.yes and not named & {*self.pack.delicate, *self.pack.topicless, *self.pack.code}


def addressable(value: str) -> bool:
    """Whether a category value names somebody: no absence, no remainder, and nothing that needs quotation marks."""
    return not (value.startswith("(") or _LEFTOVER.match(value) or spoken_value(value).startswith("“"))


def by_role(portrait: Portrait, role: str) -> Trait | None:
    """The column that stands for a role."""
    known: dict[str, Theme] = {name: name for name in portrait.roles}
    return portrait.roles[known[role]] if role in known else None


def by_word(portrait: Portrait, word: str) -> Trait | None:
    """The column called exactly so, else the most telling one with the word, or the words, in its label or header."""
    wanted = set(word.split())
    named = [t for t in portrait.traits if wanted <= words(f"{t.feature} {t.label}")]
    return next(
        (t for t in named if wanted in (words(t.label), words(t.feature))), named[0] if named else None
    )


def _outcome(name: str, sign: str, portrait: Portrait) -> float | None:
    outcome = portrait.outcome
    if outcome is None or portrait.leaving != (name == "leaving"):
        return None
    if (outcome.own.value > outcome.all.value) != (sign == "+"):
        return None
    return min(1.3, 0.6 + 2 * outcome.strength) if outcome.strength >= TELLING_OUTCOME else None
