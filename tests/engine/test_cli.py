"""The command line keeps its promises: files, exit codes, one sentence when something is wrong."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from engine import __main__ as command
from engine import record
from engine.model import Profile, Segmentation
from engine.workspace import Workspace

ROOT = Path(__file__).parents[2]
FEATURES = "class_trx,brand_share,access_score"

Outcome = tuple[int, str]
Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process: its exit code and what it said on standard error."""

    def call(*arguments: object) -> Outcome:
        try:
            code = command.main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        assert said.out == ""
        return code, said.err

    return call


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of 40 accounts with a key, a repeating column, text, two numbers and segments."""
    random = np.random.default_rng(3)
    path = tmp_path_factory.mktemp("files") / "accounts.csv"
    pd.DataFrame(
        {
            "account_id": [f"{place:04d}" for place in range(40)],
            "region": [["north", "south", "west", "east"][place % 4] for place in range(40)],
            "note": [f"the remark number {place // 2} that a person wrote here" for place in range(40)],
            "spend": np.r_[random.normal(10, 1, 25), random.normal(90, 1, 15)].round(2),
            "visits": random.integers(0, 50, 40) + 0.5,
            "tier": ["gold"] * 10 + ["silver"] * 30,
        }
    ).to_csv(path, index=False)
    return path


def rows_of(folder: Path) -> tuple[list[str], list[list[str]]]:
    with (folder / "assignments.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    return header, rows


def read(path: Path) -> Any:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    return json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    """90 visits of 30 customers, and 10 of these lines once more."""
    random = np.random.default_rng(5)
    frame = pd.DataFrame(
        {
            "customer_id": [f"C{place % 30:02d}" for place in range(90)],
            "spend": random.normal(50, 9, 90).round(2),
            "calls": [0, *range(11, 100)],
        }
    )
    path = tmp_path / "visits.csv"
    pd.concat([frame, frame.head(10)]).to_csv(path, index=False)
    return path


# --- What is done ---------------------------------------------------------------------------------


def test_segment_writes_the_promised_files_twice_the_same(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        arguments = ("--features", FEATURES, "--describe", "state,adherence_rate", "--k", 3, "--quick")
        out = tmp_path / name
        assert run("segment", "demo:2000", "--key", "hcp_id", *arguments, "--quiet", "--out", out)[0] == 0
    header, rows = rows_of(tmp_path / "one")
    assert header == ["hcp_id", "segment", "segment_name", "fit", "outlier"]
    assert len(rows) == len({row[0] for row in rows}) == 2000
    assert {row[1] for row in rows} == {"S1", "S2", "S3"}
    for name in ("assignments.csv", "profile.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    profile = record.load(Profile, (tmp_path / "one" / "profile.json").read_bytes())
    assert set(profile.population.features) == {*FEATURES.split(","), "adherence_rate"}
    assert set(profile.population.categories) == {"state"}
    assert profile.clustered == tuple(FEATURES.split(","))
    recipe = record.load(Segmentation, (tmp_path / "one" / "segmentation.json").read_bytes())
    assert (recipe.method, recipe.seed, recipe.starts, recipe.rows) == ("kmeans", 42, 10, 2000)
    assert [found["k"] for found in read(tmp_path / "one" / "diagnosis.json")["ks"]] == [3]


def test_fit_is_one_less_the_nearest_over_the_second_nearest_distance(run: Run, tmp_path: Path) -> None:
    arguments = ("--features", "class_trx,access_score", "--prepare", "none", "--k", 3, "--quick", "--quiet")
    assert run("segment", "demo:200", "--key", "hcp_id", *arguments, "--out", tmp_path)[0] == 0
    recipe = record.load(Segmentation, (tmp_path / "segmentation.json").read_bytes())
    table = pd.read_parquet(tmp_path / "table.parquet").set_index("hcp_id")
    points = table[["class_trx", "access_score"]].to_numpy(dtype=float)
    distances = np.sqrt(((points[:, None, :] - np.array(recipe.centres)[None]) ** 2).sum(axis=2))
    nearest, second = np.sort(distances, axis=1)[:, :2].T
    np.testing.assert_allclose(table["fit"], 1 - nearest / second, atol=1e-12)
    assert list(table["segment"]) == [f"S{place + 1}" for place in distances.argmin(axis=1)]


def test_diagnose_writes_one_result_for_each_k(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "diagnosis.json"
    code, said = run(
        "diagnose",
        "demo:300",
        "--key",
        "hcp_id",
        "--k",
        "2-4",
        "--quick",
        "--prepare",
        "zscore",
        "--out",
        out,
    )
    assert code == 0
    assert "%" in said
    found = read(out)
    assert [result["k"] for result in found["ks"]] == [2, 3, 4]
    assert all(sum(result["sizes"]) == found["rows"] == 300 for result in found["ks"])
    assert all(result["stability_ari"] is None for result in found["ks"])
    assert found["advice"]
    assert set(found["shortlist"]) <= {2, 3, 4}


def test_quiet_is_silent(run: Run, tmp_path: Path) -> None:
    arguments = ("--features", FEATURES, "--k", 2, "--quick", "--quiet", "--out", tmp_path)
    assert run("segment", "demo:100", "--key", "hcp_id", *arguments) == (0, "")


def test_a_small_segment_is_warned_of(run: Run, tmp_path: Path) -> None:
    arguments = ("--features", FEATURES, "--k", 2, "--quick", "--quiet", "--min-size", 0.9, "--out", tmp_path)
    code, said = run("segment", "demo:100", "--key", "hcp_id", *arguments)
    assert code == 0
    assert [line.split(" holds ")[0] for line in said.splitlines()] == ["Warning: S1", "Warning: S2"]


def test_a_diagnosis_warns_of_the_numbers_that_make_a_segment_too_small(run: Run, tmp_path: Path) -> None:
    arguments = ("--features", FEATURES, "--k", "2-3", "--quick", "--quiet", "--min-size", 0.9)
    code, said = run("diagnose", "demo:100", "--key", "hcp_id", *arguments, "--out", tmp_path / "d.json")
    assert code == 0
    assert [line.split(" the smallest ")[0] for line in said.splitlines()] == [
        "Warning: With 2 segments", "Warning: With 3 segments",
    ]  # fmt: skip
    assert [f"Warning: {sentence}" for sentence in read(tmp_path / "d.json")["warnings"]][
        -2:
    ] == said.splitlines()


def test_rows_that_count_as_accounts_are_warned_of_where_an_account_number_repeats(
    run: Run, visits: Path, tmp_path: Path
) -> None:
    arguments = ("--key", "row_number", "--quick", "--quiet", "--k", 2)
    for verb, out in (("diagnose", tmp_path / "d.json"), ("segment", tmp_path / "out")):
        code, said = run(verb, visits, *arguments, "--min-size", 0, "--out", out)
        assert (code, said) == (
            0,
            "Warning: each row counts as an account, but `customer_id` looks like the account number. 30 values "
            "stand on more than one row, most often C00, on 4. In all, 100 rows name 30 accounts. If rows are not "
            "accounts, add the rows up to one per account.\n",
        )


def test_an_account_number_that_repeats_is_warned_of_beside_another_key_too(
    run: Run, visits: Path, tmp_path: Path
) -> None:
    orders = pd.read_csv(visits).assign(order_id=lambda table: [f"O{n:03d}" for n in range(len(table))])
    orders.to_csv(tmp_path / "orders.csv", index=False)
    arguments = ("--key", "order_id", "--features", "calls,spend", "--quick", "--quiet", "--k", 2)
    code, said = run("diagnose", tmp_path / "orders.csv", *arguments, "--out", tmp_path / "d.json")
    assert code == 0
    assert said.startswith("Warning: each row counts as an account, but `customer_id` looks like")


def test_duplicate_rows_are_dropped_and_zeros_are_missing_where_that_is_asked(
    run: Run, visits: Path, tmp_path: Path
) -> None:
    shared = ("segment", visits, "--key", "row_number", "--k", 2, "--quick", "--quiet")
    options = ("--drop-duplicates", "--zeros-missing", "calls")
    assert run(*shared, *options, "--out", tmp_path)[0] == 0
    table = pd.read_csv(visits).drop_duplicates()
    profile = record.load(Profile, (tmp_path / "profile.json").read_bytes())
    assert profile.rows == len(table) == 90
    assert profile.population.features["calls"].n == 89
    assert profile.population.features["calls"].mean == pytest.approx(
        table["calls"].replace(0, np.nan).mean()
    )
    assert profile.zeros_missing == ("calls",)
    recipe = record.load(Segmentation, (tmp_path / "segmentation.json").read_bytes())
    assert (recipe.spec.zeros, recipe.spec.identical_rows) == ((("calls", "missing"),), "once")
    assert list(pd.read_parquet(tmp_path / "table.parquet")["calls"]) == list(table["calls"])


def test_weights_change_the_segments_as_a_repeated_column_would(run: Run, tmp_path: Path) -> None:
    shared = (
        "segment",
        "demo:100",
        "--key",
        "hcp_id",
        "--features",
        FEATURES,
        "--k",
        2,
        "--quick",
        "--quiet",
    )
    assert run(*shared, "--weights", "class_trx=9,access_score=.5", "--out", tmp_path / "weighted")[0] == 0
    assert run(*shared, "--out", tmp_path / "plain")[0] == 0
    recipe = record.load(Segmentation, (tmp_path / "weighted" / "segmentation.json").read_bytes())
    assert recipe.spec.weights == (("class_trx", 9.0), ("access_score", 0.5))
    assert [item.weight for item in recipe.preparation] == [9.0, 1.0, 0.5]
    assert rows_of(tmp_path / "weighted") != rows_of(tmp_path / "plain")


def test_where_keeps_the_rows_it_says(run: Run, tmp_path: Path) -> None:
    where = "state in ('CA', 'NY') and access_score >= 3"
    arguments = ("--features", FEATURES, "--where", where, "--k", 2, "--quick", "--quiet", "--out", tmp_path)
    assert run("segment", "demo:500", "--key", "hcp_id", *arguments)[0] == 0
    table = pd.read_parquet(tmp_path / "table.parquet")
    assert 0 < len(table) < 500
    assert set(table["state"]) == {"CA", "NY"}
    assert table["access_score"].min() >= 3
    assert read(tmp_path / "profile.json")["rows"] == len(table)


def test_a_column_of_segments_is_taken_as_it_is(run: Run, accounts: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "kept.duckdb"
    arguments = ("--column", "tier", "--quiet", "--name", "By tier", "--workspace", workspace)
    out = tmp_path / "out"
    assert run("segment", accounts, "--key", "account_id", *arguments, "--out", out) == (0, "")
    header, rows = rows_of(out)
    assert header == ["account_id", "segment", "segment_name", "fit", "outlier"]
    assert rows[0] == ["0000", "S2", "gold", "1", "false"]
    assert rows[10] == ["0010", "S1", "silver", "1", "false"]
    assert not (out / "diagnosis.json").exists()
    assert "tier" not in read(out / "profile.json")["dictionary"]
    opened = Workspace(workspace)
    assert [kept.name for kept in opened.segmentations()] == ["By tier"]
    opened.close()


def test_rows_can_be_numbered_instead_of_a_key(run: Run, tmp_path: Path) -> None:
    arguments = ("--features", FEATURES, "--k", 2, "--quick", "--quiet", "--out", tmp_path)
    assert run("segment", "demo:50", "--key", "row_number", *arguments)[0] == 0
    header, rows = rows_of(tmp_path)
    assert header[0] == "row_number"
    assert sorted(int(row[0]) for row in rows) == list(range(1, 51))


def test_a_column_named_twice_counts_once(run: Run, tmp_path: Path) -> None:
    arguments = ("--features", "class_trx, class_trx ,brand_share", "--k", 2, "--quick", "--quiet")
    assert run("segment", "demo:50", "--key", "hcp_id", *arguments, "--out", tmp_path)[0] == 0
    assert read(tmp_path / "profile.json")["clustered"] == ["class_trx", "brand_share"]


# --- What is refused ------------------------------------------------------------------------------


def refused(outcome: Outcome, out: Path) -> str:
    """The sentence of a refusal: exit code 2, one line, nothing of the program's insides, no file."""
    code, said = outcome
    assert code == 2
    assert said.count("\n") == 1
    assert "Traceback" not in said
    assert not out.exists()
    return said


DEMO = ("segment", "demo:60", "--key", "hcp_id", "--quick", "--quiet")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("segment", "nowhere.csv", "--key", "id", "--k", 3), "No file `nowhere.csv`."),
        (("segment", "demo:0", "--key", "id", "--k", 3), "A demo source is written"),
        (("segment", "demo:60", "--key", "npi", "--k", 3), "No column `npi`. Found: hcp_id"),
        (("segment", "demo:60", "--key", "state", "--k", 3, "--quiet"), "must be different on every row. 10 values"),
        ((*DEMO, "--features", "spend", "--k", 3), "No column `spend`."),
        ((*DEMO, "--describe", "spend", "--k", 3), "No column `spend`."),
        ((*DEMO, "--column", "spend"), "No column `spend`."),
        ((*DEMO, "--column", "class_trx"), "2 to 40 different values"),
        ((*DEMO[:1], "demo:20", *DEMO[2:], "--k", 25), "25 segments need at least 25 accounts. Found: 20"),
        ((*DEMO, "--k", "three"), "`--k` is a number or a range from 2 to 30. Found three"),
        ((*DEMO, "--k", "1"), "`--k` is a number"),
        ((*DEMO, "--k", "31"), "`--k` is a number"),
        ((*DEMO, "--k", ""), "`--k` is a number"),
        ((*DEMO, "--k", "2-4"), "`--k` of segment is one number. Found 2-4"),
        (("diagnose", "demo:60", "--key", "hcp_id", "--k", "5-2"), "`--k` is a number"),
        (("diagnose", "demo:60", "--key", "hcp_id", "--k", "2-"), "`--k` is a number"),
        ((*DEMO, "--k", 3, "--where", "state like 'C%'"), "not understood: `state LIKE 'C%'`"),
        ((*DEMO, "--k", 3, "--where", "1; drop table x"), "condition"),
        ((*DEMO, "--k", 3, "--where", "spend > 3"), "No column `spend`."),
        ((*DEMO, "--k", 3, "--where", "class_trx > 'many'"), "`class_trx` is compared with numbers"),
        ((*DEMO, "--k", 3, "--where", "class_trx < 0"), "The filters keep 0 rows."),
        ((*DEMO, "--k", 3, "--weights", "class_trx"), "A weight is written column=number. Found `class_trx`"),
        ((*DEMO, "--k", 3, "--weights", "class_trx=-1"), "must be above 0"),
        ((*DEMO, "--k", 3, "--weights", "class_trx=nan"), "must be above 0"),
        ((*DEMO, "--k", 3, "--features", "brand_share", "--weights", "class_trx=2"), "A weight belongs to a column"),
    ],
)  # fmt: skip
def test_a_wrong_input_is_one_sentence_and_code_two(
    run: Run, tmp_path: Path, arguments: tuple[object, ...], sentence: str
) -> None:
    out = tmp_path / "out"
    assert sentence in refused(run(*arguments, "--out", out), out)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("segment", "demo:60", "--key", "hcp_id"), "--k --column"),
        (("segment", "demo:60", "--key", "hcp_id", "--k", 3, "--column", "state"), "not allowed with"),
        (("segment", "demo:60", "--k", 3), "--key"),
        ((*DEMO, "--k", 3, "--seed", "-1"), "a whole number of 0 or more, not -1"),
        ((*DEMO, "--k", 3, "--starts", "0"), "a whole number of 1 or more, not 0"),
        ((*DEMO, "--k", 3, "--prepare", "best"), "invalid choice"),
        ((), "VERB"),
    ],
)
def test_a_wrong_option_is_code_two(
    run: Run, tmp_path: Path, arguments: tuple[object, ...], word: str
) -> None:
    code, said = run(*arguments, *(("--out", tmp_path / "out") if arguments else ()))
    assert code == 2
    assert word in said
    assert "Traceback" not in said
    assert not (tmp_path / "out").exists()


def test_a_text_column_as_a_feature_is_one_sentence(run: Run, tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    notes = [f"remark {place // 2} of somebody who wrote at some length" for place in range(150)]
    frame = pd.DataFrame({"id": [f"A{n}" for n in range(150)], "note": notes, "x": random.normal(size=150)})
    frame.to_csv(tmp_path / "t.csv", index=False)
    out = tmp_path / "out"
    arguments = ("--features", "x,note", "--k", 2, "--quick", "--quiet", "--out", out)
    said = refused(run("segment", tmp_path / "t.csv", "--key", "id", *arguments), out)
    assert "`note` must be a number, yes/no, or a category" in said


@pytest.mark.parametrize("content", [b"", b"\n", b"id,x\n"])
def test_an_empty_file_is_one_sentence(run: Run, tmp_path: Path, content: bytes) -> None:
    path, out = tmp_path / "empty.csv", tmp_path / "out"
    path.write_bytes(content)
    refused(run("segment", path, "--key", "id", "--k", 2, "--quiet", "--out", out), out)


def test_a_folder_that_cannot_be_made_is_one_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    code, said = run(*DEMO, "--features", FEATURES, "--k", 2, "--out", tmp_path / "taken")
    assert (code, said.count("\n")) == (2, 1)
    assert (tmp_path / "taken").read_text() == "a file"


def test_an_interruption_is_code_three_and_writes_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "diagnose", interrupted)
    code, said = run(*DEMO, "--k", 3, "--out", tmp_path / "out")
    assert (code, said) == (3, "Interrupted; nothing was written.\n")
    assert not (tmp_path / "out").exists()


def test_every_option_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    for verb, options in (
        ("diagnose", "--key --features --weights --prepare --where --k --min-size --seed --starts --quick "
                     "--zeros-missing --drop-duplicates --out --quiet"),
        ("segment", "--key --features --weights --prepare --where --k --column --describe --min-size "
                    "--zeros-missing --drop-duplicates --workspace --seed --starts --quick --out --quiet"),
    ):  # fmt: skip
        with pytest.raises(SystemExit) as left:
            command.main([verb, "--help"])
        assert left.value.code == 0
        shown = capsys.readouterr().out
        assert all(option in shown for option in options.split())
        assert "42" in shown


def test_the_command_runs_as_a_program_of_its_own(accounts: Path, tmp_path: Path) -> None:
    def program(*arguments: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "engine", *map(str, arguments)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    shared = ("segment", accounts, "--key", "account_id", "--features", "spend,visits")
    done = program(*shared, "--column", "tier", "--quiet", "--out", tmp_path / "out")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    _, rows = rows_of(tmp_path / "out")
    assert [row[0] for row in rows] == [f"{place:04d}" for place in range(40)]
    wrong = program(*shared, "--k", 41, "--quiet", "--out", tmp_path / "none")
    assert (wrong.returncode, wrong.stdout, wrong.stderr.count("\n")) == (2, "", 1)
    assert "Traceback" not in wrong.stderr
