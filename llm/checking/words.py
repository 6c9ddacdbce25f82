"""What words mean to the checker: a sense for every word and phrase it can read.

A word that is missing here, in a profile's names and in the packs' vocabularies is unknown to the checker,
which then says so instead of letting it pass.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from llm.checking.comparisons import COMPARISONS
from llm.checking.grammar import GRAMMAR
from llm.checking.idioms import IDIOMS
from llm.checking.senses import Sense

TABLE: tuple[tuple[Sense, str], ...] = (*COMPARISONS, *GRAMMAR)
"""Each sense with its words, which are common words by that; underscores stand for spaces and hyphens."""


def _spread() -> Iterator[tuple[tuple[str, ...], Sense]]:
    for sense, phrases in (*IDIOMS, *TABLE):
        for phrase in phrases.split():
            yield tuple(word.removesuffix("'s") for word in phrase.replace("-", "_").split("_")), sense


Phrases = tuple[tuple[tuple[str, ...], tuple[Sense, ...]], ...]
"""Phrases with their senses, the longest first."""


@lru_cache(maxsize=1)
def senses() -> Mapping[str, Mapping[str, Phrases]]:
    """By first word and then by second, the phrases that begin so and the word alone; under "" the word alone."""
    found: dict[tuple[str, ...], list[Sense]] = {}
    for words, sense in _spread():
        entry = found.setdefault(words, [])
        if sense not in entry:
            entry.append(sense)
    table: dict[str, dict[str, Phrases]] = {}
    for words in sorted(found, key=len, reverse=True):
        behind = table.setdefault(words[0], {})
        second = words[1] if len(words) > 1 else ""
        behind[second] = (*behind.get(second, ()), (words, tuple(found[words])))
    for behind in table.values():
        alone = behind.get("", ())
        behind.update({second: (*phrases, *alone) for second, phrases in behind.items() if second})
    return table
