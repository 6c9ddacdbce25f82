"""A condition in words becomes filters, or a sentence; never a query."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import OptionProblem
from engine.model import Filter
from engine.where import parse_where


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("spend > 10", [Filter("spend", ">", (10.0,))]),
        ("spend>=10.5", [Filter("spend", ">=", (10.5,))]),
        ("spend < -3", [Filter("spend", "<", (-3.0,))]),
        ("spend <= 1e3", [Filter("spend", "<=", (1000.0,))]),
        ("spend > 1 -- a remark", [Filter("spend", ">", (1.0,))]),
        ("state = 'CA'", [Filter("state", "in", ("CA",))]),
        ("state == 'CA'", [Filter("state", "in", ("CA",))]),
        ("state != 'CA'", [Filter("state", "not in", ("CA",))]),
        ("state <> 'CA'", [Filter("state", "not in", ("CA",))]),
        ("state in ('CA', 'NY')", [Filter("state", "in", ("CA", "NY"))]),
        ("state NOT IN ('CA', 'NY')", [Filter("state", "not in", ("CA", "NY"))]),
        ("age between 20 and 40", [Filter("age", "between", (20.0, 40.0))]),
        ("age is null", [Filter("age", "is missing")]),
        ("age IS NOT NULL", [Filter("age", "is not missing")]),
        ("active = true", [Filter("active", "in", ("true",))]),
        ("active != False", [Filter("active", "not in", ("false",))]),
        ("name = 'O''Brien; DROP TABLE x'", [Filter("name", "in", ("O'Brien; DROP TABLE x",))]),
        ('"total spend" > 3', [Filter("total spend", ">", (3.0,))]),
        ('"say ""hi""" > 3', [Filter('say "hi"', ">", (3.0,))]),
        ("plan.price > 3", [Filter("plan.price", ">", (3.0,))]),
        ('"plan.price" > 3', [Filter("plan.price", ">", (3.0,))]),
        ("npi = 1234567890123456789", [Filter("npi", "in", ("1234567890123456789",))]),
        ("id = '007'", [Filter("id", "in", ("007",))]),
        ("a > 1 and b = 'x'", [Filter("a", ">", (1.0,)), Filter("b", "in", ("x",))]),
        (
            "age between 20 and 40 and (a > 1) and b is null",
            [Filter("age", "between", (20.0, 40.0)), Filter("a", ">", (1.0,)), Filter("b", "is missing")],
        ),
        (
            "((a > 1 and b > 2) and c > 3)",
            [Filter("a", ">", (1.0,)), Filter("b", ">", (2.0,)), Filter("c", ">", (3.0,))],
        ),
    ],
)
def test_a_condition_is_read_as_a_spreadsheet_user_means_it(text: str, expected: list[Filter]) -> None:
    assert list(parse_where(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "spend",
        "10",
        "spend >",
        "spend > 10 and",
        "spend > 10 or state = 'CA'",
        "not (spend > 10)",
        "age not between 1 and 2",
        "10 < spend",
        "spend > other",
        "spend + 1 > 2",
        "lower(state) = 'ca'",
        "state like 'C%'",
        "state = null",
        "active is true",
        "spend > (select 1)",
        "state in (select name from settings)",
        "spend = -'x'",
        "spend > ?",
        "spend > $1",
        "select * from datasets",
        "drop table datasets",
        "spend > 1; drop table datasets",
        "spend > 1 union select 1",
        "exists (select 1)",
        "case when spend > 1 then true else false end",
        "'unclosed",
        '"unclosed > 3',
        "(" * 400 + "spend > 1" + ")" * 400,
    ],
)
def test_anything_else_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(OptionProblem, match=r"Join comparisons with `and`"):
        parse_where(text)


@given(st.text(max_size=40))
def test_no_text_is_more_than_filters_or_a_sentence(text: str) -> None:
    try:
        filters = parse_where(text)
    except OptionProblem:
        return
    assert all(isinstance(item, Filter) for item in filters)


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


@given(NAMES, NAMES)
def test_any_header_and_any_text_can_be_written_down(header: str, value: str) -> None:
    column, literal = header.replace('"', '""'), value.replace("'", "''")
    assert parse_where(f"\"{column}\" = '{literal}'") == (Filter(header, "in", (value,)),)


def test_reading_a_condition_runs_no_query(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a query was run")

    for name in ("connect", "execute", "sql", "query"):
        monkeypatch.setattr(duckdb, name, forbidden)
    assert len(parse_where("spend > 1 and state in ('CA')")) == 2
