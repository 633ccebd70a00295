"""Near copies in the whole archive: read county by county into sketches, pairs that may be alike, these read again.

Of a report no more is kept than its place, its sketch and the checksum of its original.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import PurePosixPath

from build_tools.copies.reread import Candidate, Pair, Reader, compare, read_county
from build_tools.copies.sketch import likely
from build_tools.store import Store
from build_tools.workers import Spread

_MOST = 3  # pairs of a report that are looked at in full: so many with other units, so many with other years


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs, and how many reports were compared, had too little of their own, or could not be read."""

    pairs: tuple[Pair, ...]
    compared: int
    short: int
    unread: int


def copies(store: Store, spread: Spread) -> Found:
    """The pairs of the archive: those with the same original, then those that are alike, the most alike first."""
    reader, unread, short = Reader(store, store.register()), 0, 0
    files, sketches, originals = list[str](), list[bytes](), list[tuple[bytes, str]]()
    for read, odd in spread(read_county, reader, store.counties()):
        unread += odd
        originals += ((one.original, one.file) for one in read if one.original)
        files += (one.file for one in read if one.sketch)
        sketches += (one.sketch for one in read if one.sketch)
        short += sum(not one.sketch for one in read)
    jobs = [*same_originals(originals), *closest(files, sketches)]
    pairs = (pair for pair in spread(compare, reader, jobs) if pair)
    return Found(tuple(_best(pairs)), len(files), short, unread)


def same_originals(originals: Iterable[tuple[bytes, str]]) -> Iterator[Candidate]:
    """Each file that names the original of an earlier one, with the first that does."""
    for _, group in groupby(sorted(originals), key=itemgetter(0)):
        (_, first), *others = group
        yield from (Candidate(file, first, original=True) for _, file in others)


def closest(files: Sequence[str], sketches: Sequence[bytes]) -> Iterator[Candidate]:
    """Of each report the few earlier ones, of other units and of its own, that are most alike by their sketches."""
    best: dict[tuple[int, bool], dict[int, float]] = {}
    units = [str(PurePosixPath(file).parent) for file in files]
    for later, earlier, share in likely(sketches):
        known = best.setdefault((later, units[later] == units[earlier]), {})
        known[earlier] = share
        if len(known) > _MOST:
            del known[min(known, key=lambda at: (known[at], -at))]  # used at once
    for (later, _), known in sorted(best.items(), key=itemgetter(0)):
        yield from (Candidate(files[later], files[earlier]) for earlier in sorted(known))


def _best(pairs: Iterable[Pair]) -> list[Pair]:
    """Of each report's pairs the one most alike, with another unit and with another year; all of the same original."""
    best: dict[tuple[str, bool], Pair] = {}
    same = list[Pair]()
    for pair in pairs:
        key = pair.here.file, pair.here.unit == pair.there.unit
        if pair.degree is None:
            same.append(pair)
        elif key not in best or pair.degree > (best[key].degree or 0):
            best[key] = pair
    return same + sorted(
        best.values(), key=lambda pair: (-(pair.degree or 0), pair.here.file, pair.there.file)
    )
