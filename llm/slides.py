"""A playbook as slides: the pieces of llm.contents, one slide for each persona, all of it text and tables that can be
edited. What finds no room stands in the speaker's notes, and the slide says so.

Import this module only where slides are asked for: it loads python-pptx.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from engine.model import Playbook
from llm.chapters import Chapter, Table
from llm.contents import Contents, contents
from llm.fit import (
    CELL_ASIDE,
    Grid,
    Paragraph,
    first_that_fit,
    grid_height,
    height,
    shortened,
    split_rows,
    text_width,
)
from llm.office import (
    ACCENT,
    INK,
    LINE,
    QUIET,
    SANS,
    SERIF,
    Run,
    describe,
    inline,
    packed,
    plain,
    said_in,
    widths,
)
from llm.playbook import FOOTER, UNAPPROVED, chapter_parts
from llm.stage import (
    FOOT,
    SIDE,
    TITLE,
    WIDTH,
    Box,
    add_notes,
    add_rule,
    add_slide,
    add_table,
    add_text,
    empty_deck,
)

TOP, BOTTOM, GAP = 100.0, FOOT - 10, 30.0
ACROSS = WIDTH - 2 * SIDE
COLUMN = (ACROSS - GAP) / 2
RULE = SIDE - 14
"""Where the thin rule beside a title stands, in the margin."""

MEASURE = 660.0
"""The width of running text on a slide that holds nothing else."""

SCALES = ((1.2, 1.2), (1.1, 1.1), (1.0, 1.0), (1.0, 0.9))
"""How large the text and the table of a persona's slide are, from the most that may be to the least."""

LARGEST_APART, TABLE_GAP = 70.0, 10.0

HINT = 16.0
"""The room kept at the foot of a column for saying that something is continued."""

LABEL_ROOM = 40.0
"""What a column keeps free of its longest paragraph, for the label above it."""

CONTINUED = "Continued in the notes."
REST = "Continued in the notes: {rest}, tactics, and the plan in full."


def slides(playbook: Playbook, colours: Mapping[str, str] | None = None) -> bytes:
    """The playbook as a .pptx, 16:9. `colours` are CSS colours by segment id, for a thin rule beside a persona's name.
    Raises OptionProblem for an unknown vocabulary pack."""
    told = contents(playbook)
    deck = empty_deck()
    _opening(deck, told)
    _tabled(deck, "At a glance", [_said(told.missing)] if told.missing else [], _at_a_glance(told))
    _running(deck, "How to read the segments", _reading(told))
    for chapter in told.chapters:
        colour = (colours or {}).get(chapter.segment, "")
        _persona(deck, chapter, colour[1:] if re.fullmatch(r"#[0-9A-Fa-f]{6}", colour) else LINE)
    method = (*told.imprint, told.reading.averages, told.reading.priority)
    _tabled(deck, "Sources and method", [_said(text, before=4) for text in method if text], _by_whom(told))
    describe(deck.core_properties, plain(told.title), playbook.made_on)
    return packed(deck.save)


def _opening(deck: Any, told: Contents) -> None:
    """The title, the verdict and from what, by whom and for what the playbook was made."""
    box: Box = (SIDE, 110, ACROSS, 110)
    slide, _, notes = _slide(deck, told.title, "Playbook", box=box, sizes=(36, 28, 22, 16))
    add_rule(slide, (RULE, box[1], 4, 320), ACCENT)
    verdict = [_said(told.reading.verdict, 18)]
    imprint = [
        _said(line, 12, SANS, QUIET, before=12 if n == 0 else 3) for n, line in enumerate(told.imprint)
    ]
    room = BOTTOM - 240
    paragraphs = _that_fit_alone([*verdict, *imprint], MEASURE, room, notes)
    shown = first_that_fit(paragraphs, MEASURE, room - HINT)
    if shown < len(paragraphs):
        notes += [paragraph.text for paragraph in paragraphs[shown:]]
        paragraphs = [*paragraphs[:shown], _said(CONTINUED, 9, SANS, QUIET)]
    add_text(slide, "Verdict and source", (box[0], 240, MEASURE, room), paragraphs)
    add_notes(slide, notes)


def _at_a_glance(told: Contents) -> Table:
    """The glance with sizes and priority before the decision, which is the longest."""
    order = (0, 3, 4, 2, 1)
    header, *rows = [tuple(row[n] for n in order) for row in (told.glance.header, *told.glance.rows)]
    return Table(header, tuple(rows), right=(1, 2))


def _by_whom(told: Contents) -> Table:
    rows = tuple((chapter.heading, f"{chapter.written} {_state(chapter)}") for chapter in told.chapters)
    return Table(("Segment", "Written and approved"), rows, right=())


def _state(chapter: Chapter) -> str:
    return chapter.approved or f"**{UNAPPROVED}**"


def _reading(told: Contents) -> list[Paragraph]:
    reading = told.reading
    parts = (
        ("The verdict", (reading.verdict,)),
        ("The figures", (reading.averages,)),
        ("The priority", (reading.priority,)),
        ("What is proposed", (reading.advice,)),
        ("What this leaves out", (reading.single, *reading.zeros, told.missing)),
    )
    paragraphs = []
    for label, sentences in parts:
        texts = [sentence for sentence in sentences if sentence]
        if texts:
            paragraphs.append(_label(label, before=10))
            paragraphs += [_said(text, 14) for text in texts]
    return paragraphs


def _running(deck: Any, heading: str, paragraphs: list[Paragraph]) -> None:
    """Slides of running text, as many as it takes."""
    number, room, noted = 0, BOTTOM - TOP, list[str]()
    paragraphs = _that_fit_alone(paragraphs, MEASURE, room, noted)
    while paragraphs or not number:
        number += 1
        slide, _, notes = _slide(deck, heading, heading, number)
        shown = first_that_fit(paragraphs, MEASURE, room)
        add_text(slide, heading, (SIDE, TOP, MEASURE, room), paragraphs[:shown])
        add_notes(slide, [*notes, *(noted if number == 1 else [])])
        paragraphs = paragraphs[shown:]


def _tabled(deck: Any, heading: str, above: list[Paragraph], table: Table) -> None:
    """Slides of a table under a few paragraphs, as many as it takes."""
    number, noted = 0, list[str]()
    above = _that_fit_alone(above, ACROSS, BOTTOM - TOP, noted)
    rest: Grid | None = _grid(table, ACROSS, 11, BOTTOM - TOP, noted)
    while above or rest or not number:
        number += 1
        slide, _, notes = _slide(deck, heading, heading, number)
        above, rest = _column(slide, heading, SIDE, ACROSS, BOTTOM - TOP, above, rest)
        add_notes(slide, [*notes, *(noted if number == 1 else [])])


def _persona(deck: Any, chapter: Chapter, colour: str) -> None:
    """One slide, its text as large as fits, and a second where the smallest text does not fit; the first one's notes
    hold the whole chapter, figures that found no room among them."""
    apart = [_said(f"**Interpretation, not measured.** {chapter.interpretation}", 11)]
    if height(apart, ACROSS) > LARGEST_APART:
        apart = [_said(f"**Interpretation, not measured.** {CONTINUED}", 11)]
    low = height(apart, ACROSS)
    rooms = (BOTTOM - TOP - low - 14, BOTTOM - TOP)
    for scale, table_scale in SCALES:
        _, subtitle, _ = _title(chapter.heading, chapter.segment, 1, chapter.tagline)
        who = _that_fit_alone([*subtitle, *_who(chapter, scale)], COLUMN, rooms[0], [])
        what = _that_fit_alone(_what(chapter, scale), COLUMN, rooms[0] - HINT, [])
        rest = _grid(chapter.figures, COLUMN, 10 * table_scale, rooms[0], []) if chapter.figures else None
        taken = height(who, COLUMN) + (TABLE_GAP + grid_height(rest) if rest else 0)
        if taken <= rooms[0] and height(what, COLUMN) <= rooms[0] - HINT:
            break
    for number, room in enumerate(rooms, 1):
        slide, _, _ = _slide(deck, chapter.heading, chapter.segment, number, chapter.tagline)
        add_rule(slide, (RULE, TITLE[1], 4, TITLE[3]), colour)
        right = SIDE + COLUMN + GAP
        who, rest = _column(slide, "Who they are", SIDE, COLUMN, room, who, rest)
        what, _ = _column(slide, "Decision and plan", right, COLUMN, room - HINT, what, None)
        cut = number == 1 and rest is not None and not (who or what)
        if cut:
            # A second slide for a few rows of figures is no slide: the notes have the whole table.
            rest = None
        first = REST.format(rest="more figures" if cut else "what sets it apart, why this priority")
        hint = first if number == 1 else CONTINUED if who or what or rest else ""
        if hint:
            box = (right, TOP + room - HINT + 3, COLUMN, HINT - 3)
            add_text(slide, "Continued", box, [_said(hint, 9, SANS, QUIET)])
        if number == 1:
            add_rule(slide, (SIDE, BOTTOM - low - 6, ACROSS, 0.75), LINE)
            add_text(slide, "Interpretation", (SIDE, BOTTOM - low, ACROSS, low), apart)
            add_notes(slide, [line for part in chapter_parts(chapter) for line in said_in(part)])
        if not (who or what or rest):
            break


def _who(chapter: Chapter, scale: float) -> list[Paragraph]:
    state = f"{chapter.size} Priority: {chapter.priority}. {_state(chapter)} {chapter.name_kept}".strip()
    return [
        _said(state, 11, SANS, QUIET),
        *(_said(item, 12 * scale, before=5, hanging=10) for item in chapter.bullets),
    ]


def _what(chapter: Chapter, scale: float) -> list[Paragraph]:
    paragraphs = [_label("Decision"), _said(chapter.decision, 13 * scale)] if chapter.decision else []
    paragraphs += [_label("Keep in mind", before=8), _said(chapter.limit, 12 * scale)]
    if chapter.steps:
        steps = enumerate(chapter.steps, 1)
        paragraphs.append(_label("The plan in short", before=8))
        paragraphs += [_said(f"{number}. {step}", 10.5 * scale, before=3) for number, step in steps]
    return paragraphs


def _slide(
    deck: Any,
    heading: str,
    short: str,
    number: int = 1,
    subtitle: str = "",
    box: Box = TITLE,
    sizes: Sequence[float] = (24, 20, 16, 13),
) -> tuple[Any, list[Paragraph], list[str]]:
    """A slide with its title, and what `_title` left over."""
    title, left, noted = _title(heading, short, number, subtitle, box, sizes)
    return add_slide(deck, title, FOOTER, box), left, noted


def _title(
    heading: str,
    short: str,
    number: int,
    subtitle: str = "",
    box: Box = TITLE,
    sizes: Sequence[float] = (24, 20, 16, 13),
) -> tuple[list[Paragraph], list[Paragraph], list[str]]:
    """The title of a subject's first, second ... slide; what of the subtitle, and for the notes of the heading, found
    no room there. A heading too long for any size gives way to the short one."""
    part = "" if number == 1 else f" ({number})"
    under = [_said(subtitle, 14, before=2)] if subtitle else []
    for below, left in ((under, []), ([], under)):
        for size in sizes:
            title = [_titled(f"{heading}{part}", size), *below]
            if height(title, box[2]) <= box[3]:
                return title, left, []
    return [_titled(f"{short}{part}: {CONTINUED}", sizes[0])], under, [plain(heading)]


def _column(
    slide: Any,
    name: str,
    left: float,
    width: float,
    room: float,
    paragraphs: list[Paragraph],
    grid: Grid | None,
) -> tuple[list[Paragraph], Grid | None]:
    """Fill one column from the top, the table after the last paragraph; what is left for the next slide comes back."""
    shown = first_that_fit(paragraphs, width, room)
    used = height(paragraphs[:shown], width)
    if shown:
        add_text(slide, name, (left, TOP, width, used), paragraphs[:shown])
    if grid is None or shown < len(paragraphs):
        return paragraphs[shown:], grid
    above = TABLE_GAP if shown else 0.0
    part, grid = split_rows(grid, room - used - above)
    if part:
        add_table(slide, f"{name}, table", left, TOP + used + above, part)
    return [], grid


def _that_fit_alone(
    paragraphs: Sequence[Paragraph], width: float, room: float, noted: list[str]
) -> list[Paragraph]:
    """The paragraphs, one that is longer than a whole column replaced by a word on where it stands: its text is
    added to `noted`."""
    kept = []
    for paragraph in paragraphs:
        if height([paragraph], width) <= room - LABEL_ROOM:
            kept.append(paragraph)
        else:
            noted.append(paragraph.text)
            kept.append(_said(CONTINUED, 11, SANS, QUIET, before=paragraph.before))
    return kept


def _grid(table: Table, width: float, size: float, room: float, noted: list[str]) -> Grid:
    rows = tuple(tuple(inline(cell) for cell in row) for row in (table.header, *table.rows))
    texts = [["".join(run.text for run in cell) for cell in row] for row in rows]
    across = tuple(
        widths(texts, table.right, width, lambda text: text_width(text, size) + 2 * CELL_ASIDE + 2)
    )
    grid, removed = shortened(Grid(rows, table.right, across, size), room, CONTINUED)
    noted += removed
    return grid


def _said(
    markdown: str,
    size: float = 12.0,
    face: str = SERIF,
    colour: str = INK,
    before: float = 0.0,
    hanging: float = 0.0,
) -> Paragraph:
    return Paragraph(inline(markdown), size, face, colour, before, hanging)


def _titled(markdown: str, size: float) -> Paragraph:
    return Paragraph((Run(plain(markdown), bold=True),), size, SANS)


def _label(text: str, before: float = 0.0) -> Paragraph:
    return Paragraph((Run(text, bold=True),), 10.5, SANS, ACCENT, before, with_next=True)
