"""A diagnosis in a real browser: figures appear as they land, outlive a cancel, and a press on a point chooses."""

import random
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.driving import settled
from tests.browser.test_journeys import PATIENCE, button, nothing_failed, title, upload

MIDDLES = ((0, 0, 0, 0), (6, 0, 6, 0), (0, 6, 0, 6), (6, 6, 0, 0))


def blobs(path: Path, rows: int = 2_000) -> Path:
    """Four groups, six standard deviations apart on two of four columns or more."""
    chance = random.Random(5)
    lines = ["account_id,spend,visits,emails,calls"]
    for number in range(rows):
        middle = chance.choices(MIDDLES, (4, 3, 2, 1))[0]
        values = ",".join(f"{100 + 10 * chance.gauss(place, 1):.2f}" for place in middle)
        lines.append(f"B{number:05d},{values}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_what_landed_outlives_a_cancel_and_a_press_on_a_point_chooses(page: Page, tmp_path: Path) -> None:
    upload(page, blobs(tmp_path / "Blobs.csv"))
    title(page, "2,000 accounts")
    nothing_failed(page)
    button(page, "^Diagnose .*accounts").click()
    title(page, "^Comparing 2 to 10 segments")
    expect(page.get_by_text("exact", exact=True).first).to_be_visible(timeout=PATIENCE)
    expect(button(page, "^Make 4 segments")).to_be_disabled()
    button(page, "^Cancel$").click()
    expect(button(page, "^Finish the diagnosis")).to_be_visible(timeout=PATIENCE)
    settled(page, 120)
    page.reload()
    expect(page.get_by_text(re.compile("Still to come: .*gaps"))).to_be_visible(timeout=PATIENCE)
    nothing_failed(page)
    expect(page.get_by_text("Mean silhouette, −1 to 1")).to_be_visible()
    points = page.get_by_test_id("stPlotlyChart").nth(1).locator(".scatterlayer .point")
    expect(points).to_have_count(9)
    points.first.scroll_into_view_if_needed()
    place = points.first.bounding_box()
    assert place
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(button(page, "^Make 2 segments")).to_be_enabled(timeout=PATIENCE)
    nothing_failed(page)
