"""A county's reports -> its run: where each of their terms stands, parted in the order of terms.

A run is
    the sizes of its parts and of its list of units, four bytes each, the lowest first,
    each part: its terms in order, one to a line, and the pattern of each,
    its units with their reports.
A pattern is a number that says which reports hold a term: written with the digits 0 and 1, a digit for each report,
unit by unit, of a unit the newest first. The lowest digits are for prose, those of the other zones stand above.

Parts and units are written by marshal, which is fast and makes values only: nothing in a run is called or imported.
But Python does not vouch that marshal survives bytes made to harm it: they might end the process or worse. A run
that came with a shard is read only if its name, which holds a digest of its content, is right (see
publish/assembly.py): that tells damage, but no intent. So join the shards of people whom you would let change the
program. Runs that were made here are taken as they lie.
"""

from __future__ import annotations

import marshal
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from struct import pack, unpack
from typing import BinaryIO

from build_tools.archive import Entry
from build_tools.model import Unit
from build_tools.search.document import DATA, PROSE, ZONES, Document
from build_tools.search.text import BREAK, normalise, ordered, pairs, pieces, tokens

PARTS = 256
"""Parts of a run, in the order of terms."""

PLACES = (PROSE, *(zone for zone in ZONES if zone != PROSE))
"""The zones from a pattern's lowest bits up: most terms stand in prose alone, and have short patterns."""

_SIZE = 4
_SPOKEN = 2  # the version of marshal in which the same values always make the same bytes

Part = tuple[list[str], list[int]]
"""Terms in order, and the pattern of each."""


@dataclass(frozen=True, slots=True)
class Record:
    """A report in the index's columns. `flags` as start.py explains them; `requests` -1 where unknown."""

    year: int
    form: str
    flags: int
    requests: int


@dataclass(frozen=True, slots=True)
class Member:
    """A unit in the index, its reports oldest first. `names`: the present one, then the others."""

    id: str
    names: tuple[str, ...]
    kind: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Filing:
    """A unit with its reports as the search sees them, by year."""

    unit: Unit
    documents: tuple[tuple[Entry, Document], ...]


def run_of(filings: Iterable[Filing]) -> bytes:
    """The run of a county."""
    filed = sorted((f for f in filings if f.documents), key=lambda filing: filing.unit.id)
    found = patterns([[document for _, document in filing.documents] for filing in filed])
    parts = [_part(terms, found) for terms in _parted(ordered(found))]
    parts.append(marshal.dumps([astuple(_member(filing)) for filing in filed], _SPOKEN))
    return b"".join((pack(f"<{PARTS + 1}I", *map(len, parts)), *parts))


def read_members(file: BinaryIO) -> Iterator[Member]:
    """The units of a run."""
    (members,) = read_parts(file, range(PARTS, PARTS + 1))
    for id_, names, kind, records in marshal.loads(members):  # noqa: S302  # values only; of whom, see above
        yield Member(id_, names, kind, tuple(Record(*record) for record in records))


def read_parts(file: BinaryIO, wanted: range) -> list[bytes]:
    """Some parts of a run that follow each other, as they are kept; empty where there is no term."""
    sizes = unpack(f"<{PARTS + 1}I", file.read(_SIZE * (PARTS + 1)))
    file.seek(sum(sizes[: wanted.start]), 1)
    return [file.read(sizes[part]) for part in wanted]


def opened(part: bytes) -> Part:
    """A part that is not empty."""
    lines, found = marshal.loads(part)  # noqa: S302  # the same
    return lines.split(BREAK), found


def part_of(term: str) -> int:
    """The part a term is kept in; never lower than that of a term before it."""
    return bisect_right(_bounds(), term)


def patterns(units: Sequence[Sequence[Document]]) -> dict[str, int]:
    """The pattern of each term of a county's reports."""
    # Of a unit the newest first: that of its reports in the order of their lowest digits is the order of years.
    documents = [document for unit in reversed(units) for document in unit]
    found: defaultdict[str, int] = defaultdict(int)
    for nth, zone in enumerate(PLACES):
        for mask, own in _terms(zone, documents):
            pattern = mask << nth * len(documents)
            for term in own:
                found[term] |= pattern
    return {term: pattern for term, pattern in found.items() if BREAK not in term}


def _terms(zone: int, documents: Sequence[Document]) -> Iterator[tuple[int, Iterable[str]]]:
    """By sets of reports terms they hold. Reports reprint each other's sentences: each is cut apart but once."""
    held: defaultdict[str, int] = defaultdict(int)
    last: defaultdict[str, int] = defaultdict(int)
    for nth, document in enumerate(documents):
        bit = 1 << nth
        for block in set(document.zones[zone]):  # most cells of a table are the same nought
            cut = pieces(block)
            for piece in cut:
                held[piece] |= bit
            last[cut[-1]] |= bit
        if zone == DATA:
            yield bit, document.figures
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for piece, mask in held.items():
        texts[mask].append(normalise(piece))
    yield from ((mask, pairs(own)) for mask, own in texts.items())
    yield from ((mask, tokens(normalise(piece))[-1:]) for piece, mask in last.items())


def _part(terms: Sequence[str], found: Mapping[str, int]) -> bytes:
    return marshal.dumps((BREAK.join(terms), [found[term] for term in terms]), _SPOKEN) if terms else b""


def _parted(terms: Sequence[str]) -> Iterator[Sequence[str]]:
    bounds = (bisect_left(terms, bound) for bound in _bounds())
    yield from (terms[start:end] for start, end in pairwise((0, *bounds, len(terms))))


@cache
def _bounds() -> tuple[str, ...]:
    """Where parts begin, but the first, which has what comes before; as strings of Python or JavaScript compare."""
    text = files(__package__).joinpath("tables/parts.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return tuple(bound for line in lines for bound in line.split())


def _member(filing: Filing) -> Member:
    unit = filing.unit
    records = tuple(
        Record(
            year=entry.year,
            form=entry.form,
            flags=_flags(entry, document),
            requests=-1 if entry.requests is None else entry.requests,
        )
        for entry, document in filing.documents
    )
    return Member(unit.id, tuple(dict.fromkeys(unit.names())), unit.kind.id, records)


def _flags(entry: Entry, document: Document) -> int:
    marks = (entry.errors, entry.warnings, entry.waived, document.labelled)
    return sum(1 << bit for bit, mark in enumerate(marks) if mark)
