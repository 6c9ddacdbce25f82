"""What stands behind a diagnosis: every number of segments in figures, and the segments of the chosen one."""

import pandas as pd
import streamlit as st

from engine import record
from engine.model import Diagnosis, KResult
from engine.numbers import count, percent
from engine.verdict import AGREEMENT, OVERLAP, PATH, PREDICTION, VALLEY, figures, groups, listed
from views import charts, diagnosing, diagnosis_charts, parts, resources
from views.diagnosis_charts import Small

FLOW_REACH = 2
"""So many numbers of segments to both sides of the chosen one are drawn as flows."""


def every_k(found: Diagnosis, asked: diagnosing.Question, chosen: int) -> None:
    """The tests as small pictures, then every figure of every k."""
    with st.expander("Every number of segments in figures"):
        pictures = _pictures(found)
        if pictures:
            places = [*st.columns(2, gap="large"), *st.columns(2, gap="large")]
            for place, small in zip(places, pictures, strict=False):
                place.plotly_chart(
                    diagnosis_charts.small_curve(small, chosen, parts.ink()),
                    key=f"small {small.title} {found.id} {chosen}",
                    config=charts.STILL,
                    alt=f"{small.title} for each number of segments",
                )
            st.caption(_pictures_said(found))
        _table(found, asked)


def _pictures(found: Diagnosis) -> list[Small]:
    tested = [item for item in found.ks if item.stability_ari is not None]
    ks = [item.k for item in tested]
    if not ks:
        return []
    shown = [
        Small(
            ks,
            [item.stability_ari or 0.0 for item in tested],
            "Agreement between samples",
            passes=AGREEMENT.threshold,
        ),
        Small(
            ks,
            [min(item.jaccard or (0.0,)) for item in tested],
            "Weakest segment found again",
            passes=OVERLAP.threshold,
        ),
        Small(
            ks,
            [item.prediction_strength or 0.0 for item in tested],
            "Prediction strength",
            passes=PREDICTION.threshold,
        ),
    ]
    gapped = [(item.k, item.gap, item.gap_se) for item in found.ks if item.gap is not None]
    if found.gap_of_one is not None:
        gapped = [(1, found.gap_of_one, found.gap_of_one_se), *(row for row in gapped if row[0] > 1)]
    if gapped:
        shown.append(
            Small(
                [k for k, _, _ in gapped],
                [gap or 0.0 for _, gap, _ in gapped],
                "Gap statistic",
                bars=[error or 0.0 for _, _, error in gapped],
                marked=found.gap_k,
            )
        )
    return shown


def _pictures_said(found: Diagnosis) -> str:
    said = (
        "Dotted lines: what a repeatable division reaches; prediction strength counts for separate groups only. "
        f"The largest number with a prediction strength of {PREDICTION.threshold:.2f} is "
        f"{found.prediction_k or 'not known'}."
    )
    if found.gap_k is None:
        return said
    return (
        f"{said} The gap statistic compares with tables without any structure, whiskers are one standard error; "
        f"its answer is {found.gap_k}{', one group' if found.gap_k == 1 else ''}."
    )


def _table(found: Diagnosis, asked: diagnosing.Question) -> None:
    ks = found.ks
    least = [min(item.sizes) if item.sizes else None for item in ks]
    columns: dict[str, list[object]] = {
        "Segments": [item.k for item in ks],
        "Verdict": [_verdict(item) for item in ks],
        "Silhouette": [item.silhouette for item in ks],
        "Above null": [_lift(item) for item in ks],
        "Agreement": [item.stability_ari for item in ks],
        "Agreement, error": [item.stability_ari_se for item in ks],
        "Second division": [item.second.agreement if item.second else None for item in ks],
        "Weakest found again": [min(item.jaccard) if item.jaccard else None for item in ks],
        "Prediction strength": [item.prediction_strength for item in ks],
        "Pairs apart": [_apart(item) for item in ks],
        "Gap": [item.gap for item in ks],
        "Gap, error": [item.gap_se for item in ks],
        "Smallest segment": least,
        "Smallest, share": [None if size is None else percent(size / found.rows) for size in least],
        "Silhouette, mean of segments": [item.silhouette_macro for item in ks],
        "Simplified silhouette": [item.silhouette_simplified for item in ks],
        "Silhouette, squared distances": [item.silhouette_squared for item in ks],
        "Inertia": [round(item.inertia) for item in ks],
        "Calinski-Harabasz": [
            None if item.calinski_harabasz is None else round(item.calinski_harabasz) for item in ks
        ],
        "Davies-Bouldin": [item.davies_bouldin for item in ks],
    }
    known = {name: values for name, values in columns.items() if any(value is not None for value in values)}
    st.dataframe(
        pd.DataFrame(known),
        hide_index=True,
        column_config={name: config for name, config in _columns().items() if name in known},
    )
    small = [
        str(item.k)
        for item, size in zip(ks, least, strict=True)
        if size is not None and size / found.rows < asked.smallest
    ]
    if small:
        st.caption(
            f"With {listed(small)} segments the smallest holds less than {percent(asked.smallest)} of the accounts."
        )


def _verdict(result: KResult) -> str:
    if result.verdict is None:
        return "not tested"
    return f"{result.verdict}, borderline" if result.borderline else result.verdict


def _lift(result: KResult) -> float | None:
    lift = figures(result).get("lift")
    return None if lift is None else round(lift, 3) + 0.0  # what rounds to nothing has no sign


def _apart(result: KResult) -> str | None:
    if result.gaps is None:
        return None
    return f"{sum(pair.apart for pair in result.gaps)} of {len(result.gaps)}"


def _columns() -> dict[str, object]:
    number = st.column_config.NumberColumn
    return {
        "Segments": number(pinned=True),
        "Verdict": st.column_config.TextColumn(help="What each word requires is said under Method."),
        "Silhouette": number(
            format="%.3f", help="How much nearer accounts are to their own segment than to the next."
        ),
        "Above null": number(
            format="%+.3f",
            help="The silhouette of the tested accounts less that of tables with the same correlations and no groups.",
        ),
        "Agreement": number(
            format="%.2f",
            help="Adjusted Rand index between segments found in pairs of random samples; 1 is the same.",
        ),
        "Agreement, error": number(
            format="%.2f", help="The agreement's standard error, from sample to sample."
        ),
        "Second division": number(
            format="%.2f",
            help="Agreement with another division that fits nearly as well and that some samples lead to.",
        ),
        "Weakest found again": number(
            format="%.2f", help="Jaccard overlap with its nearest match in other samples; weakest segment."
        ),
        "Prediction strength": number(
            format="%.2f", help="How well one half of the accounts predicts the segments of the other."
        ),
        "Pairs apart": st.column_config.TextColumn(
            alignment="right", help="Pairs of segments with a gap between them."
        ),
        "Gap": number(
            format="%.3f", help="Log inertia of tables without any structure less that of these accounts."
        ),
        "Gap, error": number(format="%.3f", help="One standard error."),
        "Smallest segment": number(format="localized"),
        "Smallest, share": st.column_config.TextColumn(alignment="right"),
        "Silhouette, mean of segments": number(format="%.3f", help="Every segment counts the same."),
        "Simplified silhouette": number(format="%.3f", help="From distances to the centres only."),
        "Silhouette, squared distances": number(
            format="%.3f", help="Another number than the silhouette, as Spark reports it."
        ),
        "Inertia": number(format="localized", help="Squared distances to the centres, summed."),
        "Calinski-Harabasz": number(format="localized", help="Higher is better."),
        "Davies-Bouldin": number(format="%.2f", help="Lower is better."),
    }


# --- The segments of the chosen number ------------------------------------------------------------


def blades(found: Diagnosis, result: KResult) -> None:
    """How well each segment holds together, measured when it is opened."""
    if result.silhouette is None:
        return
    place = st.expander(
        f"How well each of the {result.k} segments holds together", key="blades", on_change="rerun"
    )
    if not place.open:
        return
    with place:
        with st.spinner("Measuring silhouettes, segment by segment"):
            profile = resources.silhouette_profile_of(found.id, record.dump(found.spec), result.k)
        st.plotly_chart(
            diagnosis_charts.silhouette_blades(profile, result.silhouette, parts.ink()),
            key=f"blades {found.id} {result.k}",
            config=charts.CONFIG,
            alt=f"The silhouettes of the accounts in each of {result.k} segments, from high to low",
        )
        drawn = (
            f"{count(profile.measured)} of {count(profile.rows)} accounts are drawn, each measured against all"
            if profile.measured < profile.rows
            else f"All {count(profile.rows)} accounts are drawn"
        )
        st.caption(
            f"{drawn}. A blade is as thick as its segment is large; right of 0 an account is nearer to its own "
            "segment, left of 0 to another. Short, pointed blades are loose segments."
        )


def pairs(found: Diagnosis, result: KResult) -> None:
    """Which pairs of segments are apart and which run into each other: in words, then as a matrix."""
    if not result.gaps:
        return
    with st.expander(f"Which of the {result.k} segments are apart"):
        st.markdown(pairs_in_words(result))
        st.plotly_chart(
            diagnosis_charts.pair_matrix(result.gaps, result.k, parts.ink()),
            key=f"pairs {found.id} {result.k}",
            config=charts.STILL,
            alt="How far the density of accounts falls between every two segments",
            width=min(760, 110 + 80 * result.k),
        )
        st.caption(
            "The density of accounts at its lowest on the line between two segments, as a part of the lower peak: "
            f"1 is no valley, 0 is empty space. Clear pairs are apart: {VALLEY.threshold:.2f} or less on the line, and "
            f"{PATH.threshold:.2f} or less of the cores' density on the densest way round. Dark pairs run into each "
            "other, light grey ones through other segments only. "
            f"Segments are numbered by size: {_sizes(result)} accounts."
        )


def pairs_in_words(result: KResult) -> str:
    """Which segments run into each other and which stand apart, in a sentence or two."""
    parts_ = groups(result)
    together = [part for part in parts_ if len(part) > 1]
    if not together:
        return "The two segments are apart." if result.k == 2 else f"All {result.k} segments are apart."
    if len(parts_) == 1:
        return (
            "The two segments run into each other."
            if result.k == 2
            else f"No segment is apart: all {result.k} run into each other, directly or through one another."
        )
    alone = [part[0] for part in parts_ if len(part) == 1]
    told = "; ".join(f"{listed(part)} run into each other" for part in together)
    if not alone:
        return f"{told}. Between these groups there are gaps."
    return f"{told}. {listed(alone)} {'stands' if len(alone) == 1 else 'stand'} apart from all others."


def _sizes(result: KResult) -> str:
    return ", ".join(f"S{place + 1} {count(size)}" for place, size in enumerate(result.sizes))


def flows(found: Diagnosis, chosen: int) -> None:
    """Who goes where when there is one segment more or less, counted when it is opened."""
    ks = tuple(item.k for item in found.ks if abs(item.k - chosen) <= FLOW_REACH)
    if len(ks) < 2:
        return
    place = st.expander(
        f"Where accounts go between {ks[0]} and {ks[-1]} segments", key="flows", on_change="rerun"
    )
    if not place.open:
        return
    with place:
        with st.spinner("Counting who goes where"):
            tables = resources.flows_of(found.id, record.dump(found.spec), ks)
        st.plotly_chart(
            diagnosis_charts.segment_flows(ks, tables, chosen, parts.ink()),
            key=f"flows {found.id} {chosen}",
            config=charts.CONFIG,
            alt="How the accounts of each segment are divided with one segment more",
        )
        st.caption(
            "A band is the accounts that two segments share. A segment that stays whole from one number to the "
            "next is one to rely on; one that is made of pieces of several is not."
        )
