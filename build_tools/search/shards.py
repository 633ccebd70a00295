"""All runs -> shards: the files the browser looks terms up in. search/postings.js reads them.

Terms are sorted as JavaScript compares strings, and cut into shards at places that hang on the term itself, so
that a new term moves one cut and not all that follow. A shard is gzip of
    `NBS1`, how many terms,
    for each term: how many characters it shares with the one before, then the rest: its length and its UTF-8,
    for each term: how many bytes its lists take,
    for each term: its lists, bit by bit, filled up to whole bytes.
Numbers are unsigned LEB128. The lists begin with the zones they are for: 1 for prose alone, else 0 and a bit for
each zone. For each: a bit that says whether the list names the reports that do *not* hold the term; gamma of how
many units it names, one more in a list of the latter sort, which may be empty; for one unit its number in `width`
bits, for several five bits for the low bits of golomb and then for each the gap since the last one's number; after
each unit's number the mask of its reports (see bits.py).
"""

from __future__ import annotations

import zlib
from base64 import b32encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise, takewhile
from operator import eq
from zlib import crc32

from build_tools.search.bits import fixed, gamma, golomb, low_bits, mask, to_bytes
from build_tools.search.census import Census
from build_tools.search.document import PROSE, ZONES
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


SCALES = (
    Scale(500, 8 << 10, 1),
    Scale(12_000, 9 << 10, 24),
    Scale(24_000, 22 << 10, 56),
    Scale(50_000, 44 << 10, PARTS),
)
_LARGEST = Scale(0, 64 << 10, PARTS)
_MORE = 0x80

_Entries = tuple[int, list[int]]
"""The number of a county's first unit, and in turn the rank of a unit in it and the mask of its reports."""


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


def in_order(term: str) -> bytes:
    """What to sort terms by: UTF-16, as strings of JavaScript are compared."""
    return term.encode("utf-16-be")


class Merger:
    """Takes in parts of runs, county by county in order, and gives the shards of these parts."""

    def __init__(self, census: Census, size: int) -> None:
        self.census, self.size = census, size
        self.half = census.reports / 2
        self.most = max(census.counts.values(), default=0)
        self.zones: list[dict[str, list[_Entries]]] = [{} for _ in ZONES]

    def add(self, county: str, part: Sequence[Mapping[str, list[int]]]) -> None:
        """Take in a part of a county's run."""
        base = self.census.bases[county]
        for zone, where in zip(self.zones, part, strict=True):
            for term, entries in where.items():
                known = zone.get(term)
                if known is None:
                    zone[term] = [(base, entries)]
                else:
                    known.append((base, entries))

    def shards(self) -> Iterator[tuple[str, bytes]]:
        """Each shard's first term and its payload."""
        terms: list[str] = []
        lists: list[bytes] = []
        weight = 0
        for term in sorted(set().union(*self.zones), key=in_order):
            coded = self._lists(term)
            if terms and _cuts(term, weight, len(coded) + 2, self.size):
                yield terms[0], _payload(terms, lists)
                terms, lists, weight = [], [], 0
            terms.append(term)
            lists.append(coded)
            weight += len(coded) + 2
        if terms:
            yield terms[0], _payload(terms, lists)

    def _lists(self, term: str) -> bytes:
        present = [zone for zone in ZONES if term in self.zones[zone]]
        head = "1" if present == [PROSE] else "0" + "".join("01"[zone in present] for zone in ZONES)
        return to_bytes(head + "".join([self._list(self.zones[zone][term]) for zone in present]))

    def _list(self, found: Sequence[_Entries]) -> str:
        units = [base + rank for base, own in found for rank in own[::2]]
        masks = [mask for _, own in found for mask in own[1::2]]
        if len(units) * self.most > self.half and sum(map(int.bit_count, masks)) > self.half:
            units, masks = self._others(dict(zip(units, masks, strict=True)))
            return "1" + gamma(len(units) + 1) + self._coded(units, masks)
        return "0" + gamma(len(units)) + self._coded(units, masks)

    def _others(self, held: Mapping[int, int]) -> tuple[list[int], list[int]]:
        """The reports that are not in the list."""
        missing = {u: ((1 << n) - 1) & ~held.get(u, 0) for u, n in self.census.counts.items()}
        units = [unit for unit, lacking in missing.items() if lacking]
        return units, [missing[unit] for unit in units]

    def _coded(self, units: Sequence[int], masks: Sequence[int]) -> str:
        marks = map(mask, masks, map(self.census.counts.__getitem__, units))
        if len(units) == 1:
            return fixed(units[0], self.census.width) + next(marks)
        if not units:
            return ""
        gaps = [unit - last - 1 for last, unit in pairwise((-1, *units))]
        low = low_bits(gaps)
        return fixed(low, 5) + "".join(
            [golomb(gap, low) + mark for gap, mark in zip(gaps, marks, strict=True)]
        )


def _cuts(term: str, weight: int, own: int, size: int) -> bool:
    """Whether a shard begins with the term: likelier the more bytes it has, always before a shard is twice too big."""
    if weight < size // 2:
        return False
    return weight + own > 2 * size or crc32(term.encode()) * size < (own << 33)


def _payload(terms: Sequence[str], lists: Sequence[bytes]) -> bytes:
    head = MAGIC + varint(len(terms)) + b"".join(_names(terms))
    return head + b"".join(varint(len(coded)) for coded in lists) + b"".join(lists)


def _names(terms: Iterable[str]) -> Iterator[bytes]:
    last = ""
    for term in terms:
        shared = _shared(last, term)
        rest = term[shared:].encode()
        yield varint(shared) + varint(len(rest)) + rest
        last = term


def _shared(one: str, other: str) -> int:
    """How many characters two terms begin with alike."""
    return sum(1 for _ in takewhile(bool, map(eq, one, other)))


@lru_cache(maxsize=4096)
def varint(value: int) -> bytes:
    """Unsigned LEB128: seven bits a byte, the lowest first, the eighth says that more follow."""
    out = bytearray()
    while value >= _MORE:
        out.append(value % _MORE | _MORE)
        value //= _MORE
    return bytes((*out, value))
