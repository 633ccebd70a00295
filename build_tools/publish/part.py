"""One part of the site while it is brought up to date in the hidden copy.

Files that two copies have in common are one file with two names (hard links), so that a second copy costs next to
nothing. A file that nothing else shares is overwritten where it lies: creating thousands of files anew is many
times slower on common file systems.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from build_tools.files import UnreadableError, replace_bytes, why
from build_tools.publish import manifest
from build_tools.publish.manifest import Listed, listed
from build_tools.publish.tree import JOURNAL, Tree, take_away

_BLOCK = 1 << 20
_FLAGS = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)

Result = TypeVar("Result")


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
        self._journal, self._gone = -1, False

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
                self._write(path, (data,), len(data))

    def take(self, path: str, source: Path, entry: Listed) -> None:
        """Copy a file from outside of the site: not shared, so that nobody who edits the site edits that one too."""
        if not self._differs(path, entry):
            return
        self._note(path)
        if not self._shared(path, entry):
            with source.open("rb") as stream:
                self._write(path, iter(partial(stream.read, _BLOCK), b""), entry.size)

    def adopt(self, path: str, source: Path, entry: Listed) -> None:
        """Move a file that was made for the site into it; it is not read, however large it is."""
        if not self._differs(path, entry):
            return
        self._note(path)
        if not self._shared(path, entry):
            target = f"{self.made}/{path}"
            Path(target).unlink(
                missing_ok=True
            )  # another copy may share it, and a move to another disk overwrites
            _in_folder(target, lambda: shutil.move(source, target))
            self.bytes += entry.size
            self.files += 1

    def keep_only(self, paths: Container[str]) -> None:
        """Take away what the part will no longer have, before something of the same name is put there."""
        gone = [path for path in self._before if path not in paths]
        self._note(*gone)
        take_away(Path(self.made), gone)
        for path in gone:
            del self._before[path]
        self._gone = self._gone or bool(gone)

    def share(self) -> None:
        """Take over the whole part from the copy that is shown."""
        self.keep_only(self._last)
        for path, entry in self._last.items():
            self.take(path, Path(self.shown, path), entry)

    def close(self) -> str:
        """Take away what the part no longer has; give the SHA-256 of its list."""
        text = manifest.write(self._now)
        if self._gone or self._now != self._before or not self._now:
            self._note(manifest.part_path(self.name))
            take_away(Path(self.made), self._before.keys() - self._now.keys())
            self._list(text)
        if self._journal >= 0:
            os.close(self._journal)
        # Perhaps there is one of a worker that was killed and began before us.
        Path(self._journal_path).unlink(missing_ok=True)
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

    def _write(self, path: str, blocks: Iterable[bytes], size: int) -> None:
        _overwrite(f"{self.made}/{path}", blocks)
        self.bytes += size
        self.files += 1

    @property
    def _journal_path(self) -> str:
        return f"{self.made}/{manifest.FOLDER}{self.name}{JOURNAL}"

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


def _overwrite(path: str, blocks: Iterable[bytes]) -> None:
    """Write a file of the hidden copy, block by block: where it lies, if nothing shares it."""
    handle = _in_folder(path, lambda: os.open(path, _FLAGS, 0o644))
    if os.fstat(handle).st_nlink > 1:
        os.close(handle)
        Path(path).unlink()
        handle = os.open(path, _FLAGS, 0o644)
    try:
        size = 0
        for block in blocks:
            rest = memoryview(block)
            while rest:
                rest = rest[os.write(handle, rest) :]
            size += len(block)
        if os.fstat(handle).st_size > size:
            os.ftruncate(handle, size)
    finally:
        os.close(handle)


def _in_folder(path: str, act: Callable[[], Result]) -> Result:
    """Do something to a path; where its folder is missing, make that first."""
    try:
        return act()
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return act()
