"""Playbook: the approved personas as a document to read, print and carry away."""

import re
from collections.abc import Callable, Mapping

import streamlit as st

from engine.model import Playbook
from llm.page import page as html_page
from llm.playbook import markdown
from views import charts, drafting, parts, state
from views.reading import read

Maker = Callable[[Playbook, Mapping[str, str]], str | bytes]


def page() -> None:
    segmentation = parts.open_segmentation("Playbook")
    approved = drafting.standing(segmentation)
    if not approved:
        parts.nothing_yet(
            "Playbook",
            "A playbook is made of approved personas, and none is approved yet.",
            "Go to the personas",
            "personas.py",
        )
    book = drafting.playbook_of(segmentation)
    text = markdown(book)
    name = _file_name(segmentation.name)
    colours = {segment.id: charts.colour(segment) for segment in segmentation.segments}
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="right", key="controls"
    ):
        missing = len(segmentation.segments) - len(approved)
        if missing:
            st.caption(
                f"{missing} of {len(segmentation.segments)} personas {'is' if missing == 1 else 'are'} not "
                "approved and left out.",
                width="content",
            )
        st.link_button(
            "Reader's page", state.address("reader"), type="tertiary", help="A page without analyst controls."
        )
        with st.popover("Other forms", key="other forms", help="Word, PowerPoint or one file for a browser."):
            for label, ending, kind, make, what in FORMS:
                st.download_button(
                    f"Download {label}",
                    _deferred(make, book, colours),
                    file_name=f"{name}.{ending}",
                    mime=kind,
                    key=f"download {ending}",
                    on_click="ignore",
                    help=what,
                    type="tertiary",
                )
        st.download_button(
            "Download markdown",
            text,
            file_name=f"{name}.md",
            mime="text/markdown",
            type="primary",
            key="download playbook",
            on_click="ignore",
        )
    read(book, segmentation)


def _word(book: Playbook, colours: Mapping[str, str]) -> bytes:
    from llm.word import document

    return document(book, colours)


def _slides(book: Playbook, colours: Mapping[str, str]) -> bytes:
    from llm.slides import slides

    return slides(book, colours)


OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS: tuple[tuple[str, str, str, Maker, str], ...] = (
    (
        "Word",
        "docx",
        f"{OFFICE}.wordprocessingml.document",
        _word,
        "The same document, to edit and to print.",
    ),
    (
        "PowerPoint",
        "pptx",
        f"{OFFICE}.presentationml.presentation",
        _slides,
        "A slide for each persona, to edit; the speaker's notes hold the rest.",
    ),
    (
        "HTML",
        "html",
        "text/html",
        html_page,
        "One file that opens in any browser, prints well and fetches nothing.",
    ),
)
"""What is offered beside markdown. Each is made when it is asked for, and only then are its packages loaded."""


def _deferred(make: Maker, book: Playbook, colours: Mapping[str, str]) -> Callable[[], str | bytes]:
    return lambda: make(book, colours)


def _file_name(name: str) -> str:
    return "playbook-" + (re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "segments")


page()
