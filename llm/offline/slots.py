"""What stands for the slots of a play's texts in one segment.

"{volume}" is the name of a role's column; "{volume_own}" and "{volume_all}" are its mean here and for all,
"{volume_median}" and "{volume_typical}" its medians, "{volume_part}" the segment's part of its total, "{volume_whole}"
that total ("all class TRx"), "{volume_ratio}" how many times the average it is; "{volume_over}" is a part of the
segment, "the 25% of this segment with the most class TRx (337 or more)", "{volume_under}" those at or below its middle,
"{volume_place}" a comma and its place among the segments, or nothing. A word of a label serves in place of a role
("{tenure_own}"), or several ("{brand_claims_own}"); "{lead}", "{lag}" and "{held}" are the columns of the conditions
of these names. "{contract_value}", "{contract_share}" and "{contract_lift}" are the over-represented value of a
category column, its share and how many times the average that is, "{contract_next_value}" and "{contract_next_share}"
the largest other one; "{contract__two_year}" is the share of the value with these words, "{contract__two_year_all}"
the same for all and "{contract__two_year_lift}" how many times that it is. "{value}", "{column}", "{part}" and
"{part_all}" speak of the most telling one; "{first}" is where to begin in the segment; "{places}" where its accounts
are found more than elsewhere and "{places_why}" the shares that say so; "{won}" and "{won_all}" the outcome,
"{won_part}" the segment's part of all yes, "{won_count}" and "{won_count_all}" how many that are, "{here}" how many are
left where yes means that an account has gone.
"""

import re
from collections.abc import Sequence

from engine.model import Brief, Fact, Statistic
from llm.drafts import literal
from llm.facts import ALL, SMALLEST_CELL
from llm.lexicon import capital, plural
from llm.offline.claims import noun, noun_value, ref, whole
from llm.offline.conditions import Judge, addressable, by_role, by_word
from llm.offline.portrait import MOST_KNOWN, Mix, Portrait, Trait, delicate, words
from llm.pack import Pack

MANY_TIES = 30.0
"""Counts below this are so often equal that far more than a quarter may reach the upper quartile."""
TELLING_RATIO = 1.2
"""From this ratio to the average on a value is worth naming for it."""

NOTABLE = 0.15
"""A category value with this share of the segment is worth a version of its own."""


_KIND = re.compile(r"\baverages?\b|\bmedians?\b|\btypical\b")
_LIFTED = re.compile(r"\ba few\b|\bthe average is not\b")
_FEW = re.compile(r"\ba few\b|\bmedians?\b")


class Slots:
    """Fills slots from a pack, a brief and the facts behind a judge."""

    def __init__(self, pack: Pack, brief: Brief, judge: Judge) -> None:
        self.pack = pack
        self.brief = brief
        self.judge = judge
        self.by_id = {fact.id: fact for fact in judge.table.values()}

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
        if name in ("places", "places_why"):
            return self._places(name, portrait)
        if name == "here":
            return ref(portrait.here) if portrait.here else None
        if name.startswith("won"):
            return self._won(name, portrait)
        if "__" in name:
            return self._cell(name, portrait)
        if name in ("value", "column", "part", "part_all"):
            mix = self.judge.mix(portrait) or self.judge.whole(portrait)
            if mix is None:
                return None
            said = {"value": noun_value(mix.value), "column": noun(mix.label)}
            return (said | {"part": ref(mix.own), "part_all": ref(mix.all)})[name]
        return self._measured(name, portrait)

    def says_how(self, text: str, slots: Sequence[str], portrait: Portrait) -> bool:
        """Whether a text that gives a mean of a lopsided column says so, or a median beside it, and one that gives a
        part of a total that a few accounts carry says that."""
        for slot in slots:
            stem, _, what = slot.rpartition("_")
            trait = self._trait(stem, portrait) if what in ("own", "all", "part") and stem else None
            if trait is None or slot in ("size_share", "won_all", "won_part", "part_all"):
                continue
            if _LIFTED.search(text) and not trait.uneven:
                return False
            if what == "part" and portrait.swollen(trait) and not _FEW.search(text):
                return False
            if what != "part" and trait.lopsided and not _KIND.search(text):
                return False
        return True

    def _places(self, name: str, portrait: Portrait) -> str | None:
        """Where more of the segment is than of all accounts, and the shares that say so."""
        places = portrait.places
        if not places:
            return None
        if name == "places":
            return _and([noun_value(place.value) for place in places])
        own, everyone = (
            _and([ref(fact) for fact in found])
            for found in zip(*((p.own, p.all) for p in places), strict=True)
        )
        return f"where the segment is over-represented: {own} of it against {everyone} of all {self.pack.accounts}"

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
            fact = fact if fact and fact.value >= TELLING_RATIO else None
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

    def _reached(self, trait: Trait, portrait: Portrait) -> str:
        """How many accounts reach the upper quartile; "" where the profile does not tell, or some of them have left."""
        count = None if portrait.here else portrait.segment.features[trait.feature].at_q3
        return f"about {_about(count)} {self.pack.accounts}" if count else ""

    def _threshold(self, trait: Trait, what: str, portrait: Portrait) -> str | None:
        """A part of the segment by a column: its upper quarter where that begins above the middle, else those on one
        side of the middle."""
        if trait.yes or delicate(trait.feature, trait.label, self.pack):
            return None
        name, upper = noun(trait.label), self._upper(trait, portrait) if what == "over" else None
        many = self._reached(trait, portrait)
        if upper and upper.value < MANY_TIES and trait.unit == "count":
            return f"those of this segment with {name} of {ref(upper)} or more{many and f' ({many})'}"
        if upper:
            mark = f"({ref(upper)} or more{many and f': {many}'})"
            if trait.known < MOST_KNOWN:
                return f"those of this segment with the most {name} {mark}"
            if trait.unit == "count" or (trait.unit == "currency" and not plural(trait.label)):
                return f"the 25% of this segment with the most {name} {mark}"
            return f"the top quarter of this segment by {name} {mark}"
        middle = "median" if trait.centre is trait.median else "average"
        side = "above" if what == "over" else "below"
        return f"those with {name} at or {side} this segment's {middle} of {ref(trait.centre)}"

    def _trait(self, name: str, portrait: Portrait) -> Trait | None:
        found = {"lead": self.judge.lead, "lag": self.judge.lag, "held": self.judge.held}
        if name in found:
            return found[name](portrait)
        return by_role(portrait, name) or by_word(portrait, name.replace("_", " "))

    def _beginning(self, portrait: Portrait) -> str | None:
        """Where to begin: the part of the segment that is over-represented, else those above the segment's own
        middle in volume, else a fifth of them."""
        size, mix = portrait.segment.size, self.notable(portrait)
        if mix:
            count = f"about {_about(size * mix.own.value)} {self.pack.accounts}"
            return f"the {noun_value(mix.value)} part ({ref(mix.own)} of the segment, {count})"
        volume = portrait.roles.get("volume")
        over = self._measured("volume_over", portrait) if volume and volume.direction != "-" else None
        if over:
            return over
        return None if size / 5 < SMALLEST_CELL else f"a fifth of them (about {_about(size / 5)})"

    def notable(self, portrait: Portrait) -> Mix | None:
        """The value to address that holds a good part of the segment."""
        mix = self.judge.mix(portrait)
        return mix if mix and mix.own.value >= NOTABLE else None


def _run_in(value: str) -> str:
    """A category value within a sentence: "electronic check", but "Nurse Practitioner" and "Medicaid"."""
    first, *others = re.split(r"[\s-]+", value)
    plain = others and first.istitle() and not any(other[:1].isupper() for other in others)
    return noun_value(value[:1].lower() + value[1:] if plain else value)


def _about(number: float) -> str:
    """The number to two figures: 3,200."""
    whole = round(number)
    return f"{round(whole, 2 - len(str(whole))):,}"


def _and(items: Sequence[str]) -> str:
    return "".join(items) if len(items) < 2 else f"{', '.join(items[:-1])} and {items[-1]}"
