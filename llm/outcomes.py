"""The column that says what came of it: who said yes, or who left."""

from engine.model import SMALLEST_CELL, Profile

WELCOME = frozenset(
    {"converted", "conversion", "subscribed", "responded", "response", "renewed", "outcome", "y"}
)
LEAVING = frozenset({"churn", "churned", "attrition", "cancelled", "canceled", "lapsed"})
"""Words that name the outcome a business waits for, and the one it fears; either way, more of it matters more."""

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


def label_words(profile: Profile, column: str) -> set[str]:
    """The lower-case words of a column's header and of its label."""
    entry = profile.dictionary.get(column)
    label = entry.label if entry else column
    return set(f"{label} {column}".lower().replace("_", " ").split())
