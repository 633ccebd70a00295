"""A table of a report -> the boxes it is printed in: place, reach, text. Its geometry is that of the report pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Literal

from build_tools.decode.cells import MISSING_WORD
from build_tools.form import slug
from build_tools.model import ExtraRow, State, Table
from build_tools.render.grid import Grid, GridCell, Head, Slot
from build_tools.render.tables import grid

_NARROW, _WIDE, _WIDEST = (
    3,
    14,
    6,
)  # characters: a column of figures; labels at most; a heading of figures at most


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a printed table: its place from 0, how far it reaches, its text, what it is.

    `level`: how deep a label stands below others in a list.
    """

    row: int
    column: int
    text: str
    sort: Literal["head", "label", "words", "figure"]
    rowspan: int = 1
    colspan: int = 1
    level: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed table. Its boxes fill `height` rows of `len(widths)` columns, row by row.

    `top` rows are headings and `stubs` columns labels. `widths` are in Chinese characters.
    """

    anchor: str
    name: str
    title: str
    widths: tuple[int, ...]
    height: int
    top: int
    stubs: int
    boxes: tuple[Box, ...]

    def rows(self) -> Iterator[tuple[Box, ...]]:
        """The boxes that begin in each row."""
        for row in range(self.height):
            yield tuple(box for box in self.boxes if box.row == row)


def sheet(table: Table, mark: str) -> Sheet:
    """The table as its form prints it, with the rows that the form does not have below. Anchors begin with `mark`."""
    form, laid = table.form, grid(table.form)
    boxes = list(_placed(table, laid))
    height = max(box.row + box.rowspan for box in boxes)
    for extra in table.extra:
        boxes += _extra(extra, laid, height)
        height = max(box.row + box.rowspan for box in boxes)
    top = len(laid.parts[0].rows) if laid.parts[0].head else 0
    widths = tuple(_width(boxes, column, laid.stubs) for column in range(laid.width))
    anchor = f"{mark}{form.id}_{slug(table.form_id)}"
    return Sheet(anchor, form.name, form.title, widths, height, top, laid.stubs, tuple(boxes))


def _placed(table: Table, laid: Grid) -> Iterator[Box]:
    """Every cell of the grid, each in the first place of its row that none above reaches into."""
    taken = set[tuple[int, int]]()
    for row, cells in enumerate(cells for part in laid.parts for cells in part.rows):
        for cell in cells:
            column = next(n for n in count() if (row, n) not in taken)
            taken.update(
                (row + down, column + right) for down in range(cell.rowspan) for right in range(cell.colspan)
            )
            yield _box(table, cell, row, column)


def _box(table: Table, cell: GridCell, row: int, column: int) -> Box:
    if isinstance(cell, Slot):
        own = table.rows[cell.row][cell.position]
        text = MISSING_WORD if own.state is State.MISSING else own.raw
        return Box(row, column, text, "figure", cell.rowspan, cell.colspan)
    text = table.labels.get(cell.label, cell.label) or ""
    if isinstance(cell, Head):
        sort: Literal["head", "label"] = "head" if cell.scope == "col" else "label"
        # Elsewhere than in a list the columns of labels show which stands below which.
        level = cell.level if table.form.layout == "list" else 0
        return Box(row, column, text, sort, cell.rowspan, cell.colspan, level)
    return Box(row, column, text, "words", cell.rowspan, cell.colspan)


def _extra(extra: ExtraRow, laid: Grid, row: int) -> Iterator[Box]:
    """A printed row that the form does not have.

    Its label stands where labels stand, its last figure reaches to the edge; figures for which there is no room go on
    in the next line, beside the same label. A row without figures is a label as wide as the table.
    """
    stubs = max(laid.stubs, 1)
    room = laid.width - stubs
    if not extra.values:
        yield Box(row, 0, extra.label, "label", 1, laid.width)
        return
    lines = [extra.values[at : at + room] for at in range(0, len(extra.values), room)]
    yield Box(row, 0, extra.label, "label", len(lines), stubs)
    for down, values in enumerate(lines):
        for at, text in enumerate(values):
            reach = room - at if at == len(values) - 1 else 1
            yield Box(row + down, stubs + at, text, "figure", 1, reach)


def _width(boxes: Iterable[Box], column: int, stubs: int) -> int:
    """So wide that the words of the column stand in two lines to a row, within bounds."""
    own = (box for box in boxes if box.column == column and box.colspan == 1 and box.sort != "figure")
    needed = max((-(-len(box.text) // (2 * box.rowspan)) for box in own), default=0)
    return min(max(needed, _NARROW), _WIDE if column < stubs else _WIDEST)
