"""What is denied, in figures and in words, and whom a sentence speaks of that names others beside it. Each sentence
passes for those segments of which it is true, worked out by hand from the table, and for no other."""

import pytest

from engine.model import Meaning
from llm.check import Line, check_lines
from llm.facts import facts
from tests.llm.members import holders
from tests.llm.profiles import profile


@pytest.mark.parametrize(
    ("text", "true_of"),
    [
        ("They do not make more than 10 calls.", "S3 S4"),
        ("Churn does not exceed 30%.", "S2 S3 S4"),
        ("Spend is no more than $460 a year.", "S3 S4"),
        ("Their churn never goes above 22%.", "S2 S4"),
        ("Calls do not fall below 10.", "S1 S2"),
        ("They spend 76% more than the average account.", "S2"),
        ("They do not spend more than $460 a year.", "S3 S4"),
        ("They do not spend more than $250 a year.", ""),
        ("Not for nothing is spend above $850.", "S2"),
        ("Their plans do not run for more than 10 calls.", "S3 S4"),
    ],
)
def test_bounds_that_are_denied(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(
    ("text", "true_of"),
    [
        ("80% are not on Basic.", "S2"),
        ("20% are not on Basic.", ""),
        ("40% are not on Basic.", ""),
        ("Only 20% are not on the Basic plan.", ""),
        ("20% are on Basic.", "S2"),
        ("Four in five (80%) do not have Basic.", "S2"),
        ("Three in five (60%) are not on Basic.", "S3"),
        ("Basic is not what 60% have.", "S3"),
    ],
)
def test_parts_that_are_denied(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(
    ("text", "true_of"),
    [
        ("Neither Quiet Thirds nor Late Joiners come near this group's 24 calls.", "S1"),
        ("Neither Quiet Thirds (8) nor Late Joiners (4) come near their 24 calls.", "S1"),
        ("Heavy Users rarely call compared with this group.", ""),
        ("Heavy Users have few calls compared with this group.", ""),
        ("Unlike them, Quiet Thirds have a high annual spend.", ""),
        ("Unlike them, Quiet Thirds have a low annual spend.", "S1 S2 S4"),
        ("Quiet Thirds, on the other hand, keep a high annual spend.", ""),
        ("Quiet Thirds, by contrast, have low spend.", "S1 S2 S4"),
        ("They outspend Quiet Thirds by around $300.", "S1"),
        ("Heavy Users often miss a call.", "S2 S3 S4"),
        ("Basic stands at 20%, a share topped by Late Joiners' 47.5%.", "S2"),
        ("An annual spend of $900 separates them from the Late Joiners, who average $450.", "S2"),
        ("The Quiet Thirds, on the other hand, keep above-average calls.", ""),
        ("The Quiet Thirds, by contrast, keep above-average calls.", ""),
        ("The Quiet Thirds, however, have below-average spend.", "S1 S2 S4"),
    ],
)
def test_one_segment_is_spoken_of(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(
    ("text", "true_of"),
    [
        ("They seldom make a call.", "S3 S4"),
        ("They rarely make calls.", "S3 S4"),
        ("Calls are a clear strength of this segment.", "S1 S2"),
        ("Churn is a weakness of this segment.", "S1 S3"),
        ("Churn is their weak spot.", "S1 S3"),
        ("Spend is a modest item for them.", "S3 S4"),
        ("Spend stretches well past the average.", "S1 S2"),
        ("Spend goes past the average.", "S1 S2"),
        ("They call 55% less often than the average account.", "S4"),
        ("On calls they outdo the average account by 15.", "S1"),
        ("Churn is not a weakness here.", "S2 S4"),
        ("They seldom raise a call.", "S3 S4"),
        ("They hardly ever place a call.", "S3 S4"),
        ("Spend budgets are above average.", "S1 S2"),
        ("Annual spend of 900 earns them first place.", "S2"),
        ("They earn a lot.", ""),
        ("They are committed people.", ""),
        ("The bank makes 24 calls to each of them.", "S1"),
        ("Annual spend is about one third of the overall average.", ""),
        ("Calls are about half of the overall average.", "S4"),
        ("Calls come to about one half of the average.", "S4"),
        ("Annual spend is roughly three fifths of the overall average.", "S3"),
        ("They call 55% less often than the average customer.", "S4"),
        ("With the earlier calls it makes 24 calls in all.", "S1"),
    ],
)
def test_other_words(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("They visited recently.", "ok block"),
        ("They recently raised their visits.", "block block"),
        ("They recently reduced days since last visit.", "block block"),
        ("They recently switched.", "block block"),
        ("The last visit was 20 days ago on average.", "ok block"),
    ],
)
def test_words_of_time_are_held_to_the_last_visit(text: str, verdicts: str) -> None:
    visits = profile(
        {"since": (20.0, 80.0)},
        {"since": Meaning("days since last visit", ("last visit",), "days", "other", -1)},
        (100, 100),
    )
    known = facts(visits)
    said = [check_lines([Line("1", s, "fact", text)], visits, known)[0].verdict for s in ("S1", "S2")]
    assert " ".join(said) == verdicts


def test_a_text_that_is_a_segments_own_name_states_what_it_says() -> None:
    told = profile(
        {"calls": (24.0, 8.0), "spend": (300.0, 900.0)},
        {
            "calls": Meaning("calls", (), "count", "volume", 1),
            "spend": Meaning("spend", (), "currency", "volume", 1),
        },
        (100, 100),
        names=("High calls, low spend", "High spend, low calls"),
    )
    known = facts(told)
    said = [
        check_lines([Line("1", segment, "fact", text)], told, known)[0].verdict
        for text in ("High calls, low spend.", "High spend, low calls")
        for segment in ("S1", "S2")
    ]
    assert said == ["ok", "block", "block", "ok"]
