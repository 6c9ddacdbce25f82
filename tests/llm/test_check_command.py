"""`python -m llm check`: both forms, exit codes, and profiles that carry the least."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.model import Brief, Profile
from engine.record import dump, load, plain
from llm.__main__ import main
from llm.facts import facts
from llm.profile_file import read_profile, words_of
from llm.template import write
from tests.llm import small
from tests.llm.profiles import prescribers, random_profile

PROFILE = prescribers()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "profile.json").write_text(dump(PROFILE), encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> int:
    return main(
        ["check", *arguments, "--profile", str(folder / "profile.json"), "--out", str(folder / "f.json")]
    )


def found(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "f.json").read_text(encoding="utf-8"))
    return content


def lines(folder: Path, *texts: str) -> str:
    path = folder / "lines.jsonl"
    rows = [{"id": f"l{n}", "segment": "S1", "zone": "fact", "text": text} for n, text in enumerate(texts, 1)]
    path.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    return str(path)


def test_true_lines_end_with_zero(folder: Path) -> None:
    assert run(folder, "--text", lines(folder, "Class TRx average 320.", "Brand share is 60%.")) == 0
    assert found(folder)["lines"] == [{"id": f"l{n}", "verdict": "ok", "findings": []} for n in (1, 2)]


def test_a_false_line_ends_with_one_and_says_where(folder: Path) -> None:
    assert (
        run(folder, "--text", lines(folder, "Class TRx average 320.", "Brand share is 61%."), "--quiet") == 1
    )
    content = found(folder)
    assert (content["blocked"], content["warned"]) == (1, 0)
    assert [line["verdict"] for line in content["lines"]] == ["ok", "block"]
    (finding,) = content["lines"][1]["findings"]
    assert finding["span"] == [15, 18] and finding["expected"] == "60%" and finding["kind"] == "number"
    assert {"kind", "span", "message", "fact", "expected"} <= set(finding)


def test_personas_are_checked_place_by_place(folder: Path) -> None:
    personas = list(write(PROFILE, facts(PROFILE), Brief()))
    path = folder / "personas.json"
    path.write_text(json.dumps({"personas": [plain(p) for p in personas]}), encoding="utf-8")
    assert run(folder, str(path), "--quiet") == 0
    personas[1] = replace(personas[1], unique=replace(personas[1].unique, text="Brand share is 60%."))
    path.write_text(json.dumps([plain(p) for p in personas]), encoding="utf-8")
    assert run(folder, str(path), "--quiet") == 1
    assert [line["id"] for line in found(folder)["lines"] if line["verdict"] == "block"] == ["S2.unique"]


def test_a_persona_of_another_maker_may_be_bare(folder: Path) -> None:
    path = folder / "personas.json"
    bare = {
        "segment": "S1",
        "name": "High-Volume Advocates",
        "priority": "med",
        "tagline": "High brand share",
    }
    path.write_text(json.dumps({"personas": [bare]}), encoding="utf-8")
    assert run(folder, str(path), "--quiet") in (0, 1)
    by_id = {line["id"]: line["verdict"] for line in found(folder)["lines"]}
    assert by_id["S1.tagline"] == "ok" and by_id["S1.name"] == "ok"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"segments": []}',
        '{"segments": [{"id": "S1"}]}',
        "[1, 2",
        '{"segments": "many"}',
        "null",
    ],
)
def test_a_broken_profile_is_one_sentence_and_two(
    content: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "profile.json").write_text(content, encoding="utf-8")
    assert run(folder, "--text", lines(folder, "Fine."), "--quiet") == 2
    captured = capsys.readouterr()
    assert len(captured.err.splitlines()) == 1 and captured.out == ""


@pytest.mark.parametrize(
    "content", ["{", '{"id": 1}', '{"text": "a", "zone": "poem"}', '{"text": "a", "segment": "S9"}', "[]"]
)
def test_a_broken_line_is_one_sentence_and_two(
    content: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "lines.jsonl").write_text(content, encoding="utf-8")
    assert run(folder, "--text", str(folder / "lines.jsonl"), "--quiet") == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_either_personas_or_lines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder) == 2
    assert run(folder, "p.json", "--text", "l.jsonl") == 2
    assert "either" in capsys.readouterr().err


# --- Profiles of other makers -------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(40))
def test_a_profile_of_our_own_comes_back_unchanged(seed: int) -> None:
    text = dump(replace(random_profile(seed), zeros_missing=("a",), zeros_in_doubt=("b", "c")))
    assert read_profile(text) == load(Profile, text)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"top_tenth": 0.4, "at_q3": 100}, (0.4, 100)),
        ({"top_tenth": 1.7, "at_q3": 10}, (None, None)),
        ({"top_tenth": -0.1, "at_q3": 395}, (None, None)),
        ({"top_tenth": None, "at_q3": 400}, (None, 400)),
    ],
)
def test_parts_that_cannot_be_or_tell_of_a_few_are_not_read(
    given: dict[str, float | None], kept: tuple[float | None, int | None]
) -> None:
    content: dict[str, Any] = plain(prescribers())
    assert content["segments"][0]["size"] == 400
    content["segments"][0]["features"]["rep_calls"] |= given
    stat = read_profile(json.dumps(content)).segments[0].features["rep_calls"]
    assert (stat.top_tenth, stat.at_q3) == kept


def least(profile: Profile) -> dict[str, Any]:
    """The profile with the keys of the command line's promise alone, nulls where nothing applies."""
    content: dict[str, Any] = plain(profile)
    for key in ("clustered", "verdict_text"):
        del content[key]
    for part in (content["population"], *content["segments"]):
        for stat in part["features"].values():
            for key in ("n", "q1", "q3", "total_share"):
                stat.pop(key)
    for stat in content["population"]["features"].values():
        stat |= dict.fromkeys(("z", "index", "rank", "d"))
    content["suppressed"] = [
        {"segment": c["segment"], "feature": c["column"], "value": c["value"]} for c in content["suppressed"]
    ]
    return content


def test_the_least_that_is_promised_is_enough() -> None:
    whole = small.profile()
    read = read_profile(json.dumps(least(whole)))
    assert read.suppressed == whole.suppressed
    assert [s.features["brand_share"].n for s in read.segments] == [500, 300, 200]
    assert {f.text for f in facts(read)} == {f.text for f in facts(whole)}


def test_what_is_missing_is_derived_where_that_is_exact_and_else_absent() -> None:
    content = least(small.profile())
    for segment in content["segments"]:
        segment["features"]["class_trx"] |= {"z": None, "median": None, "rank": None}
    content["dictionary"] = {
        "brand_share": {"label": "", "unit": "percent", "role": "sales", "polarity": None}
    }
    read = read_profile(json.dumps(content))
    assert read.segments[1].features["class_trx"].z == pytest.approx((380 - 200) / 20)
    assert not [
        f for f in facts(read) if (f.segment, f.feature, f.statistic) == ("S2", "class_trx", "median")
    ]
    assert read.dictionary["brand_share"].label == "brand share"
    assert (read.dictionary["brand_share"].unit, read.dictionary["brand_share"].role) == ("fraction", "other")
    assert read.dictionary["specialty"].unit == "category"


def test_a_suppressed_feature_of_a_segment_is_no_fact() -> None:
    content = least(small.profile())
    content["suppressed"] = [{"segment_id": "S2", "feature": "class_trx"}, "S1/specialty/Cardiology"]
    read = read_profile(json.dumps(content))
    told = {(f.segment, f.feature, f.category) for f in facts(read)}
    assert ("S2", "class_trx", None) not in told and ("S1", "specialty", "Cardiology") not in told


def test_without_a_population_the_means_of_all_follow_from_the_segments() -> None:
    content = least(small.profile())
    del content["population"]
    read = read_profile(json.dumps(content))
    assert read.population.features["class_trx"].mean == pytest.approx(0.5 * 120 + 0.3 * 380 + 0.2 * 180)
    assert read.population.categories["specialty"]["Cardiology"].n == 400


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Avg_TRx (L12M)", "Avg TRx (L12M)"),
        ("q3_digital_touch", "q3 digital touch"),
        ("repCalls", "rep Calls"),
        ("_", "_"),
    ],
)
def test_a_header_becomes_words(header: str, words: str) -> None:
    assert words_of(header) == words
