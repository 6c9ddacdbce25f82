"""Places, ties, parts and made-up columns in prose, each held against the plain numbers of a small profile."""

import pytest

from engine.model import Meaning
from llm.check import Line, check_lines
from llm.facts import facts
from tests.llm.profiles import profile

ORDERS = (12.0, 12.0, 8.0, 5.0)
SPEND = (300.0, 900.0, 500.0, 700.0)
SIZES = (400, 300, 200, 130)
PLANS = {"Basic": (240, 90, 60, 12), "Plus": (120, 150, 100, 68), "Family pack": (40, 60, 40, 50)}
SEGMENTS = ("S1", "S2", "S3", "S4")
PROFILE = profile(
    {"orders": ORDERS, "spend": SPEND},
    {
        "orders": Meaning("orders", (), "count", "volume", 1),
        "spend": Meaning("annual spend", (), "currency", "volume", 1),
        "plan": Meaning("plan type", (), "category", "other", 0),
    },
    SIZES,
    {"plan": PLANS},
    totals=("orders",),
)
FACTS = facts(PROFILE)
PLACES = ("first", "second", "third", "fourth")


def verdict(text: str, segment: str, zone: str = "fact") -> str:
    return check_lines([Line("1", segment, zone, text)], PROFILE, FACTS)[0].verdict  # type: ignore[arg-type]


def holders(frame: str, zone: str = "fact") -> list[str]:
    """The segments of which the sentence passes."""
    return [segment for segment in SEGMENTS if verdict(frame.format(s=segment), segment, zone) != "block"]


@pytest.mark.parametrize(
    "frame",
    [
        "{s} shares the highest orders with another segment.",
        "Another segment matches {s} for the highest orders.",
        "First place for orders is shared by this group.",
        "They have the highest orders, on a par with another segment.",
        "This group jointly leads all segments on orders.",
        "They share the lead on orders with another segment.",
        "Orders are equal highest here.",
        "They are joint first on orders.",
    ],
)
def test_a_tie_may_be_said_in_many_ways_of_those_who_are_in_it(frame: str) -> None:
    assert holders(frame) == ["S1", "S2"]


@pytest.mark.parametrize("frame", ["{s} ranks first on orders.", "Orders peak here.", "Orders peaks here."])
def test_a_tie_unsaid_is_no_first_place(frame: str) -> None:
    assert holders(frame) == []


@pytest.mark.parametrize(
    ("frame", "sign"),
    [
        ("{{s}} places {nth} when segments are sorted by annual spend, highest first.", -1),
        ("Sorted from high to low on annual spend, {{s}} stands in {nth} position.", -1),
        ("This group holds {nth} rank on annual spend.", -1),
        ("On annual spend, {{s}} comes {nth}, lowest first.", 1),
        ("Counted from the bottom, {{s}} is {nth} on annual spend.", 1),
        ("They come {nth} from the bottom on annual spend.", 1),
    ],
)
def test_places_are_counted_from_the_end_that_is_said(frame: str, sign: int) -> None:
    order = sorted(SEGMENTS, key=lambda s: sign * SPEND[SEGMENTS.index(s)])
    for place, word in enumerate(PLACES):
        assert holders(frame.format(nth=word)) == [order[place]]


@pytest.mark.parametrize(
    ("frame", "fits"),
    [
        ("Their annual spend is undercut by no other segment.", ["S1"]),
        ("Their annual spend is exceeded by no other segment.", ["S2"]),
        ("Their annual spend is exceeded by S4.", ["S1", "S3"]),
        ("They lose to S3 on annual spend.", ["S1"]),
        ("Another segment has higher annual spend.", ["S1", "S3", "S4"]),
        ("Annual spend bottoms out here.", ["S1"]),
        ("They are bottom but one for annual spend.", ["S3"]),
        ("They have the widest annual spend of the four.", ["S2"]),
        ("Nobody would call their annual spend high.", ["S1", "S3"]),
        ("Annual spend is 0.53 times as high as the average.", ["S1"]),
        ("They hold the most of any segment on annual spend.", ["S2"]),
        ("No segment but {s} is above average on orders.", []),
        ("They top the average annual spend.", ["S2", "S4"]),
    ],
)
def test_who_is_compared_and_who_does_it(frame: str, fits: list[str]) -> None:
    assert holders(frame) == fits


@pytest.mark.parametrize(
    ("frame", "fits"),
    [
        ("By number of customers, {s} comes first.", ["S1"]),
        ("In size, {s} comes last of all segments.", ["S4"]),
        ("In size, {s} leads all segments.", ["S1"]),
        ("Of all customers, 19% fall into this group.", ["S3"]),
        ("Of total orders, {s} delivers 34%.", ["S2"]),
        ("This group generates 45% of the overall orders.", ["S1"]),
    ],
)
def test_sizes_and_parts_of_a_total(frame: str, fits: list[str]) -> None:
    total = sum(n * each for n, each in zip(SIZES, ORDERS, strict=True))
    assert [round(100 * n * each / total) for n, each in zip(SIZES, ORDERS, strict=True)][:2] == [45, 34]
    assert holders(frame) == fits


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("One in two hold the Plus plan.", 0.45, 0.55),
        ("Half of them come under Plus.", 0.45, 0.55),
        ("One third hold the Plus plan.", 0.30, 0.37),
        ("A quarter of these customers come under Plus.", 0.22, 0.28),
        ("Hardly any hold the Basic plan.", 0.0, 0.1),
    ],
)
def test_parts_in_words_keep_to_their_bounds(words: str, low: float, high: float) -> None:
    value = "Basic" if "Basic" in words else "Plus"
    shares = [n / size for n, size in zip(PLANS[value], SIZES, strict=True)]
    fits = [s for s, share in zip(SEGMENTS, shares, strict=True) if low <= share <= high]
    assert holders(words) == fits


@pytest.mark.parametrize(
    "text",
    [
        "Waiting time is above the average.",
        "Every other segment has a lower credit limit.",
        "Their staff turnover is low.",
        "Among the segments, they are the ones with the most board meetings.",
        "They hold strong views on quality.",
        "They are married with two children.",
        "They own their homes.",
    ],
)
def test_what_no_column_holds_is_made_up(text: str) -> None:
    assert holders(text) == []


@pytest.mark.parametrize(
    "text",
    ["High priority on the computed score.", "No segment keeps customers longer.", "Low effort is enough."],
)
def test_words_that_give_no_column_a_level_pass(text: str) -> None:
    assert holders(text) == list(SEGMENTS)


@pytest.mark.parametrize(
    "text", ["Reserve the largest budget for this high-volume group.", "Lean on their high volume."]
)
def test_the_size_of_a_thing_is_not_the_size_of_the_segment(text: str) -> None:
    assert verdict(text, "S2", "advice") == "ok"


@pytest.mark.parametrize(
    "text", ["Defence of high volume", "Lead with strong volume: it is the best of all segments."]
)
def test_advice_that_builds_on_what_is_low_warns(text: str) -> None:
    low = profile(
        {"orders": ORDERS, "spend": SPEND},
        {
            "orders": Meaning("orders", (), "count", "volume", 1),
            "spend": Meaning("annual spend", (), "currency", "other", 1),
        },
        SIZES,
    )
    found = check_lines([Line("1", s, "advice", text) for s in SEGMENTS], low, facts(low))
    assert [report.verdict != "ok" for report in found] == [False, False, True, True]


@pytest.mark.parametrize(
    ("text", "segment"),
    [
        ("Orders run at 1.2 times the overall level (12 vs. 10.3).", "S1"),
        ("Annual spend is below avg. at $300.", "S1"),
        ("Over twice as many orders as S4 (12 vs. 5).", "S1"),
        ("They are 39% of the customer base (400 customers).", "S1"),
        ("A large seg. of 400 accts.", "S1"),
    ],
)
def test_shortened_words_end_no_sentence_and_a_bracket_counts_the_part(text: str, segment: str) -> None:
    assert verdict(text, segment) == "ok"


@pytest.mark.parametrize(
    "text",
    [
        "Orders run at 1.2 times the overall level (12 vs. 9).",
        "Over three times as many orders as S4 (12 vs. 5).",
        "They are 39% of the customer base (300 customers).",
        "Annual spend is above avg. at $300.",
    ],
)
def test_wrong_figures_in_the_same_places_are_found(text: str) -> None:
    assert verdict(text, "S1") == "block"


def test_share_alone_is_that_of_the_value_spoken_of() -> None:
    shared = profile(
        {"brand": (0.6, 0.5, 0.4, 0.3)},
        {
            "brand": Meaning("brand share", (), "fraction", "share", 1),
            "plan": Meaning("plan type", (), "category", "other", 0),
        },
        SIZES,
        {"plan": PLANS},
    )
    lines = [
        ("Plus makes up 30%, 13 points below the overall share.", "ok"),
        ("Plus makes up 30%, below its share of 43% overall.", "ok"),
        ("Plus makes up 30%, 13 points above the overall share.", "block"),
        ("Plus makes up 30%, below its share of 53% overall.", "block"),
    ]
    found = check_lines([Line("1", "S1", "fact", text) for text, _ in lines], shared, facts(shared))
    assert [report.verdict for report in found] == [wanted for _, wanted in lines]


@pytest.mark.parametrize("text", ["Orders predict annual spend.", "Annual spend affects orders."])
def test_one_column_is_never_said_to_move_another(text: str) -> None:
    assert verdict(text, "S1") == "block"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Send questions on off-label use to medical.", "ok"),
        ("Do not discuss off-label use.", "ok"),
        ("Discuss off-label use; never skip a visit.", "block"),
        ("Show superior efficacy, then pass the visit on to medical.", "block"),
        ("Send the off-label data to medical practices.", "block"),
    ],
)
def test_only_the_words_beside_a_claim_excuse_it(text: str, wanted: str) -> None:
    assert verdict(text, "S1", "advice") == wanted
