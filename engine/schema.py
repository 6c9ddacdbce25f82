"""Numbered schema steps: how the workspace file came to have its tables, one step at a time.

A step is never changed once released; the next change is a new step. Steps run inside one
transaction together with the record that they ran. No secondary indexes and no primary keys: the
one process-wide writer keeps rows unique.
"""

from dataclasses import dataclass

import duckdb

from engine.errors import WorkspaceProblem


@dataclass(frozen=True)
class Step:
    number: int
    name: str
    statements: tuple[str, ...]


STEPS = (
    Step(
        1,
        "datasets, segmentations, personas",
        (
            """CREATE TABLE datasets (
                id VARCHAR NOT NULL, name VARCHAR NOT NULL, created_at VARCHAR NOT NULL,
                record JSON NOT NULL)""",
            """CREATE TABLE specs (
                dataset VARCHAR NOT NULL, updated_at VARCHAR NOT NULL, record JSON NOT NULL)""",
            """CREATE TABLE results (
                id VARCHAR NOT NULL, kind VARCHAR NOT NULL, created_at VARCHAR NOT NULL,
                record JSON NOT NULL)""",
            """CREATE TABLE segmentations (
                id VARCHAR NOT NULL, recipe VARCHAR NOT NULL, dataset VARCHAR NOT NULL,
                updated_at VARCHAR NOT NULL, record JSON NOT NULL)""",
            """CREATE TABLE assignments (
                recipe VARCHAR NOT NULL, key VARCHAR NOT NULL, segment VARCHAR NOT NULL,
                fit DOUBLE NOT NULL)""",
            "CREATE TABLE briefs (segmentation VARCHAR NOT NULL, record JSON NOT NULL)",
            """CREATE TABLE personas (
                segmentation VARCHAR NOT NULL, segment VARCHAR NOT NULL, version INTEGER NOT NULL,
                created_at VARCHAR NOT NULL, record JSON NOT NULL)""",
            "CREATE TABLE drafts (segmentation VARCHAR NOT NULL, segment VARCHAR NOT NULL, record JSON NOT NULL)",
            """CREATE TABLE decisions (
                segmentation VARCHAR NOT NULL, segment VARCHAR NOT NULL, action VARCHAR NOT NULL,
                decided_by VARCHAR NOT NULL, decided_at VARCHAR NOT NULL, record JSON)""",
            """CREATE TABLE jobs (
                subject VARCHAR NOT NULL, kind VARCHAR NOT NULL, state VARCHAR NOT NULL,
                message VARCHAR NOT NULL, changed_at VARCHAR NOT NULL)""",
            "CREATE TABLE settings (name VARCHAR NOT NULL, value VARCHAR NOT NULL)",
            "CREATE TABLE saves (id VARCHAR NOT NULL, what VARCHAR NOT NULL, saved_at VARCHAR NOT NULL)",
        ),
    ),
    Step(
        2,
        "the trail; a text in progress knows the version it was begun on",
        (
            """CREATE TABLE trail (
                number INTEGER NOT NULL, done_at VARCHAR NOT NULL, who VARCHAR NOT NULL, action VARCHAR NOT NULL,
                record VARCHAR NOT NULL, old VARCHAR NOT NULL, new VARCHAR NOT NULL, reason VARCHAR NOT NULL,
                previous VARCHAR NOT NULL, hash VARCHAR NOT NULL)""",
            "ALTER TABLE drafts ADD COLUMN based_on INTEGER DEFAULT 0",
            """UPDATE drafts SET based_on = (
                SELECT coalesce(max(version), 0) FROM personas
                WHERE personas.segmentation = drafts.segmentation AND personas.segment = drafts.segment)""",
        ),
    ),
    Step(
        3,
        "accounts that lie far from their segment are tagged",
        # DuckDB 1.5.6 refuses DEFAULT false here once the configuration is locked.
        ("ALTER TABLE assignments ADD COLUMN outlier BOOLEAN", "UPDATE assignments SET outlier = false"),
    ),
)

NEWEST = STEPS[-1].number


def bring_up_to_date(connection: duckdb.DuckDBPyConnection, applied_at: str) -> None:
    """Run the steps this file lacks, all of them or none.

    Raises WorkspaceProblem when the file was made by a newer version of the app.
    """
    connection.execute("BEGIN")
    try:
        connection.execute(
            """CREATE TABLE IF NOT EXISTS schema_steps (
                number INTEGER NOT NULL, name VARCHAR NOT NULL, applied_at VARCHAR NOT NULL)"""
        )
        row = connection.execute("SELECT coalesce(max(number), 0) FROM schema_steps").fetchone()
        done = int(row[0]) if row else 0
        if done > NEWEST:
            raise WorkspaceProblem(
                f"This workspace was made by a newer version of the app (step {done}).",
                f"This version knows steps up to {NEWEST}.",
                "Update the app, or choose another workspace. The file was left untouched.",
            )
        for step in STEPS:
            if step.number > done:
                for statement in step.statements:
                    connection.execute(statement)
                connection.execute(
                    "INSERT INTO schema_steps VALUES (?, ?, ?)", [step.number, step.name, applied_at]
                )
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    connection.execute("CHECKPOINT")
