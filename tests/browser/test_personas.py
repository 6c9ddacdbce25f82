"""A persona under an analyst's hands: evidence, a false number, its fix, a reason, two tabs, the way back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.driving import Studio, seeded, settled

PATIENCE = 150_000


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """Three drafted personas."""
    with seeded(tmp_path_factory.mktemp("personas"), "drafted") as started:
        yield started


def open_persona(page: Page, studio: Studio, segment: str) -> None:
    page.goto(f"/personas?{studio.place}&segment={segment}")
    expect(button(page, "^Edit$")).to_be_visible(timeout=PATIENCE)
    settled(page, 120)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(name)).first


def press(page: Page, name: str) -> None:
    expect(button(page, name)).to_be_enabled(timeout=PATIENCE)
    button(page, name).click()


def type_into(page: Page, label: str, text: str) -> None:
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.blur()


def test_a_false_number_is_mended_by_a_press_and_another_is_kept_with_a_reason(
    page: Page, studio: Studio
) -> None:
    open_persona(page, studio, "S1")
    page.locator("[class*='st-key-chip-bullets-0']").get_by_role("button").click()
    expect(page.get_by_text("Evidence: Point 1")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".st-key-evidence .js-plotly-plot").first).to_be_visible(timeout=PATIENCE)
    press(page, "^Edit$")
    limit = "Scripts average 21, below all accounts. Emails opened average 99."
    expect(page.get_by_label("Keep in mind", exact=True)).to_be_visible(timeout=PATIENCE)
    type_into(page, "Keep in mind", limit)
    press(page, "^Save version 2$")
    expect(button(page, "^Approve$")).to_be_disabled(timeout=PATIENCE)
    press(page, "^Change to “19")
    press(page, "^Keep it as my statement")
    type_into(page, "Your reason", "Counted anew in November")
    press(page, "^Keep it$")
    expect(page.get_by_text("analyst-asserted")).to_be_visible(timeout=PATIENCE)
    page.get_by_text("Versions and record: 4").click()
    expect(page.get_by_text("The record is whole")).to_be_visible(timeout=PATIENCE)
    press(page, "^Approve$")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 approved", timeout=PATIENCE)


def test_two_tabs_that_edit_one_persona_lose_neither_text(page: Page, studio: Studio) -> None:
    open_persona(page, studio, "S2")
    press(page, "^Edit$")
    other = page.context.new_page()
    open_persona_form(other, studio)
    type_into(other, "Tagline", "From the other tab")
    press(other, "^Save version 2$")
    expect(button(other, "^Edit$")).to_be_visible(timeout=PATIENCE)
    type_into(page, "Interpretation, not measured", "From the first tab")
    expect(page.get_by_text("Version 2 was saved in the meantime")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("From the other tab").first).to_be_visible()
    settled(page, 120)
    press(page, "^Save mine as version 3$")
    expect(button(page, "^Edit$")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Versions and record: 3")).to_be_visible(timeout=PATIENCE)


def open_persona_form(page: Page, studio: Studio) -> None:
    open_persona(page, studio, "S2")
    press(page, "^Edit$")
    expect(page.get_by_label("Tagline", exact=True)).to_be_visible(timeout=PATIENCE)
    settled(page, 120)


def test_one_press_back_leads_one_page_back(page: Page, studio: Studio) -> None:
    page.goto(f"/segments?{studio.place}")
    press(page, "^Open the personas$")
    expect(button(page, "^Edit$")).to_be_visible(timeout=PATIENCE)
    settled(page, 120)
    page.get_by_role("link", name="Library").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("segmentation", timeout=PATIENCE)
    settled(page, 120)
    page.go_back()
    expect(button(page, "^Edit$")).to_be_visible(timeout=PATIENCE)
    settled(page, 120)
    page.go_back()
    expect(button(page, "^Open the personas$")).to_be_visible(timeout=PATIENCE)


def test_on_a_telephone_the_list_is_a_picker_and_the_evidence_stands_below(
    page: Page, studio: Studio
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_persona(page, studio, "S3")
    expect(page.locator(".st-key-segment-picker")).to_be_visible()
    expect(page.locator(".st-key-segment-list")).to_be_hidden()
    chips = page.get_by_test_id("stMain").locator("[class*='st-key-chip-']").get_by_role("button")
    chips.nth(2).click()
    expect(page.locator(".st-key-evidence-below")).to_contain_text("All accounts", timeout=PATIENCE)
    expect(page.locator(".st-key-evidence-below")).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")
