"""What a segment is called before anyone names it: by what is most different about it."""

from collections.abc import Sequence
from dataclasses import replace

from engine.model import Profile, Segment, SegmentProfile

NOTICEABLE = 0.2
"""A mean this many standard deviations from the population's is worth a word (Cohen's small effect)."""


def contrasts(segment: SegmentProfile, profile: Profile) -> list[tuple[str, float]]:
    """(phrase, strength in sd) of what sets a segment apart, strongest first.

    "High brand TRx" for numbers; "Mostly month-to-month" for a category value that clustered columns
    hold in more than half of the segment and at least 1.2 times as often as everywhere.
    """
    found = []
    for name in profile.clustered:
        label = profile.dictionary[name].label
        label = label if label[1:2].isupper() else label[:1].lower() + label[1:]
        if name in segment.features:
            z = segment.features[name].z
            if abs(z) >= NOTICEABLE:
                found.append((f"{'high' if z > 0 else 'low'} {label}", abs(z)))
        for value, stat in segment.categories.get(name, {}).items():
            if stat.share > 0.5 and stat.lift >= 1.2:
                # An indicator's own standard deviation makes shares comparable with means.
                share = stat.share / stat.lift
                found.append((f"{label}: {value}", (stat.share - share) / (share * (1 - share)) ** 0.5))
    return sorted(found, key=lambda item: -item[1])


def name_segments(segments: Sequence[Segment], profile: Profile) -> tuple[Segment, ...]:
    """The segments with a name each, all different: their one or two strongest contrasts."""
    named: list[Segment] = []
    taken: set[str] = set()
    for segment in segments:
        found = profile.segment(segment.id)
        phrases = [phrase for phrase, _ in contrasts(found, profile)] if found else []
        options = [", ".join(phrases[:count]) for count in range(min(2, len(phrases)), len(phrases) + 1)]
        options = [option for option in options if option] or ["close to the average"]
        free = [option for option in options if option not in taken]
        name = free[0] if free else f"{options[0]} ({segment.id})"
        taken.add(name)
        named.append(replace(segment, name=name[:1].upper() + name[1:]))
    return tuple(named)
