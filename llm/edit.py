"""A persona as a form and back: what an analyst did not touch keeps its evidence and its source."""

import difflib
from dataclasses import dataclass, fields, replace

from engine.model import Level, Persona, PlanStep, Statement


@dataclass(frozen=True)
class Form:
    """A persona as text fields. Lists are one item a line; `plan` has one row a step."""

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


@dataclass(frozen=True)
class Change:
    """One field that differs between two versions. `lines` are (mark, text): " " kept, "-" out, "+" in."""

    field: str
    lines: tuple[tuple[str, str], ...]


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
    )


def revised(persona: Persona, form: Form) -> Persona:
    """The persona with the form's texts. A text that stands in the persona already keeps its evidence;
    any other becomes the analyst's own. Claims about a name that changed are dropped."""
    known = {
        statement.text: statement
        for statement in (
            persona.tagline, *persona.bullets, persona.unique, persona.limit, persona.priority_why,
            *persona.rep, *persona.digital, *persona.access, persona.interpretation,
        )
    }  # fmt: skip

    def one(text: str) -> Statement:
        tidy = " ".join(text.split())
        return known.get(tidy, Statement(tidy, source="analyst"))

    def several(text: str) -> tuple[Statement, ...]:
        return tuple(one(line) for line in text.splitlines() if line.strip())

    name = " ".join(form.name.split())
    return replace(
        persona,
        name=name,
        claims=persona.claims if name == persona.name else (),
        tagline=one(form.tagline),
        bullets=several(form.bullets),
        unique=one(form.unique),
        limit=one(form.limit),
        priority=form.priority,
        priority_why=one(form.priority_why),
        rep=several(form.rep),
        digital=several(form.digital),
        access=several(form.access),
        plan=form.plan,
        interpretation=one(form.interpretation),
    )


def changes(old: Persona, new: Persona) -> tuple[Change, ...]:
    """The fields in which two versions differ, with the lines that went and came."""
    before, after = form_of(old), form_of(new)
    found = []
    for field in fields(Form):
        was, now = _text(getattr(before, field.name)), _text(getattr(after, field.name))
        if was != now:
            lines = difflib.ndiff(was.splitlines(), now.splitlines())
            marked = tuple((line[0], line[2:]) for line in lines if line[0] in " -+")
            found.append(Change(field.name, marked))
    return tuple(found)


def _lines(statements: tuple[Statement, ...]) -> str:
    return "\n".join(statement.text for statement in statements)


def _text(value: str | tuple[PlanStep, ...]) -> str:
    if isinstance(value, str):
        return value
    return "\n".join(" · ".join(getattr(step, field.name) for field in fields(PlanStep)) for step in value)
