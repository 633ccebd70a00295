"""Rows of grids that may be torn: whether the printed headings tell which cell stands in which column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from build_tools.form import Block
from build_tools.importing import values
from build_tools.importing.rows import Hit
from build_tools.importing.values import Values

FEWEST = 3
"""Rows of noughts one after the other that lack cells, before that is taken for a torn edge and not for blanks."""


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


def torn_off(rows: Sequence[tuple[str, Values, int]]) -> frozenset[str]:
    """The rows of noughts that lost cells at a torn edge: several in a row, while every other row of the table is full.

    A blank here and there that was dropped looks otherwise: it leaves rows short that stand alone, or hold figures.
    """
    short = [bool(values.short_of_noughts(own, count)) for _, own, count in rows]
    full = [values.full(own, count) for _, own, count in rows]
    if not all(a or b for a, b in zip(short, full, strict=True)) or sum(short) > sum(full):
        return frozenset()
    runs = [
        list(run) for lacking, run in groupby(zip(short, rows, strict=True), key=itemgetter(0)) if lacking
    ]
    if any(len(run) < FEWEST for run in runs):
        return frozenset()
    return frozenset(name for run in runs for _, (name, _, _) in run)
