"""What is kept of each county while the archive streams by, and the pages that are made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from build_tools.archive import COUNTY, LEVELS, PROVINCE, Entry, Register, chain
from build_tools.finding import Finding
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
            self._units.update(unit[:n] for n in LEVELS)
        for year, share in done.years:
            self._share(year, share)

    def _share(self, year: int, share: CountyYear) -> None:
        self.years[year] += share.reports
        self._reports.update({share.code[:n]: share.reports for n in LEVELS})
        latest = self._latest.get(year, ())
        self._latest[year] = (*latest, *share.entries)[:_LATEST]
        shares = self._shares.setdefault(year, [])
        shares.append(share)
        if self.years[year] > LISTED and any(s.entries for s in shares):
            shares[:] = [replace(s, entries=()) for s in shares]

    def pages(self) -> Iterator[Page]:
        """The pages of years and of regions above the county."""
        yield years_page(self.years)
        for year, shares in sorted(self._shares.items()):
            yield year_page(year, shares, sorted(self.years))
        yield regions_page([self._region(code) for code in sorted(self.register) if len(code) == PROVINCE])
        for code in sorted(code for code in self._units if len(code) < COUNTY):
            below = [c for c in sorted(self._units) if len(c) == len(code) + 2 and c.startswith(code)]
            yield region_page(chain(self.register, code), [self._region(c) for c in below])

    def home(self) -> Mapping[str, str]:
        """The fillings of the home page."""
        counties = sum(len(code) == COUNTY for code in self._units)
        latest = self._latest[max(self.years)] if self.years else ()
        return home_fill(Totals(self.reports, self.units, counties, dict(self.years), latest))

    def _region(self, code: str) -> Region:
        return Region(self.register[code], self._units[code], self._reports[code])
