"""The names of one profile, and where they stand in a text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from llm.checking.tokens import Token, root

_SKIPPED = frozenset({"the", "a", "an", "(", "="})
"""Tokens that a name may hold in a text without losing itself: "days since the last order"; and marks
inside a header ("Nurse:Bed ratio") or before a value ("y = yes")."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a stretch of tokens may name. kind "feature" (refs: columns), "column" (category columns),
    "category" (column, value) or "segment". `strong`: under its own name, not by a part of it."""

    kind: str
    refs: tuple[tuple[str, str], ...]
    strong: bool = True


@dataclass(frozen=True)
class Names:
    """Every name of a profile. `phrases`: by first key, (keys, names), longest first; `parts`: by root, the
    columns whose names hold it; `values`: by the start of a root, the category values; `periods`: by figure and
    unit of time, the columns whose names hold both ("at six months"); `literal`: names that are no words, as they
    are written."""

    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], tuple[Name, ...]]]]
    parts: Mapping[str, frozenset[str]]
    roles: Mapping[str, frozenset[str]]
    literal: re.Pattern[str] | None = field(repr=False)
    literals: Mapping[str, tuple[Name, ...]]
    proper: Mapping[str, tuple[Name, ...]]
    known: frozenset[str]
    own: frozenset[str]
    families: frozenset[str]
    nouns: Mapping[str, frozenset[str]]
    values: Mapping[str, tuple[tuple[str, str], ...]]
    periods: Mapping[tuple[str, str], frozenset[str]]
    titled: Mapping[str, Sequence[tuple[tuple[str, ...], Name]]]
    """Segment names of words that have senses of their own, which capitals alone tell: "Heavy Users"."""
    accounts: frozenset[str] = frozenset()
    """What segments' names call their accounts, in the singular: "club" where one is called Pocket Clubs."""

    @cached_property
    def held(self) -> Mapping[str, frozenset[str]]:
        """By root, the columns whose names hold it or whose role it is a word of."""
        none: frozenset[str] = frozenset()
        return {
            key: self.parts.get(key, none) | self.roles.get(key, none) for key in {*self.parts, *self.roles}
        }

    @cached_property
    def begun(self) -> Mapping[str, tuple[str, ...]]:
        """The words of the profile of three letters and more, by the first three."""
        found: dict[str, list[str]] = {}
        for word in self.known:
            if len(word) >= 3:
                found.setdefault(word[:3], []).append(word)
        return {start: tuple(words) for start, words in found.items()}

    def opens(self, key: str) -> bool:
        """Whether a name, or a word of one, may begin with the word of this key."""
        found = self._opening.get(key)
        if found is None:
            part = root(key)
            found = key in self.phrases or key in self.proper or key in self.titled
            found = self._opening[key] = found or part in self.held or part[:7] in self.values
        return found

    @cached_property
    def _opening(self) -> dict[str, bool]:
        return {}

    def at(self, text: Sequence[Token], place: int) -> tuple[int, tuple[Name, ...]] | None:
        """The longest name that begins with the token at `place`: how many tokens, and what it may be."""
        for keys, name in self.titled.get(text[place].key, ()):
            end = _matched(text, place, keys)
            if end and all(token.text[:1].isupper() for token in text[place:end]):
                return end - place, (name,)
        for keys, names in self.phrases.get(text[place].key, ()):
            end = _matched(text, place, keys)
            if end:
                return end - place, names
        first = text[place]
        if first.text[:1].isupper() and place and first.key in self.proper:
            return 1, self.proper[first.key]
        return None


def _matched(text: Sequence[Token], place: int, keys: Sequence[str]) -> int:
    """The end of the name at the place, 0 where it is not there."""
    at = place
    for number, key in enumerate(keys):
        while number and at < len(text) and text[at].key != key and _inside(text, at):
            at += 1
        if len(keys) > 3 and at + 1 < len(text) and text[at].text == "," and text[at + 1].key == key:
            at += 1
        if at >= len(text) or text[at].key != key:
            return 0
        at += 1
    return at


def _inside(text: Sequence[Token], at: int) -> bool:
    token = text[at]
    if token.low in _SKIPPED:
        return True
    tight = token.start == text[at - 1].end and at + 1 < len(text)
    return not token.word and tight and (text[at + 1].start == token.end or token.text in "+%")
