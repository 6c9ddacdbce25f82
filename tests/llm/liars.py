"""Models that lie and models that obey what they read: right answers with one thing put into them.

The right answer is the offline writer's own draft. A lie is told in the first answer and repeated each time
it is sent back.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.model import Brief, Fact, Profile, Statistic
from llm.drafts import OutlineDraft, PersonaDraft, ProseDraft
from llm.facts import ALL, facts, lookup
from llm.fake import Fake, answer
from llm.model import Request
from llm.template import draft
from tests.llm.profiles import prescribers


def uneven() -> Profile:
    """The four segments of prescribers with medians below their means."""
    subject = prescribers()
    segments = tuple(
        replace(
            segment,
            features={name: replace(stat, median=0.8 * stat.mean) for name, stat in segment.features.items()},
        )
        for segment in subject.segments
    )
    return replace(subject, segments=segments)


PROFILE = uneven()
FACTS = facts(PROFILE)
BRIEF = Brief("pharma", "Zeltra")
RIGHT = {persona.segment: persona for persona in draft(PROFILE, FACTS, BRIEF).personas}


def ref(segment: str, feature: str, statistic: Statistic = "mean", category: str | None = None) -> str:
    return f"{{{{{fact(segment, feature, statistic, category).id}}}}}"


def fact(segment: str, feature: str, statistic: Statistic = "mean", category: str | None = None) -> Fact:
    return lookup(FACTS)[segment, feature, statistic, category, None]


@dataclass(frozen=True)
class Lie:
    """What is put where, in which segment; `claims` replace that place's own."""

    segment: str
    where: str
    text: str
    claims: list[dict[str, Any]] = field(default_factory=list)


_TRX, _SHARE = "class_trx", "brand_share"
_ABOUT = (ref("S2", _TRX), ref(ALL, _TRX))

LIES: Mapping[str, Lie] = {
    "number": Lie("S2", "bullets.0", "Class TRx average 512, where all prescribers stand at 263."),
    "number by reference": Lie("S2", "bullets.0", f"Class TRx average {ref('S2', 'access_score')}."),
    "digits transposed": Lie("S2", "bullets.0", f"Class TRx average 321, against {_ABOUT[1]} for all."),
    "direction": Lie(
        "S2", "limit", f"Brand share is above average, at {ref('S2', _SHARE)} against {ref(ALL, _SHARE)}."
    ),
    "segment swap": Lie("S2", "unique", f"S4 has class TRx of {_ABOUT[0]}, more than anybody here."),
    "segment swap by reference": Lie("S2", "unique", f"S3 has class TRx of {ref('S4', _TRX)}."),
    "feature swap": Lie("S2", "bullets.1", f"Rep calls average {ref('S2', 'digital')}."),
    "superlative": Lie("S2", "bullets.0", f"Class TRx are the highest of any segment, at {_ABOUT[0]}."),
    "only": Lie("S2", "unique", f"The only segment with class TRx above average: {_ABOUT[0]}."),
    "rank": Lie("S2", "priority_why", "Class TRx are the third highest of the segments."),
    "unit slip": Lie("S2", "limit", "Brand share is 0.44% here."),
    "unit slip by reference": Lie("S2", "limit", f"Brand share is {ref('S2', _SHARE)} points here."),
    "ratio": Lie("S2", "bullets.0", f"Class TRx are twice the average, at {_ABOUT[0]}."),
    "majority": Lie("S2", "bullets.1", "Most of them have Neurologist as their specialty."),
    "size": Lie("S2", "tagline", f"The largest segment, with {ref('S2', '', 'size')} prescribers."),
    "mean for median": Lie("S2", "bullets.0", f"The median of class TRx is {_ABOUT[0]}."),
    "invented attribute": Lie("S2", "unique", "They are young, urban and open to new ideas."),
    "invented trend": Lie("S2", "bullets.1", "Class TRx are growing quarter by quarter."),
    "name mismatch": Lie("S2", "name", "Loyal Advocates"),
    "true claim beside false prose": Lie(
        "S2",
        "tagline",
        "High brand share in every practice",
        [
            {
                "id": "c90", "item": "tagline", "kind": "level", "feature": "f2", "category": "none",
                "comparator": "population", "other_segment": "none", "direction": "below",
                "magnitude": "clear", "evidence": [fact("S2", _SHARE).id, fact(ALL, _SHARE).id],
            }
        ],
    ),
    "plan contradiction": Lie("S4", "digital.0", "Make this segment digital-first, because digital is high."),
    "plan step contradiction": Lie("S4", "plan.1.topic", "Digital-first: they lead on digital engagement"),
}  # fmt: skip


class Liar(Fake):
    """Answers with the offline writer's draft, the lie put in; repeats the lie as often as it is asked."""

    def __init__(self, lie: Lie) -> None:
        super().__init__()
        self.lie = lie

    def persona(self, segment: str) -> PersonaDraft:
        right = RIGHT[segment]
        if segment != self.lie.segment:
            return right
        content = right.model_dump()
        field_name, *rest = self.lie.where.split(".")
        if not rest:
            content[field_name] = self.lie.text
        elif len(rest) == 1:
            content[field_name][int(rest[0])] = self.lie.text
        else:
            content[field_name][int(rest[0])][rest[1]] = self.lie.text
        if self.lie.claims:
            others = [claim for claim in content["claims"] if claim["item"] != self.lie.where]
            content["claims"] = [*others, *self.lie.claims]
        return PersonaDraft.model_validate(content)

    def answer(self, request: Request) -> str:
        data = json.loads(request.prompt)
        if data["task"] == "mend":
            said = json.loads(answer(request))
            for entry, back in zip(
                said["items"], (b for b in data["mend"] if b["where"][:6] != "claims"), strict=True
            ):
                entry["text"] = back["text"]
            for claim, back in zip(
                said["claims"], (b for b in data["mend"] if b["where"][:6] == "claims"), strict=True
            ):
                claim.update(json.loads(back["text"]))
            return json.dumps(said)
        fields = {"claims": OutlineDraft, "prose": ProseDraft, "all": PersonaDraft}[data["task"]]
        return json.dumps(
            {
                "personas": [
                    self.persona(segment).model_dump(include=set(fields.model_fields))
                    for segment in data["write_for"]
                ]
            }
        )
