"""Library: every saved segmentation; find, open, duplicate, archive."""

from dataclasses import replace

import streamlit as st

from engine.model import Segmentation
from engine.numbers import count
from engine.segment import judged
from llm.markdown import inert
from views import drafting, parts, resources, state


def page() -> None:
    store = resources.workspace()
    everything = [judged(store, item) for item in store.segmentations()]
    if not everything:
        parts.nothing_yet("Library", "Segmentations you make are kept here.", "Go to the start", "start.py")
    archived = sum(item.archived for item in everything)
    kept = len(everything) - archived
    st.title(f"{kept} segmentation{'' if kept == 1 else 's'}", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.text_input("Find by name, table or note", key="find", type="search").strip().lower()
        with_archived = archived and st.toggle(f"Show archived ({archived})", key="archived")
    names = {dataset.id: dataset.name for dataset in store.datasets()}
    shown = [
        item
        for item in everything
        if (with_archived or not item.archived)
        and wanted in f"{item.name} {names.get(item.spec.dataset, '')} {item.notes}".lower()
    ]
    if not shown:
        st.markdown(f"Nothing matches “{inert(wanted)}”." if wanted else "Everything is archived.")
    for item in shown:
        _entry(item, names.get(item.spec.dataset, "a table that is gone"))


def _entry(item: Segmentation, dataset: str) -> None:
    store = resources.workspace()
    with st.container(border=True, key=f"entry {item.id}"):
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{inert(item.name)}**", width="content")
                parts.verdict_badge(item.verdict, item.verdict_text)
                if item.archived:
                    st.badge("Archived", color="gray")
            approved = len(drafting.standing(item))
            st.caption(
                f"{inert(dataset)}; {len(item.segments)} segments of {count(item.rows)} accounts; "
                f"{approved} of {len(item.segments)} personas approved; {item.updated_at[:10]}"
            )
            if item.notes:
                st.caption(inert(item.notes))
        with right, st.container(horizontal=True, horizontal_alignment="right"):
            if st.button("Open", key=f"open {item.id}", type="primary"):
                state.open_segmentation(item.id, item.spec.dataset)
                st.switch_page("segments.py")
            if st.button("Duplicate", key=f"duplicate {item.id}"):
                store.duplicate(item.id, f"{item.name} (copy)")
                st.rerun()
            label = "Restore" if item.archived else "Archive"
            if st.button(label, key=f"archive {item.id}"):
                store.change_segmentation(item.id, lambda stored: replace(stored, archived=not item.archived))
                st.rerun()


page()
