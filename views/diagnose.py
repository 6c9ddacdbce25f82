"""Diagnose: how many segments these accounts bear, and how sure that is."""

import streamlit as st

from engine.advice import band, explain, in_short, most_separate, so_far
from engine.intake import proposed_spec
from engine.model import Diagnosis, FeatureSpec, KResult, Stage
from engine.numbers import count, percent
from engine.segment import build
from engine.verdict import largest_natural, sentence
from llm.markdown import said
from views import (
    charts,
    diagnosing,
    diagnosis_charts,
    diagnosis_figures,
    diagnosis_method,
    diagnosis_settings,
    parts,
    resources,
    state,
)

MAKE = "make"
"""The key of the button that makes the segments."""

LANDS = {
    "preview": "First look",
    "silhouette": "Exact figures",
    "stability": "Repeatability",
    "complete": "Gaps",
}
"""What each stage of an answer brings, as the page calls it."""


def page() -> None:
    dataset = parts.open_dataset("Diagnose")
    store = resources.workspace()
    spec = store.spec(dataset.id) or proposed_spec(dataset)
    asked = diagnosing.question(dataset.id)
    subject = diagnosing.subject(spec, asked)
    job = resources.jobs().find(subject)
    # How far the job is, is read before the answer: an answer that lands in between shows at the next look.
    landed, at_work = (job.landed, job.state == "running") if job else ("", False)
    found = store.result(Diagnosis, subject)
    if found is None:
        _not_there(spec, asked, subject, job)
        return
    running = at_work and found.stage != "complete"
    chosen = _chosen(found, running)
    result = found.at(chosen)
    if result is None:
        return
    title, second = _headline(result, found, running)
    parts.head(said(title), said(second), found=None if running else found, k=chosen)
    st.caption(_seen(found))
    if running:
        # A watch that asks again while the way leads to another page would draw this one over it, empty.
        if not state.widget(MAKE):
            _watch(subject, landed, asked.quick)
    elif found.stage != "complete":
        _unfinished(spec, asked, found, subject, job)
    else:
        resources.jobs().drop(subject)
    _curves(found, result, _marks(found, chosen, running))
    _choice(found, spec, result, running)
    if found.stage != "preview" and not running:
        _shortlist(found, asked, chosen)
    for warning in found.warnings:
        st.caption(f":material/info: {said(warning)}")
    if found.warnings:
        st.page_link("table.py", label="Change the roles of the columns", icon=":material/arrow_forward:")
    diagnosis_figures.every_k(found, asked, chosen)
    if found.stage != "preview":
        diagnosis_figures.blades(found, result)
        diagnosis_figures.pairs(found, result)
        diagnosis_figures.flows(found, chosen)
    if not running:
        diagnosis_settings.settings(spec, asked)
    diagnosis_method.preparation(found)
    diagnosis_method.method(found)


# --- Waiting --------------------------------------------------------------------------------------


def _not_there(
    spec: FeatureSpec, asked: diagnosing.Question, subject: str, job: resources.Job | None
) -> None:
    if job and job.state == "running":
        parts.head(_comparing(asked.low, asked.high), "This runs in the background; you may leave the page.")
        _watch(subject, job.landed, asked.quick)
        _coming(asked)
        return
    parts.head(
        "How many segments do these accounts bear?",
        f"Every number of segments from {asked.low} to {asked.high} is tried and compared: how tight, how "
        "separate, how repeatable, and whether gaps lie between them.",
    )
    noted = resources.workspace().job(subject, diagnosing.KIND)
    if noted and noted[0] == "interrupted" and not job:
        st.info("The last diagnosis was interrupted when the app closed. Start it again.")
    parts.progress(subject)
    diagnosis_settings.settings(spec, asked)
    if parts.next_step(f"Diagnose {len(spec.cluster)} columns", "start diagnosis"):
        diagnosing.start(spec)
        st.rerun()


def _coming(asked: diagnosing.Question) -> None:
    """The place of the two pictures, with what each will show."""
    ks = f"{asked.low} to {asked.high} segments" if asked.low < asked.high else f"{asked.low} segments"
    told = (
        ("How tight", f"how near accounts lie to the middle of their segment, with {ks}"),
        ("How separate", f"how much nearer accounts are to their own segment than to the next, with {ks}"),
    )
    for place, (heading, shows) in zip(st.columns(2, gap="large"), told, strict=True):
        place.subheader(heading, anchor=False)
        with place.container(
            border=True, height=310, vertical_alignment="center", horizontal_alignment="center"
        ):
            st.caption(
                f"Here a curve will show {shows}. A first look at a sample comes first; exact figures take its place.",
                width=320,
                text_alignment="center",
            )


@st.fragment(run_every=0.4)
def _watch(subject: str, landed: str, quick: bool) -> None:
    """How far the worker is; the page is drawn anew when there is more to show, or nothing more to come."""
    job = resources.jobs().find(subject)
    if job is None or job.state != "running" or job.landed != landed:
        st.rerun()
        return
    parts.under_way(job, foretell=True)
    reached = diagnosing.STAGES.index(landed) if landed in diagnosing.STAGES else -1
    with st.container(horizontal=True, gap="medium"):
        for place in range(len(_stages(quick))):
            st.caption(_mark(place, reached), width="content")


def _stages(quick: bool) -> tuple[Stage, ...]:
    """What there is to wait for; without the tests only the first two."""
    return diagnosing.STAGES[:2] if quick else diagnosing.STAGES


def _mark(place: int, reached: int) -> str:
    icon = "check" if place <= reached else "more_horiz" if place == reached + 1 else "radio_button_unchecked"
    return f":material/{icon}: {LANDS[diagnosing.STAGES[place]]}"


def _unfinished(
    spec: FeatureSpec,
    asked: diagnosing.Question,
    found: Diagnosis,
    subject: str,
    job: resources.Job | None,
) -> None:
    """What is missing, why, and the button that fetches it."""
    have = diagnosing.STAGES.index(found.stage)
    missing = [LANDS[stage].lower() for stage in _stages(asked.quick)[have + 1 :]]
    coming = f" Still to come: {', '.join(missing)}." if missing else ""
    if job and job.state == "failed":
        st.error(said(job.problem))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"This diagnosis was not finished.{coming}", width="content")
        if st.button("Finish the diagnosis", key="finish diagnosis"):
            resources.jobs().drop(subject)
            diagnosing.start(spec)
            st.rerun()


# --- The answer -----------------------------------------------------------------------------------


def _headline(result: KResult, found: Diagnosis, running: bool) -> tuple[str, str]:
    """The verdict's first sentence, and the rest of it; while it runs, what is known so far."""
    if running:
        return _comparing(found.ks[0].k, found.ks[-1].k), so_far(found)
    first, _, rest = sentence(result, largest_natural(found.ks)).partition(". ")
    return first.removesuffix("."), rest


def _comparing(low: int, high: int) -> str:
    return f"Comparing {low} to {high} segments" if low < high else f"Looking at {low} segments"


def _seen(found: Diagnosis) -> str:
    """From what: the accounts, the columns, and the accounts that the tests looked at."""
    columns = len(found.preparation)
    seen = f"{count(found.rows)} accounts on {columns} column{'s' if columns != 1 else ''}."
    if found.rows_tested is None:
        return seen
    part = "all" if found.rows_tested == found.rows else f"samples of {count(found.rows_tested)}"
    return f"{seen} The tests look at {part} of them."


def _marks(found: Diagnosis, chosen: int, running: bool) -> dict[int, str]:
    """The words beside the numbers that the pictures point out: no advice before every figure is in."""
    if running:
        own = bool(_own_choice(found))
        return {chosen: "chosen" if own else "most separate so far"}
    suggested = "suggested" if found.stage == "complete" else "suggested for now"
    return {chosen: "chosen", found.suggested: suggested}


def _curves(found: Diagnosis, result: KResult, marks: dict[int, str]) -> None:
    left, right = st.columns(2, gap="large")
    exact = found.stage != "preview"
    first = ("preview", "A first look at a sample of the accounts; exact figures follow.")
    nulls = any(item.null_inertia_min is not None for item in found.ks)
    band_said = (
        f"Grey: {found.null_tables} tables with the same correlations and no groups. A bend that they have too "
        "proves nothing."
        if nulls
        else "A bend alone proves nothing: tables without groups have it too."
    )
    _curve(
        left,
        found,
        "inertia",
        result.k,
        marks,
        "How tight",
        ("exact", "Of all accounts.") if exact else first,
        band_said,
    )
    measure = "silhouette" if exact else diagnosis_charts.FIRST_LOOK
    if result.silhouette is None:
        words = (
            "Distances to the centres only, so these are other numbers than the exact silhouettes to come."
        )
    else:
        told = (
            band(result.silhouette)
            if result.null_silhouette_mean is None
            else f"against {result.null_silhouette_mean:.3f} in tables without groups"
        )
        words = f"At {result.k}: {result.silhouette:.3f}, {told}."
    _curve(
        right,
        found,
        measure,
        result.k,
        marks,
        "How separate",
        _silhouette_badge(result) if exact else first,
        f"{words} Click a point to choose.",
    )
    st.caption(_shapes(found))


def _shapes(found: Diagnosis) -> str:
    """What the shapes of the points say that stand in both pictures now."""
    several = [item for item in found.ks if item.k > 1]
    untested = [item for item in several if item.stability_ari is None]
    if not untested:
        return "● Filled: other samples of these accounts give the same segments. ○ Hollow: they do not."
    if found.stage == "complete":
        return "• Small: not tested whether other samples of these accounts give the same segments."
    return (
        "• Small: not tested yet. Once it is, a point is filled ● where other samples of these accounts give the "
        "same segments, and hollow ○ where they do not."
    )


def _silhouette_badge(result: KResult) -> tuple[str, str]:
    if result.silhouette_method == "sampled" and result.silhouette_halfwidth is not None:
        return f"±{result.silhouette_halfwidth:.4f}", "A sample of accounts, each against all; 95% interval."
    return "exact", "Every account against every other."


def _curve(
    place: st.delta_generator.DeltaGenerator,
    found: Diagnosis,
    measure: str,
    chosen: int,
    marks: dict[int, str],
    heading: str,
    badge: tuple[str, str],
    say: str,
) -> None:
    with place:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.subheader(heading, anchor=False, width="content")
            st.badge(badge[0], color="gray", help=badge[1])
        key = f"{measure} {found.id} {chosen}"
        st.plotly_chart(
            diagnosis_charts.k_curve(found, measure, chosen, marks, parts.ink()),
            key=key,
            on_select=lambda: _choose_from_chart(found, key),
            selection_mode="points",
            config=charts.CONFIG,
            alt=f"{diagnosis_charts.TITLES[measure]} for each number of segments; {chosen} is chosen",
        )
        st.caption(say)


def _choice(found: Diagnosis, spec: FeatureSpec, result: KResult, running: bool) -> None:
    """The number of segments, and the page's one next step."""
    widget = f"k of {found.id}"
    state.show(widget, result.k)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.segmented_control(
            "Number of segments",
            [item.k for item in found.ks],
            key=widget,
            required=True,
            on_change=_choose_from_widget,
            args=(found.id, widget),
        )
        why_not = ""
        if result.stability_ari is None and running:
            why_not = "Whether other samples agree is being tested."
        elif found.stage == "preview":
            why_not = "Finish first."
        elif running and not _own_choice(found):
            # The number in view may yet change, and must not do so under a finger.
            why_not = "Choose a number, or wait for the suggestion."
        if parts.next_step(f"Make {result.k} segments", MAKE, why_not=why_not):
            _make(found, spec, result.k)
    _beside(found, result.k)


def _beside(found: Diagnosis, k: int) -> None:
    """Says where the segments that are open are of another number than the one in view."""
    opened = state.current(state.SEGMENTATION)
    known = next((item for item in resources.workspace().segmentations() if item.id == opened), None)
    if known and known.diagnosis == found.id and len(known.segments) != k:
        st.caption(
            f"The segmentation that is open has {len(known.segments)} segments. Making {k} adds another beside it; "
            "the Library keeps both."
        )


def _chosen(found: Diagnosis, running: bool) -> int:
    """The number in view: the person's choice, or the suggestion once there is one."""
    return _own_choice(found) or (most_separate(found.ks) if running else found.suggested)


def _own_choice(found: Diagnosis) -> int:
    """The number that the person chose, 0 for none."""
    kept = int(resources.workspace().setting(f"chosen {found.id}", "0"))
    return kept if found.at(kept) else 0


def _choose_from_widget(diagnosis_id: str, widget: str) -> None:
    picked = state.widget(widget)
    if picked:
        _choose(diagnosis_id, picked)


def _choose_from_chart(found: Diagnosis, key: str) -> None:
    points = (state.widget(key) or {}).get("selection", {}).get("points", [])
    picked = int(points[0]["x"]) if points else 0
    if found.at(picked):
        _choose(found.id, picked)


def _choose(diagnosis_id: str, k: int) -> None:
    resources.workspace().save_setting(f"chosen {diagnosis_id}", str(k))


def _shortlist(found: Diagnosis, asked: diagnosing.Question, chosen: int) -> None:
    """The numbers worth choosing with a reason each, what a choice beyond them means, and the advice."""
    if chosen not in found.shortlist:
        st.markdown(
            f"**Your choice, {chosen}, is not on the shortlist.** "
            f"{said(explain(chosen, found))}{_too_small(found, asked, chosen)}"
        )
    if found.shortlist:
        tested = found.stage == "complete"
        st.subheader("Worth choosing" if tested else "Worth choosing, as far as tested", anchor=False)
        best, *others = found.shortlist
        ks = (best, *sorted(others))
        st.markdown("\n".join(f"- {_reason(found, asked, k, chosen)}" for k in ks))
    st.markdown(said(found.advice))


def _reason(found: Diagnosis, asked: diagnosing.Question, k: int, chosen: int) -> str:
    suggested = "suggested" if found.stage == "complete" else "suggested for now"
    marks = [str(k), *([suggested] if k == found.suggested else []), *(["chosen"] if k == chosen else [])]
    told = found.reason if k == found.suggested else in_short(k, found)
    return f"**{', '.join(marks)}.** {said(told)}{_too_small(found, asked, k)}"


def _too_small(found: Diagnosis, asked: diagnosing.Question, k: int) -> str:
    result = found.at(k)
    least = min(result.sizes) / found.rows if result and result.sizes else 1.0
    if least >= asked.smallest:
        return ""
    return f" Its smallest segment holds {percent(least)} of the accounts, under the {percent(asked.smallest)} you set."


def _make(found: Diagnosis, spec: FeatureSpec, chosen: int) -> None:
    store = resources.workspace()
    dataset = store.dataset(spec.dataset)
    with st.spinner(f"Making {chosen} segments"):
        made = build(
            store,
            spec,
            k=chosen,
            seed=found.seed,
            starts=found.starts,
            diagnosis=found,
            name=f"{dataset.name}, {chosen} segments",
        )
    state.open_segmentation(made.id, dataset.id)
    st.switch_page("segments.py")


page()
