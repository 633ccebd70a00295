"""A county's part of the open data as it is kept between builds, and how it is read.

A pack is a line of JSON, which says how long each of its blocks is, then these: the county's units, then its years.
A block is a line of JSON, which tells how much there is and of its segments, and these: compressed pieces of files
that slices are joined from. This stands apart from what makes packs, so that to read them little has to be loaded.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from os import SEEK_CUR
from typing import BinaryIO

END = b"\x03\x00"
"""An empty last block of raw deflate: the end of a stream."""

CELLS_CSV, CELLS_JSON, CELLS_SHEET = "cells.csv", "cells.jsonl", "cells.xml"
REPORTS_CSV, REPORTS_JSON, REPORTS_SHEET = "reports.csv", "reports.jsonl", "reports.xml"
FINDINGS_CSV, FINDINGS_SHEET = "findings.csv", "findings.xml"
UNITS_CSV, UNITS_JSON, UNITS_SHEET = "units.csv", "units.jsonl", "units.xml"
FIGURES = "figures"
"""What a pack has segments of: files, sheets, and lines of JSON with all that a database takes in.

There is also a sheet for each table of the forms, `t3_2021.xml`.
"""

UNITS = "units"
"""What is counted of units. A year has those that reported on it; the block of units has all."""

_OF_UNITS = frozenset({UNITS_CSV, UNITS_JSON, UNITS_SHEET})


@dataclass(frozen=True, slots=True)
class Segment:
    """A compressed piece: its bytes, and the length and CRC-32 of what they hold."""

    data: bytes = b""
    size: int = 0
    crc: int = 0

    def held(self) -> bytes:
        """What the segment holds."""
        return zlib.decompress(self.data + END, -zlib.MAX_WBITS)


@dataclass(frozen=True, slots=True)
class Share:
    """A county's share of a slice, or a part of it: how much there is, segments that hold something."""

    counts: Mapping[str, int]
    segments: Mapping[str, Segment]


def read(file: BinaryIO, year: int | None = None) -> Iterator[Share]:
    """A pack's share of one year; without a year its units and its share of each year."""
    units, years = json.loads(file.readline())
    if year is None:
        yield _share(file.read(units))
    else:
        file.seek(units, SEEK_CUR)
    for own, length in years:
        if year is None:
            yield _without_units(_share(file.read(length)))
        elif own == year:
            yield _share(file.read(length))
        else:
            file.seek(length, SEEK_CUR)


def _share(block: bytes) -> Share:
    head, _, data = block.partition(b"\n")
    counts, parts = json.loads(head)
    return Share(counts, dict(_segments(parts, data)))


def _without_units(share: Share) -> Share:
    counts = {name: count for name, count in share.counts.items() if name != UNITS}
    return Share(counts, {name: part for name, part in share.segments.items() if name not in _OF_UNITS})


def _segments(parts: Iterable[tuple[str, int, int, int]], data: bytes) -> Iterator[tuple[str, Segment]]:
    at = 0
    for name, length, size, crc in parts:
        yield name, Segment(data[at : at + length], size, crc)
        at += length
