"""A county's reports -> its run: where each of their terms stands, parted in the order of terms.

Runs are scratch between the workers of one build: each county writes one, each group of shards reads its part
of all.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any, BinaryIO

from build_tools.archive import Entry
from build_tools.model import Unit
from build_tools.search.document import DATA, ZONES, Document
from build_tools.search.text import all_terms

_STEP = 128
_HAN, _AFTER_HAN = 0x4E00, 0xA000
PARTS = 4 + (_AFTER_HAN - _HAN) // _STEP
"""Parts of a run, in the order of terms: by the first character, a part for every 128 Chinese ones."""

_Where = dict[str, list[int]]
"""By term, in turn the rank of a unit in its county and the mask of its reports, oldest first."""


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


def part_of(term: str) -> int:
    """The part a term is kept in; never lower than that of a term before it."""
    first = ord(term[0])
    if first < _HAN:
        return (first >= ord("0")) + (first > ord("9"))
    return min(3 + (first - _HAN) // _STEP, PARTS - 1)


def write_run(file: BinaryIO, filings: Iterable[Filing]) -> None:
    """Write the run of a county: its units by id, then each part; the places of their bytes in front."""
    ordered = sorted((f for f in filings if f.documents), key=lambda filing: filing.unit.id)
    members = [astuple(_member(filing)) for filing in ordered]
    whole: tuple[Any, ...] = (*_parted(_postings(ordered)), members)
    parts = [marshal.dumps(part) for part in whole]
    marshal.dump([len(part) for part in parts], file)
    file.writelines(parts)


def read_members(file: BinaryIO) -> Iterator[Member]:
    """The units of a run."""
    (members,) = _read(file, [PARTS])
    for id_, names, kind, records in members:
        yield Member(id_, names, kind, tuple(Record(*record) for record in records))


def read_parts(file: BinaryIO, wanted: Iterable[int]) -> Iterator[Sequence[_Where]]:
    """Some parts of a run: for each zone where its terms stand."""
    yield from _read(file, wanted)


def _read(file: BinaryIO, wanted: Iterable[int]) -> Iterator[Any]:
    sizes = marshal.load(file)  # noqa: S302  # our own scratch file of this very build
    start = file.tell()
    for part in wanted:
        file.seek(start + sum(sizes[:part]))
        yield marshal.loads(file.read(sizes[part]))  # noqa: S302  # as above


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


def _postings(filings: Iterable[Filing]) -> list[_Where]:
    found: list[_Where] = [{} for _ in ZONES]
    for rank, filing in enumerate(filings):
        for zone, masks in zip(found, _masks(filing), strict=True):
            for term, mask in masks.items():
                zone.setdefault(term, []).extend((rank, mask))
    return found


def _masks(filing: Filing) -> list[dict[str, int]]:
    """For each zone the terms of a unit's reports, with the reports they stand in."""
    found: list[dict[str, int]] = [{} for _ in ZONES]
    for nth, (_, document) in enumerate(filing.documents):
        for zone, blocks in zip(ZONES, document.zones, strict=True):
            own = all_terms(blocks)
            _mark(found[zone], own.union(document.figures) if zone == DATA else own, 1 << nth)
    return found


def _mark(masks: dict[str, int], terms: Iterable[str], bit: int) -> None:
    for term in terms:
        masks[term] = masks.get(term, 0) | bit


def _parted(postings: Iterable[Mapping[str, list[int]]]) -> list[list[_Where]]:
    parts: list[list[_Where]] = [[{} for _ in ZONES] for _ in range(PARTS)]
    for zone, where in enumerate(postings):
        for term, entries in where.items():
            parts[part_of(term)][zone][term] = entries
    return parts
