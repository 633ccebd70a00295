"""The cells of a report's tables for programs, as JSON.

What hangs on the form alone (keys, ids, their order) is written once for each form.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from build_tools.export.lines import digits, to_json
from build_tools.form import TableForm
from build_tools.model import Cell, State, Table
from build_tools.render.once import once

_PLACE = "\x00"
"""Stands for a cell in a table without cells; no form holds it."""


def table_json(table: Table) -> str:
    """The cells by row and column."""
    pieces = list(_frame(table.form))
    pieces[1::2] = [_cell_json(c.raw, c.state, c.value, c.unit) for c in _cells(table)]
    return "".join(pieces)


def _cells(table: Table) -> list[Cell]:
    """The cells in the order of the form."""
    return [cell for row in table.form.lines for cell in table.rows[row]]


@once(64)
def _frame(form: TableForm) -> list[str]:
    """The table as JSON without its cells, for which it has every second place."""
    rows = {row: {column.id: _PLACE for column in line.columns} for row, line in form.lines.items()}
    pieces = to_json(rows).split(to_json(_PLACE))
    return [piece for between in pieces for piece in (between, "")][:-1]


# The same few cells make up most tables. `typed`, because 1 and Decimal(1) are equal and not written alike.


@lru_cache(maxsize=4096, typed=True)
def _cell_json(raw: str, state: State, value: int | Decimal | None, unit: str) -> str:
    written = digits(value) if isinstance(value, Decimal) else value
    data = {"raw": raw, "value": written, "state": state.value}
    return to_json({**data, "unit": unit} if unit else data)
