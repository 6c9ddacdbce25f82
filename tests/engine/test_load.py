"""Text files that people really have: delimiters, encodings, decimal marks, dates, broken rows."""

import gzip
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import load
from engine.errors import FileRefused, OptionProblem
from engine.reading import headers
from engine.reading.parse import parse


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "^", "~"])
def test_the_delimiter_is_found(table: Any, mark: str) -> None:
    read = table(f"name{mark}spend\nAnn{mark}1\nBob{mark}2\n")
    assert read["spend"] == [1, 2]
    assert read.reading["delimiter"] == mark


def test_a_decimal_comma_does_not_pass_for_a_delimiter(table: Any) -> None:
    read = table("a;b;c\n1,5;2,25;x\n2,5;3,75;y\n")
    assert read["a"] == [1.5, 2.5]
    assert read["b"] == [2.25, 3.75]
    assert read.reading["text"] == "semicolon-separated, utf-8, decimal comma"
    assert "`a`: read with a decimal comma." in read.notes


def test_thousands_points_follow_the_files_decimal_comma(table: Any) -> None:
    read = table("a;b;c\n1.234,56;1.234;1\n12,5;2.500;2\n")
    assert read["a"] == [1234.56, 12.5]
    assert read["b"] == [1234, 2500]


def test_three_decimals_stay_decimals_in_a_file_with_points(table: Any) -> None:
    read = table("a,b\n1.234,0.5\n2.500,1.25\n")
    assert read["a"] == [1.234, 2.5]


def test_quoted_thousands_commas_are_left_out_and_told(table: Any) -> None:
    read = table('name,spend\nAnn,"1,234"\nBob,"12,500"\nCy,7\n')
    assert read["spend"] == [1234, 12500, 7]
    assert "choose the decimal mark if they are decimals" in read.notes


def test_the_decimal_option_settles_an_open_question(table: Any) -> None:
    content = 'name,spend\nAnn,"1,234"\nBob,"12,500"\n'
    assert table(content, decimal=",")["spend"] == [1.234, 12.5]
    assert table(content, decimal=".")["spend"] == [1234, 12500]


def test_currency_and_per_cent_become_numbers_with_a_note(table: Any) -> None:
    read = table('spend,share\n"$1,234.50",46%\n-$5,7.5 %\n($2),0%\n')
    assert read["spend"] == [1234.5, -5, -2]
    assert read["share"] == pytest.approx([0.46, 0.075, 0])
    assert "currency signs left out" in read.notes
    assert "per cent read as fractions" in read.notes


def test_leading_zeros_are_kept(table: Any) -> None:
    read = table("zip,n\n00123,1\n20817,2\n")
    assert read["zip"] == ["00123", "20817"]
    assert "`zip`: kept as text, to keep its leading zeros." in read.notes


def test_numbers_too_long_to_hold_stay_text(table: Any) -> None:
    long = "12345678901234567890"
    assert table(f"id,n\n{long},1\n{long[::-1]},2\n")["id"] == [long, "09876543210987654321"]


def test_na_stays_a_country(table: Any) -> None:
    assert table("country,n\nNA,1\nDE,2\n")["country"] == ["NA", "DE"]


def test_words_for_missing_count_only_among_numbers_and_are_told(table: Any) -> None:
    read = table("n,t,f\n1,a,1.5\n ,b,nan\nN/A,-,NaN\n,,2\n-,NULL,3\n")
    assert read["n"] == [1, None, None, None, None]
    assert read["f"] == [1.5, None, None, 2, 3]
    assert read["t"] == ["a", "b", "-", None, "NULL"]
    assert "1 blank value in `n` read as missing." in read.notes
    assert "2 values in `n` such as NULL" in read.notes


def test_one_word_keeps_a_column_of_numbers_text(table: Any) -> None:
    assert table("n,m\n1,1\ntwo,2\n3,3\n")["n"] == ["1", "two", "3"]


def test_a_late_exception_is_seen_beyond_the_sample(table: Any) -> None:
    rows = [f"{n},{n}.5,{n},2024-01-01" for n in range(1, 6_000)]
    rows[4_321] = "00007,1.2.3,4.5,2024-02-30"
    read = table("a,b,c,d\n" + "\n".join(rows) + "\n")
    assert read["a"][4_321] == "00007"
    assert read["b"][4_321] == "1.2.3"
    assert read["c"][4_321] == 4.5
    assert read["d"][4_321] == "2024-02-30"
    assert read["c"][0] == 1.0


def test_true_and_false_are_booleans_and_yes_and_no_are_not(table: Any) -> None:
    read = table("a,b\ntrue,Yes\nFALSE,No\n,Yes\n")
    assert read["a"] == [True, False, None]
    assert read["b"] == ["Yes", "No", "Yes"]


def test_date_forms_are_decided_by_the_whole_column(table: Any) -> None:
    read = table(
        "iso,dmy,mdy,dots,named,stamp\n"
        "2024-02-03,03/02/2024,02/03/2024,3.2.2024,3 Feb 2024,2024-02-03 10:11\n"
        "2024-02-25,25/02/2024,02/25/2024,25.2.2024,25 Feb 2024,2024-02-25T10:11:12\n"
    )
    for name in ("iso", "dmy", "mdy", "dots", "named"):
        assert read[name] == [date(2024, 2, 3), date(2024, 2, 25)], name
    assert read["stamp"] == [datetime(2024, 2, 3, 10, 11), datetime(2024, 2, 25, 10, 11, 12)]
    assert "`dmy`: dates read as day/month/year." in read.notes


def test_dates_that_fit_both_orders_are_told_and_can_be_turned(table: Any) -> None:
    content = "when,n\n03/04/2024,1\n05/06/2024,2\n"
    read = table(content)
    assert read["when"][0] == date(2024, 3, 4)
    assert "fits both day first and month first" in read.notes
    assert table(content, day_first=True)["when"][0] == date(2024, 4, 3)


def test_times_with_a_zone_are_brought_to_utc(table: Any) -> None:
    read = table("at,n\n2024-02-03T10:00:00+02:00,1\n2024-02-03T10:00:00Z,2\n")
    assert read["at"] == [datetime(2024, 2, 3, 8), datetime(2024, 2, 3, 10)]


def test_rows_of_another_width_are_rejected_with_line_reason_and_text(table: Any) -> None:
    read = table("a,b\n1,2\n3\n4,5,6\n7,8\n")
    assert read["a"] == [1, 7]
    assert read.rejected == [
        {"line": 3, "reason": "2 fields expected, 1 found", "text": "3"},
        {"line": 4, "reason": "2 fields expected, 3 found", "text": "4,5,6"},
    ]


def test_an_unclosed_quote_costs_its_own_row_only(table: Any) -> None:
    read = table('a,b\n1,"open\n2,x\n3,y\n')
    assert read["a"] == [2, 3]
    assert [line["line"] for line in read.rejected] == [2]
    assert "never closed" in read.rejected[0]["reason"]


def test_line_numbers_count_the_lines_inside_quotes(table: Any) -> None:
    read = table('a,b\n1,"two\nlines"\n3\n')
    assert read["b"] == ["two\nlines"]
    assert read.rejected[0]["line"] == 4


def test_all_rejected_lines_are_counted_and_a_hundred_listed(table: Any) -> None:
    read = table("a,b\n1,2\n2,3\n" + "x\n" * 150 + "".join(f"{n},1\n" for n in range(400)))
    assert read.rejected_rows == 150
    assert len(read.rejected) == 100


def test_blank_lines_comments_and_a_preamble_are_left_out_and_told(table: Any) -> None:
    read = table("Report of March\n\na,b,c\n1,2,3\n\n# a remark\n4,5,6\n")
    assert read["a"] == [1, 4]
    assert "beginning “Report of March”" in read.notes
    assert "1 blank line left out." in read.notes
    assert "1 comment line beginning with # left out." in read.notes


def test_names_are_made_unique_and_told(table: Any) -> None:
    read = table("amount,amount,,b\n1,2,3,4\n")
    assert read.headers == ["amount", "amount (2)", "column 3", "b"]
    assert "column 2 is now `amount (2)`" in read.notes


def test_a_file_without_a_header_gets_numbered_columns(table: Any) -> None:
    read = table("1,2\n3,4\n")
    assert read.headers == ["column 1", "column 2"]
    assert read["column 1"] == [1, 3]
    assert not read.reading["header"]


def test_years_may_head_columns(table: Any) -> None:
    assert table("region,2023,2024\nN,5,6\nS,7,8\n").headers == ["region", "2023", "2024"]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("cp1252", "windows-1252"), ("utf-16", "utf-16"),
     ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"), ("utf-32", "utf-32")],
)  # fmt: skip
def test_the_encoding_is_found(table: Any, encoding: str, told: str) -> None:
    read = table("ville,total\nOrléans,1\nBesançon,2\nParis,3\n".encode(encoding))
    assert read["ville"] == ["Orléans", "Besançon", "Paris"]
    assert read.headers == ["ville", "total"]
    assert told in read.reading["text"]


def test_cyrillic_in_its_old_code_page_is_read(table: Any) -> None:
    text = "город,сумма\n" + "".join(f"Москва и Санкт-Петербург,{n}\n" for n in range(50))
    assert table(text.encode("cp1251"))["город"][0] == "Москва и Санкт-Петербург"


def test_gzip_of_text_is_read(table: Any) -> None:
    assert table(gzip.compress(b"a\tb\n1\t2\n"), "file.tsv.gz")["b"] == [2]


def test_a_row_without_any_value_is_left_out_and_told(table: Any) -> None:
    read = table("a,b\n1,2\n,\n3,4\n,\n")
    assert read["a"] == [1, 3]
    assert "2 rows without any value left out." in read.notes


@pytest.mark.parametrize(
    "content", ["", "\n\n\n", "a,b,c\n", "a,b,c\n1,2\n"], ids=["empty", "blank", "header", "ragged"]
)
def test_a_file_without_a_row_is_refused(table: Any, content: str) -> None:
    with pytest.raises(FileRefused) as refused:
        table(content)
    assert "`file.csv`" in refused.value.found
    assert refused.value.do


def test_the_child_process_reads_like_the_function(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("id;share\n1;0,5\n2;0,25\nbad\n", encoding="utf-8")
    loaded = load.read(path, tmp_path / "out")
    assert loaded.headers == ("id", "share")
    assert loaded.rows == 2
    assert loaded.rejected_rows == 1
    assert loaded.rejected[0].line == 4
    assert loaded.reading.decimal == ","
    assert loaded.source == "accounts.csv"
    assert pq.read_table(loaded.parquet).column("c1").to_pylist() == [0.5, 0.25]
    assert len(loaded.fingerprint) == 64


def test_bytes_and_options_make_the_fingerprint_and_the_name_does_not(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("a\n1\n")
    two.write_text("a\n1\n")
    assert load.fingerprint_of(one) == load.fingerprint_of(two)
    assert load.fingerprint_of(one) != load.fingerprint_of(one, load.ReadOptions(decimal=","))


@pytest.mark.parametrize(
    "options",
    [
        load.ReadOptions(delimiter=",,"),
        load.ReadOptions(delimiter='"'),
        load.ReadOptions(decimal="x"),
        load.ReadOptions(encoding="klingon"),
    ],
)
def test_an_option_outside_what_is_allowed_is_a_problem(tmp_path: Path, options: load.ReadOptions) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")
    with pytest.raises(OptionProblem):
        load.read(tmp_path / "a.csv", tmp_path, options)


def test_unique_names_do_not_collide_with_given_ones() -> None:
    names, _ = headers.unique(["a", "a", "a (2)", "", "column 4"])
    assert len(set(names)) == 5
    assert names[0] == "a"


@given(st.lists(st.text(max_size=4), min_size=1, max_size=12))
def test_names_are_always_unique_and_present(names: list[str]) -> None:
    unique, _ = headers.unique(names)
    assert len(set(unique)) == len(names)
    assert all(unique)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(*[st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff#"), max_size=6)] * 3),
        min_size=1,
        max_size=8,
    )
)
def test_quoted_text_survives_byte_for_byte(tmp_path: Path, rows: list[tuple[str, str, str]]) -> None:
    def quote(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    lines = [
        "a,b,c",
        *(",".join(["x", quote("t" + row[1]), quote("t" + row[2])]) for row in rows),
    ]
    path = tmp_path / "file.csv"
    path.write_bytes("\n".join(lines).encode())
    parse(path, tmp_path / "out.parquet", tmp_path, delimiter=",", encoding="utf-8")
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.column("c1").to_pylist() == ["t" + row[1] for row in rows]
    assert table.column("c2").to_pylist() == ["t" + row[2] for row in rows]
