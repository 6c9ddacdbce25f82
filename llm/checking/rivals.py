"""How many and which segments are ahead: "only S1 and S4 have more", "all but two have less", "the other three trail".

Such a sentence names all segments on one side of the one it speaks of, or counts them; it is held against
exactly those.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.model import Finding
from llm.checking.binding import State, who_of
from llm.checking.findings import each_of, objection, says
from llm.checking.frames import Against, Frame, Options, Scene
from llm.checking.items import SUBJECTS, Item
from llm.checking.reading import Clause
from llm.checking.truth import Subject

_ONLY = frozenset({"only", "just", "alone", "solely", "exclusively"})
_EXCEPT = frozenset(
    {"but", "except", "bar", "barring", "save", "excepting", "excluding", "exception", "apart", "aside"}
)
_ALL = frozenset({"all", "every", "everyone", "everybody", "each", "any"})
_SKIPPED = frozenset({"the", "that", "those", "our", "even", "way", "both"})


@dataclass(frozen=True)
class _Named:
    """The segments said to be ahead: these, or so many; `but`: all others except for these, or for so many."""

    segments: tuple[str, ...] = ()
    count: int = -1
    but: bool = False


def rivals(clause: Clause, at: int, item: Item, about: tuple[Options, ...], state: State) -> Frame | None:
    """The statement of who is on one side of the segment spoken of; None where the words tell no such thing."""
    sense = item.sense
    if sense is None or not about or clause.has("not", "far-not", "double"):
        return None
    before, after = [*_leading(clause), *clause.items[:at]], clause.items[at + 1 :]
    if [i.low for i in after] == ["all"] and clause.after is not None and clause.after.link == "but":
        after = [*after, *clause.after.items]
    if sense.grade == "superlative":
        found = _excepted([*before, *after])
        who = state.scene.segment
        return _frame(clause, item, about, found, who, state, sense.sign) if found is not None else None
    if sense.grade != "comparative" or any(i.kind in ("all", "mean") for i in after[:4]):
        return None
    passive = sense.verb and any(i.kind == "by" for i in after[:2])
    behind = [i for i in after[:7] if i.kind not in ("on", "of", "by", "than") and i.low not in _SKIPPED]
    found = _behind(behind, passive)
    if found is not None:
        spoken = who_of(clause, state)
        sign = sense.sign if passive else -sense.sign
        return _frame(clause, item, about, found, spoken[0], state, sign) if len(spoken) == 1 else None
    compared = [i for i in behind if i.kind == "segment-name"]
    told = next((n for n, i in enumerate(after) if i.kind == "be"), len(after))
    holders = _Named(_names(after[told:]))
    asked = (
        any(i.low in _ONLY for i in before)
        and any(i.kind == "segment" for i in before)
        and not _names(before)
    )
    if asked and holders.segments and not any(i.kind == "than" for i in after):
        return _frame(clause, item, about, holders, state.scene.segment, state, sense.sign)
    found = _before(before)
    if found is None or compared or any(i.kind in ("any", "rest", "another") for i in behind[:2]):
        return None
    return _frame(clause, item, about, found, state.scene.segment, state, sense.sign)


_LYING = frozenset({"falls", "fall", "falling", "somewhere", "midway", "halfway", "placed", "ranked", "in"})


def between(clause: Clause, at: int, about: tuple[Options, ...], state: State) -> Frame | None:
    """The statement that a value lies between those of two segments; None where the word says something else."""
    before = clause.items[at - 1] if at else None
    if before is not None and not (
        before.kind in ("be", "self", "slight", "glue") or before.low in _LYING or before.kind in SUBJECTS
    ):
        return None
    behind = [*clause.items[at + 1 :], *(i for part in _rest(clause) for i in part.items)]
    named = _names(behind)
    first = next((i for i in behind if i.low not in _SKIPPED and i.kind not in ("of", "on")), None)
    spoken = [i for i in clause.items[:at] if i.kind == "segment-name"]
    who = who_of(clause, state) if spoken else (state.scene.segment,)
    if (
        len(named) != 2
        or first is None
        or first.kind != "segment-name"
        or len(who) != 1
        or who[0] in named
        or not about
    ):
        return None
    return Frame("betwixt", clause.items[at], clause, about, who, Against(named, said=True))


def _rest(clause: Clause) -> list[Clause]:
    """The clauses behind in the sentence that compare nothing."""
    found: list[Clause] = []
    after = clause.after
    while (
        after is not None and after.sentence == clause.sentence and not after.has("relation", "place", "near")
    ):
        found.append(after)
        after = after.after
    return found


def judge_between(frame: Frame, scene: Scene, where: str) -> Finding | None:
    return each_of(frame, _between_of, scene, where)


def _between_of(frame: Frame, scene: Scene, where: str, segment: str, subject: Subject) -> Finding | None:
    truth = scene.truth
    own = truth.value(segment, subject)
    ends = [truth.value(s, subject) for s in frame.against.segments]
    known = sorted(end for end in ends if end is not None)
    if own is None or len(known) < 2 or known[0] <= own <= known[1]:
        return None
    message = (
        f"Expected {says(truth, subject)} of {segment} ({truth.shown(segment, subject)}) to lie between those of "
        f"{' and '.join(frame.against.segments)}; correct whom it lies between."
    )
    return objection(where, frame, "comparison", "block", message, truth.fact(segment, subject))


def _frame(
    clause: Clause, item: Item, about: tuple[Options, ...], named: _Named, who: str, state: State, sign: int
) -> Frame | None:
    if who in named.segments or who not in state.scene.truth.segments:
        return None
    return Frame(
        "rivals", item, clause, about, (who,), Against(named.segments, said=True), sign=sign, place=named.count,
        negated=named.but,
    )  # fmt: skip


def _leading(clause: Clause) -> list[Item]:
    """What stands before the clause in its sentence, as far as nothing is compared there."""
    found: list[Item] = []
    before = clause.before
    while (
        before is not None
        and before.sentence == clause.sentence
        and not before.has("relation", "place", "near")
    ):
        found = [*before.items, *found]
        before = before.before
    return found


def _names(items: Sequence[Item]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref for i in items if i.kind == "segment-name" for ref, _ in i.refs))


def _counted(items: Sequence[Item]) -> int:
    """How many segments: "two segments", "the other three", "one"; -1 where no figure counts them."""
    for at, item in enumerate(items):
        number = item.number
        if (
            number is None
            or number.unit
            or number.value != int(number.value)
            or not (number.words or number.value < 10)
        ):
            continue
        after = items[at + 1] if at + 1 < len(items) else None
        led = at > 0 and items[at - 1].low in ("other", "but", "remaining")
        if led or (
            after is not None and (after.kind in ("segment", "rest") or after.low in ("other", "others"))
        ):
            return int(number.value)
    return -1


def _excepted(items: Sequence[Item]) -> _Named | None:
    """Who alone is before a first place: "with the exception of S1, the highest", "the highest after S1"."""
    for at, item in enumerate(items[:-1]):
        if item.low in _EXCEPT or (item.low == "after" and not any(i.kind == "place" for i in items)):
            behind = [
                i for i in items[at + 1 : at + 5] if i.kind not in ("on", "of") and i.low not in _SKIPPED
            ]
            names = _names(behind)
            if names and behind[0].kind == "segment-name":
                return _Named(names)
    return None


def _behind(items: Sequence[Item], passive: bool) -> _Named | None:
    """Whom alone the segment is ahead of, or who is ahead of it: "ahead only of S4", "outranked by two segments"."""
    if not items:
        return None
    if items[0].low == "just one":
        return _Named(count=1)
    only = items[0].low in _ONLY
    if only or items[0].low in ("every", "each") or items[0].kind in ("any", "each"):
        names, count = _names(items[:4]), _counted(items[1:4])
        excepted = any(i.low in _EXCEPT for i in items[:3])
        if (only or excepted) and (names or count >= 0):
            return _Named(names, -1 if names else count, excepted and not only)
        return None
    count = _counted(items[:2]) if passive and items[0].number is not None else -1
    return _Named(count=count) if count >= 0 else None


def _before(items: Sequence[Item]) -> _Named | None:
    """Who is ahead, or behind: "only S1 and S4", "all but two segments", "the other three", "nobody except S1"."""
    spots = [
        at for at, i in enumerate(items) if i.low in _EXCEPT or i.low.split()[-1] in ("but", "except", "bar")
    ]
    wide = any(
        i.kind in ("any", "each", "all")
        and i.low.split()[0] in _ALL
        and not (at and items[at - 1].low in ("of", "among"))
        for at, i in enumerate(items)
    )
    nobody = any(i.kind == "none" or (i.kind == "only" and " " in i.low) for i in items)
    count, names = _counted(items), _names(items)
    if spots and (wide or nobody):
        names, count = _names(items[spots[0] :]), _counted(items[spots[0] :])
        bare = items[spots[0] + 1 : spots[0] + 2]
        count = int(bare[0].number.value) if bare and bare[0].number is not None else count
        return _Named(names, -1 if names else count, not nobody) if names or count > 0 else None
    others = any(i.kind == "rest" or i.low in ("other", "others", "remaining") for i in items)
    if any(i.low in ("included", "including") for i in items) and (wide or others):
        return _Named(but=True, count=0)
    if others and (count > 0 or any(i.low == "both" for i in items)):
        return _Named(count=count if count > 0 else 2, but=False, segments=("",))
    if others and names and any(i.kind == "each" for i in items):
        return _Named(but=True, count=0)
    if nobody or wide:
        return None
    if any(i.low in _ONLY for i in items) and (names or count > 0):
        return _Named(names, -1 if names else count)
    least = any(i.kind == "hedge" for i in items)
    first = next((i for i in items if i.kind not in ("word", "but", "and")), None)
    return (
        _Named(count=count)
        if count > 0 and not names and not least and first is not None and first.number
        else None
    )


def judge_rivals(frame: Frame, scene: Scene, where: str) -> Finding | None:
    return each_of(frame, _rivals_of, scene, where)


def _rivals_of(frame: Frame, scene: Scene, where: str, segment: str, subject: Subject) -> Finding | None:
    truth = scene.truth
    own = truth.value(segment, subject)
    if own is None:
        return None
    others = truth.others(segment, subject)
    level = {s for s in others if truth.same(s, segment, subject)}
    ahead = {s for s in others if frame.sign * ((truth.value(s, subject) or 0.0) - own) > 0} - level
    if frame.against.segments == ("",):
        fits = len(ahead) == len(others) == frame.place
    elif frame.place >= 0:
        count = len(others) - frame.place if frame.negated else frame.place
        fits = len(ahead) <= count <= len(ahead) + len(level)
    else:
        named = {*frame.against.segments}
        named = {*others} - named if frame.negated else named
        fits = ahead <= named <= ahead | level
    if fits:
        return None
    told = ", ".join(sorted(ahead)) or "no segment"
    message = (
        f"Expected {told} to be {'above' if frame.sign > 0 else 'below'} {segment} in {says(truth, subject)}; "
        "correct who or how many."
    )
    return objection(where, frame, "rank", "block", message, truth.fact(segment, subject))
