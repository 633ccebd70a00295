"""What was made of each county, and of what: a county whose files and surroundings are the same is not read again.

A record is three lines in a file of its own. The first is a digest of the others, so that one that is damaged is
none. The second, in JSON, says what the county was made of: the state of its files, what it asked of other counties,
and a key over these and all that is common to the archive (code, forms, register, theme, settings). The third, in
JSON too, is what the rest of the site needs to know of it.

A file is the same if its size, times and number on the disk are; where they are not, if its content is. Times are
not believed of a file that was changed just before it was looked at: clocks of file systems tick slowly.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from build_tools.clock import moment
from build_tools.files import UnreadableError, digest, digest_of, why, write_text

_TICK = 1_000_000_000  # nanoseconds: as long as the clock of any file system may stand still


_DEEPEST = 20  # folders in folders; nothing that deep is read
_NEVER = 1 << 63  # later than any file was changed


class Seen(NamedTuple):
    """A file as it was: path below the county, size, times and number on the disk, and what was in it."""

    path: str
    size: int
    changed: int
    inode: int
    content: str


class Pack(NamedTuple):
    """A county's pack: the name of its file, and a digest of what it has of each year, of the units under no year."""

    name: str
    years: Mapping[str, str]


NO_PACK = Pack("", {})


@dataclass(frozen=True, slots=True)
class Record:
    """What was made of a county. `when` it was looked at; `asked`: other units, and whether the archive had them.

    `listing` is the SHA-256 of the list of files made, `run` the name of the run for the search, `pack` that of what
    the open data are made of, with a digest by year; all are empty for a county that was not published. `told` is one
    line of JSON, what the lists need to know.
    """

    key: str
    when: int
    seen: tuple[Seen, ...]
    asked: Mapping[str, bool]
    listing: str
    run: str
    told: str
    pack: Pack = NO_PACK


def as_line(data: object) -> str:
    """A value as one line of JSON; names of files that are no text in any encoding are spelled out in ASCII."""
    line = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(data)
    return line


def look(folder: Path, known: Mapping[str, Seen], when: int) -> tuple[Seen, ...]:
    """The files of a folder as they are; contents are read unless `known`, which was seen at `when`, will do.

    Raises UnreadableError where the disk refuses, or something goes away while it is looked at.
    """
    try:
        return tuple(_seen(entry, path, known.get(path), when) for path, entry in _walk(folder, ""))
    except OSError as error:
        raise UnreadableError(f"读不到 {error.filename or folder}：{why(error)}") from error


def still(folder: Path, seen: tuple[Seen, ...]) -> bool:
    """Whether the files of a folder are what they were a moment ago, as far as sizes, times and inodes tell."""
    return look(folder, {file.path: file for file in seen}, _NEVER) == seen


def _walk(folder: Path | str, above: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        ordered = sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
    for entry in ordered:
        path = above + entry.name
        yield path, entry
        if entry.is_dir(follow_symlinks=False) and path.count("/") < _DEEPEST:
            yield from _walk(entry.path, f"{path}/")


def _seen(entry: os.DirEntry[str], path: str, known: Seen | None, when: int) -> Seen:
    if entry.is_dir(follow_symlinks=False):
        return Seen(path, 0, 0, 0, "folder")
    about = entry.stat(follow_symlinks=False)
    changed = max(about.st_mtime_ns, about.st_ctime_ns)
    now = Seen(path, about.st_size, changed, about.st_ino, "")
    if known and known[:4] == now[:4] and changed < when - _TICK:
        return known
    return now._replace(content=_content(entry.path) if stat.S_ISREG(about.st_mode) else "odd")


def _content(path: str) -> str:
    try:
        return digest_of(Path(path))
    except OSError:
        return f"unreadable {moment()}"  # the same as nothing, so that it is tried again


@dataclass(frozen=True, slots=True)
class Records:
    """The records in a folder. `common` stands for all that every county's pages hang on.

    `own`, by name, for what the pages of one county hang on beside its folder: its history, what was withdrawn in it.
    """

    folder: Path
    common: str
    own: Mapping[str, str] = field(default_factory=dict)

    def key(self, name: str, seen: Iterable[Seen], asked: Mapping[str, bool]) -> str:
        """What a county made of these files in these surroundings is known by."""
        about = [[s.path, s.content] for s in seen]
        made_of = about, sorted(asked.items()), self.common, self.own.get(name, "")
        return digest(json.dumps(made_of).encode())

    def look(self, name: str, folder: Path) -> tuple[Seen, ...]:
        """The files of a county as they are now."""
        known = self.read(name)
        return look(
            folder, {seen.path: seen for seen in known.seen} if known else {}, known.when if known else 0
        )

    def fresh(self, name: str, folder: Path, holds: Callable[[str], bool]) -> Record | None:
        """The record of a county if it still holds, else None."""
        record = self.read(name)
        if record is None:
            return None
        when = moment()
        seen = look(folder, {seen.path: seen for seen in record.seen}, record.when)
        asked = {unit: holds(unit) for unit in record.asked}
        if self.key(name, seen, asked) != record.key:
            return None
        if seen != record.seen or any(file.changed >= record.when - _TICK for file in seen):
            with suppress(UnreadableError):  # it only saves the next look some work
                self.write(name, replace(record, seen=seen, when=when))
        return record

    def read(self, name: str) -> Record | None:
        """A record as it was written; None where there is none, or one that cannot be understood."""
        try:
            head, told = self._lines(name)
            key, when, seen, asked, listing, run, pack = json.loads(head)
            return Record(key, when, tuple(Seen(*s) for s in seen), asked, listing, run, told, Pack(*pack))
        except (OSError, ValueError, TypeError):
            return None

    def told(self, name: str) -> str:
        """What the lists need to know of a county that has a record."""
        return self._lines(name)[1]

    def _lines(self, name: str) -> tuple[str, str]:
        """What a record says, without its digest; raises OSError or ValueError for one that is not there whole."""
        whole, _, text = (self.folder / name).read_text(encoding="utf-8").partition("\n")
        if whole != digest(text.encode()):
            raise ValueError(name)
        head, _, told = text.partition("\n")
        return head, told

    def write(self, name: str, record: Record) -> None:
        """Keep a record."""
        head = [record.key, record.when, record.seen, record.asked, record.listing, record.run, record.pack]
        text = f"{json.dumps(head, separators=(',', ':'))}\n{record.told}"
        write_text(self.folder / name, f"{digest(text.encode())}\n{text}")

    def keep_only(self, names: Iterable[str]) -> None:
        """Forget the counties that are no longer there."""
        kept = set(names)
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.name not in kept:
                path.unlink(missing_ok=True)
