"""What only the analyst can say about a table: whether its rows are accounts, and what its zeros are."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from engine import record
from engine.columns import repeating_account, withheld
from engine.columns.proposal import MOST_MISSING
from engine.filters import find
from engine.model import ROW_NUMBER, Dataset, FeatureSpec, Zeros
from engine.numbers import count, percent
from engine.repeats import Repeats
from engine.zeros import decide, in_doubt
from llm.markdown import inert, said
from views import resources


def repeats(dataset: Dataset, spec: FeatureSpec) -> Repeats | None:
    """The repeats of the key, or, where it tells rows apart, of the column that should have been the key."""
    rows = record.dump(replace(spec, cluster=(), describe=(), weights=()))
    found = None if spec.key == ROW_NUMBER else resources.repeats_of(rows, spec.key)
    account = repeating_account(dataset.columns, dataset.rows)
    if found or account is None or account.name == spec.key:
        return found
    return resources.repeats_of(rows, account.name)


def rows(dataset: Dataset, spec: FeatureSpec, found: Repeats | None) -> None:
    """Says that rows are not accounts, or only because the analyst said so, and offers the ways out."""
    if found is None and spec.identical_rows == "all":
        return
    left_out = dataset.rows - resources.rows_of(record.dump(replace(spec, filters=())))
    if spec.identical_rows == "once":
        _line(
            f":material/content_copy: {count(left_out)} exact duplicate rows are left out.",
            "Take them in again",
            replace(spec, identical_rows="all"),
        )
    if found is None:
        return
    numbered = spec.key != found.column
    if numbered:
        st.warning(
            said(
                f"Each row counts as one account here, though `{found.column}` looks like the account number. "
                f"{found.found()} If rows are not accounts, add them up to one per account in the program the "
                "table comes from, and open that."
            )
        )
    else:
        st.error(said(found.sentence()))
    with st.container(horizontal=True, vertical_alignment="center"):
        if found.identical_alone:
            label = f"Drop {count(found.identical)} exact duplicate row{'' if found.identical == 1 else 's'}"
            once = replace(spec, identical_rows="once")
            if st.button(label, key="drop duplicates"):
                _keep(keyed(once, found.column))
        if numbered:
            if st.button(f"Use {inert(found.column)} as the key", key="use as key"):
                _keep(keyed(spec, found.column))
        elif st.button("Count each row as an account", key="count rows"):
            _keep(keyed(spec, ROW_NUMBER))


def zeros(dataset: Dataset, spec: FeatureSpec) -> None:
    """Asks what zeros are that may stand for withheld counts; an answer that was given can be taken back."""
    for answer, told in (("missing", "Zeros count as missing in"), ("amount", "Zeros are true zeros in")):
        names = spec.zeros_as(answer)  # type: ignore[arg-type]
        if names:
            _line(
                f":material/check: {said(f'{told} {_listed(names)}.')}",
                "Take this back",
                decide(dataset, spec, names, None, resources.zeros_of(dataset.id)),
            )
    doubted = in_doubt(dataset, spec)
    if not doubted:
        return
    present = resources.zeros_of(dataset.id)
    decided = dict(spec.zeros)
    options = [name for name in (*spec.cluster, *spec.describe) if name in present and name not in decided]
    beside = [name for name in resources.zeros_alike(dataset.id, doubted) if name in options]
    also = (
        f" {_listed(beside)} {'is' if len(beside) == 1 else 'are'} 0 on the same rows, or nearly."
        if beside
        else ""
    )
    with st.container(border=True, key="zeros"):
        st.markdown(f":material/help: {said(withheld([find(dataset, name) for name in doubted]) + also)}")
        chosen = st.multiselect(
            "Zeros in",
            options,
            default=[*doubted, *beside],
            format_func=lambda name: f"{name}: {percent(present[name] / dataset.rows)} zeros",
            key=f"zeros {dataset.id} {len(decided)}",
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            _answer(dataset, spec, chosen, "missing", "Treat these zeros as missing")
            _answer(dataset, spec, chosen, "amount", "They are true zeros")
        st.caption(
            f"A column that is then missing for more than {percent(MOST_MISSING)} of the rows describes the segments "
            "and no longer makes them. The answer is saved with the segments and told in the playbook."
        )


def _answer(dataset: Dataset, spec: FeatureSpec, names: list[str], answer: Zeros, label: str) -> None:
    if st.button(label, key=f"zeros {answer}", disabled=not names):
        _keep(decide(dataset, spec, names, answer, resources.zeros_of(dataset.id)))


def _line(text: str, undo: str, before: FeatureSpec) -> None:
    """What was decided, with the way back beside it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(text, width="content")
        if st.button(undo, key=undo):
            _keep(before)


def keyed(spec: FeatureSpec, key: str) -> FeatureSpec:
    """The specification with another key, which is then no column to make or describe segments with."""
    return replace(
        spec,
        key=key,
        cluster=tuple(name for name in spec.cluster if name != key),
        describe=tuple(name for name in spec.describe if name != key),
        weights=tuple(item for item in spec.weights if item[0] != key),
    )


def _listed(names: Sequence[str]) -> str:
    told = [f"`{name}`" for name in names]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def _keep(spec: FeatureSpec) -> None:
    resources.workspace().save_spec(spec)
    st.rerun()
