"""What leaves the studio as files is what other programs are promised."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.csv
import pyarrow.parquet
import pytest

from engine import export, record
from engine.diagnose import diagnose
from engine.model import ROW_NUMBER, Diagnosis, Filter, KResult, Profile, Segmentation
from engine.segment import build, features_of, profile_of
from engine.workspace import Workspace
from tests.engine.small import spec_of, store

KEYS = [
    "007", "7", "a,b", 'say "hi"', "it's", "Größe", "東京", "a b ", "1=1+1", "line\nbreak", "\U0001f600", "-5",
]  # fmt: skip


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    opened = Workspace(None)
    yield opened
    opened.close()


def table(key: str = "account, no.", rows: int = 60) -> pd.DataFrame:
    random = np.random.default_rng(5)
    return pd.DataFrame(
        {
            key: [*KEYS, *(f"{place:05d}" for place in range(rows - len(KEYS)))],
            "spend": np.where(np.arange(rows) < rows / 2, 1.0, 90.0) + random.normal(0, 1, rows).round(3),
            "visits": [None if place % 9 == 8 else float(place % 7) + 0.5 for place in range(rows)],
            "plan": ["basic", "plus", "basic"] * (rows // 3),
            "signed_up": pd.date_range("2024-01-01", periods=rows),
        }
    )


@pytest.fixture(scope="module")
def made(workspace: Workspace) -> tuple[Segmentation, Diagnosis]:
    dataset = store(workspace, table())
    spec = spec_of(dataset, ("spend", "visits"), key="account, no.", describe=("plan",))
    diagnosis = diagnose(features_of(workspace, spec), [2], quick=True)
    return build(workspace, spec, k=2, diagnosis=diagnosis), diagnosis


@pytest.fixture(scope="module")
def folder(
    workspace: Workspace, made: tuple[Segmentation, Diagnosis], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    destination = tmp_path_factory.mktemp("out") / "deep" / "folder"
    export.folder(workspace, made[0], destination, made[1])
    return destination


def strict(path: Path) -> Any:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} in {path.name}")

    return json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)


def read_csv(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    return header, rows


def test_the_folder_has_the_five_files(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [
        "assignments.csv", "diagnosis.json", "profile.json", "segmentation.json", "table.parquet",
    ]  # fmt: skip


def test_assignments_keep_every_key_exactly(folder: Path, made: tuple[Segmentation, Diagnosis]) -> None:
    header, rows = read_csv(folder / "assignments.csv")
    assert header == ["account, no.", "segment", "segment_name", "fit", "outlier"]
    assert {row[0] for row in rows} == set(table()["account, no."])
    assert len(rows) == 60
    names = {segment.id: segment.name for segment in made[0].segments}
    assert all(row[2] == names[row[1]] for row in rows)
    assert all(0 <= float(row[3]) <= 1 for row in rows)
    sizes = [sum(row[1] == segment.id for row in rows) for segment in made[0].segments]
    assert sizes == [segment.size for segment in made[0].segments]


def test_the_table_is_the_source_with_the_segments_beside_it(folder: Path) -> None:
    source, found = table(), pyarrow.parquet.read_table(folder / "table.parquet")
    assert found.column_names == [*source.columns, "segment", "segment_name", "fit", "outlier"]
    assert found["account, no."].to_pylist() == list(source["account, no."])
    assert found["spend"].to_pylist() == list(source["spend"])
    assert found["visits"].to_pylist() == [None if np.isnan(v) else v for v in source["visits"]]
    _, rows = read_csv(folder / "assignments.csv")
    segments = {row[0]: row[1] for row in rows}
    beside = zip(found["account, no."].to_pylist(), found["segment"].to_pylist(), strict=True)
    assert all(segments[key] == segment for key, segment in beside)


def test_the_table_as_csv_says_what_the_file_says(
    folder: Path, workspace: Workspace, made: tuple[Segmentation, Diagnosis]
) -> None:
    written = pyarrow.csv.read_csv(io.BytesIO(export.table_csv(workspace, made[0]))).to_pandas()
    source = pd.read_parquet(folder / "table.parquet")
    assert list(written) == list(source) and len(written) == len(source)
    assert list(written["spend"]) == list(source["spend"]) and list(written["segment"]) == list(
        source["segment"]
    )
    assert written["visits"].isna().sum() == source["visits"].isna().sum() > 0
    assert list(written["plan"]) == list(source["plan"])


def test_the_recipe_can_be_read_back(folder: Path, made: tuple[Segmentation, Diagnosis]) -> None:
    strict(folder / "segmentation.json")
    assert record.load(Segmentation, (folder / "segmentation.json").read_bytes()) == made[0]


def test_the_profile_has_the_promised_shape(
    folder: Path, workspace: Workspace, made: tuple[Segmentation, Diagnosis]
) -> None:
    found = strict(folder / "profile.json")
    assert {"rows", "segments", "population", "dictionary", "verdict", "suppressed"} <= set(found)
    assert found["rows"] == 60
    for segment in found["segments"]:
        assert {"id", "name", "size", "size_share", "features", "categories"} <= set(segment)
        assert set(segment["features"]) == {"spend", "visits"}
        for stat in segment["features"].values():
            assert {"mean", "median", "sd", "z", "index", "rank", "d"} <= set(stat)
        assert set(segment["categories"]) == {"plan"}
        for stat in segment["categories"]["plan"].values():
            assert {"share", "lift", "n"} <= set(stat)
    assert {"features", "categories"} <= set(found["population"])
    assert {"mean", "median", "sd", "z", "index", "rank", "d"} <= set(
        found["population"]["features"]["spend"]
    )
    assert {"share", "lift", "n"} <= set(found["population"]["categories"]["plan"]["basic"])
    assert set(found["dictionary"]) == {"spend", "visits", "plan"}
    for entry in found["dictionary"].values():
        assert {"label", "aliases", "unit", "role", "polarity"} <= set(entry)
        assert entry["polarity"] in (-1, 0, 1)
    assert isinstance(found["suppressed"], list)
    assert record.load(Profile, (folder / "profile.json").read_bytes()) == profile_of(workspace, made[0])


def test_the_diagnosis_has_the_promised_keys(folder: Path) -> None:
    found = strict(folder / "diagnosis.json")
    assert {
        "rows", "features", "preparation", "seed", "seconds", "ks", "shortlist", "rows_tested", "advice",
        "warnings",
    } <= set(found)  # fmt: skip
    assert {
        "k", "inertia", "silhouette", "silhouette_macro", "silhouette_method", "silhouette_halfwidth",
        "calinski_harabasz", "davies_bouldin", "gap", "gap_se", "prediction_strength", "stability_ari",
        "jaccard", "null_silhouette_mean", "null_silhouette_max", "sizes", "verdict",
    } <= set(found["ks"][0])  # fmt: skip
    assert found["ks"][0]["silhouette_method"] in ("exact", "sampled")
    assert found["ks"][0]["stability_ari"] is None
    assert sum(found["ks"][0]["sizes"]) == found["rows"] == 60


def test_what_is_not_finite_is_null_in_a_file(tmp_path: Path) -> None:
    export.write_json(KResult(2, float("inf"), silhouette=float("nan")), tmp_path / "result.json")
    found = strict(tmp_path / "result.json")
    assert (found["inertia"], found["silhouette"]) == (None, None)


@pytest.mark.parametrize("key", ["segment", "segment_name", "fit", "outlier", "key"])
def test_a_key_called_like_an_added_column_keeps_its_name(
    workspace: Workspace, tmp_path: Path, key: str
) -> None:
    dataset = store(workspace, table(key))
    made = build(workspace, spec_of(dataset, ("spend",), key=key), k=2)
    export.folder(workspace, made, tmp_path, None)
    header, rows = read_csv(tmp_path / "assignments.csv")
    added = [f"{name} (2)" if name == key else name for name in ("segment", "segment_name", "fit", "outlier")]
    assert header == [key, *added]
    assert {row[0] for row in rows} == set(table(key)[key])
    assert {row[1] for row in rows} == {"S1", "S2"}
    assert pyarrow.parquet.read_table(tmp_path / "table.parquet").column_names == [
        *table(key).columns,
        *added,
    ]
    assert not (tmp_path / "diagnosis.json").exists()


def test_a_source_that_has_segments_already_keeps_them(workspace: Workspace) -> None:
    frame = table("id").assign(segment=["old", "older"] * 30, **{"segment (2)": 1.5, "fit": 0.25})
    dataset = store(workspace, frame)
    made = build(workspace, spec_of(dataset, ("spend",), key="id"), column="segment")
    found = export.table(workspace, made)
    assert found.column_names == [*frame.columns, "segment (3)", "segment_name", "fit (2)", "outlier"]
    assert found["segment"].to_pylist() == list(frame["segment"])
    assert found["segment_name"].to_pylist() == list(frame["segment"])
    assert found["fit"].to_pylist() == [0.25] * 60
    assert set(found["fit (2)"].to_pylist()) == {1.0}


def test_filtered_rows_are_in_no_file_and_row_numbers_can_be_the_key(workspace: Workspace) -> None:
    dataset = store(workspace, table())
    filters = (Filter("plan", "in", ("plus",)),)
    made = build(workspace, spec_of(dataset, ("spend",), key=ROW_NUMBER, filters=filters), k=2)
    found, assigned = export.table(workspace, made), export.assignments(workspace, made)
    assert set(found["plan"].to_pylist()) == {"plus"}
    assert assigned.column_names[0] == ROW_NUMBER
    assert sorted(assigned[ROW_NUMBER].to_pylist(), key=int) == [str(place) for place in range(2, 61, 3)]
    assert found["signed_up"].to_pylist() == [moment.to_pydatetime() for moment in table()["signed_up"][1::3]]


FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://x.test")')


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_a_spreadsheet_would_run_is_made_inert(text: str) -> None:
    assert export.inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+5.2", "-0.5%", "1e5", "-1e-5", "A-1", "", "S1", "a=b"])
def test_numbers_and_plain_text_are_left_alone(text: str) -> None:
    assert export.inert(text) == text
