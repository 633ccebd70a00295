"""The provinces -> the pages above them: years, regions, quality, home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from build_tools.archive import PROVINCE, Entry, Register
from build_tools.news import News, newest
from build_tools.publish.provinces import LATEST, ProvinceTold
from build_tools.publish.summary import Above
from build_tools.quality import Quality
from build_tools.render.pages import (
    LISTED,
    CountyYear,
    Page,
    Region,
    Share,
    Totals,
    home_fill,
    quality_page,
    regions_page,
    year_page,
    years_page,
)
from build_tools.tally import Ledger


class Country:
    """The country while its provinces are taken in, in the order of their codes."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.provinces: list[str] = []
        self.counties: list[str] = []
        self._ledgers: dict[str, Ledger] = {}
        self._ledger = Ledger()
        self._found: dict[str, Quality] = {}
        self._shares: dict[int, list[CountyYear]] = {}
        self._latest: dict[int, tuple[Entry, ...]] = {}
        self.news: tuple[News, ...] = ()

    @property
    def years(self) -> list[int]:
        """The years that have reports, in order."""
        return sorted(self._ledger.years)

    @property
    def reports(self) -> int:
        """All reports of the archive."""
        return sum(self.by_year.values())

    @property
    def units(self) -> int:
        """All units of the archive."""
        return self._ledger.units.total()

    @property
    def by_year(self) -> Mapping[int, int]:
        """Reports by year."""
        return {year: self._ledger.reports(year) for year in sorted(self._ledger.years)}

    @property
    def regions(self) -> list[Region]:
        """Every province, also those the archive has nothing of."""
        codes = [code for code in sorted(self.register) if len(code) == PROVINCE]
        return [Region(self.register[code], self._ledgers.get(code, Ledger())) for code in codes]

    def add(self, province: ProvinceTold) -> None:
        """Take in a province."""
        self.provinces.append(province.code)
        self._ledgers[province.code] = province.ledger
        self._ledger.add(province.ledger)
        self.counties += province.counties
        self._found[province.code] = province.found
        self.news = newest((*self.news, *province.news))
        for year, shares in province.shares.items():
            self._shares.setdefault(year, []).extend(shares)
            if self._ledger.reports(year) > LISTED:  # then its page lists counties
                self._shares[year] = [replace(share, entries=()) for share in self._shares[year]]
            self._latest[year] = (*self._latest.get(year, ()), *province.latest[year])[:LATEST]

    def pages(self) -> Iterator[Page]:
        """The pages of years and of all provinces."""
        yield years_page(self._ledger)
        years = sorted(self._ledger.years)
        below = [
            Region(self.register[code], own) for code, own in self._ledgers.items() if code in self.register
        ]
        for year in years:
            yield year_page(year, Share((), self._ledger, self._shares[year], below), years, self.register)
        yield self._quality()
        yield regions_page(self.regions)

    def _quality(self) -> Page:
        own = Quality()
        for found in self._found.values():
            own.add(found)
        return quality_page(
            (), own, [(self.register[c], f) for c, f in self._found.items() if c in self.register]
        )

    @property
    def above(self) -> Above:
        """What the search page and people are told of the archive."""
        provinces = tuple(self.register[code] for code in self.provinces if self._ledgers[code].units)
        return Above(provinces, tuple(sorted(self._ledger.years)), self.units, self.reports)

    def home(self) -> Mapping[str, str]:
        """The fillings of the home page."""
        years = self.by_year
        latest = self._latest[max(years)] if years else ()
        return home_fill(Totals(self.reports, self.units, len(self.counties), years, latest))
