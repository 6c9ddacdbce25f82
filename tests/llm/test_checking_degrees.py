"""Much and little of a column in idiom, verbs and denial, and words that say nothing of a column. Each sentence passes
for those segments of which it is true, worked out by hand from the table, and for no other. Against all accounts
calls lie above the average in S1 and S2 and below it in S3 and S4; spend is far above it in S2 and far below in S3."""

import pytest

from tests.llm.members import holders

MUCH, LITTLE, NEAR = "S1 S2", "S3 S4", "S1 S4"
"""Who has many calls, who has few of them, and whose spend is close to that of all accounts."""


@pytest.mark.parametrize(
    ("family", "texts", "true_of"),
    [
        (
            "brimming",
            """They are awash with calls.|They are swamped with calls.|The team is showered with calls by them.
            They are blessed with many calls.|There is a wealth of calls.|There is no shortage of calls.
            A surplus of calls.|They have tons of calls.""",
            MUCH,
        ),
        (
            "starved",
            """They are starved of calls.|They are light on calls.|There is a dearth of calls.|Precious few calls.
            They are poorly supplied with calls.|They have next to no calls.|A deficit of calls.""",
            LITTLE,
        ),
        (
            "verbs of liking",
            "They flock to calls.|They pile into calls.|They embrace calls.|They rely heavily on calls.",
            MUCH,
        ),
        (
            "verbs of avoiding",
            """They shun calls.|They skip calls.|They steer clear of calls.|They give calls a wide berth.
            They turn their backs on calls.|They make do without calls and shun calls.|Calls are avoided.""",
            LITTLE,
        ),
        (
            "the column does it",
            """Calls abound here.|Calls come thick and fast.|Calls pile up.|Calls are through the roof.
            Calls are second nature to them.|Calls: many.""",
            MUCH,
        ),
        (
            "the column does little",
            """Calls run dry.|Calls gather dust.|Calls are few and far between.|Calls barely register.
            Calls rarely happen.|Calls are hard to come by.|Calls play a minor part.|Calls: hardly any.""",
            LITTLE,
        ),
        (
            "adjectives of size",
            "Calls are copious.|Calls are numerous.|Calls are huge.|Calls are brisk.|They show a lavish number of calls.",
            MUCH,
        ),
        (
            "adjectives of smallness",
            "Calls are scanty.|Calls are sluggish.|Calls are puny.|Calls are negligible.|Calls are a minor matter.",
            LITTLE,
        ),
        (
            "against the average",
            "Calls leave the average behind.|Calls put the average in the shade.|Calls clear the average with ease.",
            MUCH,
        ),
        (
            "short of the average",
            """Calls do not measure up to the average.|Calls are dwarfed by the average.|Calls never reach the average.
            They trail the average on calls.|Calls cannot keep up with the average.""",
            LITTLE,
        ),
        (
            "where they stand",
            "Calls are where they fall short.|Calls are where they lag.|What they lack is calls.",
            LITTLE,
        ),
    ],
)
def test_levels_in_idiom(family: str, texts: str, true_of: str) -> None:
    said = [text.strip() for line in texts.splitlines() for text in line.split("|")]
    assert {text: holders(text) for text in said} == dict.fromkeys(said, true_of), family


@pytest.mark.parametrize(
    ("text", "true_of"),
    [
        ("Calls are not numerous.", LITTLE),
        ("Calls are anything but common.", LITTLE),
        ("They do not have many calls.", LITTLE),
        ("They cannot boast many calls.", LITTLE),
        ("They lack calls.", LITTLE),
        ("They do not lack calls.", MUCH),
        ("They are never short of calls.", MUCH),
        ("Calls are not hard to find.", MUCH),
        ("They do not flock to calls.", LITTLE),
        ("They rarely skip calls.", MUCH),
        ("They hardly touch calls.", LITTLE),
        ("Calls reach only a low level.", LITTLE),
    ],
)
def test_denied_levels(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(
    "text",
    [
        "Spend hugs the average.",
        "Spend hardly differs from the average.",
        "Spend does not stand out.",
        "Spend is normal.",
        "Spend is par for the course.",
        "Spend is fairly average.",
        "They show an average spend.",
        "There is nothing unusual about their spend.",
        "Spend is in the usual range.",
    ],
)
def test_closeness_to_the_average(text: str) -> None:
    assert holders(text) == NEAR


@pytest.mark.parametrize(
    ("text", "true_of"),
    [
        ("Basic is not the plan of most of them.", "S2 S3 S4"),
        ("A mere handful are on Basic.", ""),
        ("The lion's share of them are on Plus.", "S2 S3 S4"),
        ("They skip calls less often than the average account.", MUCH),
        ("They do not stand out for high calls.", LITTLE),
        ("They make three times as many calls as Late Joiners.", "S2"),
        ("They have the usual number of calls and an average spend.", "S4"),
        ("They shun calls less than Late Joiners.", "S1 S2 S3"),
        ("They make twice as many calls as Big Wallets.", "S1"),
        ("40% are committed to the Basic plan.", "S3"),
        ("20% are committed to the Basic plan.", "S2"),
        ("Calls are over quickly, and spend is high.", MUCH),
        ("Our support team places 24 calls with each of them.", "S1"),
        ("As outlined, spend is unambiguously and demonstrably high.", MUCH),
        ("They are awash with optimism.", ""),
        ("They shun risk.", ""),
        ("They are hungry for recognition.", ""),
        ("They travel often.", ""),
        ("Spend is high, for they are people of habit.", ""),
    ],
)
def test_what_is_no_level(text: str, true_of: str) -> None:
    assert holders(text) == true_of
