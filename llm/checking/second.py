"""A second reading of a statement whose first one rests on a guess.

A name far from its figure, carried from another clause or read from a part of a label may be the wrong
one; so may a segment, where the sentence speaks of several. Such a statement is
held against everything its sentence names, and a figure of a sentence that names no column against every value
of the segments it is about. What a figure is a fact of is named by it ("quietest on support, 2.2 cases each").
Only what fits none of this is a finding.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from llm.checking.binding import options
from llm.checking.columns import TIME
from llm.checking.derived import derived
from llm.checking.frames import OF_SIZE, Frame, Options, Scene
from llm.checking.implied import measured_by
from llm.checking.items import SUBJECTS, Item
from llm.checking.multiples import every, multiples, plainly
from llm.checking.numerals import Number
from llm.checking.parties import USUAL, others_of, owners_of
from llm.checking.qualifying import neighbour
from llm.checking.reading import Clause, sentence_of
from llm.checking.tokens import root
from llm.checking.truth import PART, Subject
from llm.checking.values import is_value
from llm.facts import ALL

_FIGURES = frozenset({"level", "gap", "times", "share", "range"})
_WORDS = frozenset({"relation", "near", "place"})


def readings(frame: Frame, scene: Scene) -> Iterator[Frame]:
    """Other frames the same words may stand for; none where the first reading is certain."""
    if frame.kind not in _FIGURES and frame.kind not in _WORDS:
        return
    clauses = sentence_of(frame.clause)
    sentence = [item for clause in clauses for item in clause.items]
    items = _stretch(clauses, frame.clause)
    about = _columns(frame, scene, items, sentence)
    who = owners_of(frame, scene, sentence if frame.clause.has("any") else items)
    if frame.kind == "level" and _compared_to(frame) and not frame.clause.has("rest", "any"):
        who = [*dict.fromkeys((*who, frame.against.segments if frame.against.said else (ALL,)))]
    for segments in who:
        for columns in about:
            if frame.kind == "gap" and not columns:
                continue
            for against in others_of(frame, sentence, segments, scene):
                made = replace(frame, about=columns, who=segments, against=against)
                if segments != frame.who and any(
                    (i.kind == "all" and i.low in ("mean", "average")) or i.low in USUAL
                    for i in frame.clause.items
                ):
                    made = replace(made, statistic="mean")
                yield replace(made, spare=(), echo=None) if frame.kind in _FIGURES else made
                if _denied_afar(frame.clause):
                    yield replace(made, negated=not frame.negated)
    yield from plainly(frame, scene, about, sentence)
    yield from multiples(frame, scene, sentence, about)
    yield from derived(frame, scene, sentence)
    if frame.kind == "level" and any(s.column == PART for choice in frame.about for s in choice):
        for subject in (
            s for i in _named(sentence, scene) if i.kind == "category" for s in options(i, scene.truth)
        ):
            yield replace(
                frame, about=((subject,),), who=(ALL,) if any(i.kind == "all" for i in items) else frame.who
            )


def _denied_afar(clause: Clause) -> bool:
    """Whether "neither" and its like deny the clause, from before a bracket too: "Neither S1 (8) nor S2 (4) are near"."""
    before = clause
    while before.link == ")" and before.before is not None:
        before = before.before
        if before.has("far-not"):
            return True
    return clause.has("far-not")


def _topic(clause: Clause, scene: Scene) -> list[Item]:
    """What a question before the sentence names, which its answer speaks of: "Antibiotics? Nine claims"."""
    before = clause.before
    while before is not None and before.sentence == clause.sentence:
        before = before.before
    return _named(before.items, scene) if before is not None and before.question else []


def _stretch(clauses: list[Clause], clause: Clause) -> list[Item]:
    """The items between the semicolons about the clause."""
    at = clauses.index(clause)
    first = next((n for n in range(at, 0, -1) if clauses[n].link == ";"), 0)
    end = next((n for n in range(at + 1, len(clauses)) if clauses[n].link == ";"), len(clauses))
    return [item for member in clauses[first:end] for item in member.items]


def _columns(
    frame: Frame, scene: Scene, items: list[Item], sentence: list[Item]
) -> list[tuple[Options, ...]]:
    """The columns the statement may be about, those of the first reading first. `items`: those between
    semicolons, which the rest of the sentence only stands in for."""
    if frame.kind == "place" and len(frame.about) > 1:
        return [frame.about]
    topic = _topic(frame.clause, scene)
    generic = _generic(frame, scene, sentence)
    if _column_certain(frame, scene) and not topic and not generic:
        return [frame.about]
    near = _named(frame.clause.items, scene)
    named = [*(_named(items, scene) or _named(sentence, scene)), *topic]
    if frame.kind in _WORDS or frame.kind == "times":
        named = near or named
    choices = dict.fromkeys(s for i in named if i.strong for s in options(i, scene.truth))
    if not choices or frame.kind in _WORDS or _bare_money(frame, scene, set(choices)):
        choices |= dict.fromkeys(s for i in named for s in options(i, scene.truth))
    choices |= dict.fromkeys(_by_preposition(frame, scene))
    choices |= dict.fromkeys(s for i in (*topic, *generic) for s in options(i, scene.truth))
    if not near and (frame.kind != "level" or not choices):
        choices |= dict.fromkeys(_told_by_figures(frame, scene, items if _named(items, scene) else sentence))
    if not choices and frame.kind == "times" and not frame.about:
        choices = dict.fromkeys(measured_by(scene, sentence) or every(scene))
    unsuited = frame.number is not None and (
        _unsuited(frame.number, [*choices], scene) or _no_share(frame.number, [*choices], scene)
    )
    told = choices and (_announced(frame, scene) or _says_no_more(frame.clause))
    if frame.kind == "level" and (unsuited or not (near or told)):
        choices |= dict.fromkeys(every(scene))
    choices |= dict.fromkeys(_paid(frame, scene, near))
    if frame.kind == "level" and frame.number is not None and _counts_out(frame, frame.number):
        choices |= dict.fromkeys(OF_SIZE)
    if frame.kind == "level" and _compared_to(frame):
        choices |= dict.fromkeys(_told_by_figures(frame, scene, items))
    if frame.number is not None and _no_per_cent(frame.number, [*choices], scene):
        choices |= dict.fromkeys(
            s for i in _named(sentence, scene) if i.strong for s in options(i, scene.truth)
        )
    return [frame.about, *(((subject,),) for subject in choices)]


def _paid(frame: Frame, scene: Scene, near: Sequence[Item]) -> Iterator[Subject]:
    """The columns of money that share a word with what is paid for: "their cases cost 28 more", "pay twice the
    average for a case" of the price of a case, not of how many there are."""
    coined = frame.number is not None and frame.number.unit == "$"
    if not coined and not any(root(item.low) in _PAYING for item in frame.clause.items):
        return
    words = {root(word) for item in near for word in item.low.split()}
    columns = {column for word in words for column in scene.names.parts.get(word, ())}
    for column in sorted(columns):
        if scene.truth.unit(Subject("number", column)) == "currency":
            yield Subject("number", column)


_PAYING = frozenset(
    map(root, ("pay", "paid", "cost", "spend", "spent", "price", "charged", "dear", "dearer", "cheap"))
)


_SHARES = frozenset({"share", "rate", "proportion", "percentage", "part"})


def _generic(frame: Frame, scene: Scene, sentence: list[Item]) -> list[Item]:
    """The category values of the sentence where a word for any share stands by: "36%, the highest share"."""
    items = frame.clause.items
    at = items.index(frame.item)
    behind = [i for i in items[at + 1 : at + 3] if i.kind in SUBJECTS][:1]
    if frame.kind != "relation" or not behind or behind[0].low not in _SHARES:
        return []
    return [i for i in _named(sentence, scene) if i.kind == "category"]


def _unsuited(number: Number, choices: Sequence[Subject], scene: Scene) -> bool:
    """Whether a figure with a time or a coin suits none of the columns named."""
    units = {scene.truth.unit(s) for s in choices}
    return (number.unit in TIME and not units & {"days", "months"}) or (
        number.unit == "$" and not units & {"currency", "number"}
    )


def _counts_out(frame: Frame, number: Number) -> bool:
    """Whether a figure may be the exact number of accounts, by a name that no column bears: "187 shippers"."""
    at = frame.clause.items.index(frame.item)
    behind = frame.clause.items[at + 1 : at + 2]
    named = bool(behind) and behind[0].low.endswith("s") and not behind[0].strong
    return named and number.unit == "" and number.value >= 50 and number.value == int(number.value)


def _no_per_cent(number: Number, choices: Sequence[Subject], scene: Scene) -> bool:
    """Whether a part in per cent is of none of the columns named, which hold counts, sums and times."""
    units = {scene.truth.unit(s) for s in choices}
    return number.unit == "%" and bool(units) and units <= {"count", "currency", "days", "months"}


def _no_share(number: Number, choices: Sequence[Subject], scene: Scene) -> bool:
    """Whether a bare figure can be no share and no count of a category value: "who pay 73.72" beside churn."""
    bare = number.unit == "" and number.value > 1 and ("." in number.text or number.value > 100)
    if not bare or number.words or {scene.truth.unit(s) for s in choices} != {"fraction"}:
        return False
    counts = (scene.truth.counts.get((s.column, s.value), {}).values() for s in choices)
    return not any(number.value in given for given in counts)


def _by_preposition(frame: Frame, scene: Scene) -> Iterator[Subject]:
    """What "per", "of" or "for" behind a figure or a word make it a figure of: "$31 per basket" of the basket,
    "33% of scripts" of a share, "$900 for 20 seats" of the one column of money."""
    items, truth = frame.clause.items, scene.truth
    at = items.index(frame.item)
    behind = items[at + 1 : at + 7]
    if frame.number is None and frame.kind != "relation":
        return
    for place, item in enumerate(behind[:-1]):
        following = behind[place + 1]
        if item.low in ("per", "a") and following.refs:
            yield from (Subject("number", ref) for ref, _ in following.refs if ref in truth.numbers)
    if frame.number is None or not _named(behind, scene) or _named(items[:at], scene):
        return
    suited = [Subject("number", column) for column in truth.numbers if _fits(frame.number, column, scene)]
    if frame.number.unit == "%" and behind[0].kind == "of":
        yield from (s for s in suited if truth.profile.dictionary[s.column].role == "share")
    if frame.number.unit == "$" and any(i.low == "for" for i in behind) and len(suited) == 1:
        yield from suited


def _fits(number: Number, column: str, scene: Scene) -> bool:
    unit = scene.truth.unit(Subject("number", column))
    return unit in (("fraction", "points") if number.unit == "%" else ("currency",))


def _says_no_more(clause: Clause) -> bool:
    """Whether nothing in the clause could name another column: "they come in at 21%"."""
    other = any(
        (i.kind == "word" and len(i.low) > 3 and i.low not in _PLAIN)
        or (i.sense is not None and i.sense.about)
        for i in clause.items
    )
    return clause.link != "(" and not other


_PLAIN = frozenset(
    {"average", "where", "while", "which", "this", "that", "these", "those", "across", "overall", "also"}
)


def _announced(frame: Frame, scene: Scene) -> bool:
    """Whether a name leads straight to the figure or the figure to it: "Milk: 19.4K", "At 19.4K, milk ..."."""
    before, after = frame.clause.before, frame.clause.after
    bare = all(i.kind in ("number", "on", "hedge", "mean", "median") for i in frame.clause.items)
    if bare and after is not None and after.sentence == frame.clause.sentence:
        return bool(_named(after.items[:1], scene)) and after.items[0].strong
    if before is None or before.sentence != frame.clause.sentence or frame.clause.link == ";":
        return False
    return bool(_named(before.items[-1:], scene)) and before.items[-1].strong


def _named(items: list[Item], scene: Scene) -> list[Item]:
    return [i for i in items if i.kind in SUBJECTS and options(i, scene.truth)]


def _column_certain(frame: Frame, scene: Scene) -> bool:
    """Whether one column stands under its own name in the statement's clause, next to it or alone there."""
    mine = {s for choice in frame.about for s in choice}
    if (
        frame.kind in ("level", "gap")
        and frame.number is not None
        and _unsuited(frame.number, [*mine], scene)
    ):
        return False
    if frame.kind == "level" and frame.number is not None and _no_per_cent(frame.number, [*mine], scene):
        return False
    if any(root(item.low) in _PAYING for item in frame.clause.items) and "currency" not in {
        scene.truth.unit(s) for s in mine
    }:
        return False
    if mine and (frame.hint or any(s.kind == "total" for s in mine)):
        return True
    if frame.kind == "level" and _compared_to(frame):
        return False
    if any(s.kind == "size" for s in mine):
        counted = frame.clause.has("people", "segment", "all", "segment-name")
        parted = frame.number is not None and frame.number.parts and any(s.column == PART for s in mine)
        return _of_segments(frame) or (frame.kind in _FIGURES and (counted or parted))
    if _heads_another(frame, scene, mine):
        return False
    if frame.kind in _WORDS and mine & set(_beside(frame, scene)):
        return True
    if _bare_money(frame, scene, mine) or [*_by_preposition(frame, scene)]:
        return False
    names = _named(frame.clause.items, scene)
    strong = [i for i in names if i.strong and len(options(i, scene.truth)) == 1]
    return any(mine & set(options(i, scene.truth)) for i in strong)


def _compared_to(frame: Frame) -> bool:
    """Whether the figure is what something is compared with: "nine points lower than the 23% of members overall"."""
    at = frame.clause.items.index(frame.item)
    led = [item for item in frame.clause.items[max(0, at - 2) : at] if item.low not in ("the", "a", "an")]
    return bool(led) and led[-1].kind == "than" and any(i.kind in SUBJECTS for i in frame.clause.items[:at])


def _heads_another(frame: Frame, scene: Scene, mine: set[Subject]) -> bool:
    """Whether the column's name is a word that other names end in, beside one of those or another amount of money:
    "training spend is the highest", "spends $195 on training" where a column holds all spend."""
    items = [i for clause in sentence_of(frame.clause) for i in _named(clause.items, scene)]
    own = [item for item in items if mine & set(options(item, scene.truth))]
    if not own or any(" " in item.low for item in own):
        return False
    units = {scene.truth.unit(subject) for subject in mine}
    shared = any(root(item.low) in _SPENT for item in own) or any(
        scene.names.parts.get(root(item.low), frozenset()) - {subject.column for subject in mine}
        for item in own
    )
    return shared and any(
        item.strong and {scene.truth.unit(s) for s in options(item, scene.truth)} == units
        for item in items
        if item not in own
    )


_SPENT = frozenset(map(root, ("spend", "spending", "sales", "revenue", "purchases", "billings", "dollars")))
"""Words for all money, which with a column's name are the money of that column."""


def _beside(frame: Frame, scene: Scene) -> Iterator[Subject]:
    """What stands next to the word: "the lowest risk", "risk is the lowest"."""
    items = frame.clause.items
    at = items.index(frame.item)
    for step in (1, -1):
        place = at + step
        while 0 <= place < len(items) and (
            items[place].low in ("the", "a", "an") or items[place].kind in ("strong", "slight", "be", "mean", "place")
        ):  # fmt: skip
            place += step
        if 0 <= place < len(items):
            yield from options(items[place], scene.truth)


def _bare_money(frame: Frame, scene: Scene, mine: set[Subject]) -> bool:
    """Whether a figure without a coin seems to be of a column of money: "49.9 meals on average"."""
    bare = frame.kind == "level" and frame.number is not None and frame.number.unit == ""
    return bare and any(scene.truth.unit(s) == "currency" for s in mine)


def _of_segments(frame: Frame) -> bool:
    """ "the smallest group" speaks of sizes, whatever else the sentence names."""
    at = frame.clause.items.index(frame.item)
    after = neighbour(frame.clause, at)
    if after is not None and after.kind == "of":
        behind = frame.clause.items[at + 1 :]
        after = next(
            (i for i in behind if i.kind not in ("of", "number") and i.low not in ("the", "all")), None
        )
    return after is not None and after.kind in ("segment", "self") and after.low != "here"


def _told_by_figures(frame: Frame, scene: Scene, items: list[Item]) -> Iterator[Subject]:
    """The columns that hold a figure of the sentence as a value of the segment it is about."""
    for item in items:
        number = item.number
        if number is None or item is frame.item or number.unit in ("points", "times", "rank", "sd"):
            continue
        if number.unit == "" and number.value < 10 and number.value == int(number.value):
            continue
        probe = replace(frame, kind="level", number=number, hedge=None, statistic="", negated=False)
        for subject in every(scene):
            if any(is_value(probe, number, scene.truth, s, subject)[0] for s in (scene.segment, *frame.who)):
                yield subject
