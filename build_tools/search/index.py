"""The search index on disk: runs of counties in, its files out.

Workers merge one range of terms each, so that no process ever holds more than a part of the postings. Where units and
the numbers of their reports are what they were, only terms that changed are coded anew.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from build_tools.archive import Register
from build_tools.files import digest
from build_tools.forms import official
from build_tools.model import Division
from build_tools.search.census import Census, census
from build_tools.search.edit import changes
from build_tools.search.help import both, everyday, help_table
from build_tools.search.kept import Folder, State, members_of, parts_of
from build_tools.search.lists import Coder
from build_tools.search.run import PARTS, opened, part_of, run_of
from build_tools.search.shards import Kept, scale
from build_tools.search.start import Beside, Columns, Vocabulary, places, start, told
from build_tools.search.work import EditJob, Work, edit, merge
from build_tools.units import kinds, levels
from build_tools.workers import Spread

__all__ = ["FOLDER", "Index", "put_index", "run_of"]

FOLDER = "search/index/"
"""Where the index's files stand in the site."""

MANY = 3  # where more than one county in so many changed, a new merge is as quick


@dataclass(frozen=True, slots=True)
class Index:
    """The finished index: the path of its start file, and every file: path from the top of the site, where it lies."""

    start: str
    files: Mapping[str, Path]


def put_index(kept: Path, runs: Sequence[Path], register: Register, spread: Spread) -> Index:
    """Bring the index kept in a folder up to date with the runs of all counties, which come in order of county.

    A run is named `<county>-<digest of its content>`, and need not stay: the folder keeps what it needs of it.
    """
    folder = Folder(kept)
    old = folder.load()
    words = Vocabulary(official(), kinds(), levels())
    if old and old.runs == [run.name for run in runs] and old.words == _told(words, old.counts, register):
        return _index(kept, old)
    if old:
        folder = replace(folder, known=frozenset(one.name for one in old.files))
    counted = census(dict(_counts(runs, old)))
    own = [run for run in runs if _county(run) in counted.counts]
    work = Work(folder, own, Coder(counted), scale(counted.reports))
    shards = _shards(work, counted, old, spread)
    state = State(
        runs=[run.name for run in runs],
        counts=dict(counted.counts),
        words=_told(words, counted.counts, register),
        shards=shards,
        **_beside(work, counted, shards, words, places(counted.counts, register)),
    )
    folder.save(state, runs)
    return _index(kept, state)


def _index(kept: Path, state: State) -> Index:
    return Index(FOLDER + state.start.name, {FOLDER + one.name: kept / one.name for one in state.files})


def _county(run: Path) -> str:
    return run.name.partition("-")[0]


def _told(words: Vocabulary, counties: Iterable[str], register: Register) -> str:
    """A digest of everything else that the index says."""
    regions = [(region.code, region.name) for region in places(counties, register)]
    kinds_ = [(kind.id, kind.level) for kind in words.kinds.values()]
    return digest(json.dumps([told(words), kinds_, words.levels, regions]).encode())


def _counts(runs: Sequence[Path], old: State | None) -> Iterator[tuple[str, tuple[int, ...]]]:
    """By county that has any the reports of its units."""
    known = {name: old.counts.get(name.partition("-")[0], ()) for name in old.runs} if old else {}
    for run in runs:
        counts = known.get(run.name)
        if counts is None:
            counts = tuple(len(member.records) for member in members_of(run))
        if counts:
            yield _county(run), counts


def _shards(work: Work, counted: Census, old: State | None, spread: Spread) -> list[list[Kept]]:
    """The shards of each job, of which those that need not change are as they were."""
    ranges = work.scale.ranges()
    if old and list(old.counts.items()) == list(counted.counts.items()):
        before = set(old.runs)
        changed = [place for place, run in enumerate(work.runs) if run.name not in before]
        if len(changed) * MANY <= len(work.runs):
            return _edited(work, old, changed, spread)
    return list(spread(merge, work, ranges))


def _edited(work: Work, old: State, changed: Iterable[int], spread: Spread) -> list[list[Kept]]:
    edits: defaultdict[int, dict[str, dict[int, int]]] = defaultdict(dict)
    jobs = [job for job, parts in enumerate(work.scale.ranges()) for _ in parts]
    names = {name.partition("-")[0]: name for name in old.runs}
    for place in changed:
        run = work.runs[place]
        before = _patterns(work.folder.run(names[_county(run)]))
        for term, pattern in changes(before, _patterns(run)).items():
            edits[jobs[part_of(term)]].setdefault(term, {})[place] = pattern
    shards = list(old.shards)
    asked = sorted(edits)
    made = spread(edit, work, (EditJob(old.shards[job], edits[job]) for job in asked))
    for job, own in zip(asked, made, strict=True):
        shards[job] = own
    return shards


def _patterns(run: Path) -> dict[str, int]:
    parts = (opened(part) for part in parts_of(run, range(PARTS)) if part)
    return {term: pattern for part in parts for term, pattern in zip(*part, strict=True)}


def _beside(
    work: Work, counted: Census, shards: Iterable[Iterable[Kept]], words: Vocabulary, regions: list[Division]
) -> dict[str, Kept]:
    """The files beside the shards: the start, and the help that it names."""
    columns = Columns.of((member for run in work.runs for member in members_of(run)), words.forms)
    names = [columns.characters(), *(region.name for region in regions), everyday()]
    help_ = work.folder.put(help_table(names).encode(), prefix="help-")
    named = [(shard.first, shard.name.removesuffix(".bin")) for job in shards for shard in job]
    text = start(columns, regions, words, Beside(named, help_.name, both(), counted))
    return {"start": work.folder.put(text.encode(), prefix="start-"), "help": help_}
