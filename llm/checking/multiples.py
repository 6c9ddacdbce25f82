"""Other readings of parts and multiples: a part of a level ("two fifths of it"), a multiple of a median.

"A third" is a part of the accounts, a category's share, or a third of somebody's value; which of them is told
by what stands around it, and often in another clause. A part or multiple that does not hold as first read is
held against the ratios between those whom the sentence speaks of.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from llm.checking.binding import options
from llm.checking.frames import Against, Frame, Options, Scene
from llm.checking.items import SUBJECTS, Item
from llm.checking.numerals import Number
from llm.checking.senses import Sense
from llm.checking.truth import Subject
from llm.facts import ALL

_EXACT = (0.1, 0.2, 0.25, 1 / 3, 0.4, 0.5, 0.6, 2 / 3, 0.75, 0.8, 2.0, 3.0, 4.0)
"""The parts and multiples that words stand for."""
_CLOSE = (
    "nearly",
    "almost",
    "just under",
    "close to",
    "not quite",
    "approaching",
    "just short of",
    "a little under",
)
"""Words that leave little room below the figure; "less than" leaves more."""


def hedged(low: float, high: float, hedge: Sense | None, word: str) -> tuple[float, float]:
    """The bounds of a part or a multiple with the word before it: "more than twice", "less than a third"."""
    if hedge is None or not hedge.sign:
        return low, high
    exact = next((value for value in _EXACT if low <= value <= high), (low + high) / 2)
    if hedge.sign > 0:
        return exact, max(exact + 1, 1.25 * exact) if exact >= 1 else min(1.0, 1.5 * exact)
    return exact * (0.85 if word.startswith(_CLOSE) else 0.6), exact


def multiples(
    frame: Frame, scene: Scene, sentence: Sequence[Item], about: Sequence[tuple[Options, ...]]
) -> Iterator[Frame]:
    """The ratios that the part or the multiple may stand for. `about`: the columns that it may be of."""
    bounds = _bounds(frame)
    level = bounds is not None and _of_a_level(frame, sentence)
    if bounds is None or not (level or _of_somebody(frame)):
        return
    certain = frame.kind == "times" and frame.against.said and frame.against.segments != frame.who
    named = list(dict.fromkeys(_named(sentence)))
    items = frame.clause.items
    bare = items[-1] is frame.item and not any(i.kind in ("segment-name", "self") for i in items[:1])
    owners = [*dict.fromkeys((*frame.who, *(() if certain else (scene.segment, *(named if bare else ())))))]
    if not level:
        behind = {*_named(items[items.index(frame.item) :])} - {scene.segment}
        owners = [segment for segment in owners if segment not in behind]
    others = frame.against.segments if certain else dict.fromkeys((*named, scene.segment, ALL))
    statistics = ("", "median") if any(item.kind == "median" for item in sentence) else ("",)
    for subject in _subjects(frame, scene, sentence, about):
        if not level and scene.truth.unit(subject) in ("fraction", "points"):
            continue
        for statistic in statistics:
            for who in owners:
                for other in others:
                    if who != other or statistic:
                        yield replace(
                            frame, kind="times", about=((subject,),), who=(who,), number=None, low=bounds[0],
                            against=Against((other,), said=True), high=bounds[1], statistic=statistic, negated=False,
                        )  # fmt: skip


def _bounds(frame: Frame) -> tuple[float, float] | None:
    """The ratio said, as its lower and upper bound; None where none is."""
    number = frame.number
    if (
        number is not None
        and frame.kind in ("level", "times")
        and (number.unit in ("%", "times") or number.parts)
    ):
        scale = 1.0 if number.unit == "times" else 0.01
        reach = max(number.half if number.unit == "times" or not number.parts else 0.0, 0.05 * number.value)
        low, high = scale * (number.value - reach), scale * (number.value + reach)
        word = frame.clause.items[max(0, frame.clause.items.index(frame.item) - 1)].low
        return hedged(low, high, frame.hedge, word)
    return (frame.low, frame.high) if frame.kind in ("share", "times") and frame.high else None


def _of_a_level(frame: Frame, sentence: Sequence[Item]) -> bool:
    """Whether the part may be one of a value: "a third of what S2 pay", "half as large", "S1 a fifth"."""
    items = frame.clause.items
    behind = items[items.index(frame.item) + 1 :][:6]
    if frame.kind == "times":
        return True
    sense = frame.item.sense
    if sense is not None and sense.high == 1.0 and "half" not in frame.item.low:
        return False
    if behind and behind[0].low.split()[0] == "as":
        return True
    if frame.item.low.endswith(" of") or (behind and behind[0].kind == "of"):
        first = [i for i in behind if i.kind != "of" and i.low not in ("the", "a", "an", "our")]
        return bool(first) and (
            first[0].kind in ("mean", "median", "number")
            or (first[0].kind == "all" and first[0].low.split()[-1] in ("average", "mean", "norm"))
            or first[0].low in ("that", "what", "those", "it", "theirs")
            or (first[0].kind == "segment-name" and first[0].owns)
        )
    if len(behind) > 1 and behind[0].low == "the" and behind[1].kind in ("mean", "median"):
        return True
    bare = frame.kind == "share" and not behind
    return bare and any(i.kind == "segment-name" or i.number is not None for i in sentence)


def _of_somebody(frame: Frame) -> bool:
    """Whether a percentage is one of somebody's own value, as it can be where that is no share itself: "52% of S1",
    "31% of the claims that S1 files", "66% as many calls as S1"."""
    items = frame.clause.items
    behind = items[items.index(frame.item) + 1 :][:12]
    if frame.kind != "level" or frame.number is None or frame.number.unit != "%" or not behind:
        return False
    led = behind[0].kind == "of" or behind[0].low.split()[0] == "as"
    return led and any(
        i.kind in ("segment-name", "self", "rest") or (i.kind in ("mean", "all") and n > 1)
        for n, i in enumerate(behind)
    )


def _named(sentence: Sequence[Item]) -> Iterator[str]:
    for item in sentence:
        if item.kind == "segment-name":
            yield from (ref for ref, _ in item.refs)


def _subjects(
    frame: Frame, scene: Scene, sentence: Sequence[Item], about: Sequence[tuple[Options, ...]]
) -> Options:
    """The columns the ratio may be of: those of the clause, else of the sentence, else any."""
    for items in (frame.clause.items, sentence):
        found = [
            s for i in items if i.kind in SUBJECTS for s in options(i, scene.truth) if s.kind == "number"
        ]
        if found and frame.kind != "times":
            return tuple(dict.fromkeys(found))
    return tuple(
        dict.fromkeys(s for columns in about for choice in columns for s in choice if s.kind != "size")
    )


def plainly(
    frame: Frame, scene: Scene, about: Sequence[tuple[Options, ...]], sentence: Sequence[Item]
) -> Iterator[Frame]:
    """Levels in other words: "logs on twice", "33 times on average", "half of them keep more than $8,530"."""
    number = None
    at = frame.clause.items.index(frame.item)
    if (
        frame.kind == "gap"
        and at
        and (frame.clause.items[at - 1].low == "with" or frame.sign == 0)
        and frame.figure.unit != "points"
    ):
        yield replace(frame, kind="level", sign=0)
    if frame.kind == "times" and not frame.against.said:
        number = frame.number or _COUNTED.get(frame.item.low)
    if number is not None:
        named = [s for columns in about for choice in columns for s in choice] or [*every(scene)]
        for subject in (s for s in named if scene.truth.unit(s) == "count"):
            yield replace(frame, kind="level", number=replace(number, unit=""), about=((subject,),))
    if frame.kind in ("share", "times") and frame.item.low in _HALVES and not _as_large(frame):
        for item in sentence:
            if item.number is not None and (item.number.value > 2 or not item.number.words):
                named = [s for i in sentence if i.kind in SUBJECTS for s in options(i, scene.truth)]
                for subject in named or every(scene):
                    yield replace(
                        frame, kind="level", number=item.number, statistic="median", about=((subject,),),
                        hedge=None, negated=False,
                    )  # fmt: skip
    if frame.kind == "times" and frame.item.sense is not None and frame.item.low.endswith("of"):
        for columns in about:
            yield replace(frame, kind="share", about=columns, against=Against())


_HALVES = frozenset({"half", "half of", "one half", "about half", "roughly half"})
"""What, of the accounts, lies on either side of a median."""
_COUNTED = {
    word: Number(word, value, 0.5, "", 0, 0, True) for word, value in (("twice", 2.0), ("thrice", 3.0))
}


def _as_large(frame: Frame) -> bool:
    """Whether the part says how much of another's value: "half as many"."""
    at = frame.clause.items.index(frame.item)
    return any(i.low.split()[0] == "as" for i in frame.clause.items[at + 1 : at + 2])


def every(scene: Scene) -> Options:
    truth = scene.truth
    return (
        *(Subject("number", column) for column in truth.numbers),
        *(Subject("category", *key) for key in truth.shares),
    )
