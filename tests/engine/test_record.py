"""Every noun that is stored comes back as it was, and equal content has an equal id."""

import dataclasses
import json
import math
import types
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from engine import model, record

STORED = [
    noun
    for noun in vars(model).values()
    if dataclasses.is_dataclass(noun) and noun not in (model.Features, model.Projection)
]


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Values of an annotation of the nouns: finite numbers, any text, nested nouns."""
    origin, inside = get_origin(kind), get_args(kind)
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.builds(kind, **{item.name: anything(hints[item.name]) for item in dataclasses.fields(kind)})
    if origin is Literal:
        return st.sampled_from(inside)
    if origin in (Union, types.UnionType):
        return st.one_of(*(anything(option) for option in inside))
    if origin is tuple and inside[-1] is Ellipsis:
        return st.lists(anything(inside[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(anything(option) for option in inside))
    if origin is dict:
        return st.dictionaries(st.text(max_size=4), anything(inside[1]), max_size=2)
    simple: dict[Any, st.SearchStrategy[Any]] = {
        str: st.text(max_size=8),
        int: st.integers(-(2**53), 2**53),
        float: st.floats(allow_nan=False, allow_infinity=False),
        bool: st.booleans(),
        type(None): st.none(),
    }
    return simple[kind]


@pytest.mark.parametrize("noun", STORED, ids=lambda noun: noun.__name__)
def test_a_noun_comes_back_as_it_was(noun: type[Any]) -> None:
    @settings(max_examples=12)
    @given(anything(noun))
    def check(value: Any) -> None:
        text = record.dump(value)
        again = record.load(noun, text)
        assert again == value
        assert record.dump(again) == text
        assert record.content_id(again) == record.content_id(value)

        def refuse(constant: str) -> None:
            raise AssertionError(constant)

        assert list(json.loads(text, parse_constant=refuse)) == [
            item.name for item in dataclasses.fields(noun)
        ]

    check()


def test_what_is_not_finite_is_null() -> None:
    result = model.KResult(3, math.inf, silhouette=math.nan, jaccard=(0.5, math.nan))
    plain = record.plain(result)
    assert (plain["inertia"], plain["silhouette"], plain["jaccard"]) == (None, None, [0.5, None])
    assert "NaN" not in record.dump(result)
    assert "Infinity" not in record.dump(result)


def test_text_that_is_no_noun_is_refused() -> None:
    for text in ("", "{}", '{"column": 3}', '{"column": "a", "operator": "like", "values": []}'):
        with pytest.raises(ValidationError):
            record.load(model.Filter, text)


def test_an_id_does_not_depend_on_the_order_of_a_dict() -> None:
    first = {"b": [1, {"d": 2.5, "c": None}], "a": "ä"}
    second = {"a": "ä", "b": [1, {"c": None, "d": 2.5}]}
    assert record.content_id(first) == record.content_id(second)
    stat = model.FeatureStat(1.0, 1.0, 0.0, 3)
    population = model.PopulationProfile({"x": stat, "y": stat}, {})
    turned = model.PopulationProfile({"y": stat, "x": stat}, {})
    assert record.content_id(population) == record.content_id(turned)


def test_an_id_is_the_same_on_every_machine() -> None:
    # printf '["recipe", 3, [0.1, null]]' | sha256sum | cut -c1-16
    assert record.content_id("recipe", 3, [0.1, None]) == "595a3cc30413ae39"


@given(st.lists(st.one_of(st.integers(), st.text(), st.booleans()), max_size=4))
def test_an_id_is_sixteen_digits_and_changes_with_any_part(parts: list[Any]) -> None:
    found = record.content_id(*parts)
    assert len(found) == 16
    assert set(found) <= set("0123456789abcdef")
    assert record.content_id(*parts, "more") != found


def test_parts_are_not_run_together() -> None:
    assert record.content_id("ab", "c") != record.content_id("a", "bc")
    assert record.content_id(1) != record.content_id("1")
    assert record.content_id([]) != record.content_id()


def test_a_number_that_is_not_one_has_no_id() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        record.content_id(math.nan)
    with pytest.raises(TypeError):
        record.content_id(np.int64(3))
