"""`nianbao import`: published files to report files. Where anything is uncertain it asks, and writes nothing."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_tools.archive import Subject
from build_tools.check import Verdict, check
from build_tools.cli import asked
from build_tools.cli.out import complain, say, show
from build_tools.cli.registered import Registered
from build_tools.cli.usage import UsageError
from build_tools.clock import this_year
from build_tools.diagnostics.glyphs import safe
from build_tools.files import UnreadableError, open_ordinary, replace_bytes, why, write_text
from build_tools.hiding import hidden
from build_tools.importing import Asked, Imported, RefusedError, imported, told
from build_tools.importing.compare import compared
from build_tools.importing.guard import MOST_BYTES
from build_tools.importing.isolated import read_apart
from build_tools.model import State
from build_tools.render.documents import report_json
from build_tools.rules.id_year_range import FIRST as FIRST_YEAR
from build_tools.source import parse
from build_tools.source.scalars import iso_date
from build_tools.store import ORIGINALS, Store
from build_tools.units import UNIT_ID
from build_tools.write import report_text

STDIN = "-"
ENDINGS = {".docx", ".pdf", ".html", ".htm", ".xlsx", ".csv", ".tsv", ".txt", ".md"}
"""What is taken from a folder; a file that is named is tried whatever its name."""

_ODD = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class _Item:
    """A file to import: what it is called, its bytes, the name it is kept under."""

    shown: str
    data: bytes
    name: str


def import_files(options: argparse.Namespace) -> int:
    """Import files; 1 if any was refused or left a question."""
    store, wanted = asked.store(options), _wanted(options)
    paths = list(_paths(options.files))
    if len(paths) > 1 and not options.output:
        raise UsageError("几份文件一起导入，要用 -o 写明放到哪里，如 -o reports。")
    register = Registered(store)
    done = [_import(path, wanted, register, options, store) for path in paths]
    if len(done) > 1 and options.output:
        say(f"共 {len(done)} 份：录入 {sum(done)} 份，未录入 {len(done) - sum(done)} 份。")
    if any(done) and options.output:
        say(f"接着核对：nianbao check {options.output}")
    return 0 if all(done) else 1


def _wanted(options: argparse.Namespace) -> Asked:
    if options.unit and not UNIT_ID.fullmatch(options.unit):
        raise UsageError(
            f"“{options.unit}”不是单位编号。编号是 6 位或 9 位数字，如 330411103；部门再加短横和简称。"
        )
    if options.captured and not iso_date(options.captured):
        raise UsageError(f"获取日期“{options.captured}”写成 2026-11-21 这样。")
    latest = this_year() - 1
    if options.year and not FIRST_YEAR <= options.year <= latest:
        raise UsageError(f"年度是 {FIRST_YEAR} 到 {latest}，这里是 {options.year}。")
    return Asked(latest, options.unit or "", options.year or 0, options.url or "", options.captured or "")


def _paths(files: Sequence[str]) -> Iterator[Path]:
    """The files named, and those in folders named, in order."""
    for name in files:
        path = Path(name)
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in ENDINGS and p.is_file())
            if not found:
                raise UsageError(f"文件夹 {name} 里没有可以导入的文件（{'、'.join(sorted(ENDINGS))}）。")
            yield from (p for p in found if not p.name.startswith((".", "~$")))
        else:
            yield path


def _item(path: Path) -> _Item:
    if str(path) == STDIN:
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
        return _Item("标准输入", data, "input.html" if data.lstrip()[:1] == b"<" else "input.txt")
    try:
        data, size = open_ordinary(path, MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"读不到 {path}：{why(error)}。") from error
    if size > MOST_BYTES:
        raise RefusedError(
            f"文件有 {size / 1e6:.0f} MB，超过 {MOST_BYTES // 1_000_000} MB",
            "把年报单独存成一个文件，再试一次。",
        )
    return _Item(safe(str(path)), data, _ODD.sub("_", path.name).lstrip("."))


def _import(
    path: Path, wanted: Asked, register: Registered, options: argparse.Namespace, store: Store
) -> bool:
    try:
        item = _item(path)
        document = read_apart(item.data, item.name)
    except RefusedError as error:
        complain(f"{safe(str(path))}：{error}")
        return False
    made = imported(document, item.data, item.name, wanted, register)
    if options.diff:
        show(safe(compared(document, made.report, item.shown), keep="\n"))
        return True
    return _filed(item, made, options, store) if options.output else _printed(item, made, options, store)


def _printed(item: _Item, made: Imported, options: argparse.Namespace, store: Store) -> bool:
    text = report_text(made.report)
    show(report_json(hidden(made.report), _verdict(made, text, store)) if options.format == "json" else text)
    for line in (*made.questions, *told(made.doubts)):
        complain(f"{item.shown}：{line}")
    return not made.questions


def _filed(item: _Item, made: Imported, options: argparse.Namespace, store: Store) -> bool:
    """Write report and original into their folder, or say why not."""
    report = made.report
    if made.questions:
        complain(f"{item.shown}：没有录入。" + "\n".join(made.questions))
        return False
    folder = Path(options.output) / report.unit[:2] / report.unit[:6] / report.unit
    target = folder / f"{report.year}.yml"
    if target.exists() and not options.replace:
        complain(f"{item.shown}：没有录入，{target} 已经有了。确要换掉，加 --replace。")
        return False
    original = folder / ORIGINALS / item.name
    if not original.exists() or open_ordinary(original)[0] != item.data:
        replace_bytes(original, item.data)
    write_text(target, report_text(report))
    say(f"{item.shown} → {target}：{_summary(made)}")
    for line in told(made.doubts):
        say(f"  {safe(line)}")
    if not store.holds(report.unit):
        say(f"  单位 {report.unit} 还没有登记：在 {folder} 里建 unit.yml，写法见 docs/format.md。")
    return True


def _verdict(made: Imported, text: str, store: Store) -> Verdict:
    """What the rules say of the report by itself, where its unit is registered."""
    report = made.report
    folder = next((f for f in asked.unit_folders(store) if f.id == report.unit), None)
    unit = asked.read_unit(store, folder)[0] if folder else None
    if unit is None or not report.year:
        return Verdict(())
    file = f"{report.unit[:2]}/{report.unit[:6]}/{report.unit}/{report.year}.yml"
    return check(Subject(report, unit, (report,), store.register(), file, this_year()), parse(text))


def _summary(made: Imported) -> str:
    cells = [cell for table in made.report.tables.values() for row in table.rows.values() for cell in row]
    lost = sum(cell.state is State.MISSING for cell in cells)
    return (
        f"读出 {len(cells) - lost} 格，缺 {lost} 格，要看 {len(made.doubts)} 处"
        if cells
        else "没有统一格式的表，照章节录入"
    )
