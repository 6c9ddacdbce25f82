"""A second reading of a figure whose first one rests on a guess.

A name far from its figure, carried from another clause or read from a part of a label may be the wrong
one. Such a figure is held against everything its sentence names, and, where the sentence names no column at
all, against every value of the segments it is about; only what fits none of it is a finding.
"""

from collections.abc import Iterator
from dataclasses import replace

from llm.checking.binding import options
from llm.checking.frames import Against, Frame, Options, Scene
from llm.checking.items import SUBJECTS, Item
from llm.checking.reading import Clause
from llm.checking.truth import Subject
from llm.facts import ALL

_GUESSED = frozenset({"level", "gap", "times", "share"})


def sentence_of(clause: Clause) -> list[Item]:
    """All items of the clause's sentence, in order."""
    first = clause
    while first.before is not None and first.before.sentence == clause.sentence:
        first = first.before
    found: list[Item] = []
    at: Clause | None = first
    while at is not None and at.sentence == clause.sentence:
        found += at.items
        at = at.after
    return found


def readings(frame: Frame, scene: Scene) -> Iterator[Frame]:
    """Other frames the same words may stand for; none where the first reading is certain."""
    if frame.kind not in _GUESSED or _certain(frame, scene):
        return
    items = sentence_of(frame.clause)
    named = [i for i in items if i.kind in SUBJECTS and options(i, scene.truth)]
    choices = tuple(dict.fromkeys(s for i in named if i.strong for s in options(i, scene.truth)))
    choices = choices or tuple(dict.fromkeys(s for i in named for s in options(i, scene.truth)))
    about: Options = choices or (_every(scene) if frame.kind == "level" else ())
    told = tuple(dict.fromkeys(ref for i in items if i.kind == "segment-name" for ref, _ in i.refs))
    who = tuple(dict.fromkeys((scene.segment, *told, ALL)))
    if frame.kind == "level" and frame.clause.has("segment-name", "self") and not frame.clause.has("than"):
        who = frame.who
    for segment in who:
        for subject in about:
            made = replace(frame, about=((subject,),), who=(segment,), spare=(), echo=None)
            if frame.kind in ("gap", "times"):
                for other in (s for s in who if s != segment):
                    yield replace(made, against=Against((other,), said=True))
            else:
                yield made


def _certain(frame: Frame, scene: Scene) -> bool:
    """Whether one column stands under its own name in the figure's clause, next to it or alone there."""
    names = [i for i in frame.clause.items if i.kind in SUBJECTS and options(i, scene.truth)]
    strong = [i for i in names if i.strong and len(options(i, scene.truth)) == 1]
    mine = {s for choice in frame.about for s in choice}
    if mine and (frame.kind in ("times", "share") or any(s.kind in ("size", "total") for s in mine)):
        return True
    return any(mine & set(options(i, scene.truth)) for i in strong)


def _every(scene: Scene) -> Options:
    truth = scene.truth
    return (
        *(Subject("number", column) for column in truth.numbers),
        *(Subject("category", *key) for key in truth.shares),
    )
