"""Reading one's own sentences back: the writer uses none that the checker would object to."""

from collections.abc import Sequence

from engine.model import Fact, Profile
from llm import check as checker
from llm.drafts import REFERENCE


class Proof:
    """Says whether a text holds for a segment, each asked for once."""

    def __init__(self, profile: Profile, facts: Sequence[Fact]) -> None:
        self.profile = profile
        self.facts = facts
        self.texts = {fact.id: fact.text for fact in facts}
        self.known: dict[tuple[str, str, str], bool] = {}

    def holds(self, text: str, segment: str, zone: checker.Zone) -> bool:
        """Whether the checker finds nothing in the text, its references written out."""
        written = REFERENCE.sub(lambda found: self.texts[found.group(1)], text)
        key = (written, segment, zone)
        if key not in self.known:
            line = checker.Line("", segment, zone, written)
            self.known[key] = checker.check_lines((line,), self.profile, self.facts)[0].verdict == "ok"
        return self.known[key]

    def names_well(self, segment: str, name: str) -> bool:
        """Whether the checker finds nothing in a persona's name."""
        line = checker.Line(name, segment, "name", name)
        return checker.check_lines((line,), self.profile, self.facts)[0].verdict == "ok"

    def length(self, text: str) -> int:
        """How many characters the text has with its references written out."""
        return len(REFERENCE.sub(lambda found: self.texts[found.group(1)], text))
