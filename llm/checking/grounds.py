"""Sentences that state something of the accounts and nothing that a column could bear out."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from llm.checking.binding import options
from llm.checking.frames import Scene
from llm.checking.items import ANCHORS, SUBJECTS, Item
from llm.checking.names import Names
from llm.checking.reading import Reading
from llm.checking.tokens import root, word_set
from llm.checking.vocabulary import known

_GROUNDS = (ANCHORS - {"relation", "none"}) | {"gap", "joint", "mean", "median", "hedge", "any", "sorted"}
"""What ties a sentence to the table: a figure, a part, a place, a name."""
_SPOKEN_OF = frozenset({"self", "segment-name", "people"})
_EMPTY = word_set("""
    the a an our we you us your i me my and or that this these those there here what how why when where who which
    is are was were be been has have had do does did will would can could should may might must shall let look see
    meet note say call name so as if then than too also even still just only more most less least very quite rather
    indeed well yes no not sure right all every each both other another such same one ones thing things kind sort
    place side end way case point group groups segment people crowd lot bunch folks set table base story picture
    summary overview profile word words question answer number numbers figure figures fact facts half
    find found money year years month months week weeks day days quarter quarters time while ever off out around
    along away back again
    worth own closer close now guess meet greet welcome imagine think wonder surprise said saying remember gets got
    """)
"""Words that say nothing by themselves."""


def groundless(reading: Reading, names: Names) -> Iterator[tuple[int, int]]:
    """Spans of what is said of the accounts in sentences with no figure, no column, and no comparison."""
    asked = named = False
    for _, clauses in groupby(reading.clauses, key=lambda clause: clause.sentence):
        sentence = list(clauses)
        items = [item for clause in sentence for item in clause.items]
        telling = [item for item in items if item.kind == "word" and _tells(item)]
        if (
            not asked
            and not any(clause.question for clause in sentence)
            and not _grounded(items, len(telling))
            and any(i.kind in _SPOKEN_OF or i.low == "many" for i in items)
        ):
            yield telling[0].start, telling[-1].end
        elif not named and not any(item.kind in SUBJECTS or item.low in _REPORTING for item in items):
            yield from _foreign(items, names)
        asked = any(clause.question for clause in sentence)
        named = named or any(item.kind in SUBJECTS for item in items)


_DOINGS = word_set("""
    visit visits come comes go goes buy buys order orders write writes log logs call calls book books stay stays leave
    leaves left cancel cancels pay pays drop drops turn turns return returns shop shops spend spends sign signs attend
    attends open opens click clicks use uses renew renews churn quit quits reply replies dispute respond prescribe
    donate give gives send sends claim claims file files switch join joins check checks fill fills
    """)
"""What any table of accounts counts under some name or other."""


def _tells(item: Item) -> bool:
    low = item.low
    return (
        low.isalpha()
        and len(low) > 2
        and low not in _EMPTY
        and low not in _DOINGS
        and root(low) not in _DOINGS
    )


_HEADS = word_set("""
    attendance attendances value values limit limits turnover length duration time times age ages
    size sizes income incomes revenue revenues profit profits margin margins debt debts balance balances rating
    ratings satisfaction response responses request requests complaint complaints meeting meetings appointment
    appointments hours distance wait waits budget budgets quality yield capacity speed weight height review reviews
    reward rewards experience training attitude attitudes knowledge skills preference preferences problems
    expectations plans team teams manager managers equipment software system systems service interest interests
    strategy delivery deliveries design history insurance fraud safety mileage frequency occupancy loyalty trust
    confidence
    """)
"""Nouns of measures: behind another noun they make a measure of their own ("waiting time", "event attendance")."""


_OUTLAYS = frozenset(
    {"budget", "budgets", "outlay", "spend", "spending", "bill", "bills", "revenue", "revenues"}
)


def _all_money(item: Item, scene: Scene) -> bool:
    return {scene.truth.unit(s) for s in options(item, scene.truth)} == {"currency"}


_GAUGES = {
    "value": ("currency",), "amount": ("currency", "count"), "size": ("currency", "count"),
    "length": ("days", "months", "count"), "percentage": ("fraction", "points"),
}  # fmt: skip
"""Heads that only a column of such a unit could have: no contract has a value where its term is what is held."""


_STAFF = word_set("support sales account service field care success marketing help brand regional")
_OURS = {
    "team": _STAFF, "teams": _STAFF, "manager": _STAFF, "managers": _STAFF,
    "times": word_set("several many few countless numerous multiple various other such different"),
}  # fmt: skip
"""Nouns before a head that make no measure of it: those who serve the accounts, and how many times."""


def strange_compounds(items: Sequence[Item], scene: Scene) -> Iterator[tuple[int, int]]:
    """Spans of measures made of a noun and a head that no name of a column joins."""
    names, truth = scene.names, scene.truth
    for before, item in pairwise(items):
        if item.low not in _HEADS or item.capital or before.owns or before.low in _OURS.get(item.low, ()):
            continue
        columns = {column for column, _ in before.refs}
        if before.kind == "feature" and item.kind == "word":
            strange = (
                not (item.low in _OUTLAYS and _all_money(before, scene))
                and not columns & names.held.get(root(item.low), frozenset())
                and not known(item.low, names.known)
            )
        elif before.kind == "word":
            loose = item.kind == "feature" and not item.strong
            strange = _noun(before, names) and (
                loose or (item.kind == "word" and not known(item.low, names.known))
            )
        else:
            strange = False
        if strange:
            yield before.start, item.end
    for item in items:
        gauge = _GAUGES.get(item.low.split()[-1]) if item.kind == "feature" and not item.strong else None
        if gauge and " " in item.low and not any(truth.unit(s) in gauge for s in options(item, truth)):
            yield item.start, item.end


def _foreign(items: Sequence[Item], names: Names) -> Iterator[tuple[int, int]]:
    """Spans of what is measured where no column is named: "new projects average 19", "more meetings than"."""
    for at, item in enumerate(items):
        if not _noun(item, names):
            continue
        behind = items[at + 1] if at + 1 < len(items) else None
        start = at
        while start and (_noun(items[start - 1], names) or items[start - 1].kind == "people"):
            start -= 1
        before = items[start - 1] if start else None
        subject = (
            behind is not None
            and behind.kind in ("be", "mean")
            and (before is None or before.low in _DETERMINERS)
        )
        judged = (
            before is not None
            and before.kind in ("on", "of")
            and start > 1
            and items[start - 2].kind == "number"
        )
        compared = (
            before is not None
            and before.kind == "relation"
            and before.sense is not None
            and before.sense.grade == "comparative"
            and any(other.kind == "than" for other in items[at:])
        )
        if (subject and _measured(items[at + 1 :])) or judged or compared:
            yield items[start].start, item.end
            return


_DETERMINERS = frozenset({"the", "their", "its", "a", "an", "here", "our", ",", "and"})


def _measured(items: Sequence[Item]) -> bool:
    return any(item.kind in ("number", "relation", "share", "times", "near") for item in items)


def _noun(item: Item, names: Names) -> bool:
    return (
        item.kind == "word"
        and _tells(item)
        and not item.low.endswith("ly")
        and not known(item.low, names.known)
    )


def _grounded(items: Sequence[Item], telling: int) -> bool:
    """Whether a column could bear the sentence out; one named by a part of its name, with nothing said of its
    level and two words or more of something else, could not ("event goers like to speak in public")."""
    if not telling or any(item.kind in SUBJECTS and item.strong for item in items):
        return True
    named = any(item.kind in SUBJECTS for item in items)
    if any(
        item.kind in _GROUNDS and (named or not _counts_things(items, at)) for at, item in enumerate(items)
    ):
        return True
    if named and (telling < 2 or any(item.kind in ("relation", "not", "none") for item in items)):
        return True
    if any(item.kind == "none" for item in items) and any(item.kind == "than" for item in items):
        return True
    return any(
        (item.kind == "relation" and not _of_thing(items, at))
        or item.low in _PARTLY
        or item.low in _REPORTING
        for at, item in enumerate(items)
    )


_REPORTING = word_set("""
    told said shown known weighed measured counted published suppressed hidden withheld compared named listed recorded
    computed checked priority topic topics data table unknown missing available
    """)
"""Words of sentences on what the record holds, which speak of no trait."""
_PARTLY = frozenset({"little of", "much of", "so much", "as much", "so few", "so many", "little of it"})


def _counts_things(items: Sequence[Item], at: int) -> bool:
    """Whether a small number in words counts what no column holds: "three shifts", "twice a year"."""
    item, after = items[at], items[at + 1] if at + 1 < len(items) else None
    if after is None or (item.kind == "times" and after.low != "a"):
        return False
    small = (
        item.number is not None and item.number.words and item.number.unit == "" and item.number.value <= 12
    )
    return item.kind == "times" or bool(
        small and after.kind == "word" and (_tells(after) or after.low == "times")
    )


def _of_thing(items: Sequence[Item], at: int) -> bool:
    """Whether an adjective is of a noun that no column holds: "long waiting lists"."""
    plain, after = items[at].sense, items[at + 1] if at + 1 < len(items) else None
    if plain is None or plain.grade != "plain" or after is None or after.kind != "word":
        return False
    spare = after.low == "time" and items[at].low in ("little", "limited", "much")
    return spare or (after.low.isalpha() and after.low not in _EMPTY and not after.low.endswith("ly"))
