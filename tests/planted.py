"""Faults put into real reports, one at a time, at every place that takes them: how many do the rules find?

`python -m tests.planted` prints each kind with its places and those found, in the archive's reports and in all of the
development set; `-v` with it what was not found. Floors stand in tests/cases/planted.yml.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from build_tools.archive import Subject
from build_tools.model import Report, Section
from build_tools.rules import RULES
from build_tools.rules.view import View
from build_tools.source import plain
from tests.casework import code_points

CASES = Path(__file__).parent / "cases/planted.yml"
OTHERS = {
    "镇": (("330326", "万全镇"), ("330411", "王店镇"), ("411421", "双塔镇"), ("371581", "烟店镇")),
    "乡": (("411421", "花园乡"), ("330881", "保安乡"), ("330825", "罗家乡")),
    "道": (("330402", "新嘉街道"), ("321183", "华阳街道")),
    "县": (("321322", "沭阳县"), ("411421", "民权县"), ("330110", "余杭区"), ("511500", "宜宾市")),
}
BY_ID = {rule.id: rule for rule in RULES}


@dataclass(frozen=True)
class Planted:
    """A report with a fault of a kind, and the words around it."""

    kind: str
    report: Report
    around: str


@cache
def kinds() -> Mapping[str, Mapping[str, Any]]:
    """What can be planted, by name: where (`put`, `swap`, `take`), the rules that should find it, the floors."""
    return cast("Mapping[str, Mapping[str, Any]]", plain(CASES.read_text(encoding="utf-8")))


def planted(subject: Subject) -> Iterator[Planted]:
    """The report with one fault, for each kind and each place that takes it."""
    for name, kind in kinds().items():
        if any(not BY_ID[rule].holds_for(subject.report.year) for rule in kind["rules"]):
            continue
        if "of" in kind and subject.unit.kind.id not in kind["of"]:
            continue
        if "take" in kind:
            yield from _taken(name, subject.report)
        for section in subject.report.sections:
            for text, at in _texts(kind, section.text.replace("[…]", ""), subject):
                yield Planted(name, _with(subject.report, section, text), text[max(at - 20, 0) : at + 40])


def _taken(name: str, report: Report) -> Iterator[Planted]:
    """Without one of its parts."""
    if not report.form.free:
        parts = {part.id for part in report.form.sections if part.heading and not part.table}
        for section in report.sections:
            if section.id in parts:
                rest = tuple(one for one in report.sections if one is not section)
                yield Planted(name, replace(report, sections=rest), section.heading)


def _texts(kind: Mapping[str, Any], text: str, subject: Subject) -> Iterator[tuple[str, int]]:
    """The text with the fault, and where it is."""
    words, others = _words(subject), _others(subject)
    if "swap" in kind:
        for match in re.finditer(kind["swap"].format(**words), text):
            put = match.expand(_filled(kind["to"], {**words, "other": others[match.start() % len(others)]}))
            yield text[: match.start()] + put + text[match.end() :], match.start()
    elif "put" in kind:
        for match in re.finditer(kind.get("after", "[。；](?=[^\n])"), text):
            put = _filled(kind["put"], words)
            yield text[: match.end()] + put + text[match.end() :], match.end()


def _filled(text: str, words: Mapping[str, str]) -> str:
    return code_points(text.format(**words))


def _words(subject: Subject) -> dict[str, str]:
    """What stands for the unit's own names and its year, and for others."""
    year, name = subject.report.year, subject.unit.name
    core = re.split("省|市|县|区", name)[-1] or name
    own = "|".join(sorted({re.escape(name), re.escape(core)}, key=len, reverse=True))
    return {"own": own, "year": str(year), "last": str(year - 1)}


def _others(subject: Subject) -> tuple[str, ...]:
    """Places of the unit's sort that are none of its own."""
    found = OTHERS.get(subject.unit.name[-1:], OTHERS["县"])
    return tuple(name for code, name in found if code[:4] != subject.unit.id[:4])


def _with(report: Report, section: Section, text: str) -> Report:
    sections = tuple(replace(one, text=text) if one is section else one for one in report.sections)
    return replace(report, sections=sections)


def _found(subject: Subject, rules: Iterable[str]) -> set[tuple[str, str]]:
    view = View.of(subject)
    checks = [(rule, BY_ID[rule].check) for rule in rules]
    return {(rule, str(found)) for rule, check in checks if check for found in check(view)}


def tally(subjects: Iterable[Subject]) -> tuple[dict[str, list[int]], list[Planted]]:
    """By kind how many places there are and how many were found, and what was missed."""
    counts = {name: [0, 0] for name in kinds()}
    missed = []
    for subject in subjects:
        rules = {rule for kind in kinds().values() for rule in kind["rules"]}
        before = _found(subject, [r for r in rules if BY_ID[r].holds_for(subject.report.year)])
        for one in planted(subject):
            now = replace(subject, report=one.report, series=(one.report,))
            found = _found(now, kinds()[one.kind]["rules"]) - before
            counts[one.kind][0] += 1
            counts[one.kind][1] += bool(found)
            if not found:
                missed.append(one)
    return counts, missed


if __name__ == "__main__":
    from tests import devset

    for title, given in (
        ("here", devset.archive_reports()),
        ("all", [*devset.archive_reports(), *devset.corpus_reports()]),
    ):
        counts, missed = tally(subject for _, subject in given)
        for name, (places, found) in counts.items():
            share = f"{100 * found // places} %" if places else "-"
            print(title, name, f"{found} of {places}", share, sep=" | ")  # noqa: T201
        for one in missed if "-v" in sys.argv and title == "all" else ():
            print("  missed", one.kind, one.around.replace("\n", "/"), sep=" | ")  # noqa: T201
