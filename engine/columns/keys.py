"""Which column tells the accounts apart, and which one should but repeats."""

from collections.abc import Sequence

from engine.columns.meaning import header_words
from engine.columns.measure import Measured
from engine.columns.words import (
    ACCOUNT_NUMBERS,
    ACCOUNTS,
    AMOUNTS,
    CALENDAR,
    CODES,
    CURRENCY,
    EVENTS,
    GROUPS,
    NAMES_AN_ACCOUNT,
    NUMBERS,
    PAID,
    TIMES,
)
from engine.model import ROW_NUMBER, Column

FEWEST_NUMBERED = 20
"""Rows from which unbroken whole numbers without a repeat are taken for a running number."""

FEWEST_DIGITS = 9
"""Whole numbers of one length and at least so many digits are numbers of a register, such as an NPI's ten."""

FEWEST_ACCOUNTS = 12
"""A column called an account number with no more different values than this may be a group's code."""

MANY = 100

ROUND = 10
"""Numbers that share a factor from here on are rounded amounts, not numbers of a register."""

EPOCH = (946_684_800, 2_208_988_800)
"""Seconds from 1970 to the beginnings of 2000 and of 2040, in UTC."""


def propose_key(columns: Sequence[Column], rows: int) -> str:
    """The name of the column that tells the accounts apart, or ROW_NUMBER where none looks like one.

    An identifier without a repeat or a gap, first one that is called an id, key or NPI, and not one of orders or
    visits. Without such a name, a column that is called an account number and repeats comes before any other
    identifier without a repeat: its rows are not accounts, and the person has to say what they are. Beside a number
    of orders or visits, a column that is called after an account, such as "customer", is enough for that.
    """
    identifiers = [column for column in columns if column.kind == "identifier"]
    unique = [column for column in identifiers if column.missing == 0 and column.distinct == rows]
    repeating = [column for column in identifiers if column.distinct < rows - column.missing]
    of_events = any(_names_an_event(column.name) for column in unique)
    for candidates in (
        [column for column in unique if _names_more_than_an_event(column.name)],
        [column for column in (*unique, *repeating) if names_an_account(column.name)],
        [column for column in columns if of_events and _called_an_account(column, rows)],
        unique,
        [column for column in repeating if _named_beyond_a_group(column.name)],
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


def _words(header: str) -> tuple[str, ...]:
    """The words of a header, with orderid and custno read as "order id" and "cust no"."""
    found: list[str] = []
    for word in header_words(header):
        stems = [(word.removesuffix(number), number) for number in NUMBERS if word.endswith(number)]
        joined = next((pair for pair in stems if pair[0] in ACCOUNTS | EVENTS), None)
        found += joined or (word,)
    return tuple(found)


def _names_more_than_an_event(header: str) -> bool:
    words = set(_words(header))
    return bool(NAMES_AN_ACCOUNT & words) and not EVENTS & words


def _names_an_event(header: str) -> bool:
    """Whether what is numbered, the last noun of the header, happens to an account: order_id, customer_order_no."""
    nouns = [word for word in _words(header) if word in ACCOUNTS | EVENTS]
    return bool(nouns) and nouns[-1] in EVENTS


def _called_an_account(column: Column, rows: int) -> bool:
    """Whether a column called customer or "Account Name" repeats, and has too many values for a kind of account."""
    words = set(_words(column.name))
    named = bool(words & ACCOUNTS) and words <= ACCOUNTS | {"name"}
    return named and FEWEST_ACCOUNTS < column.distinct < rows - column.missing


def _named_beyond_a_group(header: str) -> bool:
    words = set(_words(header))
    return bool(words & (NAMES_AN_ACCOUNT | ACCOUNTS)) and not words & GROUPS


def names_an_account(header: str) -> bool:
    """Whether the header says that it holds account numbers: npi, customer_id, "Account No", or a bare id."""
    words = _words(header)
    if GROUPS & set(words) or not words or _names_an_event(header):
        return False
    numbered = words[-1] in NUMBERS and bool(ACCOUNTS & set(words))
    return bool(ACCOUNT_NUMBERS & set(words)) or numbered or set(words) <= NAMES_AN_ACCOUNT


def is_identifier(header: str, found: Measured) -> bool:
    """Whether values (short texts or whole numbers) name accounts, by the header or by their shape."""
    words = set(_words(header))
    if words & TIMES and _reads_as_time(found):
        return False
    if words & NAMES_AN_ACCOUNT and found.distinct > min(MANY, found.present / 2):
        return True
    return names_an_account(header) and found.distinct > FEWEST_ACCOUNTS


def numbered_like_accounts(header: str, found: Measured) -> bool:
    """Whether whole numbers count the rows without a repeat or a gap, or are numbers of a register.

    Times and rounded amounts have as many digits; only a header that speaks of accounts or numbers makes them
    numbers of a register, since most NPIs could be read as seconds since 1970.
    """
    low, high = found.minimum or 0, found.maximum or 0
    if found.distinct == found.present == high - low + 1 and found.present >= FEWEST_NUMBERED:
        return True
    words = set(_words(header))
    numbered = bool(words & ACCOUNTS or set(_words(header)[-1:]) & NUMBERS)
    return (
        low >= 10 ** (FEWEST_DIGITS - 1)
        and len(f"{low:.0f}") == len(f"{high:.0f}")
        and found.distinct > MANY
        and not words & (CODES | CURRENCY | PAID | CALENDAR | TIMES | AMOUNTS)
        and (numbered or not (found.factor >= ROUND or _reads_as_time(found)))
    )


def _reads_as_time(found: Measured) -> bool:
    """Whether all numbers can be seconds or milliseconds since 1970 in the years 2000 to 2039."""
    if found.minimum is None or found.maximum is None:
        return False
    first, end = EPOCH
    return any(first * unit <= found.minimum and found.maximum < end * unit for unit in (1, 1000))
