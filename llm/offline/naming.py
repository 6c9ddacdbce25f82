"""Names for personas: two or three words, each justified by a fact, no two alike."""

import re
from collections.abc import Callable, Iterable, Sequence

from llm.gate import LONGEST_PERSONA_NAME
from llm.lexicon import clean
from llm.offline.claims import Claims, Line
from llm.offline.conditions import Judge, by_role, by_word
from llm.offline.portrait import Mix, Portrait, Trait, delicate, words
from llm.pack import Adjective, Pack

NUMBERS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def persona_names(
    portraits: Sequence[Portrait], judge: Judge, claims: Claims, sound: Callable[[str, str], bool]
) -> tuple[Line, ...]:
    """A name for each segment, with the claims that justify it. The best fit over all segments is
    given first; a name is never given twice, nor one that is not `sound` for its segment (segment id, name)."""
    options = [
        (score, portrait.position, name, traits)
        for portrait in portraits
        for score, name, traits in _candidates(portrait, judge)
        if len(name) <= LONGEST_PERSONA_NAME
    ]
    options.sort(key=lambda option: (-option[0], option[1], option[2]))
    given: dict[int, Line] = {}
    taken: set[str] = set()
    refused: set[tuple[int, str]] = set()
    ids = {portrait.position: portrait.segment.id for portrait in portraits}
    # Where every name left is like another segment's, one that differs in a word is better than a number.
    for _, position, name, traits in (*options, *options):
        if position in given or name.lower() in {other.lower() for other in taken}:
            continue
        if any(alike(name, other, judge.pack) for other in taken) and (position, name) not in refused:
            refused.add((position, name))
            continue
        if sound(ids[position], name):
            given[position] = Line(
                name,
                tuple(
                    claims.level(one) if isinstance(one, Trait) else claims.share(one)
                    for one in dict.fromkeys(traits)
                ),
            )
            taken.add(name)
    return tuple(given.get(p.position) or Line(_plain(p, judge.pack)) for p in portraits)


def alike(name: str, other: str, pack: Pack) -> bool:
    """Whether two names would be taken for each other: they share two words that say what they are of ("Primary-Care
    Core" and "High-Volume Primary Care"), or one has nothing to tell it from the other."""
    first, second = (_telling(text, pack) for text in (name, other))
    return len(first & second) > 1 or first <= second or second <= first


def _telling(name: str, pack: Pack) -> set[str]:
    """The words of a name that tell it from others: a level stays with what it is a level of."""
    parts = re.findall(r"(?:high|low|higher|lower|newer)-[a-z]+|[a-z]+", name.lower())
    return set(parts) - {*pack.account.lower().split(), *pack.accounts.lower().split()}


def _candidates(portrait: Portrait, judge: Judge) -> Iterable[tuple[float, str, tuple[Trait | Mix, ...]]]:
    for entry in judge.pack.persona_name:
        score = judge.score(entry.when, entry.weight, portrait)
        if score is not None:
            name = entry.text.replace("{Accounts}", judge.pack.accounts.title())
            named = _spoken_of(portrait, entry.when, judge)
            numeric = tuple(one for one in named if isinstance(one, Trait))
            if 2 <= len(name.split()) <= 3 and _fair(name, numeric, portrait) and _led(portrait, entry.when):
                yield 0.2 + score, name, named
    noun = judge.pack.accounts.title()
    volume = portrait.roles.get("volume")
    traits = portrait.distinct if volume is None else dict.fromkeys((*portrait.distinct, volume))
    worded = [(t, word) for t in traits if (word := adjective(t, portrait, judge.pack)) is not None]
    worded = [(trait, word) for trait, word in worded if _fair(word, (trait,), portrait)]
    telling = [(trait, word) for trait, word in worded if trait.stands_out][:6]
    for i, (first, one) in enumerate(telling):
        yield 0.8 * abs(first.z), f"{one} {noun}", (first,)
        for second, two in telling[i + 1 :]:
            if one != two and not set(one.split("-")) & set(two.split("-")) - {"High", "Low"}:
                pair = (first, second)
                both = 0.8 * (abs(first.z) + 0.55 * abs(second.z))
                yield both, f"{one}, {two} {noun}", pair
    if not telling:
        for trait, word in worded:
            if word.startswith(("High-", "Low-")):
                yield 0.5 * abs(trait.z), f"{word.replace('-', 'er-', 1)} {noun}", (trait,)
        yield 0.02, f"Near-Average {noun}", ()
        yield 0.01, f"Mid-Range {noun}", ()


def _led(portrait: Portrait, when: Sequence[str]) -> bool:
    """Whether the segment stands out on every column that the conditions of a name call high or low."""
    named = [
        by_word(portrait, c[1:-1]) if c.startswith("#") else by_role(portrait, c[:-1])
        for c in when
        if c[-1] in "+-"
    ]
    return all(trait is None or trait.stands_out for trait in named)


def _fair(name: str, named: Sequence[Trait], portrait: Portrait) -> bool:
    """Whether no other column called by a word of the name points another way: "Low-Spend" is unfair where it
    stands for charges and a column called Spend is high."""
    spoken = words(name.replace("-", " "))
    sides = {trait.direction for trait in named} | {"~"}
    return all(
        trait in named or trait.direction in sides
        for trait in portrait.traits
        if named and spoken & words(f"{trait.feature} {trait.label}")
    )


def adjective(trait: Trait, portrait: Portrait, pack: Pack) -> str | None:
    """The name word for a column that is clearly high or low; None where nothing fair can be said."""
    if trait.direction == "~" or delicate(trait.feature, trait.label, pack) or (trait.yes and trait.z < 0):
        return None
    own = words(f"{trait.feature} {trait.label}")
    for entry in pack.adjective:
        speaks = portrait.roles.get(trait.role) is trait
        if (speaks and f"role:{trait.role}" in entry.words) or own & set(entry.words):
            if entry.topic:
                return _topical(entry, trait, portrait)
            word = entry.high if trait.direction == "+" else entry.low
            return word or None
    if not _own_weight(trait, portrait):
        return None
    parts = [p for p in clean(trait.label).replace("/", " ").split() if p.isalpha() and len(p) >= 3]
    parts = [p for p in parts if p.lower() not in _DULL]
    if not parts:
        return None
    word = parts[-1] if len(parts) > 1 and len(parts[-1]) > 4 else parts[0]
    kin = [t for t in portrait.traits if word.lower() in words(f"{t.feature} {t.label}")]
    if any(t.direction != trait.direction for t in kin):
        return None
    word = word[:1].upper() + word[1:]
    if trait.yes:
        return f"{word}-Heavy"
    return f"{word}-Heavy" if trait.direction == "+" else f"{word}-Light"


def _topical(entry: Adjective, trait: Trait, portrait: Portrait) -> str | None:
    """A focus is a matter of shares; a count has to go beyond the segment's volume to say anything."""
    counted = _counted(trait)
    if trait.direction == "+":
        if not counted:
            return f"{entry.topic}-Focused"
        return f"{entry.topic}-Heavy" if _own_weight(trait, portrait) else None
    kin = [t for t in portrait.traits if words(f"{t.feature} {t.label}") & set(entry.words)]
    if all(t.direction == "-" for t in kin):
        return f"Low-{entry.topic}" if _own_weight(trait, portrait) else None
    if counted:
        return None
    rate = words(f"{trait.feature} {trait.label}") & {"rate", "ratio"}
    return f"Low-{entry.topic}-{'Rate' if rate else 'Share'}"


def _counted(trait: Trait) -> bool:
    return trait.unit in ("count", "currency") or trait.role == "volume"


def _own_weight(trait: Trait, portrait: Portrait) -> bool:
    """Whether the column is high or low beyond the segment's main volume: the one's ratio to the population
    over the other's is at least LOPSIDED (or at most its inverse). True of anything but counts and sums."""
    volume = portrait.roles.get("volume")
    if not _counted(trait) or volume is None or volume is trait:
        return True
    if min(trait.all.value, volume.all.value, volume.own.value) <= 0:
        return False
    ratio = trait.own.value / trait.all.value / (volume.own.value / volume.all.value)
    return ratio >= LOPSIDED if trait.direction == "+" else ratio <= 1 / LOPSIDED


LOPSIDED = 1.2

_DULL = {
    *(
        "total",
        "average",
        "mean",
        "number",
        "rate",
        "ratio",
        "share",
        "score",
        "index",
        "count",
        "per",
        "the",
    ),
    *("and", "for", "with", "all", "of", "in", "loyal", "loyalty", "loyalist", "advocate", "advocates"),
    *("untapped", "expander", "expanders", "digital", "volume"),
}
"""Words of a label that name nothing by themselves, or that the rules for names reserve."""


def _plain(portrait: Portrait, pack: Pack) -> str:
    number = portrait.position
    return f"{pack.account.title()} Group {NUMBERS[number] if number < len(NUMBERS) else number + 1}"


def _spoken_of(portrait: Portrait, when: Sequence[str], judge: Judge) -> tuple[Trait | Mix, ...]:
    """The columns and values that the conditions of a name speak of."""
    found: list[Trait | Mix | None] = []
    for condition in when:
        if condition.startswith("@"):
            found.append(judge.valued(condition[1:], portrait))
        elif condition[:-1] in ("won", "leaving"):
            found.append(portrait.outcome)
        elif condition.startswith("#"):
            found.append(by_word(portrait, condition[1:-1]))
        else:
            found.append(by_role(portrait, condition[:-1]))
    return tuple(one for one in found if one is not None)
