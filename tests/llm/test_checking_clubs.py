"""What accounts are called, and words that two names share: a chain of clubs with a members' column."""

import pytest

from engine.model import Meaning
from llm.check import Line, check_lines
from llm.facts import facts
from tests.llm.profiles import profile

NAMES = ("Grand Clubs", "Pocket Clubs", "Seaside Clubs")
PROFILE = profile(
    {
        "members": (1_952.0, 100.0, 842.0),
        "case_value": (31.0, 75.0, 42.0),
        "cases": (6.0, 12.0, 25.0),
        "women": (0.54, 0.61, 0.64),
        "stakes": (428_326.9, 8_604.0, 76_017.1),
    },
    {
        "members": Meaning("Members", (), "count", "volume", 1),
        "case_value": Meaning("Case value", ("price of a case",), "currency", "other", 1),
        "cases": Meaning("Cases a year", ("cases",), "count", "volume", 1),
        "women": Meaning("Share of women", ("women",), "fraction", "other", 0),
        "stakes": Meaning("Total stakes", ("stakes",), "currency", "volume", 0),
        "premises": Meaning("Premises", (), "category", "other", 0),
        "tier": Meaning("Club tier", ("tier",), "category", "other", 0),
        "doctor": Meaning("House doctor", (), "category", "other", 0),
    },
    (300, 400, 300),
    {
        "premises": {"Dockers club": (30, 40, 60), "Church hall": (270, 360, 240)},
        "tier": {"Table": (240, 60, 90), "Reserve": (60, 340, 210)},
        "doctor": {"GP": (210, 120, 90), "Surgeon": (90, 280, 210)},
    },
    names=NAMES,
)
"""All accounts: 878 members, cases of 51.9, 14.1 cases, 59.8 % women, 39 % on Table, 42 % with a GP."""


def passes(segment: str, text: str) -> bool:
    return check_lines([Line("1", segment, "fact", text)], PROFILE, facts(PROFILE))[0].verdict != "block"


@pytest.mark.parametrize(
    ("segment", "true", "false"),
    [
        # The plural that segments' names end in is no category value that holds the word.
        ("S1", "Grand Clubs comprise 300 clubs.", "Grand Clubs comprise 360 clubs."),
        ("S1", "Cases: 6; mean of all clubs 14.1.", "Cases: 6; mean of all clubs 12.6."),
        # A category value of a common word, with its column's noun.
        ("S1", "80% belong to the Table tier.", "60% belong to the Table tier."),
        ("S1", "The Table tier is over-represented in this segment.", "The Reserve tier is over-represented here."),
        # Initials in the plural.
        ("S1", "GPs make up 70% of them.", "GPs make up 50% of them."),
        # Who is well represented.
        ("S3", "Women are better represented here.", "The Table tier is better represented here."),
        ("S1", "Women are less represented here.", "The Table tier is thinly represented here."),
        # What is paid for has a price of its own.
        ("S2", "Their cases cost $23 more than the average case.", "Their cases cost $33 more than the average case."),
        ("S2", "They pay 1.4 times the average for a case.", "They pay 1.9 times the average for a case."),
        # A word of size before a difference is of the difference.
        ("S3", "Women exceed the mean by a modest 4 points.", "Women exceed the mean by a modest 9 points."),
        # What something is compared with, and a column's name that also says who.
        ("S3", "The share of women is higher than the 60% of members overall.",
         "The share of women is higher than the 50% of members overall."),
        ("S1", "54% of women count among their members.", "64% of women count among their members."),
        # A whole figure that ends in zeros is round.
        ("S1", "Stakes are $428,330.", "Stakes are $438,330."),
        ("S3", "Stakes are $76,000.", "Stakes are $78,000."),
    ],
)  # fmt: skip
def test_a_true_sentence_passes_and_a_false_one_like_it_does_not(segment: str, true: str, false: str) -> None:
    assert passes(segment, true)
    assert not passes(segment, false)
