"""A unit -> the body of its page: its years, its figures over the years, its names and its kin."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from build_tools.archive import Entry, gaps
from build_tools.due import due
from build_tools.former import Withdrawn
from build_tools.model import Division, Report, Unit
from build_tools.render.cells import cells
from build_tools.render.coverage import mark
from build_tools.render.engine import fill, kept
from build_tools.render.former import withdrawn_mark
from build_tools.render.page import Links, Page, unit_path
from build_tools.render.series import course


@dataclass(frozen=True, slots=True)
class Around:
    """What else the page of a unit tells of: `known` are the ids that have a page."""

    known: Container[str] = ()
    withdrawn: Sequence[Withdrawn] = ()


ALONE = Around()
"""A unit whose kin has no page, and of which nothing was withdrawn."""


def unit_page(
    unit: Unit,
    entries: Sequence[Entry],
    reports: Sequence[Report],
    chain: tuple[Division, ...],
    around: Around = ALONE,
) -> Page:
    """All years of a unit, newest first, the years missing between, its figures, its names and its kin.

    `entries` and `reports` are of the same years, in order.
    """
    path = unit_path(unit.id)
    go = Links(path)
    marks = {gone.year: withdrawn_mark(go, gone) for gone in around.withdrawn}
    body = fill(
        "unit.html.jinja",
        unit=unit,
        above=go.above(chain),
        rows=_with_gaps(entries, marks),
        marks=marks,
        course=course(reports),
        cells=cells(),
        published={entry.year: mark(entry) for entry in entries},
        due=_due(unit, entries),
        printed=_printed(unit, reports),
        notes=kept("entries.html.jinja", "notes"),
        count=len(entries),
        known=around.known,
        go=go,
    )
    where = "".join(division.name for division in chain)
    return Page(
        path, unit.name, f"{where}{unit.name}历年政府信息公开工作年度报告，共 {len(entries)} 份。", body
    )


def _due(unit: Unit, entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """Until when the unit's reports had to be public, and on what ground; the newest first."""
    found = {one: None for entry in reversed(entries) if (one := due(unit.kind, entry.year))}
    return [(f"{one.month}月{one.day}日", one.basis) for one in found]


def _with_gaps(entries: Sequence[Entry], withdrawn: Iterable[int]) -> list[tuple[int, Entry | None]]:
    """Year and entry, newest first; no entry for a year that is missing between two others or was withdrawn."""
    years = {*(entry.year for entry in entries), *withdrawn}
    found: dict[int, Entry | None] = dict.fromkeys([*years, *gaps(tuple(years))])
    found.update((entry.year, entry) for entry in entries)
    return sorted(found.items(), key=lambda item: -item[0])


def _printed(unit: Unit, reports: Sequence[Report]) -> list[tuple[str, list[int]]]:
    """Names that reports print and that are not the unit's present one, with the years that print them."""
    found: dict[str, list[int]] = {}
    for report in reports:
        if report.printed_unit and report.printed_unit != unit.name:
            found.setdefault(report.printed_unit, []).append(report.year)
    return list(found.items())
