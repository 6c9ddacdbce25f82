"""What a sentence states, taken apart: on which column, of whom, in what relation, against whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from llm.checking.items import Item
from llm.checking.names import Names
from llm.checking.numerals import Number
from llm.checking.reading import Clause
from llm.checking.senses import Sense
from llm.checking.thresholds import ABOVE
from llm.checking.truth import PART, SIZE, Subject, Truth
from llm.facts import ALL

Options = tuple[Subject, ...]
"""What a name may stand for; a statement holds if it holds for one of them."""

OF_SIZE: Options = (Subject("size", SIZE),)
OF_PART: Options = (Subject("size", PART),)


@dataclass(frozen=True, slots=True)
class Against:
    """Whom a statement compares with: segments (or ALL), "any" other one, the "rest". `said`: in words;
    `some`: one of the segments is enough ("another segment")."""

    segments: tuple[str, ...] = (ALL,)
    every: bool = False
    said: bool = False
    some: bool = False


@dataclass(slots=True)
class Frame:
    """One statement. kind: level, gap, times, relation, share, place, near, index (over, under), between.

    `about`: all of these columns, each a choice; `who`: all of these segments; `low`, `high`: the bounds of
    a share or a multiple; `sign`, `grade`, `strength` (+1 very, -1 slightly) of a relation. `spare`: what else
    the sentence names, for a figure that fits the unit of none of `about`; `echo`: the difference just given,
    which a bare figure behind it may continue ("8 points above average, or 20%"). `untold`: one of several
    readings, of which only whether it holds is asked.
    """

    kind: str
    item: Item
    clause: Clause
    about: tuple[Options, ...]
    who: tuple[str, ...]
    against: Against = Against()
    number: Number | None = None
    hedge: Sense | None = None
    statistic: str = ""
    sign: int = 0
    grade: str = ""
    strength: int = 0
    polar: bool = False
    negated: bool = False
    doubted: bool = False
    joint: bool = False
    place: int = 0
    only: bool = False
    nobody: bool = False
    low: float = 0.0
    high: float = 0.0
    hint: str = ""
    loose: bool = False
    among: bool = False
    within: bool = False
    wide: bool = False
    spare: Options = ()
    echo: "Frame | None" = None
    untold: bool = False

    @property
    def figure(self) -> Number:
        """The figure of a statement that has one; ValueError otherwise."""
        if self.number is None:
            raise ValueError(self.kind)
        return self.number

    @property
    def span(self) -> tuple[int, int]:
        return self.item.start, self.item.end


@dataclass(frozen=True)
class Scene:
    """Where a sentence stands: the segment it is about, and what there is."""

    segment: str
    truth: Truth
    names: Names

    @cached_property
    def lacking(self) -> Mapping[str, Subject]:
        """The roles whose number columns all lie below average here, each with the lowest of its columns."""
        scores: dict[str, list[tuple[float, str]]] = {}
        for column, entry in self.truth.profile.dictionary.items():
            z = self.truth.z(self.segment, Subject("number", column))
            if z is not None and column in self.truth.numbers:
                scores.setdefault(entry.role, []).append((z, column))
        return {
            role: Subject("number", min(found)[1])
            for role, found in scores.items()
            if max(found)[0] <= -ABOVE
        }
