"""What a figure may be of a comparison: the last reading of figures in sentences that set two values side by side.

"Lower by 11 points, which is about 22%", "a fifth above the base", "the lead is 10": there are more ways to give a
difference than any grammar lists. In a sentence that compares, a figure that no reading takes up is held
against the differences, in the column's unit and relative, between those whom the sentence speaks of. The side
is kept: where the sentence says more or less, a difference on the other side does not do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from llm.checking.binding import options
from llm.checking.exchanges import exchanged
from llm.checking.frames import Against, Frame, Scene
from llm.checking.implied import for_each_one, measured_by
from llm.checking.items import SUBJECTS, Item
from llm.checking.multiples import every
from llm.checking.numerals import Number
from llm.checking.thresholds import TIMES
from llm.checking.tokens import word_set
from llm.checking.truth import Subject
from llm.facts import ALL

_UNITS = frozenset({"", "$", "%", "points", "days", "months", "years", "hours", "minutes"})
_SETS_BESIDE = frozenset({"gap", "than", "times"})
_PARTS = word_set("""
    separate separates separating separated divide divides dividing divided part parts between apart difference gap
    gulf distance lie lies
    """)
"""Words that set two sides apart: a figure behind them may be what lies between them."""
_NEIGHBOUR = frozenset({"next", "closest", "nearest", "runner-up", "second", "rival", "follower", "another"})


def derived(frame: Frame, scene: Scene, sentence: Sequence[Item]) -> Iterator[Frame]:
    """The differences that the figure may stand for; none in a sentence that compares nothing."""
    if frame.number is not None and frame.number.unit in ("", "$"):
        yield from exchanged(frame, scene, sentence, _columns(frame, scene, sentence))
    yield from _worth(frame, scene, sentence)
    yield from _indexed(frame, scene, sentence)
    number = _figure(frame)
    signs = {frame.sign} if frame.kind == "gap" and frame.sign else _sides(sentence)
    compares = (
        signs
        or frame.kind == "gap"
        or any((item.kind in _SETS_BESIDE and item.low != "as") or item.low in _PARTS for item in sentence)
    )
    if number is None or not compares or len(signs) > 1:
        return
    sign = next(iter(signs), 0)
    named = tuple(_named(sentence))
    everybody = (ALL,) if not {*named} - {scene.segment} or _everybody(sentence) else ()
    for subject in _columns(frame, scene, sentence):
        others = dict.fromkeys((*named, scene.segment, *everybody, *_next_to(sentence, subject, scene)))
        for segment in _spoken_of(frame, sentence, scene) if sign else others:
            for other in others:
                if other != segment:
                    yield replace(
                        frame, kind="gap", number=number, about=((subject,),), who=(segment,), sign=sign, polar=False,
                        against=Against((other,), said=True), echo=None, spare=(), statistic="", negated=False,
                    )  # fmt: skip


def _everybody(sentence: Sequence[Item]) -> bool:
    """Whether the sentence speaks of all accounts or the average one."""
    return any(item.kind in ("all", "rest", "mean", "any", "none") for item in sentence)


def _worth(frame: Frame, scene: Scene, sentence: Sequence[Item]) -> Iterator[Frame]:
    """The ratios of "worth as much as 22 Light Writers"."""
    number = frame.number
    if number is None or number.unit or number.value < 2:
        return
    after = next(
        (two for one, two in pairwise(sentence) if one is frame.item and two.kind == "segment-name"), None
    )
    if after is None:
        return
    other = after.refs[0][0]
    told = [ref for ref in _named(sentence) if ref != other]
    for subject in _columns(frame, scene, sentence):
        yield replace(
            frame, kind="times", about=((subject,),), who=(told[0] if told else scene.segment,), statistic="",
            number=replace(number, unit="times", half=min(number.half, TIMES * number.value)),
            against=Against((other,), said=True),
        )  # fmt: skip


def _indexed(frame: Frame, scene: Scene, sentence: Sequence[Item]) -> Iterator[Frame]:
    """The index figures of a sentence that speaks of an index anywhere: "indexed to the average, calls come to 85"."""
    number = frame.number
    if frame.kind != "level" or number is None or number.unit or number.value < 2:
        return
    if any(item.low.startswith("index") and item.kind not in SUBJECTS for item in sentence):
        for subject in _columns(frame, scene, sentence):
            yield replace(frame, kind="index figure", about=((subject,),), who=(scene.segment,))


def _figure(frame: Frame) -> Number | None:
    """The figure as a difference; a part ("a fifth") is one in per cent."""
    number = frame.number
    if number is not None:
        if frame.kind not in ("level", "gap", "share") or number.unit not in _UNITS:
            return None
        return replace(number, unit="%", half=0.05 * number.value) if number.parts else number
    if frame.kind != "share" or not 0.0 < frame.low < frame.high < 1.0 or frame.item.low.endswith(" of"):
        return None
    middle, half = 50 * (frame.low + frame.high), 50 * (frame.high - frame.low)
    return Number(frame.item.low, middle, half, "%", *frame.span, words=True, parts=True)


def _sides(sentence: Sequence[Item]) -> set[int]:
    """The sides that the sentence speaks of: +1 more, -1 less."""
    graded = (
        item.sense.sign if item.kind == "relation" else 1 if item.kind == "over" else -1
        for item in sentence
        if item.sense is not None and (item.sense.grade == "comparative" or item.kind in ("over", "under"))
    )
    words = {word for item in sentence if item.kind not in SUBJECTS for word in item.low.split()}
    return {*graded, *((1,) if words & _AHEAD else ()), *((-1,) if words & _BEHIND else ())}


_AHEAD = word_set("lead leads edge gain gains advantage surplus premium plus up ahead clear excess")
_BEHIND = word_set("deficit shortfall minus down behind lag lags short forgo forgoes lose loses")


def _columns(frame: Frame, scene: Scene, sentence: Sequence[Item]) -> tuple[Subject, ...]:
    each = for_each_one(frame, scene, sentence)
    if each:
        return each
    named = [s for i in sentence if i.kind in SUBJECTS and i.strong for s in options(i, scene.truth)]
    found = tuple(dict.fromkeys((*named, *(s for choice in frame.about for s in choice if s.kind != "size"))))
    if not found and frame.number is not None:
        if frame.number.unit in ("days", "months"):
            return tuple(s for s in every(scene) if scene.truth.unit(s) in ("days", "months"))
        if frame.number.unit == "$":
            return tuple(s for s in every(scene) if scene.truth.unit(s) == "currency")
        return measured_by(scene, sentence)
    return found


def _spoken_of(frame: Frame, sentence: Sequence[Item], scene: Scene) -> tuple[str, ...]:
    """Whose difference it is where the side is said: the one the sentence speaks of, or whose the first reading found."""
    first = tuple(_first(sentence, scene))
    return tuple(dict.fromkeys((*frame.who, *first))) if frame.kind == "gap" else first


def _first(sentence: Sequence[Item], scene: Scene) -> Iterator[str]:
    """Whom the sentence speaks of: the segment it begins with, else the one it stands under."""
    named = next((i for i in sentence if i.kind in ("segment-name", "self", "all", "rest")), None)
    at = sentence.index(named) if named is not None else 0
    leads = (
        named is not None
        and named.kind == "segment-name"
        and all(i.kind in ("on", "but", "word") for i in sentence[:at])
    )
    yield from (ref for ref, _ in named.refs) if leads and named is not None else (scene.segment,)


def _named(sentence: Sequence[Item]) -> Iterator[str]:
    for item in sentence:
        if item.kind == "segment-name":
            yield from (ref for ref, _ in item.refs)


def _next_to(sentence: Sequence[Item], subject: Subject, scene: Scene) -> Iterator[str]:
    """The segments before and behind this one, where the sentence speaks of the next."""
    if not any(item.low.partition("-")[0].partition(" ")[0] in _NEIGHBOUR for item in sentence):
        return
    order = [segment for segment, _ in scene.truth.order(subject, 1)]
    if scene.segment in order:
        at = order.index(scene.segment)
        yield from (*order[max(0, at - 1) : at], *order[at + 1 : at + 2])
