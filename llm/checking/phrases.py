"""Many phrases looked for in one pass: one pattern finds the words that any of them may begin with, and only
those that begin so are tried there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

_BLOT = "■"
"""What a name was blotted out with; a phrase begins with the last sign of it."""
_ASIDE = re.compile(r"\^|\(\?<?[!=](?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
"""What a phrase may begin with that takes no room: its place in the text, and what stands around it."""
_WORD = re.compile(r"[a-z]+|■")
_REPEATS = re.compile(r"[?*+]|\{[^}]*\}")
_ENDS = re.compile(r"$|\\s(?![?*{])")
"""What stands behind letters that are a whole word."""


@dataclass(frozen=True)
class Phrases:
    """Lines, each with what its matches begin with; of two that begin at one place, the first of the lines is
    found. The pattern of a beginning is made when a text first has it."""

    lines: Sequence[tuple[frozenset[str], str]]
    starts: re.Pattern[str]
    made: dict[str, re.Pattern[str]] = field(default_factory=dict, repr=False)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The phrases in a text of lower case, from left to right, none inside another."""
        end = 0
        for start in self.starts.finditer(text):
            if start.start() < end:
                continue
            begun = " ".join(start.group(1).split())
            found = (self.made.get(begun) or self._make(begun)).match(text, start.start())
            if found is not None:
                end = found.end()
                yield found

    def _make(self, begun: str) -> re.Pattern[str]:
        lines = [line for begins, line in self.lines if any(begun.startswith(b.rstrip()) for b in begins)]
        self.made[begun] = re.compile(rf"(?:{'|'.join(lines)})(?!\w)")
        return self.made[begun]


def compiled(lines: Sequence[str]) -> Phrases:
    """The phrases of some patterns; ValueError where a pattern may begin with anything."""
    begun = [(frozenset(map(_short, _begins(line))), line) for line in lines]
    every = frozenset[str]().union(*(begins for begins, _ in begun))
    return Phrases(begun, re.compile(rf"(?<!\w)(?=({_any_of(every)}))"))


def _short(begun: str) -> str:
    """As much of a beginning as tells most texts apart: four letters, or a shorter word and two of the next."""
    first, space, rest = begun.partition(" ")
    return first + space + rest[:2].rstrip() if len(first) < 5 else first[:4]


def _any_of(beginnings: Iterable[str]) -> str:
    """A pattern of the longest of the beginnings that a text has, letter by letter."""
    choices = []
    for letter, group in groupby(sorted(beginnings, reverse=True), key=lambda begun: begun[:1]):
        behind = {begun[1:] for begun in group}
        if letter == " ":
            choices += [rf"\s+{_any_of(behind - {''})}"] * (behind != {""}) + [r"(?!\w)"] * ("" in behind)
        else:
            choices.append(
                f"{_BLOT}(?!{_BLOT})" if letter == _BLOT else letter + _any_of(behind) if letter else ""
            )
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def _begins(pattern: str) -> frozenset[str]:
    """What the matches of a pattern begin with: letters, a space behind a whole word, the next where that is short."""
    while aside := _ASIDE.match(pattern):
        pattern = pattern[aside.end() :]
    word = _WORD.match(pattern)
    if word is not None:
        letters, behind = word.group(), pattern[word.end() :]
        if behind[:1] in ("?", "*", "{"):
            letters, behind = letters[:-1], "."
        if letters and len(letters) < 5 and behind.startswith(r"\s+"):
            return frozenset(f"{letters} {following}" for following in _follows(behind[3:]))
        if letters and behind.startswith("(?:") and not _REPEATS.match(_group(behind)[1]):
            return frozenset(letters + following for following in _follows(behind))
        if letters:
            return frozenset({letters + " " * (_ENDS.match(behind) is not None)})
    if not pattern.startswith("(?:"):
        raise ValueError(f"Expected a phrase that begins with letters, found {pattern!r}.")
    inner, behind = _group(pattern)
    repeats = _REPEATS.match(behind)
    behind = behind[repeats.end() :] if repeats else behind
    again = repeats is not None and repeats.group() != "?"
    found = frozenset[str]().union(*(_begins(choice + ("." if again else behind)) for choice in inner))
    if repeats and repeats.group() != "+":
        found |= _begins(re.sub(r"^\\s[*+]", "", behind))
    return found


@lru_cache(maxsize=256)
def _follows(pattern: str) -> frozenset[str]:
    """What the first letters are followed by, nothing where that may be anything."""
    try:
        found = _begins(pattern)
    except ValueError:
        found = frozenset()
    return found if found and _BLOT not in found else frozenset({""})


def _group(pattern: str) -> tuple[list[str], str]:
    """The choices of the group that a pattern begins with, and what stands behind it."""
    depth, choices, begun = 0, list[str](), 3
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 1
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
            if not depth:
                break
        elif sign == "|" and depth == 1:
            choices.append(pattern[begun:at])
            begun = at + 1
        at += 1
    return [*choices, pattern[begun:at]], pattern[at + 1 :]
