"""Text becomes tokens: words with the keys they are looked up by."""

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?|[^\w\s]")
_GLUE = "-/‐‑"
_SHORTENED = frozenset({"let's", "o'clock"})
_CONTRACTED = re.compile(
    r"(?:it|that|this|what|here|there|who|where|how|he|she|everyone|everybody|nobody)(?=['’]s$)"
    r"|\w+(?=['’](?:re|ve|ll|d|m)$)",
    re.I,
)
"""What a verb is joined to by an apostrophe: "it's", "they've"."""
_SPELT_OUT = {
    "avg": "average", "yr": "year", "yrs": "years", "acct": "account", "accts": "accounts", "seg": "segment",
    "segs": "segments", "mth": "month", "mths": "months", "cust": "customer", "custs": "customers",
    "approx": "approximately", "v": "vs",
}  # fmt: skip
_STOPPED = re.compile(
    r"(?:vs?|avg|approx|incl|excl|resp|ca|yrs?|accts?|segs?|mths?|custs?|pct|pts?|max|min|est|std)$", re.I
)
"""What is shortened may carry a full stop that ends no sentence."""
_INITIALS = re.compile(r"[A-Z]{2,5}s$")
"""Several of what is shortened to its initials: GPs, NPs."""
_VERBS = {"s": "is", "re": "are", "ve": "have", "ll": "will", "d": "would", "m": "am"}
_SUFFIXES = (
    "ization", "isation", "ationally", "ational", "fulness", "ously", "ingly", "edly", "ically", "ations", "ation",
    "ments", "ment", "ology", "ologists", "ologist", "iness", "ibility", "ability", "ances", "ance", "ences", "ence",
    "ants", "ents", "ant", "ent", "ings", "ing", "ions", "ion", "able", "ible", "ness", "ists", "ist", "ally", "ical",
    "ics", "ic", "ive", "ively", "ity", "ors", "or", "ers", "er", "ies", "ied", "es", "ed", "ly", "al", "s", "y", "e",
)  # fmt: skip
_ODD = {
    "spent": "spend", "bought": "buy", "buys": "buy", "wrote": "write", "written": "write", "prescription": "prescrib",
    "prescriptions": "prescrib", "scripts": "script", "women": "woman", "men": "man", "people": "person",
    "children": "child", "trx": "trx", "trxs": "trx", "nrxs": "nrx", "paid": "pay", "sold": "sell", "data": "data",
    "days": "day", "sent": "send", "made": "make", "clos": "close", "buyer": "buy", "buyers": "buy", "ages": "age",
    "aged": "age", "age": "age", "aging": "age", "ageing": "age", "news": "news", "fewer": "fewer", "lower": "lower",
    "beneficiaries": "beneficiary", "beneficiary": "beneficiary", "use": "use", "used": "use", "uses": "use",
    "using": "use", "loyalty": "loyal", "loyalists": "loyal", "loyalist": "loyal",
    "priority": "priority", "priorities": "priority", "user": "use", "users": "use", "usage": "use",
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Token:
    """A word or a mark. `low`: lower case, straight apostrophes, no possessive; `key`: its singular;
    `glued`: joined to the token before by a hyphen, slash or underscore."""

    text: str
    low: str
    key: str
    start: int
    end: int
    owns: bool
    glued: bool
    word: bool


def tokens(text: str) -> list[Token]:
    """The tokens of a text in order. Hyphens, slashes and underscores inside words only glue; "they're" is the
    two words it is said for."""
    found: list[Token] = []
    glued = False
    quoted = "'" in text or "’" in text
    scored = "_" in text
    end = 0
    for written in _TOKEN.findall(text):
        start = text.index(written, end)
        end = start + len(written)
        low, key, owns, word = _looked_up(written)
        if not word:
            if written in _GLUE and start and text[start - 1].isalnum() and text[end : end + 1].isalnum():
                glued = True
                continue
            if written == "." and found and _stops_a_word(text, start, found[-1].text):
                continue
        if scored and start and text[start - 1] == "_":
            glued = True
        verb = _CONTRACTED.match(written) if quoted else None
        if verb:
            subject, tail = verb.group(), written[verb.end() + 1 :].lower()
            low, key, owns, word = _looked_up(subject)
            found.append(Token(subject, low, key, start, start + len(subject), owns, glued, word))
            written, start, glued = _VERBS[tail], start + len(subject), False
            low, key, owns, word = _looked_up(written)
        found.append(Token(written, low, key, start, end, owns, glued, word))
        glued = False
    if quoted:
        _own(found)
    return found


def _stops_a_word(text: str, at: int, word: str) -> bool:
    """Whether the full stop belongs to a shortened word: "12% vs. 9%", but not "below avg. They"."""
    follows = text[at + 1 : at + 3].strip()
    ends = not follows or follows[0].isupper()
    return bool(_STOPPED.match(word)) and (word.lower() in ("v", "vs") or not ends)


def _own(found: list[Token]) -> None:
    """A plural before a lone apostrophe owns what follows."""
    for at, token in enumerate(found):
        if token.text in ("'", "’") and at and found[at - 1].low.endswith("s"):
            found[at - 1].owns = True


@lru_cache(maxsize=32768)
def _looked_up(written: str) -> tuple[str, str, bool, bool]:
    """`low`, `key`, `owns` and `word` of a token."""
    low = written.lower().replace("’", "'")
    if _INITIALS.match(written):
        return low, low[:-1], False, True
    owns = low.endswith("'s") and low not in _SHORTENED
    low = low[:-2] if owns else low
    low = _SPELT_OUT.get(low, low)
    return low, singular(low), owns, low[:1].isalnum()


@lru_cache(maxsize=32768)
def singular(word: str) -> str:
    """The word without its plural: "calls" and "call", "beneficiaries" and "beneficiary" have one key."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ous")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=32768)
def root(word: str) -> str:
    """What a word's family shares: "engaged", "engagement" and "engaging" have one root."""
    if word in _ODD:
        return _ODD[word]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4 and not word.endswith("ss"):
            stem = word[: -len(suffix)]
            stem = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl" else stem
            return _ODD.get(stem, stem[:-1] if len(stem) > 4 and stem.endswith(("i", "e")) else stem)
    return word


def lowered(text: str) -> str:
    """The text in lower case, every character in its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def word_set(text: str) -> frozenset[str]:
    """The words of a text that are apart by white space."""
    return frozenset(text.split())
