"""A profile of the segments that a column holds."""

from dataclasses import replace

import numpy as np
import pandas as pd

from engine.filters import population
from engine.model import ROW_NUMBER, Dataset, Profile, Segmentation
from engine.profile import profile
from engine.segment import by_column
from engine.workspace import Workspace
from tests.engine.small import spec_of, store


def stored(workspace: Workspace, dataset: Dataset, **changes: object) -> Segmentation:
    """The segments that the column "part" holds, with every other column described."""
    describe = tuple(column.name for column in dataset.columns if column.name != "part")
    spec = replace(spec_of(dataset, (), key=ROW_NUMBER, describe=describe), **changes)
    with workspace.reading() as cursor:
        rows = population(cursor, dataset, spec, ["part"])
    cut = by_column(rows, spec, "part")
    return workspace.save_segmentation(cut.segmentation, cut.assignments)


def profiled(workspace: Workspace, segmentation: Segmentation) -> Profile:
    with workspace.reading() as cursor:
        return profile(cursor, workspace.dataset(segmentation.spec.dataset), segmentation)


def profile_of_frame(workspace: Workspace, frame: pd.DataFrame) -> Profile:
    return profiled(workspace, stored(workspace, store(workspace, frame)))


def varied(seed: int, rows: int = 400) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "part": random.choice(["a", "b", "c"], rows, p=[0.6, 0.3, 0.1]),
            "x": random.lognormal(3, 2, rows),
            "same": np.tile([0.1, 0.2, 0.7, 0.3], rows // 4),
            "yes": random.random(rows) < 0.3,
            "state": random.choice(list("pqrstuvwxyzklmno"), rows, p=np.arange(1, 17) / 136),
            "plan": random.choice(["basic", "plus", None], rows, p=[0.9, 0.06, 0.04]),
        }
    )
