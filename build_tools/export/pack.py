"""A county's part of the open data, compressed: for each year a segment of every file that slices are joined from.

It is made where the county's pages are, and kept; slices copy out of it and compress nothing. `packs` says how it is laid
out and reads it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from build_tools.archive import Entry
from build_tools.county import Filed
from build_tools.export.cells import Cells, sheet_head
from build_tools.export.entries import Places, Values, finding_row, report_row, unit_row
from build_tools.export.lines import csv_line, listed, sheet_cell, sheet_row, to_json
from build_tools.export.splice import Press
from build_tools.files import digest
from build_tools.model import Unit
from build_tools.packs import (
    CELLS_CSV,
    CELLS_JSON,
    CELLS_SHEET,
    FIGURES,
    FINDINGS_CSV,
    FINDINGS_SHEET,
    REPORTS_CSV,
    REPORTS_JSON,
    REPORTS_SHEET,
    UNITS,
    UNITS_CSV,
    UNITS_JSON,
    UNITS_SHEET,
)

REPORTS, CELLS, FINDINGS = "reports", "cells", "findings"
"""What is counted, beside the lines of each table of the forms."""


@dataclass(slots=True)
class _Year:
    """What a year has so far: texts by segment, how much there is, what a database takes in."""

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
        """The year in the pack."""
        return _block({**_joined(self.texts), FIGURES: self.figures()}, self.counts)


def _joined(texts: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: "".join(some) for name, some in texts.items()}


def _block(texts: Mapping[str, str], counts: Mapping[str, int]) -> bytes:
    """A part of a pack: a line of JSON that tells how much there is and of its segments, and these."""
    press = Press()  # one for each block: what a year comes to must not hang on the others
    parts = {name: press.segment(text.encode()) for name, text in texts.items() if text}
    told = [[name, len(part.data), part.size, part.crc] for name, part in parts.items()]
    return b"".join([to_json([counts, told]).encode(), b"\n", *(part.data for part in parts.values())])


class Packing:
    """Gathers what a county has: a unit, then its reports, then the next; in that order a year is written."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._units: list[Mapping[str, str]] = []
        self._years: defaultdict[int, _Year] = defaultdict(_Year)

    def unit(self, unit: Unit, path: str) -> None:
        """Take in a unit, whose page is at `path`."""
        row = unit_row(unit, self.places, path)
        plain = csv_line(unit_row(unit, self.places, path, listed))
        texts = {UNITS_CSV: plain, UNITS_SHEET: sheet_row(row), UNITS_JSON: f"{to_json([row])}\n"}
        self._units.append(texts)

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
            **self._units[-1],
        }
        for name, text in texts.items():
            year.texts[name].append(text)
        self._tables(year, filed.subject.unit.name, cells)
        year.reports.append(row)
        year.findings += found
        # A line break in a cell is written \n in JSON.
        year.counts.update({REPORTS: 1, UNITS: 1, CELLS: texts[CELLS_JSON].count("\n"), FINDINGS: len(found)})

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
        texts = {
            name: "".join(own[name] for own in self._units) for name in (UNITS_CSV, UNITS_JSON, UNITS_SHEET)
        }
        units = _block(texts, {UNITS: len(self._units)})
        years = {str(year): has.block() for year, has in sorted(self._years.items())}
        head = [len(units), [[int(year), len(block)] for year, block in years.items()]]
        digests = {"": digest(units)} | {year: digest(block) for year, block in years.items()}
        return b"".join([to_json(head).encode(), b"\n", units, *years.values()]), digests
