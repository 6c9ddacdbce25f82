"""A chosen k, or a column that already holds segments, becomes a segmentation.

Both ways end in the same pair: the recipe (Segmentation) and one assignment per account.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd

from engine import kmeans, record
from engine.errors import ColumnProblem, TooFewRows
from engine.features import check_rows, prepare
from engine.filters import find, population
from engine.model import Diagnosis, Features, FeatureSpec, Profile, Segment, Segmentation
from engine.naming import name_segments
from engine.numbers import percent
from engine.profile import profile
from engine.verdict import largest_natural, sentence
from engine.workspace import Workspace

PALETTE_SIZE = 8
OUTLYING = 0.999
"""An account further from its centre than this share of all accounts is an outlier: kept, and tagged."""
NOT_TESTED = "These segments were brought along in a column; how stable they are was not tested."

_PROFILE_VERSION = "profile 5"


@dataclass(frozen=True)
class Cut:
    """assignments: columns key (text), segment (S1, ...), fit (0 to 1), outlier (bool), ordered by key."""

    segmentation: Segmentation
    assignments: pd.DataFrame


def by_kmeans(
    features: Features,
    k: int,
    *,
    seed: int = 42,
    starts: int = 10,
    diagnosis: Diagnosis | None = None,
    name: str = "",
) -> Cut:
    """k segments by k-means, the largest called S1. Takes the diagnosis's centres when it has them.

    Outliers are beyond the 99.9 % of distances to the own centre, that is one account in a thousand;
    among a thousand or fewer there are none.

    Raises TooFewRows when there are fewer (distinct) rows than segments.
    """
    check_rows(len(features.keys), k)
    same = diagnosis is not None and diagnosis.preparation == features.preparation
    result = diagnosis.at(k) if diagnosis and same else None
    centres = (
        np.array(result.centres)
        if result
        else kmeans.fit(features.matrix, k, seed=seed, starts=starts).centres
    )
    labels, fit = kmeans.assign(features.matrix, centres)
    sizes = np.bincount(labels, minlength=k)
    order = np.argsort(-sizes, kind="stable")
    place = np.argsort(order)
    distances = kmeans.distances(features.matrix, centres, labels)
    limit = float(np.quantile(distances, OUTLYING, method="higher"))
    outlying = distances > limit
    segmentation = Segmentation(
        id="",
        recipe="",
        name=name or f"{k} segments",
        spec=features.spec,
        preparation=features.preparation,
        method="kmeans",
        segments=_segments(sizes[order], len(labels)),
        rows=len(labels),
        seed=seed,
        starts=starts,
        centres=tuple(tuple(float(value) for value in centre) for centre in centres[order]),
        diagnosis=diagnosis.id if diagnosis else None,
        verdict=result.verdict if result else None,
        verdict_text=sentence(result, largest_natural(diagnosis.ks)) if diagnosis and result else "",
        outlier_distance=limit,
        outliers=int(outlying.sum()),
    )
    return _cut(segmentation, features.keys, place[labels], fit, outlying)


def by_column(rows: pd.DataFrame, spec: FeatureSpec, column: str, *, name: str = "") -> Cut:
    """Segments as a column of the table already holds them, the largest called S1.

    rows: as from engine.filters.population, with that column. An empty value is "(missing)".
    Raises ColumnProblem when the column has fewer than 2 or more than 40 different values, TooFewRows
    when there are no rows.
    """
    values = _as_text(rows[column])
    if not len(values):
        raise _no_accounts()
    counts = values.value_counts()
    if not 2 <= len(counts) <= 40:
        raise ColumnProblem(
            f"A column of segments has 2 to 40 different values; `{column}` has {len(counts):,}.",
            do="Choose another column, or let the app find the segments.",
        )
    ranked = sorted(counts.index, key=lambda value: (-counts[value], value))
    codes = values.map({value: place for place, value in enumerate(ranked)}).to_numpy(dtype=np.int64)
    sizes = np.bincount(codes, minlength=len(ranked))
    unnamed = _segments(sizes, len(values))
    segmentation = Segmentation(
        id="",
        recipe="",
        name=name or f"Segments from {column}",
        spec=spec,
        preparation=(),
        method="column",
        segments=tuple(replace(segment, name=value) for segment, value in zip(unnamed, ranked, strict=True)),
        rows=len(values),
        column=column,
        verdict_text=NOT_TESTED,
    )
    nobody = np.zeros(len(values), dtype=bool)
    return _cut(segmentation, rows.index.to_numpy(), codes, np.ones(len(values)), nobody)


def build(
    workspace: Workspace,
    spec: FeatureSpec,
    *,
    k: int | None = None,
    column: str | None = None,
    seed: int = 42,
    starts: int = 10,
    diagnosis: Diagnosis | None = None,
    name: str = "",
) -> Segmentation:
    """Make the segments (by `k`, or from `column`), name them by what sets them apart, and store them."""
    if column:
        dataset = workspace.dataset(spec.dataset)
        find(dataset, column)
        with workspace.reading() as cursor:
            rows = population(cursor, dataset, spec, [column])
        cut = by_column(rows, spec, column, name=name)
    else:
        features = features_of(workspace, spec)
        cut = by_kmeans(features, k or 2, seed=seed, starts=starts, diagnosis=diagnosis, name=name)
    if column:
        return workspace.save_segmentation(cut.segmentation, cut.assignments)
    # Names need the profile, and that the rows; under their recipe alone the rows are nobody's yet.
    workspace.save_assignments(cut.segmentation.recipe, cut.assignments)
    named = name_segments(cut.segmentation.segments, profile_of(workspace, cut.segmentation))
    return workspace.save_segmentation(replace(cut.segmentation, segments=named))


def features_of(workspace: Workspace, spec: FeatureSpec) -> Features:
    """The prepared matrix of a specification. Raises ColumnProblem or TooFewRows."""
    dataset = workspace.dataset(spec.dataset)
    with workspace.reading() as cursor:
        rows = population(cursor, dataset, spec, list(spec.cluster))
    if not len(rows):
        raise _no_accounts()
    return prepare(rows, dataset, spec)


def profile_of(workspace: Workspace, segmentation: Segmentation) -> Profile:
    """The profile of a stored segmentation, computed once per recipe and dictionary, with today's names."""
    dataset = workspace.dataset(segmentation.spec.dataset)
    names = (*segmentation.spec.cluster, *segmentation.spec.describe)
    meanings = [find(dataset, name).meaning for name in names]
    profile_id = record.content_id(
        _PROFILE_VERSION, segmentation.recipe, segmentation.spec, [record.plain(item) for item in meanings]
    )
    found = workspace.result(Profile, profile_id)
    if found is None:
        with workspace.reading() as cursor:
            found = profile(cursor, dataset, segmentation)
        workspace.save_result(profile_id, found)
    names_now = {segment.id: segment.name for segment in segmentation.segments}
    return replace(
        found,
        segments=tuple(replace(segment, name=names_now[segment.id]) for segment in found.segments),
        verdict=segmentation.verdict,
        verdict_text=segmentation.verdict_text,
    )


def judged(workspace: Workspace, segmentation: Segmentation) -> Segmentation:
    """The segmentation with the verdict of its diagnosis where the tests ended after the segments were made.
    Nothing is stored: to look at a segmentation is not to touch it."""
    if segmentation.verdict or not segmentation.diagnosis:
        return segmentation
    found = workspace.result(Diagnosis, segmentation.diagnosis)
    same = found is not None and found.preparation == segmentation.preparation
    result = found.at(len(segmentation.segments)) if found and same else None
    if found is None or result is None or result.verdict is None:
        return segmentation
    told = sentence(result, largest_natural(found.ks))
    return replace(segmentation, verdict=result.verdict, verdict_text=told)


def tiny_segments(diagnosis: Diagnosis, least: float) -> tuple[str, ...]:
    """A sentence for every k whose smallest segment holds less than the share `least` of the accounts."""
    return tuple(
        f"With {result.k} segments the smallest holds {percent(min(result.sizes) / diagnosis.rows)} of the "
        f"accounts, less than {percent(least)}."
        for result in diagnosis.ks
        if result.sizes and min(result.sizes) < least * diagnosis.rows
    )


def _no_accounts() -> TooFewRows:
    return TooFewRows("No account is left to segment.", "The filters keep 0 rows.", "Loosen a filter.")


def _as_text(values: "pd.Series[Any]") -> "pd.Series[str]":
    """The values as people read them; whole numbers stay whole beside missing ones."""
    decimal = pd.api.types.is_float_dtype(values)
    texts = values.map(lambda value: f"{value:.15g}") if decimal else values.astype("str")
    return texts.where(values.notna(), "(missing)")


def _segments(sizes: Sequence[int] | np.ndarray, rows: int) -> tuple[Segment, ...]:
    return tuple(
        Segment(f"S{place + 1}", f"Segment {place + 1}", int(size), int(size) / rows, place % PALETTE_SIZE)
        for place, size in enumerate(sizes)
    )


def _cut(
    segmentation: Segmentation, keys: np.ndarray, codes: np.ndarray, fit: np.ndarray, outlying: np.ndarray
) -> Cut:
    recipe = record.content_id(
        segmentation.method,
        segmentation.spec.dataset,
        segmentation.spec.key,
        [record.plain(item) for item in segmentation.spec.filters],
        [record.plain(item) for item in segmentation.preparation],
        segmentation.centres,
        segmentation.column,
        *segmentation.spec.read_otherwise(),
    )
    versions = {package: version(package) for package in ("numpy", "pandas", "scikit-learn", "duckdb")}
    ids = np.array([segment.id for segment in segmentation.segments], dtype=object)
    assignments = pd.DataFrame({"key": keys, "segment": ids[codes], "fit": fit, "outlier": outlying})
    return Cut(replace(segmentation, recipe=recipe, versions=versions), assignments)
