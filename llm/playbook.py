"""Approved personas to a playbook in markdown, made to be read on GitHub, in Word and on paper.

Every figure that the text of a chapter rests on stands in that chapter's table, with the average of all
accounts, the index and the place among the segments beside it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields

from engine.model import (
    Approval,
    Fact,
    Level,
    Persona,
    Playbook,
    Profile,
    SegmentProfile,
    Statement,
    Statistic,
)
from engine.numbers import count, show
from llm.facts import ALL, SMALLEST_CELL, lookup, meaning
from llm.facts import facts as all_facts
from llm.lexicon import capital, spoken
from llm.markdown import cell, inert, table
from llm.offline.portrait import portraits
from llm.pack import Pack, load
from llm.priority import Priority, priorities, weights_of

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
    """The playbook as markdown, segments of high priority first. Personas without an approval are included and
    marked as not approved; the app passes approved ones only. Raises OptionProblem for an unknown vocabulary pack.
    """
    pack = load(playbook.brief.pack)
    profile = playbook.profile
    ranked = priorities(profile, weights_of(playbook.brief))
    facts = all_facts(profile)
    known = {segment.id for segment in profile.segments}
    personas = {persona.segment: persona for persona in playbook.personas if persona.segment in known}
    segments = _by_priority(profile, ranked, personas)
    ordered = [personas[segment.id] for segment in segments if segment.id in personas]
    names = names_of(profile, ordered)
    drawn = {p.segment.id: p for p in portraits(profile, facts, ranked, pack)}
    approved = {approval.segment: approval for approval in playbook.approvals}
    parts = [f"# {inert(playbook.title)}", _imprint(playbook, ordered, pack), "## How to read the segments"]
    parts += [_how_to_read(profile, ranked, pack), "## At a glance"]
    parts.append(_glance(segments, personas, approved, pack))
    missing = _missing(profile, personas)
    if missing:
        parts.append(missing)
    for persona in ordered:
        segment = profile.segment(persona.segment)
        if segment is not None:
            traits = sorted(drawn[segment.id].distinct, key=lambda trait: -abs(trait.z))[:STRONGEST]
            figures = _figures(persona, profile, facts, [trait.feature for trait in traits], pack)
            parts.append(_chapter(persona, segment, figures, names, approved.get(persona.segment), pack))
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


def decided(persona: Persona) -> str:
    """The place of the tactic that says the decision and nothing else ("rep.0"), which a page shows as the
    decision and not again among the tactics; "" where there is none."""
    for where, statement in persona.statements():
        if where.split(".")[0] in ("rep", "digital", "access") and statement.text.strip():
            return where if statement.text.strip().rstrip(".") == decision(persona) else ""
    return ""


def _imprint(playbook: Playbook, personas: Sequence[Persona], pack: Pack) -> str:
    shown = {persona.segment for persona in personas}
    who = sorted({a.approved_by for a in playbook.approvals if a.segment in shown and a.approved_by})
    approved = [a for a in playbook.approvals if a.segment in shown]
    lines = [
        f"{len(playbook.profile.segments)} segments of {count(playbook.rows)} {pack.accounts}, from "
        f"{inert(playbook.dataset)}. Made on {inert(playbook.made_on)}."
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


def _how_to_read(profile: Profile, ranked: Sequence[Priority], pack: Pack) -> str:
    verdict = profile.verdict_text.strip() or VERDICTS[profile.verdict]
    text = [
        inert(_in_words_of(pack, verdict)),
        f"Each segment is described by averages, set against all {count(profile.rows)} {pack.accounts}; an index of "
        f"100 is that overall average, one of 130 is 1.3 times it. A single {pack.account} may differ from its "
        "segment.",
    ]
    if ranked:
        text.append(inert(_in_words_of(pack, ranked[0].explanation)))
    text.append(
        'Advice and plans are proposals; content marked "approved asset required" needs its own release.'
    )
    return "\n\n".join(part for part in (" ".join(text), " ".join(_zeros(profile, pack))) if part)


def _zeros(profile: Profile, pack: Pack) -> list[str]:
    """What zeros that may stand for withheld counts were taken for; nothing where there are none."""

    def called(name: str) -> str:
        return inert(spoken(meaning(profile, name).label))

    def share(name: str) -> str:
        stat = profile.population.features.get(name)
        return f" (known for {show(stat.n / profile.rows, 'fraction')})" if stat else ""

    text = []
    if profile.zeros_missing:
        told = [f"{called(name)}{share(name)}" for name in profile.zeros_missing]
        text.append(
            f"Zeros in {_and(told)} were treated as missing, because they may stand for counts too small to "
            f"publish: figures on them describe only the {pack.accounts} with a count."
        )
    if profile.zeros_in_doubt:
        told = [called(name) for name in profile.zeros_in_doubt]
        holds, averages = ("holds", "its average") if len(told) == 1 else ("hold", "their averages")
        text.append(
            f"{capital(_and(told))} {holds} zeros that may stand for withheld counts of 1 to {SMALLEST_CELL - 1}; "
            f"they were taken as zeros, so {averages} may lie too low."
        )
    return text


def _in_words_of(pack: Pack, text: str) -> str:
    """The engine's sentence, which speaks of accounts, in the vocabulary's word for them."""
    return re.sub(r"\baccounts\b", pack.accounts, re.sub(r"\baccount\b", pack.account, text))


def _by_priority(
    profile: Profile, ranked: Sequence[Priority], personas: Mapping[str, Persona]
) -> list[SegmentProfile]:
    """The segments, the persona's own priority before the computed one, larger ones first among equals."""
    levels = {item.segment: item.level for item in ranked}
    levels |= {segment: persona.priority for segment, persona in personas.items()}
    return sorted(profile.segments, key=lambda segment: (ORDER.index(levels[segment.id]), -segment.size))


def _glance(
    segments: Sequence[SegmentProfile],
    personas: Mapping[str, Persona],
    approved: Mapping[str, Approval],
    pack: Pack,
) -> str:
    rows = []
    for segment in segments:
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
    figures: str,
    names: Mapping[str, str],
    approval: Approval | None,
    pack: Pack,
) -> str:
    def say(statement: Statement) -> str:
        text = inert(spell_out(statement.text, names))
        return f"{text} *(analyst-asserted: {inert(statement.asserted)})*" if statement.asserted else text

    named = persona.reason_for("name", persona.name)
    size, share = _size(segment)
    of_all = f", {share} of all" if segment.size >= SMALLEST_CELL else ""
    parts = [
        f"## {inert(persona.name)} ({segment.id})",
        f"*(name analyst-asserted: {inert(named)})*" if named else "",
        f"**{say(persona.tagline)}**",
        f"{size} {pack.accounts}{of_all}. Priority: {persona.priority}.",
        "" if approval else "*Not yet approved.*",
        f"**Decision:** {inert(decision(persona))}{_stop(decision(persona))}" if decision(persona) else "",
        "\n".join(f"- {say(bullet)}" for bullet in persona.bullets),
        figures,
        f"**What sets it apart.** {say(persona.unique)}",
        f"**Keep in mind.** {say(persona.limit)}",
        f"**Why priority is {persona.priority.lower()}.** {say(persona.priority_why)}",
    ]
    lanes = (
        (pack.rep_lane, "rep", persona.rep),
        (pack.digital_lane, "digital", persona.digital),
        (pack.access_lane, "access", persona.access),
    )
    parts.append("### What to do")
    told = decided(persona)
    for title, field, items in lanes:
        left = [item for number, item in enumerate(items) if f"{field}.{number}" != told]
        if left:
            parts.append("\n".join([f"**{title}**", "", *(f"- {say(item)}" for item in left)]))
    if persona.plan:
        parts += [
            "### Engagement plan",
            "\n".join(plan_step(persona, number) for number in range(len(persona.plan))),
        ]
    parts.append(f"> **Interpretation, not measured.** {say(persona.interpretation)}")
    parts.append(f"*{_sources(persona, approval)}*")
    return "\n\n".join(part for part in parts if part)


def _figures(
    persona: Persona, profile: Profile, facts: Sequence[Fact], strongest: Sequence[str], pack: Pack
) -> str:
    """The chapter's table: the strongest differences, then whatever else its statements rest on."""
    by_id = {fact.id: fact for fact in facts}
    table_of = lookup(facts)
    told = [by_id[name] for statement in _statements(persona) for name in statement.evidence if name in by_id]
    wanted: dict[tuple[str, str | None], None] = dict.fromkeys((feature, None) for feature in strongest)
    wanted |= dict.fromkeys((fact.feature, fact.category) for fact in told if fact.feature)
    rows = []
    for feature, category in wanted:
        kind: Statistic = "mean" if category is None else "category share"
        own = table_of.get((persona.segment, feature, kind, category, None))
        everyone = table_of.get((ALL, feature, kind, category, None))
        if own is None or everyone is None:
            continue
        label = capital(spoken(meaning(profile, feature).label))
        rank = table_of.get((persona.segment, feature, "rank", None, None)) if category is None else None
        rows.append(
            [
                cell(label if category is None else f"{label}: {category}"),
                inert(own.text),
                inert(everyone.text),
                _index(profile, persona.segment, feature, category),
                f"{rank.text} of {len(profile.segments)}" if rank else "–",
            ]
        )
    header = ["Figures behind the text", "Segment", f"All {pack.accounts}", "Index", "Place"]
    return table(header, rows, right=(1, 2, 3, 4)) if rows else ""


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

    def said(text: str) -> str:
        return f"{inert(text)}{_stop(text)}"

    step = persona.plan[number]
    parts = {part.name: str(getattr(step, part.name)) for part in fields(step)}
    reasons = [persona.reason_for(f"plan.{number}.{name}", text) for name, text in parts.items()]
    kept = "".join(f" *(analyst-asserted: {inert(reason)})*" for reason in dict.fromkeys(reasons) if reason)
    when = f"{inert(step.frequency)}, {_lower(inert(step.cadence))}"
    return (
        f"{number + 1}. **{inert(step.channel)}.** {said(step.topic)} *Ask:* {said(step.call_to_action)} "
        f"*When:* {when}. *Trigger:* {said(step.trigger)} *Measure:* {said(step.measure)} "
        f"*Stop:* {said(step.stop_rule)}{kept}"
    )


def _sources(persona: Persona, approval: Approval | None) -> str:
    statements = _statements(persona)
    sources = sorted({statement.source for statement in statements})
    words = {"offline": "the built-in writer", "gemini": "Gemini", "analyst": "an analyst"}
    replaced = sum(statement.source == "offline" for statement in statements) if "gemini" in sources else 0
    text = f"Written by {_and([words[source] for source in sources if source != 'offline' or not replaced])}"
    if replaced:
        noun = "statement is" if replaced == 1 else "statements are"
        text += f" ({replaced} {noun} the built-in writer's, because Gemini's did not pass the check)"
    cited = len({name for statement in statements for name in statement.evidence})
    text += f"; statements rest on {cited} computed facts." if cited else "."
    if approval:
        text += f" Approved by {inert(approval.approved_by)} on {inert(approval.approved_at[:10])}."
    return text


def _statements(persona: Persona) -> tuple[Statement, ...]:
    return (persona.tagline, *persona.bullets, persona.unique, persona.limit, persona.priority_why)


def _and(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _stop(text: str) -> str:
    return "" if text.endswith(("?", "!")) else "."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text.startswith("A ") else text
