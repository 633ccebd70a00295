"""Indicators: every cell they name exists, and what stands in a report is read as what it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.decode import decode
from build_tools.forms import official
from build_tools.indicators import (
    REQUESTS,
    Reading,
    comparable,
    groups,
    indicators,
    made_of,
    place,
    reading,
    readings,
    requests,
    summable,
)
from build_tools.model import Report, State
from build_tools.source import parse, plain
from tests.casework import UNIT, file_text
from tests.strategies import any_report

CASES = cast(
    "list[dict[str, Any]]",
    plain((Path(__file__).parent / "cases/indicators.yml").read_text(encoding="utf-8")),
)


def _report(case: dict[str, Any]) -> Report:
    text = file_text({"form": case["form"], "set": case.get("put", {})})
    report, problems = decode(parse(text), UNIT, 2022, official())
    assert report, problems
    return report


def _said(reading: Reading | None) -> str:
    if reading is None:
        return "none"
    return str(reading.value) if reading.value is not None else f"{reading.state.value} {reading.raw}".strip()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_case(case: dict[str, Any]) -> None:
    """Each indicator that a case names is read so."""
    found = dict(zip(indicators(), readings(_report(case)), strict=True))
    assert {id_: _said(found[id_]) for id_ in case["reads"]} == case["reads"]


def _ways() -> Iterator[tuple[str, tuple[tuple[str, str, str], ...]]]:
    for indicator in indicators().values():
        yield from ((indicator.id, way) for way in indicator.ways)


@pytest.mark.parametrize(("id_", "way"), list(_ways()))
def test_cells_exist(id_: str, way: tuple[tuple[str, str, str], ...]) -> None:
    """Some official form has all cells of each way, in one table, in the unit of the indicator."""
    unit = indicators()[id_].unit
    tables = {(form.id, table.id): table for form in official().values() for table in form.tables.values()}
    holding = [
        (table, [(table.lines[row], column) for t, row, column in way])
        for (_, table_id), table in tables.items()
        if all(t == table_id and row in table.lines for t, row, _ in way)
    ]
    columns = [
        next((c for c in line.columns if c.id == column), None)
        for _, lines in holding
        for line, column in lines
    ]

    assert any(columns)
    assert {c.unit for c in columns if c} <= {"", unit}


def test_order_and_ids() -> None:
    """Ids are unique over the groups, and the order is that of the groups."""
    listed = [indicator.id for group in groups() for indicator in group.indicators]
    assert list(indicators()) == listed
    assert len(listed) == len(set(listed))


REQUESTED = {"5": 5, "0": 0, "~": None, "/": None, "3件": None, "2.5": None}


@pytest.mark.parametrize("printed", REQUESTED)
def test_requests_of_lists(printed: str) -> None:
    """What lists say was received is the one indicator, where a whole number is printed."""
    report = _report({"form": "2021", "put": {"申请/新收": [0, 0, 0, 0, 0, 0, printed]}})
    assert requests(report) == REQUESTED[printed]


@given(any_report())
def test_requests_of_any_report(report: Report) -> None:
    found = dict(zip(indicators(), readings(report), strict=True))
    assert [reading(report, id_) for id_ in indicators()] == list(found.values())
    new = found[REQUESTS]
    assert requests(report) == (new.value if new and isinstance(new.value, int) else None)


@pytest.mark.parametrize(
    ("form", "cell"),
    [("2021", ("t3", "new", "total")), ("2014", ("stat", "received", "value")), ("无", None)],
)
def test_the_cell_of_requests(form: str, cell: tuple[str, str, str] | None) -> None:
    """Where a form has it; a sum is no cell."""
    tables = tuple(official()[form].tables.values())
    assert place(REQUESTS, tables) == cell
    assert place("suits", tables) is None or form == "2014"


@given(any_report())
def test_any_report(report: Report) -> None:
    """A value stands exactly where the state is number, whatever a report holds."""
    for one in readings(report):
        assert one is None or (one.value is not None) == (one.state is State.NUMBER)


_READINGS = st.builds(
    Reading,
    st.just(State.NUMBER),
    st.integers(0, 9),
    st.just(""),
    st.sampled_from("ab"),
    st.integers(0, 1),
    st.just("self"),
)


@given(_READINGS, _READINGS)
def test_comparing(one: Reading, other: Reading) -> None:
    """Within a form always; over forms only what means the same and is read in the same way."""
    new, fees = indicators()["new"], indicators()["fees"]
    blank = one._replace(state=State.BLANK, value=None)

    assert comparable(fees, one, other) == (one.form == other.form)
    assert comparable(new, one, other) == (one.form == other.form or one.way == other.way)
    assert not comparable(new, blank, other)
    assert not comparable(new, other, blank)
    assert not comparable(new, one, one._replace(scope="aggregated"))


@pytest.mark.parametrize(
    ("id_", "forms", "adds_up"),
    [
        ("new", ("2019", "2021"), True),
        ("new", ("2014", "2019"), False),
        ("new", ("2014",), True),
        ("normative_made", ("2019", "2021"), False),
        ("new", ("2019", "甲"), False),
    ],
)
def test_sums_over_forms(id_: str, forms: tuple[str, ...], adds_up: object) -> None:
    """Over several forms only what means the same and is read in the same way, as figures are compared."""
    assert summable(indicators()[id_], frozenset(forms)) == adds_up


def test_made_of() -> None:
    """A formula in the words of the form; empty where the form has no such cells."""
    old, new = (tuple(official()[form].tables.values()) for form in ("2019", "2021"))
    assert made_of(indicators()["new"], new) == "表三「一、本年新收政府信息公开申请数量」·总计"
    assert made_of(indicators()["suits"], new).count("＋") == 1
    assert made_of(indicators()["fees"], old) == ""
