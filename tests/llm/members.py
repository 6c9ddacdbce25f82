"""A small club of four segments, and of which of them a sentence passes."""

from engine.model import Meaning
from llm.check import Line, check_lines
from llm.facts import facts
from tests.llm.profiles import profile

NAMES = {"S1": "Heavy Users", "S2": "Big Wallets", "S3": "Quiet Thirds", "S4": "Late Joiners"}
PROFILE = profile(
    {
        "calls": (24.0, 12.0, 8.0, 4.0),
        "spend": (600.0, 900.0, 300.0, 450.0),
        "churn": (0.40, 0.10, 0.25, 0.20),
    },
    {
        "calls": Meaning("calls", (), "count", "volume", 1),
        "spend": Meaning("annual spend", ("spend",), "currency", "volume", 1),
        "churn": Meaning("churn rate", ("churn",), "fraction", "other", -1),
        "plan": Meaning("plan type", (), "category", "other", 0),
    },
    (100, 200, 300, 400),
    {"plan": {"Basic": (50, 40, 120, 190), "Plus": (50, 160, 180, 210)}},
    names=tuple(NAMES.values()),
)
"""All accounts: 8.8 calls, 510 of spend, 21.5 % churn, 40 % on Basic."""
FACTS = facts(PROFILE)


def holders(text: str) -> str:
    """The segments of which the sentence passes, as "S1 S3", those apart that it names."""
    return " ".join(
        segment
        for segment, name in NAMES.items()
        if name not in text
        and check_lines([Line("1", segment, "fact", text)], PROFILE, FACTS)[0].verdict != "block"
    )
