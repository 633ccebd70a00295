"""A report -> what is searched of it: blocks of text by zone, and the rows of its tables that are not empty.

A block is what a reader sees as one piece (a paragraph, a cell); no phrase reaches from one into the next.
Names of units and places are searched in the index's start file, labels of the official forms in its list of
forms: they would stand in every report. search/confirm.js makes the same blocks from report.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from build_tools.check import Verdict
from build_tools.form import Column, ColumnGroup, Form, Row, TableForm
from build_tools.markdown import blocks
from build_tools.model import Cell, Report, Table
from build_tools.render.sections import heading

TITLE, HEADING, PROSE, DATA = ZONES = range(4)
"""Where a term stands, the weightiest place first."""

FIGURE = "#"
"""Begins the term of a table row whose total is above nought: `#t3.granted`."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a form: its table (empty for the title of a part), its text, the row it is the label of."""

    table: str
    text: str
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks of text by zone. `labelled`: prints exactly its form's labels, which are then in no zone."""

    zones: tuple[tuple[str, ...], ...]
    figures: tuple[str, ...]
    labelled: bool


def document(report: Report, verdict: Verdict) -> Document:
    """What is searched of a report."""
    labelled = _labelled(report)
    headings, prose = _prose(report)
    data = [*_data(report), *dict.fromkeys(f.waived for f in verdict.findings if f.waived)]
    if not labelled:
        headings = [*_headings(report), *headings]
        data += [printed for table in report.tables.values() for printed in _printed(table)]
    zones = ((report.title,), tuple(headings), tuple(prose), tuple(text for text in data if text))
    return Document(zones, tuple(_figures(report.tables)), labelled)


def form_labels(form: Form) -> Iterator[Label]:
    """Every label the form prints: the titles of its parts and what stands above and beside its figures."""
    yield from (Label("", section.title) for section in form.sections if section.heading)
    for table in form.tables.values():
        yield from table_labels(table)


def table_labels(table: TableForm) -> Iterator[Label]:
    """Every label of one table."""
    for block in table.blocks:
        yield from (Label(table.id, text) for text in (block.caption, block.stub, block.corner) if text)
        yield from _column_labels(table.id, block.columns)
        yield from _row_labels(table.id, block.rows)


def has_total(table: TableForm) -> bool:
    """Whether the table's rows have a total, which says whether there is anything in them."""
    return any(_total(line.columns) is not None for line in table.lines.values())


def _column_labels(table: str, columns: Iterable[Column | ColumnGroup]) -> Iterator[Label]:
    for column in columns:
        yield Label(table, column.label)
        if isinstance(column, ColumnGroup):
            yield from _column_labels(table, column.columns)


def _row_labels(table: str, rows: Iterable[Row]) -> Iterator[Label]:
    for row in rows:
        yield Label(table, row.label, f"{table}.{row.id}" if row.id else "")
        if row.unit:
            yield Label(table, row.unit)
        yield from _row_labels(table, row.rows)


def _labelled(report: Report) -> bool:
    form = report.form
    return (
        not form.free
        and not report.headings
        and report.tables.keys() == form.tables.keys()
        and all(table.form_id == form.id and not table.labels for table in report.tables.values())
    )


def _prose(report: Report) -> tuple[list[str], list[str]]:
    headings: list[str] = []
    prose: list[str] = []
    for section in report.sections:
        for block in blocks(section.text):
            (headings if block.heading else prose).append(block.text)
    return headings, prose


def _headings(report: Report) -> list[str]:
    """The headings of the report's parts as it prints them."""
    if report.form.free:
        return [section.heading for section in report.sections if section.heading]
    return [
        shown
        for section in report.form.sections
        if section.heading and (shown := heading(report, section)[0])
    ]


def _data(report: Report) -> Iterator[str]:
    for table in report.tables.values():
        yield from (cell.raw for row in table.rows.values() for cell in row)
        for extra in table.extra:
            yield from (extra.label, *extra.values)
    for figure in report.figures:
        yield from (figure.name, figure.value + figure.unit, figure.quote)
    yield from (report.printed_unit, report.published, report.origin.url, report.origin.file, report.note)


def _printed(table: Table) -> Iterator[str]:
    """The labels a table prints, of which some are not the form's."""
    printed = (table.labels.get(label.text, label.text) for label in table_labels(table.form))
    yield from (text for text in printed if text)


def _figures(tables: Mapping[str, Table]) -> Iterator[str]:
    for id_, table in tables.items():
        for row, line in table.form.lines.items():
            if any(_positive(cell) for cell in _telling(line.columns, table.rows[row])):
                yield f"{FIGURE}{id_}.{row}"


def _telling(columns: tuple[Column, ...], cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The cell of the row's total; every cell where the row has none."""
    total = _total(columns)
    return cells if total is None else (cells[total],)


@lru_cache(maxsize=256)
def _total(columns: tuple[Column, ...]) -> int | None:
    return next((i for i, column in enumerate(columns) if column.id == "total"), None)


def _positive(cell: Cell) -> bool:
    return cell.value is not None and cell.value > 0
