"""Starting a diagnosis and finding it again: what the Data and the Diagnose page share."""

from dataclasses import dataclass

from engine import record
from engine.diagnose import diagnose, diagnosis_id
from engine.model import Diagnosis, FeatureSpec
from engine.segment import features_of
from views import resources


@dataclass(frozen=True)
class Question:
    """What is asked of a diagnosis beside the specification."""

    low: int = 2
    high: int = 10
    seed: int = 42
    starts: int = 10
    quick: bool = False

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


def start(spec: FeatureSpec) -> None:
    """Begin in the worker, unless the answer is there already."""
    asked = question(spec.dataset)
    store = resources.workspace()
    answer_id = subject(spec, asked)
    if store.result(Diagnosis, answer_id):
        return

    def work(report: resources.Report) -> None:
        report("Preparing the columns", 0.0)
        found = diagnose(
            features_of(store, spec),
            asked.ks,
            seed=asked.seed,
            starts=asked.starts,
            quick=asked.quick,
            report=report,
        )
        store.save_result(answer_id, found)

    resources.jobs().start(answer_id, "diagnosis", work)
