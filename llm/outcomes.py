"""The column that says what came of it: who said yes, or who left."""

from collections.abc import Iterable

from engine.model import SMALLEST_CELL, Profile

WELCOME = frozenset(
    {"converted", "conversion", "subscribed", "responded", "response", "renewed", "outcome", "y"}
)
LEAVING = frozenset({"churn", "churned", "attrition", "cancelled", "canceled", "lapsed"})
"""Words that name the outcome a business waits for, and the one it fears; either way, more of it matters more."""

FORETOLD = frozenset(
    {"risk", "predicted", "prediction", "likely", "likelihood", "propensity", "expected", "intent"}
)
"""Words that say of an outcome that it has not come yet."""

YES = frozenset({"yes", "true", "1", "y"})


def outcome_feature(profile: Profile) -> tuple[str, str] | None:
    """The yes-or-no column that names an outcome and its value for yes, where every segment has enough of it."""
    hidden = {(cell.segment, cell.column) for cell in profile.suppressed}
    for column, values in profile.population.categories.items():
        if not (WELCOME | LEAVING) & label_words(profile, column) or len(values) > 3:
            continue
        for value in values:
            cells = [segment.categories.get(column, {}).get(value) for segment in profile.segments]
            told = all(cell is not None and cell.n >= SMALLEST_CELL for cell in cells)
            if value.lower() in YES and told and not any((s.id, column) in hidden for s in profile.segments):
                return column, value
    return None


def remaining(
    profile: Profile, segment_id: str, words_for_gone: Iterable[str]
) -> tuple[str, str, int] | None:
    """The outcome's column, its value for no, and how many of the segment are still here: where yes means that an
    account has left (a column with one of the words), nothing else is said of anyone, and no number tells of a few."""
    found, segment = outcome_feature(profile), profile.segment(segment_id)
    if found is None or segment is None:
        return None
    column, yes = found
    named = label_words(profile, column)
    if not named & set(words_for_gone) or named & FORETOLD:
        return None
    others = [value for value in profile.population.categories[column] if value != yes]
    cell = segment.categories[column].get(others[0]) if len(others) == 1 else None
    if (
        cell is None
        or others[0].startswith("(")
        or cell.n < SMALLEST_CELL
        or cell.n + segment.categories[column][yes].n != segment.size
    ):
        return None
    return column, others[0], cell.n


def label_words(profile: Profile, column: str) -> set[str]:
    """The lower-case words of a column's header and of its label."""
    entry = profile.dictionary.get(column)
    label = entry.label if entry else column
    return set(f"{label} {column}".lower().replace("_", " ").split())
