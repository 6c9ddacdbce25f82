"""Differences, multiples and ratios in the words of many writers: of whom each sentence is true.

Each pair is a sentence and the segments that it is true of by the table of the small club (tests.llm.members).
"""

import pytest

from tests.llm.members import holders


@pytest.mark.parametrize(("text", "true_of"), [
    ("16 calls separate them from Quiet Thirds.", "S1"),
    ("Between them and Late Joiners lie $150 of annual spend.", "S1 S3"),
    ("The difference in calls between them and Quiet Thirds comes to 16.", "S1"),
    ("A gulf of $300 in annual spend to Quiet Thirds.", "S1"),
])  # fmt: skip
def test_what_lies_between_two_is_their_difference(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(("text", "true_of"), [
    ("A surplus of 15.2 calls against the average member.", "S1"),
    ("A deficit of $210 in annual spend against the average member.", "S3"),
    ("A 15-point lead over Quiet Thirds in churn rate.", "S1"),
    ("Churn rate is up 20 points on Late Joiners.", "S1"),
    ("Annual spend is down $300 on Big Wallets.", "S1"),
    ("An extra $390 of annual spend compared with the average member.", "S2"),
    ("They outspend Late Joiners by $150.", "S1"),
    ("They underspend Big Wallets by 50%.", "S4"),
])  # fmt: skip
def test_a_difference_has_the_side_its_noun_or_verb_gives(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(("text", "true_of"), [
    ("They make four more calls than Quiet Thirds.", "S2"),
    ("They make 4 fewer calls than Quiet Thirds.", "S4"),
    ("They make at least 10 more calls than Big Wallets.", "S1"),
    ("Their churn rate is five points lower than that of Quiet Thirds.", "S4"),
])  # fmt: skip
def test_a_graded_figure_is_no_level_of_its_column(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(("text", "true_of"), [
    ("They spend 76% more than the average member.", "S2"),
    ("They spend twice as much as Late Joiners.", "S2"),
    ("They spend a third more than Late Joiners.", "S1"),
    ("They spend two thirds of what Late Joiners spend.", "S3"),
])  # fmt: skip
def test_the_verb_tells_what_there_is_more_of(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(("text", "true_of"), [
    ("Calls: 50% of Big Wallets.", ""),
    ("Calls: 200% of Big Wallets.", "S1"),
    ("They make 33% of the calls that Big Wallets make.", "S4"),
    ("Annual spend is a third again as high as for Late Joiners.", "S1"),
    ("Annual spend is half as much again as for Heavy Users.", "S2"),
    ("Annual spend comes to half the level of Big Wallets.", "S4"),
    ("Calls are just over half that of the average member.", ""),
    ("Calls are better than twice those of the average member.", "S1"),
    ("Annual spend is one and a third times that of Late Joiners.", "S1"),
    ("Calls are a multiple of 3 of those of Late Joiners.", "S2"),
    ("The ratio of their calls to those of Late Joiners is 2.", "S3"),
    ("In calls they stand at 3:1 against Late Joiners.", "S2"),
    ("Indexed to the average, annual spend comes to 176.", "S2"),
])  # fmt: skip
def test_a_multiple_in_other_words_is_held_to_the_ratio(text: str, true_of: str) -> None:
    assert holders(text) == true_of


@pytest.mark.parametrize(("text", "true_of"), [
    ("For every ten calls of Heavy Users there are five of theirs.", "S2"),
    ("They make two calls for every one of Big Wallets.", "S1"),
    ("Where Big Wallets make ten calls, they make 20.", "S1"),
    ("For every dollar of Big Wallets they spend 33 cents.", "S3"),
    ("For every $100 Big Wallets spend, they spend $50.", "S4"),
])  # fmt: skip
def test_two_figures_set_side_by_side_are_a_ratio(text: str, true_of: str) -> None:
    assert holders(text) == true_of
