"""Why a segment has its priority: the computed parts put into a sentence, never a new judgement."""

from collections.abc import Iterable

from llm.drafts import ClaimDraft
from llm.lexicon import ABOVE, plural
from llm.offline import sentences as shapes
from llm.offline.claims import Line, noun, ref
from llm.offline.phrases import Pen
from llm.offline.portrait import Portrait, Trait


def reason(portrait: Portrait, pen: Pen, told: str = "") -> Line:
    """The parts of the score for and against, each with its own and the average figure. A part of a total that
    the texts `told` have given already is not given again."""
    priority = portrait.priority
    if priority.basis == "roles":
        return _roles(portrait, pen, told)
    segment = portrait.segment.id
    size = pen.table.get((segment, "", "size", None, None))
    share = pen.table.get((segment, "", "size share", None, None))
    if size is None or share is None:
        return Line("A group too small to weigh in figures.")
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


def _roles(portrait: Portrait, pen: Pen, told: str) -> Line:
    traits = {t.feature: t for t in portrait.traits}
    pro: list[tuple[bool, float, str]] = []
    con: list[tuple[bool, float, str]] = []
    even: list[tuple[bool, float, str]] = []
    spoken_of: list[tuple[str, Trait]] = []
    for part in portrait.priority.components:
        trait = traits.get(part.feature or "")
        if trait is None or part.z is None:
            continue
        headroom = part.part == "headroom"
        words = _words(trait, headroom)
        spoken_of.append((words, trait))
        (pro if part.z >= ABOVE else con if part.z <= -ABOVE else even).append(
            (headroom, -abs(part.z), words)
        )
    for_it, against = _joined(pro), _joined(con)
    low = portrait.priority.level == "Low"
    main, other = (against, for_it) if low else (for_it, against)
    first: tuple[str, ...] = shapes.PRIORITY_FIRST[portrait.priority.level]
    if not main:
        first = first if other else shapes.PRIORITY_EVEN
        main, other = (_joined(even), other) if even else (other, "")
    sentences = [pen.take(first).format(main=main)]
    if other:
        family = shapes.PRIORITY_FOR if low else shapes.PRIORITY_AGAINST
        sentences.append(pen.take(family).format(other=other))
    claims = [pen.claims.level(trait) for words, trait in spoken_of if words in f"{main} {other}"]
    sentences += [*_place(portrait, pen, claims, told), *_missing(portrait)]
    return Line(" ".join(sentences), tuple(claims))


def _place(portrait: Portrait, pen: Pen, claims: list[ClaimDraft], told: str) -> Iterable[str]:
    """The segment's place in volume among the segments and its part of the total; `claims` is added to."""
    volume = portrait.roles.get("volume")
    if volume is None or volume.feature not in {part.feature for part in portrait.priority.components}:
        return
    share = pen.table.get((portrait.segment.id, "", "size share", None, None))
    total = pen.table.get((portrait.segment.id, volume.feature, "total share", None, None))
    slots = pen.nouns(volume.label) | {"place": _placed(volume)}
    if slots["place"]:
        claims.append(pen.claims.place(volume))
    alone = sum(part.feature is not None for part in portrait.priority.components) == 1
    if share and total and share.text != total.text and ref(total) not in told:
        slots |= {"size_share": ref(share), "total": ref(total)}
        claims.append(pen.claims.part(total, share))
        ranked = shapes.PRIORITY_THAT if alone else shapes.PRIORITY_PLACE
        shape = ranked if slots["place"] else shapes.PRIORITY_PART
    elif slots["place"]:
        shape = shapes.PRIORITY_THAT_ONLY if alone else shapes.PRIORITY_PLACE_ONLY
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
    """What the score leaves out, said once in a playbook."""
    parts = [part.part for part in portrait.priority.components if part.feature is None]
    if parts and portrait.position == 0:
        neither = "it" if len(parts) == 1 else "neither" if len(parts) == 2 else "none of them"
        text = shapes.PRIORITY_MISSING.format(parts=" or ".join(parts), neither=neither)
        yield text if len(parts) > 1 else text.replace("it counts", "it does not count")


def _words(trait: Trait, headroom: bool) -> str:
    verb = "are" if plural(trait.label) else "is"
    name = noun(trait.label)
    if trait.direction == "~" or trait.own.text == trait.all.text:
        return f"{name} {verb} close to average, at {ref(trait.own)} against {ref(trait.all)}"
    side = "above" if trait.direction == "+" else "below"
    if headroom:
        room = "which leaves headroom" if side == "below" else "which takes headroom away"
        return f"{name} {verb} {side} average, at {ref(trait.own)} against {ref(trait.all)}, {room}"
    return f"{name} {verb} {side} average, at {ref(trait.own)} against {ref(trait.all)}"


def _joined(parts: list[tuple[bool, float, str]]) -> str:
    """The strongest part first, headroom with its remark last."""
    texts = [text for _, _, text in sorted(parts)]
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])}, and {texts[-1]}"
