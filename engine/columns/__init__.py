"""What each column of a dataset is, how healthy it is, and what it is proposed for."""

from collections.abc import Sequence

import duckdb

from engine.columns.keys import is_identifier, numbered_like_accounts
from engine.columns.keys import propose_key as propose_key
from engine.columns.keys import repeating_account as repeating_account
from engine.columns.meaning import guess, header_words
from engine.columns.measure import Measured, measure, sample
from engine.columns.proposal import propose
from engine.columns.words import GROUPS
from engine.model import SMALLEST_CELL, Column, Kind
from engine.numbers import count

MOST_CATEGORIES = 200
LONGEST_CATEGORY = 60
MOST_GROUP_CODES = 12
FEWEST_REPEATS = 2.0
"""Rows per value below which a column of text is not a set of categories."""

FEWEST_NUMBERED = 20
"""Different values from which zeros may be asked about."""


def describe(cursor: duckdb.DuckDBPyConnection, table: str, headers: Sequence[str]) -> tuple[Column, ...]:
    """One Column for each header, in order, with its health, a proposed use and a reason.

    table: a quoted SQL name with the columns c0, c1, ... and row_number.
    """
    fields = [f"c{position}" for position in range(len(headers))]
    rows, found = measure(cursor, table, fields)
    columns = [
        _column(header, field, found[field], rows) for header, field in zip(headers, fields, strict=True)
    ]
    numbers = [column.field for column in columns if column.kind == "number" and column.sd is not None]
    return propose(columns, rows, dict(zip(numbers, sample(cursor, table, rows, numbers).T, strict=True)))


def unusable(column: Column) -> str | None:
    """Why segments cannot be made from this column; None where they can."""
    reasons = {
        "text": f"is text with {count(column.distinct)} different values",
        "identifier": "names accounts and says nothing about them",
        "date": "is a date",
        "constant": "has one value only, so it separates nothing",
        "empty": "has no values",
    }
    reason = reasons.get(column.kind)
    if column.kind == "number" and column.sd is None:
        reason = "holds numbers too large to measure"
    if reason is None:
        return None
    return f"`{column.name}` {reason}; choose a number, a yes/no or a category of few values."


def withheld(columns: Sequence[Column]) -> str:
    """A sentence on columns whose zeros may stand for small counts that were withheld; empty without any."""
    names = [f"`{column.name}`" for column in columns if column.zeros_withheld]
    if not names:
        return ""
    told = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return (
        f"{told} {'has' if len(names) == 1 else 'have'} zeros and then nothing below {SMALLEST_CELL}. Do zeros stand "
        f"for withheld counts of 1 to {SMALLEST_CELL - 1} there? Until you say, they are taken as 0."
    )


def _column(header: str, field: str, found: Measured, rows: int) -> Column:
    kind = _kind(header, found)
    number = kind == "number"
    return Column(
        name=header,
        field=field,
        kind=kind,
        use="ignore",
        reason="",
        meaning=guess(header, kind, found.minimum, found.maximum, found.whole),
        missing=rows - found.present,
        distinct=found.distinct,
        minimum=found.minimum if number else None,
        maximum=found.maximum if number else None,
        mean=found.mean if number else None,
        median=found.median if number else None,
        sd=found.sd if number else None,
        skew=found.skew if number else None,
        histogram=found.histogram if number else (),
        top=() if number else found.top,
        zeros_withheld=number and _zeros_withheld(found),
    )


def _kind(header: str, found: Measured) -> Kind:
    if not found.present:
        return "empty"
    if found.distinct == 1:
        return "constant"
    if found.sql_type == "BOOLEAN":
        return "boolean"
    if found.sql_type in ("DATE", "TIMESTAMP"):
        return "date"
    named = is_identifier(header, found)
    if found.sql_type == "VARCHAR":
        return _text_kind(named, found)
    if found.whole and found.minimum is not None and found.maximum is not None:
        if (found.minimum, found.maximum) == (0, 1):
            return "boolean"
        if named or numbered_like_accounts(header, found):
            return "identifier"
        if found.distinct <= MOST_GROUP_CODES and GROUPS & set(header_words(header)):
            return "category"
    return "number"


def _zeros_withheld(found: Measured) -> bool:
    """Whether whole numbers of many values are 0 or begin just where counts may be published again."""
    return (
        found.whole
        and found.minimum == 0
        and found.zeros > 0
        and found.least_positive == SMALLEST_CELL
        and found.distinct > FEWEST_NUMBERED
    )


def _text_kind(named: bool, found: Measured) -> Kind:
    short = found.length <= LONGEST_CATEGORY
    if short and (named or (found.distinct == found.present and found.present >= 3)):
        return "identifier"
    few = found.distinct <= MOST_CATEGORIES and found.present >= FEWEST_REPEATS * found.distinct
    return "category" if short and (few or found.distinct <= 8) else "text"
