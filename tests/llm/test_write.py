"""From a model's replies to personas: the calls, what is missing or cut off, and what stops a draft."""

import json
from typing import Any

import pytest

from engine.errors import BadKey, Cancelled, Declined, Malformed, ModelProblem, Quota, TimedOut, Truncated
from engine.record import content_id
from llm.cache import Memory
from llm.check import check
from llm.facts import facts
from llm.fake import Fake, answer
from llm.model import Request, Settings
from llm.write import draft
from tests.llm.edited import (
    BRIEF,
    FACTS,
    FOUR,
    PROFILE,
    Edited,
    asked,
    of_segment,
    tasks,
    write,
)

# --- Calls --------------------------------------------------------------------------------------


def test_three_segments_are_written_in_one_call() -> None:
    model = Fake()
    written = write(model)
    assert tasks(model) == [("all", ["S1", "S2", "S3"])]
    assert [persona.segment for persona in written.personas] == ["S1", "S2", "S3"]
    assert all(persona.tagline.source == persona.plan_source == "gemini" for persona in written.personas)
    assert (written.replaced, written.unwritten, written.rounds, written.calls) == ({}, {}, 0, 1)


def test_more_segments_take_one_call_for_claims_and_one_for_each_ones_texts() -> None:
    model = Fake()
    written = write(model, FOUR)
    assert tasks(model) == [
        ("claims", ["S1", "S2", "S3", "S4"]),
        *(("prose", [segment]) for segment in ("S1", "S2", "S3", "S4")),
    ]
    assert len({content_id(data["facts"]) for data in asked(model)}) == 1
    agreed = asked(model)[3]["agreed"]
    assert [outline["name"] for outline in agreed] == [persona.name for persona in written.personas]
    assert all(outline["claims"] for outline in agreed)
    assert all(check(p, FOUR, facts(FOUR)).findings == () for p in written.personas)
    assert written.calls == 5


def test_every_call_begins_alike_so_that_what_is_repeated_can_be_kept_by_the_service() -> None:
    model = Fake()
    write(model, FOUR)
    prompts = [request.prompt.partition('"agreed"')[0].partition('"task"')[0] for request in model.requests]
    assert len(set(prompts)) == 1
    assert len({request.system for request in model.requests}) == 1


def test_tokens_are_added_up_as_the_provider_reports_them() -> None:
    model = Fake()
    written = write(model, FOUR)
    assert written.prompt_tokens == sum(len(request.prompt) // 3 for request in model.requests)
    assert written.output_tokens > 0


# --- The same question is not paid for twice ----------------------------------------------------


def test_a_kept_answer_is_the_same_persona_and_costs_nothing() -> None:
    kept, first, second = Memory(), Fake(), Fake(["never asked"])
    before = write(first, FOUR, cache=kept)
    after = write(second, FOUR, cache=kept)
    assert (after.personas, second.requests) == (before.personas, [])
    assert (after.calls, after.prompt_tokens, after.output_tokens) == (0, 0, 0)


@pytest.mark.parametrize(
    "other", [Settings(model="gemini-other"), Settings(temperature=0.1), Settings(hide_names=True)]
)
def test_other_settings_are_another_question(other: Settings) -> None:
    kept = Memory()
    write(Fake(), cache=kept)
    again = Fake()
    write(again, settings=other, cache=kept)
    assert len(again.requests) == 1


def test_a_draft_that_broke_off_goes_on_where_it_stopped() -> None:
    kept = Memory()

    class Breaking(Fake):
        def answer(self, request: Request) -> str:
            if len(self.requests) == 4:
                raise BadKey("no")
            return answer(request)

    with pytest.raises(BadKey):
        write(Breaking(), FOUR, cache=kept)
    again = Fake()
    write(again, FOUR, cache=kept)
    assert tasks(again) == [("prose", ["S3"]), ("prose", ["S4"])]


def test_an_answer_that_could_not_be_read_is_not_kept() -> None:
    kept = Memory()
    write(Fake(["Sorry!"]), cache=kept)
    assert all("Sorry" not in text for text in kept.kept.values())
    assert len(kept.kept) == 1


def test_the_oldest_answer_goes_first() -> None:
    kept = Memory(most=2)
    for key in ("a", "b", "a", "c"):
        kept.put(key, key)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == ("a", None, "c")


# --- What is missing, doubled, unreadable or cut off --------------------------------------------


def test_missing_doubled_and_extra_segments_are_asked_for_again_and_no_others() -> None:
    def spoil(content: dict[str, Any]) -> None:
        first, second, _ = content["personas"]
        content["personas"] = [first, second, second, {**first, "segment": "S9", "name": "Extra Segment"}]

    model = Edited(spoil)
    written = write(model)
    assert tasks(model) == [("all", ["S1", "S2", "S3"]), ("all", ["S2", "S3"])]
    assert asked(model)[1]["wrong_before"] == {
        "S2": ["segment: written twice."],
        "S3": ["segment: missing from the reply."],
    }
    assert [persona.segment for persona in written.personas] == ["S1", "S2", "S3"]
    assert "Extra" not in str(written)


def test_a_list_of_the_wrong_length_is_asked_for_again() -> None:
    model = Edited(of_segment("S2", bullets=[]))
    write(model)
    assert asked(model)[1]["wrong_before"] == {"S2": ["bullets: 1 to 5 entries, not 0."]}


def test_a_name_given_twice_is_sent_back_alone() -> None:
    model = Edited(of_segment("S3", name="Trial A"))
    written = write(model)
    assert [data["task"] for data in asked(model)] == ["all", "mend"]
    assert {(entry["segment"], entry["where"]) for entry in asked(model)[1]["mend"]} <= {
        ("S1", "name"),
        ("S3", "name"),
    }
    assert len({persona.name for persona in written.personas}) == 3


def test_a_reply_that_cannot_be_read_is_asked_for_again() -> None:
    model = Fake(["Sorry!"])
    assert len(write(model).personas) == 3
    assert len(model.requests) == 2


def test_a_model_that_never_answers_in_form_is_the_problem() -> None:
    model = Fake(["a", "b", "c", "never asked"])
    with pytest.raises(Malformed, match="no JSON"):
        write(model)
    assert len(model.requests) == 3


def test_a_reply_that_is_cut_off_is_asked_for_once_more_with_a_larger_cap_and_in_halves() -> None:
    model = Fake([Truncated("a")])
    written = write(model)
    assert [request.max_output_tokens for request in model.requests] == [32_768, 65_536, 65_536]
    assert [data["write_for"] for data in asked(model)] == [["S1", "S2", "S3"], ["S1"], ["S2", "S3"]]
    assert written.unwritten == {}


def test_what_stays_cut_off_is_the_offline_writers_and_says_so() -> None:
    model = Fake([Truncated("a"), Truncated("The reply was cut off before its end.")])
    written = write(model)
    assert written.unwritten == {"S1": "The reply was cut off before its end."}
    first, second, _ = written.personas
    assert {first.tagline.source, first.plan_source, first.rep[0].source} == {"offline"}
    assert second.tagline.source == "gemini"
    assert {"name", "tagline", "plan", "interpretation"} <= set(written.replaced["S1"])
    with pytest.raises(Truncated):
        write(Fake([Truncated(str(n)) for n in range(9)]))


def test_a_refusal_of_one_segments_texts_is_that_segments_alone_and_not_repeated() -> None:
    class Refusing(Fake):
        def answer(self, request: Request) -> str:
            if json.loads(request.prompt)["write_for"] == ["S3"]:
                raise Declined("Gemini declined to write this (safety).")
            return answer(request)

    model = Refusing()
    written = write(model, FOUR)
    assert len(model.requests) == 5
    assert written.unwritten == {"S3": "Gemini declined to write this (safety)."}
    sources = {persona.segment: persona.tagline.source for persona in written.personas}
    assert sources == {"S1": "gemini", "S2": "gemini", "S3": "offline", "S4": "gemini"}
    assert len({persona.name for persona in written.personas}) == 4


@pytest.mark.parametrize("kind", [BadKey, Declined, ModelProblem])
def test_a_problem_passes_through_and_nothing_else_is_written(kind: type[ModelProblem]) -> None:
    model = Fake([kind("no")])
    with pytest.raises(kind):
        write(model)
    assert len(model.requests) == 1


# --- Time and progress --------------------------------------------------------------------------


def test_the_deadline_is_over_all_calls() -> None:
    now = [0.0]

    class Slow(Fake):
        def complete(self, request: Request, timeout_seconds: float) -> Any:
            now[0] += 100
            return super().complete(request, timeout_seconds)

    slow = Slow(["a", "b", "c"])
    with pytest.raises(TimedOut):
        write(slow, settings=Settings(deadline_seconds=150), clock=lambda: now[0])
    assert len(slow.requests) == 2


def test_progress_is_told_for_each_segment() -> None:
    heard: list[tuple[str, float]] = []
    write(Fake(), FOUR, report=lambda *said: heard.append(said))
    sentences = [text for text, _ in heard if "is " in text]
    assert sentences[0] == "fake is claiming and naming 4 personas."
    assert sentences[1] == "fake is writing S1, 1 of 4."
    assert heard[-1] == ("All personas are written.", 1.0)
    assert any("tokens" in text for text, _ in heard)
    assert [part for _, part in heard] == sorted(part for _, part in heard)


def test_stopping_passes_through_also_while_waiting() -> None:
    def stop(text: str, _: float) -> None:
        if text == "Waiting to try again.":
            raise Cancelled

    busy = Quota("busy")
    busy.retry_after_seconds = 30.0
    slept: list[float] = []
    with pytest.raises(Cancelled):
        draft(PROFILE, FACTS, BRIEF, Fake([busy]), Settings(), stop, sleep=slept.append)
    assert slept == []


# --- Hidden names -------------------------------------------------------------------------------


def test_hidden_names_come_back_in_the_texts_and_stay_out_of_every_call() -> None:
    model = Edited(of_segment("S2", limit="feature_1 is 99% here.", tagline="feature_1 is low."))
    written = write(model, settings=Settings(hide_names=True))
    assert len(model.requests) == 2
    for request in model.requests:
        assert not {"Brand share", "brand share", "Class TRx", "Cardiology"} & {
            word
            for word in ("Brand share", "brand share", "Class TRx", "Cardiology")
            if word in request.prompt
        }
    assert written.personas[0].bullets[0].text == "Brand share is 20% on average."
