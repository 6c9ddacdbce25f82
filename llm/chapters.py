"""A persona's chapter of the playbook, piece by piece, each piece markdown.

Every figure that the text of a chapter rests on stands in that chapter's table, with the average of all
accounts, the index and the place among the segments beside it.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from engine.model import (
    Approval,
    Fact,
    Level,
    Persona,
    PlanStep,
    Profile,
    SegmentProfile,
    Statement,
    Statistic,
)
from engine.numbers import count, show
from llm.facts import ALL, SMALLEST_CELL, lookup, meaning
from llm.lexicon import capital, spoken
from llm.markdown import cell, inert
from llm.offline.portrait import FAR, MOST_KNOWN, MUCH
from llm.pack import Pack


@dataclass(frozen=True)
class Table:
    """Cells of inert markdown; the columns listed in `right` hold figures."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...]


@dataclass(frozen=True)
class Chapter:
    """One persona. `heading` is "Name (S1)"; `approved` is "" without an approval; `decision` may be ""; `plan`
    holds the whole steps, `steps` the same in short; `lanes` are titled lists of tactics, none of them empty."""

    segment: str
    heading: str
    name_kept: str
    tagline: str
    size: str
    priority: Level
    approved: str
    decision: str
    bullets: tuple[str, ...]
    figures: Table | None
    unique: str
    limit: str
    why: str
    lanes: tuple[tuple[str, tuple[str, ...]], ...]
    plan: tuple[str, ...]
    steps: tuple[str, ...]
    interpretation: str
    written: str


def chapter(
    persona: Persona,
    segment: SegmentProfile,
    figures: Table | None,
    names: Mapping[str, str],
    approval: Approval | None,
    pack: Pack,
) -> Chapter:
    """What the playbook says of one segment; `names` call the other segments it speaks of."""

    def say(statement: Statement) -> str:
        return f"{inert(spell_out(statement.text, names))}{_asserted(statement.asserted)}"

    size, share = size_of(segment)
    of_all = f", {share} of all" if segment.size >= SMALLEST_CELL else ""
    name_kept = persona.reason_for("name", persona.name)
    told = decided(persona)
    lanes = []
    for title, field, items in (
        (pack.rep_lane, "rep", persona.rep),
        (pack.digital_lane, "digital", persona.digital),
        (pack.access_lane, "access", persona.access),
    ):
        left = tuple(say(item) for number, item in enumerate(items) if f"{field}.{number}" != told)
        if left:
            lanes.append((title, left))
    return Chapter(
        segment=segment.id,
        heading=f"{inert(persona.name)} ({segment.id})",
        name_kept=f"*(name analyst-asserted: {inert(name_kept)})*" if name_kept else "",
        tagline=say(persona.tagline),
        size=f"{size} {pack.accounts}{of_all}.",
        priority=persona.priority,
        approved=f"Approved by {inert(approval.approved_by)} on {inert(approval.approved_at[:10])}."
        if approval
        else "",
        decision=_decision(persona),
        bullets=tuple(say(bullet) for bullet in persona.bullets),
        figures=figures,
        unique=say(persona.unique),
        limit=say(persona.limit),
        why=say(persona.priority_why),
        lanes=tuple(lanes),
        plan=tuple(plan_step(persona, number) for number in range(len(persona.plan))),
        steps=tuple(plan_in_short(persona, number) for number in range(len(persona.plan))),
        interpretation=say(persona.interpretation),
        written=_written(persona),
    )


def _decision(persona: Persona) -> str:
    taken = decision(persona)
    if not taken:
        return ""
    tactics = (*persona.rep, *persona.digital, *persona.access)
    reason = next((tactic.asserted for tactic in tactics if tactic.text.strip()), "")
    return f"{_said(taken)}{_asserted(reason)}"


def figures_of(
    persona: Persona, profile: Profile, facts: Sequence[Fact], strongest: Sequence[str], pack: Pack
) -> Table | None:
    """The chapter's table: the strongest differences, then whatever else its statements rest on."""
    by_id = {fact.id: fact for fact in facts}
    table_of = lookup(facts)
    told = [by_id[name] for statement in _statements(persona) for name in statement.evidence if name in by_id]
    wanted: dict[tuple[str, str | None], None] = dict.fromkeys((feature, None) for feature in strongest)
    wanted |= dict.fromkeys((fact.feature, fact.category) for fact in told if fact.feature)
    rows: list[tuple[str, ...]] = []
    medians = {fact.feature for fact in told if fact.statistic == "median"}
    for feature, category in wanted:
        kind: Statistic = "mean" if category is None else "category share"
        own = table_of.get((persona.segment, feature, kind, category, None))
        everyone = table_of.get((ALL, feature, kind, category, None))
        if own is None or everyone is None:
            continue
        label = capital(spoken(meaning(profile, feature).label))
        rank = table_of.get((persona.segment, feature, "rank", None, None)) if category is None else None
        rows.append(
            (
                cell(
                    f"{label}{_known(profile, persona.segment, feature)}"
                    if category is None
                    else f"{label}: {category}"
                ),
                inert(own.text),
                inert(everyone.text),
                _index(profile, persona.segment, feature, category),
                f"{rank.text} of {len(profile.segments)}" if rank else "–",
            )
        )
        if category is None:
            rows += _beside(persona, profile, feature, label, feature in medians)
    header = ("Figures behind the text", "Segment", f"All {pack.accounts}", "Index", "Place")
    return Table(header, tuple(rows), right=(1, 2, 3, 4)) if rows else None


def _known(profile: Profile, segment_id: str, feature: str) -> str:
    """For how much of the segment, and of all accounts, a column is known; "" where that is nearly all."""
    segment = profile.segment(segment_id)
    if segment is None:
        return ""
    parts = (
        segment.features[feature].n / segment.size,
        profile.population.features[feature].n / profile.rows,
    )
    own, everyone = (show(part, "fraction") for part in parts)
    return f" (known for {own}, of all for {everyone})" if min(parts) < MOST_KNOWN else ""


def _beside(
    persona: Persona, profile: Profile, feature: str, label: str, told: bool
) -> Iterator[tuple[str, ...]]:
    """Rows behind a column's mean: its median where the text gives it or the mean is far from it, where the upper
    quarter begins if the plan speaks of it, and what the largest tenth holds where that is most."""
    segment = profile.segment(persona.segment)
    own = segment.features[feature] if segment else None
    everyone = profile.population.features[feature]
    unit = meaning(profile, feature).unit
    if own is None or not own.n >= SMALLEST_CELL:
        return
    far = own.mean > FAR * max(0.0, own.median) and unit in ("count", "currency", "number")
    if (told or far) and math.isfinite(own.median) and math.isfinite(everyone.median):
        index = f"{100 * own.median / everyone.median:.0f}" if everyone.median > 0 <= own.median else "–"
        median = (show(own.median, unit), show(everyone.median, unit))
        yield (cell(f"{label}, median"), *(inert(text) for text in median), index, "–")
    if own.q3 is not None and everyone.q3 is not None and _marked(persona, label, show(own.q3, unit)):
        marks = (show(own.q3, unit), show(everyone.q3, unit))
        yield (cell(f"{label}, upper quarter from"), *(inert(text) for text in marks), "–", "–")
    if far and own.top_tenth is not None and everyone.top_tenth is not None and own.top_tenth >= MUCH:
        parts = (show(own.top_tenth, "fraction"), show(everyone.top_tenth, "fraction"))
        yield (cell(f"{label}, held by the largest tenth"), *parts, "–", "–")


def _marked(persona: Persona, label: str, mark: str) -> bool:
    """Whether an action or a trigger speaks of those who have so much of the column."""
    texts = [item.text for item in (*persona.rep, *persona.digital, *persona.access)]
    texts += [step.trigger for step in persona.plan]
    name = spoken(label).lower()
    return any(f"{mark} or more" in text and name in text.lower() for text in texts)


def _index(profile: Profile, segment_id: str, feature: str, category: str | None) -> str:
    segment = profile.segment(segment_id)
    if segment is None:
        return "–"
    if category is not None:
        return f"{100 * segment.categories[feature][category].lift:.0f}"
    index = segment.features[feature].index
    return "–" if index is None else f"{index:.0f}"


def plan_step(persona: Persona, number: int) -> str:
    """One step of the plan as an item of a numbered list: what, what to ask, when, and how it is judged; last
    the reasons for which it was kept against the checker. Steps count from 0."""
    step = persona.plan[number]
    return (
        f"{number + 1}. **{inert(step.channel)}.** {_said(step.topic)} *Ask:* {_said(step.call_to_action)} "
        f"*When:* {_when(step)}. *Trigger:* {_said(step.trigger)} *Measure:* {_said(step.measure)} "
        f"*Stop:* {_said(step.stop_rule)}{_kept(persona, number, tuple(part.name for part in fields(step)))}"
    )


def plan_in_short(persona: Persona, number: int) -> str:
    """The step without its topic and its trigger, and with the reasons for what is left."""
    step = persona.plan[number]
    shown = ("channel", "call_to_action", "frequency", "cadence", "measure", "stop_rule")
    return (
        f"**{inert(step.channel)}.** {_said(step.call_to_action)} *When:* {_when(step)}. "
        f"*Measure:* {_said(step.measure)} *Stop:* {_said(step.stop_rule)}{_kept(persona, number, shown)}"
    )


def _said(text: str) -> str:
    return f"{inert(text)}{_stop(text)}"


def _when(step: PlanStep) -> str:
    return f"{inert(step.frequency)}, {_lower(inert(step.cadence))}"


def _kept(persona: Persona, number: int, parts: Sequence[str]) -> str:
    step = persona.plan[number]
    reasons = [persona.reason_for(f"plan.{number}.{name}", getattr(step, name)) for name in parts]
    return "".join(_asserted(reason) for reason in dict.fromkeys(reasons))


def _asserted(reason: str) -> str:
    return f" *(analyst-asserted: {inert(reason)})*" if reason else ""


def _written(persona: Persona) -> str:
    statements = _statements(persona)
    sources = sorted({statement.source for statement in statements})
    words = {"offline": "the built-in writer", "gemini": "Gemini", "analyst": "an analyst"}
    replaced = sum(statement.source == "offline" for statement in statements) if "gemini" in sources else 0
    text = (
        f"Written by {listed([words[source] for source in sources if source != 'offline' or not replaced])}"
    )
    if replaced:
        noun = "statement is" if replaced == 1 else "statements are"
        text += f" ({replaced} {noun} the built-in writer's, because Gemini's did not pass the check)"
    cited = len({name for statement in statements for name in statement.evidence})
    return f"{text}; statements rest on {cited} computed facts." if cited else f"{text}."


def _statements(persona: Persona) -> tuple[Statement, ...]:
    return (persona.tagline, *persona.bullets, persona.unique, persona.limit, persona.priority_why)


def _stop(text: str) -> str:
    return "" if text.endswith(("?", "!")) else "."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text.startswith("A ") else text


def size_of(segment: SegmentProfile) -> tuple[str, str]:
    """Its size and its share as text; a size too small to publish is only said to be so."""
    if segment.size < SMALLEST_CELL:
        return f"under {SMALLEST_CELL}", "–"
    return count(segment.size), show(segment.size_share, "fraction")


def spell_out(text: str, names: Mapping[str, str]) -> str:
    """The text with segment ids given their names where they first stand: "ahead of S2" becomes "ahead
    of Loyal Core (S2)"."""

    said: set[str] = set()

    def named(match: re.Match[str]) -> str:
        segment = match.group(0)
        name = names.get(segment, "")
        if not name or name == segment or segment in said:
            return segment
        said.add(segment)
        return f"{name} ({segment})"

    return re.sub(r"(?<![\w(])S\d+(?!\w)", named, text)


def decision(persona: Persona) -> str:
    """The one decision for the segment: the lead action, without its full stop; the first plan step
    where an analyst left no lead action, and "" where there is neither."""
    for statement in (*persona.rep, *persona.digital, *persona.access):
        if statement.text.strip():
            return re.split(r"(?<=[.!?])\s", statement.text.strip(), maxsplit=1)[0].rstrip(".")
    if persona.plan:
        return f"{persona.plan[0].channel}: {persona.plan[0].call_to_action}"
    return ""


def decided(persona: Persona) -> str:
    """The place of the tactic that says the decision and nothing else ("rep.0"), which a page shows as the
    decision and not again among the tactics; "" where there is none."""
    for where, statement in persona.statements():
        if where.split(".")[0] in ("rep", "digital", "access") and statement.text.strip():
            return where if statement.text.strip().rstrip(".") == decision(persona) else ""
    return ""


def listed(items: Sequence[str]) -> str:
    """The items as a sentence lists them: a, b and c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
