"""The DuckDB file: one owner, one writer at a time, a cursor per call, all or nothing.

Facts this file exists for (DuckDB 1.5): one connection shared by threads returns wrong rows, a cursor
per call does not; after a statement has failed, COMMIT reports success and stores nothing; a second
process cannot open the file.
"""

import logging
import re
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from engine import schema
from engine.errors import StudioError, WorkspaceBusy, WorkspaceProblem

log = logging.getLogger(__name__)

Cursor = duckdb.DuckDBPyConnection
Clock = Callable[[], datetime]

_SANDBOX = (
    "SET autoinstall_known_extensions=false",
    "SET autoload_known_extensions=false",
    "SET allow_community_extensions=false",
    "SET python_enable_replacements=false",
    "SET enable_external_access=false",
    "SET lock_configuration=true",
)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Database:
    """One open DuckDB file, or a private one in memory when `path` is None.

    Raises WorkspaceBusy when another process holds the file, WorkspaceProblem when it cannot be read.
    """

    def __init__(self, path: Path | None, clock: Clock = utc_now) -> None:
        self.path = path
        self._clock = clock
        self._writer = threading.RLock()
        self._connection = _open(path)
        for setting in _SANDBOX:
            self._connection.execute(setting)
        schema.bring_up_to_date(self._connection, self.now())

    def now(self) -> str:
        """The time in UTC to the second, as ISO 8601 text."""
        return self._clock().astimezone(UTC).isoformat(timespec="seconds")

    @contextmanager
    def reading(self) -> Iterator[Cursor]:
        """A cursor of its own, closed at the end. DuckDB's errors become WorkspaceProblem."""
        cursor = self._connection.cursor()
        try:
            yield cursor
        except duckdb.Error as error:
            log.exception("reading the workspace failed")
            raise WorkspaceProblem(
                "The workspace could not be read.",
                f"The database reported: {type(error).__name__}.",
                "Nothing was changed. Restart the app; if it happens again, restore a copy of the file.",
            ) from error
        finally:
            cursor.close()

    @contextmanager
    def change(self, what: str) -> Iterator[Cursor]:
        """One transaction under the process-wide writer's lock, rolled back on anything that is raised.

        The save is read back before the block is left, so leaving it means it is stored.
        """
        save_id = uuid.uuid4().hex
        with self._writer:
            cursor = self._connection.cursor()
            try:
                cursor.execute("BEGIN")
                yield cursor
                cursor.execute("INSERT INTO saves VALUES (?, ?, ?)", [save_id, what, self.now()])
                cursor.execute("COMMIT")
                stored = cursor.execute("SELECT count(*) FROM saves WHERE id = ?", [save_id]).fetchone()
                if stored != (1,):
                    raise _not_saved(what, "The database accepted the save, but it is not there.")
            # BaseException: a rerun or a closed tab raises one that is not an Exception.
            except BaseException as error:
                _roll_back(cursor)
                if isinstance(error, duckdb.Error):
                    log.exception("saving %s failed", what)
                    raise _not_saved(what, f"The database reported: {type(error).__name__}.") from error
                raise
            finally:
                cursor.close()
            self._checkpoint()

    def _checkpoint(self) -> None:
        cursor = self._connection.cursor()
        try:
            cursor.execute("CHECKPOINT")
        except duckdb.Error:
            # Another cursor is reading. The save is safe in the write-ahead log; the next one folds it in.
            log.info("checkpoint postponed")
        finally:
            cursor.close()

    def close(self) -> None:
        with self._writer:
            self._connection.close()


def _open(path: Path | None) -> Cursor:
    if path is None:
        return duckdb.connect(":memory:")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path))
    except (duckdb.Error, OSError) as error:
        log.info("opening the workspace failed", exc_info=True)
        if "lock" in str(error).lower():
            holder = re.search(r"PID (\d+)", str(error))
            raise WorkspaceBusy(
                f"The workspace `{path.name}` is open in another program"
                + (f" (process {holder.group(1)})." if holder else "."),
                "A workspace has one owner at a time.",
                "Close the other one, or choose another file with --workspace or SEGMENT_WORKSPACE.",
            ) from error
        raise WorkspaceProblem(
            f"The workspace `{path.name}` could not be opened.",
            "It may be damaged, not a workspace, or in a folder that cannot be written.",
            "It was left untouched. Choose another file with --workspace or SEGMENT_WORKSPACE.",
        ) from error


def _not_saved(what: str, found: str) -> StudioError:
    return WorkspaceProblem(f"Not saved: {what}.", found, "Nothing was changed; try again.")


def _roll_back(cursor: Cursor) -> None:
    try:
        cursor.execute("ROLLBACK")
    except duckdb.Error:
        log.info("nothing to roll back")
