"""A year, in the country or in a region -> the body of its page: reports or the regions below, sums, rankings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_tools.archive import Entry, Register
from build_tools.facts import Figure, ReportFacts
from build_tools.model import Division
from build_tools.render.cells import cells
from build_tools.render.charts import SAID, WORDS
from build_tools.render.engine import fill, kept
from build_tools.render.numbers import number
from build_tools.render.page import Links, Page, year_path
from build_tools.render.regions import Region, covered, main_indicators
from build_tools.render.series import ABSENT, Value
from build_tools.render.totals import sheets
from build_tools.spread import FEW
from build_tools.tally import Ledger

LISTED = 300
"""A year with more reports than this lists regions instead of reports."""


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
class Share:
    """A region, or with an empty chain the country, in a year.

    `counties` are those that have reports, `below` the regions next below. A county has none below; of its
    reports it has the `figures`.
    """

    chain: tuple[Division, ...]
    ledger: Ledger
    counties: Sequence[CountyYear]
    below: Sequence[Region] = ()
    figures: Sequence[ReportFacts] = ()

    @property
    def code(self) -> str:
        return self.chain[-1].code if self.chain else ""


def years_page(ledger: Ledger) -> Page:
    """Every year with the number of its reports, newest first."""
    path = "years/"
    counts = [(year, covered(ledger, year)) for year in sorted(ledger.years, reverse=True)]
    body = fill("years.html.jinja", counts=counts, go=Links(path))
    return Page(path, "按年度查找", "按报告年度查找政府信息公开工作年度报告。", body)


def year_page(year: int, share: Share, years: Sequence[int], register: Register) -> Page:
    """A year in a region or in the country: its reports or, where they are too many, the regions that have some."""
    path = year_path(year, share.code)
    go = Links(path)
    total = sum(county.reports for county in share.counties)
    tiles = [(region, covered(region.ledger, year)) for region in share.below]
    body = fill(
        "year.html.jinja",
        year=year,
        years=sorted(years, reverse=True),
        groups=list(_by_region(share.counties)),
        covered=covered(share.ledger, year),
        notes=kept("entries.html.jinja", "notes"),
        listed=total <= LISTED,
        tiles=[(region, tile) for region, tile in tiles if tile.units],
        sheets=sheets(share.ledger, year, register, share.chain),
        few=FEW,
        cells=cells(),
        figures=[(facts.entry, _figures(facts)) for facts in share.figures],
        figures_of=[indicator for _, indicator in main_indicators()],
        region=share.chain[-1] if share.chain else None,
        above=go.above(share.chain) if share.chain else "",
        go=go,
    )
    where = "".join(division.name for division in share.chain)
    title = f"{year}年度 {share.chain[-1].name}" if share.chain else f"{year}年度"
    description = f"{where}{year}年度政府信息公开工作年度报告，收录 {total} 份，按地区排列，附合计和排名。"
    return Page(path, title, description, body)


def _figures(facts: ReportFacts) -> list[Value]:
    """The main figures of a report."""
    return [_figure(facts.figures[at]) for at, _ in main_indicators()]


def _figure(figure: Figure | None) -> Value:
    if figure is None:
        return ABSENT
    if figure.value is None:
        return Value(WORDS[figure.state], figure.state.value, SAID[figure.state])
    return Value(number(figure.value), figure.state.value)


def _by_region(counties: Sequence[CountyYear]) -> Iterator[tuple[tuple[Division, ...], list[CountyYear]]]:
    """Counties in the order of their codes, gathered by prefecture."""
    groups: dict[str, tuple[tuple[Division, ...], list[CountyYear]]] = {}
    for county in sorted(counties, key=lambda c: c.code):
        above = county.chain[:-1]
        key = above[-1].code if above else ""
        groups.setdefault(key, (above, []))[1].append(county)
    yield from groups.values()
