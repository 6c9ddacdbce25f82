"""Numbers in a sentence: in digits, in words, and as shares and multiples ("half of", "twice the")."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

ACCOUNTS = (
    r"(?:accounts?|prescribers?|physicians?|doctors?|hcps?|clinicians?|customers?|clients?|members?|patients?"
    r"|people|users?|companies|practices|households|subscribers?|shoppers?|buyers?|donors?|segment)\b"
)
"""What a segment is made of, in the words of any trade."""

_POINTS = r"percentage[\s-]points?|%-points?|pp\b|ppts?\b|pts?\b|points?\b"
_MARK = (
    rf"\s?-?(?P<points>{_POINTS})|\s?(?P<percent>%|per\s?cent\b|percent\b|pct\b)"
    r"|\s?(?P<sd>sds?\b|standard\s+deviations?\b)|(?P<fold>\s?[x×](?!\w)|[\s-]?fold\b)|(?P<rank>(?:st|nd|rd|th)\b)"
)
NUMBER = re.compile(
    r"(?:(?<=\d[-–—])|(?<=[kKmM%][-–—])|(?<![\w.,$€£%-])(?P<sign>[-−])?)(?P<money>[$€£])?"
    r"(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)"
    r"(?:\s?(?P<scale>(?:[kKmMB]|[bm]n)(?!\w)|(?:hundred|thousand|million|billion)\b))?"
    rf"(?:{_MARK})?(?!\w)",
    re.I,
)
_SCALE = {
    "k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9,
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9,
}  # fmt: skip
_RATIO_FOLLOWS = (
    r"\s+(?:the|as|more|higher|greater|larger|that|those|what|their|its|all|average|any)\b|\s*■|\s*$|\s*[,.)]"
)
_PERIOD = re.compile(
    r"\s+(?:(?:a|an|per|each|every|in\s+a|in|within|before|after|with)\s|(?:dai|week|month|quarter|year)ly)",
    re.I,
)
"""What follows a "twice" or "three times" that is a rhythm and no multiple."""

_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: float(n) for n, word in enumerate(_ONES, 1)} | {
    word: 10.0 * n for n, word in enumerate(_TENS, 2)
}
_LARGE = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_ANY = "|".join([*_WORDS, *_LARGE])
_SPELLED = re.compile(rf"\b(?:a\s+)?(?:{_ANY})(?:(?:\s+and\s+|[\s-]+)(?:{_ANY}))*\b", re.I)
_COUNTED = re.compile(rf"\s+(?:(?:more|fewer|of\s+(?:the|these|their|all|our))\s+)?{ACCOUNTS}", re.I)
_OUT_OF = re.compile(
    rf"\s+(?:in|out\s+of|of)\s+(?:every\s+)?(?P<word>{'|'.join(_WORDS)}|hundred)\b(?!\s+(?:days?|weeks?|months?|quarters?|years?|visits?|calls?|segments?|groups?|topics?)\b)",
    re.I,
)
_AND_A_HALF = re.compile(rf"\b({'|'.join(_WORDS)})\s+and\s+a\s+half\s+times\b", re.I)
_REACHES = re.compile(
    r"■\s+(?:(?:is|are|at|of|reach(?:es)?|averages?|averaging|stands?|hits?|about|nearly|over)\s+)+$", re.I
)
"""A number word behind it that ends its phrase says what the column is: "stands at ninety"."""
_VAGUE = re.compile(r"\b(dozens|hundreds|thousands|millions)\s+of\b", re.I)
_VAGUE_RANGE = {
    "dozens": (24.0, 1e2),
    "hundreds": (1e2, 1e3),
    "thousands": (1e3, 1e6),
    "millions": (1e6, 1e9),
}

_MULTIPLE = re.compile(
    r"\b(?:(?P<twice>twice|double[sd]?|twofold)|(?P<thrice>thrice|triple[sd]?|treble[sd]?|threefold)|(?P<four>quadruple[sd]?|fourfold))\b(?!-)",
    re.I,
)
_PART = re.compile(
    r"\b(?P<many>(?:a|one|two|three|four)[\s-])?(?P<part>half|thirds?|quarters?|fifths?|tenths?)\b(?!-)", re.I
)
_PARTS = {
    "half": (45.0, 55.0),
    "third": (30.0, 37.0),
    "quarter": (22.0, 28.0),
    "fifth": (18.0, 22.0),
    "tenth": (8.0, 12.0),
}
_INTO = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_AFTER_PART = re.compile(
    r"\s+(?:(?P<average>of\s+(?:the\s+average|that|what|those|■))|(?P<of>of)\b"
    r"|(?P<up>more|higher|above|greater|larger|over)\b|(?P<down>less|fewer|lower|below|under|smaller)\b"
    r"|(?P<ratio>the|as|that|their|its|what)\b|(?P<verb>are|have|is|write|hold)\b)|\s*■|\s*$|\s*[.,)]",
    re.I,
)
_CALENDAR = re.compile(r"\s+of\s+(?:the|this|next|last|each|every)\s+(?:year|quarter|month|week)\b", re.I)
_SHARES = (
    (
        rf"(?<!the )(?<!has )(?<!have )(?<!second )\bmost\s+"
        rf"(?:of\b(?!\s+(?:what|it|the\s+time)\b)|are\b|have\b|(?:of\s+)?{ACCOUNTS})",
        50.001,
        100.0,
    ),
    (r"\b(?:the\s+)?(?:\w+\s+)?majority\b", 50.001, 100.0),
    (
        r"^\s*most\s+(?!importantly|notably|like|likely|often|of\b|are\b|have\b|■)(?!" + ACCOUNTS + ")",
        50.001,
        100.0,
    ),
    (r"^\s*all\s+(?:are|have|write|use)\b", 99.5, 100.0),
    (r"\b(?:nearly|almost)\s+none\b(?!\s+of\s+(?:them|these)\b)", 0.0, 10.0),
    (rf"\bevery\s+second\s+{ACCOUNTS}", 45.0, 55.0),
    (r"\bminority\b", 0.0, 49.999),
    (r"\b(?:nearly|almost|virtually|practically)\s+(?:all|every|everyone)\b", 90.0, 100.0),
    (rf"(?<!\ba )(?<!too )(?<!so )\bfew\s+(?:of\b|are\b|have\b|{ACCOUNTS})", 0.0, 10.0),
    (r"\ball\s+of\s+(?:them|these|those)\b", 99.5, 100.0),
    (r"\b(?:almost\s+)?none\s+of\s+(?:them|these)\b", 0.0, 0.5),
)
_SHARE_WORDS = tuple((re.compile(pattern, re.I), low, high) for pattern, low, high in _SHARES)


@dataclass(frozen=True)
class Number:
    """A number as written. `value` in the unit as written (46 for "46%"); `half` half a unit of its last digit."""

    text: str
    value: float
    half: float
    unit: str
    start: int
    end: int


@dataclass(frozen=True)
class Quantity:
    """A share ("half of", in per cent) or a multiple ("twice the") said in words: from `low` to `high`."""

    text: str
    low: float
    high: float
    unit: str
    start: int
    end: int


def numbers(plain: str, offset: int, counted: Collection[int]) -> tuple[Number, ...]:
    """The numbers of a clause in order, in digits and in words. `counted` are the places, counted like
    `offset`, where the name of a column begins: a number word before one of them is a number."""
    found = [*_digits(plain, offset), *_spelled(plain, offset, counted)]
    return tuple(sorted(found, key=lambda number: number.start))


def quantities(plain: str, offset: int) -> Iterator[Quantity]:
    """Shares and multiples of a clause. Tolerances: twice 1.8-2.2, most > 50 %, half 45-55, third 30-37,
    quarter 22-28, nearly all >= 90, few <= 10 (the studio's rules for sentences)."""

    def made(match: re.Match[str], low: float, high: float, unit: str, end: int = 0) -> Quantity:
        until = end or match.end()
        return Quantity(plain[match.start() : until], low, high, unit, offset + match.start(), offset + until)

    for match in _MULTIPLE.finditer(plain):
        after = plain[match.end() :]
        if not _PERIOD.match(after) and re.match(_RATIO_FOLLOWS, after, re.I):
            times = 2.0 if match["twice"] else 3.0 if match["thrice"] else 4.0
            yield made(match, 0.9 * times, 1.1 * times, "times")
    for match in _AND_A_HALF.finditer(plain):
        times = _WORDS[match[1].lower()] + 0.5
        yield made(match, 0.9 * times, 1.1 * times, "times")
    for match in _PART.finditer(plain):
        yield from (made(match, *found) for found in _part(plain, match))
    for pattern, low, high in _SHARE_WORDS:
        yield from (made(match, low, high, "share") for match in pattern.finditer(plain))
    for match in _SPELLED.finditer(plain):
        outer = _OUT_OF.match(plain, match.end())
        if outer:
            share = 100 * _value(match.group(0)) / _value(outer["word"])
            yield made(match, share - 2.5, share + 2.5, "share", outer.end())
    for match in _VAGUE.finditer(plain):
        yield made(match, *_VAGUE_RANGE[match[1].lower()], "")


def unread(plain: str, offset: int, read: Collection[Number]) -> Iterator[tuple[int, int]]:
    """The spans of digits that belong to no parsed number; Q1 to Q4 and H1, H2 name parts of a year."""
    for match in re.finditer(r"[^\s■;:()]+", plain):
        if re.fullmatch(r"(?:Q[1-4]|H[12])[.,]?", match.group(0)):
            continue
        for at in range(match.start(), match.end()):
            if unicodedata.category(plain[at])[0] == "N" and not any(
                number.start <= offset + at < number.end for number in read
            ):
                yield offset + match.start(), offset + match.start() + len(match.group(0).rstrip(".,"))
                break


def _digits(plain: str, offset: int) -> Iterator[Number]:
    for match in NUMBER.finditer(plain):
        digits = match["digits"].rstrip(",")
        decimals = len(digits.partition(".")[2])
        scale = _SCALE.get((match["scale"] or "").lower(), 1.0)
        value = float(digits.replace(",", "")) * scale * (-1 if match["sign"] else 1)
        end = match.start() + len(match.group(0).rstrip(", "))
        unit = _unit(match)
        after = re.match(r"\s+times\b", plain[end:], re.I)
        if not unit and after and re.match(_RATIO_FOLLOWS, plain[end + after.end() :], re.I):
            unit = "times"
        text = plain[match.start() : end]
        half = _rounding(value, 0.5 * 10**-decimals * scale, unit)
        yield Number(text, value, half, unit, offset + match.start(), offset + end)


def _rounding(value: float, half: float, unit: str) -> float:
    """Half a unit of the last digit, and for multiples no more than a tenth: twice is 1.8 to 2.2."""
    return min(half, 0.1 * abs(value)) if unit == "times" else half


def _unit(match: re.Match[str]) -> str:
    marks = (
        ("points", "points"),
        ("percent", "%"),
        ("sd", "sd"),
        ("fold", "times"),
        ("rank", "th"),
        ("money", "$"),
    )
    return next((unit for group, unit in marks if match[group]), "")


def _spelled(plain: str, offset: int, counted: Collection[int]) -> Iterator[Number]:
    for match in _SPELLED.finditer(plain):
        start, end = match.start(), match.end()
        after = plain[end:]
        alone = match.group(0).lower() == "one"
        gap = len(after) - len(after.lstrip())
        times = re.match(r"(?:\s+times|-fold)\b", after, re.I)
        mark = re.match(_MARK, after, re.I)
        if _OUT_OF.match(after) or plain[:start].endswith(("$", "#")) or re.search(r"\d\s*$", plain[:start]):
            continue
        if times:
            if _PERIOD.match(after[times.end() :]) or not re.match(
                _RATIO_FOLLOWS, after[times.end() :], re.I
            ):
                continue
            unit, end = "times", end + times.end()
        elif mark:
            unit, end = _unit_of(mark), end + mark.end()
        elif (_REACHES.search(plain[:start]) and re.match(r"\s*(?:$|[.,)])", after)) or (
            not alone and (_COUNTED.match(after) or offset + end + gap in counted)
        ):
            unit = ""
        else:
            continue
        value = _value(match.group(0))
        half = _rounding(value, 0.5, unit)
        yield Number(plain[start:end], value, half, unit, offset + start, offset + end)


def _unit_of(mark: re.Match[str]) -> str:
    return "points" if mark["points"] else "%" if mark["percent"] else "sd" if mark["sd"] else "times"


def _value(words: str) -> float:
    """ "two hundred and five" is 205, "a hundred" 100, "three thousand" 3000."""
    total, part = 0.0, 0.0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _WORDS:
            part += _WORDS[word]
        elif word in ("dozen", "hundred"):
            part = max(part, 1.0) * _LARGE[word]
        elif word in _LARGE:
            total, part = total + max(part, 1.0) * _LARGE[word], 0.0
    return total + part


def _part(plain: str, match: re.Match[str]) -> Iterator[tuple[float, float, str]]:
    many, part = (match["many"] or "").strip(" -").lower(), match["part"].lower().removesuffix("s")
    before, rest = plain[: match.start()], plain[match.end() :]
    after = _AFTER_PART.match(rest)
    if (
        after is None
        or _CALENDAR.match(rest)
        or re.search(r"\b(?:first|second|next|last|other|top)\s*$", before, re.I)
    ):
        return
    if (part != "half" and not many) or (
        many == "a" and not any(after.groups()) and not before.endswith("by ")
    ):
        return
    count = {"two": 2, "three": 3, "four": 4}.get(many, 1)
    low, high, others = *_PARTS[part], (count - 1) * 100 / _INTO[part]
    low, high = low + others, high + others
    if re.search(r"\b(?:more\s+than|over)\s+$", before, re.I) and not after["ratio"]:
        yield low / 2 + high / 2, 100.0, "share"
    elif re.search(r"\b(?:less\s+than|fewer\s+than|under)\s+$", before, re.I) and not after["ratio"]:
        yield 0.0, low / 2 + high / 2, "share"
    elif after["up"]:
        yield 1 + low / 100, 1 + high / 100, "times"
    elif after["down"]:
        yield 1 - high / 100, 1 - low / 100, "times"
    elif after["average"] or after["ratio"]:
        yield low / 100, high / 100, "times"
    else:
        yield low, high, "share"
