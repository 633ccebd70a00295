"""What a feed tells of a report: when it was last changed, and how. Values small enough to be kept by the dozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

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


def newest(news: Iterable[News]) -> tuple[News, ...]:
    """The newest few, the newest first; of the same moment in the order of units and years."""
    ordered = sorted(news, key=lambda one: (one.unit, -one.year))
    return tuple(sorted(ordered, key=lambda one: one.updated, reverse=True)[:MOST])
