"""Two statements in one sentence: both true, or one of them corrupted."""

from dataclasses import replace

from bench.checker.numeric import number
from bench.checker.numeric import size as size_of
from bench.checker.scene import Scene, Sentence
from bench.checker.worded import direction, majority, rank, superlative

LINKS = ("; ", ", and ", ", while ", " – ", ", but ", ". ")
OPENERS = (
    "They",
    "This",
    "These",
    "Their",
    "Its",
    "On",
    "The",
    "Members",
    "For",
    "At",
    "No",
    "Among",
    "In",
    "Of",
)
"""First words that lose their capital within a sentence; anything else starts a sentence of its own."""


def two(scene: Scene, want: bool) -> Sentence | None:
    """Two sentences as one, of the kind of the corrupted one ("two statements" when both are true)."""
    makers = (number, direction, superlative, direction, majority, rank, size_of)
    first, second = scene.pick(makers[:4])(scene, want), scene.pick(makers)(scene, True)
    if first is None or second is None:
        return None
    if first.said[0].feature == second.said[0].feature:
        return None
    if scene.chance(0.5):
        first, second = second, first
    flowing = second.text.split()[0] in OPENERS and ":" not in first.text + second.text
    link = scene.pick(LINKS) if flowing and "; " not in first.text + second.text else ". "
    after = second.text if link == ". " else second.text[:1].lower() + second.text[1:]
    wrong = first if first.truth == "block" else second
    return replace(
        wrong,
        text=f"{first.text.removesuffix('.')}{link}{after}",
        kind="two statements" if want else wrong.kind,
        frame=f"{first.frame} + {second.frame}",
        said=first.said + second.said,
        evidence=first.evidence + second.evidence,
        claims=first.claims + second.claims,
    )
