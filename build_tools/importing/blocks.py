"""What every reader of files gives: a document of paragraphs and grids, each piece with its place in the source.

Nothing here knows forms. A grid holds its cells where they stand; one that is `exact` says with certainty in which
column a cell stands (merged cells of Word, HTML, Excel and ruled PDF), one that is not was torn by whoever copied it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

_HEADING = re.compile(r"(#{1,6})\s+(.*)")


class Kind(StrEnum):
    """What sort of file it was."""

    WORD = "Word"
    HTML = "网页"
    PDF = "PDF"
    EXCEL = "Excel"
    CSV = "CSV"
    TEXT = "文本"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as Markdown, or with `level` a heading. `gap`: the line breaks between it and what stands before.

    `whole` says that the paragraph is certainly one: the file says where paragraphs end. Lines of a text file and
    of PDF may be parts of one.
    """

    text: str
    place: str
    level: int = 0
    gap: int = 2
    whole: bool = True


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid, from column `start` up to `end`, as printed."""

    text: str
    start: int
    end: int

    @property
    def blank(self) -> bool:
        """Printed empty."""
        return not self.text


@dataclass(frozen=True, slots=True)
class GridRow:
    """The cells that begin in a row, from left to right."""

    cells: tuple[GridCell, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table."""

    rows: tuple[GridRow, ...]
    exact: bool = True


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says of itself beside its text: title, day of publication (ISO), address; empty where it does not."""

    title: str = ""
    published: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks of a file in printed order."""

    kind: Kind
    blocks: tuple[Block, ...]
    told: Told = Told()

    def paragraphs(self) -> Iterator[Paragraph]:
        """What stands outside of grids."""
        return (block for block in self.blocks if isinstance(block, Paragraph))


def paragraph(text: str, place: str, gap: int = 2, *, whole: bool = True) -> Paragraph:
    """A paragraph of a source that writes Markdown: with # before it, it is a heading."""
    if heading := _HEADING.fullmatch(text):
        return Paragraph(heading[2].strip(), place, len(heading[1]), gap)
    return Paragraph(text, place, gap=gap, whole=whole)


def row(texts: Iterable[str], place: str) -> GridRow:
    """A row of cells that each take one column."""
    return GridRow(tuple(GridCell(text, i, i + 1) for i, text in enumerate(texts)), place)
