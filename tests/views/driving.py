"""Driving the pages without a browser: open one, wait for the worker, read every text that it shows."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from engine.workspace import Workspace
from views import resources

ROOT = Path(__file__).parents[2]
PAGES = ("start", "table", "diagnose", "segments", "personas", "playbook", "reader", "library")
JOB_SECONDS = 120


@dataclass
class App:
    """The app over a workspace file of its own. `at` is the present session."""

    path: Path
    at: AppTest = field(init=False)

    def __post_init__(self) -> None:
        self.new_session()

    def new_session(self) -> "App":
        """Another tab: an empty session over the same workspace."""
        self.at = AppTest.from_file(ROOT / "views" / "app.py", default_timeout=90)
        return self

    @property
    def store(self) -> Workspace:
        """The workspace that the pages use."""
        return resources.workspace()

    @property
    def dataset(self) -> str:
        return self.store.datasets()[0].id

    @property
    def segmentation(self) -> str:
        return self.store.segmentations()[-1].id

    def open(self, page: str, *, segment: str = "") -> "App":
        """Go to a page with everything there is opened by the address, as a link would."""
        self.new_session()
        if self.store.datasets():
            self.at.query_params["dataset"] = self.dataset
        if self.store.segmentations():
            self.at.query_params["segmentation"] = self.segmentation
        if segment:
            self.at.query_params["segment"] = segment
        return self.go(page)

    def go(self, page: str) -> "App":
        """Go to a page in this session."""
        # The start page is the default one: its address, and so its hash, is not its file's name.
        if page == "start":
            self.at._page_hash = ""
            self.at._finished_page_script_hash = ""
        else:
            self.at.switch_page(f"{page}.py")
        return self.run()

    def run(self) -> "App":
        """Rerun; fails where the page raised."""
        self.at.run()
        assert not self.at.exception, [item.value for item in self.at.exception]
        return self

    def click(self, key: str) -> "App":
        self.at.button(key=key).click()
        return self.run()

    def fill(self, kind: str, key: str, value: Any) -> "App":
        """Give a widget a value, as a person does, and rerun."""
        getattr(self.at, kind)(key=key).set_value(value)
        return self.run()

    def edit(self, key: str, row: int, column: str, value: Any) -> "App":
        """Edit one cell of a grid and rerun."""
        self.at.session_state[key] = {
            "edited_rows": {row: {column: value}}, "added_rows": [], "deleted_rows": [],
        }  # fmt: skip
        return self.run()

    def wait(self, subject: str) -> "App":
        """Rerun when the job on this subject has ended, unless the page has told its end already."""
        return self.run() if self.until_ended(subject) else self

    def until_ended(self, subject: str) -> bool:
        """Wait for the end of the job on this subject; False where there is none."""
        deadline = time.monotonic() + JOB_SECONDS
        while (job := resources.jobs().find(subject)) and job.state == "running":
            assert time.monotonic() < deadline, f"{job.kind} did not end: {job.message}"
            time.sleep(0.02)
        return job is not None

    @property
    def title(self) -> str:
        return str(self.at.title[0].value)

    @property
    def keys(self) -> list[str]:
        """The keys of the buttons on the page."""
        return [button.key for button in self.at.button if button.key]

    @property
    def errors(self) -> list[str]:
        return [str(item.value) for item in self.at.error]

    @property
    def words(self) -> str:
        """Every text on the page, one a line, for finding a sentence."""
        return "\n".join(text for _, text in texts(self.at))


def grid(at: AppTest, column: str) -> Any:
    """The table on the page that has this column, as a frame."""
    return next(item.value for item in at.dataframe if column in item.value.columns)


def texts(at: AppTest) -> Iterator[tuple[str, str]]:
    """(message.field, text) for every text sent to the browser, blocks and their labels included."""
    for node in at._tree:
        proto = getattr(node, "proto", None)
        if isinstance(proto, Message):
            yield from _strings(proto, proto.DESCRIPTOR.name)


def _strings(message: Message, where: str) -> Iterator[tuple[str, str]]:
    for descriptor, value in message.ListFields():
        single = isinstance(value, Message | str)
        for item in [value] if single or not isinstance(value, Iterable) else value:
            if isinstance(item, Message):
                yield from _strings(item, f"{where}.{descriptor.name}")
            elif isinstance(item, str):
                yield f"{where}.{descriptor.name}", item
