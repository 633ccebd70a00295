"""Many reports -> what pages and rules need to know of each other: series, gaps, neighbours, regions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from build_tools.copies.county import CountyWords
from build_tools.expected import Expected, Roll
from build_tools.model import Division, Report, Table, Unit
from build_tools.originals.facts import Original

Register = Mapping[str, Division]
"""Divisions by code; codes of two, four and six digits."""


@dataclass(frozen=True, slots=True)
class Held:
    """What others of the same county and year need to know of a report: whose it is, what it counts, its tables."""

    unit: Unit
    aggregated: bool
    tables: Mapping[str, Table]


@dataclass(frozen=True, slots=True)
class Beside:
    """A county in one year: every report filed in it, by unit, and the list of those that had to publish.

    `roll` is None where there is no list of that year.
    """

    reports: Mapping[str, Held]
    roll: Mapping[str, Expected] | None = None


NOBODY = Beside({})
"""Of a report that stands alone."""


def beside(filed: Iterable[tuple[Unit, Report]], roll: Roll) -> Mapping[int, Beside]:
    """By year the county whose reports these are."""
    held: dict[int, dict[str, Held]] = {}
    for unit, report in filed:
        held.setdefault(report.year, {})[unit.id] = Held(unit, report.aggregated, report.tables)
    return {year: Beside(reports, roll.get(year)) for year, reports in held.items()}


@dataclass(frozen=True, slots=True)
class Subject:
    """A report as rules see it: with its unit, its other years, the register and the place it is filed.

    `file` is the path below reports/; `twins` are other files for the same unit and year; `now` is the
    current year, handed in so that nothing in here asks a clock. `lineage_changed`: a unit merged into this
    one after the year before, so that last year's figures are not this unit's alone. `series` is sorted by year.
    `withdrawn`: the years of which the unit's report was taken down. `original` tells what is known of the archived
    original; None where there is none. Only rules are given the county: `beside` in the report's year, and `words` to be
    compared; None where there is nothing but the series.
    """

    report: Report
    unit: Unit
    series: tuple[Report, ...]
    register: Register
    file: str
    now: int
    twins: tuple[str, ...] = ()
    lineage_changed: bool = False
    withdrawn: frozenset[int] = frozenset()
    beside: Beside = NOBODY
    original: Original | None = None
    words: CountyWords | None = field(default=None, compare=False, repr=False)

    @property
    def last(self) -> Report | None:
        """The unit's report on the year before."""
        return self.on(self.report.year - 1)

    def on(self, year: int) -> Report | None:
        """The unit's report on `year`."""
        found = self.before(year + 1)
        return found if found and found.year == year else None

    def before(self, year: int) -> Report | None:
        """The unit's latest report on an earlier year."""
        at = bisect_left(self.series, year, key=attrgetter("year"))
        return self.series[at - 1] if at else None


PROVINCE, PREFECTURE, COUNTY = LEVELS = (2, 4, 6)
"""Digits of the codes of divisions."""


def regions(code: str) -> tuple[str, ...]:
    """The codes of the regions a unit or region lies in, highest first, its own folder's code last.

    321300, the city of 宿迁 itself, is kept beside the counties below it; 310000 lies in 31 directly.
    """
    folder = code[:COUNTY]
    return tuple(
        folder[:n] for n in LEVELS if len(folder) >= n and not (n == PREFECTURE and folder[2:4] == "00")
    )


def chain(register: Register, code: str) -> tuple[Division, ...]:
    """Province, prefecture and county of a code, as far as the register knows them."""
    return tuple(register[region] for region in regions(code) if region in register)


def folder_chain(register: Register, code: str) -> tuple[Division, ...]:
    """The chain of a county's folder. The folder of a province's or city's own units is called 本级."""
    found = chain(register, code)
    if code in register or not code.endswith("00") or not found:
        return found if code in register else ()
    return (*found, Division(code, f"{found[-1].name}本级"))


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
    published: str = ""

    @property
    def county(self) -> str:
        """The code of the county folder."""
        return self.unit[:6]


Neighbours = tuple[Entry | None, Entry | None]


def neighbours(entries: Iterable[Entry]) -> Mapping[tuple[str, int], Neighbours]:
    """By unit and year the entries before and after it, by unit, among those of the same year."""
    found: dict[tuple[str, int], Neighbours] = {}
    for year, same in by_year(entries).items():
        row = [None, *same, None]
        found.update({(e.unit, year): (row[i], row[i + 2]) for i, e in enumerate(same)})
    return found


def by_year(entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    """Entries by year, newest year first, by unit within."""
    found: dict[int, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (-e.year, e.unit)):
        found.setdefault(entry.year, []).append(entry)
    return found
