"""What can be done about a finding: take the fix, keep the statement with a reason, drop the claim."""

from collections.abc import Callable

import streamlit as st

from engine.errors import StudioError
from engine.model import Finding, Persona, PersonaVersion, Segmentation
from llm import edit
from llm.markdown import inert, said
from views import drafting

NEVER_KEPT = {"compliance"}
"""Kinds of finding that no reason answers: what may not be said is not said."""


def finding(segmentation: Segmentation, version: PersonaVersion, found: Finding, place: int) -> None:
    """The message where it stands, and the buttons. `place` tells findings of one page apart."""
    blocks = found.severity == "block"
    with st.container(key=f"finding-{'block' if blocks else 'warn'}-{place}", gap="small"):
        st.markdown(
            f":{'red' if blocks else 'orange'}[{'To mend' if blocks else 'To look at'}.] {inert(found.message)}"
        )
        if not (found.fix is not None or blocks):
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            if found.fix is not None and edit.text_at(version.persona, found.where) is not None:
                label = (
                    f"Change to “{inert(found.fix)}”" if found.fix.strip() else "Take the marked words out"
                )
                if st.button(label, key=f"fix {place} {version.version}"):
                    _store(lambda: drafting.with_fix(segmentation, version, found))
            if found.where.startswith("claims.") and st.button(
                "Take this claim out", key=f"claim {place} {version.version}"
            ):
                _store(lambda: drafting.without_claim(segmentation, version, found))
            if blocks and _can_be_kept(version.persona, found):
                _keep(segmentation, version, found, place)


def _can_be_kept(persona: Persona, found: Finding) -> bool:
    places = [where for where, _ in persona.statements()]
    return found.kind not in NEVER_KEPT and (found.where == "priority" or found.where in places)


def _keep(segmentation: Segmentation, version: PersonaVersion, found: Finding, place: int) -> None:
    what = "priority" if found.where == "priority" else "statement"
    with st.popover(f"Keep it as my {what}", type="tertiary", key=f"keep {place} {version.version}"):
        st.markdown("It stays with a visible mark, and your reason goes into the record.")
        reason = st.text_area(
            "Your reason", max_chars=300, key=f"reason {place} {version.version}", height=90
        )
        if st.button("Keep it", key=f"kept {place} {version.version}"):
            if (reason or "").strip():
                _store(lambda: drafting.with_reason(segmentation, version, found, reason or ""))
            else:
                st.error("A reason is needed: what do you know that the numbers do not show?")


def _store(save: Callable[[], None]) -> None:
    try:
        save()
    except StudioError as problem:
        st.error(said(str(problem)))
    else:
        st.rerun()
