"""How numbers are spread over reports, and which are the largest.

Small, however many reports there are: values are counted, not kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from itertools import accumulate, groupby
from typing import NamedTuple

from build_tools.indicators import Number

FEW = 5
"""Below so many units nothing is said of shares, spreads and ranks."""

RANKED = 10
"""A ranking ends with the place on which so many units are named; who ties there is named too."""

_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


class Ranked(NamedTuple):
    """A unit and its figure. `noted`: the report that prints it bears notes, on whatever."""

    value: Number
    unit: str
    name: str
    noted: bool = False


@dataclass(slots=True)
class Spread:
    """One indicator over the reports of one sort: how often each number is printed, and the largest.

    `others` counts the reports that have the cell but no number in it.
    """

    numbers: Counter[Number] = field(default_factory=Counter)
    others: int = 0
    largest: list[Ranked] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many reports print a number."""
        return self.numbers.total()

    @property
    def total(self) -> Number:
        """The sum of what they print."""
        return sum(number * times for number, times in self.numbers.items())

    def add(self, other: Spread) -> None:
        """Take in the same indicator of other reports."""
        self.numbers.update(other.numbers)
        self.others += other.others
        self.largest += other.largest
        self.cut()

    def cut(self) -> None:
        """Keep of the largest what a ranking shows."""
        self.largest = _largest(self.largest, self.numbers)

    def quartiles(self) -> tuple[Number, Number, Number]:
        """The median of the lower half, of all, and of the upper half, exactly; of an odd number, halves lack the middle.

        The median of an even number is the mean of the two in the middle. At least one number is needed.
        """
        numbers = sorted(self.numbers)
        ends = list(accumulate(self.numbers[number] for number in numbers))

        def middle(start: int, end: int) -> Number:
            low, high = (bisect_right(ends, place) for place in ((start + end - 1) // 2, (start + end) // 2))
            return _mean(numbers[low], numbers[high])

        half = max(self.count // 2, 1)
        return middle(0, half), middle(0, self.count), middle(self.count - half, self.count)

    def unlisted(self) -> tuple[int, int]:
        """How many print more than nought and have no place in a ranking; how many tie there, if that is why."""
        listed = [one.value for _, one in self.ranks()]
        below = {n: times for n, times in self.numbers.items() if n > 0 and (not listed or n < listed[-1])}
        crowd = below[max(below)] if below and len(listed) < RANKED else 0
        return sum(below.values()), crowd

    def ranks(self) -> Iterator[tuple[int, Ranked]]:
        """The largest with their places; who prints the same shares a place. Noughts have none."""
        above, last = 0, None
        for before, one in enumerate(self.largest):
            if one.value != last:
                above = sum(times for number, times in self.numbers.items() if number > one.value)
                last = one.value
            if above > before:
                return  # between stands a crowd that a smaller region left out
            yield above + 1, one


def _largest(found: Iterable[Ranked], numbers: Mapping[Number, int]) -> list[Ranked]:
    """The first places, whole: who ties is told of all or not at all, and a crowd that ties is told of not at all.

    What a region leaves out of its places, no larger region has in its own.
    """
    kept: list[Ranked] = []
    ordered = sorted((one for one in found if one.value > 0), key=lambda one: (-one.value, one.unit))
    for value, tied in groupby(ordered, key=lambda one: one.value):
        group = list(tied)
        if len(kept) >= RANKED or len(kept) + len(group) > 2 * RANKED or len(group) < numbers[value]:
            break
        kept += group
    return kept


def _mean(one: Number, other: Number) -> Number:
    if isinstance(one, int) and isinstance(other, int) and (one + other) % 2 == 0:
        return (one + other) // 2
    return _EXACT.multiply(_EXACT.add(one, other), Decimal("0.5"))
