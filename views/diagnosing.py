"""Starting a diagnosis and finding it again: what the Data and the Diagnose page share."""

from dataclasses import dataclass
from typing import get_args

from engine import record
from engine.advice import SMALLEST_SHARE
from engine.diagnose import diagnose, diagnosis_id
from engine.model import Diagnosis, FeatureSpec, Stage
from engine.segment import features_of
from views import resources

STAGES: tuple[Stage, ...] = get_args(Stage)
KIND = "diagnosis"
"""What the worker calls this kind of work."""


@dataclass(frozen=True)
class Question:
    """What is asked of a diagnosis beside the specification. smallest: the share of all accounts below which
    a segment is warned of; no figure depends on it."""

    low: int = 2
    high: int = 10
    seed: int = 42
    starts: int = 10
    quick: bool = False
    smallest: float = SMALLEST_SHARE

    @property
    def ks(self) -> range:
        return range(self.low, self.high + 1)


def question(dataset_id: str) -> Question:
    """The question last asked of this dataset."""
    kept = resources.workspace().setting(f"question {dataset_id}")
    return record.load(Question, kept) if kept else Question()


def ask(dataset_id: str, asked: Question) -> None:
    """Make this the dataset's question; it survives a reload."""
    resources.workspace().save_setting(f"question {dataset_id}", record.dump(asked))


def subject(spec: FeatureSpec, asked: Question) -> str:
    """The content id of the answer."""
    return diagnosis_id(spec, asked.ks, seed=asked.seed, starts=asked.starts, quick=asked.quick)


def running(dataset_id: str) -> resources.Job | None:
    """The diagnosis of this table that is under way, of whatever columns."""
    return resources.jobs().running(KIND, dataset_id)


def start(spec: FeatureSpec) -> None:
    """Begin in the worker, unless the whole answer is there already.

    Each stage of the answer is stored as it lands, under the id of the whole, unless a later one is there:
    what was computed outlives a cancel, and an answer never becomes less.
    """
    asked = question(spec.dataset)
    store, jobs = resources.workspace(), resources.jobs()
    answer_id = subject(spec, asked)
    found = store.result(Diagnosis, answer_id)
    if found and found.stage == "complete":
        return
    reached = STAGES.index(found.stage) if found else -1

    def deliver(answer: Diagnosis) -> None:
        if STAGES.index(answer.stage) > reached:
            store.save_result(answer_id, answer)
        jobs.land(answer_id, answer.stage)

    def work(report: resources.Report) -> None:
        report("Preparing the columns", 0.0)
        diagnose(
            features_of(store, spec),
            asked.ks,
            seed=asked.seed,
            starts=asked.starts,
            quick=asked.quick,
            report=report,
            deliver=deliver,
        )

    jobs.start(answer_id, KIND, work, about=spec.dataset)
