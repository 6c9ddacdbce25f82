"""Personas and lines to be checked, from files that anyone may write.

A personas.json of `python -m llm draft` comes back unchanged. Other makers may leave out what they do not
have (a plan, claims, evidence) and write a statement as bare text; an absent statement is empty.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from engine.errors import OptionProblem
from engine.model import Brief, Claim, Kept, Level, Persona, PlanStep, Source, Statement
from llm.check import Line, Zone

PERSONAS_WANTED = "a personas.json as `python -m llm draft` writes it"
LINES_WANTED = "lines of JSON, each with id, segment, zone and text"
_ZONES: Mapping[str, Zone] = {zone: zone for zone in get_args(Zone)}
_SOURCES: Mapping[str, Source] = {source: source for source in get_args(Source)}
_LEVELS: Mapping[str, Level] = {level.lower(): level for level in get_args(Level)} | {"med": "Medium"}


def read_personas(text: str | bytes, path: str = "the file") -> tuple[tuple[Persona, ...], Brief]:
    """The personas of a JSON text, under "personas" or a bare list, and their brief. Raises OptionProblem."""
    try:
        content = json.loads(text)
    except ValueError as problem:
        raise _refused(PERSONAS_WANTED, f"{path} is no JSON") from problem
    entries = content.get("personas") if isinstance(content, dict) else content
    if not isinstance(entries, list) or not entries:
        raise _refused(PERSONAS_WANTED, f"{path} has no personas")
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or not isinstance(entry.get("segment"), str | int):
            raise _refused(PERSONAS_WANTED, f"persona {number} in {path} names no segment")
    given = content.get("brief") if isinstance(content, dict) else None
    return tuple(_persona(entry) for entry in entries), _brief(given)


def read_lines(text: str, path: str = "the file") -> tuple[Line, ...]:
    """The lines of a lines.jsonl; empty lines do not count, a missing zone is "fact". Raises OptionProblem."""
    found = []
    for number, row in enumerate(text.splitlines(), 1):
        if not row.strip():
            continue
        try:
            entry = json.loads(row)
        except ValueError as problem:
            raise _refused(LINES_WANTED, f"line {number} of {path} is no JSON") from problem
        if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
            raise _refused(LINES_WANTED, f"line {number} of {path} has no text")
        zone = _ZONES.get(entry.get("zone") or "fact")
        if zone is None:
            raise _refused(LINES_WANTED, f"line {number} of {path} has the zone {entry['zone']!r}")
        found.append(Line(str(entry.get("id", number)), str(entry.get("segment") or ""), zone, entry["text"]))
    return tuple(found)


def _refused(wanted: str, found: str) -> OptionProblem:
    return OptionProblem(f"Expected {wanted}.", f"Found that {found}.", "Give another file.")


def _brief(entry: object) -> Brief:
    """The brief as the drafts carry it; one of another form says nothing."""
    try:
        return TypeAdapter(Brief).validate_python(entry)
    except ValidationError:
        return Brief()


def _persona(entry: Mapping[str, Any]) -> Persona:
    segment = str(entry["segment"])

    def one(name: str) -> Statement:
        return _statement(entry.get(name))

    def several(name: str) -> tuple[Statement, ...]:
        return tuple(_statement(item) for item in _list(entry.get(name)))

    return Persona(
        segment=segment,
        name=_text(entry.get("name")),
        tagline=one("tagline"),
        bullets=several("bullets"),
        unique=one("unique"),
        limit=one("limit"),
        priority=_LEVELS.get(_text(entry.get("priority")).strip().lower(), "Medium"),
        priority_why=one("priority_why"),
        rep=several("rep"),
        digital=several("digital"),
        access=several("access"),
        plan=tuple(_step(step) for step in _list(entry.get("plan"))),
        interpretation=one("interpretation"),
        claims=tuple(_claim(claim, segment, n) for n, claim in enumerate(_list(entry.get("claims")), 1)),
        kept=tuple(_kept(item) for item in _list(entry.get("kept"))),
    )


def _kept(entry: object) -> Kept:
    given = entry if isinstance(entry, Mapping) else {}
    return Kept(**{field.name: _text(given.get(field.name)) for field in fields(Kept)})


def _statement(entry: object) -> Statement:
    if not isinstance(entry, Mapping):
        return Statement(_text(entry))
    return Statement(
        _text(entry.get("text")),
        _ids(entry.get("evidence")),
        _SOURCES.get(_text(entry.get("source")), "analyst"),
        _text(entry.get("asserted")),
    )


def _step(entry: object) -> PlanStep:
    given = entry if isinstance(entry, Mapping) else {"topic": entry}
    return PlanStep(**{field.name: _text(given.get(field.name)) for field in fields(PlanStep)})


def _claim(entry: object, segment: str, number: int) -> Claim:
    given = entry if isinstance(entry, Mapping) else {}
    plain = (field.name for field in fields(Claim) if field.name not in ("id", "segment", "evidence"))
    return Claim(
        id=_text(given.get("id")) or f"{segment}-{number}",
        segment=_text(given.get("segment")) or segment,
        evidence=_ids(given.get("evidence")),
        **{name: _text(given.get(name)) for name in plain},
    )


def _ids(entry: object) -> tuple[str, ...]:
    return tuple(str(item) for item in entry) if isinstance(entry, list) else ()


def _list(entry: object) -> Iterator[object]:
    yield from entry if isinstance(entry, list) else () if entry is None else (entry,)


def _text(entry: object) -> str:
    return "" if entry is None else str(entry)
