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


@lru_cache(maxsize=1)
def senses() -> Mapping[tuple[str, ...], tuple[Sense, ...]]:
    """Every word and phrase with its senses."""
    found: dict[tuple[str, ...], dict[Sense, None]] = {}
    for words, sense in _spread():
        found.setdefault(words, {})[sense] = None
    return {words: tuple(given) for words, given in found.items()}


@lru_cache(maxsize=1)
def lengths() -> Mapping[str, Mapping[str, tuple[int, ...]]]:
    """By first word and then by second, of how many words the phrases that begin so are, the longest first, with 1
    where the first word alone has a sense; under "" what holds for any other second word."""
    found: dict[str, dict[str, set[int]]] = {}
    for words in senses():
        behind = found.setdefault(words[0], {"": set()})
        behind.setdefault(words[1] if len(words) > 1 else "", set()).add(len(words))
    return {
        first: {second: tuple(sorted(sizes | behind[""], reverse=True)) for second, sizes in behind.items()}
        for first, behind in found.items()
    }
