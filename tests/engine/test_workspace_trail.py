"""The trail holds every decision, and every tampering with it is found."""

import random
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from engine import trail
from engine.database import Database
from engine.model import Persona, Segmentation, Statement, TrailEntry
from engine.workspace import Workspace
from tests.engine.test_workspace import PROFILE, clean, persona, segmentation, workspace

__all__ = ["segmentation", "workspace"]


def asserted(which: Persona, reason: str) -> Persona:
    return replace(which, unique=Statement("They call back.", source="analyst", asserted=reason))


def test_every_decision_about_a_persona_leaves_an_entry(
    workspace: Workspace, segmentation: Segmentation
) -> None:
    about = f"{segmentation.id}/S1"
    workspace.save_personas(segmentation.id, [persona()], source="offline", author="writer")
    kept = asserted(persona(), "Seen in forty visits.")
    (version,) = workspace.save_personas(segmentation.id, [kept], source="analyst", author="Ada", based_on=1)
    workspace.approve(version, clean(kept), PROFILE, "Grace")
    workspace.withdraw(segmentation.id, "S1", "Grace")
    lower = replace(kept, priority="Low", priority_why=Statement("Later.", asserted="Launch is in May."))
    workspace.save_personas(segmentation.id, [lower], source="analyst", author="Ada", action="went back")
    workspace.save_personas(segmentation.id, [persona(segment="S2")], source="offline", author="writer")
    entries = workspace.trail(about)
    assert [(item.who, item.action, item.record.removeprefix(about), item.reason) for item in entries] == [
        ("writer", "drafted", "", ""),
        ("Ada", "edited", "", ""),
        ("Ada", "overrode", "/unique", "Seen in forty visits."),
        ("Grace", "approved", "", ""),
        ("Grace", "withdrawn", "", ""),
        ("Ada", "went back", "", ""),
        ("Ada", "overrode", "/priority_why", "Launch is in May."),
        ("Ada", "overrode", "/priority", "Launch is in May."),
    ]
    assert (entries[-1].old, entries[-1].new) == ("High", "Low")
    assert entries[1].old == entries[0].new and entries[4].old == entries[3].new
    assert len(workspace.trail()) == 9
    assert workspace.trail_faults() == ()


def test_an_approval_that_is_refused_leaves_no_entry(
    workspace: Workspace, segmentation: Segmentation
) -> None:
    (version,) = workspace.save_personas(segmentation.id, [persona()], source="offline", author="writer")
    with pytest.raises(Exception, match="text changed"):
        workspace.approve(version, clean(version.persona, text_hash="0"), PROFILE, "Ada")
    assert [item.action for item in workspace.trail()] == ["drafted"]


def written(path: Path, entries: int) -> tuple[TrailEntry, ...]:
    database = Database(path)
    for number in range(entries):
        with database.change("an entry") as cursor:
            entry = trail.add(
                cursor, at=f"2026-11-{number + 1:02}", who="Ada", action="edited", record=f"ab/S{number}",
                old=f"version {number}", new=f"version {number + 1}", reason="because",
            )  # fmt: skip
        trail.note_head(path, entry)
    with database.reading() as cursor:
        found = trail.entries(cursor)
    database.close()
    return found


FIELDS = ("done_at", "who", "action", "record", "old", "new", "reason", "previous", "hash", "number")


def tampered(cursor: duckdb.DuckDBPyConnection, chance: random.Random, entries: int) -> str:
    """Do one of six dishonest things to the table; returns which."""
    one, other = chance.sample(range(1, entries + 1), 2)
    field = chance.choice(FIELDS)
    how = chance.choice(("change", "remove", "cut", "swap", "insert", "reseal"))
    if how == "change":
        value = 99 if field == "number" else "another"
        cursor.execute(f"UPDATE trail SET {field} = ? WHERE number = ?", [value, one])
    elif how == "remove":
        cursor.execute("DELETE FROM trail WHERE number = ?", [one])
    elif how == "cut":
        cursor.execute("DELETE FROM trail WHERE number >= ?", [one])
    elif how == "swap":
        cursor.execute(
            "UPDATE trail SET number = CASE number WHEN ? THEN ? ELSE ? END WHERE number IN (?, ?)",
            [one, other, one, one, other],
        )
    elif how == "insert":
        cursor.execute("INSERT INTO trail SELECT * REPLACE ('Eve' AS who) FROM trail WHERE number = ?", [one])
    else:
        # The dishonest hand knows the recipe and seals its own entry anew.
        cursor.execute("DELETE FROM trail WHERE number = ?", [one])
        earlier = trail.entries(cursor)[: one - 1]
        later = cursor.execute("SELECT * FROM trail WHERE number > ?", [one]).fetchall()
        cursor.execute("DELETE FROM trail WHERE number > ?", [one])
        trail.add(cursor, at="2026-11-01", who="Eve", action="edited", record="ab/S1")
        cursor.executemany("INSERT INTO trail VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", later or [[0] * 10])
        assert len(earlier) == one - 1
    return how


def test_three_hundred_tamperings_are_all_found(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    whole = written(path, 12)
    head = trail.head_of(path)
    assert trail.faults(whole, head) == ()
    seen = set()
    with duckdb.connect(str(path)) as connection:
        for seed in range(300):
            connection.execute("BEGIN")
            how = tampered(connection, random.Random(seed), len(whole))
            seen.add(how)
            assert trail.faults(trail.entries(connection), head) != (), f"{how}, seed {seed}"
            connection.execute("ROLLBACK")
        assert trail.faults(trail.entries(connection), head) == ()
    assert len(seen) == 6


def test_a_head_that_lags_is_no_fault_and_one_that_is_missing_is_said(tmp_path: Path) -> None:
    whole = written(tmp_path / "w.duckdb", 3)
    assert trail.faults(whole, (whole[0].number, whole[0].hash)) == ()
    (sentence,) = trail.faults(whole, None)
    assert "not beside the file" in sentence
    assert trail.faults((), None) == ()
    trail.head_path(tmp_path / "w.duckdb").write_text("not json")
    assert trail.faults(whole, trail.head_of(tmp_path / "w.duckdb")) != ()


def test_a_head_that_cannot_be_noted_fails_no_save(
    workspace: Workspace, segmentation: Segmentation, tmp_path: Path
) -> None:
    (tmp_path / "w.duckdb.trail").mkdir()
    workspace.save_personas(segmentation.id, [persona()], source="offline", author="writer")
    assert workspace.personas(segmentation.id)["S1"].version == 1
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("w.duckdb.trail")] == [
        "w.duckdb.trail"
    ]
