"""Values that already have types (from a workbook or JSON) to one column of one type."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pyarrow as pa

from engine.numbers import count

LARGEST_WHOLE = 2**53


def to_column(name: str, values: Sequence[Any]) -> tuple[pa.Array, str | None]:
    """The values as int64, float64, bool, date, timestamp or text, and a note where some changed.

    Text is tried as numbers and dates later, like that of any file; None and "" are missing. A column
    of several types becomes text.
    """
    filled = [value for value in values if value is not None and value != ""]
    kinds = {type(value) for value in filled}
    present = [None if value == "" else value for value in values]
    if kinds <= {int, float} and kinds:
        return _numbers(name, present)
    if kinds == {bool}:
        return pa.array(present, pa.bool_()), None
    if kinds == {date}:
        return pa.array(present, pa.date32()), None
    if kinds and kinds <= {date, datetime}:
        return _times(present), None
    texts = [None if value is None else _text(value) for value in present]
    note = None
    if kinds & {list, dict}:
        note = f"`{name}`: nested values kept as JSON text."
    elif kinds & {time, timedelta}:
        note = f"`{name}`: times of day or durations kept as text."
    elif len(kinds) > 1 and str in kinds:
        others = sum(not isinstance(value, str) for value in filled)
        note = f"`{name}`: texts among numbers or dates; {count(others)} values read as text first."
    return pa.array(texts, pa.string()), note


def _numbers(name: str, values: list[Any]) -> tuple[pa.Array, str | None]:
    numbers = [value for value in values if value is not None]
    if all(isinstance(value, int) for value in numbers):
        if all(-(2**63) <= value < 2**63 for value in numbers):
            return pa.array(values, pa.int64()), None
        texts = [None if value is None else str(value) for value in values]
        return pa.array(texts, pa.string()), f"`{name}`: whole numbers beyond 18 digits kept as text."
    if all(float(value).is_integer() and abs(value) < LARGEST_WHOLE for value in numbers):
        return pa.array([None if value is None else int(value) for value in values], pa.int64()), None
    return pa.array([None if value is None else float(value) for value in values], pa.float64()), None


def _times(values: list[Any]) -> pa.Array:
    """Dates where no value has a time of day, timestamps otherwise."""
    moments = [
        value
        if value is None or isinstance(value, datetime)
        else datetime(value.year, value.month, value.day)
        for value in values
    ]
    if all(moment is None or moment.time() == time() for moment in moments):
        return pa.array([moment and moment.date() for moment in moments], pa.date32())
    return pa.array(moments, pa.timestamp("us"))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    return str(value)
