"""Which column tells the accounts apart, and which one should but repeats."""

from collections.abc import Sequence

from engine.columns.meaning import header_words
from engine.columns.measure import Measured
from engine.columns.words import (
    ACCOUNT_NUMBERS,
    ACCOUNTS,
    CALENDAR,
    CODES,
    CURRENCY,
    EVENTS,
    GROUPS,
    NAMES_AN_ACCOUNT,
    NUMBERS,
    PAID,
)
from engine.model import ROW_NUMBER, Column

FEWEST_NUMBERED = 20
"""Rows from which unbroken whole numbers without a repeat are taken for a running number."""

FEWEST_DIGITS = 9
"""Whole numbers of one length and at least so many digits are numbers of a register, such as an NPI's ten."""

FEWEST_ACCOUNTS = 12
"""A column called an account number with no more different values than this may be a group's code."""

MANY = 100


def propose_key(columns: Sequence[Column], rows: int) -> str:
    """The name of the column that tells the accounts apart, or ROW_NUMBER where none looks like one.

    An identifier without a repeat or a gap, first one that is called an id, key or NPI, and not one of orders or
    visits. Without such a name, a column that is called an account number and repeats comes before any other
    identifier without a repeat: its rows are not accounts, and the person has to say what they are.
    """
    identifiers = [column for column in columns if column.kind == "identifier"]
    unique = [column for column in identifiers if column.missing == 0 and column.distinct == rows]
    repeating = [column for column in identifiers if column.distinct < rows - column.missing]
    for candidates in (
        [column for column in unique if _names_more_than_an_event(column.name)],
        [column for column in (*unique, *repeating) if names_an_account(column.name)],
        unique,
        [column for column in repeating if not GROUPS & set(header_words(column.name))],
    ):
        if candidates:
            return max(candidates, key=lambda column: column.distinct).name
    return ROW_NUMBER


def repeating_account(columns: Sequence[Column], rows: int) -> Column | None:
    """The column that should tell the accounts apart and stands on several rows of some; None where there is
    none, or another column tells them apart."""
    name = propose_key(columns, rows)
    found = next((column for column in columns if column.name == name), None)
    return found if found and found.distinct < rows - found.missing else None


def _names_more_than_an_event(header: str) -> bool:
    words = set(header_words(header))
    return bool(NAMES_AN_ACCOUNT & words) and not EVENTS & words


def names_an_account(header: str) -> bool:
    """Whether the header says that it holds account numbers: npi, customer_id, "Account No", or a bare id."""
    words = header_words(header)
    if GROUPS & set(words) or not words:
        return False
    numbered = words[-1] in NUMBERS and bool(ACCOUNTS & set(words))
    return bool(ACCOUNT_NUMBERS & set(words)) or numbered or set(words) <= NAMES_AN_ACCOUNT


def is_identifier(header: str, found: Measured) -> bool:
    """Whether values (short texts or whole numbers) name accounts, by the header or by their shape."""
    named = bool(NAMES_AN_ACCOUNT & set(header_words(header)))
    if named and found.distinct > min(MANY, found.present / 2):
        return True
    return names_an_account(header) and found.distinct > FEWEST_ACCOUNTS


def numbered_like_accounts(header: str, found: Measured) -> bool:
    """Whether whole numbers count the rows without a repeat or a gap, or are numbers of a register."""
    low, high = found.minimum or 0, found.maximum or 0
    if found.distinct == found.present == high - low + 1 and found.present >= FEWEST_NUMBERED:
        return True
    measures = CODES | CURRENCY | PAID | CALENDAR
    return (
        low >= 10 ** (FEWEST_DIGITS - 1)
        and len(f"{low:.0f}") == len(f"{high:.0f}")
        and found.distinct > MANY
        and not measures & set(header_words(header))
    )
