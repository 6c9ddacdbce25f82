"""Save and load every noun. The only room that knows the workspace's tables.

Datasets and segmentations are kept until archived; what is computed (diagnoses, profiles) is kept
under its content id, so it can never be stale; personas are versions that are never overwritten, and
approval is a third thing beside them.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pandas as pd
import pyarrow.parquet

from engine import record, trail, versions
from engine.database import Clock, Cursor, Database, utc_now
from engine.errors import NotFound, OptionProblem
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
    TextInProgress,
    TrailEntry,
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

    def keep_answer(self, key: str, text: str) -> None:
        """Keep a model's answer, as JSON, under the content id of everything that asked for it."""
        with self.database.change("a model's answer") as cursor:
            cursor.execute("DELETE FROM results WHERE id = ? AND kind = 'answer'", [key])
            cursor.execute("INSERT INTO results VALUES (?, 'answer', ?, ?)", [key, self.database.now(), text])

    def answer(self, key: str) -> str | None:
        """The answer kept under the key, as it was given."""
        with self.reading() as cursor:
            row = cursor.execute(
                "SELECT record FROM results WHERE id = ? AND kind = 'answer'", [key]
            ).fetchone()
        return str(row[0]) if row else None

    # --- Segmentations ------------------------------------------------------------------------

    def save_segmentation(
        self, segmentation: Segmentation, assignments: pd.DataFrame | None = None
    ) -> Segmentation:
        """Store a segmentation, new or edited, and its assignments when given, in one transaction.

        assignments: columns key (text), segment (S1, ...), fit (0 to 1), outlier; one row per account.
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
            versions.store_segmentation(cursor, stored)
            if assignments is not None:
                _store_assignments(cursor, stored.recipe, assignments)
        return stored

    def save_assignments(self, recipe: str, assignments: pd.DataFrame) -> None:
        """Store which account is in which segment, under the recipe that decides it."""
        with self.database.change("the assignments") as cursor:
            _store_assignments(cursor, recipe, assignments)

    def change_segmentation(
        self, segmentation_id: str, change: Callable[[Segmentation], Segmentation]
    ) -> Segmentation:
        """Store what `change` makes of the segmentation as it is stored now, so that nothing that another
        tab saved in the meantime is lost. `change` calls nothing of the page. Raises NotFound."""
        with self.database.change("the segmentation") as cursor:
            now = self.database.now()
            stored = replace(change(versions.load_segmentation(cursor, segmentation_id)), updated_at=now)
            versions.store_segmentation(cursor, stored)
        return stored

    def segmentation(self, segmentation_id: str) -> Segmentation:
        """Raises NotFound."""
        with self.reading() as cursor:
            return versions.load_segmentation(cursor, segmentation_id)

    def segmentations(self) -> tuple[Segmentation, ...]:
        """Archived ones included; the last touched first."""
        return self._all(Segmentation, "SELECT record FROM segmentations ORDER BY updated_at DESC, id", [])

    def duplicate(self, segmentation_id: str, name: str) -> Segmentation:
        """A copy under a new id with the same recipe, rows and brief; personas are not copied."""
        now = self.database.now()
        with self.database.change(f"a copy called {name}") as cursor:
            original = versions.load_segmentation(cursor, segmentation_id)
            copy = replace(
                original, id=uuid.uuid4().hex[:12], name=name, created_at=now, updated_at=now, archived=False
            )
            versions.store_segmentation(cursor, copy)
            cursor.execute(
                "INSERT INTO briefs SELECT ?, record FROM briefs WHERE segmentation = ?",
                [copy.id, segmentation_id],
            )
        return copy

    def assignments(self, recipe: str) -> pd.DataFrame:
        """Columns key, segment, fit, outlier in the order of the key; empty when nothing is stored."""
        with self.reading() as cursor:
            return cursor.execute(
                "SELECT key, segment, fit, outlier FROM assignments WHERE recipe = ? ORDER BY key", [recipe]
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
        source: Source | Mapping[str, Source],
        author: str | Mapping[str, str],
        based_on: int | None = None,
        automatic: Mapping[str, str] | None = None,
        action: str = "",
        reason: str = "",
    ) -> tuple[PersonaVersion, ...]:
        """Store each persona as its segment's next version, with the segments' names, all or none. `source`
        and `author` are those of all, or by segment.

        A segment takes its persona's name where it bore its last persona's, or the one in `automatic`
        (names by segment id that nobody chose). With `based_on`, each persona must follow exactly that
        version: when someone saved another one in the meantime, VersionClash is raised and nothing is
        overwritten. `action` and `reason` are for the trail; empty means "drafted" or "edited".
        """
        with self._trailed("personas") as (cursor, entries):
            stored, made = versions.add(
                cursor, segmentation_id, personas, source=source, author=author, at=self.database.now(),
                based_on=based_on, automatic=automatic or {}, action=action, reason=reason,
            )  # fmt: skip
            entries += made
        return stored

    def rename_segment(self, segmentation_id: str, segment_id: str, name: str, who: str) -> None:
        """Rename a segment and the persona that bore its name, in one transaction. Raises NotFound."""
        with self._trailed(f"the name of {segment_id}") as (cursor, entries):
            entries += versions.rename(
                cursor, segmentation_id, segment_id, name, who=who, at=self.database.now()
            )

    def save_draft(self, segmentation_id: str, segment: str, text: TextInProgress | None) -> None:
        """Keep a text that is being edited, so that a closed tab loses nothing; None forgets it."""
        with self.database.change("a text in progress") as cursor:
            cursor.execute(
                "DELETE FROM drafts WHERE segmentation = ? AND segment = ?", [segmentation_id, segment]
            )
            if text:
                cursor.execute(
                    "INSERT INTO drafts (segmentation, segment, record, based_on) VALUES (?, ?, ?, ?)",
                    [segmentation_id, segment, record.dump(text.persona), text.based_on],
                )

    def draft(self, segmentation_id: str, segment: str) -> TextInProgress | None:
        """The text in progress of a segment, if someone left one."""
        with self.reading() as cursor:
            row = cursor.execute(
                "SELECT based_on, record FROM drafts WHERE segmentation = ? AND segment = ?",
                [segmentation_id, segment],
            ).fetchone()
        return TextInProgress(int(row[0]), record.load(Persona, row[1])) if row else None

    def personas(self, segmentation_id: str) -> dict[str, PersonaVersion]:
        """The newest version of each segment's persona, by segment id."""
        with self.reading() as cursor:
            return versions.newest(cursor, segmentation_id)

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
        facts, when a newer version exists, or when nobody is named.
        """
        with self._trailed(f"approved: {version.persona.segment}") as (cursor, entries):
            approval, entry = versions.approve(
                cursor, version, report, profile, approved_by, self.database.now()
            )
            entries.append(entry)
        return approval

    def withdraw(self, segmentation_id: str, segment: str, withdrawn_by: str) -> None:
        """Take an approval back; the record of it stays."""
        with self._trailed(f"withdrawn: {segment}") as (cursor, entries):
            entries.append(
                versions.withdraw(cursor, segmentation_id, segment, withdrawn_by, self.database.now())
            )

    def approvals(self, segmentation_id: str, profile: Profile, checker_version: str) -> dict[str, Approval]:
        """The approvals that stand, by segment id: not withdrawn, newest version, same facts, same rules."""
        newest = self.personas(segmentation_id)
        facts_hash = record.content_id(profile.measured())
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
            return versions.last_approvals(cursor, segmentation_id)

    # --- The trail ----------------------------------------------------------------------------

    def trail(self, about: str = "") -> tuple[TrailEntry, ...]:
        """The entries about one record ("ab12/S1") and places in it, or all; in the order of writing."""
        with self.reading() as cursor:
            return trail.entries(cursor, about)

    def trail_faults(self) -> tuple[str, ...]:
        """What is wrong with the trail, a sentence each; empty when it is whole."""
        path = self.database.path
        chain = self.trail()
        if path is None:
            return trail.faults(chain, (chain[-1].number, chain[-1].hash) if chain else None)
        return trail.faults(chain, trail.head_of(path))

    @contextmanager
    def _trailed(self, what: str) -> Iterator[tuple[Cursor, list[TrailEntry]]]:
        """A change whose entries in the trail are noted beside the file once they are stored."""
        entries: list[TrailEntry] = []
        with self.database.change(what) as cursor:
            yield cursor, entries
        if entries and self.database.path:
            trail.note_head(self.database.path, entries[-1])

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


def _store_assignments(cursor: Cursor, recipe: str, assignments: pd.DataFrame) -> None:
    cursor.execute("DELETE FROM assignments WHERE recipe = ?", [recipe])
    cursor.register("incoming", assignments[["key", "segment", "fit", "outlier"]])
    cursor.execute(
        "INSERT INTO assignments (recipe, key, segment, fit, outlier) "
        "SELECT ?, key, segment, fit, outlier FROM incoming",
        [recipe],
    )
    cursor.unregister("incoming")


def _demand(found: Noun | None, what: str, wanted: str) -> Noun:
    if found is None:
        raise NotFound(f"No {what} `{wanted}` in this workspace.", do="Pick one in the Library.")
    return found
