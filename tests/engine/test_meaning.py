"""What a header says: label, unit, theme, polarity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.columns.meaning import guess, header_words, label_of


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("brand_trx", "Brand TRx"),
        ("Brand TRx", "Brand TRx"),
        ("brandTRx", "Brand TRx"),
        ("total_drug_cost", "Total drug cost"),
        ("MonthlyCharges", "Monthly charges"),
        ("beneficiary_avg_age", "Average beneficiary age"),
        ("customerID", "Customer ID"),
        ("hcp_id", "HCP ID"),
        ("opioid_prescriber_rate_pct", "Opioid prescriber rate"),
        ("antipsychotic_ge65_claims", "Antipsychotic 65+ claims"),
        ("total_30day_fills", "Total 30-day fills"),
        ("StreamingTV", "Streaming TV"),
        ("Detergents_Paper", "Detergents paper"),
        ("num_orders", "Number of orders"),
        ("Umsatz (EUR)", "Umsatz EUR"),
        ("y", "Y"),
        ("???", "???"),
    ],
)
def test_a_label_is_what_a_person_would_write(header: str, label: str) -> None:
    assert label_of(header) == label


@pytest.mark.parametrize(
    ("header", "low", "high", "whole", "unit"),
    [
        ("brand_share", 0, 0.8, False, "fraction"),
        ("adherence_rate", 0.3, 0.95, False, "fraction"),
        ("female_pct", 0, 100, False, "points"),
        ("opioid_prescriber_rate_pct", 0, 100, False, "points"),
        ("debt_ratio", 0, 4.2, False, "ratio"),
        ("total_drug_cost", 48, 160_000_000, True, "currency"),
        ("total_medicare_payments", 107.03, 9e6, False, "currency"),
        ("payments", 1, 345, True, "count"),
        ("price", 1, 5, True, "score"),
        ("access_score", 1, 10, True, "score"),
        ("clean", 1, 5, True, "score"),
        ("rep_calls", 0, 17, True, "count"),
        ("class_trx", 100, 500, True, "count"),
        ("recency", 0, 365, True, "days"),
        ("total_day_supply", 10, 900_000, True, "days"),
        ("months_as_customer", 1, 120, True, "months"),
        ("age", 19, 87, True, "number"),
        ("duration", 4, 3025, True, "number"),
        ("temperature", -5, 30, True, "number"),
    ],
)
def test_a_unit_follows_name_and_range(header: str, low: float, high: float, whole: bool, unit: str) -> None:
    assert guess(header, "number", low, high, whole).unit == unit


@pytest.mark.parametrize(
    ("header", "role", "polarity"),
    [
        ("brand_trx", "volume", 1),
        ("total_drug_cost", "volume", 0),
        ("brand_share", "share", 1),
        ("access_score", "access", 1),
        ("digital_engagement", "digital", 1),
        ("email_opens", "digital", 1),
        ("rep_calls", "rep", 0),
        ("new_start_ratio", "new_starts", 1),
        ("adherence_rate", "adherence", 1),
        ("chronic_burden_index", "burden", 0),
        ("beneficiary_avg_risk_score", "burden", 0),
        ("opioid_claims", "volume", 0),
        ("support_tickets", "burden", -1),
        ("returns_rate", "other", -1),
        ("satisfaction", "other", 1),
        ("tenure", "other", 0),
    ],
)
def test_a_theme_and_its_polarity_follow_the_name(header: str, role: str, polarity: int) -> None:
    meaning = guess(header, "number", 0, 50, True)
    assert (meaning.role, meaning.polarity) == (role, polarity)


def test_categories_have_no_theme_and_booleans_are_shares() -> None:
    assert guess("access_level", "category", None, None, False).role == "other"
    assert guess("access_level", "category", None, None, False).unit == "category"
    assert guess("opted_in", "boolean", 0, 1, True).unit == "fraction"


def test_the_plain_words_of_a_header_are_another_way_to_say_it() -> None:
    assert guess("beneficiary_avg_age", "number", 0, 90, False).aliases == ("beneficiary avg age",)
    assert guess("spend", "number", 0, 90, False).aliases == ()


@given(st.text(max_size=30))
def test_any_header_has_a_label(header: str) -> None:
    meaning = guess(header, "number", 0, 1, False)
    assert meaning.label == label_of(header)
    assert bool(meaning.label) == bool(header.strip() or header_words(header))
