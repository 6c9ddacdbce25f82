"""Columns that a sentence speaks of without their names: by a word for people, an adjective, a verb, a span of time."""

from collections.abc import Sequence
from itertools import pairwise

from llm.checking.binding import State
from llm.checking.frames import Frame, Options, Scene
from llm.checking.items import SUBJECTS, Item
from llm.checking.reading import Clause
from llm.checking.thresholds import ABOVE
from llm.checking.tokens import root, singular, word_set
from llm.checking.truth import Subject

_PEOPLE = {
    "writer": "volume", "prescriber": "volume", "user": "volume", "buyer": "volume", "shopper": "volume",
    "spender": "spend", "visitor": "visit", "orderer": "order", "customer": "", "donor": "volume",
}  # fmt: skip


def by_people(people: Item, state: State) -> Options:
    """The column that a word for people speaks of: heavy writers, light spenders, rare visitors. One called by
    the very word is meant before those that share it with others."""
    word = _PEOPLE.get(people.low.removesuffix("s"), "")
    if not word:
        return ()
    names = state.scene.names
    called = tuple(
        Subject("number", column)
        for keys, given in names.phrases.get(word, ())
        if keys == (word,)
        for name in given
        if name.kind == "feature" and name.strong
        for column, _ in name.refs
    )
    return called or tuple(
        Subject("number", column)
        for column in sorted(names.parts.get(word, ()) or names.roles.get(root(word), ()))
    )


_SPOKEN_OF = {
    "cost": ("cost", "price", "fee", "premium"),
    "late": ("late", "delay", "wait", "turnaround", "lag", "duration"),
}
"""What the columns that an adjective implies are called."""


def by_adjective(subject: str, state: State) -> Options:
    """The columns that an adjective implies: older speaks of age, loyal of share."""
    truth, names = state.scene.truth, state.scene.names
    columns = [c for c, e in truth.profile.dictionary.items() if e.role == subject and c in truth.numbers]
    if not columns:
        words = _SPOKEN_OF.get(subject, (subject,))
        columns = sorted({c for word in words for c in names.parts.get(root(word), ()) if c in truth.numbers})
    return tuple(Subject("number", column) for column in columns)


_PAYING = word_set("""
    pay pays paid paying spend spends spent spending hand hands handed give gives gave giving leave leaves bring brings
    earn earns cost costs costing billed charged invoiced outspend outspends outspent outspending underspend underspends
    underspent hold holds bills charge charges net nets
    """)


def pays(items: Sequence[Item]) -> bool:
    """Whether a verb of paying is among the words: what it says more or less of is money."""
    return not _PAYING.isdisjoint([word for item in items for word in item.low.split()])


def for_each_one(frame: Frame, scene: Scene, sentence: Sequence[Item]) -> Options:
    """The columns of money for one of a thing where the sentence speaks of one: "they pay $43 more on each booking",
    "every booking brings in 60% more". What is counted holds the thing's name, and so does its price."""
    number = frame.number
    if number is None or not (number.unit == "$" or (number.unit == "%" and pays(sentence))):
        return ()
    truth, names = scene.truth, scene.names
    for one, thing in pairwise(sentence):
        if one.low not in _ONE or thing.kind not in SUBJECTS:
            continue
        held = names.parts.get(root(singular(thing.low.split()[-1])), frozenset())
        found = tuple(
            Subject("number", column)
            for column in sorted(held)
            if column in truth.numbers and truth.unit(Subject("number", column)) == "currency"
        )
        if found:
            return found
    return ()


def measured_by(scene: Scene, sentence: Sequence[Item]) -> Options:
    """What may be meant where no column is named: money behind a verb of paying, a count behind "often" and "many",
    neither a share nor a time behind "much" and "less"."""
    truth = scene.truth
    numbers = tuple(Subject("number", column) for column in truth.numbers)
    words = {word for item in sentence for word in item.low.split()}
    if pays(sentence) or words & _COINS:
        money = tuple(s for s in numbers if truth.unit(s) == "currency")
        if money:
            return money
    if words & _COUNTED:
        return tuple(s for s in numbers if truth.unit(s) == "count")
    if words & _MASS:
        return tuple(s for s in numbers if truth.unit(s) not in ("fraction", "points", "days", "months"))
    return ()


_COINS = frozenset({"dollar", "dollars", "cent", "cents", "money"})
_COUNTED = frozenset({"often", "frequently", "many", "fewer"})
_MASS = frozenset({"much", "what", "less", "more"})
_ONE = frozenset({"per", "each", "every", "a", "an", "one"})
_COMING = word_set("""
    turn turns come comes came drop drops show shows visit visits call calls stay stays log logs order orders book books
    buy buys return returns
    """)
_ELAPSED = frozenset(
    {"staler", "fresher", "more recent", "more recently", "most recently", "longer ago", "longest ago"}
)
_LASTING = _ELAPSED | {"longer", "longest", "for longer", "for the longest", "newest"}
_BELONGING = word_set("""
    newest with belong belongs belonged tied bound sign signs signed member members customer customers
    client clients joined
    subscribe subscribed loyal stay stays stayed stick sticks stuck aboard books
    """)
_MISSING = word_set("""
    away touch unseen seen gone absent silent quiet back idle ago wait waited waiting uncontacted unvisited heard
    """)
_GAPS = frozenset({"since", "last", "recent", "recency", "gap"})


def lasting(item: Item) -> str:
    """ "time" for words that compare spans of time."""
    return "time" if item.low in _LASTING else ""


def by_verb(clause: Clause, item: Item, state: State) -> Options:
    """What a comparative without a column speaks of: money behind "pay more", a count behind "turn up less often",
    a time behind "with us longer" or "away for longer". Of several columns of that unit one is enough."""
    truth = state.scene.truth
    words = {word for other in clause.items for word in other.low.split()}
    if item.low in _LASTING:
        lapsed, belongs = bool(words & _MISSING), bool(words & _BELONGING)
        lapsed = (lapsed or item.low in _ELAPSED) and not (item.low in _ELAPSED and belongs)
        if lapsed or belongs:
            return tuple(
                s for s in _of_unit(state, "days", "months") if _is_gap(s.column, state.scene) == lapsed
            )
        return ()
    if "often" in item.low or "frequently" in item.low:
        return _of_unit(state, "count") if words & _COMING else ()
    more = item.low in ("more", "less", "most", "least", "more so far", "most so far")
    if item.low.startswith(("outspen", "underspen")) or (more and _is_paid(clause, item)):
        return tuple(
            s for s in _of_unit(state, "currency") if truth.profile.dictionary[s.column].role == "volume"
        )
    return ()


def _is_paid(clause: Clause, item: Item) -> bool:
    """Whether the word says how much is paid: "spend more", "hand us more", "leave less money"."""
    at = clause.items.index(item)
    before = [other.low for other in clause.items[max(0, at - 2) : at]]
    after = clause.items[at + 1].low if at + 1 < len(clause.items) else ""
    paid = bool(before) and (before[-1] in _PAYING or (before[-1] in _TO_US and before[0] in _PAYING))
    return paid or (after == "money" and bool(_PAYING & set(before)))


_TO_US = frozenset({"us", "far", "much", "even", "slightly", "a little"})


def _of_unit(state: State, *units: str) -> Options:
    truth = state.scene.truth
    subjects = (Subject("number", column) for column in truth.numbers)
    return tuple(s for s in subjects if s.column in truth.profile.dictionary and truth.unit(s) in units)


_TURNED = frozenset({"later", "sooner", "earlier"})


def turned(clause: Clause, subject: Subject, scene: Scene) -> int:
    """-1 where a word of the clause counts backwards in the column: what was done earlier has more days behind it."""
    back = subject.kind == "number" and any(item.low in _TURNED for item in clause.items)
    return -1 if back and _is_gap(subject.column, scene) else 1


def lately(scene: Scene) -> bool:
    """Whether the segment's last visit, order or contact is nearer than that of all accounts."""
    truth = scene.truth
    times = (
        c for c, e in truth.profile.dictionary.items() if c in truth.numbers and e.unit in ("days", "months")
    )
    return any(
        (truth.z(scene.segment, Subject("number", column)) or 0.0) <= -ABOVE
        for column in times
        if _is_gap(column, scene)
    )


def _is_gap(column: str, scene: Scene) -> bool:
    """Whether a column of time counts from the last event on."""
    held = {part for part, columns in scene.names.parts.items() if column in columns}
    entry = scene.truth.profile.dictionary[column]
    spelled = f"{column} {entry.label} {' '.join(entry.aliases)}".lower().replace("_", " ").split()
    return bool(_GAPS & (held | set(spelled)))
