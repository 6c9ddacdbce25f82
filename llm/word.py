"""A playbook as a Word file, made from the very markdown that llm.playbook writes, so both say the same.

Import this module only where such a file is asked for: it loads python-docx.
"""

import re
from collections.abc import Mapping
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Inches, Pt, RGBColor
from markdown_it.tree import SyntaxTreeNode

from engine.model import Playbook
from llm.office import INK, LINE, QUIET, SANS, SERIF, Run, describe, packed, reader, runs, widths
from llm.playbook import markdown

MARGIN, PAGE_WIDTH = 1.15, 8.5
MEASURE = PAGE_WIDTH - 2 * MARGIN
"""Inches of text across: some 75 characters of the serif."""

STYLES = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2"}
SIZES = {"Normal": 11.0, "Title": 24.0, "Heading 1": 16.0, "Heading 2": 12.5, "Quote": 11.0, "Footer": 9.0}
TABLE_SIZE = 9.5


def document(playbook: Playbook, colours: Mapping[str, str] | None = None) -> bytes:
    """The playbook as a .docx: real headings, lists and tables, the markdown's last line as the footer. `colours` are
    CSS colours by segment id, for a thin rule beside a segment's heading. Raises OptionProblem for an unknown
    vocabulary pack."""
    *blocks, _, footer = SyntaxTreeNode(reader().parse(markdown(playbook))).children
    made = docx.Document()
    _dress(made)
    for block in blocks:
        _write(made, block, colours or {})
    _foot(made, footer)
    describe(made.core_properties, _words(blocks[0]), playbook.made_on)
    return packed(made.save)


def _write(made: Document, block: SyntaxTreeNode, colours: Mapping[str, str]) -> None:
    following = block.next_sibling
    if block.type == "heading":
        _heading(made, block, colours)
    elif block.type == "paragraph":
        paragraph = _paragraph(made, block, "Normal")
        paragraph.paragraph_format.keep_with_next = bool(following and following.type.endswith("_list"))
    elif block.type == "table":
        _table(made, block)
    elif block.type == "blockquote":
        for child in block.children:
            _edge(_paragraph(made, child, "Quote"), QUIET, "dotted", 8)
    else:
        _list(made, block)


def _heading(made: Document, block: SyntaxTreeNode, colours: Mapping[str, str]) -> None:
    """A heading; that of a segment begins a page and bears the segment's colour."""
    paragraph = _paragraph(made, block, STYLES[block.tag])
    segment = re.search(r"\((S\d+)\)$", _words(block))
    if segment and block.tag == "h2":
        paragraph.paragraph_format.page_break_before = True
        colour = colours.get(segment.group(1), "")
        known = re.fullmatch(r"#[0-9A-Fa-f]{6}", colour)
        _edge(paragraph, colour[1:] if known else LINE, "single", 24)


def _list(made: Document, block: SyntaxTreeNode) -> None:
    ordered = block.type == "ordered_list"
    style = "List Number" if ordered else "List Bullet"
    numbering = _new_numbering(made, style) if ordered else None
    for item in block.children:
        for child in item.children:
            paragraph = _paragraph(made, child, style)
            if numbering is not None:
                paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = numbering


def _new_numbering(made: Document, style: str) -> int:
    """The id of a numbering that begins at 1: paragraphs of one style would otherwise count on through the file."""
    numbering: Any = made.part.numbering_part.element
    used = made.styles[style].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(used).abstractNumId.val
    new = numbering.add_num(abstract)
    new.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(new.numId)


def _table(made: Document, block: SyntaxTreeNode) -> None:
    """Hairlines between rows, figures at the right, the header again at the top of each page."""
    rows = [row for part in block.children for row in part.children]
    right = [n for n, cell in enumerate(rows[0].children) if "right" in str(cell.attrs.get("style", ""))]
    texts = [[_words(cell) for cell in row.children] for row in rows]
    across = widths(texts, right, MEASURE, lambda text: len(text) * TABLE_SIZE * 0.55 / 72 + 0.16)
    table = made.add_table(len(rows), len(across))
    table.autofit = False
    _hairlines(table)
    for number, row in enumerate(rows):
        line = table.rows[number]
        properties = line._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for place, (cell, source) in enumerate(zip(line.cells, row.children, strict=True)):
            cell.width = Inches(across[place])
            paragraph = cell.paragraphs[0]
            _fill(paragraph, source, SANS, TABLE_SIZE, bold=number == 0)
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2.5)
            paragraph.paragraph_format.line_spacing = 1.0
            if place in right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for column, width in zip(table.columns, across, strict=True):
        column.width = Inches(width)
    made.add_paragraph().paragraph_format.space_after = Pt(2)


def _hairlines(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_border(side, LINE, "single", 4))
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _edge(paragraph: Any, colour: str, look: str, eighths: int) -> None:
    """A rule at the paragraph's left, its width in eighths of a point."""
    borders = OxmlElement("w:pBdr")
    borders.append(_border("left", colour, look, eighths, "8"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _border(side: str, colour: str, look: str, eighths: int, space: str = "0") -> Any:
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", look), ("sz", str(eighths)), ("space", space), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    return line


def _paragraph(made: Document, block: SyntaxTreeNode, style: str) -> Any:
    paragraph = made.add_paragraph(style=style)
    _fill(paragraph, block)
    return paragraph


def _fill(
    paragraph: Any, block: SyntaxTreeNode, face: str = "", size: float = 0.0, bold: bool = False
) -> None:
    """The block's words as runs, in the paragraph style's font unless another is named."""
    for run in _runs(block):
        written = paragraph.add_run(run.text)
        written.bold = True if run.bold or bold else None
        written.italic = True if run.italic else None
        if face:
            written.font.name, written.font.size = face, Pt(size)


def _runs(block: SyntaxTreeNode) -> tuple[Run, ...]:
    """The runs of a heading, a paragraph or a cell."""
    return runs([token for part in block.children if part.token for token in part.token.children or []])


def _words(block: SyntaxTreeNode) -> str:
    return "".join(run.text for run in _runs(block))


def _foot(made: Document, footer: SyntaxTreeNode) -> None:
    """The markdown's last line and the number of the page, at the foot of each."""
    paragraph: Any = made.sections[0].footer.paragraphs[0]
    _fill(paragraph, footer)
    paragraph.paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Inches(MEASURE), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run("\t")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = paragraph.add_run("1")
    paragraph._p.append(field)
    field.append(run._r)


def _dress(made: Document) -> None:
    """Page, fonts and spacing; the template's own picture of itself goes."""
    section = made.sections[0]
    section.left_margin = section.right_margin = Inches(MARGIN)
    section.top_margin = section.bottom_margin = Inches(0.9)
    for name, size in SIZES.items():
        style: Any = made.styles[name]
        heading = name not in ("Normal", "Quote")
        _font(style, SANS if heading else SERIF, size, QUIET if name == "Footer" else INK)
        style.font.bold, style.font.italic = (heading and name != "Footer") or None, None
    for name, before, after, line in (
        ("Normal", 0, 7, 1.3), ("Title", 0, 10, 1.1), ("Heading 1", 20, 8, 1.1), ("Heading 2", 14, 5, 1.1),
        ("List Bullet", 0, 4, 1.25), ("List Number", 0, 5, 1.25), ("Quote", 10, 10, 1.3), ("Footer", 0, 0, 1.0),
    ):  # fmt: skip
        layout: Any = made.styles[name]
        layout.paragraph_format.space_before, layout.paragraph_format.space_after = Pt(before), Pt(after)
        layout.paragraph_format.line_spacing = line
        for border in layout.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
        for contextual in layout.element.findall(f".//{qn('w:contextualSpacing')}"):
            contextual.getparent().remove(contextual)
    made.styles["Quote"].paragraph_format.left_indent = Inches(0.2)
    package: Any = made.part.package
    for key in [key for key, item in package.rels.items() if item.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del package.rels[key]


def _font(style: Any, face: str, size: float, colour: str) -> None:
    """A font by its name: a style's theme font would go before it."""
    style.font.name, style.font.size, style.font.color.rgb = face, Pt(size), RGBColor.from_string(colour)
    faces = style.element.rPr.rFonts
    for name in [name for name in faces.attrib if name.endswith("Theme")]:
        del faces.attrib[name]
