"""Slides as python-pptx draws them: the theme of paper and ink, and the few shapes that a deck is made of.

Lengths are in points. Import this module only where slides are asked for: it loads python-pptx.
"""

import copy
from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from llm.fit import CELL_ABOVE, CELL_ASIDE, LINE_HEIGHT, Grid, Paragraph, row_height
from llm.office import ACCENT, INK, LINE, PAPER, QUIET, SANS, SERIF

WIDTH, HEIGHT = 960.0, 540.0
"""16:9, 13.333 x 7.5 inches."""

SIDE = 44.0
FOOT = 510.0
"""Where the footer's line begins."""

Box = tuple[float, float, float, float]
"""left, top, width, height"""

TITLE: Box = (SIDE, 24, WIDTH - 2 * SIDE, 66)
PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The table style "No Style, No Grid", one of those every PowerPoint knows."""

THEME_COLOURS = {"dk1": INK, "lt1": PAPER, "dk2": QUIET, "lt2": LINE, "accent1": ACCENT}


def empty_deck() -> Any:
    """A presentation without slides, its one master and layout in paper and ink."""
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    del deck.element.sldSz.attrib["type"]  # the template says 4:3 there
    keep = deck.slide_layouts.get_by_name("Title Only")
    for layout in list(deck.slide_layouts):
        if layout is not keep:
            deck.slide_layouts.remove(layout)
    _theme(deck.slide_master)
    for number, owner in enumerate((deck.slide_master, keep)):
        for shape in list(owner.placeholders):
            kind = shape.element.xpath("./p:nvSpPr/p:nvPr/p:ph/@type")[0]
            if kind == "dt" or (kind == "body" and number):
                shape.element.getparent().remove(shape.element)
            elif kind in _PLACES:
                _place(shape, _PLACES[kind])
    for key, relation in list(deck.part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.PRINTER_SETTINGS:
            deck.part.rels.pop(key)
    package = deck.part.package
    for key, relation in list(package._rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package._rels.pop(key)
    return deck


_PLACES: dict[str, Box] = {
    "title": TITLE,
    "body": (SIDE, 110, WIDTH - 2 * SIDE, 380),
    "ftr": (SIDE, FOOT, 500, 18),
    "sldNum": (WIDTH - SIDE - 100, FOOT, 100, 18),
}


def add_slide(deck: Any, title: Sequence[Paragraph], footer: str, box: Box = TITLE) -> Any:
    """A slide with its title, its footer and its number."""
    layout = deck.slide_layouts[0]
    slide = deck.slides.add_slide(layout)
    if box != TITLE:
        _place(slide.shapes.title, box)
    _set(slide.shapes.title.text_frame, title)
    for shape in layout.placeholders:
        kind = shape.element.xpath("./p:nvSpPr/p:nvPr/p:ph/@type")[0]
        if kind in ("ftr", "sldNum"):
            slide.shapes._spTree.append(copy.deepcopy(shape.element))
    for shape in slide.placeholders:
        if shape.element.xpath("./p:nvSpPr/p:nvPr/p:ph/@type") == ["ftr"]:
            shape.text_frame.text = footer
    return slide


def add_text(slide: Any, name: str, box: Box, paragraphs: Sequence[Paragraph]) -> None:
    """A text box of exactly this place; PowerPoint may shrink its text when someone types more into it."""
    shape = slide.shapes.add_textbox(*(Pt(value) for value in box))
    shape.name = name
    _set(shape.text_frame, paragraphs)


def add_rule(slide: Any, box: Box, colour: str) -> None:
    """A filled strip without an outline."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Pt(value) for value in box))
    shape.name = "Rule"
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(colour)
    shape.line.fill.background()
    shape.shadow.inherit = False


def add_table(slide: Any, name: str, left: float, top: float, grid: Grid) -> None:
    """A table with hairlines between its rows."""
    heights = [row_height(grid, number) for number in range(len(grid.rows))]
    frame = slide.shapes.add_table(
        len(grid.rows), len(grid.across), Pt(left), Pt(top), Pt(sum(grid.across)), Pt(sum(heights))
    )
    frame.name = name
    table = frame.table
    table.horz_banding = False
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = PLAIN_TABLE
    for column, width in zip(table.columns, grid.across, strict=True):
        column.width = Pt(width)
    for number, cells in enumerate(grid.rows):
        table.rows[number].height = Pt(heights[number])
        for place, runs in enumerate(cells):
            cell = table.cell(number, place)
            cell.margin_left = cell.margin_right = Pt(CELL_ASIDE)
            cell.margin_top = cell.margin_bottom = Pt(CELL_ABOVE)
            colour = QUIET if number == 0 else INK
            _write(cell.text_frame, [Paragraph(runs, grid.size, grid.face, colour)])
            if place in grid.right:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
            _underline(cell)


def add_notes(slide: Any, paragraphs: Sequence[str]) -> None:
    """The speaker's notes, if there are any."""
    if not paragraphs:
        return
    slide.notes_slide.notes_text_frame.text = "\n".join(paragraphs)


def _set(frame: Any, paragraphs: Sequence[Paragraph]) -> None:
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    _write(frame, paragraphs)


def _write(frame: Any, paragraphs: Sequence[Paragraph]) -> None:
    for number, told in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.line_spacing = Pt(told.size * LINE_HEIGHT)
        paragraph.space_before, paragraph.space_after = Pt(told.before), Pt(0)
        if told.hanging:
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", str(Pt(told.hanging)))
            properties.set("indent", str(-Pt(told.hanging)))
            etree.SubElement(properties, qn("a:buChar")).set("char", "–")
        for run in told.runs:
            written = paragraph.add_run()
            written.text = run.text
            font = written.font
            font.size, font.name, font.color.rgb = Pt(told.size), told.face, _rgb(told.colour)
            font.bold, font.italic = run.bold, run.italic


def _underline(cell: Any) -> None:
    line = etree.SubElement(cell._tc.get_or_add_tcPr(), qn("a:lnB"))
    line.set("w", str(Pt(0.5)))
    colour = etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"))
    colour.set("val", LINE)


def _rgb(colour: str) -> Any:
    kind: Any = RGBColor
    return kind.from_string(colour)


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = (Pt(value) for value in box)


def _theme(master: Any) -> None:
    """The master's fonts and colours, so that what a person adds is dressed alike."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    for name, value in THEME_COLOURS.items():
        place = theme.find(f".//{qn(f'a:{name}')}")
        place[:] = []
        etree.SubElement(place, qn("a:srgbClr")).set("val", value)
    for name, face in (("majorFont", SANS), ("minorFont", SERIF)):
        theme.find(f".//{qn(f'a:{name}')}/{qn('a:latin')}").set("typeface", face)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
    for style in master.element.findall(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}"):
        style.set("algn", "l")
    for shape in master.placeholders:
        for level in shape.element.findall(f".//{qn('a:lstStyle')}/{qn('a:lvl1pPr')}"):
            level.find(qn("a:defRPr")).set("sz", "900")
            if shape.element.xpath("./p:nvSpPr/p:nvPr/p:ph/@type") == ["ftr"]:
                level.set("algn", "l")
