"""The evidence of one statement: its facts, all accounts, the rank, and where every segment stands."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from engine.model import Fact, Profile, Segment, Segmentation, Statement
from engine.numbers import count, show
from llm.facts import ALL, meaning, ordinal
from llm.markdown import inert
from views import charts

MOST_PICTURES = 3

_SAID = {
    "mean": "on average",
    "median": "in the middle (median)",
    "category share": "of the accounts",
    "size": "accounts",
    "size share": "of all accounts",
    "total share": "of the total",
    "upper quartile": "where the upper quarter begins",
}
"""What follows the number of a fact; the others are said against something (`_against`)."""


@dataclass(frozen=True)
class Subject:
    """What facts speak of: a column, or one value of it; the accounts themselves where there is none."""

    feature: str
    category: str | None


def chip(statement: Statement, segment: Segment, profile: Profile, facts: Sequence[Fact]) -> str:
    """The evidence in a few characters: the segment's own figures, and the rank where there is only one;
    "" where no fact of today's is tied to the statement."""
    cited = _cited(statement, facts)
    own = [fact for fact in cited if fact.segment == segment.id and fact.statistic in _SAID]
    words = list(dict.fromkeys(fact.text for fact in own))
    if len(words) == 1 and (rank := _rank(profile, segment.id, own[0].feature)):
        words.append(f"{ordinal(rank)} of {len(profile.segments)}")
    if not words and cited:
        return f"{len(cited)} fact{'' if len(cited) == 1 else 's'}"
    return " · ".join(words[:2]) + (f" +{len(words) - 2}" if len(words) > 2 else "")


def panel(
    segmentation: Segmentation,
    profile: Profile,
    segment: Segment,
    called: str,
    statement: Statement,
    facts: Sequence[Fact],
) -> None:
    """The evidence of the statement that is picked; `called` is its name on the page."""
    st.caption(f"Evidence: {inert(called)}")
    pictures = 0
    for subject, found in _subjects(_cited(statement, facts)).items():
        st.markdown(_told(subject, found, profile, segment))
        drawn = subject.category is None and subject.feature in profile.population.features
        if drawn and pictures < MOST_PICTURES:
            st.plotly_chart(
                charts.strip(profile, segmentation.segments, subject.feature, segment.id),
                key=f"strip {segment.id} {subject.feature}",
                config=charts.STILL,
                alt=f"Every segment's average of {meaning(profile, subject.feature).label}",
            )
            pictures += 1
    ids = ", ".join(fact.id for fact in _cited(statement, facts))
    st.caption(f"Facts {ids}, computed from {count(profile.rows)} accounts.")


def lines(profile: Profile, segment: Segment, statement: Statement, facts: Sequence[Fact]) -> None:
    """The same without pictures."""
    for subject, found in _subjects(_cited(statement, facts)).items():
        st.markdown(_told(subject, found, profile, segment))


def _subjects(cited: Sequence[Fact]) -> dict[Subject, list[Fact]]:
    subjects: dict[Subject, list[Fact]] = {}
    for fact in cited:
        subjects.setdefault(Subject(fact.feature, fact.category), []).append(fact)
    return subjects


def _cited(statement: Statement, facts: Sequence[Fact]) -> list[Fact]:
    known = {fact.id: fact for fact in facts}
    return [known[fact_id] for fact_id in statement.evidence if fact_id in known]


def _told(subject: Subject, found: list[Fact], profile: Profile, segment: Segment) -> str:
    """A heading and a line for each segment that the facts speak of, this one first, all accounts last."""
    title = meaning(profile, subject.feature).label if subject.feature else "Accounts"
    if subject.category:
        title = f"{title}: {subject.category}"
    lines = [f"**{inert(title)}**"]
    places = dict.fromkeys(fact.segment for fact in found if fact.segment != ALL)
    for place in sorted(places, key=lambda name: name != segment.id):
        facts = [fact for fact in found if fact.segment == place]
        words = [_one(fact, bold=place == segment.id) for fact in facts if fact.statistic != "rank"]
        if subject.category is None and (rank := _rank(profile, place, subject.feature)):
            words.insert(1, f"{ordinal(rank)} of {len(profile.segments)} segments")
        lines.append(f"{place}: {', '.join(words)}, from {count(max(fact.n for fact in facts))} accounts")
    if everyone := _everyone(subject, profile):
        lines.append(f"All accounts: {everyone}")
    return "  \n".join(lines)


def _one(fact: Fact, *, bold: bool) -> str:
    text = inert(fact.text)
    number = f"**{text}**" if bold else text
    return f"{number} {_SAID.get(fact.statistic) or _against(fact)}".strip()


def _against(fact: Fact) -> str:
    other = "all accounts" if fact.other in (None, ALL) else str(fact.other)
    times = "" if fact.text.endswith("times") else "times "
    if fact.statistic == "ratio":
        return f"{times}the average of {other}"
    if fact.statistic == "difference":
        return f"{'above' if fact.value >= 0 else 'below'} {other}"
    if fact.statistic == "lift":
        return f"{times}the share in {other}"
    return f"from the average of {other}" if fact.statistic == "z" else ""


def _everyone(subject: Subject, profile: Profile) -> str:
    if not subject.feature:
        return count(profile.rows)
    unit = meaning(profile, subject.feature).unit
    if subject.category is not None:
        cell = profile.population.categories.get(subject.feature, {}).get(subject.category)
        return show(cell.share, "fraction") if cell else ""
    stat = profile.population.features.get(subject.feature)
    if stat is None:
        return ""
    known = "" if stat.n == profile.rows else f", from {count(stat.n)} accounts"
    return f"{inert(show(stat.mean, unit))} on average{known}"


def _rank(profile: Profile, segment: str, feature: str) -> int | None:
    found = profile.segment(segment)
    stat = found.features.get(feature) if found else None
    return stat.rank if stat else None
