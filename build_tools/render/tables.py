"""Form -> the grid its table is drawn in: which cell stands where, how far it reaches, what heads it.

No markup and no figures. The form data alone decide, so that a form issued tomorrow is drawn as it is
printed without a line of code. Whatever the layout, the cells of a grid fill one full rectangle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from build_tools.form import Block, Row, TableForm
from build_tools.render.grid import Grid, GridCell, GridRow, Head, Part, Slot, Words
from build_tools.render.headings import Heading, across, depth, headings, span, widened
from build_tools.render.once import once

UNIT_HEADING = "单位"
"""The heading of the column that names the unit of each indicator in a list."""


@once(64)
def grid(form: TableForm) -> Grid:
    """Lay out a table form; done once for each form."""
    drawing = _Drawing(form)
    parts = tuple(drawing.parts())
    targets = MappingProxyType(dict(_targets(form, parts)))
    # With several headings one below the other, or labels that hang on those above them, scope is not enough.
    scoped = parts[0].head and form.layout != "list"
    return Grid(form, drawing.width, drawing.stubs, parts, targets, scoped)


def _targets(form: TableForm, parts: tuple[Part, ...]) -> Iterator[tuple[str, str]]:
    for cell in (c for part in parts for row in part.rows for c in row):
        if isinstance(cell, Slot):
            line = form.lines[cell.row]
            place = "/".join((form.key, *line.row.keys))
            label = line.columns[cell.position].label
            yield f"{place}/{label}", cell.id
            if len(line.columns) == 1:
                yield place, cell.id
        elif isinstance(cell, Head) and cell.row:
            yield "/".join((form.key, *form.lines[cell.row].row.keys)), cell.id


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A column of figures with the ids of the headings above it."""

    heading: Heading
    headers: tuple[str, ...]


_Line = tuple[tuple[GridCell, ...], tuple[str, ...], str]
"""The cells that label a row, their ids, and the row's id (empty for a mere heading)."""


@dataclass(slots=True)
class _Drawing:
    """Draws one form. Header cells are numbered as they come, so that their ids are short and unique."""

    form: TableForm
    number: int = 0
    width: int = 0
    stubs: int = field(init=False)

    def __post_init__(self) -> None:
        fixed = {"across": 0, "list": 2}
        needed = max(_depth(block.rows) for block in self.form.blocks)
        self.stubs = fixed.get(self.form.layout, needed)
        self.width = self.stubs + max(span(self.headings(block)) for block in self.form.blocks)

    def parts(self) -> Iterator[Part]:
        for block in self.form.blocks:
            caption: list[GridRow] = []
            if block.caption:
                caption = [(Head(self.next_id(), block.caption, "rowgroup", self.width),)]
            above = tuple(cell.id for row in caption for cell in row if isinstance(cell, Head))
            rows: list[list[GridCell]] = [[] for _ in range(depth(self.headings(block)))]
            rows[0].extend(self.corner(block, len(rows)))
            leaves = list(self.descend(self.headings(block), above, rows))
            heading = [*caption, *(tuple(row) for row in rows)]
            bodies = [tuple(body) for body in self.bodies(block, leaves)]
            if len(self.form.blocks) == 1 and not caption:
                yield Part(head=True, rows=tuple(heading))
                yield from (Part(head=False, rows=body) for body in bodies)
            else:
                yield Part(head=False, rows=(*heading, *(row for body in bodies for row in body)))

    # --- above the figures ---

    def headings(self, block: Block) -> tuple[Heading, ...]:
        """The block's column headings, the last as wide as the table leaves room for."""
        tree = headings(block.columns)
        if self.form.layout == "across":
            tree = across(block.rows, tree)
        return widened(tree, max(self.width - self.stubs - span(tree), 0))

    def corner(self, block: Block, height: int) -> Iterator[GridCell]:
        if self.form.layout == "list":
            yield Head(self.next_id(), block.stub, "col", rowspan=height)
            yield Head(self.next_id(), UNIT_HEADING, "col", rowspan=height)
        elif block.stub and self.stubs:
            yield Head(self.next_id(), block.stub, "col", self.stubs, height)
        elif self.stubs:
            yield Words(block.corner, "corner", (), self.stubs, height)

    def descend(
        self, tree: Iterable[Heading], above: tuple[str, ...], rows: list[list[GridCell]]
    ) -> Iterator[_Leaf]:
        """Put headings into `rows` from the first down; those without any below reach to the last."""
        for heading in tree:
            reach = 1 if heading.below else len(rows)
            row = heading.row if heading.below else ""
            head = Head(self.next_id(), heading.label, "col", heading.width, reach, row=row)
            rows[0].append(head)
            if heading.below:
                yield from self.descend(heading.below, (*above, head.id), rows[1:])
            else:
                yield _Leaf(heading, (*above, head.id))

    # --- beside the figures ---

    def bodies(self, block: Block, leaves: list[_Leaf]) -> Iterator[Iterator[GridRow]]:
        if self.form.layout == "across":
            yield iter([tuple(self.slot(leaf.heading.row, leaf, ()) for leaf in leaves)])
            return
        for row in block.rows:
            lines = self.listed((row,), 0, ()) if self.form.layout == "list" else self.stubbed((row,), (), ())
            yield self.lines(lines, leaves)

    def lines(self, lines: Iterator[_Line], leaves: list[_Leaf]) -> Iterator[GridRow]:
        for heads, ids, row in lines:
            yield (*heads, *(self.slot(row, leaf, ids) for leaf in leaves if row))

    def stubbed(
        self, rows: Iterable[Row], above: tuple[str, ...], pending: tuple[GridCell, ...]
    ) -> Iterator[_Line]:
        """Labels in columns: a group's label reaches down over its rows, a row's over the columns left.

        `pending` are labels of groups above that wait for their first row.
        """
        level = len(above)
        for row in rows:
            if row.id:
                reach = self.stubs - level
                head = Head(self.next_id(), row.label, "row", reach, 1, level, row.id, row.unconfirmed)
                yield (*pending, head), (*above, head.id), row.id
                yield from self.stubbed(row.rows, above, ())
            elif count := sum(1 for _ in _data_rows(row.rows)):
                scope: Literal["row", "rowgroup"] = "row" if level or count == 1 else "rowgroup"
                head = Head(self.next_id(), row.label, scope, 1, count, level)
                yield from self.stubbed(row.rows, (*above, head.id), (*pending, head))
            pending = ()

    def listed(self, rows: Iterable[Row], level: int, above: tuple[str, ...]) -> Iterator[_Line]:
        """Labels one below the other, indented; a group's label takes the whole line."""
        for row in rows:
            if row.id:
                head = Head(self.next_id(), row.label, "row", 1, 1, level, row.id, row.unconfirmed)
                yield (head, Words(row.unit, "unit", (head.id,))), (*above, head.id), row.id
            else:
                head = Head(self.next_id(), row.label, "row" if level else "rowgroup", self.width, 1, level)
                yield (head,), (), ""
            yield from self.listed(row.rows, level + 1, (*above, head.id))

    # --- cells ---

    def slot(self, row: str, leaf: _Leaf, labels: tuple[str, ...]) -> Slot:
        heading = leaf.heading
        id_ = f"{self.form.id}.{row}.{heading.column}"
        return Slot(id_, row, heading.column, heading.position, (*labels, *leaf.headers), heading.width)

    def next_id(self) -> str:
        self.number += 1
        return f"{self.form.id}-h{self.number}"


def _depth(rows: Iterable[Row]) -> int:
    """How many columns the labels of `rows` need."""
    return max((_depth(row.rows) + (0 if row.id else 1) or 1 for row in rows), default=0)


def _data_rows(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        if row.id:
            yield row
        yield from _data_rows(row.rows)
