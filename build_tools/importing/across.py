"""A table whose rows stand side by side under headings of their own (表四) -> how it reads in its form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from build_tools.form import Row, TableForm
from build_tools.importing import values
from build_tools.importing.across_text import Slot, rows_of_text
from build_tools.importing.blocks import GridCell
from build_tools.importing.doubt import Doubt
from build_tools.importing.labels import key, labels_of
from build_tools.importing.lines import Line, is_figure
from build_tools.importing.reading import Reading
from build_tools.importing.rows import blank_unit
from build_tools.importing.values import Texts, Unread, Values

LONGEST = 80
"""Characters of a text with headings, several of them grown together perhaps."""

LOOK = "对照原件补上。"


def read_across(lines: Sequence[Line], table: TableForm) -> Reading:
    """The table as far as it is found; nothing found is a reading without rows."""
    across = _Across(lines, table)
    readings: list[Reading] = []
    for found in (*across.gridded(), *across.streamed(), *across.torn()):
        if not readings or readings[-1].used.isdisjoint(range(found.first, found.last + 1)):
            readings.append(across.reading(found))
    return _one(readings, across.copies(), lines) if readings else Reading(table, {})


def _one(readings: Sequence[Reading], copies: int, lines: Sequence[Line]) -> Reading:
    """The table that was found; if it is printed again with other figures, one of which nothing is known."""
    first = readings[0]
    used = frozenset(at for reading in readings for at in reading.used)
    if copies <= len(readings) and all(reading.rows == first.rows for reading in readings):
        return replace(first, used=used)
    lost = {row: (None,) * len(texts) for row, texts in first.rows.items()}
    why = f"印了{max(copies, len(readings))}次，各次不同，整张表记作“缺”"
    places = "、".join(lines[max(reading.used)].place for reading in readings)
    doubt = Doubt(first.form.name, places, "", why, LOOK)
    return replace(first, rows=lost, used=used, doubts=(doubt,))


@dataclass(frozen=True, slots=True)
class _Found:
    """Headings on the lines `first` to before `data`, cells to `last`; `slots` are those that have a heading."""

    first: int
    data: int
    last: int
    slots: tuple[Slot, ...]
    values: Values
    trusted: bool
    torn: bool = False


class _Across:
    def __init__(self, lines: Sequence[Line], table: TableForm) -> None:
        self.lines, self.table, self.labels = lines, table, labels_of(table)
        self.slots = tuple((id_, column.id) for id_, line in table.lines.items() for column in line.columns)
        self.official = {key(text): key(label.official) for label in self.labels.all for text in label.known}
        self.columns = {column.id: column.label for line in table.lines.values() for column in line.columns}

    def starts(self, *, grid: bool) -> Iterator[int]:
        """Lines on which headings may begin: they name a row or a group of rows."""
        tops = {key(text) for label in self.labels.all if not label.column for text in label.known}
        for line in self.lines:
            if bool(line.grid) is grid and any(key(cell.text) in tops for cell in line.cells):
                yield line.at

    def copies(self) -> int:
        """How often the columns' headings are printed, for all rows each time."""
        text = "".join(
            key(cell.text) for line in self.lines for cell in line.cells if len(cell.text) < LONGEST
        )
        return text.count("".join(map(key, self.columns.values()))) // len(self.table.lines)

    # --- rows of a grid ---

    def gridded(self) -> Iterator[_Found]:
        for first in self.starts(grid=True):
            grid = self.lines[first].grid
            data = first
            while data < len(self.lines) and self.lines[data].grid == grid and self.headed(self.lines[data]):
                data += 1
            if (
                data < len(self.lines)
                and self.lines[data].grid == grid
                and data > first
                and (found := self.in_grid(first, data))
            ):
                yield found

    def headed(self, line: Line) -> bool:
        texts = [cell.text for cell in line.cells if cell.text]
        return bool(texts) and all(self.labels.knows(text) for text in texts)

    def in_grid(self, first: int, data: int) -> _Found | None:
        heads = [cell for line in self.lines[first:data] for cell in line.cells if cell.text]
        leaves = sorted((c for c in heads if self.labels.column(c.text)), key=lambda cell: cell.start)
        line = self.lines[data]
        slots = self.under(heads, leaves) if line.exact else None
        slots = slots or self.by_order(leaves) or self.by_reading(heads)
        if not slots:
            return None
        starts = tuple(cell.start for cell in leaves) if line.exact else None
        trusted = line.exact or len(line.cells) == len(slots)
        return _Found(first, data, data, slots, Values(line.cells, line.exact, starts=starts), trusted)

    def under(self, heads: Sequence[GridCell], leaves: Sequence[GridCell]) -> tuple[Slot, ...] | None:
        """What each heading of a column stands for, by the row's label that spans it."""
        tops = [(cell, label.row) for cell in heads if (label := self.labels.row(cell.text))]
        slots: list[Slot] = []
        for leaf in leaves:
            over = {row for cell, row in tops if cell.start <= leaf.start < cell.end}
            label = self.labels.column(leaf.text)
            if len(over) != 1 or label is None:
                return None
            slots.append((over.pop(), label.column))
        return tuple(slots) if len(set(slots)) == len(slots) else None

    def by_order(self, leaves: Sequence[GridCell]) -> tuple[Slot, ...] | None:
        """The same by order alone: the headings must be the form's, from the first on."""
        printed = [label.column for cell in leaves if (label := self.labels.column(cell.text))]
        wanted = self.slots[: len(printed)]
        return wanted if printed and printed == [column for _, column in wanted] else None

    def by_reading(self, heads: Sequence[GridCell]) -> tuple[Slot, ...] | None:
        """The same where headings stand row by row without their spans: all of them, as a page is read."""
        wanted = [key(text) for text in self.by_level()]
        return self.slots if [self.official.get(key(cell.text)) for cell in heads] == wanted else None

    # --- every cell on a line of its own ---

    def streamed(self) -> Iterator[_Found]:
        unit = blank_unit(self.lines)
        wanted = [key(text) for text in self.by_level()]
        for first in self.starts(grid=False) if unit else ():
            data = first
            while data < len(self.lines) and self.heading(self.lines[data]):
                data += 1
            heads = [cell for line in self.lines[first:data] for cell in line.cells if cell.text]
            texts = [self.official.get(key(cell.text)) for cell in heads]
            if len(texts) < len(self.columns):
                continue
            cells, last, even = self.stream(data, unit)
            slots = self.slots if texts == wanted else ()
            yield _Found(first, data, last, slots, Values(tuple(cells)), even)

    def heading(self, line: Line) -> bool:
        text = line.cells[0].text if line.cells else ""
        return not line.grid and len(line.cells) == 1 and (not text or self.labels.knows(text))

    def stream(self, data: int, unit: int) -> tuple[list[GridCell], int, bool]:
        cells: list[GridCell] = []
        even, last = True, data - 1
        for line in self.lines[data:]:
            if len(line.cells) != 1 or not is_figure(line.cells[0].text):
                break
            blanks, rest = divmod(line.gap, unit)
            even = even and not (rest and blanks > 1)
            cells += [GridCell("", 0, 1)] * (blanks - 1)
            cells += line.cells
            last = line.at
        return cells, last, even

    def by_level(self) -> list[str]:
        """The headings from row to row, as a page is read."""
        (block,) = self.table.blocks
        columns = [column.label for column in next(iter(self.table.lines.values())).columns]
        found: list[str] = []
        level: list[Row | str] = list(block.rows)
        while level:
            below: list[Row | str] = []
            for item in level:
                if isinstance(item, str):
                    found.append(item)
                else:
                    found.append(item.label)
                    below += item.rows or columns
            level = below
        return found

    # --- headings read across, all figures on one line ---

    def torn(self) -> Iterator[_Found]:
        for first, line in rows_of_text(self.lines, self.by_level(), self.slots, self.labels):
            yield _Found(first, line.at, line.at, self.slots, Values(line.cells), trusted=False, torn=True)

    # --- what was read ---

    def reading(self, found: _Found) -> Reading:
        place = self.lines[min(found.data, len(self.lines) - 1)].place
        seen = " ".join(cell.text for cell in found.values.cells).strip()
        texts: Texts | Unread = Unread("表头的次序与格式不同")
        if found.slots:
            texts = values.read(found.values, len(found.slots), trusted=found.trusted)
        used = frozenset(range(found.first, found.last + 1))
        if isinstance(texts, Unread):
            doubt = Doubt(self.table.name, place, seen, f"{texts.why}，整张表记作“缺”", LOOK)
            return Reading(self.table, self.rows({}), (doubt,), {}, used, frozenset(), torn=True)
        cells = dict(zip(found.slots, texts, strict=True))
        rows = self.rows(cells)
        doubts = [
            Doubt(
                f"{self.table.name}「{self.table.lines[row].row.label}」",
                place,
                "",
                "有的格找不到，记作“缺”",
                LOOK,
            )
            for row, line in rows.items()
            if None in line
        ]
        return Reading(
            self.table, rows, tuple(doubts), self.printed(found), used, self.shown(found), found.torn
        )

    def rows(self, cells: Mapping[Slot, str | None]) -> dict[str, Texts]:
        return {
            id_: tuple(cells.get((id_, column.id)) for column in line.columns)
            for id_, line in self.table.lines.items()
        }

    def printed(self, found: _Found) -> dict[str, str | None]:
        result: dict[str, str | None] = {}
        for line in self.lines[found.first : found.data]:
            for cell in line.cells:
                label = self.labels.row(cell.text) or self.labels.column(cell.text)
                if label and (text := label.printed(cell.text)):
                    result[label.official] = text
        return result

    def shown(self, found: _Found) -> frozenset[str]:
        words = {key(cell.text) for line in self.lines[found.first : found.data] for cell in line.cells}
        return frozenset(
            label.official for label in self.labels.all if words & {key(text) for text in label.known}
        )
