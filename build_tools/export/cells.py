"""The cells of a report's tables in every format that has them: CSV, JSON, sheets, figures for a database.

CSV, JSON and the sheet of cells have a line for each cell, in the order of the form. Wide sheets and the database have
a line for each table and a column for each cell. Such a line holds figures; what is no plain whole number, or bears a
finding, is told of beside it, cell by cell, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from build_tools.decode.cells import MISSING_WORD
from build_tools.export.dictionary import CELLS
from build_tools.export.lines import Value, csv_line, in_json, sheet_cell, to_json
from build_tools.form import TableForm
from build_tools.model import Cell, Report, State, Table
from build_tools.money import measured

Flags = Mapping[str, str]
"""The rules whose findings are shown on a cell, `;` between, by the cell's id (`t3.new.total`)."""

Odd = list[str]
"""Table, row, column, what is printed, state, findings: of a cell that its figure does not say all of."""

HEAD = csv_line(CELLS.columns)
"""The first line of the CSV."""

_MANY = 1024  # rows kept of a table
_EXACT = 15  # digits that a sheet keeps of a number
_PLAIN_JSON = '"state":"number","flags":""}\n'
_PLAIN_SHEET = f"{sheet_cell(State.NUMBER.value)}{sheet_cell('')}</row>"


class Row(NamedTuple):
    """A row of cells: by format what stands behind unit and year; its figures as JSON, its cells of a wide sheet."""

    csv: list[str]
    json: list[str]
    sheet: list[str]
    figures: str
    wide: str
    odd: list[Odd]


@dataclass(frozen=True, slots=True)
class _Known:
    """What a table form's cells begin with in each format, by row; what was made of rows, most of which come again."""

    places: Mapping[str, list[tuple[str, str, str]]]
    made: dict[tuple[str, int], tuple[tuple[Cell, ...], Row]] = field(default_factory=dict)


def rows_of(table: Table, flags: Flags) -> Iterator[Row]:
    """The rows of a table in the order of the form."""
    known = _known(table.form, table.form_id)
    for row, line in table.form.lines.items():
        shown = (
            [flags.get(f"{table.form.id}.{row}.{column.id}", "") for column in line.columns] if flags else []
        )
        if any(shown):
            yield _row(table, row, known.places[row], shown)
        else:
            yield _again(table, row, known)


def _again(table: Table, row: str, known: _Known) -> Row:
    """A row without findings. Told apart by identity: equal ones are mostly one, and to compare cells takes longer."""
    cells, made = table.rows[row], known.made
    found = made.get((row, id(cells)))
    if found is None:
        if len(made) >= _MANY:
            made.clear()
        # The cells are kept too: as long as they live no others have their identity.
        found = made[row, id(cells)] = (cells, _row(table, row, known.places[row], [""] * len(cells)))
    return found[1]


@lru_cache(maxsize=64)
def _known(form: TableForm, form_id: str) -> _Known:
    return _Known(
        {
            row: [_places((form_id, form.id, row, column.id)) for column in line.columns]
            for row, line in form.lines.items()
        }
    )


def _places(values: tuple[str, ...]) -> tuple[str, str, str]:
    told = ",".join(
        f'"{name}":{to_json(value)}' for name, value in zip(CELLS.columns[2:6], values, strict=True)
    )
    return csv_line([*values, ""])[:-1], f"{told},", "".join(map(sheet_cell, values))


def _row(table: Table, row: str, places: list[tuple[str, str, str]], flags: list[str]) -> Row:
    cells = table.rows[row]
    if not any(flags) and all(map(_is_plain, cells)) and row not in _of_money(table.form):
        return _plain_row(places, [cell.raw for cell in cells])
    columns = table.form.lines[row].columns
    values = [measured(cell, column) for cell, column in zip(cells, columns, strict=True)]
    wide = "".join(map(_shown, cells, values))
    made = Row([], [], [], ",".join(map(in_json, values)), wide, [])
    for column, place, cell, value, flag in zip(columns, places, cells, values, flags, strict=True):
        for lines, before, text in zip(made[:3], place, _rest(cell, value, flag), strict=True):
            lines.append(before + text)
        if flag or value is None or not _is_plain(cell):
            made.odd.append([table.form.id, row, column.id, cell.raw, cell.state.value, flag])
    return made


def _plain_row(places: list[tuple[str, str, str]], figures: list[str]) -> Row:
    """What _row makes of plain cells, which most are, faster."""
    pairs = list(zip(places, figures, strict=True))
    return Row(
        [f"{place[0]}{raw},{raw},number,\n" for place, raw in pairs],
        [f'{place[1]}"value":{raw},"raw":"{raw}",{_PLAIN_JSON}' for place, raw in pairs],
        [f"{place[2]}<c><v>{raw}</v></c>{sheet_cell(raw)}{_PLAIN_SHEET}" for place, raw in pairs],
        ",".join(figures),
        f"<c><v>{'</v></c><c><v>'.join(figures)}</v></c>",
        [],
    )


@lru_cache(maxsize=64)
def _of_money(form: TableForm) -> frozenset[str]:
    """Rows that hold sums of money, which may be brought to another unit."""
    return frozenset(row for row, line in form.lines.items() if any(c.money for c in line.columns))


def _is_plain(cell: Cell) -> bool:
    """Whether the cell is a whole number, printed like one, and not too long for a sheet."""
    return isinstance(cell.value, int) and len(cell.raw) <= _EXACT and cell.raw == str(cell.value)


def _rest(cell: Cell, value: Value, flag: str) -> tuple[str, str, str]:
    values = (value, cell.raw, cell.state.value, flag)
    told = ",".join(f'"{name}":{in_json(own)}' for name, own in zip(CELLS.columns[6:], values, strict=True))
    return csv_line(values), f"{told}}}\n", f"{''.join(map(sheet_cell, values))}</row>"


def _shown(cell: Cell, value: Value) -> str:
    """The cell in a wide sheet: a figure, or what is printed instead."""
    printed = MISSING_WORD if cell.state is State.MISSING else cell.raw
    return sheet_cell(printed if value is None else value)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a report: by name of the table (`t3_2021`) its rows."""

    report: Report
    tables: Mapping[str, list[Row]]

    @classmethod
    def of(cls, report: Report, flags: Flags) -> Cells:
        """The cells of a report, and what is shown on them."""
        found = report.tables.values()
        return cls(
            report, {name_of(table.form_id, table.form): list(rows_of(table, flags)) for table in found}
        )

    @property
    def rows(self) -> Iterator[Row]:
        """All rows in order."""
        for rows in self.tables.values():
            yield from rows

    def csv(self) -> str:
        """A line of CSV for each cell."""
        head = csv_line([self.report.unit, self.report.year, ""])[:-1]
        return _headed(head, [line for row in self.rows for line in row.csv])

    def json(self) -> str:
        """A line of JSON for each cell."""
        head = f'{{"unit":{to_json(self.report.unit)},"year":{self.report.year},'
        return _headed(head, [line for row in self.rows for line in row.json])

    def sheet(self) -> str:
        """A row of a sheet for each cell."""
        return _headed(sheet_head(self.report), [line for row in self.rows for line in row.sheet])


def sheet_head(report: Report) -> str:
    """How a row of a sheet begins that is about a report."""
    return f"<row>{sheet_cell(report.unit)}{sheet_cell(report.year)}"


def _headed(head: str, lines: list[str]) -> str:
    return head + head.join(lines) if lines else ""


def tables_csv(cells: Cells) -> str:
    """Every cell of a report as a CSV file; a header and nothing else for a report without tables."""
    return HEAD + cells.csv()


def name_of(form: str, table: TableForm) -> str:
    """What a table of a form is called: `t3_2021`."""
    return f"{table.id}_{form}"


def columns_of(table: TableForm) -> Iterator[tuple[str, str]]:
    """Row and column of each cell, in order."""
    yield from ((id_, column.id) for id_, line in table.lines.items() for column in line.columns)
