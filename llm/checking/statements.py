"""The statements of a text, in the order of its clauses."""

from llm.checking import figures, relations
from llm.checking.binding import State
from llm.checking.frames import Frame, Scene
from llm.checking.items import ANCHORS
from llm.checking.reading import Clause, Reading


def statements(reading: Reading, scene: Scene) -> list[Frame]:
    """Every frame of the text; what no frame took up is left to llm.checking.lint."""
    found: list[Frame] = []
    if all(clause.kinds.isdisjoint(ANCHORS) for clause in reading.clauses):
        return found
    state = State(scene)
    for clause in reading.clauses:
        state.enter(clause)
        said = [*relations.frames_of(clause, state), *figures.frames_of(clause, state)]
        if clause.after is not None:
            state.leave(clause, said)
        if clause.question and _denied_next(clause):
            said = [frame for frame in said if frame.kind != "relation" or frame.grade == "superlative"]
        found += said if not clause.has("excepted") else [frame for frame in said if frame.about]
    return found


def _denied_next(clause: Clause) -> bool:
    """Whether a question is answered by no: "More calls than average? No." """
    after = clause.after
    return after is not None and after.items[0].kind in ("not", "far-not")
