"""Many reports -> totals, distributions and rankings by year, each with how many units it speaks of.

Only what is of one sort is put together: peers alone, one way of counting, one official form. Tallies of
counties add up to those of prefectures, provinces and the country, and stay small: values are counted, not kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from build_tools.facts import CountyFacts, Figure, ReportFacts
from build_tools.indicators import Number
from build_tools.spread import Ranked, Spread
from build_tools.standing import Count
from build_tools.units import kinds


class Sort(NamedTuple):
    """What reports are put together by: peers, what they count (`self`, `aggregated`), official form of the table."""

    peers: str
    scope: str
    form: str


@dataclass(slots=True)
class Tally:
    """The reports of a year in a region: how many by peers, and the indicators by sort and number of indicator.

    `tables` counts by sort the reports that have any indicator of it.
    """

    reports: Counter[str] = field(default_factory=Counter)
    tables: Counter[Sort] = field(default_factory=Counter)
    sorts: dict[Sort, dict[int, Spread]] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Take in another region."""
        self.reports.update(other.reports)
        self.tables.update(other.tables)
        for sort, spreads in other.sorts.items():
            mine = self.sorts.setdefault(sort, {})
            for at, spread in spreads.items():
                mine.setdefault(at, Spread()).add(spread)


class Lifetime(NamedTuple):
    """Units that are peers and were there from a report year to another; None is unbounded."""

    peers: str
    first: int | None
    last: int | None


@dataclass(slots=True)
class Ledger:
    """A region: how many units have which lifetime, and the tallies of its years.

    `lists` counts by year what its counties' lists of who had to publish say.
    """

    units: Counter[Lifetime] = field(default_factory=Counter)
    years: dict[int, Tally] = field(default_factory=dict)
    lists: dict[int, Count] = field(default_factory=dict)

    def add(self, other: Ledger) -> None:
        """Take in another region."""
        self.units.update(other.units)
        for year, tally in other.years.items():
            self.years.setdefault(year, Tally()).add(tally)
        for year, count in other.lists.items():
            self.lists[year] = self.lists.get(year, Count()).plus(count)

    def there(self, year: int, peers: str = "") -> int:
        """How many units, of these peers if some are named, a report on `year` could be looked for from."""
        return sum(
            count
            for life, count in self.units.items()
            if peers in {"", life.peers} and (life.first or year) <= year <= (life.last or year)
        )

    def reports(self, year: int, peers: str = "") -> int:
        """How many reports on `year` the archive has, of these peers if some are named."""
        found = self.years[year].reports if year in self.years else Counter[str]()
        return found[peers] if peers else found.total()


def ledger(facts: CountyFacts) -> Ledger:
    """A county."""
    units = Counter(Lifetime(kinds()[unit.kind].peers, unit.first, unit.last) for unit in facts.units)
    years: dict[int, Tally] = {}
    for report in facts.reports:
        _count(years.setdefault(report.entry.year, Tally()), report)
    for tally in years.values():
        for spread in (spread for spreads in tally.sorts.values() for spread in spreads.values()):
            spread.cut()
    return Ledger(units, years, dict(facts.counts))


def _count(tally: Tally, report: ReportFacts) -> None:
    peers = kinds()[report.entry.kind].peers
    tally.reports[peers] += 1
    found: set[Sort] = set()
    for at, figure in enumerate(report.figures):
        if figure:
            sort = Sort(peers, report.scope, figure.form)
            found.add(sort)
            _take(tally.sorts.setdefault(sort, {}).setdefault(at, Spread()), figure, report)
    tally.tables.update(found)


def _take(spread: Spread, figure: Figure, report: ReportFacts) -> None:
    if figure.value is None:
        spread.others += 1
    else:
        spread.numbers[figure.value] += 1
        entry = report.entry
        noted = bool(entry.errors or entry.warnings or entry.waived)
        spread.largest.append(Ranked(figure.value, entry.unit, entry.name, noted))


# --- as JSON -----------------------------------------------------------------------------------------------


def as_json(ledger: Ledger) -> list[Any]:
    """A ledger as JSON has it."""
    units = [[*life, count] for life, count in ledger.units.items()]
    years = [[year, _tally(tally)] for year, tally in sorted(ledger.years.items())]
    return [units, years, sorted(ledger.lists.items())]


def heard(data: Sequence[Any]) -> Ledger:
    """The ledger that `as_json` told."""
    units, years, lists = data
    return Ledger(
        Counter({Lifetime(peers, first, last): count for peers, first, last, count in units}),
        {year: _heard_tally(*tally) for year, tally in years},
        {year: Count(*count) for year, count in lists},
    )


def _tally(tally: Tally) -> list[Any]:
    sorts = [
        [sort, tally.tables[sort], [[at, *_spread(spread)] for at, spread in sorted(spreads.items())]]
        for sort, spreads in sorted(tally.sorts.items())
    ]
    return [dict(tally.reports), sorts]


def _heard_tally(reports: Mapping[str, int], sorts: Sequence[Any]) -> Tally:
    tables = Counter({Sort(*sort): count for sort, count, _ in sorts})
    found = {Sort(*sort): {at: _heard_spread(*rest) for at, *rest in spreads} for sort, _, spreads in sorts}
    return Tally(Counter(reports), tables, found)


def _spread(spread: Spread) -> list[Any]:
    numbers = [[_coded(number), times] for number, times in sorted(spread.numbers.items())]
    return [
        numbers,
        spread.others,
        [[_coded(one.value), one.unit, one.name, int(one.noted)] for one in spread.largest],
    ]


def _heard_spread(numbers: Sequence[Any], others: int, largest: Sequence[Any]) -> Spread:
    return Spread(
        Counter({_number(number): times for number, times in numbers}),
        others,
        [Ranked(_number(value), unit, name, bool(noted)) for value, unit, name, noted in largest],
    )


def _coded(number: Number) -> int | str:
    return format(number, "f") if isinstance(number, Decimal) else number


def _number(coded: int | str) -> Number:
    return Decimal(coded) if isinstance(coded, str) else coded
