"""A diagnosis as plotly figures: curves over k with their nulls, blades, pairs, flows. No streamlit here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go

from engine.model import Diagnosis, KResult, PairGap
from engine.numbers import count, percent
from engine.partitions import SilhouetteProfile
from engine.verdict import PATH, VALLEY, pair_is_apart, repeatable
from views.charts import HAIRLINE, INK, SEGMENT_COLOURS, ground

CLEAR = "rgba(0,0,0,0)"
BAND = "rgba(128,128,128,0.20)"
FIRST_LOOK = "silhouette_simplified"

TITLES = {
    "inertia": "Inertia: squared distances, summed",
    "silhouette": "Mean silhouette, −1 to 1",
    FIRST_LOOK: "Simplified silhouette, 0 to 1",
}
NULLS = {
    "inertia": ("null_inertia_min", "null_inertia_max"),
    "silhouette": ("null_silhouette_mean", "null_silhouette_max"),
}
TOLD = {
    "inertia": "the inertia is %s",
    "silhouette": "the mean silhouette is %s",
    FIRST_LOOK: "the simplified silhouette of a first look is %s",
}


def k_curve(diagnosis: Diagnosis, measure: str, chosen: int, marks: Mapping[int, str], ink: str) -> go.Figure:
    """A measure by k over the band of tables without groups; a vertical line at the chosen k.

    Repeatable k are filled and the others hollow once that was tested; untested ones are small. `marks`:
    a word for each number that has one.
    """
    results = [result for result in diagnosis.ks if getattr(result, measure) is not None]
    ks = [result.k for result in results]
    values = [getattr(result, measure) for result in results]
    figure = ground(310, hovermode="closest")
    figure.update_layout(margin={"t": 42})
    _null_band(figure, results, measure)
    figure.add_vline(x=chosen, line={"color": ink, "width": 1})
    figure.add_scatter(
        x=ks,
        y=values,
        mode="lines+markers",
        line={"color": INK, "width": 1.5, "dash": "dot" if diagnosis.stage == "preview" else "solid"},
        marker={
            "size": [(10 if _tested(item) else 6) + 4 * (item.k == chosen) for item in results],
            "symbol": [
                "circle-open" if _tested(item) and not repeatable(item) else "circle" for item in results
            ],
            "color": [ink if k == chosen else INK for k in ks],
            "line": {"width": 2, "color": [ink if k == chosen else INK for k in ks]},
            "opacity": 1,
        },
        customdata=[_hover(result, measure) for result in results],
        hovertemplate="%{customdata}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
    for k, word in marks.items():
        if k in ks:
            figure.add_annotation(
                x=k,
                y=1,
                yref="paper",
                yanchor="bottom",
                yshift=0 if k == chosen else 16,
                text=f"<b>{k}</b>, {word}",
                showarrow=False,
                font={"color": ink if k == chosen else INK},
            )
    figure.update_xaxes(
        title="Number of segments", tickmode="array", tickvals=ks, range=[ks[0] - 0.6, ks[-1] + 0.6]
    )
    ticks = {"tickformat": "~s"} if measure == "inertia" else {}
    figure.update_yaxes(
        title=TITLES[measure], showgrid=True, gridcolor=HAIRLINE, rangemode="tozero", nticks=5, **ticks
    )
    return figure


def _null_band(figure: go.Figure, results: Sequence[KResult], measure: str) -> None:
    low, high = NULLS.get(measure, ("", ""))
    known = [result for result in results if low and getattr(result, low) is not None]
    if not known:
        return
    ks = [result.k for result in known]
    # Two lines of the same hue keep a narrow band visible.
    edge = {"width": 1.5, "color": "rgba(128,128,128,0.55)"}
    for bound, fill in ((low, None), (high, "tonexty")):
        figure.add_scatter(
            x=ks, y=[getattr(result, bound) for result in known], mode="lines", line=edge, fill=fill,
            fillcolor=BAND, hoverinfo="skip",
        )  # fmt: skip
    last = known[-1]
    observed, top = getattr(last, measure), getattr(last, high)
    above = top >= observed
    figure.add_annotation(
        x=ks[-1],
        y=top if above else getattr(last, low),
        yshift=24 if above else -24,
        xanchor="right",
        text="tables without groups",
        showarrow=False,
        font={"color": INK, "size": 12},
    )


def _tested(result: KResult) -> bool:
    return result.stability_ari is not None


def _hover(result: KResult, measure: str) -> str:
    value = getattr(result, measure)
    figure = f"{value:,.0f}" if measure == "inertia" else f"{value:.3f}"
    lines = [f"With {result.k} segments {TOLD[measure] % figure}"]
    low, high = (getattr(result, name, None) for name in NULLS.get(measure, ("", "")))
    if measure == "inertia" and low is not None and high is not None:
        lines.append(f"Tables without groups: {low:,.0f} to {high:,.0f}")
    elif low is not None and high is not None:
        lines.append(f"Tables without groups: {low:.3f} on average, {high:.3f} at most")
    if _tested(result):
        lines.append(
            "Other samples agree on it" if repeatable(result) else "Other samples do not agree on it"
        )
    else:
        lines.append("Whether other samples agree on it is not tested")
    return "<br>".join([*lines, "Click to choose it"])


# --- The tests, small ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Small:
    """One small picture over k. bars: what lies above and below each value; passes: the least that passes."""

    ks: Sequence[int]
    values: Sequence[float]
    title: str
    bars: Sequence[float] = ()
    passes: float | None = None
    marked: int | None = None


def small_curve(small: Small, chosen: int, ink: str) -> go.Figure:
    """A test's figure for every k, the line it has to reach, and the k it answers, if it answers one."""
    figure = ground(190)
    figure.update_layout(margin={"t": 30})
    figure.add_vline(x=chosen, line={"color": ink, "width": 1})
    if small.passes is not None:
        figure.add_hline(y=small.passes, line={"color": INK, "width": 1, "dash": "dot"})
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=small.passes, yanchor="bottom", text=f"{small.passes:.2f}",
            showarrow=False, font={"color": INK, "size": 11},
        )  # fmt: skip
    colours = [ink if k == small.marked or (small.marked is None and k == chosen) else INK for k in small.ks]
    figure.add_scatter(
        x=list(small.ks),
        y=list(small.values),
        mode="lines+markers",
        line={"color": INK, "width": 1.2},
        marker={"size": [9 if colour == ink else 6 for colour in colours], "color": colours, "opacity": 1},
        error_y={"array": list(small.bars), "color": INK, "thickness": 1, "width": 3} if small.bars else None,
        hovertemplate="With %{x} segments: %{y:.3f}<extra></extra>",
    )
    figure.add_annotation(
        x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom", yshift=6, text=small.title,
        showarrow=False, align="left", font={"color": ink},
    )  # fmt: skip
    figure.update_xaxes(tickmode="array", tickvals=list(small.ks))
    shown = [*small.values, *([] if small.passes is None else [small.passes])]
    room = 0.12 * (max(shown) - min(shown)) + 0.02 + max(small.bars, default=0.0)
    figure.update_yaxes(
        showgrid=True, gridcolor=HAIRLINE, nticks=4, range=[min(shown) - room, max(shown) + room]
    )
    return figure


# --- Segments of one k ---------------------------------------------------------------------------


def silhouette_blades(profile: SilhouetteProfile, mean: float, ink: str) -> go.Figure:
    """One blade per segment, as thick as the segment is large, its accounts from high to low; a line at the
    mean of all accounts."""
    figure = ground(max(300, 80 + 56 * len(profile.blades)))
    figure.update_layout(margin={"t": 28})
    gap = 0.025
    top = 0.0
    for place, blade in enumerate(profile.blades):
        share = blade.size / profile.rows
        heights = top + share * (np.arange(len(blade.values)) + 0.5) / max(1, len(blade.values))
        colour = SEGMENT_COLOURS[place % len(SEGMENT_COLOURS)]
        # A blade is a closed shape: along the values and back along zero.
        figure.add_scatter(
            x=[*blade.values.round(4), *np.zeros(len(heights))],
            y=[*heights.round(5), *heights[::-1].round(5)],
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=colour,
            hoveron="fills",
            hoverinfo="text",
            text=(
                f"{blade.segment}: {count(blade.size)} accounts, mean silhouette {blade.mean:.2f}, "
                f"{percent(blade.misplaced)} nearer to another segment"
            ),
        )
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=top + share / 2, text=f"<b>{blade.segment}</b>",
            showarrow=False, font={"color": ink},
        )  # fmt: skip
        figure.add_annotation(
            x=1, xref="paper", xanchor="right", y=top + share / 2, showarrow=False, font={"color": ink},
            text=f"mean {blade.mean:.2f}",
        )  # fmt: skip
        top += share + gap
    figure.add_vline(x=mean, line={"color": ink, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=mean, y=1, yref="paper", yanchor="bottom", text=f"all accounts {mean:.3f}", showarrow=False,
        font={"color": ink},
    )  # fmt: skip
    lowest = min((float(blade.values[-1]) for blade in profile.blades if len(blade.values)), default=0.0)
    highest = max((float(blade.values[0]) for blade in profile.blades if len(blade.values)), default=1.0)
    reach = highest - min(0.0, lowest)
    figure.update_xaxes(
        title="Silhouette of each account", showgrid=True, gridcolor=HAIRLINE, zeroline=True,
        zerolinecolor=INK, range=[min(0.0, lowest) - 0.12 * reach, highest + 0.16 * reach],
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", showticklabels=False)
    return figure


def pair_matrix(pairs: Sequence[PairGap], k: int, ink: str) -> go.Figure:
    """The valley of every pair of segments; pairs that run into each other are shaded."""
    found = {(pair.one, pair.other): pair for pair in pairs}
    names = [f"S{place + 1}" for place in range(k)]
    shade, text, hover = [], [], []
    for lower in names[1:]:
        row = [found.get((upper, lower)) for upper in names[:-1]]
        shade.append([None if pair is None else _shade(pair) for pair in row])
        text.append(["" if pair is None else f"{pair.valley:.2f}" for pair in row])
        hover.append(["" if pair is None else _pair_hover(pair) for pair in row])
    figure = ground(60 + 40 * (k - 1))
    figure.add_heatmap(
        z=shade,
        text=text,
        texttemplate="%{text}",
        textfont={"color": ink},
        customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
        hoverongaps=False,
        colorscale=[[0, "rgba(128,128,128,0.06)"], [1, "rgba(128,128,128,0.42)"]],
        zmin=0,
        zmax=1,
        xgap=3,
        ygap=3,
        showscale=False,
    )
    figure.update_yaxes(autorange="reversed", tickvals=list(range(k - 1)), ticktext=names[1:])
    figure.update_xaxes(side="top", tickvals=list(range(k - 1)), ticktext=names[:-1])
    return figure


def _shade(pair: PairGap) -> float:
    """0 apart, 1 run into each other, between them where only other segments join the two."""
    if pair.apart:
        return 0.0
    return 0.4 if pair_is_apart(pair) else 1.0


def _pair_hover(pair: PairGap) -> str:
    told = f"{pair.one} and {pair.other}: along the line between their centres the density falls to {pair.valley:.2f}"
    way = "" if pair.path is None else f"<br>along the densest way to {pair.path:.2f} of their cores'"
    limits = f"<br>(a gap: {VALLEY.threshold:.2f} and {PATH.threshold:.2f} or less)"
    if pair.apart:
        return f"{told}{way}{limits}<br>They are apart"
    joined = "<br>Other segments join the two" if pair_is_apart(pair) else "<br>They run into each other"
    return f"{told}{way}{limits}{joined}"


def segment_flows(ks: Sequence[int], tables: Sequence[np.ndarray], chosen: int, ink: str) -> go.Figure:
    """Who goes where from each number of segments to the next; the chosen number's segments are coloured."""
    first = {k: sum(ks[:place]) for place, k in enumerate(ks)}
    sizes = [tables[0].sum(axis=1), *(table.sum(axis=0) for table in tables)]
    rows = int(tables[0].sum())
    nodes, places, links = [], [], []
    for column, k in enumerate(ks):
        for place in range(k):
            own = SEGMENT_COLOURS[place % len(SEGMENT_COLOURS)]
            nodes.append((f"S{place + 1}", own if k == chosen else "rgba(128,128,128,0.65)"))
            places.append((k, place, int(sizes[column][place])))
    for (before, after), table in zip(pairwise(ks), tables, strict=True):
        for i, j in np.argwhere(table > 0):
            colour = _clear(SEGMENT_COLOURS[(i if before == chosen else j) % len(SEGMENT_COLOURS)])
            shade = colour if chosen in (before, after) else "rgba(128,128,128,0.22)"
            links.append((first[before] + i, first[after] + j, int(table[i, j]), shade))
    figure = ground(max(300, 44 * max(ks)))
    figure.update_layout(margin={"t": 30}, font={"color": ink})
    figure.add_sankey(
        arrangement="snap",
        node={
            "label": [label for label, _ in nodes],
            "color": [colour for _, colour in nodes],
            "pad": 14,
            "thickness": 12,
            "line": {"width": 0},
            "customdata": [
                f"S{place + 1} of {k}: {count(size)} accounts, {percent(size / rows)}"
                for k, place, size in places
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        link={
            "source": [int(link[0]) for link in links],
            "target": [int(link[1]) for link in links],
            "value": [link[2] for link in links],
            "color": [link[3] for link in links],
            "customdata": [f"{count(link[2])} accounts, {percent(link[2] / rows)}" for link in links],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    )
    for column, k in enumerate(ks):
        figure.add_annotation(
            x=column / max(1, len(ks) - 1), y=1, xref="paper", yref="paper", yanchor="bottom",
            xanchor="left" if column == 0 else "right" if column == len(ks) - 1 else "center",
            text=f"<b>{k} segments</b>" if k == chosen else f"{k}", showarrow=False, font={"color": ink},
        )  # fmt: skip
    return figure


def _clear(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.38)"
