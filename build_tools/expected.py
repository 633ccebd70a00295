"""Who had to publish: the list of a county, as a notice or a register of its authorities gives it, year by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from build_tools.due import due
from build_tools.model import Kind


@dataclass(frozen=True, slots=True)
class Expected:
    """A line of the list: a unit that had to publish its report on `year`, and what says so (`basis`).

    `due` is the last day as an ISO date, empty where the list names none. `line` is its line in the file.
    """

    year: int
    unit: str
    name: str
    due: str
    basis: str
    line: int


Roll = Mapping[int, Mapping[str, Expected]]
"""The list of a county: by year and unit. A year without a list is not in it."""

NO_ROLL: Roll = MappingProxyType({})
"""Of a county that has no list."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The last day for a report, and on what ground. Not `binding`: it is what is usual, nothing demands it."""

    on: str
    basis: str
    binding: bool


def limit(kind: Kind | None, year: int, listed: Expected | None = None) -> Limit | None:
    """The last day for a unit's report on `year`: the list's, else that of kinds.yml; None where nothing says."""
    if listed and listed.due:
        return Limit(listed.due, listed.basis, binding=True)
    found = due(kind, year) if kind else None
    return Limit(found.on(year), found.basis, found.binding) if found else None


def is_past(year: int, last: Limit | None, now: int) -> bool:
    """Whether the day for a report on `year` was over before the year `now` began: of more the clock does not know.

    Where no day is known, it is in the year after the one reported on, as every such day so far.
    """
    return (int(last.on[:4]) if last else year + 1) < now


def names(roll: Roll) -> Mapping[str, str]:
    """What the list calls its units, by id: as in the newest year that has them."""
    return {unit: one.name for _, listed in sorted(roll.items()) for unit, one in sorted(listed.items())}
