"""How the figures that are asked for first have changed since the year before, or why that cannot be said."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.archive import Subject
from build_tools.brief.figures import Figures
from build_tools.brief.words import Said, count, odds
from build_tools.indicators import comparable, indicators

FIRST = ("new", "granted", "denied", "reviews", "suits")
"""What is told in words; all the rest stands in the table of changes."""


def changed(subject: Subject, figures: Figures, before: Figures | None) -> Iterator[Said]:
    """The change against the year before, in a sentence or two."""
    year = subject.report.year - 1
    if before is None:
        yield Said(f"本档案尚未收录{year}年度的报告，不能同上年比")
    elif subject.lineage_changed:
        yield Said("这一年有单位并入，上年的数不是同一个范围，不比")
    elif before.report.scope != subject.report.scope:
        yield Said("两年的统计范围不同，一年只算本机关，一年汇总了所属单位，不比")
    elif not before.read:
        yield Said("上年的报告没有统一格式的表格，不能比")
    else:
        yield from _told(figures, before)


def _told(figures: Figures, before: Figures) -> Iterator[Said]:
    known = indicators()
    both = [id_ for id_ in FIRST if id_ in figures.numbers and id_ in before.numbers]
    both = [id_ for id_ in both if comparable(known[id_], figures.read[id_], before.read[id_])]
    moved = [_moved(figures, before, id_) for id_ in both if figures.numbers[id_] != before.numbers[id_]]
    other = _forms(figures) != _forms(before)
    if moved:
        yield Said("，".join(moved))
    elif both:
        labels = "、".join(known[id_].label for id_ in both)
        yield Said(f"{labels}{'都' if len(both) > 1 else ''}同上年一样")
    elif other:
        yield Said("两年的格式不同，没有可以比的数")
    if other and both:
        yield Said("两年的格式不同，只比意思相同的数")
    if odd := before.odd(id_ for id_ in FIRST if id_ in figures.numbers):
        yield Said(f"上年报告的{odds(odd)}，不能比")


def _moved(figures: Figures, before: Figures, id_: str) -> str:
    one, now, then = indicators()[id_], figures.numbers[id_], before.numbers[id_]
    return f"{one.label}由{count(then)}{'增到' if now > then else '减到'}{count(now)}"


def _forms(figures: Figures) -> set[str]:
    return {reading.form for reading in figures.read.values()}
