"""Outcomes become a table: recall and false alarms by class, their limits, the gates and whether they are met."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from bench.checker.intervals import lower_limit, upper_limit
from bench.checker.judging import WARNING_COUNTS, Judged, Outcome


@dataclass(frozen=True)
class Gate:
    """What a set has to reach. Rates are 0 to 1; None asks for nothing. `recalls` names classes with a gate of
    their own; the others have `recall`. `on_limit`: a gate holds for the 95 % limit, not for the rate."""

    recall: float | None
    recalls: dict[str, float]
    least: int
    alarms: float | None
    least_true: int
    personas: float | None
    on_limit: bool


CLAIMS = Gate(0.98, {}, 400, 0.005, 3000, 0.05, True)
FREE_TEXT = Gate(
    None,
    {
        "number": 0.95, "direction": 0.95, "superlative": 0.95, "segment": 0.95, "segment swap": 0.95,
        "invented": 0.9, "invented attribute": 0.9,
    },
    200, 0.01, 1000, None, False,
)  # fmt: skip
WITHOUT_GATE = frozenset({"compliance"})
"""Measured as well, though the plan for the benchmark names no gate for it."""
NONE = Gate(None, {}, 0, None, 0, None, False)
"""For sentences that rules were tried on: nothing is proved by reaching a gate there."""


@dataclass(frozen=True)
class Row:
    """`rate` is the recall of a wrong class, or the false alarms of a true kind; `limit` its 95 % limit on the
    bad side; `missed` what the rate counts against; `frames` how many hand-written
    frames the sentences were made from (0: not known); `warned` the sentences with a warning only."""

    name: str
    n: int
    profiles: int
    frames: int
    missed: int
    warned: int
    rate: float
    limit: float
    gate: str
    met: bool | None


@dataclass(frozen=True)
class Table:
    """One set's results, in the order they are printed."""

    title: str
    wrong: tuple[Row, ...]
    true: tuple[Row, ...]
    all_true: tuple[Row, ...]
    personas: Row | None
    seconds: float

    @property
    def met(self) -> bool:
        """Whether every gate of the set is met."""
        rows = [*self.wrong, *self.true, *self.all_true, *([self.personas] if self.personas else [])]
        return all(row.met is not False for row in rows)

    def plain(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self) | {"met": self.met}


def tabulate(title: str, judged: Judged, gate: Gate, seed: int) -> Table:
    """The table of one set; the seed drives the bootstrap."""
    wrong = [outcome for outcome in judged.outcomes if outcome.wrong]
    true = [outcome for outcome in judged.outcomes if not outcome.wrong]
    return Table(
        title,
        tuple(_recall(kind, _of(wrong, kind), gate, seed) for kind in sorted({o.kind for o in wrong})),
        tuple(_alarms(kind, _of(true, kind), None, seed) for kind in sorted({o.kind for o in true})),
        tuple(_alarms(name, part, gate, seed) for name, part in _zones(true)),
        _persona_row(judged.personas, gate, seed) if judged.personas else None,
        judged.seconds,
    )


def _zones(true: Sequence[Outcome]) -> list[tuple[str, list[Outcome]]]:
    """Fact zones apart from the others, whose few texts recur and would water the rate down."""
    facts = [outcome for outcome in true if outcome.zone == "fact"]
    return [("ALL TRUE, fact zones", facts), ("all true, every zone", list(true))]


def _of(outcomes: Sequence[Outcome], kind: str) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.kind == kind]


def _counts(pairs: Sequence[tuple[str, bool]]) -> tuple[np.ndarray, np.ndarray]:
    """Hits and totals by profile."""
    names = sorted({name for name, _ in pairs})
    place = {name: number for number, name in enumerate(names)}
    hits, totals = np.zeros(len(names)), np.zeros(len(names))
    for name, hit in pairs:
        totals[place[name]] += 1
        hits[place[name]] += hit
    return hits, totals


def _recall(kind: str, outcomes: list[Outcome], gate: Gate, seed: int) -> Row:
    hits, totals = _counts([(o.profile, o.caught) for o in outcomes])
    n, missed = len(outcomes), int(totals.sum() - hits.sum())
    rate, limit = 1 - missed / n, lower_limit(hits, totals, seed)
    wanted = None if kind in WITHOUT_GATE else gate.recalls.get(kind, gate.recall)
    text, met = "", None
    if wanted is not None:
        met = (limit if gate.on_limit else rate) >= wanted and n >= gate.least
        text = f"{'limit' if gate.on_limit else 'recall'} >= {100 * wanted:.0f}%, n >= {gate.least}"
    warned = sum(o.verdict == "warn" for o in outcomes)
    return Row(kind, n, len(totals), _frames(outcomes), missed, warned, rate, limit, text, met)


def _alarms(name: str, outcomes: list[Outcome], gate: Gate | None, seed: int) -> Row:
    hits, totals = _counts([(o.profile, o.alarm) for o in outcomes])
    n, alarms = len(outcomes), int(hits.sum())
    rate, limit = alarms / max(n, 1), upper_limit(hits, totals, seed)
    warned = sum(o.verdict == "warn" for o in outcomes)
    if gate is None or gate.alarms is None:
        return Row(name, n, len(totals), _frames(outcomes), alarms, warned, rate, limit, "", None)
    met = (limit if gate.on_limit else rate) <= gate.alarms and n >= gate.least_true
    text = f"{'limit' if gate.on_limit else 'rate'} <= {100 * gate.alarms:g}%, n >= {gate.least_true}"
    return Row(name, n, len(totals), _frames(outcomes), alarms, warned, rate, limit, text, met)


def _frames(outcomes: Sequence[Outcome]) -> int:
    return len({outcome.frame for outcome in outcomes if outcome.frame and " + " not in outcome.frame})


def _persona_row(personas: Sequence[tuple[str, bool]], gate: Gate, seed: int) -> Row:
    hits, totals = _counts(personas)
    n, blocked = len(personas), int(hits.sum())
    rate, limit = blocked / n, upper_limit(hits, totals, seed)
    met = None if gate.personas is None else rate <= gate.personas
    text = "" if gate.personas is None else f"rate <= {100 * gate.personas:g}%"
    return Row("all-true personas", n, len(totals), 0, blocked, 0, rate, limit, text, met)


def show(table: Table) -> str:
    """The table as text."""
    lines = [
        table.title,
        f"  {'wrong: class':40}{'n':>6}{'frames':>8}{'missed':>8}{'recall':>9}{'limit':>8}  gate",
    ]
    for row in table.wrong:
        name = row.name + (" (a warning counts)" if row.name in WARNING_COUNTS else "")
        lines.append(_line(name, row))
    lines.append(f"  {'true: kind':40}{'n':>6}{'frames':>8}{'blocked':>8}{'rate':>9}{'limit':>8}  gate")
    lines += [_line(row.name, row) for row in (*table.true, *table.all_true)]
    if table.personas:
        lines.append(_line(table.personas.name, table.personas))
    warned = sum(row.warned for row in table.true)
    lines.append(f"  True sentences with a warning only: {warned}. Checked in {table.seconds:.1f} s.")
    if any(row.met is not None for row in (*table.wrong, *table.all_true)):
        lines.append(f"  Gates: {'all met' if table.met else 'NOT all met'}.")
    return "\n".join(lines)


def markdown(table: Table) -> str:
    """The table for a README: wrong classes with recall, then the rows of true sentences that have a gate."""
    lines = [
        f"**{table.title}**",
        "",
        "| wrong sentences | n | caught | at least | gate |",
        "|---|---|---|---|---|",
    ]
    for row in table.wrong:
        name = row.name + (" (a warning counts)" if row.name in WARNING_COUNTS else "")
        lines.append(_cells(name, row))
    lines += ["", "| true sentences | n | blocked | at most | gate |", "|---|---|---|---|---|"]
    lines += [
        _cells(row.name.lower(), row)
        for row in (*table.all_true, *((table.personas,) if table.personas else ()))
    ]
    return "\n".join(lines)


def _cells(name: str, row: Row) -> str:
    gate = "" if row.met is None else f"{row.gate}: {'met' if row.met else '**not met**'}"
    return f"| {name} | {row.n:,} | {100 * row.rate:.1f} % | {100 * row.limit:.1f} % | {gate} |"


def _line(name: str, row: Row) -> str:
    gate = "" if row.met is None else f"  {row.gate}: {'met' if row.met else 'NOT MET'}"
    return f"  {name:40}{row.n:>6}{row.frames:>8}{row.missed:>8}{100 * row.rate:>8.2f}%{100 * row.limit:>7.2f}%{gate}"
