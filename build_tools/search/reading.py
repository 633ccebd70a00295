"""A shard -> its terms and their lists, and a list -> which reports it holds: the way back of shards.py and lists.py.

An edit needs it: what all other counties have of a term stands in the shard, and need not be gathered again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from build_tools.search.document import PROSE, ZONES
from build_tools.search.lists import Coder
from build_tools.search.shards import MAGIC, Coded

_MORE = 0x80


def coded(payload: bytes) -> list[Coded]:
    """The terms of a shard, and their lists."""
    numbers = _Numbers(payload, len(MAGIC))
    terms: list[str] = []
    last = ""
    for _ in range(numbers.one()):
        shared = numbers.one()
        last = last[:shared] + numbers.bytes(numbers.one()).decode()
        terms.append(last)
    sizes = [numbers.one() for _ in terms]
    return [Coded(term, numbers.bytes(size)) for term, size in zip(terms, sizes, strict=True)]


def held(lists: bytes, coder: Coder) -> list[dict[int, int]]:
    """By zone, which reports of each county hold a term: what `coder` makes these lists of."""
    bits = _Bits(f"{int.from_bytes(lists):0{8 * len(lists)}b}")
    present = [PROSE] if bits.number(1) else [zone for zone in ZONES if bits.number(1)]
    return [_list(bits, coder) if zone in present else {} for zone in ZONES]


def _list(bits: _Bits, coder: Coder) -> dict[int, int]:
    others = bits.number(1)
    found: dict[int, int] = {}
    for place, reports in _units(bits, bits.gamma() - others, coder):
        found[place] = found.get(place, 0) | reports
    if not others:
        return found
    rest = ((place, layout.all & ~found.get(place, 0)) for place, layout in enumerate(coder.layouts))
    return {place: reports for place, reports in rest if reports}


def _units(bits: _Bits, count: int, coder: Coder) -> Iterator[tuple[int, int]]:
    """For each unit the place of its county and its reports among the county's."""
    low = bits.number(5) if count > 1 else 0
    next_ = 0
    for _ in range(count):
        unit = next_ + (bits.golomb(low) if count > 1 else bits.number(coder.width))
        place = bisect_right(coder.bases, unit) - 1
        start, reports = coder.layouts[place].units[unit - coder.bases[place]]
        yield place, bits.mask(reports) << start
        next_ = unit + 1


class _Numbers:
    """Reads a shard from some place on."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def one(self) -> int:
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= byte % _MORE << shift
            if byte < _MORE:
                return value
            shift += 7

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


class _Bits:
    """Reads lists bit by bit; the codes are those of bits.py."""

    def __init__(self, bits: str) -> None:
        self.bits, self.at = bits, 0

    def number(self, width: int) -> int:
        self.at += width
        return int(self.bits[self.at - width : self.at], 2) if width else 0

    def gamma(self) -> int:
        one = self.bits.index("1", self.at)
        width = one - self.at + 1
        self.at = one
        return self.number(width)

    def golomb(self, low: int) -> int:
        high = self.gamma() - 1
        return high << low | self.number(low)

    def mask(self, count: int) -> int:
        if count == 1:
            return 1
        if not self.number(1):
            return 1 << self._choice(count)
        return self.number(count) if self.number(1) else (1 << count) - 1

    def _choice(self, count: int) -> int:
        width = (count - 1).bit_length()
        short = (1 << width) - count
        value = self.number(width - 1)
        return value if value < short else (value << 1 | self.number(1)) - short
