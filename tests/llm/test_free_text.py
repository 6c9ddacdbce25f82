"""Free text in many wordings: each family with sentences that are true and, word for word as close, false ones."""

from dataclasses import replace

import pytest

from engine.model import Meaning
from llm.check import Line, check_lines
from llm.facts import facts
from tests.llm.profiles import profile

_MADE = profile(
    means={
        "visits": (12.0, 5.0, 4.0),
        "fees": (820.0, 140.0, 410.0),
        "stay": (0.44, 0.68, 0.58),
        "manufacturers": (3.5, 11.1, 6.2),
        "claims_65": (41.0, 230.0, 97.0),
        "share": (0.33, 0.09, 0.22),
    },
    dictionary={
        "visits": Meaning("Field visits", ("visits",), "count", "rep"),
        "fees": Meaning("Speaker fees", ("fees",), "currency"),
        "stay": Meaning("Persistency", ("share still on therapy at six months",), "fraction", "adherence"),
        "manufacturers": Meaning("Companies", (), "count"),
        "claims_65": Meaning("Antipsychotic 65+ claims", (), "count", "volume"),
        "share": Meaning("Brand share", ("our share",), "fraction", "share"),
    },
    sizes=(200, 300, 500),
    mixes={
        "Cheap": {"Yes": (40, 180, 330), "No": (160, 120, 170)},
        "Degree": {"Doctor of Osteopathy": (120, 60, 100), "Doctor of Dentistry": (80, 240, 400)},
    },
    names=("Busy Doors", "Quiet Doors", "Middle Doors"),
)
_FIRST = _MADE.segments[0]
_MEDIANS = {**_FIRST.features, "fees": replace(_FIRST.features["fees"], median=500.0)}
PROFILE = replace(_MADE, segments=(replace(_FIRST, features=_MEDIANS), *_MADE.segments[1:]))
"""Shares of all: visits 5.9, fees $411, persistency 58%, companies 7.1, brand share 20%; cheap 55%; osteopaths 28%."""

FAMILIES = {
    "another segment": (
        ("Quiet Doors get 5 visits, this group 12.", "S2's share is far behind: 9% to their 33%.",
         "Quiet Doors do better on persistency, it being 44% against 68%."),
        ("Quiet Doors get 12 visits.", "At 12 visits, Quiet Doors are well served.", "S2's share stands at 33%."),
    ),
    "points": (
        ("Persistency is 14 points adrift of the average.", "13 points separate their brand share from the base.",
         "Osteopaths make up 60%, 32 points beyond the base.", "Our share is 13 points up on the base."),
        ("Persistency is 34 points adrift of the average.", "Osteopaths make up 60%, 12 points beyond the base."),
    ),
    "multiples": (
        ("Fees are twice those of Middle Doors.", "Visits run to more than double the average, 12 against 5.9.",
         "Fees come to $820, close to six times what Quiet Doors get.",
         "Persistency is about three quarters of the average."),
        ("Fees are twice those of Quiet Doors.", "Visits are half the average.",
         "Persistency is about a quarter of the average."),
    ),
    "median": (
        ("Half of them get fees of no more than $500.", "Fees average $820, with $500 in the middle of the pack.",
         "The median fee is $500, less than the $820 mean."),
        ("Half of them get fees of no more than $820.", "The median fee is $820."),
    ),
    "negation": (
        ("Cheap it is not, say 80%.", "Hardly cheap for anyone, with the most visits of all.",
         "Four in five do not call it cheap (80%)."),
        ("Persistency is not low.", "Visits are not high."),
    ),
    "names": (
        ("Companies are few, 3.5 on average.", "Still on therapy at six months: 44%.",
         "Antipsychotic 65+ claims average 41.", "Osteopaths are the majority."),
        ("They work with 12 companies on average.", "Companies are many, more than average.",
         "Antipsychotic 65+ claims average 65.", "Dentists are the majority."),
    ),
    "named by its figure": (
        ("Nobody knocks as often: 12 visits, the most of the three.",
         "Least keen to stay, 44% on average, the lowest of the three."),
        ("Visits stand at 12, the lowest of the three.",),
    ),
    "compared with nothing": (
        ("They have a long list of visits behind them, 12 on average.",),
        ("Brand share is outdone by Quiet Doors.", "Visits come about as often as on average."),
    ),
}  # fmt: skip


def blocked(text: str) -> tuple[str, ...]:
    """The messages that block a sentence on the first segment."""
    report = check_lines([Line("1", "S1", "fact", text)], PROFILE, facts(PROFILE))[0]
    return tuple(finding.message for finding in report.findings if finding.severity == "block")


@pytest.mark.parametrize("text", [text for true, _ in FAMILIES.values() for text in true])
def test_a_sentence_that_is_true_in_one_sensible_reading_passes(text: str) -> None:
    assert not blocked(text)


@pytest.mark.parametrize("text", [text for _, false in FAMILIES.values() for text in false])
def test_a_sentence_that_is_false_in_every_sensible_reading_is_blocked(text: str) -> None:
    assert blocked(text)
