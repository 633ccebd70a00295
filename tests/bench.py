"""Makes N synthetic reports and prints what checking and building them costs: `python -m tests.bench N`.

Ten units a county, five years a unit (2021 to 2025), tables that balance and are not all zero, prose put
together from the paragraphs of the archive's own reports. Same N, same reports.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from build_tools.county import read_county
from build_tools.decode.cells import read_cell
from build_tools.files import write_text
from build_tools.forms import official
from build_tools.model import Cell, Origin, Report, Section, Table, Unit
from build_tools.store import Store
from build_tools.units import kinds
from build_tools.write import report_text, unit_text

ROOT = Path(__file__).parent.parent
YEARS = range(2021, 2026)
UNITS = 10
FORM = official()["2021"]


def paragraphs() -> list[str]:
    """Every paragraph of the archive's reports."""
    store = Store(ROOT)
    register = store.register()
    counties = (read_county(store, store.county(*county), register, 2026) for county in store.counties())
    reports = (filed.subject.report for county in counties for h in county.holdings for filed in h.filed)
    return [p for report in reports for s in report.sections for p in s.text.split("\n\n") if len(p) > 40]


def number(*parts: object) -> int:
    """A number that looks like chance and is the same each time."""
    return int.from_bytes(sha256(repr(parts).encode()).digest()[:4], "big")


def prose(words: list[str], unit: str, year: int, section: str, length: int) -> str:
    """`length` characters or a little more of Chinese prose."""
    text: list[str] = []
    while sum(map(len, text)) < length:
        text.append(words[number(unit, year, section, len(text)) % len(words)])
    return "\n\n".join(text)


def cells(table: str, unit: str, year: int) -> dict[str, tuple[Cell, ...]]:
    """Figures that satisfy the form's relations: some requests, all granted by the year's end."""
    form = FORM.tables[table]
    zeros = {
        id_: tuple(Cell("0", read_cell("0", c).state, 0) for c in line.columns)
        for id_, line in form.lines.items()
    }
    count = str(number(unit, year) % 9)
    if table == "t3":
        row = tuple(
            read_cell(count if c.id in {"natural", "total"} else "0", c) for c in form.lines["new"].columns
        )
        zeros |= {"new": row, "granted": row, "total": row}
    return zeros


def report(words: list[str], unit: str, name: str, year: int) -> Report:
    """One synthetic report."""
    sections = tuple(
        Section(
            s.id, s.title, prose(words, unit, year, s.id, 900 if s.id == "overview" else 300), ("正文", s.key)
        )
        for s in FORM.sections
        if not s.table
    )
    tables = {
        id_: Table(form, FORM.id, MappingProxyType(cells(id_, unit, year)))
        for id_, form in FORM.tables.items()
    }
    origin = Origin(
        url=f"https://www.example.gov.cn/{unit}/{year}.html", captured=f"{year + 1}-02-01", method="合成"
    )
    title = f"{name}{year}年政府信息公开工作年度报告"
    return Report(unit, year, FORM, title, origin, sections, MappingProxyType(tables))


def archive(root: Path, count: int) -> None:
    """Write `count` reports below `root`, and what the site needs beside them."""
    for name in ("docs", "overrides", "build_tools"):
        (root / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "reports").mkdir()
    shutil.copy(ROOT / "reports/divisions.csv", root / "reports")
    words = paragraphs()
    for unit, year in islice(places(root), count):
        folder = root / "reports" / unit.id[:2] / unit.id[:6] / unit.id
        write_text(folder / f"{year}.yml", report_text(report(words, unit.id, unit.name, year)))
        if not (folder / "unit.yml").exists():
            write_text(folder / "unit.yml", unit_text(unit))


def places(root: Path) -> Iterator[tuple[Unit, int]]:
    """Units of real counties with made-up towns, and the years they report on."""
    base = Unit("", "", kinds()["镇"])
    counties = [code for code, d in Store(root).register().items() if len(code) == 6 and d.last is None]
    for code in counties:
        for n in range(UNITS):
            unit = replace(base, id=f"{code}{190 + n}", name=f"合成{'甲乙丙丁戊己庚辛壬癸'[n]}镇")
            yield from ((unit, year) for year in YEARS)


def measure(title: str, count: int, root: Path, command: list[str]) -> None:
    """Run a command and print seconds, milliseconds per report and the largest process's memory."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=root, stdout=subprocess.DEVNULL, env={**os.environ, "NIANBAO_YEAR": "2026"}
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    cpu = usage.ru_utime + usage.ru_stime
    print(
        f"{title:8} {count:7} reports  {seconds:7.2f} s  {1000 * seconds / count:6.2f} ms each"
        f"  cpu {cpu:7.2f} s  peak {usage.ru_maxrss // 1024:4} MB  exit {os.waitstatus_to_exitcode(status)}"
    )


def main(count: int) -> None:
    """Measure checking and building `count` reports."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(folder)
        archive(root, count)
        measure("check", count, root, [sys.executable, "-m", "build_tools", "check", "--format", "json"])
        measure("build", count, root, [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
