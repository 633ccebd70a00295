"""The values a laid out table consists of. Cells are compared by identity: there is one set per form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from build_tools.form import TableForm


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A header cell. `label` is the official text; `level` the depth of a row's label; `row` the row it heads."""

    id: str
    label: str
    scope: Literal["col", "row", "rowgroup"]
    colspan: int = 1
    rowspan: int = 1
    level: int = 0
    row: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A place for a figure: the cell `position` of `row`. `headers` are the ids of the cells that head it."""

    id: str
    row: str
    column: str
    position: int
    headers: tuple[str, ...]
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A cell with words of the form that heads nothing: the corner note, the unit of an indicator."""

    label: str
    part: Literal["corner", "unit"]
    headers: tuple[str, ...] = ()
    colspan: int = 1
    rowspan: int = 1


GridCell = Head | Slot | Words
GridRow = tuple[GridCell, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Rows that belong together: the heading (`head`) or a body."""

    head: bool
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A table form laid out. `stubs` columns of row labels come before the figures.

    `targets` leads from a place as editors write it (申请/新收/自然人) to the id of the cell or row label.
    `scoped`: the scope of the header cells says of every figure what heads it, as browsers find it out.
    """

    form: TableForm
    width: int
    stubs: int
    parts: tuple[Part, ...]
    targets: Mapping[str, str]
    scoped: bool

    def cells(self) -> Iterator[GridCell]:
        """Every cell in printed order."""
        for part in self.parts:
            for row in part.rows:
                yield from row


def row_of(cells: GridRow) -> str:
    """The row whose figures stand in a line of the grid; empty for headings, and where there are several."""
    rows = {cell.row for cell in cells if isinstance(cell, Slot)}
    return rows.pop() if len(rows) == 1 else ""
