"""The cells of a report's tables for programs: as JSON, and as the lines of a CSV file.

What hangs on the form alone (keys, ids, their order) is written once for each form.
"""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from functools import lru_cache

from build_tools.form import TableForm
from build_tools.model import Cell, Report, State, Table
from build_tools.render.once import once

COLUMNS = ("unit", "year", "form", "table", "row", "column", "value", "raw", "state")
"""The columns of tables.csv: one line for each cell."""

_PLACE = "\x00"
"""Stands for a cell in a table without cells; no form holds it."""

to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Values as JSON on one line."""


def table_json(table: Table) -> str:
    """The cells by row and column."""
    pieces = list(_frame(table.form))
    pieces[1::2] = [_cell_json(c.raw, c.state, c.value, c.unit) for c in _cells(table)]
    return "".join(pieces)


def tables_csv(report: Report) -> str:
    """Every cell of every table, one to a line; a header and nothing else for a report without tables."""
    lines = [",".join(COLUMNS)]
    for id_, table in report.tables.items():
        head = _line(report.unit, report.year, table.form_id, id_)
        cells = zip(_places(table.form), _cells(table), strict=True)
        lines += [f"{head},{place},{_cell_csv(c.raw, c.state, c.value)}" for place, c in cells]
    return "\n".join((*lines, ""))


def _cells(table: Table) -> list[Cell]:
    """The cells in the order of the form."""
    return [cell for row in table.form.lines for cell in table.rows[row]]


@once(64)
def _frame(form: TableForm) -> list[str]:
    """The table as JSON without its cells, for which it has every second place."""
    rows = {row: {column.id: _PLACE for column in line.columns} for row, line in form.lines.items()}
    pieces = to_json(rows).split(to_json(_PLACE))
    return [piece for between in pieces for piece in (between, "")][:-1]


@once(64)
def _places(form: TableForm) -> list[str]:
    """Row and column of each cell, as they stand in a CSV file."""
    return [_line(row, column.id) for row, line in form.lines.items() for column in line.columns]


# The same few cells make up most tables. `typed`, because 1 and Decimal(1) are equal and not written alike.


@lru_cache(maxsize=4096, typed=True)
def _cell_json(raw: str, state: State, value: int | Decimal | None, unit: str) -> str:
    written = _digits(value) if isinstance(value, Decimal) else value
    data = {"raw": raw, "value": written, "state": state.value}
    return to_json({**data, "unit": unit} if unit else data)


@lru_cache(maxsize=4096, typed=True)
def _cell_csv(raw: str, state: State, value: int | Decimal | None) -> str:
    return _line("" if value is None else _digits(value), raw, state.value)


def _digits(value: int | Decimal) -> str:
    """A number in plain digits, never 1E-7."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _line(*values: str | int) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(values)
    return out.getvalue().removesuffix("\n")
