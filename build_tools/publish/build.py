"""The archive -> the site: what changed is read, checked and rendered by workers, all else is left as it is.

Counties come first; an error that nobody acknowledged stops here. Then the lists above the counties, the search index
and the hand-written pages. Each is a part of the site with a list of its files; when the list of every
part is known, and only if they are not what is shown already, the hidden copy is finished and shown.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from build_tools.check import place
from build_tools.export import lacking
from build_tools.files import Lock, UnreadableError, digest, why
from build_tools.keys import code_key
from build_tools.publish import manifest
from build_tools.publish.bad import BadReportsError, told
from build_tools.publish.built import Built, built
from build_tools.publish.data import DATA, bring
from build_tools.publish.hub import Hub
from build_tools.publish.lists import lists, search_of
from build_tools.publish.making import Desk, Made, Outcome, make, share
from build_tools.publish.manifest import Listing, listed
from build_tools.publish.part import Part, part
from build_tools.publish.progress import Watch, watched
from build_tools.publish.site import Sheaf, Site
from build_tools.publish.summary import Above, Done, Summary, heard
from build_tools.publish.twins import Twins
from build_tools.records import Record, Records
from build_tools.search.index import put_index
from build_tools.shell import HOME
from build_tools.workers import Spread

HUB, LISTS, SEARCH = "hub", "lists", "search"
"""The parts of the site that are no counties."""

_UMASK = 0o022
_MANY = 2000  # reports: from here on to begin a process takes little of all time


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


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A part of the site: the SHA-256 of its list, and how its files get into it; counties are shared."""

    digest: str
    fill: Callable[[Part], None] | None = None


class Build:
    """One build, from the first look at the counties to the finished site."""

    def __init__(self, site: Site, hub: Hub, bench: Bench) -> None:
        self.site, self.hub, self.bench = site, hub, bench
        self.common = site.digest(code_key())
        records, twins = Records(bench.cache / "records", self.common), bench.twins
        self.desk = Desk(site, twins.made, twins.last, records, bench.cache / "runs", bench.cache / "packs")
        self.known: dict[str, Made] = {}
        self.wanted: dict[str, _Wanted] = {}
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
        self._counties()
        self._stop_at_errors()
        self.wanted |= {code: _Wanted(made.listing) for code, made in self.known.items()}
        above = self._lists()
        if self.site.search:
            self._search(above)
        self._data(above)
        self._written()
        changed = {name: part.digest for name, part in self.wanted.items()} != self._shown()
        if changed:
            self._finish()
        else:
            self.desk.made.seal_again()
        self.desk.tidy([LISTS, *self.wanted], self.known.values())
        without = lacking() if self.site.data else ()
        return built(len(self.known), above, self.outcomes, changed=changed, lacking=without)

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
        for name in self.desk.made.parts().keys() - codes - {HUB, LISTS, SEARCH}:
            if not name.startswith(DATA):
                self.desk.made.unseal()
                self.desk.made.drop(name)

    def _shown(self) -> Mapping[str, str]:
        """The parts of the site that is shown; none of one that is damaged, so that all of it is made sure of."""
        return self.desk.shown.parts() if self.desk.shown.finished() else {}

    def _stop_at_errors(self) -> None:
        faulty = [code for code, made in sorted(self.known.items()) if not made.listing]
        errors = [error for code in faulty for error in self._done(code).errors]
        errors += (place(problem, None, file) for file, problem in self.site.store.strays())
        if errors:
            raise BadReportsError(told(self.site.store, errors))

    def _done(self, code: str) -> Done:
        return heard(self._from(code).records.told(code))

    def _from(self, code: str) -> Desk:  # noqa: ARG002  # one made of shards has several
        """Where a county was made."""
        return self.desk

    def _search(self, above: Above) -> None:
        """The search index and its page."""
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
        self.site.write(sheaf, search_of(above, index.start, self.hub.scripts))

        def fill(out: Part) -> None:
            for path, entry in files.items():
                out.take(path, index.files[path], entry)
            sheaf.fill(out)

        self._want(SEARCH, {**files, **sheaf.listing()}, fill)

    def _data(self, above: Above) -> None:
        """The open data: slices of which something has changed, and the pages that lead to all."""
        packs = {code: (self._from(code).packs, made.pack) for code, made in self.known.items()}
        there = (self.desk.made.parts(), self._shown())
        # What writes Parquet takes 100 MB; of many reports much is in memory here already.
        work = self.bench.apart if above.reports > _MANY else self.bench.spread
        work = watched(work, self.bench.watch, "数据")
        data = bring(self.desk, packs, code_key(), there, work)
        self.outcomes += data.outcomes
        self.wanted |= {name: _Wanted(listing) for name, listing in data.listings.items()}
        self._want(DATA, data.pages.listing(), data.pages.fill)

    def _written(self) -> None:
        """The hand-written pages, which lie ready."""
        files = {path: entry for path, entry in self.hub.files.items() if path != HOME}

        def fill(out: Part) -> None:
            for path, entry in files.items():
                out.take(path, self.hub.folder / path, entry)

        self._want(HUB, files, fill)

    def _want(self, name: str, files: Listing, fill: Callable[[Part], None]) -> str:
        """Let a part of these files be in the site; gives the SHA-256 of its list."""

        def filled(out: Part) -> None:
            out.keep_only(files)
            fill(out)

        sha256 = listed(manifest.write(files)).sha256
        self.wanted[name] = _Wanted(sha256, filled)
        return sha256

    def _lists(self) -> Above:
        """The pages that list what all counties have, made anew only if some of it is new."""
        made_of = (self.common, self.hub.key, sorted((m.code, m.told) for m in self.known.values()))
        key, record = digest(repr(made_of).encode()), self.desk.records.read(LISTS)
        there = {parts.get(LISTS) for parts in (self.desk.made.parts(), self._shown())}
        if record and record.key == key and record.listing in there:
            self.wanted[LISTS] = _Wanted(record.listing, Part.share)
            return Above.heard(record.told, self.site.register)
        summary = Summary(self.site.register)
        for code in sorted(self.known):
            summary.add(self._done(code))
        sheaf = Sheaf()
        lists(self.site, self.hub, summary, sheaf)
        listing = self._want(LISTS, sheaf.listing(), sheaf.fill)
        self.desk.records.write(LISTS, Record(key, 0, (), {}, listing, "", summary.above.told()))
        return summary.above

    def _finish(self) -> None:
        """Give the hidden copy what it lacks, take away what it has too much, and show it."""
        made, there = self.desk.made, self.desk.made.parts()
        made.unseal()
        for name in there.keys() - self.wanted.keys():
            made.drop(name)
        lacking = [name for name, part in sorted(self.wanted.items()) if there.get(name) != part.digest]
        for name in lacking:
            if fill := self.wanted[name].fill:
                with part(made, self.desk.shown, name) as out:
                    fill(out)
                    out.close()
                    self.outcomes.append(Outcome(Made(name), out.files, out.bytes))
        shared = [(name, self._from(name).shown) for name in lacking if self.wanted[name].fill is None]
        for outcome in self.bench.watch("共用", len(shared), self.bench.spread(share, made, shared)):
            self.outcomes.append(outcome)
        self.bench.twins.finish({name: part.digest for name, part in self.wanted.items()})
