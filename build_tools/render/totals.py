"""A tally -> what pages say of it: totals with how many units they speak of, how numbers are spread, rankings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools.archive import Register, chain
from build_tools.forms import official
from build_tools.indicators import Indicator, indicators
from build_tools.model import Division
from build_tools.render.charts import Bar, bars
from build_tools.render.numbers import number
from build_tools.render.regions import covered
from build_tools.spread import FEW, Spread
from build_tools.tally import Ledger, Sort
from build_tools.units import peers

AGGREGATED = "aggregated"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a ranking. `where` are the regions below the page's own that the unit lies in; `noted`: its report bears notes."""

    rank: int
    value: str
    unit: str
    name: str
    where: str
    noted: bool


@dataclass(frozen=True, slots=True)
class Total:
    """An indicator: its sum over `count` of `units` units; with fewer than five of them nothing else.

    `middle` and `quarters` are the median and the quartiles; `bars` is empty where nothing is spread. `unlisted` units
    with more than nought have no place in the ranking, `tied` of them because they are too many that print the same.
    """

    indicator: Indicator
    sum: str
    count: int
    units: int
    middle: str = ""
    quarters: str = ""
    bars: tuple[Bar, ...] = ()
    places: tuple[Place, ...] = ()
    unlisted: int = 0
    tied: int = 0

    @property
    def nought(self) -> bool:
        """Whether every number is 0."""
        return self.count > 0 and self.sum == "0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The tables of one sort: its heading, in how many of the peers' `reports` they are, of how many units; the indicators."""

    id: str
    heading: str
    tables: int
    reports: int
    units: int
    totals: tuple[Total, ...]

    @property
    def ranked(self) -> tuple[Total, ...]:
        """The indicators that have a ranking: one in which somebody comes after somebody."""
        return tuple(t for t in self.totals if t.places and t.places[0].rank < t.places[-1].rank)

    @property
    def noughts(self) -> tuple[Total, ...]:
        """The indicators of which every number is 0."""
        return tuple(total for total in self.totals if total.nought)

    @property
    def few(self) -> bool:
        """Whether there are too few reports to say more than sums."""
        return all(total.count < FEW for total in self.totals)


def sheets(ledger: Ledger, year: int, register: Register, above: Sequence[Division]) -> tuple[Sheet, ...]:
    """The sheets of a year, the highest government first; `above` are the regions of the page."""
    tally = ledger.years.get(year)
    if tally is None:
        return ()
    known = frozenset(division.code for division in above)
    found = []
    for sort, spreads in sorted(tally.sorts.items(), key=lambda item: _order(item[0])):
        held = covered(ledger, year, sort.peers)
        slug = "-".join(("sheet", str(peers().index(sort.peers) + 1), sort.scope, _slug(sort.form)))
        totals = tuple(_totals(spreads, held.units, register, known))
        found.append(Sheet(slug, _heading(sort), tally.tables[sort], held.reports, held.units, totals))
    return tuple(found)


def _order(sort: Sort) -> tuple[int, str, str]:
    return peers().index(sort.peers), sort.scope, sort.form


def _slug(form: str) -> str:
    return official()[form].slug if form in official() else "other"


def _heading(sort: Sort) -> str:
    counted = "（汇总所属单位）" if sort.scope == AGGREGATED else ""
    form = official()[sort.form].name if sort.form in official() else sort.form
    return f"{sort.peers}{counted}，{form}"


def _totals(
    spreads: Mapping[int, Spread], units: int, register: Register, known: frozenset[str]
) -> Iterator[Total]:
    for at, indicator in enumerate(indicators().values()):
        spread = spreads.get(at)
        if spread is None:
            continue
        if spread.count < FEW:
            yield Total(indicator, number(spread.total) if spread.count else "", spread.count, units)
            continue
        low, middle, high = map(number, spread.quartiles())
        yield Total(
            indicator,
            number(spread.total),
            spread.count,
            units,
            middle,
            low if low == high else f"{low}—{high}",
            bars(list(spread.numbers.items())),
            tuple(_places(spread, register, known)),
            *spread.unlisted(),
        )


def _places(spread: Spread, register: Register, known: frozenset[str]) -> Iterator[Place]:
    for rank, one in spread.ranks():
        where = "".join(d.name for d in chain(register, one.unit) if d.code not in known)
        yield Place(rank, number(one.value), one.unit, one.name, where, one.noted)
