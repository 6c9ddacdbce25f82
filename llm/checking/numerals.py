"""Figures in a text: in digits and in words, each with its unit and the rounding it is written in."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from llm.checking.tokens import Token

_POINTS = r"percentage[\s-]points?|per\s?cent[\s-]points?|%-points?|pp\b|ppts?\b|pts?\b|points?\b"
_UNIT = (
    rf"\s?-?(?P<points>{_POINTS})|\s?-?(?P<percent>%|per\s?cent\b|percent\b|pct\b)"
    r"|\s?(?P<sd>sds?\b|standard\s+deviations?\b|sigmas?\b|σ)|(?P<fold>\s?[x×](?!\w)|[\s-]?fold\b)"
    r"|\s+(?P<times>times)\b(?!\s+(?:a|an|per|each|every|in)\b)|(?P<rank>st|nd|rd|th)\b"
    r"|[\s-](?P<time>days?|months?|weeks?|years?|hours?|minutes?|quarters?)\b"
    r"|(?P<odds>(?::|\s?-?to-?\s?)(?:1|one)\b(?![\d.,:]*\d))"
    r"|\s?(?P<coin>dollars?|usd|euros?|eur|pounds|gbp)\b"
)
_NUMBER = re.compile(
    r"(?=[-−–+$€£.\d])(?P<sign>(?<![\w.)%])[-−–+])?(?P<money>[$€£]\s?)?(?<![\w.,])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?:\s?(?P<scale>(?:[kKmMB]|[bm]n)(?!\w)|(?:thousand|million|billion)\b))?"
    rf"(?:{_UNIT})?",
    re.I,
)
_DIGIT = re.compile(r"\d")
_SCALE = {"k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {word: float(n) for n, word in enumerate(_ONES)} | {word: 10.0 * n for n, word in enumerate(_TENS, 2)}
_LARGE = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_BEGINS = frozenset({*WORDS, "every", "a", "hundred", "dozen", "half"})
"""What a figure in words begins with, but for digits ("3 in 10")."""
_UNIT_AFTER = re.compile(_UNIT, re.I)
_PART_OF = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourths": 4, "fifth": 5,
            "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """A figure. `value` in the unit as written (46 for "46%"); `half` half a unit of its last digit.

    `unit`: "", "%", "points", "times", "sd", "rank", "$" or a unit of time ("days", "months", "years" ...).
    `words`: spelled out, so that it stands for a figure only where its surroundings say so.
    `parts`: a share said as parts ("seven in ten"): then the value is in per cent.
    """

    text: str
    value: float
    half: float
    unit: str
    start: int
    end: int
    words: bool = False
    parts: bool = False


def numbers(text: str, words: Sequence[Token]) -> list[Number]:
    """The figures of a text in order."""
    figured = _DIGIT.search(text) is not None
    found = [*(_digits(text) if figured else ()), *_spelled(text, words, figured)]
    if len(found) < 2:
        return found
    found.sort(key=lambda number: (number.start, -number.end))
    kept: list[Number] = []
    for number in found:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return [*_share_units(text, kept)]


def _digits(text: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        digits, end = match["digits"], match.end()
        start = (
            match.start("digits") if match["sign"] in (None, "–") and not match["money"] else match.start()
        )
        if start and (text[start - 1].isalpha() or text[start - 1] == "_"):
            continue
        if end < len(text) and (text[end].isalpha() or text[end].isdigit()):
            continue
        scale = _SCALE.get((match["scale"] or "").lower(), 1.0)
        value = float(digits.replace(",", "")) * scale
        value = -value if match["sign"] in ("-", "−") else value
        half = 0.5 * 10.0 ** -len(digits.partition(".")[2]) * scale
        coined = match["money"] and not match["time"]
        yield _made(text, start, end, value, half, "$" if coined else _unit(match), False)


def _made(text: str, start: int, end: int, value: float, half: float, unit: str, words: bool) -> Number:
    half = min(half, 0.1 * abs(value)) if unit == "times" else half
    return Number(text[start:end], value, half, unit, start, end, words)


def _unit(match: re.Match[str]) -> str:
    """The unit that the match ends with, "" where with none."""
    if match.lastgroup == "time":
        return match["time"].lower().removesuffix("s") + "s"
    return _UNITS.get(match.lastgroup or "", "")


_UNITS = {"points": "points", "percent": "%", "sd": "sd", "fold": "times", "times": "times", "rank": "rank",
          "odds": "times", "coin": "$"}  # fmt: skip


def _spelled(text: str, words: Sequence[Token], figured: bool) -> Iterator[Number]:
    end = 0
    begun = [
        at for at, word in enumerate(words) if word.low in _BEGINS or (figured and word.low[0].isdecimal())
    ]
    for at in begun:
        if at < end:
            continue
        first = words[at].low
        counted = None
        if first == "half":
            million = (
                _LARGE.get(words[at + 2].low) if at + 2 < len(words) and words[at + 1].low == "a" else None
            )
            if million:
                end, unit = at + 3, _UNIT_AFTER.match(text, words[at + 2].end)
                stop = unit.end() if unit else words[at + 2].end
                value = million / 2
                yield _made(
                    text, words[at].start, stop, value, 0.1 * value, _unit(unit) if unit else "", True
                )
            continue
        if first == "every":
            counted = _every_nth(words, at)
        elif at + 1 < len(words) and words[at + 1].low in ("in", "out") and first[0].isdecimal():
            counted = _counted_out(words, at)
        if counted:
            part, end = counted
            start, stop = words[at].start, words[end - 1].end
            yield _parted(text, start, stop, part)
            continue
        if first == "one" and _part_in_words(words, at):
            end = at + 2
            continue
        decimal = _decimal(words, at) if first in WORDS else None
        if decimal:
            value, end = decimal
            unit = _UNIT_AFTER.match(text, words[end - 1].end)
            stop = unit.end() if unit else words[end - 1].end
            yield _made(text, words[at].start, stop, value, 0.05, _unit(unit) if unit else "", True)
            while end < len(words) and words[end].start < stop:
                end += 1
            at = end
            continue
        if first not in WORDS and not (
            first in ("a", "hundred", "dozen") and _large(words, at + (first == "a"))
        ):
            continue
        end, value = _read(words, at)
        start, stop = words[at].start, words[end - 1].end
        fraction = _fraction(words, end, value)
        if fraction:
            share, end = fraction
            yield _parted(text, start, words[end - 1].end, share)
        else:
            last = _LARGE.get(words[end - 1].low, 1.0)
            more = _AND_PART.get(" ".join(w.low for w in words[end : end + 3]), 0.0)
            if more:
                value, end = value + more, end + 3
                stop = words[end - 1].end
            unit = _UNIT_AFTER.match(text, stop)
            mark = _unit(unit) if unit else ""
            stop = unit.end() if unit else stop
            while end < len(words) and words[end].start < stop:
                end += 1
            half = 0.05 * value if more else max(0.5, min(0.5 * last, 0.1 * value))
            yield _made(text, start, stop, value, half, mark, True)


_AND_PART = {
    "and a half": 1 / 2, "and a third": 1 / 3, "and a quarter": 1 / 4, "and a fifth": 1 / 5, "and two thirds": 2 / 3,
    "and three quarters": 3 / 4,
}  # fmt: skip


def _decimal(words: Sequence[Token], at: int) -> tuple[float, int] | None:
    """ "one point seven": the value and the end."""
    end, value = _read(words, at)
    low = [word.low for word in words[end : end + 2]]
    if len(low) < 2 or low[0] != "point" or WORDS.get(low[1], 10.0) >= 10:
        return None
    return value + WORDS[low[1]] / 10, end + 2


_ROUGH = {1 / 2: 5.0, 1 / 3: 3.67, 1 / 4: 3.0}
"""Parts that people round to, with the reach of "half", "a third" and "a quarter"."""


def _parted(text: str, start: int, end: int, share: float) -> Number:
    half = _ROUGH.get(share, 2.5)
    return Number(text[start:end], 100 * share, half, "%", start, end, words=True, parts=True)


def _counted_out(words: Sequence[Token], at: int) -> tuple[float, int] | None:
    """ "3 in 10", "9 out of 10": the share and the end."""
    low = [word.low for word in words[at : at + 4]]
    skip = 3 if low[1:3] == ["out", "of"] else 2 if low[1:2] == ["in"] else 0
    if not skip or not low[0].isdecimal() or len(low) <= skip or not low[skip].isdecimal():
        return None
    part, whole = int(low[0]), int(low[skip])
    return (
        (part / whole, at + skip + 1) if part < whole <= 100 and whole in (2, 3, 4, 5, 10, 20, 100) else None
    )


_NTH = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10}
_TURNS = frozenset(
    [
        "day",
        "week",
        "month",
        "quarter",
        "year",
        "visit",
        "call",
        "contact",
        "email",
        "message",
        "step",
        "time",
    ]
)


def _every_nth(words: Sequence[Token], at: int) -> tuple[float, int] | None:
    """ "every fourth account": the share and the end; not "every second week"."""
    if at + 2 >= len(words) or words[at + 1].low not in _NTH:
        return None
    noun = words[at + 2]
    return (1 / _NTH[words[at + 1].low], at + 3) if noun.word and noun.key not in _TURNS else None


_SINGLE = frozenset({"half", "third", "quarter", "fourth", "fifth", "tenth"})
_BEFORE_TIME = frozenset(
    [
        "for",
        "after",
        "within",
        "in",
        "over",
        "than",
        "every",
        "per",
        "last",
        "next",
        "least",
        "only",
        "during",
    ]
)


def _part_in_words(words: Sequence[Token], at: int) -> bool:
    """Whether "one" begins a part that has a sense of its own ("one third"); "for one quarter" is a time."""
    if at + 1 >= len(words) or words[at + 1].low not in _SINGLE:
        return False
    timed = words[at + 1].low == "quarter" and at > 0 and words[at - 1].low in _BEFORE_TIME
    after = words[at + 2].low if at + 2 < len(words) else ""
    return after == "of" or not timed


def _large(words: Sequence[Token], at: int) -> bool:
    return at < len(words) and words[at].low in _LARGE


def _read(words: Sequence[Token], at: int) -> tuple[int, float]:
    """ "two hundred and five" is 205, "a hundred" 100, "sixty-five" 65: the end, and the value."""
    total, part, end = 0.0, 0.0, at
    while end < len(words):
        word = words[end].low
        if word in WORDS:
            if end > at and not (part >= 20 and part % 10 == 0 and WORDS[word] < 10) and part % 100 != 0:
                break
            part += WORDS[word]
        elif word in ("hundred", "dozen"):
            part = max(part, 1.0) * _LARGE[word]
        elif word in _LARGE:
            total, part = total + max(part, 1.0) * _LARGE[word], 0.0
        elif word == "a" and end == at:
            pass
        elif not (word == "and" and part >= 100 and end + 1 < len(words) and words[end + 1].low in WORDS):
            break
        end += 1
    return end, total + part


def _fraction(words: Sequence[Token], end: int, value: float) -> tuple[float, int] | None:
    """ "seven in ten", "one in every five", "two out of three", "three fifths": the share and the end."""
    rest = [word.low for word in words[end : end + 4]]
    skip = 0
    if rest[:2] == ["out", "of"]:
        skip = 2
    elif rest[:1] == ["in"] or (rest[:1] == ["of"] and rest[1:2] and rest[1] in WORDS):
        skip = 1
    elif (
        rest[:1]
        and value == 1
        and len(rest) > 2
        and rest[1] == "in"
        and rest[2] in WORDS
        and WORDS[rest[2]] > 1
    ):
        return 1 / WORDS[rest[2]], end + 3
    if skip:
        skip += rest[skip : skip + 1] == ["every"]
        whole = WORDS.get(rest[skip]) if skip < len(rest) else None
        after = words[end + skip + 1].low if end + skip + 1 < len(words) else ""
        timed = after.rstrip("s") in (
            "day", "week", "month", "quarter", "year", "visit", "call", "segment", "group", "cluster",
        )  # fmt: skip
        if whole and whole > value and (whole >= 3 or value == 1) and not timed:
            return value / whole, end + skip + 1
    if (
        rest[:1]
        and rest[0] in _PART_OF
        and 1 < value < _PART_OF[rest[0]]
        and (rest[0], value) != ("quarters", 2)
    ):
        return value / _PART_OF[rest[0]], end + 1
    return None


def _share_units(text: str, found: list[Number]) -> Iterator[Number]:
    """ "46 and 30 percent", "40-50%", "from 40 to 50 %": the first takes the second's unit."""
    for number, following in itertools.zip_longest(found, found[1:]):
        if following is not None and number.unit == "" and following.unit in ("%", "points", "$", "times"):
            between = text[number.end : following.start].strip(" -–—").lower()
            apart = number.words and not following.words and between == ""
            if not apart and between in ("", "and", "to", "or", "versus", "vs", "vs.", "against"):
                half = number.half
                yield Number(
                    number.text, number.value, half, following.unit, number.start, number.end, number.words
                )
                continue
        yield number
