"""Leaving a page that watches a job leads to the other page, and it stays."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import Studio, seeded

PATIENCE = 60_000
WATCHES = 4
"""So many looks of the watch after the press: each of them could draw the old page again."""


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with seeded(
        tmp_path_factory.mktemp("leaving"), "approved", Path(__file__).with_name("busy.py")
    ) as started:
        yield started


def test_the_playbook_opened_while_a_draft_is_watched_stays_on_the_screen(page: Page, studio: Studio) -> None:
    page.goto(f"/personas?{studio.place}")
    expect(page.get_by_text(re.compile("so far$"))).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="Open the playbook").click()
    heading = page.get_by_role("heading", name="How to read the segments")
    expect(heading).to_be_visible(timeout=PATIENCE)
    page.wait_for_timeout(400 * WATCHES)
    expect(heading).to_be_visible()
