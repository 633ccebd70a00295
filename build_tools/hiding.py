"""A report's texts with their places, and the report with what is private in them masked. Pure.

What leaves the program for readers is made of the masked report; the report file keeps what was published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from types import MappingProxyType

from build_tools.model import Cell, Path, Report, State, Table
from build_tools.privacy import masked

_RAW = attrgetter("raw")
_ORIGIN = {"网址": "url", "文件": "file", "转录": "method"}
_LONG = 11
"""The digits of the shortest number of a person; no figure of a cell that is shorter is looked at."""


def pieces(report: Report) -> Iterator[tuple[Path, str]]:
    """Every text of a report that people wrote, with its place in the report file; empty ones left out."""
    return ((path, text) for path, text in _pieces(report) if text)


def _pieces(report: Report) -> Iterator[tuple[Path, str]]:
    yield ("标题",), report.title
    yield ("单位名称",), report.printed_unit
    yield ("转录说明",), report.note
    origin = report.origin
    yield from ((("来源", key), getattr(origin, name)) for key, name in _ORIGIN.items())
    for section in report.sections:
        if report.form.free:
            yield (*section.path[:-1], "标题"), section.heading
        yield section.path, section.text
    for key, labels in (("章节", report.headings), *((t.form.key, t.labels) for t in report.tables.values())):
        yield from ((("原表标签", key, label), printed or "") for label, printed in labels.items())
    for table in report.tables.values():
        yield from _cells(table)
    for at, figure in enumerate(report.figures):
        names = ("指标", "数值", "单位", "原文")
        texts = (figure.name, figure.value, figure.unit, figure.quote)
        yield from ((("数据", at, name), text) for name, text in zip(names, texts, strict=True))
    yield from _extra(report)
    for waiver in report.waivers:
        yield (*waiver.path, "位置"), waiver.where
        yield (*waiver.path, "理由"), waiver.reason


def _extra(report: Report) -> Iterator[tuple[Path, str]]:
    for at, row in enumerate(row for table in report.tables.values() for row in table.extra):
        yield ("多出的行", at, "标签"), row.label
        yield from ((("多出的行", at, "数值"), value) for value in row.values)


def _cells(table: Table) -> Iterator[tuple[Path, str]]:
    """Cells that may hold the number of a person; of amounts of money none is taken for one."""
    if max(map(len, map(_RAW, chain.from_iterable(table.rows.values()))), default=0) < _LONG:
        return
    for row, cells in table.rows.items():
        if max([len(cell.raw) for cell in cells], default=0) >= _LONG:
            columns = table.form.lines[row].columns
            for cell, column in zip(cells, columns, strict=True):
                if len(cell.raw) >= _LONG and not column.money:
                    yield table.path(row, column.id), cell.raw


def hidden(report: Report) -> Report:
    """The report with everything private masked; the very same if there is nothing."""
    if all(masked(text) is text for _, text in pieces(report)):
        return report
    origin = report.origin
    return replace(
        report,
        title=masked(report.title),
        printed_unit=masked(report.printed_unit),
        note=masked(report.note),
        origin=replace(origin, **{name: masked(getattr(origin, name)) for name in _ORIGIN.values()}),
        sections=tuple(replace(s, heading=masked(s.heading), text=masked(s.text)) for s in report.sections),
        headings=_labels(report.headings),
        tables=MappingProxyType({id_: _table(table) for id_, table in report.tables.items()}),
        figures=tuple(
            replace(f, name=masked(f.name), value=masked(f.value), unit=masked(f.unit), quote=masked(f.quote))
            for f in report.figures
        ),
        waivers=tuple(replace(w, where=masked(w.where), reason=masked(w.reason)) for w in report.waivers),
    )


def _labels(labels: Mapping[str, str | None]) -> Mapping[str, str | None]:
    return {label: printed and masked(printed) for label, printed in labels.items()}


def _table(table: Table) -> Table:
    found = {path for path, raw in _cells(table) if masked(raw) is not raw}
    rows = {
        row: tuple(
            _cell(cell) if table.path(row, column.id) in found else cell
            for cell, column in zip(cells, table.form.lines[row].columns, strict=True)
        )
        for row, cells in table.rows.items()
    }
    extra = tuple(replace(e, label=masked(e.label), values=_texts(e.values)) for e in table.extra)
    return replace(table, rows=MappingProxyType(rows), labels=_labels(table.labels), extra=extra)


def _texts(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(masked, texts))


def _cell(cell: Cell) -> Cell:
    return Cell(masked(cell.raw), State.TEXT)
