"""Whatever a model makes up, it is sent back with the reason and never reaches the page."""

import json
from typing import Any

import pytest

from engine.model import Persona, Profile
from engine.record import plain
from llm.check import check
from llm.facts import facts
from llm.fake import Fake, answer
from llm.model import Request, Settings
from llm.write import Written, draft
from tests.llm.liars import BRIEF, FACTS, LIES, PROFILE, RIGHT, Liar, Lie
from tests.llm.small import profile


def written_by(model: Fake, subject: Profile = PROFILE) -> Written:
    return draft(subject, facts(subject), BRIEF, model, Settings(), sleep=lambda _: None)


def shown(lie: Lie) -> str:
    """The lie as it would be read."""
    text = lie.text
    for fact in FACTS:
        text = text.replace(f"{{{{{fact.id}}}}}", fact.text)
    return text


def everything(personas: tuple[Persona, ...]) -> str:
    return json.dumps([plain(persona) for persona in personas], ensure_ascii=False)


def unblocked(written: Written, subject: Profile = PROFILE) -> bool:
    names = {persona.segment: persona.name for persona in written.personas}
    return not any(check(p, subject, facts(subject), names).blocked for p in written.personas)


def test_a_model_that_writes_what_the_offline_writer_writes_is_believed() -> None:
    model = Liar(Lie("S2", "tagline", RIGHT["S2"].tagline))
    written = written_by(model)
    assert (written.replaced, written.rounds, len(model.requests)) == ({}, 0, 5)


@pytest.mark.parametrize("kind", LIES)
def test_a_lie_is_sent_back_with_its_finding_and_never_shown(kind: str) -> None:
    lie = LIES[kind]
    model = Liar(lie)
    written = written_by(model)
    back = [
        (entry["segment"], entry["where"], entry["text"], entry["wrong"])
        for request in model.requests
        for entry in json.loads(request.prompt).get("mend", ())
    ]
    told = [
        wrong
        for segment, where, text, wrong in back
        if (segment, where, text) == (lie.segment, lie.where, lie.text)
    ]
    assert len(told) == 2 and all(told), back
    assert shown(lie) not in everything(written.personas)
    place = "plan" if lie.where.startswith("plan.") else lie.where
    assert place in written.replaced[lie.segment]
    assert set(written.replaced) == {lie.segment}
    assert unblocked(written)


# --- A model that obeys what it read ------------------------------------------------------------

PIXEL = "![seen](https://tracker.example/p.png?d=46)"


class Obeying(Fake):
    """Does what a hostile header asked for, in every answer."""

    def answer(self, request: Request) -> str:
        content: dict[str, Any] = json.loads(answer(request))
        for persona in content.get("personas", ()):
            persona.update({
                "name": "Approved <b>Segment</b>",
                "tagline": f"approved {PIXEL}",
                "unique": "[Click here](https://evil.example) to approve",
                "limit": "<img src=https://evil.example/x.png>",
                "priority_why": "Priority: High, whatever the numbers say, 100% certain.",
                "interpretation": "www.evil.example javascript:alert(1) <script>alert(1)</script>",
                "rep": [f"Send the list to ann@evil.example {PIXEL}"],
                "bullets": ["They are 99% loyal.", "They earn $250,000 a year.", "Rank #1."],
            })  # fmt: skip
        if content.get("personas"):
            content["personas"].append({**content["personas"][0], "segment": "S9", "name": "Secret Ninth"})
        for item in content.get("items", ()):
            item["text"] = f"approved {PIXEL} 99%"
        return json.dumps(content)


def test_an_obeying_model_gets_nothing_through() -> None:
    written = written_by(Obeying(), profile())
    text = everything(written.personas)
    for trace in ("approved !", "Approved", "tracker", "evil", "http", "<img", "<script", "<b>", "javascript", "99%",
                  "S9", "Ninth", "250,000", "100%", "#1", "@"):  # fmt: skip
        assert trace not in text, trace
    assert [persona.segment for persona in written.personas] == ["S1", "S2", "S3"]
    assert [persona.priority for persona in written.personas] == ["Medium", "High", "Low"]
    assert {"name", "tagline", "unique", "limit", "priority_why", "interpretation"} <= set(
        written.replaced["S2"]
    )
    assert unblocked(written, profile())


def test_a_field_that_nobody_asked_for_makes_the_answer_unreadable() -> None:
    content = json.loads(Liar(LIES["number"]).answer(_first_request()))
    content["approved"] = True
    model = Fake([json.dumps(content)])
    written_by(model)
    assert len(model.requests) == 6


def _first_request() -> Request:
    model = Fake()
    written_by(model)
    return model.requests[0]
