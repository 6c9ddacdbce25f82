"""Which of several figures belongs to which of several segments, all of a sentence at once.

Where a sentence names as many owners as it gives figures of a column, word order tells whose each is: the one it
is tied to ("46% in S5", "S5 (46%)"), else in the order in which they are spoken of. A sentence whose
figures all hold so is right, however each was first read; one whose figures would hold only if they
changed hands has them swapped.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from llm.checking.binding import options
from llm.checking.frames import Frame, Options, Scene
from llm.checking.items import SUBJECTS, Item
from llm.checking.reading import Reading, sentence_of
from llm.checking.values import is_value
from llm.facts import ALL

Owned = tuple[str, Options]
"""Whose figure it is, and of which column."""


@dataclass(frozen=True)
class _Spoken:
    """A sentence: its items, the figures as places in them, and who is named where."""

    items: Sequence[Item]
    frames: Sequence[Frame]
    spots: Sequence[int]
    mentions: Sequence[tuple[int, str]]
    segment: str


def pairing(reading: Reading, said: Sequence[Frame], scene: Scene) -> Mapping[int, Frame | None]:
    """The figures of every sentence that gives several and names a segment, by the identity of their items: None
    for each where they all hold, else the statement that does not."""
    told: dict[int, Frame | None] = {}
    levels = [frame for frame in said if frame.kind == "level" and frame.number is not None]
    for _, group in itertools.groupby(levels, key=lambda frame: frame.clause.sentence):
        frames = [*group]
        if 1 < len(frames) < 7:
            told |= _sentence(reading, frames, scene)
    return told


def _sentence(reading: Reading, frames: list[Frame], scene: Scene) -> dict[int, Frame | None]:
    clauses = sentence_of(frames[0].clause)
    start, end = clauses[0].items[0].start, max(item.end for item in clauses[-1].items)
    items = [item for item in reading.items if start <= item.start < end]
    named = [item for item in items if item.kind == "segment-name"]
    if not named or any(len({ref for ref, _ in item.refs}) > 1 for item in named):
        return {}
    if any(item.kind in ("rest", "any", "another", "none") for item in items):
        return {}
    columns = [*dict.fromkeys(options(i, scene.truth) for i in items if i.kind in SUBJECTS and i.strong)]
    columns = [column for column in columns if column] or [column for f in frames for column in f.about][:1]
    places = {id(item): at for at, item in enumerate(items)}
    spots = [places[id(frame.item)] for frame in frames]
    turned: Frame | None = None
    for mentions in _mentions(items, scene.segment):
        spoken = _Spoken(items, frames, spots, mentions, scene.segment)
        for layout in _layouts(spoken, columns):
            if all(_holds(frame, *owned, scene) for frame, owned in zip(frames, layout, strict=True)):
                return {id(frame.item): None for frame in frames}
            turned = turned or (None if _unsaid(spoken) else _turned(frames, layout, scene))
    kept: dict[int, Frame | None] = {id(frame.item): None for frame in frames}
    return kept | {id(turned.item): turned} if turned is not None else {}


def _unsaid(spoken: _Spoken) -> bool:
    """Whether "it", before the first figure, may stand for either side: "S2 do better on access, it being 4 to 6"."""
    return any(item.low == "it" for item in spoken.items[: spoken.spots[0]])


def _turned(frames: Sequence[Frame], layout: Sequence[Owned], scene: Scene) -> Frame | None:
    """The first wrong statement where the figures hold for the same owners in another order."""
    columns = [*dict.fromkeys(column for _, column in layout)]
    owners = [tuple(who for who, of in layout if of == column) for column in columns]
    for orders in itertools.product(*(itertools.permutations(group) for group in owners)):
        left = {column: iter(order) for column, order in zip(columns, orders, strict=True)}
        if all(_holds(f, next(left[of]), of, scene) for f, (_, of) in zip(frames, layout, strict=True)):
            wrong = next(
                pair for pair in zip(frames, layout, strict=True) if not _holds(pair[0], *pair[1], scene)
            )
            who, of = wrong[1]
            return replace(wrong[0], who=(who,), about=(of,), spare=(), echo=None, hedge=None)
    return None


def _holds(frame: Frame, who: str, column: Options, scene: Scene) -> bool:
    plain, number = replace(frame, hedge=None), frame.figure
    lent = number.unit in ("%", "$") and number.unit not in number.text and not number.words
    figures = (number, replace(number, unit="")) if lent else (number,)
    return any(
        is_value(read, figure, scene.truth, who, subject)[0]
        for read in (frame, plain)
        for figure in figures
        for subject in column
    )


# --- Who is named ---------------------------------------------------------------------------------

_OWNING = frozenset({"they", "their", "theirs"})
_PRONOUNS = _OWNING | {"them", "it", "its", "itself", "themselves"}


def _mentions(items: Sequence[Item], segment: str) -> Iterator[list[tuple[int, str]]]:
    """Who is named at which place, in the ways it may be taken: pronouns stand for the segment spoken of where
    nothing else does, or for nobody in particular, and "average" for all accounts or for the statistic."""
    certain: list[tuple[int, str]] = []
    pronouns: list[tuple[int, str]] = []
    for at, item in enumerate(items):
        if item.kind == "segment-name":
            certain.append((at, item.refs[0][0]))
        elif item.kind == "self" and item.low not in _PRONOUNS:
            certain.append((at, segment))
        elif item.low in _OWNING and not (at and items[at - 1].low in ("where", "whose", "who")):
            pronouns.append((at, segment))
    own = any(who == segment for _, who in certain)
    usual = [(at, ALL) for at, item in enumerate(items) if _is_average(items, at)]
    others = all(at and (items[at - 1].kind == "than" or items[at - 1].low == "to") for at, _ in pronouns)
    for averages in ([], usual) if usual else ([],):
        if pronouns and not own:
            yield sorted([*certain, *pronouns, *averages])
        if others or own:
            yield sorted([*certain, *averages])


def _is_average(items: Sequence[Item], at: int) -> bool:
    """Whether all accounts are named: "the base", "the average account", "(average 14%)", "the average of 14%"."""
    item, before, after = (
        items[at],
        items[at - 1] if at else None,
        items[at + 1] if at + 1 < len(items) else None,
    )
    if item.kind == "all":
        return True
    if item.kind != "mean" or item.low not in ("average", "mean"):
        return False
    led = before is not None and before.low in ("the", "an", "our", "(", "than", "overall")
    return led and not (
        after is not None
        and (after.kind == "segment-name" or (before and before.low == "an" and after.low == "of"))
    )


# --- Whose figure each is -------------------------------------------------------------------------


def _layouts(spoken: _Spoken, columns: Sequence[Options]) -> Iterator[list[Owned]]:
    """The owners and columns of the figures in the orders that a reader would take them in."""
    count = len(spoken.frames)
    if len(columns) == 1:
        owners = _owners(spoken, [(at, at) for at in spoken.spots])
        if owners is not None:
            yield [(who, columns[0]) for who in owners]
    elif len(columns) == 2 and count == 4:
        first, second, third, fourth = spoken.spots
        pairs = _owners(spoken, [(first, second), (third, fourth)])
        if pairs is not None:
            yield [(who, column) for who in pairs for column in columns]
        halves = replace(spoken, mentions=[m for m in spoken.mentions if m[0] < third])
        each = _owners(halves, [(first, first), (second, second)])
        later = replace(spoken, mentions=[m for m in spoken.mentions if m[0] > second])
        again = _owners(later, [(third, third), (fourth, fourth)])
        if each is not None:
            again = again if again is not None and {*again} == {*each} else each
            yield [*((who, columns[0]) for who in each), *((who, columns[1]) for who in again)]


def _owners(spoken: _Spoken, figures: Sequence[tuple[int, int]]) -> list[str] | None:
    """Whose each figure (or run of figures, as its first and last place) is; None where the sentence does not tell."""
    parties = _in_order(spoken)
    if len(parties) == len(figures) - 1 and spoken.segment not in parties:
        parties = _with_self(spoken, parties)
    if len(parties) < len(figures):
        return None
    found: dict[int, str] = dict(_listed(spoken, figures))
    runs = _runs(spoken, figures)
    for reach in (_behind, _before):
        for n, figure in enumerate(figures):
            bare = _goes_on(runs, n) or (reach is _before and runs[n])
            who = None if n in found or bare else reach(spoken, figure)
            if who is not None and who not in found.values():
                found[n] = who
    left = [n for n in range(len(figures)) if n not in found]
    rest = [who for who in parties if who not in found.values()]
    if left and len(left) != len(rest):
        return None
    found |= dict(zip(left, rest, strict=False))
    return [found[n] for n in range(len(figures))]


def _goes_on(runs: Sequence[bool], n: int) -> bool:
    """Whether the next figure goes on from this one."""
    return n + 1 < len(runs) and runs[n + 1]


def _in_order(spoken: _Spoken) -> list[str]:
    """Those named in the order in which they are spoken of: who is only compared with comes last."""
    mentions = [*spoken.mentions]
    if mentions and not any(at < mentions[0][0] for at in spoken.spots):
        lead = [
            i
            for i in spoken.items[: mentions[0][0]]
            if i.low not in ("the", "that", "those", "of", "in", "with")
        ]
        behind = mentions[1][0] if len(mentions) > 1 else -1
        bare = behind > 0 and not any(mentions[0][0] < at < behind for at in spoken.spots)
        if bare and lead and all(i.kind in ("than", "on", "but") for i in lead) and lead[-1].kind == "than":
            mentions = [*mentions[1:], mentions[0]]
    return [*dict.fromkeys(who for _, who in mentions)]


def _with_self(spoken: _Spoken, parties: list[str]) -> list[str]:
    """The segment that goes without saying speaks first, but where another is the subject."""
    first = spoken.mentions[0][0] if spoken.mentions else 0
    before = [i for i in spoken.items[:first] if i.low not in _SKIPPED][-1:]
    led = bool(before) and (before[0].kind in _LEADING or before[0].low == "what")
    behind = led or any(at < first for at in spoken.spots)
    return [spoken.segment, *parties] if behind else [*parties, spoken.segment]


_SKIPPED = frozenset({"the", "our", "only", "even", "just", "that", "those"})
_LEADING = frozenset({"than", "relation", "near", "on", "of", "by", "place", "gap", "hedge", "but"})
"""What leads to somebody who is compared with, rather than spoken of."""
_JOINS = frozenset({"the", "a", "an", "to", "respectively", ",", "/", "v", "just", "in"})


def _joined(items: Sequence[Item]) -> bool:
    """Whether nothing but what joins figures or names stands between: "43% and 39%", "here and in S2"."""
    return all(i.kind in ("and", "than", "hedge", "on", "of") or i.low in _JOINS for i in items)


_COUNTED = SUBJECTS | {"people", "mean", "median", "glue", "word"}
"""What may stand between the figures of a run: what they count, and "on average"."""


def _runs(spoken: _Spoken, figures: Sequence[tuple[int, int]]) -> list[bool]:
    """For each figure, whether it only goes on from the one before: "5.3 against 3.5"."""
    found = [False]
    for (_, end), (start, _) in itertools.pairwise(figures):
        named = any(end < at < start for at, _ in spoken.mentions)
        between = [
            i for i in spoken.items[end + 1 : start] if i.kind not in _COUNTED and i.low not in _PRONOUNS
        ]
        joins = any(i.kind in ("and", "than") or i.low in ("to", "/") for i in between)
        listed = [i.low for i in spoken.items[end + 1 : start]] == [","]
        found.append(not named and (listed or (joins and len(between) < 5 and _joined(between))))
    return found


def _listed(spoken: _Spoken, figures: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Figures of a list, each with its place in a list of as many names."""
    runs = _runs(spoken, figures)
    start = 0
    for n in range(1, len(figures) + 1):
        if n < len(figures) and runs[n]:
            continue
        if n - start > 1:
            first, last = figures[start][0], figures[n - 1][1]
            listed = any(i.kind == "and" for i in spoken.items[first:last])
            before = _last_list([m for m in spoken.mentions if m[0] < first][::-1], spoken, n - start)[::-1]
            after = _last_list([m for m in spoken.mentions if m[0] > last], spoken, n - start)
            names = before or after
            if listed and names:
                yield from zip(range(start, n), names, strict=True)
        start = n


def _last_list(mentions: Sequence[tuple[int, str]], spoken: _Spoken, size: int) -> list[str]:
    """The names of the first `size` mentions, where they stand in one list and no more belong to it."""
    taken = mentions[:size]
    if len(taken) < size or len({who for _, who in taken}) < size:
        return []
    for (one, _), (other, _) in itertools.pairwise(taken):
        between = spoken.items[min(one, other) + 1 : max(one, other)]
        if not _joined(between) or any(i.kind == "than" for i in between):
            return []
    return [who for _, who in taken]


_THAT = frozenset({"the", "those", "that", "which"})
_AWAY = frozenset({"to", "from", "per", "within", "into", "toward", "towards", "onto"})


def _behind(spoken: _Spoken, figure: tuple[int, int]) -> str | None:
    """Who owns the figure by standing behind it: "46% in S5", "46% here", "the 46% of S5"."""
    led = False
    named = dict(spoken.mentions)
    for at in range(figure[1] + 1, len(spoken.items)):
        item = spoken.items[at]
        if at in named:
            near = led or item.low == "here" or all(i.low in _THAT for i in spoken.items[figure[1] + 1 : at])
            return named[at] if near and not item.owns and item.low not in _PRONOUNS else None
        if item.kind in ("on", "of", "by") and item.low not in _AWAY:
            led = True
        elif not (item.kind in SUBJECTS | {"glue", "people", "mean", "place"} or item.low in _THAT):
            return None
    return None


_PASSED = SUBJECTS | {
    "be", "on", "of", "hedge", "mean", "median", "glue", "people", "word", "which", "strong", "slight", "only", "each",
    "number", "segment",
}  # fmt: skip
_MARKS = frozenset({",", "(", ":", "–", "—", "-", "'", "’"})


def _before(spoken: _Spoken, figure: tuple[int, int]) -> str | None:
    """Who owns the figure by standing before it: "S5 (46%)", "S5 average 46%", "S5's 46%"."""
    named = dict(spoken.mentions)
    for at in range(figure[0] - 1, -1, -1):
        item = spoken.items[at]
        if at in named:
            return named[at]
        first = item.kind == "relation" and item.sense is not None and item.sense.grade == "superlative"
        if at in spoken.spots or not (item.kind in _PASSED or item.low in _MARKS | _PRONOUNS or first):
            return None
    return None
