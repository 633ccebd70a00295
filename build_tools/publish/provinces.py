"""The counties of a province -> its pages and those of its prefectures; and what the country needs of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field, replace

from build_tools import tally
from build_tools.archive import PROVINCE, Entry, Register, chain, folder_chain, regions
from build_tools.facts import CountyFacts, Waived
from build_tools.news import News, newest
from build_tools.publish.summary import shares
from build_tools.quality import Quality, quality
from build_tools.quality import as_json as quality_json
from build_tools.quality import heard as quality_heard
from build_tools.records import as_line
from build_tools.render.pages import (
    LISTED,
    CountyYear,
    Page,
    Region,
    Share,
    quality_page,
    region_page,
    year_page,
)
from build_tools.tally import Ledger, ledger

LATEST = 8  # reports of the newest year named on the home page


@dataclass(slots=True)
class Province:
    """A province while its counties are taken in, in the order of their codes.

    `ledgers` are those of the province and all regions in it; of counties only what they have, no figures.
    `found` is what the rules found in each region, `waived` what was acknowledged, `news` the newest of each region.
    """

    code: str
    register: Register
    counties: list[str] = field(default_factory=list)
    ledgers: dict[str, Ledger] = field(default_factory=dict)
    shares: dict[int, list[CountyYear]] = field(default_factory=dict)
    found: dict[str, Quality] = field(default_factory=dict)
    waived: list[Waived] = field(default_factory=list)
    news: dict[str, tuple[News, ...]] = field(default_factory=dict)

    def add(self, facts: CountyFacts) -> None:
        """Take in a county."""
        own, found = ledger(facts), quality(facts)
        self.counties.append(facts.code)
        for code in regions(facts.code):
            self.found.setdefault(code, Quality()).add(found)
            self.news[code] = newest((*self.news.get(code, ()), *facts.news))
            if code != facts.code:
                self.ledgers.setdefault(code, Ledger()).add(own)
        self.ledgers[facts.code] = _outline(own)
        self.waived += facts.waived
        for year, share in shares(self.register, facts.code, facts.entries):
            self.shares.setdefault(year, []).append(share)

    def pages(self) -> Iterator[Page]:
        """The pages of the province and its prefectures, and their shares of the years."""
        for code, below in self.below().items():
            own, above = self.ledgers[code], chain(self.register, code)
            yield region_page(above, own, below)
            if code == self.code:
                found = [(region.division, self.found[region.division.code]) for region in below]
                yield quality_page(above, self.found[code], found, self.waived)
            for year in sorted(own.years):
                counties = [c for c in self.shares[year] if code in regions(c.code)]
                yield year_page(year, Share(above, own, counties, below), sorted(own.years), self.register)

    def below(self) -> dict[str, list[Region]]:
        """The regions right below the province, and below each of its prefectures, by code."""
        return {
            code: [self._region(inside) for inside in sorted(self.ledgers) if _next_below(inside, code)]
            for code in sorted(self.ledgers)
            if code not in self.counties
        }

    def _region(self, code: str) -> Region:
        division = self.register.get(code) or folder_chain(self.register, code)[-1]
        return Region(division, self.ledgers[code])

    def told(self) -> ProvinceTold:
        """What the country needs of it."""
        own = self.ledgers.get(self.code, Ledger())
        few = {year for year in own.years if own.reports(year) <= LISTED}
        kept = {
            year: [share if year in few else replace(share, entries=()) for share in found]
            for year, found in self.shares.items()
        }
        latest = {
            year: tuple(entry for share in found for entry in share.entries)[:LATEST]
            for year, found in self.shares.items()
        }
        found = self.found.get(self.code, Quality())
        news = self.news.get(self.code, ())
        return ProvinceTold(self.code, tuple(self.counties), own, kept, latest, found, news)


def _next_below(inside: str, code: str) -> bool:
    """Whether a region lies right below another."""
    return regions(inside)[-2:-1] == (code,)


def _outline(ledger: Ledger) -> Ledger:
    """A ledger without figures."""
    years = {year: tally.Tally(found.reports) for year, found in ledger.years.items()}
    return Ledger(ledger.units, years, ledger.lists)


@dataclass(frozen=True, slots=True)
class ProvinceTold:
    """A province as the country sees it.

    `shares` are those of its counties, with entries for years that may fit on one page; `latest` by year a few.
    """

    code: str
    counties: tuple[str, ...]
    ledger: Ledger
    shares: dict[int, list[CountyYear]]
    latest: dict[int, tuple[Entry, ...]]
    found: Quality
    news: tuple[News, ...]

    def told(self) -> str:
        """The same as one line of JSON."""
        shares = [
            [year, [[share.code, share.reports, [astuple(e) for e in share.entries]] for share in found]]
            for year, found in sorted(self.shares.items())
        ]
        latest = [[year, [astuple(entry) for entry in found]] for year, found in sorted(self.latest.items())]
        ledger, found = tally.as_json(self.ledger), quality_json(self.found)
        return as_line([self.code, self.counties, ledger, shares, latest, found, self.news])


def heard(told: str, register: Register) -> ProvinceTold:
    """What `told` told."""
    code, counties, own, shares, latest, found, news = json.loads(told)
    return ProvinceTold(
        code,
        tuple(counties),
        tally.heard(own),
        {
            year: [
                CountyYear(folder_chain(register, county), reports, tuple(Entry(*e) for e in entries))
                for county, reports, entries in own_shares
            ]
            for year, own_shares in shares
        },
        {year: tuple(Entry(*entry) for entry in named) for year, named in latest},
        quality_heard(found),
        tuple(News(*one) for one in news),
    )


def by_province(codes: Iterable[str]) -> dict[str, list[str]]:
    """Codes of counties by that of their province, both in order."""
    found: dict[str, list[str]] = {}
    for code in sorted(codes):
        found.setdefault(code[:PROVINCE], []).append(code)
    return found
