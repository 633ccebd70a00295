"""What of all that the prose states is told of the report's own unit and year, and so can be held against its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from build_tools.reading import Number, Sentence
from build_tools.rules.aids.claim import Claim
from build_tools.rules.aids.figures import number
from build_tools.rules.view import View

_BEFORE = 60
_SUFFIXES = re.compile("(?:人民政府|管理委员会|管委会|政府)$")


def stated(view: View, claims: Iterable[Claim], *topics: str) -> Iterator[Claim]:
    """The claims on these topics (on all without topics) that are exact, and of this unit and year."""
    for claim in claims:
        if (not topics or claim.topic in topics) and not claim.about and _meant(view, claim):
            yield claim


def _meant(view: View, claim: Claim) -> bool:
    year, sentence = view.report.year, claim.sentence
    ahead = claim.topic in {"in", "out"}  # 结转至2021年 names the year that it is carried into
    if not sentence.of_year(year, claim.start) or not (ahead or sentence.of_year(year, claim.end)):
        return False
    return own(view, sentence, claim.end)


def own(view: View, sentence: Sentence, at: int) -> bool:
    """Whether the words up to `at` speak of the report's unit, neither of more nor of less."""
    return _foreign(_level(view)).search(sentence.text, max(0, at - _BEFORE), at) is None


def _level(view: View) -> str:
    """What a unit that reports for a whole place is called by its last character: 区, 市; empty for any other."""
    name = _SUFFIXES.sub("", view.unit.name)
    return name[-1:] if view.unit.kind.aggregates else ""


@lru_cache(maxsize=64)
def _foreign(level: str) -> re.Pattern[str]:
    """Words for a wider circle than the unit's own or, in one that reports for a place, for its office alone."""
    narrower = "本级|政府办公室|政府办(?!理)|代表[市县区]" if level else "各级|市级|县级|区级|省级"
    wider = "".join(char for char in "国省市县区旗州盟" if char != level)
    return re.compile(f"全[{wider}](?!面)|{narrower}|上级|备案|半年|季度|月份|当月|每月")


def suits(view: View) -> Number | None:
    """All suits of table 4, direct ones and those after a review."""
    table = view.report.tables.get("t4")
    direct, after = (number(table, row, "total") for row in ("suit_direct", "suit_after_review"))
    return None if direct is None or after is None else direct + after
