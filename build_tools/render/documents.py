"""A report -> the documents beside its page: Markdown and JSON."""

from __future__ import annotations

from typing import Any

from build_tools.check import Verdict, spell
from build_tools.export.lines import to_json
from build_tools.finding import Finding
from build_tools.markdown import blocks, is_plain
from build_tools.model import Report
from build_tools.render.drawing import draw
from build_tools.render.engine import fill
from build_tools.render.figures import table_json
from build_tools.render.sections import heading


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
    tables = ",".join(f"{to_json(id_)}:{table_json(table)}" for id_, table in report.tables.items())
    parts = (to_json(_told(report)), f'{{"tables":{{{tables}}}}}', to_json(_added(report, verdict)))
    return "{" + ",".join(part[1:-1] for part in parts) + "}\n"


def _told(report: Report) -> dict[str, Any]:
    """What the report says, but for its tables."""
    printed = {part.id: heading(report, part)[0] for part in report.form.sections}
    return {
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
    }


def _added(report: Report, verdict: Verdict) -> dict[str, Any]:
    """What the rules say of it, and what it has beyond its form."""
    data: dict[str, Any] = {
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
    return data


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


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "path": finding.path,
        "message": finding.message,
        "waived": finding.waived or None,
    }
