"""The headings above a table's columns, as a tree whose leaves are columns of figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from build_tools.form import Column, ColumnGroup, Row


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading `width` columns wide. A leaf names its column.

    In a table laid across, leaves and the heading over those of a row name the row. `position` is the column's
    place among the cells of a row.
    """

    label: str
    width: int
    below: tuple[Heading, ...] = ()
    column: str = ""
    position: int = 0
    row: str = ""


def headings(columns: Iterable[Column | ColumnGroup]) -> tuple[Heading, ...]:
    """The headings over the columns of a block."""
    return tuple(_headings(columns, count()))


def _headings(columns: Iterable[Column | ColumnGroup], positions: Iterator[int]) -> Iterator[Heading]:
    for column in columns:
        if isinstance(column, ColumnGroup):
            yield _over(column.label, tuple(_headings(column.columns, positions)))
        else:
            yield Heading(column.label, 1, column=column.id, position=next(positions))


def across(rows: Iterable[Row], columns: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """The headings of a table laid across: each row of the form is a heading over a set of the columns."""
    found: list[Heading] = []
    for row in rows:
        if row.id:
            below = tuple(_of(row.id, column) for column in columns)
            found.append(replace(_over(row.label, below), row=row.id))
            found.extend(across(row.rows, columns))
        else:
            found.append(_over(row.label, across(row.rows, columns)))
    return tuple(found)


def widened(tree: tuple[Heading, ...], surplus: int) -> tuple[Heading, ...]:
    """The tree with its last column, and the headings over it, wider by `surplus`."""
    if not tree or not surplus:
        return tree
    *others, last = tree
    return (*others, replace(last, width=last.width + surplus, below=widened(last.below, surplus)))


def span(tree: Iterable[Heading]) -> int:
    """How many columns the headings cover."""
    return sum(heading.width for heading in tree)


def depth(tree: Iterable[Heading]) -> int:
    """How many rows the headings need."""
    return max((1 + depth(heading.below) for heading in tree), default=0)


def _over(label: str, below: tuple[Heading, ...]) -> Heading:
    return Heading(label, span(below), below)


def _of(row: str, heading: Heading) -> Heading:
    return replace(heading, row=row, below=tuple(_of(row, h) for h in heading.below))
