"""Segments: who they are, how they differ, and what they are called."""

import math
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from engine import export, record
from engine.model import FeatureStat, Profile, Segment, Segmentation
from engine.numbers import count, percent, show
from engine.profile import MISSING, POOLED
from engine.segment import OUTLYING, profile_of
from engine.verdict import listed
from llm.markdown import inert, said
from views import charts, diagnosing, drafting, parts, resources, segment_rows, state

CARD_FEATURES = 3
LISTED = 50
"""So many accounts are listed; the download has all."""


def page() -> None:
    segmentation = parts.open_segmentation("Segments")
    store = resources.workspace()
    profile = profile_of(store, segmentation)
    parts.head(_sentence(segmentation), _second(segmentation), segmentation)
    problem = state.recall("rename problem")
    if problem:
        st.error(said(problem))
        state.forget("rename problem")
    _overtaken(segmentation)
    _cards(segmentation, profile)
    st.caption(
        "Bars: the three strongest differences as an index, where 100 is the average of all accounts. "
        "No bar is drawn beyond 250; the figure beside it tells the rest."
    )
    if parts.next_step(*_next(segmentation)):
        drafting.draft_missing(segmentation)
        state.go("personas.py")
    left, right = st.columns([6, 5], gap="large")
    features = segment_rows.ranked(profile)
    shown = segment_rows.shown(profile, features)
    values = segment_rows.values(profile, segment_rows.MOST - len(shown))
    with left:
        st.subheader("How they differ", anchor=False)
        st.plotly_chart(
            charts.heat_map(profile, segmentation.segments, shown, values, parts.ink()),
            key=f"heat {segmentation.id}",
            config=charts.CONFIG,
            alt="Averages of each segment, coloured by how often an account of it lies above one outside",
        )
        st.caption(
            f"Averages{' and shares' if values else ''}, strongest differences first. Colour is how often an account "
            "of the segment lies above one outside it: red more than half of the time, blue less, fullest at "
            f"{percent(charts.CLEARLY_ABOVE)} and {percent(1 - charts.CLEARLY_ABOVE)}. A few huge values move an "
            "average, but not the colour."
        )
    with right:
        _map(segmentation)
    _differences(profile, segmentation, features)
    _mixes(profile, segmentation)
    _concentration(profile, segmentation)
    _accounts(segmentation)
    _keep(segmentation)


def _sentence(segmentation: Segmentation) -> str:
    largest = segmentation.segments[0]
    return (
        f"{len(segmentation.segments)} segments of {count(segmentation.rows)} accounts; "
        f"the largest holds {percent(largest.share)}"
    )


def _second(segmentation: Segmentation) -> str:
    """The verdict, then what to weigh with care: tiny segments and outliers."""
    least = diagnosing.question(segmentation.spec.dataset).smallest
    tiny = [segment.id for segment in segmentation.segments if segment.share < least]
    told = [segmentation.verdict_text]
    job = resources.jobs().find(segmentation.diagnosis) if segmentation.diagnosis else None
    if not segmentation.verdict and job and job.state == "running":
        told.append("The remaining tests are running; the verdict stands here once they have ended.")
    if tiny:
        told.append(
            f"{listed(tiny)} {'holds' if len(tiny) == 1 else 'hold'} less than {percent(least)} of the accounts: "
            "weigh with care."
        )
    if segmentation.outliers:
        told.append(
            f"{count(segmentation.outliers)} {'outlier is' if segmentation.outliers == 1 else 'outliers are'} tagged."
        )
    return said(" ".join(part for part in told if part))


def _overtaken(segmentation: Segmentation) -> None:
    """Says what was changed on the pages before since these segments were made; they stay as they are."""
    now = resources.workspace().spec(segmentation.spec.dataset) or segmentation.spec
    changed = [
        name
        for name, fields in CHOICES.items()
        if any(getattr(now, field) != getattr(segmentation.spec, field) for field in fields)
    ]
    if changed:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(
                f":material/history: Changed since: {listed(changed)}. These segments rest on what was set before.",
                width="content",
            )
            st.page_link("diagnose.py", label="Diagnose again", icon=":material/arrow_forward:")


CHOICES = {
    "the key": ("key",),
    "the roles of columns": ("cluster", "describe"),
    "the filters": ("filters",),
    "the preparation": ("prepare",),
    "the weights": ("weights",),
    "what zeros stand for": ("zeros",),
    "the treatment of duplicate rows": ("identical_rows",),
}
"""What a person chooses before segments are made, in the pages' words, and the fields that hold it."""


def _next(segmentation: Segmentation) -> tuple[str, str]:
    drafted = resources.workspace().personas(segmentation.id)
    return ("Open the personas" if drafted else "Draft personas", "to personas")


def _cards(segmentation: Segmentation, profile: Profile) -> None:
    rows = math.ceil(len(segmentation.segments) / 4)
    per_row = max(2, math.ceil(len(segmentation.segments) / rows))
    for start in range(0, len(segmentation.segments), per_row):
        places = st.columns(per_row, gap="medium")
        for place, segment in zip(places, segmentation.segments[start : start + per_row], strict=False):
            with place, st.container(key=f"ink{segment.colour}-card-{segment.id}", height="stretch"):
                _card(segmentation, profile, segment)


def _card(segmentation: Segmentation, profile: Profile, segment: Segment) -> None:
    widget = f"name {segmentation.id} {segment.id} {segment.name}"
    st.subheader(f":gray[{segment.id}] {inert(segment.name)}", anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{charts.accounts(segment.size, segment.share)}**", width="content")
        with st.popover("Rename", type="tertiary", key=f"rename {segmentation.id} {segment.id}"):
            st.text_input(
                f"Name of {segment.id}",
                value=segment.name,
                max_chars=60,
                key=widget,
                on_change=_rename,
                args=(segmentation.id, segment.id, widget),
            )
    found = profile.segment(segment.id)
    if found is None:
        return
    clustered = [name for name in profile.clustered if name in found.features]
    strongest = sorted(clustered or found.features, key=lambda name: _strength(found.features[name]))[
        :CARD_FEATURES
    ]
    st.plotly_chart(
        charts.index_bars(profile, segment, strongest),
        key=f"card {segmentation.id} {segment.id}",
        config=charts.STILL,
        alt=f"The strongest differences of {segment.name}; 100 is the average of all accounts",
    )
    notable = [
        (stat.lift, f"{inert(profile.dictionary[name].label)}: {inert(value)}, {percent(stat.share)}")
        for name, mix in found.categories.items()
        for value, stat in mix.items()
        if value not in (MISSING, POOLED) and stat.lift >= 1.25 and stat.share >= 0.1
    ]
    if notable:
        strongest_two = sorted(notable, reverse=True)[:2]
        st.caption("; ".join(f"{text} ({lift:.1f} times the average)" for lift, text in strongest_two))


def _strength(stat: FeatureStat) -> tuple[bool, float]:
    """The strongest difference first; one that no bar can show, its index within 5 of 100, after the others."""
    return stat.index is not None and abs(stat.index - 100) < INVISIBLE, -abs(stat.z)


INVISIBLE = 5
"""A difference of fewer index points than this has no bar to see."""


def _rename(segmentation_id: str, segment_id: str, widget: str) -> None:
    name = " ".join(str(state.widget(widget) or "").split())
    store = resources.workspace()
    segmentation = store.segmentation(segmentation_id)
    if not name or name in [item.name for item in segmentation.segments if item.id != segment_id]:
        state.remember(
            "rename problem",
            "A segment needs a name." if not name else f"Another segment is called “{name}” already.",
        )
        return
    drafting.rename(segmentation, segment_id, name)


def _map(segmentation: Segmentation) -> None:
    st.subheader("The map", anchor=False)
    if segmentation.method != "kmeans":
        st.markdown("A map is drawn for segments that were found by k-means.")
        return
    drawn = resources.projection(segmentation.recipe, record.dump(segmentation.spec))
    st.plotly_chart(
        charts.account_map(drawn, segmentation.segments),
        key=f"map {segmentation.id}",
        config=charts.CONFIG,
        alt="Accounts on two principal components, coloured by segment",
    )
    st.caption(
        f"{count(len(drawn.x))} of {count(drawn.rows)} accounts on the two directions in which they vary most "
        f"({percent(sum(drawn.explained))} of the variation). Segments that overlap here may differ in the rest."
    )


def _differences(profile: Profile, segmentation: Segmentation, features: list[str]) -> None:
    with st.expander("Every difference, ranked"):
        names = {segment.id: segment.name for segment in segmentation.segments}
        picked = st.segmented_control(
            "Segment",
            list(names),
            default=segmentation.segments[0].id,
            required=True,
            format_func=lambda segment_id: f"{segment_id} {inert(names[segment_id])}",
            key=f"differences {segmentation.id}",
        )
        chosen, found = segmentation.segment(picked or ""), profile.segment(picked or "")
        if chosen is None or found is None:
            return
        ranked = sorted(
            (name for name in features if name in found.features),
            key=lambda name: -abs(found.features[name].z),
        )
        rows = [(name, found.features[name], profile.population.features[name]) for name in ranked]
        st.dataframe(
            pd.DataFrame(
                {
                    "Feature": [profile.dictionary[name].label for name, _, _ in rows],
                    "Segment": [show(own.mean, profile.dictionary[name].unit) for name, own, _ in rows],
                    "All accounts": [
                        show(all_.mean, profile.dictionary[name].unit) for name, _, all_ in rows
                    ],
                    "Index": [own.index for _, own, _ in rows],
                    "Distance in sd": [own.z for _, own, _ in rows],
                    "Effect size d": [own.d for _, own, _ in rows],
                    "Rank": [own.rank for _, own, _ in rows],
                    "Clustered on": [name in profile.clustered for name, _, _ in rows],
                }
            ),
            hide_index=True,
            column_config={
                "Segment": st.column_config.TextColumn(alignment="right"),
                "All accounts": st.column_config.TextColumn(alignment="right"),
                "Index": st.column_config.NumberColumn(
                    format="%.0f", help="100 is the average of all accounts."
                ),
                "Distance in sd": st.column_config.NumberColumn(format="%+.2f"),
                "Effect size d": st.column_config.NumberColumn(
                    format="%+.2f",
                    help="Cohen's d against all other accounts; 0.2 small, 0.5 medium, 0.8 large.",
                ),
                "Rank": st.column_config.NumberColumn(help="1 is the highest average of all segments."),
            },
        )
        st.text_area(
            "Description",
            value=chosen.description,
            key=f"describe {segmentation.id} {chosen.id}",
            on_change=_describe,
            args=(segmentation.id, chosen.id),
            help="Your own words; they travel with the segment.",
        )


def _describe(segmentation_id: str, segment_id: str) -> None:
    text = str(state.widget(f"describe {segmentation_id} {segment_id}") or "").strip()

    def described(stored: Segmentation) -> Segmentation:
        return replace(
            stored,
            segments=tuple(
                replace(item, description=text) if item.id == segment_id else item for item in stored.segments
            ),
        )

    resources.workspace().change_segmentation(segmentation_id, described)


def _mixes(profile: Profile, segmentation: Segmentation) -> None:
    columns = list(profile.population.categories)
    if not columns:
        return
    with st.expander("Mixes: " + ", ".join(inert(profile.dictionary[name].label) for name in columns[:4])):
        name = st.selectbox(
            "Mix of",
            columns,
            format_func=lambda item: profile.dictionary[item].label,
            key=f"mix {segmentation.id}",
        )
        st.plotly_chart(
            charts.category_mix(profile, segmentation.segments, name, parts.ink()),
            key=f"mix chart {segmentation.id} {name}",
            config=charts.CONFIG,
            alt=f"The share of each {profile.dictionary[name].label} in all accounts and in each segment",
        )
        left_out = " Cells with fewer than 11 accounts, and those that would give them away, are left out."
        st.caption(
            "Shares of the accounts of each segment. Red is more than in all accounts, blue less, "
            "fullest at twice and at half." + (left_out if profile.suppressed else "")
        )


def _concentration(profile: Profile, segmentation: Segmentation) -> None:
    totals = [
        name
        for name in profile.population.features
        if any(
            segment.features[name].total_share is not None
            for segment in profile.segments
            if name in segment.features
        )
    ]
    if not totals:
        return
    with st.expander("Where the value is"):
        name = st.selectbox(
            "Share of all",
            totals,
            format_func=lambda item: profile.dictionary[item].label,
            key=f"value {segmentation.id}",
        )
        st.plotly_chart(
            charts.concentration(profile, segmentation.segments, name),
            key=f"value chart {segmentation.id} {name}",
            config=charts.CONFIG,
        )


def _accounts(segmentation: Segmentation) -> None:
    """Accounts to look at, those near a border or far out, and everybody's segment to take away."""
    with st.expander("Accounts to look at, and every account's segment"):
        rows = resources.workspace().assignments(segmentation.recipe)
        rows["name"] = rows["segment"].map({segment.id: segment.name for segment in segmentation.segments})
        if segmentation.method == "kmeans":
            shown, sentence = _to_look_at(segmentation, rows)
        else:
            shown, sentence = rows.head(LISTED), f"The first {LISTED} accounts."
        st.markdown(sentence)
        st.dataframe(
            shown[["key", "segment", "name", "fit"]],
            hide_index=True,
            column_config={
                "key": "Account",
                "segment": "Segment",
                "name": "Name",
                "fit": st.column_config.NumberColumn(
                    "Fit", format="%.3f", help="1 in the middle of a segment, 0 half way between two."
                ),
            },
        )
        with st.container(horizontal=True):
            for label, write, file_name in (
                ("Download every account's segment (CSV)", export.assignments_csv, "assignments.csv"),
                ("Download the table with the segments (CSV)", export.table_csv, "table-with-segments.csv"),
            ):
                st.download_button(
                    label,
                    partial(write, resources.workspace(), segmentation),
                    file_name=file_name,
                    mime="text/csv",
                    key=f"download {file_name}",
                    on_click="ignore",
                )


def _to_look_at(segmentation: Segmentation, rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The accounts of the chosen kind, and what they are in a sentence."""
    picked = st.segmented_control(
        "Accounts", ["Near a border", "Far out"], default="Near a border", required=True, key="look at"
    )
    if picked != "Far out":
        border = rows.nsmallest(LISTED, "fit")
        return border, (
            f"The {count(len(border))} accounts nearest to a border. Fit is 1 in the middle of a segment and 0 half "
            "way between two: those at 0 could sit in either."
        )
    outlying = rows[rows["outlier"]]
    if not len(outlying):
        return outlying, "No account lies far out: one in a thousand at most is called an outlier."
    return outlying.head(LISTED), (
        f"{count(len(outlying))} {'account lies' if len(outlying) == 1 else 'accounts lie'} farther from the centre "
        f"of their segment than {100 * OUTLYING:.1f}% of all accounts do. They stay in their segment and are tagged "
        "as outliers in the download."
    )


def _keep(segmentation: Segmentation) -> None:
    with st.expander("Name and notes of this segmentation"):
        name = st.text_input("Name", value=segmentation.name, max_chars=80, key=f"title {segmentation.id}")
        notes = st.text_area("Notes", value=segmentation.notes, key=f"notes {segmentation.id}")
        if st.button("Save", key="save notes") and name.strip():
            resources.workspace().change_segmentation(
                segmentation.id, lambda stored: replace(stored, name=name.strip(), notes=notes)
            )
            st.toast("Saved.")
            st.rerun()


page()
