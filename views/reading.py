"""The playbook on the screen: contents at the left, the document in reading measure beside it."""

import re

import streamlit as st

from engine.model import Playbook, Segmentation
from llm.playbook import markdown


def read(book: Playbook, segmentation: Segmentation) -> None:
    """Show the very markdown that is downloaded, cut into chapters; a segment's chapter bears its colour."""
    chapters = [_cut(part) for part in re.split(r"^## ", markdown(book), flags=re.MULTILINE)[1:]]
    head = re.split(r"^## ", markdown(book), flags=re.MULTILINE)[0].removeprefix("# ")
    title, _, imprint = head.partition("\n")
    left, right = st.columns([1, 3], gap="large")
    with left, st.container(key="contents"):
        st.caption("Contents")
        st.markdown("\n".join(f"- [{heading}](#{anchor})" for heading, anchor, _ in chapters))
    with right, st.container(key="document"):
        st.title(title, anchor=False)
        st.markdown(imprint)
        for heading, anchor, body in chapters:
            segment = segmentation.segment(anchor.upper())
            name = f"ink{segment.colour}-chapter-{segment.id}" if segment else f"chapter-{anchor}"
            with st.container(key=name):
                st.header(heading, anchor=anchor)
                st.markdown(body)


def _cut(part: str) -> tuple[str, str, str]:
    """(heading, anchor, body) of a chapter; a segment's anchor is its id."""
    heading, _, body = part.partition("\n")
    found = re.search(r"\((S\d+)\)\s*$", heading)
    anchor = found.group(1).lower() if found else re.sub(r"[^a-z]+", "-", heading.lower()).strip("-")
    return heading, anchor, body
