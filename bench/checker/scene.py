"""One segment of one case, ready to be written about: the words for it, its facts, and a seeded hand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np

from bench.checker.oracle import ALL, Said, Table, table
from bench.checker.profiles import Case
from bench.checker.vocabulary import Measure
from bench.checker.written import Written, number, read
from engine.model import Claim, Fact, Statistic
from llm.facts import Key

Zone = Literal["fact", "advice", "name", "interpretation"]
Truth = Literal["ok", "block"]
Item = TypeVar("Item")

JUDGING = re.compile(
    r"\b(lead|beat|lose|strong|weak|strength|unmatched|undercut|last|first|ahead|behind|lag|shortfall|short|top|"
    r"outpace|surpass|trail|bottom|reach|exceed)"
)
"""Words that rank or judge: read in two ways where less is better."""
VALUING = re.compile(r"\b(beat|lose|unmatched|undercut|outpace|surpass)")
"""Words that say which end is the good one, where nobody said so."""
AVERAGES = ("the average", "the overall average", "the population average", "the average of all {accounts}")

TRUE_KINDS = {
    "number": "plain number",
    "digits transposed": "plain number",
    "feature swap": "plain number",
    "unit slip": "plain number",
    "segment swap": "another segment named",
    "mean for median": "mean and median",
    "majority": "share words",
    "name mismatch": "name",
    "plan contradiction": "advice",
}
"""What a true sentence of a class is counted as, where that is not the class's own name."""


@dataclass(frozen=True)
class Sentence:
    """One sentence with what is known of it. `truth` is "ok" or "block"; `kind` its class or must-pass kind."""

    case: str
    segment: str
    zone: Zone
    text: str
    truth: Truth
    kind: str
    frame: str
    said: tuple[Said, ...] = ()
    evidence: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()


class Scene:
    """Fills frames about one segment. Not thread-safe: the random generator moves on with every choice."""

    def __init__(
        self, case: Case, segment: str, facts: Mapping[Key, Fact], random: np.random.Generator
    ) -> None:
        self.case, self.segment, self.facts, self.random = case, segment, facts, random
        self.table: Table = table(case)
        self.names = {found.id: found.name for found in case.profile.segments}
        self.ids = list(self.names)
        self.others = [name for name in self.ids if name != segment]
        self.features = [
            header for header in case.measures if not np.isnan(self.table.get("mean", segment, header))
        ]

    # --- Choices ---

    def pick(self, items: Sequence[Item]) -> Item:
        return items[int(self.random.integers(len(items)))]

    def chance(self, share: float) -> bool:
        return bool(self.random.random() < share)

    def between(self, low: float, high: float) -> float:
        return float(self.random.uniform(low, high))

    def whole(self, low: int, high: int) -> int:
        return int(self.random.integers(low, high + 1))

    def feature(self, *units: str) -> str | None:
        """A feature of one of the units (any when none is named), or None."""
        found = [h for h in self.features if not units or self.case.measures[h].unit in units]
        return self.pick(found) if found else None

    def measure(self, feature: str) -> Measure:
        return self.case.measures[feature]

    def label(self, feature: str) -> str:
        """What the feature is called: mostly its label, sometimes an alias or the header itself."""
        measure = self.case.measures[feature]
        if measure.aliases and self.chance(0.3):
            return self.pick(measure.aliases)
        return measure.label

    def one_way(self, feature: str, frame: str) -> bool:
        """Whether the frame says the same whichever end of the column is the good one."""
        polarity = self.case.measures[feature].polarity
        return polarity > 0 or not (VALUING if polarity == 0 else JUDGING).search(frame)

    def role(self, role: str) -> list[float]:
        """The z of each feature of a role."""
        return [self.table.get("z", self.segment, h) for h in self.features if self.measure(h).role == role]

    # --- Facts ---

    def fact(
        self,
        feature: str,
        statistic: Statistic,
        *,
        segment: str = "",
        category: str | None = None,
        other: str | None = None,
    ) -> tuple[str, ...]:
        """The id of the fact, alone in a tuple; empty where there is none."""
        found = self.facts.get((segment or self.segment, feature, statistic, category, other))
        return (found.id,) if found else ()

    def value(self, feature: str, statistic: Statistic = "mean", segment: str = "") -> Written:
        """The feature's mean or median as a fact shows it, or in other precisions and spellings."""
        where = segment or self.segment
        unit = self.case.measures[feature].unit
        found = self.facts.get((where, feature, statistic, None, None))
        if found and "under" not in found.text and self.chance(0.6):
            return read(found.text, unit)
        actual = self.table.get(statistic, where, feature)
        return number(actual, unit, self.pick((3, 3, 4)), self.pick((0, 0, 1, 2)))

    def claim(
        self,
        kind: str,
        feature: str,
        *,
        category: str = "",
        other: str = "",
        direction: str = "",
        evidence: tuple[str, ...] = (),
    ) -> tuple[Claim, ...]:
        """A claim in a tuple; the number is given when the persona is put together."""
        comparator = "segment" if other else "population" if direction and kind == "level" else ""
        return (Claim("", kind, self.segment, feature, category, comparator, other, direction, "", evidence),)

    def level(self, feature: str, direction: str) -> tuple[Claim, ...]:
        """The claim that the feature is above, below or near the population's."""
        evidence = self.fact(feature, "mean") + self.fact(feature, "z")
        return self.claim("level", feature, direction=direction, evidence=evidence)

    # --- Words ---

    def called(self, segment: str) -> str:
        """A segment's id or name."""
        return self.pick((segment, self.names[segment]))

    def fill(self, frame: str, feature: str = "", **slots: str) -> str:
        """The frame as a sentence; `feature` gives label and verb forms, `slots` the rest."""
        accounts = self.pick(self.case.trade.accounts)
        name = self.called(self.segment)
        plural_label = (
            bool(feature) and self.case.measures[feature].plural if feature in self.case.measures else False
        )
        label = slots.pop("label", "") or (self.label(feature) if feature in self.case.measures else "")
        subject, plural, possessive = self.pick(
            (
                ("They", True, "Their"),
                ("This segment", False, "Its"),
                (name, False, f"{name}'s"),
                (f"These {accounts}", True, f"These {accounts}'"),
                ("This group", False, "This group's"),
                (f"The {accounts} here", True, "Their"),
                (f"{_capital(accounts)} in {name}", True, "Their"),
                ("Members of this segment", True, "Their"),
            )
        )
        inner = subject if subject == name else _small(subject, accounts)
        noun = self.pick(("this segment", "this group", name, name))
        here = self.pick(("here", "in this segment", "for this group", f"among these {accounts}", f"in {name}",
                          f"for {name}", "within this segment", "in this group"))  # fmt: skip
        if "{here}" in frame and ("{S}" in frame or "{s}" in frame or "{q}" in frame):
            here = self.pick(("here", "in this segment", f"among these {accounts}"))
        values = {
            "S": subject, "s": inner, "P": possessive, "p": possessive.lower(), "q": noun,
            "Q": _capital(noun), "here": here, "accounts": accounts, "all": f"all {accounts}",
            "L": _capital(label), "l": label, "k": str(len(self.ids)),
            "avg": self.pick(AVERAGES).format(accounts=accounts), **slots,
        }  # fmt: skip
        for small, large in (("o", "O"), ("m", "M"), ("c", "C"), ("n", "N"), ("a", "A"), ("hi", "Hi")):
            if small in values:
                values[large] = _capital(values[small])
        text = _choose(frame, "[]", plural_label)
        text = _choose(text, "<>", not plural).format(**values)
        return text[:1].upper() + text[1:]

    def sentence(
        self,
        kind: str,
        frame: str,
        text: str,
        said: tuple[Said, ...],
        want: bool,
        evidence: tuple[str, ...] = (),
        claims: tuple[Claim, ...] = (),
        zone: Zone = "fact",
    ) -> Sentence:
        shown = TRUE_KINDS.get(kind, kind) if want else kind
        truth: Truth = "ok" if want else "block"
        return Sentence(self.case.id, self.segment, zone, text, truth, shown, frame, said, evidence, claims)

    def population(self, feature: str) -> tuple[Written, Said]:
        """The population's mean as written, and the claim that it is so."""
        written = self.value(feature, "mean", ALL)
        return written, Said("number", ALL, feature, statistic="mean", value=written.value, half=written.half)


def _choose(text: str, marks: str, second: bool) -> str:
    opening, closing = (re.escape(mark) for mark in marks)
    return re.sub(
        rf"{opening}([^{opening}|]*)\|([^{closing}|]*){closing}",
        lambda found: found.group(2 if second else 1),
        text,
    )


def _capital(text: str) -> str:
    """The first letter large, unless the word has its own spelling ("eNPS", "em.open.rt")."""
    first = text.split(" ", 1)[0]
    plain = (first.isalpha() and (first.islower() or first.istitle())) or "-" in first
    return text[:1].upper() + text[1:] if plain else text


def _small(subject: str, accounts: str) -> str:
    return subject if subject.startswith(accounts) else subject[:1].lower() + subject[1:]
