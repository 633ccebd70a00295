"""What the reports of a county say beside each other: which neighbour's is like one's own, whose original is the same.

A report is compared with the few that have some of its rarest-looking clauses, not with all: the work grows with the
number of reports. Nothing outside the county is looked at, so that a county that has not changed need not be read again.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from zlib import crc32

from build_tools.copies.own import Match, Own, closest
from build_tools.model import Report, Unit

_SAMPLE = 16  # clauses of a report that are looked up: those whose checksums are lowest, so the same ones everywhere
_SHARED = (
    3  # of these must be in another report too: two that say half the same have five, and hardly ever fewer
)
_CROWD = 32  # reports that are looked at for one clause: where more have it, the first ones stand for all
_CLOSEST = 4  # that are compared in full


class CountyWords:
    """The reports of a county; what is needed of each is worked out when it is first asked for."""

    def __init__(self, filed: Iterable[tuple[Unit, Report, tuple[str, ...]]]) -> None:
        self._own = {report.id: Own(report, unit, names) for unit, report, names in filed}
        self._samples: dict[str, list[int]] = {}

    def own(self, report: Report) -> Own:
        """The own words of a report of the county."""
        return self._own[report.id]

    def nearest(self, report: Report) -> Match | None:
        """The other unit's report on the same year that is most like this one, and how much it is."""
        own = self.own(report)
        return closest(own, self._candidates(own)) if len(self._years[report.year]) > 1 else None

    def same_original(self, report: Report) -> tuple[Own, ...]:
        """The other reports for which the very same file is given as the original."""
        sharers = self._originals.get(report.origin.sha256, ())
        return tuple(own for own in sharers if own.report.id != report.id)

    @cached_property
    def _years(self) -> Mapping[int, list[Own]]:
        found: dict[int, list[Own]] = {}
        for own in sorted(self._own.values(), key=lambda one: one.report.id):
            found.setdefault(own.report.year, []).append(own)
        return found

    @cached_property
    def _originals(self) -> Mapping[str, list[Own]]:
        found: dict[str, list[Own]] = {}
        for own in sorted(self._own.values(), key=lambda one: one.report.id):
            if own.report.origin.sha256:
                found.setdefault(own.report.origin.sha256, []).append(own)
        return found

    @cached_property
    def _holders(self) -> Mapping[tuple[int, int], list[Own]]:
        """By year and checksum of a clause the first reports that have it in their sample."""
        found: dict[tuple[int, int], list[Own]] = {}
        for year, reports in self._years.items():
            for own in reports:
                for clause in self._sample(own):
                    holders = found.setdefault((year, clause), [])
                    if len(holders) < _CROWD:
                        holders.append(own)
        return found

    def _sample(self, own: Own) -> list[int]:
        known = self._samples.get(own.report.id)
        if known is None:
            sums = {crc32(clause.encode()) for clause in own.glance}
            known = self._samples[own.report.id] = heapq.nsmallest(_SAMPLE, sums)
        return known

    def _candidates(self, own: Own) -> list[Own]:
        counts = Counter(
            other.report.id
            for clause in self._sample(own)
            for other in self._holders.get((own.report.year, clause), ())
            if other is not own
        )
        close = [(-count, id_) for id_, count in counts.items() if count >= _SHARED]
        return [self._own[id_] for _, id_ in heapq.nsmallest(_CLOSEST, close)]
