"""What columns are taken for, and what they are proposed for, by hand-made and real tables."""

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from data import demo
from engine.columns import describe, propose_key, repeating_account, unusable, withheld
from engine.columns.proposal import correlation
from engine.model import ROW_NUMBER, Column
from engine.reading.parse import parse

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


class Described:
    """The columns of a table by name, and the key proposed."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, headers: list[str], rows: int) -> None:
        self.cursor, self.headers = cursor, headers
        columns = describe(cursor, '"t"', headers)
        self.by_name = {column.name: column for column in columns}
        self.key = propose_key(columns, rows)
        assert [column.name for column in columns] == headers
        assert all(column.reason for column in columns)

    def __getitem__(self, name: str) -> Column:
        return self.by_name[name]

    def used(self, use: str) -> list[str]:
        return [name for name in self.headers if self[name].use == use]


def of(table: dict[str, list[Any]] | pd.DataFrame) -> Described:
    frame = pd.DataFrame(table)
    renamed = frame.set_axis([f"c{place}" for place in range(frame.shape[1])], axis=1)
    renamed["row_number"] = np.arange(1, len(frame) + 1)
    cursor = duckdb.connect()
    cursor.register("frame", renamed)
    cursor.execute('CREATE TABLE "t" AS FROM frame')
    return Described(cursor, list(frame.columns), len(frame))


def test_zeros_before_eleven_may_stand_for_withheld_counts_and_the_page_asks() -> None:
    counts = [0] * 10 + list(range(11, 51))
    found = of(
        {
            "withheld": counts,
            "plain": [0] * 10 + list(range(1, 41)),
            "later": [0] * 10 + list(range(12, 52)),
            "nonzero": list(range(11, 61)),
            "half": [value / 2 for value in [0] * 10 + list(range(22, 62))],
            "few": [0] * 25 + [11] * 25,
        }
    )
    assert [name for name, column in found.by_name.items() if column.zeros_withheld] == ["withheld"]
    assert withheld(list(found.by_name.values())).startswith(
        "`withheld` has zeros and then nothing below 11. Do zeros stand for withheld counts of 1 to 10 there?"
    )
    assert withheld([found["plain"]]) == ""


@pytest.fixture
def shared(tmp_path: Path) -> Any:
    def read(name: str) -> Described:
        if not (SHARED / name).is_file():
            pytest.skip("The real tables are not beside this repository.")
        reply = parse(SHARED / name, tmp_path / "t.parquet", tmp_path)
        cursor = duckdb.connect()
        cursor.execute(f"CREATE TABLE \"t\" AS FROM '{tmp_path / 't.parquet'}'")
        return Described(cursor, reply["headers"], reply["rows"])

    return read


def test_the_nine_numbers_of_the_demo_are_clustered_and_nothing_else() -> None:
    described = of(demo.generate(5_000))
    assert described.used("cluster") == list(demo.FEATURES)
    assert described.used("describe") == ["specialty", "state", "top_payer_type"]
    assert described.used("ignore") == ["hcp_id"]
    assert described.key == "hcp_id"


def test_health_is_what_numpy_and_scipy_say() -> None:
    values = np.random.default_rng(7).gamma(2.0, 30.0, 3_000)
    values[::100] = np.nan
    present = values[np.isfinite(values)]
    column = of({"spend": values})["spend"]
    assert (column.kind, column.missing, column.distinct) == ("number", 30, len(np.unique(present)))
    assert column.minimum == present.min()
    assert column.maximum == present.max()
    assert column.mean == pytest.approx(present.mean(), rel=1e-12)
    assert column.median == pytest.approx(np.median(present), rel=1e-12)
    assert column.sd == pytest.approx(present.std(), rel=1e-9)
    assert column.skew == pytest.approx(stats.skew(present), rel=1e-9)
    counts, _ = np.histogram(present, bins=20)
    assert sum(column.histogram) == len(present)
    assert np.abs(np.array(column.histogram) - counts).max() <= 1


def test_frequent_values_come_first_and_at_most_eight() -> None:
    column = of({"plan": list("aaabbc") * 3 + list("defghij") * 2})["plan"]
    assert column.top[:3] == (("a", 9), ("b", 6), ("c", 3))
    assert len(column.top) == 8


def test_kinds_are_told_apart() -> None:
    rows = 40
    described = of(
        {
            "account_id": [f"A{n}" for n in range(rows)],
            "spend": [n * 1.5 for n in range(rows)],
            "active": [n % 2 for n in range(rows)],
            "opted": [n % 3 == 0 for n in range(rows)],
            "plan": ["basic", "plus"] * 20,
            "joined": pd.date_range("2024-01-01", periods=rows).date,
            "country": ["DE"] * rows,
            "nothing": pd.array([None] * rows, dtype="string"),
            "remark": [f"{'long words ' * 8}{n}" for n in range(rows)],
            "region": [1, 2, 3, 4] * 10,
            "serial": range(100, 100 + rows),
        }
    )
    kinds = {name: described[name].kind for name in described.headers}
    assert kinds == {
        "account_id": "identifier", "spend": "number", "active": "boolean", "opted": "boolean",
        "plan": "category", "joined": "date", "country": "constant", "nothing": "empty", "remark": "text",
        "region": "category", "serial": "identifier",
    }  # fmt: skip
    assert described.key == "account_id"
    assert described.used("cluster") == ["spend", "active", "opted", "plan"]


def test_a_column_that_moves_with_another_is_not_counted_twice() -> None:
    claims = np.random.default_rng(1).integers(1, 500, 400)
    described = of({"claims": claims, "fills": claims * 1.1 + 3, "visits": claims[::-1]})
    assert described["fills"].use == "describe"
    assert described["fills"].reason == (
        "moves with claims (r = 1.00): counting it twice would double its weight"
    )
    assert described.used("cluster") == ["claims", "visits"]


def test_correlation_is_pearsons_where_both_are_present() -> None:
    x, y = np.random.default_rng(2).normal(size=(2, 50))
    x[3], y[7] = np.nan, np.nan
    both = np.isfinite(x) & np.isfinite(y)
    assert correlation(x, y) == pytest.approx(stats.pearsonr(x[both], y[both]).statistic)
    assert correlation(np.ones(50), y) == 0


def test_many_missing_values_keep_a_number_from_clustering() -> None:
    described = of({"spend": [1.0, 2.0, 3.0, 4.0] * 10 + [np.nan] * 30})
    assert described["spend"].use == "describe"
    assert described["spend"].reason == "43% missing: too many to cluster on"


def test_codes_calendars_outcomes_and_protected_attributes_are_set_apart() -> None:
    numbers = list(range(1000, 1400, 10))
    described = of(
        {
            "zip": [10_000 + 7 * n for n in numbers],
            "birth_year": [1950 + n % 20 for n in range(40)],
            "churned": [0, 1] * 20,
            "female_pct": [float(n % 97) for n in numbers],
            "spend": numbers,
        }
    )
    assert described["zip"].reason == "a code: its size means nothing"
    assert described["birth_year"].use == "describe"
    assert described["churned"].reason == "an outcome: kept aside to judge the segments"
    assert described["female_pct"].reason == "about age, sex or origin: kept aside to check fairness"
    assert described.used("cluster") == ["spend"]


def test_numbers_too_large_to_square_are_set_aside_without_an_error() -> None:
    described = of({"huge": [1e308, -1e308, 5.0] * 5, "n": range(15)})
    assert described["huge"].use == "ignore"
    assert "too large" in (unusable(described["huge"]) or "")


def test_a_table_without_a_key_is_keyed_by_row_number() -> None:
    assert of({"a": [1, 1, 2], "b": ["x", "x", "y"]}).key == ROW_NUMBER


@pytest.mark.parametrize(
    "header",
    ["npi", "Prscrbr_NPI", "customer_id", "Customer ID", "CustomerID", "Account No", "hcp_code", "id"],
)
def test_an_account_number_that_repeats_is_the_key_and_known_as_repeating(header: str) -> None:
    described = of({header: [f"A{n % 40}" for n in range(120)], "spend": [n * 7 % 61 for n in range(120)]})
    columns = list(described.by_name.values())
    assert (described.key, described[header].kind) == (header, "identifier")
    assert repeating_account(columns, 120) == described[header]
    assert repeating_account(columns, 40) is None


@pytest.mark.parametrize(
    "header", ["region_id", "Store Code", "rating", "accounts", "number of customers", "plan"]
)
def test_groups_and_amounts_are_no_account_numbers(header: str) -> None:
    described = of({header: [n % 40 for n in range(120)], "spend": [n * 7.5 % 61 for n in range(120)]})
    assert described.key == ROW_NUMBER
    assert repeating_account(list(described.by_name.values()), 120) is None


def test_an_account_number_that_repeats_comes_before_orders_and_lines_and_after_a_named_key() -> None:
    numbers = [f"C{n // 2}" for n in range(120)]
    lines = {"remark": [f"line {n}" for n in range(120)], "customer_id": numbers}
    assert of(lines).key == "customer_id"
    orders = [f"O{n}" for n in range(120)]
    assert of({"order_id": orders, "customer_id": numbers}).key == "customer_id"
    assert of({"order_id": orders, "spend": range(5, 605, 5)}).key == "order_id"
    assert of({"shop_id": orders, "customer_id": numbers}).key == "shop_id"
    assert of({"name": [f"Ann {n}" for n in range(120)], "rep_id": numbers}).key == "name"


def test_long_whole_numbers_of_one_length_are_account_numbers_whatever_they_are_called() -> None:
    long = [1_003_000_000 + 17 * (n % 300) for n in range(900)]
    described = of(
        {"doctor": long, "revenue": long, "phone": long, "units": [n * 12_345 for n in range(900)]}
    )
    assert [name for name in described.headers if described[name].kind == "identifier"] == ["doctor"]
    assert described.key == "doctor"


@pytest.mark.parametrize(
    ("event", "account"),
    [
        ("order_id", "customer_id"), ("OrderID", "CustID"), ("orderno", "custno"), ("order_number", "customer"),
        ("Invoice", "Account Name"), ("encounter_id", "patient"), ("customer_order_id", "customer_id"),
    ],
)  # fmt: skip
def test_beside_a_number_of_orders_what_is_called_after_an_account_is_known_as_repeating(
    event: str, account: str
) -> None:
    described = of({event: range(5_001, 5_121), account: [7 * (n % 40) for n in range(120)]})
    assert repeating_account(list(described.by_name.values()), 120) == described[account]
    named = of({event: range(5_001, 5_121), account: [f"Acme {n % 70}" for n in range(120)]})
    assert named.key == account


@pytest.mark.parametrize("group", ["practice_id", "group_id", "customer", "parent_account_id"])
def test_an_account_number_without_repeats_stays_the_key_beside_what_accounts_belong_to(group: str) -> None:
    described = of({"account_id": range(5_001, 5_121), group: [7 * (n % 40) for n in range(120)]})
    assert described.key == "account_id"
    assert repeating_account(list(described.by_name.values()), 120) is None


SECONDS = np.random.default_rng(3).integers(1_600_000_000, 1_700_000_000, 400)


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("last_seen", SECONDS), ("last_login", SECONDS), ("ping", SECONDS), ("ping", SECONDS * 1000 + 7),
        ("impressions", SECONDS // 7), ("population", SECONDS // 9), ("reads", SECONDS // 9_000 * 1_000),
        ("reads", SECONDS // 108 * 12),
    ],
)  # fmt: skip
def test_times_and_large_amounts_are_numbers_to_cluster_on_not_account_numbers(
    header: str, values: np.ndarray
) -> None:
    described = of({header: values, "spend": np.arange(400) * 1.5})
    assert described.key == ROW_NUMBER
    assert described[header].kind == "number"
    assert header in described.used("cluster")


def test_long_numbers_that_repeat_are_the_key_only_where_the_header_speaks_of_accounts() -> None:
    numbers = 300_000_007 + 1_234_567 * (np.arange(400) % 200)
    frames = {header: of({header: numbers, "spend": np.arange(400) * 1.5}) for header in ("x", "provider")}
    assert [frames[header][header].kind for header in frames] == ["identifier", "identifier"]
    assert [frames[header].key for header in frames] == [ROW_NUMBER, "provider"]


def test_numbers_without_repeats_are_not_taken_for_a_key() -> None:
    assert of({"spend": [10.5, 11.5, 12.25], "revenue": [100, 250, 900]}).key == ROW_NUMBER


@pytest.mark.parametrize("name", ["remark", "id", "joined", "country", "nothing"])
def test_what_cannot_make_segments_is_said_by_name(name: str) -> None:
    rows = 30
    described = of(
        {
            "remark": [f"{'long words ' * 8}{n}" for n in range(rows)],
            "id": [f"A{n}" for n in range(rows)],
            "joined": pd.date_range("2024-01-01", periods=rows).date,
            "country": ["DE"] * rows,
            "nothing": pd.array([None] * rows, dtype="string"),
            "spend": np.arange(rows) * 1.5,
        }
    )
    said = unusable(described[name])
    assert said is not None
    assert said.startswith(f"`{name}` ")
    assert "choose" in said
    assert unusable(described["spend"]) is None


def test_a_header_of_sql_is_only_a_name() -> None:
    name = 'a"; DROP TABLE t; --'
    assert of({name: [1.5, 2.5, 3.5]})[name].kind == "number"


def test_medicare_prescribers_are_clustered_on_what_a_consultant_would_take(shared: Any) -> None:
    described = shared("cms-partd-2023/partd_prescribers_2023_extract.csv")
    assert described.key == "npi"
    assert described.used("cluster") == [
        "total_claims", "total_drug_cost", "total_beneficiaries", "brand_claims", "generic_drug_cost",
        "opioid_claims", "opioid_prescriber_rate_pct", "opioid_long_acting_claims", "antibiotic_claims",
        "antipsychotic_ge65_claims", "beneficiary_avg_age", "beneficiary_avg_risk_score",
    ]  # fmt: skip
    assert described["total_30day_fills"].reason.startswith("moves with total_claims (r = 0.99)")
    assert described["specialty"].use == described["state"].use == "describe"
    assert described["city"].use == described["zip5"].use == "ignore"


def test_telecom_customers_are_clustered_on_what_they_have_not_on_who_they_are(shared: Any) -> None:
    described = shared("telco-churn/Telco-Customer-Churn.csv")
    assert described.key == "customerID"
    assert set(described.used("describe")) == {
        "gender", "SeniorCitizen", "Partner", "Dependents", "Churn",
    }  # fmt: skip
    assert {"tenure", "MonthlyCharges", "Contract", "InternetService"} <= set(described.used("cluster"))
    assert described["TotalCharges"].missing == 11


def test_a_survey_of_yes_and_no_is_clustered_on_its_answers(shared: Any) -> None:
    described = shared("mcdonalds/mcdonalds.csv")
    assert len(described.used("cluster")) == 11
    assert set(described.used("describe")) == {"Like", "Age", "VisitFrequency", "Gender"}


def test_wholesale_customers_are_clustered_on_what_they_buy(shared: Any) -> None:
    described = shared("uci-wholesale/wholesale_customers_with_id.csv")
    assert described.key == "CustomerId"
    assert described.used("describe") == ["Channel", "Region"]
    assert len(described.used("cluster")) == 6


def test_a_banks_outcome_and_calendar_are_kept_aside(shared: Any) -> None:
    described = shared("uci-bank-marketing/bank.csv")
    assert described["y"].reason == "an outcome: kept aside to judge the segments"
    assert described["day"].use == "describe"
    assert {"age", "balance", "duration", "campaign"} <= set(described.used("cluster"))
