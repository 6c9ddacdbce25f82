"""The demo tables: their recipe held against an independent derivation, their repeatability pinned."""

import hashlib
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score

from data.demo import DICTIONARY, FEATURES, business, generate, retail, write

HCP_COLUMNS = [
    "hcp_id",
    "specialty",
    "state",
    "top_payer_type",
    "access_score",
    "class_trx",
    "brand_trx",
    "digital_engagement",
    "rep_calls",
    "brand_share",
    "new_start_ratio",
    "chronic_burden_index",
    "adherence_rate",
]
SPECIALTIES = {"Neurologist": 0.25, "PCP": 0.50, "Other": 0.25}
PAYERS = {"Commercial": 0.50, "Medicare": 0.25, "Medicaid": 0.15, "Other": 0.10}
FINGERPRINTS = {
    "demo_q1": "5b08a35b1c9d3b2e5258fdf07d8c2edaa3c54f6c20b02a070e2c526f43eaa3a9",
    "demo_q2": "239b99597d16e95302c52b5b02d14c29b1309b7748c860b164ef5c2538442d9b",
    "retail": "fd8c6d1cae5a34dbaadf470d29201f29af5495e7b4ff59ef688e48049d3bd0f5",
    "business": "a0c5a08979461450dc5926667055111ba7a0cf71d20bf2646cb1e4c7f303d7e3",
}
"""SHA-256 of the first hundred rows as CSV with nine decimals."""
LEVELS = (np.arange(4_000) + 0.5) / 4_000
"""Evenly spaced probabilities: averaging quantiles at them integrates over a distribution."""


@pytest.fixture(scope="module")
def first() -> pd.DataFrame:
    return generate()


@pytest.fixture(scope="module")
def second() -> pd.DataFrame:
    return generate(quarter=2)


def fingerprint(table: pd.DataFrame) -> str:
    text = table.head(100).to_csv(index=False, float_format="%.9f", lineterminator="\n")
    return hashlib.sha256(text.encode()).hexdigest()


def clipped_mean(quantiles: np.ndarray, low: float, high: float) -> float:
    return float(np.clip(quantiles, low, high).mean())


def expected_means() -> dict[str, float]:
    """Each column's mean by summing over every specialty, payer and access score with its chance."""
    means = dict.fromkeys([*FEATURES, "volume_weighted_share"], 0.0)
    scores = np.arange(1, 11)
    for (specialty, of_specialty), (payer, of_payer) in product(SPECIALTIES.items(), PAYERS.items()):
        centre = 6.5 + (0.8 if specialty == "Neurologist" else 0) - (0.7 if payer == "Medicaid" else 0)
        up_to = stats.norm(centre, 2).cdf(scores[:-1] + 0.5)
        chances = np.diff(np.concatenate([[0], up_to, [1]]))
        volume = {"Neurologist": 320, "PCP": 230, "Other": 260}[specialty]
        class_trx = clipped_mean(np.rint(stats.norm(volume, 60).ppf(LEVELS)), 100, 500)
        burden = stats.norm(3.3 if payer == "Medicare" else 2.5, 1).ppf(LEVELS)
        for score, chance in zip(scores, chances, strict=True):
            weight = of_specialty * of_payer * chance
            neurologist, medicaid = specialty == "Neurologist", payer == "Medicaid"
            share = stats.norm(0.45 + 0.03 * (score - 5) + 0.05 * neurologist - 0.05 * medicaid, 0.05).ppf(
                LEVELS
            )
            mean_share = clipped_mean(share, 0.05, 0.9)
            digital = 4 + 0.6 * (score - 5) + 2 * neurologist + (payer == "Commercial")
            calls = 3 + 0.4 * (score - 5) + 1.5 * neurologist - 0.5 * medicaid
            new_starts = stats.beta(2, 3).ppf(LEVELS) + 0.01 * (score - 5)
            adherence = stats.norm(0.6 + 0.02 * score, 0.05).ppf(LEVELS)
            means["access_score"] += weight * score
            means["class_trx"] += weight * class_trx
            means["brand_trx"] += weight * class_trx * mean_share
            means["digital_engagement"] += weight * max(digital, 0.5)
            means["rep_calls"] += weight * max(calls, 0.2)
            means["brand_share"] += weight * mean_share
            means["new_start_ratio"] += weight * clipped_mean(new_starts, 0, 1)
            means["chronic_burden_index"] += weight * clipped_mean(burden, 0, 5)
            means["adherence_rate"] += weight * clipped_mean(adherence, 0.3, 0.95)
    means["volume_weighted_share"] = means["brand_trx"] / means["class_trx"]
    return means


def test_columns_come_in_the_promised_order(first: pd.DataFrame) -> None:
    assert list(first.columns) == HCP_COLUMNS
    assert tuple(HCP_COLUMNS[4:]) == FEATURES
    assert len(first) == 50_000


def test_keys_count_from_one_without_a_gap(first: pd.DataFrame) -> None:
    assert list(first["hcp_id"]) == [f"HCP_{number}" for number in range(1, 50_001)]


@pytest.mark.parametrize(
    ("column", "shares"),
    [
        ("specialty", SPECIALTIES),
        ("top_payer_type", PAYERS),
        ("state", dict.fromkeys(["CA", "TX", "NY", "FL", "IL", "PA", "OH", "GA", "NC", "MI"], 0.1)),
    ],
)
def test_categories_have_their_shares(first: pd.DataFrame, column: str, shares: dict[str, float]) -> None:
    seen = first[column].value_counts(normalize=True)
    assert set(seen.index) == set(shares)
    for value, share in shares.items():
        assert abs(seen[value] - share) < 4 * np.sqrt(share * (1 - share) / len(first))


def test_means_follow_from_the_formulae(first: pd.DataFrame) -> None:
    expected = expected_means()
    for feature in FEATURES:
        four_standard_errors = 4 * first[feature].std() / np.sqrt(len(first))
        assert first[feature].mean() == pytest.approx(expected[feature], abs=four_standard_errors), feature


def test_the_brand_holds_half_of_all_class_scripts(first: pd.DataFrame) -> None:
    overall = first["brand_trx"].sum() / first["class_trx"].sum()
    assert overall == pytest.approx(expected_means()["volume_weighted_share"], abs=0.002)
    assert overall == pytest.approx(0.506, abs=0.0005)


@pytest.mark.parametrize("quarter", [1, 2])
def test_numbers_stay_in_their_ranges(first: pd.DataFrame, second: pd.DataFrame, quarter: int) -> None:
    table = first if quarter == 1 else second
    rounding = 0.5 / table["class_trx"]
    assert table["access_score"].between(1, 10).all()
    assert table["class_trx"].between(100, 500).all()
    assert ((table["brand_share"] >= 0.05 - rounding) & (table["brand_share"] <= 0.9 + rounding)).all()
    assert table["new_start_ratio"].between(0, 1).all()
    assert table["chronic_burden_index"].between(0, 5).all()
    assert table["adherence_rate"].between(0.3, 0.95).all()
    assert (table[["digital_engagement", "rep_calls", "brand_trx"]] >= 0).all(axis=None)
    assert not table.isna().any(axis=None)


def test_brand_share_is_brand_scripts_over_class_scripts(second: pd.DataFrame) -> None:
    np.testing.assert_array_equal(second["brand_share"], second["brand_trx"] / second["class_trx"])


@pytest.mark.parametrize("specialty", ["Neurologist", "PCP", "Other"])
def test_digital_touches_and_calls_are_poisson_at_one_access_score(
    first: pd.DataFrame, second: pd.DataFrame, specialty: str
) -> None:
    """Among commercial accounts with access 7: mean equals variance, in both quarters."""
    for table in (first, second):
        same = table.query("specialty == @specialty and top_payer_type == 'Commercial' and access_score == 7")
        for column, rate in (
            ("digital_engagement", 6.2 + 2 * (specialty == "Neurologist")),
            ("rep_calls", 3.8 + 1.5 * (specialty == "Neurologist")),
        ):
            assert same[column].mean() == pytest.approx(rate, rel=0.06)
            assert same[column].var() == pytest.approx(rate, rel=0.15)


def test_the_same_seed_gives_the_same_table_and_another_seed_another() -> None:
    pd.testing.assert_frame_equal(generate(500), generate(500))
    assert not generate(500, seed=43)["class_trx"].equals(generate(500)["class_trx"])


def test_the_first_hundred_rows_never_change(first: pd.DataFrame, second: pd.DataFrame) -> None:
    assert {
        "demo_q1": fingerprint(first),
        "demo_q2": fingerprint(second),
        "retail": fingerprint(retail()),
        "business": fingerprint(business()),
    } == FINGERPRINTS


@pytest.mark.parametrize("rows", [1, 7, 1_000])
def test_a_smaller_table_is_the_beginning_of_a_larger_one(first: pd.DataFrame, rows: int) -> None:
    pd.testing.assert_frame_equal(generate(rows), first.head(rows))
    pd.testing.assert_frame_equal(retail(rows), retail(1_200).head(rows))
    pd.testing.assert_frame_equal(business(rows), business(1_200).head(rows))


def test_the_second_quarter_loses_and_gains_about_two_per_cent(
    first: pd.DataFrame, second: pd.DataFrame
) -> None:
    stayed = second["hcp_id"].isin(first["hcp_id"])
    assert (len(first) - stayed.sum()) / len(first) == pytest.approx(0.02, abs=0.0025)
    assert list(second.loc[~stayed, "hcp_id"]) == [f"HCP_{number}" for number in range(50_001, 51_001)]
    assert second["hcp_id"].is_unique


def test_who_stays_keeps_specialty_state_and_payer(first: pd.DataFrame, second: pd.DataFrame) -> None:
    both = first.merge(second, on="hcp_id", suffixes=("", "_later"))
    for column in ("specialty", "state", "top_payer_type"):
        assert (both[column] == both[f"{column}_later"]).all()


def test_about_five_per_cent_change_in_kind_and_the_rest_drift(
    first: pd.DataFrame, second: pd.DataFrame
) -> None:
    both = first.merge(second, on="hcp_id", suffixes=("", "_later"))
    # Clear of the ends of the ranges, where a step is cut short.
    both = both[both["class_trx"].between(180, 300) & both["brand_share"].between(0.3, 0.65)]
    share_step = both["brand_share_later"] - both["brand_share"]
    volume_step = (both["class_trx_later"] / both["class_trx"]).sub(1)
    for changed in (share_step > 0.1, share_step < -0.1, volume_step > 0.25, volume_step < -0.2):
        assert changed.mean() == pytest.approx(0.0125, abs=0.004)
    steady = (share_step.abs() <= 0.1) & volume_step.between(-0.2, 0.25)
    assert share_step[steady].std() == pytest.approx(0.015, abs=0.001)
    assert (both["access_score"] - both["access_score_later"]).abs().max() == 1


@pytest.mark.parametrize("rows", [1, 2, 30])
def test_a_tiny_second_quarter_has_no_account_twice(rows: int) -> None:
    table = generate(rows, quarter=2)
    assert list(table.columns) == HCP_COLUMNS
    assert table["hcp_id"].is_unique


@pytest.mark.parametrize("wrong", [{"rows": 0}, {"quarter": 3}])
def test_a_wrong_size_or_quarter_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        generate(**wrong)


@pytest.mark.parametrize(("table", "kinds"), [(retail(), 5), (business().dropna(), 4)])
def test_the_small_tables_have_kinds_in_them_and_permuted_columns_do_not(
    table: pd.DataFrame, kinds: int
) -> None:
    numbers = table.select_dtypes("number")
    scaled = ((numbers - numbers.mean()) / numbers.std()).to_numpy()
    rng = np.random.default_rng(0)
    permuted = np.column_stack([rng.permutation(column) for column in scaled.T])
    found, chance = (
        silhouette_score(matrix, KMeans(kinds, n_init=5, random_state=0).fit_predict(matrix))
        for matrix in (scaled, permuted)
    )
    assert found > 0.4
    assert chance < 0.25


def test_retail_spend_is_orders_times_basket() -> None:
    table = retail()
    np.testing.assert_allclose(table["spend_12m"], table["orders_12m"] * table["average_basket"], atol=0.005)
    assert table["recency_days"].between(0, 365).all()
    assert table["customer_id"].is_unique


def test_only_unsurveyed_business_accounts_have_a_gap() -> None:
    gaps = business().isna().mean()
    assert gaps["nps"] == pytest.approx(0.125, abs=0.035)
    assert (gaps.drop("nps") == 0).all()


def test_written_files_read_back_as_they_were_made(tmp_path: Path) -> None:
    paths = write(tmp_path / "demo")
    assert set(paths) == set(DICTIONARY)
    assert sorted(file.name for file in (tmp_path / "demo").iterdir()) == sorted(
        f"{name}.parquet" for name in DICTIONARY
    )
    pd.testing.assert_frame_equal(pd.read_parquet(paths["demo_q2"]), generate(quarter=2))
    pd.testing.assert_frame_equal(pd.read_parquet(paths["business"]), business())


def test_every_column_of_every_table_has_its_meaning() -> None:
    tables = {"demo_q1": generate(10), "demo_q2": generate(10, quarter=2), "retail": retail(10)}
    for name, table in {**tables, "business": business(10)}.items():
        assert list(DICTIONARY[name]) == list(table.columns)


@pytest.mark.parametrize("name", list(DICTIONARY))
def test_no_word_of_a_dictionary_names_two_columns(name: str) -> None:
    words = [
        word.casefold() for meaning in DICTIONARY[name].values() for word in (meaning.label, *meaning.aliases)
    ]
    assert len(words) == len(set(words))
