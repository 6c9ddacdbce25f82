"""What no table could bear out: trends, causes, claims of effect, strangers, and words no column holds."""

import re
import unicodedata
from collections.abc import Iterator

from engine.model import Finding
from llm.checking.frames import Scene
from llm.checking.names import Names
from llm.checking.items import SUBJECTS, Item
from llm.checking.reading import Reading
from llm.checking.tokens import root
from llm.checking.vocabulary import attributes, general, known, planning

_TREND = re.compile(
    r"""\b(?:
    (?:is|are|was|were|been|keeps?|kept|has\s+been|have\s+been|continues?\s+to|still|steadily|rapidly|fast|slowly|now|ever)\s+
      (?:\w+ly\s+)?(?:grow(?:ing)?|ris(?:e|ing)|increas(?:e|ing)|declin(?:e|ing)|fall(?:ing)?(?!\s+(?:short|below|behind|under|into|in\b))
      |dropp?(?:ing)?(?!\s+in)|climb(?:ing)?|shrink(?:ing)?|slipp?(?:ing)?|improv(?:e|ing)|worsen(?:ing)?|soar(?:ing)?|surg(?:e|ing)
      |erod(?:e|ing)|fad(?:e|ing)|expand(?:ing)?|accelerat(?:e|ing)|slow(?:ing)?|weaken(?:ing)?|strengthen(?:ing)?|softening
      |gain(?:ing)?(?!\s+from)|los(?:e|ing)|go(?:ing)?\s+(?:up|down)|trending|moving\s+(?:up|down)|heading|creeping|edging|plateau(?:ing)?
      |recover(?:ing)?|rebound(?:ing)?|catching\s+up|pulling\s+away|dwindling|ebbing|waning|mounting|building|tapering|warming|cooling
      |drying\s+up|picking\s+up|taking\s+off|opening\s+up|coming\s+(?:down|back)|on\s+the\s+(?:rise|up|wane|decline|move|way))
    |(?:has|have|had)\s+(?:\w+ly\s+)?(?:grown|risen|increased|declined|fallen|dropped|climbed|shrunk|slipped|improved|worsened|soared|surged
      |eroded|faded|expanded|accelerated|slowed|weakened|strengthened|doubled|tripled|halved|gained|lost|gone\s+(?:up|down)|changed
      |jumped|moved|recovered|rebounded|plateaued|become|stagnated|dwindled|waned|softened|taken\s+off|picked\s+up|caught\s+up|crept|edged|ticked)
    |grew|rose|shrank|declined|soared|surged|worsened|dwindled|plummeted|skyrocketed|rebounded|ballooned
    |growing|rising|increasing(?:ly)?|declining|shrinking|falling(?!\s+(?:short|below|behind|under|into|in\b))|dropping(?!\s+in)|climbing|slipping
    |improving|worsening|soaring|surging|eroding|fading|accelerating|dwindling|waning|stagnating|emerging|trending|upswing|downswing
    |(?:doubled|tripled|halved|increased|improved|fell|dropped|climbed|jumped|changed|slipped|gained|recovered|slowed)\s+(?:since|over|in|during|by|from|to|last|this|year|quarter|month|sharply|steadily)
    |since\s+(?:last(?=\s+(?:year|quarter|month|week|spring|summer|autumn|fall|winter|wave|cycle))|the\s+(?:launch|start|beginning|previous|spring|summer|autumn|fall|winter|pandemic)|launch|january|february|march|april|may|june|july|august|september|october|november|december|\d{4}|then)
    |(?:year|month|quarter|week)[\s-](?:on|over|after|by|upon)[\s-](?:year|month|quarter|week)
    |over\s+(?:the\s+)?(?:time|(?:last|past|recent|coming|next)\s+\w+(?:\s+\w+)?|years|months|quarters)
    |(?:than|from|versus|vs\.?|against|compared\s+(?:with|to)|on)\s+(?:in\s+)?(?:the\s+)?(?:last|previous|prior|preceding)\s+(?:year|quarter|month|period|wave|cycle)
    |(?:last|previous|prior)\s+year'?s|(?:every|each)\s+(?:passing\s+)?(?:year|quarter|month)(?=\s*[,.;!?]|\s*$)
    |(?:in|during)\s+(?:recent|the\s+(?:last|past))\s+(?:\w+\s+){0,2}(?:years?|months?|quarters?|weeks?)
    |trend(?:s|ed|line)?|momentum|trajectory|growth\s+(?:rate|story|path)|on\s+the\s+(?:rise|up|decline|wane|upswing|way\s+(?:up|down))
    |recently|lately|of\s+late|nowadays|these\s+days|no\s+longer|used\s+to\s+\w+|(?:every|each|more\s+so\s+every|year\s+by|month\s+by)\s+(?:season|year\b(?!\s+\w)|passing)|drift(?:ing|ed)|turning\s+away|would\s+(?:fall|drop|rise|grow|decline|shrink)|once\s+(?:were|was|led|wrote|spent)
    |will\s+(?:soon\s+)?(?:grow|rise|fall|increase|decline|overtake|become|double|reach|drop|keep\s+growing)|becom(?:e|es|ing)\s+(?:more|less|increasingly)
    |(?:more|fewer|less|higher|lower)\s+(?:each|every)\s+(?:year|quarter|month|week|passing)|getting\s+(?:\w+er|more|less|better|worse)|(?:up|down)\s+(?:sharply|steadily)?\s*(?:from|since|on)\s+(?:last|the|\d)
    |gaining\s+(?:ground|share|speed)|los(?:ing|t)\s+(?:ground|share|steam)|making\s+(?:gains|progress)|catching\s+up|loses?\s+ground|gains?\s+ground
    |keeps?\s+(?:on\s+)?(?:\w+ing|going\s+(?:up|down))|continues?\s+to\s+\w+|decline|uptick|downturn|upturn
    )\b""",
    re.I | re.X,
)  # fmt: skip

_CAUSE = re.compile(
    r"""\b(?:because|due\s+to|owing\s+to|thanks\s+to|as\s+a\s+(?:result|consequence)|result(?:s|ing|ed)?\s+(?:in|from)|lead(?:s|ing)?\s+(?:directly\s+)?to|led\s+to
    |caus(?:e[sd]?|ing)(?!\s+(?:for|to)\b)|driv(?:es?|ing|en)\s+(?:by|up|down|their|its|the|higher|lower|this|brand|most|much|share|volume|sales|growth|\w+\s+(?:share|volume|spend))|drivers?\s+of
    |(?:is|are)\s+(?:\w+\s+)?(?:driving|lifting|pushing|pulling|dragging|propelling)|(?:is|are)\s+what\s+(?:brings?|lifts?|drives?|keeps?|makes?|holds?|pushes|pulls?|sets?)|driven\s+by|fuel(?:s|led|ed|ling)|boost(?:s|ed|ing)(?=\s)|explain(?:s|ed\s+by|ing)|account(?:s|ed)?\s+for\s+(?:the\s+)?(?:high|low|gap|difference|strength|weakness|shortfall|lead)
    |attribut(?:able|ed)\s+to|stem(?:s|ming)?\s+from|on\s+account\s+of|by\s+virtue\s+of|brought\s+(?:on|about)\s+by|trigger(?:s|ed)\b|prompt(?:s|ed)\s+(?:by|them|their|higher|lower)
    |translat(?:es?|ing|ed)\s+into|mak(?:es|ing)\s+them\s+\w+\s+(?:more|less)|consequently|therefore|hence|so\s+that\s+is\s+why|which\s+is\s+why|that\s+is\s+why|that's\s+why|is\s+why|the\s+reason\s+(?:for|why|behind)
    |responsible\s+for|hold(?:s|ing)\s+(?:back|down)|held\s+(?:back|down)\s+by|push(?:es|ing|ed)\s+(?:up|down|their|share|volume|spend)|pull(?:s|ing|ed)\s+(?:up|down)|lift(?:s|ed|ing)\s+(?:their|its|share|volume|spend|sales)
    |depress(?:es|ing|ed)\s+(?:their|its|share|volume|spend|by)|suppress(?:es|ing|ed)\s+(?:their|its|by)|ow(?:es|ing|ed)\s+(?:its|their|much|a\s+lot)\b.*\bto|a\s+(?:product|function|consequence|result)\s+of|comes?\s+from\s+(?:their|its|the)|the\s+upshot\s+of
    |in\s+response\s+to|as\s+(?:access|calls|coverage|visits|digital|share|volume|price\w*)\s+\w+s\s+(?:up|down)|keep(?:s|ing)\s+(?:their|its|share|volume)\s+\w+\s+(?:low|high|down|up)|shap(?:es?|ed)\s+by|determin(?:es|ed\s+by))\b""",
    re.I | re.X,
)  # fmt: skip

_EFFECT = re.compile(
    r"""\b(?:efficac\w*|efficacious|effectiveness|(?:more|most|highly|less|clinically|proven|equally)[\s-]+effective(?!\s+(?:channel|contact|way|message|route|time))|effective\s+(?:than|treatment|therapy|drug|option|choice|in\s+treating)
    |works?\s+(?:better|faster|best|well|longer)|outperforms?\s+(?:every|all|any|competit\w+|other\s+(?:drugs|brands|products|therapies)|alternatives|rivals|generics|the\s+(?:class|market\s+leader))
    |safer|safest|safety\s+(?:profile|advantage|benefit|record)|(?:is|are|be|perfectly|completely|proven|shown\s+to\s+be|well)\s+(?:\w+ly\s+)?safe\b|safe\s+(?:and|for|to\s+(?:use|take))|side[\s-]effects?|adverse\s+(?:events?|effects?|reactions?)|tolera(?:bility|ted|ble)
    |(?:no|without|zero|low|lower|less|little|minimal)\s+risk\s+(?:of|for|to)\b|risk[\s-]free|harmless|non[\s-]?addictive|addict(?:ive|ion)
    |superior(?:ity)?(?=\s*(?:to|over|product|drug|treatment|therapy|outcomes?|results?|in\b|[,.;]|$))|best[\s-]in[\s-]class|clinically\s+(?:proven|superior|better)|proven\s+(?:to|results?|benefit|better|superior\w*)|gold[\s-]standard|breakthrough|miracle|cures?|curing|heals?
    |off[\s-]label|outside\s+(?:the\s+|its\s+|of\s+the\s+)?(?:label|indication|approved\s+\w+)|unapproved|unlicensed|beyond\s+(?:the\s+|its\s+)?(?:label|indication|approved\s+\w+)|unlabel\w+|not\s+(?:yet\s+)?approved\s+for|other\s+than\s+(?:the\s+)?(?:label|approved|indicated)\w*
    |better\s+(?:outcomes?|results?|tolerated|than\s+(?:the\s+)?(?:competit\w+|alternatives?|other\s+(?:brands|drugs|products|therapies)|generics?|placebo|standard))|improves?\s+(?:outcomes?|survival|symptoms|health|patients?'?)|reduc(?:es?|ing)\s+(?:mortality|symptoms|hospitali[sz]ations?|relapses?|pain|seizures|attacks|the\s+risk|risk)
    |guarantee[sd]?|fast(?:er)?[\s-]acting|more\s+potent|prevents?\s+(?:disease|relapse|stroke|heart|migraine|attacks)|first[\s-]line|life[\s-]saving|works\s+wonders|no\s+(?:known\s+)?(?:interactions|contraindications)|treats?\s+\w+\s+better|pediatric\s+use|paediatric\s+use|in\s+children\b)
    """,
    re.I | re.X,
)  # fmt: skip
_ROUTED = re.compile(
    r"(?:question|inquir|enquir|request|ask)\w*.*\bmedical\b|\bmedical\b.*(?:question|inquir|enquir|request)|\b(?:route|refer|forward|send|pass|direct|hand)\w*\b.*\bmedical\b"
    r"|\b(?:never|no|not|avoid|do\s+not|don't|without)\b[^.;]*$",
    re.I,
)
"""An off-label question handed to medical, or a claim that the text itself forbids."""

_STRANGE = re.compile(
    r"(?<![\w-])[Ss]\d+\b|\b(?:[Ss]egment|[Cc]luster|Group)\s+(?:\d+\b(?!\.\d)|[A-Z]\b(?!\w))"
)
_STRANGER = re.compile(
    r"\b(?:than|behind|ahead\s+of|unlike|like|with|against|above|below|in|from|to|beats?|trails?|leads?|versus|vs\.?|does|do|of|for|and|or|the)\s+(?:the\s+)?"
    r"((?:[A-Z][\w-]+\s+){1,2}[A-Z][\w-]+)"
)
_PLAIN_MARK = "■"


def lint(reading: Reading, scene: Scene, where: str, zone: str) -> Iterator[Finding]:
    """Findings that no column decides. `zone` "fact", "advice" or "interpretation"."""
    plain = _blotted(reading)
    yield from _effects(plain, where)
    yield from _strangers(reading, plain, scene, where)
    yield from _trends(plain, where, zone)
    yield from _unread(reading, where, zone)
    yield from _inventions(reading, scene, where, zone)


def _blotted(reading: Reading) -> str:
    text = list(reading.text)
    for item in reading.items:
        if (item.kind in SUBJECTS and item.strong) or item.kind == "segment-name":
            text[item.start : item.end] = _PLAIN_MARK * (item.end - item.start)
    return "".join(text).replace("’", "'")


# --- Effect, trend, cause -------------------------------------------------------------------------


def _effects(plain: str, where: str) -> Iterator[Finding]:
    for match in _EFFECT.finditer(plain):
        said = match.group().strip()
        if _ROUTED.search(plain) and re.match(
            r"(?:off|outside|unapproved|beyond|unlabel|not|safety|side|adverse|efficacy)", said, re.I
        ):
            continue
        if re.search(
            r"\b(?:no|never|avoid|without|not\s+a|do\s+not\s+\w+|don't\s+\w+)\s+(?:any\s+|make\s+)?(?:claims?\s+(?:of|on|about)\s+)?(?:\w+\s+or\s+)?$",
            plain[: match.start()],
            re.I,
        ):
            continue
        message = f"“{said}” speaks of efficacy, safety, superiority or off-label use; name the topic and ask for an approved asset."
        yield Finding(where, "compliance", "block", match.span(), message)


def _trends(plain: str, where: str, zone: str) -> Iterator[Finding]:
    if zone == "advice":
        found = _STATED_TREND.search(plain)
        if found:
            yield _trend(where, found, "block")
        return
    hedged = zone == "interpretation" and _GUESS.search(plain)
    for match in _TREND.finditer(plain):
        yield _trend(where, match, "block")
        break
    for match in _CAUSE.finditer(plain):
        severity = "warn" if zone == "interpretation" else "block"
        if zone == "interpretation" and hedged:
            break
        message = f"“{match.group()}” gives a cause, which a cross-section cannot show; state both facts side by side."
        yield Finding(where, "cause", "warn" if severity == "warn" else "block", match.span(), message)
        break


def _trend(where: str, match: re.Match[str], severity: str) -> Finding:
    message = f"“{match.group().strip()}” speaks of change over time, which a cross-section cannot show; state the level."
    return Finding(where, "trend", "warn" if severity == "warn" else "block", match.span(), message)


_GUESS = re.compile(
    r"\b(?:possible|may|might|perhaps|maybe|could|possibly|suspect\w*|guess|seem\w*|appear\w*|probably|likely|one\s+reading|suggests?|if)\b",
    re.I,
)
_STATED_TREND = re.compile(
    r"\b(?:has|have)\s+(?:\w+ly\s+)?(?:grown|risen|increased|declined|fallen|dropped|climbed|shrunk|slipped|improved|worsened|doubled|halved)\b"
    r"|\b(?:is|are)\s+(?:\w+ly\s+)?(?:growing|rising|increasing|declining|falling|shrinking|slipping|improving|worsening|climbing|dropping)\b",
    re.I,
)


# --- Strangers and unread digits ------------------------------------------------------------------


def _strangers(reading: Reading, plain: str, scene: Scene, where: str) -> Iterator[Finding]:
    there = ", ".join(scene.truth.segments)
    spans = [match.span() for match in _STRANGE.finditer(plain)]
    for match in _STRANGER.finditer(plain):
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
        said = reading.text[start:end]
        message = f"Expected one of {there}, found “{said}”; name a segment that exists."
        yield Finding(where, "segment", "block", (start, end), message, None, there)


def _spoken_of(words: list[str]) -> bool:
    return all(known(word.lower(), planning()) for word in words)


def _unread(reading: Reading, where: str, zone: str) -> Iterator[Finding]:
    if zone == "advice" or not any(map(str.isnumeric, reading.text)):
        return
    read = [False] * (len(reading.text) + 1)
    for item in reading.items:
        if item.kind in SUBJECTS or item.kind in ("number", "segment-name"):
            for at in range(item.start, item.end):
                read[at] = True
    for match in re.finditer(r"[^\s;:()]+", reading.text):
        said = match.group().rstrip(".,")
        if re.fullmatch(r"(?:Q[1-4]|H[12])", said) or re.fullmatch(r"S\d+(?:['’]s?)?", said, re.I):
            continue
        glued = any(c.isalpha() for c in said) and any(c.isdigit() for c in said)
        for at in range(match.start(), match.end()):
            if unicodedata.category(reading.text[at])[0] == "N" and (
                not read[at] or (glued and re.match(r"[A-Za-z]+-?\d", said) and not _inside(reading, at))
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
_HARD = ("age", "gender", "tenure and experience", "income and wealth", "education", "family", "location")


def _inventions(reading: Reading, scene: Scene, where: str, zone: str) -> Iterator[Finding]:
    names, allowed = scene.names, general()
    for at, item in enumerate(reading.items):
        if item.kind == "relation" and item.sense is not None and item.sense.about in ("age", "share"):
            if (
                root(item.sense.about) not in names.parts
                and item.sense.about not in names.roles
                and not _role(scene, item.sense.about)
            ):
                invented = "age" if item.sense.about == "age" else "attitudes"
                yield from _invented(reading, item, invented, where, zone, at)
            continue
        if item.kind not in ("word", "people", "glue") or not item.low[:1].isalpha():
            continue
        word = item.low
        after = reading.items[at + 1] if at + 1 < len(reading.items) else None
        numbered = after is not None and after.kind == "number" and after.glued
        if known(word, names.known) or len(word) < 2 or numbered or word in _CALENDAR:
            continue
        before = reading.items[at - 1] if at else None
        joined = f"{before.low}-{word}" if before is not None and item.glued else ""
        family = attributes().get(joined) or attributes().get(word)
        if family in names.families and family not in ("age", "gender"):
            continue
        if family and not (item.glued and before is not None and before.kind in SUBJECTS):
            yield from _invented(reading, item, family, where, zone, at)
        elif (
            item.kind == "word"
            and not known(word, allowed)
            and not _aside(reading, at)
            and not _like_a_name(word, names)
        ):
            if zone == "fact":
                alone = _noun(reading, at) and not _beside_a_fact(reading, item)
                yield _unknown(reading, item, where, "block" if alone else "warn")
            elif zone == "advice" and not known(word, planning()) and _about_people(reading, at):
                yield _unknown(reading, item, where, "warn")


_CALENDAR = frozenset({"q1", "q2", "q3", "q4", "h1", "h2"})


def _like_a_name(word: str, names: Names) -> bool:
    """Whether the word begins or is begun by a word of the columns: "cell" for cellular, "Aug" for August."""
    if len(word) < 4:
        return False
    return any(
        len(other) >= 3 and (other.startswith(word) or word.startswith(other)) for other in names.known
    )


def _role(scene: Scene, role: str) -> bool:
    return any(entry.role == role for entry in scene.truth.profile.dictionary.values())


def _invented(reading: Reading, item: Item, family: str, where: str, zone: str, at: int) -> Iterator[Finding]:
    hard = family in _HARD
    if zone == "interpretation" and (not hard or _GUESS.search(reading.text)):
        return
    if zone == "advice" and not _about_people(reading, at):
        return
    said = reading.text[item.start : item.end]
    message = f"No column speaks of {family}, so “{said}” is made up; take it out, or move a guess to the interpretation."
    yield Finding(where, "attribute", "block", (item.start, item.end), message)


def _unknown(reading: Reading, item: Item, where: str, severity: str) -> Finding:
    said = reading.text[item.start : item.end]
    message = f"No column, category or vocabulary holds “{said}”; use the words of the columns or add it to the dictionary."
    return Finding(
        where, "attribute", "warn" if severity == "warn" else "block", (item.start, item.end), message
    )


def _beside_a_fact(reading: Reading, item: Item) -> bool:
    """Whether the clause of the word states a fact under a column's own name: then the word colours what is
    checked ("4.6 calls, a far cry from the rest") and invents nothing by itself."""
    for clause in reading.clauses:
        if item in clause.items:
            named = any(i.kind in SUBJECTS and i.strong for i in clause.items)
            return named and any(
                i.kind in ("number", "relation", "share", "near", "times") for i in clause.items
            )
    return False


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
