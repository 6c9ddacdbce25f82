"""Words the writer and the checker share: how a label is spoken, which words mean a direction."""

import re
import unicodedata
from functools import lru_cache

from llm.checking.thresholds import ABOVE as ABOVE
from llm.checking.thresholds import NEAR as NEAR


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


UP = _words("above high higher more greater strong stronger heavy heavier over exceeds exceed elevated")
DOWN = _words("below low lower fewer less weak weaker light lighter under limited lags lag behind short")
TOP = _words("highest most greatest strongest largest heaviest longest biggest leads leading top")
BOTTOM = _words("lowest least fewest weakest smallest lightest shortest bottom last")
NEGATIONS = _words("not no never neither without lacks lack hardly isn't aren't")

_GRAMMAR = _words("""
    a about account accounts across after against ahead all already also an and any apart are as at average
    averages base be before between bring brings but by client clients close closest column come comes company
    companies compare compares customer customers data difference each end even every everywhere falls few figure
    first for from front full further goes group groups growth half has have here in instead is it its just
    known lead like little look make makes many mean means median members much nearest neighbour next none nor
    nowhere number of on one only other others out overall part parts patient patients people place places point
    prescriber prescribers priority pull pulls reach reached reaches room same second segment segments separates
    set sets share shares show shows side sit sits size small spot stand stands start starts success than that
    the their them there these they this those though times to together too total two up user users value volume
    where which while who whole with year yes you true false count counts leaves takes
""")
COMMON = _GRAMMAR | UP | DOWN | TOP | BOTTOM | NEGATIONS
"""Words that alone never name a column in running text; such a label is spoken in quotation marks."""

PLURAL_WORDS = frozenset({"trx", "nrx", "people", "children", "data"})

_SUFFIX = re.compile(r"(?<=\w)[\s_]*(?:\((?:%|pct|percent|usd|\$)\)|[\s_](?:pct|percent|usd)|%)$", re.I)
_PLAIN = re.compile(r"^[^\W\d_][\w '’&+()/-]*$")
_AFTER_HEAD = re.compile(r"\s(?:in|of|per|for|since|with|as|by|to|at|on|from|bought)\s")


@lru_cache(maxsize=4096)
def spoken(label: str) -> str:
    """A label as it stands in a sentence: cleaned, lower-case initial, in “quotes” when it could be
    mistaken for ordinary words or is no word at all."""
    text = clean(label)
    if not text:
        return "“unnamed”"
    if weak(text):
        return f"“{text}”"
    first, _, rest = text.partition(" ")
    if (
        first.istitle()
        or (first[1:].islower() and first[:1].isupper())
        or ("-" in first and first[:1].isupper() and not first.isupper())
    ):
        first = first[:1].lower() + first[1:]
    return f"{first} {rest}".strip()


@lru_cache(maxsize=4096)
def spoken_value(value: str) -> str:
    """A category value as it stands in a sentence: its own capitals, quoted like a label if unclear."""
    text = clean(value, keep_unit=True)
    return f"“{text}”" if weak(text) else text


@lru_cache(maxsize=4096)
def clean(label: str, keep_unit: bool = False) -> str:
    """NFKC, no control or invisible characters, underscores as spaces, no unit suffix, 60 characters."""
    text = unicodedata.normalize("NFKC", label)
    text = "".join(" " if c.isspace() or c == "_" else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C" and c not in '“”"`')
    text = re.sub(r"\s+", " ", text).strip()
    shorter = text if keep_unit else _SUFFIX.sub("", text).strip()
    return (shorter or text)[:60].strip()


@lru_cache(maxsize=4096)
def weak(text: str) -> bool:
    """Whether the words alone would not be recognised as a name in running text."""
    letters = sum(c.isalpha() for c in text)
    words = re.findall(r"[^\W\d_]+", text.lower())
    if not _PLAIN.match(text) or re.fullmatch(r"S\d+", text, re.I):
        return True
    if letters == 2 and text.isupper():
        return text.lower() in COMMON
    return letters < 3 or all(word in COMMON for word in words)


@lru_cache(maxsize=4096)
def plural(label: str) -> bool:
    """Whether the label's head noun takes a plural verb: "rep calls", "days since last order"."""
    text = spoken(label)
    if text.startswith("“"):
        return False
    head = re.sub(r"\s*\(.*$", "", _AFTER_HEAD.split(text)[0])
    last = head.split()[-1].lower() if head.split() else ""
    return last in PLURAL_WORDS or (last.endswith("s") and not last.endswith(("ss", "us", "is", "ics")))


def capital(text: str) -> str:
    """The text with its first letter in upper case, also behind an opening quotation mark."""
    at = 1 if text.startswith("“") else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]
