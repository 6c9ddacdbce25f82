"""Page config, navigation, and the one check that comes before every page: is the workspace ours?"""

import streamlit as st

from engine.errors import WorkspaceProblem
from llm.markdown import said
from views import parts, resources, state

st.set_page_config(page_title="Segmentation Studio", layout="wide")
parts.load_style()

# This folder is on the import path (see __init__.py): no page may have the name of a package, as `data`.
PAGES = [
    st.Page("start.py", title="Start", default=True),
    st.Page("table.py", title="Data"),
    st.Page("diagnose.py", title="Diagnose"),
    st.Page("segments.py", title="Segments"),
    st.Page("personas.py", title="Personas"),
    st.Page("playbook.py", title="Playbook"),
    st.Page("library.py", title="Library"),
    st.Page("reader.py", title="Reader", visibility="hidden"),
]

state.arrive()
page = st.navigation(PAGES, position="hidden" if state.reading_only() else "top")
try:
    resources.workspace()
except WorkspaceProblem as problem:
    st.title("The workspace could not be opened")
    st.error(said(str(problem)))
    st.stop()
page.run()
