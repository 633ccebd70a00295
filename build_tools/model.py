"""The values the archive is made of: units, reports, sections, tables, cells.

Frozen, without file names, line numbers or markup. A report says what was published, faults included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from build_tools.form import Column, Form, Line, TableForm

Path = tuple[str | int, ...]
"""A route of keys and list positions inside one file; only the reporter turns it into line and column."""


class State(StrEnum):
    """What stands in a cell. Zero is a number; blank is printed empty; missing is lost in our copy."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    NA = "na"
    TEXT = "text"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as published. `value` is set only in state NUMBER; `unit` is the unit word in the cell."""

    raw: str
    state: State
    value: int | Decimal | None = None
    unit: str = ""

    @property
    def empty(self) -> bool:
        """Printed without a figure: blank, dash or 无."""
        return self.state in {State.BLANK, State.DASH, State.NA}


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell together with its place in the form."""

    line: Line
    column: Column
    cell: Cell
    path: Path


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """A printed row that the form does not have."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report in the form `form` (of the official form `form_id`).

    `rows` holds for each row id its cells in column order; `labels` maps official labels to what is
    printed instead (None: not printed); `extra` lists printed rows that the form does not have.
    """

    form: TableForm
    form_id: str
    rows: Mapping[str, tuple[Cell, ...]]
    labels: Mapping[str, str | None] = field(default_factory=dict)
    extra: tuple[ExtraRow, ...] = ()

    def cell(self, row: str, column: str) -> Cell | None:
        """The cell in `row` and `column`, or None where the form has no such cell."""
        line = self.form.lines.get(row)
        if line is None:
            return None
        return next(
            (c for col, c in zip(line.columns, self.rows[row], strict=True) if col.id == column), None
        )

    def path(self, row: str, column: str = "") -> Path:
        """Where the row, or one of its cells, stands in the report file."""
        line = self.form.lines[row]
        keys: Path = (self.form.key, *line.row.keys)
        if not column or len(line.columns) == 1 == len(self.form.blocks):
            return keys
        return (*keys, next(i for i, c in enumerate(line.columns) if c.id == column))

    def spots(self) -> Iterator[Spot]:
        """Every cell in printed order."""
        for id_, line in self.form.lines.items():
            for column, cell in zip(line.columns, self.rows[id_], strict=True):
                yield Spot(line, column, cell, self.path(id_, column.id))


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the prose. `heading` as the page shows it; `text` Markdown; `path` its place in the file."""

    id: str
    heading: str
    text: str
    path: Path


@dataclass(frozen=True, slots=True)
class Figure:
    """A number quoted from the prose of a report without tables, with the words it stands in."""

    name: str
    value: str
    unit: str
    quote: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the published report came from. Dates are ISO texts; empty means unknown."""

    file: str = ""
    sha256: str = ""
    url: str = ""
    captured: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that is a fault of the published original: kept, shown as 原文如此, with the reason."""

    rule: str
    where: str
    reason: str
    date: str
    path: Path


@dataclass(frozen=True, slots=True)
class Report:
    """One unit's report on one year, as published. Identity comes from the path, not from inside."""

    unit: str
    year: int
    form: Form
    title: str
    origin: Origin
    sections: tuple[Section, ...]
    tables: Mapping[str, Table]
    published: str = ""
    scope: str = "self"
    printed_unit: str = ""
    note: str = ""
    headings: Mapping[str, str | None] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    @property
    def aggregated(self) -> bool:
        """Whether it counts for the offices below the unit too."""
        return self.scope == "aggregated"

    @property
    def id(self) -> str:
        """`330411103/2020`: unit and year, also the address below /units/."""
        return f"{self.unit}/{self.year}"

    def text(self, *sections: str) -> str:
        """The prose of the named sections (of all without names), joined by blank lines."""
        return "\n\n".join(s.text for s in self.sections if not sections or s.id in sections)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of unit (镇, 街道, 县级部门 …), from kinds.yml. Units with the same `peers` may be compared.

    `due`: the sort of unit that says until when its reports have to be public, see due.py.
    """

    id: str
    level: str
    peers: str = ""
    due: str = ""
    government: bool = False
    aggregates: bool = False
    rules: bool = False
    codes: tuple[int, ...] = ()
    suffixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A name with the years it was in force; None is unbounded."""

    name: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Kin:
    """A unit that another came from or went over to.

    `year` is the first report year in which a predecessor's business is counted in the unit, or in which a
    successor reports instead of it; None is unknown.
    """

    id: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of government that publishes reports. `id` is the code it was first registered under.

    `begun` is the first year that it could report on; None is unknown.
    """

    id: str
    name: str
    kind: Kind
    homepage: str = ""
    aliases: tuple[str, ...] = ()
    former: tuple[Name, ...] = ()
    predecessors: tuple[Kin, ...] = ()
    successors: tuple[Kin, ...] = ()
    begun: int | None = None

    @property
    def county(self) -> str:
        """The six-digit code under whose folder the unit is kept."""
        return self.id[:6]

    def names(self) -> Iterator[str]:
        """Every name the unit is or was printed under."""
        yield self.name
        yield from self.aliases
        yield from (n.name for n in self.former)


@dataclass(frozen=True, slots=True)
class Division:
    """A province (2 digits), prefecture (4) or county (6), with the time its code was valid."""

    code: str
    name: str
    first: int | None = None
    last: int | None = None
    successors: tuple[str, ...] = ()

    def valid_on(self, year: int) -> bool:
        """Valid on 31 December of `year`; a code abolished in a year is not valid at its end."""
        return (self.first is None or self.first <= year) and (self.last is None or year < self.last)
