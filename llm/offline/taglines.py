"""What a play says of its segment in a zone of facts: the line under the name, what is at stake, who they are, the
caution and the reason for its place."""

import re
from collections.abc import Iterator, Sequence

from engine.model import Fact
from llm.drafts import ClaimDraft, referred
from llm.facts import ALL
from llm.lexicon import capital
from llm.offline import sentences as shapes
from llm.offline.advice import Desk
from llm.offline.claims import Line, noun, noun_value
from llm.offline.phrases import Pen
from llm.offline.portrait import Portrait, Trait, delicate, words
from llm.pack import Play

_CALLED = re.compile(r"\b(high|low)\b")


def tagline(portrait: Portrait, pen: Pen, desk: Desk, play: Play) -> Line:
    """One line for the segment: the play's own where it names a column and holds, else made of its strongest
    columns."""
    for line in told(play.tagline, portrait, pen, desk, 1, called=True):
        return Line(line.text.rstrip("."), line.claims)
    return _general(portrait, pen, desk)


def told(
    texts: Sequence[str],
    portrait: Portrait,
    pen: Pen,
    desk: Desk,
    count: int,
    least: int = 1,
    called: bool = False,
) -> list[Line]:
    """The first `count` of a play's texts that can be filled, hold, and were said of no other segment; none where
    they are fewer than `least`, so that another segment may still say them. With `called`, what a text calls high or
    low has to stand out."""
    found: dict[str, Line] = {}
    for text in texts:
        if len(found) == count:
            break
        if desk.used[text]:
            continue
        for option in desk.options((text,), portrait):
            sentence = option if option.endswith((".", "?", "!")) else f"{option}."
            claims = _resting(sentence, portrait, pen)
            if called and not _borne(sentence, portrait):
                continue
            if (claims or referred(sentence)) and pen.fits(sentence, portrait.segment.id):
                found[text] = Line(sentence, claims)
                break
    if len(found) < least:
        return []
    desk.used.update(found.keys())
    return list(found.values())


def _borne(text: str, portrait: Portrait) -> bool:
    """Whether the segment stands out on each column that a line calls high or low, or is close to average there."""
    low = text.lower()
    return not _CALLED.search(low) or all(
        t.stands_out or t.direction == "~" for t in portrait.traits if noun(t.label).lower() in low
    )


def _resting(text: str, portrait: Portrait, pen: Pen) -> tuple[ClaimDraft, ...]:
    """What a text claims: the sides of the columns and values that it names, with the facts it gives of them. "22%
    said yes" names no column, so it gives its facts and claims nothing further."""
    low, given = text.lower(), [pen.by_id[name] for name in referred(text)]
    given = [fact for fact in given if fact.segment != ALL]
    size = pen.table.get((portrait.segment.id, "", "size share", None, None))
    claims: list[ClaimDraft] = []
    for trait in portrait.traits:
        if noun(trait.label).lower() in low:
            more = [f for f in given if f.feature == trait.feature and f.statistic != "total share"]
            claims.append(pen.claims.level(trait, *more))
    for fact in given:
        if fact.category:
            claims += [pen.claims.value(fact)] if _spoken(fact, text, portrait) else []
        elif fact.statistic == "total share" and size:
            claims.append(pen.claims.part(fact, size))
        elif not fact.feature:
            claims.append(pen.claims.size(fact))
    named = [m for m in portrait.mixes if noun_value(m.value).lower() in low]
    outcome = portrait.outcome
    if outcome and noun(outcome.label).lower() in words(text):
        named.append(outcome)
    shown = {fact.id for fact in given}
    claims += [pen.claims.share(mix) for mix in named if mix.own.id not in shown]
    return tuple(claims)


def _spoken(fact: Fact, text: str, portrait: Portrait) -> bool:
    """Whether a text names the outcome when it gives a figure of it; true of any other column."""
    outcome = portrait.outcome
    return not (outcome and fact.feature == outcome.column) or noun(outcome.label).lower() in words(text)


def _general(portrait: Portrait, pen: Pen, desk: Desk) -> Line:
    telling = [t for t in portrait.distinct if t.visible] or list(portrait.distinct)
    usable = [t for t in telling if not t.yes and not delicate(t.feature, t.label, desk.pack)]
    for line in _lines(usable, portrait, pen):
        return line
    mix = desk.judge.mix(portrait)
    if mix:
        slots = {"value": noun_value(mix.value), "n": noun(mix.label), "N": capital(noun(mix.label))}
        mixed = pen.line(shapes.TAGLINE_MIX, slots, portrait.segment.id, lambda _: [pen.claims.share(mix)])
        if mixed:
            return Line(mixed.text.rstrip("."), mixed.claims)
    if any(t.direction != "~" for t in portrait.distinct):
        return Line(f"A segment of its own among all {pen.pack.accounts}")
    return Line(shapes.TAGLINE_FLAT[portrait.position % len(shapes.TAGLINE_FLAT)])


def _lines(usable: Sequence[Trait], portrait: Portrait, pen: Pen) -> Iterator[Line]:
    """Lines made of the columns that stand out; of one that is merely on a side of the average, that it is."""
    up = [t for t in usable if t.direction == "+" and t.stands_out]
    down = [t for t in usable if t.direction == "-" and t.stands_out]
    options: list[tuple[tuple[str, ...], dict[str, Trait]]] = []
    if up and down:
        options.append((shapes.TAGLINE_BOTH, {"up": up[0], "down": down[0]}))
    if len(up) > 1:
        options.append((shapes.TAGLINE_UP, {"up": up[0], "up2": up[1]}))
    if len(down) > 1:
        options.append((shapes.TAGLINE_DOWN, {"down": down[0], "down2": down[1]}))
    options += [(shapes.TAGLINE_ONE_UP, {"up": one}) for one in up[:2]]
    options += [(shapes.TAGLINE_ONE_DOWN, {"down": one}) for one in down[:2]]
    sided = [t for t in usable if t.direction != "~"][:2]
    options += [
        (shapes.TAGLINE_OVER if one.direction == "+" else shapes.TAGLINE_UNDER, {"n": one}) for one in sided
    ]
    for family, named in options:
        nouns = {slot: noun(trait.label) for slot, trait in named.items()}
        nouns |= {slot.capitalize(): capital(word) for slot, word in nouns.items()}
        line = pen.line(family, nouns, portrait.segment.id, lambda _: ())
        if line:
            claims = tuple(pen.claims.level(trait) for trait in dict.fromkeys(named.values()))
            yield Line(line.text.rstrip("."), claims)
