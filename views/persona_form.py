"""Editing a persona: a form whose text is kept as it is typed, and saved as a new version."""

from dataclasses import dataclass, fields
from typing import cast, get_args

import pandas as pd
import streamlit as st

from engine.errors import StudioError, VersionClash
from engine.model import (
    Level,
    Persona,
    PersonaVersion,
    PlanStep,
    Profile,
    Segment,
    Segmentation,
    TextInProgress,
)
from llm.edit import Form, form_of, revised
from llm.facts import facts
from llm.markdown import inert, said
from llm.pack import Pack
from views import drafting, persona_history, resources, state

STEP_FIELDS = [field.name for field in fields(PlanStep)]


@dataclass(frozen=True)
class Opened:
    """What the form of this tab was opened on: the version that a save follows, its text, which holds the
    references, and the text the form began with."""

    version: int
    persona: Persona
    start: Persona


def _key(segmentation: Segmentation, segment: str) -> str:
    return f"edit {segmentation.id} {segment}"


def is_open(segmentation: Segmentation, segment: Segment) -> bool:
    """Whether this persona is being edited, here or in a tab that was closed."""
    kept = state.recall(_key(segmentation, segment.id))
    if kept is None:
        return resources.workspace().draft(segmentation.id, segment.id) is not None
    return bool(kept)


def open_form(segmentation: Segmentation, version: PersonaVersion) -> None:
    """Begin a form over this version, or over the text that someone left in progress."""
    key = _key(segmentation, version.persona.segment)
    state.remember(key, True)
    state.remember(f"{key} opened", _opened(segmentation, version))


def _opened(segmentation: Segmentation, version: PersonaVersion) -> Opened:
    """A text in progress goes on from the version that it was begun on, also when newer ones came."""
    store = resources.workspace()
    segment = version.persona.segment
    begun = store.draft(segmentation.id, segment)
    if begun is None:
        return Opened(version.version, version.persona, version.persona)
    base = next(
        (item for item in store.versions(segmentation.id, segment) if item.version == begun.based_on), version
    )
    return Opened(base.version, base.persona, begun.persona)


def _close(segmentation: Segmentation, segment: str) -> None:
    key = _key(segmentation, segment)
    resources.workspace().save_draft(segmentation.id, segment, None)
    state.remember(key, False)
    state.forget(f"{key} opened")
    state.forget(f"{key} typed")
    state.forget_widgets(key)


def form(
    segmentation: Segmentation, segment: Segment, newest: PersonaVersion, profile: Profile, lanes: Pack
) -> Persona:
    """Show the form over the version it was opened on, or the text in progress; returns the persona as typed.

    When someone else saved a version after that one, both texts are shown and neither is lost.
    """
    key = _key(segmentation, segment.id)
    opened = state.recall(f"{key} opened") or _opened(segmentation, newest)
    state.remember(f"{key} opened", opened)
    computed = drafting.levels(segmentation, profile)[segment.id]
    st.header(f"Edit {segment.id}", anchor=False)
    edited = revised(
        opened.persona, _fields(form_of(opened.start), key, lanes, computed), profile, facts(profile)
    )
    _keep(segmentation, segment.id, opened, edited)
    if newest.version != opened.version:
        _clash(segmentation, opened, newest, edited, lanes)
    else:
        _save(segmentation, opened, edited, computed)
    return edited


def _fields(start: Form, key: str, lanes: Pack, computed: Level) -> Form:
    def area(label: str, text: str, field: str) -> str:
        return st.text_area(label, text, key=f"{key} {field}", height="content") or ""

    name = st.text_input("Name (2 or 3 words)", start.name, max_chars=60, key=f"{key} name")
    tagline = area("Tagline", start.tagline, "tagline")
    bullets = area("Points, one a line", start.bullets, "bullets")
    unique = area("What is unique", start.unique, "unique")
    limit = area("Keep in mind", start.limit, "limit")
    priority = cast(
        Level,
        st.segmented_control(
            "Priority", list(get_args(Level)), default=start.priority, required=True, key=f"{key} priority"
        )
        or start.priority,
    )
    reason = ""
    if priority != computed:
        reason = st.text_input(
            f"Your reason for {priority}; the computed priority is {computed}",
            start.priority_reason,
            max_chars=300,
            key=f"{key} reason",
        )
    why = area("Why this priority", start.priority_why, "why")
    rep = area(f"{lanes.rep_lane}, one a line; the first is the decision", start.rep, "rep")
    digital = area(f"{lanes.digital_lane}, one a line", start.digital, "digital")
    access = area(f"{lanes.access_lane}, one a line", start.access, "access")
    plan = _plan(start.plan, key)
    interpretation = area("Interpretation, not measured", start.interpretation, "interpretation")
    return Form(
        name, tagline, bullets, unique, limit, priority, why, rep, digital, access, plan, interpretation,
        reason or "",
    )  # fmt: skip


def _keep(segmentation: Segmentation, segment: str, opened: Opened, edited: Persona) -> None:
    """Keep what was typed in this tab since the last look. A tab where nothing was typed keeps nothing, so
    an old one never overwrites the text of another."""
    key = f"{_key(segmentation, segment)} typed"
    if edited != state.recall(key, opened.start):
        resources.workspace().save_draft(segmentation.id, segment, TextInProgress(opened.version, edited))
    state.remember(key, edited)


def _save(segmentation: Segmentation, opened: Opened, edited: Persona, computed: Level) -> None:
    unreasoned = edited.priority != computed and not edited.priority_why.asserted
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            f"Save version {opened.version + 1}",
            type="primary",
            key="save persona",
            disabled=edited == opened.persona or unreasoned,
        ):
            _store(segmentation, opened.version, edited)
        _discard(segmentation, edited.segment, "Discard changes")
        st.caption(
            "Another priority than the computed one needs your reason."
            if unreasoned
            else "What you type is kept until you save or discard it.",
            width="content",
        )


def _clash(
    segmentation: Segmentation, opened: Opened, newest: PersonaVersion, edited: Persona, lanes: Pack
) -> None:
    """Someone saved in the meantime: what differs, and what can be done. Theirs stays among the versions
    either way, and yours stays in the form until you decide."""
    st.warning(
        f"You edited version {opened.version}. Version {newest.version} was saved in the meantime by "
        f"{inert(newest.author)}. Both texts are kept; below is what yours changes in theirs."
    )
    persona_history.difference(newest.persona, edited, lanes)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(f"Save mine as version {newest.version + 1}", type="primary", key="save mine"):
            _store(segmentation, newest.version, edited)
        _discard(segmentation, edited.segment, "Take theirs")


def _discard(segmentation: Segmentation, segment: str, label: str) -> None:
    if st.button(label, key="discard persona"):
        _close(segmentation, segment)
        st.rerun()


def _store(segmentation: Segmentation, follows: int, edited: Persona) -> None:
    try:
        drafting.save_edit(segmentation, follows, edited)
    except VersionClash:
        # Saved between this run's look and the press: the next run shows both texts.
        st.rerun()
    except StudioError as problem:
        st.error(said(str(problem)))
    else:
        _close(segmentation, edited.segment)
        st.rerun()


def _plan(steps: tuple[PlanStep, ...], key: str) -> tuple[PlanStep, ...]:
    st.caption("Engagement plan, one row a step")
    rows = pd.DataFrame(
        [[getattr(step, name) for name in STEP_FIELDS] for step in steps], columns=STEP_FIELDS, dtype="str"
    )
    edited = st.data_editor(
        rows.rename(columns=lambda name: name.replace("_", " ").capitalize()),
        num_rows="dynamic",
        hide_index=True,
        key=f"{key} plan",
    )
    texts = edited.fillna("").astype(str).to_numpy().tolist()
    return tuple(PlanStep(*(" ".join(text.split()) for text in row)) for row in texts if any(row))
