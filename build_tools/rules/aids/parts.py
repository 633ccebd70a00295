"""An aggregated report beside the reports of the offices it counts for: their figures, cell by cell.

What is no number is left out of a sum and told of; nothing stands for it. The offices are those of the same county
folder. What a 管委会 counts for nobody knows, so only governments are held to theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from build_tools.archive import COUNTY, Held
from build_tools.form import Column, TableForm
from build_tools.model import Path, Table
from build_tools.money import Number, measured
from build_tools.rules.view import View

_NAMED = 5
"""So many of the offices that were added up are named."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of the whole, and those of the parts that have one there, with their units; `without`: how many have none."""

    table: Table
    row: str
    column: Column
    whole: Number
    parts: tuple[tuple[str, Number], ...]
    without: int

    @property
    def sum(self) -> Number:
        """The parts added up."""
        return sum((value for _, value in self.parts), 0)

    @property
    def path(self) -> Path:
        """Where the figure of the whole stands."""
        return self.table.path(self.row, self.column.id)

    def __str__(self) -> str:
        """Both numbers and the difference, which reports were added up, and how many were not."""
        place = self.table.form.where(self.row, self.column.id)
        counting = sorted(((value, name) for name, value in self.parts if value), key=lambda one: -one[0])
        shown = "、".join(f"{name} {value}" for value, name in counting[:_NAMED])
        more = f"等 {len(counting)} 份" if len(counting) > _NAMED else ""
        noughts = len(self.parts) - len(counting)
        zero = f"，{noughts} 份是 0" if noughts else ""
        without = f"；另有 {self.without} 份这一格没有数，或者用别的格式，没有算在内" if self.without else ""
        return (
            f"{place}：汇总报告 {self.whole}，所属 {len(self.parts)} 份报告之和 {self.sum}"
            f"（{shown}{more}{zero}），差 {abs(self.sum - self.whole)}{without}"
        )


def parts_of(view: View) -> Mapping[str, Held]:
    """The reports that an aggregated one counts for, by unit: those for themselves alone, of its county and year."""
    if not (view.report.aggregated and view.unit.kind.government):
        return {}
    return {
        unit: held
        for unit, held in view.beside.reports.items()
        if unit != view.report.unit and not held.aggregated
    }


def complete(view: View, parts: Mapping[str, Held]) -> bool:
    """Whether every other unit on the year's list is among the parts, and no part of the whole lies elsewhere.

    Below a province or a city there are counties, which are filed elsewhere.
    """
    roll, own = view.beside.roll or {}, view.report.unit
    return bool(roll) and not own[:COUNTY].endswith("00") and roll.keys() - {own} <= parts.keys()


def added(view: View, parts: Mapping[str, Held]) -> Iterator[list[Cell]]:
    """The cells that add up, row by row: those where the whole and a part at least have a number."""
    for id_, table in view.report.tables.items() if parts else ():
        own = [(held.unit.name, held.tables.get(id_)) for _, held in sorted(parts.items())]
        cells = (_cell(table, row, at, own) for row, at in _places(table.form))
        there = [cell for cell in cells if cell]
        yield from (list(row) for _, row in groupby(there, key=lambda cell: cell.row))


def _cell(table: Table, row: str, at: int, own: list[tuple[str, Table | None]]) -> Cell | None:
    column = table.form.lines[row].columns[at]
    whole = measured(table.rows[row][at], column)
    if whole is None:
        return None
    values = [
        (name, measured(part.rows[row][at], column) if part and part.form is table.form else None)
        for name, part in own
    ]
    parts = tuple((name, value) for name, value in values if value is not None)
    return Cell(table, row, column, whole, parts, len(values) - len(parts)) if parts else None


@lru_cache(maxsize=64)
def _places(form: TableForm) -> tuple[tuple[str, int], ...]:
    return tuple(
        (row, at)
        for row, line in form.lines.items()
        for at, column in enumerate(line.columns)
        if column.id in form.additive
    )
