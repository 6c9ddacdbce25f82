"""What a playbook says, piece by piece, each piece markdown: from here come the document, the page, the Word
file and the slides, so that all of them say the same."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.model import (
    Approval,
    Level,
    Persona,
    Playbook,
    Profile,
    SegmentProfile,
)
from engine.numbers import count
from llm.chapters import Chapter, Table, chapter, decision, figures_of, listed, size_of
from llm.facts import SMALLEST_CELL, meaning
from llm.facts import facts as all_facts
from llm.lexicon import capital, spoken
from llm.markdown import cell, inert
from llm.offline.portrait import portraits
from llm.pack import Pack, load
from llm.priority import Priority, priorities, weights_of

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


@dataclass(frozen=True)
class Reading:
    """How the segments are to be read, sentence by sentence; what does not apply is empty."""

    verdict: str
    averages: str
    single: str
    priority: str
    advice: str
    zeros: tuple[str, ...]


@dataclass(frozen=True)
class Contents:
    """A whole playbook. `imprint` are its lines under the title; `missing` names segments without a persona."""

    title: str
    imprint: tuple[str, ...]
    reading: Reading
    glance: Table
    missing: str
    chapters: tuple[Chapter, ...]


def contents(playbook: Playbook) -> Contents:
    """All pieces, segments of high priority first. Personas without an approval are included and marked as not
    approved; the app passes approved ones only. Raises OptionProblem for an unknown vocabulary pack.
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
    chapters = []
    for segment in segments:
        persona = personas.get(segment.id)
        if persona is not None:
            traits = sorted(drawn[segment.id].distinct, key=lambda trait: -abs(trait.z))[:STRONGEST]
            figures = figures_of(persona, profile, facts, [trait.feature for trait in traits], pack)
            chapters.append(chapter(persona, segment, figures, names, approved.get(segment.id), pack))
    return Contents(
        title=inert(playbook.title),
        imprint=_imprint(playbook, ordered, pack),
        reading=_reading(profile, ranked, pack),
        glance=_glance(segments, personas, approved, pack),
        missing=_missing(profile, personas),
        chapters=tuple(chapters),
    )


def names_of(profile: Profile, personas: Sequence[Persona]) -> dict[str, str]:
    """What to call each segment: its persona's name, else the segment's own."""
    named = {segment.id: segment.name for segment in profile.segments}
    return named | {persona.segment: persona.name for persona in personas}


def _imprint(playbook: Playbook, personas: Sequence[Persona], pack: Pack) -> tuple[str, ...]:
    shown = {persona.segment for persona in personas}
    who = sorted({a.approved_by for a in playbook.approvals if a.segment in shown and a.approved_by})
    approved = [a for a in playbook.approvals if a.segment in shown]
    lines = [
        f"{len(playbook.profile.segments)} segments of {count(playbook.rows)} {pack.accounts}, from "
        f"{inert(playbook.dataset)}. Made on {inert(playbook.made_on)}."
    ]
    if who:
        number = len(playbook.profile.segments)
        lines.append(f"{len(approved)} of {number} personas approved, by {inert(listed(who))}.")
    elif personas:
        lines.append("No persona in this document has been approved yet.")
    brief = playbook.brief
    told = [("Brand", brief.brand), ("Therapy area", brief.therapy_area), ("Audience", brief.audience)]
    told = [(label, value) for label, value in told if value.strip()]
    if told:
        lines.append(" ".join(f"{label}: {inert(value)}." for label, value in told))
    return tuple(lines)


def _reading(profile: Profile, ranked: Sequence[Priority], pack: Pack) -> Reading:
    return Reading(
        verdict=inert(_in_words_of(pack, profile.verdict_text.strip() or VERDICTS[profile.verdict])),
        averages=f"Each segment is described by averages, set against all {count(profile.rows)} {pack.accounts}; an "
        "index of 100 is that overall average, one of 130 is 1.3 times it.",
        single=f"A single {pack.account} may differ from its segment.",
        priority=inert(_in_words_of(pack, ranked[0].explanation)) if ranked else "",
        advice='Advice and plans are proposals; content marked "approved asset required" needs its own release.',
        zeros=tuple(_zeros(profile, pack)),
    )


def _zeros(profile: Profile, pack: Pack) -> list[str]:
    """What zeros that may stand for withheld counts were taken for; nothing where there are none."""

    def called(name: str) -> str:
        return inert(spoken(meaning(profile, name).label))

    text = []
    if profile.zeros_missing:
        told = [called(name) for name in profile.zeros_missing]
        text.append(
            f"Zeros in {listed(told)} were treated as missing, because they may stand for counts too small to "
            f"publish: figures on them describe only the {pack.accounts} with a count, and the tables say how many "
            "these are."
        )
    if profile.zeros_in_doubt:
        told = [called(name) for name in profile.zeros_in_doubt]
        holds, averages = ("holds", "its average") if len(told) == 1 else ("hold", "their averages")
        text.append(
            f"{capital(listed(told))} {holds} zeros that may stand for withheld counts of 1 to {SMALLEST_CELL - 1}; "
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
) -> Table:
    rows = []
    for segment in segments:
        persona = personas.get(segment.id)
        size, share = size_of(segment)
        if persona is None:
            rows.append((f"{inert(segment.name)} ({segment.id})", "No approved persona", "–", size, share))
            continue
        mark = "" if segment.id in approved else " *(not yet approved)*"
        name = f"**{inert(persona.name)}** ({segment.id}){mark}"
        rows.append((name, cell(decision(persona)), persona.priority, size, share))
    header = ("Segment", "The one decision", "Priority", capital(pack.accounts), "Share")
    return Table(header, tuple(rows), right=(3, 4))


def _missing(profile: Profile, personas: Mapping[str, Persona]) -> str:
    left = [f"{inert(s.name)} ({s.id})" for s in profile.segments if s.id not in personas]
    if not left:
        return ""
    has = "has" if len(left) == 1 else "have"
    return f"{listed(left)} {has} no approved persona and {'is' if len(left) == 1 else 'are'} left out below."
