"""A table of a report on its grid -> HTML.

The table of a form is drawn once, without figures. A report puts in its figures, and what it prints otherwise
than the form. All markup comes from the templates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from build_tools.form import TableForm
from build_tools.model import State, Table
from build_tools.render.engine import fill, macro
from build_tools.render.grid import Grid, Head, Slot, Words, row_of
from build_tools.render.meanings import meaning
from build_tools.render.notes import Note
from build_tools.render.once import once
from build_tools.render.tables import grid

Marks = Mapping[str, tuple[Note, ...]]
Labels = Mapping[str, str | None]

_PLACE = "\x00"
"""Stands in an empty table for what is put in; no form holds it."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A printed row that the form does not have, fitted to the grid: label, cells, width of the last cell."""

    label: str
    values: tuple[str, ...]
    reach: int


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """`between`: all that stands before, between and behind the figures; `opened`: how each cell begins, as well."""

    between: tuple[str, ...]
    opened: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Empty:
    """The table of a form without figures.

    `frame`: what stands before the caption, before the first cell, between each cell and the next, before the
    rows that the form does not have, and at the end. `rows`: the rows in the order of the figures. `plain` and
    `linked`: without and with links from the labels of rows to what they mean. `figures`: the number of each
    figure by the id of its cell; `heads`: all other ids.
    """

    grid: Grid
    frame: tuple[str, ...]
    rows: tuple[str, ...]
    slots: tuple[Slot, ...]
    plain: _Pieces
    linked: _Pieces
    figures: Mapping[str, int]
    heads: frozenset[str]


def draw(table: Table, marks: Marks, caption: str, *, linked: bool = False) -> Markup:
    """The table as HTML: drawn as its form is printed, filled with what the report says.

    `linked`: on a page that explains the rows, see `meanings`.
    """
    empty = _empty(table.form)
    chosen = empty.linked if linked else empty.plain
    if table.labels or not empty.heads.isdisjoint(marks):
        chosen = _pieces(empty.grid, empty.frame, table.labels, marks, linked=linked)
    between, opened = chosen.between, chosen.opened
    figures, odd = _figures(table)
    pieces = [""] * (2 * len(figures) + 1)
    pieces[::2], pieces[1::2] = opened, figures
    for at in {*odd, *(empty.figures[id_] for id_ in marks if id_ in empty.figures)}:
        pieces[2 * at : 2 * at + 2] = between[at], _figure(empty.slots[at], table, marks, empty.grid)
    extra = _extra(table, empty.grid)
    drawn = (empty.frame[0], escape(caption), *pieces, extra, empty.frame[-1])
    return Markup("".join(drawn))  # noqa: S704  # the templates escape


def states(table: Table) -> frozenset[State]:
    """The states that occur in the table, for its legend."""
    return frozenset([cell.state for row in table.rows.values() for cell in row])


@once(64)
def _empty(form: TableForm) -> _Empty:
    laid = grid(form)
    frame = tuple(fill("table.html.jinja", grid=laid, place=_PLACE, row_of=row_of).split(_PLACE))
    slots = _slots(laid)
    return _Empty(
        grid=laid,
        frame=frame,
        rows=tuple(slot.row for slot in slots if slot.position == 0),
        slots=slots,
        plain=_pieces(laid, frame, {}, {}, linked=False),
        linked=_pieces(laid, frame, {}, {}, linked=True),
        figures={slot.id: at for at, slot in enumerate(slots)},
        heads=frozenset(cell.id for cell in laid.cells() if isinstance(cell, Head)),
    )


def _slots(laid: Grid) -> tuple[Slot, ...]:
    return tuple(cell for cell in laid.cells() if isinstance(cell, Slot))


def _pieces(laid: Grid, frame: tuple[str, ...], labels: Labels, marks: Marks, *, linked: bool) -> _Pieces:
    found = [""]
    for before, cell in zip(frame[1:], laid.cells(), strict=False):
        found[-1] += before
        if isinstance(cell, Slot):
            found.append("")
        else:
            found[-1] += _printed(laid, cell, labels, marks, linked=linked)
    between = (*found[:-1], found[-1] + frame[-2])
    openings = (_opening(slot, State.NUMBER, scoped=laid.scoped) for slot in _slots(laid))
    return _Pieces(between, (*map(str.__add__, between, openings), between[-1]))


@once(8)  # the page and the Markdown page of a report are made one after the other
def _figures(table: Table) -> tuple[list[str], list[int]]:
    """What stands in the cells of numbers, in the order of the grid, and which cells hold no number."""
    cells = [cell for row in _empty(table.form).rows for cell in table.rows[row]]
    number = State.NUMBER
    drawn = [_number(cell.raw) if cell.state is number else "" for cell in cells]
    return drawn, [at for at, text in enumerate(drawn) if not text]


def _figure(slot: Slot, table: Table, marks: Marks, laid: Grid) -> str:
    cell = table.rows[slot.row][slot.position]
    opening = _opening(slot, cell.state, scoped=laid.scoped)
    return opening + _inside(cell.raw, cell.state, marks.get(slot.id, ()))


@lru_cache(maxsize=4096)
def _number(raw: str) -> str:
    return _inside(raw, State.NUMBER, ())


@lru_cache(maxsize=4096)
def _opening(slot: Slot, state: State, *, scoped: bool) -> str:
    return str(macro("cells.html.jinja", "opening")(slot, state, scoped))


@lru_cache(maxsize=4096)
def _inside(raw: str, state: State, notes: tuple[Note, ...]) -> str:
    return str(macro("cells.html.jinja", "inside")(raw, state, notes))


def _printed(laid: Grid, cell: Head | Words, labels: Labels, marks: Marks, *, linked: bool) -> str:
    label = labels.get(cell.label, cell.label)
    if isinstance(cell, Words):
        return _words(cell, label, scoped=laid.scoped)
    about = meaning(laid.form, cell.row) if linked else ""
    return _head(cell, label, marks.get(cell.id, ()), about, scoped=laid.scoped)


@lru_cache(maxsize=4096)
def _head(head: Head, label: str | None, notes: tuple[Note, ...], about: str, *, scoped: bool) -> str:
    return str(macro("cells.html.jinja", "head")(head, label, notes, scoped, about))


@lru_cache(maxsize=4096)
def _words(words: Words, label: str | None, *, scoped: bool) -> str:
    return str(macro("cells.html.jinja", "words")(words, label, scoped))


def _extra(table: Table, laid: Grid) -> str:
    if not table.extra:
        return ""
    return str(macro("cells.html.jinja", "extra")(tuple(_fitted(table, laid)), laid.stubs))


def _fitted(table: Table, laid: Grid) -> Iterator[Extra]:
    room = laid.width - max(laid.stubs, 1)
    for row in table.extra:
        values = row.values or ("",)
        if len(values) > room:
            values = (*values[: room - 1], "、".join(values[room - 1 :]))
        yield Extra(row.label, values, room - len(values) + 1)
