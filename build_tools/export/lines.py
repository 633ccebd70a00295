"""A row of values as a line of CSV, a line of JSON, a row of a sheet.

Spreadsheets run a text that begins like a formula. In CSV such a text gets an apostrophe in front, and so does one
that has apostrophes before such a beginning, so that taking one away always gives the text as it was. In a sheet
texts are typed as texts, and need nothing.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from build_tools.export.words import shared

Value = str | int | Decimal | None
"""What stands in a row: None where nothing is known."""

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_BEGINNINGS = frozenset("'=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")

GUARDED = "^'('*[=+\\-@\t\r\n＝＋－＠])"
"""The beginning of a text that was given an apostrophe; without it, group 1."""

LONGEST = 32_767
"""Characters that a cell of a sheet holds, as UTF-16 counts them."""

CUT = "…（单元格装不下，全文见 CSV 或 JSON）"
"""Ends a text that is too long for a cell."""

_EXACT = 10**15  # from here on a spreadsheet keeps no whole number to its last digit
_DIGITS = 15

# What XML 1.0 cannot hold, and what would be read as standing for that: Excel writes and reads both as _x001F_.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ODD = re.compile(rf"{_NO_XML.pattern}|[&<>\t\n]|\A\s|\s\Z")
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def guarded(text: str) -> str:
    """The text as it stands in CSV: none that a spreadsheet would run, but for a signed number as it is printed."""
    if text[:1] not in _BEGINNINGS or not _FORMULA.match(text) or _NUMBER.fullmatch(text):
        return text
    return f"'{text}"


def listed(texts: Iterable[str]) -> str:
    """Texts in one as it stands in CSV, `;` between. People cut it there, so each text is guarded like a whole."""
    return ";".join(map(guarded, texts))


def digits(value: int | Decimal) -> str:
    """A number in plain digits, never 1E-7."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def csv_line(values: Sequence[Value]) -> str:
    """The values as a line of CSV, as RFC 4180 has it but for the end of the line, a line feed."""
    out = io.StringIO(newline="")
    # With both marks for the end of a line the library quotes texts that hold either.
    csv.writer(out, lineterminator="\r\n").writerow([_in_csv(value) for value in values])
    return f"{out.getvalue()[:-2]}\n"


def _in_csv(value: Value) -> str:
    if isinstance(value, str):
        return guarded(value)
    return "" if value is None else digits(value)


to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Texts, whole numbers and what is made of them as JSON on one line."""


def in_json(value: Value) -> str:
    """A value as JSON; a decimal with the very digits it has."""
    return digits(value) if isinstance(value, Decimal) else to_json(value)


def sheet_row(values: Sequence[Value]) -> str:
    """The values as a row of a sheet. Rows and cells bear no place of their own: each stands behind the last."""
    return f"<row>{''.join(map(sheet_cell, values))}</row>"


def sheet_cell(value: Value) -> str:
    """A value as a cell: a number where a spreadsheet keeps all its digits, else a text."""
    if isinstance(value, str):
        return _sheet_text(value) if value else "<c/>"
    if value is None:
        return "<c/>"
    written = digits(value)
    return f"<c><v>{written}</v></c>" if _kept(value) else sheet_cell(written)


def _kept(value: int | Decimal) -> bool:
    if isinstance(value, Decimal):
        return len(value.as_tuple().digits) <= _DIGITS
    return -_EXACT < value < _EXACT


def _sheet_text(text: str) -> str:
    number = shared().get(text)
    return (
        f'<c t="inlineStr"><is>{_text(text)}</is></c>' if number is None else f'<c t="s"><v>{number}</v></c>'
    )


def _text(text: str) -> str:
    if len(text) <= LONGEST // 2 and not _ODD.search(text):  # as nearly all are
        return f"<t>{text}</t>"
    shown = _NO_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", _fitted(text)).translate(_XML)
    return f'<t xml:space="preserve">{shown}</t>'


def _fitted(text: str) -> str:
    if _length(text) <= LONGEST:
        return text
    kept = text[: LONGEST - len(CUT)]
    while (over := _length(kept) + len(CUT) - LONGEST) > 0:
        kept = kept[: -((over + 1) // 2)]
    return kept + CUT


def _length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
