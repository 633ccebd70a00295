"""What the lists need to know of a county that was made, and what a build tells of the archive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass

from build_tools import facts
from build_tools.archive import Entry, Register, by_year, folder_chain
from build_tools.facts import CountyFacts
from build_tools.finding import Finding, finding_of
from build_tools.model import Division
from build_tools.records import as_line
from build_tools.render.pages import CountyYear


@dataclass(frozen=True, slots=True)
class Done:
    """A county's facts; of one with errors that nobody acknowledged only these."""

    facts: CountyFacts
    errors: tuple[Finding, ...] = ()

    @property
    def code(self) -> str:
        return self.facts.code

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.facts.entries

    def told(self) -> str:
        """The same as one line of JSON."""
        return as_line([facts.as_json(self.facts), [astuple(error) for error in self.errors]])


def heard(told: str) -> Done:
    """What `told` told."""
    known, errors = json.loads(told)
    return Done(facts.heard(known), tuple(finding_of(error) for error in errors))


@dataclass(frozen=True, slots=True)
class Above:
    """The provinces that have units, the years that have reports, and how many units and reports there are."""

    provinces: tuple[Division, ...]
    years: tuple[int, ...]
    units: int
    reports: int

    def told(self) -> str:
        """The same as one line of JSON."""
        codes = [division.code for division in self.provinces]
        return json.dumps([codes, self.years, self.units, self.reports])

    @classmethod
    def heard(cls, told: str, register: Register) -> Above:
        """What `told` told."""
        codes, years, units, reports = json.loads(told)
        return cls(tuple(register[code] for code in codes), tuple(years), units, reports)


def shares(register: Register, code: str, entries: tuple[Entry, ...]) -> Iterator[tuple[int, CountyYear]]:
    """A county's share of each year."""
    for year, own in sorted(by_year(entries).items()):
        yield year, CountyYear(folder_chain(register, code), len(own), tuple(own))
