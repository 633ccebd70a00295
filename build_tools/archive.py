"""Many reports -> what pages and rules need to know of each other: series, gaps, neighbours, regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_tools.model import Division, Report, Unit

Register = Mapping[str, Division]
"""Divisions by code; codes of two, four and six digits."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A report as rules see it: with its unit, its other years, the register and the place it is filed.

    `last` is the report on the year before (of the unit or, where it has exactly one, its predecessor).
    `file` is the path below reports/; `twins` are other files for the same unit and year; `now` is the
    current year, handed in so that nothing in here asks a clock.
    """

    report: Report
    unit: Unit
    series: tuple[Report, ...]
    register: Register
    file: str
    now: int
    twins: tuple[str, ...] = ()
    lineage_changed: bool = False

    @property
    def last(self) -> Report | None:
        """The unit's report on the year before."""
        return self.on(self.report.year - 1)

    def on(self, year: int) -> Report | None:
        """The unit's report on `year`."""
        return next((r for r in self.series if r.year == year), None)


PROVINCE, PREFECTURE, COUNTY = LEVELS = (2, 4, 6)
"""Digits of the codes of divisions."""


def chain(register: Register, code: str) -> tuple[Division, ...]:
    """Province, prefecture and county of a code, as far as the register knows them."""
    digits = code[:6]
    return tuple(register[digits[:n]] for n in LEVELS if len(digits) >= n and digits[:n] in register)


def gaps(years: tuple[int, ...]) -> tuple[int, ...]:
    """The years missing between the first and the last of `years`."""
    return tuple(sorted(set(range(min(years), max(years) + 1)) - set(years))) if years else ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What lists and neighbours say of a report: one line of an index, small enough to keep many."""

    unit: str
    name: str
    kind: str
    year: int
    title: str
    form: str
    form_name: str
    requests: int | None
    errors: int
    warnings: int
    waived: int

    @property
    def county(self) -> str:
        """The code of the county folder."""
        return self.unit[:6]


def neighbours(entries: tuple[Entry, ...], unit: str) -> tuple[Entry | None, Entry | None]:
    """The entries before and after `unit` in a list of one year in one county, ordered by unit."""
    ordered = sorted(entries, key=lambda e: e.unit)
    at = next((i for i, e in enumerate(ordered) if e.unit == unit), None)
    if at is None:
        return None, None
    return (ordered[at - 1] if at else None), (ordered[at + 1] if at + 1 < len(ordered) else None)


def by_year(entries: Iterator[Entry] | tuple[Entry, ...]) -> dict[int, list[Entry]]:
    """Entries by year, newest year first, by unit within."""
    found: dict[int, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (-e.year, e.unit)):
        found.setdefault(entry.year, []).append(entry)
    return found
