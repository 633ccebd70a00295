"""The sentences on a report, in lines by what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from build_tools.archive import Subject
from build_tools.brief.figures import Figures
from build_tools.brief.others import disclosed, disputes
from build_tools.brief.requests import faults, handled, received
from build_tools.brief.since import changed
from build_tools.brief.words import Said


class Line(NamedTuple):
    """Sentences under a word that says what they are about."""

    about: str
    said: tuple[Said, ...]


def brief(subject: Subject, figures: Figures, before: Figures | None) -> tuple[Line, ...]:
    """What the figures of a report say; `before` are those of the year before, where it is in the archive."""
    if not figures.read:
        return (Line("数目", tuple(_without(len(subject.report.figures)))),)
    report = subject.report
    year = f"{report.year}年{'连同所属单位' if report.scope == 'aggregated' else ''}"
    lines: tuple[tuple[str, Iterable[Said]], ...] = (
        ("申请", received(figures, year)),
        ("办理", (*handled(figures), *faults(figures))),
        ("复议诉讼", disputes(figures)),
        ("主动公开", disclosed(figures)),
        ("同上年比", changed(subject, figures, before)),
    )
    found = ((about, tuple(said)) for about, said in lines)
    return tuple(Line(about, said) for about, said in found if said)


def _without(quoted: int) -> Iterator[Said]:
    """What can be said of a report without official tables, `quoted` figures of whose prose are listed."""
    yield Said("这份报告没有统一格式的表格，本档案不从文字里推算数目")
    if quoted:
        yield Said(f"正文里说到的{quoted}个数，列在“正文中的数据”")
