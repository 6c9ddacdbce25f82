"""What pages share: the head of a page, the next step, empty states, progress, opening a file."""

import tempfile
from dataclasses import replace
from pathlib import Path

import streamlit as st

from engine import load, verdict
from engine.columns import repeating_account
from engine.errors import NotFound, StudioError
from engine.intake import bring
from engine.model import Dataset, Diagnosis, Segmentation, Verdict
from engine.numbers import count, duration
from engine.segment import judged
from llm.markdown import inert, said
from views import drafting, resources, state

VERDICT_COLOURS = {"natural": "green", "reproducible": "blue", "constructive": "orange"}

DELIMITERS = {"Detect": None, "Comma": ",", "Semicolon": ";", "Tab": "\t", "Bar |": "|"}


def load_style() -> None:
    st.html(Path(__file__).with_name("style.css"))


def ink() -> str:
    """The text colour of the theme in use, for words inside pictures."""
    return "#E9E6E0" if st.context.theme.type == "dark" else "#1E2226"


def head(
    sentence: str,
    second: str = "",
    segmentation: Segmentation | None = None,
    *,
    found: Diagnosis | None = None,
    k: int = 0,
) -> None:
    """Where we are, then what this page found: one sentence in large type and one below it."""
    _place(segmentation, found, k)
    st.title(sentence, anchor=False)
    if second:
        st.markdown(second)


def _place(segmentation: Segmentation | None, found: Diagnosis | None, k: int) -> None:
    dataset_id = state.current(state.DATASET)
    if not dataset_id:
        return
    store = resources.workspace()
    name = segmentation.name if segmentation else store.dataset(dataset_id).name
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(inert(name), width="content")
        result = found.at(k) if found else None
        if found and result:
            told = verdict.sentence(result, verdict.largest_natural(found.ks))
            st.caption(f"{k} segments", width="content")
            verdict_badge(result.verdict, told, borderline=result.borderline)
        if segmentation:
            verdict_badge(segmentation.verdict, segmentation.verdict_text)
            personas = store.personas(segmentation.id)
            if personas:
                approved = drafting.standing(segmentation)
                st.badge(f"{len(approved)} of {len(segmentation.segments)} approved", color="gray")


def verdict_badge(called: Verdict | None, text: str, *, borderline: bool = False) -> None:
    """What the segments may be called, with the engine's own sentence as help."""
    if called:
        name = f"{called.capitalize()}, borderline" if borderline else called.capitalize()
        st.badge(name, color=VERDICT_COLOURS[called], help=said(text) or None)
    else:
        st.badge(
            "No verdict", color="gray", help=said(text) or "How stable these segments are was not tested."
        )


def next_step(label: str, key: str, *, why_not: str = "") -> bool:
    """The page's one primary button, at the right; a reason stands beside it when it is off."""
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        if why_not:
            st.caption(why_not, width="content")
        return st.button(label, type="primary", key=key, disabled=bool(why_not))


def nothing_yet(title: str, sentence: str, label: str, page: str) -> None:
    """An empty page: what belongs here and the button that brings it. Ends the run."""
    st.title(title, anchor=False)
    st.markdown(sentence)
    if st.button(label, type="primary", key="empty"):
        st.switch_page(page)
    st.stop()


def open_dataset(title: str) -> Dataset:
    """The open dataset; without one, an empty state and the end of the run."""
    dataset_id = state.current(state.DATASET)
    if dataset_id:
        try:
            return resources.workspace().dataset(dataset_id)
        except NotFound as missing:
            state.choose(state.DATASET, None)
            st.warning(said(str(missing)))
    nothing_yet(title, "No table is open. Open a file or try the demo first.", "Go to the start", "start.py")
    raise AssertionError


def open_segmentation(title: str) -> Segmentation:
    """The open segmentation; without one, an empty state and the end of the run."""
    segmentation_id = state.current(state.SEGMENTATION)
    if segmentation_id:
        try:
            store = resources.workspace()
            found = judged(store, store.segmentation(segmentation_id))
            state.choose(state.DATASET, found.spec.dataset)
            state.choose(state.SEGMENTATION, found.id)
            return found
        except NotFound as missing:
            state.choose(state.SEGMENTATION, None)
            st.warning(said(str(missing)))
    if state.current(state.DATASET):
        nothing_yet(
            title, "No segments are open. Choose a number of segments first.", "Diagnose", "diagnose.py"
        )
    nothing_yet(
        title,
        "No segments are open. Open them in the Library, or start with a table.",
        "Go to the start",
        "start.py",
    )
    raise AssertionError


def progress(subject: str) -> bool:
    """Show a running job until it ends, with Cancel; then say why it failed, or draw the page anew: this run
    may have read what there was before the job's answer. True while it runs."""
    job = resources.jobs().find(subject)
    if job is None:
        return False
    if job.state == "running":
        _watch(subject)
        return True
    resources.jobs().drop(subject)
    if job.state == "failed":
        st.error(said(job.problem))
    elif job.state == "cancelled":
        st.info("Stopped at your request. Nothing was changed.")
    else:
        st.rerun()
    return False


@st.fragment(run_every=0.4)
def _watch(subject: str) -> None:
    job = resources.jobs().find(subject)
    if job is None or job.state != "running":
        st.rerun()
        return
    under_way(job)


def under_way(job: resources.Job, *, foretell: bool = False) -> None:
    """What a running job does, how far it is, for how long it has run, and the button that stops it.

    `foretell` adds about how much longer it takes, once its pace so far is enough to say so.
    """
    stopping = job.stop.is_set()
    st.progress(job.fraction, text="Stopping" if stopping else said(job.message))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        left = job.seconds_left() if foretell else None
        told = f"{duration(job.seconds())} so far{'' if left is None else f', {_about(left)}'}"
        st.caption(told, width="content")
        if st.button("Cancel", key=f"cancel {job.subject}", disabled=stopping):
            job.stop.set()


def _about(seconds: float) -> str:
    """How much longer, no finer than a guess can be: in steps of 5 s, from a minute on 30 s, from three on a
    minute."""
    step = 5 if seconds < 60 else 30 if seconds < 180 else 60
    return f"about {duration(step * max(1, round(seconds / step)))} more"


def confirmed(label: str, key: str, at_stake: str) -> bool:
    """A button; where something is at stake, a sentence says what and a second press is asked for."""
    if not at_stake:
        return st.button(label, key=key)
    with st.popover(label, key=f"{key} asked"):
        st.markdown(at_stake)
        return st.button("Go on", key=key, type="primary")


def upload(key: str) -> None:
    """Choose a file; it is read at once and its Data page opens. Workbooks ask for the sheet."""
    # A new key after each file: the uploader would hand the same file over again on the page it leads to.
    done = state.recall("files opened", 0)
    chosen = st.file_uploader(
        "A table with one row per account",
        key=f"{key} {done}",
        help="CSV, TSV, Excel, Parquet or JSON. It is read on this machine and stays here.",
    )
    options = _reading_options(key)
    if chosen is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(chosen.name).name
        path.write_bytes(chosen.getbuffer())
        try:
            sheets = load.sheets(path)
            sheet = sheets[0] if sheets else None
            if len(sheets) > 1:
                sheet = st.selectbox("Sheet", sheets, index=None, key=f"{key} sheet")
                if sheet is None:
                    st.caption(f"The workbook has {len(sheets)} sheets. Choose the one with the accounts.")
                    return
            options = replace(options, sheet=sheet)
            with st.spinner(f"Reading {inert(chosen.name)}"):
                dataset = bring(resources.workspace(), path, name=_readable(chosen.name), options=options)
        except StudioError as problem:
            st.error(said(str(problem)))
            return
    state.remember("files opened", done + 1)
    state.choose(state.DATASET, dataset.id)
    st.switch_page("table.py")


def _reading_options(key: str) -> load.ReadOptions:
    """What the file is; everything is detected unless the user says otherwise."""
    with st.expander("Read it another way"):
        left, middle, right = st.columns(3)
        delimiter = left.selectbox("Columns are separated by", list(DELIMITERS), key=f"{key} delimiter")
        encoding = middle.selectbox(
            "Encoding", ["Detect", "utf-8", "windows-1252", "utf-16"], key=f"{key} encoding"
        )
        decimal = right.selectbox("Decimal mark", ["Detect", ".", ","], key=f"{key} decimal")
    return load.ReadOptions(
        delimiter=DELIMITERS[delimiter],
        encoding=None if encoding == "Detect" else encoding,
        decimal=None if decimal == "Detect" else decimal,
    )


def _readable(file_name: str) -> str:
    """A file's name as a title: "q3_targets-final.csv" is "Q3 targets final"."""
    words = Path(file_name).stem.replace("_", " ").replace("-", " ").split()
    title = " ".join(_spelled(word) for word in words) or "Table"
    return title[:1].upper() + title[1:]


def _spelled(word: str) -> str:
    """A short word without a vowel is a shorthand: "hcp" is HCP."""
    short = 1 < len(word) <= 4 and word.isalpha() and not set(word.lower()) & set("aeiouy")
    return word.upper() if short else word


def accounts(number: int) -> str:
    """So many accounts, in words that fit one as well."""
    return f"{count(number)} account{'' if number == 1 else 's'}"


def size(dataset: Dataset) -> str:
    """So many accounts; rows, where a column that should name the accounts repeats."""
    if repeating_account(dataset.columns, dataset.rows):
        return f"{count(dataset.rows)} rows"
    return accounts(dataset.rows)
