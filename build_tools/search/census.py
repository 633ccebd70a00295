"""All units -> their numbers in the index, dense enough for short lists and stable when the archive grows.

Provinces, and the counties in them, have room for a few more units than they hold: 8, 12, 16, 24, 32, 48 … A new
report moves no number; a new unit moves those after it in its county; a new county, or one that outgrows its room,
those after it in its province; a province, those after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from build_tools.archive import PROVINCE

_LEAST = 8


@dataclass(frozen=True, slots=True)
class Census:
    """Every unit of the archive: by county how many reports each has, and the number of its first.

    `width`: bits of the highest number.
    """

    counts: Mapping[str, tuple[int, ...]]
    bases: Mapping[str, int]
    width: int

    @property
    def reports(self) -> int:
        """All reports."""
        return sum(map(sum, self.counts.values()))

    @property
    def numbers(self) -> list[int]:
        """The number of each unit."""
        return [self.bases[county] + rank for county, own in self.counts.items() for rank in range(len(own))]


def census(counts: Mapping[str, tuple[int, ...]]) -> Census:
    """Number all units. Counties, of which none is empty, and the units in them come in order of their codes."""
    bases = dict(_bases(counts))
    highest = max((bases[county] + len(own) - 1 for county, own in counts.items()), default=0)
    return Census(counts, bases, highest.bit_length())


def room(units: int) -> int:
    """The places kept for some units: the next of 8, 12, 16, 24, 32, 48 …"""
    size = _LEAST
    while size < units:
        size = size * 3 // 2 if size & (size - 1) == 0 else size * 4 // 3
    return size


def _bases(counts: Mapping[str, tuple[int, ...]]) -> Iterator[tuple[str, int]]:
    base = 0
    for _, province in groupby(counts, key=lambda county: county[:PROVINCE]):
        used = 0
        for county in province:
            yield county, base + used
            used += room(len(counts[county]))
        base += room(used)
