"""Word and PowerPoint files of a playbook, opened again and held against its markdown."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest

from engine.model import Brief, Kept, Persona, Playbook, Statement
from llm.__main__ import main
from llm.facts import facts
from llm.playbook import markdown
from llm.slides import slides
from llm.template import write
from llm.word import document
from tests.engine.test_export import FORMULAS
from tests.llm.profiles import prescribers, random_profile
from tests.llm.test_page import HOSTILE
from tests.llm.test_playbook import book

ROOT = Path(__file__).parents[2]
FOOTER = "Internal planning; not for distribution."
COLOURS = {"S1": "#1266C0", "S2": "red; background: url(x)"}
PAYLOADS = [
    *HOSTILE,
    *FORMULAS,
    "{ HYPERLINK http://evil.example }",
    "_a_ *b* `c` | d \\ e",
    "a\x00\x0b\u202eb",
]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PT = 12700
"""A point in the unit of the files."""


@pytest.fixture(scope="module")
def usual() -> Playbook:
    """Four personas, two of them approved, the colour of one segment known."""
    return book(prescribers(), approved=2)


@pytest.fixture(scope="module")
def word(usual: Playbook) -> Any:
    return docx.Document(io.BytesIO(document(usual, COLOURS)))


@pytest.fixture(scope="module")
def deck(usual: Playbook) -> Any:
    return opened(slides(usual, COLOURS))


def opened(content: bytes) -> Any:
    return pptx.Presentation(io.BytesIO(content))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def unmarked(text: str) -> str:
    """Markdown without its marks, read by hand: no parser of the project's."""
    bare = re.sub(r"(?m)^(?:#+|>|-|\d+\.) ", "", text)
    return re.sub(r"\\([^\w\s])", r"\1", re.sub(r"(?<!\\)[*|]|(?m:^\| -.*$)", "", bare))


def told(made: Any) -> str:
    """The words of a Word file in reading order."""
    parts = []
    for block in made.iter_inner_content():
        if hasattr(block, "rows"):
            parts += [cell.text for row in block.rows for cell in row.cells]
        else:
            parts.append(block.text)
    return "\n".join(parts)


def shown(slide: Any) -> str:
    """What stands on a slide, without its notes."""
    parts = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            parts.append(shape.text_frame.text)
        elif shape.has_table:
            parts += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(parts)


def noted(slide: Any) -> str:
    return slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""


def everything(made: Any) -> str:
    return "\n".join(f"{shown(slide)}\n{noted(slide)}" for slide in made.slides)


def of_persona(made: Any, name: str) -> list[Any]:
    return [slide for slide in made.slides if slide.shapes.title.text_frame.text.startswith(name)]


def parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        for name in source.namelist():
            yield name, source.read(name)


def with_texts(texts: list[str]) -> Playbook:
    """The texts wherever people may type, each somewhere in a persona."""
    turn = cycle(texts)
    table = prescribers(names=(texts[0], "a", "b", "c"))
    personas = []
    for persona in write(table, facts(table), Brief()):
        said = [Statement(next(turn), asserted=texts[0]) for _ in range(6)]
        step = replace(persona.plan[0], channel=texts[1], topic=texts[2], call_to_action=texts[3])
        personas.append(
            replace(
                persona, name=texts[4], tagline=said[0], bullets=(said[1],), unique=said[2], limit=said[3],
                rep=(said[4],), plan=(step,), interpretation=said[5], kept=(Kept("name", texts[4], texts[5]),),
            )
        )  # fmt: skip
    made = book(table, tuple(personas), title=texts[6], dataset=texts[7], made_on=texts[8])
    return replace(made, brief=Brief(brand=texts[9], therapy_area=texts[10], audience=texts[11]))


def test_word_says_what_the_markdown_says_in_its_order(usual: Playbook, word: Any) -> None:
    body, _, last = markdown(usual).rpartition("---")
    assert words(told(word)) == words(unmarked(body))
    footer = word.sections[0].footer.paragraphs[0].text
    assert footer.split("\t")[0] == FOOTER == last.strip().strip("*")


def test_words_headings_are_headings(usual: Playbook, word: Any) -> None:
    levels = {"Title": "#", "Heading 1": "##", "Heading 2": "###"}
    found = [f"{levels[p.style.name]} {p.text}" for p in word.paragraphs if p.style.name in levels]
    assert found == [
        unmarked_heading for unmarked_heading in markdown(usual).splitlines() if unmarked_heading[:1] == "#"
    ]


def test_words_tables_repeat_their_header_and_set_figures_right(usual: Playbook, word: Any) -> None:
    assert len(word.tables) == 5
    for table, rule in zip(word.tables, re.findall(r"^\| -.*$", markdown(usual), re.MULTILINE), strict=True):
        assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
        right = [cell.strip().endswith(":") for cell in rule.strip("|").split("|")]
        for row in table.rows:
            assert [cell.paragraphs[0].alignment == 2 for cell in row.cells] == right


def test_each_numbered_list_of_word_begins_at_one(word: Any) -> None:
    numbers = [p._p.pPr.numPr.numId.val for p in word.paragraphs if p.style.name == "List Number"]
    assert len(set(numbers)) == 4
    numbering = word.part.numbering_part.element
    for number in set(numbers):
        starts = numbering.num_having_numId(number).findall(f".//{W}startOverride")
        assert [start.get(f"{W}val") for start in starts] == ["1"]


def test_words_rule_bears_the_segments_colour_and_only_a_colour(word: Any) -> None:
    xml = word.element.xml
    assert xml.count("1266C0") == 1 and "url(x)" not in xml


def test_both_files_are_titled_and_say_nothing_of_their_template(word: Any, deck: Any) -> None:
    for properties in (word.core_properties, deck.core_properties):
        assert properties.title == "Q1 prescribers"
        assert (properties.author, properties.comments) == ("", "")
        assert properties.created.date().isoformat() == "2026-11-22"


def test_the_same_playbook_makes_the_same_bytes(usual: Playbook) -> None:
    assert document(usual, COLOURS) == document(usual, COLOURS)
    assert slides(usual, COLOURS) == slides(usual, COLOURS)


def test_slides_or_their_notes_hold_every_statement_and_every_figure(usual: Playbook, deck: Any) -> None:
    text = " ".join(words(everything(deck)))
    for line in unmarked(markdown(usual).replace("|", "\n")).splitlines():
        for part in re.split(r"(?<=[.:!?]) ", line):
            assert " ".join(words(part)) in text
    chapters = re.split(r"^## ", markdown(usual), flags=re.MULTILINE)[3:]
    for chapter in chapters:
        name = chapter.split(" (S")[0]
        cells = {
            c.text
            for s in of_persona(deck, name)
            for h in s.shapes
            if h.has_table
            for c in h.table.iter_cells()
        }
        for line in re.findall(r"^\| (?!-).*$", chapter, re.MULTILINE):
            assert {
                cell.strip() for cell in unmarked(line.replace("|", "\n")).splitlines() if cell.strip()
            } <= cells


def test_slides_stand_in_order_with_footer_and_number(usual: Playbook, deck: Any) -> None:
    titles = [slide.shapes.title.text_frame.paragraphs[0].text for slide in deck.slides]
    personas = [h[3:] for h in re.findall(r"^## .*\(S\d\)$", markdown(usual), re.MULTILINE)]
    assert titles == [
        "Q1 prescribers",
        "At a glance",
        "How to read the segments",
        *personas,
        "Sources and method",
    ]
    for slide in deck.slides:
        assert FOOTER in shown(slide)
        assert slide.element.xpath(".//a:fld/@type") == ["slidenum"]


def test_a_personas_slide_says_what_was_decided_and_what_is_no_measurement(
    usual: Playbook, deck: Any
) -> None:
    for persona in usual.personas:
        text = "\n".join(shown(slide) for slide in of_persona(deck, persona.name))
        for statement in (persona.tagline, *persona.bullets, persona.limit):
            assert statement.text in text
        for step in persona.plan:
            assert step.measure in text and step.stop_rule in text
        assert f"Interpretation, not measured. {persona.interpretation.text}" in text
        assert "Continued in the notes" in text


def test_approvals_stand_on_the_slides_and_their_absence_too(usual: Playbook, deck: Any) -> None:
    approved = {approval.segment for approval in usual.approvals}
    assert len(approved) == 2
    for persona in usual.personas:
        text = shown(of_persona(deck, persona.name)[0])
        assert ("Approved by Ada Lovelace on 2026-11-20." in text) == (persona.segment in approved)
        assert ("Not yet approved." in text) == (persona.segment not in approved)


def test_a_small_segment_and_a_kept_statement_are_marked_in_both_files() -> None:
    table = prescribers(sizes=(7, 500, 600, 500))
    first, *others = write(table, facts(table), Brief())
    kept = replace(
        first,
        limit=replace(first.limit, asserted="Heard in the field"),
        kept=(Kept("name", first.name, "Ours"),),
    )
    made = book(table, (kept, *others))
    for text in (told(docx.Document(io.BytesIO(document(made)))), everything(opened(slides(made)))):
        assert "(analyst-asserted: Heard in the field)" in text and "(name analyst-asserted: Ours)" in text
        assert "under 11" in text


def test_text_of_people_stays_text_in_both_files() -> None:
    made = with_texts(PAYLOADS)
    contents = document(made), slides(made)
    for content in contents:
        for name, part in parts(content):
            assert b'TargetMode="External"' not in part
            assert not re.search(r"media|thumbnail|vba|embeddings|activeX|printerSettings", name)
            assert not re.search(
                rb"<(w:hyperlink|w:instrText|w:object|a:hlink(Click|Hover)|p:pic|w:drawing)\b", part
            )
            fields = re.findall(rb'<(?:w:fldSimple w:instr|a:fld id="[^"]*" type)="(\w+)"', part)
            assert set(fields) <= {b"PAGE", b"slidenum", b"datetimeFigureOut"}
    for text in (told(docx.Document(io.BytesIO(contents[0]))), everything(opened(contents[1]))):
        for payload in PAYLOADS:
            assert apart(payload) in text


def apart(text: str) -> str:
    """The text on one line as the playbook shows it: no invisible letters, addresses taken apart."""
    flat = " ".join("".join(c for c in " ".join(text.split()) if c.isprintable()).split())
    return re.sub(r"\b(https?|javascript):", r"\1 :", flat)


def boxes(slide: Any) -> list[tuple[str, float, float, float, float]]:
    """name, left, top, right and bottom in points of all that holds text."""
    return [
        (s.name, s.left / PT, s.top / PT, (s.left + s.width) / PT, (s.top + s.height) / PT)
        for s in slide.shapes
        if s.has_table or (s.has_text_frame and s.text_frame.text)
    ]


def least_height(frame: Any, width: float) -> float:
    """What the frame's text takes at half an em a letter, in points, with the line spacing that it asks for."""
    total = 0.0
    for paragraph in frame.paragraphs:
        if paragraph.runs and paragraph.runs[0].font.size is not None:
            letters = max(1, int(width / (0.5 * paragraph.runs[0].font.size.pt)))
            line, count = 0, 1
            for word in paragraph.text.split():
                if line and line + 1 + len(word) > letters:
                    line, count = 0, count + 1
                line += len(word) + bool(line)
                count, line = count + (line - 1) // letters, (line - 1) % letters + 1
            total += (
                paragraph.space_before.pt if paragraph.space_before else 0
            ) + count * paragraph.line_spacing.pt
    return total


def assert_it_fits(made: Any) -> None:
    wide, high = made.slide_width / PT, made.slide_height / PT
    assert round(wide / high, 3) == 1.778
    for slide in made.slides:
        places = boxes(slide)
        for number, (name, left, top, right, bottom) in enumerate(places):
            assert left >= 0 and top >= 0 and right <= wide and bottom <= high, name
            for other, left2, top2, right2, bottom2 in places[number + 1 :]:
                apart = (
                    right <= left2 + 0.1
                    or right2 <= left + 0.1
                    or bottom <= top2 + 0.1
                    or bottom2 <= top + 0.1
                )
                assert apart, f"{name} lies on {other}"
        for shape in slide.shapes:
            if shape.has_text_frame:
                assert least_height(shape.text_frame, shape.width / PT) <= shape.height / PT + 0.5, shape.name
            elif shape.has_table:
                for row in shape.table.rows:
                    for cell, column in zip(row.cells, shape.table.columns, strict=True):
                        taken = least_height(cell.text_frame, column.width.pt - 8)
                        assert taken + 5 <= row.height.pt + 0.5, cell.text


def test_text_fits_its_boxes_and_no_box_lies_on_another(deck: Any) -> None:
    assert_it_fits(deck)


@pytest.mark.parametrize("seed", range(3))
def test_slides_of_any_profile_fit(seed: int) -> None:
    assert_it_fits(opened(slides(book(random_profile(seed)))))


def long_persona(persona: Persona, times: int) -> Persona:
    def longer(statement: Statement) -> Statement:
        return replace(statement, text=" ".join([statement.text] * times))

    return replace(
        persona,
        name=" ".join([persona.name] * times),
        tagline=longer(persona.tagline),
        bullets=tuple(longer(bullet) for bullet in persona.bullets),
        limit=longer(persona.limit),
        interpretation=longer(persona.interpretation),
    )


@pytest.mark.parametrize("times", [3, 40])
def test_what_does_not_fit_goes_whole_to_a_second_slide_or_to_the_notes(times: int) -> None:
    table = prescribers()
    first, *others = (long_persona(persona, times) for persona in write(table, facts(table), Brief()))
    made = opened(
        slides(book(table, (first, *others), title="Q1 prescribers " * times, dataset="x " * 30 * times))
    )
    assert_it_fits(made)
    text = everything(made)
    for statement in (first.tagline, first.limit, *first.bullets, first.interpretation):
        assert statement.text in text
    assert first.name in text
    pages = [slide for slide in made.slides if "(S1) (2)" in shown(slide) or "S1 (2)" in shown(slide)]
    assert len(pages) == 1 if times == 3 else len(pages) <= 1


def test_starting_the_studio_or_the_command_line_loads_neither_package() -> None:
    program = (
        "import sys, llm.__main__, llm.page, llm.office, llm.fit\n"
        "print([name for name in ('docx', 'pptx', 'lxml') if name in sys.modules])\n"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"


def test_the_ending_chooses_the_form_and_a_wrong_one_is_told_all_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from engine.record import dump

    profile, personas = tmp_path / "profile.json", tmp_path / "personas.json"
    profile.write_text(dump(prescribers()), encoding="utf-8")
    main(["draft", str(profile), "--out", str(personas), "--quiet"])
    ask = ["playbook", str(personas), "--profile", str(profile), "--quiet", "--out"]
    assert main([*ask, str(tmp_path / "a.docx")]) == 0
    assert main([*ask, str(tmp_path / "a.PPTX")]) == 0
    assert "Segment playbook" in told(docx.Document(str(tmp_path / "a.docx")))
    assert "Segment playbook" in everything(pptx.Presentation(str(tmp_path / "a.PPTX")))
    assert main([*ask, str(tmp_path / "a.pdf")]) == 2
    said = capsys.readouterr().err
    assert (
        all(ending in said for ending in (".md", ".html", ".docx", ".pptx")) and len(said.splitlines()) == 1
    )
