import json
from pathlib import Path

import pytest

from engine.record import dump
from llm.__main__ import main
from tests.llm.profiles import prescribers


@pytest.fixture
def profile_path(tmp_path: Path) -> Path:
    path = tmp_path / "profile.json"
    path.write_text(dump(prescribers()), encoding="utf-8")
    return path


def test_draft_then_playbook(profile_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    personas, book = profile_path.with_name("personas.json"), profile_path.with_name("playbook.md")
    assert main(["draft", str(profile_path), "--out", str(personas), "--brand", "Veralix"]) == 0
    content = json.loads(personas.read_text(encoding="utf-8"))
    assert (
        content["writer"] == "offline" and content["brief"]["pack"] == "pharma" and content["approved"] == []
    )
    assert [persona["segment"] for persona in content["personas"]] == ["S1", "S2", "S3", "S4"]
    assert (
        main(
            [
                "playbook",
                str(personas),
                "--profile",
                str(profile_path),
                "--out",
                str(book),
                "--date",
                "2026-11-22",
            ]
        )
        == 0
    )
    text = book.read_text(encoding="utf-8")
    assert "Made on 2026-11-22" in text and "has been approved yet" in text
    assert "Wrote the playbook of 4 personas" in capsys.readouterr().err


def test_a_playbook_for_the_browser_is_asked_for_by_its_ending(profile_path: Path) -> None:
    personas, book = profile_path.with_name("personas.json"), profile_path.with_name("playbook.html")
    main(["draft", str(profile_path), "--out", str(personas), "--quiet"])
    assert (
        main(["playbook", str(personas), "--profile", str(profile_path), "--out", str(book), "--quiet"]) == 0
    )
    assert book.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_quiet_says_nothing(profile_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", str(profile_path), "--out", str(profile_path.with_name("p.json")), "--quiet"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err == ""


def test_two_runs_write_the_same_bytes(profile_path: Path) -> None:
    one, two = profile_path.with_name("1.json"), profile_path.with_name("2.json")
    for path in (one, two):
        main(["draft", str(profile_path), "--out", str(path), "--quiet"])
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ["draft", "missing.json", "--out", "x.json"],
        ["draft", "{profile}", "--pack", "astrology", "--out", "x.json"],
        ["draft", "{profile}", "--out", "{folder}/no/such/folder/x.json"],
        ["playbook", "{profile}", "--profile", "{profile}", "--out", "x.md"],
    ],
)
def test_wrong_input_is_one_sentence_and_two(
    arguments: list[str], profile_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = [a.format(profile=profile_path, folder=profile_path.parent) for a in arguments]
    assert main([*filled, "--quiet"]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and len(captured.err.splitlines()) == 1 and "Traceback" not in captured.err


def test_a_playbook_of_another_profile_is_refused(
    profile_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    personas = profile_path.with_name("personas.json")
    main(["draft", str(profile_path), "--out", str(personas), "--quiet"])
    other = profile_path.with_name("other.json")
    other.write_text(dump(prescribers(sizes=(401, 500, 600, 500))), encoding="utf-8")
    assert (
        main(
            ["playbook", str(personas), "--profile", str(other), "--out", str(profile_path.with_name("b.md"))]
        )
        == 2
    )
    assert "other facts" in capsys.readouterr().err


def test_without_a_key_gemini_says_what_to_do(
    profile_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("GEMINI_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.delenv(variable, raising=False)
    out = profile_path.with_name("x.json")
    assert main(["draft", str(profile_path), "--writer", "gemini", "--out", str(out), "--quiet"]) == 2
    assert "key" in capsys.readouterr().err and not out.exists()


def test_an_unknown_option_is_two() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["draft", "--nonsense"])
    assert stopped.value.code == 2


def test_help_names_the_defaults(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["draft", "--help"])
    assert stopped.value.code == 0
    assert "default: offline" in capsys.readouterr().out
