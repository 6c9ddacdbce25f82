"""Direction words, superlatives and "only" in a clause, against z and rank."""

import re
from collections.abc import Iterator, Mapping

from engine.model import Fact, Finding, Profile
from llm.facts import meaning
from llm.lexicon import ABOVE, spoken
from llm.reading import Clause, Mention

_UP = r"above|higher|high|greater|stronger|strong|heavier|heavy|elevated|exceeds?|more(?= than)"
_DOWN = r"below|lower|low|weaker|weak|lighter|light|limited|fewer(?= than)|less(?= than)"
_TOP = r"highest|(?:the|has|have) most(?! like)|greatest|strongest|heaviest|largest|leads? on|come first on"
_BOTTOM = r"lowest|fewest|(?:the|has|have) least|weakest|smallest|lightest|comes? last"
_WORD = re.compile(rf"\b(?:(?P<top>{_TOP})|(?P<bottom>{_BOTTOM})|(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.I)
_NEGATED = re.compile(r"\b(?:not|never|without|lacks?|hardly|isn't|aren't|nor)(?:\s+\w+){0,2}\s*$", re.I)
_EXTREME_AFTER = re.compile(
    r"^(?:\s+[■\w]+)?\s+than\s+(?:in\s+|for\s+)?(?:any|all|every)\s+(?:other|segments)|^\s+(?:every|all)\s+other",
    re.I,
)
_EXTREME_BEFORE = re.compile(r"\bnowhere\b", re.I)
_ONLY = re.compile(
    r"\b(?:only|sole)\s+(?:\w+\s+)?(?:segment|group|one)s?\b|\bonly\s+(?:here|they|(?:in\s+)?this\s+(?:segment|group))\b"
    r"|\b(?:no|none\s+of\s+the)\s+other\s+(?:segment|group|one)s?\b|\bnone\s+of\s+the\s+others\b"
    r"|\b(?:stands?|is|are|here|they|segment)\s+alone\b",
    re.I,
)
"""One segment against all others, in any of the words for it."""
_ALONE = re.compile(r"\s+alone\b", re.I)
_NO_OTHER = re.compile(r"\b(?:no|none\s+of\s+the)\s+other", re.I)
_COMPARATIVE = frozenset(
    {"higher", "greater", "stronger", "heavier", "lower", "weaker", "lighter", "more", "fewer", "less"}
)
_UNMATCHED = re.compile(
    r"\bno\s+other\s+segment\s+(?:reaches|matches|comes|gets|(?:has|shows)\s+(?=(?:■+\s+)?(?:as|so)\b))", re.I
)
_PLACE = re.compile(r"\b(second|third|fourth|fifth|sixth|seventh|eighth|2nd|3rd|[4-8]th)[-\s]+$", re.I)
_PLACES = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_TIED = re.compile(r"\b(?:joint|jointly|tied|shared?|equal|among|one of)\b", re.I)
_SUBJECT = re.compile(r"^\s*(?:has|is|shows|leads|sits|stands|averages|comes|reads)\b", re.I)
_OTHER_SEGMENT = re.compile(
    r"^(?:\s+than)?(?:\s+(?:that|those)\s+of|\s+the\s+[\d.,$%kMB]+\s+(?:of|in))?(?:\s+(?:in|of|for))?\s*$",
    re.I,
)

Means = Mapping[tuple[str, str], Fact]
Scores = Mapping[tuple[str, str], float]


def findings(
    where: str, clause: Clause, segment: str, profile: Profile, means: Means, z: Scores
) -> Iterator[Finding]:
    """One finding for each direction word of the clause that the facts do not bear out."""
    only = _ONLY.search(clause.plain) or _only_one(clause)
    unmatched = _UNMATCHED.search(clause.plain)
    if unmatched:
        column = _nearest(clause, clause.start + unmatched.end(), means)
        low = re.match(r"\s*(?:■+\s+)?(?:as|so)\s+(?:low|few|little)\b", clause.plain[unmatched.end() :])
        if column and not _extreme(segment, column, means, -1 if low else 1):
            word = "the lowest" if low else "the highest"
            yield _wrong(where, clause, unmatched, "superlative", column, segment, profile, means, word)
    for match in _WORD.finditer(clause.plain):
        column = _nearest(clause, clause.start + match.start(), means)
        if column is None or (unmatched and re.search(r"\b(?:as|so)\s*$", clause.plain[: match.start()])):
            continue
        subject = _subject(clause, match, segment)
        sign = 1 if match["up"] or match["top"] else -1
        before, after = clause.plain[: match.start()], clause.plain[match.end() :]
        extreme = bool(match["top"] or match["bottom"] or _EXTREME_AFTER.match(after))
        extreme = extreme or bool(_EXTREME_BEFORE.search(before))
        other = _compared(clause, match)
        place = _PLACE.search(before) if extreme else None
        if place:
            number = _number(place[1])
            if not _placed(subject, column, means, sign, number):
                word = f"{match.group(0)} but {number - 1}"
                yield _wrong(where, clause, match, "rank", column, subject, profile, means, word)
        elif only and not unmatched and _NO_OTHER.match(only.group(0)) and _than_here(match):
            if not _extreme(segment, column, means, sign, tie=True):
                word = "the highest" if sign > 0 else "the lowest"
                yield _wrong(where, clause, match, "only", column, segment, profile, means, word)
        elif extreme:
            if _TIED.search(clause.plain):
                fine = _extreme(subject, column, means, sign, tie=True)
            else:
                fine = _extreme(subject, column, means, sign)
            if not fine:
                word = "the highest" if sign > 0 else "the lowest"
                yield _wrong(where, clause, match, "superlative", column, subject, profile, means, word)
        elif other is not None:
            own, theirs = means.get((subject, column)), means.get((other, column))
            if own and theirs and sign * (own.value - theirs.value) <= 0:
                word = f"{'above' if sign > 0 else 'below'} {other}"
                yield _wrong(where, clause, match, "comparison", column, subject, profile, means, word)
        elif only and not unmatched:
            holder = _holder(clause, only, segment)
            negated = bool(_NEGATED.search(before))
            if not negated and sign * z.get((holder, column), 0.0) < ABOVE:
                word = f"{'above' if sign > 0 else 'below'} average"
                yield _wrong(where, clause, match, "direction", column, holder, profile, means, word)
            elif _holders(profile, column, means, sign, negated) != [holder]:
                word = (
                    f"the only segment {'not ' if negated else ''}{'above' if sign > 0 else 'below'} average"
                )
                yield _wrong(where, clause, match, "only", column, holder, profile, means, word)
        else:
            score = sign * z.get((subject, column), 0.0)
            if _NEGATED.search(before):
                if score >= ABOVE:
                    word = f"not {'above' if sign > 0 else 'below'} average"
                    yield _wrong(where, clause, match, "direction", column, subject, profile, means, word)
            elif score < ABOVE:
                word = f"{'above' if sign > 0 else 'below'} average"
                yield _wrong(
                    where, clause, match, "direction", column, subject, profile, means, word, score > 0
                )


def _only_one(clause: Clause) -> re.Match[str] | None:
    """ "Only S4 ..." or "S4 alone ...", beginning with the segment's name."""
    for mention in clause.of("segment"):
        start, end = mention.start - clause.start, mention.end - clause.start
        alone = _ALONE.match(clause.plain, end)
        if alone or re.search(r"\bonly\s+(?:in\s+)?$", clause.plain[:start], re.I):
            return alone or re.compile(r"").match(clause.plain, end)
    return None


def _nearest(clause: Clause, at: int, means: Means) -> str | None:
    """The numeric column named nearest to the position, where there is exactly one such column."""
    mentions = [m for m in clause.mentions if m.kind == "feature"]
    if not mentions:
        mentions = [m for m in clause.earlier if m.kind == "feature"][-1:]
    if not mentions:
        return None
    comma = clause.plain.rfind(",", 0, at - clause.start) + clause.start
    until = clause.plain.find(",", at - clause.start) + clause.start
    beside = [m for m in mentions if m.start > comma and (until < at or m.end <= until)]
    nearest = min(beside or mentions, key=lambda m: m.start - at if m.start >= at else at - m.end)
    numeric = {column for _, column in means}
    if nearest.refs and all(column in numeric for column, _ in nearest.refs):
        columns = sorted(column for column, _ in nearest.refs)
        return columns[0] if len(columns) == 1 else None
    return None


def _subject(clause: Clause, match: re.Match[str], segment: str) -> str:
    """Whose direction it is: a segment named just before with a verb between, else the persona's."""
    position = clause.start + match.start()
    before = [m for m in clause.of("segment") if m.end <= position]
    if before and _SUBJECT.match(clause.plain[before[-1].end - clause.start : match.start()] + " "):
        between = clause.plain[before[-1].end - clause.start : match.start()]
        if not re.search(r"[,\d]", between):
            return _one(before[-1]) or segment
    return segment


def _holder(clause: Clause, only: re.Match[str], segment: str) -> str:
    """Who is said to be the only one: a segment named right before, else the subject of the clause."""
    beside = [m for m in clause.of("segment") if m.end == clause.start + only.start()]
    return (_one(beside[-1]) if beside else None) or _subject(clause, only, segment)


def _compared(clause: Clause, match: re.Match[str]) -> str | None:
    """The segment a comparison is made with, where one follows: "below S2", "higher than in S2"."""
    position = clause.start + match.end()
    following = [m for m in clause.of("segment") if m.start >= position]
    if following and _OTHER_SEGMENT.match(clause.plain[match.end() : following[0].start - clause.start]):
        return _one(following[0])
    return None


def _one(mention: Mention) -> str | None:
    return next(iter(mention.refs))[0] if len(mention.refs) == 1 else None


def _extreme(segment: str, column: str, means: Means, sign: int, tie: bool = False) -> bool:
    """Whether the segment's mean is the highest (sign 1) or lowest (-1) and, unless a tie is said, alone."""
    own = means.get((segment, column))
    others = [
        fact for (name, feature), fact in means.items() if feature == column and name not in (segment, "ALL")
    ]
    if own is None:
        return False
    if tie:
        return all(sign * (own.value - f.value) >= 0 or f.text == own.text for f in others)
    return all(sign * (own.value - f.value) > 0 and f.text != own.text for f in others)


def beyond(own: Fact, everyone: Fact, sign: int) -> bool:
    """Whether a mean as displayed lies strictly above (sign 1) or below (-1) the population's as displayed."""
    return own.text != everyone.text and sign * (own.value - everyone.value) > 0


def _holders(profile: Profile, column: str, means: Means, sign: int, negated: bool) -> list[str]:
    """The segments on one side of the displayed population mean; the ones that are not, where negated.
    Segments whose mean is suppressed do not count."""
    everyone = means.get(("ALL", column))
    known = [(s.id, means[s.id, column]) for s in profile.segments if (s.id, column) in means]
    return [name for name, own in known if everyone and beyond(own, everyone, sign) != negated]


def _placed(segment: str, column: str, means: Means, sign: int, number: int) -> bool:
    """Whether exactly `number` - 1 segments lie ahead and none reads the same."""
    own = means.get((segment, column))
    others = [f for (name, c), f in means.items() if c == column and name not in (segment, "ALL")]
    if own is None or any(f.text == own.text for f in others):
        return False
    return sum(sign * (f.value - own.value) > 0 for f in others) == number - 1


def _number(word: str) -> int:
    return int(word[0]) if word[0].isdigit() else 2 + _PLACES.index(word.lower())


def _than_here(match: re.Match[str]) -> bool:
    return match.group(0).lower() in _COMPARATIVE


def _wrong(
    where: str, clause: Clause, match: re.Match[str], kind: str, column: str, segment: str,
    profile: Profile, means: Means, word: str, weak: bool = False,
) -> Finding:  # fmt: skip
    own, everyone = means.get((segment, column)), means.get(("ALL", column))
    label = spoken(meaning(profile, column).label)
    figures = f"{own.text if own else 'no figure'} against {everyone.text if everyone else 'no figure'} for all accounts"
    span = (clause.start + match.start(), clause.start + match.end())
    expects = f"“{match.group(0)}” expects {label} of {segment} to be {word}"
    message = f"{expects}, found {figures}; change the word or the column."
    return Finding(
        where,
        kind,
        "warn" if weak else "block",
        span,
        message,
        own.id if own else None,
        own.text if own else None,
    )
