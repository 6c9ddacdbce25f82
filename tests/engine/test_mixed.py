"""Categories beside numbers, on two public tables: they matter, and a weight is a repeated column."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from engine.kmeans import Partition, fit
from tests.engine.tables import features_of, keyed

Case = tuple[Callable[[Path], pd.DataFrame], str]


def telco(shared: Path) -> pd.DataFrame:
    table = pd.read_csv(shared / "telco-churn" / "Telco-Customer-Churn.csv")
    chosen = ["tenure", "MonthlyCharges", "Contract", "InternetService", "PaymentMethod", "Partner"]
    return keyed(dict(table[chosen].sample(1_000, random_state=1).items()))


def bank(shared: Path) -> pd.DataFrame:
    table = pd.read_csv(shared / "uci-bank-marketing" / "bank.csv", sep=";")
    chosen = ["age", "balance", "campaign", "marital", "education", "contact", "housing"]
    return keyed(dict(table[chosen].sample(1_000, random_state=1).items()))


def partition(table: pd.DataFrame, **changes: object) -> Partition:
    return fit(features_of(table, "auto", **changes).matrix, 4, starts=10)


CASES: list[Case] = [(telco, "InternetService"), (bank, "marital")]


@pytest.mark.parametrize(("read", "category"), CASES)
def test_swapping_a_category_for_noise_changes_the_segments(
    shared_data: Path, read: Callable[[Path], pd.DataFrame], category: str
) -> None:
    table = read(shared_data)
    noise = np.random.default_rng(0).permutation(table[category].to_numpy())
    straight, swapped = partition(table), partition(table.assign(**{category: noise}))
    # What the search alone would change: the same table from another seed.
    again = fit(features_of(table, "auto").matrix, 4, starts=10, seed=7)
    assert adjusted_rand_score(straight.labels, again.labels) > 0.99
    assert adjusted_rand_score(straight.labels, swapped.labels) < 0.8


@pytest.mark.parametrize(("read", "category"), CASES)
def test_a_weight_gives_the_partition_of_a_repeated_column(
    shared_data: Path, read: Callable[[Path], pd.DataFrame], category: str
) -> None:
    table = read(shared_data)
    for column in (category, str(table.columns[0])):
        repeated = table.assign(**{f"{column} again": table[column], f"{column} once more": table[column]})
        weighted, thrice = partition(table, weights=((column, 3.0),)), partition(repeated)
        assert weighted.inertia == pytest.approx(thrice.inertia, rel=1e-6)
        assert adjusted_rand_score(weighted.labels, thrice.labels) > 0.999


@pytest.mark.parametrize(("read", "category"), CASES)
def test_every_account_keeps_its_row(
    shared_data: Path, read: Callable[[Path], pd.DataFrame], category: str
) -> None:
    table = read(shared_data)
    table.loc[table.index[:40], category] = None
    features = features_of(table, "auto")
    assert len(features.matrix) == len(table)
    missing = {prepared.column: prepared.missing for prepared in features.preparation}
    assert missing[category] == int(table[category].isna().sum())
