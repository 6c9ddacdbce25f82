"""Sentences in the company of other segments: whose figure is whose, who is ahead of whom, who comes where."""

import pytest

from llm.check import Line, check_lines
from tests.llm.members import FACTS, PROFILE

CALLS = {"S1": "24.0", "S2": "12.0", "S3": "8.0", "S4": "4.0"}
SPEND = {"S1": "$600", "S2": "$900", "S3": "$300", "S4": "$450"}


def passes(text: str, segment: str) -> bool:
    return check_lines([Line("1", segment, "fact", text)], PROFILE, FACTS)[0].verdict != "block"


OWNED = [
    "Calls come to {a} here and {b} in {o}.",
    "Calls: {a} here, {b} in {o}.",
    "Calls stand at {a}; {o} reach {b}.",
    "While {o} come to {b} on calls, this group comes to {a}.",
    "{s} and {o} record calls of {a} and {b} respectively.",
    "Calls are {a} and {b} in {s} and {o} respectively.",
    "Calls come to {a} ({o}: {b}).",
    "{s} and {o} differ on calls: the former show {a}, the latter {b}.",
    "Set {o}'s {b} calls beside the {a} here.",
    "{o}, by contrast, have {b} calls, not {a} as here.",
    "Compared with {o}, they have {a} calls against {b}.",
    "Calls lie far from those of {o}: {a} against {b}.",
    "Calls (here / {o}): {a} / {b}.",
    "{a} ({s}) and {b} ({o}) are the figures for calls.",
    "{a} is the number of calls of {s}, {b} that of {o}.",
    "The average {o} account has {b} calls; here it is {a}.",
    "Calls come to {a} in {s}, {b} in {o} and {c} in {p}.",
    "{o} show {b}, {p} {c} and {s} {a} on calls.",
    "Calls in {o} and {p} are {b} and {c} respectively, and here they are {a}.",
    "Against an average of 8.8, calls are {a} here and {b} in {o}.",
    "Calls are {a} (average 8.8, {o} {b}).",
    "Calls are {a} and spend {x}, against {b} and {y} in {o}.",
    "Calls are {a} here and {b} in {o}; spend is {x} here and {y} in {o}.",
    "On calls and spend they have {a} and {x}; {o} have {b} and {y}.",
    "The {o} segment's {b} calls are far from theirs, at {a}.",
]
"""Figures of a and b (and c) belong to s, the segment spoken of, to o and to p."""


def written(frame: str, order: tuple[str, str, str], figures: tuple[str, str, str]) -> str:
    s, o, p = order
    a, b, c = (CALLS[segment] for segment in figures)
    return frame.format(s=s, o=o, p=p, a=a, b=b, c=c, x=SPEND[figures[0]], y=SPEND[figures[1]])


@pytest.mark.parametrize("frame", OWNED)
@pytest.mark.parametrize("order", [("S1", "S3", "S2"), ("S3", "S2", "S4")])
def test_each_figure_belongs_to_the_segment_it_is_said_of(frame: str, order: tuple[str, str, str]) -> None:
    s, o, p = order
    assert passes(written(frame, order, (s, o, p)), s)
    assert not passes(written(frame, order, (o, s, p)), s)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Only S2 and S1 have higher annual spend.", "S4"),
        ("S2 and S1 alone have higher annual spend.", "S4"),
        ("All but S2 have lower annual spend.", "S1"),
        ("Every segment but S2 trails them on annual spend.", "S1"),
        ("Annual spend is surpassed only by S1 and S2.", "S4"),
        ("All but two segments have lower annual spend.", "S4"),
        ("Only two segments have higher annual spend.", "S4"),
        ("Two segments have lower annual spend.", "S1"),
        ("They are outranked by two segments on annual spend.", "S4"),
        ("All segments but one have lower annual spend.", "S1"),
        ("They are ahead only of S3 on annual spend.", "S4"),
        ("The other three have lower annual spend.", "S2"),
        ("The other three all trail them on annual spend.", "S2"),
        ("Every other segment, S1 included, has lower annual spend.", "S2"),
        ("S1, S3 and the rest all have lower annual spend.", "S2"),
        ("Apart from S2, no segment has higher annual spend.", "S1"),
        ("With the exception of S2, they have the highest annual spend.", "S1"),
        ("Annual spend is the highest after S2.", "S1"),
        ("Annual spend is the third highest, after S2 and S1.", "S4"),
        ("Nobody except S2 is ahead of them on annual spend.", "S1"),
        ("The only segment with higher annual spend is S2.", "S1"),
        ("They beat all but one segment on annual spend.", "S1"),
        ("They beat just one segment on annual spend.", "S4"),
        ("They lie between S2 and S4 on annual spend.", "S1"),
        ("Annual spend lies between that of S1 and that of S3.", "S4"),
        ("S2 lead on annual spend, with S4 second.", ""),
        ("No segment has higher annual spend than S1.", ""),
        ("Annual spend is not as high as in S1 but higher than in S3.", "S4"),
    ],
)
def test_who_alone_is_ahead_and_how_many(text: str, fits: str) -> None:
    assert [s for s in SPEND if s not in text and passes(text, s)] == [
        s for s in fits.split() if s not in text
    ]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("S2 pull ahead of them on calls.", "S3 S4"),
        ("Of S2 and S1, the former have the lower calls.", "S3 S4"),
        ("Of S2 and S1, the latter have the lower calls.", ""),
        ("Both S1 and S2 have higher calls.", "S3 S4"),
        ("On calls S3 and S4 are behind them.", "S1 S2"),
        ("They differ from S2 by their higher calls.", "S1"),
        ("What sets them apart from S3 is lower calls.", "S4"),
        ("Higher calls distinguish them from S3.", "S1 S2"),
        ("The highest calls are found in S1.", "S2 S3 S4"),
        ("The highest calls belong to S2.", ""),
        ("First place on calls goes to S3.", ""),
        ("The leader on calls is S1.", "S2 S3 S4"),
        ("Calls are lowest among S2.", ""),
        ("Calls are the second highest, after S1.", "S2"),
    ],
)
def test_who_is_set_against_whom(text: str, fits: str) -> None:
    assert [s for s in CALLS if s not in text and passes(text, s)] == fits.split()
