"""What a branch changed: the files below a folder, as they are now and as they were where the branch began."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from build_tools.files import UnreadableError
from build_tools.history.absence import UnknownError
from build_tools.history.git import Repository, legible, repository

_ORDINARY = (
    b"100"  # how the mode of an ordinary file begins; links and submodules are no files of the archive
)


class BaseError(UnreadableError):
    """There is nothing to compare with; the message says how to get it."""


@dataclass(frozen=True, slots=True)
class Branch:
    """What is in a folder, seen from the commit in which it left the revision `name`."""

    here: Repository
    name: str
    base: str

    def changes(self) -> tuple[str, ...]:
        """The files below the folder that are not as they were, those that git does not know yet too."""
        known = self.here.ask("diff-index", "--name-only", "-z", "--no-renames", self.base, "--", ".") or b""
        new = self.here.ask("ls-files", "--others", "--exclude-standard", "-z", "--", ".") or b""
        inside = (path.removeprefix(self.here.prefix) for path in known.split(b"\0"))
        found = {os.fsdecode(path) for path in (*inside, *new.split(b"\0")) if path}
        return tuple(sorted(found))

    def files(self, folders: Iterable[str]) -> Mapping[str, str]:
        """The ordinary files that were at or below `folders`, which are below the folder: the id of each by its path."""
        wanted = sorted(set(folders))
        told = self.here.ask("ls-tree", "-r", "-z", self.base, "--", *wanted) if wanted else b""
        return dict(_entries(told or b""))

    def contents(self, ids: Iterable[str], most: int) -> Iterator[bytes | None]:
        """What was in these files, in order; None for one that is larger than `most`."""
        try:
            yield from self.here.blobs(ids, most)
        except UnknownError as error:
            raise BaseError(
                f"{self.name} 的文件这里没有取全。重新完整克隆（不要 --filter），再试。"
            ) from error


def branch(folder: Path, name: str) -> Branch:
    """The branch that is checked out, as it left the revision `name`; raise BaseError where that cannot be told."""
    try:
        here = repository(folder, whole=False)
    except UnknownError as error:
        raise BaseError(error.absence.obstacle(error.complaint)) from error
    base = _id(here.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"))
    if not base:
        raise BaseError(_unknown(name, shallow=here.shallow))
    fork = _id(here.ask("merge-base", base, here.head))
    # Of half a history a later meeting of the two may be out of sight.
    if not fork or (here.shallow and fork != base):
        raise BaseError(_apart(name, shallow=here.shallow))
    return Branch(here, legible(name.encode("utf-8", "replace")), fork)


def _id(told: bytes | None) -> str:
    found = (told or b"").decode("ascii", "replace").strip()
    return found if re.fullmatch("[0-9a-f]{40}|[0-9a-f]{64}", found) else ""


def _entries(told: bytes) -> Iterator[tuple[str, str]]:
    for entry in told.split(b"\0"):
        about, _, path = entry.partition(b"\t")
        name = os.fsdecode(path)
        if about.startswith(_ORDINARY) and _stays_inside(name):
            yield name, about.split()[-1].decode("ascii", "replace")


def _stays_inside(path: str) -> bool:
    """Whether a path that somebody else made leads below the folder it is joined to."""
    return not path.startswith("/") and ".." not in PurePosixPath(path).parts


def _unknown(name: str, *, shallow: bool) -> str:
    said = f"git 不知道“{legible(name.encode('utf-8', 'replace'))}”是哪一个版本。"
    return f"{said}{_FETCH[shallow]}"


def _apart(name: str, *, shallow: bool) -> str:
    told = legible(name.encode("utf-8", "replace"))
    if shallow:
        return f"这个仓库是浅克隆，看不到这里是从“{told}”的哪一个版本分出来的。{_FETCH[True]}"
    return f"“{told}”和现在的版本没有共同的来历，不能比。写这个分支要并进去的那个分支，如 origin/main。"


_FETCH = {
    True: (
        "先补全历史：git fetch --unshallow origin。GitHub 和 Gitea 的 checkout 写 fetch-depth: 0，GitLab 设 GIT_DEPTH: 0。"
    ),
    False: "写分支名、标签或提交号，如 origin/main；刚建的分支先取来：git fetch origin。",
}
