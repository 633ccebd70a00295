"""The development set of the rules that read prose: real reports, the archive's own, variations; and what was judged.

`python -m tests.proseset` prints what the rules find there now, each with its judgement; with `--keep` it brings
the table of the manual up to date.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from build_tools.archive import Subject
from build_tools.check import check
from build_tools.decode import decode
from build_tools.decode.cells import read_cell
from build_tools.finding import Finding
from build_tools.forms import official
from build_tools.importing.assemble import draft
from build_tools.importing.plain import read_text
from build_tools.model import Cell, Report, State, Unit
from build_tools.rules import RULES
from build_tools.source import Source, parse, plain
from build_tools.units import kinds
from build_tools.write import report_text
from tests.casework import base, put, yaml_text
from tests.importbench import ROOT, gold_of

HERE = Path(__file__).parent
CORPUS = next(  # beside the repository, or beside the folder of its work trees
    (folder for above in ROOT.parents[:2] if (folder := above / "shared/corpus").is_dir()),
    ROOT.parent / "shared/corpus",
)
JUDGED = HERE / "cases/prose_judged.yml"
TABLE = ROOT / "build_tools/manual/judged.yml"
VARIATIONS = HERE / "cases/prose_variations.yml"
PROSE = tuple(rule.id for rule in RULES if rule.prose)
KINDS = {
    "town": "镇",
    "bureau": "县级部门",
    "city bureau": "地级部门",
    "zone/county": "县级管委会",
    "city": "地级政府",
}


@dataclass(frozen=True)
class Found:
    """A finding of the development set, as it is judged: the rule, the report and the words."""

    rule: str
    report: str
    quote: str


def _corpus() -> Iterator[tuple[str, Report, str]]:
    with (CORPUS / "INDEX.tsv").open(encoding="utf-8") as stream:
        index = {row["file"]: row for row in csv.DictReader(stream, delimiter="\t")}
    for path in sorted((CORPUS / "reports").glob("*.txt")):
        text = re.sub(r"^# .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        if "_tsv" in path.stem and "宿迁" not in path.stem:
            continue  # a second extraction of the report before
        row = index[path.name]
        report = replace(draft(read_text(text)).report, unit="330411199", year=int(row["year"]))
        truth = next((CORPUS / "truth").glob(f"{path.name[:3]}_*.json"), None)
        yield path.stem, _with_gold(report, truth), row["level"]


def _with_gold(report: Report, truth: Path | None) -> Report:
    """The report with the cells made by hand: what grown-together digits mean no reader can tell."""
    if truth is None:
        return report
    tables = {}
    gold = gold_of(json.loads(truth.read_text(encoding="utf-8")), report)
    for id_, table in report.tables.items():
        rows = {
            row: tuple(
                _cell(gold, (id_, row, i), cell, table.form.lines[row].columns[i])
                for i, cell in enumerate(cells)
            )
            for row, cells in table.rows.items()
        }
        tables[id_] = replace(table, rows=rows)
    return replace(report, tables=tables)


def _cell(gold: Any, key: tuple[str, str, int], cell: Cell, column: Any) -> Cell:
    if key not in gold:
        return cell
    value = gold[key]
    return Cell("", State.BLANK) if value is None else read_cell(str(value), column)


def _seeds() -> Iterator[tuple[str, Report, str]]:
    for file in sorted((ROOT / "reports").glob("*/*/*/[0-9]*.yml")):
        report, _ = decode(
            parse(file.read_text(encoding="utf-8")), file.parent.name, int(file.stem), official()
        )
        assert report is not None
        yield f"{file.parent.name}/{file.stem}", replace(report, waivers=()), "town"


def _variations() -> Iterator[tuple[str, Report, str]]:
    entries = cast("list[dict[str, Any]]", plain(VARIATIONS.read_text(encoding="utf-8")))
    for entry in entries:
        form = official()[entry.get("form", "2021")]
        year = int(entry.get("year", form.obligatory or 2022))
        tree = base(form, year, entry.get("kind", "镇"))
        put(tree, "正文/总体情况", entry.get("text", "本年度工作平稳。"))
        put(tree, "正文/其他需要报告的事项", entry.get("six", "没有收取信息处理费。"))
        for path, value in entry.get("cells", {}).items():
            wide = path.startswith("申请/") and not isinstance(value, list)
            put(tree, path, [value, "0", "0", "0", "0", "0", value] if wide else value)
        report, problems = decode(parse(yaml_text(tree)), "330411199", year, official())
        assert report is not None, problems
        yield entry["name"], report, entry.get("kind", "镇")


@cache
def findings(*, corpus: bool = True) -> Mapping[Found, Finding]:
    """Every finding of the rules that read prose on the development set."""
    found: dict[Found, Finding] = {}
    there = _corpus() if corpus and CORPUS.is_dir() else iter(())
    for name, report, level in (*_seeds(), *_variations(), *there):
        for finding in _findings(report, level):
            quote = re.search(r"正文“(.*?)”：", finding.message, re.DOTALL)
            found[Found(finding.rule, name, quote[1] if quote else "")] = finding
    return found


def _findings(report: Report, level: str) -> Iterator[Finding]:
    kind = kinds().get(KINDS.get(level, level)) or kinds()["县级政府"]
    title = re.sub(r"[0-9 ]{4,6}年?.*|关于", "", report.title) or "示例镇"
    unit = Unit("330411199", title, kind)
    text = report_text(report)
    source: Source = parse(text)
    subject = Subject(report, unit, (report,), {}, f"33/330411/330411199/{report.year}.yml", 2026)
    yield from (f for f in check(subject, source).findings if f.rule in PROSE)


def judged() -> list[dict[str, str]]:
    """What people judged: rule, report, quote, and right, wrong or missed."""
    return cast("list[dict[str, str]]", plain(JUDGED.read_text(encoding="utf-8")))


def tally(found: Iterable[Found]) -> dict[str, dict[str, int]]:
    """By rule: findings right and wrong on real reports and on variations, and what was missed.

    What nobody has judged counts as wrong.
    """
    counts: dict[str, Counter[str]] = {rule: Counter() for rule in PROSE}
    right = {Found(e["rule"], e["report"], e["quote"]) for e in judged() if e["is"] == "right"}
    expected = _expected()
    for one in found:
        made = one.report in expected
        good = one in right if not made else expected[one.report][one.rule] > 0
        if made and good:
            expected[one.report][one.rule] -= 1
        counts[one.rule][f"{'made' if made else 'real'}_{'right' if good else 'wrong'}"] += 1
    for entry in judged():
        counts[entry["rule"]]["missed"] += entry["is"] == "missed"
    for rules in expected.values():
        for rule, times in rules.items():
            counts[rule]["missed"] += times
    names = ("real_right", "real_wrong", "made_right", "made_wrong", "missed")
    return {rule: {name: count[name] for name in names} for rule, count in counts.items()}


def _expected() -> dict[str, Counter[str]]:
    entries = cast("list[dict[str, Any]]", plain(VARIATIONS.read_text(encoding="utf-8")))
    return {entry["name"]: Counter(entry["expect"]) for entry in entries}


def table_text(tallies: Mapping[str, Mapping[str, int]]) -> str:
    """The tallies as the manual keeps them."""
    lines = [
        f"{rule}: {{{', '.join(f'{k}: {v}' for k, v in counts.items())}}}" for rule, counts in tallies.items()
    ]
    return "\n".join([HEAD, *lines, ""])


HEAD = """# How well the rules that read prose do on the development set; written by `python -m tests.proseset --keep`.
# real: reports as published; made: our own variations. missed: what a careful reviewer objects to and the rule does not."""

if __name__ == "__main__":
    if "--keep" in sys.argv:
        TABLE.write_text(table_text(tally(findings())), encoding="utf-8")
    told = {Found(e["rule"], e["report"], e["quote"]): e["is"] for e in judged()}
    for one, finding in findings().items():
        print(told.get(one, "?"), one.rule, one.report, finding.message, sep=" | ")  # noqa: T201
