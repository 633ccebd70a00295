"""Finding the few cells of a table that a rule must look at; most cells are a plain 0 and are passed by."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from build_tools.form import Column
from build_tools.model import Cell, Path, State, Table

MISSING, TEXT = State.MISSING, State.TEXT


class Found(NamedTuple):
    """A cell with its row id and its position in the row: cheaper than a Spot where whole tables are blank."""

    row: str
    at: int
    cell: Cell

    def column(self, table: Table) -> Column:
        """The column it stands in."""
        return table.form.lines[self.row].columns[self.at]

    def path(self, table: Table) -> Path:
        """Where it stands in the report file."""
        return table.path(self.row, self.column(table).id)

    def where(self, table: Table) -> str:
        """Its name in the form's own words, with its table."""
        return table.form.where(self.row, self.column(table).id)


def without_figure(table: Table) -> list[Found]:
    """The cells that hold no number: blank, dash, 无, text or lost."""
    return [
        Found(row, at, cell)
        for row, cells in table.rows.items()
        for at, cell in enumerate(cells)
        if cell.value is None
    ]


def with_figure(table: Table) -> list[Found]:
    """The cells that hold a number and are not printed as plain 0."""
    return [
        Found(row, at, cell)
        for row, cells in table.rows.items()
        for at, cell in enumerate(cells)
        if cell.value is not None and cell.raw != "0"
    ]


def size(table: Table) -> int:
    """How many cells the table has."""
    return sum(map(len, table.rows.values()))


def named(table: Table, found: Sequence[Found], most: int = 5) -> str:
    """The first of several cells by their labels, row by row: 「（一）予以公开」自然人、总计；「…」…等."""
    rows = [
        f"「{table.form.lines[row].row.label}」{'、'.join(cell.column(table).label for cell in cells)}"
        for row, cells in groupby(found[:most], key=lambda cell: cell.row)
    ]
    return "；".join(rows) + ("等" if len(found) > most else "")
