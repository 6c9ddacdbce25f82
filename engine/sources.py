"""SOURCE on the command line, and the demo: a file, `demo`, `demo:ROWS` or `demo:ROWS:q2`."""

import re
from pathlib import Path

import pandas as pd

from data import demo
from engine.errors import FileRefused, OptionProblem
from engine.intake import adopt, bring
from engine.model import Dataset
from engine.workspace import Workspace

DEMO_TABLES = {
    "demo_q1": "Demo prescribers, Q1",
    "demo_q2": "Demo prescribers, Q2",
    "retail": "Demo shoppers",
    "business": "Demo business accounts",
}
"""The demo tables by what they are called here and in the app."""


MADE_HERE = "made by this program, synthetic"


def open_source(workspace: Workspace, source: str) -> Dataset:
    """The dataset behind a SOURCE. Raises OptionProblem or FileRefused in one sentence."""
    if source == "demo" or source.startswith("demo:"):
        found = re.fullmatch(r"demo(?::(\d+))?(?::(q[12]))?", source)
        if not found or int(found.group(1) or 1) < 1:
            raise OptionProblem(
                "A demo source is written demo, demo:ROWS or demo:ROWS:q2.", f"Found `{source}`."
            )
        return bring_demo(
            workspace,
            "demo_q2" if found.group(2) == "q2" else "demo_q1",
            rows=int(found.group(1) or 50_000),
        )
    path = Path(source)
    if not path.is_file():
        raise FileRefused(f"No file `{source}`.", do="Give the path of a CSV, Excel, Parquet or JSON file.")
    return bring(workspace, path)


def bring_demo(workspace: Workspace, table: str, rows: int = 50_000) -> Dataset:
    """One of DEMO_TABLES with its dictionary, generated when the workspace has it not yet."""
    remembered = f"demo {table} {rows}"
    known = workspace.setting(remembered)
    if known and workspace.has_dataset(known):
        return workspace.dataset(known)
    frame: pd.DataFrame
    if table in ("retail", "business"):
        frame = getattr(demo, table)()
    else:
        frame = demo.generate(rows, quarter=2 if table == "demo_q2" else 1)
    dataset = adopt(
        workspace,
        frame,
        name=DEMO_TABLES[table],
        source=MADE_HERE,
        dictionary=demo.DICTIONARY[table],
    )
    workspace.save_setting(remembered, dataset.id)
    return dataset
