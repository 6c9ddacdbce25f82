"""Advice and plan steps: what in them states a fact, and what goes against the facts.

"Two calls a month" and "within 14 days" prescribe. "The 9,999 accounts with 99% brand share, the highest of
all" states facts in the middle of an instruction, and is held to them. "Digital-first" where digital
engagement is low is neither: it is advice against the facts, and a warning.
"""

import re
from collections.abc import Iterator, Sequence

from engine.model import Finding
from llm.checking.binding import options
from llm.checking.frames import Frame, Scene
from llm.checking.items import SUBJECTS, Item
from llm.checking.presumed import presumed
from llm.checking.reading import Reading
from llm.checking.thresholds import ABOVE, OVER_INDEX
from llm.checking.tokens import word_set
from llm.checking.truth import Subject
from llm.facts import ALL
from llm.lexicon import spoken

_AIMS = word_set("""
    raise lift grow increase move bring win push reduce cut halve double limit cap capped keep hold aim target
    reach until if when once where stop to drop add begin start try test pilot control sample random
    below-target minimum maximum improve build-up restore close narrow offer send plan schedule allow spend
    within after before up down least
    """)
"""A figure behind one of these is an aim, a threshold or a condition."""
_TIME = frozenset({"days", "months", "weeks", "years", "hours", "minutes", "quarters"})
_PACE = word_set("""
    a an per each every in within after before over week weeks month months quarter quarters year years day days
    visit visits minutes hours weekly monthly daily
    """)
_OWNING = word_set("""
    on having its are has the averages have at with average is their averaging
    """)


def states(frame: Frame, scene: Scene) -> bool:
    """Whether a statement in advice states a fact. Rhythms, aims, thresholds and picks are prescriptions."""
    items = frame.clause.items
    at = items.index(frame.item)
    before, after = items[:at], items[at + 1 :]
    if frame.kind == "segments":
        return False
    aimed = _aimed(before) or _aims(frame)
    if frame.number is not None:
        return _figure_states(frame, before, after, aimed, scene)
    if frame.kind in ("place", "share", "times"):
        said = frame.against.said or any(item.kind == "be" and item.low in ("is", "are") for item in before)
        named = any(item.kind in SUBJECTS or item.kind in ("people",) or item.low == "of" for item in items)
        if frame.kind == "share":
            return named and any(i.low in ("is", "are") for i in after[:3]) and not aimed
        return said and named and not aimed
    if frame.kind == "relation":
        if frame.loose or not frame.about:
            return False
        if any(
            item.low in ("those", "ones", "accounts", "by", "whose") for item in before[-4:]
        ) and not _of_all(frame):
            return False
        if frame.grade == "comparative":
            said = any(item.low in ("is", "are", "has", "have", "stands", "sits") for item in before)
            return said and not aimed
        if frame.grade == "superlative":
            return (
                frame.item.low
                not in ("lead", "leading", "top", "leads", "most", "best", "least", "maximum", "minimum")
                or frame.against.every
                or _of_all(frame)
            )
        return not aimed and frame.item.low not in (
            "short",
            "long",
            "little",
            "small",
            "open",
            "good",
            "often",
            "much",
            "strong",
            "few",
            "light",
            "rich",
        )
    if frame.kind == "near":
        return not aimed and any(item.low in ("is", "are") for item in before)
    return not aimed


def _aimed(before: Sequence[Item]) -> bool:
    return any(
        word in _AIMS
        for number, item in enumerate(before)
        if item.kind != "be" or not number
        for word in item.low.split()
    )  # fmt: skip


def _aims(frame: Frame) -> bool:
    before = frame.clause.before
    while (
        before is not None and before.sentence == frame.clause.sentence and frame.clause.link in ("and", ",")
    ):
        if any(item.low in _AIMS for item in before.items[:2]):
            return True
        before = before.before
    return False


def _of_all(frame: Frame) -> bool:
    return any(item.kind == "any" for item in frame.clause.items)


def _figure_states(frame: Frame, before: list[Item], after: list[Item], aimed: bool, scene: Scene) -> bool:
    number = frame.number
    if number is None or number.unit in _TIME or number.unit == "rank" or aimed:
        return False
    following = [item.low for item in after[:4]]
    counted = next((item for item in after[:3] if item.kind not in ("of", "word")), None)
    people = counted is not None and counted.kind == "people"
    if number.unit not in ("%", "points", "times") and any(
        low in _PACE for low in following[:3]
    ) and not people:  # fmt: skip
        return False
    if people:
        if any(
            item.low
            in ("top", "first", "next", "best", "largest", "last", "random", "to", "about", "least", "most")
            for item in before
        ):
            return False
        led = before and before[-1].low in ("the", "these", "those", "all", "its", "our", "their")
        return number.unit == "%" or bool(led)
    bound = [i for i in (*before[-6:], *after[:4]) if i.kind in SUBJECTS]
    if not bound or not any(i.strong for i in bound):
        return False
    if number.unit == "" and not frame.clause.has("be", "mean", "median"):
        right = next((i for i in after[:3] if i.kind in SUBJECTS), None)
        contact = right is not None and all(
            scene.truth.profile.dictionary[s.column].role in ("rep", "digital")
            for s in options(right, scene.truth) if s.column in scene.truth.profile.dictionary
        )  # fmt: skip
        if contact:
            return bool(before) and before[-1].low in _OWNING
        if right is None and not (
            before
            and (
                before[-1].kind in SUBJECTS
                or before[-1].low in _OWNING
                or before[-1].kind in ("on", "mark", "hedge")
            )
        ):
            return False
    return not (number.words and not number.unit)


def is_hard(frame: Frame) -> bool:
    """Whether a statement in the interpretation is a hard one: a figure, a place, or a comparison said in full."""
    if frame.number is not None:
        return not (frame.number.words and not frame.number.unit) and frame.number.unit not in _TIME
    hedged = any(i.low in _GUESSES for i in frame.clause.items) or any(
        i.low in _GUESSES for i in (frame.clause.before.items if frame.clause.before is not None else ())
    )
    if frame.loose or hedged or not frame.about:
        return False
    return frame.kind in ("relation", "place", "share") and frame.grade in ("superlative", "plain", "comparative") and (
        frame.grade == "superlative" or frame.against.said
    )  # fmt: skip


_GUESSES = word_set("""
    may might perhaps maybe could possibly suspect guess seem seems appear appears probably likely if can would
    """)


# --- Advice against the facts ---------------------------------------------------------------------

_LEADS = re.compile(
    r"\b(?:lead|build|push|prioriti[sz]e|emphasi[sz]e|double\s+down|rely|concentrate|invest|bank|exploit"
    r"|leverage|reserve|cent(?:re|er)|plan\s+for|treat|head\s+of|anchor|base|stake|spend|first\s+in)\b(?:\s+[\w'-]+){0,5}[\s\w-]*$",
    re.I,
)
"""What stands before a column that advice leads with."""
_COMES_FIRST = re.compile(
    r"^(?:[-\s]\w+)?(?:-|\s+)?(?:first\b|(?:\w+\s+){0,3}(?:should\s+)?(?:carry|come\s+first|before\s+anything|is\s+the\s+way\s+in|are\s+the\s+way\s+in"
    r"|at\s+the\s+(?:head|top|heart|cent(?:re|er))|ahead\s+of))",
    re.I,
)
_DROPS = re.compile(
    r"\b(?:drop|skip|ignore|avoid|forget|remove|pause|omit|cancel|abandon|de-?prioriti[sz]e|no\s+need|without|end|cut|leave|nothing\s+on|hold\s+back"
    r"|switch\s+off|withdraw|rule\s+out|do\s+not|don't|set\s+aside|scale\s+back|stay\s+away|no(?=\s+[\w'-]+(?:\s+[\w'-]+){0,2}\s*$))\b(?:\s+[\w'-]+){0,4}\s*$",
    re.I,
)
"""What stands before a column that advice leaves out."""
_LEFT_OUT = re.compile(
    r"^(?:\s+[\w'-]+){0,3}\s+(?:out\b|aside|altogether|is\s+not\s+needed|are\s+not\s+needed|not\s+needed|needed\s+here|for\s+last|to\s+others)",
    re.I,
)
_DEFENDS = re.compile(
    r"\b(?:defen[cds]\w*|protect\w*|retain|retention|hold\s+(?:what|on|the|their)|maintain|safeguard|preserve)\b",
    re.I,
)
_RAISES = re.compile(
    r"\b(?:raise|lift|grow|increase|improve|win|close|gap|build\s+up|solve|fix|repair|work\s+on|missing|question|ask|test|compare|measure|if|when|where|declin\w+|until)\b",
    re.I,
)
"""Advice to raise what is low, to ask about it or to wait for it is no contradiction."""


def contradictions(reading: Reading, scene: Scene, where: str) -> Iterator[Finding]:
    """A warning on advice that leads with what is low here, leaves out what is high, or defends what is not there."""
    for item in reading.items:
        if item.kind not in SUBJECTS or _described(reading, item) or len(reading.text.split()) < 4:
            continue
        if not item.strong and item.low.split()[0] not in _TELLING:
            continue
        found = [s for s in options(item, scene.truth) if _role(s, scene) != "rep"]
        scores = [score for subject in found if (score := _score(subject, scene)) is not None]
        if not scores or not (max(scores) <= -ABOVE or min(scores) >= ABOVE):
            continue
        reason = _reason(reading.text, item, found[0], scores[0], scene)
        if reason:
            message = f"This advice goes against the facts: {reason}. Change it or say why."
            yield Finding(where, "contradiction", "warn", (item.start, item.end), message)
            return
    for span, reason in presumed(reading.text, scene):
        message = f"This advice goes against the facts: {reason}. Change it or say why."
        yield Finding(where, "contradiction", "warn", span, message)
        return


_TELLING = word_set("""
    digital digitally online access volume share loyalty discount discounts adherence burden
    """)
"""Words that alone tell which column advice is about."""


def _role(subject: Subject, scene: Scene) -> str:
    entry = scene.truth.profile.dictionary.get(subject.column)
    return entry.role if entry is not None else "other"


def _reason(text: str, item: Item, subject: Subject, score: float, scene: Scene) -> str | None:
    truth, high = scene.truth, score >= ABOVE
    role = _role(subject, scene)
    label = subject.value if subject.kind == "category" else spoken(truth.label(subject))
    start = max(text.rfind(mark, 0, item.start) for mark in ".;:!?") + 1
    ends = [end for mark in ".;!?" if (end := text.find(mark, item.end)) >= 0]
    if len({name.kind for name in item.names}) > 1 or re.search(r"\bby\s*$", text[start : item.start], re.I):
        return None
    before, after = text[start : item.start], text[item.end : min(ends, default=len(text))]
    drops = _DROPS.search(before) or _LEFT_OUT.search(after)
    leads = _LEADS.search(before) or _COMES_FIRST.search(after)
    if role == "share" and not high and _DEFENDS.search(before + after):
        return f"{label} is low in {scene.segment}, so there is little to defend"
    if drops and re.match(r"no\b", drops.group(), re.I) and not re.search(r"need|requir|here", after):
        return None
    if drops:
        needed = not high if role == "access" else high
        side = "high" if high else "low"
        return f"{label} is {side} in {scene.segment}, and this leaves it out" if needed else None
    if not leads or _RAISES.search(before + after):
        return None
    if role == "access":
        return f"{label} is high in {scene.segment} already" if high and _COMES_FIRST.search(after) else None
    return None if high else f"{label} is low in {scene.segment}, and this leads with it"


def _described(reading: Reading, item: Item) -> bool:
    """Whether an adjective says how much of it there is: then the statement itself is checked."""
    at = reading.items.index(item)
    return any(
        i.kind == "relation" and i.sense is not None and i.sense.grade == "plain" and i.low != "top"
        for i in reading.items[max(0, at - 2) : at + 3]
    )  # fmt: skip


def _score(subject: Subject, scene: Scene) -> float | None:
    truth = scene.truth
    if subject.kind != "category":
        return truth.z(scene.segment, subject)
    own, usual = truth.value(scene.segment, subject), truth.value(ALL, subject)
    if own is None or not usual:
        return None
    lift = own / usual
    return 1.0 if lift >= OVER_INDEX else -1.0 if lift <= 1 / OVER_INDEX else 0.0
