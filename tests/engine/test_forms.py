"""The forms of numbers mean the same to the pattern, to its shortcut and to the database."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.reading import coerce, forms

NUMBERISH = st.from_regex(r"[-+]?[0-9]{0,3}[.,0]?[0-9]{0,18}[.]?[0-9]{0,2}(e[0-9]{1,3})?", fullmatch=True)


@settings(deadline=None, max_examples=300)
@given(NUMBERISH)
def test_the_quick_test_for_numbers_never_says_yes_where_the_pattern_says_no(text: str) -> None:
    for core in ("integer", "point"):
        quick = duckdb.execute(f"SELECT {forms.is_usual('v', core)} FROM (SELECT ? AS v)", [text]).fetchone()
        fitting = bool(forms.compiled(forms.pattern("plain", core)).fullmatch(text))
        assert quick is not None
        assert fitting or not quick[0], (core, text)


@pytest.mark.parametrize("text", ["0", "7", "-12", "123456789012345"])
def test_the_quick_test_knows_usual_integers(text: str) -> None:
    assert duckdb.execute(
        f"SELECT {forms.is_usual('v', 'integer')} FROM (SELECT ? AS v)", [text]
    ).fetchone() == (True,)


def test_every_number_form_means_the_same_to_python_and_the_database() -> None:
    texts = ["0", "007", "1,234", "1.234", "1 234,5", "1’234.5", "1e5", "-.5", "5.", "46 %", "$ 5", "€1.234,50",
             "1.234.567", "1,23,456", "--1", "1e400", "", "٣", "1\n"]  # fmt: skip
    for wrapper in forms.WRAPPERS:
        for core in forms.CORES:
            pattern = forms.pattern(wrapper, core)
            for text in texts:
                found = duckdb.execute(
                    f"SELECT {forms.matches('v', pattern)} FROM (SELECT ? AS v)", [text]
                ).fetchone()
                assert found == (bool(forms.compiled(pattern).fullmatch(text)),), (wrapper, core, text)


def test_no_column_is_typed_where_there_is_none() -> None:
    assert coerce.coerce(duckdb.connect(), "nothing", {}) == []
