"""`nianbao check`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from functools import partial

from build_tools.cli import asked
from build_tools.cli.out import colourful, show
from build_tools.cli.usage import UsageError
from build_tools.clock import this_year
from build_tools.diagnostics import FORMATS
from build_tools.diagnostics.junit import junit
from build_tools.diagnostics.text import Tally
from build_tools.finding import Finding
from build_tools.history.branch import branch
from build_tools.publish import cache_of
from build_tools.review.gathering import county_of
from build_tools.store import SHEETS, Store
from build_tools.survey import Surveyed, survey
from build_tools.workers import spread


def check(options: argparse.Namespace) -> int:
    """Check the archive, or some of its files; text is told county by county, other formats when all is known."""
    store = asked.store(options)
    found = _found(options, store)
    if options.format == "text":
        return _tell(options, store, found)
    files, findings = list[str](), list[Finding]()
    for county in found:
        files += (f"reports/{file}" for file in county.files)
        findings += county.findings
    shown, lines = store.shown(findings)
    form = partial(junit, files=files) if options.format == "junit" else FORMATS[options.format]
    show(form(shown, lines))
    return int(any(finding.blocks for finding in findings))


def _found(options: argparse.Namespace, store: Store) -> Iterable[Surveyed]:
    """What was found in what was asked for: in files, in all that a branch changed, or in everything."""
    paths, work = asked.chosen(store, options.paths), partial(spread, workers=options.jobs)
    find = partial(survey, store, this_year(), work, cache_of(store.root))
    if options.since is None:
        return find(paths)
    if options.paths:
        raise UsageError("路径和 --since 只能写一样：或者指明文件，或者查改过的文件。")
    files = branch(store.reports, options.since).changes()
    if SHEETS.intersection(files):  # they concern the whole archive
        return find()
    folders = {folder for file in files if (folder := county_of(file))}
    there = [path for folder in sorted(folders) if (path := store.reports / folder).exists()]
    return (county.since(files) for county in find(there)) if there else ()


def _tell(options: argparse.Namespace, store: Store, found: Iterable[Surveyed]) -> int:
    tally, files = Tally(), 0
    for county in found:
        files += len(county.files)
        show(tally.told(*store.shown(county.findings), verbose=options.verbose, colour=colourful()))
    show(tally.summary(files))
    return int(tally.blocks)
