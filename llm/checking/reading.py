"""A text as read: its items, tied into lists, and its clauses."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from llm.checking.compounds import compounded
from llm.checking.items import ANCHORS, SUBJECTS, Item, itemised
from llm.checking.names import Names
from llm.checking.settling import settled

_ENDS = frozenset(".!?")
_JOINS = frozenset({"and", "but", "which"})


_QUOTES = frozenset("\"“”'‘’")


_BREAKS = frozenset(',;:()–—…-"“”')


@dataclass(slots=True, eq=False)
class Clause:
    """Items between two breaks, and their kinds. `link`: what joins it to the clause before ("start" opens a
    sentence). `limit` and `front` are told by llm.checking.binding."""

    items: list[Item]
    link: str
    closes: bool = False
    sentence: int = 0
    question: bool = False
    index: int = 0
    limit: int = -1
    front: int = -1
    kinds: frozenset[str] = frozenset()
    before: "Clause | None" = field(default=None, repr=False)
    after: "Clause | None" = field(default=None, repr=False)

    def of(self, *kinds: str) -> list[Item]:
        return [item for item in self.items if item.kind in kinds] if self.has(*kinds) else []

    def has(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)


@dataclass(slots=True)
class Reading:
    """A text as read: its items in order and its clauses."""

    text: str
    items: list[Item]
    clauses: list[Clause]


def read(text: str, known: Names, extra: Names | None = None) -> Reading:
    """The reading of a text. `extra` holds names beside the profile's (other personas')."""
    items = settled(compounded(_unquoted(itemised(text, known, extra)), known))
    _tie_lists(items)
    return Reading(text, items, list(_linked(_clauses(items))))


def _unquoted(items: list[Item]) -> list[Item]:
    """The items without the quotation marks about names of segments, which break no sentence."""
    if _QUOTES.isdisjoint([item.low for item in items]):
        return items
    if not any(item.low in _QUOTES for item in items):
        return items
    named = [item.kind == "segment-name" for item in items]
    return [
        item
        for at, item in enumerate(items)
        if not (item.kind == "mark" and item.low in _QUOTES and any(named[max(0, at - 1) : at + 2]))
    ]


def _tie_lists(items: Sequence[Item]) -> None:
    """Figures of a list belong to the names of an equally long list before them, in order."""
    figures = [item for item in items if item.kind == "number"]
    if len(figures) < 2:
        return
    for kind in ("feature", "category", "segment-name"):
        named = [item for item in items if item.kind == kind]
        for group in _groups(items, named) if len(named) > 1 else ():
            following = [f for f in figures if f.start > group[-1].end]
            numbers_group = next(iter(_groups(items, following)), [])
            if len(group) == len(numbers_group) > 1 and not any(
                item.kind == "mark" and item.low in ".;!?"
                for item in items
                if group[-1].end <= item.start < numbers_group[0].start
            ):
                if kind != "segment-name" and any(
                    item.kind in SUBJECTS and group[-1].end < item.start < numbers_group[0].start
                    for item in items
                ):
                    continue
                for name, figure in zip(group, numbers_group, strict=True):
                    figure.tied = name


def _groups(items: Sequence[Item], members: Sequence[Item]) -> Iterator[list[Item]]:
    """Runs of members with nothing between them but commas and "and"."""
    inside = {id(member) for member in members}
    run: list[Item] = []
    for item in items:
        if id(item) in inside:
            run.append(item)
        elif not (
            run
            and (
                item.kind == "and"
                or item.low in (",", "the", "a", "its", "their", "on")
                or item.kind == "hedge"
            )
        ):
            if len(run) > 1:
                yield run
            run = []
    if len(run) > 1:
        yield run


def _clauses(items: Sequence[Item]) -> list[Clause]:
    chunks: list[Clause] = []
    sentence, link, current = 0, "start", list[Item]()

    def close(next_link: str) -> None:
        nonlocal current, link
        if current:
            chunks.append(Clause(current, link, sentence=sentence))
            current = []
            link = next_link
        elif next_link in ("start", ";", ":") or link not in ("start", ";", ":", "("):
            link = next_link

    for at, item in enumerate(items):
        if item.kind == "mark" and item.low in _ENDS:
            if current:
                chunks.append(Clause(current, link, sentence=sentence, question=item.low == "?"))
                current = []
            sentence, link = sentence + 1, "start"
            continue
        if item.kind == "mark" and item.low in _BREAKS:
            close(item.low)
            continue
        if item.kind in _JOINS and not item.glued and not _lists(items, at):
            close(item.kind)
        current.append(item)
    close("end")
    return _joined(chunks)


def _lists(items: Sequence[Item], at: int) -> bool:
    """Whether the "and" joins two segments or two category values, which never begin statements of their own."""
    if items[at].low not in ("and", "or", "&") or not 0 < at < len(items) - 1:
        return False
    before, after = items[at - 1], items[at + 1]
    return before.kind == after.kind and before.kind in ("segment-name", "category") and not after.owns


def _ends_list(chunk: Clause, before: Clause) -> bool:
    """Whether "and adherence" ends the list of names that the clause before closes with."""
    named = [item for item in chunk.items if item.kind in SUBJECTS]
    only = all(
        item.kind in SUBJECTS or item.kind == "and" or item.low in ("the", "its", "their")
        for item in chunk.items
    )
    last = before.items[-1] if before.items else None
    return chunk.link == "and" and bool(named) and only and last is not None and last.kind in SUBJECTS


def _joined(chunks: list[Clause]) -> list[Clause]:
    """Stretches that state nothing by themselves join the next one of their sentence, or the one before."""
    found: list[Clause] = []
    waiting: Clause | None = None
    for chunk in chunks:
        if waiting is not None:
            joins = chunk.sentence == waiting.sentence and chunk.link in (
                ",",
                "and",
                "(",
                ")",
                "–",
                "—",
                "-",
                '"',
                "”",
                "“",
            )
            if joins and not (chunk.link == "(" and not waiting.items):
                for item in waiting.items:
                    item.kind = "far-not" if item.kind == "not" else item.kind
                chunk = Clause(
                    [*waiting.items, *chunk.items],
                    waiting.link,
                    sentence=chunk.sentence,
                    question=chunk.question,
                )
                waiting = None
            else:
                found.append(waiting)
                waiting = None
        states = not ANCHORS.isdisjoint([item.kind for item in chunk.items])
        if not states and found and _ends_list(chunk, found[-1]):
            found[-1].items += chunk.items
        elif states:
            found.append(chunk)
        else:
            waiting = chunk
    if waiting is not None:
        if (
            found
            and found[-1].sentence == waiting.sentence
            and waiting.link in (",", "and", ")", "(", "–", "—", "-")
        ):
            found[-1].items += waiting.items
        else:
            found.append(waiting)
    return found


def _linked(clauses: Iterable[Clause]) -> Iterator[Clause]:
    before: Clause | None = None
    for index, clause in enumerate(clauses):
        clause.before, clause.index = before, index
        clause.kinds = frozenset([item.kind for item in clause.items])
        if before is not None:
            before.after = clause
        before = clause
        yield clause


def sentence_of(clause: Clause) -> list[Clause]:
    """All clauses of the clause's sentence, in order."""
    first = clause
    while first.before is not None and first.before.sentence == clause.sentence:
        first = first.before
    found: list[Clause] = []
    at: Clause | None = first
    while at is not None and at.sentence == clause.sentence:
        found.append(at)
        at = at.after
    return found
