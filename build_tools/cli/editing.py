"""`nianbao fmt` and `nianbao new`: the report files themselves."""

from __future__ import annotations

import argparse

from build_tools.check import unreadable
from build_tools.cli import asked
from build_tools.cli.out import colourful, say, show
from build_tools.cli.usage import UsageError
from build_tools.clock import this_year
from build_tools.diagnostics.text import text as for_people
from build_tools.files import write_text
from build_tools.finding import Finding, Problem
from build_tools.formatting import layout, layout_unit
from build_tools.rules.id_year_range import FIRST as FIRST_YEAR
from build_tools.source import parse
from build_tools.store import UNIT_FILE
from build_tools.write import blank_text


def fmt(options: argparse.Namespace) -> int:
    """Lay the archive's files out in the one canonical way."""
    store, stale, findings = asked.store(options), 0, list[Finding]()
    for item in asked.files(store, asked.chosen(store, options.paths)):
        read = store.read(item.file)
        tidy, problems = (None, read.problems) if read.problems else _layout(item, read.text)
        if tidy is None:
            findings += unreadable(problems, parse(read.text), item.file, item.unit, item.year).findings
        elif tidy != read.text:
            stale += 1
            say(f"{'待整理' if options.check else '已整理'} reports/{item.file}")
            if not options.check:
                write_text(store.reports / item.file, tidy)
    if findings:
        show(for_people(*store.shown(findings), colour=colourful()))
    return int(bool(findings) or (options.check and stale > 0))


def _layout(item: asked.Item, text: str) -> tuple[str | None, tuple[Problem, ...]]:
    return layout(text, item.unit, item.year) if item.year else layout_unit(text, item.unit)


def new(options: argparse.Namespace) -> int:
    """Write a blank report for a unit's year."""
    store, year = asked.store(options), options.year
    if not FIRST_YEAR <= year < this_year():
        raise UsageError(f"年度是 {FIRST_YEAR} 到 {this_year() - 1}：{year}年度的报告不会有。")
    folder = asked.unit_folder(store, options.unit)
    unit, problems = asked.read_unit(store, folder)
    if unit is None:
        file = f"{folder.folder}/{UNIT_FILE}"
        source = parse(store.read(file).text)
        show(for_people(*store.shown(unreadable(problems, source, file, folder.id).findings)))
        return 1
    path = store.reports / folder.folder / f"{year}.yml"
    if any(filed == year for filed, _ in folder.reports) or path.exists():
        raise UsageError(f"{unit.name}{year}年度已经有报告：reports/{folder.folder}/{year}.yml")
    if gone := next((gone for gone in store.former()[0].of(folder.id) if gone.year == year), None):
        hint = "确要重新收录，先删去 reports/withdrawn.csv 里的那一行。"
        raise UsageError(f"{unit.name}{year}年度的报告在 {gone.date} 撤下了：{gone.reason}。{hint}")
    write_text(path, blank_text(asked.form_for(year), unit, year))
    say(f"新建 reports/{folder.folder}/{year}.yml")
    return 0
