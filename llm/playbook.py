"""Approved personas to a playbook in markdown, made to be read on GitHub, in Word and on paper."""

import re
from collections.abc import Mapping, Sequence

from engine.model import Approval, Level, Persona, PlanStep, Playbook, Profile, SegmentProfile, Statement
from engine.numbers import count, show
from llm.facts import SMALLEST_CELL
from llm.facts import facts as all_facts
from llm.lexicon import capital, spoken
from llm.markdown import cell, inert, table
from llm.offline.portrait import Trait, portraits
from llm.pack import Pack, load
from llm.priority import priorities

FOOTER = "Internal planning; not for distribution."
STRONGEST = 5
ORDER: tuple[Level, ...] = ("High", "Medium", "Low")

VERDICTS = {
    "natural": "Separate groups were found in the data: a re-run on new data should give the same segments.",
    "reproducible": "The segments are a repeatable way to cut the data: different samples lead to much the "
    "same borders, but accounts near a border could stand on either side.",
    "constructive": "The segments are a working arrangement: different samples lead to different borders. Use "
    "them where they help; do not call them discovered.",
    None: "How firmly the segments are separated was not tested.",
}


def markdown(playbook: Playbook) -> str:
    """The playbook as markdown. Personas without an approval are included and marked as not approved;
    the app passes approved ones only. Raises OptionProblem for an unknown vocabulary pack.
    """
    pack = load(playbook.brief.pack)
    profile = playbook.profile
    known = {segment.id for segment in profile.segments}
    personas = {persona.segment: persona for persona in playbook.personas if persona.segment in known}
    ordered = [personas[segment.id] for segment in profile.segments if segment.id in personas]
    names = names_of(profile, ordered)
    drawn = {p.segment.id: p for p in portraits(profile, all_facts(profile), priorities(profile), pack)}
    approved = {approval.segment: approval for approval in playbook.approvals}
    parts = [f"# {inert(playbook.title)}", _imprint(playbook, ordered), "## How to read the segments"]
    parts += [_how_to_read(profile, pack), "## At a glance", _glance(profile, personas, approved, pack)]
    missing = _missing(profile, personas)
    if missing:
        parts.append(missing)
    for persona in ordered:
        segment = profile.segment(persona.segment)
        if segment is not None:
            traits = sorted(drawn[segment.id].distinct, key=lambda trait: -abs(trait.z))
            parts.append(_chapter(persona, segment, traits, names, approved.get(persona.segment), pack))
    parts += ["---", f"*{FOOTER}*"]
    return "\n\n".join(part for part in parts if part) + "\n"


def names_of(profile: Profile, personas: Sequence[Persona]) -> dict[str, str]:
    """What to call each segment: its persona's name, else the segment's own."""
    named = {segment.id: segment.name for segment in profile.segments}
    return named | {persona.segment: persona.name for persona in personas}


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


def _imprint(playbook: Playbook, personas: Sequence[Persona]) -> str:
    shown = {persona.segment for persona in personas}
    who = sorted({a.approved_by for a in playbook.approvals if a.segment in shown and a.approved_by})
    approved = [a for a in playbook.approvals if a.segment in shown]
    lines = [
        f"{inert(playbook.dataset)}, {count(playbook.rows)} accounts, {len(playbook.profile.segments)} segments. "
        f"Made on {inert(playbook.made_on)}."
    ]
    if who:
        number = len(playbook.profile.segments)
        lines.append(f"{len(approved)} of {number} personas approved, by {inert(_and(who))}.")
    elif personas:
        lines.append("No persona in this document has been approved yet.")
    brief = playbook.brief
    told = [("Brand", brief.brand), ("Therapy area", brief.therapy_area), ("Audience", brief.audience)]
    told = [(label, value) for label, value in told if value.strip()]
    if told:
        lines.append(" ".join(f"{label}: {inert(value)}." for label, value in told))
    return "  \n".join(lines)


def _how_to_read(profile: Profile, pack: Pack) -> str:
    verdict = profile.verdict_text.strip() or VERDICTS[profile.verdict]
    text = [
        inert(verdict),
        f"Each segment is described by averages, set against all {count(profile.rows)} {pack.accounts}; an index of "
        "100 is that overall average. A single account may differ from its segment.",
    ]
    ranked = priorities(profile)
    if ranked:
        text.append(inert(ranked[0].explanation))
    text.append(
        'Advice and plans are proposals; content marked "approved asset required" needs its own release.'
    )
    return " ".join(text)


def _glance(
    profile: Profile, personas: Mapping[str, Persona], approved: Mapping[str, Approval], pack: Pack
) -> str:
    levels = {item.segment: item.level for item in priorities(profile)}
    levels |= {segment: persona.priority for segment, persona in personas.items()}
    rows = []
    for segment in sorted(profile.segments, key=lambda s: (ORDER.index(levels[s.id]), -s.size)):
        persona = personas.get(segment.id)
        size, share = _size(segment)
        if persona is None:
            rows.append([f"{inert(segment.name)} ({segment.id})", "No approved persona", "–", size, share])
            continue
        mark = "" if segment.id in approved else " *(not yet approved)*"
        name = f"**{inert(persona.name)}** ({segment.id}){mark}"
        rows.append([name, cell(decision(persona)), persona.priority, size, share])
    header = ["Segment", "The one decision", "Priority", capital(pack.accounts), "Share"]
    return table(header, rows, right=(3, 4))


def _size(segment: SegmentProfile) -> tuple[str, str]:
    if segment.size < SMALLEST_CELL:
        return f"under {SMALLEST_CELL}", "–"
    return count(segment.size), show(segment.size_share, "fraction")


def _missing(profile: Profile, personas: Mapping[str, Persona]) -> str:
    left = [f"{inert(s.name)} ({s.id})" for s in profile.segments if s.id not in personas]
    if not left:
        return ""
    has = "has" if len(left) == 1 else "have"
    return f"{_and(left)} {has} no approved persona and {'is' if len(left) == 1 else 'are'} left out below."


def _chapter(
    persona: Persona,
    segment: SegmentProfile,
    traits: Sequence[Trait],
    names: Mapping[str, str],
    approval: Approval | None,
    pack: Pack,
) -> str:
    def say(statement: Statement) -> str:
        text = inert(spell_out(statement.text, names))
        return f"{text} *(analyst-asserted: {inert(statement.asserted)})*" if statement.asserted else text

    size, share = _size(segment)
    of_all = f", {share} of all" if segment.size >= SMALLEST_CELL else ""
    parts = [
        f"## {inert(persona.name)} ({segment.id})",
        f"**{say(persona.tagline)}**",
        f"{size} {pack.accounts}{of_all}. Priority: {persona.priority}.",
        "" if approval else "*Not yet approved.*",
        f"**Decision: {inert(decision(persona))}.**" if decision(persona) else "",
        "\n".join(f"- {say(bullet)}" for bullet in persona.bullets),
        _differences(traits[:STRONGEST], pack),
        f"**What sets it apart.** {say(persona.unique)}",
        f"**Keep in mind.** {say(persona.limit)}",
        f"**Why priority is {persona.priority.lower()}.** {say(persona.priority_why)}",
    ]
    lanes = (
        (pack.rep_lane, persona.rep),
        (pack.digital_lane, persona.digital),
        (pack.access_lane, persona.access),
    )
    parts.append("### What to do")
    parts += [
        "\n".join([f"**{title}**", "", *(f"- {say(item)}" for item in items)])
        for title, items in lanes
        if items
    ]
    if persona.plan:
        parts += [
            "### Engagement plan",
            "\n".join(plan_step(n, step) for n, step in enumerate(persona.plan, 1)),
        ]
    parts.append(f"> **Interpretation, not measured.** {say(persona.interpretation)}")
    parts.append(f"*{_sources(persona, approval)}*")
    return "\n\n".join(part for part in parts if part)


def _differences(traits: Sequence[Trait], pack: Pack) -> str:
    if not traits:
        return ""
    rows = []
    for trait in traits:
        everyone = trait.all.value
        index = f"{100 * trait.own.value / everyone:.0f}" if everyone > 0 and trait.own.value >= 0 else "–"
        rows.append([cell(capital(spoken(trait.label))), trait.own.text, trait.all.text, index])
    rows = [[cells[0], *(inert(value) for value in cells[1:])] for cells in rows]
    return table(["Strongest differences", "Segment", f"All {pack.accounts}", "Index"], rows, right=(1, 2, 3))


def plan_step(number: int, step: PlanStep) -> str:
    """One step of the plan as an item of a numbered list, its details a list below it: unlike line
    breaks, that arrangement is kept where the text is pasted into Word."""
    lines = [
        f"{number}. **{inert(step.channel)}:** {inert(step.topic)}",
        f"   - Ask: {inert(step.call_to_action)}",
        f"   - When: {inert(step.trigger)}; {_lower(inert(step.frequency))}; {_lower(inert(step.cadence))}",
        f"   - Measure: {inert(step.measure)}",
        f"   - Stop: {inert(step.stop_rule)}",
    ]
    return "\n".join(lines)


def _sources(persona: Persona, approval: Approval | None) -> str:
    statements = (persona.tagline, *persona.bullets, persona.unique, persona.limit, persona.priority_why)
    sources = sorted({statement.source for statement in statements})
    words = {"offline": "the built-in writer", "gemini": "Gemini", "analyst": "an analyst"}
    text = f"Written by {_and([words[source] for source in sources])}"
    cited = sum(len(statement.evidence) for statement in statements)
    text += f"; statements rest on {cited} computed facts." if cited else "."
    if approval:
        text += f" Approved by {inert(approval.approved_by)} on {inert(approval.approved_at[:10])}."
    return text


def _and(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
