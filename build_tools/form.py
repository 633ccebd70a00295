"""What an official form is: sections, tables, rows, columns and the relations that must hold.

Plain values without behaviour of their own; `forms` freezes them from the data files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Layout = Literal["stacked", "grid", "across", "list"]

PLACE = "{table}「{row}」·{column}"
"""How a cell is named in the form's own words."""


@dataclass(frozen=True, slots=True)
class SectionForm:
    """One part of the form. `number` and `heading` are empty for the paragraphs before part one."""

    id: str
    key: str
    number: str = ""
    heading: str = ""
    variants: tuple[str, ...] = ()
    table: str = ""

    @property
    def title(self) -> str:
        """The heading as the form prints it: 一、总体情况."""
        return f"{self.number}、{self.heading}" if self.number else self.heading


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers. `accepted` labels are as good as `label`; `variants` are only recognised."""

    id: str
    label: str
    accepted: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    signed: bool = False
    money: bool = False
    unit: str = ""
    decimals: int | None = None

    @property
    def measure(self) -> str:
        """The unit that its figures are brought to: the form's own; 万元 for money of which the form names none."""
        return self.unit or ("万元" if self.money else "")


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """A heading printed over several columns."""

    label: str
    columns: tuple[Column | ColumnGroup, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the form's stub. A row with an `id` holds cells; one without only groups its `rows`.

    `keys` is the way to its cells in a report file below the table's key.
    """

    id: str
    label: str
    keys: tuple[str, ...]
    accepted: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    unit: str = ""
    money: bool = False
    unconfirmed: bool = False
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a table with column headings of its own."""

    columns: tuple[Column | ColumnGroup, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    stub: str = ""
    corner: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row that holds cells, with the columns of its block in printed order."""

    row: Row
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a relation: a row or column id, of this report or of last year's."""

    id: str
    last: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between cells that the rule `rule` demands: sum of `left` = (or <=) sum of `right`.

    Along `columns` the terms are row ids and it holds in each column; along `rows` the terms are column
    ids and it holds in each row. `only` restricts it to some of these columns or rows.
    """

    rule: str
    table: str
    along: Literal["rows", "columns"]
    left: tuple[Term, ...]
    sign: Literal["=", "<="]
    right: tuple[Term, ...]
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class TableForm:
    """One table of the form.

    `lines` lists the rows with cells in printed order, by row id; `relations` what must hold between the cells.
    `additive` are the columns whose figures of several offices add up to that of all of them together.
    A table form equals itself alone, so that what follows from it can be worked out once and kept.
    """

    id: str
    key: str
    name: str
    title: str
    layout: Layout
    blocks: tuple[Block, ...]
    lines: Mapping[str, Line]
    relations: tuple[Relation, ...] = ()
    additive: tuple[str, ...] = ()

    def where(self, row: str, column: str) -> str:
        """Name a cell in the form's own words: 表三「（一）予以公开」·自然人."""
        line = self.lines[row]
        label = next(c.label for c in line.columns if c.id == column)
        return PLACE.format(table=self.name, row=line.row.label, column=label)


def slug(form: str) -> str:
    """The id of a form in names of files and addresses, which are ASCII: 无 is `none`."""
    return form if form.isascii() else "none"


@dataclass(frozen=True, slots=True)
class Form:
    """An official form. Years are report years; None means unbounded.

    A report on 2020 is published in 2021: what counts is the year reported on. `leftovers` are patterns of its
    indicators' names.
    """

    id: str
    name: str
    instrument: str
    about: str
    sections: tuple[SectionForm, ...]
    tables: Mapping[str, TableForm]
    first: int | None = None
    obligatory: int | None = None
    last: int | None = None
    expires: bool = False
    free: bool = False
    leftovers: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The id in names of files and addresses, which are ASCII: 无 is `none`."""
        return slug(self.id)

    def demanded_of(self, year: int) -> bool:
        """Say whether a report on `year` must be in this form."""
        return self.obligatory is not None and self.obligatory <= year <= (self.last or year)

    def offered_to(self, year: int) -> bool:
        """Say whether this form was in use for reports on `year`."""
        return self.first is not None and self.first <= year <= (self.last or year)
