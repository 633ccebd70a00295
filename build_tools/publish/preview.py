"""The preview while editing: a page of the archive is made when a browser asks for it.

A change makes nothing; the next look at a page reads the county it belongs to, if a file of it has changed. Lists
and the search need every county: they are made when they are asked for, of what is kept of unchanged ones. So it
does not matter how many reports there are. Errors stop nothing: they are told, and shown on their pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from threading import RLock

from build_tools.archive import PROVINCE, folder_chain
from build_tools.check import place
from build_tools.clock import this_year
from build_tools.county import County
from build_tools.export import DATA
from build_tools.finding import Finding
from build_tools.keys import code_key
from build_tools.publish.above import LISTS
from build_tools.publish.bad import told
from build_tools.publish.build import SEARCH as SEARCH_PART
from build_tools.publish.counties import Writing
from build_tools.publish.country import Country
from build_tools.publish.data import DATA as DATA_PART
from build_tools.publish.hub import Hub
from build_tools.publish.lists import asking_pages, lists, province_lists
from build_tools.publish.making import Desk, run_only
from build_tools.publish.moved import MOVED, signs
from build_tools.publish.part import part
from build_tools.publish.provinces import Province
from build_tools.publish.site import Sheaf, Site
from build_tools.publish.summary import Above
from build_tools.publish.tree import NOTHING, Tree
from build_tools.records import Records, Seen, look
from build_tools.render.compare import COMPARE
from build_tools.render.pages import Page, data_pages, unreadable_page
from build_tools.render.search import SEARCH
from build_tools.render.submit import SUBMIT
from build_tools.search.index import put_index
from build_tools.shell import HOME
from build_tools.store import Store
from build_tools.survey import survey
from build_tools.units import UNIT_ID
from build_tools.workers import Spread

_COUNTY = re.compile(r"(?:api/v1/)?units/(\d{6})|(?:api/v1/)?regions/(\d{6})[/.]|years/\d{4}/(\d{6})/")
_LISTS = re.compile(
    r"(?:(?:years|regions|quality)/(?:\d+/){0,2}(?:atom\.xml)?)?|feeds/(?:all\.xml|due\.ics)"
    r"|(?:api/v1/(?:regions/)?|submit/)\w+\.json|submit/nianbao-form\.html"
)
_ASKING = (SEARCH, COMPARE, SUBMIT)
"""Pages that need the search index; to make it makes the lists too."""


class Preview:
    """Makes pages below `target` when they are asked for. `tell` is told of errors and of work that takes long."""

    def __init__(self, cache: Path, spread: Spread, tell: Callable[[str], None]) -> None:
        self.cache, self.spread, self.tell = cache, spread, tell
        self.lock = RLock()  # browsers ask for several pages at once
        self._made: dict[str, tuple[Seen, ...]] = {}

    def renew(self, hub: Hub) -> None:
        """Start over with a hand-written site that MkDocs has just made, in a folder without pages of ours."""
        with self.lock:
            self.hub, self._made = hub, {}
            store = Store(hub.settings.root)
            former, faults = store.former()
            settings = hub.settings
            self.site = Site(
                store,
                store.register(),
                this_year(),
                hub.shells,
                settings.edit_base,
                issue_form=settings.issue_form,
                preview=True,
                former=former,
            )
            if faults:
                self.tell(told(store, [place(problem, None, file) for file, problem in faults]))

    def ready(self, path: str) -> None:
        """Make what is to be shown at a path from the top of the site; raise UnreadableError where it cannot be."""
        with self.lock:
            if found := _COUNTY.match(path):
                self._county(found[1] or found[2] or found[3])
            elif path.removesuffix(HOME) == DATA:
                self._data()
            elif path.removesuffix(HOME) in _ASKING or _LISTS.fullmatch(path.removesuffix(HOME)):
                self._lists(search=path.removesuffix(HOME) in _ASKING)

    def _county(self, code: str) -> None:
        """Make a county anew, if a file of it has changed since it was made."""
        store = self.site.store
        folder, known = store.reports / code[:2] / code, self._made.get(code, ())
        seen = look(folder, {seen.path: seen for seen in known}, 0) if folder.is_dir() else ()
        if seen == known and code in self._made:
            return
        with self._moved():
            if seen:
                self._make(code, folder)
            else:
                Tree(self.hub.folder).drop(code)
        self._made[code] = seen

    def _make(self, code: str, folder: Path) -> None:
        store = self.site.store
        county = self.site.county(code, folder)
        if county.errors:
            self.tell(told(store, county.errors))
        # A unit in a folder that is not its own is told as an error; its address belongs to another folder.
        own = tuple(holding for holding in county.holdings if holding.unit.county == code)
        county = replace(county, holdings=own)
        with part(Tree(self.hub.folder), NOTHING, code) as out:
            if folder_chain(self.site.register, code):
                Writing(self.site, county, out).write()
            for page in _unreadable(county):
                self.site.write(out, page)
            out.close()

    def _lists(self, *, search: bool) -> None:
        """Make the lists above the counties, and the search if it is asked for."""
        site, country, sheaf = self.site, Country(self.site.register), Sheaf()
        surveyed = survey(site.store, site.now, self.spread, self.cache)
        found = (one.facts for one in surveyed if folder_chain(site.register, one.facts.code))
        for code, counties in groupby(found, key=lambda facts: facts.code[:PROVINCE]):
            province = Province(code, site.register)
            for facts in counties:
                province.add(facts)
            country.add(province.told())
            province_lists(site, province, sheaf)
        lists(site, self.hub, country, sheaf)
        with self._moved():
            self._put(LISTS, sheaf)
        if search:
            self._search(country.above)

    @contextmanager
    def _moved(self) -> Iterator[None]:
        """Make what stands at addresses that were, after pages that may have taken one of them."""
        Tree(self.hub.folder).drop(MOVED)
        yield
        sheaf = Sheaf()
        signs(self.site).write(self.site, sheaf)
        self._put(MOVED, sheaf)

    def _data(self) -> None:
        """Make the page of the open data, of which a preview makes none."""
        sheaf = Sheaf()
        for page in data_pages(()):
            self.site.write(sheaf, page)
        self._put(DATA_PART, sheaf)

    def _put(self, name: str, sheaf: Sheaf) -> None:
        with part(Tree(self.hub.folder), NOTHING, name) as out:
            out.put("", list(sheaf.files.items()))
            out.close()

    def _search(self, above: Above) -> None:
        """Make the search index, and the pages that ask it."""
        cache = self.cache / "preview"
        records = Records(cache / "records", self.site.digest(code_key()), self.site.former.keys())
        desk = Desk(self.site, NOTHING, NOTHING, records, cache / "runs", cache / "packs")
        self.tell("正在为预览做搜索索引，第一次要等一会儿……")
        runs = [
            cache / "runs" / run for run in self.spread(run_only, desk, self.site.store.counties()) if run
        ]
        index = put_index(cache / "index", runs, self.site.register, self.spread)
        sheaf = Sheaf()
        sheaf.put("", [(path, source.read_bytes()) for path, source in index.files.items()])
        for page in asking_pages(self.site, above, index.start, self.hub.folder):
            self.site.write(sheaf, page)
        self._put(SEARCH_PART, sheaf)


def _unreadable(county: County) -> Iterator[Page]:
    """A page for each file of a unit that could not be read, so that whoever edits it sees why."""
    shown = {(h.unit.id, filed.subject.report.year) for h in county.holdings for filed in h.filed}
    shown |= {(holding.unit.id, 0) for holding in county.holdings}
    faulty: dict[tuple[str, int], list[Finding]] = {}
    for finding in county.errors:
        if UNIT_ID.fullmatch(finding.unit) and (finding.unit, finding.year) not in shown:
            faulty.setdefault((finding.unit, finding.year), []).append(finding)
    for (unit, year), findings in sorted(faulty.items()):
        yield unreadable_page(unit, year, findings)
