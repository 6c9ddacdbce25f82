"""Personas: each segment told for a marketing lead, held against the numbers, approved by a person."""

from dataclasses import dataclass

import streamlit as st

from engine import record
from engine.errors import StudioError
from engine.model import Approval, CheckReport, Fact, PersonaVersion, Profile, Segment, Segmentation
from engine.numbers import count
from engine.segment import profile_of
from llm.contents import names_of
from llm.facts import facts
from llm.markdown import inert, said
from llm.pack import Pack, load
from views import (
    charts,
    drafting,
    evidence,
    gemini_panel,
    mending,
    parts,
    persona_form,
    persona_history,
    resources,
    state,
    weighing,
)
from views.document import Reading, called, persona_document

SOURCES = {"offline": "offline writer", "gemini": "Gemini", "analyst": "analyst"}


@dataclass(frozen=True)
class Sight:
    """What the page shows of one segmentation, all of it from one moment."""

    segmentation: Segmentation
    profile: Profile
    facts: tuple[Fact, ...]
    versions: dict[str, PersonaVersion]
    reports: dict[str, CheckReport]
    approved: dict[str, Approval]
    last_approved: dict[str, Approval]
    lanes: Pack
    names: dict[str, str]


def page() -> None:
    segmentation = parts.open_segmentation("Personas")
    store = resources.workspace()
    profile = profile_of(store, segmentation)
    versions = store.personas(segmentation.id)
    approved = drafting.standing(segmentation)
    parts.head(_sentence(segmentation, len(versions), len(approved)), _second(segmentation), segmentation)
    gemini_panel.notice(segmentation)
    if len(versions) < len(segmentation.segments):
        if parts.next_step(f"Draft {len(segmentation.segments)} personas", "draft all"):
            drafting.draft_missing(segmentation)
            st.rerun()
        gemini_panel.panel(segmentation, profile)
        return
    persona_names = {segment: version.persona.name for segment, version in versions.items()}
    sight = Sight(
        segmentation,
        profile,
        facts(profile),
        versions,
        {
            segment: drafting.checked(segmentation, version.persona, profile, persona_names)
            for segment, version in versions.items()
        },
        approved,
        store.last_approvals(segmentation.id),
        load(drafting.brief_of(segmentation, profile).pack),
        names_of(profile, [version.persona for version in versions.values()]),
    )
    chosen = _chosen(segmentation, list(approved))
    left, rest = st.columns([3, 11], gap="large")
    with left:
        _list(sight, chosen)
    with rest:
        if persona_form.is_open(segmentation, chosen):
            _edit(sight, chosen)
            return
        _read(sight, chosen)
    persona_history.versions(segmentation, chosen, sight.lanes)
    weighing.questions(segmentation, profile, sight.names)
    weighing.priority(segmentation, profile, chosen)
    gemini_panel.panel(segmentation, profile)
    _again(segmentation, chosen)


def _sentence(segmentation: Segmentation, written: int, approved: int) -> str:
    total = len(segmentation.segments)
    if written < total:
        return f"{total} segments are waiting for a persona"
    if approved == total:
        return f"All {total} personas are approved"
    return f"{total} personas, {approved} approved"


def _second(segmentation: Segmentation) -> str:
    return (
        "Statements of fact are checked against numbers from "
        f"{count(segmentation.rows)} accounts before a persona can be approved."
    )


def _chosen(segmentation: Segmentation, approved: list[str]) -> Segment:
    found = segmentation.segment(state.current(state.SEGMENT) or "")
    if found:
        return found
    waiting = [segment for segment in segmentation.segments if segment.id not in approved]
    return (waiting or list(segmentation.segments))[0]


# --- The segments -------------------------------------------------------------------------------


def _list(sight: Sight, chosen: Segment) -> None:
    """The segments with their state: a list at the left, on a narrow screen a picker above."""
    segments = sight.segmentation.segments
    ids = [segment.id for segment in segments]
    versions = sight.versions
    plain = {segment.id: _plain_status(sight, segment) for segment in segments}
    # The browser answers with an option's words: other words, another list.
    written = record.content_id([versions[segment_id].persona.name for segment_id in ids], plain)
    key = f"{sight.segmentation.id} {chosen.id} {written}"

    def choose(widget: str) -> None:
        if state.widget(widget) in ids:
            state.choose(state.SEGMENT, state.widget(widget))

    with st.container(key="segment-list"):
        st.radio(
            "Segments",
            ids,
            index=ids.index(chosen.id),
            format_func=lambda segment_id: f"{segment_id} {inert(versions[segment_id].persona.name)}",
            captions=[
                f"{charts.accounts(segment.size, segment.share)}; {_status(sight, segment)}"
                for segment in segments
            ],
            key=f"segment list {key}",
            on_change=choose,
            args=(f"segment list {key}",),
        )
    with st.container(key="segment-picker"):
        st.selectbox(
            "Segment",
            ids,
            index=ids.index(chosen.id),
            format_func=lambda segment_id: (
                f"{segment_id} {versions[segment_id].persona.name}: {plain[segment_id]}"
            ),
            key=f"segment picker {key}",
            on_change=choose,
            args=(f"segment picker {key}",),
        )


def _plain_status(sight: Sight, segment: Segment) -> str:
    if sight.reports[segment.id].blocked:
        standing = sum(finding.severity == "block" for finding in sight.reports[segment.id].findings)
        return f"{standing} to mend"
    if segment.id in sight.approved:
        return "approved"
    if segment.id in sight.last_approved:
        return "changed since it was approved"
    return f"draft, {SOURCES[sight.versions[segment.id].source]}"


def _status(sight: Sight, segment: Segment) -> str:
    text = _plain_status(sight, segment)
    colours = {"approved": "green", "changed since it was approved": "orange"}
    colour = "red" if text.endswith("to mend") else colours.get(text)
    return f":{colour}[{text}]" if colour else text


# --- One persona --------------------------------------------------------------------------------


def _edit(sight: Sight, chosen: Segment) -> None:
    version = sight.versions[chosen.id]
    middle, right = st.columns([6, 5], gap="large")
    with middle, st.container(key=f"ink{chosen.colour}-form-{chosen.id}"):
        edited = persona_form.form(sight.segmentation, chosen, version, sight.profile, sight.lanes)
    with right:
        st.caption("As it will read, checked as you type")
        names = {segment: item.persona.name for segment, item in sight.versions.items()}
        fresh = drafting.checked(sight.segmentation, edited, sight.profile, names | {chosen.id: edited.name})
        persona_document(edited, fresh, sight.lanes, sight.names)


@st.fragment
def _read(sight: Sight, chosen: Segment) -> None:
    """The persona and the evidence of the statement that is picked; a fragment, because picking a statement
    changes nothing else on the page."""
    version, report = sight.versions[chosen.id], sight.reports[chosen.id]
    kept = f"picked {sight.segmentation.id} {chosen.id}"
    told = dict(version.persona.statements())
    known = {fact.id for fact in sight.facts}
    tied = [where for where, statement in told.items() if known.intersection(statement.evidence)]
    picked = str(state.recall(kept, ""))
    picked = picked if picked in tied else (tied[0] if tied else "")
    places = {id(finding): place for place, finding in enumerate(report.findings)}
    middle, right = st.columns([7, 4], gap="large")
    with middle, st.container(key=f"ink{chosen.colour}-persona-{chosen.id}"):
        _actions(sight, version, report)
        reading = Reading(
            chip=lambda statement: evidence.chip(statement, chosen, sight.profile, sight.facts),
            picked=picked,
            pick=lambda where: state.remember(kept, where),
            prove=lambda statement: evidence.lines(sight.profile, chosen, statement, sight.facts),
            act=lambda finding: mending.finding(
                sight.segmentation, version, finding, places[id(finding)], report.findings
            ),
        )
        persona_document(version.persona, report, sight.lanes, sight.names, reading)
    with right, st.container(key="evidence"):
        if picked:
            evidence.panel(
                sight.segmentation,
                sight.profile,
                chosen,
                called(picked, sight.lanes),
                told[picked],
                sight.facts,
            )
        else:
            st.caption("No statement of this persona is tied to a fact.")


def _actions(sight: Sight, version: PersonaVersion, report: CheckReport) -> None:
    segment = version.persona.segment
    approver = drafting.who()
    store = resources.workspace()
    with st.container(horizontal=True, vertical_alignment="center", key="controls"):
        if st.button("Edit", key="edit"):
            persona_form.open_form(sight.segmentation, version)
            st.rerun()
        if segment in sight.approved:
            if st.button("Withdraw approval", key="withdraw"):
                store.withdraw(sight.segmentation.id, segment, approver)
                st.rerun()
            if len(sight.approved) == len(sight.segmentation.segments):
                _to_playbook(sight.segmentation)
        else:
            again = segment in sight.last_approved
            if st.button(
                "Approve again" if again else "Approve",
                type="primary",
                key="approve",
                disabled=report.blocked,
            ):
                try:
                    store.approve(version, report, sight.profile, approver)
                except StudioError as refused:
                    st.error(said(str(refused)))
                else:
                    _go_on(sight.segmentation, segment)
            if report.blocked:
                st.caption("Mend the marked statements first.", width="content")
        with st.popover(f"as {inert(approver)}", type="tertiary", help="Who approves; change the name here."):
            name = st.text_input("Your name, as it stands in the playbook", value=approver, max_chars=60)
            if name.strip() and name.strip() != approver:
                store.save_setting("approver", name.strip())
                st.rerun()
    _standing(sight, version, report)


def _to_playbook(segmentation: Segmentation) -> None:
    """The way to the playbook. While a draft is watched it is a link, which the browser follows by itself: a
    page that is left from here is asked for once more by the watch, and drawn over the new one, empty."""
    label = "Open the playbook"
    job = resources.jobs().find(drafting.gemini_subject(segmentation))
    if job and job.state == "running":
        st.page_link("playbook.py", label=label, icon=":material/arrow_forward:")
    elif st.button(label, type="primary", key="to playbook"):
        state.go("playbook.py")


def _standing(sight: Sight, version: PersonaVersion, report: CheckReport) -> None:
    """What became of an approval, and where findings stand."""
    segment = version.persona.segment
    last = sight.last_approved.get(segment)
    if last and (why := drafting.changed_since(last, version, sight.profile)):
        checked = "findings stand" if report.blocked else "nothing stands against it"
        st.warning(
            f"Approved by {inert(last.approved_by)} on {last.approved_at[:10]}. Since then "
            f"{inert(' and '.join(why))}. Checked again now: {checked}."
        )
    for severity, words in (("block", "To mend"), ("warn", "To look at")):
        places = dict.fromkeys(
            called(finding.where, sight.lanes) for finding in report.findings if finding.severity == severity
        )
        if places:
            colour = "red" if severity == "block" else "orange"
            st.markdown(f":{colour}[{words}:] {inert(', '.join(places))}.")


def _go_on(segmentation: Segmentation, approved_now: str) -> None:
    """To the next segment that waits for approval, after this one where there is one; else stay."""
    approved = drafting.standing(segmentation)
    ids = [segment.id for segment in segmentation.segments]
    here = ids.index(approved_now)
    waiting = [segment for segment in (*ids[here + 1 :], *ids[:here]) if segment not in approved]
    if waiting:
        state.choose(state.SEGMENT, waiting[0])
    st.rerun()


# --- Below --------------------------------------------------------------------------------------


def _again(segmentation: Segmentation, segment: Segment) -> None:
    with st.expander("Write again offline"):
        st.markdown("The offline writer makes a new version; the present one stays among the versions.")
        with st.container(horizontal=True):
            everyone = [item.id for item in segmentation.segments]
            for label, key, ids in (
                (f"Write {segment.id} again", "again one", [segment.id]),
                ("Write all again", "again all", everyone),
            ):
                if parts.confirmed(label, key, drafting.ended_by_writing_again(segmentation, ids)):
                    drafting.draft_offline(segmentation, ids)
                    st.rerun()


page()
