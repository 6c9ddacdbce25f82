"""Vocabulary packs: the words, tactics, channels and plans of an industry, kept as data."""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from engine.errors import OptionProblem
from engine.model import Profile
from llm.facts import meaning

BASE = "general"
"""The pack whose entries every other pack falls back on, at a lower weight."""

BORROWED = 0.2


@dataclass(frozen=True)
class Entry:
    """A text that fits when all conditions of `when` hold; see llm.offline.advice for their grammar.

    `each` says that it asks for someone's time for every account, which in a large segment has to begin
    somewhere. For a lead action: `by` names the ways of contact it speaks of, one of which the plan opens
    with; `pace` is the level whose rhythm of calls it sets.
    """

    text: str
    when: tuple[str, ...] = ()
    weight: float = 1.0
    by: tuple[str, ...] = ()
    each: bool = False
    pace: str = ""


@dataclass(frozen=True)
class StepEntry:
    """One possible step of an engagement plan. `stage` is open, build, ask, keep or review.

    `by` is its way of contact; `each` as for an Entry; `gives` what later steps may refer to; of `needs`, an
    earlier step of the plan has to give at least one.
    """

    stage: str
    channel: str
    topic: str
    call_to_action: str
    frequency: str
    cadence: str
    trigger: str
    measure: str
    stop_rule: str
    when: tuple[str, ...] = ()
    weight: float = 1.0
    by: str = ""
    gives: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    each: bool = False


@dataclass(frozen=True)
class Verb:
    """The verb for "they ... 312 class TRx", chosen by a word of the label."""

    words: tuple[str, ...]
    verb: str


@dataclass(frozen=True)
class Adjective:
    """Name words for a column: `words` match its label or header, or equal "role:" and its role.

    `topic` in place of `high` and `low` names what is counted or shared out; llm.offline.naming decides
    whether "Topic-Focused", "Topic-Heavy" or "Low-Topic" is borne out.
    """

    words: tuple[str, ...]
    high: str = ""
    low: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Pack:
    """Everything an industry's personas say beside the numbers. `borrow`: advice of the general pack may
    fill gaps; switched off where every word has to be the industry's own. `delicate` words name columns that
    no name, headline or tactic is built on; `topicless` ones those that make no subject for a message.
    `outcome` words name the columns that matter most to the business, told of first.
    `vocabulary`: words apart by spaces that the checker lets any sentence use, whatever the columns."""

    name: str
    title: str
    account: str
    accounts: str
    brand: str
    area: str
    rep_lane: str
    digital_lane: str
    access_lane: str
    words: tuple[str, ...] = ()
    delicate: tuple[str, ...] = ()
    topicless: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    verb: tuple[Verb, ...] = ()
    adjective: tuple[Adjective, ...] = ()
    persona_name: tuple[Entry, ...] = ()
    tagline: tuple[Entry, ...] = ()
    move: tuple[Entry, ...] = ()
    rep: tuple[Entry, ...] = ()
    digital: tuple[Entry, ...] = ()
    access: tuple[Entry, ...] = ()
    interpretation: tuple[Entry, ...] = ()
    step: tuple[StepEntry, ...] = ()
    borrow: bool = True
    vocabulary: str = ""


def names() -> tuple[str, ...]:
    """The packs there are, general last."""
    found = sorted(
        item.name.removesuffix(".toml") for item in _folder().iterdir() if item.name.endswith(".toml")
    )
    return (*(name for name in found if name != BASE), BASE)


@lru_cache(maxsize=16)
def load(name: str) -> Pack:
    """The pack with the general one's entries behind its own. Raises OptionProblem for an unknown name."""
    if name not in names():
        raise OptionProblem(
            f"No vocabulary pack {name!r}.", f"Found: {', '.join(names())}.", "Pick one of them."
        )
    own = _read(name)
    if name == BASE:
        return own
    base = _read(BASE)
    own = replace(
        own,
        delicate=own.delicate + base.delicate,
        topicless=own.topicless + base.topicless,
        outcome=own.outcome + base.outcome,
        verb=own.verb + base.verb,
        adjective=own.adjective + base.adjective,
    )
    if not own.borrow:
        return own
    return replace(
        own,
        persona_name=own.persona_name + _borrow(base.persona_name),
        tagline=own.tagline + _borrow(base.tagline),
        move=own.move + _borrow(base.move),
        rep=own.rep + _borrow(base.rep),
        digital=own.digital + _borrow(base.digital),
        access=own.access + _borrow(base.access),
        interpretation=own.interpretation + _borrow(base.interpretation),
        step=own.step + tuple(replace(step, weight=step.weight * BORROWED) for step in base.step),
    )


def suggest(profile: Profile) -> str:
    """The pack whose words occur in most of the profile's labels, aliases and headers; general if none."""
    counts = {}
    for name in names():
        wanted = set(_read(name).words)
        counts[name] = sum(bool(wanted & _column_words(profile, column)) for column in profile.dictionary)
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else BASE


def _column_words(profile: Profile, column: str) -> set[str]:
    entry = meaning(profile, column)
    text = " ".join((column, entry.label))
    apart = re.sub(r"([a-z])([A-Z])", r"\1 \2", text).lower()
    return set(re.findall(r"[a-z]+", f"{apart} {text.lower()}"))


def _borrow(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(replace(entry, weight=entry.weight * BORROWED) for entry in entries)


@lru_cache(maxsize=16)
def _read(name: str) -> Pack:
    content = tomllib.loads(_folder().joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return TypeAdapter(Pack).validate_python({"name": name, **content})


def _folder() -> Path:
    return Path(__file__).parent / "packs"
