"""Where the columns of a table stand in a grid, and whether the printed headings allow reading in the form's order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_tools.form import Block, Column, ColumnGroup, TableForm
from build_tools.form import Line as FormLine
from build_tools.importing.blocks import GridCell
from build_tools.importing.labels import Label, Labels, key
from build_tools.importing.lines import Line, is_figure
from build_tools.importing.rows import Hit

Starts = tuple[int, ...]


def above(lines: Sequence[Line], hit: Hit, before: int) -> list[Line]:
    """The lines between a row and the row before it, which ends on line `before`, in the same grid: its headings."""
    return [line for line in lines[before + 1 : hit.first] if line.grid == hit.line.grid]


def places(headings: Sequence[Line], row: FormLine, labels: Labels) -> Starts | None:
    """The column in the grid at which each column of the row begins, if every heading is found exactly once."""
    found: dict[str, set[int]] = {}
    for line in headings:
        for cell in line.cells:
            if label := labels.column(cell.text):
                found.setdefault(label.column, set()).add(cell.start)
    starts = [found.get(column.id, set()) for column in row.columns]
    if any(len(at) != 1 for at in starts):
        return None
    return tuple(min(at) for at in starts)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading as printed: the column's id, the text, and where it begins."""

    column: str
    text: str
    start: int


def seen(headings: Sequence[Line], row: FormLine, labels: Labels) -> list[Heading]:
    """The columns' headings that are printed, in reading order."""
    wanted = {column.id for column in row.columns}
    cells = [cell for line in headings for cell in line.cells if cell.text and not is_figure(cell.text)]
    found: list[Heading] = []
    i = 0
    while i < len(cells):
        size = 1
        for n in (2, 1):  # a heading may be broken over two lines
            text = "".join(cell.text for cell in cells[i : i + n])
            if (label := labels.column(text)) and label.column in wanted:
                found.append(Heading(label.column, text, cells[i].start))
                size = n
                break
        else:
            found += _within(cells[i], wanted, labels)
        i += size
    return found


def _within(cell: GridCell, wanted: set[str], labels: Labels) -> list[Heading]:
    """The headings in a text that is several of them grown together."""
    found: list[Heading] = []
    text = key(cell.text)
    words = sorted(labels.words, key=len, reverse=True)
    while text:
        word = next((word for word in words if text.startswith(word)), None)
        if word is None:
            return []
        text = text.removeprefix(word)
        if (label := labels.columns.get(word)) and label.column in wanted:
            found.append(Heading(label.column, label.official, cell.start))
    return found


def in_order(printed: Sequence[Heading], row: FormLine, columns: Sequence[Column | ColumnGroup]) -> bool:
    """Whether the headings stand in the form's order: as its columns or its rows of headings, read or by place."""
    plain = [column.id for column in row.columns]
    levels = [column.id for column in _by_level(columns)]
    read = [heading.column for heading in printed]
    placed = [heading.column for heading in sorted(printed, key=lambda heading: heading.start)]
    apart = len({heading.start for heading in printed}) == len(printed)
    return _follows(read, plain) or _follows(read, levels) or (apart and _follows(placed, plain))


def _follows(printed: Sequence[str], order: Sequence[str]) -> bool:
    return [column for column in order if column in printed] == list(printed)


def _by_level(columns: Sequence[Column | ColumnGroup]) -> Iterator[Column]:
    below: list[Column | ColumnGroup] = []
    for column in columns:
        if isinstance(column, ColumnGroup):
            below += column.columns
        else:
            yield column
    if below:
        yield from _by_level(below)


def strange(
    headings: Sequence[Line], stub: str, columns: Sequence[Column], labels: Labels
) -> list[tuple[Column, str]]:
    """Headings beside the stub's that the form does not print, where there are as many as the row has columns."""
    for line in reversed(headings):
        texts = [cell.text for cell in line.cells if cell.text]
        if stub and texts and key(texts[0]) == key(stub) and len(texts) == len(columns) + 1:
            pairs = zip(columns, texts[1:], strict=True)
            return [(column, text) for column, text in pairs if labels.column(text) is None]
    return []


def shortened(text: str, label: Label) -> bool:
    """Whether a heading is the label cut short: 本年新 of 本年新制作数量."""
    found = key(text)
    return len(found) > 1 and any(key(known).startswith(found) for known in label.known)


_YEARS = re.compile(r"(?:20\d\d|[上去]|上一)年度?数?")


def foreign(headings: Sequence[Line], block: Block, table: TableForm, labels: Labels) -> Iterator[str]:
    """Texts among the headings that are none of the form's nor pieces of one: there are columns more."""
    own = [key(text) for text in (block.caption or block.stub, block.corner) if text]
    texts = ["".join(key(cell.text) for cell in line.cells) for line in headings]
    begins = [i for i, text in enumerate(texts) if any(word in text for word in own)]
    printed = (text for label in labels.all if not label.row for text in label.known)
    letters = set(key("".join((table.name, table.title, *printed))))
    for line in headings[begins[-1] :] if begins else ():
        for rest in (rest for cell in line.cells if cell.text for rest in _rests(cell.text, labels)):
            if is_year(rest) or not set(rest) <= letters:
                yield rest


def is_year(text: str) -> bool:
    """Whether a heading names another year than the one reported on, or any by its number."""
    return _YEARS.fullmatch(key(text)) is not None


def _rests(text: str, labels: Labels) -> list[str]:
    """What is left of a text when all that the form prints is taken out."""
    if labels.knows(text):
        return []
    bare = " ".join(map(key, text.split()))
    for word in labels.long_first:
        bare = bare.replace(word, " ")
    return bare.split()
