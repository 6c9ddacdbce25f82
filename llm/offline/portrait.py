"""What stands out in a segment: its traits, strongest first, near-duplicates told apart."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.model import Fact, Profile, SegmentProfile, Theme, Unit
from llm.drafts import literal
from llm.facts import ALL, Key, lookup, meaning
from llm.lexicon import ABOVE, clean, spoken
from llm.offline.neighbours import nearest, yes_no
from llm.outcomes import LEAVING, WELCOME, YES, remaining
from llm.pack import Pack
from llm.priority import Priority, lead

SKEWED, FAR = 1.3, 1.7
"""A mean of this many medians is lifted by some accounts; from the second figure on a few carry it, and the total."""

FEWEST_KNOWN, MOST_KNOWN = 1 / 3, 0.95
"""Known for less than the first part of the accounts a column is not spoken of; for less than the second, its figures
say that they are of those it is known for."""

SEVERAL, MUCH = 3.0, 0.5
"""From a mean of so many medians on, a few accounts hold the column, where the largest tenth has this part of it."""

OFTEN, CLEAR = 0.75, 0.5
"""How often an account of the segment has to lie beyond one outside it, or its z, for the segment to stand out."""


@dataclass(frozen=True)
class Trait:
    """One numeric column in one segment. Facts: own mean, the population's, by segment, best first.

    `rank` counts from 1 at the highest mean as displayed; `top` and `bottom` are false where another
    segment reads the same. `yes` marks a yes/no column, whose mean is the share of yes. `median` and `typical` are the
    medians of the segment and of all, `tenth` the part of the segment's total that its largest tenth holds, `known` the
    part of the segment the column is known for, `above` how often an account here has more than one outside (0 to 1),
    `leads` whether no other segment's accounts do so more often on the side of the mean.
    """

    feature: str
    label: str
    role: Theme
    unit: Unit
    polarity: int
    z: float
    own: Fact
    all: Fact
    order: tuple[Fact, ...]
    top: bool
    bottom: bool
    yes: bool
    interest: float
    median: Fact | None = None
    typical: Fact | None = None
    above: float | None = None
    leads: bool = True
    tenth: float | None = None
    known: float = 1.0

    @property
    def few(self) -> bool:
        """Whether a few accounts hold the column: the mean is several medians, and where it is told, the largest tenth
        has half of the total."""
        plain = self.yes or self.unit not in ("count", "currency", "number")
        far = self.median is not None and self.own.value > SEVERAL * max(0.0, self.median.value)
        return far and not plain and (self.tenth is None or self.tenth >= MUCH)

    @property
    def uneven(self) -> bool:
        """Whether some accounts lift the segment's mean above its median."""
        return self.median is not None and self.own.value > SKEWED * max(0.0, self.median.value)

    @property
    def carried(self) -> bool:
        """Whether a few accounts carry the segment's mean and total: the mean is far above the median."""
        return _far(self.own, self.median) and not self.yes and self.unit not in ("fraction", "points")

    @property
    def lopsided(self) -> bool:
        """The same of the segment's mean or of the one of all: beside the other it needs its kind said."""
        plain = self.yes or self.unit in ("fraction", "points")
        return not plain and (_far(self.own, self.median) or _far(self.all, self.typical))

    @property
    def stands_out(self) -> bool:
        """Whether a name may speak of it: no segment goes further on its side of the average, or three of four
        accounts of the segment lie beyond one outside it, or its mean half a standard deviation from the average."""
        if self.direction == "~":
            return False
        if (self.top if self.direction == "+" else self.bottom) and self.leads:
            return True
        often = self.above if self.direction == "+" else 1 - (self.above or 0.0)
        return abs(self.z) >= CLEAR or (self.above is not None and (often or 0.0) >= OFTEN)

    @property
    def centre(self) -> Fact:
        """What is typical here: the median of a count or a sum, where it is not 0, else the mean."""
        if self.unit in ("count", "currency") and self.median and self.median.value > 0:
            return self.median
        return self.own

    @property
    def direction(self) -> str:
        return "+" if self.z >= ABOVE else "-" if self.z <= -ABOVE else "~"

    @property
    def visible(self) -> bool:
        """Whether the difference is clear and also large enough to matter: an index of at most 95 or at least
        105, or three points of a share."""
        if self.direction == "~" or self.own.text == self.all.text:
            return False
        gap = abs(self.own.value - self.all.value)
        points = {"fraction": 0.03, "points": 3.0}.get(self.unit)
        return gap >= 0.05 * abs(self.all.value) or (points is not None and gap >= points)

    @property
    def company(self) -> set[str]:
        """The segments whose mean as displayed lies on this side of the average as displayed."""
        sign = {"+": 1, "-": -1}.get(self.direction, 0)
        return {
            fact.segment
            for fact in self.order
            if fact.text != self.all.text and sign * (fact.value - self.all.value) > 0
        }

    @property
    def place(self) -> str:
        """ "the highest of the segments", the second highest where that is above average, or the lowest; empty where
        another segment reads the same or the place says little."""
        count = len(self.order)
        at = [fact.segment for fact in self.order].index(self.own.segment)
        if count < 3 or sum(fact.text == self.own.text for fact in self.order) > 1:
            return ""
        places = {0: "highest", count - 1: "lowest"}
        if count > 3 and self.direction == "+":
            places[1] = "second highest"
        return f"the {places[at]} of the segments" if at in places else ""

    @property
    def welcome(self) -> int:
        """Whether more is better: the dictionary's word, else what the role implies."""
        return self.polarity or (1 if self.role in _WELCOME and not self.yes else 0)


def _leads(profile: Profile, segment: SegmentProfile, feature: str) -> bool:
    """Whether accounts of no other segment lie beyond the others' as often, on the side of the segment's mean; true
    where it is not known."""
    own = segment.features[feature]
    known = [other.features[feature].above for other in profile.segments if feature in other.features]
    side = 1 if own.z >= 0 else -1
    return own.above is None or all(above is None or side * above <= side * own.above for above in known)


def _far(mean: Fact, median: Fact | None) -> bool:
    return median is not None and mean.value > FAR * max(0.0, median.value)


_WELCOME = frozenset({"share", "access", "digital", "new_starts", "adherence"})


@dataclass(frozen=True)
class Mix:
    """A category value that is clearly over-represented, or under-represented, in the segment."""

    column: str
    label: str
    value: str
    own: Fact
    all: Fact
    lift: float
    strength: float


@dataclass(frozen=True)
class Portrait:
    """A segment as the writer sees it. `traits` are all numeric columns, most telling first;
    `distinct` the same without near-duplicates; `roles` the column that stands for each role; `signature`
    the strongest trait, delicate or not, where any is clearly high or low; `outcome` the share of yes in the
    column that matters most to the business, `leaving` whether that yes is unwelcome; `places`
    where accounts are found more than elsewhere, furthest first; `here` how many have not left, where the outcome is
    that an account has."""

    segment: SegmentProfile
    position: int
    traits: tuple[Trait, ...]
    distinct: tuple[Trait, ...]
    mixes: tuple[Mix, ...]
    roles: dict[Theme, Trait]
    priority: Priority
    nearest: str | None
    signature: Trait | None
    outcome: Mix | None = None
    leaving: bool = False
    places: tuple[Mix, ...] = ()
    here: Fact | None = None

    @property
    def partly(self) -> dict[str, str]:
        """By header, the names of the columns that are known for a part of the segment only."""
        return {t.feature: literal(spoken(t.label)) for t in self.traits if t.known < MOST_KNOWN}

    @property
    def few(self) -> Trait | None:
        """The column above average that is held by a few accounts most of all; None where there is none."""
        found = [t for t in self.traits if t.few and t.direction == "+" and t.median]
        return max(found, key=lambda t: (t.tenth or 0.0, _times_median(t)), default=None)

    def swollen(self, trait: Trait) -> bool:
        """Whether the segment's part of the column's total exceeds its size because of a few accounts."""
        total = self.segment.features[trait.feature].total_share
        return trait.carried and total is not None and total > self.segment.size_share


def portraits(
    profile: Profile, facts: Iterable[Fact], priorities: Iterable[Priority], pack: Pack
) -> tuple[Portrait, ...]:
    """One Portrait per segment, in the profile's order."""
    table = lookup(facts)
    leads = {role: lead(profile, role) for role in _ROLES}
    twins = _twins(profile)
    found = []
    for position, (segment, priority) in enumerate(zip(profile.segments, priorities, strict=True)):
        traits = sorted(_traits(profile, segment, table, pack), key=lambda trait: -_standing(trait, pack))
        by_feature = {trait.feature: trait for trait in traits}
        roles = {role: by_feature[name] for role, name in leads.items() if name in by_feature}
        traits = [t for t in traits if not _coded(t, pack)] or traits
        made_of = [t for t in traits if t.feature in profile.clustered or _standing(t, pack) == t.interest]
        strongest = max(made_of, key=lambda trait: _telling(trait, pack), default=None)
        distinct = tuple(_distinct(traits, twins, strongest, pack))
        clear = strongest and strongest.direction != "~" and strongest.own.text != strongest.all.text
        mixes = tuple(sorted(_mixes(profile, segment, table, pack), key=lambda mix: -mix.strength))
        near = nearest(profile, segment)
        found.append(
            Portrait(
                segment, position, tuple(traits), distinct, mixes, roles, priority, near,
                strongest if clear else None, *_outcome(profile, segment, table),
                tuple(_places(profile, segment, table, pack)),
                _here(profile, segment, table, pack),
            )
        )  # fmt: skip
    return tuple(found)


_ROLES: tuple[Theme, ...] = (
    "volume", "share", "access", "digital", "rep", "new_starts", "adherence", "burden",
)  # fmt: skip


def _traits(profile: Profile, segment: SegmentProfile, table: dict[Key, Fact], pack: Pack) -> Iterable[Trait]:
    glosses = {gloss.label: gloss.said for gloss in pack.gloss}
    for feature in segment.features:
        own = table.get((segment.id, feature, "mean", None, None))
        everyone = table.get((ALL, feature, "mean", None, None))
        z = table.get((segment.id, feature, "z", None, None))
        if own is None or everyone is None or z is None or _hardly_known(profile, segment, feature):
            continue
        means = [table.get((other.id, feature, "mean", None, None)) for other in profile.segments]
        order = sorted((fact for fact in means if fact), key=lambda fact: -fact.value)
        others = [fact for fact in order if fact.segment != segment.id]
        entry = meaning(profile, feature)
        interest = abs(z.value) * (1.25 if feature in profile.clustered else 1.0)
        interest *= 1.2 if entry.role != "other" else 1.0
        highest, lowest = order[0].segment == segment.id, order[-1].segment == segment.id
        alone = bool(others) and all(fact.text != own.text for fact in others)
        label = glosses.get(entry.label.lower(), entry.label)
        yield Trait(
            feature, label, entry.role, entry.unit, entry.polarity, z.value, own, everyone, tuple(order),
            highest and alone, lowest and alone, yes_no(profile, feature), interest,
            table.get((segment.id, feature, "median", None, None)),
            table.get((ALL, feature, "median", None, None)), segment.features[feature].above,
            _leads(profile, segment, feature), segment.features[feature].top_tenth,
            segment.features[feature].n / segment.size,
        )  # fmt: skip


def _hardly_known(profile: Profile, segment: SegmentProfile, feature: str) -> bool:
    """Whether a column's figures are those of a small part of the segment, or of all accounts."""
    everyone = profile.population.features[feature]
    return min(segment.features[feature].n / segment.size, everyone.n / profile.rows) < FEWEST_KNOWN


def delicate(feature: str, label: str, pack: Pack) -> bool:
    """Whether a column concerns something no name, headline or tactic should be built on."""
    return bool(words(f"{feature} {label}") & set(pack.delicate))


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """The lower-case words of a header or label, camelCase and underscores taken apart."""
    return frozenset(re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", text).lower()))


def _mixes(profile: Profile, segment: SegmentProfile, table: dict[Key, Fact], pack: Pack) -> Iterable[Mix]:
    glosses = {gloss.label: gloss.said for gloss in pack.gloss}
    for column, values in segment.categories.items():
        label = glosses.get(meaning(profile, column).label.lower(), meaning(profile, column).label)
        for value in values:
            own = table.get((segment.id, column, "category share", value, None))
            everyone = table.get((ALL, column, "category share", value, None))
            if own is None or everyone is None or value.startswith("("):
                continue
            p = everyone.value
            gap = own.value - p
            lift = own.value / p if p > 0 else 0.0
            if gap >= 0.05 and lift >= 1.2 and own.text != everyone.text:
                strength = gap / math.sqrt(max(p * (1 - p), 1e-9)) + 0.3 * own.value
                yield Mix(column, label, value, own, everyone, lift, strength)


def _outcome(profile: Profile, segment: SegmentProfile, table: dict[Key, Fact]) -> tuple[Mix | None, bool]:
    """The share of yes in a column named for an outcome, and whether it is unwelcome; None where there is none."""
    for column, values in segment.categories.items():
        label = meaning(profile, column).label
        if not words(label) & (WELCOME | LEAVING):
            continue
        for value in values:
            own = table.get((segment.id, column, "category share", value, None))
            everyone = table.get((ALL, column, "category share", value, None))
            if value.lower() not in YES or own is None or everyone is None:
                continue
            if everyone.value > 0:
                lift = own.value / everyone.value
                found = Mix(column, label, value, own, everyone, lift, abs(own.value - everyone.value))
                return found, bool(words(label) & LEAVING)
    return None, False


def _here(profile: Profile, segment: SegmentProfile, table: dict[Key, Fact], pack: Pack) -> Fact | None:
    found = remaining(profile, segment.id, pack.gone)
    return table.get((segment.id, found[0], "size", found[1], None)) if found else None


def _places(profile: Profile, segment: SegmentProfile, table: dict[Key, Fact], pack: Pack) -> Iterable[Mix]:
    """Up to three places with a quarter more of the segment than of all accounts."""
    found = []
    for column, values in segment.categories.items():
        label = meaning(profile, column).label
        if not words(label) & set(pack.place):
            continue
        for value in values:
            own = table.get((segment.id, column, "category share", value, None))
            everyone = table.get((ALL, column, "category share", value, None))
            if own is None or everyone is None or value.startswith("("):
                continue
            if own.value >= 0.03 and own.value >= 1.25 * everyone.value > 0:
                lift = own.value / everyone.value
                found.append(Mix(column, label, value, own, everyone, lift, own.value - everyone.value))
    return sorted(found, key=lambda mix: -mix.lift)[:3]


def _twins(profile: Profile) -> set[frozenset[str]]:
    """Pairs of columns that say nearly the same: segment z's correlate above .9 and the names share a
    word or the role; or above .995 over five segments or more."""
    features = list(profile.population.features)
    vectors = {f: [s.features[f].z if f in s.features else 0.0 for s in profile.segments] for f in features}
    pairs = set()
    for i, first in enumerate(features):
        for second in features[i + 1 :]:
            r = abs(_correlation(vectors[first], vectors[second]))
            roles = {meaning(profile, first).role, meaning(profile, second).role}
            kin = bool(_name_words(profile, first) & _name_words(profile, second)) or (
                len(roles) == 1 and roles != {"other"}
            )
            if (kin and r > 0.9) or (len(profile.segments) >= 5 and r > 0.995):
                pairs.add(frozenset((first, second)))
    return pairs


def _name_words(profile: Profile, feature: str) -> frozenset[str]:
    return words(clean(meaning(profile, feature).label)) - {
        "of",
        "in",
        "the",
        "rate",
        "score",
        "index",
        "average",
        "total",
        "claims",
        "cost",
    }


def _correlation(first: list[float], second: list[float]) -> float:
    a, b = sum(first) / len(first), sum(second) / len(second)
    across = sum((x - a) * (y - b) for x, y in zip(first, second, strict=True))
    norm = math.sqrt(sum((x - a) ** 2 for x in first) * sum((y - b) ** 2 for y in second))
    return across / norm if norm > 0 else 0.0


def _distinct(
    traits: Sequence[Trait], twins: set[frozenset[str]], strongest: Trait | None, pack: Pack
) -> Iterable[Trait]:
    """The traits without those that say nearly what another says. The strongest is kept whatever it says,
    and a delicate one takes no plain one's place."""
    kept = [strongest] if strongest else []
    for trait in traits:
        if trait is strongest:
            continue
        hidden = delicate(trait.feature, trait.label, pack)
        rivals = [o for o in kept if hidden or not delicate(o.feature, o.label, pack)]
        if any(frozenset((trait.feature, other.feature)) in twins for other in rivals):
            continue
        if any(spoken(other.label) == spoken(trait.label) for other in kept):
            continue
        kept.append(trait)
    return sorted(kept, key=lambda trait: -_standing(trait, pack))


def _standing(trait: Trait, pack: Pack) -> float:
    """Interest, halved for delicate columns: they are told of after plain ones."""
    return trait.interest * (0.5 if delicate(trait.feature, trait.label, pack) else 1.0)


def _telling(trait: Trait, pack: Pack) -> float:
    """Interest, less where a delicate column is low: an absence says little of who they are."""
    absent = trait.z < 0 and delicate(trait.feature, trait.label, pack)
    return trait.interest * (0.6 if absent else 1.0)


def _coded(trait: Trait, pack: Pack) -> bool:
    return bool(words(f"{trait.feature} {trait.label}") & set(pack.code))


def _times_median(trait: Trait) -> float:
    """The mean as a multiple of the median, which may be 0."""
    return trait.own.value / trait.median.value if trait.median and trait.median.value > 0 else math.inf
