"""Rows of values as CSV, JSON and rows of a sheet: exact where it can be, and never a formula."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from types import MappingProxyType
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.export.cells import Cells, tables_csv
from build_tools.export.dictionary import CELLS
from build_tools.export.lines import CUT, LONGEST, csv_line, guarded, sheet_cell
from build_tools.export.words import shared
from build_tools.forms import official
from build_tools.model import Cell, Origin, Report, Table
from tests import exportwork
from tests.strategies import odd_tables

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+cmd|'/C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "-",
    "--",
]
NO_FORMULAS = [
    "",
    "0",
    "156",
    "+156",
    "-3",
    "-0.5",
    "3189300元",
    "一=二",
    "'",
    "''",
    "'甲",
    " =1",
    "a@b",
    "约-3",
]
TEXTS = st.text("'=+-@\t\r\n＝＋－＠0123456789.甲a\"", max_size=6) | st.text(max_size=9)


@pytest.mark.parametrize("text", FORMULAS, ids=repr)
def test_a_formula_is_guarded(text: str) -> None:
    """In CSV it begins with an apostrophe; in a sheet it is typed as text."""
    assert guarded(text) == f"'{text}"
    assert _cell(sheet_cell(text)) == ("inlineStr", text)


@pytest.mark.parametrize("text", NO_FORMULAS, ids=repr)
def test_other_texts_stay(text: str) -> None:
    assert guarded(text) == text


@given(TEXTS)
def test_nothing_is_lost(text: str) -> None:
    """One apostrophe less gives the text again, whatever it was; what no spreadsheet would run has none."""
    found = guarded(text)
    assert exportwork.unguarded(found) == text
    assert (
        found[:1] not in set("=+-@\t\r\n＝＋－＠")
        or csv_line([text]).strip("+-\n").replace(".", "", 1).isdigit()
    )


@given(st.lists(TEXTS | st.none() | st.integers() | st.decimals(-9, 9, places=3), min_size=1))
def test_csv(values: list[str | int | Decimal | None]) -> None:
    """As the standard library reads it."""
    (row,) = csv.reader(io.StringIO(csv_line(values), newline=""))
    told = [str(value) if isinstance(value, int) else value for value in values]
    assert [exportwork.unguarded(text) for text in row] == [_plain(value) for value in told]


def _plain(value: str | Decimal | None) -> str:
    return format(value, "f") if isinstance(value, Decimal) else value or ""


# --- sheets ------------------------------------------------------------------------------------------


def _cell(xml: str) -> tuple[str, str]:
    """Type and text of a cell, as XML and Excel's escapes have it."""
    cell = ET.fromstring(xml)  # noqa: S314  # our own
    kind, text = cell.get("t", "n"), "".join(cell.itertext())
    if kind == "s":
        return "inlineStr", list(shared())[int(text)]
    return kind, exportwork.ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


@given(
    st.text(st.characters(exclude_categories=[]), min_size=1, max_size=9)
    | st.from_regex(r"_x00[0-9A-F]{2}_", fullmatch=True)
)
def test_a_text_in_a_sheet(text: str) -> None:
    """Any character comes back, those too that XML cannot hold, and what looks like the escape of one."""
    assert _cell(sheet_cell(text)) == ("inlineStr", text)


@pytest.mark.parametrize("text", ["甲" * LONGEST, "𠮷" * (LONGEST // 2)], ids=["plain", "two units each"])
def test_the_longest_text_of_a_cell(text: str) -> None:
    assert _cell(sheet_cell(text)) == ("inlineStr", text)


@pytest.mark.parametrize(
    "text",
    ["甲" * (LONGEST + 1), "𠮷" * LONGEST, "甲" * LONGEST + "𠮷" * 9],
    ids=["plain", "two units each", "mixed"],
)
def test_a_longer_text_is_cut_and_says_so(text: str) -> None:
    kind, found = _cell(sheet_cell(text))
    units = len(found.encode("utf-16-le")) // 2
    assert (kind, found.endswith(CUT)) == ("inlineStr", True)
    assert text.startswith(found.removesuffix(CUT))
    assert LONGEST - 2 < units <= LONGEST


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (0, "n"),
        (-3, "n"),
        (999_999_999_999_999, "n"),
        (10**15, "inlineStr"),
        (Decimal("0.3189"), "n"),
        (Decimal("123456789012.3456"), "inlineStr"),
        (Decimal("1E-7"), "n"),
    ],
)
def test_a_number_that_a_sheet_cannot_keep_is_a_text(value: int | Decimal, kind: str) -> None:
    found, text = _cell(sheet_cell(value))
    assert (found, Decimal(text)) == (kind, Decimal(value))


def test_words_are_few_and_their_numbers_never_clash() -> None:
    assert list(shared().values()) == list(range(len(shared())))
    assert 200 < len(shared()) < 1000


# --- cells -------------------------------------------------------------------------------------------


def _value(cell: Cell) -> str:
    return "" if cell.value is None else format(Decimal(cell.value), "f")


@given(st.lists(odd_tables(), max_size=3), st.sampled_from(["330411103", '33,"1']), st.booleans())
def test_every_format_has_the_same_lines(tables: list[Table], unit: str, flagged: bool) -> None:  # noqa: FBT001
    """Lines as `csv` and `json` write them, whatever stands in a cell."""
    by_id = {table.form.id: table for table in tables}
    report = Report(unit, 2020, official()["2019"], "", Origin(), (), MappingProxyType(by_id))
    places = [
        (t, row, column.id)
        for t, table in by_id.items()
        for row, line in table.form.lines.items()
        for column in line.columns
    ]
    flags = {".".join(place): "T3-ROW-SUM;VAL-INT" for place in places[::2]} if flagged else {}
    cells = Cells.of(report, flags)
    expected = [
        (
            unit,
            "2020",
            by_id[t].form_id,
            t,
            row,
            column,
            _value(cell),
            cell.raw,
            cell.state.value,
            flags.get(f"{t}.{row}.{column}", ""),
        )
        for t, row, column in places
        if (cell := by_id[t].cell(row, column))
    ]

    head, *lines = csv.reader(io.StringIO(tables_csv(cells), newline=""))
    assert tuple(head) == CELLS.columns == exportwork.COLUMNS
    assert [tuple(exportwork.unguarded(text) for text in line) for line in lines] == expected
    told = [json.loads(line, parse_float=str, parse_int=str) for line in cells.json().split("\n")[:-1]]
    assert [tuple(line) for line in told] == [CELLS.columns] * len(expected)
    assert [tuple(value or "" for value in line.values()) for line in told] == expected
    sheet = ET.fromstring(f"<sheet>{cells.sheet()}</sheet>")  # noqa: S314  # our own
    assert [tuple(_cell(ET.tostring(cell, "unicode"))[1] for cell in row) for row in sheet] == expected
