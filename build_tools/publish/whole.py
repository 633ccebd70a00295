"""The archive all at once, for `engine: page`: every page in memory, to be rendered by MkDocs like any other.

Meant for small archives and for comparing: what MkDocs makes of these pages is what the shells give, byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from build_tools.check import place
from build_tools.clock import this_year
from build_tools.county import read_county
from build_tools.files import replace_bytes
from build_tools.publish.build import BadReportsError, told
from build_tools.publish.counties import Writing
from build_tools.publish.hub import HOME, SITEMAPS, Settings, scripts_in
from build_tools.publish.lists import home, put_sitemaps, search_of
from build_tools.publish.making import keep_run
from build_tools.publish.site import Out, Sheaf, Site
from build_tools.publish.summary import Summary
from build_tools.publish.tree import part
from build_tools.publish.twins import Twins
from build_tools.render.pages import Page
from build_tools.search.index import put_index, run_of
from build_tools.store import Store
from build_tools.workers import spread


class Leaves(Sheaf):
    """Pages not yet in a shell, by path, and the files beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, Page] = {}


class Unbound(Site):
    """A Site whose pages go into no shell."""

    def write(self, out: Out, page: Page, *beside: tuple[str, str | bytes]) -> None:
        """Keep a page as it is, with the files that stand beside it."""
        leaves = cast("Leaves", out)
        leaves.pages[page.path] = page
        leaves.put(page.path, beside)


@dataclass(frozen=True, slots=True)
class Whole:
    """Every page and every other file of the archive; `above` are the pages above the counties."""

    site: Unbound
    leaves: Leaves
    summary: Summary
    above: tuple[Page, ...]

    def finish(self, made: Path) -> None:
        """Put what stands beside the pages, the home page and the sitemaps to what MkDocs made in a folder."""
        for name in SITEMAPS:
            (made / name).unlink(missing_ok=True)
        text = home((made / HOME).read_text(encoding="utf-8"), self.summary)
        self.leaves.put("", [(HOME, text)])
        of_counties = self.leaves.pages.keys() - {page.path for page in self.above}
        pages = (path.relative_to(made).as_posix() for path in made.rglob(HOME))
        written = [path for path in pages if path.removesuffix(HOME) not in of_counties]
        put_sitemaps(self.site, written, self.summary, self.leaves)
        for path, data in self.leaves.files.items():
            replace_bytes(made / path, data)


def gather(settings: Settings, cache: Path, theme: Path) -> Whole:
    """Read, check and render the whole archive; raise BadReportsError for errors. `theme` holds the scripts."""
    store = Store(settings.root)
    site = Unbound(store, store.register(), this_year(), {}, settings.edit_base, settings.site_url)
    leaves, summary, runs = Leaves(), Summary(site.register), list[Path]()
    errors = [place(problem, None, file) for file, problem in store.strays()]
    for code, folder in store.counties():
        county = read_county(store, store.county(code, folder), site.register, site.now)
        errors += county.errors
        if not county.errors:
            writing = Writing(site, county, leaves)
            done = writing.write()
            summary.add(done)
            runs.append(
                cache / "runs" / keep_run(cache / "runs", code, run_of(writing.filings(done.entries)))
            )
    if errors:
        raise BadReportsError(told(store, errors))
    index = put_index(cache / "index", runs, site.register, partial(spread, workers=settings.jobs))
    leaves.put("", [(path, source.read_bytes()) for path, source in index.files.items()])
    above = (*summary.pages(), search_of(summary.above, index.start, scripts_in(theme)))
    for page in above:
        site.write(leaves, page)
    return Whole(site, leaves, summary, above)


def show(made: Path, site: Path) -> None:
    """Let a finished site, which lies in one piece in a folder, take the place of the one that is shown."""
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
