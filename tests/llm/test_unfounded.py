"""Sentences that no table bears out are blocked, and plain true ones beside them are not.

The profile is that of hotel guests, business energy and the others of the open practice set e; every sentence here
was written for this test.
"""

import random
import re
from functools import cache
from pathlib import Path

import pytest

from llm.check import Line, check_lines
from llm.checking.phrases import Phrases
from llm.checking.unprovable import CAUSE, EFFECT, TREND
from llm.facts import facts
from llm.profile_file import read_profile

PROFILES = Path(__file__).parents[2] / "bench" / "checker" / "practice" / "e" / "profiles"


@cache
def _material(name: str):
    profile = read_profile((PROFILES / f"{name}.json").read_bytes(), name)
    return profile, facts(profile)


def _kinds(name: str, segment: str, text: str) -> set[str]:
    profile, found = _material(name)
    (report,) = check_lines([Line("x", segment, "fact", text)], profile, found)
    return {finding.kind for finding in report.findings if finding.severity == "block"}


@pytest.mark.parametrize(
    ("name", "segment", "text"),
    [
        ("energy6", "S2", "Contract value stands well above average."),
        ("donors3", "S3", "Event attendance is the highest of the three."),
        ("insure4", "S2", "The waiting time for a payout is short."),
        ("donors3", "S1", "Their household income is below average."),
        ("gym4", "S2", "They have good jobs and little time."),
        ("gym4", "S2", "Settled Members train three times a week."),
        ("insure4", "S2", "Silent Policyholders do not read our letters."),
        ("hotel3", "S3", "App Bargain Seekers rarely leave a review."),
        ("pharma8", "S3", "Event Goers like to speak in public."),
        ("vet7", "S4", "Quiet Practices plan to sell up."),
    ],
)
def test_what_no_column_holds_is_invented(name: str, segment: str, text: str) -> None:
    assert "attribute" in _kinds(name, segment, text)


@pytest.mark.parametrize(
    ("name", "segment", "text"),
    [
        ("hotel3", "S3", "Promotions make them book."),
        ("energy6", "S5", "Smart meters keep disputes low."),
        ("energy6", "S6", "They dispute their bills, as they pay late."),
        ("insure4", "S4", "Small fleets, hence small premiums."),
        ("insure4", "S1", "Telematics is high, and that in turn keeps claims down."),
        ("gym4", "S2", "A two-year contract binds them to the club."),
        ("pharma8", "S4", "Access is poor, thus brand share is low."),
        ("pharma8", "S2", "The portal wins scripts."),
        ("vet7", "S2", "Reps get no access, so that brand share stays low."),
    ],
)
def test_a_cause_is_told_by_its_verb_or_its_joint(name: str, segment: str, text: str) -> None:
    assert "cause" in _kinds(name, segment, text)


@pytest.mark.parametrize(
    ("name", "segment", "text"),
    [
        ("hotel3", "S3", "Cancellations are on an upward path."),
        ("insure4", "S3", "Their claims record is going from bad to worse."),
        ("gym4", "S1", "Rolling Members stay for shorter and shorter periods."),
        ("donors3", "S1", "Modest Givers gave more in former times."),
        ("donors3", "S3", "Legacies have come down from their peak."),
        ("vet7", "S5", "Brand doses are up again."),
    ],
)
def test_change_over_time_is_told_by_its_turn_of_phrase(name: str, segment: str, text: str) -> None:
    assert "trend" in _kinds(name, segment, text)


@pytest.mark.parametrize(
    "text",
    [
        "The brand works even in the sickest patients.",
        "Every patient benefits from the brand.",
        "They write the brand for uses the label does not cover.",
        "There is no better treatment on the market.",
        "Speakers are paid to recommend the brand.",
        "The brand never fails.",
    ],
)
def test_claims_of_effect_and_inducements_are_never_let_pass(text: str) -> None:
    assert "compliance" in _kinds("pharma8", "S1", text)


@pytest.mark.parametrize(
    ("name", "segment", "text"),
    [
        ("energy6", "S5", "Smart meters are common and disputes are rare."),
        ("energy6", "S2", "Contracts run long, and share of wallet is high as well."),
        ("insure4", "S1", "Premiums are the highest, and so is the number of vehicles."),
        ("gym4", "S2", "Settled Members have been with the club for a long time."),
        ("gym4", "S3", "They train with us on screen only."),
        ("gym4", "S4", "Local Members rarely leave."),
        ("hotel3", "S1", "Passing Guests have been away longer than the average guest."),
        ("donors3", "S3", "Events bring in more here than in any other segment."),
        ("pharma8", "S7", "They write much in the market and little of the brand."),
        ("pharma8", "S2", "They are hardly ever off the portal."),
        ("vet7", "S1", "High priority follows from the computed score, not from a preference."),
        ("vet7", "S5", "The computed score places this segment at High priority."),
        ("vet7", "S5", "Brand doses are up there with the best, at the top of the seven."),
    ],
)
def test_plain_words_on_what_the_table_holds_are_let_pass(name: str, segment: str, text: str) -> None:
    assert _kinds(name, segment, text) == set()


@pytest.mark.parametrize(
    ("name", "segment", "text", "holds"),
    [
        ("hotel3", "S1", "Their last stay lies further back than usual.", True),
        ("hotel3", "S2", "Their last stay lies further back than usual.", False),
        ("gym4", "S2", "They have been with us longer than the average member.", True),
        ("gym4", "S1", "They have been with us longer than the average member.", False),
        ("insure4", "S1", "We spoke to them more recently than to the average account.", True),
        ("insure4", "S2", "We spoke to them more recently than to the average account.", False),
        ("hotel3", "S1", "They leave less money with us in a year than the average guest.", True),
        ("hotel3", "S3", "They leave less money with us in a year than the average guest.", False),
        ("pharma8", "S1", "Detail visits are more numerous than is usual in the base.", True),
        ("pharma8", "S7", "Detail visits are more numerous than is usual in the base.", False),
        ("pharma8", "S3", "No prescribers attend more speaker programs.", True),
        ("pharma8", "S1", "No prescribers attend more speaker programs.", False),
        ("donors3", "S3", "No other segment pledges as much in legacies.", True),
        ("donors3", "S1", "No other segment pledges as much in legacies.", False),
        ("gym4", "S2", "Nobody has been with us longer.", True),
        ("gym4", "S1", "Nobody has been with us longer.", False),
        ("hotel3", "S3", "They hardly ever cancel.", False),
    ],
)
def test_a_comparison_finds_its_column_by_its_verb(name: str, segment: str, text: str, holds: bool) -> None:
    assert (_kinds(name, segment, text) == set()) is holds


@pytest.mark.parametrize(
    ("name", "segment", "text", "holds"),
    [
        ("donors3", "S3", "They put about nineteen thousand a head into events.", True),
        ("donors3", "S3", "They put about thirty thousand a head into events.", False),
        ("hotel3", "S2", "They spend fifteen hundred a year with us.", False),
        ("pharma8", "S3", "They go to six or so speaker programs.", True),
        ("pharma8", "S3", "They go to three or so speaker programs.", False),
    ],
)
def test_a_figure_in_words_is_held_to_the_last_word_it_is_said_in(
    name: str, segment: str, text: str, holds: bool
) -> None:
    assert (_kinds(name, segment, text) == set()) is holds


@pytest.mark.parametrize("phrases", [TREND, CAUSE, EFFECT])
def test_phrases_are_found_by_their_beginnings_wherever_trying_every_line_finds_them(
    phrases: Phrases,
) -> None:
    lines = [line for _, line in phrases.lines]
    everywhere = re.compile(rf"(?<!\w)(?:{'|'.join(lines)})(?!\w)")
    words = sorted({word for line in lines for word in re.findall(r"[a-z]+", line)})
    pick = random.Random(7)
    texts = [" ".join(pick.choices([*words, *8 * ["the", "a", "is", "are", "of"]], k=30)) for _ in range(60)]
    found = [[match.span() for match in phrases.finditer(text)] for text in texts]
    assert found == [[match.span() for match in everywhere.finditer(text)] for text in texts]
    assert sum(map(len, found)) > 30
