"""Lists that state no total of their own, and the total that stands in another sentence of the prose."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from build_tools.reading import Reading, Sentence
from build_tools.rules.aids.claim import SUM, Claim, claim_of

_TOTAL = re.compile(rf"(?:公开|发布)[^，,。;]{{0,40}}信息{SUM}$")
_BEGINS = re.compile("(?:(?:公开|发布|其中|中)[^，,。;]{2,24}|类(?:信息)?)$")
_UNITS = frozenset("条件篇份")
_FEWEST, _FARTHEST = 5, 42


def lists_apart(reading: Reading, year: int) -> Iterator[tuple[Claim, Claim]]:
    """Each list of five parts or more with the only total that the prose states for such things: (list, total).

    The value of the list is the sum of its parts.
    """
    lists = [found for sentence in reading.sentences if (found := _list(sentence)) and sentence.of_year(year)]
    if not lists:
        return
    units, kept = {found.topic for found in lists}, {id(found.sentence) for found in lists}
    others = (s for s in reading.sentences if id(s) not in kept and "信息" in s.text)
    totals = [total for sentence in others for total in _totals(sentence, units) if sentence.of_year(year)]
    for found in lists:
        alike = [total for total in totals if total.topic == found.topic]
        if len({total.value for total in alike}) == 1:
            yield found, alike[0]


def _totals(sentence: Sentence, units: set[str]) -> Iterator[Claim]:
    for count, tail, _ in sentence.around:
        if count.unit in units and not count.about and _TOTAL.search(tail):
            yield claim_of(count.unit, sentence, count, tail)


def _list(sentence: Sentence) -> Claim | None:
    """A sentence that does nothing but count parts, all by one word."""
    counts, text = sentence.counts, sentence.text
    if len(counts) < _FEWEST or any(c.about or c.spelled or c.unit != counts[0].unit for c in counts):
        return None
    apart = all(0 < b.start - a.end <= _FARTHEST for a, b in itertools.pairwise(counts))
    if counts[0].unit not in _UNITS or not apart or not _BEGINS.search(text[: counts[0].start]):
        return None
    return Claim(counts[0].unit, sum(c.value for c in counts), sentence, counts[0].start, counts[-1].end)
