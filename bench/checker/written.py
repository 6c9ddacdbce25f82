"""Numbers as people type them, with the half unit of the last digit that they claim."""

import itertools
import math
import re
from dataclasses import dataclass

from engine.model import Unit

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


@dataclass(frozen=True)
class Written:
    """`value` is what the text says, in the unit of the column (fractions 0 to 1); `half` half a unit of its
    last written digit."""

    text: str
    value: float
    half: float


def number(value: float, unit: Unit, digits: int = 3, spelling: int = 0) -> Written:
    """The value in about `digits` figures. `spelling` 0 is the common form, 1 and 2 are other habits."""
    if unit == "fraction":
        return _scaled(value, 100.0, digits - 1, ("%", " percent", " per cent")[spelling])
    if unit == "points":
        return _scaled(value, 1.0, digits, ("%", " percent", "%")[spelling])
    if unit == "currency":
        core = _plain(value, digits, spelling == 1)
        return Written(f"${core.text}", core.value, core.half)
    core = _plain(value, digits, unit == "count" and spelling == 2)
    if unit in ("days", "months"):
        word = unit.removesuffix("s") if core.text == "1" else unit
        return Written(f"{core.text} {word}", core.value, core.half)
    return core


def displayed(value: float, unit: Unit) -> str:
    """The value as the studio shows it, which decides what is a tie: whole per cent (one decimal below 10);
    else one decimal below 100, whole to 10,000, then thousands or millions with one decimal."""
    if unit == "fraction":
        return f"{100 * value:.0f}%" if abs(value) >= 0.0995 else f"{100 * value:.1f}%"
    for limit, divisor, mark in ((999_500, 1e6, "M"), (9_999.5, 1e3, "k")):
        if abs(value) >= limit:
            return f"{value / divisor:.1f}{mark}"
    if abs(value) >= 99.95:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 0.995 else f"{value:.2g}"


def points(gap: float, digits: int = 2) -> Written:
    """A gap between two fractions in percentage points, without its sign: "12 points"."""
    places = _places(abs(gap) * 100, digits)
    shown = round(abs(gap) * 100, places)
    word = "point" if shown == 1 else "points"
    return Written(f"{shown:.{places}f} {word}", shown / 100, 0.5 * 10**-places / 100)


def percent(ratio: float) -> Written:
    """A ratio as whole per cent, for "30% higher" (pass the ratio less one) or "130% of"."""
    shown = round(100 * ratio)
    return Written(f"{shown}%", shown / 100, 0.005)


def multiple(ratio: float, spelling: int = 0) -> Written:
    """A ratio: "1.4 times", "1.4x"; two decimals below one."""
    places = 1 if ratio >= 1 else 2
    shown = round(ratio, places)
    return Written(f"{shown:.{places}f}{(' times', 'x', '-fold')[spelling]}", shown, 0.5 * 10**-places)


def rounded(value: float, unit: Unit) -> Written:
    """The value in one or two figures, for "about" and "roughly"; `half` is that of the last digit not 0."""
    scaled = value * 100 if unit == "fraction" else value
    size = math.floor(math.log10(abs(scaled)))
    for places in (-size, 1 - size, 2 - size):
        near = round(scaled, places)
        if abs(near - scaled) <= 0.02 * abs(scaled):
            break
    return _at(near, unit, places)


def beside(value: float, unit: Unit, above: bool) -> Written:
    """A rounder number just above or below the value and within 6 % of it, for "nearly" and "over"."""
    scaled = value * 100 if unit == "fraction" else value
    size = math.floor(math.log10(abs(scaled)))
    for places in (-size, 1 - size, 2 - size):
        step = 10.0**-places
        near = (math.floor(scaled / step) + 1) * step if above else (math.ceil(scaled / step) - 1) * step
        if 0.001 < abs(near - scaled) / abs(scaled) <= 0.06:
            break
    return _at(near, unit, places)


def transposed(text: str) -> list[str]:
    """The text with two neighbouring digits swapped, once for each pair where that changes the number."""
    places = [place for place, character in enumerate(text) if character.isdigit()]
    found = []
    for place, after in itertools.pairwise(places):
        first = place == places[0]
        if text[place] != text[after] and not (first and text[after] == "0"):
            found.append(
                text[:place] + text[after] + text[place + 1 : after] + text[place] + text[after + 1 :]
            )
    return found


def read(text: str, unit: Unit) -> Written:
    """The value and precision of a text that `number`, `points` or a fact wrote."""
    core = re.search(r"\d[\d,]*(?:\.(\d+))?", text)
    if core is None:
        raise ValueError(f"no number in {text!r}")
    scale = {"k": 1e3, "M": 1e6, "B": 1e9}.get(text[core.end() : core.end() + 1], 1.0)
    if unit == "fraction":
        scale /= 100
    return Written(text, float(core.group().replace(",", "")) * scale,
                   0.5 * 10.0 ** -len(core.group(1) or "") * scale)  # fmt: skip


def _at(near: float, unit: Unit, places: int) -> Written:
    shown = f"{near:,.{max(places, 0)}f}"
    half = 0.5 * 10.0**-places
    if unit == "fraction":
        return Written(f"{shown}%", near / 100, half / 100)
    if unit == "points":
        return Written(f"{shown}%", near, half)
    if unit == "currency":
        return Written(f"${shown}", near, half)
    if unit in ("days", "months"):
        return Written(f"{shown} {unit}", near, half)
    return Written(shown, near, half)


def _scaled(value: float, factor: float, digits: int, mark: str) -> Written:
    places = _places(value * factor, digits)
    shown = round(value * factor, places)
    return Written(f"{shown:.{places}f}{mark}", shown / factor, 0.5 * 10**-places / factor)


def _plain(value: float, digits: int, in_full: bool) -> Written:
    size = abs(value)
    if size >= 10_000 and not in_full:
        divisor, mark = (1e6, "M") if size >= 999_500 else (1e3, "k")
        shown = round(value / divisor, 1)
        return Written(f"{shown:,.1f}".removesuffix(".0") + mark, shown * divisor,
                       (0.05 if shown % 1 else 0.5) * divisor)  # fmt: skip
    places = _places(value, digits)
    shown = round(value, places)
    text = f"{shown:,.{places}f}"
    return Written(text, shown, 0.5 * 10**-places)


def _places(value: float, digits: int) -> int:
    if value == 0:
        return 0
    return max(0, min(3, digits - 1 - math.floor(math.log10(abs(value)))))
