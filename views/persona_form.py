"""Editing a persona: a form whose text is kept as it is typed, and saved as a new version."""

from dataclasses import fields
from typing import cast, get_args

import pandas as pd
import streamlit as st

from engine.errors import StudioError
from engine.model import Level, Persona, PersonaVersion, PlanStep, Segment, Segmentation, TextInProgress
from llm.edit import Form, form_of, revised
from llm.markdown import said
from llm.pack import Pack
from views import drafting, resources, state

STEP_FIELDS = [field.name for field in fields(PlanStep)]


def _key(segmentation: Segmentation, segment: str) -> str:
    return f"edit {segmentation.id} {segment}"


def is_open(segmentation: Segmentation, segment: Segment) -> bool:
    """Whether this persona is being edited, here or in a tab that was closed."""
    kept = state.recall(_key(segmentation, segment.id))
    if kept is None:
        return resources.workspace().draft(segmentation.id, segment.id) is not None
    return bool(kept)


def open_form(segmentation: Segmentation, version: PersonaVersion) -> None:
    key = _key(segmentation, version.persona.segment)
    state.remember(key, True)
    state.remember(f"{key} version", version)


def _close(segmentation: Segmentation, segment: str) -> None:
    resources.workspace().save_draft(segmentation.id, segment, None)
    state.remember(_key(segmentation, segment), False)
    state.forget(f"{_key(segmentation, segment)} version")
    state.forget_widgets(_key(segmentation, segment))


def form(segmentation: Segmentation, segment: Segment, version: PersonaVersion, lanes: Pack) -> Persona:
    """Show the form over the version it was opened on, or the text in progress; returns the persona as typed.

    Saving is refused when someone else saved a version after that one.
    """
    store = resources.workspace()
    opened = f"{_key(segmentation, segment.id)} version"
    version = state.recall(opened, version)
    state.remember(opened, version)
    kept = store.draft(segmentation.id, segment.id)
    begun = kept.persona if kept else None
    start = form_of(begun or version.persona)
    key = _key(segmentation, segment.id)
    st.header(f"Edit {segment.id}", anchor=False)
    name = st.text_input("Name (2 or 3 words)", start.name, max_chars=60, key=f"{key} name")
    tagline = st.text_area("Tagline", start.tagline, key=f"{key} tagline", height=70)
    bullets = st.text_area("Points, one a line", start.bullets, key=f"{key} bullets", height=140)
    unique = st.text_area("What is unique", start.unique, key=f"{key} unique", height=70)
    limit = st.text_area("Keep in mind", start.limit, key=f"{key} limit", height=70)
    levels = list(get_args(Level))
    priority = st.segmented_control(
        "Priority", levels, default=start.priority, required=True, key=f"{key} priority"
    )
    why = st.text_area("Why this priority", start.priority_why, key=f"{key} why", height=90)
    rep = st.text_area(
        f"{lanes.rep_lane}, one a line; the first is the decision", start.rep, key=f"{key} rep", height=90
    )
    digital = st.text_area(
        f"{lanes.digital_lane}, one a line", start.digital, key=f"{key} digital", height=90
    )
    access = st.text_area(f"{lanes.access_lane}, one a line", start.access, key=f"{key} access", height=90)
    plan = _plan(start.plan, key)
    interpretation = st.text_area(
        "Interpretation, not measured", start.interpretation, key=f"{key} interpretation", height=90
    )
    edited = revised(
        version.persona,
        Form(
            name, tagline, bullets, unique, limit, cast(Level, priority or start.priority), why,
            rep, digital, access, plan, interpretation,
        ),
    )  # fmt: skip
    if edited != (begun or version.persona):
        store.save_draft(segmentation.id, segment.id, TextInProgress(version.version, edited))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            f"Save version {version.version + 1}",
            type="primary",
            key="save persona",
            disabled=edited == version.persona,
        ):
            try:
                drafting.save_edit(segmentation, version, edited)
            except StudioError as problem:
                st.error(said(str(problem)))
            else:
                _close(segmentation, segment.id)
                st.rerun()
        if st.button("Discard changes", key="discard persona"):
            _close(segmentation, segment.id)
            st.rerun()
        st.caption("What you type is kept until you save or discard it.", width="content")
    return edited


def _plan(steps: tuple[PlanStep, ...], key: str) -> tuple[PlanStep, ...]:
    st.caption("Engagement plan, one row a step")
    rows = pd.DataFrame(
        [[getattr(step, name) for name in STEP_FIELDS] for step in steps], columns=STEP_FIELDS
    )
    edited = st.data_editor(
        rows.rename(columns=lambda name: name.replace("_", " ").capitalize()),
        num_rows="dynamic",
        hide_index=True,
        key=f"{key} plan",
    )
    texts = edited.fillna("").astype(str).to_numpy().tolist()
    return tuple(PlanStep(*(" ".join(text.split()) for text in row)) for row in texts if any(row))
