"""The form page's scripts in a real browser, and what they are held against: the checker and the writer of this package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from build_tools.check import spell
from build_tools.finding import Problem, Unassessed
from build_tools.form import Form
from build_tools.forms import official
from build_tools.model import Cell, Report, State, Table
from build_tools.rules import RULES
from build_tools.rules.view import View
from build_tools.submit import TRIED, form_data, language

ASSETS = Path(__file__).parent.parent / "overrides/assets"
PURE = ("language", "number", "cells", "shape", "trial", "check", "yaml", "paste", "fitting", "sheets")
"""The scripts that touch no page, in the order they are loaded."""

Told = tuple[str, str, str, str]
"""Kind or severity, rule, place, words."""

_START = """({language, forms}) => {
  const { submit } = nianbao;
  submit.language.learn(language);
  self.forms = new Map(forms.map((form) => [form.id, submit.shape.form(form)]));
  self.tableOf = (form, id) => self.forms.get(form).tables.find((table) => table.id === id);
  self.report = (told) => {
    const tables = told.tables.map((table) => ({...table, form: tableOf(table.formId, table.id)}));
    return {...told, form: self.forms.get(told.form), tables};
  };
}"""

CHECK = """(asked) => asked.map(({now, last}) => {
  const { shape, check } = nianbao.submit;
  const filled = (one) => one && shape.filled(tableOf(one.formId, one.id), one.rows);
  return check.table(filled(now), filled(last)).map((one) =>
    [one.note ? (one.blanks ? "blanks" : "unknown") : one.severity, one.rule, one.path, one.message]);
})"""
"""What is found in tables, each beside last year's."""

WRITE = "(reports) => reports.map((told) => nianbao.submit.yaml.text(report(told)))"
"""The files of reports."""


@contextmanager
def scripts(browser: Browser, forms: Sequence[Form] = ()) -> Iterator[Page]:
    """An empty page with the scripts loaded, which know the official forms and these."""
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for name in PURE:
        page.add_script_tag(path=ASSETS / f"submit/{name}.js")
    all_forms = [form_data(form) for form in (*official().values(), *forms)]
    page.evaluate(_START, {"language": language(), "forms": all_forms})
    yield page
    page.close()
    assert errors == []


# --- reports as the page has them -------------------------------------------------------------------------


def raw(cell: Cell) -> str:
    """What a field of the page holds of a cell."""
    return "缺" if cell.state is State.MISSING else cell.raw


def table_told(table: Table) -> dict[str, Any]:
    """A table as the page has it."""
    return {
        "id": table.form.id,
        "formId": table.form_id,
        "rows": {id_: [raw(cell) for cell in cells] for id_, cells in table.rows.items()},
        "labels": dict(table.labels),
        "extra": [{"label": row.label, "values": list(row.values)} for row in table.extra],
    }


def report_told(report: Report) -> dict[str, Any]:
    """A report as the page has it."""
    origin = report.origin
    return {
        "form": report.form.id,
        "title": report.title,
        "published": report.published,
        "aggregated": report.aggregated,
        "printedUnit": report.printed_unit,
        "origin": [origin.file, origin.sha256, origin.url, origin.captured, origin.method],
        "note": report.note,
        "sections": [{"id": s.id, "heading": s.heading, "text": s.text} for s in report.sections],
        "tables": [table_told(table) for table in report.tables.values()],
        "figures": [[f.name, f.value, f.unit, f.quote] for f in report.figures],
        "headings": dict(report.headings),
        "waivers": [[w.rule, w.where, w.reason, w.date] for w in report.waivers],
    }


# --- what the checker finds --------------------------------------------------------------------------------


def found(view: View) -> dict[str, list[Told]]:
    """By table id what the rules find that the page tries too."""
    keys = {table.form.key: id_ for id_, table in view.report.tables.items()}
    told: dict[str, list[Told]] = {id_: [] for id_ in view.report.tables}
    for rule in RULES:
        if rule.id not in TRIED or rule.check is None:
            continue
        for outcome in rule.check(view):
            kind = _kind(outcome, rule.severity_of(outcome) if isinstance(outcome, Problem) else "")
            words = outcome.message if isinstance(outcome, Problem) else outcome.reason
            told[keys[str(outcome.path[0])]].append((kind, rule.id, spell(outcome.path, view.report), words))
    return {id_: sorted(all_) for id_, all_ in told.items()}


def _kind(outcome: Problem | Unassessed, severity: str) -> str:
    if isinstance(outcome, Problem):
        return str(severity)
    return "blanks" if outcome.blanks else "unknown"


def asked(view: View) -> dict[str, Mapping[str, Any]]:
    """By table id what the page is asked, to find the same."""
    return {
        id_: {"now": table_told(table), "last": table_told(last) if (last := view.last_table(id_)) else None}
        for id_, table in view.report.tables.items()
    }
