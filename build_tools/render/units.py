"""A unit -> the body of its page: its years, its figures over the years, its names and its kin."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from build_tools.archive import Entry
from build_tools.due import due, past_due
from build_tools.expected import Expected, Roll
from build_tools.facts import UnitFacts, lifetime
from build_tools.former import Withdrawn
from build_tools.model import Division, Report, Unit
from build_tools.render.cells import cells
from build_tools.render.coverage import Mark, known_of, mark, marked
from build_tools.render.engine import fill, kept
from build_tools.render.former import withdrawn_mark
from build_tools.render.page import Links, Page, unit_path
from build_tools.render.series import course
from build_tools.standing import standing


@dataclass(frozen=True, slots=True)
class Around:
    """What else the page of a unit tells of: `known` names, by id, the kin that has a page.

    `merged`: the years in which a unit merged into this one. `now`: the current year. `roll`: the county's list of
    those that had to publish.
    """

    known: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Sequence[Withdrawn] = ()
    merged: Collection[int] = ()
    now: int = 0
    roll: Roll = field(default_factory=dict)

    def listed(self, unit: str) -> dict[int, Expected]:
        """The lines of the list that name a unit, by year."""
        return {year: own[unit] for year, own in self.roll.items() if unit in own}


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
    listed = around.listed(unit.id)
    rows = _with_gaps(entries, {*marks, *listed}, _until(unit, entries, past_due(around.now)))
    body = fill(
        "unit.html.jinja",
        unit=unit,
        above=go.above(chain),
        rows=rows,
        marks=marks,
        gaps=_gaps(unit, [year for year, entry in rows if not entry], around),
        course=course(reports, around.merged),
        cells=cells(),
        published={entry.year: mark(entry, listed.get(entry.year)) for entry in entries},
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


def _gaps(unit: Unit, years: Iterable[int], around: Around) -> dict[int, Mark]:
    """What the county's list says of years without a report, where it has one."""
    facts = UnitFacts(unit.id, unit.kind.id)
    found = known_of(facts, [year for year in years if year in around.roll], {}, (), around.roll)
    return {known.year: marked(standing(known, around.now), known) for known in found}


def _due(unit: Unit, entries: Sequence[Entry]) -> list[tuple[str, str, bool]]:
    """Until when the unit's reports had to be public, on what ground, and whether the law says so; newest first."""
    found = {one: None for entry in reversed(entries) if (one := due(unit.kind, entry.year))}
    return [(f"{one.month}月{one.day}日", one.basis, one.binding) for one in found]


def _until(unit: Unit, entries: Sequence[Entry], past: int) -> int:
    """The last year that a report of the unit could be looked for, if it had to be public by now."""
    _, last = lifetime(unit, [entry.year for entry in entries])
    return past if last is None else min(last, past)


def _with_gaps(entries: Sequence[Entry], others: Iterable[int], until: int) -> list[tuple[int, Entry | None]]:
    """Year and entry, newest first, from the first year there is to `until`; no entry where there is no report.

    `others` are years of which there is something else to tell.
    """
    found = {entry.year: entry for entry in entries}
    years = {*found, *others}
    span = range(min(years), max(until, *years) + 1) if years else ()
    return [(year, found.get(year)) for year in reversed(span)]


def _printed(unit: Unit, reports: Sequence[Report]) -> list[tuple[str, list[int]]]:
    """Names that reports print and that are not the unit's present one, with the years that print them."""
    found: dict[str, list[int]] = {}
    for report in reports:
        if report.printed_unit and report.printed_unit != unit.name:
            found.setdefault(report.printed_unit, []).append(report.year)
    return list(found.items())
