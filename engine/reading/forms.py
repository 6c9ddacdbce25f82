"""The forms in which files write numbers and dates, as patterns that Python and DuckDB both read."""

import re

MISSING_WORDS = ("NULL", "null", "Null", "NaN", "nan", "NAN", "N/A", "n/a", "NA", "#N/A", "None", "none", "-",
                 "--", ".", "?", "")  # fmt: skip
"""Words that stand for nothing, but only in a column that is otherwise numbers or dates."""

GROUPS_POINT = r"[1-9][0-9]{0,2}(?:,[0-9]{3})+"
GROUPS_COMMA = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"
GROUPS_SPACE = r"[1-9][0-9]{0,2}(?:[ '\x{00a0}\x{202f}’][0-9]{3})+"
WHOLE = r"(?:0|[1-9][0-9]{0,14})"
SMALL = r"(?:0|[1-9][0-9]{0,2})"
EXPONENT = r"(?:[eE][-+]?[0-9]{1,2})?"

CORES = {
    "integer": r"(?:0|[1-9][0-9]{0,17})",
    "point": rf"(?:{WHOLE}(?:\.[0-9]*)?|\.[0-9]+){EXPONENT}",
    "comma": rf"(?:{WHOLE}|{GROUPS_COMMA})(?:,[0-9]*)?",
    "grouped": rf"(?:{SMALL}|{GROUPS_POINT})(?:\.[0-9]+)?",
    "spaced": rf"(?:{SMALL}|{GROUPS_SPACE})(?:[.,][0-9]+)?",
}
"""The unsigned numbers of each form. "point" also fits 1.234 as a number just above one; "comma"
1,234 likewise; which it is, the other columns of the file decide."""

MONEY = r"(?:[$€£¥]|USD|EUR|GBP|CHF)"
WRAPPERS = {
    "plain": "[-+]?{core}",
    "percent": "[-+]?{core} ?%",
    "money": rf"(?:[-+]? ?{MONEY} ?[-+]?{{core}}|[-+]?{{core}} ?{MONEY}|\({MONEY} ?{{core}}\))",
}

DATES = {
    "iso": (r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", ("%Y-%m-%d",), "year-month-day"),
    "slashed": (r"[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}", ("%Y/%m/%d",), "year/month/day"),
    "dmy": (r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", ("%d/%m/%Y",), "day/month/year"),
    "mdy": (r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", ("%m/%d/%Y",), "month/day/year"),
    "dmy dotted": (r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}", ("%d.%m.%Y",), "day.month.year"),
    "dmy dashed": (r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}", ("%d-%m-%Y",), "day-month-year"),
    "mdy dashed": (r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}", ("%m-%d-%Y",), "month-day-year"),
    "dmy short": (r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}", ("%d/%m/%y",), "day/month/two-digit year"),
    "mdy short": (r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}", ("%m/%d/%y",), "month/day/two-digit year"),
    "named": (
        r"[0-9]{1,2}[- ][A-Za-z]{3,9}[- ][0-9]{4}",
        ("%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%d-%B-%Y"),
        "day month year",
    ),
    "named first": (r"[A-Za-z]{3,9} [0-9]{1,2}, ?[0-9]{4}", ("%b %d, %Y", "%B %d, %Y"), "month day, year"),
}
RIVALS = {"dmy": "mdy", "dmy dashed": "mdy dashed", "dmy short": "mdy short"}
CLOCK = r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?: ?[AaPp][Mm])?)?"
CLOCKS = ("", " %H:%M:%S", " %H:%M", "T%H:%M:%S", "T%H:%M", " %H:%M:%S.%f", "T%H:%M:%S.%f", " %I:%M:%S %p",
          " %I:%M %p")  # fmt: skip
ZONED = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:Z|[-+][0-9]{2}:?[0-9]{2})"
)


def pattern(wrapper: str, core: str) -> str:
    """The whole pattern of a number form."""
    return WRAPPERS[wrapper].format(core=f"(?:{CORES[core]})")


def compiled(text: str) -> re.Pattern[str]:
    """A pattern of this module for Python, which writes code points its own way."""
    return re.compile(re.sub(r"\\x\{([0-9a-f]{4})\}", r"\\u\1", text))


def matches(value: str, text: str) -> str:
    """SQL: whether the value (an SQL expression) is written in the pattern, all of it."""
    return f"regexp_full_match({value}, '{text.replace(chr(39), chr(39) * 2)}')"


def is_usual(value: str, core: str) -> str:
    """SQL: whether the value is an integer or a decimal ("point") of the plainest kind. Some fifteen
    times faster than trimming, looking up missing words and trying every pattern; never says yes where
    the pattern says no."""
    decimals = "" if core == "integer" else r"(?:\.[0-9]+)?"
    return f"strlen({value}) <= 15 AND regexp_full_match({value}, '-?(?:0|[1-9][0-9]*){decimals}')"
