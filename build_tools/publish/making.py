"""What workers do: make a county, or share one that is made already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from build_tools.archive import folder_chain
from build_tools.clock import moment
from build_tools.county import entry_of
from build_tools.export import Packing, Places
from build_tools.facts import CountyFacts
from build_tools.files import digest, replace_bytes
from build_tools.publish.counties import Writing
from build_tools.publish.lists import part_of_province, province_lists
from build_tools.publish.part import part
from build_tools.publish.provinces import Province
from build_tools.publish.site import Sheaf, Site
from build_tools.publish.summary import Done, heard
from build_tools.publish.tree import Tree
from build_tools.records import NO_PACK, Pack, Record, Records, still
from build_tools.search.index import run_of

_SLOWEST = 3


class Made(NamedTuple):
    """A county that is made: see Record. `told` is a digest here; without `listing` it has errors."""

    code: str
    listing: str = ""
    run: str = ""
    told: str = ""
    pack: Pack = NO_PACK


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made now, and what was written of it; its reports, and by file the seconds of the slowest."""

    made: Made
    files: int = 0
    bytes: int = 0
    reports: int = 0
    slowest: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """All that workers need to make a county: the site, its two copies, where records, runs and packs are kept."""

    site: Site
    made: Tree
    shown: Tree
    records: Records
    runs: Path
    packs: Path

    def known(self, code: str, folder: Path, there: Sequence[Mapping[str, str]]) -> Made | None:
        """What is known of a county, if it still holds and its files are `there`: in one of the two copies."""
        record = self.records.fresh(code, folder, self.site.store.holds)
        if record is None or (record.run and not (self.runs / record.run).exists()):
            return None
        if record.pack.name and not (self.packs / record.pack.name).exists():
            return None
        if record.listing and record.listing not in {parts.get(code) for parts in there}:
            return None
        return Made(code, record.listing, record.run, digest(record.told.encode()), record.pack)

    def tidy(self, parts: Iterable[str], known: Iterable[Made]) -> None:
        """Forget what neither these parts of the site nor these counties hang on."""
        counties = list(known)
        self.records.keep_only([*parts, *(made.code for made in counties)])
        used = {name for made in counties for name in (made.run, made.pack.name)}
        for path in (path for folder in (self.runs, self.packs) for path in folder.glob("*")):
            if path.name not in used:
                path.unlink()


def make(desk: Desk, job: tuple[str, Path]) -> Outcome:
    """Read, check, render and write one county, and keep a record of it."""
    code, folder = job
    site, when, seen = desk.site, moment(), desk.records.look(code, folder)
    county = site.county(code, folder)
    if county.errors:
        told = Done(CountyFacts(code), county.errors).told()
        desk.records.write(code, Record(desk.records.key(code, seen, {}), when, seen, {}, "", "", told))
        return Outcome(Made(code))
    with part(desk.made, desk.shown, code) as out:
        writing = Writing(site, county, out, packing_of(site, code))
        done = writing.write()
        listing = out.close()
    run = keep(desk.runs, code, run_of(writing.filings(done.entries))) if site.search else ""
    pack = keep_pack(desk.packs, code, writing.packing) if writing.packing else NO_PACK
    # What was changed while it was read may be neither the old nor the new: such a record holds for nothing.
    key = desk.records.key(code, seen, writing.asked) if still(folder, seen) else ""
    told = done.told()
    desk.records.write(code, Record(key, when, seen, writing.asked, listing, run, told, pack))
    made = Made(code, listing, run, digest(told.encode()), pack)
    return Outcome(made, out.files, out.bytes, len(done.entries), slowest(writing.seconds.items()))


class ProvinceJob(NamedTuple):
    """A province whose pages are to be made: a key over all they are made of; each county with where its record is."""

    code: str
    key: str
    counties: tuple[tuple[str, Records], ...]


def make_province(desk: Desk, job: ProvinceJob) -> Outcome:
    """Write the pages above the counties of a province, and keep a record of them."""
    name, province = part_of_province(job.code), Province(job.code, desk.site.register)
    for code, records in job.counties:
        province.add(heard(records.told(code)).facts)
    with part(desk.made, desk.shown, name) as out:
        province_lists(desk.site, province, out)
        listing = out.close()
    told = province.told().told()
    desk.records.write(name, Record(job.key, 0, (), {}, listing, "", told))
    return Outcome(Made(name, listing, "", digest(told.encode())), out.files, out.bytes)


def slowest(seconds: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The few reports that took longest, the slowest first."""
    return dict(nlargest(_SLOWEST, seconds, key=itemgetter(1)))


def run_only(desk: Desk, job: tuple[str, Path]) -> str:
    """Make the run of a county and no page, unless it is there; gives its name, nothing for one without units."""
    code, folder = job
    record = desk.records.fresh(code, folder, desk.site.store.holds)
    if record and (desk.runs / record.run).exists():
        return record.run
    site, when, seen = desk.site, moment(), desk.records.look(code, folder)
    county = site.county(code, folder)
    if not folder_chain(site.register, code):
        return ""
    entries = [entry_of(filed) for holding in county.holdings for filed in holding.filed]
    run = keep(desk.runs, code, run_of(Writing(site, county, Sheaf()).filings(entries)))
    desk.records.write(code, Record(desk.records.key(code, seen, {}), when, seen, {}, "", run, ""))
    return run


def keep(folder: Path, code: str, data: bytes) -> str:
    """Keep what the search or the open data need of a county in a file; gives its name."""
    name = f"{code}-{digest(data)}"
    if not (folder / name).exists():
        replace_bytes(folder / name, data)
    return name


def packing_of(site: Site, code: str) -> Packing | None:
    """What takes a county in for the open data, if there are to be any."""
    return Packing(Places.of(site.register, code, site.base)) if site.data else None


def keep_pack(folder: Path, code: str, packing: Packing) -> Pack:
    """Keep what the open data take of a county in a file."""
    data, years = packing.made()
    return Pack(keep(folder, code, data), years)


def share(made: Tree, job: tuple[str, Tree]) -> Outcome:
    """Take a county over from a copy of the site that has it."""
    code, source = job
    with part(made, source, code) as out:
        out.share()
        out.close()
    return Outcome(Made(code), out.files, out.bytes)
