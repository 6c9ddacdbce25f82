"""Bounded repair: what fails its form or its facts is sent back, twice at most, and then replaced.

Sent back is only the failing item, with its findings and the facts it may use. What still fails becomes the
offline writer's sentence for that place, marked as such; the persona is then checked once more.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.errors import Malformed, ModelProblem, Truncated
from engine.model import Brief, Fact, Finding, Level, Persona, Profile, Source
from llm import gate
from llm.check import check
from llm.clerk import Clerk
from llm.drafts import (
    LANES,
    ClaimDraft,
    Mended,
    PersonaDraft,
    items,
    localised,
    referred,
    rendered,
    with_items,
)
from llm.facts import ALL
from llm.names import Names, clean, without_personal
from llm.prompts import Payload, Wrong, chosen, payload

ROUNDS = 2

Failing = dict[str, dict[str, tuple[Finding, ...]]]
"""By segment and place, what is wrong there."""

_IN_ADVICE = ("rep", "digital", "access", "plan")
_WARNED = ("contradiction", "plan")
_HIDDEN: Mapping[str, str] = {
    "number": "A number in it belongs to another feature, segment or statistic, or to none.",
    "direction": "It says above, below or near where the facts show another side.",
    "comparison": "It compares two segments the wrong way round, or by too much.",
    "name": "The name says something that the facts of this segment do not show.",
    "segment": "It speaks of a segment that does not exist.",
}
_UNTRUE = "It states something that the facts do not show."


@dataclass(frozen=True)
class Ground:
    """What every persona of a draft is held to. `spare` are the offline writer's drafts, by segment."""

    profile: Profile
    facts: tuple[Fact, ...]
    known: Names
    brief: Brief
    levels: Mapping[str, Level]
    weights: Mapping[str, float]
    spare: Mapping[str, PersonaDraft]

    @property
    def citable(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self.facts if not fact.suppressed}


@dataclass(frozen=True)
class Settled:
    """A persona that passed, and the places where the offline writer's text stands ("name" and "plan" among
    them; "claims.2" is a claim that was dropped). `whole`: nothing of it is the model's."""

    persona: Persona
    replaced: tuple[str, ...]
    whole: bool


def mend(
    clerk: Clerk, drafts: Mapping[str, PersonaDraft], ground: Ground
) -> tuple[dict[str, PersonaDraft], int]:
    """The drafts after at most ROUNDS rounds in which only failing items were asked for, and the number of
    rounds. A model that fails here ends the repair; what it wrote before stands or is replaced."""
    current = dict(drafts)
    for turn in range(ROUNDS):
        wrong = sent_back(current, judged(current, ground), ground)
        if not wrong:
            return current, turn
        number = "one statement" if len(wrong) == 1 else f"{len(wrong)} statements"
        clerk.tell(f"{clerk.model.name} is asked to mend {number}, round {turn + 1} of {ROUNDS}.")
        try:
            for answer in _asked(clerk, wrong, current, ground):
                current = _mended(current, answer, wrong)
        except Malformed:
            continue
        except ModelProblem as problem:
            clerk.tell(f"The repair ended early. {problem.expected}")
            return current, turn + 1
    return current, ROUNDS


def judged(drafts: Mapping[str, PersonaDraft], ground: Ground) -> Failing:
    """What fails, by segment and place: the form first, then everything the checker blocks, and advice that
    contradicts a fact."""
    forms: Failing = {}
    for segment, draft in drafts.items():
        taken = [other.name for name, other in drafts.items() if name != segment]
        found = gate.findings(draft, ground.citable, ground.known, ground.brief, taken)
        forms[segment] = _by_place(found)
    shown = {s: _composed(draft, forms[s], ground, keep=True) for s, draft in drafts.items()}
    names = {segment: made.draft.name for segment, made in shown.items()}
    failing: Failing = {}
    for segment, made in shown.items():
        persona = _rendered(made, ground)
        checked = [
            Finding(**{**vars(finding), "where": made.origin(finding.where)})
            for finding in check(persona, ground.profile, ground.facts, names, ground.weights).findings
            if _serious(finding)
        ]
        truth = {w: f for w, f in _by_place(checked).items() if w not in forms[segment]}
        if both := {**forms[segment], **truth}:
            failing[segment] = both
    return failing


def sent_back(drafts: Mapping[str, PersonaDraft], failing: Failing, ground: Ground) -> tuple[Wrong, ...]:
    """The failing items as they go back to the model."""
    return tuple(
        Wrong(
            segment,
            where,
            _raw(drafts[segment], where),
            tuple(dict.fromkeys(_said(finding, ground.known) for finding in found)),
            _allowed(drafts[segment], where, found, ground),
        )
        for segment, places in failing.items()
        for where, found in places.items()
        if _raw(drafts[segment], where)
    )


def settle(
    drafts: Mapping[str, PersonaDraft], ground: Ground, unwritten: Collection[str] = ()
) -> dict[str, Settled]:
    """The personas, in the profile's order, with the offline writer's text wherever something still fails.
    The segments `unwritten`, and every persona that fails even so, are the offline writer's as a whole.
    Raises Malformed where that does not pass either."""
    failing = judged(drafts, ground)
    whole = set(unwritten)
    while True:
        places = {segment: set(failing.get(segment, {})) for segment in drafts if segment not in whole}
        _part_names(drafts, places, whole, ground)
        made = {
            segment.id: _spared(segment.id, ground)
            if segment.id in whole
            else _composed(drafts[segment.id], places[segment.id], ground, keep=False)
            for segment in ground.profile.segments
        }
        personas = {segment: _rendered(item, ground) for segment, item in made.items()}
        names = {segment: persona.name for segment, persona in personas.items()}
        refused = {s for s, persona in personas.items() if _blocked(persona, names, ground)}
        if refused & whole:
            raise Malformed(
                f"The persona of {min(refused & whole)} did not pass the checker, and neither did its replacement.",
                do="Write the personas offline and edit what the checker marks.",
            )
        if not refused:
            return {s: Settled(personas[s], made[s].replaced, s in whole) for s in made}
        whole |= refused


def _blocked(persona: Persona, names: Mapping[str, str], ground: Ground) -> bool:
    return check(persona, ground.profile, ground.facts, names, ground.weights).blocked


# --- What goes back -----------------------------------------------------------------------------


def _by_place(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        found[finding.where] = (*found.get(finding.where, ()), finding)
    return found


def _serious(finding: Finding) -> bool:
    if finding.severity == "block":
        return True
    return finding.where.split(".")[0] in _IN_ADVICE and finding.kind in _WARNED


def _said(finding: Finding, known: Names) -> str:
    """The finding for a model. Where names are hidden the checker's own words, which hold them, stay here."""
    if finding.kind == "form":
        return finding.message
    told = _HIDDEN.get(finding.kind, _UNTRUE) if known.hiding else without_personal(clean(finding.message))
    return f"{told} See {finding.fact}." if finding.fact else told


def _raw(draft: PersonaDraft, where: str) -> str:
    """The item as the model wrote it; a claim as JSON; empty for a place that the draft does not have."""
    if where.startswith("claims."):
        return draft.claims[int(where.split(".")[1])].model_dump_json()
    return next((text for place, text, _ in items(draft) if place == where), "")


def _allowed(draft: PersonaDraft, where: str, found: Sequence[Finding], ground: Ground) -> tuple[str, ...]:
    """The ids of the facts that an item may use: those of the features it speaks of, in its own segment, the
    segments it cites and all accounts; every own fact where no feature is known."""
    text = _raw(draft, where)
    cited = {*referred(text), *(finding.fact for finding in found if finding.fact)}
    cited |= {fact for claim in draft.claims if claim.item == where for fact in claim.evidence}
    facts = [ground.citable[fact] for fact in cited if fact in ground.citable]
    features = {fact.feature for fact in facts if fact.feature}
    segments = {draft.segment, ALL, *(fact.segment for fact in facts)}
    sent = [fact for fact in chosen(ground.facts) if fact.segment in segments]
    return tuple(fact.id for fact in sent if not features or fact.feature in features or not fact.feature)


def _asked(
    clerk: Clerk, wrong: Sequence[Wrong], drafts: Mapping[str, PersonaDraft], ground: Ground
) -> Iterable[Mended]:
    def content(part: Sequence[Wrong]) -> Payload:
        segments = {item.segment for item in part}
        return payload(
            ground.profile,
            ground.facts,
            ground.brief,
            ground.levels,
            hide=clerk.settings.hide_names,
            task="mend",
            wanted=segments,
            taken={segment: draft.name for segment, draft in drafts.items()},
            mend=part,
        )

    try:
        return (clerk.ask(content(wrong), Mended),)
    except Truncated:
        half = (len(wrong) + 1) // 2
        return [clerk.ask(content(part), Mended, True) for part in (wrong[:half], wrong[half:]) if part]


def _mended(
    drafts: Mapping[str, PersonaDraft], answer: Mended, wrong: Sequence[Wrong]
) -> dict[str, PersonaDraft]:
    """The drafts with what was asked for; anything else in the answer is passed over."""
    asked = {(item.segment, item.where) for item in wrong}
    current = dict(drafts)
    for segment, draft in drafts.items():
        texts = {
            i.where: i.text for i in answer.items if (i.segment, i.where) in asked and i.segment == segment
        }
        better = {c.id: c for c in answer.claims if c.segment == segment}
        claims = [
            ClaimDraft(**better[claim.id].model_dump(exclude={"segment"}))
            if (segment, f"claims.{number}") in asked and claim.id in better
            else claim
            for number, claim in enumerate(draft.claims)
        ]
        current[segment] = with_items(draft.model_copy(update={"claims": claims}), texts)
    return current


# --- What is replaced ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Composed:
    """A model's draft with parts of the offline writer's. `claims` are the numbers that the claims had in the
    model's draft; `replaced` the places of the result that are the offline writer's."""

    draft: PersonaDraft
    sources: Mapping[str, Source]
    source: Source
    claims: tuple[int, ...]
    replaced: tuple[str, ...]

    def origin(self, where: str) -> str:
        """The place in the model's draft of a place in this one, for drafts composed with their places kept."""
        field, _, number = where.partition(".")
        if field == "claims" and number.isdigit() and int(number) < len(self.claims):
            return f"claims.{self.claims[int(number)]}"
        return where


def _rendered(made: _Composed, ground: Ground) -> Persona:
    segment = made.draft.segment
    level = ground.levels[segment]
    return rendered(made.draft, ground.citable, ground.known, level, made.sources, made.source)


def _composed(draft: PersonaDraft, failing: Collection[str], ground: Ground, keep: bool) -> _Composed:
    """The draft with the offline writer's text at the failing places. With `keep` every place stays where it
    is, to be judged; without, a list loses the failing entries for which there is no replacement left."""
    local, spare = localised(_without_foreign(draft, failing), ground.known), ground.spare[draft.segment]
    content = local.model_dump()
    moved: dict[str, str] = {}
    borrowed: dict[str, str] = {}
    for field in ("name", "tagline", "unique", "limit", "priority_why", "interpretation"):
        if field in failing:
            content[field] = getattr(spare, field)
            borrowed[field] = field
        else:
            moved[field] = field
    for field in ("bullets", *LANES):
        content[field] = []
        spares = list(enumerate(getattr(spare, field)))
        for number, text in enumerate(getattr(local, field)):
            place = f"{field}.{len(content[field])}"
            if f"{field}.{number}" not in failing:
                moved[f"{field}.{number}"] = place
                content[field].append(text)
            elif spares:
                at, other = spares[0] if keep else spares.pop(0)
                borrowed[place] = f"{field}.{at}"
                content[field].append(other)
    if any(where.startswith("plan.") for where in failing):
        content["plan"] = [step.model_dump() for step in spare.plan]
        borrowed["plan"] = "plan"
    kept = tuple(
        number
        for number, claim in enumerate(draft.claims)
        if f"claims.{number}" not in failing and claim.item not in failing
    )
    claims = [_at(local.claims[number], moved.get(local.claims[number].item)) for number in kept]
    back = {there: here for here, there in borrowed.items()}
    claims += [_at(claim, back[claim.item]) for claim in spare.claims if claim.item in back]
    content["claims"] = [claim.model_dump() for claim in claims]
    sources: dict[str, Source] = dict.fromkeys(borrowed, "offline")
    dropped = [where for where in failing if where.startswith("claims.")]
    return _Composed(
        PersonaDraft.model_validate(content), sources, "gemini", kept, (*borrowed, *sorted(dropped))
    )


def _without_foreign(draft: PersonaDraft, failing: Collection[str]) -> PersonaDraft:
    """The draft without its failing texts, which may be of any length and hold anything."""
    return with_items(draft, dict.fromkeys(failing, ""))


def _at(claim: ClaimDraft, item: str | None) -> ClaimDraft:
    return claim.model_copy(update={"item": item}) if item else claim


def _spared(segment: str, ground: Ground) -> _Composed:
    """The offline writer's draft as a whole; its plan counts as one place."""
    spare = ground.spare[segment]
    places = ("plan" if where.startswith("plan.") else where for where, _, _ in items(spare))
    return _Composed(spare, {}, "offline", (), tuple(dict.fromkeys(places)))


def _part_names(
    drafts: Mapping[str, PersonaDraft],
    places: Mapping[str, set[str]],
    whole: Collection[str],
    ground: Ground,
) -> None:
    """Let no offline name equal another segment's: whoever bears it takes the offline name too. Ends, because
    the offline writer's names all differ."""
    changed = True
    while changed:
        changed = False
        given = {*whole, *(segment for segment, failing in places.items() if "name" in failing)}
        names = {ground.spare[segment].name.casefold() for segment in given}
        for segment, failing in places.items():
            if "name" not in failing and clean(drafts[segment].name).casefold() in names:
                failing.add("name")
                changed = True
