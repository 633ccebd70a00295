"""What stands in a cell -> Cell. The one place that says how a printed figure is read.

Read as numbers: an integer or decimal, with a sign, and with 元, 万元 or 亿元 behind it in columns of money;
the words people type for nought (零, 〇, ○, O, o). Everything else stays text, nothing is repaired.
"""

from __future__ import annotations

import re
from decimal import Decimal

from build_tools.form import Column
from build_tools.model import Cell, State

MISSING_WORD = "缺"
"""What an editor writes for a cell that our copy lost."""

DASHES = frozenset({"-", "—", "–", "－", "——", "--", "/", "／", "\\"})
NOT_APPLICABLE = frozenset({"无", "不适用"})
NOUGHTS = frozenset({"零", "〇", "○", "O", "o"})

# 18 digits are more than any count; beyond that it is no figure, and int() would take its time.
_NUMBER = re.compile(r"([+-]?(?:0|[1-9]\d{0,17})(?:\.\d{1,18})?)\s*(元|万元|亿元)?")

_BLANK = Cell("", State.BLANK)
_MISSING = Cell("", State.MISSING)
_ZERO = Cell("0", State.NUMBER, 0)


def read_cell(raw: str, column: Column, *, plain: bool = True) -> Cell:
    """Read one cell. `plain` says that it was not quoted, so that `~` means blank."""
    if raw == "0":
        return _ZERO
    if raw == "" or (plain and raw == "~"):
        return _BLANK
    if raw == MISSING_WORD:
        return _MISSING
    if raw in DASHES:
        return Cell(raw, State.DASH)
    if raw in NOT_APPLICABLE:
        return Cell(raw, State.NA)
    if raw in NOUGHTS:
        return Cell(raw, State.NUMBER, 0)
    match = _NUMBER.fullmatch(raw)
    if match is None or (match[2] and not column.money):
        return Cell(raw, State.TEXT)
    number = match[1]
    return Cell(raw, State.NUMBER, Decimal(number) if "." in number else int(number), match[2] or "")
