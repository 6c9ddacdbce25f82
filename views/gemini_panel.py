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
from llm.prompts import estimate_tokens
from views import drafting, resources, state

PROVIDERS = {"google-genai": "google-genai", "google-generativeai": "google-generativeai (support has ended)"}


def panel(segmentation: Segmentation, profile: Profile) -> None:
    """The brief for both writers, and the way to a draft by Gemini. Closed until it is asked for."""
    brief = _brief(segmentation, profile)
    with st.expander("Draft with Gemini (optional)"):
        st.markdown(
            "Gemini is sent the facts below and nothing else: averages and shares of whole segments, never a "
            "row. Its draft becomes a new version that you check, edit and approve like any other."
        )
        settings = _settings()
        typed = st.text_input(
            "Key",
            type="password",
            key="gemini key",
            help="Used for this session only; never stored, never logged.",
        )
        with st.expander("Exactly what is sent", expanded=False):
            content = prompts.payload(
                profile, facts(profile), brief, drafting.levels(profile), hide=settings.hide_names
            )
            st.caption(f"About {count(estimate_tokens(content))} tokens go in.")
            st.code(content.system, language=None, wrap_lines=True)
            st.json(json.loads(content.prompt), expanded=1)
        _models(settings, typed)
        if st.button(f"Draft {len(segmentation.segments)} personas with Gemini", key="gemini draft"):
            try:
                key = find_key(os.environ, _secrets(), typed)
                drafting.start_gemini(segmentation, brief, settings, key)
            except StudioError as problem:
                st.error(said(str(problem)))
            else:
                st.rerun()


def _brief(segmentation: Segmentation, profile: Profile) -> Brief:
    stored = drafting.brief_of(segmentation, profile)
    with st.expander("Brief: brand, audience, words"):
        st.markdown("Both writers use it. Every field may stay empty.")
        left, right = st.columns(2)
        names = list(pack.names())
        made = Brief(
            pack=left.selectbox(
                "Vocabulary",
                names,
                index=names.index(stored.pack),
                format_func=lambda name: pack.load(name).title,
                key=f"pack {segmentation.id}",
            ),
            brand=right.text_input("Brand", stored.brand, max_chars=60, key=f"brand {segmentation.id}"),
            therapy_area=left.text_input(
                "Therapy area or category", stored.therapy_area, max_chars=60, key=f"area {segmentation.id}"
            ),
            audience=right.text_input(
                "Audience", stored.audience, max_chars=60, key=f"audience {segmentation.id}"
            ),
            tone=left.text_input("Tone", stored.tone, max_chars=60, key=f"tone {segmentation.id}"),
        )
        if made != stored:
            resources.workspace().save_brief(segmentation.id, made)
        if st.button("Write all again with this brief", key="write with brief"):
            drafting.draft_offline(segmentation, [segment.id for segment in segmentation.segments])
            st.rerun()
    return made


def _settings() -> Settings:
    left, right = st.columns(2)
    provider = left.selectbox(
        "Package", list(PROVIDERS), format_func=PROVIDERS.get, key="provider", persist_state="session"
    )
    offered = state.recall("gemini models", ())
    model = right.selectbox(
        "Model",
        list(dict.fromkeys([*offered, Settings().model])),
        key="gemini model",
        accept_new_options=True,
        help="Ask which models your key offers, or type a model's id.",
    )
    hide = st.toggle(
        "Send no names: columns go as feature_7, values as category_2",
        key="hide names",
        persist_state="session",
    )
    return replace(Settings(), provider=provider, model=model or Settings().model, hide_names=hide)


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


def _secrets() -> dict[str, object]:
    """Streamlit's secrets, empty when there is no secrets file."""
    try:
        return dict(st.secrets)
    except FileNotFoundError:
        return {}
