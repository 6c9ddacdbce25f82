"""A text becomes items: names, figures, and words with the senses they may have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from llm.checking.names import Name, Names
from llm.checking.numerals import Number, numbers
from llm.checking.senses import Sense
from llm.checking.tokens import Token, root, tokens, word_set
from llm.checking.words import lengths, senses

ANCHORS = frozenset(
    [
        "number",
        "relation",
        "share",
        "times",
        "place",
        "near",
        "over",
        "under",
        "mode",
        "only",
        "none",
        "index",
        "lift",
        "z",
        "sd",
        "vague",
        "between",
    ]
)
"""Items that say something of a subject; a stretch of text without one joins its neighbour."""


SUBJECTS = frozenset({"feature", "category", "column"})


WHO = frozenset({"segment-name", "self", "all", "rest", "any", "none", "another"})


@dataclass(slots=True, eq=False)
class Item:
    """A stretch of text with one sense, equal to itself alone. Names carry `names`, figures `number`; `tied` is the
    name that a figure was tied to by its place in a list ("46% and 8.5 respectively")."""

    kind: str
    low: str
    start: int
    end: int
    sense: Sense | None = None
    names: tuple[Name, ...] = ()
    number: Number | None = None
    owns: bool = False
    capital: bool = False
    glued: bool = False
    tied: "Item | None" = None
    other: tuple[Sense, ...] = ()

    @property
    def refs(self) -> tuple[tuple[str, str], ...]:
        return tuple(ref for name in self.names for ref in name.refs)

    @property
    def strong(self) -> bool:
        return any(name.strong for name in self.names)


def itemised(text: str, known: Names, extra: Names | None) -> list[Item]:
    words = tokens(text)
    figures = {number.start: number for number in numbers(text, words)}
    within = {place: number for number in figures.values() for place in range(number.start, number.end)}
    spans = list(_literals(text, known))
    lexicon = lengths()
    found: list[Item] = []
    at = 0
    while at < len(words):
        token = words[at]
        span = next((s for s in spans if s[0] <= token.start < s[1]), None) if spans else None
        if span:
            found.append(_named(text, span[0], span[1], span[2]))
            at = _past(words, at, span[1])
            continue
        number = within.get(token.start) if within else None
        if number is None and extra is None and not (token.word and known.opens(token.key)):
            if token.low in lexicon:
                size, meanings = _sense(words, at, figures, known, found)
                found.append(_plain(words, at, size, meanings))
                at += size or 1
            elif token.key in known.accounts:
                found.append(_plain(words, at, 1, _PEOPLE))
                at += 1
            else:
                found.append(_bare(token))
                at += 1
            continue
        name = known.at(words, at) if token.word else None
        other = extra.at(words, at) if extra and token.word else None
        if other and (name is None or other[0] > name[0]):
            name = other
        if name and name[0] > 1 and _cuts_figure(words, at + name[0] - 1, within):
            name = None
        if (
            name
            and at == 0
            and _is_all(words, name)
            and _begins_a_statement(_sense(words, 0, figures, known)[1])
        ):
            name = None
        period = known.periods.get((token.key, number.unit.rstrip("s"))) if number and number.unit else None
        if number and period:
            size = _past(words, at, number.end) - at
            found.append(_weak(words, at, size, period))
            at += size
            continue
        if number and not (name and words[at + name[0] - 1].end >= number.end and name[0] > 1):
            number = _without_name(number, words, at, known)
            item = Item("number", token.low, number.start, number.end, number=number, glued=token.glued)
            found.append(item)
            at = _past(words, at, number.end)
            continue
        size, meanings = _sense(words, at, figures, known, found)
        if not meanings and not name and token.key in known.accounts:
            size, meanings = 1, _PEOPLE
        if name and (name[0] >= size or not meanings):
            size = name[0]
            last = words[at + size - 1]
            size += _noun_of(words, at + size, name[1], known)
            last = words[at + size - 1]
            part = _part(words, at, known)
            if part and part[0] > size and not any(n.kind == "segment" for n in name[1]):
                found.append(_weak(words, at, *part))
                at += part[0]
                continue
            item = _named(text, token.start, last.end, name[1])
            item.owns, item.glued, item.capital = last.owns, token.glued, token.text[:1].isupper()
            found.append(item)
            at += size
            continue
        part = _part(words, at, known) if not meanings or meanings[0].kind in ("people", "be") else None
        if part and meanings and part[0] <= size and not (meanings[0].kind == "be" and _opens(found)):
            part = None
        if part:
            found.append(_weak(words, at, *part))
            at += part[0]
            continue
        proper = known.proper.get(token.key, ())
        if meanings and proper and found and found[-1].number is not None and found[-1].number.unit == "%":
            found.append(_named(text, token.start, token.end, proper))
            at += 1
            continue
        if meanings and proper and size == 1 and meanings[0].kind == "people":
            found.append(_made("people", words, at, 1, proper, meanings[0], meanings[1:]))
            at += 1
            continue
        value = _value(words, at, known) if not meanings else None
        found.append(value or _plain(words, at, size, meanings))
        at += size or 1
    return found


def _cuts_figure(words: Sequence[Token], last: int, within: Mapping[int, Number]) -> bool:
    """Whether the name would end within a figure or with one that is somebody's: "the segment's 2.2 calls"."""
    number = within.get(words[last].start)
    return number is not None and (number.end > words[last].end or words[last - 1].owns)


def _plain(words: Sequence[Token], at: int, size: int, meanings: tuple[Sense, ...]) -> Item:
    """What is no name and no figure: the `size` tokens with their senses, else a word or a mark."""
    if meanings:
        return _made(meanings[0].kind, words, at, size, sense=meanings[0], other=meanings[1:])
    return _bare(words[at])


def _bare(token: Token) -> Item:
    return Item(
        "word" if token.word else "mark", token.low, token.start, token.end, None, (), None, token.owns,
        token.text[0].isupper(), token.glued,
    )  # fmt: skip


def _made(
    kind: str,
    words: Sequence[Token],
    at: int,
    size: int,
    names: tuple[Name, ...] = (),
    sense: Sense | None = None,
    other: tuple[Sense, ...] = (),
) -> Item:
    """The item of `size` tokens from the place on."""
    first, last = words[at], words[at + size - 1]
    low = first.low if size == 1 else " ".join(word.low for word in words[at : at + size])
    return Item(
        kind, low, first.start, last.end, sense, names, None, last.owns, first.text[0].isupper(), first.glued,
        None, other,
    )  # fmt: skip


def _without_name(number: Number, words: Sequence[Token], at: int, known: Names) -> Number:
    """The figure without a unit that is the first word of a name: "0.6 days since last order"."""
    if number.unit in ("", "times") or number.words:
        return number
    for place in range(at + 1, len(words)):
        if words[place].start >= number.end:
            break
        name = known.at(words, place) if words[place].word else None
        if name and name[0] > 1 and words[place + name[0] - 1].end > number.end:
            text = number.text[: words[place].start - number.start].rstrip()
            return replace(number, text=text, unit="", end=number.start + len(text))
    return number


def _is_all(words: Sequence[Token], name: tuple[int, tuple[Name, ...]]) -> bool:
    """Whether a segment's name is the whole text."""
    size, names = name
    return all(entry.kind == "segment" for entry in names) and not any(word.word for word in words[size:])


def _begins_a_statement(meanings: tuple[Sense, ...]) -> bool:
    """ "High access, low calls" mentions no segment, even where one is called so: it is held to what it says."""
    return any(sense.kind == "relation" for sense in meanings)


def _literals(text: str, known: Names) -> Iterator[tuple[int, int, tuple[Name, ...]]]:
    if known.literal is not None:
        for match in known.literal.finditer(text):
            names = known.literals.get(match.group().casefold())
            if names:
                yield match.start(), match.end(), names


def _past(words: Sequence[Token], at: int, end: int) -> int:
    while at < len(words) and words[at].start < end:
        at += 1
    return at


def _named(text: str, start: int, end: int, names: tuple[Name, ...]) -> Item:
    order = ("segment", "feature", "column", "category")
    kinds = sorted({name.kind for name in names}, key=order.index)
    kind = "segment-name" if kinds[0] == "segment" else kinds[0]
    kept = names if kind == "feature" else tuple(name for name in names if name.kind == kinds[0])
    return Item(kind, text[start:end].lower(), start, end, names=kept)


def _weak(words: Sequence[Token], at: int, size: int, columns: frozenset[str]) -> Item:
    refs = tuple((column, "") for column in sorted(columns))
    return _made("feature", words, at, size, (Name("feature", refs, False),))


def _noun_of(words: Sequence[Token], at: int, names: tuple[Name, ...], known: Names) -> int:
    """1 where the word behind a category value is its column's noun: "Flagship stores", "Gold members"."""
    if at >= len(words) or names[0].kind != "category":
        return 0
    nouns = known.nouns.get(names[0].refs[0][0], frozenset())
    return int(words[at].word and root(words[at].key) in nouns)


def _opens(found: Sequence[Item]) -> bool:
    """Whether a noun rather than a verb follows."""
    last = found[-1] if found else None
    return (
        last is None
        or last.kind in ("relation", "mean", "median", "mark")
        or last.low in ("the", "a", "their", "its")
        or last.owns
    )


_TRAILING = frozenset(
    [
        "score",
        "rate",
        "ratio",
        "count",
        "level",
        "share",
        "volume",
        "percentage",
        "value",
        "amount",
        "total",
        "size",
        "total",
    ]
)


_NOTHING: frozenset[str] = frozenset()


def _part(words: Sequence[Token], at: int, known: Names) -> tuple[int, frozenset[str]] | None:
    """A run of words that only the names of certain columns hold: how many words, and the columns."""
    columns: frozenset[str] = frozenset()
    end = at
    while end < len(words) and words[end].word:
        key = root(words[end].key)
        held = known.held.get(key, _NOTHING)
        joined = columns & held if end > at else held
        if joined:
            columns = joined
        elif not (end > at and words[end].key in _TRAILING) or _does(words, end):
            break
        end += 1
    return (end - at, columns) if columns else None


def _value(words: Sequence[Token], at: int, known: Names) -> Item | None:
    """A word that loosely names a category value."""
    refs = known.values.get(root(words[at].key)[:7]) if words[at].word else None
    return _made("category", words, at, 1, (Name("category", refs, False),)) if refs else None


def _does(words: Sequence[Token], at: int) -> bool:
    """Whether the word says what people do: "prescribers share the lowest wait", "prescribers score high"."""
    before = words[at - 1]
    people = any(sense.kind == "people" for sense in senses().get((before.low,), ()))
    return people and before.key != before.low


_PEOPLE = (Sense("people"),)
_NO_SENSE: tuple[int, tuple[Sense, ...]] = (0, ())


def _opens_name(words: Sequence[Token], at: int, end: int, known: Names) -> bool:
    """Whether a name begins at the place and reaches beyond the end: "at Large City Fleets" says no "at large",
    nor "the Family pack" "the family"."""
    name = known.at(words, at)
    return name is not None and at + name[0] > end


def _sense(
    words: Sequence[Token], at: int, figures: Mapping[int, Number], known: Names, found: Sequence[Item] = ()
) -> tuple[int, tuple[Sense, ...]]:
    """How many tokens have a sense together, and the senses; what is tied to a column needs one beside it."""
    behind = lengths().get(words[at].low)
    if behind is None:
        return _NO_SENSE
    alone = behind[""]
    for size in behind.get(words[at + 1].low, alone) if at + 1 < len(words) else alone:
        end = at + size
        meanings = senses().get(tuple([word.low for word in words[at:end]]), ())
        if not meanings or end > len(words):
            continue
        if meanings[0].kind == "tied" and not (column_before(found) or _column_behind(words, end, known)):
            meanings = meanings[1:]
            if not meanings:
                continue
        if size == 1:
            return 1, meanings
        if any(words[n].text[0].isupper() and _opens_name(words, n, end, known) for n in range(at + 1, end)):
            continue
        last = figures.get(words[end - 1].start)
        if last is not None and last.end > words[end - 1].end:
            continue
        if meanings[0].kind == "hedge" and not _figure_follows(words, end, figures):
            meanings = tuple(sense for sense in meanings if sense.kind != "hedge")
            if not meanings:
                continue
        return size, meanings
    return _NO_SENSE


def _column_behind(words: Sequence[Token], at: int, known: Names) -> bool:
    """Whether a column is named right behind, under its own name."""
    for place in range(at, min(at + 3, len(words))):
        name = known.at(words, place) if words[place].word else None
        if name is not None:
            return any(entry.kind == "feature" and entry.strong for entry in name[1])
        if words[place].low not in LEADS:
            return False
    return False


_BETWEEN = frozenset({"be", "not", "far-not", "strong", "slight", "glue", "hedge", "double", "only"})
_PASSED = word_set("""
    something what that which things thing one they it also clearly here these often always their the a an its our
    get gets got given happen happens occur occurs take takes place arrive arrives appear appears tend
    tends seem seems up in
    """)
LEADS = word_set("the their its our any a an these those such all of to both on for")
"""Words between a level and the column behind it."""


def column_before(items: Sequence[Item]) -> Item | None:
    """The column, under its own name, that the words behind it may be said of: "rep visits rarely [abound]"."""
    asked = len(items) > 1 and items[-1].low in (":", "?")
    for item in items[-2:-6:-1] if asked else items[:-6:-1]:
        if item.kind == "feature" and item.strong:
            return item
        if not (item.kind in _BETWEEN or item.low in _PASSED or item.low.endswith("ly")):
            return None
    return None


def _figure_follows(words: Sequence[Token], at: int, figures: Mapping[int, Number]) -> bool:
    """Whether a figure, or a part such as "a third", stands at the place."""
    if at >= len(words):
        return False
    return (
        words[at].start in figures
        or words[at].text in "$€£"
        or words[at].low in ("half", "twice", "double", "triple", "treble", "thrice", "quadruple")
        or (words[at].low in ("a", "one") and at + 1 < len(words) and words[at + 1].low in _PART_WORDS)
    )


_PART_WORDS = frozenset(
    ["half", "third", "quarter", "fifth", "tenth", "hundred", "thousand", "million", "dozen"]
)
