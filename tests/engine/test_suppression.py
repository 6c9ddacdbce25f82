"""A profile gives no small group away, and hides no more than that needs."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model import Profile
from engine.suppression import EVERYONE, hidden_cells
from engine.workspace import Workspace
from tests.engine.profiles import profile_of_frame, varied

IDS = ("S1", "S2", "S3")


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    opened = Workspace(None)
    yield opened
    opened.close()


def worked_out(profile: Profile, column: str) -> set[tuple[str, str]]:
    """The hidden cells whose counts follow from what is shown, by solving every equation a reader has.

    A reader knows every segment's size, every shown count, that a shown lift gives a value's total
    away, and that a cell which is neither shown nor listed as suppressed is empty.
    """
    hidden = [(cell.segment, cell.value) for cell in profile.suppressed if cell.column == column]
    mixes = {segment.id: segment.categories[column] for segment in profile.segments}
    mixes[EVERYONE] = profile.population.categories[column]
    values = {value for mix in mixes.values() for value in mix} | {value for _, value in hidden}
    if not hidden or len(values) < 2:
        return set()
    place = {cell: number for number, cell in enumerate(hidden)}
    sizes = {segment.id: segment.size for segment in profile.segments} | {EVERYONE: profile.rows}
    equations: list[np.ndarray] = []

    def add(cells: dict[tuple[str, str], float]) -> None:
        equation = np.zeros(len(hidden))
        for cell, factor in cells.items():
            if cell in place:
                equation[place[cell]] = factor
        equations.append(equation)

    for row in sizes:
        add({(row, value): 1.0 for value in values})
    for value in values:
        add({(row, value): -1.0 if row == EVERYONE else 1.0 for row in sizes})
        if any(value in mixes[row] for row in sizes):
            add({(EVERYONE, value): 1.0})
    _, strengths, directions = np.linalg.svd(np.array(equations))
    rank = int((strengths > 1e-9).sum())
    free = directions[rank:]
    return {cell for cell in hidden if not len(free) or np.abs(free[:, place[cell]]).max() < 1e-9}


def assert_nothing_is_given_away(found: Profile, columns: tuple[str, ...]) -> None:
    for mixes in (*(segment.categories for segment in found.segments), found.population.categories):
        assert all(not 0 < stat.n < 11 for mix in mixes.values() for stat in mix.values())
    listed = {(cell.segment, cell.column, cell.value) for cell in found.suppressed}
    shown = {
        (row, column, value)
        for row, mixes in [(segment.id, segment.categories) for segment in found.segments]
        + [(EVERYONE, found.population.categories)]
        for column, mix in mixes.items()
        for value in mix
    }
    assert not listed & shown
    for column in columns:
        assert worked_out(found, column) == set()


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(2, 5), st.integers(2, 9), st.integers(20, 300))
def test_nothing_hidden_can_be_worked_out(
    workspace: Workspace, seed: int, parts: int, levels: int, rows: int
) -> None:
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "part": random.choice([f"p{n}" for n in range(parts)], rows, p=random.dirichlet([1.0] * parts)),
            "state": random.choice(
                [f"s{n}" for n in range(levels)], rows, p=random.dirichlet([0.6] * levels)
            ),
            "plan": random.choice(["basic", "plus", "old", None], rows, p=[0.7, 0.2, 0.06, 0.04]),
        }
    )
    if frame["part"].nunique() < 2:
        return
    found = profile_of_frame(workspace, frame)
    assert_nothing_is_given_away(found, tuple(found.population.categories))


def test_two_squares_of_hidden_cells_do_not_give_away_the_one_between(workspace: Workspace) -> None:
    # Every line has two hidden cells or more, and still b/z follows: rows a and b less columns x and y.
    table = {
        "a": {"x": 5, "y": 6, "z": 40, "w": 50},
        "b": {"x": 7, "y": 5, "z": 9, "w": 50},
        "c": {"x": 40, "y": 40, "z": 6, "w": 5},
        "d": {"x": 40, "y": 40, "z": 7, "w": 5},
    }
    rows = [(part, value) for part, cells in table.items() for value, n in cells.items() for _ in range(n)]
    found = profile_of_frame(workspace, pd.DataFrame(rows, columns=["part", "plan"]))
    assert_nothing_is_given_away(found, ("plan",))
    assert len(found.suppressed) > 9


def test_a_segment_of_one_value_hides_among_empty_cells() -> None:
    table = {"x": {"S1": 60, "S2": 5, EVERYONE: 65}, "y": {"S1": 40, EVERYONE: 40}}
    hidden = hidden_cells(table, ("S1", "S2"))
    assert hidden == {("S1", "x"), ("S2", "x"), ("S1", "y"), ("S2", "y")}


def test_a_table_without_small_cells_hides_nothing() -> None:
    table = {"x": {"S1": 60, "S2": 15, EVERYONE: 75}, "y": {"S1": 40, "S2": 11, EVERYONE: 51}}
    assert hidden_cells(table, ("S1", "S2")) == set()


def test_ten_accounts_are_few_and_eleven_are_not() -> None:
    def hidden(few: int) -> bool:
        table = {
            value: {"S1": few if value == "x" else 50, "S2": 50, EVERYONE: 100 if value == "y" else 50 + few}
            for value in "xy"
        }
        return ("S1", "x") in hidden_cells(table, ("S1", "S2"))

    assert [hidden(few) for few in (1, 10, 11)] == [True, True, False]


def test_as_little_as_needed_is_hidden() -> None:
    cells = {
        "S1": {"x": 5, "y": 20, "z": 90},
        "S2": {"x": 30, "y": 40, "z": 50},
        "S3": {"x": 70, "y": 80, "z": 60},
    }
    table = {
        value: {row: mix[value] for row, mix in cells.items()}
        | {EVERYONE: sum(mix[value] for mix in cells.values())}
        for value in "xyz"
    }
    hidden = hidden_cells(table, IDS)
    assert hidden == {("S1", "x"), ("S1", "y"), ("S2", "x"), ("S2", "y")}


def test_suppression_does_not_depend_on_the_order_of_the_table() -> None:
    frame = varied(7)
    counts = pd.crosstab(frame["state"], frame["part"])
    table = {
        str(value): {part: int(n) for part, n in row.items()} | {EVERYONE: int(row.sum())}
        for value, row in counts.iterrows()
    }
    backwards = dict(reversed(table.items()))
    assert hidden_cells(table, "abc") == hidden_cells(backwards, "cba")
