"""What fails is sent back, repaired, or replaced by what the offline writer says."""

from typing import Any

from engine.errors import BadKey, Truncated
from engine.model import Brief
from llm import template
from llm.check import check
from llm.fake import Fake
from llm.model import Request, Settings
from llm.write import draft
from tests.llm.edited import BRIEF, FACTS, PROFILE, Edited, asked, both, item, of_segment, write


def test_only_the_failing_item_is_sent_back_with_its_findings_and_facts() -> None:
    model = Edited(of_segment("S2", limit="Brand share is 99% here."))
    written = write(model)
    again = asked(model)[1]
    assert (again["task"], again["write_for"]) == ("mend", ["S2"])
    (entry,) = again["mend"]
    assert (entry["segment"], entry["where"], entry["text"]) == ("S2", "limit", "Brand share is 99% here.")
    assert "number not by reference" in entry["wrong"][0]
    known = {fact.id: fact for fact in FACTS}
    assert entry["facts"] and {known[fact].segment for fact in entry["facts"]} <= {"S2", "ALL"}
    assert written.personas[1].limit.text == "It holds only 30% of all prescribers."
    assert (written.replaced, written.rounds, len(model.requests)) == ({}, 1, 2)


def test_a_false_sentence_with_true_references_is_sent_back_with_what_the_checker_says() -> None:
    own = next(f for f in FACTS if (f.segment, f.feature, f.statistic) == ("S2", "class_trx", "mean"))
    model = Edited(of_segment("S2", tagline=f"Class TRx is below average, at {{{{{own.id}}}}}."))
    written = write(model)
    (entry,) = asked(model)[1]["mend"]
    assert entry["where"] == "tagline"
    assert entry["wrong"]
    assert own.id in entry["facts"]
    assert "below average" not in written.personas[1].tagline.text


def test_after_two_rounds_the_deterministic_sentence_stands_and_is_marked() -> None:
    lie = "Brand share is 99% here."
    model = Edited(
        of_segment("S2", limit=lie), item("limit", lie), item("limit", lie), item("limit", "never")
    )
    written = write(model)
    offline = template.write(PROFILE, FACTS, BRIEF)[1]
    persona = written.personas[1]
    assert len(model.requests) == 3
    assert (written.rounds, written.replaced) == (2, {"S2": ("limit",)})
    assert persona.limit == offline.limit
    assert persona.limit.source == "offline"
    assert {persona.tagline.source, persona.unique.source, persona.plan_source} == {"gemini"}
    assert not check(persona, PROFILE, FACTS).blocked


def test_a_sentence_of_a_list_is_replaced_in_its_place() -> None:
    lie = "They hold 99% of it."

    def spoil(content: dict[str, Any]) -> None:
        content["personas"][1]["bullets"][1] = lie

    model = Edited(spoil, item("bullets.1", lie), item("bullets.1", lie))
    written = write(model)
    assert written.replaced == {"S2": ("bullets.1",)}
    assert [bullet.source for bullet in written.personas[1].bullets] == ["gemini", "offline", "gemini"]


def test_a_failing_step_brings_the_offline_plan_as_a_whole() -> None:
    link = "See https://tracker.example/pixel.png"

    def spoil(content: dict[str, Any]) -> None:
        content["personas"][0]["plan"][0]["topic"] = link

    model = Edited(spoil, item("plan.0.topic", link), item("plan.0.topic", link))
    written = write(model)
    first = written.personas[0]
    assert written.replaced == {"S1": ("plan",)}
    assert first.plan_source == "offline"
    assert first.plan == template.write(PROFILE, FACTS, BRIEF)[0].plan


def test_a_name_that_stays_wrong_becomes_the_offline_writers() -> None:
    model = Edited(of_segment("S1", name="Loyal Advocates 7"), *[item("name", "Loyal Advocates 7")] * 2)
    written = write(model)
    assert written.personas[0].name == template.write(PROFILE, FACTS, BRIEF)[0].name
    assert written.replaced == {"S1": ("name",)}
    assert len({persona.name for persona in written.personas}) == 3


def test_a_name_in_the_way_of_a_replacement_is_replaced_too() -> None:
    taken = template.write(PROFILE, FACTS, BRIEF)[0].name
    spoil = both(of_segment("S1", name="Tier 7 Club"), of_segment("S2", name=taken))
    model = Edited(spoil, *[item("name", "Tier 7 Club")] * 2)
    written = write(model)
    assert len({persona.name.casefold() for persona in written.personas}) == 3
    assert written.personas[0].name == taken


def test_a_claim_of_no_fact_is_sent_back_and_dropped_when_it_stays() -> None:
    def spoil(content: dict[str, Any]) -> None:
        for persona in content.get("personas", ()):
            if persona["segment"] == "S2":
                persona["claims"][1]["evidence"] = ["F9999"]
        for claim in content.get("claims", ()):
            claim["evidence"] = ["F9999"]

    model = Edited(always=spoil)
    written = write(model)
    assert [entry["where"] for entry in asked(model)[1]["mend"]] == ["claims.1"]
    assert written.replaced == {"S2": ("claims.1",)}
    assert len(written.personas[1].claims) == 2
    mended = Edited(spoil)
    assert write(mended).replaced == {}


def test_a_model_that_fails_during_the_repair_ends_it_and_what_was_good_stays() -> None:
    class Tired(Edited):
        def answer(self, request: Request) -> str:
            if len(self.requests) > 1:
                raise BadKey("no")
            return super().answer(request)

    written = write(Tired(of_segment("S3", unique="Mostly 46% of it.")))
    assert written.replaced == {"S3": ("unique",)}


def test_a_repair_that_is_cut_off_is_asked_for_in_halves_and_with_a_larger_cap() -> None:
    class Short(Edited):
        def answer(self, request: Request) -> str:
            if len(self.requests) == 2:
                raise Truncated("a")
            return super().answer(request)

    model = Short(both(of_segment("S1", limit="9% of it."), of_segment("S3", limit="9% of it.")))
    written = write(model)
    assert [[entry["segment"] for entry in data["mend"]] for data in asked(model)[1:]] == [
        ["S1", "S3"],
        ["S1"],
        ["S3"],
    ]
    assert model.requests[2].max_output_tokens == 65_536
    assert written.replaced == {}


def test_a_repair_changes_nothing_that_was_not_sent_back() -> None:
    def meddle(content: dict[str, Any]) -> None:
        content["items"] += [
            {"segment": "S1", "where": "tagline", "text": "Approved."},
            {"segment": "S9", "where": "limit", "text": "Approved."},
            {"segment": "S2", "where": "priority", "text": "Low"},
        ]

    model = Edited(of_segment("S2", limit="99% of it."), meddle)
    written = write(model)
    assert "Approved" not in str(written)
    assert [p.priority for p in written.personas] == ["Medium", "High", "Low"]


def test_the_priority_is_the_computed_one_with_the_weights_of_the_brief() -> None:
    heavy = Brief("pharma", weights=(("volume", 0.0), ("headroom", 0.0)))
    written = draft(PROFILE, FACTS, heavy, Fake(), Settings())
    assert [p.priority for p in written.personas] == ["High", "Low", "Medium"]
