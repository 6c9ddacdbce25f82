"""How many segments, and how sure: one result per k, delivered as each stage of the answer lands."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from engine import density, kmeans, preview, silhouette
from engine.advice import advise
from engine.dip import Dip, dip, pca_dip
from engine.errors import OptionProblem
from engine.features import check_rows, warnings
from engine.gap import Gap, gap_statistic
from engine.indices import calinski_harabasz, davies_bouldin
from engine.kmeans import Partition
from engine.model import Diagnosis, Features, FeatureSpec, KResult, Preparation, Stage
from engine.nulls import TABLES, nulls
from engine.prediction import prediction_strength
from engine.record import content_id, plain
from engine.resample import Report, tested_rows
from engine.stability import stability
from engine.verdict import PREDICTION, judge

METHOD = "diagnosis 6"
"""Part of every id: raise it when a computed number changes."""


def diagnose(
    features: Features,
    ks: Sequence[int],
    *,
    seed: int = 42,
    starts: int = 10,
    quick: bool = False,
    report: Report | None = None,
    deliver: Callable[[Diagnosis], None] | None = None,
) -> Diagnosis:
    """One KResult per k, in ascending order, with a suggestion, its reason and advice in plain words.

    Each k is the partition that kmeans.fit gives alone. Silhouettes of all k come from one pass; tests
    look at samples of at most 5,000 rows. `quick` leaves the tests out, and with them the verdicts.
    `deliver` gets the answer so far, as Diagnosis.stage says, the last time the complete one.
    `report` gets a sentence and a fraction from 0 to 1 that never falls, several times a second; what
    either raises ends the diagnosis. Raises TooFewRows where a k has too few (different) accounts,
    OptionProblem where no k or one below 1 is asked.
    """
    wanted = sorted(set(ks))
    if not wanted or wanted[0] < 1:
        raise OptionProblem(
            "Numbers of segments must be 1 or more.",
            f"Found: {', '.join(map(str, ks)) or 'none'}.",
            "Give a range such as 2-10.",
        )
    check_rows(len(features.matrix), wanted[-1])
    run = _Run(features, wanted, seed, starts, quick, _Stages(report), deliver)
    began = time.perf_counter()
    with run.timed("compile"):
        _warm_up_first(run.stages.next(0.03))
    _preview(run)
    with run.timed("compile the rest"):
        _warm_up_rest(run.stages.next(0.08), features.matrix.shape[1], tests=not quick)
    partitions = _fit(run)
    if not quick and wanted[-1] > 1:
        _test(run, {k: partitions[k] for k in wanted if k > 1})
    run.seconds["total"] = round(time.perf_counter() - began, 3)
    run.stages.next(1.0)("Done", 1.0)
    return run.tell("complete")


def diagnosis_id(spec: FeatureSpec, ks: Sequence[int], *, seed: int, starts: int, quick: bool) -> str:
    """The content id that `diagnose` will give its answer, known before it is computed."""
    asked = {name: value for name, value in plain(spec).items() if name not in ("zeros", "identical_rows")}
    return content_id(asked | dict(spec.read_otherwise()), sorted(set(ks)), seed, starts, quick, METHOD)


def warm_up(report: Report, columns: int) -> None:
    """Every kernel is compiled, or read from disk where this machine has compiled it before."""
    _warm_up_first(report)
    _warm_up_rest(report, columns, tests=True)


def _warm_up_first(report: Report) -> None:
    """What the first look needs."""
    sentence = "Getting ready: on its first run a machine compiles the arithmetic"
    kmeans.warm_up(lambda _, fraction: report(sentence, 0.8 * fraction))
    preview.warm_up()


def _warm_up_rest(report: Report, columns: int, *, tests: bool) -> None:
    sentence = "Getting the exact figures ready: compiled on a machine's first run"
    silhouette.warm_up(lambda _, fraction: report(sentence, 0.5 * fraction), columns)
    if tests:
        report(sentence, 0.6)
        density.warm_up()
        dip(np.arange(4.0))


# --- The answer so far ----------------------------------------------------------------------------


@dataclass
class _Run:
    """One diagnosis under way: what was asked and what is known."""

    features: Features
    ks: list[int]
    seed: int
    starts: int
    quick: bool
    stages: "_Stages"
    deliver: Callable[[Diagnosis], None] | None
    results: dict[int, KResult] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    rows_tested: int | None = None
    prediction_k: int | None = None
    gap: Gap | None = None
    dip: Dip | None = None

    def add(self, k: int, **found: object) -> None:
        self.results[k] = replace(self.results[k], **found)  # type: ignore[arg-type]

    def tell(self, stage: Stage) -> Diagnosis:
        """The answer so far, delivered."""
        features, gap = self.features, self.gap
        ordered = tuple(self.results[k] for k in self.ks)
        advised = advise(ordered, len(features.matrix), stage=stage, gap_k=gap.k if gap else None)
        answer = Diagnosis(
            id=diagnosis_id(features.spec, self.ks, seed=self.seed, starts=self.starts, quick=self.quick),
            spec=features.spec,
            rows=len(features.matrix),
            features=features.names,
            preparation=features.preparation,
            seed=self.seed,
            starts=self.starts,
            ks=ordered,
            suggested=advised.suggested,
            reason=advised.reason,
            shortlist=advised.shortlist,
            advice=advised.advice,
            rows_tested=self.rows_tested,
            warnings=self.warnings,
            seconds=dict(self.seconds),
            stage=stage,
            gap_k=gap.k if gap else None,
            gap_of_one=gap.gap[1] if gap else None,
            gap_of_one_se=gap.se[1] if gap else None,
            gap_references=gap.references if gap else None,
            prediction_k=self.prediction_k,
            null_tables=TABLES if gap else None,
            dip=self.dip.statistic if self.dip else None,
            dip_p=self.dip.p if self.dip else None,
        )
        if self.deliver:
            self.deliver(answer)
        return answer

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds[stage] = round(time.perf_counter() - began, 3)


# --- The stages -----------------------------------------------------------------------------------


def _preview(run: _Run) -> None:
    with run.timed("preview"):
        run.warnings = warnings(run.features)
        seen = preview.preview(run.features.matrix, run.ks, seed=run.seed, report=run.stages.next(0.06))
    for k, found in seen.items():
        run.results[k] = KResult(
            k=k,
            inertia=found.inertia,
            sizes=found.sizes,
            centres=_as_tuples(found.centres),
            silhouette_simplified=found.simplified,
        )
    run.tell("preview")


def _fit(run: _Run) -> dict[int, Partition]:
    matrix = run.features.matrix
    with run.timed("fit"):
        partitions = _fits(matrix, run.ks, run.seed, run.starts, run.stages.next(0.6 if run.quick else 0.3))
        seen = preview.from_centres(
            matrix,
            {k: partitions[k].centres for k in run.ks},
            report=run.stages.next(0.62 if run.quick else 0.31),
        )
    several = [k for k in run.ks if k > 1]
    with run.timed("silhouette"):
        measured = silhouette.scores(
            matrix,
            [partitions[k].labels for k in several],
            report=run.stages.next(0.95 if run.quick else 0.38),
        )
    summing = run.stages.next(0.98 if run.quick else 0.4)
    for place, k in enumerate(run.ks):
        summing("Summing up each number of segments", place / len(run.ks))
        run.results[k] = KResult(
            k=k,
            inertia=partitions[k].inertia,
            calinski_harabasz=calinski_harabasz(matrix, partitions[k]),
            davies_bouldin=davies_bouldin(matrix, partitions[k]),
            sizes=partitions[k].sizes,
            centres=_as_tuples(partitions[k].centres),
            silhouette_simplified=seen[k].simplified,
        )
    for k, score in zip(several, measured, strict=True):
        run.add(
            k,
            silhouette=score.mean,
            silhouette_macro=score.macro,
            silhouette_method=score.method,
            silhouette_halfwidth=score.halfwidth,
            silhouette_squared=silhouette.squared(matrix, partitions[k].labels),
        )
    run.tell("silhouette")
    return partitions


def _test(run: _Run, partitions: Mapping[int, Partition]) -> None:
    """Stability and prediction, told; then null tables, gaps between segments and the gap statistic."""
    whole, ks = run.features.matrix, sorted(partitions)
    with run.timed("stability"):
        given = {k: partitions[k].labels for k in ks}
        stable = stability(whole, given, seed=run.seed, report=run.stages.next(0.65))
    with run.timed("prediction strength"):
        strengths = prediction_strength(whole, ks, seed=run.seed, report=run.stages.next(0.77))
    for k in ks:
        run.add(
            k,
            stability_ari=stable[k].ari,
            stability_ari_se=stable[k].ari_se,
            jaccard=stable[k].jaccard,
            jaccard_se=stable[k].jaccard_se,
            second=stable[k].second,
            prediction_strength=strengths[k],
        )
    chosen = tested_rows(len(whole), run.seed)
    matrix = np.ascontiguousarray(whole[chosen])
    labels = {k: given[k][chosen] for k in ks}
    run.rows_tested = len(chosen)
    run.prediction_k = max((k for k in ks if PREDICTION.holds(strengths[k])), default=1)
    run.tell("stability")
    with run.timed("null"):
        blocks = category_blocks(run.features.preparation)
        null = nulls(matrix, ks, blocks=blocks, seed=run.seed, report=run.stages.next(0.86))
        observed = silhouette.scores(matrix, [labels[k] for k in ks])
    with run.timed("gaps"):
        pairs = density.gaps(matrix, labels, seed=run.seed, report=run.stages.next(0.9))
    with run.timed("gap statistic"):
        run.gap = gap_statistic(matrix, ks[-1], seed=run.seed, report=run.stages.next(0.98))
    with run.timed("dip test"):
        run.dip = pca_dip(matrix, seed=run.seed)
    scale = len(whole) / len(matrix)
    for k, score in zip(ks, observed, strict=True):
        run.add(
            k,
            silhouette_tested=score.mean,
            null_silhouette_mean=float(np.mean(null[k].silhouettes)),
            null_silhouette_max=float(np.max(null[k].silhouettes)),
            null_inertia_mean=scale * float(np.mean(null[k].inertias)),
            null_inertia_min=scale * float(np.min(null[k].inertias)),
            null_inertia_max=scale * float(np.max(null[k].inertias)),
            gaps=pairs[k],
            gap=run.gap.gap[k],
            gap_se=run.gap.se[k],
        )
        verdict, borderline = judge(run.results[k])
        run.add(k, verdict=verdict, borderline=borderline)


def category_blocks(preparation: Sequence[Preparation]) -> tuple[tuple[int, ...], ...]:
    """The columns of the prepared matrix that are the indicators of one category, for each category."""
    blocks, first = [], 0
    for prepared in preparation:
        width = len(prepared.levels) if prepared.kind == "category" else 1
        if prepared.kind == "category":
            blocks.append(tuple(range(first, first + width)))
        first += width
    return tuple(blocks)


def _fits(
    matrix: np.ndarray, ks: Sequence[int], seed: int, starts: int, report: Report
) -> dict[int, Partition]:
    total, done, partitions = sum(ks), 0, {}
    for k in ks:

        def part(sentence: str, fraction: float, k: int = k, done: int = done) -> None:
            report(sentence, (done + k * fraction) / total)

        partitions[k] = kmeans.fit(matrix, k, seed=seed, starts=starts, report=part)
        done += k
    return partitions


def _as_tuples(centres: np.ndarray) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(value) for value in centre) for centre in centres)


class _Stages:
    """Hands each stage its part of the way from 0 to 1, and never lets the fraction fall."""

    def __init__(self, report: Report | None) -> None:
        self._report = report
        self._reached = 0.0
        self._end = 0.0

    def next(self, end: float) -> Report:
        begin, self._end = self._end, end

        def tell(sentence: str, fraction: float) -> None:
            self._reached = max(self._reached, begin + (end - begin) * min(1.0, max(0.0, fraction)))
            if self._report:
                self._report(sentence, self._reached)

        return tell
