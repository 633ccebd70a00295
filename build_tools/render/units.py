"""A unit -> the body of its page: its years, its figures over the years, its names and its kin."""

from __future__ import annotations

from collections.abc import Container, Sequence

from build_tools.archive import Entry, gaps
from build_tools.model import Division, Report, Unit
from build_tools.render.cells import cells
from build_tools.render.engine import fill, kept
from build_tools.render.page import Links, Page, unit_path
from build_tools.render.series import course


def unit_page(
    unit: Unit,
    entries: Sequence[Entry],
    reports: Sequence[Report],
    chain: tuple[Division, ...],
    known: Container[str] = (),
) -> Page:
    """All years of a unit, newest first, the years missing between, its figures, its names and its kin.

    `entries` and `reports` are of the same years, in order. `known` are the ids that have a page.
    """
    path = unit_path(unit.id)
    go = Links(path)
    body = fill(
        "unit.html.jinja",
        unit=unit,
        above=go.above(chain),
        rows=_with_gaps(entries),
        course=course(reports),
        cells=cells(),
        printed=_printed(unit, reports),
        notes=kept("entries.html.jinja", "notes"),
        count=len(entries),
        known=known,
        go=go,
    )
    where = "".join(division.name for division in chain)
    return Page(
        path, unit.name, f"{where}{unit.name}历年政府信息公开工作年度报告，共 {len(entries)} 份。", body
    )


def _with_gaps(entries: Sequence[Entry]) -> list[tuple[int, Entry | None]]:
    """Year and entry, newest first; no entry for a year that is missing between two others."""
    found: dict[int, Entry | None] = dict.fromkeys(gaps(tuple(e.year for e in entries)))
    found.update((entry.year, entry) for entry in entries)
    return sorted(found.items(), key=lambda item: -item[0])


def _printed(unit: Unit, reports: Sequence[Report]) -> list[tuple[str, list[int]]]:
    """Names that reports print and that are not the unit's present one, with the years that print them."""
    found: dict[str, list[int]] = {}
    for report in reports:
        if report.printed_unit and report.printed_unit != unit.name:
            found.setdefault(report.printed_unit, []).append(report.year)
    return list(found.items())
