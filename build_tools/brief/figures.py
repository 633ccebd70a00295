"""The figures of one report as sentences need them: numbers by indicator, and what a number is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from build_tools.brief.sums import Sums, sums
from build_tools.brief.words import Odd
from build_tools.indicators import Indicator, Number, Reading, indicators
from build_tools.model import Report, State


class Parts(NamedTuple):
    """Numbers by label that should add up to a figure, as `rule` demands; `whole`: none of them is missing."""

    numbers: tuple[tuple[str, int], ...]
    whole: bool
    rule: str

    @property
    def total(self) -> int:
        """What they add up to."""
        return sum(value for _, value in self.numbers)

    def found(self, whole: Number) -> list[tuple[str, int]]:
        """The parts that occur, where they make up `whole`: then whatever is blank beside them is nothing."""
        return [(label, value) for label, value in self.numbers if value] if self.total == whole else []

    def contradict(self, whole: Number) -> bool:
        """Whether `whole` cannot be their sum."""
        return self.total > whole or (self.whole and self.total != whole)


NO_PARTS = Parts((), whole=False, rule="")


@dataclass(frozen=True, slots=True)
class Figures:
    """The readings of a report by indicator; those that its tables do not have are left out."""

    report: Report
    read: Mapping[str, Reading]
    numbers: Mapping[str, Number]
    sums: Sums

    @classmethod
    def of(cls, report: Report, readings: Sequence[Reading | None]) -> Figures:
        """The figures of a report, given the reading of each indicator."""
        known = indicators()
        read = {id_: r for id_, r in zip(known, readings, strict=True) if r}
        numbers = {
            id_: r.value for id_, r in read.items() if r.value is not None and _plain(r.value, known[id_])
        }
        forms = tuple(table.form for table in report.tables.values())
        ways = tuple(reading.way if reading else None for reading in readings)
        return cls(report, read, numbers, sums(forms, ways))

    def odd(self, ids: Iterable[str]) -> list[Odd]:
        """Those of some indicators that stand in these tables and are no number."""
        known = indicators()
        return [
            Odd(known[id_].label, self.read[id_], len(self.sums.ways[id_]) > 1)
            for id_ in ids
            if id_ in self.read and id_ not in self.numbers
        ]

    def none(self, ids: Iterable[str]) -> bool:
        """Whether of some indicators, all of which are in these tables or none, no one is a number."""
        return not any(id_ in self.numbers for id_ in ids)

    def blank(self, ids: Iterable[str]) -> bool:
        """Whether those of some indicators that stand in these tables are all blank."""
        return all(self.read[id_].state is State.BLANK for id_ in ids if id_ in self.read)

    def columns(self, id_: str) -> Parts:
        """What the number of an indicator is made of by the form's columns: who asked, how cases ended."""
        made = self.sums.columns.get(id_)
        if made is None:
            return NO_PARTS
        tables, found, whole = self.report.tables, [], True
        for label, cells in made.parts:
            values = [tables[table].rows[row][at].value for table, row, at in cells]
            known = [value for value in values if isinstance(value, int) and value >= 0]
            whole = whole and len(known) == len(values)
            found.append((label, sum(known)))
        return Parts(tuple(found), whole, made.rule)

    def results(self) -> Parts:
        """What became of the requests that were dealt with."""
        ids, known = self.sums.results, indicators()
        numbers = tuple((known[id_].label, int(self.numbers[id_])) for id_ in ids if id_ in self.numbers)
        return Parts(numbers, len(numbers) == len(ids) > 0, self.sums.results_rule)


def _plain(value: Number, indicator: Indicator) -> bool:
    """Whether a value can be told as a number: things are counted in whole numbers from nought up."""
    return value >= 0 and (isinstance(value, int) or indicator.unit != "件")
