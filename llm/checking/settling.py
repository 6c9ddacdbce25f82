"""One sense for each item. A word may have several ("over" is a comparison or a hedge, "most" the highest or
the majority); its neighbours decide here, once, so that the rooms behind this one see one sense each."""

from collections.abc import Sequence
from dataclasses import replace

from llm.checking.averages import average, usual
from llm.checking.degrees import grade
from llm.checking.items import SUBJECTS, WHO, Item, column_before
from llm.checking.referring import averaged_people, called_people, multiply, resolve
from llm.checking.senses import Sense
from llm.checking.tokens import singular, word_set
from llm.checking.tying import tie

_ACTS = word_set("""
    list use live buy shop practise practice hold are write prescribe order visit spend come work sit have
    """)


_MAJORITY = Sense("share", low=0.5, high=1.0, sign=1)
_FEW = Sense("share", low=0.0, high=0.1)
_ALL = Sense("all")


_HARDLY = frozenset({"hardly any", "scarcely any", "barely any", "almost none", "next to none"})
"""Few of the accounts, or little of a column: "hardly any are Gold members", "hardly any calls"."""


_OPEN_KINDS = frozenset({
    "relation", "near", "hedge", "mean", "only", "each", "strong", "place", "feature", "category", "share", "all",
    "index", "z", "lift", "gap", "sd", "column", "over", "tied", "median",
})  # fmt: skip
_OPEN_WORDS = _HARDLY | {
    "most of",
    "most",
    "under",
    "below",
    "within",
    "few",
    "as",
    "the total",
    "overall",
    "any",
    "out",
    "elsewhere",
}
"""What neighbours may give another sense; nothing else is decided by them."""


def settled(items: list[Item]) -> list[Item]:
    """The items with their senses decided by what stands beside them."""
    resolve(items)
    for at, item in enumerate(items):
        if item.kind not in _OPEN_KINDS and item.low not in _OPEN_WORDS:
            continue
        after = items[at + 1] if at + 1 < len(items) else None
        before = items[at - 1] if at else None
        if (
            _says_nothing(item, before, after)
            or _bound_by(items, at)
            or _times_a_span(items, at)
            or _above_all(items, at)
        ):
            item.kind = "glue"
        if item.kind == "feature" and item.low in _BARE_SHARE and _of_a_value(items, at):
            item.kind = "glue"
        if item.kind == "column" and averaged_people(item, before):
            item.kind = "people"
        if item.low == "ordinary" and after is not None and after.kind == "people":
            item.kind = "mean"
        if (
            item.kind == "over"
            and item.low.startswith("skew")
            and (after is None or after.kind not in SUBJECTS)
        ):
            item.kind = "be"
        if item.kind == "tied":
            tie(items, at)
            continue
        if item.kind in ("mean", "median") and (column := usual(items, at)) is not None:
            _turn(item, Sense("near"))
            item.tied = column
            continue
        grade(before, item, after)
        if item.low in ("over", "above", "under", "below") and _leads_from_gap(items, at):
            item.kind, item.sense, item.other = "on", None, ()
        if item.low == "elsewhere" and before is not None and before.kind == "than":
            item.kind = "rest"
        if item.low == "out" and after is not None and after.glued and after.kind == "feature":
            _turn(item, Sense("relation", 1, "comparative", verb=True))
        kind = item.kind
        if kind in ("relation", "near"):
            hedge = next((s for s in item.other if s.kind == "hedge"), None)
            if (hedge and after is not None and after.kind == "number" and not _owned(items, at + 1)) or (
                hedge and after is not None and after.kind == "share"
            ):
                _turn(item, hedge)
            if (
                kind == "near"
                and item.low.endswith(("around", "about"))
                and item.kind == "near"
                and _figure(items, at + 1)
            ):
                _turn(item, Sense("hedge"))
        elif kind == "relation" and _exceeds_figure(item, after) and item.sense is not None:
            _turn(item, Sense("hedge", item.sense.sign))
        elif kind == "hedge" and (
            after is None or after.kind not in ("number", "share", "times", "hedge", "relation")
        ):
            near = next((s for s in item.other if s.kind == "near"), None)
            if near:
                _turn(item, near)
            elif not _next_number(items, at):
                item.kind = "glue"
        if item.low == "most of" and before is not None and before.low in ("the", "their"):
            item.low = "most"
            _turn(item, Sense("relation", 1, "superlative"))
        elif item.low == "most":
            _most(item, items, at)
        elif item.low in ("under", "below", "within") and _category_follows(items, at):
            item.kind = "glue"
        elif (
            item.low in ("very few", "only a few")
            and after is not None
            and after.kind == "feature"
            and after.strong
        ):
            _turn(item, Sense("relation", -1, "plain"))
        elif item.low in _HARDLY and (after is None or after.kind == "mark") and (
            (column := column_before(items[:at])) is not None
        ):  # fmt: skip
            _turn(item, Sense("relation", -1, "plain"))
            item.tied = column
        elif _is_few(item, after):
            _turn(item, _FEW)
        elif kind == "mean":
            average(item, items, at)
        elif item.low == "as":
            item.kind = "than" if after is not None and _leads_to_who(items, at + 1) else "glue"
        elif kind == "only" and item.low == "only" and _only_so(items, at):
            item.kind = "glue"
        elif kind == "only" and after is not None and (
            after.kind in ("number", "hedge", "share", "relation") and item.low == "only"
        ):  # fmt: skip
            item.kind = "glue" if after.kind != "relation" else "slight"
        elif item.low in ("all", "every", "each") and kind == "each":
            _every(item, items, at)
        elif item.low in ("the total", "overall") and after is not None and after.kind == "feature" and (
            item.low == "the total" or _of_figure(items, at)
        ):  # fmt: skip
            item.kind = "each"
        elif item.low == "any" and before is not None and before.kind == "of":
            item.kind = "any"
        elif item.low == "much" and _compares(after):
            item.kind = "strong"
        elif kind == "strong" and item.low in ("much", "far", "way", "well") and (
            after is None or after.kind not in ("relation", "number", "place", "times", "strong")
        ):  # fmt: skip
            item.kind = "glue"
        elif kind == "place" and item.low in ("second", "first", "last", "third") and before is not None:
            if before.low in ("at", "every", "each") or (
                after is not None and after.low in ("time", "step", "half")
            ):
                item.kind = "glue"
        elif kind in ("feature", "category") and before is not None and before.low == "per":
            item.names = tuple(replace(name, strong=False) for name in item.names)
        elif _idle(item, items, at, after):
            item.kind = "glue"
        elif kind == "relation" and item.low in _LEADING and _leads_whom(items, at):
            item.sense = Sense("relation", 1, "comparative", verb=True)
        if item.kind == "share" and item.sense and (item.sense.high < 0.8 or "half" in item.low):
            multiply(item, items, at)
    return items


def _only_so(items: Sequence[Item], at: int) -> bool:
    """Whether the word makes a level small and sets nobody apart: "reach only a low level"."""
    behind = [*items[at + 1 : at + 3], items[at]]
    led = behind[0].low in ("a", "an")
    level = behind[1] if led else behind[0]
    return level.kind in ("relation", "tied") and (led or level.low.startswith(("a ", "an ")))


def _leads_from_gap(items: Sequence[Item], at: int) -> bool:
    """Whether the word only says from whom a distance is: "a deficit of 8 points over S2"."""
    behind = items[at + 1] if at + 1 < len(items) else None
    led = [item for item in items[max(0, at - 4) : at] if item.low not in ("of", "a", "an", "the", "in")]
    told = [item for item in led if item.kind != "number" and item.kind not in SUBJECTS]
    return (
        bool(led) and behind is not None and behind.kind != "number" and bool(told) and told[-1].kind == "gap"
    )


def _compares(item: Item | None) -> bool:
    return (
        item is not None
        and item.kind == "relation"
        and item.sense is not None
        and item.sense.grade == "comparative"
    )


def _figure(items: Sequence[Item], at: int) -> bool:
    """Whether a figure stands at the place, and is not called somebody's."""
    return at < len(items) and items[at].kind == "number" and not _owned(items, at)


def _above_all(items: Sequence[Item], at: int) -> bool:
    """Whether "above all" stresses what follows and names nobody to be above: not "above all members"."""
    if items[at].low != "above" or at + 1 >= len(items) or items[at + 1].low != "all":
        return False
    behind = items[at + 2] if at + 2 < len(items) else None
    named = ("people", "segment", "number", "rest", "segment-name", "column", "all")
    return behind is None or not (behind.kind in named or behind.low in ("the", "other", "our", "of"))


def _exceeds_figure(item: Item, after: Item | None) -> bool:
    """Whether the verb sets the subject beside a figure and no segment: "orders exceed 11"."""
    if item.sense is None or not item.sense.verb or after is None or after.number is None:
        return False
    return not after.number.words and after.number.unit not in ("points", "times", "sd", "rank")


def _is_few(item: Item, after: Item | None) -> bool:
    """Whether the word gives a small part of the accounts rather than a low value of a column."""
    if item.low in _HARDLY:
        return after is None or after.kind != "feature"
    return item.low == "few" and after is not None and after.kind in ("people", "category")


def _of_figure(items: Sequence[Item], at: int) -> bool:
    """Whether a figure is a part of what follows: "37% of the overall orders"."""
    place = at - 1 - (at > 0 and items[at - 1].low == "the")
    return place > 0 and items[place].kind == "of" and items[place - 1].kind == "number"


def _category_follows(items: Sequence[Item], at: int) -> bool:
    """Whether accounts come under a category value ("come under Toys"), so that nothing is compared."""
    behind = [item for item in items[at + 1 : at + 3] if item.low not in ("the", "a", "an")][:1]
    return bool(behind) and behind[0].kind in ("category", "column") and not behind[0].owns


_LED_TO = frozenset({"the", "an", "a", "that", "those", "of", "both", "even", "only"})
_LEADING = word_set("lead leads leading top tops topping head heads heading")


def _leads_whom(items: Sequence[Item], at: int) -> bool:
    """Whether the verb says who is led: "leads S3", "tops the average", not "the top average"."""
    before = items[at - 1] if at else None
    behind = [item for item in items[at + 1 : at + 5] if item.low not in _LED_TO][:1]
    if not behind or (before is not None and before.low in ("the", "their", "its", "a")):
        return False
    level = behind[0].kind == "all" and behind[0].low not in (
        "all segments",
        "all groups",
        "across all segments",
    )
    return level or behind[0].kind in ("segment-name", "self", "rest", "mean")


def _says_nothing(item: Item, before: Item | None, after: Item | None) -> bool:
    """ "stays last 6.1 days" ranks nobody, and "is the norm" or "on access and share alike" compare with nobody."""
    if item.low in ("tops", "alike"):
        closes = after is None or after.kind == "mark"
        return closes and not (item.low == "alike" and before is not None and before.kind in ("be", "slight"))
    if item.kind == "place":
        follows = after is not None and (after.kind in ("number", "hedge") or after.low in _DONE)
        done = after is not None and after.kind in ("word", "feature") and after.low.endswith("ed")
        return item.low == "last" and (follows or done)
    return item.kind == "all" and item.low.endswith("norm") and before is not None and before.kind == "be"


_BOUND = frozenset({"committed", "devoted", "faithful", "loyal"})
_QUICKLY = word_set("quickly soon fast early swiftly promptly sooner")


def _bound_by(items: Sequence[Item], at: int) -> bool:
    """Whether the word only joins accounts to a category value ("committed to a two-year contract"), or says that
    something ends ("over quickly")."""
    behind = items[at + 1 : at + 4]
    if items[at].low == "over":
        return bool(behind) and behind[0].low in _QUICKLY
    led = items[at].low in _BOUND and bool(behind) and behind[0].low == "to"
    return led and next((i.kind == "category" for i in behind[1:] if i.low not in _LED_TO), False)


_BARE_SHARE = frozenset({"share", "shares"})


def _of_a_value(items: Sequence[Item], at: int) -> bool:
    """Whether "share" alone is that of the value spoken of: "PCP makes up 12%, below the overall share". What is
    compared ("a larger share than") needs its noun."""
    if at and items[at - 1].kind == "relation":
        return False
    for item in reversed(items[:at]):
        if item.kind == "mark" and item.low in ".!?":
            return False
        if item.kind in ("feature", "category"):
            return item.kind == "category"
    return False


_DONE = word_set("seen bought came went spoke wrote met had was were")
"""What somebody last did ranks nobody: "were last seen"."""
_SPANS = word_set("day week month quarter year period season while")
_MEASURES = frozenset({"over", "under", "within", "across"})


def _times_a_span(items: Sequence[Item], at: int) -> bool:
    """Whether the word only leads to a span of time: "over the year", "a few days ago"; nor is anything under
    a contract compared with it."""
    item = items[at]
    if item.kind not in ("relation", "share"):
        return False
    behind = [
        other for other in items[at + 1 : at + 4] if other.low not in ("the", "a", "one", "this", "full")
    ]
    if not behind:
        return False
    if item.kind == "relation" and item.low == "under":
        return items[at + 1].low == "contract"
    span = singular(behind[0].low) in _SPANS
    return span and (
        (item.kind == "relation" and item.low in _MEASURES)
        or (item.kind == "share" and item.low.endswith("few"))
    )


def _idle(item: Item, items: Sequence[Item], at: int, after: Item | None) -> bool:
    """Whether the word says nothing here: "match" without whom, "index" or "gap" without a figure."""
    if item.kind == "near" and item.low in ("match", "matches", "mirrors", "tracks", "alongside"):
        return after is None or (
            after.kind not in ("segment-name", "all", "self", "another") and after.low not in ("the", "that")
        )
    reach = 12 if item.kind == "gap" else 7
    return item.kind in ("index", "z", "lift", "gap", "sd") and not _number_near(items, at, reach)


def _turn(item: Item, sense: Sense) -> None:
    item.kind, item.sense, item.other = sense.kind, sense, ()


def _owned(items: Sequence[Item], at: int) -> bool:
    """Whether the figure is called somebody's: "above the 30% average", "over S2's 53%"."""
    after = items[at + 1] if at + 1 < len(items) else None
    number = items[at].number
    if number is not None and number.unit in ("sd", "times"):
        return number.unit == "sd"
    return after is not None and (after.kind in ("mean", "all") or after.low in ("average", "mean"))


def _next_number(items: Sequence[Item], at: int) -> bool:
    return any(item.kind in ("number", "share", "times") for item in items[at + 1 : at + 3])


def _number_near(items: Sequence[Item], at: int, reach: int) -> bool:
    return any(item.kind == "number" for item in items[max(0, at - 2) : at + reach])


def _leads_to_who(items: Sequence[Item], at: int) -> bool:
    for item in items[at : at + 3]:
        if item.kind in WHO:
            return True
        if item.kind not in ("on", "glue") and item.low not in ("the", "that", "those", "of"):
            return False
    return False


def _most(item: Item, items: Sequence[Item], at: int) -> None:
    after = items[at + 1] if at + 1 < len(items) else None
    before = items[at - 1] if at else None
    if before is not None and before.kind == "than":
        _turn(item, _ALL)
    elif before is not None and before.low in ("the", "has", "have", "by", "second", "third"):
        return
    elif (
        after is None
        or _opens_with_verb(before, after)
        or after.kind in ("people", "category", "be", "self", "which", "segment", "segment-name", "not")
        or after.low in _ACTS
        or after.low in ("of", "these")
    ):
        _turn(item, _MAJORITY)


_QUALITY = ("ed", "al", "ive", "ous", "ful", "ic", "ent", "ant", "able", "ible", "y")


def _opens_with_verb(before: Item | None, after: Item | None) -> bool:
    """Whether "most" opens a stretch and a verb follows: "most call it greasy"."""
    opens = before is None or before.kind == "mark"
    return opens and after is not None and after.kind == "word" and not after.low.endswith(_QUALITY)


def _every(item: Item, items: Sequence[Item], at: int) -> None:
    following = items[at + 1] if at + 1 < len(items) else None
    if item.low == "all" and following is not None and following.low in ("are", "is", "have") and not at:
        _turn(item, Sense("share", low=0.995, high=1.0))
        return
    if item.low == "all" and following is not None and following.low == ":":
        item.kind = "all"
        return
    if item.low == "all" and at and items[at - 1].kind == "of":
        after = items[at + 1] if at + 1 < len(items) else None
        if after is None or after.kind in ("mark", "segment", "on", "and", "but"):
            item.kind = "any"
            return
    if item.low == "all" and following is not None and _called(following):
        item.kind = "all"
        return
    for following in items[at + 1 : at + 4]:
        if following.kind in ("people",):
            if item.low == "all" or (
                at and (items[at - 1].kind in ("than", "of") or items[at - 1].low in ("across", "among"))
            ):
                item.kind = "all"
            return
        if following.kind == "segment":
            item.kind = "any"
            return
        if following.kind != "number" and following.low not in ("the", "our", "of", "other", "these"):
            return


_THINGS = word_set("""
    cases times things ways counts respects fronts measures columns points days weeks months years aspects figures
    angles levels scores sorts kinds sides steps
    """)


def _called(item: Item) -> bool:
    """Whether a plural behind "all" stands for the accounts: "all policyholders", "all practices"."""
    plural = item.low.endswith("s") and not item.owns and item.low not in _THINGS
    return plural and (item.kind == "word" or (item.kind == "column" and called_people(item)))
