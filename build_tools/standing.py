"""A unit in a year -> how it stands: its report came in time or late, is not here, was not due, or nobody knows.

Pure, and evidence alone: the printed day of publication, the county's list, what was withdrawn. That the archive has
no report is never taken for a report that was not published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from build_tools.expected import Expected, Limit, Roll, is_past, limit
from build_tools.model import Kind


class State(StrEnum):
    """How a unit stands in a year, as programs are told. UNKNOWN: no printed day, or no list of that year."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    NOT_DUE = "not_due"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


class Why(StrEnum):
    """What the state rests on, where it is not the day of publication."""

    TIMED = "timed"
    EARLY = "early"
    UNDATED = "undated"
    NO_DAY = "no-day"
    WITHDRAWN = "withdrawn"
    MISSING = "missing"
    OPEN = "open"
    NOT_LISTED = "not-listed"
    NOT_THERE = "not-there"
    NO_LIST = "no-list"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a unit in a year.

    `published` is the day its report prints, empty where it prints none; None where there is no report. `there`:
    whether a report could be looked for. `roll` is the county's list of that year, None where there is none.
    """

    unit: str
    kind: Kind | None
    year: int
    published: str | None = None
    withdrawn: bool = False
    there: bool = True
    roll: Mapping[str, Expected] | None = None

    @property
    def listed(self) -> Expected | None:
        """The unit's line in the list."""
        return self.roll.get(self.unit) if self.roll else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands, why, the last day if one is known, and by how many days a report was `late`."""

    state: State
    why: Why
    limit: Limit | None = None
    late: int = 0


def standing(known: Known, now: int) -> Standing:
    """How a unit stands in a year, in the year `now`."""
    last = limit(known.kind, known.year, known.listed)
    if known.published is not None:
        return _reported(known.published, known.year, last)
    if known.withdrawn:
        return Standing(State.WITHDRAWN, Why.WITHDRAWN, last)
    if known.listed:
        if is_past(known.year, last, now):
            return Standing(State.MISSING, Why.MISSING, last)
        return Standing(State.NOT_DUE, Why.OPEN, last)
    if known.roll is not None:
        return Standing(State.NOT_DUE, Why.NOT_LISTED)
    return Standing(State.UNKNOWN, Why.NO_LIST) if known.there else Standing(State.NOT_DUE, Why.NOT_THERE)


def _reported(published: str, year: int, last: Limit | None) -> Standing:
    if not published:
        return Standing(State.UNKNOWN, Why.UNDATED, last)
    if published[:4] <= str(year):
        return Standing(State.UNKNOWN, Why.EARLY, last)
    if last is None:
        return Standing(State.UNKNOWN, Why.NO_DAY)
    late = max((dt.date.fromisoformat(published) - dt.date.fromisoformat(last.on)).days, 0)
    return Standing(State.LATE if late else State.ON_TIME, Why.TIMED, last, late)


class Count(NamedTuple):
    """Of the lists of some counties of one year: how many units they name, and how those stand.

    `reports` are those that the archive has; of some of them the day is not known.
    """

    lists: int = 0
    units: int = 0
    reports: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0

    @property
    def undated(self) -> int:
        """Reports of which it is not known whether they came in time."""
        return self.reports - self.on_time - self.late

    @property
    def others(self) -> int:
        """Units of which there is no report, but which are not missing: withdrawn, or the day's year is not over."""
        return self.units - self.reports - self.missing

    def plus(self, other: Count) -> Count:
        """Both together."""
        return Count(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


Counts = Mapping[int, Count]
"""By year; a year without any list is not in it."""


def counted(roll: Roll, known: Mapping[tuple[str, int], Known], now: int) -> Counts:
    """The list of a county, counted by year; `known` has what is known of every unit and year on it."""
    return {
        year: _count([(known[unit, year], standing(known[unit, year], now)) for unit in listed])
        for year, listed in sorted(roll.items())
    }


def _count(found: Iterable[tuple[Known, Standing]]) -> Count:
    pairs = list(found)
    states = [stand.state for _, stand in pairs]
    return Count(
        lists=1,
        units=len(pairs),
        reports=sum(known.published is not None for known, _ in pairs),
        on_time=states.count(State.ON_TIME),
        late=states.count(State.LATE),
        missing=states.count(State.MISSING),
    )
