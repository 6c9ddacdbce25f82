"""The studio starts, shows itself, and speaks to nobody; and the watch on it would notice if it did."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.driving import running, settled, watched

TALKER = """
import streamlit as st
st.markdown("![picture](https://example.com/picture.png)")
st.button("Think")
"""


def test_the_start_page_appears_and_speaks_to_nobody(page: Page) -> None:
    page.goto("/")
    settled(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    expect(page).to_have_title(re.compile("Segmentation Studio"))
    assert page.get_by_test_id("stMain").inner_text().strip()


def test_a_page_that_speaks_to_another_host_is_stopped_and_noticed(chromium: Browser, tmp_path: Path) -> None:
    script = tmp_path / "talker.py"
    script.write_text(TALKER, encoding="utf-8")
    with (
        running(tmp_path, tmp_path / "workspace.duckdb", script) as talker,
        watched(chromium, talker) as watch,
    ):
        watch.page.goto("/")
        settled(watch.page)
        expect(watch.page.get_by_role("button", name="Think")).to_be_visible()
    assert watch.strangers == ["https://example.com/picture.png"]
    assert len(watch.errors) == 1
