"""A table of a report on its grid -> what its template shows, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from build_tools.model import Cell, State, Table
from build_tools.render.engine import fill, macro
from build_tools.render.grid import Grid, GridCell, GridRow, Head, Slot, Words
from build_tools.render.notes import Note
from build_tools.render.tables import grid

Marks = Mapping[str, tuple[Note, ...]]


@dataclass(frozen=True, slots=True)
class Extra:
    """A printed row that the form does not have, fitted to the grid: label, cells, width of the last cell."""

    label: str
    values: tuple[str, ...]
    reach: int


def draw(table: Table, marks: Marks, caption: str) -> Markup:
    """The table as HTML: drawn as its form is printed, filled with what the report says."""
    laid = grid(table.form)
    markup = fill(
        "table.html.jinja",
        grid=laid,
        caption=caption,
        parts=[(part.head, [_row(row, table, marks) for row in part.rows]) for part in laid.parts],
        extra=list(_extra(table, laid)),
    )
    return Markup(markup)  # noqa: S704  # the template escapes


def states(table: Table) -> frozenset[State]:
    """The states that occur in the table, for its legend."""
    return frozenset(cell.state for row in table.rows.values() for cell in row)


def _row(row: GridRow, table: Table, marks: Marks) -> Markup:
    cells = tuple(table.rows[slot.row][slot.position] for slot in row if isinstance(slot, Slot))
    if table.labels or (marks and any(marks.get(c.id) for c in row if not isinstance(c, Words))):
        return _special_row(row, iter(cells), table.labels, marks)
    return _plain_row(row, cells)


# Most rows of most reports are noughts or blanks and bear no mark: kept, they need not be filled again. The
# keys are the rows of the grid themselves, of which there is one set per form.


@lru_cache(maxsize=8192)
def _plain_row(row: GridRow, cells: tuple[Cell, ...]) -> Markup:
    return _special_row(row, iter(cells), {}, {})


def _special_row(
    row: GridRow, cells: Iterator[Cell], labels: Mapping[str, str | None], marks: Marks
) -> Markup:
    return macro("cells.html.jinja", "row")([_cell(cell, cells, labels, marks) for cell in row])


def _cell(cell: GridCell, cells: Iterator[Cell], labels: Mapping[str, str | None], marks: Marks) -> Markup:
    if isinstance(cell, Slot):
        figure = next(cells)
        return _slot(cell, figure.raw, figure.state, marks.get(cell.id, ()))
    label = labels.get(cell.label, cell.label)
    return _head(cell, label, marks.get(cell.id, ())) if isinstance(cell, Head) else _words(cell, label)


@lru_cache(maxsize=16384)
def _slot(slot: Slot, raw: str, state: State, notes: tuple[Note, ...]) -> Markup:
    return macro("cells.html.jinja", "slot")(slot, raw, state, notes)


@lru_cache(maxsize=4096)
def _head(head: Head, label: str | None, notes: tuple[Note, ...]) -> Markup:
    return macro("cells.html.jinja", "head")(head, label, notes)


@lru_cache(maxsize=256)
def _words(words: Words, label: str | None) -> Markup:
    return macro("cells.html.jinja", "words")(words, label)


def _extra(table: Table, laid: Grid) -> Iterator[Extra]:
    room = laid.width - max(laid.stubs, 1)
    for row in table.extra:
        values = row.values or ("",)
        if len(values) > room:
            values = (*values[: room - 1], "、".join(values[room - 1 :]))
        yield Extra(row.label, values, room - len(values) + 1)
