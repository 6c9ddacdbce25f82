"""The only file that names session keys and query parameters.

Ids live in the address bar, so a reload or a shared link lands in the same place; a choice that is not
saved yet lives in the session; everything else lives in the workspace.
"""

from typing import Any

import streamlit as st

DATASET = "dataset"
SEGMENTATION = "segmentation"
SEGMENT = "segment"

_ADDRESS = (DATASET, SEGMENTATION, SEGMENT)


def arrive() -> None:
    """Bring the address and the session together: an id in the address wins, others are written into it, at
    once. With a segmentation and no segment, it is where no segment was chosen.

    To be said before `st.navigation`: the browser then makes one stop on the way back of the new page and its
    ids, and not one of the bare page and another of the same page with its ids.
    """
    if st.query_params.get(DATASET, current(DATASET)) != current(DATASET):
        for name in (SEGMENTATION, SEGMENT):
            st.session_state.pop(name, None)
    if SEGMENTATION in st.query_params and SEGMENT not in st.query_params:
        st.session_state.pop(SEGMENT, None)
    missing = {}
    for name in _ADDRESS:
        if name in st.query_params:
            st.session_state[name] = st.query_params[name]
        elif st.session_state.get(name):
            missing[name] = st.session_state[name]
    if missing:
        st.query_params.update(missing)


def current(name: str) -> str | None:
    """The id of the open dataset, segmentation or segment."""
    value = st.session_state.get(name)
    return str(value) if value else None


def choose(name: str, value: str | None) -> None:
    """Open something: its id goes into the session and the address; what depended on another is closed."""
    if name == DATASET and value != current(DATASET):
        choose(SEGMENTATION, None)
    if name == SEGMENTATION and value != current(SEGMENTATION):
        choose(SEGMENT, None)
    if value:
        st.session_state[name] = value
        if st.query_params.get(name) != value:
            st.query_params[name] = value
    else:
        st.session_state.pop(name, None)
        st.query_params.pop(name, None)


def open_segmentation(segmentation_id: str, dataset_id: str) -> None:
    choose(DATASET, dataset_id)
    choose(SEGMENTATION, segmentation_id)


def address(page: str) -> str:
    """A link, relative to the app's root, that opens the page at the present place."""
    return f"/{page}?{'&'.join(f'{name}={value}' for name, value in _ids(DATASET, SEGMENTATION).items())}"


def go(page: str) -> None:
    """Open a page at the present place, in one step of the browser's history. Ends the run."""
    st.switch_page(page, query_params=_ids(*_ADDRESS))


def _ids(*names: str) -> dict[str, str]:
    return {name: value for name in names if (value := current(name))}


def reading_only() -> bool:
    """The reader's page shows no way into the analyst's pages."""
    return bool(st.context.url and "/reader" in st.context.url.split("?")[0])


def remember(name: str, value: Any) -> None:
    """Keep something for this session under a name of the page's own."""
    st.session_state[f"kept {name}"] = value


def recall(name: str, default: Any = None) -> Any:
    return st.session_state.get(f"kept {name}", default)


def forget(name: str) -> None:
    st.session_state.pop(f"kept {name}", None)


def editor(name: str, value: Any) -> str:
    """The key of an editor over a stored value. It changes when another tab changed the value, so that edits
    made over the old one are not laid over the new one. Tell `edited` what this session stored itself."""
    seen, turn = recall(f"{name} seen"), recall(f"{name} turn", 0)
    if seen is not None and seen != value:
        turn += 1
        remember(f"{name} turn", turn)
    edited(name, value)
    return f"{name} {turn}" if turn else name


def edited(name: str, value: Any) -> None:
    """This session stored the value itself: its editor goes on as it is."""
    remember(f"{name} seen", value)


def widget(name: str) -> Any:
    """The present value of a widget by its key."""
    return st.session_state.get(name)


def show(name: str, value: Any) -> None:
    """Let the widget of this key stand at the value, whoever changed it. To be said before it is drawn."""
    st.session_state[name] = value


def forget_widgets(prefix: str) -> None:
    """Let every widget whose key starts with this begin again from its given value."""
    for key in [key for key in st.session_state if str(key).startswith(prefix)]:
        del st.session_state[key]
