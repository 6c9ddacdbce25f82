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
