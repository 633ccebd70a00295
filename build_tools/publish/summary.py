"""What is kept of each county while the archive streams by, and the pages that are made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from build_tools.archive import COUNTY, PROVINCE, Entry, Register, chain, folder_chain, regions
from build_tools.finding import Finding
from build_tools.model import Division
from build_tools.render.pages import (
    LISTED,
    CountyYear,
    Page,
    Region,
    Totals,
    home_fill,
    region_page,
    regions_page,
    year_page,
    years_page,
)

_LATEST = 8  # reports of the newest year named on the home page


@dataclass(frozen=True, slots=True)
class Done:
    """A county that was published: its units, its share of each year; or the errors that stopped it."""

    units: tuple[str, ...]
    years: tuple[tuple[int, CountyYear], ...]
    errors: tuple[Finding, ...]


class Summary:
    """Counts per county and year. Entries are kept only of years that still fit on one page."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.errors: list[Finding] = []
        self.years: Counter[int] = Counter()
        self._units: Counter[str] = Counter()
        self._reports: Counter[str] = Counter()
        self._shares: dict[int, list[CountyYear]] = {}
        self._latest: dict[int, tuple[Entry, ...]] = {}

    @property
    def reports(self) -> int:
        """All reports of the archive."""
        return self.years.total()

    @property
    def units(self) -> int:
        """All units of the archive."""
        return sum(count for code, count in self._units.items() if len(code) == PROVINCE)

    def add(self, done: Done) -> None:
        """Take in a county."""
        self.errors.extend(done.errors)
        for unit in done.units:
            self._units.update(regions(unit))
        for year, share in done.years:
            self._share(year, share)

    def _share(self, year: int, share: CountyYear) -> None:
        self._latest[year] = (*self._latest.get(year, ()), *share.entries)[:_LATEST]
        self._reports.update(dict.fromkeys(regions(share.code), share.reports))
        shares = self._shares.setdefault(year, [])
        fitted = self.years[year] <= LISTED
        self.years[year] += share.reports
        if self.years[year] > LISTED:
            share = replace(share, entries=())
            if fitted:  # until now: the page has just become one of counties
                shares[:] = [replace(s, entries=()) for s in shares]
        shares.append(share)

    def pages(self) -> Iterator[Page]:
        """The pages of years and of regions above the county."""
        yield years_page(self.years)
        for year, shares in sorted(self._shares.items()):
            yield year_page(year, shares, sorted(self.years))
        yield regions_page([self._region(code) for code in sorted(self.register) if len(code) == PROVINCE])
        below: dict[str, list[Region]] = {}
        for code in sorted(code for code in self._units if len(code) > PROVINCE):
            below.setdefault(regions(code)[-2], []).append(self._region(code))
        for code, inside in sorted(below.items()):
            yield region_page(chain(self.register, code), inside)

    def provinces(self) -> list[Division]:
        """The provinces that have units."""
        return [self.register[code] for code in sorted(self._units) if len(code) == PROVINCE]

    def home(self) -> Mapping[str, str]:
        """The fillings of the home page."""
        counties = sum(len(code) == COUNTY for code in self._units)
        latest = self._latest[max(self.years)] if self.years else ()
        return home_fill(Totals(self.reports, self.units, counties, dict(self.years), latest))

    def _region(self, code: str) -> Region:
        division = self.register.get(code) or folder_chain(self.register, code)[-1]
        return Region(division, self._units[code], self._reports[code])
