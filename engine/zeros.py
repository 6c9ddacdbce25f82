"""Zeros that may stand for counts too small to publish: where they are, and what they are taken for.

Publishers of counts withhold those from 1 to 10; tables made from them often hold 0 in their place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb

from engine.columns.measure import one
from engine.columns.proposal import MOST_MISSING
from engine.filters import find
from engine.model import Dataset, FeatureSpec, Zeros
from engine.sql import data_table, quoted

HARDLY_MORE = 0.05
"""Of a column's zeros, the share that may stand where the count beside it is none: a rate that rounds to 0."""


def zero_counts(cursor: duckdb.DuckDBPyConnection, dataset: Dataset) -> dict[str, int]:
    """How many rows hold 0, for every column of numbers that has one."""
    columns = [
        column
        for column in dataset.columns
        if column.kind == "number" and (column.minimum or 0.0) <= 0 <= (column.maximum or 0.0)
    ]
    if not columns:
        return {}
    counts = ", ".join(f"count_if({quoted(column.field)} = 0)" for column in columns)
    row = one(cursor, f"SELECT {counts} FROM {data_table(dataset.id)}")
    return {column.name: int(n) for column, n in zip(columns, row, strict=True) if n}


def in_doubt(dataset: Dataset, spec: FeatureSpec) -> tuple[str, ...]:
    """The columns in use whose zeros may stand for withheld counts, and of which nobody has said what they are."""
    decided = dict(spec.zeros)
    return tuple(
        name
        for name in (*spec.cluster, *spec.describe)
        if name not in decided and find(dataset, name).zeros_withheld
    )


def missing_share(dataset: Dataset, spec: FeatureSpec, name: str, zeros: Mapping[str, int]) -> float:
    """The share (0 to 1) of all rows in which the column is missing, as the specification reads it."""
    withheld = zeros.get(name, 0) if name in spec.zeros_as("missing") else 0
    return (find(dataset, name).missing + withheld) / max(dataset.rows, 1)


def decide(
    dataset: Dataset, spec: FeatureSpec, names: Sequence[str], answer: Zeros | None, zeros: Mapping[str, int]
) -> FeatureSpec:
    """The specification with this answer for the zeros of these columns; None takes the answer back.

    zeros: as from zero_counts. A column that is then missing for more than 30 % of the rows is described with
    and no longer clustered on; it is clustered on again, where that was proposed, when its zeros count again.
    """
    given = {name: kind for name, kind in spec.zeros if name not in names}
    if answer:
        given |= dict.fromkeys(names, answer)
    decided = replace(spec, zeros=tuple(given.items()))

    def sparse(under: FeatureSpec, name: str) -> bool:
        return missing_share(dataset, under, name, zeros) > MOST_MISSING

    aside = {name for name in names if name in spec.cluster and sparse(decided, name)}
    again = {
        name
        for name in names
        if name in spec.describe
        and find(dataset, name).use == "cluster"
        and sparse(spec, name)
        and not sparse(decided, name)
    }
    wanted = ({*spec.cluster} - aside) | again
    used = [column.name for column in dataset.columns if column.name in (*spec.cluster, *spec.describe)]
    if not aside and not again:
        return decided
    return replace(
        decided,
        cluster=tuple(name for name in used if name in wanted),
        describe=tuple(name for name in used if name not in wanted),
        weights=tuple(item for item in spec.weights if item[0] in wanted),
    )


def alike(
    cursor: duckdb.DuckDBPyConnection, dataset: Dataset, names: Sequence[str], zeros: Mapping[str, int]
) -> tuple[str, ...]:
    """The other columns that are 0 wherever one of these is and hardly anywhere else, as a cost or a rate beside
    its claims.

    zeros: as from zero_counts.
    """
    pairs = [
        (other, name)
        for other in zeros
        for name in names
        if other not in names and 0 <= zeros[other] - zeros.get(name, 0) <= HARDLY_MORE * zeros[other]
    ]
    if not pairs:
        return ()
    fields = [tuple(quoted(find(dataset, name).field) for name in pair) for pair in pairs]
    same = ", ".join(f"count_if({name} = 0 AND {other} = 0) = count_if({name} = 0)" for other, name in fields)
    row = one(cursor, f"SELECT {same} FROM {data_table(dataset.id)}")
    return tuple(dict.fromkeys(pair[0] for pair, equal in zip(pairs, row, strict=True) if equal))
