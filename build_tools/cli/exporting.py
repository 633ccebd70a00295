"""`nianbao export`: reports as files that offices open."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from build_tools.check import unreadable
from build_tools.cli import asked
from build_tools.cli.out import colourful, say, show
from build_tools.cli.usage import UsageError
from build_tools.decode import decode
from build_tools.diagnostics.text import text as for_people
from build_tools.files import replace_bytes
from build_tools.finding import Finding
from build_tools.forms import official
from build_tools.hiding import hidden
from build_tools.printed.making import write, writer
from build_tools.source import parse
from build_tools.store import Store

_ID = re.compile(r"([^/\\]+)/([0-9]{4})")


def export(options: argparse.Namespace) -> int:
    """Write each report asked for; those that cannot be read are told of, and are no reason to leave out others."""
    store, findings = asked.store(options), list[Finding]()
    writer(options.to)  # before anything is written: is there what writes it?
    for item in list(_chosen(store, options.reports)):
        read = store.read(item.file)
        source = parse(read.text)
        report, problems = (
            (None, read.problems) if read.problems else decode(source, item.unit, item.year, official())
        )
        if report is None:
            findings += unreadable(problems, source, item.file, item.unit, item.year).findings
        else:
            target = options.output / f"{item.unit}-{item.year}.{options.to}"
            replace_bytes(target, write(hidden(report), options.to))
            say(f"写好 {target}")
    if findings:
        show(for_people(*store.shown(findings), colour=colourful()))
    return int(bool(findings))


def _chosen(store: Store, words: Iterable[str]) -> Iterator[asked.Item]:
    """The reports that the words name, each once, in the order of the words."""
    given = set[str]()
    for word in words:
        found = [item for item in _named(store, word) if item.year and item.file not in given]
        given.update(item.file for item in found)
        yield from found


def _named(store: Store, word: str) -> Iterable[asked.Item]:
    match = _ID.fullmatch(word)
    if match is None or Path(word).exists():
        items = list(asked.files(store, asked.chosen(store, [Path(word)])))
        if not any(item.year for item in items):
            raise UsageError(
                f"{word} 里没有年报。写 单位编号/年度，如 330411103/2020，或者 reports 里的文件、文件夹。"
            )
        return items
    unit, year = asked.unit_folder(store, match[1]), int(match[2])
    for filed, file in unit.reports:
        if filed == year:
            return [asked.Item(file, unit.id, year)]
    years = "、".join(str(filed) for filed, _ in unit.reports) or "一份也没有"
    raise UsageError(f"没有 {unit.id} 的{year}年度报告。档案里有的年度：{years}。")
