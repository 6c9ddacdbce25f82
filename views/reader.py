"""The reader's page: the playbook alone, by its own link, with no way into the analyst's pages."""

import streamlit as st

from engine.errors import NotFound
from views import drafting, resources, state
from views.reading import read

try:
    segmentation = resources.workspace().segmentation(state.current(state.SEGMENTATION) or "")
except NotFound:
    st.title("Nothing to read here", anchor=False)
    st.markdown("This link leads to no playbook. Ask the analyst who sent it for a new one.")
    st.stop()
if drafting.standing(segmentation):
    read(drafting.playbook_of(segmentation), segmentation)
else:
    st.title("Nothing to read yet", anchor=False)
    st.markdown("No persona of this segmentation is approved. Ask its analyst.")
