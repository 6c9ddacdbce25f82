"""What words in a column's name suggest. Small tables, matched on whole lower-case words."""

from engine.model import Theme


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPELLING = {
    "trx": "TRx", "nrx": "NRx", "nbrx": "NBRx", "rx": "Rx", "hcp": "HCP", "hco": "HCO", "npi": "NPI",
    "id": "ID", "nps": "NPS", "roi": "ROI", "usd": "USD", "eur": "EUR", "gbp": "GBP", "zip": "ZIP",
    "zip5": "ZIP code", "avg": "average", "mean": "average", "pct": "percentage", "perc": "percentage",
    "percent": "percentage", "qty": "quantity", "num": "number of", "nbr": "number of", "cnt": "count",
    "amt": "amount", "max": "highest", "min": "lowest", "ge65": "65+", "tv": "TV", "url": "URL",
    "sms": "SMS", "pdc": "PDC", "mpr": "MPR", "hcc": "HCC", "crm": "CRM", "kol": "KOL", "otc": "OTC",
    "gp": "GP", "pcp": "PCP", "bmi": "BMI", "freq": "frequency", "addr": "address", "desc": "description",
    "yrs": "years", "yr": "year",
}  # fmt: skip
"""How a word of a header is written in a sentence."""

LEADING = ("average", "highest", "lowest", "number of")
"""Words that go first in English wherever the header had them: beneficiary_avg_age."""

NAMES_AN_ACCOUNT = _set("""
    id ids npi key uuid guid identifier ssn email login username
""")
ACCOUNT_NUMBERS = _set("""
    npi uuid guid
""")
"""Words that name an account number by themselves."""

ACCOUNTS = _set("""
    account acct customer cust client member subscriber user patient hcp hco prescriber provider physician
    doctor buyer shopper contact person employee company organisation organization
""")
NUMBERS = _set("""
    id ids key uuid guid identifier number no nr num nbr code
""")
"""After one of these kinds of account: its number."""

EVENTS = _set("""
    order invoice bill transaction claim visit call line row record event ticket receipt purchase payment
    sale refund shipment delivery session booking reservation appointment encounter admission episode case
    activity interaction meeting touchpoint trip log entry prescription rx script fill message item response
""")
"""What happens to an account many times; its number tells no accounts apart."""

CODES = _set("""
    zip zip5 zip4 zipcode postcode postal phone telephone mobile fax fips code sic naics latitude
    longitude lat lon lng
""")
CALENDAR = _set("""
    year yr month week weekday day quarter hour dow
""")
TIMES = _set("""
    date time timestamp datetime epoch at on seen since until created updated modified registered joined
    signup opened closed expires expiry start started end ended first last
""")
"""What happened when; computers write it as seconds since 1970."""

AMOUNTS = _set("""
    impressions views pageviews clicks reach followers bytes population sales volume quantity qty units
    total sum count capital assets budget worth gdp market
""")
"""How much or how many, also where all values happen to have as many digits as a register's numbers."""

GROUPS = _set("""
    channel region type class group segment cluster category store territory district tier plan status
    decile quintile quartile cohort wave branch
""")
OUTCOMES = _set("""
    churn churned y outcome target label response responded converted conversion attrition exited
    cancelled canceled renewed left
""")
DEMOGRAPHICS = _set("""
    gender sex age race ethnicity ethnic religion nationality citizen senior seniorcitizen marital partner
    dependents children household education income job occupation birth dob birthdate language state city
    county country region province district territory town zip zip5 postcode address location specialty
    speciality credentials entity name surname firstname lastname
""")
"""Who an account is, as against what it does."""

PROTECTED = _set("""
    gender sex female male women men race racial ethnicity ethnic hispanic religion nationality citizen
    disability disabled orientation
""")
"""Attributes that segments should not be made from without a decision."""

FRACTIONS = _set("""
    share rate ratio fraction proportion probability pct percent percentage perc propensity penetration
""")
PERCENTS = _set("""
    pct percent percentage perc rate share
""")
CURRENCY = _set("""
    cost costs spend spending spent revenue revenues charge charges price amount usd eur gbp income
    balance fee fees premium turnover monetary salary profit margin dollars ltv clv arpu basket payment
""")
PAID = _set("""
    payments sales purchases value
""")
"""Money where they have cents, counts where they are whole."""

SCORES = _set("""
    score index rating nps grade level rank satisfaction decile quintile likelihood
""")
MEASURES = _set("""
    age year years yr tenure duration day month week hour length height weight
""")
"""Whole numbers with these names measure; they do not count."""


ROLES: tuple[tuple[Theme, frozenset[str]], ...] = (
    ("new_starts", _set("""
        nbrx starts start initiations initiation naive
    """)),
    ("adherence", _set("""
        adherence adherent persistence persistency pdc mpr refill
    """)),
    ("burden", _set("""
        burden risk comorbidity comorbidities chronic severity hcc tickets
    """)),
    ("access", _set("""
        access formulary coverage reimbursement copay
    """)),
    ("digital", _set("""
        digital email emails web website online app click clicks opens webinar webinars session sessions
        portal newsletter pageviews logins
    """)),
    ("rep", _set("""
        rep reps calls visits visit detail details detailing samples meetings
    """)),
    ("share", _set("""
        share sow penetration
    """)),
    ("volume", _set("""
        trx nrx rx claim claims fills volume sales order orders spend spending spent cost costs revenue
        revenues charges purchases transactions quantity qty units prescriptions scripts supply services
        beneficiaries patients licences licenses seats monetary frequency turnover payments procedures
    """)),
)  # fmt: skip
"""Theme by word; the first theme with a word in the name wins."""

BETTER = _set("""
    satisfaction nps loyalty like liking profit margin ltv clv engagement
""")
WORSE = _set("""
    churn complaint complaints returns return returned tickets recency delay overdue late arrears discount
    discounts defects cancellations bounces unsubscribes attrition
""")
UNDECIDED = _set("""
    cost costs opioid opioids antibiotic antibiotics antipsychotic burden
""")
"""Words that leave open whether more is better, whatever the theme."""

BETTER_THEMES: frozenset[Theme] = frozenset(
    {"volume", "share", "access", "digital", "new_starts", "adherence"}
)
