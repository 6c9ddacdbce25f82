"""A segment's first name is true of it, and its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import (
    CategoryStat,
    FeatureStat,
    Meaning,
    PopulationProfile,
    Profile,
    Segment,
    SegmentProfile,
)
from engine.naming import NOTICEABLE, contrasts, name_segments

LABELS = {"spend": "Spend", "trx": "TRx volume", "visits": "Visits", "plan": "Plan"}


def profile_of(
    rows: list[dict[str, float]], mixes: list[dict[str, CategoryStat]] | None = None
) -> tuple[tuple[Segment, ...], Profile]:
    """Segments with these z and mixes of plan."""
    segments = tuple(
        Segment(f"S{place + 1}", f"Segment {place + 1}", 50, 1 / len(rows), place)
        for place in range(len(rows))
    )
    profiles = tuple(
        SegmentProfile(
            segment.id,
            segment.name,
            50,
            1 / len(rows),
            {name: FeatureStat(1.0, 1.0, 1.0, 50, z=z) for name, z in row.items()},
            {"plan": mixes[place]} if mixes else {},
        )
        for place, (segment, row) in enumerate(zip(segments, rows, strict=True))
    )
    meanings = {name: Meaning(label) for name, label in LABELS.items()}
    whole = Profile(50 * len(rows), profiles, PopulationProfile({}, {}), meanings, clustered=tuple(LABELS))
    return segments, whole


def names(rows: list[dict[str, float]], mixes: list[dict[str, CategoryStat]] | None = None) -> list[str]:
    return [segment.name for segment in name_segments(*profile_of(rows, mixes))]


def test_the_two_strongest_contrasts_make_the_name() -> None:
    assert names([{"spend": 0.4, "trx": 1.5, "visits": -0.9}]) == ["High TRx volume, low visits"]


def test_a_weak_contrast_is_not_named() -> None:
    assert names([{"spend": NOTICEABLE - 0.01, "visits": -0.5}]) == ["Low visits"]


def test_a_segment_like_everyone_says_so() -> None:
    assert names([{"spend": 0.1}, {"spend": -0.1}]) == [
        "Close to the average",
        "Close to the average (S2)",
    ]


def test_a_second_segment_with_the_same_contrasts_says_more() -> None:
    row = {"spend": 1.0, "trx": 0.8, "visits": 0.5}
    assert names([row, row, row]) == [
        "High spend, high TRx volume",
        "High spend, high TRx volume, high visits",
        "High spend, high TRx volume (S3)",
    ]


def test_a_value_that_most_of_a_segment_holds_is_named() -> None:
    mix = {"basic": CategoryStat(0.9, 1.8, 45), "plus": CategoryStat(0.1, 0.2, 5)}
    assert names([{"spend": 0.3}], [mix]) == ["Plan: basic, high spend"]


def test_a_value_that_everyone_holds_is_not_named() -> None:
    mix = {"basic": CategoryStat(0.95, 1.05, 47)}
    assert names([{"spend": 0.3}], [mix]) == ["High spend"]


def test_columns_that_only_describe_are_not_in_a_name() -> None:
    segments, whole = profile_of([{"spend": 0.3, "visits": 2.0}])
    only_spend = Profile(**{**whole.__dict__, "clustered": ("spend",)})
    assert [segment.name for segment in name_segments(segments, only_spend)] == ["High spend"]


Z = st.dictionaries(st.sampled_from(["spend", "trx", "visits"]), st.floats(-4, 4), max_size=3)


@given(st.lists(Z, min_size=1, max_size=9))
def test_names_are_unique_and_true(rows: list[dict[str, float]]) -> None:
    segments, whole = profile_of(rows)
    named = name_segments(segments, whole)
    assert len({segment.name.casefold() for segment in named}) == len(rows)
    by_label = {label.casefold(): name for name, label in LABELS.items()}
    for segment, row in zip(named, rows, strict=True):
        assert segment.name[0].isupper()
        assert (segment.id, segment.size, segment.colour) == (
            f"S{segment.colour + 1}",
            50,
            int(segment.id[1:]) - 1,
        )
        if segment.name.startswith("Close to"):
            assert all(abs(z) < NOTICEABLE for z in row.values())
            continue
        for phrase in segment.name.removesuffix(f" ({segment.id})").split(", "):
            level, label = phrase.casefold().split(" ", 1)
            z = row[by_label[label]]
            assert z >= NOTICEABLE if level == "high" else z <= -NOTICEABLE


def test_contrasts_come_strongest_first() -> None:
    _, whole = profile_of([{"spend": 0.4, "trx": -1.5, "visits": 0.9}])
    assert [strength for _, strength in contrasts(whole.segments[0], whole)] == pytest.approx([1.5, 0.9, 0.4])
