"""Accounts on several rows are counted as pandas counts them, and no row is called an account in silence."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from engine.errors import ColumnProblem
from engine.filters import count_rows, population
from engine.intake import proposed_spec
from engine.model import ROW_NUMBER, Dataset, FeatureSpec, Filter
from engine.repeats import Repeats, repeats
from engine.workspace import Workspace
from tests.engine.small import spec_of, store


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    opened = Workspace(None)
    yield opened
    opened.close()


def visits() -> pd.DataFrame:
    """200 lines of 60 customers, some without a customer, some equal to others in every column."""
    random = np.random.default_rng(11)
    frame = pd.DataFrame(
        {
            "customer_id": random.integers(1, 61, 200),
            "channel": random.choice(["rep", "mail"], 200),
            "spend": random.integers(0, 4, 200).astype(float),
        }
    )
    frame.loc[::17, "customer_id"] = None
    frame.loc[::13, "spend"] = np.nan
    return frame


def found(workspace: Workspace, dataset: Dataset, spec: FeatureSpec, column: str) -> Repeats | None:
    with workspace.reading() as cursor:
        return repeats(cursor, dataset, spec, column)


@pytest.mark.parametrize("channel", [None, "rep"])
def test_repeats_are_those_that_pandas_counts(workspace: Workspace, channel: str | None) -> None:
    frame = visits()
    dataset = store(workspace, frame)
    filters = (Filter("channel", "in", (channel,)),) if channel else ()
    kept = frame[frame.channel == channel] if channel else frame
    counts = kept["customer_id"].value_counts()
    told = found(workspace, dataset, spec_of(dataset, (), filters=filters), "customer_id")
    assert told is not None
    assert (told.rows, told.values, told.repeated) == (len(kept), len(counts), int((counts > 1).sum()))
    assert told.most == counts.max()
    assert counts[float(told.example)] == told.most
    once = frame.drop_duplicates()
    assert told.identical == len(kept) - len(once[once.channel == channel] if channel else once)
    assert not told.identical_alone


def test_rows_that_are_there_twice_are_told_from_accounts_that_are(workspace: Workspace) -> None:
    frame = pd.DataFrame({"npi": range(1_000, 1_060), "spend": np.arange(60.0) % 7})
    dataset = store(workspace, pd.concat([frame, frame.head(9)], ignore_index=True))
    assert dataset.key == "npi"
    spec = proposed_spec(dataset)
    told = found(workspace, dataset, spec, "npi")
    assert told == Repeats("npi", 69, 60, 9, 2, "1000", 9, True)
    assert told.sentence().startswith(
        "One row per account is expected: `npi` must be different on every row. 9 values stand on more than one "
        "row, most often 1000, on 2. In all, 69 rows name 60 accounts. 9 rows repeat another in every column; "
    )
    once = replace(spec, identical_rows="once")
    assert found(workspace, dataset, once, "npi") is None
    with workspace.reading() as cursor:
        assert count_rows(cursor, dataset, once) == 60
        rows = population(cursor, dataset, once, ["spend"])
        with pytest.raises(ColumnProblem, match=r"Add the rows up to one per account"):
            population(cursor, dataset, spec, ["spend"])
    assert sorted(rows["spend"]) == sorted(frame["spend"])


def test_of_equal_rows_the_first_is_kept_and_a_missing_value_equals_a_missing_one(
    workspace: Workspace,
) -> None:
    frame = pd.DataFrame({"a": [1.5, None, 1.5, None, 2.5], "b": ["x", None, "x", None, "x"]})
    dataset = store(workspace, frame)
    spec = spec_of(dataset, (), key=ROW_NUMBER, identical_rows="once")
    with workspace.reading() as cursor:
        assert list(population(cursor, dataset, spec, []).index) == ["1", "2", "5"]


def test_lines_of_orders_are_not_called_accounts(workspace: Workspace) -> None:
    customers = 7 * (np.arange(150) % 30) + 3
    frame = pd.DataFrame({"order": range(901, 1_051), "customer": customers, "spend": np.arange(150.0) % 11})
    dataset = store(workspace, frame)
    spec = proposed_spec(dataset)
    assert (spec.key, spec.cluster) == ("customer", ("spend",))
    told = found(workspace, dataset, spec, spec.key)
    assert told is not None
    assert (told.rows, told.values, told.most) == (150, 30, 5)


def test_a_column_without_repeats_has_none(workspace: Workspace) -> None:
    dataset = store(workspace, pd.DataFrame({"id": ["a", "b", None, None], "x": [1.0, 2.0, 3.0, 3.0]}))
    assert found(workspace, dataset, spec_of(dataset, ()), "id") is None
