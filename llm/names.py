"""Names as they may leave this machine, and the way back.

Headers, categories and segment names are other people's text. They go out under opaque ids, normalised,
short, and without anything invisible; a name that looks like an address, a telephone number or another
identifier of a person goes out as `feature_7`, `category_3` or `segment_2`, and so does every name where
that is wished for. What comes back with such a name in it is put right here.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engine.model import Profile
from llm.facts import meaning

LONGEST_NAME = 60

_PERSONAL = (
    re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"),  # e-mail
    re.compile(r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)"),  # social security number
    re.compile(r"(?<!\d)\+?\d([\s().-]{0,2}\d){8,14}(?!\d)"),  # telephone, and NPI with its ten digits
    re.compile(r"https?://|www\.", re.IGNORECASE),
)


@dataclass(frozen=True)
class Name:
    """One name: the id it goes under, the text that is sent, and what people here read."""

    id: str
    sent: str
    local: str


@dataclass(frozen=True)
class Names:
    """The names of one profile. Features by column; categories by (column, value); segments by id."""

    features: dict[str, Name]
    categories: dict[tuple[str, str], Name]
    segments: dict[str, Name]

    def every(self) -> Iterable[Name]:
        yield from self.features.values()
        yield from self.categories.values()
        yield from self.segments.values()

    def column(self, feature_id: str) -> str | None:
        """The column behind an id such as "f3", or None."""
        return next((column for column, name in self.features.items() if name.id == feature_id), None)

    def value(self, category_id: str) -> tuple[str, str] | None:
        """The column and value behind an id such as "f3c2", or None."""
        return next((key for key, name in self.categories.items() if name.id == category_id), None)

    def localise(self, text: str, put: Callable[[str], str] = str) -> str:
        """The text with every sent name that differs from the local one put back, as `put` writes it."""
        back = {name.sent: name.local for name in self.every() if name.sent != name.local}
        longest_first = "|".join(whole(sent) for sent in sorted(back, key=len, reverse=True)) or r"(?!)"
        return re.sub(longest_first, lambda found: put(back[found.group()]), text)

    @property
    def hiding(self) -> bool:
        """Whether any name goes out otherwise than people here read it."""
        return any(name.sent != name.local for name in self.every())


def whole(text: str) -> str:
    """A pattern for the text standing alone, not inside a longer word."""
    return rf"(?<!\w){re.escape(text)}(?!\w)"


def names(profile: Profile, hide: bool = False) -> Names:
    """The names of the profile's columns, values and segments; `hide` sends none of them as it is.

    Ids follow the dictionary's order and then the population's, so equal profiles give equal names.
    """
    tables = [profile.population.categories, *(segment.categories for segment in profile.segments)]
    columns = dict.fromkeys([*profile.dictionary, *profile.population.features])
    columns |= dict.fromkeys(column for table in tables for column in table)
    taken: dict[str, str] = {}
    features = {
        column: _name(f"f{number}", f"feature_{number}", meaning(profile, column).label, hide, taken)
        for number, column in enumerate(columns, 1)
    }
    pairs = dict.fromkeys((column, value) for table in tables for column in table for value in table[column])
    counts: dict[str, int] = {}
    categories: dict[tuple[str, str], Name] = {}
    for number, (column, value) in enumerate(pairs, 1):
        counts[column] = counts.get(column, 0) + 1
        categories[column, value] = _name(
            f"{features[column].id}c{counts[column]}", f"category_{number}", value, hide, taken, False
        )
    segments = {
        segment.id: _name(segment.id, f"segment_{number}", segment.name, hide, taken)
        for number, segment in enumerate(profile.segments, 1)
    }
    return Names(features, categories, segments)


def clean(text: str, longest: int | None = None) -> str:
    """One line of visible text: NFKC, no control, format (zero-width, tag, bidirectional), private-use or
    surrogate characters, single spaces; cut to `longest` characters where given."""
    normal = unicodedata.normalize("NFKC", text)
    spaced = "".join(" " if character.isspace() else character for character in normal)
    visible = "".join(character for character in spaced if unicodedata.category(character)[0] != "C")
    line = " ".join(visible.split())
    return line if longest is None else line[:longest].rstrip()


def personal(text: str) -> bool:
    """Whether the text holds something like an e-mail or web address, a telephone number or an NPI."""
    return any(pattern.search(text) for pattern in _PERSONAL)


def without_personal(text: str) -> str:
    """The text with everything that `personal` would object to replaced by "(removed)"."""
    for pattern in _PERSONAL:
        text = pattern.sub("(removed)", text)
    return text


def _name(
    identifier: str, hidden: str, text: str, hide: bool, taken: dict[str, str], alone: bool = True
) -> Name:
    """`taken` holds what was sent so far. A feature or a segment must stand alone; values of two columns
    may both be "Yes", as long as what is sent leads back to one text."""
    local = clean(text)
    sent = clean(text, LONGEST_NAME)
    before = taken.get(sent.casefold())
    clash = before is not None and (alone or before != local)
    if hide or not sent or personal(local) or "{{" in sent or clash:
        sent = hidden
    taken[sent.casefold()] = local
    return Name(identifier, sent, local or identifier)
