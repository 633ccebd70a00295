"""A copy of the site on disk, in parts, each with the list of its files; how a part is brought up to date.

Files that two copies have in common are one file with two names (hard links), so that a second copy costs next to
nothing. A file that nothing else shares is overwritten where it lies: creating thousands of files anew is many
times slower on common file systems.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from build_tools.files import UnreadableError, replace_bytes, why
from build_tools.publish import manifest
from build_tools.publish.manifest import Listed, ManifestError, listed

_JOURNAL = ".open"
_HALF_WRITTEN = ".writing-*"  # as files.py calls what it has not put in its place yet
_FLAGS = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Tree:
    """One copy of the site."""

    folder: Path

    def parts(self) -> dict[str, str]:
        """The SHA-256 of each part's list; of an unfinished copy, of those parts that are whole."""
        top = self._top()
        if top is None:
            return self._whole_parts()
        return {manifest.part_of(path): entry.sha256 for path, entry in top.items()}

    def finished(self) -> bool:
        """Whether the copy is finished, and every list is there and as long as it was."""
        top = self._top()
        return top is not None and all(self._size(path) == entry.size for path, entry in top.items())

    def usable(self) -> bool:
        """Whether its lists can be relied on. Those of an unfinished copy can: each was put there in one step."""
        if (self.folder / manifest.TOP).exists():
            return self.finished()
        return (self.folder / manifest.FOLDER).is_dir()

    def _top(self) -> dict[str, Listed] | None:
        try:
            return manifest.read((self.folder / manifest.TOP).read_bytes()) or None
        except (OSError, ManifestError):
            return None

    def _size(self, path: str) -> int:
        try:
            return (self.folder / path).stat().st_size
        except OSError:
            return -1

    def _whole_parts(self) -> dict[str, str]:
        lists = sorted((self.folder / manifest.FOLDER).glob("*.tsv"))
        return {path.stem: listed(path.read_bytes()).sha256 for path in lists}

    def listing(self, part: str) -> dict[str, Listed]:
        """The files of a part; none when the copy does not have it."""
        try:
            return manifest.read((self.folder / manifest.part_path(part)).read_bytes())
        except (OSError, ManifestError):
            return {}

    def mend(self) -> None:
        """Take away the parts that an interrupted build left half done."""
        for journal in sorted((self.folder / manifest.FOLDER).glob(f"*{_JOURNAL}")):
            part = journal.name.removesuffix(_JOURNAL)
            noted = journal.read_text(encoding="utf-8", errors="surrogateescape").split("\0")
            _take_away(self.folder, {*self.listing(part), *noted[:-1]})
            (self.folder / manifest.part_path(part)).unlink(missing_ok=True)
            journal.unlink()
        for folder in (self.folder, self.folder / manifest.FOLDER):
            for half_written in folder.glob(_HALF_WRITTEN):
                half_written.unlink()

    def drop(self, part: str) -> None:
        """Take a whole part away."""
        _take_away(self.folder, self.listing(part))
        (self.folder / manifest.part_path(part)).unlink(missing_ok=True)

    def seal(self, parts: Mapping[str, str]) -> None:
        """Say that the copy is finished and holds these parts."""
        at = {part: self.folder / manifest.part_path(part) for part in parts}
        top = {
            manifest.part_path(part): Listed(at[part].stat().st_size, digest)
            for part, digest in parts.items()
        }
        replace_bytes(self.folder / manifest.TOP, manifest.write(top))

    def seal_again(self) -> None:
        """Say that nobody works on the copy any more, whatever parts it holds."""
        if self.folder.exists() and not (self.folder / manifest.TOP).exists():
            self.seal(self._whole_parts())

    def unseal(self) -> None:
        """Say that the copy is being worked on."""
        (self.folder / manifest.TOP).unlink(missing_ok=True)


class Part:
    """The files of one part while they are brought up to date in the hidden copy.

    Files that are there already are left alone, those that the shown copy has are shared, all else is written.
    Raises UnreadableError where the disk refuses; what was begun is taken away when the next build begins.
    """

    def __init__(self, made: Tree, shown: Tree, name: str) -> None:
        self.made, self.shown, self.name = str(made.folder), str(shown.folder), name
        self.bytes = self.files = 0
        self._before, self._last = made.listing(name), shown.listing(name)
        self._now: dict[str, Listed] = {}
        self._journal = -1

    def put(self, folder: str, files: Sequence[tuple[str, str | bytes]]) -> None:
        """Write a page's files into the folder of its address."""
        new = []
        for name, content in files:
            data = content.encode("utf-8") if isinstance(content, str) else content
            path, entry = folder + name, listed(data)
            if self._differs(path, entry):
                new.append((path, entry, data))
        self._note(*(path for path, _, _ in new))
        for path, entry, data in new:
            if not self._shared(path, entry):
                self._write(path, data)

    def take(self, path: str, source: Path, entry: Listed) -> None:
        """Share a file that lies elsewhere on this disk, or copy it."""
        if not self._differs(path, entry):
            return
        self._note(path)
        if not self._shared(path, entry) and not _link(str(source), f"{self.made}/{path}"):
            self._write(path, source.read_bytes())

    def share(self) -> None:
        """Take over the whole part from the copy that is shown."""
        for path, entry in self._last.items():
            self.take(path, Path(self.shown, path), entry)

    def close(self) -> str:
        """Take away what the part no longer has; give the SHA-256 of its list."""
        text = manifest.write(self._now)
        if self._now != self._before or not self._now:
            self._note(manifest.part_path(self.name))
            _take_away(Path(self.made), self._before.keys() - self._now.keys())
            self._list(text)
        if self._journal >= 0:
            os.close(self._journal)
        Path(self._journal_path).unlink(
            missing_ok=True
        )  # perhaps of a worker that was killed and began before us
        return listed(text).sha256

    def _list(self, text: bytes) -> None:
        path = manifest.part_path(self.name)
        if self._now != self._last or not _link(f"{self.shown}/{path}", f"{self.made}/{path}"):
            replace_bytes(Path(self.made, path), text)

    def _differs(self, path: str, entry: Listed) -> bool:
        self._now[path] = entry
        return self._before.get(path) != entry

    def _shared(self, path: str, entry: Listed) -> bool:
        return self._last.get(path) == entry and _link(f"{self.shown}/{path}", f"{self.made}/{path}")

    def _write(self, path: str, data: bytes) -> None:
        _overwrite(f"{self.made}/{path}", data)
        self.bytes += len(data)
        self.files += 1

    @property
    def _journal_path(self) -> str:
        return f"{self.made}/{manifest.FOLDER}{self.name}{_JOURNAL}"

    def _note(self, *paths: str) -> None:
        """Write down what is about to change, for the case that nobody gets to finish it."""
        if not paths:
            return
        if self._journal < 0:
            Path(self.made, manifest.FOLDER).mkdir(parents=True, exist_ok=True)
            self._journal = os.open(self._journal_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.write(self._journal, "".join(f"{path}\0" for path in paths).encode())


@contextmanager
def part(made: Tree, shown: Tree, name: str) -> Iterator[Part]:
    """A part to be written; whatever the disk refuses is told as UnreadableError."""
    try:
        yield Part(made, shown, name)
    except OSError as error:
        raise UnreadableError(f"写不进 {made.folder}：{why(error)}") from error


def _link(source: str, target: str) -> bool:
    """Make `target` the very file that `source` is; False where the disk cannot do so or there is none."""
    try:
        _in_folder(target, lambda: os.link(source, target, follow_symlinks=False))
    except FileExistsError:
        Path(target).unlink()
        return _link(source, target)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        return False
    return True


def _overwrite(path: str, data: bytes) -> None:
    """Write a file of the hidden copy: where it lies, if nothing shares it."""
    handle = _in_folder(path, lambda: os.open(path, _FLAGS, 0o644))
    if os.fstat(handle).st_nlink > 1:
        os.close(handle)
        Path(path).unlink()
        handle = os.open(path, _FLAGS, 0o644)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if os.fstat(handle).st_size > len(data):
            os.ftruncate(handle, len(data))
    finally:
        os.close(handle)


def _in_folder(path: str, act: Callable[[], Result]) -> Result:
    """Do something to a path; where its folder is missing, make that first."""
    try:
        return act()
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return act()


def _take_away(folder: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders that become empty."""
    above: set[str] = set()
    for path in paths:
        (folder / path).unlink(missing_ok=True)
        above.update(str(parent) for parent in PurePosixPath(path).parents)
    for path in sorted(above - {"."}, key=len, reverse=True):
        with suppress(OSError):  # not empty, or not there
            (folder / path).rmdir()
