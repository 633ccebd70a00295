"""Excel and CSV -> blocks: each sheet a grid with its merged cells. Only here is openpyxl. Formulas are never worked out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from build_tools.importing.blocks import Block, Document, Grid, GridCell, GridRow, Kind, paragraph, row
from build_tools.importing.choose import LONGEST
from build_tools.importing.refused import RefusedError

_EXACT = 10**15
MOST_ROWS, MOST_COLUMNS = 5_000, 200


def read_excel(data: bytes) -> Document:
    """A .xlsx that the guard let pass. Of a formula the result stands that was saved with it."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise RefusedError("Excel 文件读不出来", "用 Excel 或 WPS 打开，另存为 .xlsx，再试一次。") from error
    blocks: list[Block] = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            blocks += _sheet(sheet)
    return Document(Kind.EXCEL, tuple(blocks))


def _sheet(sheet: Worksheet) -> Iterator[Block]:
    """The rows of a sheet; a row with one cell over its whole width is a paragraph."""
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        size = f"{sheet.max_row} 行 {sheet.max_column} 列"
        raise RefusedError(f"工作表“{sheet.title}”有 {size}", "只留年报的表，另存一份，再试一次。")
    spans = {(r.min_row, r.min_col): r for r in sheet.merged_cells.ranges}
    covered = {
        (y, x)
        for r in spans.values()
        for y in range(r.min_row, r.max_row + 1)
        for x in range(r.min_col, min(r.max_col, MOST_COLUMNS) + 1)
        if (y, x) != (r.min_row, r.min_col)
    }
    rows: list[GridRow] = []
    for cells in sheet.iter_rows():
        number = cells[0].row
        place = f"工作表“{sheet.title}”第{number}行"
        found = tuple(
            GridCell(_text(cell), cell.column - 1, _end(spans, cell))
            for cell in cells
            if (number, cell.column) not in covered
        )
        filled = [cell for cell in found if cell.text]
        if len(filled) == 1 and _runs(filled[0], sheet.max_column):
            if rows:
                yield Grid(tuple(rows))
                rows = []
            yield from (paragraph(text, place) for text in filled[0].text.split("\n") if text.strip())
        elif filled:
            rows.append(GridRow(found, place))
    if rows:
        yield Grid(tuple(rows))


def _runs(cell: GridCell, width: int) -> bool:
    """Whether a cell over the whole width is running text; a short one beside others is a heading in a table."""
    return cell.end - cell.start == width and (width == 1 or len(cell.text) > LONGEST)


def _end(spans: Mapping[tuple[int, int], CellRange], cell: Cell) -> int:
    span = spans.get((cell.row, cell.column))
    return int(span.max_col if span else cell.column)


def _text(cell: Cell) -> str:
    """What the cell shows; whole numbers without a point, no number rounded."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return (
            str(int(value))
            if value.is_integer() and abs(value) < _EXACT
            else format(Decimal(repr(value)), "f")
        )
    return "\n".join(line.strip() for line in str(value).split("\n") if line.strip())


def read_csv(text: str) -> Document:
    """A CSV or TSV file: the tables one after another, or one of them."""
    try:
        dialect: Any = csv.Sniffer().sniff(text[:4096], delimiters=",\t;")
    except csv.Error:
        dialect = csv.excel
    rows: list[GridRow] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), dialect), 1):
            if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise RefusedError(f"表格超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 列", "只留年报的表，再试一次。")
            if any(cell.strip() for cell in cells):
                rows.append(row((cell.strip() for cell in cells), f"第{number}行"))
    except csv.Error as error:
        raise RefusedError("CSV 文件的格式不对", "用 Excel 或 WPS 打开，另存为 .xlsx，再试一次。") from error
    return Document(Kind.CSV, (Grid(tuple(rows), exact=False),) if rows else ())
