import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from engine.model import Brief
from llm.facts import facts
from llm.page import page
from llm.playbook import markdown
from llm.template import write
from tests.llm.profiles import prescribers
from tests.llm.test_playbook import book

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=https://evil.example/a.png>",
    "![x](https://evil.example/a.png)",
    "[go](https://evil.example)",
    "<https://evil.example>",
    "javascript:alert(1)",
    "<style>@import url(https://evil.example)</style>",
    '"><svg onload=alert(1)>',
]


class Tags(HTMLParser):
    """The tags, attributes and text of a document."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag not in ("meta", "hr", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_says_what_the_markdown_says() -> None:
    written = re.sub(r"^ *\d+\. ", "", markdown(book(prescribers())), flags=re.MULTILINE)
    body = page(book(prescribers())).split("<main>")[1]
    assert re.findall(r"\w+", Tags(f"<main>{body.split('</body>')[0]}").text) == re.findall(r"\w+", written)


def test_every_tag_is_closed_and_no_tag_can_fetch_or_run() -> None:
    found = Tags(page(book(prescribers())))
    assert found.open == []
    assert not {"script", "img", "a", "link", "iframe", "svg", "form"} & {tag for tag, _ in found.tags}
    assert all(not name.startswith("on") for _, attributes in found.tags for name in attributes)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    table = prescribers()
    persona = write(table, facts(table), Brief())[0]
    poisoned = replace(
        persona,
        name=text,
        tagline=replace(persona.tagline, text=text),
        unique=replace(persona.unique, text=text),
    )
    found = Tags(page(book(table, (poisoned,), title=text)))
    assert found.open == []
    assert not {"script", "img", "a", "svg"} & {tag for tag, _ in found.tags}
    assert sum(tag == "style" for tag, _ in found.tags) == 1


def test_a_segments_heading_bears_its_colour_and_only_a_colour() -> None:
    coloured = page(book(prescribers()), {"S1": "#1266C0", "S2": "red; background: url(x)"})
    assert len(re.findall(r'<h2 style="--segment: #1266C0">', coloured)) == 1
    assert "url(x)" not in coloured


def test_the_page_may_fetch_nothing() -> None:
    assert "default-src 'none'" in page(book(prescribers()))
