"""A profile holds what pandas would compute from the rows."""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from engine import record
from engine.model import Filter, Meaning
from engine.profile import MISSING, POOLED, value_above
from engine.workspace import Workspace
from tests.engine.profiles import profile_of_frame, profiled, stored, varied
from tests.engine.small import store

IDS = ("S1", "S2", "S3")


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    opened = Workspace(None)
    yield opened
    opened.close()


# --- Numbers --------------------------------------------------------------------------------------

NUMBERS = st.one_of(
    st.none(),
    st.integers(-50, 50).map(float),
    st.integers(-(10**6), 10**6).map(lambda value: value / 1000),
)


def cohens_d(own: pd.Series, rest: pd.Series) -> float | None:
    """Cohen (1988), from the raw rows and the pooled sample variance."""
    if len(own) < 2 or len(rest) < 2:
        return None
    squares = ((own - own.mean()) ** 2).sum() + ((rest - rest.mean()) ** 2).sum()
    pooled = math.sqrt(squares / (len(own) + len(rest) - 2))
    return (own.mean() - rest.mean()) / pooled if pooled > 0 else None


def close(found: float | None, expected: float | None, size: float = 1.0) -> bool:
    """Equal to nine digits, or to a billionth of `size`."""
    if found is None or expected is None:
        return found is expected
    return math.isclose(found, expected, rel_tol=1e-8, abs_tol=1e-9 * max(1.0, size))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abc"), NUMBERS), min_size=4, max_size=40))
def test_numbers_are_those_of_pandas(workspace: Workspace, rows: list[tuple[str, float | None]]) -> None:
    frame = pd.DataFrame(rows, columns=["part", "x"]).assign(x=lambda f: f["x"].astype(float))
    if frame["part"].nunique() < 2 or frame["x"].nunique() < 3:
        return
    found = profile_of_frame(workspace, frame)
    if "x" not in found.population.features:
        return  # whole numbers without a gap or a repeat are a running number, and not measured
    everyone, size = frame["x"].dropna(), float(frame["x"].abs().max())
    means = frame.groupby("part")["x"].mean().dropna()
    for segment in found.segments:
        own = frame["x"][frame["part"] == segment.name].dropna()
        rest = frame["x"][frame["part"] != segment.name].dropna()
        assert segment.size == (frame["part"] == segment.name).sum()
        if own.empty:
            assert "x" not in segment.features
            continue
        stat = segment.features["x"]
        assert stat.n == len(own)
        assert close(stat.mean, own.mean(), size)
        assert close(stat.median, own.median(), size)
        assert close(stat.sd, own.std(ddof=0), size)
        assert close(stat.q1, own.quantile(0.25), size)
        assert close(stat.q3, own.quantile(0.75), size)
        assert close(stat.z, (own.mean() - everyone.mean()) / everyone.std(ddof=0), 100)
        assert stat.rank == 1 + sum(mean - own.mean() > 1e-10 * size for mean in means)
        if rest.empty:
            assert stat.above is None
        else:
            # U counts the pairs in which the segment's value is the higher one (Mann & Whitney 1947).
            wins = mannwhitneyu(own, rest, method="asymptotic").statistic
            assert close(stat.above, wins / (len(own) * len(rest)))
        expected_d = cohens_d(own, rest)
        if expected_d is not None and abs(expected_d) < 1e4:
            assert stat.d is not None
            assert math.isclose(stat.d, expected_d, rel_tol=1e-6, abs_tol=1e-8)
        if everyone.min() >= 0 and everyone.mean() > 0:
            assert close(stat.index, 100 * own.mean() / everyone.mean())
        elif everyone.mean() <= 0:
            assert stat.index is None
    whole = found.population.features["x"]
    assert (whole.n, whole.z, whole.index, whole.d) == (len(everyone), 0.0, 100.0, None)
    assert close(whole.mean, everyone.mean(), size)
    assert close(whole.sd, everyone.std(ddof=0), size)


def test_a_category_value_lies_above_as_its_column_of_ones_and_noughts_does(workspace: Workspace) -> None:
    random = np.random.default_rng(3)
    frame = pd.DataFrame(
        {
            "part": random.choice(["a", "b", "c"], 600, p=[0.5, 0.3, 0.2]),
            "plan": random.choice(["Basic", "Plus", "Pro"], 600, p=[0.5, 0.3, 0.2]),
        }
    )
    found = profile_of_frame(workspace, frame)
    for segment in found.segments:
        for plan in ("Basic", "Plus", "Pro"):
            ones = (frame["plan"] == plan).astype(float)
            own, rest = (ones[(frame["part"] == segment.name) == inside] for inside in (True, False))
            wins = mannwhitneyu(own, rest, method="asymptotic").statistic
            assert close(value_above(found, segment.id, "plan", plan), wins / (len(own) * len(rest)))
    assert value_above(found, "S1", "plan", "Gold") is None


def test_a_few_huge_values_move_the_distance_in_sd_but_not_how_often_one_lies_above(
    workspace: Workspace,
) -> None:
    frame = pd.DataFrame(
        {"part": ["a"] * 60 + ["b"] * 30, "x": [*range(1, 61), *(5 * value for value in range(21, 51))]}
    )
    huge = frame.assign(x=frame["x"].where(frame["x"] < 250, 100_000).astype(float))
    plain, moved = (profile_of_frame(workspace, each).segments[1].features["x"] for each in (frame, huge))
    assert plain.above == moved.above == 1.0
    assert plain.z > 1.2 and moved.z < 0.25 and (moved.index or 0) > 250


def test_a_hand_made_table_gives_hand_made_numbers(workspace: Workspace) -> None:
    frame = pd.DataFrame(
        {"part": ["a"] * 4 + ["b"] * 2 + ["c"] * 2, "x": [1.0, 2.0, 3.0, 6.0, 8.0, 10.0, None, 3.0]}
    )
    first, second, third = profile_of_frame(workspace, frame).segments
    assert (first.name, first.size, first.size_share) == ("a", 4, 0.5)
    stat = first.features["x"]
    assert (stat.mean, stat.median, stat.n, stat.rank) == (3.0, 2.5, 4, 2)
    assert stat.sd == pytest.approx(math.sqrt(3.5))
    assert stat.index == pytest.approx(100 * 3 / (33 / 7))
    assert stat.above == pytest.approx((0 + 0 + 0.5 + 1) / (4 * 3))  # of 8, 10 and 3
    # 3 against 7; squares within 14 and 26, over 7 - 2.
    assert stat.d == pytest.approx((3 - 7) / math.sqrt(40 / 5))
    assert (second.features["x"].rank, third.features["x"].rank) == (1, 2)  # equal means share a rank
    assert (third.size, third.features["x"].n, third.features["x"].d) == (2, 1, None)


def test_what_the_largest_tenth_holds_is_that_of_pandas(workspace: Workspace) -> None:
    amounts = [float((7 * i) % 331 + (5000 if i % 60 == 0 else 0)) for i in range(460)]
    frame = pd.DataFrame({"part": ["a" if i % 3 else "b" for i in range(460)], "x": amounts})
    found = profile_of_frame(workspace, frame)
    for segment in (*found.segments, None):
        own = frame["x"] if segment is None else frame["x"][frame["part"] == segment.name]
        stat = (segment or found.population).features["x"]
        largest = own.sort_values(ascending=False).head(len(own) // 10)
        assert close(stat.top_tenth, largest.sum() / own.sum())
        assert stat.at_q3 == (own >= own.quantile(0.75)).sum()


@pytest.mark.parametrize(("accounts", "told"), [(109, False), (110, True)])
def test_a_tenth_of_fewer_than_eleven_accounts_is_not_told_of(
    workspace: Workspace, accounts: int, told: bool
) -> None:
    frame = pd.DataFrame(
        {"part": ["a"] * accounts + ["b"] * 200, "x": [float(i % 97) for i in range(accounts + 200)]}
    )
    own = next(s for s in profile_of_frame(workspace, frame).segments if s.name == "a").features["x"]
    assert (own.top_tenth is not None) is told and own.at_q3 is not None


def test_amounts_below_nothing_have_no_largest_part(workspace: Workspace) -> None:
    frame = pd.DataFrame({"part": ["a", "b"] * 150, "x": [float(i % 89) - 30 for i in range(300)]})
    assert profile_of_frame(workspace, frame).population.features["x"].top_tenth is None


def test_a_yes_no_column_has_a_share_as_its_mean(workspace: Workspace) -> None:
    values = ["yes"] * 60 + ["no"] * 60 + ["no"] * 60 + [""] * 20
    frame = pd.DataFrame(
        {
            "part": ["a"] * 120 + ["b"] * 80,
            "opted_in": pd.Series(
                [{"yes": True, "no": False}.get(value) for value in values], dtype="boolean"
            ),
        }
    )
    first, second = profile_of_frame(workspace, frame).segments
    assert (first.features["opted_in"].mean, first.features["opted_in"].n) == (0.5, 120)
    assert (second.features["opted_in"].mean, second.features["opted_in"].n) == (0.0, 60)
    assert first.features["opted_in"].total_share is None


def test_a_yes_no_share_that_would_show_a_small_group_is_left_out(workspace: Workspace) -> None:
    frame = pd.DataFrame(
        {
            "part": ["a"] * 100 + ["b"] * 100 + ["c"] * 100,
            "opted_in": [True] * 3 + [False] * 97 + ([True] * 40 + [False] * 60) * 2,
        }
    )
    found = profile_of_frame(workspace, frame)
    shown = [segment.id for segment in found.segments if "opted_in" in segment.features]
    hidden = {cell.segment for cell in found.suppressed if cell.column == "opted_in"}
    assert "S1" not in shown
    assert len(hidden) > 1, "one hidden alone would follow from the total"
    assert hidden == {"S1", "S2", "S3"} - set(shown)


def test_parts_of_a_total_add_up_where_a_total_makes_sense(workspace: Workspace) -> None:
    values = [1.0, 2.0, 3.5, 4.0, 8.0, 1.5]
    frame = pd.DataFrame(
        {"part": list("aaabbc"), "spend": values, "score": values, "change": [-1.0, *values[1:]]}
    )
    dataset = store(workspace, frame)
    money = Meaning("Spend", unit="currency", role="volume")
    score = Meaning("Score", unit="score")
    columns = tuple(
        replace(column, meaning=score if column.name == "score" else money) for column in dataset.columns
    )
    workspace.save_dataset(replace(dataset, columns=columns))
    found = profiled(workspace, stored(workspace, workspace.dataset(dataset.id)))
    shares = [segment.features["spend"].total_share for segment in found.segments]
    assert shares == pytest.approx([6.5 / 20, 12 / 20, 1.5 / 20])
    assert all(segment.features["score"].total_share is None for segment in found.segments)
    assert all(segment.features["change"].total_share is None for segment in found.segments)


def test_large_numbers_keep_their_spread(workspace: Workspace) -> None:
    random = np.random.default_rng(0)
    values = 1e9 + np.concatenate([random.normal(0, 0.5, 20), random.normal(1.5, 0.5, 20)])
    frame = pd.DataFrame({"part": ["a"] * 20 + ["b"] * 20, "x": values})
    first, _ = profile_of_frame(workspace, frame).segments
    expected = cohens_d(pd.Series(values[:20] - 1e9), pd.Series(values[20:] - 1e9))
    assert first.features["x"].d == pytest.approx(expected, rel=1e-4)


def test_sides_without_any_spread_have_no_d(workspace: Workspace) -> None:
    frame = pd.DataFrame({"part": ["a"] * 5 + ["b"] * 8, "x": [0.1] * 5 + [0.7] * 8, "y": [0, 1.5] * 6 + [9]})
    first, second = profile_of_frame(workspace, frame).segments
    assert first.features["x"].d is None
    assert second.features["x"].d is None
    assert first.features["y"].d is not None


def test_a_column_of_negative_numbers_has_no_index(workspace: Workspace) -> None:
    frame = pd.DataFrame({"part": list("aabb"), "x": [-3.0, 1.0, 2.5, 9.0]})
    assert [s.features["x"].index for s in profile_of_frame(workspace, frame).segments] == [None, None]


def test_filtered_rows_are_in_no_number(workspace: Workspace) -> None:
    frame = pd.DataFrame({"part": list("aabbb"), "x": [1.0, 3.0, 5.0, 7.0, 1e6], "y": [1.0, 2, 3, 5, 7.5]})
    segmentation = stored(workspace, store(workspace, frame), filters=(Filter("x", "<", (100.0,)),))
    found = profiled(workspace, segmentation)
    assert found.rows == 4
    assert found.population.features["x"].mean == 4.0
    assert [segment.features["x"].mean for segment in found.segments] == [2.0, 6.0]


def test_the_same_rows_in_any_order_give_the_same_profile(workspace: Workspace) -> None:
    frame = varied(1)
    dataset = store(workspace, frame)
    segmentation = stored(workspace, dataset)
    expected = record.content_id(profiled(workspace, segmentation))
    assert record.content_id(profiled(workspace, segmentation)) == expected
    for seed in range(5):
        shuffled = frame.sample(frac=1, random_state=seed).reset_index(drop=True)
        assert record.content_id(profile_of_frame(workspace, shuffled)) == expected


# --- Categories -----------------------------------------------------------------------------------


def test_shares_lifts_and_counts_are_those_of_pandas(workspace: Workspace) -> None:
    frame = varied(2)
    found = profile_of_frame(workspace, frame)
    for name in ("state", "plan"):
        values = frame[name].fillna(MISSING)
        common = set(found.population.categories[name]) - {POOLED}
        values = values.where(values.isin(common), POOLED)
        population = values.value_counts()
        for segment in found.segments:
            own = values[frame["part"] == segment.name].value_counts()
            hidden = {
                cell.value for cell in found.suppressed if (cell.segment, cell.column) == (segment.id, name)
            }
            shown = segment.categories[name]
            assert set(shown) | hidden >= set(own.index)
            assert not set(shown) & hidden
            for value, stat in shown.items():
                assert stat.n == own[value]
                assert stat.share == pytest.approx(own[value] / own.sum(), rel=1e-9)
                lift = (own[value] / own.sum()) / (population[value] / len(frame))
                assert stat.lift == pytest.approx(lift, rel=1e-9)
        for value, stat in found.population.categories[name].items():
            assert (stat.n, stat.lift) == (population[value], 1.0)
            assert stat.share == pytest.approx(population[value] / len(frame), rel=1e-9)


def test_missing_values_are_a_category_of_their_own(workspace: Workspace) -> None:
    frame = pd.DataFrame({"part": ["a"] * 40 + ["b"] * 40, "plan": (["basic", None] * 20) + ["plus"] * 40})
    found = profile_of_frame(workspace, frame)
    assert found.segments[0].categories["plan"][MISSING].n == 20
    assert found.population.categories["plan"][MISSING].share == 0.25


def test_at_most_twelve_values_are_named(workspace: Workspace) -> None:
    frame = pd.DataFrame({"part": list("ab") * 400, "state": np.repeat([f"s{n:02d}" for n in range(16)], 50)})
    values = profile_of_frame(workspace, frame).population.categories["state"]
    assert len(values) == 13
    assert values[POOLED].n == 200


def test_a_small_pool_takes_in_the_rarest_value(workspace: Workspace) -> None:
    # Were "(other)" 5 accounts, hiding it would be in vain: 100 - 40 - 30 - 25 = 5.
    plans = ["p"] * 40 + ["q"] * 30 + ["r"] * 25 + ["s"] * 3 + ["t"] * 2
    frame = pd.DataFrame({"part": list("ab") * 50, "plan": plans})
    values = profile_of_frame(workspace, frame).population.categories["plan"]
    assert {value: stat.n for value, stat in values.items()} == {"p": 40, "q": 30, POOLED: 30}


def test_a_zero_with_a_sign_is_a_zero(workspace: Workspace) -> None:
    values = [0.0, -0.0, 0.0, -0.5, 1.0]
    found = {
        record.content_id(
            profile_of_frame(
                workspace, pd.DataFrame({"part": list("aaaab"), "x": order, "y": [1.5] * 4 + [2.0]})
            )
        )
        for order in ([-0.0, 0.0, 0.0, -0.5, 1.0], values, [0.0, 0.0, -0.0, -0.5, 1.0])
    }
    assert len(found) == 1
