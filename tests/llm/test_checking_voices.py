"""One fact in many voices: talk, headlines, relative clauses, parts of parts. Each sentence passes for those
segments of which it is true, worked out by hand from the numbers of a small profile, and for no other."""

import pytest

from engine.model import Meaning
from llm.check import Line, check_lines
from llm.facts import facts
from tests.llm.members import holders
from tests.llm.profiles import profile


@pytest.mark.parametrize(
    ("text", "true_of"),
    [
        ("They're at 24 calls, folks, and that's that.", "S1"),
        ("These guys make twelve calls a head, tops.", "S2"),
        ("We've got 300 in spend with this bunch, mind you.", "S3"),
        ("It's 4 calls here, you'll see.", "S4"),
        ("Yeah, their churn's below average.", "S2 S4"),
        ("I wouldn't say their churn is high.", "S2 S4"),
        ("They spend a handsome 900 every year.", "S2"),
    ],
)
def test_talk(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(
    ("text", "true_of"),
    [
        ("Churn rate: 40%, 18 points above all members", "S1"),
        ("Basic: 50%, 10 points above all accounts.", "S1"),
        ("Basic 20% of this segment, 40% of all practices", "S2"),
        ("Of these accounts, 40% are Basic; of all accounts, 40%.", "S3"),
        ("Calls? 12. The base? 8.8.", "S2"),
        ("Calls = 4 (all: 8.8)", "S4"),
        ("In this segment 40% churn.", "S1"),
        ("Calls low, spend low: last on both.", ""),
    ],
)
def test_headlines(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(
    ("text", "true_of"),
    [
        ("With 24 calls, they differ from the average account, for whom it is 8.8.", "S1"),
        ("Spend averages 300, whereas the average for all members, which is 510, lies elsewhere.", "S3"),
        ("The average account makes 8.8 calls, while these make 12.", "S2"),
        ("Their churn of 20% compares with the 21.5% of the average member.", "S4"),
        ("Big Wallets, who make 12 calls, spend 900; this segment spends 450.", "S4"),
        ("Instead of the usual 510, spend comes to 600 here.", "S1"),
    ],
)
def test_whose_figure_it_is(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(
    ("text", "true_of"),
    [
        ("They make more than twice as many calls as the average account.", "S1"),
        ("Calls of 4, less than half the 8.8 of the average member.", "S4"),
        ("They spend about two thirds of what Big Wallets do.", "S1"),
        ("Their spend reaches exactly half of that of Big Wallets.", "S4"),
        ("Big Wallets spend 900; this segment reaches only a third of it.", "S3"),
        ("Their churn is one point nine times that of all accounts.", "S1"),
        ("Less than a quarter of our family sits in this segment.", "S2"),
        ("One account in ten belongs here.", "S1"),
    ],
)
def test_parts_and_multiples(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(
    ("text", "true_of"),
    [
        ("On spend they are exceeded only by Big Wallets.", "S1"),
        ("Second behind Heavy Users on calls.", "S2"),
        ("On calls, no other segment comes near them.", "S1"),
        ("Nobody else shows such a high spend.", "S2"),
        ("Their churn is the highest of all four.", "S1"),
        ("Rank 3 of 4 on calls.", "S3"),
        ("It is Big Wallets, not Heavy Users, who show the higher spend.", "S3 S4"),
        ("It is Heavy Users, not Big Wallets, who show the higher spend.", ""),
        ("Of Heavy Users and Big Wallets, it is the latter who show the higher spend.", "S3 S4"),
        ("Of Heavy Users and Big Wallets, it is the former who show the higher spend.", ""),
        ("Calls are the next lowest after those of Late Joiners.", "S3"),
    ],
)
def test_places(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(
    ("text", "true_of"),
    [
        ("Calls are less frequent here than on average.", "S3 S4"),
        ("Their spend is more limited than average.", "S3 S4"),
        ("Churn is less widespread here than overall.", "S2 S4"),
        ("They have the least generous spend of all.", "S3"),
        ("They churn more readily than the average member.", "S1 S3"),
        ("The widest shortfall on spend of all segments.", "S3"),
    ],
)
def test_adjectives_with_their_degree(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(
    ("text", "true_of"),
    [
        ("Their spend exceeds the base by 390, which is 76% in relative terms.", "S2"),
        ("Spend is lower by 210, which is about 41%.", "S3"),
        ("Spend is higher by 210, which is about 41%.", ""),
        ("Churn: +18.5 pts vs. average.", "S1"),
        ("Churn: -11.5 pts vs. average.", "S2"),
        ("Churn: -18.5 pts vs. average.", ""),
        ("For every call they make, Quiet Thirds make 2.", "S4"),
        ("With the base set at 100, their calls stand at 136.", "S2"),
        ("Their calls index at 136, where 100 is the average.", "S2"),
        ("They lead the next segment on calls by 12.", "S1"),
        ("Their spend is above average by a factor of 1.8.", "S2"),
        ("On calls they reach half as much again as Quiet Thirds.", "S2"),
    ],
)
def test_differences_however_they_are_given(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(
    ("text", "true_of"),
    [
        ("“Big Wallets” spend 900, these 450.", "S4"),
        ("The runner-up on calls, Big Wallets, makes 12.", "S1 S3 S4"),
        ("The runner-up on calls, Late Joiners, makes 4.", ""),
        ("Set beside Big Wallets: 24 calls against 12.", "S1"),
    ],
)
def test_segments_named_in_passing(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(
    ("text", "true_of"),
    [
        ("Average annual spend is 100.", ""),
        ("Calls are at 100 on average.", ""),
        ("Calls are 100 against an average of 8.8.", ""),
        ("Spend against Quiet Thirds: up by 150.", "S4"),
        ("Calls against Late Joiners: down by 20.", ""),
        ("Their lead over the base on spend is 210.", ""),
        ("For every call Quiet Thirds make, they make 3.", "S1"),
        ("Calls elsewhere are fewer.", "S1"),
        ("They make fewer calls than elsewhere.", "S3 S4"),
    ],
)
def test_comparisons_keep_their_side(text: str, true_of: str) -> None:
    assert holders(text) == true_of


def test_a_place_shared_with_nobody_is_told_where_one_segment_alone_has_a_value() -> None:
    alone = profile(
        {"calls": (24.0,)}, {"calls": Meaning("calls", (), "count", "volume", 1)}, (100,), names=("One",)
    )
    (report,) = check_lines([Line("1", "S1", "fact", "Joint highest on calls.")], alone, facts(alone))
    assert report.verdict == "block"
