"""Advice and plan steps: which of their numbers and directions state a fact, and which only prescribe.

"Two calls a month" and "within 14 days" prescribe. "The 9,999 accounts with 99% brand share, the
highest of all" states facts in the middle of an instruction, and is held to them.
"""

import re

from engine.model import Finding, Profile
from llm.facts import meaning
from llm.numerals import ACCOUNTS, Number
from llm.reading import Clause

_GOAL = re.compile(
    r"\b(?:raise|lift|grow|increase|move|bring|win|push|reduce|cut|lower|halve|double|limit|cap|keep|hold|aim|target|reach|until"
    r"|if|when|once|where|stop|under|fewer|less)\b",
    re.I,
)
"""A number behind one of these is an aim, a threshold or a condition."""
_PREFACED = re.compile(r"\b(?:up|down)\s+(?:by\s+)?$", re.I)
_PACE = re.compile(
    r"^(?:\s*■+)?\s*(?:(?:a|an|per|each|every|in|within|after|before|over)\s+(?:\w+\s+){0,2}?)"
    r"(?:days?|weeks?|months?|quarters?|years?|half-year|visits?|calls?|minutes?|hours?)\b"
    r"|^\s*-?\s*(?:\w+\s+)?(?:days?|weeks?|months?|quarters?|years?|minutes?|hours?)\b",
    re.I,
)
_DEFINITE = re.compile(r"\b(?:the|these|those|all|its|our|their)\s+$", re.I)
_CHOSEN = re.compile(
    r"\b(?:top|first|next|best|largest|last|random|sample\s+of|hold\s*out|pilot|test|control|begin|start|about|add|drop|at\s+least|up\s+to|at\s+most)\b[^,;]*$",
    re.I,
)
_PEOPLE = re.compile(rf"^\s*(?:of\s+(?:the\s+|all\s+|these\s+|our\s+)*)?{ACCOUNTS}", re.I)
_THEM = re.compile(r"^\s*of\s+(?:them|these|those)\b", re.I)
_BESIDE_AFTER = re.compile(
    r"^\s*(?:of\s+|are\s+|is\s+|have\s+)?(?:the\s+|all\s+|average\s+|mean\s+|in\s+|on\s+|for\s+)*■"
)
_BESIDE_BEFORE = re.compile(
    r"■\s*\(?(?:[\w-]+\s+){0,3}?(?:of|at|is|are|averages?|averaging|stands?|above|below|over|under|exceeds?|was|reaches|to|by"
    r"|=|:)?\s*(?:about\s+|over\s+|nearly\s+|only\s+|the\s+)?\(?$",
    re.I,
)
_HELD = re.compile(r"\b(?:with|have|has|having|averag\w+|at|receives?|gets?|sees?|their|the|all)\s+$", re.I)
_PICKS = re.compile(
    rf"(?:\b(?:with|by|whose|where)\s+(?:the\s+)?|{ACCOUNTS}\s+(?:whose|where|with)\s+■+\s+(?:is|are)\s+(?:the\s+)?)$",
    re.I,
)

_SUPERLATIVE_ADVERB = re.compile(r"\bmost$", re.I)
"""Before another word it forms a superlative of that word: "the most frequent questions"."""


def states(clause: Clause, number: Number, profile: Profile) -> bool:
    """Whether a number in advice states a fact: it stands beside a column's name, or counts the accounts
    or gives their share. Rhythms, aims, thresholds and samples are prescriptions."""
    before = clause.plain[: number.start - clause.start]
    after = clause.plain[number.end - clause.start :]
    if (
        number.unit == "th"
        or _PREFACED.search(before)
        or re.match(r":\d", after)
        or (_PACE.match(after) and number.unit not in ("%", "points", "times"))
    ):
        return False
    aimed = bool(_GOAL.search(before))
    if _PEOPLE.match(after) or (number.unit == "%" and _THEM.match(after)):
        if _CHOSEN.search(before):
            return False
        return number.unit == "%" or bool(_DEFINITE.search(before))
    if _BESIDE_AFTER.match(after):
        if number.unit == "" and _prescribed(clause, number, profile):
            return bool(_HELD.search(before))
        return not (aimed and number.unit == "points") and _named(clause, number.end, after=True)
    if _BESIDE_BEFORE.search(before):
        return not aimed and _named(clause, number.start, after=False)
    return False


def prescribes(clause: Clause, finding: Finding) -> bool:
    """Whether a direction word in advice picks accounts inside the segment or sets an aim: "those with the
    highest spend", "raise share above average"."""
    before = clause.plain[: finding.span[0] - clause.start]
    after = clause.plain[finding.span[1] - clause.start :]
    said = clause.plain[finding.span[0] - clause.start : finding.span[1] - clause.start]
    if _PICKS.search(before) and not re.search(r"\b(?:of\s+all|of\s+any|segments?)\b", after, re.I):
        return True
    if re.search(r"\bfrom\s+$", before, re.I) or (
        re.match(r"\s+\w+\s+\w", after) and _SUPERLATIVE_ADVERB.search(said)
    ):
        return True
    return finding.kind in ("direction", "comparison") and bool(_GOAL.search(before))


def _prescribed(clause: Clause, number: Number, profile: Profile) -> bool:
    """Whether the column named after the number is a contact that the plan itself sets."""
    following = [m for m in clause.of("feature") if m.start >= number.end]
    return bool(following) and all(
        meaning(profile, column).role in ("rep", "digital") for column, _ in following[0].refs
    )


def _named(clause: Clause, at: int, after: bool) -> bool:
    """Whether the name nearest to the place is a column or a category value."""
    if after:
        near = [m for m in clause.mentions if m.start >= at][:1]
    else:
        near = [m for m in clause.mentions if m.end <= at][-1:]
    return any(mention.kind != "segment" for mention in near)
