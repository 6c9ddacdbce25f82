"""What a play says of its segment in a zone of facts: the line under the name, and the caution."""

from llm.drafts import ClaimDraft
from llm.lexicon import capital
from llm.offline import sentences as shapes
from llm.offline.advice import Desk
from llm.offline.claims import Line, noun, noun_value, ref
from llm.offline.phrases import Pen
from llm.offline.portrait import Portrait, Trait, delicate
from llm.pack import Play


def tagline(portrait: Portrait, pen: Pen, desk: Desk, play: Play) -> Line:
    """One line for the segment: the play's own where it names a column and holds, else made of its strongest
    columns."""
    for text in play.tagline:
        told = None if desk.used[text] else desk.told(text, portrait)
        claims = _resting(told, portrait, pen) if told else ()
        if told and claims and pen.fits(told, portrait.segment.id):
            desk.used[text] += 1
            return Line(told, claims)
    return _general(portrait, pen, desk)


def caution(portrait: Portrait, pen: Pen, desk: Desk, play: Play) -> Line | None:
    """The play's fact that should change how the reader acts, where it can be filled and holds."""
    for text in play.caution:
        told = desk.told(text, portrait)
        claims = _resting(told, portrait, pen) if told else ()
        if told and claims and pen.fits(f"{told}.", portrait.segment.id):
            return Line(f"{told}.", claims)
    return None


def _resting(told: str, portrait: Portrait, pen: Pen) -> tuple[ClaimDraft, ...]:
    """What a line claims: the sides of the columns and values that it names."""
    low = told.lower()
    claims = [pen.claims.level(t) for t in portrait.traits if noun(t.label).lower() in low]
    claims += [pen.claims.share(m) for m in portrait.mixes if noun_value(m.value) in told]
    if portrait.outcome and noun(portrait.outcome.label).lower() in low:
        claims.append(pen.claims.share(portrait.outcome))
    size = pen.table.get((portrait.segment.id, "", "size", None, None))
    if size and ref(size) in told and not claims:
        claims.append(pen.claims.size(size))
    return tuple(claims)


def _general(portrait: Portrait, pen: Pen, desk: Desk) -> Line:
    telling = [t for t in portrait.distinct if t.visible] or list(portrait.distinct)
    usable = [t for t in telling if not t.yes and not delicate(t.feature, t.label, desk.pack)]
    up = [t for t in usable if t.direction == "+"]
    down = [t for t in usable if t.direction == "-"]
    options: list[tuple[tuple[str, ...], dict[str, Trait]]] = []
    if up and down:
        options.append((shapes.TAGLINE_BOTH, {"up": up[0], "down": down[0]}))
    if len(up) > 1:
        options.append((shapes.TAGLINE_UP, {"up": up[0], "up2": up[1]}))
    if len(down) > 1:
        options.append((shapes.TAGLINE_DOWN, {"down": down[0], "down2": down[1]}))
    options += [(shapes.TAGLINE_ONE_UP, {"up": one}) for one in up[:2]]
    options += [(shapes.TAGLINE_ONE_DOWN, {"down": one}) for one in down[:2]]
    for family, named in options:
        nouns = {slot: noun(trait.label) for slot, trait in named.items()}
        nouns |= {slot.capitalize(): capital(word) for slot, word in nouns.items()}
        line = pen.line(family, nouns, portrait.segment.id, lambda _: ())
        if line:
            claims = tuple(pen.claims.level(trait) for trait in dict.fromkeys(named.values()))
            return Line(line.text.rstrip("."), claims)
    mix = next((m for m in portrait.mixes if not delicate(m.column, m.label, desk.pack)), None)
    if mix:
        slots = {"value": noun_value(mix.value), "n": noun(mix.label), "N": capital(noun(mix.label))}
        line = pen.line(shapes.TAGLINE_MIX, slots, portrait.segment.id, lambda _: [pen.claims.share(mix)])
        if line:
            return Line(line.text.rstrip("."), line.claims)
    if any(t.direction != "~" for t in portrait.distinct):
        return Line(f"A segment of its own among all {pen.pack.accounts}")
    return Line(shapes.TAGLINE_FLAT[portrait.position % len(shapes.TAGLINE_FLAT)])
