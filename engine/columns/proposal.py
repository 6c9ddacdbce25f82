"""What to use each column for, as a consultant would propose it, with one short reason each.

What an account does makes segments; who it is describes them; what it led to judges them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from engine.columns.meaning import header_words
from engine.columns.words import CALENDAR, CODES, DEMOGRAPHICS, OUTCOMES, PROTECTED
from engine.model import Column, Use
from engine.numbers import count, percent

MOST_MISSING = 0.30
SAME = 0.95
FEW_NUMBERS = 3
FEWEST_BEHAVIOURS = 3
MOST_BEHAVIOUR_LEVELS = 4
SKEWED = 1.0
FEWEST_PAIRS = 10

Proposal = tuple[Use, str]


def propose(columns: Sequence[Column], rows: int, sample: Mapping[str, np.ndarray]) -> tuple[Column, ...]:
    """The columns with `use` and `reason` filled in.

    sample: for each measurable number, its values (NaN where missing) on the same rows, by field.
    """
    proposals = {column.field: _alone(column, rows) for column in columns}
    candidates = [column for column in columns if column.kind == "number" and proposals[column.field] is None]
    behaviours = [column for column in columns if _is_behaviour(column, rows)]
    by_answers = len(candidates) <= FEW_NUMBERS and len(behaviours) >= FEWEST_BEHAVIOURS
    if by_answers:
        who = [column for column in candidates if _about(column, DEMOGRAPHICS)]
        candidates = [column for column in candidates if column not in who]
        proposals |= {column.field: ("describe", "says who they are, not what they do") for column in who}
        proposals |= {
            column.field: ("cluster", f"what they do or have: {_levels(column)}") for column in behaviours
        }
    proposals |= _apart(candidates, sample)
    return tuple(
        replace(column, use=use, reason=reason)
        for column in columns
        for use, reason in [proposals[column.field] or _described(column)]
    )


def _about(column: Column, vocabulary: frozenset[str]) -> bool:
    return bool(vocabulary & set(header_words(column.name)))


def _alone(column: Column, rows: int) -> Proposal | None:
    """What follows from the column by itself; None where the other columns have a say."""
    if column.kind == "empty":
        return "ignore", "has no values"
    if column.kind == "constant":
        return "ignore", "has one value only"
    if column.kind == "identifier":
        if column.distinct == rows:
            return "ignore", "every value is different: it names the account"
        return "ignore", "names accounts and says nothing about them"
    if column.kind == "date":
        return "ignore", "a date: use days since it instead"
    if column.kind == "text":
        return "ignore", f"text with {count(column.distinct)} different values: too many to compare"
    missing = column.missing / rows if rows else 0.0
    if missing > MOST_MISSING:
        return "describe", f"{percent(missing)} missing: too many to cluster on"
    if _about(column, OUTCOMES):
        return "describe", "an outcome: kept aside to judge the segments"
    if _about(column, PROTECTED):
        return "describe", "about age, sex or origin: kept aside to check fairness"
    if column.kind == "number":
        return _number_alone(column)
    return None


def _number_alone(column: Column) -> Proposal | None:
    words = header_words(column.name)
    if column.sd is None:
        return "ignore", "numbers too large to measure"
    if _about(column, CODES):
        return "ignore", "a code: its size means nothing"
    if (words and words[-1] in CALENDAR) and _calendar(column):
        return "describe", "a point in time, not an amount"
    if column.distinct <= 2:
        return "describe", "has two values only: used to describe"
    return None


def _calendar(column: Column) -> bool:
    low, high = column.minimum or 0, column.maximum or 0
    return (low >= 0 and high <= 366 and column.distinct <= 366) or (low >= 1900 and high <= 2100)


def _is_behaviour(column: Column, rows: int) -> bool:
    return (
        (column.kind == "boolean" or (column.kind == "category" and column.distinct <= MOST_BEHAVIOUR_LEVELS))
        and _alone(column, rows) is None
        and not _about(column, DEMOGRAPHICS)
    )


def _levels(column: Column) -> str:
    if column.kind == "boolean" or column.distinct == 2:
        return "yes or no"
    return f"{column.distinct} answers"


def _described(column: Column) -> Proposal:
    if column.kind == "boolean":
        return "describe", "yes or no: describes them; not clustered on by default"
    return "describe", "describes who they are; not clustered on by default"


def _apart(candidates: Sequence[Column], sample: Mapping[str, np.ndarray]) -> dict[str, Proposal]:
    """Numbers to cluster on, less those that move with one before them (|r| > .95)."""
    proposals: dict[str, Proposal] = {}
    kept: list[Column] = []
    for column in candidates:
        twin = next(
            (
                (other, r)
                for other in kept
                for r in [correlation(_scaled(column, sample), _scaled(other, sample))]
                if abs(r) > SAME
            ),
            None,
        )
        if twin is None:
            kept.append(column)
            proposals[column.field] = ("cluster", f"a number that varies: {_range(column)}")
        else:
            other, r = twin
            how = "moves with" if r > 0 else "moves against"
            proposals[column.field] = (
                "describe",
                f"{how} {other.name} (r = {r:.2f}): counting it twice would double its weight",
            )
    return proposals


def _scaled(column: Column, sample: Mapping[str, np.ndarray]) -> np.ndarray:
    """The sample as clustering will see it: logarithms of skewed amounts."""
    values = sample[column.field]
    if (column.skew or 0.0) > SKEWED and (column.minimum or 0.0) >= 0:
        return np.asarray(np.log1p(values))
    return values


def correlation(left: np.ndarray, right: np.ndarray) -> float:
    """Pearson's r over the rows where both are present; 0 where it is not defined."""
    both = np.isfinite(left) & np.isfinite(right)
    if both.sum() < FEWEST_PAIRS:
        return 0.0
    x, y = left[both] - left[both].mean(), right[both] - right[both].mean()
    scale = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / scale if scale > 0 else 0.0


def _range(column: Column) -> str:
    if column.distinct <= 12:
        return f"{column.distinct} values"
    return f"{_short(column.minimum or 0)} to {_short(column.maximum or 0)}"


def _short(value: float) -> str:
    if abs(value) >= 10_000:
        return f"{value:,.0f}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")
