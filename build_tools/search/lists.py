"""A term's reports -> its lists, bit by bit. search/postings.js reads them.

Lists begin with the zones they are for: 1 for prose alone, else 0 and a bit for each zone. For each zone: a bit that
says whether the list names the reports that do *not* hold the term; gamma of how many units it names, one more in a
list of the latter sort, which may be empty; for one unit its number in `width` bits, for several five bits for the
low bits of golomb and then for each the gap since the last one's number; after each unit's number the mask of its
reports (see bits.py). The last byte is filled up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from build_tools.search.bits import fixed, gamma, golomb, mask, to_bytes
from build_tools.search.census import Census
from build_tools.search.document import PROSE, ZONES

Held = Mapping[int, int]
"""By the place of a county among all a mask of its reports, in order of places."""

_Piece = tuple[int, int, list[int]]
"""Of the units of one county in a list: the step to the first, how far it is behind the last, the steps between.

A step is a gap between units, and in its low bits a mark: where the code of the second's mask stands in a list.
"""

_PROSE_ALONE = ["1" if zone == PROSE else "0" for zone in ZONES]
_MARK = 32  # bits of a mark in a step
_UNIT = 1 << _MARK
_MOST, _MOST_STEPS = 20_000, 5_000  # kept for the next term, pieces and steps of each width: some megabytes


class _Marks(dict[int, int]):
    """The marks of a unit's masks, by mask."""

    def __init__(self, count: int, codes: list[str]) -> None:
        super().__init__()
        self.count, self.codes = count, codes

    def __missing__(self, reports: int) -> int:
        self.codes.append(mask(reports, self.count))
        self[reports] = len(self.codes) - 1
        return self[reports]


class _Steps(dict[int, str]):
    """The codes of steps with so many low bits, by step."""

    def __init__(self, low: int, codes: list[str]) -> None:
        super().__init__()
        self.low, self.codes = low, codes

    def __missing__(self, step: int) -> str:
        if len(self) >= _MOST_STEPS:
            self.clear()
        self[step] = golomb(step >> _MARK, self.low) + self.codes[step % _UNIT]
        return self[step]


class Layout:
    """How a county's reports are shared out among its units, and the pieces that this makes of masks.

    `units`: where each unit's reports begin in a mask, and how many they are.
    """

    __slots__ = ("all", "pieces", "reports", "spans", "units")

    def __init__(self, counts: Sequence[int], marks: Mapping[int, _Marks]) -> None:
        self.reports = left = sum(counts)
        self.all = (1 << left) - 1
        self.spans: list[tuple[int, int, int, _Marks]] = []
        self.units: list[tuple[int, int]] = []
        for rank, count in enumerate(counts):
            left -= count
            self.units.append((left, count))
            self.spans[:0] = [(rank << _MARK, left, (1 << left) - 1, marks[count])] * count
        self.pieces: dict[int, _Piece] = {}

    def split(self, pattern: int) -> list[int]:
        """The masks of the zones in a pattern, in the order of PLACES (see run.py)."""
        return [pattern >> nth * self.reports & self.all for nth in range(len(ZONES))]

    def piece(self, reports: int) -> _Piece:
        """The piece of a mask of the county's reports, the first of which has the highest bit."""
        spans, steps, next_ = self.spans, [], 0
        while reports:
            rank, start, rest, marks = spans[reports.bit_length() - 1]
            steps.append(rank - next_ + marks[reports >> start])
            next_ = rank + _UNIT
            reports &= rest
        return steps.pop(0), next_, steps


class Coder:
    """Makes the lists of terms."""

    def __init__(self, census: Census) -> None:
        self.width = census.width
        self.codes: list[str] = []
        self.steps = [_Steps(low, self.codes) for low in range(32)]
        marks = {count: _Marks(count, self.codes) for counts in census.counts.values() for count in counts}
        same = {counts: Layout(counts, marks) for counts in census.counts.values()}
        self.layouts = tuple(same[counts] for counts in census.counts.values())
        self.bases = tuple(census.bases.values())
        self.places = [
            (base << _MARK, layout.pieces, layout)
            for base, layout in zip(self.bases, self.layouts, strict=True)
        ]
        self.half = census.reports / 2
        self.most = max((layout.reports for layout in self.layouts), default=0)
        self.made = 0

    def lists(self, zones: Sequence[Held | None]) -> bytes:
        """The lists of a term: for each zone, which of the counties' reports hold it there, if any."""
        present = ["1" if held else "0" for held in zones]
        head = "1" if present == _PROSE_ALONE else "".join(("0", *present))
        return to_bytes(head + "".join([self._list(held) for held in zones if held]))

    def prose(self, held: Held) -> bytes:
        """The lists of a term that stands in prose alone, as most do."""
        return to_bytes("1" + self._list(held))

    def _list(self, held: Held) -> str:
        if len(held) * self.most > self.half and sum(map(int.bit_count, held.values())) > self.half:
            others = self._others(held)
            return "1" + self._coded(others, 1) if others else "11"
        return "0" + self._coded(held, 0)

    def _others(self, held: Held) -> Held:
        """The reports that are not in the list."""
        lacking = ((place, layout.all & ~held.get(place, 0)) for place, layout in enumerate(self.layouts))
        return {place: reports for place, reports in lacking if reports}

    def _coded(self, held: Held, more: int) -> str:
        places = self.places
        steps: list[int] = []
        next_ = 0
        for place, reports in held.items():
            base, pieces, layout = places[place]
            first, last, own = pieces.get(reports) or self._piece(layout, reports)
            steps.append(base + first - next_)
            steps += own
            next_ = base + last
        if len(steps) == 1:
            step = steps[0]
            return gamma(1 + more) + fixed(step >> _MARK, self.width) + self.codes[step % _UNIT]
        low = _low_bits(steps)
        return gamma(len(steps) + more) + fixed(low, 5) + "".join(map(self.steps[low].__getitem__, steps))

    def _piece(self, layout: Layout, reports: int) -> _Piece:
        self.made += 1
        if self.made % _MOST == 0:  # the workers' memory must not grow with the archive
            for one in self.layouts:
                one.pieces.clear()
        piece = layout.pieces[reports] = layout.piece(reports)
        return piece


def _low_bits(steps: Sequence[int]) -> int:
    """The number of low bits that codes the gaps about as short as can be: most of the middle one's."""
    lengths = bytes(map(int.bit_length, steps))
    below, middle = len(lengths), len(lengths) // 2
    for length in range(max(lengths), _MARK, -1):
        below -= lengths.count(length)
        if below <= middle:
            return length - _MARK - 1
    return 0
