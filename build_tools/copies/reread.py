"""Reports read for comparison alone: no rules, nothing of a report kept but a sketch, or a pair that is alike."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from build_tools.archive import Register, chain
from build_tools.copies.own import LEAST, Own, alike, names_of, shared
from build_tools.copies.sketch import sketch
from build_tools.decode import decode
from build_tools.forms import official
from build_tools.model import Report, Unit
from build_tools.source import parse
from build_tools.store import UNIT_FILE, Store, UnitFolder
from build_tools.units import decode_unit

ANOTHERS, ITS_OWN = 0.85, 0.90
"""From this likeness on it is told of another unit's report, and of another year's of the same unit: as the rules do."""
_KEPT = 32  # reports of pairs in hand
_SHOWN = 200  # characters of a passage


@dataclass(frozen=True, slots=True)
class Sketched:
    """A report as it is kept: its file, its sketch (empty for one with little of its own), the sum of its original."""

    file: str
    sketch: bytes
    original: bytes


@dataclass(frozen=True, slots=True)
class Side:
    """One of two reports: whose it is, its file, and the part of it in which the passage stands."""

    unit: str
    name: str
    year: int
    file: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports that are alike; `degree` is None for those that have the same original."""

    here: Side
    there: Side
    degree: float | None = None
    length: int = 0
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two files to be read again; `original`: because they name the same original."""

    here: str
    there: str
    original: bool = False


class Reader:
    """Reads reports; in a worker it lives as long as the work, and remembers the few it read last."""

    def __init__(self, store: Store, register: Register) -> None:
        self._store, self._register = store, register
        self._kept: dict[str, Own | None] = {}

    def county(self, code: str, folder: Path) -> tuple[list[Sketched], int]:
        """The reports of a county as they are kept, and how many could not be read."""
        found, unread = list[Sketched](), 0
        for units in self._store.county(code, folder).units:
            unit = self._unit(units.folder, units.id)
            for own, file in ((self._read(unit, file), file) for file in _files(units)):
                unread += own is None
                found += [_sketched(own, file)] if own else []
        return found, unread

    def again(self, file: str) -> Own | None:
        """The own words of a report, from its file."""
        if file not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)))
            folder = PurePosixPath(file).parent
            self._kept[file] = self._read(self._unit(str(folder), folder.name), file)
        return self._kept[file]

    def _unit(self, folder: str, id_: str) -> Unit | None:
        text = self._store.read(f"{folder}/{UNIT_FILE}")
        return None if text.problems else decode_unit(parse(text.text), id_)[0]

    def _read(self, unit: Unit | None, file: str) -> Own | None:
        text = self._store.read(file)
        if unit is None or text.problems:
            return None
        report, _ = decode(parse(text.text), unit.id, int(PurePosixPath(file).stem), official())
        return Own(report, unit, names_of(unit, chain(self._register, unit.id))) if report else None


def read_county(reader: Reader, job: tuple[str, Path]) -> tuple[list[Sketched], int]:
    """The reports of a county as they are kept, and how many could not be read."""
    return reader.county(*job)


def compare(reader: Reader, job: Candidate) -> Pair | None:
    """The two reports read again and compared in full; None where they are not alike enough."""
    here, there = reader.again(job.here), reader.again(job.there)
    if here is None or there is None:
        return None
    if job.original:
        return Pair(_side(here, job.here), _side(there, job.there))
    degree = alike(here, there)
    if degree < (ITS_OWN if here.unit.id == there.unit.id else ANOTHERS):
        return None
    both = shared(here, there)
    if both is None:
        return None
    sides = _side(here, job.here, both.path), _side(there, job.there, both.other)
    return Pair(*sides, degree, both.length, " ".join(both.words.split())[:_SHOWN])


def _files(unit: UnitFolder) -> list[str]:
    """The report files of a unit, one for a year."""
    return list(dict(reversed(unit.reports)).values())[::-1]


def _sketched(own: Own, file: str) -> Sketched:
    mark = sketch(own.shingles) if len(own.shingles) >= LEAST else b""
    return Sketched(file, mark, _sum(own.report))


def _sum(report: Report) -> bytes:
    try:
        return bytes.fromhex(report.origin.sha256)
    except ValueError:
        return b""


def _side(own: Own, file: str, path: tuple[str | int, ...] = ()) -> Side:
    part = "/".join(str(step + 1 if isinstance(step, int) else step) for step in path)
    return Side(own.unit.id, own.unit.name, own.report.year, f"reports/{file}", part)
