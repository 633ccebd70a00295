"""What the pages above a county need to know of it: units, reports with their figures, what the rules found.

Small enough that the archive can stream by: one line of JSON a county, which `heard` reads back.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from build_tools.archive import Entry
from build_tools.county import County, Filed, Holding, entry_of
from build_tools.former import NOTHING, Former
from build_tools.history import Chronicle
from build_tools.indicators import Number, readings
from build_tools.model import State, Unit
from build_tools.news import News, newest, news_of, news_of_withdrawn
from build_tools.records import as_line
from build_tools.standing import Count, Counts


class Figure(NamedTuple):
    """An indicator in a report: its number, or the state that says why there is none; the official form it is in."""

    state: State
    value: Number | None
    form: str


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A report: its line in lists, what it counts (`scope`), its figures in the order of the indicators."""

    entry: Entry
    scope: str
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit and the report years it was there for; None is unbounded."""

    id: str
    kind: str
    first: int | None = None
    last: int | None = None

    def there(self, year: int) -> bool:
        """Whether a report on `year` could be looked for."""
        return (self.first or year) <= year <= (self.last or year)


class RuleFacts(NamedTuple):
    """How often a rule spoke in the reports of a year, openly or of acknowledged faults, and how gravely."""

    rule: str
    severity: str
    year: int
    open: int
    waived: int


class Untried(NamedTuple):
    """In how many reports of a year a rule could not be tried on everything it speaks of."""

    rule: str
    year: int
    reports: int


class Waived(NamedTuple):
    """A fault of the published original that was acknowledged."""

    unit: str
    name: str
    year: int
    rule: str
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class CountyFacts:
    """All of that for one county's folder; `news`: the newest of its reports, withdrawn ones too, a few.

    `counts`: by year how those on its list of who had to publish stand.
    """

    code: str
    units: tuple[UnitFacts, ...] = ()
    reports: tuple[ReportFacts, ...] = ()
    rules: tuple[RuleFacts, ...] = ()
    untried: tuple[Untried, ...] = ()
    waived: tuple[Waived, ...] = ()
    news: tuple[News, ...] = ()
    counts: Counts = field(default_factory=dict)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The lines of its reports in lists."""
        return tuple(report.entry for report in self.reports)


def facts_of(county: County, past: Chronicle = MappingProxyType({}), former: Former = NOTHING) -> CountyFacts:
    """What is to be known of a county that was read and checked.

    `past` is what is known of the changes in it, `former` of what was withdrawn.
    """
    filed = [filed for holding in county.holdings for filed in holding.filed]
    return CountyFacts(
        code=county.code,
        units=tuple(_unit(holding) for holding in county.holdings),
        reports=tuple(report_facts(one) for one in filed),
        rules=tuple(_rules(filed)),
        untried=tuple(_untried(filed)),
        waived=tuple(waived for one in filed for waived in _waived(one)),
        news=newest(news for holding in county.holdings for news in news_in(holding, past, former)),
        counts=county.counts,
    )


def news_in(holding: Holding, past: Chronicle, former: Former) -> Iterator[News]:
    """What feeds tell of a unit: of its reports, and of those that were withdrawn."""
    unit = holding.unit
    for one in holding.filed:
        report = one.subject.report
        yield news_of(report, unit.name, past.get((report.unit, report.year), ()))
    for gone in former.of(unit.id):
        yield news_of_withdrawn(gone, unit.name, past.get((gone.unit, gone.year), ()))


def report_facts(filed: Filed) -> ReportFacts:
    """What is to be known of one report."""
    report = filed.subject.report
    figures = (Figure(r.state, r.value, r.form) if r else None for r in readings(report))
    return ReportFacts(entry_of(filed), report.scope, tuple(figures))


def _unit(holding: Holding) -> UnitFacts:
    unit, years = holding.unit, [filed.subject.report.year for filed in holding.filed]
    return UnitFacts(unit.id, unit.kind.id, *lifetime(unit, years))


def lifetime(unit: Unit, years: Sequence[int]) -> tuple[int | None, int | None]:
    """The first and last report year a unit was there for; None is unknown. Its own reports prove more.

    A unit that another merged into was there before; one that all its successors report instead of is gone.
    """
    ended = [kin.year - 1 for kin in unit.successors if kin.year]
    last = max(ended) if ended and len(ended) == len(unit.successors) else None
    return (
        unit.begun and min((unit.begun, *years)),
        last and max((last, *years)),
    )


def _rules(filed: Iterable[Filed]) -> Iterator[RuleFacts]:
    found: Counter[tuple[str, str, int, bool]] = Counter(
        (finding.rule, finding.severity.value, finding.year, bool(finding.waived))
        for one in filed
        for finding in one.verdict.findings
    )
    for rule, severity, year in sorted({key[:3] for key in found}):
        yield RuleFacts(
            rule, severity, year, found[rule, severity, year, False], found[rule, severity, year, True]
        )


def _untried(filed: Iterable[Filed]) -> Iterator[Untried]:
    found: Counter[tuple[str, int]] = Counter(
        (rule, one.subject.report.year) for one in filed for rule in {u.rule for u in one.verdict.unassessed}
    )
    yield from (Untried(rule, year, count) for (rule, year), count in sorted(found.items()))


def _waived(filed: Filed) -> Iterator[Waived]:
    report, unit = filed.subject.report, filed.subject.unit
    for finding in filed.verdict.findings:
        if finding.waived:
            yield Waived(unit.id, unit.name, report.year, finding.rule, finding.path, finding.waived)


# --- as one line of JSON ---------------------------------------------------------------------------------


def told(facts: CountyFacts) -> str:
    """The facts as one line of JSON."""
    return as_line(as_json(facts))


def as_json(facts: CountyFacts) -> list[Any]:
    """The facts as JSON has them. A figure is its number, or behind `=` the word for its state."""
    reports = [[astuple(r.entry), r.scope, _coded(r)] for r in facts.reports]
    units = [astuple(unit) for unit in facts.units]
    counts = list(facts.counts.items())
    return [facts.code, units, reports, facts.rules, facts.untried, facts.waived, facts.news, counts]


def heard(data: Sequence[Any]) -> CountyFacts:
    """The facts that `as_json` told."""
    code, units, reports, rules, untried, waived, news, counts = data
    return CountyFacts(
        code=code,
        units=tuple(UnitFacts(*unit) for unit in units),
        reports=tuple(_report(Entry(*entry), scope, coded) for entry, scope, coded in reports),
        rules=tuple(RuleFacts(*rule) for rule in rules),
        untried=tuple(Untried(*one) for one in untried),
        waived=tuple(Waived(*one) for one in waived),
        news=tuple(News(*one) for one in news),
        counts={year: Count(*count) for year, count in counts},
    )


def heard_line(line: str) -> CountyFacts:
    """The facts that `told` told."""
    return heard(json.loads(line))


def _coded(report: ReportFacts) -> list[Any]:
    """The figures; one of a table in another form than the report's is a pair with that form."""
    own = report.entry.form
    return [None if f is None else _code(f) if f.form == own else [_code(f), f.form] for f in report.figures]


_Coded = int | str | list[Any] | None


def _code(figure: Figure) -> int | str:
    if figure.value is None:
        return f"={figure.state.value}"
    return format(figure.value, "f") if isinstance(figure.value, Decimal) else figure.value


def _report(entry: Entry, scope: str, coded: Sequence[Any]) -> ReportFacts:
    return ReportFacts(entry, scope, tuple(_figure(one, entry.form) for one in coded))


def _figure(coded: _Coded, form: str) -> Figure | None:
    if isinstance(coded, list):
        bare, form = coded
        return _figure(bare, form)
    if coded is None:
        return None
    if isinstance(coded, int):
        return Figure(State.NUMBER, coded, form)
    if coded.startswith("="):
        return Figure(State(coded[1:]), None, form)
    return Figure(State.NUMBER, Decimal(coded), form)
