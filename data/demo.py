"""Synthetic demo tables, made here and never downloaded: prescribers, shoppers, business accounts.

Every column draws from a stream of its own, `default_rng([seed, stream])`, and every stream gives one
draw per row in row order. So a smaller table is exactly the beginning of a larger one, and a column
added later leaves the others as they were. The stream numbers below are therefore never re-used.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from data.dictionary import DICTIONARY

__all__ = ["DICTIONARY", "FEATURES", "business", "generate", "retail", "write"]

FEATURES = (
    "access_score",
    "class_trx",
    "brand_trx",
    "digital_engagement",
    "rep_calls",
    "brand_share",
    "new_start_ratio",
    "chronic_burden_index",
    "adherence_rate",
)
"""The nine numbers of the prescriber table that are clustered on by default."""

STATES = ("CA", "TX", "NY", "FL", "IL", "PA", "OH", "GA", "NC", "MI")

_FIRST_QUARTER = {
    "specialty": 0,
    "state": 1,
    "top_payer_type": 2,
    "access_score": 3,
    "class_trx": 4,
    "share": 5,
    "digital_engagement": 6,
    "rep_calls": 7,
    "new_start_ratio": 8,
    "chronic_burden_index": 9,
    "adherence_rate": 10,
}
_SECOND_QUARTER = {
    "leaves": 20,
    "changes": 21,
    "access_score": 22,
    "class_trx": 23,
    "share": 24,
    "digital_kept": 25,
    "digital_new": 26,
    "rep_kept": 27,
    "rep_new": 28,
    "new_start_ratio": 29,
    "chronic_burden_index": 30,
    "adherence_rate": 31,
}
_RETAIL = 40
_BUSINESS = 60

_LEAVING = 0.02
_JOINING = 0.02
_CHANGING = 0.05
_KEPT = 0.9


def generate(rows: int = 50_000, seed: int = 42, quarter: int = 1) -> pd.DataFrame:
    """Synthetic healthcare professionals: one row each, key `hcp_id`, three categories, nine numbers.

    Quarter 1 has exactly `rows` accounts, HCP_1 onwards. Quarter 2 is the same accounts a quarter later:
    about 2 % are gone, 2 % of `rows` are new under the next free numbers, about 5 % of those who stay have
    changed in kind (20 points of share gained or lost, half the volume gained, or a third of it lost), and
    the rest have drifted a little. Units: access_score 1-10; class_trx, brand_trx, digital_engagement
    and rep_calls are counts a quarter; brand_share, new_start_ratio and adherence_rate are fractions;
    chronic_burden_index 0-5. The formulae are in README.md. Raises ValueError for rows below 1 or
    another quarter.
    """
    if rows < 1:
        raise ValueError(f"rows must be 1 or more, not {rows}.")
    if quarter not in (1, 2):
        raise ValueError(f"quarter must be 1 or 2, not {quarter}.")
    if quarter == 1:
        return _first_quarter(rows, seed)
    joining = round(_JOINING * rows)
    everyone = _first_quarter(rows + joining, seed)
    later = _a_quarter_later(everyone.iloc[:rows], seed)
    return pd.concat([later, everyone.iloc[rows:]], ignore_index=True)


def write(folder: Path) -> dict[str, Path]:
    """The four demo tables as Parquet files in `folder` (made if missing), by the name of the table.

    Names: demo_q1, demo_q2, retail, business, as in DICTIONARY. A file appears complete or not at all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "demo_q1": generate(quarter=1),
        "demo_q2": generate(quarter=2),
        "retail": retail(),
        "business": business(),
    }
    paths = {}
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        part = folder / f"{name}.parquet.{os.getpid()}.part"
        table.to_parquet(part, index=False)
        part.replace(path)
        paths[name] = path
    return paths


def _first_quarter(rows: int, seed: int) -> pd.DataFrame:
    streams = {name: _stream(seed, number) for name, number in _FIRST_QUARTER.items()}
    specialty = _pick(streams["specialty"], rows, ("Neurologist", "PCP", "Other"), (0.25, 0.50, 0.25))
    state = _pick(streams["state"], rows, STATES, (0.1,) * len(STATES))
    payer = _pick(
        streams["top_payer_type"],
        rows,
        ("Commercial", "Medicare", "Medicaid", "Other"),
        (0.50, 0.25, 0.15, 0.10),
    )
    neurologist = (specialty == "Neurologist").astype(float)
    primary_care = (specialty == "PCP").astype(float)
    medicare = (payer == "Medicare").astype(float)
    medicaid = (payer == "Medicaid").astype(float)

    access = _whole(streams["access_score"].normal(6.5, 2, rows) + 0.8 * neurologist - 0.7 * medicaid, 1, 10)
    ease = access - 5
    class_trx = _whole(
        streams["class_trx"].normal(260, 60, rows) + 60 * neurologist - 30 * primary_care, 100, 500
    )
    share = 0.45 + 0.03 * ease + 0.05 * neurologist - 0.05 * medicaid + streams["share"].normal(0, 0.05, rows)
    brand_trx = _brand_trx(class_trx, share)
    digital = streams["digital_engagement"].poisson(_digital_rate(access, specialty, payer))
    calls = streams["rep_calls"].poisson(_call_rate(access, specialty, payer))
    new_starts = np.clip(streams["new_start_ratio"].beta(2, 3, rows) + 0.05 * ease / 5, 0, 1)
    burden = np.clip(streams["chronic_burden_index"].normal(2.5, 1, rows) + 0.8 * medicare, 0, 5)
    adherence = np.clip(0.7 + 0.02 * ease + streams["adherence_rate"].normal(0, 0.05, rows), 0.3, 0.95)
    return pd.DataFrame(
        {
            "hcp_id": [f"HCP_{number}" for number in range(1, rows + 1)],
            "specialty": specialty,
            "state": state,
            "top_payer_type": payer,
            "access_score": access,
            "class_trx": class_trx,
            "brand_trx": brand_trx,
            "digital_engagement": digital,
            "rep_calls": calls,
            "brand_share": brand_trx / class_trx,
            "new_start_ratio": new_starts,
            "chronic_burden_index": burden,
            "adherence_rate": adherence,
        }
    )


def _a_quarter_later(before: pd.DataFrame, seed: int) -> pd.DataFrame:
    rows = len(before)
    streams = {name: _stream(seed, number) for name, number in _SECOND_QUARTER.items()}
    fate = streams["changes"].random(rows)
    # Four kinds of real change in equal parts; np.select takes the first that holds, else no change.
    changes = [fate < _CHANGING * part / 4 for part in (1, 2, 3, 4)]
    share_step = np.select(changes, [0.2, -0.2, 0.0, 0.0], 0.0)
    volume_factor = np.select(changes, [1.0, 1.0, 1.5, 2 / 3], 1.0)

    step = streams["access_score"].random(rows)
    access = _whole(before["access_score"] + (step > 0.95) - (step < 0.05), 1, 10)
    class_trx = _whole(
        before["class_trx"] * volume_factor + streams["class_trx"].normal(0, 8, rows), 100, 500
    )
    share = before["brand_share"].to_numpy() + share_step + streams["share"].normal(0, 0.015, rows)
    brand_trx = _brand_trx(class_trx, share)
    marks = (access, before["specialty"].to_numpy(), before["top_payer_type"].to_numpy())
    after = before.assign(
        access_score=access,
        class_trx=class_trx,
        brand_trx=brand_trx,
        digital_engagement=_next_count(
            before["digital_engagement"],
            _digital_rate(*marks),
            streams["digital_kept"],
            streams["digital_new"],
        ),
        rep_calls=_next_count(
            before["rep_calls"], _call_rate(*marks), streams["rep_kept"], streams["rep_new"]
        ),
        brand_share=brand_trx / class_trx,
        new_start_ratio=_drift(before["new_start_ratio"], streams["new_start_ratio"], 0.02, 0, 1),
        chronic_burden_index=_drift(
            before["chronic_burden_index"], streams["chronic_burden_index"], 0.1, 0, 5
        ),
        adherence_rate=_drift(before["adherence_rate"], streams["adherence_rate"], 0.01, 0.3, 0.95),
    )
    return after[streams["leaves"].random(rows) >= _LEAVING]


def retail(rows: int = 4_000, seed: int = 42) -> pd.DataFrame:
    """Synthetic shoppers with at least one order in twelve months: key `customer_id`, two categories,
    nine numbers.

    Five kinds of shopper are mixed in it and not named in it. recency_days 0-365; spend_12m and
    average_basket in currency; discount_share and returns_rate are fractions; the rest are counts of
    twelve months.
    """
    rng = [_stream(seed, _RETAIL + number) for number in range(11)]
    # Regulars, large baskets, bargain hunters, drifting away, app first.
    kind = _code(rng[0], rows, (0.30, 0.15, 0.25, 0.20, 0.10))
    orders = 1 + rng[1].poisson(_by(kind, (17, 6, 9, 1, 22)))
    # The mean basket of n orders varies as one over the root of n.
    basket = _by(kind, (48, 190, 34, 55, 30)) * np.exp(rng[2].normal(0, 1, rows) * 0.35 / np.sqrt(orders))
    average_basket = np.round(basket, 2)
    return pd.DataFrame(
        {
            "customer_id": [f"C{number:05d}" for number in range(1, rows + 1)],
            "region": _pick(
                rng[3], rows, ("North", "South", "East", "West", "Centre"), (0.2, 0.25, 0.2, 0.2, 0.15)
            ),
            "loyalty_tier": _tier(kind, rng[4].random(rows)),
            "recency_days": _whole(rng[5].gamma(2, _by(kind, (9, 28, 17, 115, 5))), 0, 365),
            "orders_12m": orders,
            "spend_12m": np.round(orders * average_basket, 2),
            "average_basket": average_basket,
            "discount_share": rng[6].beta(_by(kind, (2, 1.5, 9, 3, 3)), _by(kind, (8, 12, 4, 7, 8))),
            "returns_rate": rng[7].beta(_by(kind, (2, 3, 3, 2, 5)), _by(kind, (38, 17, 27, 30, 15))),
            "email_opens": rng[8].poisson(_by(kind, (20, 14, 34, 4, 8))),
            "app_sessions": rng[9].poisson(_by(kind, (14, 8, 18, 2, 70))),
            "store_visits": rng[10].poisson(_by(kind, (16, 8, 6, 2, 2))),
        }
    )


def business(rows: int = 1_500, seed: int = 42) -> pd.DataFrame:
    """Synthetic business accounts of a software vendor: key `account_id`, two categories, eight numbers.

    Four kinds of account are mixed in it and not named in it. annual_revenue and contract_value in
    currency a year; seats_used_share is a fraction; nps is -100 to 100 and missing for about one
    account in eight (not surveyed); support_tickets counts twelve months.
    """
    rng = [_stream(seed, _BUSINESS + number) for number in range(11)]
    # Small and settled, growing, large and loyal, at risk.
    kind = _code(rng[0], rows, (0.40, 0.25, 0.15, 0.20))
    employees = _whole(_by(kind, (28, 140, 2600, 190)) * np.exp(rng[1].normal(0, 0.45, rows)), 3, None)
    revenue = employees * 180_000 * np.exp(rng[2].normal(0, 0.35, rows))
    licences = _whole(employees * rng[3].beta(_by(kind, (6, 7, 5, 5)), _by(kind, (6, 3, 6, 5))), 1, None)
    score = np.clip(np.round(rng[7].normal(_by(kind, (34, 52, 44, -28)), 16)), -100, 100)
    surveyed = rng[8].random(rows) >= 0.125
    return pd.DataFrame(
        {
            "account_id": [f"A-{number:04d}" for number in range(1, rows + 1)],
            "industry": _pick(
                rng[9],
                rows,
                ("Manufacturing", "Services", "Retail", "Health", "Finance", "Public sector"),
                (0.24, 0.26, 0.16, 0.14, 0.12, 0.08),
            ),
            "country": _pick(rng[10], rows, ("US", "UK", "DE", "FR", "NL"), (0.45, 0.2, 0.15, 0.12, 0.08)),
            "employees": employees,
            "annual_revenue": np.round(revenue, -3),
            "licences": licences,
            "contract_value": np.round(licences * _by(kind, (420, 390, 310, 400)), 0),
            "seats_used_share": rng[4].beta(_by(kind, (14, 18, 16, 5)), _by(kind, (6, 3, 6, 10))),
            "support_tickets": rng[5].poisson(_by(kind, (3, 8, 26, 19))),
            "months_as_customer": _whole(rng[6].gamma(6, _by(kind, (7, 2.5, 12, 5))), 1, 180),
            "nps": np.where(surveyed, score, np.nan),
        }
    )


def _stream(seed: int, number: int) -> np.random.Generator:
    return np.random.default_rng([seed, number])


def _code(rng: np.random.Generator, rows: int, shares: Sequence[float]) -> np.ndarray:
    """Positions 0, 1, ... with the given shares, which sum to 1; one draw a row."""
    borders = np.cumsum(shares)[:-1]
    return np.asarray(np.searchsorted(borders, rng.random(rows), side="right"))


def _pick(rng: np.random.Generator, rows: int, values: Sequence[str], shares: Sequence[float]) -> np.ndarray:
    return np.asarray(values, dtype=object).take(_code(rng, rows, shares))


def _by(kind: np.ndarray, values: Sequence[float]) -> np.ndarray:
    """The value that belongs to each row's kind."""
    return np.asarray(values, dtype=float).take(kind)


def _whole(values: np.ndarray | pd.Series, low: float, high: float | None) -> np.ndarray:
    return np.asarray(np.clip(np.rint(np.asarray(values, dtype=float)), low, high), dtype=np.int64)


def _brand_trx(class_trx: np.ndarray, share: np.ndarray) -> np.ndarray:
    return np.asarray(np.rint(class_trx * np.clip(share, 0.05, 0.9)), dtype=np.int64)


def _digital_rate(access: np.ndarray, specialty: np.ndarray, payer: np.ndarray) -> np.ndarray:
    """Digital touches to be expected in a quarter."""
    rate = 4 + 0.6 * (access - 5) + 2 * (specialty == "Neurologist") + (payer == "Commercial")
    return np.asarray(np.clip(rate, 0.5, 20))


def _call_rate(access: np.ndarray, specialty: np.ndarray, payer: np.ndarray) -> np.ndarray:
    """Rep calls to be expected in a quarter."""
    rate = 3 + 0.4 * (access - 5) + 1.5 * (specialty == "Neurologist") - 0.5 * (payer == "Medicaid")
    return np.asarray(np.clip(rate, 0.2, 20))


def _next_count(
    before: pd.Series, rate: np.ndarray, kept: np.random.Generator, new: np.random.Generator
) -> np.ndarray:
    """A Poisson count a quarter later, still Poisson with that rate and close to what it was.

    Each of the old events happens again with probability .9; a tenth of the rate comes in anew (the
    integer-valued autoregression of Al-Osh & Alzaid 1987).
    """
    return kept.binomial(before.to_numpy(), _KEPT) + new.poisson((1 - _KEPT) * rate)


def _drift(before: pd.Series, rng: np.random.Generator, sd: float, low: float, high: float) -> np.ndarray:
    return np.asarray(np.clip(before.to_numpy() + rng.normal(0, sd, len(before)), low, high))


def _tier(kind: np.ndarray, draw: np.ndarray) -> np.ndarray:
    """Gold and Silver by the kind of shopper, else Basic."""
    gold = draw < _by(kind, (0.35, 0.45, 0.05, 0.05, 0.25))
    silver = draw < _by(kind, (0.75, 0.75, 0.45, 0.30, 0.60))
    return np.select([gold, silver], ["Gold", "Silver"], "Basic").astype(object)
