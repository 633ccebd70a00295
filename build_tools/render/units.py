"""A unit -> the body of its page: its years, its figures over the years, its names and its kin."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from build_tools.archive import Entry
from build_tools.due import due
from build_tools.facts import lifetime
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
    """What else the page of a unit tells of: `known` names, by id, the kin that has a page.

    `merged`: the years in which a unit merged into this one. `due`: the last year whose reports had to be public.
    """

    known: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Sequence[Withdrawn] = ()
    merged: Collection[int] = ()
    due: int = 0


ALONE = Around()
"""A unit whose kin has no page, and of which nothing was withdrawn."""


def unit_page(
    unit: Unit,
    entries: Sequence[Entry],
    reports: Sequence[Report],
    chain: tuple[Division, ...],
    around: Around = ALONE,
) -> Page:
    """All years of a unit, newest first, those that are missing since the first, its figures, its names and its kin.

    `entries` and `reports` are of the same years, in order.
    """
    path = unit_path(unit.id)
    go = Links(path)
    marks = {gone.year: withdrawn_mark(go, gone) for gone in around.withdrawn}
    body = fill(
        "unit.html.jinja",
        unit=unit,
        above=go.above(chain),
        rows=_with_gaps(entries, marks, _until(unit, entries, around.due)),
        marks=marks,
        course=course(reports, around.merged),
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


def _due(unit: Unit, entries: Sequence[Entry]) -> list[tuple[str, str, bool]]:
    """Until when the unit's reports had to be public, on what ground, and whether the law says so; newest first."""
    found = {one: None for entry in reversed(entries) if (one := due(unit.kind, entry.year))}
    return [(f"{one.month}月{one.day}日", one.basis, one.binding) for one in found]


def _until(unit: Unit, entries: Sequence[Entry], past: int) -> int:
    """The last year that a report of the unit could be looked for, if it had to be public by now."""
    _, last = lifetime(unit, [entry.year for entry in entries])
    return past if last is None else min(last, past)


def _with_gaps(
    entries: Sequence[Entry], withdrawn: Iterable[int], until: int
) -> list[tuple[int, Entry | None]]:
    """Year and entry, newest first, from the first year there is to `until`; no entry where there is no report."""
    found = {entry.year: entry for entry in entries}
    years = {*found, *withdrawn}
    span = range(min(years), max(until, *years) + 1) if years else ()
    return [(year, found.get(year)) for year in reversed(span)]


def _printed(unit: Unit, reports: Sequence[Report]) -> list[tuple[str, list[int]]]:
    """Names that reports print and that are not the unit's present one, with the years that print them."""
    found: dict[str, list[int]] = {}
    for report in reports:
        if report.printed_unit and report.printed_unit != unit.name:
            found.setdefault(report.printed_unit, []).append(report.year)
    return list(found.items())
