"""The line under a persona's name: what the segment is, in a few words and no numbers."""

from collections.abc import Sequence

from llm.lexicon import capital
from llm.offline import sentences as shapes
from llm.offline.advice import Desk
from llm.offline.claims import Line, noun, noun_value
from llm.offline.phrases import Pen
from llm.offline.portrait import Portrait, Trait, delicate


def tagline(portrait: Portrait, pen: Pen, desk: Desk) -> Line:
    """One line for the segment; the pack's own where one fits, else made of its strongest columns."""
    roles: dict[str, Trait] = dict(portrait.roles.items())
    words = {role: noun(trait.label) for role, trait in roles.items()}
    fitting = [
        (score - desk.used[entry.text] * 1.5, -position, entry)
        for position, entry in enumerate(desk.pack.tagline)
        if (score := desk.score(entry.when, entry.weight, portrait)) is not None
    ]
    strongest = max((abs(t.z) for t in portrait.distinct), default=0.0)
    if fitting:
        score, _, entry = max(fitting, key=lambda item: item[:2])
        if score > 0.6 * strongest:
            desk.used[entry.text] += 1
            named = [roles[role] for role in roles if f"{{{role}}}" in entry.text]
            return _line(entry.text.format_map(words), pen, named)
    return _general(portrait, pen, desk)


def _general(portrait: Portrait, pen: Pen, desk: Desk) -> Line:
    telling = [t for t in portrait.distinct if t.visible] or portrait.distinct
    usable = [t for t in telling if not t.yes and not delicate(t.feature, t.label, desk.pack)]
    up = [t for t in usable if t.direction == "+"]
    down = [t for t in usable if t.direction == "-"]
    if up and down:
        return _fill(shapes.TAGLINE_BOTH, pen, {"up": up[0], "down": down[0]})
    if len(up) > 1:
        return _fill(shapes.TAGLINE_UP, pen, {"up": up[0], "up2": up[1]})
    if len(down) > 1:
        return _fill(shapes.TAGLINE_DOWN, pen, {"down": down[0], "down2": down[1]})
    if up:
        return _fill(shapes.TAGLINE_ONE_UP, pen, {"up": up[0]})
    if down:
        return _fill(shapes.TAGLINE_ONE_DOWN, pen, {"down": down[0]})
    mix = next((m for m in portrait.mixes if not delicate(m.column, m.label, desk.pack)), None)
    if mix:
        text = pen.take(shapes.TAGLINE_MIX).format(
            value=noun_value(mix.value), n=noun(mix.label), N=capital(noun(mix.label))
        )
        return Line(capital(text), (pen.claims.share(mix),))
    if any(t.direction != "~" for t in portrait.distinct):
        return Line(f"A segment of its own among all {pen.pack.accounts}")
    return Line(pen.take(shapes.TAGLINE_FLAT))


def _fill(family: tuple[str, ...], pen: Pen, named: dict[str, Trait]) -> Line:
    nouns = {slot: noun(trait.label) for slot, trait in named.items()}
    nouns |= {slot.capitalize(): capital(word) for slot, word in nouns.items()}
    return _line(pen.take(family).format_map(nouns), pen, list(named.values()))


def _line(text: str, pen: Pen, traits: Sequence[Trait]) -> Line:
    return Line(capital(text), tuple(pen.claims.level(trait) for trait in dict.fromkeys(traits)))
