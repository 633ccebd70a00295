"""The open data in the site: each slice is a part of its own, and so are the pages that lead to them.

So a slice is made anew, by a worker, if what it takes of any county has changed, and else it is taken over as
counties are.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from build_tools.export import FILES, PARQUET, VERSION, Package, Slice, lacking, made_of, make, shape, slices
from build_tools.files import UnreadableError, digest
from build_tools.parquet import Wanted as Parquet
from build_tools.parquet import make_parquet
from build_tools.publish.making import Desk, Made, Outcome
from build_tools.publish.manifest import Listed
from build_tools.publish.part import part
from build_tools.publish.site import Sheaf, Site
from build_tools.records import Pack, Record
from build_tools.render.pages import data_pages
from build_tools.workers import Spread

DATA = "data"
"""The part that holds the pages of the open data; with it begin the names of all its parts."""

_SHORT = 12  # digits of a version: enough to tell the versions of one slice apart


class Wanted(NamedTuple):
    """A slice that is to be in the site: of which packs, and a key over all that its files hang on."""

    slice: Slice
    packs: tuple[Path, ...]
    version: str
    key: str

    @property
    def name(self) -> str:
        """What its part is called."""
        return f"{DATA}-{self.slice.id}"

    def parquet(self, aside: Path) -> Parquet:
        """Its Parquet, in the folder of its files."""
        return Parquet(self.packs, self.slice.year, aside / self.slice.id / FILES / PARQUET)

    def make(self, folder: Path, base: str) -> Package:
        """Make its files in a new folder, in `files`; `base` is the address of the site."""
        return make(folder, self.slice, self.packs, self.version, base)


def wanted(site: Site, packs: Mapping[str, tuple[Path, Pack]], code: str) -> Iterator[Wanted]:
    """Every slice; `packs` by county, each with the folder it lies in, `code` stands for what makes files of them."""
    known = {county: pack for county, (_, pack) in packs.items()}
    years = {int(year) for pack in known.values() for year in pack.years if year}
    for one in slices(known, years, site.register):
        own = made_of(one, known)
        version = digest(repr(own).encode())
        paths = tuple(folder / pack.name for folder, pack in (packs[county] for county, _ in own))
        hangs_on = (code, VERSION, lacking(), site.base, one, version)
        yield Wanted(one, paths, version[:_SHORT], digest(repr(hangs_on).encode()))


def _aside(desk: Desk) -> Path:
    """Where slices are made."""
    return desk.packs.with_name("slices")


def make_slice(desk: Desk, job: Wanted) -> Outcome:
    """Make the files of a slice, put them into the site, and keep a record of it."""
    folder = _aside(desk) / job.slice.id
    made = job.make(folder, desk.site.base)
    with part(desk.made, desk.shown, job.name) as out:
        for name, entry in made.files.items():
            out.adopt(job.slice.folder + name, folder / FILES / name, Listed(*entry))
        listing = out.close()
    shutil.rmtree(folder)
    told = json.dumps([made.files, made.counts])
    desk.records.write(job.name, Record(job.key, 0, (), {}, listing, "", told))
    return Outcome(Made(job.name), out.files, out.bytes)


@dataclass(slots=True)
class Brought:
    """The open data as they are to be in the site: what was made, the lists of all slices, their pages."""

    outcomes: list[Outcome]
    listings: dict[str, str]
    pages: Sheaf


def bring(
    desk: Desk,
    packs: Mapping[str, tuple[Path, Pack]],
    code: str,
    there: Sequence[Mapping[str, str]],
    ways: tuple[Spread, Spread],
) -> Brought:
    """Make the slices whose packs have changed, or whose files are not `there`: in one of the two copies.

    The first of the `ways` to get work done is for Parquet, which is made first.
    """
    jobs = list(wanted(desk.site, packs, code)) if desk.site.data else []
    stale = [job for job in jobs if not _fresh(desk, job, there)]
    if stale:
        desk.made.unseal()
    shutil.rmtree(_aside(desk), ignore_errors=True)
    columns, work = ways
    put_parquet(stale, _aside(desk), columns)
    brought = Brought(list(work(make_slice, desk, stale)), {}, Sheaf())
    shutil.rmtree(_aside(desk), ignore_errors=True)
    packages = []
    for job in jobs:
        record = desk.records.read(job.name)
        if record is None:
            raise UnreadableError(f"{desk.records.folder} 里刚写的文件读不出来。")
        brought.listings[job.name] = record.listing
        packages.append(_package(job, record.told, desk.site.base))
    for page in data_pages(packages):
        desk.site.write(brought.pages, page)
    return brought


def put_parquet(jobs: Sequence[Wanted], aside: Path, work: Spread) -> None:
    """Put the Parquet of slices where their other files will be made, if it can be made here."""
    if PARQUET not in lacking():
        list(work(make_parquet, shape(), [job.parquet(aside) for job in jobs]))


def _fresh(desk: Desk, job: Wanted, there: Sequence[Mapping[str, str]]) -> bool:
    record = desk.records.read(job.name)
    return bool(
        record and record.key == job.key and record.listing in {parts.get(job.name) for parts in there}
    )


def _package(job: Wanted, told: str, base: str) -> Package:
    files, counts = json.loads(told)
    return Package(
        job.slice, {name: (size, sha256) for name, (size, sha256) in files.items()}, counts, job.version, base
    )
