"""Provinces, prefectures, counties -> bodies of their pages: what is filed, of whom it is not, sums by year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from build_tools.indicators import Indicator, indicators, summable
from build_tools.model import Division
from build_tools.render.cells import cells
from build_tools.render.coverage import STATES, Matrix
from build_tools.render.engine import fill
from build_tools.render.numbers import number
from build_tools.render.page import Links, Page, region_path
from build_tools.render.rolls import COVERAGE, list_lines
from build_tools.tally import Ledger, Tally

APART = (("81", "香港"), ("82", "澳门"), ("71", "台湾"))
"""Regions that a list of provinces which lacks them says it lacks."""

_STEPS = 4  # shades of a tile between nothing and all


@dataclass(frozen=True, slots=True)
class Region:
    """A province, prefecture or county with what the archive holds of it."""

    division: Division
    ledger: Ledger

    @property
    def units(self) -> int:
        return self.ledger.units.total()

    @property
    def reports(self) -> int:
        return sum(self.ledger.reports(year) for year in self.ledger.years)


@dataclass(frozen=True, slots=True)
class Covered:
    """How many of `units` units have a report on a year; `shade` is 0 for none, 4 for all, between for some."""

    reports: int
    units: int

    @property
    def shade(self) -> int:
        if not self.reports:
            return 0
        if self.reports >= self.units:
            return _STEPS
        return 1 + (_STEPS - 1) * self.reports // self.units


def covered(ledger: Ledger, year: int, peers: str = "") -> Covered:
    """How much of a region the archive has on a year, of these peers if some are named.

    A unit that reports though it should be gone counts as there.
    """
    reports = ledger.reports(year, peers)
    return Covered(reports, max(ledger.there(year, peers), reports))


def covered_in(ledger: Ledger, years: Iterable[int]) -> Covered:
    """The same of several years together: units count once for each."""
    parts = [covered(ledger, year) for year in years]
    return Covered(sum(part.reports for part in parts), sum(part.units for part in parts))


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum over `count` of `units` units that are peers."""

    text: str
    count: int
    units: int


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year of a region: how many of the peers there are, and sums over them."""

    year: int
    covered: Covered
    sums: tuple[Sum | None, ...]


@cache
def main_indicators() -> list[tuple[int, Indicator]]:
    """The few indicators that overviews show, with their places among all."""
    return [(at, indicator) for at, indicator in enumerate(indicators().values()) if indicator.main]


def year_lines(ledger: Ledger, peers: str) -> tuple[YearLine, ...]:
    """The years of a region, newest first; sums over units that are peers and count for themselves alone.

    A year in which they used several forms has sums only of indicators that are read alike in all of them.
    """
    return tuple(_year_line(ledger, year, peers) for year in sorted(ledger.years, reverse=True))


def _year_line(ledger: Ledger, year: int, peers: str) -> YearLine:
    held = covered(ledger, year, peers)
    sums = (_sum(ledger.years[year], peers, held.units, at, i) for at, i in main_indicators())
    return YearLine(year, held, tuple(sums))


def _sum(tally: Tally, peers: str, units: int, at: int, indicator: Indicator) -> Sum | None:
    found = {
        sort.form: spreads[at]
        for sort, spreads in tally.sorts.items()
        if sort.peers == peers and sort.scope == "self" and at in spreads and spreads[at].count
    }
    if not found or not summable(indicator, frozenset(found)):
        return None
    spreads = found.values()
    return Sum(
        number(sum(spread.total for spread in spreads)), sum(spread.count for spread in spreads), units
    )


def most_peers(ledger: Ledger) -> str:
    """The peers that most units of a region belong to."""
    counts: dict[str, int] = {}
    for life, count in ledger.units.items():
        counts[life.peers] = counts.get(life.peers, 0) + count
    return max(sorted(counts), key=counts.__getitem__, default="")


def regions_page(provinces: Sequence[Region]) -> Page:
    """Every province; those the archive has no unit of are named without a link."""
    path = region_path()
    years = sorted({year for region in provinces for year in region.ledger.years})
    body = fill(
        "regions.html.jinja",
        regions=[(region, covered_in(region.ledger, years)) for region in provinces],
        years=years,
        without=[name for code, name in APART if code not in {region.division.code for region in provinces}],
        go=Links(path),
    )
    return Page(path, "按地区查找", "按省、市、县查找政府信息公开工作年度报告。", body)


def region_page(chain: tuple[Division, ...], ledger: Ledger, below: Sequence[Region]) -> Page:
    """A province or prefecture (the last of `chain`) and the regions below it, by year."""
    division = chain[-1]
    path = region_path(division.code)
    go = Links(path)
    years = sorted(ledger.years, reverse=True)
    body = fill(
        "region.html.jinja",
        division=division,
        above=go.above(chain[:-1]),
        own=Region(division, ledger),
        regions=[(region, [covered(region.ledger, year) for year in years]) for region in below],
        years=years,
        latest=years[0] if years else None,
        listing_years=sorted(ledger.lists, reverse=True),
        listing=_listing(below, sorted(ledger.lists, reverse=True)),
        listed_by_year=list_lines(ledger.lists, {}),
        **_sums(ledger),
        go=go,
    )
    return Page(path, division.name, f"{_where(chain)}各地的政府信息公开工作年度报告。", body)


def _listing(below: Sequence[Region], years: Sequence[int]) -> list[tuple[str, list[Covered | None]]]:
    """The regions that have lists of who had to publish, with how much of each year's there is."""
    rows = ((region.division.name, region.ledger.lists) for region in below if region.ledger.lists)
    return [
        (name, [Covered(own[year].reports, own[year].units) if year in own else None for year in years])
        for name, own in rows
    ]


def county_page(chain: tuple[Division, ...], ledger: Ledger, matrix: Matrix) -> Page:
    """A county: its units by its years, with what stands there: a report, or that it was withdrawn."""
    division = chain[-1]
    path = region_path(division.code)
    go = Links(path)
    rows = matrix.lines()
    used = {mark.state for row in rows for _, mark in row.marks}
    body = fill(
        "county.html.jinja",
        division=division,
        above=go.above(chain[:-1]),
        years=matrix.years,
        listed=ledger.years,
        rows=rows,
        units=len(matrix.units),
        unlisted=matrix.unlisted(),
        reports=len(matrix.entries),
        csv=COVERAGE if matrix.years else "",
        listed_by_year=list_lines(ledger.lists, matrix.roll),
        legend=[said for state, said in STATES.items() if state in used],
        **_sums(ledger),
        go=go,
    )
    return Page(path, division.name, f"{_where(chain)}各单位历年政府信息公开工作年度报告。", body)


def _sums(ledger: Ledger) -> dict[str, object]:
    peers = most_peers(ledger)
    return {
        "peers": peers,
        "cells": cells(),
        "lines": year_lines(ledger, peers),
        "sums_of": [indicator for _, indicator in main_indicators()],
    }


def _where(chain: tuple[Division, ...]) -> str:
    return "".join(division.name for division in chain)
