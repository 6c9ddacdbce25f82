"""A condition in words a spreadsheet user would write, as filters: a >= 3 and b in ('x', 'y')."""

from typing import Literal, cast

import sqlglot
from sqlglot import exp

from engine.errors import OptionProblem
from engine.model import Filter

_HOW = "Join comparisons with `and`: spend >= 10 and state in ('CA', 'NY') and age between 20 and 40."

_OPERATORS: dict[type[exp.Expression], Literal["in", "not in", ">", ">=", "<", "<="]] = {
    exp.EQ: "in",
    exp.NEQ: "not in",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.LT: "<",
    exp.LTE: "<=",
}


def parse_where(text: str) -> tuple[Filter, ...]:
    """The filters a condition stands for. The text is parsed and never becomes part of a query.

    Understood: =, !=, >, >=, <, <=, between, in, not in, is null, is not null, joined by `and`.
    Raises OptionProblem for anything else.
    """
    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except sqlglot.errors.SqlglotError:
        raise OptionProblem("The condition could not be read.", f"Found `{text}`.", _HOW) from None
    parts = list(tree.flatten()) if isinstance(tree, exp.And) else [tree]
    return tuple(_filter(part, text) for part in parts)


def _filter(part: exp.Expression, text: str) -> Filter:
    if isinstance(part, exp.Paren):
        return _filter(cast(exp.Expression, part.this), text)
    column = part.find(exp.Column)
    if column is None:
        raise _not_understood(part, text)
    name = column.name
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


def _value(node: exp.Expression, text: str) -> str | float:
    sign = 1.0
    if isinstance(node, exp.Neg):
        node, sign = node.this, -1.0
    if isinstance(node, exp.Literal):
        return str(node.this) if node.is_string else sign * float(node.this)
    raise _not_understood(node, text)


def _not_understood(part: exp.Expression, text: str) -> OptionProblem:
    return OptionProblem(
        f"This part of the condition is not understood: `{part.sql()}`.", f"In `{text}`.", _HOW
    )
