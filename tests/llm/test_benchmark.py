"""The benchmark that says how often the checker is wrong: its oracle, its intervals, its sealed set, and a
small form of it that keeps the checker from getting worse unnoticed."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bench.checker import __main__ as command
from bench.checker.intervals import lower_limit, upper_limit
from bench.checker.judging import Judged, Outcome
from bench.checker.oracle import Said, judge, verdict
from bench.checker.personas import Material, material
from bench.checker.profiles import Case, case, cases, describe
from bench.checker.vocabulary import BUSINESS, Measure, Sorting
from bench.checker.written import number, read, transposed
from engine.record import dump

FROZEN = Path(__file__).parents[2] / "bench" / "checker" / "frozen"
SHA256 = "0b1150816e2adf08ef43a1388ae82fcb05dbe20998c59a60181a31b68a8f045b"

SPEND = Measure("spend", "SPND", "annual spend", "currency", "volume", 1, 100.0)
SHARE = Measure("share", "SHR", "share of wallet", "fraction", "share", 1, 0.3)
PLAN = Sorting("plan", "PLN", "plan", ("Basic", "Plus"), ("are on {v}",))


def by_hand() -> Case:
    """S1: 36 accounts that spend 100, one in three on Plus; S2: 20 that spend 200, or 800 one of five;
    S3: 12 that spend 320, as S2 does on average. The mean of all is 203.5."""
    spend = [100.0] * 36 + ([200.0] * 16 + [800.0] * 4) + [320.0] * 12
    share = [0.2] * 36 + [0.4] * 20 + [0.6] * 12
    plan = ["Plus"] * 12 + ["Basic"] * 24 + ["Plus"] * 20 + ["Plus"] * 11 + ["Basic"]
    table = pd.DataFrame({"segment": ["S1"] * 36 + ["S2"] * 20 + ["S3"] * 12, "spend": spend, "share": share})
    table["plan"] = plan
    measures, sortings = {"spend": SPEND, "share": SHARE}, {"plan": PLAN}
    return Case("hand", BUSINESS, table, describe(table, measures, sortings, ["S1", "S2", "S3"], None),
                measures, sortings)  # fmt: skip


HAND = by_hand()


def said(kind: str, segment: str = "S1", feature: str = "spend", **fields: object) -> Said:
    return Said(kind, segment, feature, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("claim", "truth"),
    [
        (said("number", value=100, half=0.5), True),
        (said("number", value=104, half=0.5), False),
        (said("number", "S2", value=320, half=0.5), True),
        (said("number", "S2", value=200, half=0.5), False),
        (said("number", "S2", statistic="median", value=200, half=0.5), True),
        (said("number", "S2", statistic="centre", value=200, half=0.5), True),
        (said("number", value=98, half=1, hedge="about"), True),
        (said("number", value=90, half=5, hedge="about"), False),
        (said("number", value=95, half=0.5, hedge="over"), True),
        (said("number", value=105, half=0.5, hedge="over"), False),
        (said("number", value=105, half=0.5, hedge="nearly"), True),
        (said("number", "S2", "", statistic="size", value=20, half=0.5), True),
        (said("number", "S2", "", statistic="size share", value=0.29, half=0.005), True),
        (said("number", statistic="total share", value=0.26, half=0.005), True),
        (said("number", "S3", statistic="ratio", other="S1", value=3.2, half=0.05), True),
        (said("number", "S1", "plan", category="Plus", statistic="category share", value=0.33, half=0.005), True),
        (said("direction", relation="below"), True),
        (said("direction", relation="above"), False),
        (said("direction", "S2", relation="above"), True),
        (said("extreme", relation="lowest"), True),
        (said("extreme", relation="highest"), False),
        (said("extreme", "S2", relation="highest"), None),
        (said("extreme", "S2", relation="highest", joint=True), True),
        (said("extreme", "S3", "share", relation="highest"), True),
        (said("rank", "S2", "share", value=2), True),
        (said("rank", "S2", "share", value=3), False),
        (said("rank", "S2", value=1), None),
        (said("only", "S1", relation="below"), True),
        (said("only", "S2", relation="above"), False),
        (said("compare", "S2", "share", relation="above", other="S1"), True),
        (said("compare", "S2", "share", relation="below", other="S1"), False),
        (said("twice", "S2", "share", relation="twice", other="S1"), True),
        (said("twice", "S3", "share", relation="twice", other="S1"), False),
        (said("share", "S1", "plan", category="Plus", relation="third"), True),
        (said("share", "S1", "plan", category="Plus", relation="most"), False),
        (said("size", relation="largest"), True),
        (said("size", "S2", relation="largest"), False),
        (said("name", "S2", "", relation="volume+ share+"), True),
        (said("name", "S1", "", relation="volume+"), False),
        (said("name", "S1", "", relation="digital+"), None),
        (said("foreign", words=("golf",)), False),
        (said("foreign", words=("spend",)), None),
    ],
)  # fmt: skip
def test_the_oracle_agrees_with_a_table_reckoned_by_hand(claim: Said, truth: bool | None) -> None:
    assert judge(HAND, claim) is truth


def test_a_sentence_is_true_only_if_all_it_says_is_decided_and_true() -> None:
    low, tied, high = (
        said("direction", relation="below"), said("extreme", "S2", relation="highest"),
        said("direction", relation="above"),
    )  # fmt: skip
    assert verdict(HAND, (low, low)) is True
    assert verdict(HAND, (low, high)) is False
    assert verdict(HAND, (low, tied)) is None


def test_a_suppressed_share_decides_nothing() -> None:
    assert {(cell.segment, cell.value) for cell in HAND.profile.suppressed} >= {
        ("S3", "Basic"),
        ("S3", "Plus"),
    }
    assert judge(HAND, said("share", "S3", "plan", category="Plus", relation="most")) is None


def test_no_hidden_cell_is_alone_in_its_row_or_column() -> None:
    for made in cases(12, 5):
        for header in made.sortings:
            hidden = [cell for cell in made.profile.suppressed if cell.column == header]
            for line in ("segment", "value"):
                lines = [getattr(cell, line) for cell in hidden]
                assert all(lines.count(name) > 1 for name in lines)


def test_a_case_does_not_depend_on_how_many_are_made() -> None:
    alone, among = case(4, 9), cases(5, 9)[4]
    assert alone.profile == among.profile
    assert material(alone, 4, 9).honest == material(among, 4, 9).honest


def test_what_is_written_is_read_back_within_its_precision() -> None:
    for value, unit in (
        (0.4567, "fraction"),
        (1234.5, "currency"),
        (98765.4, "count"),
        (38.2, "days"),
        (0.07, "fraction"),
    ):
        for digits in (2, 3, 4):
            written = number(value, unit, digits)  # type: ignore[arg-type]
            back = read(written.text, unit)  # type: ignore[arg-type]
            assert back.value == pytest.approx(written.value)
            assert abs(back.value - value) <= back.half * (1 + 1e-9)


def test_transposing_swaps_two_neighbours_and_leaves_no_leading_zero() -> None:
    assert transposed("$1,234") == ["$2,134", "$1,324", "$1,243"]
    assert transposed("4.05%") == ["4.50%"]
    assert transposed("33") == []


def test_no_miss_is_not_certainty() -> None:
    totals = np.full(100, 4.0)
    assert lower_limit(totals, totals, 1) == pytest.approx(0.025 ** (1 / 100))
    assert 0 < upper_limit(np.zeros(100), totals, 1) < 0.01


def test_more_misses_never_raise_the_limit() -> None:
    totals = np.full(60, 5.0)
    limits = []
    for missing in range(6):
        hits = totals.copy()
        hits[:missing] -= 1
        limits.append(lower_limit(hits, totals, 3))
    assert limits == sorted(limits, reverse=True)


def test_misses_in_one_profile_widen_the_interval() -> None:
    totals = np.full(60, 5.0)
    spread, together = totals.copy(), totals.copy()
    spread[:15] -= 1
    together[:3] = 0
    assert lower_limit(together, totals, 3) < lower_limit(spread, totals, 3)


def test_the_frozen_sentences_are_those_that_were_sealed() -> None:
    assert hashlib.sha256((FROZEN / "lines.jsonl").read_bytes()).hexdigest() == SHA256
    assert SHA256 in (FROZEN / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made() -> tuple[Material, ...]:
    return tuple(material(found, number, 11) for number, found in enumerate(cases(8, 11)))


def test_every_corruption_is_false_and_every_other_sentence_true(made: tuple[Material, ...]) -> None:
    for each in made:
        for draft in (*each.honest, *each.corrupted):
            for sentence in draft.sentences.values():
                if sentence.said:
                    assert verdict(each.case, sentence.said) is (sentence.truth == "ok"), sentence.text


def test_no_suppressed_number_is_ever_written_as_true(made: tuple[Material, ...]) -> None:
    for each in made:
        hidden = {(cell.segment, cell.column, cell.value) for cell in each.case.profile.suppressed}
        for draft in each.honest:
            for sentence in draft.sentences.values():
                for one in sentence.said:
                    assert (one.segment, one.feature, one.category) not in hidden


def sealed(folder: Path, text: str) -> None:
    """A set of one wrong sentence under `folder`, with its hash beside it."""
    (folder / "profiles").mkdir(parents=True)
    (folder / "profiles" / "hand.json").write_text(dump(HAND.profile), encoding="utf-8")
    line = {"id": "1", "profile": "hand", "segment": "S1", "zone": "fact", "text": text, "truth": "block",
            "class": "number"}  # fmt: skip
    content = json.dumps(line).encode()
    (folder / "lines.jsonl").write_bytes(content)
    (folder / "README.md").write_text(f"sha256 `{hashlib.sha256(content).hexdigest()}`", encoding="utf-8")


def test_a_sealed_sentence_is_counted_and_never_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missed = "Nothing is said of any zebra."
    monkeypatch.setattr(command, "HERE", tmp_path)
    for name in ("frozen", "practice"):
        sealed(tmp_path / name, missed)
    monkeypatch.setattr(command, "written_lines", lambda lines, profiles: unseen(list(lines)))
    command.main(["--sets", "frozen", "--show", "number"])
    printed = capsys.readouterr().out
    assert "as committed" in printed and "zebra" not in printed
    command.main(["--sets", "practice", "--show", "number"])
    assert missed in capsys.readouterr().out


def unseen(lines: list[dict[str, str]]) -> Judged:
    """A checker that lets everything pass."""
    return Judged(
        tuple(
            Outcome(
                line["profile"],
                line["class"],
                True,
                "ok",
                line["segment"],
                line["zone"],
                line["text"],
                "",
                (),
            )
            for line in lines
        ),
        (),
        0.0,
    )


def test_another_text_than_the_sealed_one_is_called_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "HERE", tmp_path)
    sealed(tmp_path / "frozen", "A sentence.")
    with (tmp_path / "frozen" / "lines.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n\n")
    command.main(["--sets", "frozen"])
    assert "NOT the one committed" in capsys.readouterr().out
