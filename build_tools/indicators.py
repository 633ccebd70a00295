"""The figures that are followed over the years and compared between units, from indicators.yml.

One reading of one indicator in one report is the source of every chart, table, total and ranking that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple, cast

from build_tools.form import TableForm
from build_tools.forms import official
from build_tools.model import Cell, Report, State
from build_tools.source import plain

REQUESTS = "new"
"""The indicator that lists give of each report."""

Number = int | Decimal

Way = tuple[tuple[str, str, str], ...]
"""Cells, as table, row and column ids, whose sum is the indicator."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure. `ways`: the cells it is made of; a report has it in the first way that its tables have whole.

    `unit` is what its numbers count; `same` says that it means the same in every form that has it; `main` that
    overviews show it.
    """

    id: str
    label: str
    unit: str
    group: str
    ways: tuple[Way, ...]
    same: bool = False
    main: bool = False


class Reading(NamedTuple):
    """An indicator in a report: a number, or why there is none; `form` is the official form of the table.

    `state` is that of the cell, of a sum that of its first cell that holds no number; `raw` is what is printed in
    that cell. `way` is which of the indicator's ways was read; `scope` says what the report counts.
    """

    state: State
    value: Number | None
    raw: str
    form: str
    way: int
    scope: str = "self"


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators that belong together, under a heading."""

    id: str
    label: str
    indicators: tuple[Indicator, ...]


@cache
def groups() -> tuple[Group, ...]:
    """The indicators by group, in the order they are shown in."""
    data = cast(
        "Mapping[str, Any]",
        plain(files("build_tools").joinpath("indicators.yml").read_text(encoding="utf-8")),
    )
    return tuple(_group(group) for group in data["groups"])


@cache
def indicators() -> Mapping[str, Indicator]:
    """The indicators by id, in the order they are shown in."""
    return {indicator.id: indicator for group in groups() for indicator in group.indicators}


def _group(data: Mapping[str, Any]) -> Group:
    made = [
        Indicator(
            id=entry["id"],
            label=entry["label"],
            unit=entry["unit"],
            group=data["id"],
            ways=tuple(_way(text) for text in entry["says"]),
            same=str(entry.get("same")) == "true",
            main=str(entry.get("main")) == "true",
        )
        for entry in data["indicators"]
    ]
    return Group(data["id"], data["label"], tuple(made))


def _way(text: str) -> Way:
    return tuple(_cell(part.strip()) for part in text.split("+"))


def _cell(text: str) -> tuple[str, str, str]:
    table, row, column = text.split(".")
    return table, row, column


def readings(report: Report) -> tuple[Reading | None, ...]:
    """Every indicator in the order of `indicators()`; None where the tables of the report do not have it."""
    tables = report.tables
    return tuple(_read(report, plan) for plan in _plans(tuple(t.form for t in tables.values())))


def reading(report: Report, id_: str) -> Reading | None:
    """One indicator; None where the tables of the report do not have it."""
    plans = _plans(tuple(t.form for t in report.tables.values()))
    return _read(report, plans[list(indicators()).index(id_)])


def requests(report: Report) -> int | None:
    """Requests received in the year, as lists tell them, where the tables ask for them and say a whole number."""
    found = reading(report, REQUESTS)
    return found.value if found and isinstance(found.value, int) else None


def _read(report: Report, plan: _Plan | None) -> Reading | None:
    if plan is None:
        return None
    cells = [report.tables[table].rows[row][at] for table, row, at in plan.cells]
    form = report.tables[plan.cells[0][0]].form_id
    odd = next((cell for cell in cells if not _counts(cell, plan.unit)), None)
    if odd:
        state = State.TEXT if odd.state is State.NUMBER else odd.state
        return Reading(state, None, odd.raw, form, plan.way, report.scope)
    value = cells[0].value if len(cells) == 1 else sum(cell.value or 0 for cell in cells)
    raw = cells[0].raw if len(cells) == 1 else str(value)
    return Reading(State.NUMBER, value, raw, form, plan.way, report.scope)


def _counts(cell: Cell, unit: str) -> bool:
    """Whether a cell holds a number of this unit: 3200元 in a column of 万元 is no number of 万元."""
    return cell.state is State.NUMBER and cell.unit in {"", unit}


class _Plan(NamedTuple):
    """Where an indicator is found in certain tables: table, row, place in the row."""

    way: int
    unit: str
    cells: tuple[tuple[str, str, int], ...]


@lru_cache(maxsize=256)
def _plans(forms: tuple[TableForm, ...]) -> tuple[_Plan | None, ...]:
    places = {place: at for form in forms for place, at in _places(form)}
    return tuple(_plan(indicator, places) for indicator in indicators().values())


def _places(form: TableForm) -> Iterator[tuple[tuple[str, str, str], int]]:
    for row, line in form.lines.items():
        for at, column in enumerate(line.columns):
            yield (form.id, row, column.id), at


def _plan(indicator: Indicator, places: Mapping[tuple[str, str, str], int]) -> _Plan | None:
    for number, way in enumerate(indicator.ways):
        if all(place in places for place in way):
            return _Plan(number, indicator.unit, tuple((t, row, places[t, row, col]) for t, row, col in way))
    return None


def comparable(indicator: Indicator, one: Reading, other: Reading) -> bool:
    """Whether two readings can be set against each other.

    Both are numbers, in one form or meaning the same, and of reports that count the same offices.
    """
    if one.value is None or other.value is None or one.scope != other.scope:
        return False
    return one.form == other.form or (indicator.same and one.way == other.way)


@cache
def summable(indicator: Indicator, forms: frozenset[str]) -> bool:
    """Whether figures that stand in tables of these official forms can be added up."""
    if len(forms) == 1:
        return True
    tables = (tuple(official()[form].tables.values()) if form in official() else () for form in forms)
    ways = {plan.way if (plan := _plan_in(indicator, own)) else None for own in tables}
    return indicator.same and len(ways) == 1


def place(id_: str, forms: Sequence[TableForm]) -> tuple[str, str, str] | None:
    """The one cell that is the indicator in these tables: table, row, column; None where there is none, or a sum."""
    places = dict(where for form in forms for where in _places(form))
    way = next((way for way in indicators()[id_].ways if all(cell in places for cell in way)), ())
    return way[0] if len(way) == 1 else None


def _plan_in(indicator: Indicator, forms: Sequence[TableForm]) -> _Plan | None:
    return _plan(indicator, {place: at for form in forms for place, at in _places(form)})


def made_of(indicator: Indicator, forms: Sequence[TableForm]) -> str:
    """What the indicator is made of in these tables, in the words of the form; empty where they lack it.

    A single cell is 表三「一、…」·总计; of a sum the labels are joined by ＋.
    """
    by_id = {form.id: form for form in forms}
    plan = _plan_in(indicator, forms)
    return (
        "＋".join(by_id[t].where(row, by_id[t].lines[row].columns[at].id) for t, row, at in plan.cells)
        if plan
        else ""
    )
