"""A laid out report -> an Excel workbook: the sheet 年报 with the words, and a sheet for each table.

Numbers are numbers where Excel shows and keeps them as they are printed; all else is typed as text, so that nothing is
ever a formula. Anchors are names of cells.
"""

from __future__ import annotations

import io
import re
from datetime import datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from build_tools.printed.layout import MARK, TITLE, Part, Printed
from build_tools.printed.making import UnprintableError
from build_tools.printed.sheet import Box, Sheet

WORDS = "年报"
"""The sheet with title, headings and prose; the others are called as their tables."""

HEADS = f"{MARK}head_"
"""How the names of headings begin; the name of the part itself is that of its prose, one row or several."""

LONGEST = 32_767
"""Characters that a cell holds, as UTF-16 counts them."""

_WHEN = datetime(1980, 1, 1)  # noqa: DTZ001  # as in the zip: no clock in it, and so no zone
_NUMBER = re.compile(r"(?!-0$)-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")
_EXACT = 15  # digits that Excel keeps of a number
_WIDTH = 100  # of the sheet with the words
_CHARACTER = 2.2  # what Excel counts for a Chinese one
_SONG, _FANGSONG, _HEI = ({"font_name": name, "valign": "vcenter"} for name in ("宋体", "仿宋", "黑体"))
_CELL = {**_SONG, "font_size": 10.5, "border": 1, "text_wrap": True}
_NOTHING = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write(laid: Printed) -> bytes:
    """The workbook's bytes, the same for the same report."""
    _check(laid)
    out = io.BytesIO()
    book = Workbook(out, _NOTHING)
    book.set_properties({"title": laid.title[:255], "subject": laid.id, "created": _WHEN})
    writing = _Writing(book)
    writing.words(laid)
    for part in laid.parts:
        if part.sheet:
            writing.table(part.sheet)
    book.close()
    return out.getvalue()


def rows(text: str) -> list[str]:
    """Prose as it stands one row below the other: cut at blank lines, Markdown as it is."""
    return text.split("\n\n")


class _Writing:
    """Fills a workbook, with each look made once."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.looks: dict[tuple[tuple[str, object], ...], Format] = {}

    def look(self, **own: object) -> Format:
        key = tuple(sorted(own.items()))
        if key not in self.looks:
            self.looks[key] = self.book.add_format(dict(own))
        return self.looks[key]

    def name(self, anchor: str, sheet: str, place: str) -> None:
        self.book.define_name(anchor, f"='{sheet}'!{place}")

    # --- the words ---

    def words(self, laid: Printed) -> None:
        sheet = self.book.add_worksheet(WORDS)
        sheet.set_column(0, 0, _WIDTH)
        title = self.look(**_SONG, bold=True, font_size=18, align="center", text_wrap=True)
        sheet.write_string(0, 0, laid.title, title)
        sheet.set_row(0, 36)
        self.name(TITLE, WORDS, "$A$1")
        row = 1
        for detail in laid.details:
            look = self.look(**_FANGSONG, font_size=12, align="center")
            sheet.write_string(row, 0, f"{detail.label}：{detail.text}", look)
            self.name(detail.anchor, WORDS, _place(row))
            row += 1
        for part in laid.parts:
            row = self.part(sheet, row, part)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def part(self, sheet: Worksheet, row: int, part: Part) -> int:
        """The heading, which leads to the table, and below it the prose; returns the next free row."""
        if part.heading:
            look = self.look(**_HEI, font_size=14, text_wrap=True)
            if part.sheet:
                sheet.write_url(row, 0, f"internal:'{part.sheet.name}'!A1", look, part.heading)
            else:
                sheet.write_string(row, 0, part.heading, look)
            self.name(
                part.anchor if part.bare else HEADS + part.anchor.removeprefix(MARK), WORDS, _place(row)
            )
            row += 1
        return row if part.bare else self.prose(sheet, row, part)

    def prose(self, sheet: Worksheet, row: int, part: Part) -> int:
        found = rows(part.text)
        self.name(part.anchor, WORDS, _place(row, row + len(found) - 1))
        look = self.look(**{**_FANGSONG, "valign": "top"}, font_size=12, text_wrap=True)
        for paragraph in found:
            if paragraph:
                sheet.write_string(row, 0, paragraph, look)
            else:
                sheet.write_blank(row, 0, None, look)  # so that the row is there
            row += 1
        return row

    # --- a table ---

    def table(self, own: Sheet) -> None:
        sheet = self.book.add_worksheet(own.name)
        for column, width in enumerate(own.widths):
            sheet.set_column(column, column, max(width, 4) * _CHARACTER)
        for box in own.boxes:
            self.box(sheet, box)
        self.name(own.anchor, own.name, xl_range_abs(0, 0, own.height - 1, len(own.widths) - 1))
        sheet.freeze_panes(own.top, own.stubs if own.top else 0)
        sheet.set_header(f"&C{own.title}")
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        if own.top:
            sheet.repeat_rows(0, own.top - 1)

    def box(self, sheet: Worksheet, box: Box) -> None:
        look = self.look(**_looks(box))
        if box.rowspan > 1 or box.colspan > 1:
            last = box.row + box.rowspan - 1, box.column + box.colspan - 1
            sheet.merge_range(box.row, box.column, *last, "", look)
        if _is_number(box):
            sheet.write_number(box.row, box.column, float(box.text), look)
        elif box.text:
            sheet.write_string(box.row, box.column, box.text, look)
        else:
            sheet.write_blank(box.row, box.column, None, look)


def _place(first: int, last: int | None = None) -> str:
    """One row of the words, or several."""
    return str(xl_range_abs(first, 0, first if last is None else last, 0))


def _looks(box: Box) -> dict[str, object]:
    if box.sort in {"label", "words"}:
        return {**_CELL, "align": "left", "indent": box.level}
    decimals = len(box.text.partition(".")[2])
    shape = ("0." + "0" * decimals if decimals else "0") if _is_number(box) else "@"
    return {**_CELL, "align": "center", "num_format": shape if box.sort == "figure" else "General"}


def _is_number(box: Box) -> bool:
    if box.sort != "figure" or not _NUMBER.fullmatch(box.text):
        return False
    return sum(map(str.isdigit, box.text)) <= _EXACT


def _check(laid: Printed) -> None:
    """Excel cuts what is too long without a word; so nothing is written."""
    boxes = ((part.sheet.name, box.text) for part in laid.parts if part.sheet for box in part.sheet.boxes)
    words = (
        (part.heading or "正文", text) for part in laid.parts for text in (part.heading, *rows(part.text))
    )
    for where, text in (("标题", laid.title), *((d.label, d.text) for d in laid.details), *words, *boxes):
        length = len(text.encode("utf-16-le")) // 2
        if length > LONGEST:
            one = f"{laid.id} 的“{where}”有一段 {length:,} 字"
            limit = f"Excel 一格最多 {LONGEST:,} 字，多 {length - LONGEST:,} 字"
            raise UnprintableError(f"{one}，{limit}，装不下。改用 --to docx 或 --to html。")
