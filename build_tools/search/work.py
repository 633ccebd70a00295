"""What workers do for the index: merge a range of terms of all runs into shards, or edit the shards of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from build_tools.search.edit import Edit, Editor
from build_tools.search.kept import Folder, parts_of
from build_tools.search.lists import Coder
from build_tools.search.merge import Merger
from build_tools.search.reading import coded
from build_tools.search.run import opened
from build_tools.search.shards import Coded, Cutter, Kept, Scale, Shard


@dataclass(frozen=True, slots=True)
class Work:
    """What all jobs share: where files go, the run of each county in the census, and how terms are coded and cut."""

    folder: Folder
    runs: Sequence[Path]
    coder: Coder
    scale: Scale


class EditJob(NamedTuple):
    """The shards of a range of terms, and what changed in them."""

    shards: Sequence[Kept]
    edits: Mapping[str, Edit]


def merge(work: Work, parts: range) -> list[Kept]:
    """The shards made of these parts of all runs."""
    held = [parts_of(run, parts) for run in work.runs]
    merger, cutter = Merger(work.coder), Cutter(work.scale.shard)
    found: list[Kept] = []
    for nth in range(len(parts)):
        for place, own in enumerate(held):
            if own[nth]:
                merger.add(place, opened(own[nth]))
        found += _put(work, cutter.add(merger.terms()))
    return [*found, *_put(work, cutter.end())]


def edit(work: Work, job: EditJob) -> list[Kept]:
    """The shards of a range of terms, after changes."""

    def read(kept: Kept) -> list[Coded]:
        return coded(work.folder.read(kept))

    return list(_put(work, Editor(work.coder, work.scale.shard, read).shards(job.shards, job.edits)))


def _put(work: Work, shards: Iterable[Kept | Shard]) -> Iterator[Kept]:
    for shard in shards:
        yield shard if isinstance(shard, Kept) else work.folder.put(shard.payload, shard.first)
