"""The pages of the app: thin scripts over the engine and the writers."""

import sys
from pathlib import Path

ENTRY = Path(__file__).with_name("app.py")
"""The script that Streamlit runs for every look at any page."""

# Streamlit puts the entry's folder on the import path for each run and takes it off again, unless it is
# there. Taken off while another thread imports, it makes that import skip a folder: "No module named ...".
if str(ENTRY.parent) not in sys.path:
    sys.path.append(str(ENTRY.parent))
