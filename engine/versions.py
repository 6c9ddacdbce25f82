"""Persona versions and decisions in the workspace's tables. Every verb takes the caller's cursor.

Versions are added and never changed; approval is a third thing beside draft and edit. Whatever changes
what a reader will be told is written to the trail by the same verb, so within the same transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb

from engine import record, trail
from engine.errors import ApprovalRefused, NotFound, VersionClash
from engine.model import (
    Approval,
    CheckReport,
    Persona,
    PersonaVersion,
    Profile,
    Segmentation,
    Source,
    TrailEntry,
)

Cursor = duckdb.DuckDBPyConnection

_DONE = {"offline": "drafted", "gemini": "drafted", "analyst": "edited"}


def newest(cursor: Cursor, segmentation_id: str) -> dict[str, PersonaVersion]:
    """The newest version of each segment's persona, by segment id."""
    rows = cursor.execute(
        "SELECT record FROM personas WHERE segmentation = ? ORDER BY version", [segmentation_id]
    ).fetchall()
    loaded = (record.load(PersonaVersion, row[0]) for row in rows)
    return {version.persona.segment: version for version in loaded}


def load_segmentation(cursor: Cursor, segmentation_id: str) -> Segmentation:
    """Raises NotFound."""
    row = cursor.execute("SELECT record FROM segmentations WHERE id = ?", [segmentation_id]).fetchone()
    if row is None:
        raise NotFound(
            f"No segmentation `{segmentation_id}` in this workspace.", do="Pick one in the Library."
        )
    return record.load(Segmentation, row[0])


def store_segmentation(cursor: Cursor, segmentation: Segmentation) -> None:
    cursor.execute("DELETE FROM segmentations WHERE id = ?", [segmentation.id])
    cursor.execute(
        "INSERT INTO segmentations VALUES (?, ?, ?, ?, ?)",
        [
            segmentation.id,
            segmentation.recipe,
            segmentation.spec.dataset,
            segmentation.updated_at,
            record.dump(segmentation),
        ],
    )


def add(
    cursor: Cursor,
    segmentation_id: str,
    personas: Sequence[Persona],
    *,
    source: Source | Mapping[str, Source],
    author: str | Mapping[str, str],
    at: str,
    based_on: int | None,
    automatic: Mapping[str, str],
    action: str,
    reason: str,
) -> tuple[tuple[PersonaVersion, ...], tuple[TrailEntry, ...]]:
    """Store each persona as its segment's next version, and let the segments' names follow. `source` and
    `author` are those of all, or by segment.

    A segment takes its persona's name where it bore its last persona's, or the one in `automatic`. With
    `based_on` every persona must follow exactly that version; VersionClash otherwise. Each version has an
    entry in the trail; a statement kept against a finding, and another priority, have one of their own.
    """
    before = newest(cursor, segmentation_id)
    stored: list[PersonaVersion] = []
    entries: list[TrailEntry] = []
    for persona in personas:
        old = before.get(persona.segment)
        number = old.version if old else 0
        if based_on is not None and number != based_on:
            raise VersionClash(
                f"You edited version {based_on} of this persona.",
                f"Version {number} was saved in the meantime.",
                "Both texts are kept; compare them and decide.",
            )
        by = author if isinstance(author, str) else author[persona.segment]
        origin = source if isinstance(source, str) else source[persona.segment]
        version = PersonaVersion(segmentation_id, number + 1, persona, origin, by, at)
        cursor.execute(
            "INSERT INTO personas VALUES (?, ?, ?, ?, ?)",
            [segmentation_id, persona.segment, version.version, at, record.dump(version)],
        )
        stored.append(version)
        where = f"{segmentation_id}/{persona.segment}"
        entries.append(
            trail.add(
                cursor, at=at, who=by, action=action or _DONE[origin], record=where,
                old=_named(old), new=_named(version), reason=reason,
            )
        )  # fmt: skip
        for place, was, became, why in _overrides(old.persona if old else None, persona):
            entries.append(
                trail.add(
                    cursor, at=at, who=by, action="overrode", record=f"{where}/{place}",
                    old=was, new=became, reason=why,
                )
            )  # fmt: skip
    _names_follow(cursor, segmentation_id, before, personas, automatic, at)
    return tuple(stored), tuple(entries)


def rename(
    cursor: Cursor, segmentation_id: str, segment_id: str, name: str, *, who: str, at: str
) -> tuple[TrailEntry, ...]:
    """Rename a segment; a persona that bore the old name takes the new one, as a version of its own, without
    the claims that justified the old one."""
    segmentation = load_segmentation(cursor, segmentation_id)
    old = segmentation.segment(segment_id)
    if old is None:
        raise NotFound(f"No segment `{segment_id}` in {segmentation.name}.", do="Reload the page.")
    version = newest(cursor, segmentation_id).get(segment_id)
    segments = tuple(
        replace(item, name=name) if item.id == segment_id else item for item in segmentation.segments
    )
    store_segmentation(cursor, replace(segmentation, segments=segments, updated_at=at))
    if version is None or version.persona.name != old.name:
        return ()
    renamed = replace(version.persona, name=name, claims=())
    _, entries = add(
        cursor, segmentation_id, [renamed], source="analyst", author=who, at=at,
        based_on=version.version, automatic={}, action="renamed", reason="",
    )  # fmt: skip
    return entries


def approve(
    cursor: Cursor, version: PersonaVersion, report: CheckReport, profile: Profile, who: str, at: str
) -> tuple[Approval, TrailEntry]:
    """Approve exactly this version, or raise ApprovalRefused. See Workspace.approve."""
    latest = newest(cursor, version.segmentation).get(version.persona.segment)
    if latest is None or latest.version != version.version:
        raise ApprovalRefused(
            f"Only the newest version can be approved; this is version {version.version}.",
            do="Open the newest version and approve that one.",
        )
    if report.text_hash != record.content_id(latest.persona):
        raise ApprovalRefused("The text changed after it was checked.", do="Check it again, then approve.")
    if report.facts_hash != record.content_id(profile.measured()):
        raise ApprovalRefused(
            "The numbers changed after the text was checked.", do="Check it again, then approve."
        )
    if report.blocked:
        standing = sum(finding.severity == "block" for finding in report.findings)
        raise ApprovalRefused(
            "A persona can be approved once every statement agrees with the numbers.",
            f"Statements that do not: {standing}.",
            "Mend them or take them out, then approve.",
        )
    if not who.strip():
        raise ApprovalRefused("An approval carries a name.", "None was given.", "Write who approves.")
    approval = Approval(
        version.segmentation, version.persona.segment, version.version, report, who.strip(), at
    )
    entry = _decide(cursor, approval.segmentation, approval.segment, "approved", who.strip(), at, approval)
    return approval, entry


def withdraw(cursor: Cursor, segmentation_id: str, segment: str, who: str, at: str) -> TrailEntry:
    """Take an approval back; the record of it stays."""
    return _decide(cursor, segmentation_id, segment, "withdrawn", who, at, None)


def last_approvals(cursor: Cursor, segmentation_id: str) -> dict[str, Approval]:
    """Each segment's latest approval that was not withdrawn, stale ones included."""
    rows = cursor.execute(
        "SELECT segment, action, record FROM decisions WHERE segmentation = ? ORDER BY rowid",
        [segmentation_id],
    ).fetchall()
    latest: dict[str, Approval] = {}
    for segment, action, text in rows:
        if action == "approved":
            latest[segment] = record.load(Approval, text)
        else:
            latest.pop(segment, None)
    return latest


def _decide(
    cursor: Cursor,
    segmentation_id: str,
    segment: str,
    action: str,
    who: str,
    at: str,
    approval: Approval | None,
) -> TrailEntry:
    standing = last_approvals(cursor, segmentation_id).get(segment)
    cursor.execute(
        "INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?)",
        [segmentation_id, segment, action, who, at, record.dump(approval) if approval else None],
    )
    return trail.add(
        cursor, at=at, who=who, action=action, record=f"{segmentation_id}/{segment}",
        old=_approved(standing), new=_approved(approval),
    )  # fmt: skip


def _names_follow(
    cursor: Cursor,
    segmentation_id: str,
    before: Mapping[str, PersonaVersion],
    personas: Sequence[Persona],
    automatic: Mapping[str, str],
    at: str,
) -> None:
    names = {persona.segment: persona.name for persona in personas}
    segmentation = load_segmentation(cursor, segmentation_id)
    segments = []
    for segment in segmentation.segments:
        last = before.get(segment.id)
        followed = {automatic.get(segment.id), last.persona.name if last else None}
        segments.append(
            replace(segment, name=names[segment.id])
            if segment.id in names and segment.name in followed
            else segment
        )
    if tuple(segments) != segmentation.segments:
        store_segmentation(cursor, replace(segmentation, segments=tuple(segments), updated_at=at))


def _overrides(old: Persona | None, new: Persona) -> list[tuple[str, str, str, str]]:
    """(place, old, new, reason) for all that is newly kept against a finding, and a priority changed."""
    known = {(item.text, item.asserted) for _, item in old.statements()} if old else set()
    found = [
        (place, "", item.text, item.asserted)
        for place, item in new.statements()
        if item.asserted and (item.text, item.asserted) not in known
    ]
    found += [
        (item.where, "", item.text, item.reason) for item in new.kept if not old or item not in old.kept
    ]
    if old and old.priority != new.priority:
        found.append(("priority", old.priority, new.priority, new.priority_why.asserted))
    return found


def _named(version: PersonaVersion | None) -> str:
    return f"version {version.version} ({record.content_id(version.persona)})" if version else ""


def _approved(approval: Approval | None) -> str:
    if approval is None:
        return ""
    report = approval.report
    return f"version {approval.version} ({report.text_hash}), checker {report.checker_version}"
