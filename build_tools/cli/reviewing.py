"""`nianbao review`."""

from __future__ import annotations

import argparse
from functools import partial

from build_tools.cli import asked
from build_tools.cli.out import show
from build_tools.clock import this_year
from build_tools.review.formats import FORMATS
from build_tools.review.gathering import review
from build_tools.review.words import told
from build_tools.workers import spread


def summarise(options: argparse.Namespace) -> int:
    """Say what a branch does to the archive; 1 where it brings an error that nobody has acknowledged."""
    store = asked.store(options)
    found = review(store, this_year(), options.base, partial(spread, workers=options.jobs))
    show(FORMATS[options.format](told(found)))
    return int(found.blocks)
