"""Vocabulary packs: the words, tactics, channels and plans of an industry, kept as data."""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from engine.errors import OptionProblem
from engine.model import Profile
from llm.facts import meaning

BASE = "general"
"""The pack whose entries every other pack falls back on, at a lower weight."""

BORROWED = 0.2


@dataclass(frozen=True)
class Entry:
    """A text that fits when all conditions of `when` hold; see llm.offline.conditions for their grammar."""

    text: str
    when: tuple[str, ...] = ()
    weight: float = 1.0


class StepEntry(NamedTuple):
    """One step of an engagement plan."""

    channel: str
    topic: str
    call_to_action: str
    frequency: str
    cadence: str
    trigger: str
    measure: str
    stop_rule: str


@dataclass(frozen=True)
class Play:
    """All the advice for one kind of segment, made to agree: the decision, two tactics a lane, what not to do, the
    plan in its order and the reading behind it. `bullet` says what is at stake and `unique` who they are; `caution`
    states the fact that should change how the reader acts, `why` what its place in the order rests on. Where these
    cannot be filled, or do not hold, the figures speak for themselves (llm.template).

    It fits when all conditions of `when` hold. Of the texts of a field the first that can be filled and hold are
    taken: three bullets, two for a lane, else one. A text may offer plainer ones behind " | ".
    """

    decision: tuple[str, ...]
    rep: tuple[str, ...]
    digital: tuple[str, ...]
    access: tuple[str, ...]
    avoid: tuple[str, ...]
    interpretation: tuple[str, ...]
    step: tuple[StepEntry, ...]
    tagline: tuple[str, ...] = ()
    bullet: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    caution: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True)
class Remark:
    """What a column means for the reader where it is high or low, said behind its figures. `words` match its label
    or header, or equal "role:" and its role."""

    words: tuple[str, ...]
    high: tuple[str, ...] = ()
    low: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gloss:
    """What a column with exactly this label, in lower case, is called in sentences."""

    label: str
    said: str


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
    """Everything an industry's personas say beside the numbers.

    `borrow`: plays and names of the general pack may fill gaps; switched off where every word has to be the
    industry's own. `delicate` words name columns that no name, headline or tactic is built on; `topicless` ones
    those that make no subject for a message; `code` ones those whose numbers are codes, told of last; `place` ones
    those that say where accounts are; `gone` ones name outcomes whose yes has happened already: the account has left.
    `answer` are whole sentences for outcomes. `vocabulary`: words apart by
    spaces that the checker lets any sentence use.
    """

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
    code: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    verb: tuple[Verb, ...] = ()
    adjective: tuple[Adjective, ...] = ()
    persona_name: tuple[Entry, ...] = ()
    remark: tuple[Remark, ...] = ()
    answer: tuple[Remark, ...] = ()
    gloss: tuple[Gloss, ...] = ()
    play: tuple[Play, ...] = ()
    borrow: bool = True
    vocabulary: str = ""

    @property
    def tagline(self) -> tuple[Entry, ...]:
        """The lines under a name."""
        return self._entries("tagline")

    @property
    def move(self) -> tuple[Entry, ...]:
        """The decisions."""
        return self._entries("decision")

    @property
    def rep(self) -> tuple[Entry, ...]:
        """The tactics of the personal lane."""
        return self._entries("rep")

    @property
    def digital(self) -> tuple[Entry, ...]:
        """The tactics of the digital lane."""
        return self._entries("digital")

    @property
    def access(self) -> tuple[Entry, ...]:
        """The tactics and the warnings of the lane of terms and messages."""
        return self._entries("access") + self._entries("avoid")

    @property
    def interpretation(self) -> tuple[Entry, ...]:
        """The readings behind the figures."""
        return self._entries("interpretation")

    @property
    def step(self) -> tuple[StepEntry, ...]:
        """The steps of all plans."""
        return tuple(step for play in self.play for step in play.step)

    def _entries(self, field: str) -> tuple[Entry, ...]:
        return tuple(Entry(text) for play in self.play for text in getattr(play, field))


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
    joined = {field: getattr(own, field) + getattr(base, field) for field in _SHARED}
    own = replace(own, **joined)
    if not own.borrow:
        return own
    return replace(
        own,
        persona_name=own.persona_name
        + tuple(replace(name, weight=name.weight * BORROWED) for name in base.persona_name),
        play=own.play + tuple(replace(play, weight=play.weight * BORROWED) for play in base.play),
    )


_SHARED = (
    "delicate", "topicless", "code", "place", "gone", "verb", "adjective", "remark",
    "answer", "gloss",
)  # fmt: skip
"""What every pack has from the general one behind its own."""


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


@lru_cache(maxsize=16)
def _read(name: str) -> Pack:
    content = tomllib.loads(_folder().joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return TypeAdapter(Pack).validate_python({"name": name, **content})


def _folder() -> Path:
    return Path(__file__).parent / "packs"
