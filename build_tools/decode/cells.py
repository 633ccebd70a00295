"""What stands in a cell -> Cell. The one place that says how a printed figure is read.

Read as numbers: an integer or decimal, with a sign, and with 元, 万元 or 亿元 behind it in columns of money;
the words people type for nought (零, 〇, ○, O, o). Everything else stays text, nothing is repaired.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from build_tools.form import Column
from build_tools.model import Cell, State

MISSING_WORD = "缺"
"""What an editor writes for a cell that our copy lost."""

DASHES = frozenset({"-", "—", "–", "－", "——", "--", "/", "／", "\\"})
NOT_APPLICABLE = frozenset({"无", "不适用"})
NOUGHTS = frozenset({"零", "〇", "○", "O", "o"})


@dataclass(frozen=True, slots=True)
class WideMark:
    """A mark that a Chinese input method types for one of YAML's, so that cells run into each other."""

    pattern: re.Pattern[str]
    name: str
    hint: str


WIDE = (
    WideMark(
        re.compile(r"(?<=[\d~缺”])\s*[，、]\s*(?=[\d~缺+\-])"),
        "全角逗号",
        "格与格之间改用半角逗号加一个空格，如 [4, 0, 0]；原件在一个数里印了逗号的，这一格加英文引号。",
    ),
    WideMark(re.compile("[［］【】｛｝]"), "全角括号", "改成半角的方括号，如 [4, 0, 0]。"),
    WideMark(re.compile("[“”＂]"), "中文引号", '改成英文引号，如 "1,113"。'),
)
"""What to look for in a row that has too few or too many cells."""

# 18 digits are more than any count; beyond that it is no figure, and int() would take its time.
NUMBER = re.compile(r"([+-]?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?)(?:\s*(元|万元|亿元))?")

_BLANK = Cell("", State.BLANK)
_WORDS = {
    "": _BLANK,
    MISSING_WORD: Cell("", State.MISSING),
    **{word: Cell(word, State.NUMBER, 0) for word in ("0", *NOUGHTS)},
    **{word: Cell(word, State.DASH) for word in DASHES},
    **{word: Cell(word, State.NA) for word in NOT_APPLICABLE},
}


def read_cell(raw: str, column: Column, *, plain: bool = True) -> Cell:
    """Read one cell. `plain` says that it was not quoted, so that `~` means blank."""
    if raw in _WORDS:
        return _WORDS[raw]
    if plain and raw == "~":
        return _BLANK
    match = NUMBER.fullmatch(raw)
    if match is None or (match[2] and not column.money):
        return Cell(raw, State.TEXT)
    number = match[1]
    return Cell(raw, State.NUMBER, Decimal(number) if "." in number else int(number), match[2] or "")


@lru_cache(maxsize=4096)
def read_figures(text: str) -> tuple[Cell, ...]:
    """Read a row of plain whole numbers, written [4, 0, 0]; what column they stand in is no matter.

    Rows of noughts come again in every report: what was read once is shared.
    """
    return tuple(_whole(raw) for raw in text[1:-1].split(", "))


@lru_cache(maxsize=4096)
def _whole(raw: str) -> Cell:
    return Cell(raw, State.NUMBER, int(raw))
