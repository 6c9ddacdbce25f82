"""Many phrases looked for in one pass: at each word only those that may begin with its first letter are tried."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_STARTS = re.compile(r"(?<!\w)(?:\w[\w■]?|■(?!■))")
"""A word, or the last sign of a name that was blotted out."""
_ASIDE = re.compile(r"\^|\(\?<?[!=](?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
"""What a phrase may begin with that takes no room: its place in the text, and what stands around it."""


@dataclass(frozen=True)
class Phrases:
    """Lines, each with the one or two letters that its matches begin with; of two that begin at one place, the
    first of the lines is found. The pattern of a beginning is made when a text first has it."""

    lines: Sequence[tuple[frozenset[str], str]]
    made: dict[str, re.Pattern[str] | None] = field(default_factory=dict, repr=False)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The phrases in a text of lower case, from left to right, none inside another."""
        end = 0
        for start in _STARTS.finditer(text):
            begun = start.group()
            pattern = self.made[begun] if begun in self.made else self._make(begun)
            if pattern is None or start.start() < end:
                continue
            found = pattern.match(text, start.start())
            if found is not None:
                end = found.end()
                yield found

    def _make(self, begun: str) -> re.Pattern[str] | None:
        lines = [line for letters, line in self.lines if begun in letters or begun[0] in letters]
        self.made[begun] = re.compile(rf"(?:{'|'.join(lines)})(?!\w)") if lines else None
        return self.made[begun]


def compiled(lines: Sequence[str]) -> Phrases:
    """The phrases of some patterns; ValueError where a pattern may begin with anything."""
    return Phrases([(_begins(line), line) for line in lines])


def _begins(pattern: str) -> frozenset[str]:
    """The first two letters of what a pattern matches, or the first alone."""
    while aside := _ASIDE.match(pattern):
        pattern = pattern[aside.end() :]
    literal = re.match(r"[a-z■]{1,3}", pattern)
    if literal is not None:
        loose = pattern[literal.end() : literal.end() + 1] in ("?", "*", "{")
        return frozenset({literal.group()[: len(literal.group()) - loose][:2]})
    if not pattern.startswith("(?:"):
        raise ValueError(f"Expected a phrase that begins with letters, found {pattern!r}.")
    inner, behind = _group(pattern)
    found = frozenset[str]().union(*(_begins(choice + behind) for choice in inner))
    if behind[:1] in ("?", "*", "{"):
        found |= _begins(re.sub(r"^(?:\?|\*|\{[^}]*\})(?:\\s[*+])?", "", behind))
    return found


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
