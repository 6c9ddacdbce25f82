"""Words of change or of attributes that only help to say a fact: "visited recently", "earns them second place"."""

from llm.checking.binding import options
from llm.checking.frames import Scene
from llm.checking.implied import lately
from llm.checking.items import SUBJECTS, Item
from llm.checking.reading import Reading
from llm.checking.tokens import word_set

_MEETS = word_set("""
    visited visit ordered order bought purchased called seen met contacted touch signed logged in booked donated given
    came come been
    """)


def last_seen(reading: Reading, place: int, scene: Scene) -> bool:
    """Whether "recently" says when they were last here, of a segment whose last time is nearer than most, and
    nothing of what else they did: "they visited recently", not "they recently raised their spend"."""
    clause = next((c for c in reading.clauses if c.items[0].start <= place < c.items[-1].end), None)
    if clause is None or not lately(scene):
        return False
    named = [
        subject for item in clause.items if item.kind in SUBJECTS for subject in options(item, scene.truth)
    ]
    met = any(item.kind not in SUBJECTS and set(item.low.split()) & _MEETS for item in clause.items)
    return (
        (met or bool(named))
        and all(scene.truth.unit(subject) in ("days", "months") for subject in named)
        and not (set(reading.text.lower().split()) & _TURNS)
    )


_TURNS = word_set("""
    cut reduced raised lowered lost gained took switched dropped increased decreased changed moved stopped started began
    """)


_GETS = frozenset({"earn", "earns", "earned", "earning"})
_BILLED = frozenset({"budget", "budgets", "savings", "debt", "debts"})
_BORNE_OUT = {
    "travel": word_set("""
        fare fares flight flights sailing sailings crossing crossings trip trips journey journeys route routes airline
        hotel hotels voyage voyages miles bookings stays nights airport cruise cruises passenger passengers
        """),
}  # fmt: skip
"""Attributes by the beginning of their words, with the words of columns that speak of nothing else."""


def in_passing(word: str, before: Item | None, after: Item | None, scene: Scene) -> bool:
    """Whether a word for an attribute only helps to say a fact: "access earns them second place", "imaging
    budgets" of a column of money, "two decades younger" beside a column of age or time, "frequent travellers"
    of a column of flights."""
    if word in _GETS:
        return after is not None and (
            after.low in ("them", "it", "us") or after.kind in ("self", "place", "segment-name")
        )
    if word in ("decade", "decades"):
        return before is not None and before.kind == "number" and _tells_time(scene)
    if word == "lives":
        return after is not None and after.low == "here"
    for beginning, columns in _BORNE_OUT.items():
        if word.startswith(beginning):
            return not columns.isdisjoint(scene.names.known)
    return (
        word in _BILLED
        and before is not None
        and before.strong
        and any(scene.truth.unit(subject) == "currency" for subject in options(before, scene.truth))
    )


def _tells_time(scene: Scene) -> bool:
    """Whether a column holds ages or spans of time."""
    units = {entry.unit for entry in scene.truth.profile.dictionary.values()}
    return bool(units & {"days", "months"}) or "age" in scene.names.parts
