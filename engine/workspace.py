"""Save and load every noun. The only room that knows the workspace's tables.

Datasets and segmentations are kept until archived; what is computed (diagnoses, profiles) is kept
under its content id, so it can never be stale; personas are versions that are never overwritten, and
approval is a third thing beside them.
"""

import uuid
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pandas as pd
import pyarrow.parquet

from engine import record
from engine.database import Clock, Cursor, Database, utc_now
from engine.errors import ApprovalRefused, NotFound, OptionProblem, WorkspaceProblem
from engine.model import (
    Approval,
    Brief,
    CheckReport,
    Dataset,
    FeatureSpec,
    Persona,
    PersonaVersion,
    Profile,
    Segmentation,
    Source,
)
from engine.sql import data_table

Noun = TypeVar("Noun")


class Workspace:
    """One workspace file, or a private one in memory when `path` is None. See Database for errors."""

    def __init__(self, path: Path | None = None, clock: Clock = utc_now) -> None:
        self.database = Database(path, clock)
        with self.database.change("jobs of an earlier run") as cursor:
            cursor.execute(
                "UPDATE jobs SET state = 'interrupted', message = 'The app was closed while this ran.' "
                "WHERE state = 'running'"
            )

    def reading(self) -> AbstractContextManager[Cursor]:
        """A cursor for the engine's verbs that read row-sized data."""
        return self.database.reading()

    def close(self) -> None:
        self.database.close()

    # --- Datasets -----------------------------------------------------------------------------

    def add_table(self, dataset_id: str, parquet: Path) -> None:
        """Store the rows of a dataset; nothing happens when they are there already."""
        rows = pyarrow.parquet.read_table(parquet)
        with self.database.change("the table's rows") as cursor:
            cursor.register("incoming", rows)
            cursor.execute(f"CREATE TABLE IF NOT EXISTS {data_table(dataset_id)} AS SELECT * FROM incoming")
            cursor.unregister("incoming")

    def save_dataset(self, dataset: Dataset) -> Dataset:
        """Store the dataset's record, replacing one with the same id. Returns it with its date."""
        stored = dataset if dataset.created_at else replace(dataset, created_at=self.database.now())
        with self.database.change(f"dataset {dataset.name}") as cursor:
            cursor.execute("DELETE FROM datasets WHERE id = ?", [stored.id])
            cursor.execute(
                "INSERT INTO datasets VALUES (?, ?, ?, ?)",
                [stored.id, stored.name, stored.created_at, record.dump(stored)],
            )
        return stored

    def dataset(self, dataset_id: str) -> Dataset:
        """Raises NotFound."""
        found = self._one(Dataset, "SELECT record FROM datasets WHERE id = ?", [dataset_id])
        return _demand(found, "dataset", dataset_id)

    def has_dataset(self, dataset_id: str) -> bool:
        return self._one(Dataset, "SELECT record FROM datasets WHERE id = ?", [dataset_id]) is not None

    def datasets(self) -> tuple[Dataset, ...]:
        """Newest first."""
        return self._all(Dataset, "SELECT record FROM datasets ORDER BY created_at DESC, name", [])

    def save_spec(self, spec: FeatureSpec) -> None:
        """Keep the analyst's present choice of key, columns and filters for a dataset."""
        with self.database.change("the choice of columns") as cursor:
            cursor.execute("DELETE FROM specs WHERE dataset = ?", [spec.dataset])
            cursor.execute(
                "INSERT INTO specs VALUES (?, ?, ?)", [spec.dataset, self.database.now(), record.dump(spec)]
            )

    def spec(self, dataset_id: str) -> FeatureSpec | None:
        return self._one(FeatureSpec, "SELECT record FROM specs WHERE dataset = ?", [dataset_id])

    # --- What is computed, by content id ------------------------------------------------------

    def save_result(self, result_id: str, noun: object) -> None:
        """Keep a computed noun under its content id; equal ids hold equal content."""
        kind = type(noun).__name__
        with self.database.change(f"a computed {kind.lower()}") as cursor:
            cursor.execute("DELETE FROM results WHERE id = ? AND kind = ?", [result_id, kind])
            cursor.execute(
                "INSERT INTO results VALUES (?, ?, ?, ?)",
                [result_id, kind, self.database.now(), record.dump(noun)],
            )

    def result(self, kind: type[Noun], result_id: str) -> Noun | None:
        return self._one(
            kind, "SELECT record FROM results WHERE id = ? AND kind = ?", [result_id, kind.__name__]
        )

    # --- Segmentations ------------------------------------------------------------------------

    def save_segmentation(
        self, segmentation: Segmentation, assignments: pd.DataFrame | None = None
    ) -> Segmentation:
        """Store a segmentation, new or edited, and its assignments when given, in one transaction.

        assignments: columns key (text), segment (S1, ...), fit (0 to 1), one row per account.
        Returns the segmentation with its id and dates.
        """
        now = self.database.now()
        stored = replace(
            segmentation,
            id=segmentation.id or uuid.uuid4().hex[:12],
            created_at=segmentation.created_at or now,
            updated_at=now,
        )
        with self.database.change(f"segmentation {stored.name}") as cursor:
            cursor.execute("DELETE FROM segmentations WHERE id = ?", [stored.id])
            cursor.execute(
                "INSERT INTO segmentations VALUES (?, ?, ?, ?, ?)",
                [stored.id, stored.recipe, stored.spec.dataset, stored.updated_at, record.dump(stored)],
            )
            if assignments is not None:
                cursor.execute("DELETE FROM assignments WHERE recipe = ?", [stored.recipe])
                cursor.register("incoming", assignments[["key", "segment", "fit"]])
                cursor.execute(
                    "INSERT INTO assignments SELECT ?, key, segment, fit FROM incoming", [stored.recipe]
                )
                cursor.unregister("incoming")
        return stored

    def segmentation(self, segmentation_id: str) -> Segmentation:
        """Raises NotFound."""
        found = self._one(Segmentation, "SELECT record FROM segmentations WHERE id = ?", [segmentation_id])
        return _demand(found, "segmentation", segmentation_id)

    def segmentations(self) -> tuple[Segmentation, ...]:
        """Archived ones included; the last touched first."""
        return self._all(Segmentation, "SELECT record FROM segmentations ORDER BY updated_at DESC, id", [])

    def duplicate(self, segmentation_id: str, name: str) -> Segmentation:
        """A copy under a new id with the same recipe, rows and brief; personas are not copied."""
        original = self.segmentation(segmentation_id)
        copy = self.save_segmentation(
            replace(original, id="", name=name, created_at="", updated_at="", archived=False)
        )
        self.save_brief(copy.id, self.brief(segmentation_id))
        return copy

    def assignments(self, recipe: str) -> pd.DataFrame:
        """Columns key, segment, fit in the order of the key; empty when nothing is stored."""
        with self.reading() as cursor:
            return cursor.execute(
                "SELECT key, segment, fit FROM assignments WHERE recipe = ? ORDER BY key", [recipe]
            ).df()

    # --- Personas -----------------------------------------------------------------------------

    def save_brief(self, segmentation_id: str, brief: Brief) -> None:
        with self.database.change("the brief") as cursor:
            cursor.execute("DELETE FROM briefs WHERE segmentation = ?", [segmentation_id])
            cursor.execute("INSERT INTO briefs VALUES (?, ?)", [segmentation_id, record.dump(brief)])

    def brief(self, segmentation_id: str) -> Brief:
        found = self._one(Brief, "SELECT record FROM briefs WHERE segmentation = ?", [segmentation_id])
        return found or Brief(pack="")

    def save_personas(
        self,
        segmentation_id: str,
        personas: Sequence[Persona],
        *,
        source: Source,
        author: str,
        based_on: int | None = None,
    ) -> tuple[PersonaVersion, ...]:
        """Store each persona as its segment's next version, all or none.

        With `based_on`, the single persona must follow exactly that version: when someone saved another
        one in the meantime, WorkspaceProblem is raised and nothing is overwritten.
        """
        stored: list[PersonaVersion] = []
        with self.database.change("personas") as cursor:
            for persona in personas:
                row = cursor.execute(
                    "SELECT coalesce(max(version), 0) FROM personas WHERE segmentation = ? AND segment = ?",
                    [segmentation_id, persona.segment],
                ).fetchone()
                newest = int(row[0]) if row else 0
                if based_on is not None and newest != based_on:
                    raise WorkspaceProblem(
                        f"You edited version {based_on} of this persona.",
                        f"Version {newest} was saved in the meantime.",
                        "Your text is still in the form: open the versions, compare, and save again.",
                    )
                version = PersonaVersion(
                    segmentation_id, newest + 1, persona, source, author, self.database.now()
                )
                cursor.execute(
                    "INSERT INTO personas VALUES (?, ?, ?, ?, ?)",
                    [
                        segmentation_id,
                        persona.segment,
                        version.version,
                        version.created_at,
                        record.dump(version),
                    ],
                )
                stored.append(version)
        return tuple(stored)

    def save_draft(self, segmentation_id: str, persona: Persona | None, segment: str) -> None:
        """Keep a text that is being edited, so that a closed tab loses nothing; None forgets it."""
        with self.database.change("a text in progress") as cursor:
            cursor.execute(
                "DELETE FROM drafts WHERE segmentation = ? AND segment = ?", [segmentation_id, segment]
            )
            if persona:
                cursor.execute(
                    "INSERT INTO drafts VALUES (?, ?, ?)", [segmentation_id, segment, record.dump(persona)]
                )

    def draft(self, segmentation_id: str, segment: str) -> Persona | None:
        """The text in progress of a segment, if someone left one."""
        return self._one(
            Persona,
            "SELECT record FROM drafts WHERE segmentation = ? AND segment = ?",
            [segmentation_id, segment],
        )

    def personas(self, segmentation_id: str) -> dict[str, PersonaVersion]:
        """The newest version of each segment's persona, by segment id."""
        versions = self._all(
            PersonaVersion,
            "SELECT record FROM personas WHERE segmentation = ? ORDER BY version",
            [segmentation_id],
        )
        return {version.persona.segment: version for version in versions}

    def versions(self, segmentation_id: str, segment: str) -> tuple[PersonaVersion, ...]:
        """Every version of one persona, newest first."""
        return self._all(
            PersonaVersion,
            "SELECT record FROM personas WHERE segmentation = ? AND segment = ? ORDER BY version DESC",
            [segmentation_id, segment],
        )

    def approve(
        self, version: PersonaVersion, report: CheckReport, profile: Profile, approved_by: str
    ) -> Approval:
        """Approve exactly this version, or raise ApprovalRefused and change nothing.

        Refused when the report has a blocking finding, or was made for another text or for other
        facts, or when a newer version exists.
        """
        newest = self.personas(version.segmentation).get(version.persona.segment)
        if newest is None or newest.version != version.version:
            raise ApprovalRefused(
                f"Only the newest version can be approved; this is version {version.version}.",
                do="Open the newest version and approve that one.",
            )
        if report.text_hash != record.content_id(newest.persona):
            raise ApprovalRefused(
                "The text changed after it was checked.", do="Check it again, then approve."
            )
        if report.facts_hash != record.content_id(profile.without_names()):
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
        if not approved_by.strip():
            raise ApprovalRefused("An approval carries a name.", "None was given.", "Write who approves.")
        approval = Approval(
            version.segmentation,
            version.persona.segment,
            version.version,
            report,
            approved_by.strip(),
            self.database.now(),
        )
        self._decide(approval.segmentation, approval.segment, "approved", approval.approved_by, approval)
        return approval

    def withdraw(self, segmentation_id: str, segment: str, withdrawn_by: str) -> None:
        """Take an approval back; the record of it stays."""
        self._decide(segmentation_id, segment, "withdrawn", withdrawn_by, None)

    def approvals(self, segmentation_id: str, profile: Profile, checker_version: str) -> dict[str, Approval]:
        """The approvals that stand, by segment id: not withdrawn, newest version, same facts, same rules."""
        newest = self.personas(segmentation_id)
        facts_hash = record.content_id(profile.without_names())
        return {
            segment: approval
            for segment, approval in self.last_approvals(segmentation_id).items()
            if segment in newest
            and approval.version == newest[segment].version
            and approval.report.facts_hash == facts_hash
            and approval.report.checker_version == checker_version
            and approval.report.text_hash == record.content_id(newest[segment].persona)
        }

    def last_approvals(self, segmentation_id: str) -> dict[str, Approval]:
        """Each segment's latest approval that was not withdrawn, stale ones included."""
        with self.reading() as cursor:
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
        self, segmentation_id: str, segment: str, action: str, who: str, noun: Approval | None
    ) -> None:
        with self.database.change(f"{action}: {segment}") as cursor:
            cursor.execute(
                "INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?)",
                [
                    segmentation_id,
                    segment,
                    action,
                    who,
                    self.database.now(),
                    record.dump(noun) if noun else None,
                ],
            )

    # --- Jobs and settings --------------------------------------------------------------------

    def note_job(self, subject: str, kind: str, state: str, message: str = "") -> None:
        """Record that a job on a content id is running, done, failed, cancelled."""
        with self.database.change(f"job {kind}") as cursor:
            cursor.execute("DELETE FROM jobs WHERE subject = ? AND kind = ?", [subject, kind])
            cursor.execute(
                "INSERT INTO jobs VALUES (?, ?, ?, ?, ?)",
                [subject, kind, state, message, self.database.now()],
            )

    def job(self, subject: str, kind: str) -> tuple[str, str] | None:
        """(state, message) of the last job of that kind on that content id."""
        with self.reading() as cursor:
            row = cursor.execute(
                "SELECT state, message FROM jobs WHERE subject = ? AND kind = ?", [subject, kind]
            ).fetchone()
        return (str(row[0]), str(row[1])) if row else None

    def save_setting(self, name: str, value: str) -> None:
        """Keep a setting. Keys and passwords are never settings."""
        if any(word in name.lower() for word in ("key", "password", "secret", "token")):
            raise OptionProblem(f"`{name}` is not kept.", "Keys stay out of the workspace.")
        with self.database.change(f"setting {name}") as cursor:
            cursor.execute("DELETE FROM settings WHERE name = ?", [name])
            cursor.execute("INSERT INTO settings VALUES (?, ?)", [name, value])

    def setting(self, name: str, default: str = "") -> str:
        with self.reading() as cursor:
            row = cursor.execute("SELECT value FROM settings WHERE name = ?", [name]).fetchone()
        return str(row[0]) if row else default

    # --- Reading records ----------------------------------------------------------------------

    def _one(self, kind: type[Noun], query: str, values: list[str]) -> Noun | None:
        with self.reading() as cursor:
            row = cursor.execute(query, values).fetchone()
        return record.load(kind, row[0]) if row else None

    def _all(self, kind: type[Noun], query: str, values: list[str]) -> tuple[Noun, ...]:
        with self.reading() as cursor:
            rows = cursor.execute(query, values).fetchall()
        return tuple(record.load(kind, row[0]) for row in rows)


def _demand(found: Noun | None, what: str, wanted: str) -> Noun:
    if found is None:
        raise NotFound(f"No {what} `{wanted}` in this workspace.", do="Pick one in the Library.")
    return found
