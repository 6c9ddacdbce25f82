"""Numbers as people read them: one rounding for the screen, the persona and the export."""

import math


def show(value: float | None, unit: str = "number") -> str:
    """The value in its unit: "46%", "$1.2M", "40 days", "45.6%" for a column in per cent, others bare.

    Units are those of engine.model.Unit, and "sd", "index", "percent points". None and NaN are a dash.
    """
    if value is None or not math.isfinite(value):
        return "–"
    text = _shown(value, unit)
    # What rounds to nothing has no sign: 0, never -0.
    return text if "-" not in text or any(digit in text for digit in "123456789") else text.replace("-", "")


def _shown(value: float, unit: str) -> str:
    if unit == "fraction":
        return percent(value)
    if unit == "currency":
        return f"-${compact(-value)}" if value < 0 else f"${compact(value)}"
    if unit in ("ratio", "sd"):
        return f"{value:.1f}"
    if unit == "index":
        return f"{value:.0f}"
    if unit == "percent points":
        return f"{100 * value:.0f} points"
    number = compact(value)
    if unit == "points":
        return f"{number}%"
    if unit in ("days", "months"):
        return f"{number} {unit.removesuffix('s') if number == '1' else unit}"
    return number


def percent(share: float) -> str:
    """A share of 0 to 1 as per cent: whole from 10 to 100, one decimal below 10 when it says more."""
    value = 100 * share
    if 0 < abs(value) < 0.1:
        return "under 0.1%" if value > 0 else "above -0.1%"
    if abs(value) < 9.95 and abs(value - round(value)) >= 0.05:
        return f"{value:.1f}%"
    return f"{value:.0f}%"


def compact(value: float) -> str:
    """12.3k, 1.2M, 3.4B; 1,234 in full; three figures below a thousand (0.46, 4.2, 46, 460)."""
    size = abs(value)
    for limit, divisor, mark in ((999.5e6, 1e9, "B"), (999.5e3, 1e6, "M"), (9999.5, 1e3, "k")):
        if size >= limit:
            return f"{value / divisor:,.1f}".removesuffix(".0") + mark
    if size >= 99.95 or float(value).is_integer():
        return f"{value:,.0f}"
    if size >= 0.995:
        return f"{value:.1f}"
    return f"{value:.2g}"


def duration(seconds: float) -> str:
    """How long something took: "18 s", "2 min 5 s", "1 h 10 min"; never shorter than it was."""
    whole = math.ceil(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def count(value: int) -> str:
    """A count of things in full, with thousands separated: 50,000."""
    return f"{value:,}"
