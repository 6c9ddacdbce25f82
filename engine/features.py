"""A dataset and a feature specification become features: a matrix whose distances mean something."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from engine.errors import ColumnProblem, OptionProblem, TooFewRows
from engine.model import Column, Dataset, Features, FeatureSpec, Preparation, Prepare, Transform
from engine.redundancy import redundancies
from engine.shape import skew, two_separate_modes, yeo_johnson, yeo_johnson_lambda

AMOUNT = 100.0
"""A skewed column that reaches this and has fractions is an amount, and amounts are compared by ratios."""
RARE_SHARE = 0.02
"""Levels of a category below this share are pooled, as FAMD indicators of rare levels are huge."""
OTHER = "Other"
MOST_LEVELS = 50
"""A column that is not a category by kind may still be one if it has no more values than this."""
SKEWED = 1.0
WINSORISED = (0.005, 0.995)
LARGEST = 1e100
"""Beyond this the square of a distance could overflow."""
YES_NO = {
    "yes": 1.0, "y": 1.0, "true": 1.0, "t": 1.0, "1": 1.0,
    "no": 0.0, "n": 0.0, "false": 0.0, "f": 0.0, "0": 0.0,
}  # fmt: skip


def prepare(rows: pd.DataFrame, dataset: Dataset, spec: FeatureSpec) -> Features:
    """The prepared matrix of the columns in `spec.cluster`, with every number needed to repeat it.

    `rows` are named by header and indexed by key, sorted. Numbers: missing values become the median,
    then as `spec.prepare` says. Yes/no columns count as the numbers 0 and 1 (after a z-score this gives
    the same distances as two FAMD indicators). Categories: FAMD indicators (Pages 2004), levels under
    2 % pooled; under "range" they are scaled so that the two rarest levels are 1 apart.

    Raises ColumnProblem for a column that cannot serve (identifiers included), OptionProblem for a
    column named twice or a weight that is not a positive number, TooFewRows for fewer than two rows.
    """
    if not spec.cluster:
        raise OptionProblem(
            "Segments need at least one column to cluster on.",
            "None is chosen.",
            "Mark one as “cluster on” under Data.",
        )
    if len(rows) < 2:
        raise TooFewRows(
            "Segments need at least 2 accounts.", f"Found: {len(rows)}.", "Loosen the filter, or add rows."
        )
    repeated = sorted({name for name in spec.cluster if spec.cluster.count(name) > 1})
    if repeated:
        named = f"Named more than once: {', '.join(repeated)}."
        raise OptionProblem("A column is clustered on once.", named, "To count it more, give it a weight.")
    weights = _weights(spec)
    preparation = tuple(
        _prepare_column(rows, dataset, name, spec.prepare, weights.get(name, 1.0)) for name in spec.cluster
    )
    return Features(
        spec=spec,
        preparation=preparation,
        names=axis_names(preparation),
        keys=rows.index.to_numpy(dtype=object),
        matrix=apply(preparation, rows),
    )


def apply(preparation: Sequence[Preparation], rows: pd.DataFrame) -> np.ndarray:
    """The same preparation on other rows: (n, d) float64, C-contiguous, finite.

    Every value is computed from its own row and the stored numbers alone, so a row gives the same bits
    in any company. A category never seen before counts as "Other" where that level exists, and as none
    of the levels where it does not. Raises ColumnProblem where a column is missing or not a number.
    """
    blocks = []
    for prepared in preparation:
        if prepared.column not in rows.columns:
            raise _no_column(prepared.column, [str(name) for name in rows.columns])
        series = rows[prepared.column]
        if prepared.kind == "number":
            blocks.append(_numbers_prepared(_numbers(series), prepared)[:, None])
        else:
            blocks.append(_indicators(_texts(series), prepared))
    return np.ascontiguousarray(np.hstack(blocks))


def axis_names(preparation: Sequence[Preparation]) -> tuple[str, ...]:
    """One name per axis of the matrix: the column, or "column: level" for an indicator."""
    return tuple(
        name
        for prepared in preparation
        for name in (
            [prepared.column]
            if prepared.kind == "number"
            else [f"{prepared.column}: {level}" for level in prepared.levels]
        )
    )


@dataclass(frozen=True)
class BeforeAfter:
    """A column as it came and as it is clustered on: the same at most 20,000 accounts of each, without
    the missing; mean and sd are of the prepared column over all accounts."""

    raw: np.ndarray = field(repr=False)
    prepared: np.ndarray = field(repr=False)
    mean: float
    sd: float


def before_after(features: Features, column: pd.Series, limit: int = 20_000, seed: int = 42) -> BeforeAfter:
    """The two sides of one number column. column: its values as they came, indexed by key."""
    axis = features.matrix[:, features.names.index(str(column.name))]
    raw = _numbers(column)
    known = np.flatnonzero(np.isfinite(raw))
    if len(known) > limit:
        known = np.random.default_rng(seed).choice(known, limit, replace=False)
    return BeforeAfter(raw[known], axis[known], float(np.mean(axis)), float(np.std(axis)))


def check_rows(rows: int, k: int) -> None:
    """Nothing, or TooFewRows where `rows` accounts cannot make k segments."""
    if rows < k:
        raise TooFewRows(
            f"{k} segments need at least {k} accounts.",
            f"Found: {rows:,}.",
            "Choose fewer segments, or loosen the filter.",
        )


def warnings(features: Features) -> tuple[str, ...]:
    """What an analyst should know before trusting the columns, a sentence each.

    Over 30 % missing; pairs that correlate beyond .8; numbers that the other columns determine
    together (R2 above .9), so that they are counted twice.
    """
    rows = len(features.keys)
    sentences = [
        f"`{prepared.column}` is missing for {prepared.missing / rows:.0%} of accounts; "
        f"they count as the {'median' if prepared.kind == 'number' else 'most frequent value'}, "
        f"{_fill_text(prepared)}."
        for prepared in features.preparation
        if prepared.missing > 0.3 * rows
    ]
    return (*sentences, *redundancies(features))


# --- One column -----------------------------------------------------------------------------------


def _prepare_column(
    rows: pd.DataFrame, dataset: Dataset, name: str, mode: Prepare, weight: float
) -> Preparation:
    column = dataset.column(name)
    if column is None or name not in rows.columns:
        raise _no_column(name, [found.name for found in dataset.columns])
    series = rows[name]
    missing = int(series.isna().sum())
    if missing == len(series):
        raise ColumnProblem(
            f"`{name}` must have values to cluster on.", "Found: none in these rows.", "Ignore this column."
        )
    if column.kind == "identifier":
        found = f"Found: names of accounts, {series.nunique():,} different ones."
        raise ColumnProblem(
            f"`{name}` must say something about them.", found, "Describe with it or ignore it."
        )
    if column.kind == "date":
        raise ColumnProblem(
            f"`{name}` must be a number, a category or yes/no.",
            "Found: dates.",
            "Turn it into a number such as days since, or describe with it instead.",
        )
    distinct = series.dropna().unique()
    if len(distinct) == 1:
        raise ColumnProblem(
            f"`{name}` must differ between accounts.",
            f"Found: {str(distinct[0])[:40]!r} in every row.",
            "Ignore this column, or loosen the filter.",
        )
    if _is_yes_no(series, distinct):
        return _prepare_yes_no(series, name, mode, weight, missing)
    if column.kind != "category" and pd.api.types.is_numeric_dtype(series):
        return _prepare_number(series, column, mode, weight, missing)
    return _prepare_category(series, column, mode, weight, missing)


def _is_yes_no(series: pd.Series, distinct: np.ndarray) -> bool:
    if pd.api.types.is_bool_dtype(series):
        return True
    if pd.api.types.is_numeric_dtype(series) or len(distinct) != 2:
        return False
    return {YES_NO.get(str(value).strip().lower()) for value in distinct} == {0.0, 1.0}


def _prepare_yes_no(series: pd.Series, name: str, mode: Prepare, weight: float, missing: int) -> Preparation:
    values = _numbers(series)
    present = values[~np.isnan(values)]
    fill = float(np.mean(present) > 0.5)
    share = (float(np.sum(present)) + fill * missing) / len(values)
    scaled = mode in ("auto", "zscore")
    return Preparation(
        column=name,
        kind="number",
        reason="yes/no: z-score" if scaled else "yes/no: 1 and 0",
        weight=weight,
        missing=missing,
        fill=fill,
        centre=share if scaled else 0.0,
        scale=float(np.sqrt(share * (1 - share))) if scaled else 1.0,
    )


def _prepare_number(
    series: pd.Series, column: Column, mode: Prepare, weight: float, missing: int
) -> Preparation:
    values = _numbers(series)
    present = values[~np.isnan(values)]
    if not np.isfinite(present).all():
        raise ColumnProblem(
            f"`{column.name}` must hold finite numbers.",
            f"Found: infinite values in {int(np.isinf(present).sum()):,} rows.",
            "Correct them in the file, or filter those rows out.",
        )
    fill = float(np.median(present))
    lower = upper = None
    if mode == "auto":
        low, high = (float(bound) for bound in np.quantile(present, WINSORISED))
        if low < high:
            lower, upper = low, high
    filled = _clipped(np.where(np.isnan(values), fill, values), lower, upper)
    if np.abs(filled).max() > LARGEST:
        raise ColumnProblem(
            f"`{column.name}` must hold numbers of a size that can be compared.",
            f"Found: values up to {np.abs(filled).max():.0e}.",
            "Correct them in the file, or filter those rows out.",
        )
    transform, lambda_, reason = _chosen_transform(filled, present) if mode == "auto" else ("none", None, "")
    shaped = _transformed(filled, transform, lambda_)
    if mode == "range":
        centre, scale, reason = float(shaped.min()), float(shaped.max() - shaped.min()), "scaled to 0 to 1"
    elif mode == "none":
        centre, scale, reason = 0.0, 1.0, "as it is"
    else:
        centre, scale = float(np.mean(shaped)), float(np.std(shaped))
        reason = reason or "z-score"
    return Preparation(
        column=column.name,
        kind="number",
        reason=reason,
        weight=weight,
        missing=missing,
        fill=fill,
        lower=lower,
        upper=upper,
        transform=transform,
        lambda_=lambda_,
        centre=centre,
        scale=scale,
    )


def _chosen_transform(values: np.ndarray, present: np.ndarray) -> tuple[Transform, float | None, str]:
    """The transform of a skewed column with its parameter and reason; the skew must really shrink.

    Decided by the values alone, so that renaming a column or its unit never changes the segments.
    values: filled and clipped; present: as they came, without the missing.
    """
    before = skew(values)
    if abs(before) <= SKEWED:
        return "none", None, "z-score"
    if two_separate_modes(values):
        return "none", None, "two separate groups of values, so not reshaped: z-score"
    whole = bool(np.all(present == np.floor(present)))
    if before > SKEWED and values.min() >= 0 and (whole or present.max() >= AMOUNT):
        kind = "counts" if whole else "amounts"
        if abs(skew(np.log1p(values))) < abs(before):
            return "log1p", None, f"skewed {kind}: log, then z-score"
    lambda_ = yeo_johnson_lambda(values)
    if abs(skew(yeo_johnson(values, lambda_))) < abs(before):
        return "yeo-johnson", lambda_, "skewed: Yeo-Johnson, then z-score"
    return "none", None, "skewed, but no transform helps: z-score"


def _prepare_category(
    series: pd.Series, column: Column, mode: Prepare, weight: float, missing: int
) -> Preparation:
    counts = {str(level): int(count) for level, count in _texts(series).value_counts().items()}
    fill = min(counts, key=lambda level: (-counts[level], level))
    counts[fill] += missing
    shares = {level: count / len(series) for level, count in counts.items()}
    kept = {level: share for level, share in shares.items() if share >= RARE_SHARE}
    pooled = len(kept) < len(shares)
    if pooled:
        kept[OTHER] = kept.get(OTHER, 0.0) + sum(s for s in shares.values() if s < RARE_SHARE)
    if len(kept) < 2 or (column.kind != "category" and len(shares) > MOST_LEVELS):
        raise ColumnProblem(
            f"`{column.name}` must be a number, yes/no, or a category of few values.",
            f"Found: text with {len(shares):,} different values.",
            "Describe with this column or ignore it.",
        )
    levels = sorted(kept, key=lambda level: (-kept[level], level))
    rarest = sorted(kept.values())[:2]
    return Preparation(
        column=column.name,
        kind="category",
        reason="categories: one indicator each" + (", rare ones pooled" if pooled else ""),
        weight=weight,
        missing=missing,
        fill=fill,
        scale=float(np.sqrt(sum(1 / share for share in rarest))) if mode == "range" else 1.0,
        levels=tuple(levels),
        shares=tuple(kept[level] for level in levels),
    )


# --- The arithmetic, value by value ---------------------------------------------------------------


def _numbers(series: pd.Series) -> np.ndarray:
    """(n,) float64 with NaN where missing; yes/no words are 1 and 0."""
    if pd.api.types.is_numeric_dtype(series) or pd.api.types.is_bool_dtype(series):
        return np.ascontiguousarray(series.to_numpy(dtype=np.float64, na_value=np.nan))
    texts = series.astype(object)
    numbers = texts.map(lambda value: YES_NO.get(str(value).strip().lower()), na_action="ignore")
    values = pd.to_numeric(numbers.where(numbers.notna(), texts), errors="coerce").to_numpy(dtype=np.float64)
    strange = np.isnan(values) & series.notna().to_numpy()
    if strange.any():
        raise ColumnProblem(
            f"`{series.name}` must hold numbers.",
            f"Found: {str(series[strange].iloc[0])[:40]!r} and other text in {int(strange.sum()):,} rows.",
            "Correct the file, or choose another column.",
        )
    return np.ascontiguousarray(values)


def _texts(series: pd.Series) -> pd.Series:
    """The values as text, whole numbers without a decimal point in whatever type they arrive."""
    if pd.api.types.is_numeric_dtype(series) and not pd.api.types.is_bool_dtype(series):
        return series.astype("Float64").map(lambda value: f"{value:.15g}", na_action="ignore").astype(object)
    return series.astype(object).map(str, na_action="ignore")


def _numbers_prepared(values: np.ndarray, prepared: Preparation) -> np.ndarray:
    if prepared.fill is None:
        raise ValueError("a number's preparation has a fill value")
    filled = np.where(np.isnan(values), float(prepared.fill), values)
    shaped = _transformed(
        _clipped(filled, prepared.lower, prepared.upper), prepared.transform, prepared.lambda_
    )
    if not (np.abs(shaped) <= LARGEST).all():
        raise ColumnProblem(
            f"`{prepared.column}` must hold finite numbers of a size that can be compared.",
            f"Found: values up to {np.abs(filled).max():.0e}.",
            "Correct them in the file, or filter those rows out.",
        )
    return np.asarray((shaped - prepared.centre) / prepared.scale * np.sqrt(prepared.weight))


def _clipped(values: np.ndarray, lower: float | None, upper: float | None) -> np.ndarray:
    return values if lower is None or upper is None else np.asarray(np.clip(values, lower, upper))


def _transformed(values: np.ndarray, transform: Transform, lambda_: float | None) -> np.ndarray:
    if transform == "log1p":
        return np.asarray(np.log1p(np.maximum(values, 0.0)))
    if transform == "yeo-johnson" and lambda_ is not None:
        return yeo_johnson(values, lambda_)
    return values


def _indicators(texts: pd.Series, prepared: Preparation) -> np.ndarray:
    roots = np.sqrt(np.asarray(prepared.shares))
    table = np.vstack([np.diag(1 / roots) - roots, -roots[None, :]])
    table = table / prepared.scale * np.sqrt(prepared.weight)
    place = {level: position for position, level in enumerate(prepared.levels)}
    unseen = place.get(OTHER, len(place))
    codes, distinct = pd.factorize(texts.fillna(str(prepared.fill)))
    places = np.array([place.get(str(level), unseen) for level in distinct], dtype=np.intp)
    return np.asarray(table[places[codes]])


# --- Help -----------------------------------------------------------------------------------------


def _weights(spec: FeatureSpec) -> dict[str, float]:
    weights = dict(spec.weights)
    for name, weight in weights.items():
        if name not in spec.cluster:
            raise OptionProblem(
                "A weight belongs to a column that is clustered on.",
                f"Found: a weight for `{name}`.",
                f"Clustered on: {', '.join(spec.cluster)}.",
            )
        if not (0 < weight <= 1e6):
            raise OptionProblem(
                f"The weight of `{name}` must be above 0.",
                f"Found: {weight:g}.",
                "Give 1 for no change, or leave the column out.",
            )
    return weights


def _no_column(name: str, found: Sequence[str]) -> ColumnProblem:
    shown = ", ".join(found[:12]) + (f" and {len(found) - 12} more" if len(found) > 12 else "")
    return ColumnProblem(f"No column `{name}`.", f"Found: {shown}.", "Pick one under Data.")


def _fill_text(prepared: Preparation) -> str:
    return f"{prepared.fill:.4g}" if isinstance(prepared.fill, float) else str(prepared.fill)
