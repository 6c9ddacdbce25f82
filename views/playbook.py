"""Playbook: the approved personas as a document to read, print and carry away."""

import re

import streamlit as st

from llm.page import page as html_page
from llm.playbook import markdown
from views import charts, drafting, parts, state
from views.reading import read


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
        colours = {segment.id: charts.colour(segment) for segment in segmentation.segments}
        st.download_button(
            "Download HTML",
            lambda: html_page(book, colours),
            file_name=f"{_file_name(segmentation.name)}.html",
            mime="text/html",
            key="download page",
            on_click="ignore",
            help="One file that opens in any browser, prints well and fetches nothing.",
        )
        st.download_button(
            "Download markdown",
            text,
            file_name=f"{_file_name(segmentation.name)}.md",
            mime="text/markdown",
            type="primary",
            key="download playbook",
            on_click="ignore",
        )
    read(book, segmentation)


def _file_name(name: str) -> str:
    return "playbook-" + (re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "segments")


page()
