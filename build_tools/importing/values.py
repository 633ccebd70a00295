"""The cells that stand behind a label -> one text for each column, or why that cannot be told.

A cell gets a text only if every way of reading the row that keeps its order gives it that text. Blanks count only in
sources that say where they stand, or in tables in which every single row has exactly as many cells as it should.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from build_tools.decode.cells import DASHES, NOT_APPLICABLE, NOUGHTS
from build_tools.importing.blocks import GridCell

Texts = tuple[str | None, ...]
"""A row's cells: as printed, empty for blank, None for lost."""

_WORDS = frozenset({"", *DASHES, *NOT_APPLICABLE, *NOUGHTS})
_DIGITS = re.compile(r"\d")
_FOREIGN = re.compile(r"[%％]|\d\s*/\s*\d|第\s*\d+\s*页")
_SENTENCE = re.compile("[。；：:;]")
_GROWN = re.compile(r"0\d")
_TORN_OFF = 2
_DAMAGED = re.compile("[?\ufffd]")
_SPACES = re.compile(r"[^\S\n]+")
_WIDE = {ord("０") + i: str(i) for i in range(10)}


@dataclass(frozen=True, slots=True)
class Values:
    """What stands behind a row's label. `starts`: the columns' places in the grid, if they are known.

    `exact`: the source says where each cell stands. `glued`: the last may be several cells. `row`: they stand in one
    row of a grid, whose empty cells are kept.
    """

    cells: tuple[GridCell, ...]
    exact: bool = False
    glued: bool = False
    starts: tuple[int, ...] | None = None
    row: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a row was not read."""

    why: str


def may_be_cell(text: str) -> bool:
    """Whether a text beside figures may be one more cell: figures with something about them, or a word for none."""
    return text in _WORDS or (_DIGITS.search(text) is not None and not _SENTENCE.search(text))


def regular(values: Values, count: int) -> bool:
    """Whether the row has exactly `count` cells, however read."""
    filled = _filled(values.cells)
    if len(values.cells) == count or (len(filled) == count and _together(values.cells)):
        return True
    return not filled and len(values.cells) >= count


def read(values: Values, count: int, *, trusted: bool, torn: bool = False) -> Texts | Unread:
    """The texts of a row of `count` columns. `trusted`: blanks stand where they were printed.

    `torn`: cells were torn off row after row, none was left blank; see short_of_noughts.
    """
    if values.starts and (placed := _placed(values)) is not None and (values.exact or _kept(placed)):
        return _cleaned(placed, loose=not values.exact)
    filled = _filled(values.cells)
    texts = [cell.text for cell in filled]
    if values.starts and values.exact and not len(values.cells) == len(filled) == count:
        return Unread("有的数不在任何一栏的表头下面")
    if len(filled) == count and _together(values.cells):
        return _cleaned(texts, loose=not values.exact)
    if len(set(texts)) == 1 and _one_over(values, len(filled), count):
        return _cleaned(texts[:count], loose=not values.exact)
    if len(values.cells) >= count and trusted and (not filled or len(values.cells) == count):
        return _cleaned([cell.text for cell in values.cells][:count], loose=not values.exact)
    noughts = short_of_noughts(values, count) if torn else 0
    read = ("0",) * (count - noughts) + (None,) * noughts
    return read if noughts else Unread(_why(values, len(filled), count))


def full(values: Values, count: int) -> bool:
    """Whether each column has its figure, or more stand there than columns."""
    return len(_filled(values.cells)) >= count


def short_of_noughts(values: Values, count: int) -> int:
    """How many cells a row of a grid lacks that holds noughts alone: one or two, else 0.

    What is there is not lost: whichever cells were torn off, the row says nought where it says anything. The lost ones
    are put at its end.
    """
    filled = _filled(values.cells)
    lacking = count - len(filled)
    noughts = {cell.text for cell in filled} == {"0"} and _together(values.cells)
    return lacking if values.row and not values.exact and noughts and 0 < lacking <= _TORN_OFF else 0


def _one_over(values: Values, filled: int, count: int) -> bool:
    """Whether equal figures are so many that whichever is too many, the others say the same.

    One cell may be said in each place that it reaches over; in a row that keeps its empty cells one may be too many.
    """
    return not values.glued and (
        count == 1 or (values.row and filled == count + 1 and _together(values.cells))
    )


def short(values: Values, count: int) -> bool:
    """Whether cells were dropped: some are there, too few, and no blank says where the others stood."""
    return 0 < len(values.cells) < count and all(not cell.blank for cell in values.cells)


def over(values: Values, count: int) -> int:
    """How many figures more than columns stand in a row that could be read all the same."""
    return max(len(_filled(values.cells)) - count, 0)


def _why(values: Values, filled: int, count: int) -> str:
    if values.glued:
        return f"数字连在一起，分不成 {count} 格"
    if not values.cells:
        return f"应有 {count} 格，一格也没有，分不清是空白还是丢了"
    if filled > count:
        return f"应有 {count} 格，有 {filled} 个数，多 {filled - count} 个，分不清哪个是多的"
    if len(values.cells) == count:
        return "各行格数不一，空着的是哪一格说不准"
    return f"应有 {count} 格，只有 {filled} 个数，差 {count - filled} 个，分不清缺的是哪一格"


def _filled(cells: Sequence[GridCell]) -> list[GridCell]:
    return [cell for cell in cells if not cell.blank]


def _together(cells: Sequence[GridCell]) -> bool:
    """Whether nothing blank stands between the filled cells."""
    at = [i for i, cell in enumerate(cells) if not cell.blank]
    return not at or at[-1] - at[0] + 1 == len(at)


def fits(values: Values) -> bool:
    """Whether the cells stand below the headings of the columns, each below one."""
    return bool(values.starts) and _placed(values) is not None


def _kept(texts: Sequence[str]) -> bool:
    """Whether no blank can have been dropped and made good for at the row's end."""
    return bool(texts[-1]) or not any(texts)


def _placed(values: Values) -> list[str] | None:
    """The cells by the places of the columns, if each is there and none is left over."""
    starts = values.starts or ()
    chosen = [next((c for c in values.cells if c.start <= start < c.end), None) for start in starts]
    if any(cell is None for cell in chosen):
        return None
    cells = [cell for cell in chosen if cell]
    if len({id(cell) for cell in cells}) < len(cells):
        return None  # one cell over two columns
    left = [cell for cell in values.cells if not cell.blank and all(cell is not c for c in cells)]
    if left and all(cell.text == cells[-1].text and cell.start > cells[-1].start for cell in left):
        left = []  # the last column said again in each place that it reaches over
    return None if left else [cell.text for cell in cells]


def _cleaned(texts: Sequence[str], *, loose: bool) -> Texts | Unread:
    """The texts without white space that is none of theirs. `loose`: cells may have grown together."""
    if loose and len(texts) > 1 and any(_GROWN.match(text) for text in texts):
        return Unread("有的数以 0 打头，像是几格连在了一起")
    if loose and any(not _DIGITS.search(text) and text not in _WORDS for text in texts):
        return Unread("格里不是数，说不准是不是这一行的")
    if loose and any(_FOREIGN.search(text) for text in texts):
        return Unread("有的格是百分比或页码，说不准哪些格是这张表的")
    return tuple(_one(text, loose=loose) for text in texts)


def _one(text: str, *, loose: bool) -> str | None:
    """One cell; lost if it holds figures on several lines, which may be two cells, or signs of a wrong encoding."""
    parts = [part for part in (_SPACES.sub(" ", part).strip() for part in text.split("\n")) if part]
    if sum(bool(_DIGITS.search(part)) for part in parts) > 1 or (loose and _DAMAGED.search(text)):
        return None
    return "".join(parts).translate(_WIDE)
