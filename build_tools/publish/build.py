"""The archive -> the site: what changed is read, checked and rendered by workers, all else is left as it is.

Counties come first; an error that nobody acknowledged stops here. Then the lists above the counties, the search index
and the hand-written pages. Each is a part of the site with a list of its files; when the list of every
part is known, and only if they are not what is shown already, the hidden copy is finished and shown.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from build_tools.check import place
from build_tools.export import lacking
from build_tools.files import Lock, UnreadableError, why
from build_tools.keys import code_key
from build_tools.publish.above import LISTS, Lists
from build_tools.publish.bad import BadReportsError, told
from build_tools.publish.built import Built, built
from build_tools.publish.changes import CHANGES, changes
from build_tools.publish.data import DATA, bring
from build_tools.publish.hub import Hub
from build_tools.publish.lists import asking_pages, part_of_province
from build_tools.publish.making import Desk, Made, Outcome, make, make_province, share
from build_tools.publish.manifest import listed
from build_tools.publish.moved import MOVED, moved_part
from build_tools.publish.part import Part, part
from build_tools.publish.progress import Watch, watched
from build_tools.publish.provinces import by_province
from build_tools.publish.site import Sheaf, Site
from build_tools.publish.summary import Above, Done, heard
from build_tools.publish.twins import Twins
from build_tools.publish.wanted import Wanted, wanted
from build_tools.records import Records
from build_tools.search.index import put_index
from build_tools.shell import HOME
from build_tools.workers import Spread

HUB, SEARCH = "hub", "search"
"""The parts of the site that hang on all of it; LISTS and MOVED are others."""

_UMASK = 0o022
_MANY = 200  # reports: from here on to begin a process takes little of all time


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a build works: the two copies of the site, the folder of what is kept between builds, its workers.

    `apart`: workers in processes that begin with nothing. `fresh`: nothing that was kept is relied on.
    """

    twins: Twins
    cache: Path
    spread: Spread
    apart: Spread
    watch: Watch
    fresh: bool = False


class Build:
    """One build, from the first look at the counties to the finished site."""

    def __init__(self, site: Site, hub: Hub, bench: Bench) -> None:
        self.site, self.hub, self.bench = site, hub, bench
        self.common = site.digest(code_key())
        records, twins = Records(bench.cache / "records", self.common, site.own()), bench.twins
        self.desk = Desk(site, twins.made, twins.last, records, bench.cache / "runs", bench.cache / "packs")
        self.known: dict[str, Made] = {}
        self.wanted: dict[str, Wanted] = {}
        self.outcomes: list[Outcome] = []

    def run(self) -> Built:
        """All of it, in order; raise BadReportsError for errors in the archive, UnreadableError for the disk's."""
        with ExitStack() as held:
            held.callback(self.bench.twins.end)
            try:
                self.bench.twins.begin()
                held.callback(self._alone().release)
                return self._run()
            except OSError as error:
                place = error.filename or self.desk.shown.folder
                raise UnreadableError(f"写不进 {place}：{why(error)}") from error

    def _alone(self) -> Lock:
        """What is kept between builds, for this build alone; nothing of it where nothing is to be relied on."""
        cache = self.bench.cache
        lock = Lock(cache / "records")
        if self.bench.fresh:
            for folder in ("runs", "packs", "index"):
                shutil.rmtree(cache / folder, ignore_errors=True)
            self.desk.records.keep_only(())
        os.umask(_UMASK)  # pages are for everybody to read, whoever makes them
        return lock

    def _run(self) -> Built:
        self.bench.twins.rely_on(code_key(), self.bench.cache / "program")
        self._moved()
        self._counties()
        self._stop_at_errors()
        self.wanted |= {code: Wanted(made.listing) for code, made in self.known.items()}
        above = self._above()
        if self.site.search:
            self._search(above)
        self._data(above)
        self._written()
        if self.site.history.told:
            self.wanted[CHANGES] = changes(self.site.history)
        changed = {name: part.digest for name, part in self.wanted.items()} != self._shown()
        if changed:
            self._finish()
        else:
            self.desk.made.seal_again()
        self.desk.tidy([LISTS, *self.wanted], self.known.values())
        without = lacking() if self.site.data else ()
        made = built(self.known, above, self.outcomes, changed=changed, lacking=without)
        return replace(made, remark=self.site.history.remark)

    def _counties(self) -> None:
        """Find out what is known of each county; make those of which nothing is, or nothing that still holds."""
        counties, stale = list(self.site.store.counties()), list[tuple[str, Path]]()
        self._make_room({code for code, _ in counties})
        there = (self.desk.made.parts(), self._shown())
        for code, folder in counties:
            made = self.desk.known(code, folder, there)
            if made:
                self.known[code] = made
            else:
                stale.append((code, folder))
        if stale:
            self.desk.made.unseal()
        for outcome in self.bench.watch("县", len(stale), self.bench.spread(make, self.desk, stale)):
            self.outcomes.append(outcome)
            self.known[outcome.made.code] = outcome.made

    def _make_room(self, codes: AbstractSet[str]) -> None:
        """Take away what is no part of the site any more, before files of the same names are written."""
        provinces = {part_of_province(code) for code in by_province(codes)}
        for name in self.desk.made.parts().keys() - codes - provinces - {CHANGES, HUB, LISTS, MOVED, SEARCH}:
            if not name.startswith(DATA):
                self.desk.made.unseal()
                self.desk.made.drop(name)

    def _shown(self) -> Mapping[str, str]:
        """The parts of the site that is shown; none of one that is damaged, so that all of it is made sure of."""
        return self.desk.shown.parts() if self.desk.shown.finished() else {}

    def _stop_at_errors(self) -> None:
        faulty = [code for code, made in sorted(self.known.items()) if not made.listing]
        errors = [error for code in faulty for error in self._done(code).errors]
        errors += (place(problem, None, file) for file, problem in self.site.store.faults())
        if errors:
            raise BadReportsError(told(self.site.store, errors))

    def _done(self, code: str) -> Done:
        return heard(self._from(code).records.told(code))

    def _from(self, code: str) -> Desk:  # noqa: ARG002  # one made of shards has several
        """Where a county was made."""
        return self.desk

    def _search(self, above: Above) -> None:
        """The search index, and the pages that ask it."""
        runs = [self._from(code).runs / made.run for code, made in sorted(self.known.items())]
        index = put_index(
            self.bench.cache / "index",
            runs,
            self.site.register,
            watched(self.bench.spread, self.bench.watch, "搜索"),
        )
        # Files of the index are named by their content, so that one listed before need not be read again.
        before = self.desk.made.listing(SEARCH) | self.desk.shown.listing(SEARCH)
        files = {p: before.get(p) or listed(source.read_bytes()) for p, source in index.files.items()}
        sheaf = Sheaf()
        for page in asking_pages(self.site, above, index.start, self.hub.folder):
            self.site.write(sheaf, page)

        def fill(out: Part) -> None:
            for path, entry in files.items():
                out.take(path, index.files[path], entry)
            sheaf.fill(out)

        self.wanted[SEARCH] = wanted({**files, **sheaf.listing()}, fill)

    def _data(self, above: Above) -> None:
        """The open data: slices of which something has changed, and the pages that lead to all."""
        packs = {code: (self._from(code).packs, made.pack) for code, made in self.known.items()}
        there = (self.desk.made.parts(), self._shown())
        # What writes Parquet takes 60 MB; of many reports as much is in memory here already.
        columns = self.bench.apart if above.reports > _MANY else self.bench.spread
        ways = (
            watched(columns, self.bench.watch, "Parquet"),
            watched(self.bench.spread, self.bench.watch, "数据"),
        )
        data = bring(self.desk, packs, code_key(), there, ways)
        self.outcomes += data.outcomes
        self.wanted |= {name: Wanted(listing) for name, listing in data.listings.items()}
        self.wanted[DATA] = wanted(data.pages.listing(), data.pages.fill)

    def _written(self) -> None:
        """The hand-written pages, which lie ready."""
        files = {path: entry for path, entry in self.hub.files.items() if path != HOME}

        def fill(out: Part) -> None:
            for path, entry in files.items():
                out.take(path, self.hub.folder / path, entry)

        self.wanted[HUB] = wanted(files, fill)

    def _above(self) -> Above:
        """The pages above the counties: those of provinces, and the lists of what all provinces have."""
        there = (self.desk.made.parts(), self._shown())
        lists = Lists(self.site, self.hub, self.desk, self.common, there)
        known, stale = lists.provinces(self.known, self._from)
        if stale:
            self.desk.made.unseal()
        for outcome in self.bench.watch("省", len(stale), self.bench.spread(make_province, self.desk, stale)):
            self.outcomes.append(outcome)
            known.append(outcome.made)
        self.wanted |= {made.code: Wanted(made.listing) for made in known}
        above, self.wanted[LISTS] = lists.above(sorted(known))
        return above

    def _moved(self) -> None:
        """What stands at addresses that were.

        It is taken away first and goes into the site last: what moved or was withdrawn may come back, and its
        address pass to a county or a list.
        """
        made = self.desk.made
        there = (made.parts(), self._shown())
        self.wanted[MOVED] = moved_part(self.site, self.desk.records, self.common, there)
        if made.parts().get(MOVED) != self.wanted[MOVED].digest:
            made.unseal()
            made.drop(MOVED)

    def _finish(self) -> None:
        """Give the hidden copy what it lacks, take away what it has too much, and show it."""
        made, there = self.desk.made, self.desk.made.parts()
        made.unseal()
        for name in there.keys() - self.wanted.keys():
            made.drop(name)
        lacking = [name for name, part in sorted(self.wanted.items()) if there.get(name) != part.digest]
        shared = [(name, self._from(name).shown) for name in lacking if self.wanted[name].fill is None]
        for outcome in self.bench.watch("共用", len(shared), self.bench.spread(share, made, shared)):
            self.outcomes.append(outcome)
        for name in lacking:
            if fill := self.wanted[name].fill:
                with part(made, self.desk.shown, name) as out:
                    fill(out)
                    out.close()
                    self.outcomes.append(Outcome(Made(name), out.files, out.bytes))
        self.bench.twins.finish({name: part.digest for name, part in self.wanted.items()})
