"""Column names that are present and unique, whatever the file had."""

from collections.abc import Sequence

LONGEST_NAME = 200


def unique(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names made unique, and notes on what was changed.

    Blanks at the ends and line breaks are taken out; a missing name becomes "column 3" after its
    place; a repeated one "amount (2)". Names differing only in case count as different.
    """
    cleaned = [" ".join(name.replace("\ufeff", "").split())[:LONGEST_NAME] for name in names]
    notes = []
    blank = [position for position, name in enumerate(cleaned, start=1) if not name]
    if blank:
        shown = ", ".join(f"`column {position}`" for position in blank[:3]) + (
            ", ..." if len(blank) > 3 else ""
        )
        notes.append(f"{len(blank)} column{'s' if len(blank) > 1 else ''} without a name, now {shown}.")
    taken: set[str] = set()
    result: list[str] = []
    for position, name in enumerate(cleaned, start=1):
        wanted = name or f"column {position}"
        unused, copy = wanted, 2
        while unused in taken or (copy > 2 and unused in cleaned):
            unused, copy = f"{wanted} ({copy})", copy + 1
        if unused != wanted:
            notes.append(f"The name `{wanted}` appears more than once; column {position} is now `{unused}`.")
        taken.add(unused)
        result.append(unused)
    return tuple(result), tuple(notes)
