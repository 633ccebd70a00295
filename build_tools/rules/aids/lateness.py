"""How late a report was published, by the day that law or custom gives its sort of unit."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.due import Timing, timing
from build_tools.finding import Problem
from build_tools.rules.view import View

HINT = "核对公布日期，抄错了就改正；确是那天公布的，照录，在“确认”里写明理由。"


def late_department(view: View) -> Iterator[Problem]:
    """Of a department, by law; of a town, where no law names a day, weakly."""
    found = _timing(view)
    if found and found.due.last is None and not _of_government(view, found):
        yield from _problem(found)


def late_government(view: View) -> Iterator[Problem]:
    """Of a government that the law names."""
    found = _timing(view)
    if found and found.due.last is None and _of_government(view, found):
        yield from _problem(found)


def late_earlier(view: View) -> Iterator[Problem]:
    """Of any unit, by the law that is no longer in force."""
    found = _timing(view)
    if found and found.due.last is not None:
        yield from _problem(found)


def _timing(view: View) -> Timing | None:
    return timing(view.unit.kind, view.report.year, view.report.published)


def _of_government(view: View, found: Timing) -> bool:
    return view.unit.kind.government and found.due.binding


def _problem(found: Timing) -> Iterator[Problem]:
    if found.late:
        when = "最迟应在" if found.due.binding else "一般在"
        message = (
            f"公布日期 {found.published}，{when} {found.on} 前公布，晚 {found.late} 天（{found.due.basis}）"
        )
        yield Problem(("公布日期",), message, HINT, weak=not found.due.binding)
