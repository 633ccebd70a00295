"""A site's lists and a host's -> what to send and what to delete, in which order. Nothing is sent here.

New files come first, then those that take the place of others, together, then the lists, last the deletions: who
reads meanwhile finds all that a page leads to.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from build_tools.deploy.errors import DeployError
from build_tools.files import open_ordinary
from build_tools.publish import manifest
from build_tools.publish.manifest import TOP, Listed, Listing, ManifestError, listed
from build_tools.search.index import FOLDER as INDEX

NOTE = "manifest.open"
"""Stands on the host while a deploy is under way, or was interrupted: the list of all that it touches."""

NEW, CHANGED, LISTS = range(3)
"""The steps in which files are sent."""

_PART = re.compile(rf"{manifest.FOLDER}[^/]+\.tsv")
_UNKNOWN = Listed(0, "0" * 64)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is sent in each step; the files deleted then, those of the search last; the `folders` left empty, by depth."""

    sent: tuple[Listing, ...]
    gone: tuple[tuple[str, ...], ...]
    folders: tuple[tuple[str, ...], ...]

    def __bool__(self) -> bool:
        return any(self.sent) or bool(self.gone)

    @property
    def files_gone(self) -> tuple[str, ...]:
        """All files that are deleted."""
        return tuple(chain.from_iterable(self.gone))

    def note(self) -> bytes:
        """All that is touched, as a list."""
        paths = dict.fromkeys(self.files_gone, _UNKNOWN)
        return manifest.write(paths | {path: entry for step in self.sent for path, entry in step.items()})


def plan(new: Listing, there: Listing, known: Listing, alike: Iterable[Listing] = ()) -> Plan:
    """How a host becomes `new` that may hold the files `there`, but surely those `known` with this content.

    `alike` are further files of the site that the host has: they stay, as do their folders.
    """
    steps: tuple[dict[str, Listed], ...] = ({}, {}, {})
    for path in manifest.changed(known, new)[0]:
        steps[_step(path, there)][path] = new[path]
    gone = there.keys() - {NOTE}
    folders = _around(gone)
    for listing in chain([new], alike if gone else ()):
        gone -= listing.keys()
        folders -= _around(listing)
    index = {path for path in gone if path.startswith(INDEX)}
    depths = sorted({folder.count("/") for folder in folders}, reverse=True)
    levels = [{folder for folder in folders if folder.count("/") == depth} for depth in depths]
    return Plan(steps, _sorted(gone - index, index), _sorted(*levels))


def _sorted(*steps: set[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(step)) for step in steps if step)


def _step(path: str, there: Listing) -> int:
    if path == TOP or _PART.fullmatch(path):
        return LISTS
    return CHANGED if path in there and not path.startswith(INDEX) else NEW


def _around(paths: Iterable[str]) -> set[str]:
    """The folders that these paths are in, and those around them."""
    folders: set[str] = set()
    for folder in {posixpath.dirname(path) for path in paths}:
        while folder and folder not in folders:
            folders.add(folder)
            folder = posixpath.dirname(folder)  # noqa: PLW2901  # one step up
    return folders


def compare(site: Path, host: Path, fetch: Callable[[Sequence[str]], None], *, recheck: bool = False) -> Plan:
    """The plan for a host whose lists stand in the folder `host`; `fetch` brings those of its parts that are named.

    Raises DeployError where the site is not finished, or the host's lists cannot be read.
    """
    own, theirs, doubt = _parts(site), _parts(host), _listing(host, NOTE)
    if not own:
        raise DeployError(f"{site} 里没有做好的网站。先运行 make build，或用 --site 指明网站在哪里。")
    sound(site, own)
    same = {path for path, entry in own.items() if theirs.get(path) == entry}
    differing = theirs.keys() - same
    fetch(sorted(differing - {TOP}))
    looked = set(own) if recheck or doubt else own.keys() - same
    new = {path: own[path] for path in looked} | _files(site, looked)
    there = _files(host, differing) | {path: theirs[path] for path in differing}
    there |= {path: own[path] for path in looked & same} | _files(site, looked & same)
    known = {} if recheck else {path: entry for path, entry in there.items() if path not in doubt}
    alike = (_listing(site, path) for path in sorted(same - looked))
    return plan(new, there | doubt, known, chain([own], alike))


def _parts(folder: Path) -> dict[str, Listed]:
    """The list of lists, and with it itself; nothing where there is none."""
    top = _listing(folder, TOP)
    if strange := [path for path in top if not _PART.fullmatch(path)]:
        raise DeployError(f"{folder / TOP} 里列的“{strange[0][:80]}”不是清单。")
    return top | {TOP: listed(manifest.write(top))} if top else {}


def _files(folder: Path, lists: Iterable[str]) -> dict[str, Listed]:
    return {
        path: entry
        for list_ in sorted(lists)
        if list_ != TOP
        for path, entry in _listing(folder, list_).items()
    }


def _listing(folder: Path, path: str) -> dict[str, Listed]:
    try:
        return manifest.read(open_ordinary(folder / path)[0])
    except FileNotFoundError:
        return {}
    except (OSError, ManifestError) as error:
        raise DeployError(
            f"清单 {path} 读不通。是网站的，就运行 nianbao build --fresh；"
            f"是主机上的，就删去主机上的 {TOP} 再来，文件会逐个核对。"
        ) from error


def sound(site: Path, files: Listing) -> None:
    """Raise DeployError unless each of these files of the site holds what its list says."""
    for path, entry in files.items():
        try:
            found = listed(open_ordinary(site / path)[0])
        except OSError:
            found = None
        if found != entry:
            raise DeployError(f"{path} 和网站自己的清单对不上，没有发布。重做网站：nianbao build --fresh。")
