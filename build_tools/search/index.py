"""The search index on disk: a scratch run per county while pages are written, its files when all are there.

Everything goes into the staging folder. Workers merge one range of terms each, so that no process ever holds
more than a part of the postings.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from build_tools.archive import Register
from build_tools.files import put
from build_tools.forms import official
from build_tools.search.census import Census, census
from build_tools.search.help import both, everyday, help_table
from build_tools.search.run import PARTS, Filing, Member, read_members, read_parts, write_run
from build_tools.search.shards import Merger, Scale, name_of, packed, scale
from build_tools.search.start import Beside, Vocabulary, places, start
from build_tools.units import kinds, levels
from build_tools.workers import spread

FOLDER = "search/index/"
"""Where the index's files stand in the site."""

_RUNS = ".runs"


def put_run(site: Path, county: str, filings: Sequence[Filing]) -> None:
    """Keep what the search needs of a county."""
    folder = site / _RUNS
    folder.mkdir(exist_ok=True)
    with (folder / county).open("wb") as file:
        write_run(file, filings)


def put_index(site: Path, register: Register, workers: int | None = None) -> str:
    """Make the index of all runs, take them away, and say where the start file stands from the top of the site."""
    runs = tuple(sorted((site / _RUNS).iterdir())) if (site / _RUNS).exists() else ()
    members = [member for run in runs for member in _members(run)]
    counted = census(members)
    plan = _Plan(site, runs, counted, scale(counted.reports))
    jobs = plan.scale.jobs
    ranges = [range(PARTS * job // jobs, PARTS * (job + 1) // jobs) for job in range(jobs)]
    shards = [shard for found in spread(_merge, plan, ranges, workers=workers) for shard in found]
    if runs:
        shutil.rmtree(site / _RUNS)
    return _start(site, members, register, counted, shards)


@dataclass(frozen=True, slots=True)
class _Plan:
    site: Path
    runs: tuple[Path, ...]
    census: Census
    scale: Scale


def _merge(plan: _Plan, parts: range) -> list[tuple[str, str]]:
    """The first term and the name of each shard made of these parts."""
    merger = Merger(plan.census, plan.scale.shard)
    for run in plan.runs:
        with run.open("rb") as file:
            for part in read_parts(file, parts):
                merger.add(run.name, part)
    return [(first, _put(plan.site, payload)) for first, payload in merger.shards()]


def _start(
    site: Path, members: Sequence[Member], register: Register, counted: Census, shards: list[tuple[str, str]]
) -> str:
    regions = places(members, register)
    names = [*(name for member in members for name in member.names), *(region.name for region in regions)]
    help_file = f"help-{_put(site, help_table([*names, everyday()]).encode(), 'help-')}.bin"
    words = Vocabulary(official(), kinds(), levels())
    text = start(members, regions, words, Beside(shards, help_file, both(), counted))
    return f"{FOLDER}start-{_put(site, text.encode(), 'start-')}.bin"


def _put(site: Path, payload: bytes, prefix: str = "") -> str:
    name = name_of(payload)
    put(site, FOLDER, [(f"{prefix}{name}.bin", packed(payload))])
    return name


def _members(run: Path) -> list[Member]:
    with run.open("rb") as file:
        return list(read_members(file))
