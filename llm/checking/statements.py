"""The statements of a text, in the order of its clauses."""

from llm.checking import figures, relations
from llm.checking.binding import State
from llm.checking.frames import Frame, Scene
from llm.checking.items import ANCHORS
from llm.checking.reading import Reading


def statements(reading: Reading, scene: Scene) -> list[Frame]:
    """Every frame of the text; what no frame took up is left to llm.checking.lint."""
    found: list[Frame] = []
    if all(clause.kinds.isdisjoint(ANCHORS) for clause in reading.clauses):
        return found
    state = State(scene)
    for clause in reading.clauses:
        state.enter(clause)
        said = [*relations.frames_of(clause, state), *figures.frames_of(clause, state)]
        state.leave(clause, said)
        found += said if not clause.has("excepted") else [frame for frame in said if frame.about]
    return found
