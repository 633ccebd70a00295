"""Reaching the figures of a table by row and column id, for rules that are no declared relation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from build_tools.finding import Unassessed
from build_tools.form import TableForm
from build_tools.model import Table, Unit
from build_tools.rules.aids.spots import Found

Number = int | Decimal
Place = tuple[str, str]
"""A cell by row id and column id."""

TOWNSHIP = "乡级"
"""The level of 乡镇 and 街道 in kinds.yml."""


def of_township(unit: Unit) -> bool:
    """Whether the unit is a 乡, 镇, 街道 or the like."""
    return unit.kind.level == TOWNSHIP


@lru_cache(maxsize=64)
def positions(form: TableForm) -> Mapping[Place, int]:
    """Which cell of its row each cell of the form is."""
    return {(row, c.id): at for row, line in form.lines.items() for at, c in enumerate(line.columns)}


def number(table: Table | None, row: str, column: str) -> Number | None:
    """The number in a cell, if there is such a cell and a number in it."""
    at = positions(table.form).get((row, column)) if table else None
    return table.rows[row][at].value if table and at is not None else None


def read(table: Table | None, *places: Place) -> tuple[Number, ...] | Unassessed | None:
    """The numbers in these cells; a note where only some are numbers; None where none is or none can be."""
    if table is None:
        return None
    at, rows = positions(table.form), table.rows
    if not all(place in at for place in places):
        return None
    values = [rows[place[0]][at[place]].value for place in places]
    numbers = tuple([value for value in values if value is not None])
    if len(numbers) == len(places):
        return numbers
    if not numbers:
        return None
    row, column = places[values.index(None)]
    return Unassessed(table.path(row, column), f"{table.form.where(row, column)}：不是数字，无法核对")


def rows_with(table: Table | None, *columns: str) -> tuple[str, ...]:
    """The rows that have all these columns."""
    return _rows_with(table.form, columns) if table else ()


@lru_cache(maxsize=256)
def _rows_with(form: TableForm, columns: tuple[str, ...]) -> tuple[str, ...]:
    at = positions(form)
    return tuple(row for row in form.lines if all((row, column) in at for column in columns))


def money(table: Table | None) -> Iterator[Found]:
    """The cells of money that hold a number."""
    if table is None:
        return
    for row, at in _money(table.form):
        cell = table.rows[row][at]
        if cell.value is not None:
            yield Found(row, table.form.lines[row].columns[at], cell)


@lru_cache(maxsize=64)
def _money(form: TableForm) -> tuple[tuple[str, int], ...]:
    return tuple(
        (row, at) for row, line in form.lines.items() for at, c in enumerate(line.columns) if c.money
    )


def row_name(table: Table, row: str) -> str:
    """Name a row in the form's own words: 表二「规章」."""
    return f"{table.form.name}「{table.form.lines[row].row.label}」"


def all_nought(table: Table | None) -> bool:
    """Whether every cell holds a nought."""
    return table is not None and all(cell.value == 0 for cells in table.rows.values() for cell in cells)
