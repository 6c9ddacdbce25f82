"""What can be done about a finding: take the fix, keep the text with a reason, drop the claim."""

from collections.abc import Callable, Sequence

import streamlit as st

from engine.errors import StudioError
from engine.model import Finding, Persona, PersonaVersion, Segmentation
from llm import edit
from llm.check import NEVER_KEPT
from llm.markdown import inert, said
from views import drafting


def finding(
    segmentation: Segmentation, version: PersonaVersion, found: Finding, place: int, all_: Sequence[Finding]
) -> None:
    """The message where it stands, and the buttons. `place` tells findings of one page apart; `all_` are the
    persona's, because a reason stands for every finding on a line."""
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
            same = [item for item in all_ if _line(item.where) == _line(found.where)]
            kept = [item for item in same if _can_be_kept(version.persona, item)]
            if kept and found is kept[-1]:
                _keep(segmentation, version, kept, place)


def _line(where: str) -> str:
    """Where a reason would be kept: a priority's stands with its explanation."""
    return "priority_why" if where == "priority" else where


def _can_be_kept(persona: Persona, found: Finding) -> bool:
    there = edit.text_at(persona, found.where) is not None
    return found.severity == "block" and found.kind not in NEVER_KEPT and there


def _keep(segmentation: Segmentation, version: PersonaVersion, kept: list[Finding], place: int) -> None:
    """The way to keep a line against its findings: one reason for all of them, asked below the last."""
    found = kept[-1]
    what = {"name": "name", "priority": "priority", "plan": "plan"}.get(
        found.where.partition(".")[0], "statement"
    )
    label = (
        f"Keep it as my {what}" if len(kept) == 1 else f"Keep the whole line, with its {len(kept)} findings"
    )
    with st.popover(label, type="tertiary", key=f"keep {place} {version.version}"):
        st.markdown("It stays with a visible mark, and your reason goes into the record.")
        if len(kept) > 1:
            st.markdown("Your reason answers all of these:")
            st.markdown("\n".join(f"- {inert(item.message)}" for item in kept))
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
