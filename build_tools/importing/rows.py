"""Lines + a table form -> the rows of the form that are printed there, each with the cells behind its label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import mode

from build_tools.form import TableForm
from build_tools.importing.blocks import GridCell
from build_tools.importing.labels import Label, key, labels_of, vocabulary, without_number
from build_tools.importing.lines import Line, is_figure
from build_tools.importing.values import may_be_cell

FEWEST = 3
"""Cells on lines of their own, or beside each other, before that is taken for the way of a whole text."""

_NUMBER = re.compile(r"\d{1,2}[.、．]|[（(][一二三四五六七八九十]+[）)]")
LONGEST = 24
"""Characters of a cell's text that stands on a line of its own; what is longer is prose."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A row found: its label as printed, the cells behind it, and the lines `first` to `last` that both stand on."""

    label: Label
    text: str
    cells: tuple[GridCell, ...]
    first: int
    last: int
    line: Line
    glued: bool = False
    even: bool = True

    @property
    def row(self) -> str:
        """The id of the row."""
        return self.label.row


def hits(lines: Sequence[Line], table: TableForm) -> list[Hit]:
    """Every row of the table that is found, in printed order; a row printed twice is found twice."""
    walk = _Walk(lines, table, blank_unit(lines))
    return list(walk.found())


def blank_unit(lines: Sequence[Line]) -> int:
    """How many line breaks part two cells where every cell has a line of its own; 0 if they do not."""
    gaps = [b.gap for a, b in pairwise(lines) if _alone(a) and _alone(b)]
    torn = any(
        not line.grid and len(line.cells) >= FEWEST and is_figure(line.cells[0].text) for line in lines
    )
    return mode(gaps) if len(gaps) > FEWEST and not torn else 0


def _alone(line: Line) -> bool:
    if line.grid or len(line.cells) != 1:
        return False
    text = line.cells[0].text
    return is_figure(text) or key(text) in vocabulary()


class _Walk:
    def __init__(self, lines: Sequence[Line], table: TableForm, unit: int) -> None:
        self.lines, self.table, self.unit = lines, table, unit
        self.labels = labels_of(table)
        self.order = list(table.lines)

    def found(self) -> Iterator[Hit]:
        last: Hit | None = None
        torn: Hit | None = None
        for i, line in enumerate(self.lines):
            hit = self.mended(torn, line) if torn and line.grid else None
            hit = hit or self.labelled(i, line, last)
            if hit is None and last and (more := self.tail(last, line)):
                last = more
                continue
            if hit is None:
                torn = self.begun(line) or (torn if not line.cells else None)
                continue
            if last:
                yield last
            last, torn = hit, None
        if last:
            yield last

    def labelled(self, i: int, line: Line, last: Hit | None) -> Hit | None:
        """The row whose label stands whole on this line; the innermost where groups stand before it."""
        best: Hit | None = None
        for k, cell in enumerate(line.cells):
            if is_figure(cell.text):
                break
            for text in self.texts(line, k):
                if label := self.labels.row(text) or self.next_of(text, last):
                    best = Hit(label, text, line.cells[k + 1 :], i, i, line, line.glued)
                    break
        if best and not best.cells and not best.glued and not line.exact:
            return self.below(best)
        return best

    def next_of(self, text: str, last: Hit | None) -> Label | None:
        """Of rows that are called the same the one that the form prints right behind the row before."""
        for label in self.labels.several.get(key(text), ()) if last else ():
            if last and self.order.index(label.row) == self.order.index(last.row) + 1:
                return label
        return None

    def texts(self, line: Line, k: int) -> Iterator[str]:
        """What the cell says, first with a number that stands in a cell of its own before it."""
        text = line.cells[k].text
        before = line.cells[k - 1].text if k else ""
        if before and not without_number(key(before)):
            yield before + text
        yield text
        if not line.grid and len(line.cells) > 1 and (number := _NUMBER.search(text, 1)):
            yield text[number.start() :]  # behind what was read across from a cell that spans rows

    def below(self, hit: Hit) -> Hit:
        """The cells that follow on lines of their own."""
        cells: list[GridCell] = []
        even, at = True, hit.first
        for line in self.lines[hit.first + 1 :]:
            ends = line.grid != hit.line.grid or len(line.cells) > 1 or line.level or self.ends(line)
            blanks, rest = divmod(line.gap, self.unit) if self.unit else (1, 0)
            if not line.grid and self.unit:
                even = even and not (rest and blanks > 1)
                cells += [GridCell("", 0, 1)] * (blanks - 1)
            if ends or (self.enough(hit, cells) and not all(may_be_cell(cell.text) for cell in line.cells)):
                break
            cells += line.cells
            at = line.at
        if not self.unit and not hit.line.grid:
            return hit
        while cells and cells[-1].blank and any(cell.text for cell in cells) and self.full(hit, cells):
            cells.pop()
        return replace(hit, cells=tuple(cells), last=at, even=even)

    def enough(self, hit: Hit, cells: Sequence[GridCell]) -> bool:
        """Whether a text that is no figure cannot be one of the row's cells any more."""
        filled = [cell for cell in cells if cell.text and key(cell.text) not in self.labels.units]
        return len(filled) >= len(self.table.lines[hit.row].columns)

    def full(self, hit: Hit, cells: Sequence[GridCell]) -> bool:
        """Whether there are more cells than the row has columns, the rest being the space before what follows."""
        return len(cells) > len(self.table.lines[hit.row].columns)

    def ends(self, line: Line) -> bool:
        text = line.cells[0].text if line.cells else ""
        return (
            len(text) > LONGEST or key(text) in vocabulary() or (text != "" and not without_number(key(text)))
        )

    # --- labels torn over rows of a grid ---

    def begun(self, line: Line) -> Hit | None:
        """A line whose last text before the figures is the beginning of a row's label."""
        stub = _stub(line)
        if not line.grid or not stub:
            return None
        start = key(stub[-1].text)
        label = next((label for known, label in self.labels.rows.items() if known.startswith(start)), None)
        cells = line.cells[line.cells.index(stub[-1]) + 1 :]
        return Hit(label, stub[-1].text, cells, line.at, line.at, line) if label and start else None

    def mended(self, torn: Hit, line: Line) -> Hit | None:
        """The row whose label began on an earlier line and ends on this one."""
        for cell in reversed(_stub(line)):
            if label := self.labels.row(torn.text + cell.text):
                cells = _joined(torn.cells, line.cells[line.cells.index(cell) + 1 :])
                if cells is not None:
                    return Hit(label, torn.text + cell.text, cells, torn.first, line.at, line)
        return None

    def tail(self, last: Hit, line: Line) -> Hit | None:
        """The row, if this line is what was torn off its label's end."""
        stub = _stub(line)
        if not line.grid or not last.line.grid or not stub or line.at > last.last + 1:
            return None
        whole = key(last.label.official)
        rest = whole.removeprefix(key(last.text))
        if rest == whole or not rest or rest != key(stub[-1].text):
            return self.continued(last, line, stub)
        cells = _joined(last.cells, line.cells[line.cells.index(stub[-1]) + 1 :])
        return (
            None
            if cells is None
            else replace(last, cells=cells, text=last.text + stub[-1].text, last=line.at)
        )

    def continued(self, last: Hit, line: Line, stub: Sequence[GridCell]) -> Hit | None:
        """The same, where the label was recognised without its end."""
        text = last.text + stub[-1].text
        if self.labels.row(stub[-1].text) or key(text) != key(last.label.official):
            return None
        cells = _joined(last.cells, line.cells[line.cells.index(stub[-1]) + 1 :])
        return None if cells is None else replace(last, cells=cells, text=text, last=line.at)


def _stub(line: Line) -> list[GridCell]:
    """The texts before the first figure."""
    found: list[GridCell] = []
    for cell in line.cells:
        if is_figure(cell.text):
            break
        if cell.text:
            found.append(cell)
    return found


def _joined(above: Sequence[GridCell], below: Sequence[GridCell]) -> tuple[GridCell, ...] | None:
    """The cells of a row that a page break cut in two, if no cell has something on both pages."""
    if len(above) != len(below):
        return None
    if any(a.text and b.text for a, b in zip(above, below, strict=True)):
        return None
    return tuple(b if b.text else a for a, b in zip(above, below, strict=True))
