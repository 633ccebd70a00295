"""What stood at an address and does not any more: units and reports that were moved, reports that were withdrawn.

An address once used never vanishes: where something moved stands a page that leads on, where a report was withdrawn
one that says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from typing import NamedTuple

from build_tools.files import digest


class Address(NamedTuple):
    """Where a unit stands, or with a year its report on it."""

    unit: str
    year: int = 0

    def __str__(self) -> str:
        return f"{self.unit}/{self.year}" if self.year else self.unit


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit, or one report, that stood at `old` until `date` (ISO 8601) and stands at `new` since."""

    old: Address
    new: Address
    date: str
    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A report that was taken down on `date` (ISO 8601) because the organ `asked_by` asked for it, and why."""

    unit: str
    year: int
    date: str
    reason: str
    asked_by: str


@dataclass(frozen=True, slots=True)
class Former:
    """All that was moved, in the order it was written down; all that was withdrawn, by unit and year."""

    moved: tuple[Moved, ...] = ()
    withdrawn: Mapping[str, tuple[Withdrawn, ...]] = field(default_factory=dict)

    def of(self, unit: str) -> tuple[Withdrawn, ...]:
        """The withdrawn reports of a unit, by year."""
        return self.withdrawn.get(unit, ())

    def withdrawn_at(self) -> frozenset[Address]:
        """Every address at which a withdrawn report stood, those from which it had moved before too."""
        found = {Address(unit, gone.year) for unit, reports in self.withdrawn.items() for gone in reports}
        found |= {one.old for one in self.moved if one.new in found}
        came = [one for one in self.moved if not one.old.year]
        own_way = {one.old for one in self.moved}
        for one in came:
            years = {Address(one.old.unit, at.year) for at in found if at.unit == one.new.unit}
            found |= years - own_way
        return frozenset(found)

    def keys(self) -> Mapping[str, str]:
        """By county a key over what was withdrawn in it, for those counties where something was."""
        counties: dict[str, list[tuple[object, ...]]] = {}
        for unit, reports in sorted(self.withdrawn.items()):
            counties.setdefault(unit[:6], []).extend(map(astuple, reports))
        return {county: digest(repr(rows).encode()) for county, rows in counties.items()}


NOTHING = Former()
"""Of an archive where nothing was moved or withdrawn."""
