"""Why a segment has its priority: the computed parts put into a sentence, never a new judgement."""

from collections.abc import Iterator, Sequence

from llm.drafts import ClaimDraft
from llm.lexicon import ABOVE
from llm.offline import sentences as shapes
from llm.offline.claims import Line, noun, ref, whole
from llm.offline.phrases import Pen
from llm.offline.portrait import Portrait, Trait


def reason(portrait: Portrait, pen: Pen, told: str = "", why: Sequence[str] = ()) -> Line:
    """The parts of the score for and against, each with its own and the average figure, behind the first of the
    texts `why` that holds with them. A part of a total that the texts `told` have given is not given again."""
    line = _computed(portrait, pen, told)
    for text in why:
        if pen.fits(f"{text}. {line.text}", portrait.segment.id):
            return Line(f"{text}. {line.text}", line.claims)
    return line


def _computed(portrait: Portrait, pen: Pen, told: str) -> Line:
    priority = portrait.priority
    if priority.basis == "roles":
        return _roles(portrait, pen, told)
    segment = portrait.segment.id
    size = pen.table.get((segment, "", "size", None, None))
    share = pen.table.get((segment, "", "size share", None, None))
    if size is None or share is None:
        return Line("Nothing here can be weighed in figures.")
    if priority.basis == "outcome" and portrait.outcome:
        outcome = portrait.outcome
        slots = pen.nouns(outcome.label) | {"share": ref(outcome.own), "all": ref(outcome.all)}
        claim = pen.claims.share(outcome)
        for family in (*(() if portrait.leaving else (shapes.PRIORITY_SAID,)), shapes.PRIORITY_OUTCOME):
            line = pen.line(family, slots, segment, lambda _: [claim])
            if line:
                return line
    if priority.basis == "value":
        feature = priority.components[0].feature or ""
        total = pen.table.get((segment, feature, "total share", None, None))
        trait = next((t for t in portrait.traits if t.feature == feature), None)
        if total is not None and trait is not None:
            slots = pen.nouns(trait.label) | {
                "total": ref(total),
                "size_share": ref(share),
                "whole": whole(trait.label),
            }
            part = pen.claims.part(total, share)
            line = pen.line(shapes.PRIORITY_VALUE, slots, segment, lambda _: [part])
            if line:
                return line
    slots = pen.nouns("") | {"size": ref(size), "size_share": ref(share)}
    family = shapes.PRIORITY_SIZE if priority.basis == "size" else shapes.SIZE_ONLY
    line = pen.line(family, slots, segment, lambda _: [pen.claims.size(size, share)])
    return line or Line("Size decides here.")


def _roles(portrait: Portrait, pen: Pen, told: str) -> Line:
    traits = {t.feature: t for t in portrait.traits}
    pro: list[Told] = []
    con: list[Told] = []
    even: list[Told] = []
    for part in sorted(portrait.priority.components, key=lambda part: -abs(part.z or 0.0)):
        trait = traits.get(part.feature or "")
        if trait is not None and part.z is not None:
            clear = trait.direction != "~" and trait.own.text != trait.all.text
            side = even if not clear else pro if part.z >= ABOVE else con
            headroom = clear and part.part == "headroom"
            side.append((_clause(trait, pen, headroom, clear and part.part == "volume"), trait))
    level = portrait.priority.level
    main, other = (con, pro) if level == "Low" else (pro, con)
    family: tuple[str, ...] = shapes.PRIORITY_FIRST[level]
    if not main:
        main, other = (other, []) if other else (even, [])
        family = shapes.PRIORITY_EVEN if main is even else shapes.PRIORITY_ONLY[level]
    sentences: list[str] = []
    claims: list[ClaimDraft] = []
    for shape, parts in ((family, main), (shapes.PRIORITY_OTHER[level], other)):
        slots = {"main": _joined(parts), "other": _joined(parts)}
        line = pen.line(shape, slots, portrait.segment.id, lambda _: ()) if parts else None
        if line:
            sentences.append(line.text)
            claims += [pen.claims.level(trait) for _, trait in parts]
    for sentence, claim in _part(portrait, pen, told):
        if pen.fits(" ".join((*sentences, sentence)), portrait.segment.id):
            sentences.append(sentence)
            claims += [claim] if claim else []
    return Line(" ".join(sentences) or "The score of this segment is ordinary.", tuple(claims))


Told = tuple[str, Trait]
"""A part of the score put into words, and its column."""


def _clause(trait: Trait, pen: Pen, headroom: bool, placed: bool) -> str:
    own = f"{ref(trait.own)} on average" if trait.lopsided else ref(trait.own)
    text = f"{noun(trait.label)} {pen.nouns(trait.label)['is']} {own} against {ref(trait.all)}"
    place = trait.place if placed else ""
    if place:
        return f"{text}, {place}"
    if not headroom:
        return text
    return f"{text}, which {'leaves headroom' if trait.direction == '-' else 'takes headroom away'}"


def _joined(parts: Sequence[Told]) -> str:
    """The parts in a row, headroom with its remark last."""
    texts = [text for text, _ in sorted(parts, key=lambda part: ", which " in part[0])]
    return "".join(texts) if len(texts) < 2 else f"{', '.join(texts[:-1])}, and {texts[-1]}"


def _part(portrait: Portrait, pen: Pen, told: str) -> Iterator[tuple[str, ClaimDraft | None]]:
    """The segment's part of the total of the volume, unless a few accounts carry it."""
    volume = portrait.roles.get("volume")
    if (
        volume is None
        or portrait.swollen(volume)
        or volume.feature not in {part.feature for part in portrait.priority.components}
    ):
        return
    share = pen.table.get((portrait.segment.id, "", "size share", None, None))
    total = pen.table.get((portrait.segment.id, volume.feature, "total share", None, None))
    if share and total and share.text != total.text and ref(total) not in told:
        slots = pen.nouns(volume.label) | {
            "size_share": ref(share),
            "total": ref(total),
            "whole": whole(volume.label),
        }
        yield shapes.PRIORITY_PART.format_map(slots), pen.claims.part(total, share)
