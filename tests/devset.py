"""The development set of the rules that read: real reports, the archive's own, variations; and what was judged.

`python -m tests.devset` prints what the rules find there now, each with its judgement; with `--keep` it brings
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
from build_tools.county import read_county
from build_tools.decode.cells import read_cell
from build_tools.finding import Finding
from build_tools.gazetteer import gazetteer
from build_tools.importing.assemble import draft
from build_tools.importing.plain import read_text
from build_tools.model import Cell, Origin, Report, State, Unit
from build_tools.rules import RULES
from build_tools.source import parse, plain
from build_tools.store import Store
from build_tools.units import kinds
from build_tools.write import report_text
from tests import variations
from tests.importbench import ROOT, gold_of

HERE = Path(__file__).parent
CORPUS = next(  # beside the repository, or beside the folder of its work trees
    (folder for above in ROOT.parents[:2] if (folder := above / "shared/corpus").is_dir()),
    ROOT.parent / "shared/corpus",
)
JUDGED = HERE / "cases/judged.yml"
TABLE = ROOT / "build_tools/manual/judged.yml"
CHAPTERS = ("PV-", "DT-", "TX-")
PROSE = tuple(rule.id for rule in RULES if rule.prose)
READING = tuple(rule.id for rule in RULES if rule.prose or (rule.id.startswith(CHAPTERS) and rule.check))
"""The rules that are judged: those that read prose, or any other words."""
MADE = (
    (variations.of_prose, PROSE),
    (variations.of_words, tuple(id_ for id_ in READING if id_.startswith(CHAPTERS))),
)
"""The variations with the rules that they are made for."""
LEVELS = {
    "town": "镇", "street": "街道", "bureau": "县级部门", "city bureau": "地级部门", "city": "地级政府",
    "district": "县级政府", "zone/county": "县级管委会", "zone": "县级管委会", "county": "县级政府",
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A finding of the development set, as it is judged: the rule, the report and the words."""

    rule: str
    report: str
    quote: str


def corpus_reports() -> Iterator[tuple[str, Subject]]:
    """The real reports of the development corpus, with the cells made by hand; none where it is not at hand."""
    if not CORPUS.is_dir():
        return
    register = Store(ROOT).register()
    with (CORPUS / "INDEX.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    for row in rows:
        if "_tsv" in row["file"] and "宿迁" not in row["file"]:
            continue  # a second extraction of the report before
        text = (CORPUS / "reports" / row["file"]).read_text(encoding="utf-8")
        text = re.sub(r"^# .*\n", "", text, flags=re.MULTILINE).removeprefix("标题: ")
        id_, year = _code(row["unit"]), int(row["year"])
        made = draft(read_text(text)).report
        report = replace(made, unit=id_, year=year, origin=Origin(url="https://www.example.gov.cn/"))
        truth = next((CORPUS / "truth").glob(f"{row['file'][:3]}_*.json"), None)
        report = _with_gold(report, truth)
        unit = Unit(id_, row["unit"], kinds()[_kind(row["unit"], row["level"])])
        yield (
            row["file"].removesuffix(".txt"),
            Subject(report, unit, (report,), register, f"{id_}/{year}.yml", 2026),
        )


def _kind(name: str, level: str) -> str:
    return next((kind for kind in ("镇", "乡", "街道") if name.endswith(kind)), LEVELS.get(level, "县级部门"))


def _code(name: str) -> str:
    """The code of the county or prefecture in which a unit lies, by the longest name of a place in its own."""
    found = [
        (gazetteer().places(name[start:end]), end)
        for start in range(len(name))
        for end in range(start + 2, min(start + 9, len(name)) + 1)
        if gazetteer().places(name[start:end])
    ]
    single = [places[0] for places, _ in found if len(places) == 1]
    return f"{max(single, key=len):0<6}"[:6] if single else "110101"


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


def archive_reports() -> Iterator[tuple[str, Subject]]:
    """The archive's own reports, nothing acknowledged."""
    store = Store(ROOT)
    register = store.register()
    for code, folder in store.counties():
        for holding in read_county(store, store.county(code, folder), register, 2026).holdings:
            for filed in holding.filed:
                report = replace(filed.subject.report, waivers=())
                yield report.id, replace(filed.subject, report=report)


@cache
def findings(*, corpus: bool = True) -> Mapping[Found, Finding]:
    """Every finding of the rules that read on the development set; a variation is judged by the rules it is made for.

    What is said of a report as a whole is left out where we have excerpts only.
    """
    there = corpus_reports() if corpus else iter(())
    made = {entry["name"]: rules for entries, rules in MADE for entry in entries()}
    found: dict[Found, Finding] = {}
    for name, subject in (*archive_reports(), *variations.subjects(), *there):
        for finding in check(subject, parse(report_text(subject.report))).findings:
            if finding.rule in made.get(name, READING) and (name in made or not _excerpt(finding.rule, name)):
                found[Found(finding.rule, name, _quote(finding))] = finding
    return found


def _excerpt(rule: str, report: str) -> bool:
    return rule in judgements()["of_the_whole"] and report not in judgements()["whole_reports"]


def _quote(finding: Finding) -> str:
    """What a finding is known by: the words that it quotes, or all that it says."""
    quote = re.match(r"正文“(.*?)”：", finding.message, re.DOTALL)
    return quote[1] if quote else finding.message


@cache
def judgements() -> dict[str, Any]:
    """The file of what people judged."""
    return cast("dict[str, Any]", plain(JUDGED.read_text(encoding="utf-8")))


def judged() -> list[dict[str, str]]:
    """What people judged: rule, report, quote, and right, wrong or missed."""
    return cast("list[dict[str, str]]", judgements()["findings"])


def tally(found: Iterable[Found]) -> dict[str, dict[str, int]]:
    """By rule: findings right and wrong on real reports and on variations, and what was missed.

    What nobody has judged counts as wrong.
    """
    counts: dict[str, Counter[str]] = {rule: Counter() for rule in READING}
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
    return {entry["name"]: Counter(entry["expect"]) for entries, _ in MADE for entry in entries()}


def table_text(tallies: Mapping[str, Mapping[str, int]]) -> str:
    """The tallies as the manual keeps them."""
    lines = [
        f"{rule}: {{{', '.join(f'{k}: {v}' for k, v in counts.items())}}}" for rule, counts in tallies.items()
    ]
    return "\n".join([HEAD, *lines, ""])


HEAD = """# How well the rules that read do on the development set; written by `python -m tests.devset --keep`.
# real: reports as published; made: our own variations. missed: what a careful reviewer objects to and the rule does not."""

if __name__ == "__main__":
    if "--keep" in sys.argv:
        TABLE.write_text(table_text(tally(findings())), encoding="utf-8")
    told = {Found(e["rule"], e["report"], e["quote"]): e["is"] for e in judged()}
    for one, finding in findings().items():
        print(told.get(one, "?"), one.rule, one.report, finding.message, sep=" | ")  # noqa: T201
