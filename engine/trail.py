"""The trail: who did what to which record, when and why; added to, never changed.

Each entry carries the hash of the one before, so a changed, removed, inserted or moved entry breaks the
chain. Entries cut off the end leave a whole chain behind: so the number and the hash of the newest entry
are also kept in a small file beside the workspace. Someone who can rewrite that file as well can hide a
cut; the trail guards against slips and quiet edits of the file, not against its owner.
"""

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

import duckdb

from engine.model import TrailEntry

log = logging.getLogger(__name__)

Cursor = duckdb.DuckDBPyConnection

_COLUMNS = "number, done_at, who, action, record, old, new, reason, previous, hash"


def add(
    cursor: Cursor,
    *,
    at: str,
    who: str,
    action: str,
    record: str,
    old: str = "",
    new: str = "",
    reason: str = "",
) -> TrailEntry:
    """Append one entry within the caller's transaction, which must hold the writer's lock."""
    last = cursor.execute("SELECT number, hash FROM trail ORDER BY number DESC LIMIT 1").fetchone()
    number, previous = (int(last[0]) + 1, str(last[1])) if last else (1, "")
    sealed = _hash(number, at, who, action, record, old, new, reason, previous)
    entry = TrailEntry(number, at, who, action, record, old, new, reason, previous, sealed)
    cursor.execute("INSERT INTO trail VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", list(astuple(entry)))
    return entry


def entries(cursor: Cursor, record: str = "") -> tuple[TrailEntry, ...]:
    """Every entry in the order it was written; with `record`, those of that record and of places in it."""
    rows = cursor.execute(
        f"SELECT {_COLUMNS} FROM trail WHERE ? = '' OR record = ? OR starts_with(record, ? || '/') "
        "ORDER BY number, hash",
        [record, record, record],
    ).fetchall()
    return tuple(TrailEntry(*row) for row in rows)


def faults(chain: Sequence[TrailEntry], head: tuple[int, str] | None) -> tuple[str, ...]:
    """What is wrong with a whole trail, a sentence each; empty when it is unbroken.

    head: number and hash of the newest entry as kept beside the file (`head_of`), None where none is. It
    may lag behind the chain (the app died between the two writes) but must be one of its entries.
    """
    found = []
    previous = ""
    for place, entry in enumerate(chain, 1):
        if entry.number != place:
            found.append(f"Expected entry {place}, found {entry.number}: one was removed, added or moved.")
            break
        if entry.previous != previous:
            found.append(f"Entry {place} does not follow the one before it.")
            break
        if entry.hash != _hash(*astuple(entry)[:-1]):
            found.append(f"Entry {place} was changed after it was written.")
            break
        previous = entry.hash
    if head is None:
        if chain:
            found.append("The note of the newest entry is not beside the file, so a cut would not be seen.")
    elif head not in [(entry.number, entry.hash) for entry in chain]:
        found.append(f"Entry {head[0]}, noted beside the file, is not in the trail: its end was cut off.")
    return tuple(found)


def head_path(workspace: Path) -> Path:
    """The file beside a workspace that notes the newest entry."""
    return workspace.with_name(f"{workspace.name}.trail")


def note_head(workspace: Path, entry: TrailEntry) -> None:
    """Note the newest entry beside the workspace, all or nothing. A failure is logged and nothing else:
    the save it follows is safe, and the older note still stands in the chain."""
    path = head_path(workspace)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"number": entry.number, "hash": entry.hash}, file)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink()
            raise
    except OSError:
        log.warning("the newest entry of the trail could not be noted beside the workspace", exc_info=True)


def head_of(workspace: Path) -> tuple[int, str] | None:
    """What `note_head` wrote; None where there is no note. One that cannot be read is entry 0, which no
    trail holds."""
    try:
        noted = json.loads(head_path(workspace).read_text(encoding="utf-8"))
        return int(noted["number"]), str(noted["hash"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return 0, ""


def _hash(*fields: object) -> str:
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()
