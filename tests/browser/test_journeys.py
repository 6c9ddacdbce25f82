"""Whole ways through the app, as a person goes them: from a table to a playbook in hand, and back again."""

import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from streamlit_app import POLICY
from tests.browser.driving import Studio, picture, settled, watched

PATIENCE = 150_000
"""Milliseconds; the machine may be busy with other things."""

MOST_CLICKS = 12
EVIL = "<img src=//evil.test/x> ![](http://evil.test/y)"


class Hand:
    """Presses what it is given and counts; one of them takes the README's pictures on its way."""

    def __init__(self, *, pictures: bool = False) -> None:
        self.clicks = 0
        self.pictures = pictures

    def show(self, page: Page, name: str) -> None:
        if self.pictures:
            picture(page, name)

    def press(self, target: Locator) -> None:
        expect(target).to_be_enabled(timeout=PATIENCE)
        target.click()
        self.clicks += 1


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(name)).first


def title(page: Page, words: str) -> None:
    """Wait for the page's sentence."""
    expect(page.get_by_role("heading", level=1, name=re.compile(words))).to_be_visible(timeout=PATIENCE)


def nothing_failed(page: Page) -> None:
    settled(page, 120)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)


def accounts(path: Path, rows: int = 400) -> Path:
    """Two plain groups in a table with semicolons and decimal commas."""
    chance = random.Random(11)
    lines = ["Kunde;Umsatz;Besuche;Anteil;Region"]
    for number in range(rows):
        large = number % 5 < 2
        spend = chance.gauss(900 if large else 200, 40)
        visits = chance.gauss(14 if large else 4, 1)
        share = chance.gauss(0.6 if large else 0.2, 0.03)
        numbers = ";".join(f"{value:.2f}".replace(".", ",") for value in (spend, visits, share))
        lines.append(f"K-{number:04d};{numbers};{chance.choice(['Nord', 'Süd'])}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def upload(page: Page, path: Path) -> None:
    page.goto("/")
    settled(page, 120)
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(path)


def make(page: Page, path: Path, hand: Hand | None = None) -> int:
    """From a file to its segments on the screen; returns how many there are."""
    hand = hand or Hand()
    upload(page, path)
    title(page, r"accounts, \d+ columns")
    nothing_failed(page)
    hand.press(button(page, r"^Diagnose .*accounts"))
    return make_suggested(page, hand)


def make_suggested(page: Page, hand: Hand) -> int:
    made = button(page, r"^Make \d+ segments")
    expect(made).to_be_enabled(timeout=PATIENCE)
    nothing_failed(page)
    k = int(re.sub(r"\D", "", made.inner_text()))
    hand.show(page, "diagnose")
    hand.press(made)
    title(page, rf"^{k} segments of")
    nothing_failed(page)
    return k


def approve_all(page: Page, k: int, hand: Hand) -> None:
    for done in range(k):
        title(page, rf"^{k} personas, {done} approved")
        settled(page, 120)
        if done == 0:
            hand.show(page, "personas")
        hand.press(button(page, "^Approve$"))
    title(page, "personas are approved")


def take_away(page: Page, hand: Hand) -> str:
    """The markdown that Download gives."""
    with page.expect_download(timeout=PATIENCE) as started:
        hand.press(button(page, "^Download markdown"))
    assert re.fullmatch(r"playbook-[a-z0-9-]+\.md", started.value.suggested_filename)
    return Path(started.value.path()).read_text(encoding="utf-8")


def to_playbook(page: Page, k: int, hand: Hand) -> str:
    """From the segments to the downloaded playbook, every persona approved."""
    hand.press(button(page, "^Draft personas"))
    approve_all(page, k, hand)
    hand.press(button(page, "^Open the playbook"))
    expect(button(page, "^Download markdown")).to_be_visible(timeout=PATIENCE)
    nothing_failed(page)
    text = take_away(page, hand)
    headings = re.findall(r"^## (.+ \(S\d+\))$", text, flags=re.MULTILINE)
    assert len(headings) == k
    for heading in headings:
        shown = page.get_by_role("heading", level=2, name=heading.replace("\\", ""), exact=True)
        expect(shown).to_be_visible()
    assert "No approved persona" not in text
    return text


# --- The ways -----------------------------------------------------------------------------------


def test_from_the_demo_to_a_playbook_in_hand_in_few_clicks(page: Page) -> None:
    hand = Hand(pictures=True)
    page.goto("/")
    nothing_failed(page)
    picture(page, "start")
    hand.press(button(page, "^Open the demo"))
    title(page, "50,000 accounts")
    nothing_failed(page)
    picture(page, "data")
    hand.press(button(page, r"^Diagnose .*accounts"))
    k = make_suggested(page, hand)
    picture(page, "segments")
    text = to_playbook(page, k, hand)
    picture(page, "playbook")
    assert text.startswith("# ") and "50,000 prescribers" in text
    assert hand.clicks <= MOST_CLICKS, f"It took {hand.clicks} clicks."


def test_the_playbook_is_readable_on_a_telephone_and_the_segments_in_the_dark(
    page: Page, tmp_path: Path
) -> None:
    make(page, accounts(tmp_path / "Kunden.csv"))
    page.emulate_media(color_scheme="dark")
    page.reload()
    title(page, r"segments of")
    nothing_failed(page)
    ground = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", ground)[:3]) < 60
    picture(page, "segments-dark")
    page.emulate_media(color_scheme="light")
    button(page, "^Draft personas").click()
    title(page, "personas, 0 approved")
    settled(page, 120)
    button(page, "^Approve$").click()
    title(page, "personas, 1 approved")
    settled(page, 120)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(re.sub(r"/personas", "/playbook", page.url))
    expect(button(page, "^Download markdown")).to_be_visible(timeout=PATIENCE)
    nothing_failed(page)
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")
    picture(page, "playbook-390")


def test_a_reload_a_new_browser_and_the_library_lead_back_to_the_same_place(
    page: Page, chromium: Browser, studio: Studio, tmp_path: Path
) -> None:
    k = make(page, accounts(tmp_path / "Kunden.csv"))
    assert k == 2
    expect(page.get_by_text("240 accounts, 60%").first).to_be_visible()
    address = page.url
    assert re.search(r"/segments\?.*dataset=[0-9a-f]{16}", address)
    segmentation = re.search(r"segmentation=([0-9a-f]{12})", address)
    assert segmentation
    rename_first(page, "The many")
    page.reload()
    title(page, rf"^{k} segments of 400 accounts")
    nothing_failed(page)
    assert page.url == address
    expect(first_name(page)).to_have_value("The many")
    page.context.close()
    with watched(chromium, studio) as again:
        again.page.goto("/library")
        title(again.page, "segmentation")
        settled(again.page, 120)
        entry = again.page.locator(f"[class*='st-key-entry-{segmentation.group(1)}']")
        expect(entry).to_contain_text("Kunden")
        entry.get_by_role("button", name="Open").click()
        title(again.page, rf"^{k} segments of 400 accounts")
        nothing_failed(again.page)
        expect(first_name(again.page)).to_have_value("The many")
        assert segmentation.group(0) in again.page.url
    assert (again.strangers, again.errors) == ([], [])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("report.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(page: Page, tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    upload(page, path)
    problem = page.get_by_test_id("stAlertContentError")
    expect(problem).to_be_visible(timeout=PATIENCE)
    settled(page, 120)
    said = problem.inner_text()
    assert len(said) > 20 and "Traceback" not in said and str(tmp_path) not in said and "/tmp" not in said  # noqa: S108
    expect(page.get_by_test_id("stException")).to_have_count(0)
    title(page, "From a table")


def test_every_answer_carries_the_content_policy(page: Page) -> None:
    answer = page.goto("/")
    assert answer is not None
    assert answer.headers["content-security-policy"] == POLICY
    assert "default-src 'self'" in POLICY and "http:" not in POLICY and "https:" not in POLICY
    assert page.request.get("/_stcore/health").headers["content-security-policy"] == POLICY
    settled(page, 120)


def test_a_link_to_a_page_with_nothing_open_leads_on(page: Page) -> None:
    for address in ("/table", "/diagnose", "/segments", "/personas", "/playbook", "/library"):
        page.goto(address)
        nothing_failed(page)
        expect(button(page, "^(Go to the start|Diagnose|Open)$")).to_be_visible()


def first_name(page: Page) -> Locator:
    """The field that holds the name of S1, opened where it is not."""
    field = page.get_by_label("Name of S1")
    if not field.is_visible():
        button(page, "^Rename").click()
    return field


def rename_first(page: Page, name: str) -> None:
    field = first_name(page)
    field.fill(name)
    field.press("Enter")
    nothing_failed(page)
    expect(first_name(page)).to_have_value(name)


def test_hostile_names_reach_for_no_other_host_even_without_the_policy(
    chromium: Browser, studio: Studio, tmp_path: Path
) -> None:
    path = accounts(tmp_path / "Hostile.csv")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Umsatz", "![](http://evil.test/c)").replace("Nord", EVIL), encoding="utf-8")
    with watched(chromium, studio, policy=False) as watch:
        page = watch.page
        make(page, path)
        rename_first(page, EVIL)
        page.reload()
        nothing_failed(page)
        expect(first_name(page)).to_have_value(EVIL)
        page.get_by_text("Every difference, ranked").click()
        settled(page, 120)
        button(page, "^Draft personas").click()
        title(page, r"personas, \d approved")
        settled(page, 120)
        button(page, "^Edit$").click()
        name = page.get_by_label(re.compile("^Name"))
        name.fill("Big ![](http://evil.test/p)")
        name.press("Enter")
        settled(page, 120)
        button(page, "^Save version 2").click()
        expect(page.get_by_role("heading", level=2, name=re.compile("evil"))).to_be_visible(timeout=PATIENCE)
        settled(page, 120)
        ids = page.url.partition("?")[2]
        for place in ("table", "diagnose", "playbook", "library"):
            page.goto(f"/{place}?{ids}")
            settled(page, 120)
    assert watch.strangers == []
    assert watch.errors == []


# --- The largest file, last ---------------------------------------------------------------------


def test_real_prescribers_become_a_playbook(page: Page, shared_data: Path) -> None:
    path = shared_data / "cms-partd-2023" / "partd_prescribers_2023_extract.csv"
    if not path.is_file():
        pytest.skip("Needs the Medicare Part D prescribers in ../shared/data, which are not here.")
    hand = Hand()
    k = make(page, path, hand)
    text = to_playbook(page, k, hand)
    assert "19,381 prescribers" in text
