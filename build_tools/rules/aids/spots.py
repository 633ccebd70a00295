"""Finding the few cells of a table that a rule must look at; most cells are a plain 0 and are passed by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
from typing import NamedTuple

from build_tools.form import Column, TableForm
from build_tools.model import Cell, Path, State, Table
from build_tools.rules.aids.wording import say

MISSING, TEXT = State.MISSING, State.TEXT


class Found(NamedTuple):
    """A cell with its row id and its column: cheaper than a Spot where whole tables are blank."""

    row: str
    column: Column
    cell: Cell

    def path(self, table: Table) -> Path:
        """Where it stands in the report file."""
        return table.path(self.row, self.column.id)

    def where(self, table: Table) -> str:
        """Its name in the form's own words, with its table."""
        return table.form.where(self.row, self.column.id)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its cells in printed order, and which of them are not printed as plain 0.

    `odd` lists their positions. `figures` are those that hold a number, `blanks` those that hold none: text, lost,
    or, listed again as `empty`, printed as blank, dash or 无.
    """

    table: Table
    cells: Sequence[Cell]
    odd: Sequence[int]
    figures: Sequence[Found]
    blanks: Sequence[Found]
    empty: Sequence[Found]


def look_through(table: Table) -> Sheet:
    """Look through the cells of a table."""
    cells = list(chain.from_iterable([table.rows[row] for row in table.form.lines]))
    odd = odd_ones(cells)
    places = _places(table.form)
    found = [Found(*places[at], cells[at]) for at in odd]
    figures = [spot for spot in found if spot.cell.value is not None]
    blanks = [spot for spot in found if spot.cell.value is None] if len(figures) < len(found) else []
    empty = [spot for spot in blanks if spot.cell.state not in (MISSING, TEXT)]
    return Sheet(table, cells, odd, figures, blanks, empty)


def odd_ones(cells: Sequence[Cell], start: int = 0) -> list[int]:
    """Which of these cells are not printed as plain 0, counted from `start`."""
    return [at for at, cell in enumerate(cells, start) if cell.raw != "0"]


@lru_cache(maxsize=64)
def _places(form: TableForm) -> tuple[tuple[str, Column], ...]:
    return tuple((row, column) for row, line in form.lines.items() for column in line.columns)


FIRST = 5
"""So many cells are named, where no rule says otherwise."""


def named(table: Table, found: Sequence[Found], most: int = FIRST) -> str:
    """The first of several cells by their labels, row by row: 「（一）予以公开」自然人、总计；「…」…等."""
    rows = [
        say(
            "cells",
            row=table.form.lines[row].row.label,
            columns="、".join(cell.column.label for cell in cells),
        )
        for row, cells in groupby(found[:most], key=lambda cell: cell.row)
    ]
    return "；".join(rows) + (say("cells_more") if len(found) > most else "")
