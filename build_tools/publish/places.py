"""Where a site may be made: nowhere that holds what is not ours, since a build replaces all that is there."""

from __future__ import annotations

from pathlib import Path

from build_tools.publish import manifest
from build_tools.stopped import StoppedError

_SOURCES = ("reports", "docs", "overrides", "build_tools", "tests", ".git", ".cache", ".venv")
_FORMER = ("index.html", "404.html", "units")
_SHARD = {
    "shard.json",
    "site",
    ".site.twin",
    ".site.old",
    "records",
    "runs",
    "packs",
    "slices",
    "index",
    "history",
    "program",
}


class PlaceError(StoppedError):
    """A folder that must not be built into; the message says in Chinese why, and what to choose instead."""


def check_site(folder: Path, base: Path) -> None:
    """Raise PlaceError unless a site may be made in `folder`: new, empty, or a site of ours; never the sources."""
    _apart(folder, base)
    if _holds_something(folder) and not _ours(folder):
        raise PlaceError(
            f"{folder} 里有不是网站的东西，没有动它。换一个空的或还没有的文件夹；确定没有用，先自己清空它。"
        )


def check_shard(folder: Path, base: Path) -> None:
    """The same for the folder of a shard, which must not be a site or lie in one."""
    _apart(folder, base)
    for above in (folder, *folder.resolve().parents):
        if (above / manifest.TOP).exists():
            raise PlaceError(f"{above} 是做好的网站，分片不能放在里面。换一个文件夹，如 shards/33。")
    if _holds_something(folder) and {path.name for path in folder.iterdir()} - _SHARD:
        raise PlaceError(f"{folder} 里有不是分片的东西，没有动它。换一个空的或还没有的文件夹，如 shards/33。")


def _apart(folder: Path, base: Path) -> None:
    place, top = folder.resolve(), base.resolve()
    sources = [top / name for name in _SOURCES]
    if place == top or place in top.parents or any(s == place or s in place.parents for s in sources):
        raise PlaceError(f"{folder} 是档案本身的地方，网站不能做在那里。换一个文件夹，如 site。")
    if folder.exists() and not folder.is_dir():
        raise PlaceError(f"{folder} 不是文件夹。换一个名字，或先移走它。")


def _holds_something(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def _ours(folder: Path) -> bool:
    """A site with its list, or one that was made before sites had lists."""
    return (folder / manifest.TOP).is_file() or all((folder / name).exists() for name in _FORMER)
