"""A county's list of those that had to publish, read and held against what the archive has of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from build_tools.check import place
from build_tools.decode.expected import of_list, read_expected
from build_tools.expected import NO_ROLL, Expected, Roll
from build_tools.finding import Finding, Problem
from build_tools.model import Kind
from build_tools.rules.co_expected import missing
from build_tools.standing import Counts, Known, counted, standing
from build_tools.store import CountyFolder, Store

Address = tuple[str, int]
"""A unit and a year."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the archive has of a county: kinds of its units, printed days of its reports, what was withdrawn."""

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    published: Mapping[Address, str] = field(default_factory=dict)
    withdrawn: Collection[Address] = ()

    def known(self, one: Expected, roll: Roll) -> Known:
        """What is known of a unit in a year that a list names."""
        at = one.unit, one.year
        kind, gone = self.kinds.get(one.unit), at in self.withdrawn
        return Known(one.unit, kind, one.year, self.published.get(at), gone, roll=roll[one.year])


def read_roll(store: Store, folder: CountyFolder, now: int) -> tuple[Roll, tuple[Finding, ...]]:
    """A county's list, and what is wrong with its file; the list of nobody where there is none."""
    if not folder.expected:
        return NO_ROLL, ()
    text = store.read(folder.expected)
    roll, problems = read_expected(text.text, folder.code, now)
    found = map(of_list, text.problems) if text.problems else problems
    return (NO_ROLL if text.problems else roll), tuple(place(one, None, folder.expected) for one in found)


def held_against(roll: Roll, shelf: Shelf, file: str, now: int) -> tuple[Counts, tuple[Finding, ...]]:
    """The list counted by year, and a finding at the line of each unit whose report is not here."""
    known = {
        (one.unit, one.year): shelf.known(one, roll) for listed in roll.values() for one in listed.values()
    }
    counts = counted(roll, known, now)
    return counts, tuple(_findings(roll, known, counts, file, now))


def _findings(
    roll: Roll, known: Mapping[Address, Known], counts: Counts, file: str, now: int
) -> Iterator[Finding]:
    for year, listed in roll.items():
        pairs = [(one := known[unit, year], standing(one, now)) for unit in listed]
        lines = {one.line: one.unit for one in listed.values()}
        for problem in missing(pairs, counts[year]):
            yield _placed(problem, file, lines, year)


def _placed(problem: Problem, file: str, lines: Mapping[int, str], year: int) -> Finding:
    found = place(problem, None, file)
    return replace(found, unit=lines[found.line], year=year)
