"""What words in a column's name suggest. Small tables, matched on whole lower-case words."""

from engine.model import Theme

SPELLING = {
    "trx": "TRx", "nrx": "NRx", "nbrx": "NBRx", "rx": "Rx", "hcp": "HCP", "hco": "HCO", "npi": "NPI", "id": "ID",
    "nps": "NPS", "roi": "ROI", "usd": "USD", "eur": "EUR", "gbp": "GBP", "zip": "ZIP", "zip5": "ZIP code",
    "avg": "average", "mean": "average", "pct": "percentage", "perc": "percentage", "percent": "percentage",
    "qty": "quantity", "num": "number of", "nbr": "number of", "cnt": "count", "amt": "amount",
    "max": "highest", "min": "lowest", "ge65": "65+", "tv": "TV", "url": "URL", "sms": "SMS", "pdc": "PDC",
    "mpr": "MPR", "hcc": "HCC", "crm": "CRM", "kol": "KOL", "otc": "OTC", "gp": "GP", "pcp": "PCP", "bmi": "BMI",
    "freq": "frequency", "addr": "address", "desc": "description", "yrs": "years", "yr": "year",
}  # fmt: skip
"""How a word of a header is written in a sentence."""

LEADING = ("average", "highest", "lowest", "number of")
"""Words that go first in English wherever the header had them: beneficiary_avg_age."""

NAMES_AN_ACCOUNT = frozenset({
    "id", "ids", "npi", "key", "uuid", "guid", "identifier", "customerid", "accountid", "userid", "clientid",
    "hcpid", "memberid", "ssn", "email", "login", "username",
})  # fmt: skip
CODES = frozenset({
    "zip", "zip5", "zip4", "zipcode", "postcode", "postal", "phone", "telephone", "mobile", "fax", "fips", "code",
    "sic", "naics", "latitude", "longitude", "lat", "lon", "lng",
})  # fmt: skip
CALENDAR = frozenset({"year", "yr", "month", "week", "weekday", "day", "quarter", "hour", "dow"})
GROUPS = frozenset({
    "channel", "region", "type", "class", "group", "segment", "cluster", "category", "store", "territory", "district",
    "tier", "plan", "status", "decile", "quintile", "quartile", "cohort", "wave", "branch",
})  # fmt: skip
OUTCOMES = frozenset({
    "churn", "churned", "y", "outcome", "target", "label", "response", "responded", "converted", "conversion",
    "attrition", "exited", "cancelled", "canceled", "renewed", "left",
})  # fmt: skip
DEMOGRAPHICS = frozenset({
    "gender", "sex", "age", "race", "ethnicity", "ethnic", "religion", "nationality", "citizen", "senior",
    "seniorcitizen", "marital", "partner", "dependents", "children", "household", "education", "income", "job",
    "occupation", "birth", "dob", "birthdate", "language", "state", "city", "county", "country", "region", "province",
    "district", "territory", "town", "zip", "zip5", "postcode", "address", "location", "specialty", "speciality",
    "credentials", "entity", "name", "surname", "firstname", "lastname",
})  # fmt: skip
"""Who an account is, as against what it does."""

PROTECTED = frozenset({
    "gender", "sex", "female", "male", "women", "men", "race", "racial", "ethnicity", "ethnic", "hispanic",
    "religion", "nationality", "citizen", "disability", "disabled", "orientation",
})  # fmt: skip
"""Attributes that segments should not be made from without a decision."""

FRACTIONS = frozenset({
    "share", "rate", "ratio", "fraction", "proportion", "probability", "pct", "percent", "percentage", "perc",
    "propensity", "penetration",
})  # fmt: skip
PERCENTS = frozenset({"pct", "percent", "percentage", "perc", "rate", "share"})
CURRENCY = frozenset({
    "cost", "costs", "spend", "spending", "spent", "revenue", "revenues", "charge", "charges", "price", "amount",
    "usd", "eur", "gbp", "income", "balance", "fee", "fees", "premium", "turnover", "monetary", "salary", "profit",
    "margin", "dollars", "ltv", "clv", "arpu", "basket", "payment",
})  # fmt: skip
SCORES = frozenset({
    "score", "index", "rating", "nps", "grade", "level", "rank", "satisfaction", "decile", "quintile", "likelihood",
})  # fmt: skip
AMOUNTS_OF_YEARS = frozenset({"age", "year", "years", "yr", "tenure"})

ROLES: tuple[tuple[Theme, frozenset[str]], ...] = (
    ("new_starts", frozenset({"nbrx", "starts", "start", "initiations", "initiation", "naive"})),
    ("adherence", frozenset({"adherence", "adherent", "persistence", "persistency", "pdc", "mpr", "refill"})),
    ("burden", frozenset({"burden", "risk", "comorbidity", "comorbidities", "chronic", "severity", "hcc", "tickets"})),
    ("access", frozenset({"access", "formulary", "coverage", "reimbursement", "copay"})),
    (
        "digital",
        frozenset({
            "digital", "email", "emails", "web", "website", "online", "app", "click", "clicks", "opens", "webinar",
            "webinars", "session", "sessions", "portal", "newsletter", "pageviews", "logins",
        }),
    ),
    (
        "rep",
        frozenset({"rep", "reps", "calls", "visits", "visit", "detail", "details", "detailing", "samples", "meetings"}),
    ),
    ("share", frozenset({"share", "sow", "penetration"})),
    (
        "volume",
        frozenset({
            "trx", "nrx", "rx", "claim", "claims", "fills", "volume", "sales", "order", "orders", "spend", "spending",
            "spent", "cost", "costs", "revenue", "revenues", "charges", "purchases", "transactions", "quantity", "qty",
            "units", "prescriptions", "scripts", "supply", "services", "beneficiaries", "patients", "licences",
            "licenses", "seats", "monetary", "frequency", "turnover", "payments", "procedures",
        }),
    ),
)  # fmt: skip
"""Theme by word; the first theme with a word in the name wins."""

BETTER = frozenset(
    {"satisfaction", "nps", "loyalty", "like", "liking", "profit", "margin", "ltv", "clv", "engagement"}
)
WORSE = frozenset({
    "churn", "complaint", "complaints", "returns", "return", "returned", "tickets", "recency", "delay", "overdue",
    "late", "arrears", "discount", "discounts", "defects", "cancellations", "bounces", "unsubscribes", "attrition",
})  # fmt: skip
UNDECIDED = frozenset(
    {"cost", "costs", "opioid", "opioids", "antibiotic", "antibiotics", "antipsychotic", "burden"}
)
"""Words that leave open whether more is better, whatever the theme."""

BETTER_THEMES: frozenset[Theme] = frozenset(
    {"volume", "share", "access", "digital", "new_starts", "adherence"}
)
