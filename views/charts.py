"""Engine values as plotly figures: one template, one palette, one diverging scale. No streamlit here.

The figures of a diagnosis are in diagnosis_charts.py."""

import math
import textwrap
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from engine.model import CategoryStat, FeatureStat, Profile, Projection, Segment, SegmentProfile
from engine.numbers import count, percent, show
from engine.profile import value_above
from llm.lexicon import spoken

SEGMENT_COLOURS = (
    "#1266C0",
    "#D27710",
    "#8644C1",
    "#14A15E",
    "#C71D47",
    "#139DB6",
    "#886126",
    "#D767AB",
)
"""Used for segments and for nothing else. At least 3:1 on both papers; neighbours differ in lightness."""

BELOW, ABOVE, NEUTRAL = "#3C7A96", "#B4552D", "rgba(128,128,128,0.10)"
"""The diverging scale: below the population, above it, at it."""

DIVERGING = ((0.0, "rgba(60,122,150,0.72)"), (0.5, NEUTRAL), (1.0, "rgba(180,85,45,0.72)"))
"""Half transparent, so that the paper's own ink is readable on every cell in both themes."""

CLEARLY_ABOVE = 0.85
"""The heat map's fullest colour: about what a distance of 1.5 standard deviations is where values are normal."""

INK = "#7A8088"
HAIRLINE = "rgba(128,128,128,0.22)"
CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "modeBarButtons": [["toImage"]],
    "displayModeBar": "hover",
}
STILL: dict[str, Any] = {"displayModeBar": False}
"""For the small pictures beside text."""


def colour(segment: Segment) -> str:
    return SEGMENT_COLOURS[segment.colour % len(SEGMENT_COLOURS)]


def inert(text: str) -> str:
    """Plotly reads a little HTML in every label; a name is only ever a name."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def short(text: str, length: int = 30) -> str:
    return inert(text if len(text) <= length else text[: length - 1].rstrip(" ,") + "…")


def wrapped(text: str, width: int, lines: int = 3) -> str:
    """The text as lines of at most so many characters, the last one cut where it takes more lines."""
    whole = textwrap.wrap(text, width)
    if len(whole) > lines:
        whole = [*whole[: lines - 1], " ".join(whole[lines - 1 :])]
    return "<br>".join(short(line, width) for line in whole)


def ground(height: int, **layout: Any) -> go.Figure:
    """An empty figure of this height in pixels, in the one style."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        hoverlabel={"align": "left"},
        dragmode=False,
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": INK, "activecolor": INK},
        **layout,
    )
    figure.update_xaxes(showgrid=False, zeroline=False, fixedrange=True, automargin=True)
    figure.update_yaxes(showgrid=False, zeroline=False, fixedrange=True, automargin=True)
    return figure


def heat_map(
    profile: Profile,
    segments: Sequence[Segment],
    features: Sequence[str],
    values: Sequence[tuple[str, str]],
    ink: str,
) -> go.Figure:
    """Segments across, features and then category values down: the mean or the share as text, coloured by how often
    an account of the segment lies above one outside it, which a few huge values do not move as they move a
    standard deviation."""
    labels = [short(profile.dictionary[name].label) for name in features]
    colours, text, hover = [], [], []
    for name in features:
        row_colours, row_text, row_hover = [], [], []
        unit = profile.dictionary[name].unit
        for segment in segments:
            found = profile.segment(segment.id)
            stat = found.features.get(name) if found else None
            row_colours.append(stat.above if stat else None)
            row_text.append("" if stat is None else show(stat.mean, unit))
            row_hover.append(
                ""
                if stat is None
                else f"{inert(segment.name)}: {inert(profile.dictionary[name].label)} is "
                f"{show(stat.mean, unit)} on average, "
                f"{show(profile.population.features[name].mean, unit)} for all accounts"
                + ("" if stat.index is None else f" (index {show(stat.index, 'index')})")
                + (
                    ""
                    if stat.above is None
                    else f"<br>{percent(stat.above)} of the time it is higher than outside the segment"
                )
            )
        colours.append(row_colours)
        text.append(row_text)
        hover.append(row_hover)
    for column, value in values:
        labels.append(short(f"{profile.dictionary[column].label}: {value}", 38))
        colours.append([value_above(profile, segment.id, column, value) for segment in segments])
        shares = [_share(profile.segment(segment.id), column, value) for segment in segments]
        text.append(shares)
        everyone = percent(profile.population.categories[column][value].share)
        hover.append(
            [
                share and f"{inert(segment.name)}: {share} are {inert(value)}, {everyone} of all accounts"
                for segment, share in zip(segments, shares, strict=True)
            ]
        )
    return _cells(
        segments, labels, colours, text, hover, ink, zmid=0.5, zmin=1 - CLEARLY_ABOVE, zmax=CLEARLY_ABOVE
    )


def _share(found: SegmentProfile | None, column: str, value: str) -> str:
    """The share of a category value as text; "" where it is not shown."""
    cell = found.categories.get(column, {}).get(value) if found else None
    return "" if cell is None else percent(cell.share)


def account_map(projection: Projection, segments: Sequence[Segment]) -> go.Figure:
    """At most 5,000 accounts on two principal components, with the segment's id at its middle."""
    figure = ground(430)
    for segment in segments:
        own = projection.segments == segment.id
        if not own.any():
            continue
        figure.add_scattergl(
            x=projection.x[own],
            y=projection.y[own],
            mode="markers",
            marker={"size": 4, "color": colour(segment), "opacity": 0.45},
            text=[short(str(key), 60) for key in projection.keys[own]],
            hovertemplate=f"Account %{{text}} is in {segment.id}, {short(segment.name, 40)}<extra></extra>",
        )
    for segment in segments:
        own = projection.segments == segment.id
        if own.any():
            figure.add_annotation(
                x=float(projection.x[own].mean()),
                y=float(projection.y[own].mean()),
                text=f"<b>{segment.id}</b>",
                showarrow=False,
                font={"color": "#FFFFFF", "size": 12},
                bgcolor=colour(segment),
                borderpad=3,
            )
    for axis, name, share in (
        (figure.update_xaxes, projection.axes[0], projection.explained[0]),
        (figure.update_yaxes, projection.axes[1], projection.explained[1]),
    ):
        lines = inert(name).replace(", ", ",<br>", 1)
        axis(title=f"→ {lines} ({percent(share)})", showticklabels=False)
    return figure


def index_bars(profile: Profile, segment: Segment, features: Sequence[str]) -> go.Figure:
    """A few differences of one segment as bars to both sides of the population, labelled directly."""
    found = profile.segment(segment.id)
    stats = [(name, found.features[name]) for name in features if found and name in found.features]
    figure = ground(44 + 30 * len(stats), bargap=0.45)
    lengths = [_length(stat) for _, stat in stats]
    limit = max([40.0, *(abs(length) for length in lengths)]) * 1.45
    figure.add_bar(
        orientation="h",
        y=list(range(len(stats))),
        x=lengths,
        marker={"color": [ABOVE if stat.z > 0 else BELOW for _, stat in stats]},
        text=[_against(stat.index, stat.z) for _, stat in stats],
        textposition="outside",
        cliponaxis=False,
        customdata=[
            [
                short(profile.dictionary[name].label, 40),
                show(stat.mean, profile.dictionary[name].unit),
                show(profile.population.features[name].mean, profile.dictionary[name].unit),
            ]
            for name, stat in stats
        ],
        hovertemplate="%{customdata[0]}: %{customdata[1]} on average, %{customdata[2]} for all<extra></extra>",
    )
    figure.add_vline(x=0, line={"color": INK, "width": 1})
    figure.update_xaxes(range=[-limit, limit], showticklabels=False)
    labels = [short(profile.dictionary[name].label, 26) for name, _ in stats]
    figure.update_yaxes(autorange="reversed", ticks="", tickvals=list(range(len(stats))), ticktext=labels)
    return figure


def _length(stat: FeatureStat) -> float:
    """How far the bar reaches: index points from 100, at most 150; 50 a standard deviation without one."""
    return max(-100.0, min(150.0, 50 * stat.z if stat.index is None else stat.index - 100))


def _against(index: float | None, z: float) -> str:
    return f"{z:+.1f} sd" if index is None else f"{index:.0f}"


def category_mix(profile: Profile, segments: Sequence[Segment], column: str, ink: str) -> go.Figure:
    """All accounts and the segments across, the values of a category down: the share as text, coloured by how many
    times everybody's it is, fullest at twice and at half. A share that is not shown has no cell."""
    everyone = profile.population.categories[column]
    found = [profile.segment(segment.id) for segment in segments]
    whose = ["All accounts", *(inert(segment.name) for segment in segments)]
    colours, text, hover = [], [], []
    for value, usual in everyone.items():
        shares: list[CategoryStat | None] = [usual]
        shares += [own.categories[column].get(value) if own else None for own in found]
        colours.append([_doublings(stat) for stat in shares])
        text.append(["" if stat is None else percent(stat.share) for stat in shares])
        hover.append(
            [
                "" if stat is None else f"{name}: {percent(stat.share)} {inert(value)}{_times(stat, usual)}"
                for name, stat in zip(whose, shares, strict=True)
            ]
        )
    return _cells(
        segments, [short(value, 26) for value in everyone], colours, text, hover, ink,
        first=["All<br>accounts"], zmid=0.0, zmin=-1.0, zmax=1.0,
    )  # fmt: skip


def _doublings(stat: CategoryStat | None) -> float | None:
    """How often the share doubles everybody's; -1 at half of it."""
    return None if stat is None else math.log2(max(stat.lift, 0.25))


def _times(stat: CategoryStat, usual: CategoryStat) -> str:
    return "" if stat is usual else f", {stat.lift:.1f} times the average"


def _cells(
    segments: Sequence[Segment],
    labels: Sequence[str],
    colours: Sequence[Sequence[float | None]],
    text: Sequence[Sequence[str]],
    hover: Sequence[Sequence[str]],
    ink: str,
    *,
    first: Sequence[str] = (),
    **scale: float,
) -> go.Figure:
    """Segments across under their names, behind the columns headed `first`; one labelled row for each of the lists."""
    # Beyond four columns there is no room for names: the cards above say who S5 is.
    roomy = {2: 30, 3: 22, 4: 16}.get(max(2, len(segments)))
    names = [f"<br>{wrapped(item.name, roomy, 4)}" if roomy else "" for item in segments]
    heads = [*first, *(f"<b>{segment.id}</b>{name}" for segment, name in zip(segments, names, strict=True))]
    # Heads stand on their last line: with as many lines each, the ids are at one height.
    lines = max(head.count("<br>") for head in heads)
    heads = [head + (lines - head.count("<br>")) * "<br>\u00a0" for head in heads]
    figure = ground(max(240, 100 + 34 * len(labels)))
    figure.add_heatmap(
        z=colours,
        text=text,
        texttemplate="%{text}",
        textfont={"color": ink},
        customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
        colorscale=DIVERGING,
        xgap=3,
        ygap=3,
        showscale=False,
        **scale,
    )
    # Cells stand at numbered places: two columns with the same label stay two rows.
    figure.update_yaxes(autorange="reversed", tickvals=list(range(len(labels))), ticktext=labels)
    figure.update_xaxes(
        side="top", tickangle=0, tickvals=list(range(len(heads))), ticktext=heads, ticklabeloverflow="allow"
    )
    return figure


def concentration(profile: Profile, segments: Sequence[Segment], feature: str) -> go.Figure:
    """Each segment's share of the accounts beside its share of a total."""
    label = profile.dictionary[feature].label
    figure = ground(60 + 52 * len(segments), barmode="group", bargap=0.35, bargroupgap=0.08)
    found = [(segment, profile.segment(segment.id)) for segment in segments]
    names = [wrapped(f"{segment.id} {segment.name}", 28, 2) for segment, _ in found]
    for title, shares, opacity in (
        ("of accounts", [own.size_share if own else 0 for _, own in found], 0.35),
        (
            f"of {inert(spoken(label))}",
            [(own.features[feature].total_share or 0) if own else 0 for _, own in found],
            1.0,
        ),
    ):
        figure.add_bar(
            orientation="h",
            y=names,
            x=shares,
            marker={"color": [colour(segment) for segment in segments], "opacity": opacity},
            text=[f"{percent(share)} {title}" for share in shares],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    figure.update_xaxes(range=[0, 1.25 * max(0.2, *(value for trace in figure.data for value in trace.x))])
    figure.update_xaxes(showticklabels=False)
    figure.update_yaxes(autorange="reversed")
    return figure


def strip(profile: Profile, segments: Sequence[Segment], feature: str, chosen: str) -> go.Figure:
    """Where every segment stands on one feature; the chosen one is filled, the line is the population."""
    unit = profile.dictionary[feature].unit
    figure = ground(84)
    for segment in segments:
        found = profile.segment(segment.id)
        if found is None or feature not in found.features:
            continue
        mean = found.features[feature].mean
        own = segment.id == chosen
        figure.add_scatter(
            x=[mean],
            y=[0],
            mode="markers+text",
            text=[segment.id if own else ""],
            textposition="top center",
            marker={
                "size": 14 if own else 10,
                "color": colour(segment) if own else "rgba(0,0,0,0)",
                "line": {"color": colour(segment), "width": 2},
            },
            hovertemplate=f"{short(segment.name, 40)}: {show(mean, unit)}<extra></extra>",
        )
    everyone = profile.population.features[feature].mean
    figure.add_shape(
        type="line",
        x0=everyone,
        x1=everyone,
        y0=-0.75,
        y1=1.4,
        line={"color": INK, "width": 1, "dash": "dot"},
    )
    figure.add_annotation(x=everyone, y=-1.2, text=f"all accounts {show(everyone, unit)}", showarrow=False)
    figure.update_yaxes(visible=False, range=[-1.6, 1.4])
    figure.update_xaxes(showticklabels=False)
    return figure


def before_after(raw: Sequence[float], prepared: Sequence[float], label: str) -> go.Figure:
    """Two small histograms: a column as it came, and as it is clustered on."""
    figure = go.Figure()
    figure.set_subplots(1, 2, horizontal_spacing=0.08)
    figure.add_histogram(x=list(raw), nbinsx=30, marker={"color": INK}, row=1, col=1)
    figure.add_histogram(x=list(prepared), nbinsx=30, marker={"color": BELOW}, row=1, col=2)
    figure.update_layout(ground(170).layout)
    figure.update_xaxes(fixedrange=True, showgrid=False)
    figure.update_xaxes(title=inert(label), row=1, col=1)
    figure.update_xaxes(title="prepared", row=1, col=2)
    figure.update_yaxes(showticklabels=False, showgrid=False, fixedrange=True)
    return figure


def accounts(size: int, share: float) -> str:
    """ "12,345 accounts, 25%"."""
    return f"{count(size)} accounts, {percent(share)}"
