"""Real reports as rules read them: the five of the archive, and those of the development corpus where it is at hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from build_tools.archive import Register, Subject
from build_tools.check import check
from build_tools.county import read_county
from build_tools.finding import Finding
from build_tools.gazetteer import gazetteer
from build_tools.importing.assemble import draft
from build_tools.importing.plain import read_text
from build_tools.model import Origin, Report, Unit
from build_tools.source import parse
from build_tools.store import Store
from build_tools.units import kinds
from build_tools.write import report_text

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent.parent / "shared/corpus"
if not CORPUS.exists():
    CORPUS = ROOT.parent / "shared/corpus"
LEVELS = {
    "town": "镇", "street": "街道", "bureau": "县级部门", "city bureau": "地级部门", "city": "地级政府",
    "district": "县级政府", "zone/county": "县级管委会", "zone": "县级管委会", "county": "县级政府",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A real report: its name in the development set, and what the rules find in it."""

    name: str
    report: Report
    findings: tuple[Finding, ...]


def archive() -> Iterator[Read]:
    """The reports of the archive itself."""
    store = Store(ROOT)
    register = store.register()
    for code, folder in store.counties():
        for holding in read_county(store, store.county(code, folder), register, 2026).holdings:
            for filed in holding.filed:
                report = filed.subject.report
                yield Read(report.id, report, filed.verdict.findings)


def corpus() -> Iterator[Read]:
    """Those of the corpus, one copy of each."""
    register = Store(ROOT).register()
    with (CORPUS / "INDEX.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for row in rows:
        if "_tsv" in row["file"]:
            continue
        report, subject = _subject(row, register)
        yield Read(
            row["file"].removesuffix(".txt"), report, check(subject, parse(report_text(report))).findings
        )


def _subject(row: dict[str, str], register: Register) -> tuple[Report, Subject]:
    text = (CORPUS / "reports" / row["file"]).read_text(encoding="utf-8")
    text = text.partition("\n")[2] if text.startswith("# source") else text
    text = text.removeprefix("标题: ")
    year, id_ = int(row["year"]), _code(row["unit"])
    made = draft(read_text(text)).report
    report = replace(made, unit=id_, year=year, origin=Origin(url="https://www.example.gov.cn/"))
    kind = next(
        (k for k in ("镇", "乡", "街道") if row["unit"].endswith(k)), LEVELS.get(row["level"], "县级部门")
    )
    unit = Unit(id_, row["unit"], kinds()[kind])
    return report, Subject(report, unit, (report,), register, f"{id_}/{year}.yml", 2026)


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
