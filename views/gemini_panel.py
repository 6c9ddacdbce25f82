"""Gemini, when wanted: the brief, the key, exactly what would be sent, and the button that sends it."""

import json
import os
from dataclasses import replace

import streamlit as st

from engine.errors import StudioError
from engine.model import Brief, Profile, Segmentation
from engine.numbers import count
from llm import pack, prompts
from llm.facts import facts
from llm.markdown import inert, said
from llm.model import Settings, connect, find_key
from views import drafting, parts, resources, state
from views.document import called

PROVIDERS = {"google-genai": "google-genai", "google-generativeai": "google-generativeai (support has ended)"}
TOLD = {
    "brand": "Brand",
    "audience": "Audience",
    "therapy_area": "Therapy area or category",
    "tone": "Tone",
}


def notice(segmentation: Segmentation) -> None:
    """A line for the top of the page while a draft is being made."""
    job = resources.jobs().find(drafting.gemini_subject(segmentation))
    with st.container():
        if job and job.state == "running":
            st.info("Gemini is drafting. How far it is stands below, under “Draft with Gemini”.")


def panel(segmentation: Segmentation, profile: Profile) -> None:
    """The brief for both writers, and the way to a draft by Gemini. Closed until it is asked for, and open
    while a draft is being made."""
    brief = _brief(segmentation, profile)
    subject = drafting.gemini_subject(segmentation)
    job = resources.jobs().find(subject)
    with st.expander(
        "Draft with Gemini (optional)", expanded=job is not None, key=f"gemini panel {segmentation.id}"
    ):
        st.markdown(
            "Gemini is sent the facts below and nothing else: averages and shares of whole segments, never a "
            "row. Its draft becomes a new version that you check, edit and approve like any other."
        )
        settings = _settings()
        typed = st.text_input(
            "Key",
            type="password",
            key="gemini key",
            help="Used for this session only; never stored, never logged. Left empty, it is taken from the "
            "environment or the secrets file.",
        )
        _models(settings, typed)
        content = prompts.payload(
            profile,
            facts(profile),
            brief,
            drafting.levels(segmentation, profile),
            hide=settings.hide_names,
        )
        expected = prompts.estimate(content, len(profile.segments))
        st.caption(
            f"Expected: {expected.calls} {'call' if expected.calls == 1 else 'calls'}, about "
            f"{count(expected.prompt_tokens)} tokens in and {count(expected.output_tokens)} out, the model's "
            "thoughts and any repair not counted."
        )
        shown = f"payload shown {segmentation.id}"
        if state.recall(shown):
            _payload(content, expected.calls)
        running = parts.progress(subject)
        _outcome(segmentation, brief)
        if running:
            return
        at_stake = drafting.ended_by_writing_again(segmentation, [item.id for item in segmentation.segments])
        if at_stake:
            st.caption(f"With a new draft {at_stake}")
        if not state.recall(shown):
            if st.button("Show exactly what will be sent", key="show payload"):
                state.remember(shown, True)
                st.rerun()
        elif st.button(
            f"Send it and draft {len(segmentation.segments)} personas", key="gemini draft", type="primary"
        ):
            try:
                key = find_key(os.environ, _secrets(), typed)
                drafting.start_gemini(segmentation, brief, settings, key)
            except StudioError as problem:
                st.error(said(str(problem)))
            else:
                st.rerun()


def _payload(content: prompts.Payload, calls: int) -> None:
    with st.container(border=True):
        st.markdown("**Exactly what is sent**")
        if calls > 1:
            st.caption(
                f"This is the first of {calls} calls; the others send the same facts with what was agreed so far."
            )
        st.markdown("The instructions")
        st.code(content.system, language=None, wrap_lines=True, height=180)
        st.markdown("The data")
        st.json(json.loads(content.prompt), expanded=1)


def _brief(segmentation: Segmentation, profile: Profile) -> Brief:
    stored = drafting.brief_of(segmentation, profile)
    names = list(pack.names())

    def keep(field: str) -> None:
        # Only the field that was changed here: another tab may have changed the others.
        value = str(state.widget(f"{field} {segmentation.id}") or "")
        present = drafting.brief_of(segmentation, profile)
        resources.workspace().save_brief(segmentation.id, replace(present, **{field: value}))

    with st.expander("Brief: brand, audience, words", key=f"brief panel {segmentation.id}"):
        st.markdown(
            "Gemini is told all of it. The offline writer takes its words from the vocabulary, and the brand and the "
            "area where a play names them. Brand, area and audience stand at the head of the playbook. Every field "
            "may stay empty."
        )
        left, right = st.columns(2)
        left.selectbox(
            "Vocabulary",
            names,
            index=names.index(stored.pack),
            format_func=lambda name: pack.load(name).title,
            key=f"pack {segmentation.id}",
            on_change=keep,
            args=("pack",),
        )
        for place, (field, label) in enumerate(TOLD.items()):
            (right, left)[place % 2].text_input(
                label,
                getattr(stored, field),
                max_chars=60,
                key=f"{field} {segmentation.id}",
                on_change=keep,
                args=(field,),
            )
        everyone = [segment.id for segment in segmentation.segments]
        at_stake = drafting.ended_by_writing_again(segmentation, everyone)
        if parts.confirmed("Write all again with this brief", "write with brief", at_stake):
            drafting.draft_offline(segmentation, everyone)
            st.rerun()
    return stored


def _settings() -> Settings:
    left, middle, right = st.columns([4, 4, 3])
    provider = left.selectbox(
        "Package", list(PROVIDERS), format_func=PROVIDERS.get, key="provider", persist_state="session"
    )
    offered = state.recall("gemini models", ())
    model = middle.selectbox(
        "Model",
        list(dict.fromkeys([*offered, Settings().model])),
        key="gemini model",
        accept_new_options=True,
        help="Ask which models your key offers, or type a model's id.",
    )
    temperature = right.number_input(
        "Temperature",
        min_value=0.0,
        max_value=2.0,
        value=None,
        step=0.1,
        placeholder="the model's own",
        key="temperature",
        help="For older models. The newest ones ignore or refuse a temperature; leave it empty for them.",
        persist_state="session",
    )
    hide = st.toggle(
        "Send no names: columns go as feature_7, values as category_2",
        key="hide names",
        persist_state="session",
    )
    return replace(
        Settings(),
        provider=provider,
        model=model or Settings().model,
        temperature=temperature,
        hide_names=hide,
    )


def _models(settings: Settings, typed: str) -> None:
    if st.button("Which models does my key offer?", key="ask models", type="tertiary"):
        try:
            found = connect(settings, find_key(os.environ, _secrets(), typed)).models()
        except StudioError as problem:
            st.error(said(str(problem)))
        else:
            state.remember("gemini models", found)
            st.success(
                f"{len(found)} models: {', '.join(inert(name) for name in found[:6])}. Choose one above."
            )


def _outcome(segmentation: Segmentation, brief: Brief) -> None:
    """What the last draft cost, and what of it the offline writer had to say in the model's place."""
    last = drafting.outcome_of(segmentation)
    if last is None:
        return
    lanes = pack.load(brief.pack)
    lines = [
        f"**Last draft**, {inert(last.model)}, {last.made_at[:16].replace('T', ' ')} UTC: {last.calls} "
        f"{'call' if last.calls == 1 else 'calls'}, {count(last.prompt_tokens)} tokens in, "
        f"{count(last.output_tokens)} out, {_rounds(last.rounds)}."
    ]
    if not last.replaced and not last.unwritten:
        lines.append("Every statement is the model's own.")
    for segment, places in last.replaced.items():
        said_by_rule = ", ".join(called(place, lanes) for place in places)
        lines.append(
            f"{segment}: {inert(said_by_rule)} did not pass the checker after repair and {_was(places)} "
            "written by rule."
        )
    for segment, why in last.unwritten.items():
        lines.append(f"{segment} is the offline writer's. {said(why)}")
    st.info("  \n".join(lines))


def _rounds(number: int) -> str:
    return {0: "no repair", 1: "one round of repair"}.get(number, f"{number} rounds of repair")


def _was(places: tuple[str, ...]) -> str:
    return "was" if len(places) == 1 else "were"


def _secrets() -> dict[str, object]:
    """Streamlit's secrets, empty when there is no secrets file."""
    try:
        return dict(st.secrets)
    except FileNotFoundError:
        return {}
