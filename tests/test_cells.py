"""What stands in a cell -> Cell: nothing is repaired, every value can be had again from what is printed."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.decode.cells import DASHES, MISSING_WORD, NOT_APPLICABLE, NOUGHTS, read_cell, read_figures
from build_tools.form import Column
from build_tools.model import Cell, State
from tests.strategies import LINE

COUNT = Column("count", "件数")
MONEY = Column("amount", "金额", money=True)


@pytest.mark.parametrize(
    ("raw", "value", "unit"),
    [
        ("0", 0, ""),
        ("35", 35, ""),
        ("+156", 156, ""),
        ("-3", -3, ""),
        ("-0", 0, ""),
        ("0.5000", Decimal("0.5000"), ""),
        ("3189300元", 3189300, "元"),
        ("1.5 万元", Decimal("1.5"), "万元"),
        ("2亿元", 2, "亿元"),
        ("零", 0, ""),
        ("〇", 0, ""),
        ("○", 0, ""),
        ("O", 0, ""),
        ("9" * 18, 10**18 - 1, ""),
    ],
)
def test_number(raw: str, value: int | Decimal, unit: str) -> None:
    assert read_cell(raw, MONEY) == Cell(raw, State.NUMBER, value, unit)


@pytest.mark.parametrize(
    "raw",
    [
        "1,113",
        "010",
        "１２",
        "1２",
        "1２.5",
        "一",
        "3件",
        "约3",
        "1/2",
        "5.",
        ".5",
        "1e3",
        "±1",
        "--1",
        "9" * 19,
        "元",
    ],
)
def test_text(raw: str) -> None:
    assert read_cell(raw, COUNT) == Cell(raw, State.TEXT)


def test_a_unit_word_is_read_only_where_money_stands() -> None:
    assert read_cell("3元", COUNT).state is State.TEXT
    assert read_cell("3元", MONEY).value == 3


@pytest.mark.parametrize("raw", sorted(DASHES))
def test_dash(raw: str) -> None:
    assert read_cell(raw, COUNT) == Cell(raw, State.DASH)


@pytest.mark.parametrize("raw", sorted(NOT_APPLICABLE))
def test_not_applicable(raw: str) -> None:
    assert read_cell(raw, COUNT) == Cell(raw, State.NA)


def test_blank_is_not_nought_and_missing_is_not_blank() -> None:
    assert read_cell("", COUNT) == read_cell("~", COUNT) == Cell("", State.BLANK)
    assert read_cell(MISSING_WORD, COUNT) == Cell("", State.MISSING)
    assert read_cell("~", COUNT, plain=False) == Cell("~", State.TEXT)


@given(
    st.text() | LINE | st.from_regex(r"[+-]?[0-9０-９]{1,20}(\.[0-9]+)?(万?元)?", fullmatch=True),
    st.booleans(),
)
def test_a_value_can_be_had_again_from_what_is_printed(raw: str, money: bool) -> None:  # noqa: FBT001  # from hypothesis
    """A number's text is its value with sign and unit, or a word for nought; all else has no value."""
    cell = read_cell(raw, MONEY if money else COUNT)

    assert cell.raw == raw or cell.state in {State.BLANK, State.MISSING}
    assert (cell.state is State.NUMBER) == (cell.value is not None)
    if cell.value is not None and raw not in NOUGHTS:
        figure = re.sub(r"\s*(万|亿)?元$", "", raw)
        assert figure.isascii()
        assert Decimal(figure) == cell.value
        assert format(Decimal(cell.value), "f").lstrip("-") == figure.lstrip("+-")


@given(st.text() | LINE)
def test_reading_again_changes_nothing(raw: str) -> None:
    cell = read_cell(raw, MONEY)

    if cell.raw:
        assert read_cell(cell.raw, MONEY, plain=False) == read_cell(raw, MONEY, plain=False)


@given(st.integers(0, 10**18 - 1))
def test_every_count_is_read(count: int) -> None:
    assert read_cell(str(count), COUNT) == Cell(str(count), State.NUMBER, count)


@given(st.lists(st.integers(0, 10**15 - 1), min_size=1))
def test_a_row_of_figures_is_its_cells(counts: list[int]) -> None:
    """Whatever the columns: taken in one go, they are what each would be by itself."""
    for column in (COUNT, MONEY):
        assert read_figures(str(counts)) == tuple(read_cell(str(count), column) for count in counts)
