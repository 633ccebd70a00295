"""Reaching the figures of a table by row and column id, for rules that are no declared relation."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from build_tools.archive import Subject
from build_tools.finding import Unassessed
from build_tools.model import Spot, Table, Unit

Number = int | Decimal
Place = tuple[str, str]
"""A cell by row id and column id."""

TOWNSHIP = "乡级"
"""The level of 乡镇 and 街道 in kinds.yml."""


def of_township(unit: Unit) -> bool:
    """Whether the unit is a 乡, 镇, 街道 or the like."""
    return unit.kind.level == TOWNSHIP


def last_table(subject: Subject, id_: str) -> Table | None:
    """The table of the report on the year before, unless the unit then was not the unit it is now."""
    if subject.lineage_changed or subject.last is None:
        return None
    return subject.last.tables.get(id_)


def number(table: Table | None, row: str, column: str) -> Number | None:
    """The number in a cell, if there is such a cell and a number in it."""
    cell = table.cell(row, column) if table else None
    return cell.value if cell else None


def read(table: Table | None, *places: Place) -> tuple[Number, ...] | Unassessed | None:
    """The numbers in these cells; a note where only some are numbers; None where none is or none can be."""
    cells = [table.cell(*place) for place in places] if table else []
    if table is None or any(cell is None for cell in cells):
        return None
    values = tuple(cell.value for cell in cells if cell and cell.value is not None)
    if len(values) == len(places):
        return values
    if not values:
        return None
    row, column = next(p for p, c in zip(places, cells, strict=True) if c and c.value is None)
    return Unassessed(table.path(row, column), f"{table.form.where(row, column)}：不是数字，无法核对")


def rows_with(table: Table | None, *columns: str) -> Iterator[str]:
    """The rows that have all these columns."""
    for id_, line in table.form.lines.items() if table else ():
        if {column.id for column in line.columns}.issuperset(columns):
            yield id_


def money(table: Table | None) -> Iterator[Spot]:
    """The cells of money that hold a number."""
    if table is None:
        return
    for id_, line in table.form.lines.items():
        for column, cell in zip(line.columns, table.rows[id_], strict=True):
            if column.money and cell.value is not None:
                yield Spot(line, column, cell, table.path(id_, column.id))


def row_name(table: Table, row: str) -> str:
    """Name a row in the form's own words: 表二「规章」."""
    return f"{table.form.name}「{table.form.lines[row].row.label}」"


def all_nought(table: Table | None) -> bool:
    """Whether every cell holds a nought."""
    return table is not None and all(cell.value == 0 for cells in table.rows.values() for cell in cells)
