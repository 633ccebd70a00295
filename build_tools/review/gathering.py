"""A branch -> what it does to the archive. Only counties in which it changes something are read, now and as they were."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import PurePosixPath

from build_tools.archive import Register
from build_tools.check import place
from build_tools.files import UnreadableError
from build_tools.finding import Finding
from build_tools.history.branch import branch
from build_tools.history.log import report_of
from build_tools.review.county import Both, part
from build_tools.review.past import past
from build_tools.review.side import Side
from build_tools.review.values import Review
from build_tools.store import SHEETS, Store
from build_tools.workers import Spread

_ABOVE = 2  # the folders of province and county stand above a unit


def review(store: Store, now: int, name: str, spread: Spread) -> Review:
    """What was done to the archive since it left the revision `name`; raises UnreadableError where that is unknown."""
    here = branch(store.reports, name)
    files = here.changes()
    counties = {folder: list(own) for folder, own in groupby(files, county_of) if folder}
    with past(here, counties) as then:
        both = Both(_side(store, store.register(), now), _side(then, _register(then, store), now))
        parts = tuple(spread(part, both, counties.items()))
    others = [file for file in files if not report_of(os.fsencode(file))]
    sheets = tuple(file for file in others if file in SHEETS)
    return Review(here.name, here.base, parts, tuple(others), sheets, _stray(store, files))


def county_of(file: str) -> str:
    """The folder of the county that a file is in, `33/330411`; empty for one above the counties."""
    parts = PurePosixPath(file).parts
    return "/".join(parts[:_ABOVE]) if len(parts) > _ABOVE and parts[1].startswith(parts[0]) else ""


def _side(store: Store, register: Register, now: int) -> Side:
    return Side(store, register, store.former()[0], now)


def _register(then: Store, store: Store) -> Register:
    """The register as it was; where it could not be read that of now."""
    with suppress(UnreadableError):
        return then.register()
    return store.register()


def _stray(store: Store, files: Sequence[str]) -> tuple[Finding, ...]:
    """What is wrong with those of the files that stand above the counties."""
    found = (place(problem, None, file) for file, problem in store.faults())
    touched = {str(above) for file in files for above in (PurePosixPath(file), *PurePosixPath(file).parents)}
    return tuple(finding for finding in found if finding.file in touched)
