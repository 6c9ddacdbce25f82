"""The app over workspaces at each stage; nothing of one test is seen by the next."""

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from engine.diagnose import diagnosis_id
from engine.intake import proposed_spec
from engine.model import Diagnosis
from engine.workspace import Workspace
from tests.views import seeds
from tests.views.driving import App
from views import resources

Start = Callable[[str], App]


@pytest.fixture(scope="session", autouse=True)
def _packages_are_looked_through_once() -> Iterator[None]:
    """Every AppTest reads the metadata of all installed packages, a seventh of its time; they stay the same."""
    with pytest.MonkeyPatch.context() as patch:
        once = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The file of a stage, made when first asked for."""
    folder = tmp_path_factory.mktemp("stages")

    def path(stage: str) -> Path:
        found = folder / f"{stage}.duckdb"
        if not found.exists():
            seeds.make(found, stage)
        return found

    return path


@pytest.fixture(scope="session")
def whole(stages: Callable[[str], Path]) -> Diagnosis:
    """The complete answer of the diagnosed table."""
    store = Workspace(stages("diagnosed"))
    dataset = store.datasets()[0]
    asked = diagnosis_id(proposed_spec(dataset), range(2, 11), seed=42, starts=10, quick=False)
    found = store.result(Diagnosis, asked)
    store.close()
    assert found is not None and found.stage == "complete"
    return found


@pytest.fixture
def start(stages: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """`start(stage)` is the app over a copy of that stage's workspace. Fails if a worker outlives it."""
    path = tmp_path / "workspace.duckdb"
    monkeypatch.setenv("SEGMENT_WORKSPACE", str(path))

    def begin(stage: str) -> App:
        shutil.copy(stages(stage), path)
        return App(path)

    yield begin
    resources.close()
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("worker")]
    assert left == [], "A worker thread outlived its test."


@pytest.fixture
def app(start: Start) -> App:
    """The app over an empty workspace."""
    return start("empty")


@pytest.fixture
def drafted(start: Start) -> App:
    """The Personas page at the first of three drafted segments."""
    return start("drafted").open("personas", segment="S1")
