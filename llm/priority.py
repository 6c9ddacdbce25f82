"""How much attention a segment deserves: computed, never chosen by a writer.

score = volume x headroom x access, each factor exp(weight x z), so that an average segment scores 1
and one standard deviation more of everything multiplies evenly (a weighted sum on the log scale).
Headroom is 1 - share, hence exp(-weight x z of the share).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from engine.model import Brief, Level, Profile, SegmentProfile, Theme
from llm.facts import SMALLEST_CELL, meaning

Basis = Literal["roles", "value", "outcome", "size"]

WEIGHTS: Mapping[str, float] = MappingProxyType({"volume": 1.0, "headroom": 1.0, "access": 1.0})
"""Weight of each part; 0 leaves it out. Shown to the analyst, who may pass others."""

ROLE_OF: Mapping[str, Theme] = MappingProxyType({"volume": "volume", "headroom": "share", "access": "access"})

MARKET_WORDS = frozenset({"class", "market", "total", "category", "overall"})
"""A volume with one of these words is the whole market's and goes before a brand's own."""


WELCOME = frozenset(
    {"converted", "conversion", "subscribed", "responded", "response", "renewed", "outcome", "y"}
)
LEAVING = frozenset({"churn", "churned", "attrition", "cancelled", "canceled", "lapsed"})
"""Words that name the outcome a business waits for, and the one it fears; either way, more of it matters more."""


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
    basis: Basis = "size"
    if any(chosen.values()):
        basis = "roles"
    elif value or outcome:
        basis = "value" if value else "outcome"
    components: dict[str, tuple[Component, ...]] = {}
    for segment in profile.segments:
        if basis == "roles":
            components[segment.id] = tuple(
                _component(profile, segment, part, feature, weights[part]) for part, feature in chosen.items()
            )
        elif value:
            concentration = (segment.features[value].total_share or 0.0) / max(segment.size_share, 1e-12)
            components[segment.id] = (Component("value", value, 1.0, None, concentration),)
        elif outcome:
            column, yes = outcome
            share, usual = (which.categories[column][yes].share for which in (segment, profile.population))
            components[segment.id] = (Component("outcome", column, 1.0, None, share / usual),)
        else:
            factor = segment.size_share * len(profile.segments)
            components[segment.id] = (Component("size", None, 1.0, None, factor),)
    scores = {name: math.prod(part.factor for part in parts) for name, parts in components.items()}
    explanation = explain(profile, basis, chosen, outcome[0] if basis == "outcome" and outcome else value)
    found = []
    for segment in profile.segments:
        score = scores[segment.id]
        rank = 1 + sum(other > score * (1 + 1e-9) for other in scores.values())
        found.append(
            Priority(
                segment.id, score, rank, level(rank, len(scores)), basis, components[segment.id], explanation
            )
        )
    return tuple(found)


def level(rank: int, segments: int) -> Level:
    """High for the top third, Low for the bottom third, at least one High; Medium between."""
    third = max(1, round(segments / 3))
    if rank <= third:
        return "High"
    return "Low" if rank > segments - third else "Medium"


def lead(profile: Profile, role: Theme) -> str | None:
    """The column that stands for a role: a market-wide one first, then the dictionary's order."""
    named = [
        feature
        for feature, entry in profile.dictionary.items()
        if entry.role == role
        and feature in profile.population.features
        and all(feature in s.features and s.features[feature].n >= SMALLEST_CELL for s in profile.segments)
    ]
    return min(named, key=lambda feature: not MARKET_WORDS & _words(profile, feature), default=None)


def value_feature(profile: Profile) -> str | None:
    """The money column whose total is spread most unevenly over the segments, or None."""
    spreads = {}
    for feature in profile.population.features:
        stats = [segment.features.get(feature) for segment in profile.segments]
        if meaning(profile, feature).unit == "currency" and all(
            stat is not None and stat.total_share is not None and stat.n >= SMALLEST_CELL for stat in stats
        ):
            spreads[feature] = max(
                abs((stat.total_share or 0.0) - segment.size_share)
                for stat, segment in zip(stats, profile.segments, strict=True)
                if stat is not None
            )
    return max(spreads, key=lambda feature: spreads[feature], default=None)


def outcome_feature(profile: Profile) -> tuple[str, str] | None:
    """The yes-or-no column that names an outcome and its value for yes, where every segment has enough of it."""
    hidden = {(cell.segment, cell.column) for cell in profile.suppressed}
    for column, values in profile.population.categories.items():
        if not (WELCOME | LEAVING) & _words(profile, column) or len(values) > 3:
            continue
        for value in values:
            cells = [segment.categories.get(column, {}).get(value) for segment in profile.segments]
            told = all(cell is not None and cell.n >= SMALLEST_CELL for cell in cells)
            if value.lower() in YES and told and not any((s.id, column) in hidden for s in profile.segments):
                return column, value
    return None


YES = frozenset({"yes", "true", "1", "y"})


def explain(profile: Profile, basis: Basis, chosen: Mapping[str, str | None], value: str | None) -> str:
    """Two sentences at most: what the score is made of, and what it leaves out for want of a column."""
    if basis == "value" and value:
        label = meaning(profile, value).label
        return (
            f"Priority is the segment's part of all {label} against its part of the accounts, "
            "because no column speaks of volume, share or access."
        )
    if basis == "outcome" and value:
        label = meaning(profile, value).label
        return (
            f"Priority follows the share of yes in {label}, because no column speaks of volume, share, "
            "access or value."
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


def _words(profile: Profile, feature: str) -> set[str]:
    return set(f"{meaning(profile, feature).label} {feature}".lower().replace("_", " ").split())
