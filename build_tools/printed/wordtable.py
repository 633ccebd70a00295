"""A printed table -> the table of a Word file, cell by cell: the library's own merging takes seconds for 表三."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from build_tools.printed.sheet import Box, Sheet

_STYLE = "TableText"
_INDENT = 210  # twentieths of a point: a character of the table
_MARGIN = 40


def table(sheet: Sheet, width: int) -> BaseOxmlElement:
    """The table, `width` twentieths of a point wide, its headings repeated on each page that it goes on to."""
    widths = _shares(sheet.widths, width)
    made = OxmlElement("w:tbl")
    made.append(_about(sum(widths)))
    grid = _add(made, "tblGrid")
    for own in widths:
        _add(grid, "gridCol", w=own)
    for row in range(sheet.height):
        made.append(_row(sheet, row, widths))
    return made


def _shares(parts: tuple[int, ...], whole: int) -> list[int]:
    """`whole` in shares as large as `parts`, to the last bit."""
    ends = [whole * sum(parts[: at + 1]) // sum(parts) for at in range(len(parts))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _about(width: int) -> BaseOxmlElement:
    made = OxmlElement("w:tblPr")
    _add(made, "tblW", w=width, type="dxa")
    _add(made, "jc", val="center")
    borders = _add(made, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _add(borders, side, val="single", sz=4, space=0, color="000000")
    _add(made, "tblLayout", type="fixed")
    margins = _add(made, "tblCellMar")
    for side in ("left", "right"):
        _add(margins, side, w=_MARGIN, type="dxa")
    return made


def _row(sheet: Sheet, row: int, widths: list[int]) -> BaseOxmlElement:
    made = OxmlElement("w:tr")
    properties = _add(made, "trPr")
    _add(properties, "cantSplit")
    _add(properties, "trHeight", val=340)
    if row < sheet.top:
        _add(properties, "tblHeader")
    for box in _reaching(sheet, row):
        made.append(_cell(box, row, sum(widths[box.column : box.column + box.colspan])))
    return made


def _reaching(sheet: Sheet, row: int) -> Iterator[Box]:
    """The boxes that begin in a row or reach into it from above, from left to right."""
    own = (box for box in sheet.boxes if box.row <= row < box.row + box.rowspan)
    return iter(sorted(own, key=lambda box: box.column))


def _cell(box: Box, row: int, width: int) -> BaseOxmlElement:
    made = OxmlElement("w:tc")
    properties = _add(made, "tcPr")
    _add(properties, "tcW", w=width, type="dxa")
    if box.colspan > 1:
        _add(properties, "gridSpan", val=box.colspan)
    if box.rowspan > 1:
        _add(properties, "vMerge", val="restart" if row == box.row else "continue")
    _add(properties, "vAlign", val="center")
    made.append(_text(box, box.text if row == box.row else ""))
    return made


def _text(box: Box, text: str) -> BaseOxmlElement:
    made = OxmlElement("w:p")
    properties = _add(made, "pPr")
    _add(properties, "pStyle", val=_STYLE)
    if box.sort in {"label", "words"}:
        if box.level:
            _add(properties, "ind", left=_INDENT * box.level)
        _add(properties, "jc", val="left")
    if text:
        Paragraph(made, made).add_run(text)
    return made


def _add(parent: BaseOxmlElement, name: str, **values: object) -> BaseOxmlElement:
    made = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    parent.append(made)
    return made
