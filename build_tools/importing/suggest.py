"""Glued figures -> the one way to part them that adds up, if there is just one. It is told, never written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice, pairwise

from build_tools.form import TableForm

MOST = 20_000
"""Ways of parting that are tried at most."""


def suggestion(table: TableForm, row: str, figures: str) -> tuple[str, ...] | None:
    """The cells of a row whose figures were printed without anything between them, or None."""
    columns = [column.id for column in table.lines[row].columns]
    sums = [
        relation
        for relation in table.relations
        if relation.along == "rows"
        and relation.sign == "="
        and (not relation.only or row in relation.only)
        and all(not term.last and term.id in columns for term in (*relation.left, *relation.right))
    ]
    if not sums or not figures.isascii() or not figures.isdigit() or len(figures) < len(columns):
        return None
    found: list[tuple[str, ...]] = []
    for cells in islice(_parted(figures, len(columns)), MOST + 1):
        values = dict(zip(columns, map(int, cells), strict=True))
        if all(sum(values[t.id] for t in r.left) == sum(values[t.id] for t in r.right) for r in sums):
            found.append(cells)
        if len(found) > 1:
            return None
    return found[0] if found else None


def _parted(figures: str, count: int) -> Iterator[tuple[str, ...]]:
    """Every way to cut the digits into numbers without leading noughts."""
    for cuts in combinations(range(1, len(figures)), count - 1):
        edges = (0, *cuts, len(figures))
        cells = tuple(figures[a:b] for a, b in pairwise(edges))
        if all(cell == "0" or cell[0] != "0" for cell in cells):
            yield cells
