"""Whether a figure as written is a value of the table: rounding, hedges, units."""

from dataclasses import dataclass

from llm.checking.numerals import Number
from llm.checking.senses import Sense
from llm.checking.thresholds import HEDGE, ONE_SIDED, ROUNDED

_TIME = {"days": 1.0, "weeks": 7.0, "months": 30.4375, "quarters": 91.3125, "years": 365.25}


@dataclass(frozen=True, slots=True)
class Scale:
    """A value in the unit a figure is written in: `factor` times the value in the column's own unit.

    `slip`: the figure's unit is not the column's ("0.46%" for .46, "$320" for a count).
    """

    factor: float
    slip: bool = False


def scale(number: Number, unit: str, label: str, largest: float) -> Scale:
    """How a figure's unit stands to the column's. `largest`: the largest absolute value in the column."""
    if unit == "fraction" or (unit in ("ratio", "number", "score") and number.unit == "%" and largest <= 1.0):
        if number.unit == "%":
            return Scale(100.0)
        slip = number.unit != "" or (number.value > 1 and not number.words)
        return Scale(1.0 if number.value <= 1 else 100.0, slip)
    if unit == "points":
        return Scale(1.0, number.unit not in ("%", "points", ""))
    if unit == "currency":
        return Scale(1.0, number.unit not in ("$", ""))
    if unit in ("days", "months"):
        if number.unit in _TIME:
            return Scale(
                _TIME[unit] / _TIME[number.unit],
                number.unit != unit and number.unit == "days" and unit == "months",
            )
        return Scale(1.0, number.unit != "")
    if number.unit in ("", "times"):
        return Scale(1.0)
    if number.unit == "points":
        return Scale(1.0, unit not in ("score", "number", "ratio"))
    if number.unit == "%":
        hinted = any(word in label.lower() for word in ("%", "pct", "percent", "share", "rate"))
        return Scale(1.0, not (hinted and unit == "number"))
    if number.unit in _TIME or number.unit in ("hours", "minutes"):
        timed = any(word in label.lower() for word in ("age", "year", "tenure", number.unit.rstrip("s")))
        return Scale(1.0, not timed)
    return Scale(1.0, not (number.unit == "$" and unit == "number"))


def within(number: Number, hedge: Sense | None, value: float) -> bool:
    """Whether the figure, hedged or not, stands for the value (both in the figure's unit)."""
    written, half = abs(number.value) if number.value < 0 > value else number.value, number.half
    value = abs(value) if number.value < 0 > value else value
    slack = half * (1 + 1e-9) + 1e-9 * max(1.0, abs(value))
    if hedge is None or hedge.kind != "hedge":
        rounded = min(_last_digit(written) / 2, ROUNDED * abs(value)) if number.half == 0.5 else 0.0
        return abs(written - value) <= max(slack, rounded)
    if hedge.sign == 0:
        return abs(written - value) <= max(HEDGE * abs(value), _last_digit(written) / 2, slack)
    if hedge.grade == "limit":
        return (value - written) * hedge.sign >= -slack
    reach = 0.3 if number.parts else ONE_SIDED * (6 if hedge.grade == "wide" else 1)
    if hedge.sign > 0:
        return written - 1e-9 <= value <= written * (1 + reach) + 1e-9
    return written * (1 - reach) - 1e-9 <= value <= written + 1e-9


def _last_digit(value: float) -> float:
    """The unit of the last digit that is not zero: 100 for 1,200, 0.1 for 2.5."""
    text = f"{abs(value):.6f}".rstrip("0")
    whole, _, decimals = text.partition(".")
    if decimals:
        return float(10.0 ** -len(decimals))
    return float(10.0 ** (len(whole) - len(whole.rstrip("0")))) if whole.strip("0") else 1.0
