"""What all sessions share: the workspace, the worker, and engine calls cached by content id."""

import argparse
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import platformdirs
import streamlit as st

from engine import record, sources
from engine.errors import Cancelled, ColumnProblem, NotFound, StudioError
from engine.features import BeforeAfter, before_after
from engine.filters import count_rows, population, preview
from engine.model import Dataset, Diagnosis, Features, FeatureSpec, Projection
from engine.partitions import SilhouetteProfile, flows, silhouette_profile
from engine.projection import project
from engine.repeats import Repeats, repeats
from engine.segment import features_of
from engine.workspace import Workspace
from engine.zeros import alike, zero_counts

log = logging.getLogger(__name__)

Report = Callable[[str, float], None]

PACE_SECONDS, PACE_FRACTION = 4.0, 0.08
"""Less than this is no pace to say from how much longer a computation takes."""


def workspace_path() -> Path:
    """--workspace, else SEGMENT_WORKSPACE, else workspace.duckdb in the user's data directory."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--workspace", type=Path)
    given = parser.parse_known_args(sys.argv[1:])[0].workspace or os.environ.get("SEGMENT_WORKSPACE")
    return Path(given or platformdirs.user_data_path("segmentation-studio") / "workspace.duckdb")


@st.cache_resource(show_spinner=False, on_release=lambda opened: opened.close())
def workspace() -> Workspace:
    """The one open workspace of this process."""
    return Workspace(workspace_path())


# --- Work in the background ---------------------------------------------------------------------


@dataclass
class Job:
    """A computation in the worker. `subject` is the content id of what it will store, `about` that of what
    it is computed from; `landed` names the part that was stored last, so that a page can tell that there is
    more to show."""

    subject: str
    kind: str
    about: str = ""
    message: str = "Waiting for its turn"
    fraction: float = 0.0
    state: str = "running"
    problem: str = ""
    landed: str = ""
    stop: threading.Event = field(default_factory=threading.Event)
    begun: float = field(default_factory=time.monotonic)
    since: tuple[float, float] = (0.0, 0.0)
    """Seconds after it had begun, and the fraction, from which its pace is taken."""

    def report(self, message: str, fraction: float) -> None:
        if self.stop.is_set():
            raise Cancelled
        self.message, self.fraction = message, min(max(fraction, 0.0), 1.0)

    def seconds(self) -> float:
        """How long ago it began; the wait for a free worker is not counted."""
        return time.monotonic() - self.begun

    def seconds_left(self) -> float | None:
        """How much longer at the pace since the last part landed; None while that is too little to go by."""
        seconds, fraction = self.seconds() - self.since[0], self.fraction - self.since[1]
        if seconds < PACE_SECONDS or fraction < PACE_FRACTION:
            return None
        return (1.0 - self.fraction) * seconds / fraction


class Jobs:
    """Two workers for all sessions, so that a slow model never holds up the numbers. No streamlit calls."""

    def __init__(self, store: Workspace) -> None:
        self._store = store
        self._worker = ThreadPoolExecutor(max_workers=2, thread_name_prefix="worker")
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def start(self, subject: str, kind: str, work: Callable[[Report], None], *, about: str = "") -> Job:
        """Run `work(report)` in the worker, once: a job that is running already is returned as it is."""
        with self._lock:
            found = self._jobs.get(subject)
            if found and found.state == "running":
                return found
            job = self._jobs[subject] = Job(subject, kind, about)
        try:
            self._store.note_job(subject, kind, "running")
            self._worker.submit(self._run, job, work)
        except BaseException:
            job.state = "failed"
            self.drop(subject)
            raise
        return job

    def find(self, subject: str) -> Job | None:
        return self._jobs.get(subject)

    def running(self, kind: str, about: str) -> Job | None:
        """The job of this kind that is under way on this, if there is one."""
        wanted = (kind, about, "running")
        return next(
            (job for job in list(self._jobs.values()) if (job.kind, job.about, job.state) == wanted), None
        )

    def land(self, subject: str, part: str) -> None:
        """Tell that a part of the answer has been stored."""
        job = self._jobs.get(subject)
        if job:
            job.landed, job.since = part, (job.seconds(), job.fraction)

    def drop(self, subject: str) -> None:
        """Forget a job that ended, so that its message is not shown again."""
        with self._lock:
            job = self._jobs.get(subject)
            if job and job.state != "running":
                del self._jobs[subject]

    def close(self) -> None:
        for job in self._jobs.values():
            job.stop.set()
        self._worker.shutdown(wait=True)

    def _run(self, job: Job, work: Callable[[Report], None]) -> None:
        state, problem = "done", ""
        job.begun = time.monotonic()
        try:
            job.report("Starting", 0.0)
            work(job.report)
        except Cancelled:
            state = "cancelled"
        except StudioError as error:
            state, problem = "failed", str(error)
        except Exception:
            log.exception("job %s failed", job.kind)
            state = "failed"
            problem = "This met something unexpected. Nothing was changed; the details are in the app's log."
        try:
            self._store.note_job(job.subject, job.kind, state, problem)
        finally:
            job.problem, job.state = problem, state


@st.cache_resource(show_spinner=False, on_release=lambda opened: opened.close())
def jobs() -> Jobs:
    return Jobs(workspace())


def close() -> None:
    """End the worker, then the workspace: everything is in the file."""
    jobs.clear()
    workspace.clear()


# --- The engine, cached by content id -----------------------------------------------------------


def demo_dataset(table: str) -> Dataset:
    """A demo table; made at the first start, or now where that has not happened yet."""
    with _demo_lock:
        return sources.bring_demo(workspace(), table)


def make_demo() -> None:
    """Bring every demo table into the workspace. Called once, at the server's start, in its own thread."""
    try:
        for table in sources.DEMO_TABLES:
            demo_dataset(table)
    except StudioError as problem:
        log.warning("the demo tables were not made: %s", problem)


_demo_lock = threading.Lock()


@st.cache_resource(max_entries=8, show_spinner=False)
def first_rows(dataset_id: str, limit: int) -> pd.DataFrame:
    """The beginning of a table under its own headers."""
    store = workspace()
    dataset = store.dataset(dataset_id)
    with store.reading() as cursor:
        return preview(cursor, dataset, limit)


@st.cache_resource(max_entries=16, show_spinner=False)
def key_problem(spec_text: str) -> str:
    """What is wrong with the key on the rows that the filters keep; empty when nothing is."""
    spec = record.load(FeatureSpec, spec_text)
    store = workspace()
    dataset = store.dataset(spec.dataset)
    with store.reading() as cursor:
        try:
            population(cursor, dataset, spec, [])
        except ColumnProblem as problem:
            return str(problem)
    return ""


@st.cache_resource(max_entries=16, show_spinner=False)
def repeats_of(spec_text: str, column: str) -> Repeats | None:
    """The repeats of a column among the rows that the filters keep."""
    spec = record.load(FeatureSpec, spec_text)
    store = workspace()
    with store.reading() as cursor:
        return repeats(cursor, store.dataset(spec.dataset), spec, column)


@st.cache_resource(max_entries=32, show_spinner=False)
def rows_of(spec_text: str) -> int:
    """How many rows a specification keeps; 0 where a filter cannot be applied."""
    spec = record.load(FeatureSpec, spec_text)
    store = workspace()
    dataset = store.dataset(spec.dataset)
    try:
        with store.reading() as cursor:
            return count_rows(cursor, dataset, spec)
    except ColumnProblem:
        return 0


@st.cache_resource(max_entries=16, show_spinner=False)
def zeros_of(dataset_id: str) -> dict[str, int]:
    """How many rows of a table hold 0, by column of numbers."""
    store = workspace()
    with store.reading() as cursor:
        return zero_counts(cursor, store.dataset(dataset_id))


@st.cache_resource(max_entries=16, show_spinner=False)
def zeros_alike(dataset_id: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The other columns that are 0 where one of these is, and hardly anywhere else."""
    store = workspace()
    with store.reading() as cursor:
        return alike(cursor, store.dataset(dataset_id), names, zeros_of(dataset_id))


@st.cache_resource(max_entries=3, show_spinner=False)
def features(spec_text: str) -> Features:
    """The prepared matrix of a specification, given as its JSON."""
    return features_of(workspace(), record.load(FeatureSpec, spec_text))


@st.cache_resource(max_entries=16, show_spinner=False)
def before_after_of(spec_text: str, column: str) -> BeforeAfter:
    """One numeric column as it came and as it is clustered on."""
    prepared = features(spec_text)
    store = workspace()
    dataset = store.dataset(prepared.spec.dataset)
    with store.reading() as cursor:
        return before_after(prepared, population(cursor, dataset, prepared.spec, [column])[column])


@st.cache_resource(max_entries=8, show_spinner=False)
def projection(recipe: str, spec_text: str) -> Projection:
    """The map of a k-means segmentation; drawn from at most 5,000 accounts."""
    prepared = features(spec_text)
    assignments = workspace().assignments(recipe)
    dataset = workspace().dataset(prepared.spec.dataset)
    labels = {column.name: column.meaning.label for column in dataset.columns}
    return project(prepared, assignments["segment"].to_numpy(), names=labels)


@st.cache_resource(max_entries=16, show_spinner=False)
def silhouette_profile_of(diagnosis_id: str, spec_text: str, k: int) -> SilhouetteProfile:
    """The blades of one k of a stored diagnosis; at most some thousand accounts are measured."""
    return silhouette_profile(features(spec_text).matrix, _centres(diagnosis_id, k))


@st.cache_resource(max_entries=8, show_spinner=False)
def flows_of(diagnosis_id: str, spec_text: str, ks: tuple[int, ...]) -> tuple[np.ndarray, ...]:
    """Who goes where from each of these k of a stored diagnosis to the next."""
    return flows(features(spec_text).matrix, [_centres(diagnosis_id, k) for k in ks])


def _centres(diagnosis_id: str, k: int) -> np.ndarray:
    found = workspace().result(Diagnosis, diagnosis_id)
    result = found.at(k) if found else None
    if result is None:
        raise NotFound(f"No diagnosis `{diagnosis_id}` of {k} segments.", do="Diagnose again.")
    return np.array(result.centres)
