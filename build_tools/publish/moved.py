"""The part of the site at addresses that were: pages that lead on, pages that became empty, and lists for hosts.

Withdrawn reports are not in here: their pages are among those of their counties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from build_tools.api import API, moved_unit, unit_file
from build_tools.archive import PROVINCE, folder_chain, regions
from build_tools.export.slices import province_folder, year_folder
from build_tools.files import digest
from build_tools.former import Address, Moved
from build_tools.publish.part import Part
from build_tools.publish.site import Out, Sheaf, Site
from build_tools.publish.wanted import Wanted, wanted
from build_tools.records import Record, Records
from build_tools.render.feeds import FEED, moved_feed
from build_tools.render.former import address_path, called, emptied_page, moved_page
from build_tools.render.page import quality_path, region_path, year_path
from build_tools.render.redirects import redirect_lists

MOVED = "moved"
"""The name of the part."""
_HEADS = {"data": "数据", "quality": "数据质量", "regions": "", "years": "", "provinces": ""}


@dataclass(frozen=True, slots=True)
class Redirect:
    """One address that leads to another, and the row that says so."""

    old: Address
    new: Address
    moved: Moved

    @property
    def plain(self) -> bool:
        """Whether it follows from its unit's having moved."""
        return bool(self.old.year) and not self.moved.old.year and self.new.unit == self.moved.new.unit


@dataclass(frozen=True, slots=True)
class Emptied:
    """The page of a region or year that lists nothing any more, and where what it listed went."""

    path: str
    title: str
    to: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Signs:
    """All that stands at addresses that were."""

    redirects: tuple[Redirect, ...]
    emptied: tuple[Emptied, ...]

    def write(self, site: Site, out: Out) -> None:
        """Write the pages, and the lists for hosts."""
        for one in self.redirects:
            page = moved_page(one.old, one.new, one.moved)
            site.write(
                out, page, *(() if one.old.year else [(FEED, moved_feed(page, [one.moved], site.site_url))])
            )
        came = self._of_regions()
        for empty in self.emptied:
            page = emptied_page(empty.path, empty.title, empty.to)
            feeds = [(FEED, moved_feed(page, came[page.path], site.site_url))] if page.path in came else []
            site.write(out, page, *feeds)
        out.put(API, [moved_unit(one.moved) for one in self.redirects if not one.old.year])
        ways = [(one, (address_path(one.old), address_path(one.new))) for one in self.redirects]
        exact = [way for one, way in ways if one.old.year and not one.plain]
        units = [way for one, way in ways if not one.old.year]
        moved = [one for one in self.redirects if not one.old.year]
        files = [(API + unit_file(one.old.unit), API + unit_file(one.new.unit)) for one in moved]
        lists = redirect_lists(site.site_url, exact + units, [way for _, way in ways], files)
        out.put("", list(lists.items()))

    def _of_regions(self) -> Mapping[str, list[Moved]]:
        """By the page of a region the units that moved from it."""
        came: dict[str, list[Moved]] = {}
        for one in (one for one in self.redirects if not one.old.year):
            for code in regions(one.old.unit):
                came.setdefault(region_path(code), []).append(one.moved)
        return came


def moved_part(site: Site, records: Records, common: str, there: Sequence[Mapping[str, str]]) -> Wanted:
    """The part, made anew only if some of it is another; `there` are the parts of both copies of the site."""
    found = signs(site)
    key, record = digest(repr((common, found)).encode()), records.read(MOVED)
    if record and record.key == key and record.listing in {parts.get(MOVED) for parts in there}:
        return Wanted(record.listing, Part.share)
    sheaf = Sheaf()
    found.write(site, sheaf)
    part = wanted(sheaf.listing(), lambda out: out.put("", list(sheaf.files.items())))
    records.write(MOVED, Record(key, 0, (), {}, part.digest, "", ""))
    return part


def signs(site: Site) -> Signs:
    """What has to stand at addresses that were, by what lies in the archive's folders."""
    return _Reader(site).signs()


class _Reader:
    def __init__(self, site: Site) -> None:
        self.site, self.store = site, site.store
        self.moved = {one.old: one for one in site.former.moved}
        self._seen: dict[str, frozenset[int]] = {}

    def signs(self) -> Signs:
        own = [one for one in self.moved.values() if one.old.unit.startswith(self.store.shard)]
        redirects = sorted((r for one in own for r in self._of(one)), key=lambda r: r.old)
        return Signs(tuple(redirects), tuple(self._emptied(redirects)))

    def _of(self, moved: Moved) -> Iterator[Redirect]:
        """The address itself; of a unit also those of the reports that may have stood there."""
        yield Redirect(moved.old, moved.new, moved)
        if moved.old.year:
            return
        for year in sorted(self._years(moved.new.unit)):
            old, new = Address(moved.old.unit, year), Address(moved.new.unit, year)
            if old not in self.moved and year < int(moved.date[:4]):
                yield Redirect(old, self.moved[new].new if new in self.moved else new, moved)

    def _years(self, unit: str) -> set[int]:
        """The years of which an address of a unit says something: reports, withdrawn ones, moved ones."""
        withdrawn = {gone.year for gone in self.site.former.of(unit)}
        return {
            *self.store.years(unit),
            *withdrawn,
            *(at.year for at in self.moved if at.unit == unit and at.year),
        }

    def _emptied(self, redirects: list[Redirect]) -> Iterator[Emptied]:
        listed: dict[str, dict[str, str]] = {}
        for path, to, words in [*self._listed_moved(redirects), *self._listed_withdrawn()]:
            listed.setdefault(path, {})[to] = words
        for path, went in sorted(listed.items()):
            yield Emptied(path, self._title(path), tuple(sorted(went.items())))

    def _listed_moved(self, redirects: list[Redirect]) -> Iterator[tuple[str, str, str]]:
        """Paths that listed what has moved and list nothing now, the new path, and words for it."""
        for one in redirects:
            to = address_path(one.new)
            if one.old.year:
                yield from ((path, to, called(one.new)) for path in self._lists_of(one.old))
            else:
                gone = [code for code in regions(one.old.unit) if code not in self._counties]
                pages = [path for code in gone for path in _pages_of(code)]
                yield from ((path, to, called(one.new)) for path in pages)

    def _listed_withdrawn(self) -> Iterator[tuple[str, str, str]]:
        for unit, reports in self.site.former.withdrawn.items():
            for at in (Address(unit, gone.year) for gone in reports if unit.startswith(self.store.shard)):
                yield from (
                    (path, address_path(at), f"{called(at)}（已撤下）") for path in self._lists_of(at)
                )

    def _lists_of(self, at: Address) -> Iterator[str]:
        """The lists of years that a report was in, as far as they list nothing now."""
        for code in ("", *regions(at.unit)):
            if not any(at.year in self._years_in(county) for county in self._counties.get(code, ())):
                yield from (year_path(at.year, code), *([] if code else [year_folder(at.year)]))

    @cached_property
    def _counties(self) -> Mapping[str, Sequence[str]]:
        """The counties in each region that has any; under "" all."""
        found: dict[str, list[str]] = {}
        for county, _ in self.store.counties():
            for code in ("", *regions(county)):
                found.setdefault(code, []).append(county)
        return found

    def _years_in(self, county: str) -> frozenset[int]:
        """The years that the units of a county have reports of."""
        if county not in self._seen:
            units = self.store.county(county, self.store.reports / county[:2] / county).units
            self._seen[county] = frozenset(year for unit in units for year, _ in unit.reports)
        return self._seen[county]

    def _title(self, path: str) -> str:
        """What a list was called."""
        steps = path.strip("/").split("/")
        return " ".join(filter(None, (self._word(before, step) for before, step in pairwise(["", *steps]))))

    def _word(self, before: str, step: str) -> str:
        if before == "years":
            return f"{step}年度"
        chain = folder_chain(self.site.register, step)
        return chain[-1].name if chain else _HEADS.get(step, step)


def _pages_of(code: str) -> list[str]:
    """The pages that a region has as long as it has a county."""
    of_province = [quality_path(code), province_folder(code)] if len(code) == PROVINCE else []
    return [region_path(code), *of_province]
