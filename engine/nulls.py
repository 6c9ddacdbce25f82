"""What k-means makes of a table that has the same correlations and no groups at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event

import numpy as np

from engine import silhouette
from engine.kmeans import assign
from engine.resample import Report, as_columns, best_fit, draws_for, run_all

TABLES = 10
STARTS = 3
FEW_VALUES = 20
"""A column with fewer distinct values than this keeps its own values in the null."""


@dataclass(frozen=True)
class Null:
    """One k in the null tables: silhouettes (tables,) and inertias (tables,) for the rows given."""

    silhouettes: np.ndarray
    inertias: np.ndarray


def nulls(
    matrix: np.ndarray,
    ks: Sequence[int],
    *,
    blocks: Sequence[Sequence[int]] = (),
    seed: int = 42,
    tables: int = TABLES,
    report: Report | None = None,
) -> dict[int, Null]:
    """The silhouettes and inertias of k segments, for every k, in null tables like matrix (n, d).

    blocks: columns that are the indicators of one category, and are drawn together.
    """
    random = np.random.default_rng([seed, 7])
    recipe = null_recipe(matrix, blocks)
    seeds = random.integers(0, 2**63, size=tables)
    wanted = sorted(set(ks))
    draws = {k: draws_for(seed, 7, tables, STARTS, k) for k in wanted}
    if report:
        report("Drawing tables without groups", 0.0)
    drawn = [null_table(recipe, len(matrix), np.random.default_rng(one)) for one in seeds]
    shaped = [as_columns(table) for table in drawn]
    jobs = [(k, number) for k in reversed(wanted) for number in range(tables)]

    def fit_one(job: tuple[int, int], stop: Event) -> tuple[float, np.ndarray]:
        k, number = job
        columns, scale = shaped[number]
        inertia, centres = best_fit(columns, draws[k][number], stop)
        return inertia / scale**2, assign(columns.T, centres)[0]

    fitted = run_all(fit_one, jobs, "Segmenting tables without groups", report, (0.0, 0.8))
    measured: list[tuple[silhouette.Silhouette, ...]] = []
    several = [k for k in wanted if k > 1]
    for number, table in enumerate(drawn):
        if report:
            report("Measuring tables without groups", 0.8 + 0.2 * number / tables)
        measured.append(silhouette.scores(table, [fitted[k, number][1] for k in several]))
    return {
        k: Null(
            np.array([scores[several.index(k)].mean if k > 1 else np.nan for scores in measured]),
            np.array([fitted[k, number][0] for number in range(tables)]),
        )
        for k in wanted
    }


@dataclass(frozen=True)
class Recipe:
    """How to draw rows: a latent normal per part, `root` @ root.T their correlations; each part is one
    column or the block of columns of one category. `values` holds for each part None with its mean and
    standard deviation in `moments`, or its distinct values (v, columns) in latent order with the upper
    ends of their shares in `steps`."""

    root: np.ndarray
    parts: tuple[tuple[int, ...], ...]
    moments: tuple[tuple[float, float], ...]
    values: tuple[np.ndarray | None, ...]
    steps: tuple[np.ndarray, ...]


def null_recipe(matrix: np.ndarray, blocks: Sequence[Sequence[int]] = ()) -> Recipe:
    """Correlations and marginals of matrix (n, d), without anything else.

    Continuous columns: normal, with the column's mean and standard deviation. Columns of fewer than 20
    distinct values and blocks: their own values with their own shares, in a Gaussian copula. Its latent
    correlations are those that give the observed ones after the cut into values. A category's values
    are ordered by the mean of the other columns' first principal component.
    """
    together = {column for block in blocks for column in block}
    parts: list[tuple[int, ...]] = [(c,) for c in range(matrix.shape[1]) if c not in together]
    parts += [tuple(block) for block in blocks]
    axis = _first_component(matrix, sorted(together))
    scores, shrinkage, moments, steps = [], [], [], []
    values: list[np.ndarray | None] = []
    for part in parts:
        columns = matrix[:, part]
        distinct, codes, counts = np.unique(columns, axis=0, return_inverse=True, return_counts=True)
        codes = codes.reshape(-1)
        moments.append((float(columns[:, 0].mean()), float(columns[:, 0].std())))
        if len(part) == 1 and len(distinct) >= FEW_VALUES:
            scores.append(columns[:, 0])
            shrinkage.append(1.0)
            values.append(None)
            steps.append(np.empty(0))
            continue
        if len(part) > 1:
            order = np.argsort(np.bincount(codes, weights=axis) / counts, kind="stable")
            place = np.empty(len(order), dtype=np.int64)
            place[order] = np.arange(len(order))
            distinct, counts, codes = distinct[order], counts[order], place[codes]
        ends = np.cumsum(counts) / len(matrix)
        numbers = distinct[:, 0] if len(part) == 1 else np.arange(len(distinct), dtype=float)
        scores.append(numbers[codes])
        shrinkage.append(_correlation_left(numbers, ends))
        values.append(distinct)
        steps.append(ends)
    return Recipe(
        root=_root(np.array(scores), np.array(shrinkage)),
        parts=tuple(parts),
        moments=tuple(moments),
        values=tuple(values),
        steps=tuple(steps),
    )


def null_table(recipe: Recipe, rows: int, random: np.random.Generator) -> np.ndarray:
    """(rows, d) drawn from the recipe."""
    latent = random.normal(size=(rows, len(recipe.parts))) @ recipe.root.T
    table = np.empty((rows, sum(len(part) for part in recipe.parts)))
    for number, part in enumerate(recipe.parts):
        distinct = recipe.values[number]
        if distinct is None:
            mean, sd = recipe.moments[number]
            table[:, part[0]] = mean + sd * latent[:, number]
        else:
            codes = np.searchsorted(_quantile(recipe.steps[number][:-1]), latent[:, number])
            table[:, part] = distinct[codes]
    return table


def _quantile(shares: np.ndarray) -> np.ndarray:
    # scipy takes a while to import, and most of the app never needs it.
    from scipy.special import ndtri

    return np.asarray(ndtri(shares))


def _first_component(matrix: np.ndarray, without: Sequence[int]) -> np.ndarray:
    others = np.delete(matrix, without, axis=1)
    used = others if others.shape[1] else matrix
    centred = used - used.mean(axis=0)
    return np.asarray(centred @ np.linalg.svd(centred, full_matrices=False)[2][0])


def _correlation_left(numbers: np.ndarray, ends: np.ndarray) -> float:
    """The correlation of a normal variable with the values it is cut into."""
    cuts = _quantile(ends[:-1])
    density = np.concatenate([[0.0], np.exp(-0.5 * cuts**2) / np.sqrt(2 * np.pi), [0.0]])
    shares = np.diff(np.concatenate([[0.0], ends]))
    spread = np.sqrt(np.sum(shares * numbers**2) - np.sum(shares * numbers) ** 2)
    return float(np.sum(numbers * (density[:-1] - density[1:])) / spread) if spread > 0 else 1.0


def _root(scores: np.ndarray, shrinkage: np.ndarray) -> np.ndarray:
    """A square root of the latent correlations, the nearest that are correlations at all."""
    spread = scores.std(axis=1)
    standard = (scores - scores.mean(axis=1)[:, None]) / np.where(spread > 0, spread, 1.0)[:, None]
    latent = (standard @ standard.T / scores.shape[1]) / np.outer(shrinkage, shrinkage)
    latent = np.clip(latent, -1.0, 1.0)
    np.fill_diagonal(latent, 1.0)
    eigenvalues, vectors = np.linalg.eigh(latent)
    root = vectors * np.sqrt(np.maximum(eigenvalues, 0.0))
    lengths = np.sqrt(np.sum(root**2, axis=1))
    return np.asarray(root / np.where(lengths > 0, lengths, 1.0)[:, None])
