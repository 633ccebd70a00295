"""A unit's reports -> its figures over the years: charts, and the table beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from build_tools.archive import gaps
from build_tools.forms import official
from build_tools.indicators import Group, Indicator, Reading, comparable, groups, indicators, readings
from build_tools.model import Report, State
from build_tools.render.charts import SAID, WORDS, Chart, chart
from build_tools.render.numbers import difference, number

_LONG = 12  # characters of a printed text that a cell of the table has room for


@dataclass(frozen=True, slots=True)
class Column:
    """A year of the table. `turn` says that the years before do not compare with it.

    `basis` tells what form its tables are in and what they count; it is empty where there is no report.
    """

    year: int
    there: bool
    basis: str
    turn: bool


@dataclass(frozen=True, slots=True)
class Value:
    """A cell of the table: its text, what it says where it is no number, the change against the year before."""

    text: str
    state: str
    said: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator with its values, year by year."""

    indicator: Indicator
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """A group of indicators: those with a chart, and those that are 0 in every report."""

    group: Group
    charts: tuple[tuple[Indicator, Chart], ...]
    rows: tuple[Row, ...]
    noughts: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """All of it. Without a table in any report there are no panels; `charted` says whether anything is drawn."""

    columns: tuple[Column, ...]
    panels: tuple[Panel, ...]

    @property
    def turns(self) -> tuple[bool, ...]:
        """Which years do not compare with those before."""
        return tuple(column.turn for column in self.columns)

    @property
    def charted(self) -> bool:
        return any(panel.charts for panel in self.panels)


ABSENT = Value("·", "absent", "这种格式没有这一项")
_GAP = Value("", "gap", "尚未收录")


def course(reports: Sequence[Report], merged: Collection[int] = ()) -> Course:
    """The figures of a unit's reports, in order of their years. In the years `merged` a unit merged into this one."""
    read = {report.year: dict(zip(indicators(), readings(report), strict=True)) for report in reports}
    by_year = {report.year: report for report in reports}
    years = sorted({*by_year, *gaps(tuple(by_year))})
    panels = (_panel(group, years, read, merged) for group in groups())
    return Course(tuple(_columns(years, by_year, merged)), tuple(panel for panel in panels if panel.rows))


def _columns(years: Sequence[int], reports: dict[int, Report], merged: Collection[int]) -> Iterator[Column]:
    last = ""
    for year in years:
        report = reports.get(year)
        basis = "，".join(_basis(report)) if report else ""
        turn = bool(basis and last and (basis != last or year in merged))
        yield Column(year, report is not None, f"{basis}，有单位并入" if year in merged else basis, turn)
        last = basis or last


def _basis(report: Report) -> Iterator[str]:
    yield "、".join(_forms(report))
    if report.aggregated:
        yield "汇总所属单位"


def _forms(report: Report) -> list[str]:
    """The names of the forms its tables are in; of a report without tables, of its own."""
    ids = {table.form_id: None for table in report.tables.values()} or {report.form.id: None}
    return [official()[id_].name if id_ in official() else id_ for id_ in ids]


_Read = dict[int, dict[str, Reading | None]]


def _panel(group: Group, years: Sequence[int], read: _Read, merged: Collection[int]) -> Panel:
    shown = [i for i in group.indicators if any(found[i.id] for found in read.values())]
    rows = tuple(Row(i, tuple(_values(i, years, read, merged))) for i in shown)
    told = _told(read)
    drawn = ((i, chart([(year, read[year][i.id]) for year in told], merged)) for i in shown)
    return Panel(
        group,
        tuple((i, made) for i, made in drawn if made),
        rows,
        tuple(i for i in shown if _nought(i, read)),
    )


def _told(read: _Read) -> list[int]:
    """The years with a report, from the first that has any figure to the last: all charts go over the same."""
    some = [year for year, found in read.items() if any(found.values())]
    return [year for year in sorted(read) if some and some[0] <= year <= some[-1]]


def _nought(indicator: Indicator, read: _Read) -> bool:
    """Whether every report that has the indicator prints 0."""
    found = [reading for one in read.values() if (reading := one[indicator.id])]
    return len(found) > 1 and all(reading.value == 0 for reading in found)


def _values(
    indicator: Indicator, years: Sequence[int], read: _Read, merged: Collection[int]
) -> Iterator[Value]:
    for year in years:
        if year not in read:
            yield _GAP
            continue
        now, before = read[year][indicator.id], read.get(year - 1, {}).get(indicator.id)
        before = None if year in merged else before
        yield _value(indicator, now, before)


@lru_cache(maxsize=4096)
def _value(indicator: Indicator, now: Reading | None, before: Reading | None) -> Value:
    if now is None:
        return ABSENT
    if now.value is None:
        text = now.raw[:_LONG] if now.state is State.TEXT else WORDS[now.state]
        return Value(text, now.state.value, SAID[now.state])
    change = ""
    if before and before.value not in {None, now.value} and comparable(indicator, now, before):
        change = difference(now.value, before.value)
    return Value(number(now.value), now.state.value, change=change)
