"""The archive all at once, for `engine: page`: every page in memory, to be rendered by MkDocs like any other.

Meant for small archives and for comparing: what MkDocs makes of these pages is what the shells give, byte for byte.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from build_tools.archive import PROVINCE
from build_tools.check import place
from build_tools.clock import this_year
from build_tools.export import Package
from build_tools.files import replace_bytes
from build_tools.history import Keeping, history_of
from build_tools.keys import code_key
from build_tools.publish.bad import BadReportsError, told
from build_tools.publish.changes import put_changes
from build_tools.publish.counties import Writing
from build_tools.publish.country import Country
from build_tools.publish.data import put_parquet, wanted
from build_tools.publish.hub import SITEMAPS, Settings
from build_tools.publish.lists import (
    asking_pages,
    home,
    province_lists,
    put_documents,
    put_feeds,
    put_sitemaps,
    put_submit,
)
from build_tools.publish.making import keep, keep_pack, packing_of
from build_tools.publish.moved import signs
from build_tools.publish.part import part
from build_tools.publish.places import check_site
from build_tools.publish.provinces import Province
from build_tools.publish.site import Out, Sheaf, Site
from build_tools.publish.twins import Twins
from build_tools.records import Pack
from build_tools.render.pages import Page, data_pages
from build_tools.search.index import put_index, run_of
from build_tools.shell import HOME
from build_tools.store import Store
from build_tools.workers import Spread, spread

Kept = tuple[Path, Pack]
"""A pack, and the folder it lies in."""


@dataclass(frozen=True, slots=True)
class Unbound(Site):
    """A Site whose pages go into no shell: they are kept as they are, by path."""

    pages: dict[str, Page] = field(default_factory=dict)

    def write(self, out: Out, page: Page, *beside: tuple[str, str | bytes]) -> None:
        """Keep a page, and write the files that stand beside it."""
        self.pages[page.path] = page
        out.put(page.path, beside)


@dataclass(frozen=True, slots=True)
class Whole:
    """Every page of the archive, and every other file of it; `above` are the pages above the counties.

    `data` are the files of the open data by path: where they lie, to be moved.
    """

    site: Unbound
    others: Sheaf
    country: Country
    above: tuple[Page, ...]
    data: Mapping[str, Path]

    @property
    def pages(self) -> Mapping[str, Page]:
        """The pages by path."""
        return self.site.pages

    def finish(self, made: Path) -> None:
        """Put what stands beside the pages, the home page and the sitemaps to what MkDocs made in a folder."""
        for name in SITEMAPS:
            (made / name).unlink(missing_ok=True)
        text = home((made / HOME).read_text(encoding="utf-8"), self.country)
        self.others.put("", [(HOME, text)])
        of_counties = self.pages.keys() - {page.path for page in self.above}
        pages = (path.relative_to(made).as_posix() for path in made.rglob(HOME))
        written = [path for path in pages if path.removesuffix(HOME) not in of_counties]
        put_sitemaps(self.site, written, self.country, self.others)
        for path, data in self.others.files.items():
            replace_bytes(made / path, data)
        for path, source in self.data.items():
            shutil.move(source, made / path)


def gather(settings: Settings, cache: Path, theme: Path) -> Whole:
    """Read, check and render the whole archive; raise BadReportsError for errors. `theme` holds the scripts."""
    store = Store(settings.root)
    edit_base, url, work = settings.edit_base, settings.site_url, partial(spread, workers=settings.jobs)
    former, _ = store.former()
    history = history_of(store, Keeping(cache / "history", code_key()), work, former)
    register, form = store.register(), settings.issue_form
    site = Unbound(store, register, this_year(), {}, edit_base, url, form, former=former, history=history)
    others, country, runs, packs = Sheaf(), Country(site.register), list[Path](), dict[str, Kept]()
    provinces: dict[str, Province] = {}
    errors = [place(problem, None, file) for file, problem in store.faults()]
    for code, folder in store.counties():
        county = site.county(code, folder)
        errors += county.errors
        if not county.errors:
            writing = Writing(site, county, others, packing_of(site, code))
            done = writing.write()
            provinces.setdefault(code[:PROVINCE], Province(code[:PROVINCE], site.register)).add(done.facts)
            if writing.packing:
                packs[code] = cache / "packs", keep_pack(cache / "packs", code, writing.packing)
            runs.append(cache / "runs" / keep(cache / "runs", code, run_of(writing.filings(done.entries))))
    if errors:
        raise BadReportsError(told(store, errors))
    index = put_index(cache / "index", runs, site.register, work)
    put_changes(history, others)
    others.put("", [(path, source.read_bytes()) for path, source in index.files.items()])
    for province in provinces.values():
        country.add(province.told())
        province_lists(site, province, others)
    put_documents(site, country, others)
    put_feeds(site, country, others)
    put_submit(site, theme, others)
    signs(site).write(site, others)
    packages, data = _slices(site, packs, cache / "slices", work)
    asking = asking_pages(site, country.above, index.start, theme)
    above = (*country.pages(), *asking, *data_pages(packages))
    for page in above:
        site.write(others, page)
    return Whole(site, others, country, above, data)


def _slices(
    site: Site, packs: Mapping[str, Kept], aside: Path, work: Spread
) -> tuple[list[Package], dict[str, Path]]:
    """The open data, made in a folder: what pages tell of each slice, and every file by its path in the site."""
    shutil.rmtree(aside, ignore_errors=True)
    jobs = list(wanted(site, packs, code_key()))
    put_parquet(jobs, aside, work)
    packages = [job.make(aside / job.slice.id, site.base) for job in jobs]
    parts = [(package.part, name) for package in packages for name in package.files]
    return packages, {part.folder + name: aside / part.id / "files" / name for part, name in parts}


def show(made: Path, site: Path, base: Path) -> None:
    """Let a finished site, which lies in one piece in a folder, take the place of the one that is shown."""
    check_site(site, base)
    twins = Twins(site)
    twins.begin()
    try:
        twins.made.unseal()
        for name in twins.made.parts():
            twins.made.drop(name)
        with part(twins.made, twins.shown, "whole") as out:
            for path in sorted(path for path in made.rglob("*") if path.is_file()):
                out.put("", [(path.relative_to(made).as_posix(), path.read_bytes())])
            listing = out.close()
        twins.finish({"whole": listing})
    finally:
        twins.end()
