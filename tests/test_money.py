"""Sums of money are brought to one unit, to the last digit, and only where it is known what they are."""

from __future__ import annotations

from decimal import Decimal

import pytest

from build_tools.decode.cells import read_cell
from build_tools.form import Column
from build_tools.money import in_unit, measured

BARE = Column("amount", "采购总金额", money=True)
NAMED = Column("amount", "收费金额（单位：万元）", unit="万元", money=True)
COUNT = Column("n", "件数", unit="件")


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "told"),
    [
        (3189300, "元", "万元", "318.93"),
        (Decimal("318.93"), "万元", "元", "3189300"),
        (Decimal("1.50"), "万元", "万元", "1.50"),
        (2, "亿元", "万元", "20000"),
        (10000, "元", "万元", "1"),
        (-1, "元", "亿元", "-1E-8"),
        (
            Decimal("123456789012345678.123456789012345678"),
            "元",
            "亿元",
            "1234567890.12345678123456789012345678",
        ),
    ],
)
def test_a_sum_in_another_unit(value: int | Decimal, unit: str, wanted: str, told: str) -> None:
    assert str(in_unit(value, unit, wanted)) == told


def test_no_unit_of_money() -> None:
    with pytest.raises(KeyError):
        in_unit(1, "美元", "万元")


@pytest.mark.parametrize(
    ("raw", "column", "told"),
    [
        ("3189300元", BARE, Decimal("318.93")),
        ("318.93万元", BARE, Decimal("318.93")),
        ("318.93", BARE, None),
        ("318", BARE, None),
        ("0", BARE, 0),
        ("〇", BARE, 0),
        ("0元", BARE, 0),
        ("318.93", NAMED, Decimal("318.93")),
        ("12元", NAMED, Decimal("0.0012")),
        ("~", BARE, None),
        ("-", NAMED, None),
        ("7", COUNT, 7),
        ("7元", COUNT, None),
    ],
)
def test_what_a_cell_measures(raw: str, column: Column, told: int | Decimal | None) -> None:
    """What neither the print nor the form names a unit for is no known sum, but for nought."""
    assert measured(read_cell(raw, column), column) == told
