"""What a diagnosis is asked, and how columns are prepared and weighed: the settings of the Diagnose page."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from engine.model import FeatureSpec
from views import diagnosing, resources, state

PREPARE = {
    "auto": "Automatic: clip extremes, straighten skew, then z-score",
    "zscore": "Z-score only",
    "range": "Range 0 to 1",
    "none": "As they are",
}


def settings(spec: FeatureSpec, asked: diagnosing.Question) -> None:
    """The present settings to change; applying them asks anew."""
    with st.expander("Settings: range, preparation, weights"):
        left, right = st.columns(2, gap="large")
        low, high = left.slider("Numbers of segments", 2, 20, (asked.low, asked.high), key="range of k")
        prepare = right.selectbox(
            "Preparation",
            list(PREPARE),
            index=list(PREPARE).index(spec.prepare),
            format_func=PREPARE.get,
            key="prepare",
        )
        smallest = left.number_input(
            "Smallest segment, % of accounts",
            min_value=0.0,
            max_value=50.0,
            value=100 * asked.smallest,
            step=1.0,
            format="%.0f",
            key="smallest",
            help="You are warned of segments below this share. No figure depends on it.",
        )
        starts = right.number_input(
            "Starts of k-means",
            1,
            100,
            asked.starts,
            key="starts",
            help="The best of so many starts is kept.",
        )
        seed = left.number_input(
            "Seed", 0, 2**31 - 1, asked.seed, key="seed", help="The same seed gives the same answer."
        )
        quick = right.toggle(
            "Leave out the tests (faster)",
            value=asked.quick,
            key="quick",
            help="No repeatability, nulls or gaps: then nothing can be said about how sure the answer is.",
        )
        weights = _weights(spec)
        if st.button("Apply and diagnose", key="apply settings"):
            changed = replace(spec, prepare=prepare, weights=weights)
            diagnosing.ask(
                spec.dataset,
                diagnosing.Question(low, high, int(seed), int(starts), quick, float(smallest) / 100),
            )
            resources.workspace().save_spec(changed)
            state.edited(_weights_name(spec), _weighed(changed))
            diagnosing.start(changed)
            st.rerun()


def _weights(spec: FeatureSpec) -> tuple[tuple[str, float], ...]:
    """The weights as they stand in the grid, those of 1 left out."""
    given = dict(spec.weights)
    edited = st.data_editor(
        pd.DataFrame(
            {"Column": list(spec.cluster), "Weight": [given.get(name, 1.0) for name in spec.cluster]}
        ),
        hide_index=True,
        disabled=["Column"],
        key=state.editor(_weights_name(spec), _weighed(spec)),
        column_config={
            "Weight": st.column_config.NumberColumn(
                min_value=0.1,
                max_value=10.0,
                step=0.1,
                required=True,
                help="2 counts a column as if it stood there twice.",
            )
        },
    )
    return tuple(
        (str(name), float(weight))
        for name, weight in zip(edited["Column"], edited["Weight"], strict=True)
        if pd.notna(weight) and float(weight) != 1.0
    )


def _weights_name(spec: FeatureSpec) -> str:
    return f"weights {spec.dataset}"


def _weighed(spec: FeatureSpec) -> tuple[tuple[str, ...], tuple[tuple[str, float], ...]]:
    """What the grid of weights is laid over."""
    return spec.cluster, spec.weights
