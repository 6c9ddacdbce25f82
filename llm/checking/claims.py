"""Claims: each against the facts, and each text against the claims it rests on."""

from collections.abc import Iterator, Mapping, Sequence

from engine.model import Claim, Fact, Finding, Persona, Statement
from llm.checking.frames import Frame, Scene
from llm.checking.items import SUBJECTS
from llm.checking.reading import Reading
from llm.checking.thresholds import ABOVE, NEAR, OVER_INDEX, SLIGHTLY, VERY
from llm.checking.truth import SIZE, Subject, Truth
from llm.facts import ALL

Told = Mapping[str, tuple[Statement, list[Frame], Reading]]
_SIDES = {"above": 1, "higher": 1, "high": 1, "over": 1, "highest": 1, "up": 1, "below": -1, "lower": -1, "low": -1,
          "under": -1, "lowest": -1, "down": -1}  # fmt: skip


def findings(persona: Persona, told: Told, scene: Scene, facts: Sequence[Fact]) -> Iterator[Finding]:
    """The findings on a persona's claims ("claims.0", ...) and on texts that say otherwise than their claims."""
    by_id = {fact.id: fact for fact in facts if not fact.suppressed}
    resting = [
        (claim, [place for place, (statement, _, _) in told.items() if _rests(claim, place, statement)])
        for claim in persona.claims
    ]
    for number, (claim, places) in enumerate(resting):
        where = f"claims.{number}"
        wrong = _wrong(claim, scene.truth, by_id)
        if wrong:
            kind, message = wrong
            yield Finding(where, kind, "block", (0, 0), message)
            continue
        for place in places:
            statement, frames, _ = told[place]
            finding = _turned(claim, place, frames, scene)
            if finding is not None and statement.asserted:
                yield Finding(**{**vars(finding), "severity": "warn"})
            elif finding is not None:
                yield finding
    yield from _unsaid(resting, told, scene)


# --- A claim against the facts --------------------------------------------------------------------


def _subject(claim: Claim) -> Subject:
    if claim.category:
        return Subject("category", claim.feature, claim.category)
    return Subject("number", claim.feature) if claim.feature else Subject("size", SIZE)


def _wrong(claim: Claim, truth: Truth, by_id: Mapping[str, Fact]) -> tuple[str, str] | None:
    """The kind of finding and its message, where the claim does not hold."""
    segment = claim.segment
    missing = [fact for fact in claim.evidence if fact not in by_id]
    if missing:
        return (
            "evidence",
            f"Expected evidence among the facts, found {missing[0]}; remove the claim or draft again.",
        )
    if segment not in truth.segments:
        return (
            "segment",
            f"Expected one of {', '.join(truth.segments)}, found {segment or 'no segment'}; name one.",
        )
    subject = _subject(claim)
    if claim.evidence and not any(_bears(by_id[fact], claim) for fact in claim.evidence):
        return (
            "evidence",
            f"Expected facts on {truth.label(subject)} of {segment}, found others; give the facts it rests on.",
        )
    own = truth.value(segment, subject)
    if own is None and claim.feature:
        return "evidence", f"There is no figure on {truth.label(subject)} for {segment}; drop the claim."
    sign = _SIDES.get(claim.direction.lower(), 0)
    near = claim.direction.lower() in ("near", "close", "average", "equal")
    if claim.kind == "rank":
        return _rank(truth, segment, subject, sign) if sign else None
    other = claim.other_segment or ALL
    if claim.kind == "size" or own is None:
        if (
            sign
            and other in truth.segments
            and sign * (truth.gap(segment, other, Subject("size", SIZE)) or 0.0) <= 0
        ):
            return (
                "size",
                f"Expected {segment} to be {claim.direction} {other} in size, found otherwise; turn the claim.",
            )
        return None
    return _side(truth, claim, segment, other, subject, sign, near)


def _bears(fact: Fact, claim: Claim) -> bool:
    if fact.segment != claim.segment:
        return False
    return not claim.feature or (fact.feature == claim.feature and (fact.category or "") == claim.category)


def _rank(truth: Truth, segment: str, subject: Subject, sign: int) -> tuple[str, str] | None:
    if segment in truth.extreme(subject, sign):
        return None
    place = truth.place(segment, subject, sign)
    word = "highest" if sign > 0 else "lowest"
    return (
        "rank",
        f"Expected {segment} to be the {word} on {truth.label(subject)}, found {place[0] if place else 'none'}; turn it.",
    )


def _side(
    truth: Truth, claim: Claim, segment: str, other: str, subject: Subject, sign: int, near: bool
) -> tuple[str, str] | None:  # fmt: skip
    if other not in (*truth.segments, ALL):
        return "segment", f"Expected a segment or all accounts to compare with, found {other}; name one."
    gap, z = truth.gap(segment, other, subject), truth.z(segment, subject)
    figures = f"{truth.shown(segment, subject)} against {truth.shown(other, subject)}"
    if gap is None:
        return None
    if near:
        far = not truth.same(segment, other, subject) if other != ALL else z is not None and abs(z) > NEAR
        return (
            (
                "direction",
                f"Expected {truth.label(subject)} close to {other}, found {figures}; turn the claim.",
            )
            if far
            else None
        )
    if not sign:
        return None
    weak = other == ALL and claim.kind == "level" and z is not None and sign * z < ABOVE
    if sign * gap <= 0 or weak:
        side = "above" if sign > 0 else "below"
        return (
            "direction",
            f"Expected {truth.label(subject)} of {segment} {side} {other}, found {figures}; turn the claim.",
        )
    if claim.kind == "share" and claim.category and other == ALL and claim.magnitude == "strong":
        usual = truth.value(ALL, subject) or 0.0
        lift = (truth.value(segment, subject) or 0.0) / usual if usual else OVER_INDEX
        if sign > 0 and lift < OVER_INDEX:
            return (
                "intensity",
                f"Expected {claim.category} well over-represented, found {figures}; soften the claim.",
            )
    if other == ALL and z is not None and subject.kind == "number":
        if claim.magnitude == "strong" and abs(z) < VERY:
            return (
                "intensity",
                f"Expected {truth.label(subject)} {VERY} sd from average, found {abs(z):.1f}; soften the claim.",
            )
        if claim.magnitude == "slight" and abs(z) > SLIGHTLY:
            return (
                "intensity",
                f"Expected {truth.label(subject)} within {SLIGHTLY} sd of average, found {abs(z):.1f}; sharpen it.",
            )
    return None


# --- A text against its claims --------------------------------------------------------------------


def _rests(claim: Claim, place: str, statement: Statement) -> bool:
    """Whether the text rests on the claim: all its evidence is the text's, and its id names no other place."""
    if not claim.evidence or not set(claim.evidence) <= set(statement.evidence):
        return False
    parts = claim.id.split(" ")
    return len(parts) != 3 or parts[1] == place


def _unsaid(resting: Sequence[tuple[Claim, Sequence[str]]], told: Told, scene: Scene) -> Iterator[Finding]:
    """A finding on a text that speaks of nothing its claims are about."""
    for place, (statement, _, reading) in told.items():
        subjects = [_subject(claim) for claim, places in resting if place in places]
        if not subjects or not statement.text.strip() or any(subject.kind == "size" for subject in subjects):
            continue
        named = {column for item in reading.items if item.kind in SUBJECTS for column, _ in item.refs}
        if not named & {subject.column for subject in subjects}:
            label = scene.truth.label(subjects[0])
            message = (
                f"The text rests on a claim about {label} and does not speak of it; say it or drop the claim."
            )
            span = (0, len(statement.text))
            yield Finding(place, "claim", "warn" if statement.asserted else "block", span, message)


def _turned(claim: Claim, place: str, frames: Sequence[Frame], scene: Scene) -> Finding | None:
    """A finding where the text turns the claim round."""
    subject = _subject(claim)
    sign = _SIDES.get(claim.direction.lower(), 0)
    label = scene.truth.label(subject)
    for frame in frames:
        about = [s for choice in frame.about for s in choice]
        if (
            frame.kind != "relation"
            or frame.loose
            or claim.segment not in frame.who
            or about != [subject]
            or not sign
        ):
            continue
        turned = (
            frame.sign
            * (-1 if frame.negated else 1)
            * (scene.truth.polarity(subject) or 1 if frame.polar else 1)
            == -sign
        )
        same_other = (claim.other_segment or ALL) in frame.against.segments and frame.grade != "superlative"
        if (
            turned
            and same_other
            and not frame.nobody
            and not frame.only
            and claim.kind in ("level", "comparison", "share")
        ):
            message = f"The claim says {label} is {claim.direction}, the text says “{frame.item.low}”; make them agree."
            return Finding(place, "claim", "block", frame.span, message, next(iter(claim.evidence), None))
    return None
