"""What a feed tells of a report: when it was last changed, and how. Values small enough to be kept by the dozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from build_tools.former import Withdrawn
from build_tools.history import Change, last, said
from build_tools.model import Report

MOST = 50
"""How many reports a feed tells of."""


class News(NamedTuple):
    """A report as feeds tell of it. `updated` is a time in UTC; `told` a sentence, empty where nothing is known."""

    unit: str
    name: str
    year: int
    title: str
    updated: str
    told: str


def news_of(report: Report, name: str, changes: Sequence[Change]) -> News:
    """The newest of a report of the unit called `name`: its last change, or when it was taken from its source.

    Where neither is known, the day it was published; or else the first on which there could be such a report.
    """
    if change := last(changes):
        told = f"{change.author}：{said(change)}。{change.why}"
        return News(report.unit, name, report.year, report.title, change.at, told)
    day = report.origin.captured or report.published or f"{report.year + 1:04}-01-01"
    return News(report.unit, name, report.year, report.title, f"{day}T00:00:00Z", "")


def withdrawn_title(name: str, year: int) -> str:
    """What is said in the place of a withdrawn report of the unit called `name`: neither its title nor why."""
    return f"{name}{year}年度报告已撤下"


def news_of_withdrawn(gone: Withdrawn, name: str, changes: Sequence[Change]) -> News:
    """The last of a report of the unit called `name`: that it was withdrawn, and on which day.

    It is the newest of the report whatever was told of it before: of the same day, or in a history with other clocks.
    """
    at = f"{gone.date}T00:00:00Z"
    if change := last(changes):
        at = max(at, change.at)
    return News(gone.unit, name, gone.year, withdrawn_title(name, gone.year), at, f"{gone.date} 已撤下。")


def newest(news: Iterable[News]) -> tuple[News, ...]:
    """The newest few, the newest first; of the same moment in the order of units and years."""
    ordered = sorted(news, key=lambda one: (one.unit, -one.year))
    return tuple(sorted(ordered, key=lambda one: one.updated, reverse=True)[:MOST])
