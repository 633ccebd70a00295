"""All units -> their numbers in the index, dense enough for short lists and stable when the archive grows.

Provinces, and the counties in them, have room for a few more units than they hold: 8, 12, 16, 24, 32, 48 … A new
report moves no number; a new unit moves those after it in its county; a new county, or one that outgrows its room,
those after it in its province; a province, those after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from build_tools.archive import COUNTY, PROVINCE
from build_tools.search.run import Member

_LEAST = 8


@dataclass(frozen=True, slots=True)
class Census:
    """Every unit of the archive: `counts` says by number how many reports, `bases` where counties begin.

    `width`: bits of the highest number.
    """

    counts: dict[int, int]
    bases: dict[str, int]
    width: int

    @property
    def reports(self) -> int:
        """All reports."""
        return sum(self.counts.values())


def census(members: Sequence[Member]) -> Census:
    """Number all units, which come by id."""
    bases = dict(_bases(member.id[:COUNTY] for member in members))
    counts: dict[int, int] = {}
    for county, own in groupby(members, key=lambda member: member.id[:COUNTY]):
        counts.update((bases[county] + rank, len(member.records)) for rank, member in enumerate(own))
    return Census(counts, bases, max(counts, default=0).bit_length())


def room(units: int) -> int:
    """The places kept for some units: the next of 8, 12, 16, 24, 32, 48 …"""
    size = _LEAST
    while size < units:
        size = size * 3 // 2 if size & (size - 1) == 0 else size * 4 // 3
    return size


def _bases(counties: Iterable[str]) -> Iterator[tuple[str, int]]:
    base = 0
    for _, province in groupby(counties, key=lambda county: county[:PROVINCE]):
        used = 0
        for county, units in groupby(province):
            yield county, base + used
            used += room(len(list(units)))
        base += room(used)
