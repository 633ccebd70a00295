"""The workbook: XlsxWriter makes it with headings alone, and its sheets are cut where the rows of a slice belong.

So fonts, widths, frozen headings and filters are the library's business, and millions of cells are not: they come
compressed out of the packs.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import count
from typing import NamedTuple
from zipfile import ZipFile

import xlsxwriter

from build_tools.export.splice import Press
from build_tools.export.spool import Member, Rows
from build_tools.export.words import shared
from build_tools.packs import Segment

_BOOK = "xl/workbook.xml"
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_FIRST = 101  # rows that stand for those of a slice, a number for each sheet: no other row is that far down
_LAST = re.compile(r"(?<=[A-Z$])(1\d\d)(?=[\"<])")
_ROW = re.compile(r'(<row r="1\d\d".*?</row>)', re.DOTALL)
_WHEN = datetime(1980, 1, 1)  # noqa: DTZ001  # as in the zip: no clock in it, and so no zone
_FONT = {"font_name": "等线", "font_size": 11}
_HEADING = {**_FONT, "bold": True, "bg_color": "#EFEAE0", "valign": "top", "bottom": 1}
_BESIDE = 3  # columns that stay in view of a sheet with labels: unit, year, name


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet without rows: its name, its columns, their widths; `labels` above the names of the columns, if any."""

    name: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    labels: tuple[str, ...] = ()

    @property
    def heading(self) -> int:
        """Rows above those of a slice."""
        return 2 if self.labels else 1


def members(layouts: tuple[Layout, ...], rows: Mapping[str, Rows]) -> Iterator[Member]:
    """The files of a workbook of these sheets with their rows."""
    last = [layout.heading + rows[layout.name].count for layout in layouts]
    for file in _empty(layouts):
        if file.sheet is None:
            yield Member(file.name, [_pressed(_filled(file.text, last))])
        else:
            head, end = (_pressed(_filled(text, last)) for text in (file.text, file.end))
            yield Member(file.name, [head, rows[layouts[file.sheet].name].piece, end])


def _filled(pieces: Sequence[str], last: Sequence[int]) -> str:
    """A text with the number of the last row of a sheet for each number that stands for it."""
    found = list(pieces)
    found[1::2] = [str(last[int(number) - _FIRST]) for number in pieces[1::2]]
    return "".join(found)


@lru_cache(maxsize=64)
def _pressed(text: str) -> Segment:
    return Press().segment(text.encode())


class _File(NamedTuple):
    """A file of a workbook, cut where it tells the last row of a sheet; of a sheet also where its rows belong."""

    name: str
    text: list[str]
    sheet: int | None = None
    end: Sequence[str] = ()


def _file(name: str, text: str) -> _File:
    found = _SHEET.fullmatch(name)
    if not found:
        return _File(name, _LAST.split(text) if name == _BOOK else [text])
    before, _, behind = _ROW.split(text, maxsplit=1)
    return _File(name, _LAST.split(before), int(found[1]) - 1, _LAST.split(behind))


@lru_cache(maxsize=8)
def _empty(layouts: tuple[Layout, ...]) -> list[_File]:
    """The files of the workbook, by name, without rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": _WHEN})
    heading = book.add_format(_HEADING)
    label = book.add_format({**_HEADING, "bold": False, "text_wrap": True})
    sheets = [book.add_worksheet(layout.name) for layout in layouts]
    # In a row that goes out again, before all else: so the words are known by their numbers.
    sheets[0].write_row(_FIRST - 1, 0, shared())
    for row, sheet, layout in zip(count(_FIRST - 1), sheets, layouts, strict=False):
        for column, width in enumerate(layout.widths):
            sheet.set_column(column, column, width)
        sheet.write_row(0, 0, layout.labels, label)
        sheet.write_row(layout.heading - 1, 0, layout.columns, heading)
        sheet.freeze_panes(layout.heading, _BESIDE if layout.labels else 0)
        sheet.autofilter(layout.heading - 1, 0, row, len(layout.columns) - 1)
        sheet.write_string(row, 0, "")
        sheet.dim_colmax = len(layout.columns) - 1
    book.close()
    with ZipFile(out) as packed:
        return [_file(name, packed.read(name).decode()) for name in packed.namelist()]
