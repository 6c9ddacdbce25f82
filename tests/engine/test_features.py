import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import ColumnProblem, OptionProblem, TooFewRows
from engine.features import apply, check_rows, prepare, warnings
from engine.model import FeatureSpec
from engine.record import dump, load
from engine.redundancy import redundancies
from engine.shape import two_separate_modes, yeo_johnson, yeo_johnson_lambda
from tests.engine.tables import dataset_of, features_of, keyed

MODES = ("none", "zscore", "range", "auto")


def mixed(rows: int = 400, seed: int = 1) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    spend = random.lognormal(3, 1, rows)
    spend[::17] = np.nan
    payer = random.choice(["Commercial", "Medicare", "Medicaid", "Rare"], rows, p=[0.5, 0.3, 0.19, 0.01])
    return keyed(
        {
            "spend": spend,
            "score": random.integers(1, 11, rows),
            "payer": payer,
            "opted_in": random.random(rows) < 0.3,
        }
    )


def test_zscore_has_mean_zero_and_population_deviation_one() -> None:
    features = features_of(keyed({"x": [1.0, 2.0, 3.0, 10.0], "y": [5, 5, 6, 9]}))
    assert np.allclose(features.matrix.mean(axis=0), 0)
    assert np.allclose(features.matrix.std(axis=0, ddof=0), 1)


def test_none_leaves_numbers_as_they_are_and_counts_yes_as_one() -> None:
    features = features_of(keyed({"x": [1.5, -2.0, 3.0], "likes": ["Yes", "No", "Yes"]}), "none")
    assert features.matrix.tolist() == [[1.5, 1.0], [-2.0, 0.0], [3.0, 1.0]]


def test_range_runs_from_zero_to_one() -> None:
    features = features_of(keyed({"x": [10.0, 15.0, 20.0], "flag": [True, False, True]}), "range")
    assert features.matrix.tolist() == [[0.0, 1.0], [0.5, 0.0], [1.0, 1.0]]


def test_range_puts_the_two_rarest_levels_one_apart() -> None:
    matrix = features_of(keyed({"payer": ["a"] * 6 + ["b"] * 3 + ["c"]}), "range").matrix
    assert np.linalg.norm(matrix[6] - matrix[9]) == pytest.approx(1)
    assert np.linalg.norm(matrix[0] - matrix[9]) < 1


def test_missing_numbers_become_the_median_and_are_counted() -> None:
    features = features_of(keyed({"x": [1.0, np.nan, 3.0, 100.0]}), "none")
    assert features.matrix[1, 0] == 3.0
    assert features.preparation[0].missing == 1


def test_missing_categories_become_the_most_frequent_value() -> None:
    features = features_of(keyed({"payer": ["a", "b", None, "b", "c"]}))
    assert (features.matrix[2] == features.matrix[1]).all()
    assert features.preparation[0].fill == "b"


def test_categories_are_famd_indicators() -> None:
    features = features_of(keyed({"payer": ["a", "a", "b", "c"]}))
    root = np.sqrt([0.5, 0.25, 0.25])
    assert features.names == ("payer: a", "payer: b", "payer: c")
    assert np.allclose(features.matrix[0], np.array([1, 0, 0]) / root - root)
    # The inertia of a category of three levels is two (Pages 2004).
    assert features.matrix.var(axis=0).sum() == pytest.approx(2)
    assert np.allclose(features.matrix.mean(axis=0), 0)


def test_yes_and_no_are_as_far_apart_as_two_indicators_would_be() -> None:
    flags = ["Yes"] * 3 + ["No"] * 7
    one = features_of(keyed({"flag": flags})).matrix
    two = features_of(keyed({"flag": ["p" if flag == "Yes" else "q" for flag in flags]})).matrix
    assert one.shape[1] == 1 and two.shape[1] == 2
    assert np.linalg.norm(one[0] - one[9]) == pytest.approx(np.linalg.norm(two[0] - two[9]))


def test_levels_under_two_per_cent_are_pooled_as_other() -> None:
    features = features_of(keyed({"payer": ["a"] * 60 + ["b"] * 38 + ["x", "y"]}))
    assert features.preparation[0].levels == ("a", "b", "Other")
    assert features.preparation[0].shares == pytest.approx((0.6, 0.38, 0.02))


@pytest.mark.parametrize("mode", MODES)
def test_replay_gives_the_same_bits_in_any_company(mode: str) -> None:
    rows = mixed()
    features = features_of(rows, mode)
    assert np.array_equal(apply(features.preparation, rows), features.matrix)
    shuffled = np.random.default_rng(3).permutation(len(rows))
    assert np.array_equal(apply(features.preparation, rows.iloc[shuffled]), features.matrix[shuffled])
    for part in (slice(5, 6), slice(7, 20), slice(0, 399)):
        assert np.array_equal(apply(features.preparation, rows.iloc[part]), features.matrix[part])


@pytest.mark.parametrize("mode", MODES)
def test_replay_from_a_saved_recipe_gives_the_same_bits(mode: str) -> None:
    rows = mixed()
    features = features_of(rows, mode)
    saved = [load(type(prepared), dump(prepared)) for prepared in features.preparation]
    assert np.array_equal(apply(saved, rows), features.matrix)


def test_replay_reads_whole_numbers_and_booleans_in_other_types_alike() -> None:
    rows = keyed({"code": [1, 2, 2, 3], "flag": [True, False, True, False]})
    dataset = dataset_of(rows, kinds={"code": "category"})
    features = prepare(rows, dataset, FeatureSpec("table", "key", ("code", "flag")))
    other = keyed({"code": [1.0, 2.0, 2.0, 3.0], "flag": ["yes", "no", "TRUE", "false"]})
    assert np.array_equal(apply(features.preparation, other), features.matrix)
    nullable = rows.astype({"code": "Int64", "flag": "boolean"})
    assert np.array_equal(apply(features.preparation, nullable), features.matrix)


def test_a_category_never_seen_counts_as_other_or_as_none() -> None:
    pooled = features_of(keyed({"payer": ["a"] * 60 + ["b"] * 38 + ["x", "y"]}))
    new = keyed({"payer": ["new", "x"]})
    assert np.array_equal(*apply(pooled.preparation, new))
    plain = features_of(keyed({"payer": ["a", "a", "b", "b"]}))
    assert np.allclose(apply(plain.preparation, new)[0], -np.sqrt([0.5, 0.5]))


@settings(max_examples=30)
@given(weight=st.integers(2, 6), seed=st.integers(0, 1000))
def test_a_weight_equals_repeating_the_column(weight: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    rows = keyed({"x": random.normal(size=20), "y": random.normal(size=20)})
    weighted = features_of(rows, weights=(("x", float(weight)),)).matrix
    repeated = features_of(
        keyed({**{f"x{i}": rows["x"].to_numpy() for i in range(weight)}, "y": rows["y"].to_numpy()})
    ).matrix
    distances = [((m[:, None] - m[None]) ** 2).sum(axis=2) for m in (weighted, repeated)]
    assert np.allclose(*distances)


def test_auto_takes_the_log_of_skewed_counts_only() -> None:
    random = np.random.default_rng(0)
    rows = keyed({"visits": random.lognormal(2, 1, 500).round(), "even": random.normal(50, 5, 500)})
    spec = FeatureSpec("table", "key", ("visits", "even"), prepare="auto")
    visits, even = prepare(rows, dataset_of(rows, units={"visits": "count"}), spec).preparation
    assert (visits.transform, visits.reason) == ("log1p", "skewed counts: log, then z-score")
    assert (even.transform, even.reason) == ("none", "z-score")
    assert even.lower == pytest.approx(np.quantile(rows["even"], 0.005))


def test_auto_reshapes_other_skewed_numbers_by_yeo_johnson() -> None:
    values = -np.random.default_rng(0).lognormal(1, 0.8, 800)
    prepared = features_of(keyed({"x": values}), "auto").preparation[0]
    assert prepared.transform == "yeo-johnson"
    assert prepared.lambda_ is not None and prepared.lambda_ > 1


def test_auto_never_reshapes_a_column_of_two_separate_groups() -> None:
    random = np.random.default_rng(0)
    values = np.concatenate([random.normal(5, 1, 900), random.normal(40, 1, 100)])
    features = features_of(keyed({"x": values}), "auto")
    assert features.preparation[0].transform == "none"
    assert "two separate groups" in features.preparation[0].reason


@pytest.mark.parametrize("seed", range(5))
def test_counts_and_long_tails_are_not_taken_for_two_groups(seed: int) -> None:
    random = np.random.default_rng(seed)
    for values in (
        random.poisson(0.7, 2000), random.poisson(4, 300), random.lognormal(0, 1, 1000),
        random.exponential(size=2000), random.normal(size=200), random.uniform(size=500),
    ):  # fmt: skip
        assert not two_separate_modes(np.asarray(values, dtype=float))


def test_yeo_johnson_agrees_with_scikit_learn() -> None:
    from sklearn.preprocessing import PowerTransformer

    values = np.random.default_rng(0).gamma(1.0, 3.0, 3000) - 1
    theirs = PowerTransformer(standardize=False).fit(values[:, None])
    assert yeo_johnson_lambda(values) == pytest.approx(theirs.lambdas_[0], abs=1e-3)
    assert np.allclose(yeo_johnson(values, theirs.lambdas_[0]), theirs.transform(values[:, None])[:, 0])


@pytest.mark.parametrize("lambda_", [0.0, 2.0, -1.5, 3.5])
def test_yeo_johnson_rises_everywhere(lambda_: float) -> None:
    values = np.linspace(-50, 50, 401)
    assert (np.diff(yeo_johnson(values, lambda_)) > 0).all()


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    rows = keyed({"amount": [1, 2, 3]})
    with pytest.raises(ColumnProblem, match=r"No column `spend`\. Found: amount\. Pick one under Data\."):
        prepare(rows, dataset_of(rows), FeatureSpec("table", "key", ("spend",)))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([2.0, 2.0, 2.0], "must differ between accounts"),
        ([2.0, np.nan, 2.0], "must differ between accounts"),
        ([np.nan, np.nan, np.nan], "must have values"),
        ([None, None, None], "must have values"),
        ([1.0, np.inf, 2.0], "finite"),
        ([1.0, -np.inf, 2.0], "finite"),
        ([1.0, 1e308, -1e308], "of a size that can be compared"),
        (pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01"]), "dates"),
    ],
)
@pytest.mark.parametrize("mode", MODES)
def test_a_column_that_cannot_serve_is_refused_with_a_reason(values: object, words: str, mode: str) -> None:
    rows = keyed({"spend": values})
    kinds = {"spend": "date"} if isinstance(values, pd.DatetimeIndex) else None
    with pytest.raises(ColumnProblem, match=words) as caught:
        prepare(rows, dataset_of(rows, kinds=kinds), FeatureSpec("table", "key", ("spend",), prepare=mode))
    assert caught.value.expected and caught.value.found and caught.value.do


def test_text_with_many_values_is_refused() -> None:
    rows = keyed({"note": [f"called on day {day}" for day in range(200)]})
    with pytest.raises(ColumnProblem, match="200 different values"):
        features_of(rows)


def test_text_that_is_half_one_word_is_refused_unless_it_is_a_category() -> None:
    rows = keyed({"note": ["none"] * 100 + [f"note {day}" for day in range(100)]})
    with pytest.raises(ColumnProblem, match="101 different values"):
        prepare(rows, dataset_of(rows, kinds={"note": "text"}), FeatureSpec("table", "key", ("note",)))


def test_text_among_the_numbers_of_a_new_file_is_refused() -> None:
    features = features_of(keyed({"x": [1.0, 2.0, 4.0]}))
    with pytest.raises(ColumnProblem, match="'n/a'"):
        apply(features.preparation, keyed({"x": ["1", "n/a", "3"]}))
    with pytest.raises(ColumnProblem, match="finite"):
        apply(features.preparation, keyed({"x": [1.0, np.inf, 3.0]}))


def test_a_rare_huge_value_is_winsorised_by_auto() -> None:
    values = np.random.default_rng(0).normal(size=2000)
    values[7] = 1e308
    assert np.abs(features_of(keyed({"x": values}), "auto").matrix).max() < 10


@pytest.mark.parametrize("weights", [(("y", 2.0),), (("x", 0.0),), (("x", -1.0),), (("x", float("nan")),)])
def test_a_weight_must_be_positive_and_belong_to_a_column(weights: tuple[tuple[str, float], ...]) -> None:
    with pytest.raises(OptionProblem):
        features_of(keyed({"x": [1.0, 2.0, 3.0]}), weights=weights)


def test_no_columns_and_no_rows_are_refused() -> None:
    with pytest.raises(OptionProblem):
        features_of(keyed({"x": [1.0, 2.0]}), cluster=())
    with pytest.raises(TooFewRows):
        features_of(keyed({"x": pd.Series([], dtype=float)}))
    with pytest.raises(TooFewRows, match=r"5 segments need at least 5 accounts\. Found: 4\."):
        check_rows(4, 5)
    check_rows(5, 5)


def test_warnings_name_what_is_missing_and_what_counts_twice() -> None:
    random = np.random.default_rng(0)
    visits = random.normal(10, 2, 300)
    holes = random.normal(size=300)
    holes[:120] = np.nan
    rows = keyed({"visits": visits, "calls": 2 * visits + random.normal(0, 0.5, 300), "holes": holes})
    sentences = warnings(features_of(rows))
    assert len(sentences) == 2
    assert "`holes` is missing for 40%" in sentences[0]
    assert "`visits`" in sentences[1] and "`calls`" in sentences[1]


def test_a_sum_of_other_columns_is_found_to_count_twice() -> None:
    random = np.random.default_rng(0)
    parts = random.normal(size=(4, 400))
    rows = keyed({"a": parts[0], "b": parts[1], "c": parts[2], "d": parts[3], "all": parts.sum(axis=0)})
    sentences = warnings(features_of(rows))
    assert len(sentences) == 1 and "`all`" in sentences[0]


def test_independent_columns_give_no_warning() -> None:
    rows = keyed(dict(zip("abc", np.random.default_rng(0).normal(size=(3, 200)), strict=True)))
    assert warnings(features_of(rows)) == ()


def test_columns_that_move_together_are_named_in_one_sentence() -> None:
    rng = np.random.default_rng(5)
    volume = rng.normal(size=400)
    columns = {name: volume + 0.2 * rng.normal(size=400) for name in ("claims", "cost", "fills")}
    said = redundancies(features_of(keyed(columns | {"access": rng.normal(size=400)})))
    assert len(said) == 1
    assert said[0].startswith("`claims`, `cost` and `fills` move together")
    assert "counts 3 times" in said[0]


def test_identifiers_of_few_values_and_columns_named_twice_are_refused() -> None:
    frame = keyed({"account_id": ["a", "b", "c", "d"], "spend": [1.0, 2.0, 3.0, 5.0]})
    with pytest.raises(ColumnProblem, match="names of accounts, 4 different ones"):
        prepare(
            frame,
            dataset_of(frame, kinds={"account_id": "identifier"}),
            FeatureSpec("table", "key", ("account_id", "spend")),
        )
    with pytest.raises(OptionProblem, match="Named more than once: spend"):
        prepare(frame, dataset_of(frame), FeatureSpec("table", "key", ("spend", "spend")))
