"""Does the segmentation make sense? The questions a consultant asks before a persona is approved, answered.

Every answer is computed from the profile's facts; where a column is missing the answer says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.model import Brief, Fact, Profile, Theme
from llm.facts import ALL, facts, lookup, meaning
from llm.lexicon import ABOVE, capital, spoken, spoken_value
from llm.priority import lead, priorities, value_feature, weights_of

Outcome = Literal["yes", "partly", "no", "not in the data", "ask"]

PAYER_WORDS = ("payer", "payor", "insurance", "coverage", "plan")
"""A category column with one of these words in its header or label says who pays."""


@dataclass(frozen=True)
class Question:
    """One question with its answer in a sentence or two; "ask" is for people, not for the data."""

    question: str
    outcome: Outcome
    answer: str


def validation(profile: Profile, brief: Brief) -> tuple[Question, ...]:
    """The questions in the order they are asked, for a profile of at least two segments."""
    if len(profile.segments) < 2:
        return ()
    known = facts(profile)
    return (
        _loyal(profile, known),
        _growth(profile, known, brief),
        _concentration(profile, known),
        _payers(profile, known),
        Question(
            "Do people in the field know these accounts?",
            "ask",
            "Show three people who call on them the description without its name. If they cannot name an "
            "account that fits, the segment is a number and not yet a persona.",
        ),
    )


def _loyal(profile: Profile, known: Sequence[Fact]) -> Question:
    title = "Does the most loyal segment show share and engagement?"
    share = lead(profile, "share")
    engaged = [column for role in _ENGAGEMENT if (column := lead(profile, role))]
    if share is None:
        return Question(title, "not in the data", "No column speaks of share.")
    best = max(profile.segments, key=lambda segment: segment.features[share].z).id
    if not engaged:
        return Question(
            title,
            "not in the data",
            f"{best} has the highest {_label(profile, share)}; no column speaks of engagement.",
        )
    return _levels(profile, known, title, best, [share, *engaged])


_ENGAGEMENT: tuple[Theme, ...] = ("digital", "rep")


def _growth(profile: Profile, known: Sequence[Fact], brief: Brief) -> Question:
    title = "Does the segment to grow have volume and access?"
    first = min(priorities(profile, weights_of(brief)), key=lambda item: item.rank).segment
    columns = [column for role in _GROWTH if (column := lead(profile, role))]
    if not columns:
        return Question(title, "not in the data", "No column speaks of volume or access.")
    return _levels(profile, known, title, first, columns)


_GROWTH: tuple[Theme, ...] = ("volume", "access")


def _levels(
    profile: Profile, known: Sequence[Fact], title: str, segment: str, columns: Sequence[str]
) -> Question:
    """Whether the segment is above average on every one of the columns, with the figures."""
    table = lookup(known)
    told, above = [], 0
    for column in columns:
        own, everyone = (table.get((who, column, "mean", None, None)) for who in (segment, ALL))
        z = table.get((segment, column, "z", None, None))
        if own is None or everyone is None or z is None:
            continue
        above += z.value >= ABOVE
        told.append(f"{_label(profile, column)} {own.text} against {everyone.text}")
    outcome: Outcome = "yes" if above == len(told) else "partly" if above else "no"
    return Question(
        title, outcome if told else "not in the data", f"{segment}: {_joined(told)}." if told else ""
    )


def _concentration(profile: Profile, known: Sequence[Fact]) -> Question:
    title = "Is the value concentrated?"
    shared = {fact.feature for fact in known if fact.statistic == "total share" and fact.category is None}
    column = next((c for c in (value_feature(profile), lead(profile, "volume")) if c in shared), None)
    shares = [fact for fact in known if fact.feature == column and fact.statistic == "total share"]
    if column is None or len(shares) < len(profile.segments):
        return Question(title, "not in the data", "No column has a total that can be divided among segments.")
    sizes = {segment.id: segment.size_share for segment in profile.segments}
    richest = max(shares, key=lambda fact: fact.value / sizes[fact.segment])
    size = lookup(known)[richest.segment, "", "size share", None, None]
    concentration = richest.value / size.value
    outcome: Outcome = "yes" if concentration >= 1.5 else "partly" if concentration >= 1.2 else "no"
    return Question(
        title,
        outcome,
        f"{richest.segment} holds {richest.text} of all {_label(profile, column)} with {size.text} of the accounts; "
        "no other segment holds more for its size.",
    )


def _payers(profile: Profile, known: Sequence[Fact]) -> Question:
    title = "Does who pays differ between segments?"
    columns = [
        column
        for column in profile.population.categories
        if any(word in f"{column} {meaning(profile, column).label}".lower() for word in PAYER_WORDS)
    ]
    if not columns:
        return Question(title, "not in the data", "No category column says who pays.")
    gaps = list(_gaps(known, columns[0]))
    if not gaps:
        return Question(title, "not in the data", f"Too few accounts to show {_label(profile, columns[0])}.")
    own, everyone = max(gaps, key=lambda pair: abs(pair[0].value - pair[1].value))
    points = 100 * abs(own.value - everyone.value)
    return Question(
        title,
        "yes" if points >= 5 else "no",
        f"The widest difference: {spoken_value(own.category or '')} is {own.text} of {own.segment} and "
        f"{everyone.text} of all.",
    )


def _gaps(known: Sequence[Fact], column: str) -> Iterator[tuple[Fact, Fact]]:
    shares = [fact for fact in known if fact.feature == column and fact.statistic == "category share"]
    everyone = {fact.category: fact for fact in shares if fact.segment == ALL}
    for fact in shares:
        if fact.segment != ALL and fact.category in everyone:
            yield fact, everyone[fact.category]


def _label(profile: Profile, column: str) -> str:
    return spoken(meaning(profile, column).label)


def _joined(parts: Sequence[str]) -> str:
    text = ", ".join(parts)
    return capital(text) if text else text
