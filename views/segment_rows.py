"""Which columns and values the Segments page sets side by side, and in what order."""

from engine.model import Profile
from engine.profile import MISSING, POOLED, value_above

MOST = 14
"""So many rows has the heat map."""


def shown(profile: Profile, features: list[str]) -> list[str]:
    """What the heat map shows: the clustered columns, or all where few are clustered on as numbers."""
    clustered = [name for name in features if name in profile.clustered]
    return (clustered if len(clustered) > 2 else features)[:MOST]


def values(profile: Profile, room: int) -> list[tuple[str, str]]:
    """Of each category clustered on the value that sets a segment apart most, the strongest first, where numbers leave
    room. Values that say the same of every segment stand once ("no internet service" of six columns)."""
    found: dict[tuple[float | None, ...], tuple[float, str, str]] = {}
    for column in (name for name in profile.clustered if name in profile.population.categories):
        told = []
        for value in set(profile.population.categories[column]) - {MISSING, POOLED}:
            places = tuple(value_above(profile, segment.id, column, value) for segment in profile.segments)
            apart = max((abs(place - 0.5) for place in places if place is not None), default=0.0)
            told.append((apart, column, value, places))
        apart, _, value, places = max(told, default=(0.0, "", "", ()), key=lambda item: (item[0], item[2]))
        if places:
            found.setdefault(places, (apart, column, value))
    strongest = sorted(found.values(), key=lambda item: -item[0])
    return [(column, value) for _, column, value in strongest[: max(room, 0)]]


def ranked(profile: Profile) -> list[str]:
    """Numeric columns by how far apart the segments lie on them, farthest first; clustered ones lead."""

    def spread(name: str) -> float:
        places = [segment.features[name].above for segment in profile.segments if name in segment.features]
        known = [place for place in places if place is not None]
        return max(known) - min(known) if known else 0.0

    return sorted(
        profile.population.features, key=lambda name: (name not in profile.clustered, -spread(name))
    )
