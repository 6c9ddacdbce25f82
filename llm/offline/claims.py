"""Claims of the offline writer: what a sentence is about to state, with the facts that show it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.model import Fact
from llm.drafts import ClaimDraft, literal
from llm.facts import Key
from llm.lexicon import spoken, spoken_value
from llm.names import Names
from llm.offline.portrait import Mix, Trait

Side = Literal["above", "below", "near", "none"]

_SIDES: dict[str, Side] = {"+": "above", "-": "below", "~": "near"}


@dataclass(frozen=True)
class Line:
    """One item: its text, with references for numbers, and the claims it rests on."""

    text: str
    claims: tuple[ClaimDraft, ...] = ()


def ref(fact: Fact) -> str:
    """The reference that stands for a fact's value."""
    return f"{{{{{fact.id}}}}}"


def noun(label: str) -> str:
    """A column's label as it stands in a sentence."""
    return literal(spoken(label))


def noun_value(value: str) -> str:
    """A category value as it stands in a sentence."""
    return literal(spoken_value(value))


def whole(label: str) -> str:
    """ "all class TRx", but "total claims": one word for the whole is enough."""
    name = noun(label)
    return name if name.split(" ")[0].lower() in ("total", "all") else f"all {name}"


_REFERENCE = re.compile(r"\{\{(F\d+)\}\}")
_OF_THOSE_KNOWN = frozenset({"mean", "median", "ratio"})


def where_known(text: str, partly: Mapping[str, str], by_id: Mapping[str, Fact]) -> str:
    """The text with "(where known)" behind the name of each column of `partly` (header: name) that it gives a figure
    of: such a figure is one of those accounts alone."""
    found = (by_id[name] for name in _REFERENCE.findall(text) if name in by_id)
    given = dict.fromkeys(fact.feature for fact in found if fact.statistic in _OF_THOSE_KNOWN)
    for name in (partly[feature] for feature in given if feature in partly):
        text = re.sub(
            rf"(?i)\b{re.escape(name)}\b(?! \(where known\))", r"\g<0> (where known)", text, count=1
        )
    return text.replace("(where known) (median)", "(median, where known)")


def placed(lines: Iterable[tuple[str, Line]]) -> list[ClaimDraft]:
    """The claims of all lines, each under its line's place, numbered through."""
    claims = [claim.model_copy(update={"item": item}) for item, line in lines for claim in line.claims]
    return [claim.model_copy(update={"id": f"c{number}"}) for number, claim in enumerate(claims, 1)]


class Claims:
    """Makes claims in the ids of one profile. Their place is given by `placed`."""

    def __init__(self, known: Names, table: dict[Key, Fact]) -> None:
        self.known = known
        self.table = table

    def level(self, trait: Trait, *more: Fact) -> ClaimDraft:
        """The segment against all accounts."""
        evidence = (trait.own, trait.all, *more)
        return self._claim("level", evidence, trait.feature, side=_SIDES[trait.direction])

    def rank(self, trait: Trait) -> ClaimDraft:
        """The segment is the highest or the lowest of all."""
        place = self.table.get((trait.own.segment, trait.feature, "rank", None, None))
        side: Side = "above" if trait.direction == "+" else "below"
        evidence = (trait.own, *([place] if place else []))
        return self._claim("rank", evidence, trait.feature, comparator="none", side=side)

    def place(self, trait: Trait) -> ClaimDraft:
        """The segment's place among all."""
        place = self.table.get((trait.own.segment, trait.feature, "rank", None, None))
        evidence = (trait.own, *([place] if place else []))
        return self._claim("rank", evidence, trait.feature, comparator="none")

    def comparison(self, own: Fact, other: Fact) -> ClaimDraft:
        """The segment against another one, as the two are displayed."""
        side: Side = "near" if own.text == other.text else "above" if own.value > other.value else "below"
        return self._claim(
            "comparison", (own, other), own.feature, comparator="segment", other=other.segment, side=side
        )

    def share(self, mix: Mix, *more: Fact) -> ClaimDraft:
        """A category value that the segment has more of than all accounts, or less."""
        category = self.known.categories[mix.column, mix.value].id
        side: Side = "above" if mix.own.value > mix.all.value else "below"
        return self._claim("share", (mix.own, mix.all, *more), mix.column, category=category, side=side)

    def part(self, total: Fact, size: Fact) -> ClaimDraft:
        """The segment's part of a total, beside its part of the accounts."""
        return self._claim("share", (total, size), total.feature, comparator="none")

    def value(self, own: Fact, *more: Fact) -> ClaimDraft:
        """How much of the segment has a category value, whatever it is elsewhere."""
        category = self.known.categories[own.feature, own.category or ""].id
        return self._claim("share", (own, *more), own.feature, category=category, comparator="none")

    def size(self, *facts: Fact) -> ClaimDraft:
        """How large the segment is."""
        return self._claim("size", facts, comparator="none")

    def _claim(
        self,
        kind: Literal["level", "comparison", "rank", "share", "size"],
        evidence: Sequence[Fact],
        feature: str = "",
        *,
        category: str = "none",
        comparator: Literal["population", "segment", "none"] = "population",
        other: str = "none",
        side: Side = "none",
    ) -> ClaimDraft:
        return ClaimDraft(
            id="",
            item="",
            kind=kind,
            feature=self.known.features[feature].id if feature else "none",
            category=category,
            comparator=comparator,
            other_segment=other,
            direction=side,
            magnitude="none",
            evidence=list(dict.fromkeys(fact.id for fact in evidence)),
        )
