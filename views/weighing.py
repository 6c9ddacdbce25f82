"""What a person weighs before approving: five questions put to the data, and the priority with its weights."""

import pandas as pd
import streamlit as st

from engine.model import Profile, Segment, Segmentation
from engine.verdict import listed
from llm.chapters import spell_out
from llm.markdown import inert
from llm.priority import WEIGHTS, Priority, priorities, weights_of
from llm.validation import validation
from views import drafting

OUTCOMES = {
    "yes": ":green-badge[yes]",
    "partly": ":orange-badge[partly]",
    "no": ":red-badge[no]",
    "not in the data": ":gray-badge[not in the data]",
    "ask": ":gray-badge[ask]",
}


def questions(segmentation: Segmentation, profile: Profile, names: dict[str, str]) -> None:
    """The questions with their answers, closed until somebody wants them."""
    asked = validation(profile, drafting.brief_of(segmentation, profile))
    if not asked:
        return
    with st.expander("Does it make sense? Questions to ask before you approve"):
        for item in asked:
            st.markdown(
                f"**{item.question}** {OUTCOMES[item.outcome]}  \n{inert(spell_out(item.answer, names))}"
            )


def priority(segmentation: Segmentation, profile: Profile, segment: Segment) -> None:
    """How the priority of the segment came about, and the weights to change it by."""
    brief = drafting.brief_of(segmentation, profile)
    weights = weights_of(brief)
    with st.expander("How the priority is computed"):
        every = priorities(profile, weights)
        found = next(item for item in every if item.segment == segment.id)
        st.markdown(inert(found.explanation))
        _parts(profile, found)
        if all(item.basis != "roles" for item in every):
            return
        unmeasured = {part.part for part in found.components if not part.feature}
        st.markdown("Weigh the parts otherwise: 0 leaves a part out, 2 counts its distance twice.")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            changed = {
                part: st.number_input(
                    part.capitalize(),
                    min_value=0.0,
                    max_value=3.0,
                    value=weights[part],
                    step=0.25,
                    key=f"weight {part} {segmentation.id} {weights[part]}",
                    disabled=part in unmeasured,
                    help="No column speaks of it." if part in unmeasured else None,
                )
                for part in WEIGHTS
            }
            if st.button(
                "Weigh again for all segments",
                key="weigh again",
                disabled=changed == weights or not any(changed.values()),
                help="Each segment whose computed priority changes gets a new version to approve.",
            ):
                rewritten = drafting.weigh_again(segmentation, changed)
                st.toast(_told(rewritten))
                st.rerun()


def _told(rewritten: list[str]) -> str:
    if not rewritten:
        return "No segment's level changed with these weights."
    return f"Another computed priority for {listed(rewritten)}: look at the new version, then approve again."


def _parts(profile: Profile, found: Priority) -> None:
    st.dataframe(
        pd.DataFrame(
            {
                "Part": [part.part for part in found.components],
                "Measured by": [
                    profile.dictionary[part.feature].label if part.feature else "not in the data"
                    for part in found.components
                ],
                "Weight": [part.weight if part.feature else None for part in found.components],
                "Distance in sd": [part.z for part in found.components],
                "Factor": [part.factor for part in found.components],
            }
        ),
        hide_index=True,
        column_config={
            "Distance in sd": st.column_config.NumberColumn(format="%+.2f"),
            "Factor": st.column_config.NumberColumn(format="%.2f"),
        },
    )
