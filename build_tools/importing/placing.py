"""Rows of grids that may be torn: whether the printed headings tell which cell stands in which column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from build_tools.form import Block
from build_tools.importing import values
from build_tools.importing.rows import Hit
from build_tools.importing.values import Values


@dataclass(frozen=True, slots=True)
class Row:
    """A row found, the part of the form that it belongs to, and the cells behind its label."""

    hit: Hit
    block: Block
    values: Values


def straight(rows: Sequence[Row]) -> list[Row]:
    """The rows of a grid that may be torn are placed by their headings only if all are as wide and stand below."""
    loose: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        if not row.values.exact:
            loose.setdefault((row.hit.line.grid, id(row.block)), []).append(row)
    bent = {
        at
        for at, same in loose.items()
        if len({len(row.hit.line.cells) for row in same}) > 1
        or not all(values.fits(row.values) for row in same)
    }
    return [
        replace(row, values=replace(row.values, starts=None))
        if (row.hit.line.grid, id(row.block)) in bent and not row.values.exact
        else row
        for row in rows
    ]
