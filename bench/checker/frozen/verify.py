"""Recompute the truth of every frozen sentence from its profile, with no code of the project.

Run ``python bench/checker/frozen/verify.py``. Every line of lines.jsonl carries the facts it rests on and a
small claim; this script reads the profiles, checks each fact, evaluates each claim with a margin (clearly true,
clearly false, or unclear), looks for the quoted words in the text, and fails on any disagreement with ``truth``.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

HERE = Path(__file__).parent
POPULATION = "population"
MINIMUM_CELL = 11

UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen"""
DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: number for number, word in enumerate(UNITS.split())}
TENS = {word: 10 * (number + 2) for number, word in enumerate(DECADES.split())}
FRACTION_WORDS = {
    "two thirds": 2 / 3,
    "three quarters": 3 / 4,
    "three in four": 3 / 4,
    "seven in ten": 7 / 10,
    "nine in ten": 9 / 10,
}
HEDGES = {
    "about": [
        "about",
        "roughly",
        "around",
        "approximately",
        "some",
        "circa",
        "close to",
        "nine in ten",
        "three",
    ],
    "over": ["over", "more than", "a little over", "slightly more than"],
    "nearly": ["nearly", "almost", "just under", "close to", "not quite"],
}
SHARE_RANGES = {
    "most": (0.5, 1.0),
    "half": (0.45, 0.55),
    "third": (0.30, 0.37),
    "quarter": (0.22, 0.28),
    "nearly all": (0.90, 1.0),
    "few": (0.0, 0.10),
    "minority": (0.0, 0.5),
}
COMPLIANCE_WORDS = [
    "efficacy",
    "superior",
    "safer",
    "side effects",
    "adverse",
    "cures",
    "unapproved",
    "indication",
]


class Profile:
    """One profile as tables: features, categories and sizes."""

    def __init__(self, path: Path) -> None:
        """Read a profile.json."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        self.dictionary: dict[str, dict[str, Any]] = raw["dictionary"]
        self.rows: int = raw["rows"]
        sides = [(POPULATION, raw["population"])] + [(item["id"], item) for item in raw["segments"]]
        features = [
            {"segment": side, "feature": name, **stats}
            for side, block in sides
            for name, stats in block["features"].items()
        ]
        self.features = pd.DataFrame(features).set_index(["segment", "feature"]).sort_index()
        cells = [
            {"segment": side, "feature": column, "category": value, **(stats or {})}
            for side, block in sides
            for column, values in block["categories"].items()
            for value, stats in values.items()
        ]
        self.cells = pd.DataFrame(cells).set_index(["segment", "feature", "category"]).sort_index()
        self.sizes = pd.Series({item["id"]: item["size"] for item in raw["segments"]})
        self.suppressed = {(item["segment"], item["column"], item["value"]) for item in raw["suppressed"]}
        self.size_shares = self.sizes / self.rows

    def stat(self, segment: str, feature: str, statistic: str = "mean") -> float:
        """Return one number of the feature table."""
        return float(self.features.at[(segment, feature), statistic])

    def z_score(self, segment: str, feature: str) -> float:
        """Recompute (segment mean - population mean) / population sd."""
        mean, center = self.stat(segment, feature), self.stat(POPULATION, feature)
        return (mean - center) / self.stat(POPULATION, feature, "sd")

    def cell(self, segment: str, feature: str, category: str, statistic: str = "share") -> float:
        """Return one category cell; suppressed and small cells are refused."""
        if (segment, feature, category) in self.suppressed:
            raise ValueError(f"suppressed cell quoted: {segment} {feature} {category}")
        row = self.cells.loc[(segment, feature, category)]
        if pd.isna(row["n"]) or row["n"] < MINIMUM_CELL:
            raise ValueError(f"small cell quoted: {segment} {feature} {category}")
        size = self.rows if segment == POPULATION else self.sizes[segment]
        if abs(row["n"] / size - row["share"]) > 1e-6:
            raise ValueError(f"share is not n / size: {segment} {feature} {category}")
        return float(row[statistic])

    def means(self, feature: str) -> pd.Series:
        """Return the segment means of one feature."""
        return pd.Series({segment: self.stat(segment, feature) for segment in self.sizes.index})

    def medians(self, feature: str) -> pd.Series:
        """Return the segment medians of one feature."""
        return pd.Series({segment: self.stat(segment, feature, "median") for segment in self.sizes.index})


def relative(first: float, second: float) -> float:
    """Return the relative distance of two numbers."""
    return abs(first - second) / max(abs(first), abs(second), 1e-12)


def words_to_number(text: str) -> float | None:
    """Read "twelve thousand" or "ninety-six"; None when a word is no number."""
    total, current, seen = 0.0, 0.0, False
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in SMALL:
            current, seen = current + SMALL[word], True
        elif word in TENS:
            current, seen = current + TENS[word], True
        elif word == "hundred":
            current = current * 100
        elif word == "thousand":
            total, current = total + current * 1000, 0.0
        elif word != "and":
            return None
    return total + current if seen else None


class Written:
    """A number as it is written: value, half a unit of its last digit, and its unit words."""

    def __init__(self, quote: str) -> None:
        """Parse a quoted number."""
        low = quote.lower().strip()
        self.fraction_word = low in FRACTION_WORDS
        self.percent = bool(re.search(r"%|per cent|percent(?!age)", low))
        self.points = "point" in low
        self.basis_points = "basis" in low
        self.money = "$" in low or "usd" in low
        self.unit_word = next(
            (word for word in ("day", "week", "hour", "month", "year") if re.search(rf"\b{word}s?\b", low)),
            None,
        )
        scale = 1.0
        number = re.search(r"(?<![\d.])-?\d[\d,]*(?:\.\d+)?", low)
        if self.fraction_word:
            self.digits, self.half, self.percent = 100 * FRACTION_WORDS[low], 2.0, True
            self.zero_half = 2.0
        elif number:
            body = number.group().replace(",", "")
            self.digits = float(body)
            decimals = len(body.split(".")[1]) if "." in body else 0
            rest = low[number.end() :].strip()
            if re.match(r"(k\b|thousand)", rest):
                scale = 1e3
            elif re.match(r"(m\b|million)", rest):
                scale = 1e6
            elif re.match(r"billion", rest):
                scale = 1e9
            self.half = 0.5 * 10**-decimals
            stripped = body.rstrip("0") if "." not in body else body
            self.zero_half = 0.5 * 10 ** (len(body) - len(stripped)) if "." not in body else self.half
        else:
            number_words = re.sub(r"(percentage )?points?|days?|months?|years?", "", low)
            value = words_to_number(number_words)
            if value is None:
                raise ValueError(f"cannot read the number {quote!r}")
            self.digits, self.half, self.zero_half = value, 0.5, 0.5
        self.scale = scale
        self.value = self.digits * scale
        self.half *= scale
        self.zero_half *= scale


def same_unit(written: Written, unit: str, value: float) -> tuple[float, float, float]:
    """Return written value, half unit and half unit of the last non-zero digit in the unit of the fact."""
    factor = 1.0
    if unit == "fraction" and (written.percent or written.points or written.value > 1):
        factor = 0.01
    if unit == "points" and not (written.percent or written.points):
        raise ValueError("a percentage written without a unit")
    if unit not in ("fraction", "points") and written.percent:
        raise ValueError("per cent written for something that is none")
    if written.money and unit != "currency":
        raise ValueError("money written for something that is none")
    del value
    return written.value * factor, written.half * factor, written.zero_half * factor


def number_fact(profile: Profile, claim: dict[str, Any]) -> tuple[float, str, list[float]]:
    """Return the fact of a number claim, its unit, and other numbers a wrong sentence must not match."""
    segment, feature, statistic = claim["segment"], claim["feature"], claim["statistic"]
    if statistic == "size":
        return float(profile.sizes[segment]), "count", []
    if statistic == "size_share":
        return float(profile.size_shares[segment]), "fraction", []
    if statistic == "share":
        return profile.cell(segment, feature, claim["category"]), "fraction", []
    unit = profile.dictionary[feature]["unit"]
    if statistic == "total_share":
        part = profile.stat(segment, feature) * profile.stat(segment, feature, "n")
        whole = profile.stat(POPULATION, feature) * profile.stat(POPULATION, feature, "n")
        return part / whole, "fraction", []
    mean, center = profile.stat(segment, feature), profile.stat(POPULATION, feature)
    if statistic == "index":
        return 100 * mean / center, "index", []
    if statistic == "points_vs_population":
        return (mean - center) * (100 if unit == "fraction" else 1), "difference", []
    if statistic == "percent_vs_population":
        return 100 * (mean / center - 1), "difference", []
    other = {"mean": "median", "median": "mean"}[statistic]
    near = [] if claim.get("true_of_statistic") else [profile.stat(segment, feature, other)]
    return profile.stat(segment, feature, statistic), unit, near


def judge_number(profile: Profile, claim: dict[str, Any], text: str) -> str:
    """Judge a written number: true, false or unclear."""
    quote = claim["quote"]
    place = re.search(r"(?<![\w.])" + re.escape(quote.lower()), text.lower())
    if place is None:
        raise ValueError(f"{quote!r} is not in the text")
    position = place.start()
    written = Written(quote)
    fact, unit, near = number_fact(profile, claim)
    if unit == "difference":
        side = claim["side"]
        if (fact > 0) != (side == "above"):
            raise ValueError("the side of the difference is wrong")
        value, half, zero_half, fact = written.value, written.half, written.zero_half, abs(fact)
    else:
        value, half, zero_half = same_unit(written, unit, fact)
    hedge = claim["hedge"]
    if hedge:
        before = text[max(0, position - 22) : position + 14].lower()
        if not any(word in before for word in HEDGES[hedge]):
            raise ValueError(f"no {hedge} word before {quote!r}")
    if hedge == "about" or (written.fraction_word and hedge is None):
        true = abs(value - fact) <= max(0.025 * abs(fact), zero_half)
    elif hedge == "over":
        true = value < fact <= 1.1 * value
    elif hedge == "nearly":
        true = 0.9 * value <= fact < value
    else:
        true = abs(value - fact) <= half * (1 + 1e-9)
    if true:
        return "true"
    clearly = all(relative(value, other) >= 0.08 and abs(value - other) > half for other in [fact, *near])
    return "false" if clearly else "unclear"


def check_swaps(profile: Profile, claim: dict[str, Any], text: str) -> None:
    """A number said to be true of another segment, feature or statistic must be so."""
    swaps = {"true_of": "segment", "true_of_feature": "feature", "true_of_statistic": "statistic"}
    for key, field in swaps.items():
        if claim.get(key):
            moved = {name: value for name, value in claim.items() if name not in swaps}
            moved[field] = claim[key]
            if judge_number(profile, moved, text) != "true":
                raise ValueError(f"{claim['quote']!r} is not the number of {claim[key]}")


def judge_unit(profile: Profile, claim: dict[str, Any], text: str) -> str:
    """A unit slip: the digits are those of the fact, the unit is not."""
    written = Written(claim["quote"])
    if claim["quote"].lower() not in text.lower():
        raise ValueError("quote is not in the text")
    feature = claim["feature"]
    unit = profile.dictionary[feature]["unit"]
    fact = profile.stat(claim["segment"], feature)
    half = written.half / written.scale
    scaled = [abs(written.digits - fact / power) <= half * 1.001 for power in (1, 1e3, 1e6)]
    scaled.append(unit == "fraction" and abs(written.digits - 100 * fact) <= half * 1.001)
    if not any(scaled):
        raise ValueError("the digits are not those of the fact")
    if unit == "fraction":
        meant = written.value / 10000 if written.basis_points else written.value / 100
        return (
            "false"
            if (written.percent or written.basis_points) and relative(meant, fact) > 0.5
            else "unclear"
        )
    if unit in ("days", "months"):
        return "false" if written.unit_word not in (None, unit[:-1]) else "unclear"
    if written.percent or (written.money and unit != "currency"):
        return "false"
    return "false" if relative(written.value, fact) > 0.9 else "unclear"


def judge_sign(profile: Profile, claim: dict[str, Any]) -> str:
    """Above or below the average; "not high" is a sign as well."""
    segment, feature, sign = claim["segment"], claim["feature"], claim["sign"]
    score = profile.z_score(segment, feature)
    gap = profile.stat(segment, feature, "median") - profile.stat(POPULATION, feature, "median")
    if score * sign >= 0.25 and gap * sign >= 0:
        return "true"
    return "false" if score * sign <= -0.35 and gap * sign <= 0 else "unclear"


def judge_near(profile: Profile, claim: dict[str, Any]) -> str:
    """Close to average."""
    score = abs(profile.z_score(claim["segment"], claim["feature"]))
    return "true" if score <= 0.2 else "false" if score >= 0.5 else "unclear"


def judge_compare(profile: Profile, claim: dict[str, Any]) -> str:
    """Higher or lower than another segment."""
    first, second, feature = claim["a"], claim["b"], claim["feature"]
    gap = (profile.z_score(first, feature) - profile.z_score(second, feature)) * claim["sign"]
    medians = profile.medians(feature)
    gap_medians = (medians[first] - medians[second]) * claim["sign"]
    if gap >= 0.25 and gap_medians >= 0:
        return "true"
    return "false" if gap <= -0.35 and gap_medians <= 0 else "unclear"


def judge_extreme(profile: Profile, claim: dict[str, Any]) -> str:
    """Highest or lowest of all, with a gap no rounding closes."""
    values = profile.means(claim["feature"])
    values = values if claim["which"] == "max" else -values
    medians = profile.medians(claim["feature"])
    medians = medians if claim["which"] == "max" else -medians
    mine, others = values[claim["segment"]], values.drop(claim["segment"])
    best = others.max()
    if mine > best and relative(mine, best) >= 0.005:
        return "true"
    false = mine < best and relative(mine, best) >= 0.03
    return "false" if false and medians[claim["segment"]] < medians.max() else "unclear"


def judge_only(profile: Profile, claim: dict[str, Any]) -> str:
    """The only segment above (or below) average."""
    scores = pd.Series({item: profile.z_score(item, claim["feature"]) for item in profile.sizes.index})
    scores = scores * claim["sign"]
    mine, others = scores[claim["segment"]], scores.drop(claim["segment"])
    if mine >= 0.25 and others.max() < 0:
        return "true"
    return "false" if others.max() >= 0.35 else "unclear"


def judge_rank(profile: Profile, claim: dict[str, Any]) -> str:
    """Place among the segments, from the top or from the bottom."""
    values = profile.means(claim["feature"]).sort_values(ascending=claim["end"] == "bottom")
    if any(relative(values[claim["segment"]], other) < 0.015 for other in values.drop(claim["segment"])):
        return "unclear"
    place = list(values.index).index(claim["segment"]) + 1
    if place == claim["place"]:
        return "true"
    return "unclear" if len(values) + 1 - place == claim["place"] and claim["end"] == "top" else "false"


def judge_ratio(profile: Profile, claim: dict[str, Any], text: str) -> str:
    """Twice, half, 1.3 times."""
    if claim["quote"].lower() not in text.lower():
        raise ValueError("quote is not in the text")
    feature, written = claim["feature"], float(claim["written"])
    ratio = profile.stat(claim["segment"], feature) / profile.stat(claim["reference"], feature)
    bands = {2.0: (1.8, 2.2), 0.5: (0.45, 0.55)}
    numeric = bool(re.search(r"\d\.\d", claim["quote"]))
    band = bands.get(written)
    if band is None or numeric:
        half = 0.05 if written != int(written) or numeric else min(0.5, 0.06 * written)
        band = (written - half, written + half)
    if band[0] <= ratio <= band[1]:
        return "true"
    return "false" if abs(ratio / written - 1) >= 0.2 else "unclear"


def judge_share(profile: Profile, claim: dict[str, Any], text: str) -> str:
    """Most, half, a third, few."""
    if claim["quote"] and claim["quote"].lower() not in text.lower():
        raise ValueError("quote is not in the text")
    share = profile.cell(claim["segment"], claim["feature"], claim["category"])
    low, high = SHARE_RANGES[claim["word"]]
    if low <= share <= high and not (claim["word"] in ("most", "minority") and abs(share - 0.5) < 0.01):
        return "true"
    return "false" if share < low - 0.04 or share > high + 0.04 else "unclear"


def judge_over_index(profile: Profile, claim: dict[str, Any]) -> str:
    """Over-indexes: lift and points."""
    share = profile.cell(claim["segment"], claim["feature"], claim["category"])
    base = profile.cell(POPULATION, claim["feature"], claim["category"])
    if share / base >= 1.2 and share - base >= 0.05:
        return "true"
    return "false" if share / base <= 0.9 else "unclear"


def judge_size(profile: Profile, claim: dict[str, Any]) -> str:
    """Largest, smallest, larger than."""
    sizes = profile.sizes
    if claim["op"] == "size_compare":
        gap = (sizes[claim["a"]] - sizes[claim["b"]]) * claim["sign"]
        if relative(sizes[claim["a"]], sizes[claim["b"]]) < 0.05:
            return "unclear"
        return "true" if gap > 0 else "false"
    ordered = sizes if claim["which"] == "max" else -sizes
    mine, best = ordered[claim["segment"]], ordered.drop(claim["segment"]).max()
    if mine == best:
        return "unclear"
    return "true" if mine > best else "false"


def judge_tie(profile: Profile, claim: dict[str, Any], text: str) -> str:
    """Two segments equal at the displayed precision, and no other."""
    feature, pair = claim["feature"], claim["segments"]
    if not re.search(r"joint|tie|level|equal|matches|share", text.lower()):
        raise ValueError("no joint word in the text")
    values = profile.means(feature)
    unit = profile.dictionary[feature]["unit"]
    value, half, _ = same_unit(Written(claim["quote"]), unit, 0)
    inside = [segment for segment in values.index if abs(values[segment] - value) <= half * (1 + 1e-9)]
    if sorted(inside) != sorted(pair):
        return "false"
    others = values.drop(pair)
    if claim["position"] == "max":
        return "true" if others.empty or others.max() < values[pair].min() else "false"
    if claim["position"] == "min":
        return "true" if others.empty or others.min() > values[pair].max() else "false"
    return "true"


def judge_name(profile: Profile, claim: dict[str, Any]) -> str:
    """Loyal needs share above, High-Volume volume above, Untapped volume above and share not above."""
    verdicts = []
    for need in claim["needs"]:
        names = [
            feature
            for feature, entry in profile.dictionary.items()
            if entry["role"] == need["role"] and (POPULATION, feature) in profile.features.index
        ]
        scores = [profile.z_score(claim["segment"], feature) for feature in names]
        above, below = min(scores) >= 0.25, max(scores) <= -0.25
        not_above = max(scores) < 0.2
        if need["sign"] > 0:
            verdicts.append("true" if above else "false" if below else "unclear")
        else:
            verdicts.append("true" if not_above else "false" if above else "unclear")
    if "false" in verdicts:
        return "false"
    return "true" if set(verdicts) == {"true"} else "unclear"


def judge_words(profile: Profile, claim: dict[str, Any], line: dict[str, Any]) -> str:
    """Claims that no table can hold: the words they rest on must be in the text and not in the dictionary."""
    marks, text = claim["rests_on"], line["text"].lower()
    known = {str(value).lower() for value in profile.cells.index.get_level_values("category")}
    for feature, entry in profile.dictionary.items():
        known |= {feature.lower(), entry["label"].lower(), *(alias.lower() for alias in entry["aliases"])}
    if claim["op"] == "name_form":
        words = len(line["text"].split())
        sound = all(
            words == int(mark.split()[0]) and words not in (2, 3)
            if mark[0].isdigit()
            else mark.lower() in text
            for mark in marks
        )
        return "false" if sound else "unclear"
    if line["truth"] == "ok":
        return "unclear" if marks or re.search(r"\bS\d\b.*\d\d%", line["text"]) else "true"
    missing = [mark for mark in marks if mark.lower() not in text]
    clash = [mark for mark in marks if line["class"] == "invented" and mark.lower() in known]
    return "false" if marks and not missing and not clash else "unclear"


def judge(profile: Profile, claim: dict[str, Any], line: dict[str, Any]) -> str:
    """Judge one claim."""
    operation, text = claim["op"], line["text"]
    if operation == "all":
        verdicts = [judge(profile, part, line) for part in claim["claims"]]
        if set(verdicts) == {"true"}:
            return "true"
        return "false" if "false" in verdicts else "unclear"
    if operation == "number":
        verdict = judge_number(profile, claim, text)
        check_swaps(profile, claim, text)
        return verdict
    with_text = {"unit": judge_unit, "ratio": judge_ratio, "share": judge_share, "tie": judge_tie}
    if operation in with_text:
        return with_text[operation](profile, claim, text)
    if operation in ("words", "name_form"):
        return judge_words(profile, claim, line)
    plain = {
        "direction": judge_sign,
        "near": judge_near,
        "compare": judge_compare,
        "extreme": judge_extreme,
        "only": judge_only,
        "rank": judge_rank,
        "over_index": judge_over_index,
        "size_extreme": judge_size,
        "size_compare": judge_size,
        "name": judge_name,
    }
    return plain[operation](profile, claim)


def quotes(claim: dict[str, Any]) -> list[str]:
    """Return every number a claim quotes."""
    found = [str(claim[key]) for key in ("quote", "place") if claim.get(key)]
    for part in [*claim.get("claims", []), *([claim["context"]] if claim.get("context") else [])]:
        found += quotes(part)
    return found


def check_stray_numbers(profile: Profile, line: dict[str, Any]) -> None:
    """A true sentence holds no digits that no claim has verified."""
    text = re.sub(r"\bS\d\b|Region \d|100 (=|overall)|100\)|65 and over|30-day", " ", line["text"])
    for feature, entry in profile.dictionary.items():
        for name in sorted([feature, entry["label"], *entry["aliases"]], key=len, reverse=True):
            text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    for quote in sorted(quotes(line["claim"]), key=len, reverse=True):
        text = re.sub(r"(?<![\d.])" + re.escape(quote), " ", text, flags=re.IGNORECASE)
    if line["claim"]["op"] == "rank":
        text = re.sub(rf"(of|the) {len(profile.sizes)}\b", " ", text)
    stray = re.findall(r"\d[\d,.]*", text)
    if stray:
        raise ValueError(f"numbers no claim has verified: {stray}")


def check_facts(profile: Profile, line: dict[str, Any]) -> None:
    """Every fact listed beside a sentence is the one in the profile."""
    for fact in line["facts"]:
        segment, feature, statistic = fact["segment"], fact["feature"], fact["statistic"]
        if fact["category"] is not None:
            value = profile.cell(segment, feature, fact["category"], statistic)
        elif feature is None:
            value = float({"size": profile.sizes, "size_share": profile.size_shares}[statistic][segment])
        elif statistic == "z":
            value = profile.z_score(segment, feature)
        else:
            value = profile.stat(segment, feature, statistic)
        if abs(value - fact["value"]) > 1e-3 * max(abs(value), 1e-3):
            raise ValueError(f"fact {fact} is {value} in the profile")


def check_line(profiles: dict[str, Profile], line: dict[str, Any]) -> str | None:
    """Return what is wrong with a line, or None."""
    profile = profiles[line["profile"]]
    try:
        if line["segment"] not in profile.sizes.index:
            raise ValueError("unknown segment")
        if line["zone"] not in ("fact", "advice", "name", "interpretation"):
            raise ValueError("unknown zone")
        check_facts(profile, line)
        verdict = judge(profile, line["claim"], line)
        context = line["claim"].get("context")
        if context and judge(profile, context, line) != "true":
            raise ValueError("the population's number beside the claim is not true")
        if line["truth"] == "ok" and line["zone"] == "fact":
            check_stray_numbers(profile, line)
    except (ValueError, KeyError) as error:
        return str(error)
    text = line["text"].lower()
    if line["truth"] == "ok":
        if line["zone"] == "name" and not 2 <= len(line["text"].split()) <= 3:
            return "a fitting name has two or three words"
        if any(
            re.search(rf"\b{word}\b", text) for word in [*COMPLIANCE_WORDS, "growing", "caused", "because"]
        ):
            return "a true line with a forbidden word"
    expected = {"ok": "true", "block": "false"}[line["truth"]]
    return None if verdict == expected else f"claim is {verdict}, truth says {line['truth']}"


def main() -> int:
    """Verify the whole file and print the counts."""
    profiles = {path.stem: Profile(path) for path in sorted((HERE / "profiles").glob("*.json"))}
    source = (HERE / "lines.jsonl").read_bytes()
    lines = [json.loads(row) for row in source.decode("utf-8").splitlines()]
    problems = [
        (line["id"], line["text"], problem) for line in lines if (problem := check_line(profiles, line))
    ]
    for name, keys in (
        ("id", Counter(line["id"] for line in lines)),
        ("text", Counter((line["profile"], line["segment"], line["text"].lower()) for line in lines)),
    ):
        problems += [(str(key), "", f"{name} is there twice") for key, count in keys.items() if count > 1]
    classes = Counter((line["truth"], line["class"]) for line in lines)
    frames: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        frames.setdefault((line["truth"], line["class"]), set()).add(line["frame"])
    for key, count in sorted(classes.items()):
        print(f"{key[0]:6} {key[1]:24} {count:5} lines {len(frames[key]):4} frames")
    for identity, text, problem in problems:
        print(f"FAIL {identity}: {problem}\n     {text}")
    print(f"{len(lines)} lines, {len(problems)} problems, sha256 {hashlib.sha256(source).hexdigest()}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
