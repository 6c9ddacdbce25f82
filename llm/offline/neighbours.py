"""Which segment is most like another one, by where their accounts stand among all accounts.

A mean of a skewed column is pulled about by a few accounts, so distances between means say little of segments that
were made on its logarithm. Places among all accounts are the same for a column and its logarithm.
"""

import math
from statistics import NormalDist

from engine.model import Profile, SegmentProfile
from llm.facts import meaning

_NORMAL = NormalDist()

FURTHEST = 0.005
"""A segment's average place among all accounts (0 to 1) is kept this far from either end."""


def nearest(profile: Profile, segment: SegmentProfile) -> str | None:
    """The other segment closest over the clustered columns, numbers and categories (over all numbers where none is
    listed); None where there is no other."""
    numbers = [f for f in segment.features if f in profile.clustered] or list(segment.features)
    mixes = [column for column in profile.population.categories if column in profile.clustered]

    def distance(other: SegmentProfile) -> float:
        return sum(gap(profile, feature, segment, other) ** 2 for feature in numbers) + sum(
            _mix_distance(profile, column, segment, other) for column in mixes
        )

    others = [other for other in profile.segments if other.id != segment.id]
    return min(others, key=distance).id if others else None


def gap(profile: Profile, feature: str, first: SegmentProfile, second: SegmentProfile) -> float:
    """How far two segments lie apart in a column, in standard deviations of a normal one with the same places; 0
    where one of them has no value. Of yes/no columns, and where a profile holds no places, the difference of z."""
    if feature not in first.features or feature not in second.features:
        return 0.0
    places = [_place(segment, feature) for segment in (first, second)]
    if yes_no(profile, feature) or None in places:
        return abs(first.features[feature].z - second.features[feature].z)
    one, two = (
        _NORMAL.inv_cdf(min(1 - FURTHEST, max(FURTHEST, place))) for place in places if place is not None
    )
    return abs(one - two)


def _place(segment: SegmentProfile, feature: str) -> float | None:
    """The average place (0 to 1) of the segment's accounts among all: against each other they stand at one half."""
    above = segment.features[feature].above
    return None if above is None else segment.size_share / 2 + (1 - segment.size_share) * above


def _mix_distance(profile: Profile, column: str, first: SegmentProfile, second: SegmentProfile) -> float:
    """Squared differences of shares over the population's share, as between indicators of a category (Pages 2004);
    a value that is not shown counts as none."""
    everyone = profile.population.categories[column]
    return sum(
        (_share(first, column, value) - _share(second, column, value)) ** 2 / cell.share
        for value, cell in everyone.items()
        if cell.share > 0
    )


def _share(segment: SegmentProfile, column: str, value: str) -> float:
    cell = segment.categories.get(column, {}).get(value)
    return cell.share if cell else 0.0


def yes_no(profile: Profile, feature: str) -> bool:
    """Whether the column is 0 or 1: a share whose variance is p(1 - p) and whose median is 0, .5 or 1."""
    stat = profile.population.features[feature]
    if meaning(profile, feature).unit != "fraction" or not 0 < stat.mean < 1:
        return False
    expected = stat.mean * (1 - stat.mean)
    return stat.median in (0.0, 0.5, 1.0) and math.isclose(stat.sd**2, expected, rel_tol=0.02)
