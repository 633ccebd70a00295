"""Until when a report has to be public: the facts of kinds.yml, by sort of unit and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from build_tools.model import Kind
from build_tools.units import kind_data


@dataclass(frozen=True, slots=True)
class Due:
    """The last day for the reports of some sorts of units, in the year after the one reported on.

    `basis` is the article of the law that says so; or where it is not `binding`, why it is usual. `first` and `last`
    are the report years for which it holds; None is unbounded.
    """

    of: tuple[str, ...]
    month: int
    day: int
    basis: str
    binding: bool
    first: int | None = None
    last: int | None = None

    def on(self, year: int) -> str:
        """The day for the report on `year`, as an ISO date."""
        return f"{year + 1:04}-{self.month:02}-{self.day:02}"

    def holds(self, year: int) -> bool:
        """Whether it holds for reports on `year`."""
        return (self.first or year) <= year <= (self.last or year)


def due(kind: Kind, year: int) -> Due | None:
    """Until when a unit of this kind had to publish its report on `year`; None where no day is known."""
    return next((one for one in dues() if kind.due in one.of and one.holds(year)), None)


@dataclass(frozen=True, slots=True)
class Timing:
    """When a report says it was published, and until when it had to be: `late` days after, 0 for in time."""

    due: Due
    on: str
    published: str
    late: int


def timing(kind: Kind, year: int, published: str) -> Timing | None:
    """How the printed date of publication stands to the day it was due; None where one of both is not known."""
    found = due(kind, year)
    if not found or not published:
        return None
    on = found.on(year)
    days = (date.fromisoformat(published) - date.fromisoformat(on)).days
    return Timing(found, on, published, max(days, 0))


def past_due(now: int) -> int:
    """The last report year of which, in the year `now`, every report had to be public."""
    return now - 2


def first_year() -> int:
    """The first report year of which a day is known: there were no such reports before."""
    return min(one.first for one in dues() if one.first)


@cache
def dues() -> tuple[Due, ...]:
    """All that kinds.yml says of it."""
    return tuple(_due(data) for data in kind_data()["due"])


def _due(data: Mapping[str, Any]) -> Due:
    month, day = data["on"].split("-")
    return Due(
        of=tuple(data["of"]),
        month=int(month),
        day=int(day),
        basis=data["basis"],
        binding=data.get("binding") == "true",
        first=int(data["since"]) if "since" in data else None,
        last=int(data["until"]) if "until" in data else None,
    )


def in_force() -> tuple[Due, ...]:
    """Those that hold for reports to come."""
    return tuple(one for one in dues() if one.last is None)
