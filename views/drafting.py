"""Getting personas written, checked and approved: what the Segments, Personas and Playbook pages share."""

import getpass
from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.model import (
    Approval,
    Brief,
    CheckReport,
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
from llm import pack, template
from llm.check import CHECKER_VERSION, check
from llm.facts import facts
from llm.model import Key, Settings, connect
from llm.priority import priorities
from llm.write import draft
from views import resources


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


def _save(
    segmentation_id: str,
    personas: Sequence[Persona],
    *,
    source: Source,
    author: str,
    based_on: int | None = None,
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
    )


def rename(segmentation: Segmentation, segment_id: str, name: str) -> None:
    """Rename a segment; a persona that bore the old name takes the new one, as a version of its own."""
    resources.workspace().rename_segment(segmentation.id, segment_id, name, who())


def save_edit(segmentation: Segmentation, version: PersonaVersion, persona: Persona) -> None:
    """Store an edited persona as the version after the one it was edited from."""
    _save(segmentation.id, [persona], source="analyst", author=who(), based_on=version.version)


def gemini_subject(segmentation: Segmentation) -> str:
    """The job's name: one Gemini draft at a time for a segmentation."""
    return f"gemini {segmentation.id}"


def start_gemini(segmentation: Segmentation, brief: Brief, settings: Settings, key: Key) -> None:
    """Ask Gemini for all personas in the worker. They are stored as new versions, or nothing changes."""
    store = resources.workspace()
    profile = profile_of(store, segmentation)

    def work(report: resources.Report) -> None:
        known = facts(profile)
        written = draft(profile, known, brief, connect(settings, key), settings, report=report)
        by_gemini = [item for item in written.personas if item.segment not in written.unwritten]
        _save(segmentation.id, by_gemini, source="gemini", author=f"Gemini, {settings.model}")
        in_its_place = [item for item in written.personas if item.segment in written.unwritten]
        if in_its_place:
            _save(segmentation.id, in_its_place, source="offline", author="offline writer")

    resources.jobs().start(gemini_subject(segmentation), "gemini draft", work)


def levels(profile: Profile) -> dict[str, Level]:
    """The computed priority of each segment."""
    return {item.segment: item.level for item in priorities(profile)}


def checked(persona: Persona, profile: Profile, names: Mapping[str, str] | None = None) -> CheckReport:
    """The checker's word on a persona against the facts; `names` are all personas' names by segment."""
    return check(persona, profile, facts(profile), names)


def who() -> str:
    """The person at the keyboard, as approvals and versions call them."""
    return resources.workspace().setting("approver", getpass.getuser())


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
        title=segmentation.name,
        dataset=store.dataset(segmentation.spec.dataset).name,
        rows=segmentation.rows,
        made_on=max((approvals[segment].approved_at for segment in approved), default="")[:10],
        profile=profile,
        personas=tuple(newest[segment].persona for segment in approved),
        approvals=tuple(approvals[segment] for segment in approved),
        brief=brief_of(segmentation, profile),
    )
