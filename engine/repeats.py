"""Accounts that stand on more than one row: how many, how often, and whether rows are simply there twice."""

from dataclasses import dataclass, replace

import duckdb

from engine.columns.measure import one
from engine.filters import condition, key_field, source
from engine.model import Dataset, FeatureSpec
from engine.numbers import count

MEND = (
    "Add the rows up to one per account in the program the table comes from and open that, choose another key, "
    "or count each row as an account."
)


@dataclass(frozen=True)
class Repeats:
    """A column that should be different on every row, and is not.

    rows: those that take part. values: its different values; repeated: how many of them stand on more than one
    row. most: the rows of the most frequent one, `example`. identical: rows equal to an earlier one in every
    column. identical_alone: whether no value repeats without them.
    """

    column: str
    rows: int
    values: int
    repeated: int
    most: int
    example: str
    identical: int
    identical_alone: bool

    def found(self) -> str:
        """What was found, in one or two sentences."""
        stand = "value stands" if self.repeated == 1 else "values stand"
        told = (
            f"{count(self.repeated)} {stand} on more than one row, most often {self.example}, on {count(self.most)}. "
            f"In all, {count(self.rows)} rows name {count(self.values)} accounts."
        )
        if self.identical_alone:
            rows = "row repeats" if self.identical == 1 else "rows repeat"
            told += (
                f" {count(self.identical)} {rows} another in every column; without them no account repeats."
            )
        return told

    def sentence(self) -> str:
        """What was expected, found, and can be done."""
        return f"One row per account is expected: `{self.column}` must be different on every row. {self.found()} {MEND}"


def repeats(
    cursor: duckdb.DuckDBPyConnection, dataset: Dataset, spec: FeatureSpec, column: str
) -> Repeats | None:
    """The repeats of a column among the rows that the specification keeps; None where there are none.

    Rows where it is missing are no repeats. Raises ColumnProblem for a column that is not there.
    """
    where, values = condition(dataset, spec.filters)
    key = key_field(dataset, column)

    def counted(under: FeatureSpec) -> tuple[int, int, int]:
        """Rows, rows with a value, different values."""
        rows = f"FROM {source(dataset, under)} WHERE {where}"
        found = one(cursor, f"SELECT count(*), count({key}), count(DISTINCT {key}) {rows}", values)
        return int(found[0]), int(found[1]), int(found[2])

    rows, present, different = counted(spec)
    if different == present:
        return None
    once = counted(replace(spec, identical_rows="once"))
    example, most, repeated = one(
        cursor,
        f"SELECT arg_min(k, (-n, k)), max(n), count_if(n > 1) FROM (SELECT {key} AS k, count(*) AS n "
        f"FROM {source(dataset, spec)} WHERE {where} AND {key} IS NOT NULL GROUP BY k)",
        values,
    )
    return Repeats(
        column=column,
        rows=rows,
        values=different,
        repeated=int(repeated),
        most=int(most),
        example=str(example),
        identical=rows - once[0],
        identical_alone=once[1] == once[2],
    )
