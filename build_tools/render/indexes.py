"""Units, regions, years and the home page -> bodies of the pages that lead to reports.

Everything here works on counts and on short lists of entries: a worker that streams one county at a time
needs to keep no more than these.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools.archive import Entry, by_year, gaps
from build_tools.model import Division, Unit
from build_tools.render.engine import fill, kept
from build_tools.render.page import Links, Page, region_path, unit_path, year_path

LISTED = 300
"""A year with more reports than this lists counties instead of reports."""


@dataclass(frozen=True, slots=True)
class Region:
    """A province, prefecture or county with what the archive holds of it."""

    division: Division
    units: int = 0
    reports: int = 0


@dataclass(frozen=True, slots=True)
class CountyYear:
    """A county's share of a year. `entries` may stay empty when the year has more than `LISTED` reports."""

    chain: tuple[Division, ...]
    reports: int
    entries: tuple[Entry, ...] = ()

    @property
    def code(self) -> str:
        return self.chain[-1].code if self.chain else ""


@dataclass(frozen=True, slots=True)
class Totals:
    """What the home page tells of the archive. `newest` is the newest year; `latest` some of its reports."""

    reports: int
    units: int
    counties: int
    years: Mapping[int, int]
    latest: tuple[Entry, ...] = ()

    @property
    def newest(self) -> int | None:
        return max(self.years, default=None)


def unit_page(
    unit: Unit, entries: Sequence[Entry], chain: tuple[Division, ...], known: Container[str] = ()
) -> Page:
    """All years of a unit, newest first, the years missing between, its names and its kin.

    `known` are the ids that have a page.
    """
    path = unit_path(unit.id)
    go = Links(path)
    rows = _with_gaps(entries)
    body = fill(
        "unit.html.jinja",
        unit=unit,
        above=go.above(chain),
        rows=rows,
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


def regions_page(provinces: Sequence[Region]) -> Page:
    """Every province; those the archive has nothing of are named without a link."""
    path = region_path()
    body = fill("regions.html.jinja", regions=provinces, go=Links(path))
    return Page(path, "按地区查找", "按省、市、县查找政府信息公开工作年度报告。", body)


def region_page(chain: tuple[Division, ...], below: Sequence[Region]) -> Page:
    """A province or prefecture (the last of `chain`) and the regions below it."""
    division = chain[-1]
    path = region_path(division.code)
    go = Links(path)
    body = fill("region.html.jinja", division=division, above=go.above(chain[:-1]), regions=below, go=go)
    return Page(path, division.name, f"{_where(chain)}各地的政府信息公开工作年度报告。", body)


def county_page(chain: tuple[Division, ...], units: Sequence[Unit], entries: Sequence[Entry]) -> Page:
    """A county: its units by its years."""
    division = chain[-1]
    path = region_path(division.code)
    go = Links(path)
    years = sorted({entry.year for entry in entries}, reverse=True)
    have = {(entry.unit, entry.year): entry for entry in entries}
    rows = [
        (unit, [have.get((unit.id, year)) for year in years]) for unit in sorted(units, key=lambda u: u.id)
    ]
    body = fill(
        "county.html.jinja",
        division=division,
        above=go.above(chain[:-1]),
        years=years,
        rows=rows,
        reports=len(entries),
        go=go,
    )
    return Page(path, division.name, f"{_where(chain)}各单位历年政府信息公开工作年度报告。", body)


def years_page(counts: Mapping[int, int]) -> Page:
    """Every year with the number of its reports, newest first."""
    path = "years/"
    body = fill("years.html.jinja", counts=sorted(counts.items(), reverse=True), go=Links(path))
    return Page(path, "按年度查找", "按报告年度查找政府信息公开工作年度报告。", body)


def year_page(year: int, counties: Sequence[CountyYear], years: Sequence[int]) -> Page:
    """The reports of a year by region, or, where they are too many, the counties that have some."""
    path = year_path(year)
    total = sum(county.reports for county in counties)
    body = fill(
        "year.html.jinja",
        year=year,
        years=sorted(years, reverse=True),
        groups=list(_by_region(counties)),
        total=total,
        notes=kept("entries.html.jinja", "notes"),
        listed=total <= LISTED,
        county=None,
        above="",
        go=Links(path),
    )
    description = f"{year}年度政府信息公开工作年度报告，收录 {total} 份，按地区排列。"
    return Page(path, f"{year}年度", description, body)


def year_county_page(year: int, county: CountyYear) -> Page:
    """The reports of one county on a year too large for one page."""
    path = year_path(year, county.code)
    go = Links(path)
    body = fill(
        "year.html.jinja",
        year=year,
        years=(),
        groups=[(county.chain[:-1], [county])],
        total=county.reports,
        notes=kept("entries.html.jinja", "notes"),
        listed=True,
        county=county.chain[-1],
        above=go.above(county.chain),
        go=go,
    )
    name = county.chain[-1].name
    return Page(
        path, f"{year}年度 {name}", f"{_where(county.chain)}{year}年度政府信息公开工作年度报告。", body
    )


def home_fill(totals: Totals) -> Mapping[str, str]:
    """What stands in the home page's `<div data-fill="…"></div>`, by name; links are for the home page."""
    go = Links("")
    newest = by_year(totals.latest).get(totals.newest or 0, [])
    return {
        name: fill(f"home_{name}.html.jinja", totals=totals, newest=newest, go=go)
        for name in ("summary", "newest", "years")
    }


def _by_region(counties: Sequence[CountyYear]) -> Iterator[tuple[tuple[Division, ...], list[CountyYear]]]:
    """Counties in the order of their codes, gathered by prefecture."""
    groups: dict[str, tuple[tuple[Division, ...], list[CountyYear]]] = {}
    for county in sorted(counties, key=lambda c: c.code):
        above = county.chain[:-1]
        key = above[-1].code if above else ""
        groups.setdefault(key, (above, []))[1].append(county)
    yield from groups.values()


def _where(chain: tuple[Division, ...]) -> str:
    return "".join(division.name for division in chain)
