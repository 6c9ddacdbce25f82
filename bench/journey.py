"""From the start page to a downloaded playbook on demo data with defaults: clicks and seconds.

Drives the running app in real Chromium as tests/browser does. Usage: python -m bench.journey
"""

import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.machine import describe
from tests.browser.chromium import find
from tests.browser.conftest import ARGUMENTS
from tests.browser.driving import running, settled
from tests.browser.test_journeys import Hand, button, make_suggested, title, to_playbook


def main() -> None:
    print(describe())
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "home", Path(folder) / "w.duckdb") as studio,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        page = browser.new_page(base_url=studio.url)
        page.goto("/")
        settled(page, 120)
        hand = Hand()
        began = time.perf_counter()
        hand.press(button(page, "^Open the demo"))
        title(page, r"accounts, \d+ columns")
        hand.press(button(page, "^Diagnose .*accounts"))
        text = to_playbook(page, make_suggested(page, hand), hand)
        seconds = time.perf_counter() - began
        browser.close()
    print(f"{hand.clicks} clicks, {seconds:.0f} seconds, a playbook of {len(text.split()):,} words")


if __name__ == "__main__":
    main()
