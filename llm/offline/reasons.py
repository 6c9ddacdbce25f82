"""Why a segment has its priority: the computed parts put into a sentence, never a new judgement."""

from collections.abc import Iterable

from llm.drafts import ClaimDraft
from llm.lexicon import ABOVE, plural
from llm.offline import sentences as shapes
from llm.offline.claims import Line, noun, ref
from llm.offline.phrases import Pen
from llm.offline.portrait import Portrait, Trait


def reason(portrait: Portrait, pen: Pen) -> Line:
    """The parts of the score for and against, each with its own and the average figure."""
    priority = portrait.priority
    if priority.basis == "roles":
        return _roles(portrait, pen)
    segment = portrait.segment.id
    size = pen.table.get((segment, "", "size", None, None))
    share = pen.table.get((segment, "", "size share", None, None))
    if size is None or share is None:
        return Line(f"Too few {pen.pack.accounts} to weigh in figures.")
    if priority.basis == "value":
        feature = priority.components[0].feature or ""
        total = pen.table.get((segment, feature, "total share", None, None))
        trait = next((t for t in portrait.traits if t.feature == feature), None)
        if total is not None and trait is not None:
            text = pen.take(shapes.PRIORITY_VALUE).format(
                total=ref(total), size_share=ref(share), n=noun(trait.label), accounts=pen.pack.accounts
            )
            return Line(text, (pen.claims.part(total, share),))
    text = pen.take(shapes.PRIORITY_SIZE).format(
        size=ref(size), size_share=ref(share), accounts=pen.pack.accounts
    )
    return Line(text, (pen.claims.size(size, share),))


def _roles(portrait: Portrait, pen: Pen) -> Line:
    traits = {t.feature: t for t in portrait.traits}
    pro: list[tuple[float, str]] = []
    con: list[tuple[float, str]] = []
    even: list[tuple[float, str]] = []
    claims: list[ClaimDraft] = []
    for part in portrait.priority.components:
        trait = traits.get(part.feature or "")
        if trait is None or part.z is None:
            continue
        claims.append(pen.claims.level(trait))
        words = _words(trait, part.part == "headroom")
        (pro if part.z >= ABOVE else con if part.z <= -ABOVE else even).append((abs(part.z), words))
    for_it = _joined([words for _, words in sorted(pro, key=lambda item: -item[0])])
    against = _joined([words for _, words in sorted(con, key=lambda item: -item[0])])
    neutral = _joined([words for _, words in even])
    level = portrait.priority.level
    if level == "Low":
        slots = {
            "con_first": against or neutral or for_it,
            "pro_after": f", even though {for_it}" if for_it and (against or neutral) else "",
        }
    else:
        slots = {
            "pro": for_it or neutral or against,
            "con": f", even though {against}" if against and (for_it or neutral) else "",
        }
    family = shapes.PRIORITY_ROLES[level]
    sentences = [pen.take(family).format_map(slots), *_place(portrait, pen, claims), *_missing(portrait)]
    return Line(" ".join(sentences), tuple(claims))


def _place(portrait: Portrait, pen: Pen, claims: list[ClaimDraft]) -> Iterable[str]:
    """The segment's place in volume among the segments and its part of the total; `claims` is added to."""
    volume = portrait.roles.get("volume")
    if volume is None or volume.feature not in {part.feature for part in portrait.priority.components}:
        return
    share = pen.table.get((portrait.segment.id, "", "size share", None, None))
    total = pen.table.get((portrait.segment.id, volume.feature, "total share", None, None))
    slots = pen.nouns(volume.label) | {"place": _placed(volume)}
    if slots["place"]:
        claims.append(pen.claims.place(volume))
    if share and total:
        slots |= {"size_share": ref(share), "total": ref(total)}
        claims.append(pen.claims.part(total, share))
        alone = sum(part.feature is not None for part in portrait.priority.components) == 1
        ranked = shapes.PRIORITY_THAT if alone else shapes.PRIORITY_PLACE
        shape = ranked if slots["place"] else shapes.PRIORITY_PART
    elif slots["place"]:
        shape = shapes.PRIORITY_PLACE_ONLY
    else:
        return
    yield shape.format_map(slots)


def _placed(trait: Trait) -> str:
    """ "the second highest of the segments", counted from the nearer end; empty where another segment
    reads the same or the place says little."""
    count = len(trait.order)
    at = [fact.segment for fact in trait.order].index(trait.own.segment)
    if count < 3 or sum(fact.text == trait.own.text for fact in trait.order) > 1:
        return ""
    word = "highest" if at <= (count - 1) / 2 else "lowest"
    number = at if word == "highest" else count - 1 - at
    place = shapes.PLACES[number].replace("highest", word) if number < len(shapes.PLACES) else ""
    return f"the {place} of the segments" if place else ""


def _missing(portrait: Portrait) -> Iterable[str]:
    parts = [part.part for part in portrait.priority.components if part.feature is None]
    if parts:
        neither = "it" if len(parts) == 1 else "neither" if len(parts) == 2 else "none of them"
        text = shapes.PRIORITY_MISSING.format(parts=" or ".join(parts), neither=neither)
        yield text if len(parts) > 1 else text.replace("it counts", "it does not count")


def _words(trait: Trait, headroom: bool) -> str:
    verb = "are" if plural(trait.label) else "is"
    name = noun(trait.label)
    if trait.direction == "~" or trait.own.text == trait.all.text:
        return f"{name} {verb} close to average at {ref(trait.own)}"
    side = "above" if trait.direction == "+" else "below"
    if headroom:
        room = "which leaves room to grow" if side == "below" else "with a smaller gap left to close"
        return f"{name} {verb} {side} average ({ref(trait.own)} against {ref(trait.all)}, {room})"
    return f"{name} {verb} {side} average ({ref(trait.own)} against {ref(trait.all)})"


def _joined(parts: list[str]) -> str:
    if len(parts) < 3:
        return " and ".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
