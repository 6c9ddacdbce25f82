"""A model that answers truthfully but for what a test edits, and a draft by it."""

import json
from collections.abc import Callable
from typing import Any

from engine.model import Brief
from llm.facts import facts
from llm.fake import Fake, answer
from llm.model import Request, Settings
from llm.write import Written, draft
from tests.llm.profiles import prescribers
from tests.llm.small import profile

PROFILE = profile()
FACTS = facts(PROFILE)
FOUR = prescribers()
BRIEF = Brief("pharma", "Zeltra")
LIE = "They are growing every year."

Edit = Callable[[dict[str, Any]], object]


class Edited(Fake):
    """Answers truthfully, then edits the answers: `edits` in order, by the number of the request."""

    def __init__(self, *edits: Edit | None, always: Edit | None = None) -> None:
        super().__init__()
        self.edits = edits
        self.always = always

    def answer(self, request: Request) -> str:
        content = json.loads(answer(request))
        at = len(self.requests) - 1
        edit = (self.edits[at] if at < len(self.edits) else None) or self.always
        if edit:
            edit(content)
        return json.dumps(content)


def of_segment(segment: str, **fields: object) -> Edit:
    """Put these fields into the segment's persona, where the answer has it."""

    def edit(content: dict[str, Any]) -> None:
        for persona in content.get("personas", ()):
            if persona["segment"] == segment:
                persona.update({key: value for key, value in fields.items() if key in persona})

    return edit


def item(where: str, text: str) -> Edit:
    """Put this text into the mended item of that place."""

    def edit(content: dict[str, Any]) -> None:
        for entry in content.get("items", ()):
            if entry["where"] == where:
                entry["text"] = text

    return edit


def both(*edits: Edit) -> Edit:
    def edit(content: dict[str, Any]) -> None:
        for one in edits:
            one(content)

    return edit


def write(model: Fake, subject: Any = PROFILE, settings: Settings | None = None, **more: Any) -> Written:
    return draft(subject, facts(subject), BRIEF, model, settings or Settings(), sleep=lambda _: None, **more)


def asked(model: Fake) -> list[dict[str, Any]]:
    return [json.loads(request.prompt) for request in model.requests]


def tasks(model: Fake) -> list[tuple[str, list[str]]]:
    return [(data["task"], data["write_for"]) for data in asked(model)]
