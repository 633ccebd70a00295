"""What stands above the counties, made anew only if something below is new: provinces, and the lists of all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from build_tools.files import digest
from build_tools.publish.country import Country
from build_tools.publish.hub import Hub
from build_tools.publish.lists import lists, part_of_province
from build_tools.publish.making import Desk, Made, ProvinceJob
from build_tools.publish.part import Part
from build_tools.publish.provinces import by_province, heard
from build_tools.publish.site import Sheaf, Site
from build_tools.publish.summary import Above
from build_tools.publish.wanted import Wanted, wanted
from build_tools.records import Record

LISTS = "lists"
"""The part of the site that has the lists."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Finds out what has to be made. `there` are the parts of both copies of the site."""

    site: Site
    hub: Hub
    desk: Desk
    common: str
    there: Sequence[Mapping[str, str]]

    def provinces(
        self, counties: Mapping[str, Made], source: Callable[[str], Desk]
    ) -> tuple[list[Made], list[ProvinceJob]]:
        """The provinces whose pages still hold, and those to be made; `source` is where a county was made."""
        known, stale = list[Made](), list[ProvinceJob]()
        for code, own in by_province(counties).items():
            told = [(county, counties[county].told) for county in own]
            key, name = digest(repr((self.common, told)).encode()), part_of_province(code)
            record = self.desk.records.read(name)
            if record and record.key == key and self._there(name, record):
                known.append(Made(name, record.listing, "", digest(record.told.encode())))
            else:
                sources = tuple((county, source(county).records) for county in own)
                stale.append(ProvinceJob(code, key, sources))
        return known, stale

    def above(self, provinces: Sequence[Made]) -> tuple[Above, Wanted]:
        """What the archive has in all, and its lists."""
        made_of = (self.common, self.hub.key, [(made.code, made.told) for made in provinces])
        key, record = digest(repr(made_of).encode()), self.desk.records.read(LISTS)
        if record and record.key == key and self._there(LISTS, record):
            return Above.heard(record.told, self.site.register), Wanted(record.listing, Part.share)
        country, sheaf = Country(self.site.register), Sheaf()
        for made in provinces:
            country.add(heard(self.desk.records.told(made.code), self.site.register))
        lists(self.site, self.hub, country, sheaf)
        part = wanted(sheaf.listing(), lambda out: out.put("", list(sheaf.files.items())))
        told = country.above.told()
        self.desk.records.write(LISTS, Record(key, 0, (), {}, part.digest, "", told))
        return country.above, part

    def _there(self, name: str, record: Record) -> bool:
        return record.listing in {parts.get(name) for parts in self.there}
