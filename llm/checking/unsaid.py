"""Words of comparison that compare nothing: adjectives of what no column holds, "as often as", "behind them"."""

from collections.abc import Sequence

from llm.checking.binding import State, bound
from llm.checking.items import SUBJECTS, Item
from llm.checking.qualifying import neighbour
from llm.checking.reading import Clause
from llm.checking.tokens import word_set

PLACED = frozenset({"behind", "above", "below", "beneath", "under", "over", "beyond"})


def as_much(clause: Clause, at: int) -> bool:
    """ "about as often as the base": neither more nor less; "not as often as" is left to the negation."""
    before, after = clause.items[at - 1 : at], clause.items[at + 1 : at + 3]
    led = bool(before) and before[0].low == "as"
    return (
        led
        and any(i.low == "as" for i in after)
        and not (
            clause.has("not", "none", "times", "double")
            or any(i.number is not None and i.number.unit in ("times", "%") for i in clause.items[:at])
        )
    )


def measured_time(before: Sequence[Item], item: Item) -> bool:
    """ "three days old" gives a time, no age and no comparison."""
    unit = before[-1].number.unit if before and before[-1].number is not None else ""
    return item.low in ("old", "long") and unit in ("days", "weeks", "months", "quarters", "years")


def than_figure(clause: Clause, at: int) -> bool:
    """ "a year less than the 53.3 mean" compares with a figure, which is checked as such."""
    after = neighbour(clause, at)
    if after is None or after.kind != "than":
        return False
    behind = neighbour(clause, clause.items.index(after))
    return behind is not None and behind.kind == "number" and not clause.has("segment-name")


def beside_pronoun(clause: Clause, at: int, state: State) -> bool:
    """ "have Medicaid behind them" places nobody, unless another segment was spoken of."""
    after = neighbour(clause, at)
    alone = state.against is None and not clause.has("segment-name") and state.who == (state.scene.segment,)
    return alone and after is not None and after.low in ("them", "it")


def just_as(clause: Clause, at: int) -> bool:
    """ "They wait just as long: 6.1 days" sets two equal, and says of neither that it is long."""
    led = at > 0 and clause.items[at - 1].low in ("as", "equally")
    return (
        led
        and not as_much(clause, at)
        and not (
            clause.has("times", "not", "none", "than", "share")
            or any(
                i.number is not None and i.number.unit in ("times", "%")
                for i in clause.items[max(0, at - 3) : at]
            )
        )
    )


def beside_mean(clause: Clause, item: Item, state: State) -> bool:
    """ "The median is 52, a little short of the mean" sets two figures of one segment rightly beside each other."""
    before = clause if clause.has("median") else clause.before
    if before is None or before.sentence != clause.sentence or not before.has("median"):
        return False
    bare = any(i.low in ("mean", "the mean") and i.kind in ("mean", "all") for i in clause.items)
    comparative = item.sense is not None and item.sense.grade == "comparative"
    if not bare or not comparative or clause.has("people", "segment-name", "rest", "any"):
        return False
    about, here = bound(clause, item, state, False)
    if (here and before is not clause) or len(about) != 1 or len(about[0]) != 1:
        return False
    truth, subject = state.scene.truth, about[0][0]
    median = truth.value(state.scene.segment, subject, "median") if subject.kind == "number" else None
    mean = truth.value(state.scene.segment, subject)
    if median is None or mean is None or item.sense is None:
        return False
    turned = before is not clause and any(
        i.low in ("mean", "the mean") for i in clause.items[: clause.items.index(item)]
    )
    return item.sense.sign * (median - mean) * (-1 if turned else 1) > 0


def strange_noun(clause: Clause, at: int) -> bool:
    """Whether something no column holds follows: "generous at the till"."""
    return any(
        i.kind == "word" and len(i.low) > 3 and not i.low.endswith("ly") for i in clause.items[at + 1 :]
    )


MEASURES = word_set("""
    figure figures value values level levels number numbers rate rates score scores average total totals count
    counts amount share shares ratio percentage result results standing reading side end use intake
    """)


_NOUNS = word_set("patient client agent event rent department investment equipment content element document")
"""Nouns that end as adjectives do: "the most patient visits"."""


def _multiplied(clause: Clause, at: int) -> bool:
    """Whether a multiple says how much: "1.5 times as high"."""
    return any(
        i.kind in ("times", "share") or (i.number is not None and i.number.unit == "times")
        for i in clause.items[max(0, at - 4) : at]
    )


_PREDICATES = word_set(
    "item items line part post thing event sight occurrence habit affair presence element expense feature matter issue"
    " factor component ingredient pursuit activity phenomenon fixture"
)


def _of_a_column(clause: Clause, at: int) -> bool:
    """Whether the adjective and its noun are said of a column: "hygiene is a modest item"."""
    before = [
        i for i in clause.items[:at] if i.low not in ("a", "an", "the") and i.kind not in ("strong", "slight")
    ]
    return len(before) > 1 and before[-1].kind == "be" and before[-2].kind == "feature" and before[-2].strong


_FREQUENCIES = frozenset({
    "rarely", "seldom", "hardly ever", "scarcely ever", "barely ever", "almost never", "infrequently", "often",
    "frequently", "sparingly",
})  # fmt: skip


def _verb_with_column(clause: Clause, at: int) -> bool:
    """Whether the word says how often something is done to a column: "seldom raise a ticket"."""
    behind = [
        i for i in clause.items[at + 1 : at + 5] if i.low not in ("a", "an", "the", "any", "their", "our")
    ]
    return (
        clause.items[at].low in _FREQUENCIES
        and len(behind) > 1
        and behind[0].kind == "word"
        and behind[1].kind == "feature"
        and behind[1].strong
    )


_FLOWS = word_set("goes go going went flows flow comes come finds gets")


def _measures(clause: Clause, at: int) -> bool:
    """Whether the adjective, with the noun or verb behind it, still measures a column: "a narrow choice of device
    lines", "very little goes into training"."""
    behind = clause.items[at + 1 : at + 5]
    if len(behind) < 3 or behind[0].kind != "word":
        return False
    led = behind[1].kind == "of" or (behind[0].low in _FLOWS and behind[1].kind == "on")
    named = next((i for i in behind[2:] if i.low not in ("the", "their", "its", "our")), None)
    return led and named is not None and named.kind in SUBJECTS and named.strong


def part_of_other(clause: Clause, at: int) -> bool:
    """Adjectives of something that no column measures: "a high base", "a long way", "more effective"."""
    item, after = clause.items[at], neighbour(clause, at)
    if item.glued and at and clause.items[at - 1].kind in ("word", "relation", "segment", "people"):
        return True
    if (
        item.low in ("behind", "ahead", "beyond")
        and after is not None
        and after.kind in ("relation", *SUBJECTS)
    ):
        return True
    if item.glued and at and clause.items[at - 1].kind in SUBJECTS:
        return False
    plain = item.sense is not None and item.sense.grade == "plain"
    if _measures(clause, at):
        return False
    if plain and at and clause.items[at - 1].low.split()[-1] == "as" and _multiplied(clause, at):
        return True
    noun = after is not None and after.kind == "word" and after.low.isalpha() and not after.low.endswith("ly")
    if plain and noun and after is not None and after.low not in MEASURES:
        return not ((after.low in _PREDICATES and _of_a_column(clause, at)) or _verb_with_column(clause, at))
    if (
        item.low in ("more", "less", "much", "little", "most", "least")
        and after is not None
        and after.kind == "word"
    ):
        return after.low not in _NOUNS and after.low.endswith(
            ("ly", "ing", "ed", "ive", "ous", "ful", "al", "ic", "ent", "ant", "able", "ible")
        )
    if (
        item.low in ("long", "short", "deep", "rich", "much", "great", "large")
        and after is not None
        and after.kind == "word"
    ):
        return after.low in (
            "way",
            "as",
            "while",
            "list",
            "run",
            "term",
            "so",
            "deal",
            "part",
            "time",
            "extent",
        )
    return False
