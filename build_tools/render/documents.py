"""A report -> the documents beside its page: Markdown, JSON, CSV."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

from build_tools.check import Verdict, spell
from build_tools.finding import Finding
from build_tools.markdown import blocks, is_plain
from build_tools.model import Cell, Report, Table
from build_tools.render.drawing import draw
from build_tools.render.engine import fill
from build_tools.render.report import heading

COLUMNS = ("unit", "year", "form", "table", "row", "column", "value", "raw", "state")
"""The columns of tables.csv: one line for each cell."""


def report_markdown(report: Report) -> str:
    """The report as a Markdown page: front matter, prose as transcribed, tables as blocks of HTML."""
    tables = {
        id_: draw(table, {}, f"{table.form.name}　{table.form.title}") for id_, table in report.tables.items()
    }
    parts = [(section, heading(report, section)[0]) for section in report.form.sections]
    sections = {section.id: section for section in report.sections}
    return fill("report.md.jinja", report=report, tables=tables, sections=sections, parts=parts)


def report_json(report: Report, verdict: Verdict) -> str:
    """The report as JSON: a contract with other programs, to which keys may be added."""
    printed = {part.id: heading(report, part)[0] for part in report.form.sections}
    data: dict[str, Any] = {
        "unit": report.unit,
        "year": report.year,
        "form": report.form.id,
        "title": report.title,
        "published": report.published or None,
        "scope": report.scope,
        "source": {
            "file": report.origin.file or None,
            "sha256": report.origin.sha256 or None,
            "url": report.origin.url or None,
            "captured": report.origin.captured or None,
            "method": report.origin.method or None,
            "note": report.note or None,
        },
        "sections": [
            {"id": s.id, "heading": printed.get(s.id, s.heading), "markdown": s.text, **_blocks(s.text)}
            for s in report.sections
        ],
        "tables": {id_: _table(table) for id_, table in report.tables.items()},
        "findings": [_finding(f) for f in verdict.findings],
        "unassessed": [
            {"rule": u.rule, "path": spell(u.path, report), "reason": u.reason, "blanks": u.blanks}
            for u in verdict.unassessed
        ],
    }
    if any(table.form_id != report.form.id for table in report.tables.values()):
        data["table_forms"] = {id_: table.form_id for id_, table in report.tables.items()}
    data |= {key: value for key, value in _otherwise(report).items() if value}
    if report.form.free:
        data["figures"] = [
            {"name": f.name, "value": f.value, "unit": f.unit or None, "quote": f.quote or None}
            for f in report.figures
        ]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _blocks(text: str) -> dict[str, Any]:
    """Prose with markup also as it is read, for programs that know no Markdown: search/confirm.js is one."""
    if is_plain(text):
        return {}
    return {"blocks": [["h" if block.heading else "p", block.text] for block in blocks(text)]}


def _otherwise(report: Report) -> dict[str, Any]:
    """What was printed otherwise than the form and the register have it."""
    tables = report.tables.items()
    return {
        "headings": {
            part.title: shown
            for part in report.form.sections
            if part.heading in report.headings and (shown := heading(report, part)[0]) != part.title
        },
        "printed_unit": report.printed_unit,
        "labels": {id_: dict(table.labels) for id_, table in tables if table.labels},
        "extra": {
            id_: [{"label": row.label, "values": list(row.values)} for row in table.extra]
            for id_, table in tables
            if table.extra
        },
    }


def _table(table: Table) -> dict[str, dict[str, dict[str, Any]]]:
    return {
        id_: {column.id: _cell(cell) for column, cell in zip(line.columns, table.rows[id_], strict=True)}
        for id_, line in table.form.lines.items()
    }


def _cell(cell: Cell) -> dict[str, Any]:
    value = _digits(cell.value) if isinstance(cell.value, Decimal) else cell.value
    data = {"raw": cell.raw, "value": value, "state": cell.state.value}
    return {**data, "unit": cell.unit} if cell.unit else data


def _digits(value: int | Decimal) -> str:
    """A number in plain digits, never 1E-7."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "path": finding.path,
        "message": finding.message,
        "waived": finding.waived or None,
    }


def tables_csv(report: Report) -> str:
    """Every cell of every table, one to a line; a header and nothing else for a report without tables."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for id_, table in report.tables.items():
        head = (report.unit, report.year, table.form_id, id_)
        for row, line in table.form.lines.items():
            for column, cell in zip(line.columns, table.rows[row], strict=True):
                value = "" if cell.value is None else _digits(cell.value)
                writer.writerow((*head, row, column.id, value, cell.raw, cell.state.value))
    return out.getvalue()
