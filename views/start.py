"""Start: continue where you were, open a file, try the demo."""

import streamlit as st

from engine.numbers import count
from engine.sources import MADE_HERE
from llm.markdown import inert
from views import drafting, parts, resources, state


def _entry(name: str, key: str, told: str) -> bool:
    """A way back, with a line on what is there. True when it is taken."""
    with st.container(gap=None):
        taken = st.button(inert(name), key=key, icon=":material/arrow_forward:", type="tertiary")
        st.caption(told)
    return taken


store = resources.workspace()
st.title("From a table of accounts to a playbook", anchor=False)
st.markdown(
    "Open a table, see how many segments it can bear, and leave with a persona and a plan for each. "
    "Everything runs on this machine."
)

everything = store.segmentations()
saved = [item for item in everything if not item.archived][:3]
cut = {item.spec.dataset for item in everything}
opened = [item for item in store.datasets() if item.source != MADE_HERE and item.id not in cut][:3]
places = st.columns(3, gap="medium")
left, middle, right = (places[1], places[2], places[0]) if saved or opened else places

with left.container(border=True, height="stretch"):
    st.subheader("Open a file", anchor=False)
    parts.upload("start upload")

with middle.container(border=True, height="stretch"):
    st.subheader("Try the demo", anchor=False)
    st.markdown(
        "50,000 synthetic healthcare professionals with scripts, access, rep calls and digital engagement."
    )
    if st.button("Open the demo", key="demo", type="primary"):
        with st.spinner("Making the demo table, once"):
            state.choose(state.DATASET, resources.demo_dataset("demo_q1").id)
        st.switch_page("table.py")
    with st.expander("Other demo tables"):
        for table, label in (
            ("demo_q2", "Prescribers, a quarter later"),
            ("retail", "Shoppers"),
            ("business", "Business accounts"),
        ):
            if st.button(label, key=f"demo {table}", type="tertiary"):
                state.choose(state.DATASET, resources.demo_dataset(table).id)
                st.switch_page("table.py")

with right.container(border=True, height="stretch"):
    st.subheader("Continue", anchor=False)
    if not saved and not opened:
        st.markdown("Segmentations you make are kept here, with their personas and playbooks.")
    for item in saved:
        told = (
            f"{len(item.segments)} segments of {count(item.rows)} accounts, "
            f"{len(drafting.standing(item))} approved; {item.updated_at[:10]}"
        )
        if _entry(item.name, f"continue {item.id}", told):
            state.open_segmentation(item.id, item.spec.dataset)
            st.switch_page("segments.py")
    for dataset in opened:
        told = f"A table of {count(dataset.rows)} rows, not segmented yet."
        if _entry(dataset.name, f"open {dataset.id}", told):
            state.choose(state.DATASET, dataset.id)
            st.switch_page("table.py")
