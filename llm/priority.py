"""How much attention a segment deserves: computed, never chosen by a writer.

score = volume x headroom x access, each factor exp(weight x z), so that an average segment scores 1
and one standard deviation more of everything multiplies evenly (a weighted sum on the log scale).
Headroom is 1 - share, hence exp(-weight x z of the share). Where an outcome is known (who said yes, who left)
and stands further above its average than that score, it decides: what may be won or lost counts as much as size.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from engine.model import Brief, Level, Profile, SegmentProfile, Theme
from llm.facts import SMALLEST_CELL, meaning
from llm.outcomes import label_words, outcome_feature

Basis = Literal["roles", "value", "outcome", "size"]

WEIGHTS: Mapping[str, float] = MappingProxyType({"volume": 1.0, "headroom": 1.0, "access": 1.0})
"""Weight of each part; 0 leaves it out. Shown to the analyst, who may pass others."""

ROLE_OF: Mapping[str, Theme] = MappingProxyType({"volume": "volume", "headroom": "share", "access": "access"})

MARKET_WORDS = frozenset({"class", "market", "total", "category", "overall"})
"""A volume with one of these words is the whole market's and goes before a brand's own."""


@dataclass(frozen=True)
class Component:
    """One factor of the score. `feature` is the column used; None where the data has none.

    z: the segment's z on that column (its sign turned for headroom, and where less is better).
    factor: exp(weight x z), 1 at the average. On the basis "value" the factor is the segment's part
    of the total over its part of the accounts; on "outcome" its share of yes over that of all; on "size" its
    size over the mean size.
    """

    part: str
    feature: str | None
    weight: float
    z: float | None
    factor: float


@dataclass(frozen=True)
class Priority:
    """A segment's score, its rank (1 is first, ties share the lower number) and level."""

    segment: str
    score: float
    rank: int
    level: Level
    basis: Basis
    components: tuple[Component, ...]
    explanation: str


def weights_of(brief: Brief) -> dict[str, float]:
    """The weight of each part: the analyst's where the brief has one, else the default."""
    return {**WEIGHTS, **{part: weight for part, weight in brief.weights if part in WEIGHTS}}


def priorities(profile: Profile, weights: Mapping[str, float] = WEIGHTS) -> tuple[Priority, ...]:
    """One Priority per segment, in the profile's order."""
    chosen = {part: lead(profile, role) for part, role in ROLE_OF.items() if weights.get(part, 0.0) != 0.0}
    value, outcome = value_feature(profile), outcome_feature(profile)
    basis: Basis = "roles" if any(chosen.values()) else "value" if value else "outcome" if outcome else "size"
    bases: dict[str, Basis] = {}
    components: dict[str, tuple[Component, ...]] = {}
    scores: dict[str, float] = {}
    for segment in profile.segments:
        name = segment.id
        answer = _outcome(profile, segment, *outcome) if outcome else None
        if basis == "roles":
            parts = tuple(
                _component(profile, segment, part, feature, weights[part]) for part, feature in chosen.items()
            )
        elif basis == "value" and value:
            parts = (Component("value", value, 1.0, None, _concentration(profile, segment, value)),)
        else:
            parts = (Component("size", None, 1.0, None, segment.size_share * len(profile.segments)),)
        score = math.prod(part.factor for part in parts)
        bases[name] = basis
        if answer and (basis == "outcome" or answer.factor > score):
            bases[name], parts, score = "outcome", (answer,), answer.factor
        components[name], scores[name] = parts, score
    explanation = explain(profile, basis, chosen, value, outcome[0] if outcome else None)
    places = {name: 1 + sum(other > score * (1 + 1e-9) for other in scores.values())
              for name, score in scores.items()}  # fmt: skip
    return tuple(
        Priority(
            name, score, places[name], level(score, places[name], max(places.values())), bases[name],
            components[name], explanation,
        )
        for name, score in scores.items()
    )  # fmt: skip


HIGH, LOW = 1.25, 0.7
"""From this score on a segment deserves much attention, up to this one little; an average segment scores 1."""


def level(score: float, place: int, last: int) -> Level:
    """High for the first place and from a score of HIGH on, Low for the last place and up to LOW; Medium between."""
    if place == 1 or score >= HIGH:
        return "High"
    return "Low" if place == last or score <= LOW else "Medium"


def lead(profile: Profile, role: Theme) -> str | None:
    """The column that stands for a role: a market-wide one first, then the dictionary's order."""
    named = [
        feature
        for feature, entry in profile.dictionary.items()
        if entry.role == role
        and feature in profile.population.features
        and all(feature in s.features and s.features[feature].n >= SMALLEST_CELL for s in profile.segments)
    ]
    return min(named, key=lambda feature: not MARKET_WORDS & label_words(profile, feature), default=None)


def value_feature(profile: Profile) -> str | None:
    """The money column that is spread most unevenly over the segments, or None. A column without totals, because
    some accounts are below zero, serves where each segment's mean is above it."""
    spreads = {}
    for feature, everyone in profile.population.features.items():
        stats = [segment.features.get(feature) for segment in profile.segments]
        if meaning(profile, feature).unit != "currency" or everyone.mean <= 0:
            continue
        if all(stat is not None and stat.mean > 0 and stat.n >= SMALLEST_CELL for stat in stats):
            spreads[feature] = max(
                abs(_concentration(profile, segment, feature) - 1) * segment.size_share
                for segment in profile.segments
            )
    return max(spreads, key=lambda feature: spreads[feature], default=None)


def _concentration(profile: Profile, segment: SegmentProfile, feature: str) -> float:
    """The segment's part of a column's total over its part of the accounts."""
    stat = segment.features[feature]
    if stat.total_share is not None:
        return stat.total_share / max(segment.size_share, 1e-12)
    return stat.mean / profile.population.features[feature].mean


def _outcome(profile: Profile, segment: SegmentProfile, column: str, yes: str) -> Component:
    share, usual = (which.categories[column][yes].share for which in (segment, profile.population))
    return Component("outcome", column, 1.0, None, share / usual)


def explain(
    profile: Profile, basis: Basis, chosen: Mapping[str, str | None], value: str | None, outcome: str | None
) -> str:
    """Three sentences at most: what the score is made of, what it leaves out for want of a column, and that an
    outcome which says more takes its place."""
    text = _made_of(profile, basis, chosen, value, outcome)
    if outcome is None or basis == "outcome":
        return text
    return f"{text} Where {meaning(profile, outcome).label} stands out further than that, it decides instead."


def _made_of(
    profile: Profile, basis: Basis, chosen: Mapping[str, str | None], value: str | None, outcome: str | None
) -> str:
    if basis == "value" and value:
        label = meaning(profile, value).label
        return (
            f"Priority is the segment's part of all {label} against its part of the accounts, "
            "because no column speaks of volume, share or access."
        )
    if basis == "outcome" and outcome:
        label = meaning(profile, outcome).label
        return (
            f"Priority follows the share of yes in {label}, because no column speaks of volume, share, access "
            "or value."
        )
    if basis == "size":
        return "Priority follows size alone, because no column speaks of volume, share, access or value."
    used = [f"{part} ({meaning(profile, feature).label})" for part, feature in chosen.items() if feature]
    missing = [part for part, feature in chosen.items() if not feature]
    text = f"Priority is computed as {' x '.join(used)}, measured against the average of all accounts."
    if len(missing) == 1:
        text += f" {missing[0].capitalize()} carries no weight, because no column speaks of it."
    elif missing:
        text += f" {' and '.join(missing).capitalize()} carry no weight, because no column speaks of them."
    return text


def _component(
    profile: Profile, segment: SegmentProfile, part: str, feature: str | None, weight: float
) -> Component:
    if feature is None:
        return Component(part, None, weight, None, 1.0)
    z = segment.features[feature].z
    if part == "headroom" or meaning(profile, feature).polarity < 0:
        z = -z
    return Component(part, feature, weight, z, math.exp(weight * z))
