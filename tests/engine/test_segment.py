"""Segments from k, or from a column: every account once, largest first, the same on every run."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from engine import record
from engine.diagnose import diagnose
from engine.errors import ColumnProblem, OptionProblem, TooFewRows
from engine.model import ROW_NUMBER, Diagnosis, Filter, Segmentation
from engine.segment import NOT_TESTED, build, features_of, judged, profile_of
from engine.verdict import sentence
from engine.workspace import Workspace
from tests.engine.small import spec_of, store


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    opened = Workspace(None)
    yield opened
    opened.close()


def blobs(seed: int = 0) -> pd.DataFrame:
    """30, 20 and 10 accounts around three far centres, with a category and a held-out column."""
    random = np.random.default_rng(seed)
    sizes = (30, 20, 10)
    centres = np.repeat([[0.0, 0.0], [8.0, 0.0], [0.0, 9.0]], sizes, axis=0)
    points = centres + random.normal(0, 0.5, (60, 2))
    return pd.DataFrame(
        {
            "id": [f"A{place:02d}" for place in range(60)],
            "spend": points[:, 0].round(4),
            "visits": points[:, 1].round(4),
            "region": np.repeat(["north", "south", "west"], sizes),
            "age": random.normal(50, 10, 60).round(1),
            "note": [f"a remark about account {place // 2} that nobody groups by" for place in range(60)],
            "always": ["same"] * 60,
        }
    )


def truth(frame: pd.DataFrame) -> dict[str, str]:
    return dict(zip(frame["id"], frame["region"], strict=True))


def assigned(workspace: Workspace, segmentation: Segmentation) -> dict[str, str]:
    rows = workspace.assignments(segmentation.recipe)
    return dict(zip(rows["key"], rows["segment"], strict=True))


def test_three_far_groups_are_found_and_numbered_by_size(workspace: Workspace) -> None:
    frame = blobs()
    dataset = store(workspace, frame)
    made = build(workspace, spec_of(dataset, ("spend", "visits"), describe=("age",)), k=3)
    assert [(s.id, s.size, s.colour) for s in made.segments] == [("S1", 30, 0), ("S2", 20, 1), ("S3", 10, 2)]
    assert [s.share for s in made.segments] == [0.5, 20 / 60, 10 / 60]
    regions = {"north": "S1", "south": "S2", "west": "S3"}
    assert assigned(workspace, made) == {key: regions[region] for key, region in truth(frame).items()}
    assert made.rows == 60
    assert workspace.segmentation(made.id) == made


def test_names_are_unique_and_true_of_the_rows(workspace: Workspace) -> None:
    frame = blobs()
    dataset = store(workspace, frame)
    made = build(workspace, spec_of(dataset, ("spend", "visits")), k=4)
    assert len({segment.name for segment in made.segments}) == 4
    segments = pd.Series(assigned(workspace, made))
    rows = frame.set_index("id")
    for segment in made.segments:
        own = rows.loc[segments.index[segments == segment.id]]
        for phrase in segment.name.split(" (")[0].split(", "):
            level, column = phrase.lower().split(" ")
            z = (own[column].mean() - rows[column].mean()) / rows[column].std(ddof=0)
            assert z >= 0.2 if level == "high" else z <= -0.2


@settings(max_examples=8, phases=[Phase.explicit, Phase.generate])  # shrinking would fit k-means for minutes
@example([(-0.0, 0), (0.0, 1), (0.0, 0), (-0.5, 0), (0.0, 0), (-0.0, 1)], 2, Random(1))
@given(
    st.lists(
        st.tuples(st.floats(-5, 5).map(lambda v: round(v, 2)), st.integers(0, 3)), min_size=6, max_size=30
    ),
    st.integers(2, 4),
    st.randoms(use_true_random=False),
)
def test_every_account_is_in_one_segment_whatever_the_order_of_the_file(
    workspace: Workspace, rows: list[tuple[float, int]], k: int, random: Random
) -> None:
    frame = pd.DataFrame(rows, columns=["x", "y"]).astype(float)
    if len(frame.drop_duplicates()) < k or frame["x"].nunique() < 2 or frame["y"].nunique() < 2:
        return
    frame.insert(0, "id", [f"A{place:02d}" for place in range(len(frame))])
    results = []
    order = list(range(len(frame)))
    for _ in range(2):
        dataset = store(workspace, frame.iloc[order].reset_index(drop=True))
        made = build(workspace, spec_of(dataset, ("x", "y"), key="id"), k=k, starts=3)
        assert sum(segment.size for segment in made.segments) == made.rows == len(frame)
        sizes = [segment.size for segment in made.segments]
        assert sizes == sorted(sizes, reverse=True)
        found = assigned(workspace, made)
        assert set(found) == set(frame["id"])
        assert [list(found.values()).count(segment.id) for segment in made.segments] == sizes
        stored = workspace.assignments(made.recipe)
        assert stored["fit"].between(0, 1).all()
        results.append((found, made.centres, record.content_id(profile_of(workspace, made))))
        random.shuffle(order)
    assert results[0] == results[1]


def test_fit_is_one_less_the_nearest_over_the_second_nearest_distance(workspace: Workspace) -> None:
    dataset = store(workspace, blobs())
    spec = spec_of(dataset, ("spend", "visits"))
    made = build(workspace, spec, k=3)
    matrix = features_of(workspace, spec).matrix
    distances = np.sort(
        np.sqrt(((matrix[:, None, :] - np.array(made.centres)[None]) ** 2).sum(axis=2)), axis=1
    )
    expected = 1 - distances[:, 0] / distances[:, 1]
    np.testing.assert_allclose(workspace.assignments(made.recipe)["fit"], expected, rtol=1e-9)


def test_the_segments_are_those_of_the_diagnosis(workspace: Workspace) -> None:
    dataset = store(workspace, blobs(3))
    spec = spec_of(dataset, ("spend", "visits", "age"))
    diagnosis = diagnose(features_of(workspace, spec), [2, 3, 4], quick=True)
    made = build(workspace, spec, k=4, diagnosis=diagnosis)
    result = diagnosis.at(4)
    assert result is not None
    assert made.centres == result.centres
    assert tuple(segment.size for segment in made.segments) == result.sizes
    assert made.diagnosis == diagnosis.id
    alone = build(workspace, spec, k=4)
    assert alone.centres == made.centres
    assert alone.recipe == made.recipe


def test_segments_made_before_the_tests_ended_get_the_verdict_when_they_have(workspace: Workspace) -> None:
    spec = spec_of(store(workspace, blobs(3)), ("spend", "visits", "age"))
    landed: list[Diagnosis] = []
    whole = diagnose(features_of(workspace, spec), [3], deliver=landed.append)
    early = next(found for found in landed if found.stage == "stability")
    made = build(workspace, spec, k=3, diagnosis=early)
    workspace.save_result(early.id, early)
    assert judged(workspace, made).verdict is None
    workspace.save_result(whole.id, whole)
    late, told = judged(workspace, made), whole.at(3)
    assert told is not None and told.verdict is not None
    assert (late.verdict, late.verdict_text) == (told.verdict, sentence(told))
    assert workspace.segmentation(made.id) == made


def test_a_diagnosis_of_other_columns_is_not_used(workspace: Workspace) -> None:
    dataset = store(workspace, blobs(4))
    other = diagnose(features_of(workspace, spec_of(dataset, ("age", "visits"))), [3], quick=True)
    spec = spec_of(dataset, ("spend", "visits"))
    assert build(workspace, spec, k=3, diagnosis=other).centres == build(workspace, spec, k=3).centres


def test_a_description_changes_the_profile_and_not_the_recipe(workspace: Workspace) -> None:
    dataset = store(workspace, blobs())
    plain = build(workspace, spec_of(dataset, ("spend", "visits")), k=3)
    described = build(workspace, spec_of(dataset, ("spend", "visits"), describe=("age", "region")), k=3)
    assert plain.recipe == described.recipe
    assert "age" not in profile_of(workspace, plain).population.features
    assert "age" in profile_of(workspace, described).population.features
    assert "region" in profile_of(workspace, described).population.categories


def test_a_profile_shows_names_as_they_are_today(workspace: Workspace) -> None:
    dataset = store(workspace, blobs())
    made = build(workspace, spec_of(dataset, ("spend", "visits")), k=3)
    profile_of(workspace, made)
    renamed = replace(made, segments=(replace(made.segments[0], name="The many"), *made.segments[1:]))
    assert profile_of(workspace, renamed).segments[0].name == "The many"


def test_filtered_rows_are_in_no_segment(workspace: Workspace) -> None:
    frame = blobs()
    dataset = store(workspace, frame)
    filters = (Filter("region", "in", ("south", "west")),)
    made = build(workspace, spec_of(dataset, ("spend", "visits"), filters=filters), k=2)
    assert made.rows == 30
    assert set(assigned(workspace, made)) == set(frame["id"][30:])


# --- What cannot be segmented ---------------------------------------------------------------------


def test_fewer_accounts_than_segments_is_a_sentence(workspace: Workspace) -> None:
    dataset = store(workspace, blobs().head(3))
    with pytest.raises(TooFewRows, match=r"4 segments need at least 4 accounts. Found: 3"):
        build(workspace, spec_of(dataset, ("spend", "visits"), key="id"), k=4)


def test_fewer_different_accounts_than_segments_is_a_sentence(workspace: Workspace) -> None:
    frame = pd.DataFrame({"id": [f"A{n}" for n in range(9)], "x": [1.0, 2.0, 4.0] * 3})
    with pytest.raises(TooFewRows):
        build(workspace, spec_of(store(workspace, frame), ("x",), key="id"), k=4)


def test_filters_that_keep_nothing_are_a_sentence(workspace: Workspace) -> None:
    dataset = store(workspace, blobs())
    spec = spec_of(dataset, ("spend",), filters=(Filter("age", ">", (1000.0,)),))
    with pytest.raises(TooFewRows, match=r"The filters keep 0 rows. Loosen a filter"):
        build(workspace, spec, k=2)
    with pytest.raises(TooFewRows, match=r"The filters keep 0 rows. Loosen a filter"):
        build(workspace, spec, column="region")


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        ("note", "`note` must be a number, yes/no, or a category of few values"),
        ("always", "`always` must differ between accounts"),
        ("nothing", "No column `nothing`"),
    ],
)
def test_a_column_that_separates_nothing_is_a_sentence(
    workspace: Workspace, column: str, sentence: str
) -> None:
    frame = pd.concat([blobs(seed).assign(id=lambda f, s=seed: f["id"] + str(s)) for seed in range(4)])
    frame["note"] = [f"a remark about account {place // 2} that nobody groups by" for place in range(240)]
    dataset = store(workspace, frame.reset_index(drop=True))
    with pytest.raises(ColumnProblem, match=sentence):
        build(workspace, spec_of(dataset, ("spend", column), key="id"), k=2)


def test_no_column_to_cluster_on_is_a_sentence(workspace: Workspace) -> None:
    with pytest.raises(OptionProblem, match="at least one column"):
        build(workspace, spec_of(store(workspace, blobs()), ()), k=2)


# --- Segments from a column -----------------------------------------------------------------------


def test_a_columns_values_become_segments_largest_first(workspace: Workspace) -> None:
    frame = blobs()
    dataset = store(workspace, frame)
    made = build(workspace, spec_of(dataset, ("spend",)), column="region")
    assert [(s.id, s.name, s.size) for s in made.segments] == [
        ("S1", "north", 30),
        ("S2", "south", 20),
        ("S3", "west", 10),
    ]
    regions = {"north": "S1", "south": "S2", "west": "S3"}
    assert assigned(workspace, made) == {key: regions[region] for key, region in truth(frame).items()}
    assert (workspace.assignments(made.recipe)["fit"] == 1).all()
    assert (made.method, made.column, made.verdict, made.verdict_text) == (
        "column", "region", None, NOT_TESTED,
    )  # fmt: skip


def of_column(workspace: Workspace, values: list[object]) -> Segmentation:
    frame = pd.DataFrame({"x": np.arange(float(len(values))), "part": values})
    dataset = store(workspace, frame)
    return build(workspace, spec_of(dataset, ("x",), key=ROW_NUMBER), column="part")


def test_segments_of_equal_size_are_numbered_by_name(workspace: Workspace) -> None:
    assert [s.name for s in of_column(workspace, list("bacbca")).segments] == ["a", "b", "c"]


def test_an_empty_value_is_a_segment_called_missing(workspace: Workspace) -> None:
    made = of_column(workspace, ["a", "a", "a", None, None, "b"])
    assert [(s.name, s.size) for s in made.segments] == [("a", 3), ("(missing)", 2), ("b", 1)]


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ([1, 1, 1, 2, 2, None], ["1", "2", "(missing)"]),
        ([1.5, 1.5, 1.5, 2, 2, None], ["1.5", "2", "(missing)"]),
        ([True, True, True, False, False], ["True", "False"]),
        ([True, True, True, False, False, None], ["True", "False", "(missing)"]),
        (["007", "007", "7"], ["007", "7"]),
    ],
)
def test_values_are_named_as_people_read_them(
    workspace: Workspace, values: list[object], names: list[str]
) -> None:
    assert [segment.name for segment in of_column(workspace, values).segments] == names


@pytest.mark.parametrize("distinct", [2, 40])
def test_from_two_to_forty_values_make_segments(workspace: Workspace, distinct: int) -> None:
    made = of_column(workspace, [f"v{place % distinct:02d}" for place in range(80)])
    assert len(made.segments) == distinct
    assert {segment.colour for segment in made.segments} == set(range(min(8, distinct)))


@pytest.mark.parametrize("distinct", [1, 41])
def test_one_value_or_more_than_forty_make_none(workspace: Workspace, distinct: int) -> None:
    with pytest.raises(ColumnProblem, match=f"2 to 40 different values; `part` has {distinct}"):
        of_column(workspace, [f"v{place % distinct:02d}" for place in range(82)])


def test_an_unknown_column_of_segments_names_those_there_are(workspace: Workspace) -> None:
    dataset = store(workspace, blobs())
    with pytest.raises(ColumnProblem, match=r"No column `part`. Found: id, spend"):
        build(workspace, spec_of(dataset, ("spend",)), column="part")


def test_accounts_far_from_their_segment_stay_in_it_and_are_tagged(workspace: Workspace) -> None:
    random = np.random.default_rng(5)
    places = np.where(np.arange(2_001) % 2, 0.0, 60.0) + random.normal(size=2_001)
    places[[7, 1_000]] = [-25.0, 90.0]
    frame = pd.DataFrame({"id": [f"A{place:04d}" for place in range(2_001)], "x": places})
    made = build(workspace, spec_of(store(workspace, frame, "far"), ("x",), prepare="none"), k=2)
    rows = workspace.assignments(made.recipe).set_index("key")
    assert list(rows.index[rows["outlier"]]) == ["A0007", "A1000"]
    assert made.outliers == 2 and made.outlier_distance is not None and 3 < made.outlier_distance < 25
    assert rows.loc["A0007", "segment"] == rows.loc["A0009", "segment"]


def test_a_thousand_accounts_are_too_few_to_call_one_of_them_an_outlier(workspace: Workspace) -> None:
    frame = blobs()
    made = build(workspace, spec_of(store(workspace, frame), ("spend", "visits")), k=3)
    assert made.outliers == 0 and not workspace.assignments(made.recipe)["outlier"].any()
