"""Each statement against the table of truth: a finding where it does not hold, nothing where it does."""

from collections.abc import Callable, Mapping

from engine.model import Finding
from llm.checking.findings import objection
from llm.checking.frames import Frame, Scene
from llm.checking.gaps import judge_times
from llm.checking.levels import judge_count, judge_gap, judge_level, judge_range, judge_spread, judge_vague
from llm.checking.rivals import judge_between, judge_rivals
from llm.checking.shares import judge_index, judge_share
from llm.checking.sides import judge_near, judge_relation
from llm.checking.standing import judge_exclusive, judge_place

Judge = Callable[[Frame, Scene, str], Finding | None]


def verify(frame: Frame, scene: Scene, where: str) -> Finding | None:
    """The finding on a statement, or None. Statements with no column they could speak of are findings
    where they would be false of every column: figures, and words that place a segment first or last."""
    judge = _JUDGES.get(frame.kind)
    if judge is None:
        return None
    if frame.doubted:
        return objection(
            where,
            frame,
            "negation",
            "warn",
            "This negates a negation, which cannot be checked; say it plainly.",
        )
    return judge(frame, scene, where)


_JUDGES: Mapping[str, Judge] = {
    "level": judge_level, "range": judge_range, "gap": judge_gap, "times": judge_times,
    "segments": judge_count, "vague": judge_vague,
    "z": judge_spread, "lift": judge_spread, "sd": judge_spread, "quartile": judge_spread,
    "index figure": judge_spread,
    "relation": judge_relation, "near": judge_near, "place": judge_place, "exclusive": judge_exclusive,
    "rivals": judge_rivals, "betwixt": judge_between,
    "index": judge_index, "share": judge_share,
}  # fmt: skip
