"""What a row must add up to: the one way to part glued figures that does is told, never written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice, pairwise

from build_tools.form import Relation, TableForm

MOST = 20_000
"""Ways of parting that are tried at most."""


def adds_up(table: TableForm, row: str, cells: Sequence[str | None]) -> bool:
    """Whether the form says what the row's cells must add up to, all are whole numbers, and they do."""
    sums = _sums(table, row)
    if not sums or not all(cell and cell.isascii() and cell.isdigit() for cell in cells):
        return False
    columns = [column.id for column in table.lines[row].columns]
    return _hold(sums, dict(zip(columns, (int(cell or 0) for cell in cells), strict=True)))


def suggestion(table: TableForm, row: str, figures: str) -> tuple[str, ...] | None:
    """The cells of a row whose figures were printed without anything between them, or None."""
    columns = [column.id for column in table.lines[row].columns]
    sums = _sums(table, row)
    if not sums or not figures.isascii() or not figures.isdigit() or len(figures) < len(columns):
        return None
    found: list[tuple[str, ...]] = []
    for cells in islice(_parted(figures, len(columns)), MOST + 1):
        values = dict(zip(columns, map(int, cells), strict=True))
        if _hold(sums, values):
            found.append(cells)
        if len(found) > 1:
            return None
    return found[0] if found else None


def _sums(table: TableForm, row: str) -> list[Relation]:
    """What must add up within the row."""
    columns = {column.id for column in table.lines[row].columns}
    return [
        relation
        for relation in table.relations
        if relation.along == "rows"
        and relation.sign == "="
        and (not relation.only or row in relation.only)
        and all(not term.last and term.id in columns for term in (*relation.left, *relation.right))
    ]


def _hold(sums: Iterable[Relation], values: Mapping[str, int]) -> bool:
    return all(sum(values[t.id] for t in r.left) == sum(values[t.id] for t in r.right) for r in sums)


def _parted(figures: str, count: int) -> Iterator[tuple[str, ...]]:
    """Every way to cut the digits into numbers without leading noughts."""
    for cuts in combinations(range(1, len(figures)), count - 1):
        edges = (0, *cuts, len(figures))
        cells = tuple(figures[a:b] for a, b in pairwise(edges))
        if all(cell == "0" or cell[0] != "0" for cell in cells):
            yield cells
