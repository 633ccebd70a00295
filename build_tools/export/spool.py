"""Segments of many counties joined on the disk, and the files that are made of such: gzip, zip.

Nothing is held in memory but the segments of one county.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from build_tools.export.splice import GZIP, combine, gzip_tail
from build_tools.packs import END, Segment

_BLOCK = 1 << 16
_WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can tell: no clock in it


class Spool:
    """Segments that come in one by one, one behind the other in a file, and what they come to."""

    def __init__(self, path: Path) -> None:
        self.path, self.length, self.size, self.crc = path, 0, 0, 0
        self._file: BinaryIO | None = None

    def add(self, segment: Segment) -> None:
        """Take a segment in."""
        if self._file is None:
            self._file = self.path.open("wb")
        self._file.write(segment.data)
        self.length += len(segment.data)
        self.crc = combine(self.crc, segment.crc, segment.size)
        self.size += segment.size

    def close(self) -> None:
        """Nothing more comes in."""
        if self._file:
            self._file.close()

    def copy(self, target: IO[bytes]) -> None:
        """Write all segments to another file."""
        if self.length:
            with self.path.open("rb") as source:
                shutil.copyfileobj(source, target, _BLOCK)

    def blocks(self) -> Iterator[bytes]:
        """What the segments hold, a block at a time."""
        if self.length:
            stream = zlib.decompressobj(-zlib.MAX_WBITS)
            with self.path.open("rb") as source:
                while data := source.read(_BLOCK):
                    yield stream.decompress(data)

    def lines(self) -> Iterator[bytes]:
        """What the segments hold, line by line; each ends with a line feed."""
        rest = b""
        for block in self.blocks():
            *whole, rest = (rest + block).split(b"\n")
            yield from whole


Piece = Segment | Spool


@dataclass(frozen=True, slots=True)
class Rows:
    """The lines of a table, in whatever format, and how many they are."""

    piece: Piece
    count: int


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip: its name, and the pieces that it consists of."""

    name: str
    pieces: Sequence[Piece]


def write_gzip(path: Path, pieces: Iterable[Piece]) -> None:
    """Join pieces into one gzip file of a single member."""
    size = crc = 0
    with path.open("wb") as target:
        target.write(GZIP)
        for piece in pieces:
            _copy(piece, target)
            size, crc = size + piece.size, combine(crc, piece.crc, piece.size)
        target.write(gzip_tail(size, crc))


def write_plain(path: Path, pieces: Iterable[Piece]) -> None:
    """Write what pieces hold, uncompressed."""
    with path.open("wb") as target:
        for piece in pieces:
            for block in piece.blocks() if isinstance(piece, Spool) else [piece.held()]:
                target.write(block)


def write_zip(path: Path, members: Iterable[Member]) -> None:
    """Write a zip whose members are joined of pieces: the library writes all that is about them.

    It has no door for a member that is compressed already, so this goes by what it keeps of members and of where the
    next begins. A library that keeps it otherwise is told from a zip that is wrong by OddLibraryError and by a test.
    """
    with ZipFile(path, "w") as target:
        for member in members:
            _add(target, member)


class OddLibraryError(RuntimeError):
    """Python's zipfile is not the one that this was written for."""


def _add(target: ZipFile, member: Member) -> None:
    file = target.fp
    if file is None or not all(hasattr(target, name) for name in ("start_dir", "filelist", "NameToInfo")):
        raise OddLibraryError("zipfile keeps members in another way")
    info = ZipInfo(member.name, _WHEN)
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
    info.header_offset, info.compress_size, info.CRC = target.start_dir, len(END), 0
    for piece in member.pieces:
        info.CRC = combine(info.CRC, piece.crc, piece.size)
        info.file_size += piece.size
        info.compress_size += piece.length if isinstance(piece, Spool) else len(piece.data)
    file.seek(target.start_dir)
    file.write(info.FileHeader())
    for piece in member.pieces:
        _copy(piece, file)
    file.write(END)
    target.start_dir = file.tell()
    target.filelist.append(info)
    target.NameToInfo[info.filename] = info


def _copy(piece: Piece, target: IO[bytes]) -> None:
    if isinstance(piece, Spool):
        piece.copy(target)
    else:
        target.write(piece.data)
