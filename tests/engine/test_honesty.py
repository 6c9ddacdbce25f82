"""A small form of bench/honesty.py: the rule on geometries whose structure is known."""

import json
from pathlib import Path

import numpy as np
import pytest

from bench.geometries import CASES, Case
from bench.honesty import as_frame, main, one_run
from tests.engine.tables import features_of

NAMED = {case.name: case for case in CASES}
CLOUDS = (
    "correlated Gaussian", "copula of the demo table", "cube, 2 columns", "lognormal", "half ring",
    "arc of 270 degrees", "thin ring", "ratings 1 to 5", "a category beside 4 numbers",
)  # fmt: skip
BLOBS = ("grid of 4, 2 columns", "5 at random, 9 columns", "9 to 1, 2 columns", "unequal spreads")


@pytest.mark.parametrize("prepare", ["zscore", "auto"])
@pytest.mark.parametrize("case", [NAMED[name] for name in CLOUDS], ids=lambda case: case.name)
def test_a_cloud_is_never_natural(case: Case, prepare: str) -> None:
    assert one_run(case, prepare, 0, 1_000)["natural"] is None


@pytest.mark.parametrize("prepare", ["zscore", "auto"])
@pytest.mark.parametrize("case", [NAMED[name] for name in BLOBS], ids=lambda case: case.name)
def test_separate_blobs_are_natural_at_their_number(case: Case, prepare: str) -> None:
    found = one_run(case, prepare, 0, 1_000)
    assert found["natural"] == case.k and found["stopped"] is None


def test_the_apps_own_divisions_are_judged_alike() -> None:
    assert one_run(NAMED["grid of 4, 2 columns"], "zscore", 0, 400, "app")["natural"] == 4


def test_a_bench_that_was_ended_goes_on_where_it_stopped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "runs.jsonl"
    options = ["--seeds", "1", "--rows", "300", "--case", "cube, 2", "--prepare", "zscore", "--out", str(out)]
    assert main(options) == 0
    first = out.read_text()
    out.write_text(first + '{"rule": "natur')
    assert main([*options, "--seeds", "2"]) == 0
    lines = out.read_text().splitlines()
    assert [json.loads(line)["seed"] for line in lines if line.endswith("}")] == [0, 1]
    assert lines[0] + "\n" == first
    capsys.readouterr()
    assert main([*options, "--table"]) == 0
    assert "| cube, 2 columns | zscore | 2 | 0 |" in capsys.readouterr().out


def test_a_small_group_beside_a_large_one_is_not_reshaped_away() -> None:
    drawn = [NAMED["9 to 1, 2 columns"].draw(np.random.default_rng(seed), 2_000) for seed in range(10)]
    prepared = [features_of(as_frame(table), "auto").preparation for table in drawn]
    assert sum(all(column.transform == "none" for column in columns) for columns in prepared) >= 8
