"""What is kept of each county while the archive streams by, and the pages that are made of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace

from build_tools.archive import COUNTY, PROVINCE, Entry, Register, by_year, chain, folder_chain, regions
from build_tools.finding import Finding, finding_of
from build_tools.model import Division
from build_tools.records import as_line
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
    """What the lists need to know of a county: its units and reports; and the errors that nobody acknowledged."""

    code: str
    units: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    errors: tuple[Finding, ...] = ()

    def told(self) -> str:
        """The same as one line of JSON."""
        data = [self.code, self.units, [astuple(e) for e in self.entries], [astuple(e) for e in self.errors]]
        return as_line(data)


def heard(told: str) -> Done:
    """What `told` told."""
    code, units, entries, errors = json.loads(told)
    return Done(code, tuple(units), tuple(Entry(*e) for e in entries), tuple(finding_of(e) for e in errors))


@dataclass(frozen=True, slots=True)
class Above:
    """The provinces that have units, the years that have reports, and how many units and reports there are."""

    provinces: tuple[Division, ...]
    years: tuple[int, ...]
    units: int
    reports: int

    def told(self) -> str:
        """The same as one line of JSON."""
        codes = [division.code for division in self.provinces]
        return json.dumps([codes, self.years, self.units, self.reports])

    @classmethod
    def heard(cls, told: str, register: Register) -> Above:
        """What `told` told."""
        codes, years, units, reports = json.loads(told)
        return cls(tuple(register[code] for code in codes), tuple(years), units, reports)


def shares(register: Register, done: Done) -> Iterator[tuple[int, CountyYear]]:
    """The county's share of each year."""
    for year, own in sorted(by_year(done.entries).items()):
        yield year, CountyYear(folder_chain(register, done.code), len(own), tuple(own))


class Summary:
    """Counts per county and year. Entries are kept only of years that still fit on one page."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.counties: list[str] = []
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
        self.counties.append(done.code)
        for unit in done.units:
            self._units.update(regions(unit))
        for year, share in shares(self.register, done):
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
        for code, inside in sorted(self.below().items()):
            yield region_page(chain(self.register, code), inside) if code else regions_page(inside)

    def below(self) -> Mapping[str, Sequence[Region]]:
        """The regions directly below each province and prefecture that has some; under "" all provinces."""
        found = {"": [self._region(code) for code in sorted(self.register) if len(code) == PROVINCE]}
        for code in sorted(code for code in self._units if len(code) > PROVINCE):
            found.setdefault(regions(code)[-2], []).append(self._region(code))
        return found

    @property
    def above(self) -> Above:
        """What the search page and people are told of the archive."""
        codes = [code for code in sorted(self._units) if len(code) == PROVINCE]
        provinces = tuple(self.register[code] for code in codes)
        return Above(provinces, tuple(sorted(self.years)), self.units, self.reports)

    def home(self) -> Mapping[str, str]:
        """The fillings of the home page."""
        counties = sum(len(code) == COUNTY for code in self._units)
        latest = self._latest[max(self.years)] if self.years else ()
        return home_fill(Totals(self.reports, self.units, counties, dict(self.years), latest))

    def _region(self, code: str) -> Region:
        division = self.register.get(code) or folder_chain(self.register, code)[-1]
        return Region(division, self._units[code], self._reports[code])
