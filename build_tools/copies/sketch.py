"""A text as a few hundred bytes from which likeness can be estimated (MinHash), and what finds the like ones (LSH).

The only module that knows the library for both. Its tables take some six kilobytes a report: so the sketches are looked
through band by band, a few bands at a time, and what a pass has made is gone before the next.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

import numpy as np
from datasketch import MinHash, MinHashLSH

HASHES = 64
"""Numbers in a sketch; four bytes each."""
SIZE = 4 * HASHES
_ROWS, _BANDS = (
    4,
    2,
)  # of two texts of which three in four shingles are the same, 997 in 1000 agree in one band of 16
_PASS = _ROWS * _BANDS
_CROWD = (
    16  # like texts that stand for all that are like them: more would make the work grow with their square
)
_SCHEME = "affine32"
_LIKELY = 0.58  # by the sketch: three of its errors below what is looked for


_PERMUTATIONS = MinHash(HASHES, hashfunc=crc32).permutations


def sketch(shingles: Iterable[str]) -> bytes:
    """The sketch of a text; the same text has the same on every machine."""
    minhash = MinHash(HASHES, hashfunc=crc32, permutations=_PERMUTATIONS, scheme=_SCHEME)
    minhash.update_batch([shingle.encode() for shingle in sorted(shingles)])
    return bytes(minhash.hashvalues.astype("<u4").tobytes())


def likely(sketches: Sequence[bytes]) -> Iterator[tuple[int, int, float]]:
    """Pairs of sketches that may be of like texts: the later one, the earlier one, the estimated share of shingles.

    A pair may come more than once. Of a crowd in which all are alike each comes with some of the first.
    """
    if not sketches:
        return
    values = np.frombuffer(b"".join(sketches), dtype="<u4").reshape(len(sketches), HASHES)
    for start in range(0, HASHES, _PASS):
        for later, found in _pass(values[:, start : start + _PASS]):
            shares = (values[found] == values[later]).mean(axis=1)
            yield from (
                (later, earlier, float(share))
                for earlier, share in zip(found, shares, strict=True)
                if share >= _LIKELY
            )
        gc.collect()  # tables of the library hold themselves, and workers look for such garbage seldom


def _pass(values: np.ndarray[tuple[int, int], np.dtype[np.uint32]]) -> Iterator[tuple[int, list[int]]]:
    """Each row with the rows before it that agree in a band."""
    index = MinHashLSH(num_perm=_PASS, params=(_BANDS, _ROWS))
    made = MinHash(_PASS, hashfunc=crc32, scheme=_SCHEME)
    for at, row in enumerate(values):
        made.hashvalues = row
        found = sorted(index.query(made))
        if len(found) < _CROWD:
            index.insert(at, made, check_duplication=False)
        if found:
            yield at, found
