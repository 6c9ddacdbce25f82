"""The reader's page: the playbook alone, by its own link, with no way into the analyst's pages."""

import streamlit as st

from views import drafting, parts
from views.reading import read

segmentation = parts.open_segmentation("Playbook")
if drafting.standing(segmentation):
    read(drafting.playbook_of(segmentation), segmentation)
else:
    st.title("Nothing to read yet", anchor=False)
    st.markdown("No persona of this segmentation is approved. Ask its analyst.")
