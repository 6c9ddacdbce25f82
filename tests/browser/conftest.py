"""A real Chromium against a really running studio, and nothing else of the world."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import MISSING, find
from tests.browser.driving import ROOT, Studio, running, watched

HERE = Path(__file__).parent
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
)

_FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies here as browser tests, and run it last: the quick tests speak first."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let the page fixture know that its test failed."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


# Playwright's loop stays set in this thread while it is open: it is closed before other rooms' tests.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all; without one the tests fail, for a skipped browser test proves nothing."""
    program = find()
    if program is None:
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """The studio with an empty workspace; each test file has its own."""
    home = tmp_path_factory.mktemp("studio")
    with running(home, home / "workspace.duckdb") as started:
        yield started


@pytest.fixture
def page(chromium: Browser, studio: Studio, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty page of 1280 x 800 whose base address is the studio's.

    The test fails if the page reached for another host (which is stopped), if it wrote an error to its
    console, or if the studio logged a traceback. A failed test leaves its last sight in
    out/browser.
    """
    with watched(chromium, studio) as watch:
        yield watch.page
        if request.node.stash.get(_FAILED, False):
            watch.page.screenshot(path=ROOT / "out" / "browser" / f"{request.node.name}.png")
    assert watch.strangers == [], "The page reached for another host."
    assert watch.errors == [], "The page wrote errors to its console."
    assert "Traceback" not in studio.log(), studio.log()[-3000:]
