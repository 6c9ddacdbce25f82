"""A persona's name: two or three words of its own that the facts bear out and that demean nobody."""

import re
from collections.abc import Iterator, Mapping, Sequence

from engine.model import Finding, Theme
from llm.checking.binding import options
from llm.checking.frames import Frame, Scene
from llm.checking.items import SUBJECTS, Item
from llm.checking.reading import read
from llm.checking.statements import statements
from llm.checking.thresholds import ABOVE
from llm.checking.tokens import root, tokens, word_set
from llm.checking.truth import Subject
from llm.checking.verify import verify
from llm.checking.vocabulary import attributes, known, name_words
from llm.facts import meaning
from llm.lexicon import spoken
from llm.priority import lead

_RULES: tuple[tuple[str, Theme, bool], ...] = (
    (r"loyal|advocate|devot|faithful|\bfans?\b|champion", "share", True),
    (r"high[- ]volume|heavyweight|power[- ](?:user|writer|prescriber|buyer)", "volume", True),
    (r"low[- ]volume", "volume", False),
    (r"untapped|expander", "volume", True),
    (r"untapped|expander", "share", False),
    (r"digital(?!.*(?:holdout|laggard|averse|shy|skeptic|avoider))", "digital", True),
    (r"digital.*(?:holdout|laggard|averse|shy|skeptic|avoider)", "digital", False),
    (r"giant|powerhouse", "volume", True),
)
"""Pattern in the name, the role it speaks of, and whether that must (or must not) be above average."""
_HINTS: tuple[tuple[str, Theme, bool], ...] = (
    (r"stalwart|ambassador|true believers?", "share", True),
    (r"(?:heavy|big|high)[- ](?:users?|writers?|prescribers?|buyers?|spenders?)", "volume", True),
    (
        r"(?:light|small|rare|occasional|low)[- ](?:users?|writers?|prescribers?|buyers?|spenders?)",
        "volume",
        False,
    ),
    (r"whitespace|headroom", "volume", True),
    (r"whitespace|headroom", "share", False),
    (r"online|\be-|click|screen|portal", "digital", True),
    (r"offline|paper[- ]first", "digital", False),
    (r"gatekept|gated|locked|closed[- ]door|access[- ]blocked", "access", False),
    (r"open[- ](?:door|access)|easy[- ]access", "access", True),
    (r"new[- ]start|starters?\b|initiators?", "new_starts", True),
    (r"adherent|persistent", "adherence", True),
    (r"complex|frail|sick", "burden", True),
    (r"simple|routine", "burden", False),
)
"""The same for words that say nothing where no column has the role."""
_NEGATED = re.compile(
    r"\b(?:few|fewer|low|no|light|limited|rare|rarely|without|little|hardly|less)\b", re.IGNORECASE
)
_UNKIND = frozenset({"killer", "killers", "bitter", "whining", "whiny", "grumbling", "divorcee", "divorcees"})

_DEMEANING = word_set("""
    hopeless lazy loser losers dinosaur dinosaurs junkie junkies pusher pushers addict addicts shopaholic
    shopaholics cheapskate cheapskates dumb stupid ignorant idiot idiots fool fools sucker suckers worst
    deadbeat deadbeats freeloader freeloaders miser misers tightwad tightwads deadwood slacker slackers failure
    failures reject rejects has-beens zombie zombies sheep stingy hoarder hoarders troublemaker troublemakers
    complainer complainers whiner whiners nag nags timewaster timewasters no-hopers bottom-feeder bottom-feeders
    underachiever underachievers useless worthless pathetic crazy nuts weirdos freaks trash garbage scum
    peasants parasites leeches vultures pigs cows rats mules donkeys dopes couch potatoes potato sloth sloths
    clueless backward primitive dull boring grumpy grumps cranky nasty difficult problem lost lame crippled fat
    ugly greedy crooks cheats liars quacks pill mill mills burdensome waste wasters wasted dropouts bums tramps
    scrooge scrooges dimwits slowpokes stragglers misfits outcasts oddballs losing dregs dead weight obstinate
    pushovers simpletons grouches moaners
    """)
_PEOPLE_NAMES = word_set("""
    james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony
    mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan
    jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander
    raymond patrick jack dennis jerry tyler aaron jose henry adam douglas nathan peter zachary kyle walter
    harold mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa betty margaret
    sandra ashley kimberly emily donna michelle dorothy carol amanda melissa deborah stephanie rebecca sharon
    laura cynthia kathleen amy shirley angela helen anna brenda pamela nicole samantha katherine emma ruth
    christine catherine debra rachel carolyn janet virginia maria heather diane julie joyce victoria kelly
    christina joan evelyn lauren judith olivia megan martha sophia smith johnson williams brown jones garcia
    miller davis rodriguez martinez hernandez lopez wilson anderson taylor moore jackson martin lee perez
    thompson harris sanchez clark ramirez lewis robinson walker allen wright torres nguyen hill flores green
    adams nelson baker campbell mitchell carter roberts ahmed ali khan mohammed patel singh kumar chen wang
    zhang liu fatima aisha omar hans klaus pierre jean luca giulia sofia bob bill jim joe tom mike steve dave
    sally kate jane anne max sam ben fred betty barbie ken oscar
    """)
_PLAIN_NAMES = word_set("""
    walker bill baker jack hill mark max green wright will frank grant
    """)
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof", "professor", "sir", "doctor"})


def named(name: str, scene: Scene, others: Mapping[str, str]) -> Iterator[Finding]:
    """The findings on a name. `others` holds the names of other personas by segment."""
    words = tokens(name)
    yield from _form(name, scene, others)
    yield from _labels(name, scene)
    blocked = list(_roles(name, scene))
    yield from blocked
    if blocked or len(name.split()) > 6:
        return
    reading = read(name, scene.names)
    frames = statements(reading, scene)
    for frame in frames:
        if frame.kind != "relation" or frame.loose or _describes(frame, reading.items):
            continue
        finding = verify(frame, scene, "name")
        if (
            finding is not None
            and finding.severity == "block"
            and finding.kind in ("direction", "superlative")
        ):
            yield finding
            return
    if not frames and words:
        yield from _bare_columns(name, scene)


def _describes(frame: Frame, items: Sequence[Item]) -> bool:
    """Whether the adjective is of the accounts rather than of a column: "Small, Digital Accounts"."""
    if frame.hint:
        return not frame.about
    if frame.item.low not in _SIZES:
        return False
    at = items.index(frame.item)
    return at + 1 >= len(items) or items[at + 1].kind not in SUBJECTS or items[at + 1].kind == "category"


_SIZES = frozenset(["small", "large", "big", "little", "long", "short", "few"])
"""Adjectives that in a name may describe the accounts as well as a column."""


def _form(name: str, scene: Scene, others: Mapping[str, str]) -> Iterator[Finding]:
    size = len(name.split())
    if not 2 <= size <= 3:
        yield _block(name, f"Expected a name of two or three words, found {size}; shorten or extend it.")
    taken = {text.lower(): segment for segment, text in others.items()}
    taken |= {s.name.lower(): s.id for s in scene.truth.profile.segments if s.id != scene.segment}
    if name.lower() in taken:
        yield _block(
            name,
            f"Expected a name of its own, found the name of {taken[name.lower()]}; choose another.",
            "taken",
        )


def _labels(name: str, scene: Scene) -> Iterator[Finding]:
    words = tokens(name)
    for at, word in enumerate(words):
        low = word.low
        glued = f"{words[at - 1].low}-{low}" if at and word.glued else ""
        if known(low, scene.names.known) or low in name_words():
            continue
        if {low, glued} & (_DEMEANING | _UNKIND):
            message = f"“{word.text}” demeans the people it names; choose a word for what they do."
            yield _block(name, message, "unkind")
            return
        if low in _TITLES or word.owns or (low in _PEOPLE_NAMES and low not in _PLAIN_NAMES):
            yield _block(name, f"“{word.text}” is a person's name or title; name the group by what it does.")
            return
        family = attributes().get(glued) or attributes().get(low)
        if (
            family
            and family not in scene.names.families
            and root(low) not in _LOYAL
            and low not in ("advocate", "advocates", "enthusiast", "enthusiasts")
        ):
            yield _block(
                name,
                f"“{word.text}” speaks of {family}, which no column holds; choose a word the facts bear out.",
            )
            return


_LOYAL = frozenset({"loyal"})


def _roles(name: str, scene: Scene) -> Iterator[Finding]:
    profile, truth = scene.truth.profile, scene.truth
    for pattern, role, wanted in (*_RULES, *_HINTS):
        # "Tickets-Light" speaks of tickets, and "Quoted-Heavy, Small" of two things.
        hinted = (pattern, role, wanted) in _HINTS
        alone = r"(?<![\w-])(?<!, )" if hinted else ""
        match = re.search(rf"{alone}(?:{pattern})", name, re.IGNORECASE)
        if match is None:
            continue
        columns = [c for c, entry in profile.dictionary.items() if entry.role == role and c in truth.numbers]
        column = lead(profile, role) or next(iter(columns), None)
        if column is None and pattern == r"digital" and root("digital") in scene.names.parts:
            column = sorted(scene.names.parts[root("digital")])[0]
        if hinted and (column is None or (wanted and _NEGATED.search(name))):
            continue
        scores = [truth.z(scene.segment, Subject("number", c)) for c in ([column] if column else [])]
        if wanted and column in columns and len(columns) > 1 and not hinted:
            scores = [
                max(
                    (s for c in columns if (s := truth.z(scene.segment, Subject("number", c))) is not None),
                    default=None,
                )
            ]
        z = next((s for s in scores if s is not None), None)
        if z is not None and (z >= ABOVE) == wanted:
            continue
        side = "above" if wanted else "not above"
        if z is None or column is None:
            found = f"no column on {role}"
        else:
            found = (
                f"{spoken(meaning(profile, column).label)} {'above' if z >= ABOVE else 'not above'} average"
            )
        yield _block(
            name, f"“{match.group(0)}” expects {role} {side} average, found {found}; choose another word."
        )


_LITTLE = frozenset(["gap", "gaps", "low", "light", "limited", "without", "missing", "lapsed", "offline"])


def _bare_columns(name: str, scene: Scene) -> Iterator[Finding]:
    """A column or value in a name without "high" or "low" says that there is much of it."""
    truth = scene.truth
    reading = read(name, scene.names)
    if any(item.kind == "relation" or item.low in _LITTLE for item in reading.items):
        return
    for item in reading.items:
        several = not item.strong and len(item.refs) > 1
        if item.kind not in SUBJECTS or several or len({n.kind for n in item.names}) > 1:
            continue
        scores = []
        for subject in options(item, truth):
            if subject.kind == "category":
                own, usual = truth.value(scene.segment, subject), truth.value("ALL", subject)
                top = [value for value, _ in truth.modes(scene.segment, subject.column)[:1]]
                scores.append(
                    1.0 if own is None or usual is None or own >= usual or subject.value in top else -1.0
                )
            else:
                z = truth.z(scene.segment, subject)
                scores.append(z if z is not None else 0.0)
        if scores and max(scores) <= -ABOVE:
            said = name[item.start : item.end]
            yield _block(name, f"“{said}” expects more of it than average, found less; choose another word.")


def _block(name: str, message: str, kind: str = "name") -> Finding:
    return Finding("name", kind, "block", (0, len(name)), message)
