"""A county's part of the open data, compressed: for each year a segment of every file that slices are joined from.

A pack is a line of JSON, which says how long what follows is, then the county's units, then its years: each a line of
JSON, which tells of its segments, and these. It is made where the county's pages are, and kept; slices copy out of it and compress nothing.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from os import SEEK_CUR
from typing import BinaryIO

from build_tools.archive import Entry
from build_tools.county import Filed
from build_tools.export.cells import Cells, sheet_head
from build_tools.export.entries import Places, Values, finding_row, report_row, unit_row
from build_tools.export.lines import csv_line, sheet_cell, sheet_row, to_json
from build_tools.export.splice import Press, Segment
from build_tools.files import digest
from build_tools.model import Unit

CELLS_CSV, CELLS_JSON, CELLS_SHEET = "cells.csv", "cells.jsonl", "cells.xml"
REPORTS_CSV, REPORTS_JSON, REPORTS_SHEET = "reports.csv", "reports.jsonl", "reports.xml"
FINDINGS_CSV, FINDINGS_SHEET = "findings.csv", "findings.xml"
FIGURES = "figures"
"""What a pack has segments of: files, sheets, and lines of JSON with all that a database takes in.

There is also a sheet for each table of the forms, `t3_2021.xml`.
"""

REPORTS, CELLS, FINDINGS = "reports", "cells", "findings"
"""What is counted, beside the lines of each table of the forms."""


@dataclass(slots=True)
class _Year:
    """What a year has so far: the places of units, texts by segment, how much there is, what a database takes in."""

    units: list[int] = field(default_factory=list)
    texts: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[str] = field(default_factory=Counter)
    reports: list[Values] = field(default_factory=list)
    findings: list[Values] = field(default_factory=list)
    tables: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    odd: list[list[int | str]] = field(default_factory=list)

    def figures(self) -> str:
        """A line of JSON: reports, findings; by table the number of a report among these and its figures; odd cells."""
        beside = {REPORTS: self.reports, FINDINGS: self.findings, "odd": self.odd}
        tables = ",".join(f"{to_json(name)}:[{','.join(rows)}]" for name, rows in self.tables.items())
        return f'{to_json(beside)[:-1]},"tables":{{{tables}}}}}\n'

    def block(self) -> bytes:
        """The year in the pack: a line of JSON that tells of its segments, and these."""
        texts = {**{name: "".join(texts) for name, texts in self.texts.items()}, FIGURES: self.figures()}
        press = Press()  # one for each year: what a year comes to must not hang on the others
        parts = {name: press.segment(text.encode()) for name, text in texts.items() if text}
        told = [[name, len(part.data), part.size, part.crc] for name, part in parts.items()]
        head = to_json([self.units, self.counts, told]).encode()
        return b"".join([head, b"\n", *(part.data for part in parts.values())])


class Packing:
    """Gathers what a county has: a unit, then its reports, then the next; in that order a year is written."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._units: list[Values] = []
        self._years: defaultdict[int, _Year] = defaultdict(_Year)

    def unit(self, unit: Unit, path: str) -> None:
        """Take in a unit, whose page is at `path`."""
        self._units.append(unit_row(unit, self.places, path))

    def report(self, filed: Filed, entry: Entry, path: str, told: str, cells: Cells) -> None:
        """Take in a report, whose page is at `path`; `told` is its report.json."""
        report, year = filed.subject.report, self._years[filed.subject.report.year]
        row = report_row(filed, entry, self.places, path)
        found = [finding_row(finding, report) for finding in filed.verdict.findings]
        texts = {
            CELLS_CSV: cells.csv(),
            CELLS_JSON: cells.json(),
            CELLS_SHEET: cells.sheet(),
            REPORTS_CSV: csv_line(row),
            REPORTS_JSON: told,
            REPORTS_SHEET: sheet_row(row),
            FINDINGS_CSV: "".join(map(csv_line, found)),
            FINDINGS_SHEET: "".join(map(sheet_row, found)),
        }
        for name, text in texts.items():
            year.texts[name].append(text)
        self._tables(year, filed.subject.unit.name, cells)
        year.units.append(len(self._units) - 1)
        year.reports.append(row)
        year.findings += found
        # A line break in a cell is written \n in JSON.
        year.counts.update({REPORTS: 1, CELLS: texts[CELLS_JSON].count("\n"), FINDINGS: len(found)})

    def _tables(self, year: _Year, unit: str, cells: Cells) -> None:
        """Take in the tables, each on one line."""
        number, head = len(year.reports), sheet_head(cells.report) + sheet_cell(unit)
        for name, rows in cells.tables.items():
            year.tables[name].append(f"[{number},{','.join([row.figures for row in rows])}]")
            year.texts[f"{name}.xml"].append(f"{head}{''.join([row.wide for row in rows])}</row>")
            year.counts[name] += 1
            year.odd += [[number, *odd] for row in rows for odd in row.odd]

    def made(self) -> tuple[bytes, Mapping[str, str]]:
        """The pack, and a digest of what it has of each year."""
        units = zlib.compress(to_json(self._units).encode(), 1)
        years = {str(year): has.block() for year, has in sorted(self._years.items())}
        head = [len(units), [[int(year), len(block)] for year, block in years.items()]]
        digests = {"": digest(units)} | {year: digest(block) for year, block in years.items()}
        return b"".join([to_json(head).encode(), b"\n", units, *years.values()]), digests


@dataclass(frozen=True, slots=True)
class Share:
    """A county's share of a year: its units that have a report, how much there is, segments that hold something."""

    units: tuple[int, ...]
    counts: Mapping[str, int]
    segments: Mapping[str, Segment]


def read(file: BinaryIO, year: int | None = None) -> tuple[list[Values], list[Share]]:
    """The units of a pack, and its share of each year, or of one."""
    units, years = json.loads(file.readline())
    told = json.loads(zlib.decompress(file.read(units)))
    return told, list(_shares(file, years, year))


def _shares(file: BinaryIO, years: Iterable[tuple[int, int]], wanted: int | None) -> Iterator[Share]:
    for year, length in years:
        if wanted in {None, year}:
            head, _, data = file.read(length).partition(b"\n")
            units, counts, parts = json.loads(head)
            yield Share(tuple(units), counts, dict(_segments(parts, data)))
        else:
            file.seek(length, SEEK_CUR)


def _segments(parts: Iterable[tuple[str, int, int, int]], data: bytes) -> Iterator[tuple[str, Segment]]:
    at = 0
    for name, length, size, crc in parts:
        yield name, Segment(data[at : at + length], size, crc)
        at += length
