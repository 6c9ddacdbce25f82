"""Personas: each segment told for a marketing lead, held against the numbers, approved by a person."""

from dataclasses import replace

import streamlit as st

from engine import record
from engine.errors import StudioError
from engine.model import CheckReport, Fact, Persona, PersonaVersion, Profile, Segment, Segmentation, Statement
from engine.numbers import count
from engine.segment import profile_of
from llm.edit import changes
from llm.facts import facts
from llm.markdown import inert, said
from llm.pack import load
from llm.playbook import names_of
from llm.priority import priorities
from views import charts, drafting, gemini_panel, parts, persona_form, resources, state
from views.document import persona_document, statements

SOURCES = {"offline": "offline writer", "gemini": "Gemini", "analyst": "analyst"}


def page() -> None:
    segmentation = parts.open_segmentation("Personas")
    store = resources.workspace()
    profile = profile_of(store, segmentation)
    versions = store.personas(segmentation.id)
    approved = drafting.standing(segmentation)
    stale = store.last_approvals(segmentation.id)
    parts.head(_sentence(segmentation, len(versions), len(approved)), _second(segmentation), segmentation)
    parts.progress(drafting.gemini_subject(segmentation))
    if len(versions) < len(segmentation.segments):
        if parts.next_step(f"Draft {len(segmentation.segments)} personas", "draft all"):
            drafting.draft_missing(segmentation)
            st.rerun()
        gemini_panel.panel(segmentation, profile)
        return
    called = {segment: version.persona.name for segment, version in versions.items()}
    reports = {
        segment: drafting.checked(version.persona, profile, called) for segment, version in versions.items()
    }
    lanes = load(drafting.brief_of(segmentation, profile).pack)
    names = names_of(profile, [version.persona for version in versions.values()])
    chosen = _chosen(segmentation, list(approved))
    left, middle, right = st.columns([3, 7, 4], gap="large")
    with left:
        _list(segmentation, versions, reports, list(approved), list(stale), chosen)
    version, report = versions[chosen.id], reports[chosen.id]
    if persona_form.is_open(segmentation, chosen):
        with middle, st.container(key=f"ink{chosen.colour}-form-{chosen.id}"):
            edited = persona_form.form(segmentation, chosen, version, lanes)
        with right:
            st.caption("As it will read")
            fresh = drafting.checked(edited, profile, called | {chosen.id: edited.name})
            persona_document(edited, fresh, lanes, names)
            _findings(fresh)
        return
    with middle, st.container(key=f"ink{chosen.colour}-persona-{chosen.id}"):
        _actions(segmentation, profile, version, report, chosen.id in approved, len(approved))
        _findings(report)
        persona_document(version.persona, report, lanes, names)
    with right:
        _evidence(segmentation, profile, version.persona, chosen)
    _versions(segmentation, chosen)
    _priority(profile, chosen)
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


def _list(
    segmentation: Segmentation,
    versions: dict[str, PersonaVersion],
    reports: dict[str, CheckReport],
    approved: list[str],
    once_approved: list[str],
    chosen: Segment,
) -> None:
    def status(segment: Segment) -> str:
        if segment.id in approved:
            return "approved"
        if reports[segment.id].blocked:
            standing = sum(finding.severity == "block" for finding in reports[segment.id].findings)
            return f"{standing} to mend"
        if segment.id in once_approved:
            return "changed since it was approved"
        return f"draft, {SOURCES[versions[segment.id].source]}"

    ids = [segment.id for segment in segmentation.segments]
    names = record.content_id([versions[segment_id].persona.name for segment_id in ids])
    key = f"segment list {segmentation.id} {chosen.id} {names}"
    st.radio(
        "Segments",
        ids,
        index=ids.index(chosen.id),
        format_func=lambda segment_id: f"{segment_id} {inert(versions[segment_id].persona.name)}",
        captions=[
            f"{charts.accounts(segment.size, segment.share)}; {status(segment)}"
            for segment in segmentation.segments
        ],
        key=key,
        on_change=lambda: state.choose(state.SEGMENT, state.widget(key)),
    )


def _actions(
    segmentation: Segmentation,
    profile: Profile,
    version: PersonaVersion,
    report: CheckReport,
    is_approved: bool,
    approved: int,
) -> None:
    store = resources.workspace()
    approver = drafting.who()
    with st.container(horizontal=True, vertical_alignment="center", key="controls"):
        if st.button("Edit", key="edit"):
            persona_form.open_form(segmentation, version)
            st.rerun()
        if is_approved:
            if st.button("Withdraw approval", key="withdraw"):
                store.withdraw(segmentation.id, version.persona.segment, approver)
                st.rerun()
            if approved == len(segmentation.segments) and st.button(
                "Open the playbook", type="primary", key="to playbook"
            ):
                st.switch_page("playbook.py")
        else:
            if st.button("Approve", type="primary", key="approve", disabled=report.blocked):
                try:
                    store.approve(version, report, profile, approver)
                except StudioError as refused:
                    st.error(said(str(refused)))
                else:
                    _go_on(segmentation, version.persona.segment)
            if report.blocked:
                st.caption("Mend the marked statements first.", width="content")
        with st.popover(f"as {inert(approver)}", type="tertiary", help="Who approves; change the name here."):
            name = st.text_input("Your name, as it stands in the playbook", value=approver, max_chars=60)
            if name.strip() and name.strip() != approver:
                store.save_setting("approver", name.strip())
                st.rerun()


def _go_on(segmentation: Segmentation, approved_now: str) -> None:
    """To the next segment that waits for approval, after this one where there is one; else stay."""
    approved = drafting.standing(segmentation)
    ids = [segment.id for segment in segmentation.segments]
    here = ids.index(approved_now)
    waiting = [segment for segment in (*ids[here + 1 :], *ids[:here]) if segment not in approved]
    if waiting:
        state.choose(state.SEGMENT, waiting[0])
    st.rerun()


def _evidence(segmentation: Segmentation, profile: Profile, persona: Persona, segment: Segment) -> None:
    told = [(where, statement) for where, statement in statements(persona) if statement.evidence]
    if not told:
        return
    names = dict(told)
    where = st.selectbox("Evidence for", list(names), key=f"evidence {segmentation.id} {segment.id}")
    statement: Statement = names[where]
    st.markdown(f"*{inert(statement.text)}*")
    known = {fact.id: fact for fact in facts(profile)}
    shown = [known[fact_id] for fact_id in statement.evidence if fact_id in known]
    for fact in shown:
        st.markdown(f"- {_fact_text(fact, profile)}")
    drawn: list[str] = []
    for fact in shown:
        if fact.feature in profile.population.features and fact.feature not in drawn:
            drawn.append(fact.feature)
            st.caption(inert(profile.dictionary[fact.feature].label))
            st.plotly_chart(
                charts.strip(profile, segmentation.segments, fact.feature, segment.id),
                key=f"strip {segment.id} {where} {fact.feature}",
                config=charts.STILL,
            )


def _fact_text(fact: Fact, profile: Profile) -> str:
    who = "All accounts" if fact.segment == "ALL" else fact.segment
    meaning = profile.dictionary.get(fact.feature)
    what = meaning.label if meaning else "accounts"
    if fact.category:
        what = f"{what}: {fact.category}"
    text = f"{who}, {inert(what)}, {fact.statistic}: **{inert(fact.text)}**"
    found = profile.segment(fact.segment)
    if found and fact.statistic == "mean" and fact.feature in found.features:
        rank = found.features[fact.feature].rank
        text += f" (rank {rank} of {len(profile.segments)})"
    return f"{text}, from {count(fact.n)} accounts"


def _findings(report: CheckReport) -> None:
    for finding in report.findings:
        show = st.error if finding.severity == "block" else st.warning
        show(f"**{finding.where}**: {inert(finding.message)}")


def _versions(segmentation: Segmentation, segment: Segment) -> None:
    versions = resources.workspace().versions(segmentation.id, segment.id)
    with st.expander(f"Versions: {len(versions)}"):
        for newer, older in zip(versions, (*versions[1:], None), strict=True):
            st.markdown(
                f"**Version {newer.version}** by {inert(newer.author)}, {newer.created_at[:16].replace('T', ' ')} UTC"
            )
            if older is None:
                continue
            for change in changes(older.persona, newer.persona):
                marks = {" ": "", "-": ":red[out]", "+": ":green[in]"}
                st.markdown(f"*{change.field.replace('_', ' ')}*")
                for mark, text in change.lines:
                    if mark != " ":
                        st.markdown(f"{marks[mark]} {inert(text)}")
            if st.button(
                f"Go back to version {older.version}",
                key=f"back {segment.id} {older.version}",
                type="tertiary",
            ):
                resources.workspace().save_personas(
                    segmentation.id,
                    [replace(older.persona, segment=segment.id)],
                    source=older.source,
                    author=f"version {older.version} again",
                )
                st.rerun()


def _priority(profile: Profile, segment: Segment) -> None:
    with st.expander("How the priority is computed"):
        found = next(item for item in priorities(profile) if item.segment == segment.id)
        st.markdown(inert(found.explanation))
        st.dataframe(
            [
                {
                    "Part": part.part,
                    "Measured by": profile.dictionary[part.feature].label
                    if part.feature
                    else "not in the data",
                    "Weight": part.weight,
                    "Distance in sd": part.z,
                    "Factor": part.factor,
                }
                for part in found.components
            ],
            column_config={
                "Distance in sd": st.column_config.NumberColumn(format="%+.2f"),
                "Factor": st.column_config.NumberColumn(format="%.2f"),
            },
        )


def _again(segmentation: Segmentation, segment: Segment) -> None:
    with st.expander("Write again offline"):
        st.markdown("The offline writer makes a new version; the present one stays among the versions.")
        one, all_ = st.columns(2)
        if one.button(f"Write {segment.id} again", key="again one"):
            drafting.draft_offline(segmentation, [segment.id])
            st.rerun()
        if all_.button("Write all again", key="again all"):
            drafting.draft_offline(segmentation, [item.id for item in segmentation.segments])
            st.rerun()


page()
