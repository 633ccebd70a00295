"""Shards and what an edit changed -> the shards that a new merge would give, most of them as they are.

Cuts hang on the terms and start anew with each shard: after a changed term they soon fall on old ones again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from build_tools.search.document import ZONES
from build_tools.search.lists import Coder
from build_tools.search.reading import held
from build_tools.search.run import PLACES
from build_tools.search.shards import Coded, Cutter, Kept, Shard
from build_tools.search.text import in_order, ordered

Edit = Mapping[int, int]
"""The new pattern of a term by the place of each county that changed it; nought where it is gone."""


def changes(old: Mapping[str, int], new: Mapping[str, int]) -> dict[str, int]:
    """The patterns of a county that are not what they were; nought for terms that are gone."""
    found = {term: pattern for term, pattern in new.items() if old.get(term) != pattern}
    return found | {term: 0 for term in old if term not in new}


class Editor:
    """Edits the shards of one job."""

    def __init__(self, coder: Coder, size: int, read: Callable[[Kept], list[Coded]]) -> None:
        self.coder, self.size, self.read = coder, size, read

    def shards(self, old: Sequence[Kept], edits: Mapping[str, Edit]) -> Iterator[Kept | Shard]:
        """The shards of a job, which was cut into the `old` ones."""
        own = _by_shard(old, edits)
        cutter = Cutter(self.size)
        if not old:
            yield from cutter.add(self._edited([], edits))
        for nth, kept in enumerate(old):
            # The end of a shard hangs on the length of the term that follows.
            touched = nth in own or (nth + 1 < len(old) and old[nth + 1].first in edits)
            if not touched and not cutter.terms:
                yield kept
                continue
            terms = self.read(kept)
            if not touched and cutter.cuts(terms[0]):
                yield from cutter.end()
                yield kept
            else:
                yield from cutter.add(self._edited(terms, own.get(nth, {})))
        yield from cutter.end()

    def _edited(self, terms: Iterable[Coded], edits: Mapping[str, Edit]) -> Iterable[Coded]:
        if not edits:
            return terms
        table = {one.term: one.lists for one in terms}
        for term, edit in edits.items():
            lists = self._lists(table.get(term), edit)
            if lists:
                table[term] = lists
            else:
                table.pop(term, None)
        return [Coded(term, table[term]) for term in ordered(table)]

    def _lists(self, old: bytes | None, edit: Edit) -> bytes:
        """The lists of a term with the edit made; none where nothing holds it any more."""
        zones = held(old, self.coder) if old else [{} for _ in ZONES]
        for place, pattern in edit.items():
            for zone, reports in zip(PLACES, self.coder.layouts[place].split(pattern), strict=True):
                zones[zone][place] = reports
        found = [{place: zone[place] for place in sorted(zone) if zone[place]} for zone in zones]
        return self.coder.lists(found) if any(found) else b""


def _by_shard(old: Sequence[Kept], edits: Mapping[str, Edit]) -> dict[int, dict[str, Edit]]:
    firsts = [in_order(kept.first) for kept in old]
    found: defaultdict[int, dict[str, Edit]] = defaultdict(dict)
    for term, edit in edits.items():
        found[max(0, bisect_right(firsts, in_order(term)) - 1)][term] = edit
    return found
