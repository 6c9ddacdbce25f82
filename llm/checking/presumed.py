"""What advice presumes: a strength of the segment that the advice builds on, by the role of a column.

"Defend their high share", "digital-first", "ride the volume": each holds only where the column is not low.
"Solve access first" or "no digital needed" presume the opposite and are told by the words around the column.
"""

import re
from collections.abc import Iterator, Mapping

from llm.checking.frames import Scene
from llm.checking.tokens import lowered
from llm.lexicon import spoken

_WORDS: Mapping[str, str] = {
    "digital": r"digital\w*|online|e-?mails?|portals?|webinars?|virtual|electronic\w*|web|screens?",
    "access": r"access|coverage|open\s+doors?|formulary",
    "rep": r"(?:personal|field|face-to-face|in-person)\s+(?:contacts?|relationships?|visits?|coverage|force)"
    r"|reps?|field|visits?|calls?|sales\s+force",
    "share": r"share|loyal\w*|preference|commitment",
    "volume": r"volumes?|heavy\s+(?:users|writers|buyers|prescribers)|spend(?:ing)?|purchases|prescribing",
    "new_starts": r"new[\s-]starts?|new\s+patients|starters?",
    "adherence": r"adheren\w+|persisten\w+|(?:stay\w*|remain\w*)\s+on\s+therapy",
    "burden": r"burden|complex\s+(?:cases|patients)|comorbidit\w+|severe\s+(?:cases|patients)",
}
"""The words by which advice speaks of a role."""

_STRONG = (
    r"strong|stronger|strongest|high|highest|higher|broad\w*|wide|widest|good|best|great|above-average|intensive|heavy|heaviest|deep"
    r"|excellent|solid|large|largest|top|well\s+above\s+average|rich|frequent|favou?rite|most|existing|easy|easiest|close|big|biggest"
)
_BUILDS = (
    r"build(?:ing)?\s+on|rely\w*\s+on|lean(?:ing)?\s+on|use|using|keep\s+using|exploit|capitali[sz]e\s+on|leverage|take\s+advantage\s+of"
    r"|ride|bank\s+on|count\s+on|trade\s+on|play\s+to|draw\s+on|harness|thank\w*(?:\s+\w+)?\s+for|reward\w*(?:\s+\w+)?\s+for|celebrate|take"
    r"|(?:lead|open|start|begin)(?:ing)?\s+with|defen[cds]\w*(?:\s+of)?|protect\w*|preserv\w+|safeguard\w*|maintain\w*|retain\w*|keeping|hold\w*\s+on\s+to|continue|praise|acknowledge"
)
_ABOUT = (
    r"{w}[\s-]+(?:first|led|heavy|centred|centered|based|driven|only)\b(?!\s+(?:step|visit|contact|meeting|call)s?\b)",
    r"(?:{b})\s+(?:\w+\s+)?(?:the|their|its|this|on)\s+(?:[\w-]+\s+){{0,3}}?(?:{s})\s+(?:[\w-]+\s+){{0,3}}?(?:{w})\b",
    r"(?:{b})\s+(?:their|this)\s+(?:[\w-]+\s+)?(?:{w})\b",
    r"(?:{b}|for)\s+(?:the\s+)?(?:{s})\s+(?:[\w-]+\s+)?(?:{w})\b",
    r"(?:their|the)\s+(?:{s})\s+(?!\w+\s+by\b)(?:[\w-]+\s+){{0,2}}?(?:{w})\b",
    r"(?:{w})\s+(?:\w+\s+){{0,2}}?(?:is|are)\s+(?:[\w-]+\s+){{0,2}}?(?:{s}|no\s+(?:hurdle|barrier|issue|problem|obstacle))\b",
    r"(?:{w})(?:\s+only)?\s*,?\s+(?:(?:is|are)\s+)?(?:their\s+(?:{s})\b|where\s+(?:they|it)\b|since\s+they\b)",
    r"(?:{w})\s+(?:the\s+)?(?:main|lead|leading|first|primary|only)\s+(?:channel|lane|route|contact)",
    r"(?:{s})[\s-]+(?:[\w-]+\s+)?(?:{w})[\s-]+(?:accounts|group|programme|program|segment|customers|prescribers|audience|offers?|series|plan)",
    r"(?:move|shift|put|replace)\s+[\w ]{{0,40}}\b(?:online|(?:into|to|on)\s+(?:{w}))\b",
    r"(?:{w})\s+(?:do|carry)\s+(?:the\s+)?(?:heavy|most|lifting|work)",
    r"(?:fill|run|base)\s+the\s+(?:\w+\s+)?(?:calendar|plan)\s+(?:\w+\s+)?(?:with|off|on|around)\s+(?:the\s+)?(?:{w})\b",
    r"(?:no\s+(?:need\s+for|need\s+of)|skip|drop|omit)\s+(?:\w+\s+)?access",
)
"""Ways to presume: {w} the words of the role, {s} words of strength, {b} verbs of building on."""

_ALONE: Mapping[str, str] = {
    "share": r"retention\s+(?:plan|first|programme)"
    r"|keep\s+what\s+(?:is|has\s+been)\s+won|cross-?sell|advocates?\b|champions?\b"
    r"|brand\s+fans",
    "volume": r"(?:top|high|highest|largest)[\s-]volume|volume\s+(?:bonus|tier)"
    r"|premium\s+(?:offers?|tier|service)|largest\s+budget",
}
_SOFT = re.compile(
    r"\b(?:only(?!\s*(?:[,;.!]|$))|not|never|don't|no\s+reliance|until|raise|lift|improve|build\s+up|work\s+on|winning|solve|fix|ask|test|try|if|when|once|low|limited|little"
    r"|supporting|second|help|reminders?|gap|close|grow|increase|win\b(?!\s+them))\b",
    re.I,
)
"""Words that ask for what is missing, or set a condition, and so presume nothing."""


def _patterns() -> Iterator[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    """The roles; the words without which a text presumes nothing of them; the ways to presume."""
    for role, words in _WORDS.items():
        found = "|".join(p.format(w=f"(?:{words})", s=_STRONG, b=_BUILDS) for p in _ABOUT)
        alone = f"|{_ALONE[role]}" if role in _ALONE else ""
        yield role, re.compile(rf"\b(?:{words}{alone})"), re.compile(rf"\b(?:{found}{alone})")


_PRESUMED = tuple(_patterns())


def presumed(text: str, scene: Scene) -> Iterator[tuple[tuple[int, int], str]]:
    """Spans of advice that presume what is not there, with the reason. Every number column of the role has to
    lie below average; for the most of all segments, one above the average of others may still be too little."""
    text = lowered(text)
    for role, words, pattern in _PRESUMED:
        if role not in scene.lacking or not words.search(text):
            continue
        for match in pattern.finditer(text):
            clause = (
                re.split(r"[.;!?]", text[: match.start()])[-1] + re.split(r"[.;!?]", text[match.start() :])[0]
            )
            if _SOFT.search(clause.replace("above-average", "").replace("no hurdle", "")):
                continue
            lowest = spoken(scene.truth.label(scene.lacking[role]))
            yield match.span(), f"{lowest} is low in {scene.segment}, and this builds on it"
            return
