"""What keeps a draft from being written out: its form, apart from whether it is true.

Every complaint is a Finding of kind "form" that says what to do, in words a model can act on. The truth
of what is written is llm.check's.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from engine.model import Brief, Fact, Finding
from llm.drafts import REFERENCE, OutlineDraft, PersonaDraft, ProseDraft, Zone, items
from llm.facts import ALL
from llm.names import Names, clean, whole

LONGEST_TEXT = 320
"""Characters of a sentence with its figures written out."""
LONGEST_PLAN_TEXT = 160
LONGEST_INTERPRETATION = 600
LONGEST_PERSONA_NAME = 40
ITEMS = (1, 5)
"""Fewest and most entries of a list (bullets, tactics); a plan may have up to eight steps."""
STEPS = (1, 8)
MOST_CLAIMS = 40

_LONGEST: Mapping[Zone, int] = {
    "name": LONGEST_PERSONA_NAME, "fact": LONGEST_TEXT, "advice": LONGEST_TEXT, "plan": LONGEST_PLAN_TEXT,
    "interpretation": LONGEST_INTERPRETATION,
}  # fmt: skip
_GLUED = re.compile(r"[\w$€£]\{\{|\}\}(\w|\s*%|\s*per ?cent\b)", re.IGNORECASE)
_FOREIGN = re.compile(r"https?:|www\.|!\[|\]\(|<[A-Za-z/!]|javascript:|data:\w+/", re.IGNORECASE)


def lengths(draft: OutlineDraft | ProseDraft) -> tuple[str, ...]:
    """What is wrong with the lists of a draft as a whole; such a draft is asked for again."""
    found = []
    for field, (fewest, most) in (
        ("claims", (0, MOST_CLAIMS)),
        ("bullets", ITEMS),
        ("rep", ITEMS),
        ("digital", ITEMS),
        ("access", ITEMS),
        ("plan", STEPS),
    ):
        count = len(getattr(draft, field, ())) if field in type(draft).model_fields else fewest
        if not fewest <= count <= most:
            found.append(f"{field}: {fewest} to {most} entries, not {count}.")
    return tuple(found)


def findings(
    persona: PersonaDraft,
    facts: Mapping[str, Fact],
    known: Names,
    brief: Brief,
    taken: Collection[str] = (),
) -> tuple[Finding, ...]:
    """The complaints about one persona, by place. `facts` are those that may be cited, by id; `taken` the
    names of the other segments' personas."""
    spoken = _spoken(known, brief)
    found = []
    for number, problem in _claims(persona, known, facts):
        found.append(_finding(f"claims.{number}", problem, ""))
    for where, text, zone in items(persona):
        if zone == "name":
            problems = _name(text, {name.casefold() for name in taken})
        else:
            problems = _text(text, zone, persona.segment, known, facts, spoken)
        found += [_finding(where, problem, text) for problem in problems]
    return tuple(found)


def _finding(where: str, message: str, text: str) -> Finding:
    return Finding(where, "form", "block", (0, len(text)), message)


def _spoken(known: Names, brief: Brief) -> re.Pattern[str]:
    """Every name that may be written with a digit in it ("Q3 sales", "Top 10 plans", "S2")."""
    allowed = {text for name in known.every() for text in (name.sent, name.local)}
    allowed |= {clean(text) for text in (brief.brand, brief.therapy_area, brief.audience)}
    allowed |= set(known.segments)
    lettered = sorted((text for text in allowed if re.search(r"[^\W\d_]", text)), key=len, reverse=True)
    return re.compile("|".join(whole(text) for text in lettered) or r"(?!)", re.IGNORECASE)


def _name(name: str, taken: Collection[str]) -> Iterator[str]:
    text = clean(name)
    if not 2 <= len(text.split()) <= 3 or len(text) > LONGEST_PERSONA_NAME:
        yield f"name: two or three words, at most {LONGEST_PERSONA_NAME} characters."
    if any(character.isnumeric() for character in text) or "{" in text or _FOREIGN.search(text):
        yield "name: words only, no numbers, references or links."
    if text.casefold() in taken:
        yield f'name: "{text}" is already the name of another segment.'


def _claims(persona: PersonaDraft, known: Names, facts: Mapping[str, Fact]) -> Iterator[tuple[int, str]]:
    for number, claim in enumerate(persona.claims):
        unknown = [clean(fact, 12) for fact in claim.evidence if fact not in facts]
        if unknown:
            yield number, f"there is no fact {', '.join(unknown)}."
        if claim.feature != "none" and known.column(claim.feature) is None:
            yield number, f"there is no feature {clean(claim.feature, 12)}."
        if claim.category != "none" and known.value(claim.category) is None:
            yield number, f"there is no category {clean(claim.category, 12)}."
        if claim.other_segment not in (*known.segments, ALL, "none"):
            yield number, f"there is no segment {clean(claim.other_segment, 12)}."


def _text(
    text: str, zone: Zone, segment: str, known: Names, facts: Mapping[str, Fact], spoken: re.Pattern[str]
) -> Iterator[str]:
    text = clean(text)
    if not text:
        yield "empty."
    length = len(
        REFERENCE.sub(lambda found: facts[found.group(1)].text if found.group(1) in facts else "", text)
    )
    if length > _LONGEST[zone]:
        yield f"at most {_LONGEST[zone]} characters, not {length}."
    if _FOREIGN.search(text):
        yield "no links, images or HTML."
    for identifier in REFERENCE.findall(text):
        if identifier not in facts:
            yield f"there is no fact {identifier}."
            continue
        fact = facts[identifier]
        for about in (fact.segment, fact.other):
            if about not in (None, ALL, segment) and not _named(known, str(about), text):
                yield f"{identifier} is a fact of {about}, which the sentence does not name."
    rest = REFERENCE.sub(" ", text)
    if "{{" in rest or "}}" in rest:
        yield "a reference is written {{F001}}, with the id of one fact."
    if _GLUED.search(text):
        yield "a reference brings its own sign and unit; write nothing directly before or after it."
    if zone == "fact":
        number = re.search(r"\S*\d\S*", spoken.sub(" ", rest))
        if number:
            yield f'"{number.group()}" is a number not by reference; write {{{{F...}}}} or leave it out.'


def _named(known: Names, segment: str, text: str) -> bool:
    name = known.segments[segment]
    return any(re.search(whole(way), text, re.IGNORECASE) for way in (segment, name.sent, name.local))
