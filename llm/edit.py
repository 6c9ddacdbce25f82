"""Changing a persona: as a form, by a finding's fix, by an override; and what differs between two versions.

What an analyst did not touch keeps its evidence and its source. A text that was touched is the analyst's
own, and keeps the references of the words that stayed; the checker reads it as free text either way.
"""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from engine.errors import OptionProblem
from engine.model import Fact, Finding, Kept, Level, Persona, PlanStep, Profile, Statement
from llm.facts import meaning

LIKE = 0.5
"""From this similarity of its words on, a line counts as an edit of the line that stood there."""

_SINGLE = ("tagline", "unique", "limit", "priority_why", "interpretation")


@dataclass(frozen=True)
class Form:
    """A persona as text fields. Lists are one item a line; `plan` has one row a step.

    `priority_reason` is the analyst's for a priority that is not the computed one.
    """

    name: str
    tagline: str
    bullets: str
    unique: str
    limit: str
    priority: Level
    priority_why: str
    rep: str
    digital: str
    access: str
    plan: tuple[PlanStep, ...]
    interpretation: str
    priority_reason: str = ""


Part = tuple[str, str]
"""(mark, text): " " kept, "-" out, "+" in."""


@dataclass(frozen=True)
class Change:
    """One field that differs between two versions: its lines that changed, each as parts in order."""

    field: str
    lines: tuple[tuple[Part, ...], ...]


def form_of(persona: Persona) -> Form:
    """The persona's texts, ready to edit."""
    return Form(
        name=persona.name,
        tagline=persona.tagline.text,
        bullets=_lines(persona.bullets),
        unique=persona.unique.text,
        limit=persona.limit.text,
        priority=persona.priority,
        priority_why=persona.priority_why.text,
        rep=_lines(persona.rep),
        digital=_lines(persona.digital),
        access=_lines(persona.access),
        plan=persona.plan,
        interpretation=persona.interpretation.text,
        priority_reason=persona.priority_why.asserted,
    )


def revised(persona: Persona, form: Form, profile: Profile, facts: Sequence[Fact]) -> Persona:
    """The persona with the form's texts. A text that stands in the persona already stays the statement it
    is; any other becomes the analyst's, with the references of the words it kept (`references`). Claims
    about a name that changed are dropped."""
    everywhere = {item.text: item for _, item in persona.statements()}

    def one(text: str, before: Sequence[Statement]) -> Statement:
        tidy = " ".join(text.split())
        here = next((item for item in before if item.text == tidy), everywhere.get(tidy))
        if here:
            return here
        old = max(before, key=lambda item: _likeness(item.text, tidy), default=None)
        if old is None or _likeness(old.text, tidy) < LIKE:
            return Statement(tidy, source="analyst")
        return Statement(tidy, references(old, tidy, profile, facts), "analyst")

    def several(text: str, before: Sequence[Statement]) -> tuple[Statement, ...]:
        lines = [line for line in text.splitlines() if line.strip()]
        untouched = {" ".join(line.split()) for line in lines}
        free = [item for item in before if item.text not in untouched]
        return tuple(
            one(line, [*(item for item in before if item.text in untouched), *free]) for line in lines
        )

    name = " ".join(form.name.split())
    why = one(form.priority_why, [persona.priority_why])
    if form.priority_reason.strip():
        why = replace(why, asserted=" ".join(form.priority_reason.split()))
    elif form.priority != persona.priority:
        why = replace(why, asserted="")
    return replace(
        persona,
        name=name,
        claims=persona.claims if name == persona.name else (),
        tagline=one(form.tagline, [persona.tagline]),
        bullets=several(form.bullets, persona.bullets),
        unique=one(form.unique, [persona.unique]),
        limit=one(form.limit, [persona.limit]),
        priority=form.priority,
        priority_why=why,
        rep=several(form.rep, persona.rep),
        digital=several(form.digital, persona.digital),
        access=several(form.access, persona.access),
        plan=form.plan,
        plan_source=persona.plan_source if form.plan == persona.plan else "analyst",
        interpretation=one(form.interpretation, [persona.interpretation]),
    )


def references(old: Statement, text: str, profile: Profile, facts: Sequence[Fact]) -> tuple[str, ...]:
    """The fact ids of `old` that `text` still bears.

    A fact whose number is written in the old text stays where that number stands among the words kept; one
    that only stands behind the words (a rank, a distance) stays with the numbers of its column. Both need
    the column's label still to be there where it was.
    """
    known = {fact.id: fact for fact in facts}
    kept = _kept(old.text, text)
    cited = [known[fact_id] for fact_id in old.evidence if fact_id in known]

    def labelled(fact: Fact) -> bool:
        label = meaning(profile, fact.feature).label.lower() if fact.feature else ""
        return label in text.lower() or label not in old.text.lower()

    written = {fact.id for fact in cited if _within(fact.text, [_words(old.text)])}
    stays = {fact.id for fact in cited if fact.id in written and _within(fact.text, kept) and labelled(fact)}
    gone = {fact.feature for fact in cited if fact.id in written - stays}
    held = {fact.feature for fact in cited if fact.id in stays}
    behind = {
        fact.id
        for fact in cited
        if fact.id not in written
        and labelled(fact)
        and (fact.feature in held if fact.feature in held | gone else bool(kept))
    }
    return tuple(fact.id for fact in cited if fact.id in stays | behind)


def fixed(persona: Persona, finding: Finding, profile: Profile, facts: Sequence[Fact]) -> Persona:
    """The persona with the finding's fix in place of its span. Raises OptionProblem where there is none,
    or where the text is no longer the one that was checked."""
    found = text_at(persona, finding.where)
    start, end = finding.span
    if finding.fix is None or found is None or not 0 <= start <= end <= len(found):
        raise OptionProblem("This finding has no fix for the text as it stands.", do="Edit the text instead.")
    text = " ".join(f"{found[:start]}{finding.fix}{found[end:]}".split())
    field, _, rest = finding.where.partition(".")
    if field == "name":
        return replace(persona, name=text, claims=())
    if field == "priority":
        return replace(persona, priority=_level(text))
    if field == "plan":
        number, _, name = rest.partition(".")
        steps = list(persona.plan)
        steps[int(number)] = replace(steps[int(number)], **{name: text})
        return replace(persona, plan=tuple(steps), plan_source="analyst")
    old = dict(persona.statements())[finding.where]
    evidence = references(old, text, profile, facts)
    if finding.fact and finding.fact not in evidence:
        evidence = (*evidence, finding.fact)
    return _with(persona, finding.where, Statement(text, evidence, "analyst"))


def asserted(persona: Persona, where: str, reason: str) -> Persona:
    """The persona with a statement, its name or a part of its plan kept as the analyst's own; "priority"
    keeps the priority itself.

    Raises OptionProblem without a reason, or where no such text stands.
    """
    tidy = " ".join(reason.split())
    if not tidy:
        raise OptionProblem("What is kept against the numbers needs a reason.", "None was given.")
    text = text_at(persona, where)
    if where.partition(".")[0] in ("name", "plan") and text is not None:
        others = tuple(item for item in persona.kept if item.where != where)
        return replace(persona, kept=(*others, Kept(where, text, tidy)))
    place = "priority_why" if where == "priority" else where
    old = dict(persona.statements()).get(place)
    if old is None:
        raise OptionProblem(f"There is no text at {where} to keep.", do="Edit the text instead.")
    return _with(persona, place, replace(old, asserted=tidy))


def without_claim(persona: Persona, where: str) -> Persona:
    """The persona without the claim at "claims.N"; unchanged where there is none."""
    field, _, number = where.partition(".")
    if field != "claims":
        return persona
    kept = tuple(claim for place, claim in enumerate(persona.claims) if str(place) != number)
    return replace(persona, claims=kept)


def text_at(persona: Persona, where: str) -> str | None:
    """The text that a finding's span counts in; None where the place holds no text."""
    field, _, rest = where.partition(".")
    if field in ("name", "priority"):
        return str(getattr(persona, field))
    if field == "plan":
        number, _, name = rest.partition(".")
        if number.isdigit() and int(number) < len(persona.plan) and name in _step_fields():
            return str(getattr(persona.plan[int(number)], name))
        return None
    found = dict(persona.statements()).get(where)
    return found.text if found else None


def changes(old: Persona, new: Persona) -> tuple[Change, ...]:
    """The fields in which two versions differ, with the words that went and came."""
    found = []
    before, after = _told(old), _told(new)
    for field, lines in after.items():
        if before[field] != lines:
            found.append(Change(field, tuple(_line_changes(before[field], lines))))
    return tuple(found)


def _told(persona: Persona) -> dict[str, list[str]]:
    """Every field as the lines that a comparison shows; a reason to keep one is a line after it."""

    def lines(*items: Statement) -> list[str]:
        told = [(item.text, item.asserted and f"Kept by the analyst: {item.asserted}") for item in items]
        return [line for pair in told for line in pair if line]

    def step(number: int, item: PlanStep) -> list[str]:
        words = {name: str(getattr(item, name)) for name in _step_fields()}
        kept = [persona.reason_for(f"plan.{number}.{name}", text) for name, text in words.items()]
        return [" · ".join(words.values()), *(f"Kept by the analyst: {reason}" for reason in kept if reason)]

    name = Statement(persona.name, asserted=persona.reason_for("name", persona.name))
    return {
        "name": lines(name),
        "tagline": lines(persona.tagline),
        "bullets": lines(*persona.bullets),
        "unique": lines(persona.unique),
        "limit": lines(persona.limit),
        "priority": [persona.priority],
        "priority_why": lines(persona.priority_why),
        "rep": lines(*persona.rep),
        "digital": lines(*persona.digital),
        "access": lines(*persona.access),
        "plan": [line for number, item in enumerate(persona.plan) for line in step(number, item)],
        "interpretation": lines(persona.interpretation),
    }


def _line_changes(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[Part, ...]]:
    """The lines that differ; a line that was rewritten shows its words, others went or came whole."""
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        went, came = list(old[a:b]), list(new[c:d])
        for line in went:
            best = max(came, key=lambda other: _likeness(line, other), default=None)
            if best is not None and _likeness(line, best) >= LIKE:
                came.remove(best)
                yield _word_changes(line, best)
            else:
                yield (("-", line),)
        yield from ((("+", line),) for line in came)


def _word_changes(old: str, new: str) -> tuple[Part, ...]:
    before, after = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    parts: list[Part] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append((" ", "".join(before[a:b])))
        else:
            parts += [("-", "".join(before[a:b]))] if b > a else []
            parts += [("+", "".join(after[c:d]))] if d > c else []
    return tuple(parts)


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one.lower().split(), other.lower().split(), autojunk=False).ratio()


def _kept(old: str, new: str) -> list[list[str]]:
    """The runs of words that both texts have in common, in order, without their punctuation."""
    before, after = _words(old), _words(new)
    blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return [before[block.a : block.a + block.size] for block in blocks if block.size]


def _within(text: str, runs: Iterable[list[str]]) -> bool:
    """Whether the words of the text stand together in one of the runs."""
    wanted = _words(text)
    return any(
        run[place : place + len(wanted)] == wanted
        for run in runs
        for place in range(len(run) - len(wanted) + 1)
    )


def _words(text: str) -> list[str]:
    return [word for part in text.lower().split() if (word := part.strip(".,;:!?()“”\"'"))]


def _with(persona: Persona, where: str, statement: Statement) -> Persona:
    field, _, number = where.partition(".")
    if field in _SINGLE:
        changed: dict[str, Any] = {field: statement}
    else:
        items = list(getattr(persona, field))
        items[int(number)] = statement
        changed = {field: tuple(items)}
    return replace(persona, **changed)


def _level(text: str) -> Level:
    for level in ("High", "Medium", "Low"):
        if text == level:
            return level
    raise OptionProblem(f"A priority is High, Medium or Low; found {text}.")


def _step_fields() -> tuple[str, ...]:
    return tuple(field.name for field in fields(PlanStep))


def _lines(statements: tuple[Statement, ...]) -> str:
    return "\n".join(statement.text for statement in statements)
