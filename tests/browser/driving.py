"""Driving the studio from outside: start it, wait for it, look at it."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from engine.workspace import Workspace
from tests.views import seeds

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "images"
START_SECONDS = 60

_IS_SETTLED = """() => {
    const app = document.querySelector('[data-test-script-state]');
    const quiet = app
        && app.getAttribute('data-test-script-state') === 'notRunning'
        && !document.querySelector('[data-stale="true"]')
        && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stSpinner"]');
    window.quietLooks = quiet ? (window.quietLooks || 0) + 1 : 0;
    return window.quietLooks >= 4;
}"""


@dataclass(frozen=True)
class Studio:
    """A running studio: its address, the folder it works in, and what it has written to its log.

    `place`: the query of an address that opens the segmentation it was seeded with.
    """

    url: str
    home: Path
    workspace: Path
    log_file: Path
    place: str = ""

    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")


@dataclass
class Watch:
    """What a page did that it should not have: addresses elsewhere it reached for, errors it wrote."""

    page: Page
    strangers: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def running(home: Path, workspace: Path, script: Path = ROOT / "streamlit_app.py") -> Iterator[Studio]:
    """The studio in a process of its own on a free port, until the block ends.

    Raises RuntimeError with the end of its log when it is not healthy within START_SECONDS.
    """
    home.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    studio = Studio(f"http://127.0.0.1:{port}", home, workspace, home / f"studio-{port}.log")
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port), "--server.headless", "true"]
    environment = {**os.environ, "HOME": str(home), "SEGMENT_WORKSPACE": str(workspace)}
    with studio.log_file.open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_until_healthy(studio, process)
            yield studio
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def seeded(home: Path, stage: str, script: Path = ROOT / "streamlit_app.py") -> Iterator[Studio]:
    """The studio over a workspace that seeds.make has brought to this stage."""
    path = home / "workspace.duckdb"
    seeds.make(path, stage)
    store = Workspace(path)
    made = store.segmentations()[0]
    store.close()
    with running(home, path, script) as started:
        yield replace(started, place=f"segmentation={made.id}&dataset={made.spec.dataset}")


@contextmanager
def watched(browser: Browser, studio: Studio, *, policy: bool = True) -> Iterator[Watch]:
    """An empty page of 1280 x 800 with the studio as its base address; requests elsewhere are stopped.

    Without `policy` the browser takes no notice of the content-security policy, so that what only the
    policy holds back is seen.
    """
    context = browser.new_context(
        base_url=studio.url,
        viewport={"width": 1280, "height": 800},
        locale="en-US",
        color_scheme="light",
        bypass_csp=not policy,
    )
    watch = Watch(context.new_page())

    def admit(route: Route) -> None:
        if _is_of(studio, route.request.url):
            route.continue_()
        else:
            watch.strangers.append(route.request.url)
            route.abort()

    context.route("**/*", admit)
    page = watch.page
    page.on("websocket", lambda it: None if _is_of(studio, it.url) else watch.strangers.append(it.url))
    page.on(
        "console",
        lambda it: watch.errors.append(it.text) if it.type == "error" and not _is_probe(studio, it) else None,
    )
    page.on("pageerror", lambda it: watch.errors.append(str(it)))
    yield watch
    context.close()


def settled(page: Page, seconds: float = 60) -> None:
    """Wait until the script has run, nothing on the page is stale, and it stays so for a moment."""
    page.evaluate("window.quietLooks = 0")
    page.wait_for_function(_IS_SETTLED, polling=75, timeout=1_000 * seconds)


def picture(page: Page, name: str) -> None:
    """Save what the page shows as docs/images/NAME.png; only under `make pictures`."""
    if os.environ.get("MAKE_PICTURES") == "1":
        settled(page)
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")


def _is_of(studio: Studio, address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("data", "blob", "about") or parts.netloc == urlsplit(studio.url).netloc


def _is_probe(studio: Studio, message: ConsoleMessage) -> bool:
    """Whether this is a 404 of Streamlit's own: on a link to a page its client first asks whether the
    app is served below that page's address, and the browser writes the two refusals to the console."""
    probe = re.escape(studio.url) + r"/[a-z]+/_stcore/(health|host-config)"
    return "status of 404" in message.text and bool(re.fullmatch(probe, message.location["url"]))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _wait_until_healthy(studio: Studio, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The studio stopped at once. The end of its log:\n{studio.log()[-3000:]}")
        if _answers(studio):
            return
        time.sleep(0.1)
    raise RuntimeError(f"The studio was not healthy within {START_SECONDS} s:\n{studio.log()[-3000:]}")


def _answers(studio: Studio) -> bool:
    connection = http.client.HTTPConnection(urlsplit(studio.url).netloc, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
