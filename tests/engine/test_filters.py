"""Filters keep exactly the rows they say, whatever the columns are called and hold."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pytest

from engine.errors import ColumnProblem, StudioError
from engine.filters import count_rows, population, preview
from engine.model import ROW_NUMBER, Dataset, Filter
from engine.workspace import Workspace
from tests.engine.small import spec_of, store

ROWS = 24


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    opened = Workspace(None)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    places = range(ROWS)
    return pd.DataFrame(
        {
            "id": [f"{place:03d}" for place in places],
            "spend": [None if place % 6 == 5 else place * 1.5 for place in places],
            "state": ["CA", "NY", "O'Brien", None] * 6,
            "active": [True, False, None, True] * 6,
            "joined": pd.date_range("2024-01-01", periods=ROWS),
            "answered": [0, 1, 1] * 8,
            "long": range(9_007_199_254_740_993, 9_007_199_254_740_993 + ROWS),
        }
    )


@pytest.fixture(scope="module")
def dataset(workspace: Workspace, frame: pd.DataFrame) -> Dataset:
    return store(workspace, frame)


def kept(workspace: Workspace, dataset: Dataset, *filters: Filter) -> list[str]:
    with workspace.reading() as cursor:
        spec = spec_of(dataset, (), filters=filters)
        rows = population(cursor, dataset, spec, [])
        assert count_rows(cursor, dataset, spec) == len(rows)
    return list(rows.index)


Keep = Callable[[pd.DataFrame], "pd.Series[bool]"]

CASES: list[tuple[Filter, Keep]] = [
    (Filter("spend", ">", (6.0,)), lambda f: f.spend > 6),
    (Filter("spend", ">=", (6.0,)), lambda f: f.spend >= 6),
    (Filter("spend", "<", (6.0,)), lambda f: f.spend < 6),
    (Filter("spend", "<=", ("6",)), lambda f: f.spend <= 6),
    (Filter("spend", "between", (3.0, 9.0)), lambda f: f.spend.between(3, 9)),
    (Filter("spend", "between", (9.0, 3.0)), lambda f: f.spend < 0),
    (Filter("spend", "in", (3.0, 4.5, 99.0)), lambda f: f.spend.isin([3, 4.5])),
    (Filter("spend", "not in", (3.0, 4.5)), lambda f: ~f.spend.isin([3, 4.5]) & f.spend.notna()),
    (Filter("spend", "is missing"), lambda f: f.spend.isna()),
    (Filter("spend", "is not missing"), lambda f: f.spend.notna()),
    (Filter("state", "in", ("CA",)), lambda f: f.state == "CA"),
    (Filter("state", "in", ("O'Brien", "NY")), lambda f: f.state.isin(["O'Brien", "NY"])),
    (Filter("state", "not in", ("CA",)), lambda f: (f.state != "CA") & f.state.notna()),
    (Filter("state", "is missing"), lambda f: f.state.isna()),
    (Filter("state", ">", ("CA",)), lambda f: f.state.fillna("") > "CA"),
    (Filter("state", "between", ("CA", "NY")), lambda f: f.state.fillna("").between("CA", "NY")),
    (Filter("state", "in", (3.0,)), lambda f: f.state == 3),
    (Filter("state", "not in", (3.0,)), lambda f: f.state.notna()),
    (Filter("active", "in", ("true",)), lambda f: f.active.eq(True)),
    (Filter("active", "in", ("False",)), lambda f: f.active.eq(False)),
    (Filter("active", "in", (1.0,)), lambda f: f.active.eq(True)),
    (Filter("active", "not in", ("true",)), lambda f: f.active.eq(False)),
    (Filter("active", "is missing"), lambda f: f.active.isna()),
    (Filter("answered", "in", ("true",)), lambda f: f.answered == 1),
    (Filter("answered", "in", (0.0,)), lambda f: f.answered == 0),
    (Filter("answered", ">", (0.0,)), lambda f: f.answered == 1),
    (Filter("joined", ">", ("2024-01-05",)), lambda f: f.joined > "2024-01-05"),
    (Filter("joined", "in", ("2024-01-05",)), lambda f: f.joined == "2024-01-05"),
    (
        Filter("joined", "between", ("2024-01-03", "2024-01-05T12:00")),
        lambda f: f.joined.between("2024-01-03", "2024-01-05"),
    ),
    (Filter("id", "in", ("003", "3")), lambda f: f.id == "003"),
    (Filter("id", ">", (20.0,)), lambda f: f.id.astype(int) > 20),
    (Filter("long", "in", ("9007199254740995",)), lambda f: f.long == 9_007_199_254_740_995),
]


@pytest.mark.parametrize(("item", "oracle"), CASES, ids=[str(item) for item, _ in CASES])
def test_a_filter_keeps_the_rows_that_pandas_keeps(
    workspace: Workspace, dataset: Dataset, frame: pd.DataFrame, item: Filter, oracle: Keep
) -> None:
    assert kept(workspace, dataset, item) == list(frame["id"][oracle(frame).to_numpy(dtype=bool)])


def test_filters_are_joined_by_and(workspace: Workspace, dataset: Dataset) -> None:
    found = kept(workspace, dataset, Filter("spend", ">", (6.0,)), Filter("state", "in", ("CA",)))
    assert found == ["008", "012", "016", "020"]


def test_no_filter_keeps_every_row(workspace: Workspace, dataset: Dataset) -> None:
    assert len(kept(workspace, dataset)) == ROWS


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (Filter("spend", ">", ("a lot",)), "`spend` is compared with numbers. Found 'a lot'"),
        (Filter("spend", "in", (3.0, "x")), "Found 'x'"),
        (Filter("joined", ">", (3.0,)), "`joined` is compared with dates"),
        (Filter("joined", ">", ("soon",)), "Found 'soon'"),
        (Filter("active", "in", ("perhaps",)), "true or false"),
        (Filter("spend", "between", (3.0,)), r"needs 2 value\(s\). Found 1"),
        (Filter("spend", ">", (3.0, 4.0)), r"needs 1 value\(s\). Found 2"),
        (Filter("state", "in", ()), "needs at least one"),
        (Filter("spent", ">", (3.0,)), "No column `spent`. Found: id, spend, state"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_a_sentence(
    workspace: Workspace, dataset: Dataset, item: Filter, sentence: str
) -> None:
    with pytest.raises(ColumnProblem, match=sentence):
        kept(workspace, dataset, item)


HOSTILE = [
    'a"; DROP TABLE datasets; --',
    "it's; 'quoted'",
    '""',
    "c0",
    "row_number",
    "key",
    "segment",
    "*",
    "? or 1=1",
    "{x} %s \\",
    "Größe\n(zweite Zeile)",
    "SELECT * FROM settings",
]


@pytest.mark.parametrize("header", HOSTILE)
def test_a_header_is_never_a_part_of_a_query(workspace: Workspace, header: str) -> None:
    values = [1.5, 2.5, 2.5, None]
    dataset = store(workspace, pd.DataFrame({"account": list("abcd"), header: values}))
    spec = spec_of(dataset, (header,), key="account", filters=(Filter(header, "<", (2.0,)),))
    with workspace.reading() as cursor:
        rows = population(cursor, dataset, spec, [header])
        shown = preview(cursor, dataset, 2)
    assert list(rows.columns) == [header]
    assert list(rows.index) == ["a"]
    assert rows.index.name == "key"
    assert rows[header].iloc[0] == 1.5
    assert list(shown.columns) == ["account", header]
    assert len(shown) == 2
    assert workspace.datasets()


@pytest.mark.parametrize("value", ["'; DROP TABLE x; --", '"', "\\", "%", "\U0001f600"])
def test_a_value_is_never_a_part_of_a_query(workspace: Workspace, value: str) -> None:
    frame = pd.DataFrame({"name": [value, "b"] * 6, "x": np.arange(12.0)})
    dataset = store(workspace, frame)
    spec = spec_of(dataset, ("x",), key=ROW_NUMBER, filters=(Filter("name", "in", (value,)),))
    with workspace.reading() as cursor:
        rows = population(cursor, dataset, spec, ["x"])
    assert sorted(rows["x"]) == [0, 2, 4, 6, 8, 10]


def test_the_population_is_in_the_order_of_the_keys_text(workspace: Workspace) -> None:
    frame = pd.DataFrame({"number": [10, 9, 100, 1], "x": [1.0, 2.0, 3.0, 4.0]})
    dataset = store(workspace, frame)
    with workspace.reading() as cursor:
        rows = population(cursor, dataset, spec_of(dataset, (), key="number"), ["x"])
    assert list(rows.index) == ["1", "10", "100", "9"]
    assert list(rows["x"]) == [4.0, 1.0, 3.0, 2.0]


def test_a_table_without_a_key_numbers_its_rows(workspace: Workspace, dataset: Dataset) -> None:
    with workspace.reading() as cursor:
        rows = population(cursor, dataset, spec_of(dataset, (), key=ROW_NUMBER), ["id"])
    assert list(rows.index) == sorted(str(place + 1) for place in range(ROWS))
    assert rows.loc["10", "id"] == "009"


def _problem(workspace: Workspace, keys: list[str | None], *filters: Filter) -> str:
    frame = pd.DataFrame({"account": keys, "x": np.arange(float(len(keys)))})
    dataset = store(workspace, frame)
    with workspace.reading() as cursor, pytest.raises(StudioError) as caught:
        population(cursor, dataset, spec_of(dataset, (), key="account", filters=filters), ["x"])
    return str(caught.value)


def test_a_key_that_is_missing_is_counted(workspace: Workspace) -> None:
    said = _problem(workspace, ["a", None, "b", None])
    assert "The key `account` must be there on every row. It is missing on 2 of 4 rows." in said


def test_a_key_that_repeats_is_counted_with_an_example(workspace: Workspace) -> None:
    said = _problem(workspace, ["a", "a", "b", "c", "c", "c"])
    assert "must be different on every row. 2 values stand on more than one row, for example a." in said


def test_only_the_rows_that_are_kept_need_a_key(workspace: Workspace) -> None:
    frame = pd.DataFrame({"account": ["a", "a", "b", None], "x": [1.0, 2.0, 3.0, 4.0]})
    dataset = store(workspace, frame)
    spec = spec_of(dataset, (), key="account", filters=(Filter("x", "between", (2.0, 3.0)),))
    with workspace.reading() as cursor:
        assert list(population(cursor, dataset, spec, ["x"]).index) == ["a", "b"]
