"""Shards -> one site: what was made of the provinces apart, on any machines, is shared, listed and indexed as one.

A shard is a folder: `site`, a whole site of its own; `records`, `runs` and `packs`, what the lists, the search and the
open data of the whole archive are made of; `shard.json`, what its pages hang on, which must be the same for all. Shards travel, and
reports change while they do: before anything is joined, every county of the archive must be in one of them, whole,
and made of the files that are in the archive now.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from build_tools.files import Lock, digest, digest_of, write_text
from build_tools.keys import code_key
from build_tools.publish import manifest
from build_tools.publish.build import Bench, Build
from build_tools.publish.built import Built
from build_tools.publish.hub import Hub
from build_tools.publish.making import Desk, Made
from build_tools.publish.manifest import ManifestError, listed
from build_tools.publish.site import Site
from build_tools.publish.tree import Tree
from build_tools.records import Records
from build_tools.stopped import StoppedError
from build_tools.store import DIVISIONS

SITE = "site"
"""The folder of a shard that is its site."""

_MARK = "shard.json"
_TOLD = 20  # faults named; more would only scroll by


class ShardError(StoppedError):
    """Folders that are no shards, or do not belong together; the message says in Chinese which and why."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A finished shard: the beginning of its counties' codes, what they hang on, a digest of what was made."""

    folder: Path
    code: str
    of: Mapping[str, str]
    made: str

    def desk(self, desk: Desk) -> Desk:
        """A desk that finds here what was made."""
        records = replace(desk.records, folder=self.folder / "records")
        shown, runs, packs = Tree(self.folder / SITE), self.folder / "runs", self.folder / "packs"
        return replace(desk, shown=shown, records=records, runs=runs, packs=packs)


def mark(folder: Path, site: Site) -> None:
    """Say that a folder is a finished shard, what its pages hang on, and what was made."""
    records = Records(folder / "records", site.digest(code_key()))
    made = _digest(_made(records, Tree(folder / SITE)))
    told = {"shard": site.store.shard, "of": _of(site), "made": made}
    write_text(folder / _MARK, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _of(site: Site) -> Mapping[str, str]:
    """All that every page hangs on, by the name that people know it by; the last is over all of it."""
    shells = [(shell.pieces, shell.slots) for _, shell in sorted(site.shells.items())]
    return {
        "年份": str(site.now),
        DIVISIONS: digest((site.store.reports / DIVISIONS).read_bytes()),
        "程序或 Python 的版本": code_key(),
        "网页的样子（mkdocs.yml、overrides、网址）": digest(
            repr((shells, site.edit_base, site.site_url, site.issue_form)).encode()
        ),
        "有没有搜索": str(site.search),
        "有没有数据文件": str(site.data),
        "git 仓库全不全": str(site.history.absence),
        "别的设置": site.digest(code_key()),
    }


def _made(records: Records, tree: Tree) -> Iterator[Made]:
    """What a tree has of counties, and the records say the same of."""
    for code, listing in sorted(tree.parts().items()):
        record = records.read(code) if code.isdigit() else None
        if record and record.listing == listing:
            yield Made(code, listing, record.run, digest(record.told.encode()), record.pack)


def _digest(made: Iterable[Made]) -> str:
    return digest(repr([tuple(one) for one in made]).encode())


class Assembly(Build):
    """A build that takes its counties from shards."""

    def __init__(self, site: Site, hub: Hub, bench: Bench, shards: Sequence[Path]) -> None:
        super().__init__(site, hub, bench)
        self.shards = [_opened(folder, site) for folder in shards]
        self._desks: dict[str, Desk] = {}

    def run(self) -> Built:
        """All of it, in order; no shard may be made anew meanwhile. Raises ShardError for what cannot be joined."""
        _stop_at_overlaps(self.shards)
        with ExitStack() as held:
            for shard in self.shards:
                held.callback(Lock(shard.folder).release)
            return replace(super().run(), shards=len(self.shards))

    def _counties(self) -> None:
        """Take over the counties of the shards, if they are those of the archive."""
        folders, shown = dict(self.site.store.counties()), self._shown()
        jobs = list[_Job]()
        for shard in self.shards:
            desk = shard.desk(self.desk)
            made = list(_made(desk.records, desk.shown))
            if _digest(made) != shard.made:
                raise ShardError(
                    f"{shard.folder} 做完以后又动过（例如再做时出了错），或者没有拷贝完整。重做或重新拷贝这个分片。"
                )
            self.known.update((one.code, one) for one in made)
            # What is shown here already need not be brought over once more.
            here = {one.code for one in made if shown.get(one.code) == one.listing}
            self._desks |= {
                one.code: replace(desk, shown=self.desk.shown) if one.code in here else desk for one in made
            }
            jobs += ((one, folders.get(one.code), shard, one.code in here) for one in made)
        _stop_at_gaps(sorted(folders.keys() - self.known.keys()))
        faults = self.bench.watch("核对", len(jobs), self.bench.spread(_fault, self.desk, jobs))
        _stop_at([fault for fault in faults if fault])
        self._make_room(self.known.keys())

    def _from(self, code: str) -> Desk:
        return self._desks.get(code, self.desk)


def _opened(folder: Path, site: Site) -> Shard:
    if not folder.is_dir():
        raise ShardError(f"没有 {folder} 这个目录。分片用 nianbao build --shard 做。")
    try:
        told = json.loads((folder / _MARK).read_text(encoding="utf-8"))
        shard = Shard(folder, str(told["shard"]), dict(told["of"]), str(told["made"]))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ShardError(
            f"{folder} 不是做完的分片：里面没有可读的 {_MARK}。先把 nianbao build --shard 做成功。"
        ) from error
    here = _of(site)
    if differing := [name for name in here if shard.of.get(name) != here[name]]:
        told = "、".join(differing[:-1] or differing)
        raise ShardError(f"{folder} 和这里不一样的有：{told}。用同一个提交、同样的环境重做这个分片。")
    return shard


def _stop_at_overlaps(shards: Sequence[Shard]) -> None:
    ordered = sorted(shards, key=lambda shard: (shard.code, shard.folder))
    # In order, the codes that begin with a code come right after it.
    for one, next_one in pairwise(ordered):
        if next_one.code.startswith(one.code):
            raise ShardError(
                f"{one.folder}（{one.code}）和 {next_one.folder}（{next_one.code}）里有同样的县，只能要一个。"
            )


def _stop_at_gaps(missing: Sequence[str]) -> None:
    if missing:
        provinces = "、".join(sorted({code[:2] for code in missing}))
        raise ShardError(
            f"reports 里有 {len(missing):,} 个县不在任何分片里，属于 {provinces}，第一个是 {missing[0]}。补做这些分片。"
        )


def _stop_at(faults: Sequence[str]) -> None:
    if faults:
        more = [f"另有 {len(faults) - _TOLD:,} 个县也是这样。"] if len(faults) > _TOLD else []
        raise ShardError("\n".join([*faults[:_TOLD], *more, "重做或重新拷贝这些分片。"]))


_Job = tuple[Made, Path | None, Shard, bool]
"""A county that was made, its folder in the archive, the shard it is from; whether its pages are here already."""


def _fault(here: Desk, job: _Job) -> str:
    """What keeps a county of a shard from being joined; nothing where nothing does."""
    made, folder, shard, shown = job
    desk = shard.desk(here)
    record, where = desk.records.read(made.code), f"{shard.folder} 里的 {made.code}"
    if record is None or folder is None:
        return f"{where} 已经不在 reports 里。"
    asked = {unit: here.site.store.holds(unit) for unit in record.asked}
    if desk.records.key(made.code, desk.records.look(made.code, folder), asked) != record.key:
        return f"{where} 不是用现在的 reports 做的。"
    return "" if _whole(made, here.shown if shown else desk.shown, desk) else f"{where} 缺文件，或文件损坏。"


def _size(path: Path) -> int:
    """The size of an ordinary file; -1 for anything else, such as a link that leads out of the shard."""
    about = path.lstat()
    return about.st_size if stat.S_ISREG(about.st_mode) else -1


def _whole(made: Made, tree: Tree, desk: Desk) -> bool:
    """Whether all is there that was made of a county. Of pages the sizes must do: to read them takes too long."""
    try:
        data = (tree.folder / manifest.part_path(made.code)).read_bytes()
        files = manifest.read(data)
        sizes = all(_size(tree.folder / path) == entry.size for path, entry in files.items())
        kept = [(desk.runs, made.run), (desk.packs, made.pack.name)]
        right = all(name == f"{made.code}-{digest_of(folder / name)}" for folder, name in kept if name)
    except (OSError, ManifestError):
        return False
    return sizes and right and listed(data).sha256 == made.listing
