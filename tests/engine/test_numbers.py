"""Numbers read as people write them, and never say more or other than they are."""

import math
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.model import Unit
from engine.numbers import compact, count, percent, show

UNITS = (*get_args(Unit), "sd", "index", "percent points")
FINITE = st.floats(-1e15, 1e15, allow_nan=False)


def read(text: str, unit: str = "number") -> float:
    """The number that a person reads in the text."""
    if text in ("under 0.1%", "above -0.1%"):
        return 0.0005 if text.startswith("under") else -0.0005
    sign = -1.0 if text.startswith("-") else 1.0
    bare = text.removeprefix("-").removeprefix("$").split(" ")[0].replace(",", "")
    factor = 1.0
    for mark, size in (("%", 1.0 if unit == "points" else 0.01), ("k", 1e3), ("M", 1e6), ("B", 1e9)):
        if bare.endswith(mark):
            bare, factor = bare.removesuffix(mark), size
    return sign * float(bare) * factor


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.46, "fraction", "46%"),
        (1.0, "fraction", "100%"),
        (0.0, "fraction", "0%"),
        (0.005, "fraction", "0.5%"),
        (0.0004, "fraction", "under 0.1%"),
        (-0.0004, "fraction", "above -0.1%"),
        (0.0994, "fraction", "9.9%"),
        (0.0996, "fraction", "10%"),
        (0.05, "fraction", "5%"),
        (0.123, "fraction", "12%"),
        (-0.25, "fraction", "-25%"),
        (0.46, "number", "0.46"),
        (4.2, "number", "4.2"),
        (46.0, "number", "46"),
        (460.4, "number", "460"),
        (99.94, "number", "99.9"),
        (99.96, "number", "100"),
        (999.4, "count", "999"),
        (999.6, "count", "1,000"),
        (1234, "count", "1,234"),
        (9999, "count", "9,999"),
        (9999.4, "count", "9,999"),
        (9999.6, "count", "10k"),
        (10_000, "count", "10k"),
        (12_345, "count", "12.3k"),
        (999_499, "count", "999.5k"),
        (999_500, "count", "1M"),
        (1_234_567, "count", "1.2M"),
        (999_499_999, "count", "999.5M"),
        (3.4e9, "count", "3.4B"),
        (1234.0, "currency", "$1,234"),
        (-1234.0, "currency", "-$1,234"),
        (1.26, "ratio", "1.3"),
        (-0.51, "sd", "-0.5"),
        (118.6, "index", "119"),
        (45.62, "points", "45.6%"),
        (1.0, "days", "1 day"),
        (40.0, "days", "40 days"),
        (34.25, "months", "34.2 months"),
        (0.12, "percent points", "12 points"),
        (-0.12, "percent points", "-12 points"),
    ],
)
def test_a_number_reads_as_people_write_it(value: float, unit: str, text: str) -> None:
    assert show(value, unit) == text


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("value", [None, math.nan, math.inf, -math.inf])
def test_what_is_not_known_is_a_dash(value: float | None, unit: str) -> None:
    assert show(value, unit) == "–"


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("value", [-0.0, 0.0])
def test_nothing_has_no_sign(value: float, unit: str) -> None:
    assert "-" not in show(value, unit)
    assert read(show(value, unit), unit) == 0


@pytest.mark.parametrize(("value", "unit"), [(-0.04, "sd"), (-0.4, "index"), (-0.004, "percent points")])
def test_what_rounds_to_nothing_has_no_sign(value: float, unit: str) -> None:
    assert show(value, unit) == show(-value, unit)


@given(FINITE, st.sampled_from(UNITS))
def test_a_number_is_never_a_nan_and_keeps_its_sign(value: float, unit: str) -> None:
    text = show(value, unit)
    assert "nan" not in text
    assert "inf" not in text
    shown = read(text, unit)
    assert shown == 0 or math.copysign(1, shown) == math.copysign(1, value)


@given(FINITE, st.sampled_from(UNITS))
def test_the_text_is_the_number_within_its_precision(value: float, unit: str) -> None:
    scale = {"percent points": 100.0}.get(unit, 1.0)
    slack = {"fraction": 0.005, "ratio": 0.05, "sd": 0.05, "index": 0.5, "percent points": 0.5}.get(unit)
    exact = value * scale
    allowed = slack * 1.001 if slack else 0.0500001 * max(abs(exact), 0.0)
    assert abs(read(show(value, unit), unit) - exact) <= allowed + 1e-9 * abs(exact)


@given(FINITE, FINITE, st.sampled_from(UNITS))
def test_a_larger_number_never_reads_smaller(first: float, second: float, unit: str) -> None:
    low, high = sorted((first, second))
    assert read(show(low, unit), unit) <= read(show(high, unit), unit)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_never_reads_smaller(first: float, second: float) -> None:
    low, high = sorted((first, second))
    assert read(percent(low)) <= read(percent(high)) + 1e-12


@given(st.floats(90, 20_000), st.floats(0, 50))
def test_the_steps_between_full_and_short_numbers_are_in_order(value: float, more: float) -> None:
    assume(more > 0)
    assert read(compact(value)) <= read(compact(value + more))


@given(st.integers(0, 10**12))
def test_a_count_is_whole_and_in_full(value: int) -> None:
    assert int(count(value).replace(",", "")) == value
    assert count(50_000) == "50,000"
