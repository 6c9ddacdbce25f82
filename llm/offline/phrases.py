"""Factual sentences: a trait of a segment put into one of the shapes of llm.offline.sentences."""

from collections import Counter
from collections.abc import Callable, Sequence

from engine.model import Fact, Profile
from llm.drafts import ClaimDraft
from llm.facts import ALL, Key
from llm.lexicon import NEAR, capital, plural
from llm.names import Names
from llm.offline import sentences as shapes
from llm.offline.claims import Claims, Line, noun, noun_value, ref
from llm.offline.portrait import Mix, Portrait, Trait, delicate, words
from llm.pack import Pack

TELLING_RATIO = 1.2
"""From this ratio to the average on, "1.2 times" says more than two figures alone."""

SKEWED, LOPSIDED = 1.3, 2.5
"""A mean this many times the median is worth a warning; the second figure puts it before any other limit."""

HEAVY = 1.5
"""From this ratio of a part of a total to the part of the accounts on, a segment is not small in every sense."""


class Pen:
    """Writes lines, claims first, and takes the next shape of a family each time, over all segments of a playbook."""

    def __init__(self, profile: Profile, table: dict[Key, Fact], known: Names, pack: Pack) -> None:
        self.profile = profile
        self.table = table
        self.claims = Claims(known, table)
        self.pack = pack
        self.turns: Counter[str] = Counter()
        self.openings: set[str] = set()

    def new_page(self) -> None:
        """Begin another persona: its sentences may open with any word again."""
        self.openings.clear()

    def trait(self, trait: Trait) -> Line | None:
        """What a segment's column says, in contrast to all accounts and to the ends of the ranking."""
        if trait.own.text == trait.all.text and trait.direction != "~":
            return None
        family = self._family(trait)
        return self._say(family, trait)

    def near(self, trait: Trait) -> Line | None:
        return self._say(shapes.NEAR, trait) if abs(trait.z) <= NEAR and not trait.yes else None

    def mix(self, mix: Mix, second: Mix | None = None) -> Line:
        """A category value that is over-represented, with how many times; or two of one column."""
        slots = self._mixed(mix)
        quoted = slots["value"].startswith("“")
        if second and not quoted and not noun_value(second.value).startswith("“"):
            slots |= {"share2": ref(second.own), "all2": ref(second.all), "value2": noun_value(second.value)}
            return _line(self.take(shapes.MIX_TWO), slots, self.claims.share(mix), self.claims.share(second))
        lift = self.table.get((mix.own.segment, mix.column, "lift", mix.value, ALL))
        if (
            lift
            and lift.value < 100
            and mix.own.value < 0.995
            and float(lift.text.replace(",", "")) >= TELLING_RATIO
        ):
            times = shapes.MIX_QUOTED_LIFT if quoted else shapes.MIX_LIFT
            return _line(self.take(times), slots | {"lift": ref(lift)}, self.claims.share(mix, lift))
        family = shapes.MIX_QUOTED if quoted else shapes.MIX_MOST
        return _line(self.take(family), slots, self.claims.share(mix))

    def most(self, mix: Mix) -> Line:
        """A category value of which no other segment has as much."""
        slots = self._mixed(mix)
        quoted = slots["value"].startswith("“")
        family = shapes.MIX_QUOTED_MOST if quoted else shapes.MIX_MOST_OF_ALL
        return _line(self.take(family), slots, self.claims.share(mix))

    def _mixed(self, mix: Mix) -> dict[str, str]:
        value = noun_value(mix.value)
        said = {"share": ref(mix.own), "all": ref(mix.all), "value": value, "Value": capital(value)}
        return self.nouns(mix.label) | said

    def alone(self, portrait: Portrait, told: Sequence[str] = (), least: float = 0.0) -> Line | None:
        """The column that only this segment has above, or below, average as displayed, where its z is at
        least `least` either way; first of all one that is not in `told`, those already in the persona."""
        found = [
            t
            for t in portrait.distinct
            if not t.yes
            and abs(t.z) >= least
            and t.company == {portrait.segment.id}
            and self._nearby(t, portrait)
        ]
        if not found or portrait.nearest is None:
            return None
        best = min(found, key=lambda t: (not t.visible, t.feature in told))
        family: tuple[str, ...] = shapes.UNIQUE_ONLY_UP if best.direction == "+" else shapes.UNIQUE_ONLY_DOWN
        return self._say(family, best, near=portrait.nearest)

    def between(self, portrait: Portrait) -> Line | None:
        """What parts the segment from its nearest neighbour."""
        parting = [t for t in portrait.distinct if not t.yes and self._nearby(t, portrait)]
        best = max(parting, key=lambda t: (self._parting(t, portrait), t.feature), default=None)
        return self._say(shapes.UNIQUE_BETWEEN, best, near=portrait.nearest) if best else None

    def limit(self, portrait: Portrait, told: Sequence[str] = ()) -> Line | None:
        """An unfavourable or limiting fact; none of a column in `told`, those already in the persona."""
        options: list[tuple[float, int, tuple[str, ...], Trait]] = []
        for place, trait in enumerate(t for t in portrait.distinct if not t.yes and t.visible):
            fresh = 1.0 if trait.feature not in told else 0.45
            if trait.role == "share" and trait.direction == "+":
                options.append((0.9 * fresh * trait.z, -place, shapes.LIMIT_SHARE, trait))
            elif trait.direction == "-" and trait.welcome > 0:
                options.append((fresh * -trait.z, -place, shapes.LIMIT_LOW, trait))
            elif trait.direction == "+" and trait.welcome < 0:
                options.append((fresh * trait.z, -place, shapes.LIMIT_HIGH, trait))
        options.sort(key=lambda option: option[:2], reverse=True)
        skewed = self._skewed(portrait)
        if skewed and skewed.own.value > LOPSIDED * _middle(skewed):
            return self._median_says(shapes.LIMIT_SKEW, skewed)
        low = [t for _, _, family, t in options if family is shapes.LIMIT_LOW and t.feature not in told]
        if len(low) > 1 and low[0].role != low[1].role:
            slots = self.slots(low[0]) | {f"{slot}2": text for slot, text in self.slots(low[1]).items()}
            return self.line(shapes.LIMIT_TWO_LOW, slots, *(self.claims.level(t) for t in low[:2]))
        if options and options[0][3].feature not in told:
            return self._say(options[0][2], options[0][3])
        if told:
            return self._thin(portrait, told)
        return self._say(options[0][2], options[0][3]) if options else None

    def _thin(self, portrait: Portrait, told: Sequence[str]) -> Line | None:
        """A part of a total that falls short of the part of the accounts, or averages that a few accounts
        carry, or a small segment."""
        segment = portrait.segment.id
        size = self.table.get((segment, "", "size", None, None))
        share = self.table.get((segment, "", "size share", None, None))
        parts = [
            (fact.value / share.value, trait, fact)
            for trait in portrait.distinct
            if (trait.unit == "currency" or trait.welcome > 0 or trait is portrait.roles.get("volume"))
            and "" not in told
            and share and (fact := self.table.get((segment, trait.feature, "total share", None, None)))
            and not delicate(trait.feature, trait.label, self.pack)
        ]  # fmt: skip
        ratio, trait, total = min(parts, key=lambda item: item[0], default=(1.0, None, None))
        if share and trait and total and ratio <= 0.7 and share.value - total.value >= 0.03:
            slots = self.nouns(trait.label) | {"total": ref(total), "size_share": ref(share)}
            return _line(self.take(shapes.LIMIT_PART), slots, self.claims.part(total, share))
        skewed = self._skewed(portrait)
        if skewed:
            return self._median_says(shapes.LIMIT_SKEW, skewed)
        heavy = any(
            (t.total_share or 0) >= HEAVY * portrait.segment.size_share
            for t in portrait.segment.features.values()
        )
        if size and share and not heavy and share.value * len(self.profile.segments) < 0.6:
            slots = self.nouns("") | {"size": ref(size), "size_share": ref(share)}
            return _line(self.take(shapes.LIMIT_SIZE), slots, self.claims.size(size, share))
        return None

    def other_limit(self, portrait: Portrait, told: Sequence[str]) -> Line | None:
        """A limiting fact where none is unfavourable: a low count, an average that says little."""
        numeric = [t for t in portrait.distinct if not t.yes]
        skewed = self._skewed(portrait, ("+", "~", "-"))
        if skewed:
            return self._median_says(shapes.LIMIT_SKEW, skewed)
        low = [t for t in numeric if t.direction == "-" and t.welcome == 0 and t.visible]
        low = [t for t in low if t.role == "volume" or not delicate(t.feature, t.label, self.pack)]
        low.sort(key=lambda t: (delicate(t.feature, t.label, self.pack), t.feature in told))
        if low:
            return self._say(shapes.LIMIT_NEUTRAL, low[0])
        plain = [t for t in numeric if t.direction == "~" and t.feature not in told]
        if plain and len(plain) < len(numeric):
            return self._say(shapes.LIMIT_ORDINARY, plain[0])
        high = [
            t for t in numeric if t.direction == "+" and (median := t.median) and median.text != t.own.text
        ]
        if high:
            return self._median_says(shapes.LIMIT_MEDIAN, high[0])
        flat = min(numeric, key=lambda t: t.z, default=None)
        return self._say(shapes.LIMIT_FLAT, flat) if flat is not None and flat.direction == "~" else None

    def _skewed(self, portrait: Portrait, sides: Sequence[str] = ("+",)) -> Trait | None:
        """The count or sum whose average a few accounts lift furthest above the median, on one of the sides."""
        uneven = [
            t
            for t in portrait.traits
            if t.direction in sides and not t.yes and t.unit in ("count", "currency")
            and t.role in ("volume", "other") and not delicate(t.feature, t.label, self.pack)
            and (median := t.median) and median.text != t.own.text
            and t.own.value > SKEWED * median.value > 0
        ]  # fmt: skip
        return max(uneven, key=lambda t: t.own.value / _middle(t), default=None)

    def _median_says(self, family: tuple[str, ...], trait: Trait) -> Line | None:
        median = trait.median
        if median is None:
            return None
        slots = self.slots(trait) | {"median": ref(median)}
        return _line(self.take(family), slots, self.claims.level(trait, median))

    def _family(self, trait: Trait) -> tuple[str, ...]:
        if trait.yes:
            if trait.direction == "+":
                return shapes.YES_TOP if trait.top else shapes.YES_ABOVE
            return shapes.YES_BOTTOM if trait.bottom else shapes.YES_BELOW
        if trait.direction == "+":
            return shapes.TOP if trait.top else shapes.ABOVE
        if trait.direction == "-":
            return shapes.BOTTOM if trait.bottom else shapes.BELOW
        return shapes.NEAR

    def _say(self, family: tuple[str, ...], trait: Trait, near: str | None = None) -> Line:
        slots = self.slots(trait)
        at = [fact.segment for fact in trait.order].index(trait.own.segment)
        last = len(trait.order) - 1
        neighbour = trait.order[at - 1 if trait.bottom and at else min(at + 1, last)]
        named = {"next": neighbour, "top": trait.order[0], "end": trait.order[-1]}
        if near:
            named["near"] = next(fact for fact in trait.order if fact.segment == near)
        for slot, fact in named.items():
            slots |= {slot: fact.segment, f"{slot}_v": ref(fact)}
        tied_top = any(f.text == trait.order[0].text for f in trait.order[1:])
        tied_end = any(f.text == trait.order[-1].text for f in trait.order[:-1])

        def fits(shape: str) -> bool:
            if "{verb}" in shape and not (trait.unit == "count" and plural(trait.label)):
                return False
            if "{ratio}" in shape and not slots["ratio"]:
                return False
            if "{top}" in shape and (tied_top or named["top"] is trait.own):
                return False
            return not ("{end}" in shape and (tied_end or named["end"] is trait.own))

        shape = self._next(family, fits)
        claims = [self.claims.level(trait, *([self._ratio(trait)] if "{ratio}" in shape else []))]
        if family in (shapes.TOP, shapes.BOTTOM, shapes.YES_TOP, shapes.YES_BOTTOM):
            claims.append(self.claims.rank(trait))
        others = [fact for slot, fact in named.items() if f"{{{slot}_v}}" in shape and fact is not trait.own]
        return _line(shape, slots, *claims, *(self.claims.comparison(trait.own, other) for other in others))

    def slots(self, trait: Trait) -> dict[str, str]:
        ratio = self.table.get((trait.own.segment, trait.feature, "ratio", None, ALL))
        telling = ratio and ratio.value < 100 and float(ratio.text.replace(",", "")) >= TELLING_RATIO
        return self.nouns(trait.label) | {
            "v": ref(trait.own),
            "all": ref(trait.all),
            "ratio": ref(ratio) if ratio and telling else "",
            "verb": self._verb(trait),
        }

    def _ratio(self, trait: Trait) -> Fact:
        return self.table[trait.own.segment, trait.feature, "ratio", None, ALL]

    def nouns(self, label: str) -> dict[str, str]:
        name = noun(label) if label else ""
        many = plural(label) if label else False
        return {
            "n": name,
            "N": capital(name),
            "is": "are" if many else "is",
            "avg": ("are" if many else "is") if _averaged(name) else "average" if many else "averages",
            "matters": "matter" if many else "matters",
            "stands": "stand" if many else "stands",
            "comes": "come" if many else "comes",
            "tells": "tell" if many else "tells",
            "gives": "give" if many else "gives",
            "applies": "apply" if many else "applies",
            "account": self.pack.account,
            "accounts": self.pack.accounts,
        }

    def _verb(self, trait: Trait) -> str:
        own = words(trait.label)
        return next((entry.verb for entry in self.pack.verb if own & set(entry.words)), "have")

    def _nearby(self, trait: Trait, portrait: Portrait) -> bool:
        other = next((fact for fact in trait.order if fact.segment == portrait.nearest), None)
        return other is not None and other.text != trait.own.text

    def _parting(self, trait: Trait, portrait: Portrait) -> float:
        other = self.profile.segment(portrait.nearest or "")
        return abs(trait.z - other.features[trait.feature].z) if other else 0.0

    def line(self, family: tuple[str, ...], slots: dict[str, str], *claims: ClaimDraft) -> Line:
        """The family's next shape, written out."""
        return _line(self.take(family), slots, *claims)

    def take(self, family: tuple[str, ...]) -> str:
        """The next shape of a family whose shapes all fit."""
        return self._next(family, lambda shape: True)

    def _next(self, family: tuple[str, ...], fits: Callable[[str], bool]) -> str:
        """The shape of the family that fits here and has been used least; first of all one whose opening word
        is new on this page."""
        fitting = [shape for shape in family if fits(shape)]

        def wear(shape: str) -> tuple[bool, int]:
            opening = shape.split()[0]
            return opening in self.openings and opening != "{N}", self.turns[shape]

        shape = min(fitting, key=wear)
        self.turns[shape] += 1
        self.openings.add(shape.split()[0])
        return shape


def _line(shape: str, slots: dict[str, str], *claims: ClaimDraft) -> Line:
    return Line(capital(shape.format_map(slots)), claims)


def _middle(trait: Trait) -> float:
    return trait.median.value if trait.median else trait.own.value


def _averaged(name: str) -> bool:
    """Whether the column is an average already: "average basket averages" is no English."""
    return name.startswith(("average ", "mean ", "median "))
