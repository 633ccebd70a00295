"""Tables that say a merged cell's label in each place it reached over -> the same with the cell as it was merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from build_tools.importing.blocks import Grid, GridCell, GridRow
from build_tools.importing.labels import key, vocabulary


def merged(grid: Grid) -> Iterator[Grid]:
    """The grid, cut where the number of its columns changes, if labels are repeated in it; else as it is.

    Who repeats labels has a cell for each place, so that where each stands is certain while their number is the same.
    """
    if grid.exact or not _repeats(grid.rows):
        yield grid
        return
    for _, same in groupby(grid.rows, key=lambda row: len(row.cells)):
        rows = list(same)
        alike = len(rows) > 1 and _repeats(rows)
        yield (
            Grid(tuple(_upright(_level(row) for row in rows)), exact=True)
            if alike
            else Grid(tuple(rows), exact=False)
        )


def _repeats(rows: Sequence[GridRow]) -> bool:
    return any(_same(a, b) for row in rows for a, b in pairwise(row.cells))


def _same(a: GridCell, b: GridCell) -> bool:
    return bool(a.text) and a.text == b.text and key(a.text) in vocabulary()


def _level(row: GridRow) -> GridRow:
    """The row with neighbours that say the same in one."""
    cells: list[GridCell] = []
    for cell in row.cells:
        if cells and _same(cells[-1], cell):
            cells[-1] = replace(cells[-1], end=cell.end)
        else:
            cells.append(cell)
    return replace(row, cells=tuple(cells))


def _upright(rows: Iterable[GridRow]) -> Iterator[GridRow]:
    """The rows without the cells that say what stands above them."""
    above: tuple[GridCell, ...] = ()
    for row in rows:
        kept = tuple(cell for cell in row.cells if not (cell in above and key(cell.text) in vocabulary()))
        above = row.cells
        yield replace(row, cells=kept)
