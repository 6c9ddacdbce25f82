"""Does the segmentation make sense? The questions a consultant asks before a persona is approved, answered.

Every answer is computed from the profile's facts; where a column is missing the answer says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.model import Brief, Fact, Profile, Theme
from llm.facts import ALL, facts, lookup, meaning
from llm.lexicon import ABOVE, spoken, spoken_value
from llm.offline.portrait import delicate
from llm.pack import Pack, load
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
    """The questions in the order they are asked, for a profile of at least two segments. Raises OptionProblem where
    the brief names an unknown vocabulary pack."""
    if len(profile.segments) < 2:
        return ()
    known = facts(profile)
    return (
        _loyal(profile, known),
        _growth(profile, known, brief),
        _concentration(profile, known, load(brief.pack)),
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
    if share is None:
        return Question(title, "not in the data", "No column speaks of share.")
    best = max(profile.segments, key=lambda segment: segment.features[share].z).id
    engaged = [column for role in _ENGAGEMENT if (column := lead(profile, role))]
    return _levels(profile, known, title, best, {"share": [share], "engagement": engaged})


_ENGAGEMENT: tuple[Theme, ...] = ("digital", "rep")


def _growth(profile: Profile, known: Sequence[Fact], brief: Brief) -> Question:
    title = "Does the segment to grow have volume and access?"
    first = min(priorities(profile, weights_of(brief)), key=lambda item: item.rank).segment
    columns: dict[str, list[str]] = {
        role: [column] if (column := lead(profile, role)) else [] for role in _GROWTH
    }
    if not any(columns.values()):
        return Question(title, "not in the data", "No column speaks of volume or access.")
    return _levels(profile, known, title, first, columns)


_GROWTH: tuple[Theme, ...] = ("volume", "access")


def _levels(
    profile: Profile, known: Sequence[Fact], title: str, segment: str, asked: Mapping[str, Sequence[str]]
) -> Question:
    """Each thing that is asked for on its own: whether the segment is above average on its columns, with the figures,
    or that it is not in the data. "yes" needs all of them."""
    table = lookup(known)
    told: list[str] = []
    answers: list[Outcome] = []
    for what, columns in asked.items():
        figures, above = [], []
        for column in columns:
            own, everyone = (table.get((who, column, "mean", None, None)) for who in (segment, ALL))
            z = table.get((segment, column, "z", None, None))
            if own is None or everyone is None or z is None:
                continue
            above.append(z.value >= ABOVE)
            figures.append(f"{_label(profile, column)} {own.text} against {everyone.text}")
        answer: Outcome = "not in the data"
        if above:
            answer = "yes" if all(above) else "partly" if any(above) else "no"
        answers.append(answer)
        told.append(f"{what} is not in the data" if not above else f"{what} {answer} ({', '.join(figures)})")
    outcome: Outcome = answers[0] if len(set(answers)) == 1 else "partly"
    if "no" in answers and not {"yes", "partly"} & {*answers}:
        outcome = "no"
    return Question(title, outcome, f"{segment}: {'; '.join(told)}.")


def _concentration(profile: Profile, known: Sequence[Fact], pack: Pack) -> Question:
    """By the volume that leads, else by money; never by a column that nobody may be targeted by."""
    title = "Is the value concentrated?"
    shared = {
        fact.feature
        for fact in known
        if fact.statistic == "total share" and fact.category is None
        and not delicate(fact.feature, meaning(profile, fact.feature).label, pack)
    }  # fmt: skip
    first = (
        lead(profile, "volume"),
        *_named(profile, "volume"),
        value_feature(profile),
        *_named(profile, "currency"),
    )
    column = next((c for c in first if c in shared), None)
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
        f"{richest.segment} holds {richest.text} of {_whole(profile, column)} with {size.text} of the accounts; "
        "no other segment holds more for its size.",
    )


def _named(profile: Profile, kind: str) -> Iterator[str]:
    """The columns of this role or unit, in the dictionary's order."""
    for column, entry in profile.dictionary.items():
        if kind in (entry.role, entry.unit):
            yield column


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


def _whole(profile: Profile, column: str) -> str:
    label = _label(profile, column)
    return label if label.startswith("total ") else f"all {label}"
