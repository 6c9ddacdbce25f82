"""How often the rule calls a cloud natural, and how often it finds separate blobs.

Usage: python -m bench.honesty [--seeds 300] [--held-out 100] [--rows 2000] [--case NAME] [--prepare zscore|auto]
[--division starts|app] [--out FILE] [--table]. Every run is one table
of one case (bench.geometries), prepared, divided by the best of ten greedy k-means++ starts (with
`--division app` by the app's own search, many times slower) at every k from 10 down to 2 until one is
natural, and at the true k. Criteria are evaluated in the rule's order and no further than the first that
fails. Each finished run is a line of the file; a second
call with the same rule goes on where the first one stopped. `--table` only prints what the file holds.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event

import numpy as np
import pandas as pd

from bench.geometries import CASES, Case
from bench.machine import describe
from engine import density, silhouette
from engine.diagnose import METHOD, category_blocks
from engine.kmeans import assign, fit
from engine.model import Features
from engine.nulls import nulls
from engine.prediction import prediction_strength
from engine.resample import as_columns, best_fit, draws_for
from engine.stability import stability
from engine.verdict import LIFT, NATURAL, PATH, PREDICTION, VALLEY, Criterion, holds
from tests.engine.tables import features_of, keyed

MOST = 10
PREPARATIONS = ("zscore", "auto")
DIVISIONS = ("starts", "app")
STARTS = 10
RULE = f"{METHOD}: " + ", ".join(f"{criterion.name} {criterion.threshold:g}" for criterion in NATURAL)
Run = dict[str, object]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.honesty", description=__doc__)
    parser.add_argument("--seeds", type=int, default=300, help="tables of every case the rule was made on")
    parser.add_argument("--held-out", type=int, default=100, help="tables of every other case")
    parser.add_argument("--rows", type=int, default=2_000, help="rows of every table")
    parser.add_argument("--case", action="append", help="only cases whose name holds this; may be repeated")
    parser.add_argument("--prepare", choices=PREPARATIONS, help="only this preparation")
    parser.add_argument("--division", choices=DIVISIONS, default="starts", help="how tables are divided")
    parser.add_argument("--out", type=Path, default=Path("honesty.jsonl"), help="file of finished runs")
    parser.add_argument("--table", action="store_true", help="only print what the file holds")
    options = parser.parse_args(arguments)
    cases = [case for case in CASES if not options.case or any(part in case.name for part in options.case)]
    preparations = [options.prepare] if options.prepare else list(PREPARATIONS)
    kept = _kept(options.out, options.rows, options.division)
    done = {(run["case"], run["prepare"], run["seed"]): run for run in kept}
    if not options.table:
        with options.out.open("a", encoding="utf-8") as file:
            # The last run may have been ended in the middle of a line.
            file.write(
                "\n" if file.tell() and not options.out.read_text(encoding="utf-8").endswith("\n") else ""
            )
            for seed in range(max(options.seeds, options.held_out)):
                for case in cases:
                    for prepare in preparations:
                        wanted = seed < (options.seeds if case.tuned else options.held_out)
                        if wanted and (case.name, prepare, seed) not in done:
                            run = one_run(case, prepare, seed, options.rows, options.division)
                            done[case.name, prepare, seed] = run
                            file.write(json.dumps(run) + "\n")
                            file.flush()
                print(f"seed {seed} done", file=sys.stderr)
    print(describe())
    print(f"Natural: {RULE}. {options.rows} rows, k = 2 to {MOST}.\n")
    for line in table(list(done.values()), cases, preparations):
        print(line)
    return 0


def one_run(case: Case, prepare: str, seed: int, rows: int, division: str = "starts") -> Run:
    """Draw, prepare, judge. natural: the largest natural k or None. at_truth: whether the true k is
    natural; stopped: the first criterion that failed at the true k, or at the k that came furthest."""
    features = features_of(as_frame(case.draw(np.random.default_rng([seed, 99]), rows)), prepare)
    judged = Judged(features, seed, division)
    natural = next((k for k in range(MOST, 1, -1) if judged.failed(k) is None), None)
    failed = [judged.failed(k) for k in ([case.k] if case.k else range(2, MOST + 1))]
    order = [None, *(criterion.name for criterion in reversed(NATURAL))]
    return {
        "rule": RULE, "rows": rows, "division": division, "case": case.name, "prepare": prepare, "seed": seed,
        "natural": natural, "at_truth": case.k is not None and judged.failed(case.k) is None,
        "stopped": min(failed, key=order.index),
    }  # fmt: skip


def as_frame(drawn: np.ndarray | pd.DataFrame) -> pd.DataFrame:
    """What a case drew as rows with keys."""
    named = drawn if isinstance(drawn, pd.DataFrame) else {f"x{i}": x for i, x in enumerate(drawn.T)}
    return keyed(dict(named))


class Judged:
    """The divisions of one table, judged as lazily as the rule allows."""

    def __init__(self, features: Features, seed: int, division: str) -> None:
        self._matrix, self._seed, self._division = features.matrix, seed, division
        self._blocks = category_blocks(features.preparation)
        self._spread = density.spread_ties(features.matrix, np.random.default_rng([seed, 8]))
        self._columns = as_columns(features.matrix)[0]
        self._failed: dict[int, str | None] = {}

    def failed(self, k: int) -> str | None:
        """The first criterion that fails at k; None where k is natural."""
        if k not in self._failed:
            labels = self._labels(k)
            asked = [""]

            def figure(criterion: Criterion) -> float:
                asked[0] = criterion.name
                return self._figure(criterion, labels, k)

            self._failed[k] = None if holds(NATURAL, figure) else asked[0]
        return self._failed[k]

    def _labels(self, k: int) -> np.ndarray:
        if self._division == "app":
            return fit(self._matrix, k, seed=self._seed).labels
        draws = draws_for(self._seed, 9, 1, STARTS, k)[0]
        return assign(self._columns.T, best_fit(self._columns, draws, Event())[1])[0]

    def _figure(self, criterion: Criterion, labels: np.ndarray, k: int) -> float:
        if criterion is VALLEY:
            return density.worst_valley(self._spread, labels, k)
        if criterion is PATH:
            return density.worst_path(self._spread, labels, k)
        if criterion is LIFT:
            null = nulls(self._matrix, [k], blocks=self._blocks, seed=self._seed)[k]
            return silhouette.scores(self._matrix, [labels])[0].mean - float(null.silhouettes.mean())
        if criterion is PREDICTION:
            return prediction_strength(self._matrix, [k], seed=self._seed)[k]
        return min(stability(self._matrix, {k: labels}, seed=self._seed)[k].jaccard)


def table(runs: Sequence[Run], cases: Sequence[Case], preparations: Sequence[str]) -> Iterator[str]:
    """Markdown, a line per case: how many runs are natural, at the true k and at any, and what stopped
    the others."""
    yield "| case | prepare | runs | natural | at the true k | stopped by |"
    yield "|---|---|---|---|---|---|"
    for truth, heading in (
        ("cloud", "clouds"),
        ("blobs", "separate blobs"),
        ("judgement", "a matter of judgement"),
    ):
        yield f"| **{heading}** | | | | | |"
        for case in (case for case in cases if case.truth == truth):
            for prepare in preparations:
                found = [run for run in runs if (run["case"], run["prepare"]) == (case.name, prepare)]
                if found:
                    yield _line(case, prepare, found)


def _line(case: Case, prepare: str, found: Sequence[Mapping[str, object]]) -> str:
    natural = sum(run["natural"] is not None for run in found)
    stopped = Counter(str(run["stopped"]) for run in found if run["stopped"])
    at_truth = f"{sum(bool(run['at_truth']) for run in found)} at {case.k}" if case.k else ""
    held_out = "" if case.tuned else " (held out)"
    named = ", ".join(f"{name} {count}" for name, count in stopped.most_common())
    return f"| {case.name}{held_out} | {prepare} | {len(found)} | {natural} | {at_truth} | {named} |"


def _kept(path: Path, rows: int, division: str) -> list[Run]:
    if not path.exists():
        return []
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
    runs = map(json.loads, lines)
    return [run for run in runs if (run["rule"], run["rows"], run["division"]) == (RULE, rows, division)]


if __name__ == "__main__":
    sys.exit(main())
