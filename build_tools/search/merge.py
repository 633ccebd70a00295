"""The runs of all counties -> every term with its lists, part by part, so that few are in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.search.document import ZONES
from build_tools.search.lists import Coder
from build_tools.search.run import PLACES, Part
from build_tools.search.shards import Coded
from build_tools.search.text import ordered


class Merger:
    """Takes in the same part of several runs, county by county in order, and gives its terms."""

    def __init__(self, coder: Coder) -> None:
        self.coder = coder
        self.zones: list[dict[str, dict[int, int]]] = [{} for _ in ZONES]

    def add(self, place: int, part: Part) -> None:
        """Take in a part of a run; `place` says whose among all counties."""
        everything = self.coder.layouts[place].all
        lowest = self.zones[PLACES[0]]
        for term, pattern in zip(*part, strict=True):
            own = pattern
            if pattern > everything:
                self._above(place, term, pattern)
                own &= everything
                if not own:
                    continue
            held = lowest.get(term)
            if held is None:
                lowest[term] = {place: own}
            else:
                held[place] = own

    def terms(self) -> Iterator[Coded]:
        """Every term taken in, in order; they are forgotten."""
        zones, self.zones = self.zones, [{} for _ in ZONES]
        lowest = zones[PLACES[0]]
        others = set().union(*(zone for zone in zones if zone is not lowest))
        for term in ordered(others.union(lowest)):
            if term in others:
                yield Coded(term, self.coder.lists([zone.get(term) for zone in zones]))
            else:
                yield Coded(term, self.coder.prose(lowest[term]))

    def _above(self, place: int, term: str, pattern: int) -> None:
        for zone, reports in zip(PLACES, self.coder.layouts[place].split(pattern), strict=True):
            if zone != PLACES[0] and reports:
                self.zones[zone].setdefault(term, {})[place] = reports
