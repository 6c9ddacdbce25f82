"""What a figure is of: the column, category value, part or size that it gives."""

from llm.checking.binding import State, bound, compared_from, options
from llm.checking.frames import OF_PART, OF_SIZE, Options
from llm.checking.items import SUBJECTS, Item
from llm.checking.numerals import Number
from llm.checking.parts import share_subject
from llm.checking.reading import Clause
from llm.checking.referring import called_people
from llm.checking.tokens import root, word_set
from llm.checking.truth import Subject

TIME = frozenset({"days", "months", "weeks", "years", "hours", "minutes", "quarters"})


_PARTITION = word_set("""
    of the our these those all such entire whole total remaining other's their
    """)


def columns_of(
    clause: Clause, at: int, item: Item, number: Number, state: State, kind: str
) -> tuple[Options, ...]:
    truth = state.scene.truth
    if item.tied is not None and item.tied.kind in SUBJECTS:
        return (options(item.tied, truth),)
    behind = clause.items[at + 1 : at + 7]
    nameless = not any(i.kind in SUBJECTS for i in clause.items)
    if (
        kind == "gap"
        and nameless
        and number.unit not in ("points", "%")
        and any(i.kind == "people" for i in behind)
        and not clause.has("mean", "all")
    ):
        return (OF_SIZE,)
    if kind in ("level", "range") and number.unit == "":
        before = clause.items[at - 1] if at else None
        counted = _people_behind(clause, at) or (
            before is not None and before.low in ("number", "numbers", "numbering") and nameless
        )
        counted = counted or (
            before is not None and before.kind == "of" and at > 1 and clause.items[at - 2].kind == "number"
        )
        if counted and number.value != int(number.value):
            counted = False
        if counted:
            categories = [i for i in clause.items if i.kind == "category"]
            if categories and any(i.kind == "category" for i in behind):
                return tuple(options(i, truth) for i in categories)
            if (
                clause.items[at + 1 : at + 2]
                and clause.items[at + 1].kind == "of"
                and any(i.kind == "all" for i in clause.items[at + 2 : at + 5])
            ):
                return ((*OF_SIZE, *(s for choice in bound(clause, item, state, False)[0] for s in choice)),)
            return (OF_SIZE,)
    if kind in ("level", "range") and number.unit == "%":
        parts = _part_of(clause, at, state)
        if parts:
            return parts
    if number.unit == "years":
        ages = tuple(
            Subject("number", c)
            for c in sorted(state.scene.names.parts.get(root("age"), ()))
            if c in truth.numbers
        )
        named = [s for i in clause.items if i.kind == "feature" for s in options(i, truth)]
        timed = tuple(s for s in named if truth.unit(s) in ("days", "months") or s in ages)
        if ages and not timed:
            return (ages,)
        if timed:
            return (timed,)
    counted_out = number.parts and any(word.rstrip("s") in _PEOPLE for word in number.text.lower().split())
    if counted_out and nameless:
        return _part_or_carried(state)
    direct = _named_right(clause, at, state)
    if direct is not None:
        return (_sharpened(clause, direct, state),)
    found, here = bound(clause, item, state, False)
    if found and any(s.kind == "size" for s in found[0]) and number.unit in ("", "%"):
        return (OF_PART if number.unit == "%" else OF_SIZE,)
    if not here and number.unit in TIME:
        unit = tuple(
            Subject("number", c) for c in truth.numbers if truth.unit(Subject("number", c)) == number.unit
        )
        if unit and not any(truth.unit(s) in ("days", "months") for o in found for s in o):
            return (unit,)
    return found


_PEOPLE = word_set("""
    account prescriber physician doctor hcp clinician customer client member user company practice household
    subscriber shopper buyer donor site provider business firm hospital writer person contact case
    """)


def _part_or_carried(state: State) -> tuple[Options, ...]:
    """The segment's part of all accounts, or the category value spoken of before."""
    carried = tuple(s for choice in state.about for s in choice if s.kind == "category")
    return ((*OF_PART, *carried),)


def _sharpened(clause: Clause, direct: Item, state: State) -> Options:
    """What a loose name means beside a sharp one: "brand volume is high: 196 scripts"."""
    truth = state.scene.truth
    found = options(direct, truth)
    if direct.strong and len(found) == 1:
        return found
    near = [options(i, truth) for i in clause.items if i.kind == "feature" and i is not direct and i.strong]
    for others in (*near, *state.about):
        shared = tuple(s for s in found if s in others)
        if shared:
            return shared
    return found


def _people_behind(clause: Clause, at: int) -> bool:
    """Whether the figure counts accounts: "2,630 prescribers", "400 of the accounts"."""
    averaged = False
    for item in clause.items[at + 1 : at + 5]:
        averaged = averaged or (item.kind == "mean" and clause.items[at + 1].kind == "of")
        if item.kind == "people" and averaged:
            return False
        if item.kind == "people" or (item.kind == "all" and clause.items[at + 1].kind == "of"):
            return True
        if item.kind not in ("of", "mean", "self", "each") and item.low not in _PARTITION:
            return False
    return False


def _part_of(clause: Clause, at: int, state: State) -> tuple[Options, ...]:
    """ "20% of all accounts", "25% of all class TRx", "65% of them are neurologists"."""
    truth = state.scene.truth
    behind = clause.items[at + 1 :]
    fronted = _of_total(clause, at, state)
    if fronted:
        return (fronted,)
    if not behind or (behind[0].kind not in ("of", "be", "on", "category") and behind[0].kind != "people"):
        spot = next((i for i in clause.items[:at] if i.kind == "category"), None)
        return (
            share_subject(clause, at, state)
            if spot is not None and not _feature_nearer(clause, at, spot)
            else ()
        )
    if behind[0].kind in ("of", "people") and len(behind) > (behind[0].kind == "of"):
        for place, other in enumerate(behind[:6]):
            if other.kind == "mean" and [i.kind for i in behind[place + 1 : place + 2]] == ["people"]:
                return ()
            if other.kind in ("people", "all", "segment", "self", "segment-name") or (
                other.kind == "column" and called_people(other)
            ):
                categories = [i for i in clause.items if i.kind == "category" and i is not other]
                if categories and not _feature_nearer(clause, at, categories[0]):
                    return _nearest_category(clause, at, state)
                if other.kind in ("people", "all", "column"):
                    if at >= compared_from(clause) and any(
                        i.low == "all" or i.kind == "all" for i in behind[: place + 1]
                    ):
                        return ()
                    carried = tuple(s for choice in state.about for s in choice if s.kind == "category")
                    return ((*OF_PART, *carried),)
                return ()
            if other.kind == "feature" and place:
                totals = tuple(
                    total
                    for s in options(other, truth)
                    if truth.value(state.scene.segment, total := Subject("total", s.column)) is not None
                )  # fmt: skip
                led = any(i.kind == "category" for i in clause.items)
                left = [i for i in clause.items[:at] if i.kind == "feature"]
                if left and not totals:
                    return ()
                if left and any(
                    truth.unit(s) in ("fraction", "points") for i in left for s in options(i, truth)
                ):
                    return ()
                return ((*totals, *options(other, truth)),) if not led else ()
            if (
                other.kind not in ("of", "mean", "each")
                and other.low not in _PARTITION
                and other.number is None
            ):
                break
    if any(i.kind == "category" for i in clause.items):
        spot = next(i for i in clause.items if i.kind == "category")
        return () if _feature_nearer(clause, at, spot) else _nearest_category(clause, at, state)
    return ()


def _of_total(clause: Clause, at: int, state: State) -> Options:
    """What the figure is a part of where that stands first: "of all class TRx, this segment delivers 4%"."""
    items = clause.items
    start = next((n for n, i in enumerate(items[:at]) if i.kind not in ("and", "but", "glue", "mark")), at)
    together = items[start].low == "all" and any(i.low == "together" for i in items[start:at])
    if items[start].kind != "of" and not together:
        return ()
    for item in items[start + 1 : at]:
        if item.kind == "feature":
            truth = state.scene.truth
            totals = (Subject("total", s.column) for s in options(item, truth))
            return tuple(s for s in totals if truth.value(state.scene.segment, s) is not None)
        if item.kind in ("people", "all") and not any(i.kind in SUBJECTS for i in items):
            everybody = item.kind == "all" or any(i.low == "all" for i in items[start:at])
            return OF_PART if everybody else ()
        if item.kind not in ("each", "all", "mean") and item.low not in _PARTITION:
            return ()
    return ()


def _nearest_category(clause: Clause, at: int, state: State) -> tuple[Options, ...]:
    truth = state.scene.truth
    items = [i for i in clause.items if i.kind == "category"]
    before = [i for i in items if i.start < clause.items[at].start]
    after = [i for i in items if i.start > clause.items[at].start]
    each = any(i.low in ("each", "apiece", "both") for i in clause.items)
    if each and before:
        return tuple((s,) for i in before for s in options(i, truth))
    chosen = (
        before[-1:]
        if before and not any(i.kind == "number" for i in clause.items[clause.items.index(before[-1]) : at])
        else after[:1]
    )
    chosen = chosen or before[-1:] or after[:1]
    return tuple(options(i, truth) for i in chosen)


def _feature_nearer(clause: Clause, at: int, category: Item) -> bool:
    spot = clause.items[at]
    features = [i for i in clause.items if i.kind == "feature"]
    if not features:
        return False
    return min(abs(i.start - spot.start) for i in features) < abs(category.start - spot.start)


def _named_right(clause: Clause, at: int, state: State) -> Item | None:
    """The name right behind the figure: "320 class TRx", "an average of 842 antibiotic claims"."""
    truth = state.scene.truth
    for step, item in enumerate(clause.items[at + 1 : at + 6]):
        if item.kind in SUBJECTS and options(item, truth):
            if step == 0 or not any(i.kind in ("on", "of") for i in clause.items[at + 1 : at + 1 + step]):
                return item
            lefts = [i for i in clause.items[:at] if i.kind in SUBJECTS and options(i, truth)]
            return item if not lefts else None
        if item.kind in (
            "than",
            "be",
            "but",
            "segment-name",
            "number",
            "near",
            "all",
            "any",
            "self",
            "which",
        ):
            return None
        if item.kind in ("and",) or (item.kind == "mark" and item.low not in "'\"“”("):
            return None
    return None


def spare_of(clause: Clause, state: State) -> Options:
    """Everything else the sentence names, and what was spoken of before."""
    truth = state.scene.truth
    found = [s for item in clause.items if item.kind in SUBJECTS for s in options(item, truth)]
    for step in ("before", "after"):
        other = getattr(clause, step)
        while other is not None and other.sentence == clause.sentence:
            found += [s for item in other.items if item.kind in SUBJECTS for s in options(item, truth)]
            other = getattr(other, step)
    found += [s for choice in state.about for s in choice]
    return tuple(dict.fromkeys(found))
