from dataclasses import replace

from engine.model import Brief, CategoryStat, Meaning
from llm.validation import validation
from tests.llm.profiles import prescribers, profile


def answers(table, brief=None):
    return {item.question: item for item in validation(table, brief or Brief())}


def loyal(share, digital):
    table = profile(
        {"brand_share": share, "digital": digital},
        {
            "brand_share": Meaning("Brand share", (), "fraction", "share", 1),
            "digital": Meaning("Digital", (), "count", "digital", 1),
        },
        (100, 100, 100),
        sds={"brand_share": 0.1, "digital": 2.0},
    )
    return answers(table)["Does the most loyal segment show share and engagement?"]


def test_a_loyal_segment_that_is_engaged_answers_yes() -> None:
    found = loyal((0.6, 0.3, 0.3), (9.0, 4.0, 4.0))
    assert found.outcome == "yes"
    assert found.answer.startswith("S1: ") and "60% against 40%" in found.answer


def test_a_loyal_segment_that_is_not_engaged_answers_partly() -> None:
    assert loyal((0.6, 0.3, 0.3), (2.0, 6.0, 6.0)).outcome == "partly"


def test_what_no_column_speaks_of_is_not_guessed() -> None:
    table = profile({"x": (1.0, 2.0, 3.0)}, {"x": Meaning("Height")}, (100, 100, 100))
    found = answers(table)
    assert found["Does the most loyal segment show share and engagement?"].outcome == "not in the data"
    assert found["Does the segment to grow have volume and access?"].outcome == "not in the data"
    assert found["Is the value concentrated?"].outcome == "not in the data"
    assert found["Does who pays differ between segments?"].outcome == "not in the data"


def test_the_segment_to_grow_is_the_first_in_the_analysts_priority() -> None:
    title = "Does the segment to grow have volume and access?"
    usual = answers(prescribers())[title].answer
    turned = Brief(weights=(("volume", -2.0), ("headroom", 0.0), ("access", -2.0)))
    assert answers(prescribers(), turned)[title].answer != usual


def test_concentration_names_the_segment_that_holds_most_for_its_size() -> None:
    table = profile(
        {"revenue": (900.0, 100.0)},
        {"revenue": Meaning("Revenue", (), "currency")},
        (100, 300),
    )
    first, second = (
        replace(s, features={"revenue": replace(s.features["revenue"], total_share=part)})
        for s, part in zip(table.segments, (0.75, 0.25), strict=True)
    )
    found = answers(replace(table, segments=(first, second)))["Is the value concentrated?"]
    assert found.outcome == "yes"
    assert found.answer.startswith("S1 holds 75% of all revenue with 25% of the accounts")


def test_what_the_data_has_is_answered_and_what_it_lacks_is_said() -> None:
    table = profile({"trx": (300.0, 100.0)}, {"trx": Meaning("Class TRx", (), "count", "volume")}, (100, 100))
    found = answers(table)["Does the segment to grow have volume and access?"]
    assert found.outcome == "partly"
    assert found.answer == "S1: volume yes (class TRx 300 against 200); access is not in the data."


def test_concentration_is_measured_by_volume_and_never_by_what_nobody_is_targeted_by() -> None:
    columns = {
        "opioid": Meaning("Opioid drug cost", (), "currency", "volume"),
        "cost": Meaning("Drug cost", (), "currency"),
    }
    means = {"opioid": (9.0, 1.0), "cost": (100.0, 300.0)}
    table = profile(means, columns, (100, 100), totals=("opioid", "cost"))
    title = "Is the value concentrated?"
    assert answers(table, Brief(pack="pharma"))[title].answer.startswith("S2 holds 75% of all drug cost")
    volume = columns | {"cost": Meaning("Total claims", (), "count", "volume")}
    table = profile(means, dict(reversed(volume.items())), (100, 100), totals=("opioid", "cost"))
    assert answers(table)[title].answer.startswith("S2 holds 75% of total claims")


def test_the_widest_payer_difference_is_told_with_both_shares() -> None:
    table = profile({"x": (1.0, 2.0)}, {"x": Meaning("X")}, (100, 100))

    def mix(share):
        return {"payer": {"Medicaid": CategoryStat(share, share / 0.3, int(100 * share))}}

    first, second = (
        replace(s, categories=mix(part)) for s, part in zip(table.segments, (0.5, 0.1), strict=True)
    )
    table = replace(
        table, segments=(first, second), population=replace(table.population, categories=mix(0.3))
    )
    found = answers(table)["Does who pays differ between segments?"]
    assert found.outcome == "yes"
    assert "Medicaid is 50% of S1 and 30% of all." in found.answer
