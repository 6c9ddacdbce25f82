"""What no table could bear out: trends, causes, claims of effect, strangers, and words no column holds."""

import itertools
import re
import unicodedata
from collections.abc import Iterator

from engine.model import Finding
from llm.checking.binding import options
from llm.checking.frames import Scene
from llm.checking.grounds import groundless, strange_compounds
from llm.checking.items import SUBJECTS, Item
from llm.checking.levers import levers
from llm.checking.names import Names
from llm.checking.passing import in_passing, last_seen
from llm.checking.reading import Reading
from llm.checking.tokens import lowered, root
from llm.checking.unprovable import CAUSE, EFFECT, TREND
from llm.checking.unsaid import measured_time
from llm.checking.vocabulary import attributes, common, family_of, hyphenated, known, planning, unremarkable

_MEDICAL = r"\bmedical\b(?!\s+(?:practi|office|cent|director))"
_ROUTED = re.compile(
    rf"(?:question|inquir|enquir|request|ask)\w*.*{_MEDICAL}|{_MEDICAL}.*(?:question|inquir|enquir|request)"
    rf"|\b(?:route|refer|forward|send|pass|direct|hand)\w*\b.*{_MEDICAL}",
    re.I,
)
"""A question of effect handed to medical."""
_FORBIDS = re.compile(
    r"\b(?:never|avoid|do\s+not|don't|without|refrain\s+from|stay\s+away\s+from)\b[^.;]*$", re.I
)
"""The words before a claim that the text itself forbids."""
_TOPIC = re.compile(r"(?:off|outside|unapproved|beyond|unlabel|not|safety|side|adverse|efficacy)", re.I)
_FORBIDDEN = re.compile(
    r"\b(?:never|avoid|without|not\s+a|do\s+not\s+\w+|don't\s+\w+)\s+(?:any\s+|make\s+)?"
    r"(?:claims?\s+(?:of|on|about)\s+)?(?:\w+\s+or\s+)?$",
    re.I,
)
_STRANGE = re.compile(
    r"\b(?=[SsCcG])(?:(?<!-)[Ss]\d+\b|(?<!this )(?<!that )(?<!our )(?<!per )(?:[Ss]egment|[Cc]luster|Group)\s+"
    r"(?:\d+\b(?![.,]\d)(?!\s?(?:%|per\s?cent|points|in \d))|[A-Z]\b(?!\w)))"
)
_STRANGER = re.compile(
    r"\b(?:than|behind|ahead\s+of|unlike|like|with|against|above|below|in|from|to|beats?|trails?|leads?|versus|vs\.?|does|do|of|for|and|or|the)\s+(?:the\s+)?"
    r"((?:[A-Z][\w-]+\s+){1,2}[A-Z][\w-]+)"
)
_TITLED = re.compile(r"[A-Z][\w-]+\s+[A-Z]")
"""Two words in capitals, without which there is no stranger."""
_PLAIN_MARK = "■"


_FIGURED = re.compile(r"[0-9]|[^\x00-\x7f]")
"""A sign without which a text has no figure of any script."""
_SLIP = re.compile(
    r"\d\s*%\s+points?\b(?!\s+(?:above|below|ahead|behind|higher|lower|more|less|fewer|over|under|apart|from|short))",
    re.I,
)
"""A level has no points: "41% points" is a share or a difference, and says neither."""


def lint(reading: Reading, scene: Scene, where: str, zone: str) -> Iterator[Finding]:
    """Findings that no column decides. `zone` "fact", "advice" or "interpretation"."""
    plain = _blotted(reading)
    low = lowered(plain)
    figured = _FIGURED.search(reading.text) is not None and any(map(str.isnumeric, reading.text))
    yield from _effects(reading.text, low, where)
    for match in _SLIP.finditer(plain) if figured else ():
        message = f"“{match.group()}” is a share or a difference in points; say which."
        yield Finding(where, "unit", "block", match.span(), message)
    if figured or not plain[1:].islower():
        yield from _strangers(reading, plain, scene, where)
    yield from _trends(reading, low, scene, where, zone)
    if figured and zone != "advice":
        yield from _unread(reading, where)
    yield from _inventions(reading, scene, where, zone)
    if zone != "fact":
        return
    for start, end in (*groundless(reading, scene.names), *strange_compounds(reading.items, scene)):
        message = f"No column bears out “{reading.text[start:end]}”; state a fact or leave it to the interpretation."
        yield Finding(where, "attribute", "block", (start, end), message)


def _blotted(reading: Reading) -> str:
    text = reading.text.replace("’", "'")
    for item in reading.items:
        if (item.kind in SUBJECTS and item.strong) or item.kind == "segment-name":
            text = text[: item.start] + _PLAIN_MARK * (item.end - item.start) + text[item.end :]
    return text


# --- Effect, trend, cause -------------------------------------------------------------------------


def _stretch(text: str, first: int, last: int) -> str:
    """The words around a span, up to the next comma, semicolon or full stop."""
    begin = max(text.rfind(mark, 0, first) for mark in ".;,") + 1
    ends = (text.find(mark, last) for mark in ".;,")
    return text[begin : min((end for end in ends if end >= 0), default=len(text))]


def _effects(text: str, plain: str, where: str) -> Iterator[Finding]:
    for match in EFFECT.finditer(plain):
        said = text[match.start() : match.end()].strip()
        if _TOPIC.match(said) and (
            _ROUTED.search(_stretch(plain, *match.span())) or _FORBIDS.search(plain[: match.start()])
        ):
            continue
        if said.lower().endswith(" on") and plain[match.end() :].lstrip().startswith(_PLAIN_MARK):
            continue
        claimed = re.match(r"\s+(?:claims?|statements?|messages?|promises?)\b", plain[match.end() :])
        if _FORBIDDEN.search(plain[: match.start()]):
            continue
        if claimed and re.search(r"\bno\s+$", plain[: match.start()], re.I):
            continue
        message = (
            f"“{said}” speaks of efficacy, safety, superiority or off-label use; "
            "name the topic and ask for an approved asset."
        )
        yield Finding(where, "compliance", "block", match.span(), message)


def _trends(reading: Reading, plain: str, scene: Scene, where: str, zone: str) -> Iterator[Finding]:
    if zone == "advice":
        found = _STATED_TREND.search(plain)
        if found:
            yield _trend(reading.text, where, found, "block")
        return
    hedged = zone == "interpretation" and _GUESS.search(plain)
    for match in TREND.finditer(plain):
        if _rate(reading, match) or (
            match.group() == "recently" and last_seen(reading, match.start(), scene)
        ):
            continue
        if not (match.group().endswith("ago") and (hedged or _dated(reading, scene))):
            guessed = zone == "interpretation" and match.group().startswith(("has", "have", "had"))
            yield _trend(reading.text, where, match, "warn" if guessed else "block")
            break
    if zone == "interpretation" and hedged:
        return
    spans = [_whole(match) for match in itertools.islice(CAUSE.finditer(plain), 1)] or [*levers(reading)][:1]
    for start, end in spans:
        said = reading.text[start:end]
        message = f"“{said}” gives a cause, which a cross-section cannot show; state both facts side by side."
        yield Finding(where, "cause", "warn" if zone == "interpretation" else "block", (start, end), message)


def _rate(reading: Reading, match: re.Match[str]) -> bool:
    """Whether "every year" says how often and not how it turns: "they spend a thousand every year"."""
    if not match.group().startswith(("every", "each")) or "passing" in match.group():
        return False
    before = [i for i in reading.items if i.end <= match.start()]
    turned = any(
        i.kind == "relation" and i.sense is not None and i.sense.grade == "comparative" for i in before
    )
    return not turned and any(i.number is not None and i.number.unit in ("", "$") for i in before)


def _dated(reading: Reading, scene: Scene) -> bool:
    """Whether the text speaks of a column of time, of which "ago" says nothing new."""
    return any(
        scene.truth.unit(s) in ("days", "months")
        for item in reading.items
        if item.kind in SUBJECTS
        for s in options(item, scene.truth)
    )


def _trend(text: str, where: str, match: re.Match[str], severity: str) -> Finding:
    start, end = _whole(match)
    said = text[start:end].strip()
    message = f"“{said}” speaks of change over time, which a cross-section cannot show; state the level."
    return Finding(where, "trend", "warn" if severity == "warn" else "block", (start, end), message)


def _whole(match: re.Match[str]) -> tuple[int, int]:
    """The span of a phrase, with the whole of a blotted name that it begins or ends in."""
    start, end = match.span()
    while start and match.string[start - 1 : start + 1] == 2 * _PLAIN_MARK:
        start -= 1
    while match.string[end - 1 : end + 1] == 2 * _PLAIN_MARK:
        end += 1
    return start, end


_GUESS = re.compile(
    r"\b(?:possible|hypothes[ie]s|assum\w+|may|might|perhaps|maybe|could|possibly|suspect\w*|guess|seem\w*|appear\w*|probably|likely|one\s+reading|suggests?|if)\b",
    re.I,
)
_STATED_TREND = re.compile(
    r"\b(?:has|have)\s+(?:\w+ly\s+)?(?:grown|risen|increased|declined|fallen|dropped|climbed|shrunk|slipped|improved|worsened|doubled|halved)\b"
    r"|\b(?:is|are)\s+(?:\w+ly\s+)?(?:growing|rising|increasing|declining|falling|shrinking|slipping|improving|worsening|climbing|dropping)\b",
    re.I,
)


# --- Strangers and unread digits ------------------------------------------------------------------


def _strangers(reading: Reading, plain: str, scene: Scene, where: str) -> Iterator[Finding]:
    spans = [match.span() for match in _STRANGE.finditer(plain)]
    for match in _STRANGER.finditer(plain) if _TITLED.search(plain) else ():
        words = match.group(1).split()
        ends = words[-1].lower().endswith("s") or (
            match.start(1)
            and plain[: match.start(1)].lower().rstrip().endswith(("than", "behind", "ahead of", "unlike"))
        )
        if (
            ends
            and not any(w.isupper() for w in words)
            and _PLAIN_MARK not in match.group(1)
            and not _spoken_of(words)
        ):
            spans.append(match.span(1))
    for start, end in spans:
        said, there = reading.text[start:end], ", ".join(scene.truth.segments)
        message = f"Expected one of {there}, found “{said}”; name a segment that exists."
        yield Finding(where, "segment", "block", (start, end), message, None, there)


def _spoken_of(words: list[str]) -> bool:
    return all(known(word.lower(), planning()) for word in words)


_CHUNK = re.compile(r"[^\s;:()]+")
_CALLED = re.compile(r"Q[1-4]|H[12]|(?i:S\d+(?:['’]s?)?)")
"""Quarters, half years and segments: digits that are no figures."""


def _unread(reading: Reading, where: str) -> Iterator[Finding]:
    read = {
        at
        for item in reading.items
        if item.kind in SUBJECTS or item.kind in ("number", "segment-name")
        for at in range(item.start, item.end)
    }
    for match in _CHUNK.finditer(reading.text):
        said = match.group().rstrip(".,")
        if said.isalpha() or not any(map(str.isnumeric, said)) or _CALLED.fullmatch(said):
            continue
        glued = any(c.isalpha() for c in said) and any(c.isdigit() for c in said)
        for at in range(match.start(), match.end()):
            if unicodedata.category(reading.text[at])[0] == "N" and (
                at not in read or (glued and re.match(r"[A-Za-z]+-?\d", said) and not _inside(reading, at))
            ):
                message = f"This number could not be matched to a fact: “{said}”. Take it out or use a fact."
                yield Finding(where, "number", "block", (match.start(), match.start() + len(said)), message)
                break


def _inside(reading: Reading, at: int) -> bool:
    return any(
        item.start <= at < item.end and (item.kind in SUBJECTS or item.kind == "segment-name")
        for item in reading.items
    )


# --- Invented attributes --------------------------------------------------------------------------

_PEOPLE = frozenset({"self", "people", "segment-name", "segment", "share", "none", "any"})
_SAID = frozenset({"word", "people", "glue"})
_WIDE = frozenset({"age", "gender", "attitudes", "lifestyle", "habits", "organisation", "family"})
"""Families so wide that a column of one of their words bears out no other: trust says nothing of ambition."""
_HARD = ("age", "gender", "tenure and experience", "income and wealth", "education", "family", "location",
         "homes", "origin")  # fmt: skip


def _inventions(reading: Reading, scene: Scene, where: str, zone: str) -> Iterator[Finding]:
    names = scene.names
    for at, item in enumerate(reading.items):
        if item.kind == "mark" or (item.kind in _SAID and unremarkable(item.low, item.kind == "word")):
            continue
        if item.kind == "relation" and item.sense is not None and item.sense.about in ("age", "share"):
            if measured_time(reading.items[:at], item) and "year" not in reading.items[at - 1].low:
                continue
            if item.sense.about == "age" and item.sense.grade == "comparative" and _dated(reading, scene):
                continue
            if (
                root(item.sense.about) not in names.parts
                and item.sense.about not in names.roles
                and not _role(scene, item.sense.about)
            ):
                invented = "age" if item.sense.about == "age" else "attitudes"
                yield from _invented(reading, item, invented, where, zone, at)
            continue
        if item.kind == "feature" and not item.strong and item.low in _PERSONAL:
            if not _said_in_full(reading, item, names):
                yield from _invented(reading, item, attributes()[item.low], where, zone, at)
            continue
        if item.kind not in _SAID or not item.low[:1].isalpha():
            continue
        word = item.low
        before = reading.items[at - 1] if at else None
        if word in ("like", "likes") and before is not None and before.kind in _PEOPLE:
            if at + 1 < len(reading.items) and reading.items[at + 1].low in ("to", "being", "having"):
                yield from _invented(reading, item, "attitudes", where, zone, at)
            continue
        joined = before is not None and word in hyphenated() and attributes().get(f"{before.low}-{word}")
        family = joined or family_of(word)
        if not family and (item.kind != "word" or common(word)):
            continue
        after = reading.items[at + 1] if at + 1 < len(reading.items) else None
        numbered = after is not None and after.kind == "number" and after.glued
        if _known(word, names) or len(word) < 2 or numbered or word in _CALENDAR:
            continue
        if family and ((family in names.families and family not in _WIDE) or _ends_a_name(word, names)):
            continue
        coloured = (
            after is not None and after.kind == "number" and before is not None and before.low in ("a", "an")
        )
        if (coloured and family not in _HARD) or in_passing(word, before, after, scene):
            continue
        if family and not (item.glued and before is not None and before.kind in SUBJECTS):
            yield from _invented(reading, item, family, where, zone, at)
        elif (
            item.kind == "word"
            and not common(word)
            and not _aside(reading, at)
            and not _like_a_name(word, names)
        ):
            if zone == "fact":
                alone = _noun(reading, at) and not _beside_a_fact(reading, item)
                yield _unknown(reading, item, where, "block" if alone else "warn")
            elif zone == "advice" and not known(word, planning()) and _about_people(reading, at):
                yield _unknown(reading, item, where, "warn")


_PERSONAL = frozenset(
    {"income", "incomes", "budget", "budgets", "debt", "debts", "savings", "school", "family", "home"}
)
"""Words of people that are also parts of longer names: "Event income" bears out no income of the donors."""


def _said_in_full(reading: Reading, item: Item, names: Names) -> bool:
    """Whether another word of the column is in the text, or its name is general but for the word."""
    columns = {column for column, _ in item.refs}
    rest = {part for part, held in names.parts.items() if held & columns} - {root(item.low)}
    return not rest or any(root(other) in rest for other in re.findall(r"[a-z]+", lowered(reading.text)))


def _known(word: str, names: Names) -> bool:
    """Whether the profile holds the word; one of "Home goods" alone bears out no homes."""
    return known(word, names.known) and (word not in attributes() or known(word, names.own))


_CALENDAR = frozenset({"q1", "q2", "q3", "q4", "h1", "h2"})


def _like_a_name(word: str, names: Names) -> bool:
    """Whether the word begins or is begun by a word of the columns: "cell" for cellular, "Aug" for August."""
    if len(word) < 4:
        return False
    return any(other.startswith(word) or word.startswith(other) for other in names.begun.get(word[:3], ()))


def _ends_a_name(word: str, names: Names) -> bool:
    """Whether a word of the profile ends in the word: "phone" where one value is "telephone"."""
    return len(word) > 4 and any(other.endswith(word) for other in names.known)


def _role(scene: Scene, role: str) -> bool:
    return any(entry.role == role for entry in scene.truth.profile.dictionary.values())


def _invented(reading: Reading, item: Item, family: str, where: str, zone: str, at: int) -> Iterator[Finding]:
    hard = family in _HARD
    guessed = zone == "interpretation" and (not hard or _GUESS.search(reading.text) is not None)
    if guessed and known(item.low, planning()):
        return
    if zone == "advice" and not _about_people(reading, at):
        return
    said = reading.text[item.start : item.end]
    message = f"No column speaks of {family}, so “{said}” is made up; take it out, or move a guess to the interpretation."
    yield Finding(where, "attribute", "warn" if guessed else "block", (item.start, item.end), message)


def _unknown(reading: Reading, item: Item, where: str, severity: str) -> Finding:
    said = reading.text[item.start : item.end]
    message = (
        f"No column, category or vocabulary holds “{said}”; "
        "use the words of the columns or add it to the dictionary."
    )
    return Finding(
        where, "attribute", "warn" if severity == "warn" else "block", (item.start, item.end), message
    )


def _beside_a_fact(reading: Reading, item: Item) -> bool:
    """Whether the sentence of the word states a fact under a column's own name: then the word colours what is
    checked ("4.6 calls, a far cry from the rest") and invents nothing by itself."""
    sentence = next((clause.sentence for clause in reading.clauses if item in clause.items), None)
    items = [i for clause in reading.clauses if clause.sentence == sentence for i in clause.items]
    stated = any(i.kind in ("number", "relation", "share", "near", "times") for i in items)
    return stated and any(i.kind in SUBJECTS and i.strong for i in items)


def _about_people(reading: Reading, at: int) -> bool:
    """Whether the word describes the accounts: "younger prescribers", "they value convenience"."""
    items = reading.items
    after = items[at + 1] if at + 1 < len(items) else None
    before = items[max(0, at - 3) : at]
    described = (after is not None and after.kind in ("people", "segment")) or items[at].kind == "people"
    return bool(described or any(i.kind in ("self",) or i.low in ("they", "who", "are") for i in before))


def _aside(reading: Reading, at: int) -> bool:
    """Adverbs, and words in the place of a verb: between whom or what is spoken of and a figure or a relation."""
    items = reading.items
    item = items[at]
    if item.low.endswith("ly"):
        return True
    before = items[at - 1] if at else None
    after = items[at + 1] if at + 1 < len(items) else None
    subject = before is not None and (
        before.kind in SUBJECTS or before.kind in ("segment-name", "self", "all", "people", "any")
    )
    reaches = after is not None and (
        after.kind in ("number", "relation", "hedge", "on", "near", "strong", "slight", "than")
        or after.low in ("a", "the", "an", "its", "their")
    )
    return bool(subject and reaches and item.low.endswith(("s", "ed", "e", "ing")) and not item.capital)


def _noun(reading: Reading, at: int) -> bool:
    """Whether the word stands where a name or a quality would: nearly everywhere but after "to"."""
    before = reading.items[at - 1] if at else None
    return not (before is not None and before.low == "to")
