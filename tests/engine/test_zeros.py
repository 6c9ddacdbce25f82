"""Zeros that stand for withheld counts: read as missing wherever the column is read, by pandas' own figures."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from engine import export
from engine.diagnose import diagnosis_id
from engine.errors import ColumnProblem
from engine.filters import count_rows, population
from engine.intake import proposed_spec
from engine.model import Dataset, FeatureSpec, Filter
from engine.segment import build, features_of, profile_of
from engine.workspace import Workspace
from engine.zeros import alike, decide, in_doubt, missing_share, zero_counts
from tests.engine.small import store

ROWS = 240


def frame() -> pd.DataFrame:
    random = np.random.default_rng(3)
    some, many = random.integers(11, 90, ROWS), random.integers(11, 400, ROWS)
    some[::12], many[::2] = 0, 0
    return pd.DataFrame(
        {
            "account_id": [f"A{place:03d}" for place in range(ROWS)],
            "some": some,
            "many": many,
            "cost": np.where(many == 0, 0.0, many * random.uniform(1, 9, ROWS)).round(2),
            "plain": random.integers(0, 60, ROWS),
            "region": random.choice(["North", "South"], ROWS),
        }
    )


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    opened = Workspace(None)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def dataset(workspace: Workspace) -> Dataset:
    return store(workspace, frame())


@pytest.fixture(scope="module")
def spec(dataset: Dataset) -> FeatureSpec:
    return proposed_spec(dataset)


@pytest.fixture(scope="module")
def zeros(workspace: Workspace, dataset: Dataset) -> dict[str, int]:
    with workspace.reading() as cursor:
        return zero_counts(cursor, dataset)


def test_zeros_are_counted_as_pandas_does(zeros: dict[str, int]) -> None:
    table = frame()
    numbers = table[["some", "many", "cost", "plain"]]
    assert zeros == {name: int(n) for name, n in (numbers == 0).sum().items() if n}


def test_the_columns_that_nobody_decided_on_are_in_doubt(dataset: Dataset, spec: FeatureSpec) -> None:
    assert in_doubt(dataset, spec) == ("some", "many")
    assert in_doubt(dataset, replace(spec, zeros=(("some", "amount"),))) == ("many",)
    assert in_doubt(dataset, replace(spec, cluster=("plain",), describe=())) == ()


def test_a_column_that_is_zero_on_the_same_rows_or_hardly_more_is_found(workspace: Workspace) -> None:
    table = frame()
    table["rate"] = table["cost"].where(table.index != 1, 0.0)
    table["other"] = table["cost"].where(table.index > 30, 0.0)
    table["fewer"] = table["cost"].where(table.index != 0, 5.0)
    wide = store(workspace, table)
    with workspace.reading() as cursor:
        counts = zero_counts(cursor, wide)
        assert alike(cursor, wide, ["some", "many"], counts) == ("cost", "rate")
        assert alike(cursor, wide, ["some"], counts) == ()


def test_a_column_that_is_then_too_sparse_is_described_with_until_its_zeros_count_again(
    dataset: Dataset, spec: FeatureSpec, zeros: dict[str, int]
) -> None:
    assert {"some", "many"} <= set(spec.cluster)
    decided = decide(dataset, spec, ["some", "many"], "missing", zeros)
    assert decided.zeros == (("some", "missing"), ("many", "missing"))
    assert "some" in decided.cluster and "many" in decided.describe
    assert missing_share(dataset, decided, "many", zeros) == 0.5
    assert missing_share(dataset, spec, "many", zeros) == 0.0
    assert decide(dataset, decided, ["some", "many"], None, zeros) == spec
    meant = decide(dataset, decided, ["many"], "amount", zeros)
    assert meant.cluster == spec.cluster
    assert meant.zeros_as("amount") == ("many",)


def test_what_is_missing_then_is_filled_and_profiled_as_missing(
    workspace: Workspace, spec: FeatureSpec
) -> None:
    decided = replace(spec, zeros=(("some", "missing"), ("many", "missing")))
    known = frame()[["some", "many", "plain"]].replace({"some": {0: np.nan}, "many": {0: np.nan}})
    prepared = {item.column: item for item in features_of(workspace, decided).preparation}
    assert (prepared["some"].missing, prepared["some"].fill) == (20, known["some"].median())
    made = build(workspace, decided, k=3)
    everyone = profile_of(workspace, made).population.features
    for name in ("some", "many", "plain"):
        assert everyone[name].n == known[name].count()
        assert everyone[name].mean == pytest.approx(known[name].mean(), rel=1e-9)
        assert everyone[name].median == known[name].median()
    told = profile_of(workspace, made)
    assert (told.zeros_missing, told.zeros_in_doubt) == (("some", "many"), ())
    exported = export.table(workspace, made)
    assert exported["some"].to_pylist() == frame()["some"].tolist()
    plain = build(workspace, spec, k=3)
    assert plain.recipe != made.recipe
    assert profile_of(workspace, plain).zeros_in_doubt == ("some", "many")


def test_a_described_column_alone_makes_another_recipe(workspace: Workspace, spec: FeatureSpec) -> None:
    aside = replace(spec, cluster=("plain", "some"), describe=("many",))
    decided = replace(aside, zeros=(("many", "missing"),))
    first, second = build(workspace, aside, k=2), build(workspace, decided, k=2)
    assert first.centres == second.centres
    assert first.recipe != second.recipe
    means = [profile_of(workspace, made).population.features["many"].mean for made in (first, second)]
    assert means[1] == pytest.approx(2 * means[0])


def test_filters_see_what_the_specification_reads(
    workspace: Workspace, dataset: Dataset, spec: FeatureSpec
) -> None:
    decided = replace(spec, zeros=(("many", "missing"),), filters=(Filter("many", "is not missing"),))
    kept = frame().query("many > 0")
    with workspace.reading() as cursor:
        rows = population(cursor, dataset, decided, ["many"])
        assert count_rows(cursor, dataset, decided) == len(kept)
    assert list(rows["many"]) == list(kept["many"])
    made = build(workspace, replace(decided, cluster=("plain", "some")), k=2)
    assert export.table(workspace, made)["account_id"].to_pylist() == kept["account_id"].tolist()


def test_zeros_of_a_category_cannot_be_missing_values(
    workspace: Workspace, dataset: Dataset, spec: FeatureSpec
) -> None:
    wrong = replace(spec, zeros=(("region", "missing"),))
    with workspace.reading() as cursor, pytest.raises(ColumnProblem, match="`region` is none"):
        population(cursor, dataset, wrong, [])


def test_an_id_tells_only_what_is_read_otherwise_and_in_any_order() -> None:
    spec = FeatureSpec("d", "k", ("a", "b"))

    def asked(**changes: object) -> str:
        return diagnosis_id(replace(spec, **changes), range(2, 5), seed=1, starts=2, quick=True)  # type: ignore[arg-type]

    assert asked() == "604b6fe5523441c5", "An answer made before zeros could be told is found again."
    assert asked(zeros=(("a", "amount"),)) == asked()
    both = asked(zeros=(("a", "missing"), ("b", "missing")))
    assert both == asked(zeros=(("b", "missing"), ("a", "missing"), ("a", "missing")))
    assert len({asked(), both, asked(zeros=(("a", "missing"),)), asked(identical_rows="once")}) == 4
