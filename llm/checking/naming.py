"""The names of one profile in the ways people write them.

A column is found under its label, aliases and header; under these without their units and general words
("total claims" as "claims"); and, more weakly, under any words that only its names hold ("opioid prescribing"
for "Opioid prescriber rate") or that its role is known by ("digital", "scripts").
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from engine.model import Profile, Theme
from llm.checking.names import Name, Names
from llm.checking.numerals import WORDS
from llm.checking.tokens import root, tokens, word_set
from llm.checking.vocabulary import attributes, common
from llm.checking.words import lengths, senses
from llm.facts import meaning
from llm.lexicon import capital, clean, spoken, spoken_value, weak
from llm.names import clean as visible
from llm.profile_file import words_of

_GENERAL = word_set("""
    score index rate ratio level count number total average avg mean median value percentage pct percent cnt rt
    sh mo amt num qty usd eur gbp annual yearly monthly weekly daily overall all of the per in a an l12m l6m l3m
    ytd last year month quarter day 12m 6m 3m q1 q2 q3 q4 share volume size type category group segment user
    customer account prescriber member patient since for with by to and on at is are no from days months total our
    we us they their your my its this these those how
    mths high low most least more less top bottom first new old best other main mean net gross avg. std tot n
    sum
    """)
"""Words that alone say nothing of which column is meant."""
_HEADS = word_set("""
    score index rate ratio level count number percentage pct percent value cnt rt sh amount total %
    """)
_LEADS = word_set("""
    total average avg mean number of annual yearly monthly overall the net
    """)


_ROLE_WORDS: Mapping[Theme, str] = {
    "volume": "volume write writing prescribe prescribing script scripts prescriptions caseload workload throughput",
    "share": "loyalty preference",
    "access": "access coverage formulary reimbursement accessibility door",
    "digital": "digital digitally online web internet electronic electronically e-mail email virtual",
    "rep": "rep reps representative representatives field detailing",
    "new_starts": "starts starters initiation initiations newly_started",
    "adherence": "adherence adherent persistence compliance",
    "burden": "burden severity risk",
}
_LIKE = {
    "script": ("trx", "prescrib", "rx", "nrx"), "trx": ("script", "prescrib"), "prescrib": ("trx", "script"),
    "spend": ("spending", "expenditure", "outlay", "revenue", "charg", "bill"), "cost": ("bill", "expense", "expens"),
    "basket": ("basket",), "visit": ("trip",), "order": ("purchas",), "purchas": ("order",), "femal": ("woman",),
    "call": ("visit",), "employe": ("staff", "headcount"), "ticket": ("case",), "revenu": ("sale", "turnover"),
    "sale": ("revenu", "turnover"), "tenur": ("lifetim",), "age": ("old",), "patient": (), "beneficiary": (),
    "claim": (), "discount": ("promotion", "promo"), "email": ("mail",), "seat": ("licenc", "licens"),
    "member": (), "open": (), "charg": ("bill", "fee"), "fee": ("bill", "charg", "due"),
    "return": ("refund",), "refund": ("return",),
}  # fmt: skip
"""By root, the roots of words used in its place."""


def names(profile: Profile, personas: Mapping[str, str] | None = None) -> Names:
    """The names that sentences about this profile may use; `personas` adds names by segment id."""
    builder = _Builder()
    numeric = set(profile.population.features) | {c for s in profile.segments for c in s.features}
    mixes = [profile.population.categories, *(s.categories for s in profile.segments)]
    sorted_into = {
        column: tuple(dict.fromkeys(value for mix in mixes for value in mix.get(column, {})))
        for column in dict.fromkeys(column for mix in mixes for column in mix)
    }
    for column in dict.fromkeys([*profile.dictionary, *profile.population.features, *sorted_into]):
        entry = meaning(profile, column)
        spellings = [entry.label, *entry.aliases, column, words_of(column)]
        name, kind = _of_column(column, column in numeric or column not in sorted_into, sorted_into)
        for spelling in spellings:
            builder.add(spelling, name, column=True)
            builder.periods_of(column, spelling)
            builder.headed.update(_keys(spelling))
        if name.kind == "category":
            builder.values_of(name, spellings)
        builder.literal(spoken(entry.label), name)
        if name.kind == "category":
            for key in dict.fromkeys(key for spelling in spellings for key in _keys(spelling)):
                if key not in _GENERAL and not _grammatical(key) and len(key) > 3:
                    builder.loose.setdefault(key, []).append(name)
        if kind == "feature":
            builder.parts_of(column, spellings)
        for spelling in spellings:
            builder.shorter(spelling, name)
    for column in sorted_into:
        label, aliases = meaning(profile, column).label, meaning(profile, column).aliases
        for value in dict.fromkeys(value for mix in mixes for value in mix.get(column, {})):
            builder.add(f"{label} {value}", Name("category", ((column, value),)))
            builder.add(value, Name("category", ((column, value),)))
            builder.headed.update(_keys(value) if len(_keys(value)) == 1 else ())
            builder.literal(spoken_value(value), Name("category", ((column, value),)))
            builder.trade(value, column)
            builder.values_of(Name("category", ((column, value),)), (value,))
            if len(_keys(value)) == 1:
                for noun in dict.fromkeys(keys[-1] for keys in map(_keys, (label, *aliases)) if keys):
                    builder.add(f"{value} {noun}", Name("category", ((column, value),)))
            for word in _GENDER.get(value.strip().lower(), ()) if _of_gender(column, profile) else ():
                builder.add(word, Name("category", ((column, value),)))
    for segment in profile.segments:
        for called in (segment.name, (personas or {}).get(segment.id, "")):
            builder.called(called)
            if len(called.split()) > 1 or not weak(called):
                builder.add(called, Name("segment", ((segment.id, ""),)))
                builder.add(called.removesuffix("s"), Name("segment", ((segment.id, ""),)))
        builder.add(segment.id, Name("segment", ((segment.id, ""),)), certain=True)
        number = re.fullmatch(r"S(\d+)", segment.id)
        if number:
            builder.add(f"segment {number[1]}", Name("segment", ((segment.id, ""),)), certain=True)
            builder.add(f"segment {segment.id}", Name("segment", ((segment.id, ""),)), certain=True)
    roles: dict[str, tuple[str, ...]] = {}
    for role, words in _ROLE_WORDS.items():
        columns = tuple(c for c, e in profile.dictionary.items() if e.role == role and c in numeric)
        for word in words.split():
            roles[root(word.replace("-", ""))] = (*roles.get(root(word.replace("-", "")), ()), *columns)
    return builder.names({word: columns for word, columns in roles.items() if columns})


_GENDER = {
    "male": ("men", "man"), "m": ("men", "man"), "female": ("women", "woman"), "f": ("women", "woman"),
}  # fmt: skip


def _of_gender(column: str, profile: Profile) -> bool:
    words = f"{words_of(column)} {meaning(profile, column).label}".lower().split()
    return bool({"gender", "sex"} & {*words})


_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0", "unknown", "(missing)"})


def _of_column(column: str, numeric: bool, sorted_into: Mapping[str, tuple[str, ...]]) -> tuple[Name, str]:
    """The name of a column: that of a yes/no column stands for its share of yes ("churn is 27%")."""
    if numeric:
        return Name("feature", ((column, ""),)), "feature"
    values = sorted_into[column]
    yes = [value for value in values if value.lower() in _YES]
    if (
        yes
        and any(value.lower() in _NO or value.lower().startswith("no ") for value in values)
        and len(values) <= 3
    ):
        return Name("category", ((column, yes[0]),)), "column"
    return Name("column", ((column, ""),)), "column"


class _Builder:
    def __init__(self) -> None:
        self.found: dict[tuple[str, ...], list[Name]] = {}
        self.roots: dict[str, set[str]] = {}
        self.written: dict[str, list[Name]] = {}
        self.short: dict[tuple[str, ...], dict[Name, None]] = {}
        self.proper: dict[str, list[Name]] = {}
        self.nouns: dict[str, set[str]] = {}
        self.words: set[str] = set()
        self.headed: set[str] = set()
        """Words of columns and category values of one word: "Home goods" says nothing of homes."""
        self.loose: dict[str, list[Name]] = {}
        self.values: dict[str, dict[tuple[str, str], None]] = {}
        self.periods: dict[tuple[str, str], set[str]] = {}
        self.titled: dict[str, list[tuple[tuple[str, ...], Name]]] = {}
        self.accounts: set[str] = set()

    def add(self, spelling: str, name: Name, certain: bool = False, column: bool = False) -> None:
        keys = _keys(spelling)
        self.words.update(keys)
        self.words.update(root(key) for key in keys)
        if name.kind in ("column", "category"):
            self.nouns.setdefault(name.refs[0][0], set()).update(
                root(key) for key in keys if name.kind == "column"
            )
        plain = len(keys) > 1 and all(_grammatical(key) for key in keys) and weak(clean(spelling))
        if plain and not certain and name.kind != "category":
            if name.kind == "segment":
                self.titled.setdefault(keys[0], []).append((keys, name))
            return
        if len(keys) == 1 and not certain and _grammatical(keys[0]) and name.kind == "category":
            self.proper.setdefault(keys[0], []).append(name)
        bare = len(keys) == 1 and not certain and _grammatical(keys[0])
        if bare and column and name.kind != "column" and _ambiguous(keys[0]):
            self.found.setdefault(keys, []).append(Name(name.kind, name.refs, name.kind == "category"))
            return
        if not keys or (bare and (name.kind != "feature" or weak(clean(spelling)))):
            return
        if keys[0].isdigit() and len(keys) < 3 and weak(clean(spelling)):
            return
        if all(key.isdigit() for key in keys) or (len("".join(keys)) < 2 and not certain):
            return
        entry = self.found.setdefault(keys, [])
        if name not in entry:
            entry.append(name)

    def called(self, segment: str) -> None:
        """The plural that a segment's name ends in says what accounts are called."""
        words = [token for token in tokens(visible(segment)) if token.word]
        if len(words) > 1 and words[-1].key != words[-1].low and words[-1].low not in lengths():
            self.accounts.add(words[-1].key)

    def literal(self, spelling: str, name: Name) -> None:
        if spelling and (not spelling[0].isalnum() or not _keys(spelling)):
            for written in dict.fromkeys((spelling, capital(spelling))):
                self.written.setdefault(written.casefold(), []).append(name)

    def shorter(self, spelling: str, name: Name) -> None:
        """The name without its unit, its general first words and its general last word."""
        keys = _keys(re.sub(r"\([^)]*\)", " ", spelling))
        for stripped in _stripped(keys):
            if stripped != keys and any(key not in _GENERAL for key in stripped):
                self.short.setdefault(stripped, {})[name] = None

    def parts_of(self, column: str, spellings: Iterable[str]) -> None:
        for spelling in spellings:
            for key in _keys(spelling):
                if key not in _GENERAL and not key.isdigit() and len(key) > 2:
                    for part in (root(key), *_LIKE.get(root(key), ())):
                        self.roots.setdefault(part, set()).add(column)

    def values_of(self, name: Name, spellings: Iterable[str]) -> None:
        """The words of a category value, which alone name it loosely: "osteopaths". Of several words, those that
        any sentence may use ("Vision Services") do not."""
        for keys in map(_keys, spellings):
            for key in keys:
                shared = len(keys) > 1 and common(key)
                if (
                    not shared
                    and key not in _GENERAL
                    and not _grammatical(key)
                    and key.isalpha()
                    and len(key) > 3
                ):
                    self.values.setdefault(root(key)[:7], {})[name.refs[0]] = None

    def periods_of(self, column: str, spelling: str) -> None:
        for figure, unit in itertools.pairwise(_keys(spelling)):
            if figure.isdigit() or figure in WORDS:
                self.periods.setdefault((figure, unit), set()).add(column)

    def trade(self, value: str, column: str) -> None:
        """People named after their field: "cardiologists" for Cardiology, "internists" for Internal Medicine."""
        for key in _keys(value):
            for ending in ("ist", "ists", "ician", "icians"):
                stem = re.sub(r"(?:y|ics|ic|s|ist)$", "", key)
                if len(stem) > 5:
                    self.add(stem + ending, Name("category", ((column, value),)))
        if value.lower() == "internal medicine":
            self.add("internists", Name("category", ((column, value),)))

    def names(self, roles: Mapping[str, tuple[str, ...]]) -> Names:
        for keys, given in self.short.items():
            if keys not in self.found and not (len(keys) == 1 and _grammatical(keys[0])):
                kinds = {name.kind for name in given}
                kind = next(kind for kind in ("feature", "category", "column") if kind in kinds)
                refs = tuple(dict.fromkeys(ref for name in given if name.kind == kind for ref in name.refs))
                self.found[keys] = [Name(kind, refs, len(refs) == 1)]
        for key, given_names in self.loose.items():
            if len(given_names) == 1 and (key,) not in self.found and root(key) not in self.roots:
                self.found[(key,)] = given_names
        for keys, entries in self.found.items():
            if len(keys) == 1 and all(n.kind == "category" and not n.strong for n in entries):
                alike = tuple(self.values.get(root(keys[0])[:7], {}))
                self.found[keys] = [
                    *entries,
                    *([Name("category", alike, False)] if 0 < len(alike) < 4 else []),
                ]
        phrases: dict[str, list[tuple[tuple[str, ...], tuple[Name, ...]]]] = {}
        for keys in sorted(self.found, key=len, reverse=True):
            phrases.setdefault(keys[0], []).append((keys, tuple(_merged(self.found[keys]))))
        longest = sorted(self.written, key=len, reverse=True)
        return Names(
            phrases=phrases,
            parts={part: frozenset(columns) for part, columns in self.roots.items()},
            roles={word: frozenset(columns) for word, columns in roles.items()},
            literal=re.compile("|".join(map(re.escape, longest)), re.I) if longest else None,
            literals={text: tuple(_merged(entries)) for text, entries in self.written.items()},
            proper={key: tuple(_merged(entries)) for key, entries in self.proper.items()},
            known=frozenset(self.words),
            own=frozenset(self.headed) | frozenset(root(word) for word in self.headed),
            families=frozenset(attributes()[word] for word in self.headed if word in attributes()),
            nouns={column: frozenset(words) for column, words in self.nouns.items()},
            values={word: tuple(refs) for word, refs in self.values.items() if len(refs) < 4},
            periods={pair: frozenset(columns) for pair, columns in self.periods.items()},
            titled=self.titled,
            accounts=frozenset(word for word in self.accounts if root(word) not in self.roots),
        )


@lru_cache(maxsize=16384)
def _keys(spelling: str) -> tuple[str, ...]:
    text = visible(spelling).replace("_", " ")
    return tuple(token.key for token in tokens(text) if token.word)


def _stripped(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    ends = keys[:-1] if len(keys) > 1 and keys[-1] in _HEADS else keys
    yield ends
    for full in (keys, ends):
        start = 0
        while start < len(full) - 1 and full[start] in _LEADS:
            start += 1
        yield full[start:]
        tail = len(full)
        while tail > start + 1 and full[tail - 1] in _GENERAL:
            tail -= 1
        yield full[start:tail]


def _grammatical(key: str) -> bool:
    """Whether the word alone has a sense of its own, so that it names a column only in quotation marks."""
    if key in _FREE:
        return False
    return key in _STOP or (key,) in senses()


_FREE = word_set("""
    share reach spread volume lead access visit call base practice
    """)
_STOP = word_set("""
    a an the and or of in on at to for with by from is are not no yes true false it they them here there this
    that other none all each every one two three four five six seven eight nine ten first second third last next
    data number figure value segment account total count average people place part side half name size year
    month day week quarter time high low more less most least priority
    """)


def _ambiguous(key: str) -> bool:
    """Whether a word has but the senses of a plain adjective or of people, so that a column may be called by it:
    Expensive, Healthy, Companies."""
    if key in _STOP:
        return False
    meanings = senses().get((key,), ())
    return bool(meanings) and all(
        (s.kind == "relation" and s.grade == "plain" and key not in _PLAIN) or s.kind == "people"
        for s in meanings
    )


_PLAIN = word_set("""
    strong weak good poor large small big great heavy light broad narrow deep long short limited open much little
    few bad excellent
    """)


def _merged(entries: Sequence[Name]) -> Iterator[Name]:
    """One name a kind, holding all it may refer to."""
    for kind in dict.fromkeys(name.kind for name in entries):
        same = [name for name in entries if name.kind == kind]
        refs = tuple(dict.fromkeys(ref for name in same for ref in name.refs))
        yield Name(kind, refs, any(name.strong for name in same))
