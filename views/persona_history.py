"""The versions of a persona: any two compared, the way back to one, and the trail of what was done."""

import streamlit as st

from engine.errors import StudioError
from engine.model import Persona, PersonaVersion, Segment, Segmentation, TrailEntry
from llm.edit import Part, changes
from llm.markdown import inert, said
from llm.pack import Pack
from views import drafting, resources
from views.document import called


def versions(segmentation: Segmentation, segment: Segment, lanes: Pack) -> None:
    """All of it, closed until it is asked for."""
    found = resources.workspace().versions(segmentation.id, segment.id)
    with st.expander(f"Versions and record: {len(found)}"):
        if len(found) == 1:
            st.markdown(f"There is one version: {_titled(found[0])}. An edit makes the next.")
        else:
            _compare(segmentation, segment, {version.version: version for version in found}, lanes)
        _trail(segmentation, segment, lanes)


def difference(old: Persona, new: Persona, lanes: Pack) -> None:
    """The fields in which two texts differ, word by word."""
    found = changes(old, new)
    if not found:
        st.markdown("They say the same, word for word.")
    for change in found:
        st.markdown(f"**{inert(called(change.field, lanes))}**")
        for line in change.lines:
            st.markdown(_line(line))


def _compare(
    segmentation: Segmentation, segment: Segment, found: dict[int, PersonaVersion], lanes: Pack
) -> None:
    numbers = list(found)
    left, right = st.columns(2)
    titles = {number: _titled(version) for number, version in found.items()}
    # The newest in the key: after a save, the last two are compared again.
    key = f"{segmentation.id} {segment.id} {numbers[0]}"
    old = left.selectbox("From", numbers, index=1, format_func=lambda it: titles[it], key=f"from {key}")
    new = right.selectbox("To", numbers, index=0, format_func=lambda it: titles[it], key=f"to {key}")
    difference(found[old].persona, found[new].persona, lanes)
    st.caption("Struck through: only in the first. Coloured: only in the second.")
    newest = found[numbers[0]]
    with st.container(horizontal=True):
        for number in dict.fromkeys((old, new)):
            if number != newest.version and st.button(
                f"Go back to version {number}", key=f"back {segment.id} {number}"
            ):
                try:
                    drafting.go_back(segmentation, newest, found[number])
                except StudioError as problem:
                    st.error(said(str(problem)))
                else:
                    st.rerun()


def _titled(version: PersonaVersion) -> str:
    return f"version {version.version}, {version.author}, {_minute(version.created_at)}"


def _line(parts: tuple[Part, ...]) -> str:
    shown = []
    for mark, text in parts:
        words, after = inert(text), " " if text[-1:].isspace() else ""
        if mark == "-":
            words = f":red[~~{words}~~]"
        elif mark == "+":
            words = f":green-background[{words}]"
        shown.append(f"{words}{after}")
    return f"- {' '.join(part.strip() for part in shown if part.strip())}"


def _trail(segmentation: Segmentation, segment: Segment, lanes: Pack) -> None:
    store = resources.workspace()
    about = f"{segmentation.id}/{segment.id}"
    entries = store.trail(about)
    if not entries:
        return
    st.markdown("**What was done, newest first**")
    st.dataframe(
        [
            {
                "When (UTC)": _minute(entry.at),
                "Who": entry.who,
                "What": _done(entry, about, lanes),
                "Result": entry.new,
                "Why": entry.reason,
                "Entry": f"{entry.number} · {entry.hash[:8]}",
            }
            for entry in reversed(entries)
        ],
        hide_index=True,
        column_config={"Why": st.column_config.TextColumn(width="large")},
        key=f"trail {segmentation.id} {segment.id}",
    )
    faults = store.trail_faults()
    for fault in faults:
        st.warning(f"This record cannot be shown to be whole. {inert(fault)}")
    if not faults:
        st.caption("The record is whole: every entry carries the hash of the one before it.")


def _done(entry: TrailEntry, about: str, lanes: Pack) -> str:
    place = entry.record.removeprefix(about).strip("/")
    return f"{entry.action}: {called(place, lanes)}" if place else entry.action


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")
