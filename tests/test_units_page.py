"""A unit's page over the years: what is missing since its first report, and what does not compare."""

from dataclasses import replace

import pytest

from build_tools.model import Kin
from build_tools.render.series import course
from build_tools.render.units import Around, unit_page
from tests.test_render import CHAIN, TOWN, _entry, _report


@pytest.mark.parametrize(
    ("due", "successors", "missing"),
    [
        (2019, (), []),
        (2020, (), []),
        (2023, (), ["2023", "2022", "2021"]),
        (2023, (Kin("330411198", 2022),), ["2021"]),
        (2023, (Kin("330411198", 2021),), []),
        (2023, (Kin("330411198", 2020),), []),
    ],
)
def test_years_without_a_report(due: int, successors: tuple[Kin, ...], missing: list[str]) -> None:
    """Of every year that had to be public by now, as long as there was the unit, it is told what stands there."""
    unit = replace(TOWN, successors=successors)
    body = unit_page(unit, (_entry(year=2020),), (), CHAIN, Around(now=due + 2)).body
    rows = body.split('<tr class="gap">')[1:]
    assert [row.split('scope="row">')[1][:4] for row in rows] == missing


def test_nothing_is_missing_before_the_first() -> None:
    """Of a unit without reports no year is listed: nobody knows its first."""
    body = unit_page(TOWN, (), (), CHAIN, Around(now=2025)).body
    assert "尚未收录这个单位的报告" in body
    assert "2023" not in body


def test_a_merger() -> None:
    """The year of a merger begins anew: no change against the year before, which the head of its column tells."""
    reports = [_report("2021", 2021), _report("2021", 2022, ("申请/新收", ["4", *["0"] * 5, "4"]))]
    (new,) = [row for row in course(reports).panels[0].rows if row.indicator.id == "new"]
    assert [value.change for value in new.values] == ["", "+4"]
    merged = course(reports, {2022})
    (new,) = [row for row in merged.panels[0].rows if row.indicator.id == "new"]
    assert [value.change for value in new.values] == ["", ""]
    assert [(column.basis, column.turn) for column in merged.columns] == [
        ("2021年格式", False),
        ("2021年格式，有单位并入", True),
    ]


def test_another_scope() -> None:
    """A report that counts the offices below does not compare with one that does not."""
    reports = [_report("2021", 2021), _report("2021", 2022, ("范围", "汇总"))]
    made = course(reports)
    assert [column.basis for column in made.columns] == ["2021年格式", "2021年格式，汇总所属单位"]
    assert made.turns == (False, True)
