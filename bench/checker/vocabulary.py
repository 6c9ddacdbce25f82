"""What the generated tables are about: columns of three trades, with the headers that real files carry."""

from dataclasses import dataclass

from engine.model import Theme, Unit


@dataclass(frozen=True)
class Measure:
    """A numeric column. `plural`: the label takes a plural verb ("rep calls average"). `base`: its middle
    value in its unit (fractions 0 to 1). `spread`: log-scale (fractions: logit-scale) standard deviation.
    `counted`: a number can stand right before the label ("9 rep calls")."""

    header: str
    ugly: str
    label: str
    unit: Unit
    role: Theme
    polarity: int
    base: float
    spread: float = 0.5
    plural: bool = False
    counted: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sorting:
    """A category column. `verbs`: what accounts of a value do; `{v}` is the value, with a plural subject."""

    header: str
    ugly: str
    label: str
    values: tuple[str, ...]
    verbs: tuple[str, ...]
    role: Theme = "other"


@dataclass(frozen=True)
class Trade:
    """An industry: its columns and what its accounts are called."""

    pack: str
    accounts: tuple[str, ...]
    measures: tuple[Measure, ...]
    sortings: tuple[Sorting, ...]


PHARMA = Trade(
    "pharma",
    ("prescribers", "physicians", "HCPs", "accounts"),
    (
        Measure("class_trx", "TRX_CLS_12M", "class TRx", "count", "volume", 1, 310, 0.5, counted=True),
        Measure("brand_trx", "TRx Brand (12m)", "brand TRx", "count", "volume", 1, 64, 0.6, counted=True),
        Measure("patients", "pt_cnt__v2", "patients on therapy", "count", "volume", 1, 46, 0.5, True, True),
        Measure("brand_share", "BRND_SHR%", "brand share", "fraction", "share", 1, 0.28, 0.6),
        Measure("share_of_starts", "shr_strt", "share of new starts", "fraction", "share", 1, 0.22, 0.6),
        Measure("nbrx", "NBRX cnt", "new-to-brand starts", "count", "new_starts", 1, 14, 0.6, True, True),
        Measure("brand_nrx", "NRX_BRD", "brand NRx", "count", "new_starts", 1, 22, 0.6, counted=True),
        Measure("preferred_access", "acc_pref_rt", "preferred access", "fraction", "access", 1, 0.55, 0.7),
        Measure("formulary", "FORM.COV.PCT", "formulary coverage", "points", "access", 1, 61, 0.2),
        Measure("pa_rate", "PA_Rt", "prior authorization rate", "fraction", "burden", -1, 0.3, 0.6,
                aliases=("PA rate",)),
        Measure("copay", "Copay ($)", "patient copay", "currency", "burden", -1, 42, 0.4),
        Measure("rejections", "rej_rate_12", "claim rejection rate", "fraction", "burden", -1, 0.16, 0.5),
        Measure("email_open_rate", "em.open.rt", "email open rate", "fraction", "digital", 1, 0.24, 0.6),
        Measure("email_opens", "EM_OPN_CNT", "email opens", "count", "digital", 1, 11, 0.6, True, True),
        Measure("webinars", "wbnr att", "webinar attendances", "count", "digital", 1, 4, 0.6, True, True),
        Measure("digital_share", "dig_shr_contacts", "digital share of contacts", "fraction", "digital", 1,
                0.4, 0.7),
        Measure("rep_calls", "CALLS_REP", "rep calls", "count", "rep", 1, 10, 0.5, True, True),
        Measure("samples", "smpl-drops", "sample drops", "count", "rep", 0, 6, 0.5, True, True),
        Measure("last_call", "dys_snc_call", "days since last rep call", "days", "rep", -1, 38, 0.5, True),
        Measure("adherence", "ADH_PDC", "adherence rate", "fraction", "adherence", 1, 0.68, 0.6),
        Measure("refill_gap", "refill gap (d)", "refill gap", "days", "adherence", -1, 13, 0.5),
        Measure("cost_per_claim", "CST/CLM", "cost per claim", "currency", "other", 0, 420, 0.6),
        Measure("risk", "HCC_score", "patient risk score", "score", "other", 0, 1.3, 0.3),
        Measure("beneficiaries", "bene_cnt", "beneficiaries", "count", "other", 0, 180, 0.5, True, True),
        Measure("days_supply", "DS_avg_fill", "supply per fill", "days", "other", 0, 44, 0.3),
    ),
    (
        Sorting("specialty", "SPEC_DESC", "specialty",
                ("Cardiology", "Endocrinology", "Internal Medicine", "Family Medicine", "Nephrology",
                 "Rheumatology"),
                ("work in {v}", "list {v} as their specialty", "are {v} specialists", "practise {v}")),
        Sorting("region", "Rgn_Cd", "region", ("Northeast", "South", "Midwest", "West"),
                ("are in the {v}", "practise in the {v}", "sit in the {v} region", "are based in the {v}")),
        Sorting("setting", "prac setting", "practice setting",
                ("Solo practice", "Group practice", "Hospital", "Health system"),
                ("have {v} as their practice setting", "are classed as {v}", "come under {v}",
                 "fall under {v} by practice setting")),
        Sorting("payer", "PAYR_MIX_1", "main payer", ("Commercial", "Medicare", "Medicaid", "Cash"),
                ("have {v} as main payer", "rely on {v} as their main payer", "show {v} as main payer",
                 "list {v} as the main payer"), "access"),
    ),
)  # fmt: skip

RETAIL = Trade(
    "retail",
    ("customers", "shoppers", "accounts"),
    (
        Measure("orders", "ORD_CNT_LTM", "orders", "count", "volume", 1, 18, 0.5, True, True),
        Measure("online_orders", "ord_web", "online orders", "count", "digital", 1, 9, 0.6, True, True),
        Measure("annual_spend", "Spend $ yr", "annual spend", "currency", "volume", 1, 1240, 0.6),
        Measure("basket", "AVG.BSKT", "basket value", "currency", "other", 1, 64, 0.4),
        Measure("items", "itms_p_ord", "items per order", "ratio", "other", 0, 3.6, 0.3, True),
        Measure("wallet", "WLT_SHR", "share of wallet", "fraction", "share", 1, 0.34, 0.6),
        Measure("private_label", "PL%", "private-label share", "fraction", "share", 1, 0.22, 0.6),
        Measure("discount_share", "disc_shr", "discount share", "fraction", "burden", 0, 0.27, 0.6),
        Measure("markdown", "MKDN PCT", "markdown rate", "points", "burden", -1, 24, 0.3),
        Measure("return_rate", "rtn_rt__", "return rate", "fraction", "burden", -1, 0.12, 0.6),
        Measure("support", "CS_contacts", "support contacts", "count", "burden", -1, 3, 0.6, True, True),
        Measure("last_order", "rcncy_d", "days since last order", "days", "other", -1, 52, 0.6, True),
        Measure("delivery", "dlv days", "delivery time", "days", "access", -1, 5, 0.4),
        Measure("store_reach", "STR_REACH", "store coverage", "fraction", "access", 1, 0.58, 0.7),
        Measure("app_sessions", "app-sess", "app sessions", "count", "digital", 1, 24, 0.7, True, True),
        Measure("email_open_rate", "EMAIL_OR", "email open rate", "fraction", "digital", 1, 0.21, 0.6),
        Measure("email_clicks", "em clk", "email clicks", "count", "digital", 1, 8, 0.6, True, True),
        Measure("store_visits", "VIS_STORE", "store visits", "count", "rep", 1, 12, 0.5, True, True),
        Measure("advisor", "adv_appt_n", "adviser appointments", "count", "rep", 1, 2.5, 0.5, True, True),
        Measure("trials", "NPT_CNT", "new product trials", "count", "new_starts", 1, 3, 0.6, True, True),
        Measure("repeat", "rpt.rate", "repeat rate", "fraction", "adherence", 1, 0.52, 0.6),
        Measure("points", "LYL_PTS", "loyalty points", "count", "other", 0, 2350, 0.6, True, True),
        Measure("review", "rvw_scr", "review score", "score", "other", 1, 3.9, 0.12),
        Measure("margin", "GM_$", "gross margin", "currency", "other", 1, 310, 0.5),
        Measure("coupons", "cpn_rdm", "coupon redemptions", "count", "other", 0, 5, 0.6, True, True),
    ),
    (
        Sorting("channel", "PREF_CHNL", "preferred channel", ("Store", "Web", "App", "Phone"),
                ("have {v} as their preferred channel", "list {v} as preferred channel",
                 "choose {v} as their preferred channel", "name {v} as preferred channel")),
        Sorting("family", "prod fam", "product family",
                ("Fresh food", "Home goods", "Garden", "Toys", "Electronics", "Pet care"),
                ("shop for {v}", "have {v} as their product family", "fall under {v} by product family",
                 "come under {v}")),
        Sorting("plan", "PLN_TYP", "plan type", ("Basic", "Plus", "Premium", "Family pack"),
                ("are on the {v} plan", "have {v} as plan type", "hold the {v} plan", "use the {v} plan")),
        Sorting("region", "rgn", "region", ("North", "East", "South", "West", "Islands"),
                ("live in the {v} region", "are in the {v} region", "belong to region {v}",
                 "are based in the {v} region")),
    ),
)  # fmt: skip

BUSINESS = Trade(
    "business",
    ("accounts", "companies", "clients", "customers"),
    (
        Measure("revenue", "REV_ANN_USD", "annual revenue", "currency", "volume", 1, 48000, 0.7),
        Measure("seats", "seats_lic", "licensed seats", "count", "volume", 1, 85, 0.7, True, True),
        Measure("share_of_spend", "SOS%", "share of spend", "fraction", "share", 1, 0.31, 0.6),
        Measure("contract_value", "TCV ($)", "contract value", "currency", "other", 1, 91000, 0.6),
        Measure("utilization", "seat_util", "seat utilization", "fraction", "adherence", 1, 0.62, 0.7),
        Measure("renewal", "RNWL_RT", "renewal rate", "fraction", "adherence", 1, 0.78, 0.6),
        Measure("tickets", "tkt_open", "support tickets", "count", "burden", -1, 14, 0.6, True, True),
        Measure("resolution", "res.time.d", "resolution time", "days", "burden", -1, 6, 0.5),
        Measure("payment", "DSO", "days to payment", "days", "burden", -1, 41, 0.3, True),
        Measure("discount", "DISC_PCT", "discount level", "points", "burden", 0, 14, 0.4),
        Measure("portal_visits", "prtl vst", "portal visits", "count", "digital", 1, 33, 0.7, True, True),
        Measure("self_service", "SLF_SVC", "self-service share", "fraction", "digital", 1, 0.45, 0.7),
        Measure("webinars", "wbn_reg", "webinar registrations", "count", "digital", 1, 5, 0.6, True, True),
        Measure("newsletter", "NL-OPEN", "newsletter open rate", "fraction", "digital", 1, 0.26, 0.6),
        Measure("meetings", "AM_mtgs", "account manager meetings", "count", "rep", 1, 7, 0.5, True, True),
        Measure("field_visits", "fld vis", "field visits", "count", "rep", 1, 4, 0.5, True, True),
        Measure("framework", "FWK_COV", "framework coverage", "fraction", "access", 1, 0.48, 0.7),
        Measure("approval", "proc_appr_rt", "procurement approval rate", "fraction", "access", 1, 0.66, 0.6),
        Measure("projects", "NEW_PRJ", "new projects", "count", "new_starts", 1, 4, 0.6, True, True),
        Measure("pipeline", "pipe_val", "pipeline value", "currency", "new_starts", 1, 27000, 0.7),
        Measure("integrations", "INTG_N", "integrations in use", "count", "other", 1, 5, 0.5, True, True),
        Measure("headcount", "HC", "headcount", "count", "other", 0, 240, 0.7),
        Measure("csat", "csat_scr", "satisfaction score", "score", "other", 1, 7.4, 0.12),
        Measure("term", "CTR_TERM_MO", "contract term", "months", "other", 0, 22, 0.4),
        Measure("response", "rsp_hrs_idx", "response index", "score", "other", 1, 62, 0.2),
    ),
    (
        Sorting("industry", "NAICS_DESC", "industry",
                ("Manufacturing", "Software", "Healthcare", "Logistics", "Education", "Government"),
                ("are in {v}", "operate in {v}", "have {v} as their industry", "list {v} as industry")),
        Sorting("territory", "Terr", "territory", ("EMEA", "Americas", "APAC", "DACH"),
                ("are in {v}", "belong to territory {v}", "sit in the {v} territory", "are based in {v}")),
        Sorting("contract", "CTR_TYPE", "contract type", ("Annual", "Multi-year", "Monthly", "Pilot"),
                ("hold an agreement of type {v}", "have {v} as contract type", "are on contract type {v}",
                 "show {v} as contract type")),
        Sorting("tier", "svc tier", "service tier", ("Bronze", "Silver", "Gold", "Platinum"),
                ("are on the {v} service tier", "have {v} as service tier", "sit in the {v} tier",
                 "are in the {v} tier")),
    ),
)  # fmt: skip

TRADES = (PHARMA, RETAIL, BUSINESS)
