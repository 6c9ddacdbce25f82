"""Getting personas written, checked and approved: what the Segments, Personas and Playbook pages share."""

import getpass
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.model import (
    Approval,
    Brief,
    CheckReport,
    Finding,
    Level,
    Persona,
    PersonaVersion,
    Playbook,
    Profile,
    Segmentation,
    Source,
)
from engine.naming import name_segments
from engine.segment import profile_of
from engine.workspace import Workspace
from llm import edit, pack, template
from llm.check import CHECKER_VERSION, check, facts_hash, text_hash
from llm.facts import facts
from llm.model import Key, Settings, connect
from llm.priority import priorities, weights_of
from llm.write import draft
from views import resources

NOBODY = frozenset({"root", "admin", "administrator", "user", "app", "ubuntu", "nobody"})
"""Logins that are no person's name."""


def brief_of(segmentation: Segmentation, profile: Profile) -> Brief:
    """The stored brief; a new segmentation starts with the vocabulary that suits its columns."""
    stored = resources.workspace().brief(segmentation.id)
    return stored if stored.pack else replace(stored, pack=pack.suggest(profile))


def draft_missing(segmentation: Segmentation) -> None:
    """Write a persona offline for every segment that has none."""
    store = resources.workspace()
    there = store.personas(segmentation.id)
    missing = [segment.id for segment in segmentation.segments if segment.id not in there]
    if missing:
        draft_offline(segmentation, missing)


def draft_offline(segmentation: Segmentation, segments: list[str]) -> None:
    """Write these segments' personas offline, as new versions."""
    store = resources.workspace()
    profile = profile_of(store, segmentation)
    written = template.write(profile, facts(profile), brief_of(segmentation, profile))
    wanted = [persona for persona in written if persona.segment in segments]
    _save(segmentation.id, wanted, source="offline", author="offline writer")


def ended_by_writing_again(segmentation: Segmentation, segments: Sequence[str]) -> str:
    """What a new version of these segments' personas ends or replaces, in a sentence; empty for nothing."""
    approved = sum(segment in segments for segment in standing(segmentation))
    versions = resources.workspace().personas(segmentation.id)
    own = sum(version.source == "analyst" for segment, version in versions.items() if segment in segments)
    told = []
    if approved:
        told.append("1 approval ends" if approved == 1 else f"{approved} approvals end")
    if own:
        told.append(
            f"{own} {'persona' if own == 1 else 'personas'} that you edited {'is' if own == 1 else 'are'} replaced"
        )
    return f"{' and '.join(told)}. What is there now stays among the versions." if told else ""


def _save(
    segmentation_id: str,
    personas: Sequence[Persona],
    *,
    source: Source | Mapping[str, Source],
    author: str | Mapping[str, str],
    based_on: int | None = None,
    action: str = "",
    reason: str = "",
) -> None:
    """Store the next versions; a segment that nobody named, or that bore its old persona's name, follows,
    so that each has one name everywhere."""
    store = resources.workspace()
    segmentation = store.segmentation(segmentation_id)
    automatic = name_segments(segmentation.segments, profile_of(store, segmentation))
    store.save_personas(
        segmentation_id,
        personas,
        source=source,
        author=author,
        based_on=based_on,
        automatic={segment.id: segment.name for segment in automatic},
        action=action,
        reason=reason,
    )


def rename(segmentation: Segmentation, segment_id: str, name: str) -> None:
    """Rename a segment; a persona that bore the old name takes the new one, as a version of its own."""
    resources.workspace().rename_segment(segmentation.id, segment_id, name, who())


# --- Changing a persona ------------------------------------------------------------------------


def save_edit(segmentation: Segmentation, version: int, persona: Persona) -> None:
    """Store an edited persona as the version after the one it was edited from. Raises VersionClash."""
    _save(segmentation.id, [persona], source="analyst", author=who(), based_on=version)


def with_fix(segmentation: Segmentation, version: PersonaVersion, found: Finding) -> None:
    """Put the finding's fix in place of its words."""
    profile = profile_of(resources.workspace(), segmentation)
    mended = edit.fixed(version.persona, found, profile, facts(profile))
    _mended(segmentation, version, mended, "took a fix", found.message)


def without_claim(segmentation: Segmentation, version: PersonaVersion, found: Finding) -> None:
    """Take out the claim that the finding is about."""
    mended = edit.without_claim(version.persona, found.where)
    _mended(segmentation, version, mended, "took a claim out", found.message)


def with_reason(segmentation: Segmentation, version: PersonaVersion, found: Finding, reason: str) -> None:
    """Keep the text against the finding, for the analyst's reason."""
    mended = edit.asserted(version.persona, found.where, reason)
    _mended(segmentation, version, mended, "kept a text", found.message)


def go_back(segmentation: Segmentation, newest: PersonaVersion, older: PersonaVersion) -> None:
    """Make an older version the newest again, as a version of its own."""
    persona = replace(older.persona, segment=newest.persona.segment)
    _save(
        segmentation.id,
        [persona],
        source=older.source,
        author=who(),
        based_on=newest.version,
        action=f"went back to version {older.version}",
    )


def _mended(
    segmentation: Segmentation, version: PersonaVersion, persona: Persona, action: str, reason: str
) -> None:
    _save(
        segmentation.id,
        [persona],
        source="analyst",
        author=who(),
        based_on=version.version,
        action=action,
        reason=reason,
    )


# --- Gemini --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What a draft by Gemini cost and how much of it stands, by segment where it does not."""

    model: str
    made_at: str
    prompt_tokens: int
    output_tokens: int
    calls: int
    rounds: int
    replaced: dict[str, tuple[str, ...]]
    unwritten: dict[str, str]


class Answers:
    """A model's answers, kept in the workspace, so that the same question is never paid for twice."""

    def __init__(self, store: Workspace) -> None:
        self._store = store

    def get(self, key: str) -> str | None:
        return self._store.answer(key)

    def put(self, key: str, text: str) -> None:
        self._store.keep_answer(key, text)


def gemini_subject(segmentation: Segmentation) -> str:
    """The job's name: one Gemini draft at a time for a segmentation."""
    return f"gemini {segmentation.id}"


def start_gemini(segmentation: Segmentation, brief: Brief, settings: Settings, key: Key) -> None:
    """Ask Gemini for all personas in the worker. They are stored as new versions, or nothing changes."""
    store = resources.workspace()
    profile = profile_of(store, segmentation)

    def work(report: resources.Report) -> None:
        model = connect(settings, key)
        written = draft(profile, facts(profile), brief, model, settings, report=report, cache=Answers(store))
        names = [persona.segment for persona in written.personas]
        by_rule = [name for name in names if name in written.unwritten]
        _save(
            segmentation.id,
            written.personas,
            source={name: "offline" if name in by_rule else "gemini" for name in names},
            author={
                name: "offline writer" if name in by_rule else f"Gemini, {settings.model}" for name in names
            },
            reason=f"asked of {settings.model}",
        )
        outcome = Outcome(
            settings.model,
            store.database.now(),
            written.prompt_tokens,
            written.output_tokens,
            written.calls,
            written.rounds,
            dict(written.replaced),
            dict(written.unwritten),
        )
        store.save_result(gemini_subject(segmentation), outcome)

    resources.jobs().start(gemini_subject(segmentation), "gemini draft", work)


def outcome_of(segmentation: Segmentation) -> Outcome | None:
    """What the last draft by Gemini came to; None where there was none."""
    return resources.workspace().result(Outcome, gemini_subject(segmentation))


# --- Checking and approving ---------------------------------------------------------------------


def levels(segmentation: Segmentation, profile: Profile) -> dict[str, Level]:
    """The computed priority of each segment, with the analyst's weights."""
    weights = weights_of(brief_of(segmentation, profile))
    return {item.segment: item.level for item in priorities(profile, weights)}


def weigh_again(segmentation: Segmentation, weights: Mapping[str, float]) -> list[str]:
    """Keep the analyst's weights of the priority. Each persona whose computed level changes gets a version
    with the new level and its reason, to be approved anew; where the analyst gave a reason the words stay, and
    only the approval ends. Returns their segments."""
    store = resources.workspace()
    profile = profile_of(store, segmentation)
    before = levels(segmentation, profile)
    brief = replace(brief_of(segmentation, profile), weights=tuple(weights.items()))
    store.save_brief(segmentation.id, brief)
    computed = levels(segmentation, profile)
    fresh = {persona.segment: persona for persona in template.write(profile, facts(profile), brief)}
    versions = store.personas(segmentation.id)
    changed = []
    for name, version in versions.items():
        persona = version.persona
        if persona.priority_why.asserted and before[name] != computed[name]:
            changed.append(persona)
        elif not persona.priority_why.asserted and persona.priority != computed[name]:
            why = fresh[name].priority_why
            changed.append(replace(persona, priority=computed[name], priority_why=why))
    if changed:
        _save(
            segmentation.id,
            changed,
            source={persona.segment: versions[persona.segment].source for persona in changed},
            author=who(),
            action="weighed the priority again",
            reason=", ".join(f"{part} {weight:g}" for part, weight in weights.items()),
        )
    return sorted(persona.segment for persona in changed)


def checked(
    segmentation: Segmentation, persona: Persona, profile: Profile, names: Mapping[str, str] | None = None
) -> CheckReport:
    """The checker's word on a persona against the facts; `names` are all personas' names by segment."""
    weights = weights_of(brief_of(segmentation, profile))
    return check(persona, profile, facts(profile), names, weights)


def changed_since(approval: Approval, version: PersonaVersion, profile: Profile) -> tuple[str, ...]:
    """Why an approval no longer stands, a few words each; empty when it does."""
    words = []
    if approval.version != version.version or approval.report.text_hash != text_hash(version.persona):
        words.append(f"the text is now version {version.version}")
    if approval.report.facts_hash != facts_hash(profile):
        words.append("the numbers of the segments changed")
    if approval.report.checker_version != CHECKER_VERSION:
        words.append(f"the checker went from {approval.report.checker_version} to {CHECKER_VERSION}")
    return tuple(words)


def who() -> str:
    """The person at the keyboard, as approvals and versions call them. The computer's own accounts name
    nobody: until a name is given they are "the analyst"."""
    login = getpass.getuser()
    known = "the analyst" if login.lower() in NOBODY else login
    return resources.workspace().setting("approver", known)


def standing(segmentation: Segmentation) -> dict[str, Approval]:
    """The approvals that stand today, by segment id."""
    store = resources.workspace()
    return store.approvals(segmentation.id, profile_of(store, segmentation), CHECKER_VERSION)


def playbook_of(segmentation: Segmentation) -> Playbook:
    """The approved personas with what a reader needs; unapproved segments are only counted."""
    store = resources.workspace()
    profile = profile_of(store, segmentation)
    approvals = standing(segmentation)
    newest: dict[str, PersonaVersion] = store.personas(segmentation.id)
    approved = [segment.id for segment in segmentation.segments if segment.id in approvals]
    return Playbook(
        title=f"Playbook: {segmentation.name.removesuffix(f', {len(segmentation.segments)} segments')}",
        dataset=store.dataset(segmentation.spec.dataset).name,
        rows=segmentation.rows,
        made_on=max((approvals[segment].approved_at for segment in approved), default="")[:10],
        profile=profile,
        personas=tuple(newest[segment].persona for segment in approved),
        approvals=tuple(approvals[segment] for segment in approved),
        brief=brief_of(segmentation, profile),
    )
