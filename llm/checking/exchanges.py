"""Ratios told by two figures: "for every ten claims of S1 there are six of theirs", "two visits to their one".

The figures stand in the order of those they are of, so that the first over the second is the ratio of the first
party's value to the second's, whichever of the two the sentence counts out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from llm.checking.counting import counts_out
from llm.checking.frames import Against, Frame, Scene
from llm.checking.items import Item
from llm.checking.thresholds import TIMES
from llm.checking.truth import Subject
from llm.facts import ALL

_PARTIES = frozenset({"segment-name", "self", "all", "rest"})
_ROUND = frozenset({1.0, 2.0, 3.0, 4.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1000.0})
"""What is counted out: "for every five of theirs"."""
_ONE = frozenset({"one", "a", "single", "each", "every", "every one of", "every single", "dollar"})


def exchanged(
    frame: Frame, scene: Scene, sentence: Sequence[Item], columns: Sequence[Subject]
) -> Iterator[Frame]:
    """The ratio that the figure gives with the other one of the sentence, once a column."""
    parties = [*dict.fromkeys(_parties(sentence, scene))]
    marked = _marked(sentence)
    if len(parties) != 2 or marked is None:
        return
    told = [*_counted(sentence, marked)]
    if len(told) != 2 or not told[0][0] or not told[1][0]:
        return
    (first, near), (second, close) = told
    ratio, reach = first / second, min(near / first + close / second, 2.5 * TIMES)
    segment, other = parties
    for subject in columns:
        yield replace(
            frame, kind="times", about=((subject,),), who=(segment,), against=Against((other,), said=True),
            number=None, low=ratio * (1 - reach), high=ratio * (1 + reach), statistic="", negated=False,
        )  # fmt: skip


def _parties(sentence: Sequence[Item], scene: Scene) -> Iterator[str]:
    """Whom the sentence speaks of, in order."""
    for at, item in enumerate(sentence):
        if item.kind == "segment-name":
            yield item.refs[0][0]
        elif item.kind == "self":
            yield scene.segment
        elif item.kind in ("all", "rest") or (
            item.kind == "mean" and at + 1 < len(sentence) and sentence[at + 1].kind == "people"
        ):
            yield ALL


def _marked(sentence: Sequence[Item]) -> int | None:
    """The place from which something is counted out, None where nothing is: "for every", "where S1 write ten"."""
    place = counts_out(sentence)
    first = sentence[0].low if sentence else ""
    if not place and (first in _LEADING or any(item.low == "against" for item in sentence[1:])):
        return 0
    return place or None


_LEADING = frozenset({"where", "when", "each", "every"})


def _counted(sentence: Sequence[Item], marked: int) -> Iterator[tuple[float, float]]:
    """The two figures with their reach; what is counted out is exact, and one where no figure says how many."""
    found = [
        (at, item.number)
        for at, item in enumerate(sentence)
        if item.number is not None and item.number.unit in ("", "$") and item.number.value > 0
    ]
    one = next((at for at, item in enumerate(sentence) if at >= marked and item.low in _ONE), None)
    if len(found) == 1 and one is not None:
        at, number = found[0]
        cents = any(item.low in ("cents", "cent") for item in sentence[at : at + 2])
        value, half = (number.value / 100, number.half / 100) if cents else (number.value, number.half)
        told = (value, min(half, TIMES * value))
        yield from (((1.0, 0.0), told) if one < at else (told, (1.0, 0.0)))
        return
    if len(found) != 2:
        return
    behind = next((n for n, (at, _) in enumerate(found) if at >= marked), 0)
    if found[behind][1].value not in _ROUND:
        return
    small = found[behind][1].value < 10
    for n, (_, number) in enumerate(found):
        exact = n == behind
        yield number.value, 0.0 if exact else min(number.half, (TIMES if small else 1.0) * number.value)
