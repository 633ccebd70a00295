"""Terms and their lists -> shards: the files the browser looks terms up in. search/postings.js reads them.

Terms are sorted as JavaScript compares strings, and cut into shards at places that hang on the term itself, so
that a new term moves one cut and not all that follow. A shard is gzip of
    `NBS1`, how many terms,
    for each term: how many characters it shares with the one before, then the rest: its length and its UTF-8,
    for each term: how many bytes its lists take,
    for each term: its lists (see lists.py).
Numbers are unsigned LEB128.
"""

from __future__ import annotations

import zlib
from base64 import b32encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple
from zlib import crc32

from build_tools.search.run import PARTS

MAGIC = b"NBS1"


@dataclass(frozen=True, slots=True)
class Scale:
    """For archives of up to `reports`: about how many bytes a shard has, and into how many jobs the terms fall.

    Small shards load fast, but files must not become too many; more jobs need less memory each. A shard ends where
    a job does: within a scale neither changes, so that cuts stay where they are.
    """

    reports: int
    shard: int
    jobs: int

    def ranges(self) -> list[range]:
        """The parts of runs that each job merges."""
        bounds = [PARTS * job // self.jobs for job in range(self.jobs + 1)]
        return [range(bounds[job], bounds[job + 1]) for job in range(self.jobs)]


SCALES = (
    Scale(500, 8 << 10, 1),
    Scale(12_000, 9 << 10, 32),
    Scale(24_000, 22 << 10, 64),
    Scale(50_000, 44 << 10, 64),
)
_LARGEST = Scale(0, 64 << 10, PARTS)
_MORE = 0x80


class Coded(NamedTuple):
    """A term and its lists."""

    term: str
    lists: bytes


class Shard(NamedTuple):
    """A shard's first term, and its payload."""

    first: str
    payload: bytes


class Kept(NamedTuple):
    """A shard that is there: its first term, the name and the size of its file."""

    first: str
    name: str
    size: int


class Cutter:
    """Takes terms in order and gives the shards they fall into. A shard's end hangs on nothing before its first term."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.terms: list[str] = []
        self.lists: list[bytes] = []
        self.weight = 0

    def cuts(self, coded: Coded) -> bool:
        """Whether a shard begins here: likelier the more bytes this one has, always before it is twice too big."""
        if self.weight < self.size // 2 or not self.terms:
            return False
        own = len(coded.lists) + 2
        return self.weight + own > 2 * self.size or crc32(coded.term.encode()) * self.size < (own << 33)

    def add(self, terms: Iterable[Coded]) -> Iterator[Shard]:
        """Take in more terms; gives the shards that end before one of them."""
        for coded in terms:
            if self.cuts(coded):
                yield from self.end()
            self.terms.append(coded.term)
            self.lists.append(coded.lists)
            self.weight += len(coded.lists) + 2

    def end(self) -> Iterator[Shard]:
        """The shard of all terms since the last one, if any."""
        if self.terms:
            yield Shard(self.terms[0], payload(self.terms, self.lists))
        self.terms, self.lists, self.weight = [], [], 0


def scale(reports: int) -> Scale:
    """How an archive of so many reports is cut."""
    return next((scale for scale in SCALES if reports <= scale.reports), _LARGEST)


def name_of(payload: bytes) -> str:
    """The name of a file by its content: eight letters and digits."""
    return b32encode(sha256(payload).digest()[:5]).decode().lower()


def packed(payload: bytes) -> bytes:
    """The same bytes for the same payload: gzip without a time."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(payload) + packer.flush()


def payload(terms: Sequence[str], lists: Sequence[bytes]) -> bytes:
    """The bytes of a shard before they are packed."""
    sizes = b"".join([varint(len(coded)) for coded in lists])
    return b"".join((MAGIC, varint(len(terms)), *_names(terms), sizes, *lists))


def _names(terms: Iterable[str]) -> Iterator[bytes]:
    last = ""
    for term in terms:
        shared = _shared(last, term)
        rest = term[shared:].encode()
        yield varint(shared) + varint(len(rest)) + rest
        last = term


def _shared(one: str, other: str) -> int:
    """How many characters two terms begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


@lru_cache(maxsize=4096)
def varint(value: int) -> bytes:
    """Unsigned LEB128: seven bits a byte, the lowest first, the eighth says that more follow."""
    out = bytearray()
    while value >= _MORE:
        out.append(value % _MORE | _MORE)
        value //= _MORE
    return bytes((*out, value))
