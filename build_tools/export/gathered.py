"""What a slice takes out of the packs of its counties: segments joined on the disk, how much there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Self

from build_tools import packs
from build_tools.export.dictionary import CELLS, FINDINGS, LABELS, REPORTS, UNITS, Sheet
from build_tools.export.entries import Values, label_rows
from build_tools.export.lines import csv_line, sheet_row
from build_tools.export.splice import Press
from build_tools.export.spool import Piece, Rows, Spool
from build_tools.forms import official
from build_tools.packs import Segment

_CSV = {
    CELLS.name: packs.CELLS_CSV,
    REPORTS.name: packs.REPORTS_CSV,
    UNITS.name: packs.UNITS_CSV,
    FINDINGS.name: packs.FINDINGS_CSV,
}
_SHEETS = {
    CELLS.name: packs.CELLS_SHEET,
    REPORTS.name: packs.REPORTS_SHEET,
    UNITS.name: packs.UNITS_SHEET,
    FINDINGS.name: packs.FINDINGS_SHEET,
}


class Gathered:
    """Takes packs in, in order of county; spools lie in `folder`. Of each `year` counts alone, or all do."""

    def __init__(self, folder: Path, year: int | None) -> None:
        self.folder, self.year = folder, year
        self.counts: Counter[str] = Counter({LABELS.name: len(labels())})
        self._spools: dict[str, Spool] = {}

    def take(self, path: Path) -> None:
        """Take in a pack."""
        with path.open("rb") as file:
            for share in packs.read(file, self.year):
                self.counts.update(share.counts)
                for name, segment in share.segments.items():
                    self._spool(name).add(segment)

    def __enter__(self) -> Self:
        """Packs come in until the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all spools, each of which may fail: on a full disk it still has something to write."""
        with ExitStack() as stack:
            for spool in self._spools.values():
                stack.callback(spool.close)

    def _spool(self, name: str) -> Spool:
        if name not in self._spools:
            self._spools[name] = Spool(self.folder / name)
        return self._spools[name]

    def segments(self, name: str) -> Spool:
        """The segments of a name; there may be none."""
        return self._spools.get(name) or Spool(self.folder / name)

    def csv(self, sheet: Sheet) -> Piece:
        """The lines of a table as CSV, without the first."""
        return _labels_csv() if sheet is LABELS else self.segments(_CSV[sheet.name])

    def rows(self, sheet: Sheet) -> Rows:
        """The same as rows of a sheet."""
        piece = _labels_rows() if sheet is LABELS else self.segments(_SHEETS[sheet.name])
        return Rows(piece, self.counts[sheet.name])

    def wide(self, name: str) -> Rows:
        """The rows of the sheet of a form's table."""
        return Rows(self.segments(f"{name}.xml"), self.counts[name])


@cache
def head(sheet: Sheet, before: str = "") -> Segment:
    """The first line of a table as CSV."""
    return Press().segment((before + csv_line(sheet.columns)).encode())


@cache
def labels() -> list[Values]:
    """The labels of the official forms, which every slice holds."""
    return list(label_rows(official().values()))


@cache
def _labels_csv() -> Segment:
    return _pressed(csv_line, labels())


@cache
def _labels_rows() -> Segment:
    return _pressed(sheet_row, labels())


def _pressed(line: Callable[[Values], str], rows: Iterable[Values]) -> Segment:
    return Press().segment("".join(map(line, rows)).encode())
