"""A condition in words a spreadsheet user would write, as filters: a >= 3 and b in ('x', 'y')."""

from collections.abc import Iterator
from typing import Literal

import sqlglot
from sqlglot import exp

from engine.errors import OptionProblem
from engine.model import Filter

_HOW = "Join comparisons with `and`: spend >= 10 and state in ('CA', 'NY') and age between 20 and 40."

_OPERATORS: dict[type[exp.Expr], Literal["in", "not in", ">", ">=", "<", "<="]] = {
    exp.EQ: "in",
    exp.NEQ: "not in",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.LT: "<",
    exp.LTE: "<=",
}


def parse_where(text: str) -> tuple[Filter, ...]:
    """The filters a condition stands for. The text is parsed and never becomes part of a query.

    Understood: =, !=, >, >=, <, <=, between, in, not in, is null, is not null, joined by `and`, with
    numbers, texts in single quotes, true and false on the right.
    Raises OptionProblem for anything else.
    """
    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except (sqlglot.errors.SqlglotError, RecursionError):
        raise OptionProblem("The condition could not be read.", f"Found `{text}`.", _HOW) from None
    return tuple(_filter(part, text) for part in _joined(tree))


def _joined(tree: exp.Expr) -> Iterator[exp.Expr]:
    inner = tree.unnest()
    if isinstance(inner, exp.And):
        yield from _joined(inner.left)
        yield from _joined(inner.right)
    else:
        yield inner


def _filter(part: exp.Expr, text: str) -> Filter:
    column = part.find(exp.Column)
    if column is None:
        raise _not_understood(part, text)
    # A header with a point in it reads as a table's column; its parts belong together.
    name = ".".join(piece.name for piece in column.parts)
    negated = isinstance(part, exp.Not)
    inner = part.this if isinstance(part, exp.Not) else part
    if isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null):
        return Filter(name, "is not missing" if negated else "is missing")
    if isinstance(inner, exp.In) and inner.expressions and isinstance(inner.this, exp.Column):
        values = tuple(_value(item, text) for item in inner.expressions)
        return Filter(name, "not in" if negated else "in", values)
    if negated or not isinstance(inner.this, exp.Column):
        raise _not_understood(part, text)
    if isinstance(inner, exp.Between):
        return Filter(name, "between", (_value(inner.args["low"], text), _value(inner.args["high"], text)))
    if type(inner) in _OPERATORS:
        return Filter(name, _OPERATORS[type(inner)], (_value(inner.expression, text),))
    raise _not_understood(part, text)


def _value(node: exp.Expr, text: str) -> str | float:
    sign = 1.0
    if isinstance(node, exp.Boolean):
        return "true" if node.this else "false"
    if isinstance(node, exp.Neg) and not node.this.is_string:
        node, sign = node.this, -1.0
    if isinstance(node, exp.Literal):
        if node.is_string:
            return str(node.this)
        number = sign * float(node.this)
        # A long identifier has more digits than a floating-point number can hold.
        exact = node.this.isdigit() and int(node.this) != float(node.this)
        return ("-" if sign < 0 else "") + node.this if exact else number
    raise _not_understood(node, text)


def _not_understood(part: exp.Expr, text: str) -> OptionProblem:
    return OptionProblem(
        f"This part of the condition is not understood: `{part.sql()}`.", f"In `{text}`.", _HOW
    )
