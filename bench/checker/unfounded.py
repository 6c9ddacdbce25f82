"""Sentences that no row can support, true claims beside false prose, names, and advice."""

import re
from dataclasses import replace

from bench.checker.frames import advice as counsel
from bench.checker.frames import foreign, numbers, words
from bench.checker.numeric import number, retry
from bench.checker.oracle import Said
from bench.checker.scene import Scene, Sentence
from bench.checker.vocabulary import TRADES
from bench.checker.worded import direction, segment, superlative

MOST = re.compile(r"\b(most|best|widest|easiest|highest|largest|top-volume|favourite|strongest|first)\b")
STOP = frozenset(
    {"share", "rate", "score", "value", "average", "days", "since", "last", "per", "of", "on", "new"}
)


@retry
def invented(scene: Scene, want: bool) -> Sentence | None:
    """False only: an attribute of people, or a column that this table does not have."""
    if want:
        return None
    if scene.chance(0.6):
        frame, needed = scene.pick(foreign.PEOPLE)
        said = Said("foreign", scene.segment, words=needed)
        return scene.sentence("invented attribute", frame, scene.fill(frame), (said,), want)
    other_trades = [trade for trade in TRADES if trade is not scene.case.trade]
    label = (
        scene.pick(foreign.THINGS)
        if scene.chance(0.6)
        else scene.pick(scene.pick(other_trades).measures).label
    )
    plural = label.endswith("s") and not label.endswith("ss")
    style = scene.pick(("direction", "extreme", "number"))
    if style == "number":
        frame = scene.pick(numbers.MEAN[:9])
    else:
        frame = scene.pick(words.DIRECTION if style == "direction" else words.EXTREME)[scene.pick((0, 1))]
    frame = re.sub(r"\[([^\[|]*)\|([^\]|]*)\]", r"\2" if plural else r"\1", frame)
    said = Said(
        "foreign",
        scene.segment,
        words=tuple(w for w in re.findall(r"[a-z]+", label.lower()) if w not in STOP),
    )
    text = scene.fill(frame, label=label, v=f"{scene.between(2, 60):.0f}", pop=f"{scene.between(2, 60):.0f}")
    return scene.sentence("invented attribute", frame, text, (said,), want)


@retry
def trend(scene: Scene, want: bool) -> Sentence | None:
    """False only: growth, decline or a cause, which one cross-section cannot show."""
    feature = scene.feature()
    if want or feature is None:
        return None
    said = (Said("never", scene.segment, feature),)
    if scene.chance(0.65):
        frame = scene.pick(foreign.TRENDS)
        return scene.sentence("invented trend", frame, scene.fill(frame, feature), said, want)
    plural = scene.measure(feature).plural
    causes = [f for f in scene.features if f != feature and scene.measure(f).plural == plural]
    if not causes:
        return None
    frame = scene.pick(foreign.CAUSES)
    text = scene.fill(frame, feature, m=scene.label(scene.pick(causes)))
    return scene.sentence("invented trend", frame, text, said, want)


@retry
def forbidden(scene: Scene, want: bool) -> Sentence | None:
    """False only: efficacy, safety, superiority or off-label."""
    if want:
        return None
    frame = scene.pick(foreign.FORBIDDEN)
    said = (Said("never", scene.segment),)
    return scene.sentence("compliance", frame, frame, said, want, zone="advice")


def beside(scene: Scene, want: bool) -> Sentence | None:
    """A sentence about a feature with the true claims of that feature filed beside it."""
    found = scene.pick((direction, superlative, number, segment))(scene, want)
    if found is None or not found.said:
        return None
    feature = found.said[0].feature
    if feature not in scene.case.measures:
        return None
    z = scene.table.get("z", scene.segment, feature)
    way = "above" if z >= 0.2 else "below" if z <= -0.2 else "near"
    return replace(
        found,
        kind="with claims" if want else "true claim beside false prose",
        claims=scene.level(feature, way),
        evidence=found.evidence or scene.fact(feature, "mean"),
    )


# --- Names and advice ---------------------------------------------------------------------------


def name(scene: Scene, want: bool) -> Sentence | None:
    """A persona's name: one that asserts a role, or (false only, one in six) one that is out of place."""
    if want or scene.chance(0.85):
        return role_name(scene, want)
    frame = scene.pick(counsel.BAD_NAMES)
    return scene.sentence("name mismatch", frame, frame, (Said("never", scene.segment),), want, zone="name")


@retry
def role_name(scene: Scene, want: bool) -> Sentence | None:
    """A name with the role that it asserts."""
    rule = scene.pick(tuple(counsel.NAMES))
    frame = scene.pick(counsel.NAMES[rule])
    said = Said("name", scene.segment, relation=rule)
    return scene.sentence("name mismatch", frame, frame, (said,), want, zone="name")


def plain_name(scene: Scene) -> Sentence:
    """A name that asserts nothing."""
    frame = scene.pick(counsel.PLAIN_NAMES)
    return scene.sentence("name", frame, frame, (), True, zone="name")


@retry
def lane(scene: Scene, want: bool) -> Sentence | None:
    """Advice that builds on a strength (true or false of the segment), or works on it as a weakness."""
    role = scene.pick(tuple(counsel.LANES))
    frame = scene.pick(counsel.LANES[role])[0]
    said = Said("lane", scene.segment, relation=role, statistic="most" if MOST.search(frame) else "")
    return scene.sentence("plan contradiction", frame, frame, (said,), want, zone="advice")


@retry
def step(scene: Scene, want: bool) -> Sentence | None:
    """The same as the topic of a step of the plan."""
    role = scene.pick(tuple(counsel.LANE_STEPS))
    frame = scene.pick(counsel.LANE_STEPS[role])
    said = Said("lane", scene.segment, relation=role, statistic="most" if MOST.search(frame) else "")
    return scene.sentence("plan contradiction", frame, frame, (said,), want, zone="advice")


def counsel_of(scene: Scene, kind: str) -> Sentence:
    """Advice that asserts nothing, a cadence, or an interpretation."""
    if kind == "interpretation":
        frame = scene.pick(counsel.INTERPRETATION)
        return scene.sentence(kind, frame, frame, (), True, zone="interpretation")
    role = scene.pick(tuple(counsel.LANES))
    if kind == "advice" and scene.chance(0.3) and all(z < 0 for z in scene.role(role)):
        frame = scene.pick(counsel.LANES[role])[1]
    else:
        frame = scene.pick(counsel.CADENCE if kind == "cadence numbers" else counsel.PLAIN_ADVICE)
        text = frame.format(x=scene.whole(2, 9), y=scene.whole(10, 30), z=10 * scene.whole(4, 9))
        return scene.sentence(kind, frame, text, (), True, zone="advice")
    return scene.sentence(kind, frame, frame, (), True, zone="advice")
