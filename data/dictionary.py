"""What the columns of the demo tables mean: labels, other words for them, units, roles, polarity.

Aliases are words that name one column and no other of the same table. Effort (calls, e-mails, visits)
has polarity 0: more of it is neither good nor bad for an account.
"""

from engine.model import Meaning

_PRESCRIBERS = {
    "hcp_id": Meaning("HCP", ("account", "prescriber", "healthcare professional"), "category"),
    "specialty": Meaning("Specialty", ("speciality", "discipline"), "category"),
    "state": Meaning("State", ("geography",), "category"),
    "top_payer_type": Meaning("Top payer type", ("payer", "main payer", "payer type"), "category"),
    "access_score": Meaning("Access score", ("access", "market access"), "score", "access", 1),
    "class_trx": Meaning(
        "Class TRx", ("class scripts", "class volume", "total class prescriptions"), "count", "volume", 1
    ),
    "brand_trx": Meaning(
        "Brand TRx", ("brand scripts", "brand volume", "brand prescriptions"), "count", "volume", 1
    ),
    "digital_engagement": Meaning(
        "Digital engagement", ("digital touches", "digital activity"), "count", "digital", 1
    ),
    "rep_calls": Meaning("Rep calls", ("calls", "rep visits", "representative calls"), "count", "rep", 0),
    "brand_share": Meaning(
        "Brand share", ("share", "share of class", "share of scripts"), "fraction", "share", 1
    ),
    "new_start_ratio": Meaning(
        "New-start ratio",
        ("new starts", "new patient starts", "new-start share"),
        "fraction",
        "new_starts",
        1,
    ),
    "chronic_burden_index": Meaning(
        "Chronic burden index", ("chronic burden", "patient burden", "burden"), "score", "burden", 0
    ),
    "adherence_rate": Meaning(
        "Adherence rate", ("adherence", "patient adherence"), "fraction", "adherence", 1
    ),
}

_SHOPPERS = {
    "customer_id": Meaning("Customer", ("shopper",), "category"),
    "region": Meaning("Region", ("area",), "category"),
    "loyalty_tier": Meaning("Loyalty tier", ("tier", "loyalty level"), "category"),
    "recency_days": Meaning(
        "Days since last order", ("recency", "time since last order"), "days", "other", -1
    ),
    "orders_12m": Meaning("Orders in 12 months", ("orders", "order frequency"), "count", "volume", 1),
    "spend_12m": Meaning("Spend in 12 months", ("spend", "annual spend"), "currency", "volume", 1),
    "average_basket": Meaning(
        "Average basket", ("basket", "basket value", "average order value"), "currency", "other", 1
    ),
    "discount_share": Meaning(
        "Discount share", ("share bought on discount", "discount use"), "fraction", "other", -1
    ),
    "returns_rate": Meaning("Returns rate", ("returns", "return rate"), "fraction", "other", -1),
    "email_opens": Meaning("E-mail opens", ("emails opened", "email engagement"), "count", "digital", 0),
    "app_sessions": Meaning("App sessions", ("app use", "app visits"), "count", "digital", 1),
    "store_visits": Meaning("Store visits", ("visits to the store", "shop visits"), "count", "other", 0),
}

_BUSINESS_ACCOUNTS = {
    "account_id": Meaning("Account", ("company", "customer"), "category"),
    "industry": Meaning("Industry", ("sector",), "category"),
    "country": Meaning("Country", ("market",), "category"),
    "employees": Meaning("Employees", ("headcount", "staff"), "count", "other", 0),
    "annual_revenue": Meaning("Annual revenue", ("revenue", "turnover"), "currency", "other", 0),
    "licences": Meaning("Licences", ("seats", "licenses", "seats bought"), "count", "volume", 1),
    "contract_value": Meaning(
        "Contract value", ("annual contract value", "contract size"), "currency", "volume", 1
    ),
    "seats_used_share": Meaning(
        "Share of seats used", ("seat use", "seats in use", "utilisation"), "fraction", "share", 1
    ),
    "support_tickets": Meaning("Support tickets", ("tickets", "support requests"), "count", "burden", -1),
    "months_as_customer": Meaning(
        "Months as a customer", ("length of relationship", "customer age"), "months", "other", 0
    ),
    "nps": Meaning("Net promoter score", ("NPS", "recommendation score"), "score", "other", 1),
}

DICTIONARY: dict[str, dict[str, Meaning]] = {
    "demo_q1": _PRESCRIBERS,
    "demo_q2": _PRESCRIBERS,
    "retail": _SHOPPERS,
    "business": _BUSINESS_ACCOUNTS,
}
"""For each table that demo.write makes: every column with its meaning, in the table's order."""
