"""Sums of money in one unit, exactly: 3189300元 and 318.93万元 are the same."""

from __future__ import annotations

from decimal import Context, Decimal

from build_tools.form import Column
from build_tools.model import Cell

Number = int | Decimal

_PLACES = {"元": 0, "万元": 4, "亿元": 8}
"""Places that the decimal point of 元 is moved by."""

_EXACT = Context(prec=64)  # a cell has 36 digits at most


def in_unit(value: Number, unit: str, wanted: str) -> Number:
    """A sum of one unit in another, without noughts behind the point; as it is where the two are the same."""
    if unit == wanted:
        return value
    moved = _EXACT.scaleb(Decimal(value), _PLACES[unit] - _PLACES[wanted])
    return int(moved) if moved == moved.to_integral_value(context=_EXACT) else _EXACT.normalize(moved)


def measured(cell: Cell, column: Column) -> Number | None:
    """The number in a cell in the measure of its column; None where there is none, or nothing says what it measures.

    A sum without a unit in a column without one may be 元 or 万元; 0 is 0 in either.
    """
    if not column.money or not cell.value:
        return cell.value
    unit = cell.unit or column.unit
    return in_unit(cell.value, unit, column.measure) if unit else None
