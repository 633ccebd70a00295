"""A number that the prose states, and how a rule objects to it at the very words."""

from __future__ import annotations

import re
from typing import NamedTuple

from build_tools.finding import Problem
from build_tools.privacy import masked
from build_tools.reading import Count, Number, Sentence

HINT = "对照原件：正文或表格抄错了就改正；原件就是这样写的，不要改，在“确认”里写明规则、位置和理由。"
"""The advice for prose that does not agree with a table."""

ITEMS = frozenset("件条宗起份次项例个人") | {"件次"}
"""What requests and cases are counted by."""
SUM = "(?:总数|数量|件数|数)?(?:共计|总计|合计|共有|共|为|有|:)?"
"""What may stand between a thing and its number; part of a pattern."""
CLAUSE = re.compile("[，,;。]")
_SHOWN, _HEAD = 48, 30
_AROUND = 100  # more than what is private is long, with the words by which it is known


class Claim(NamedTuple):
    """A number that the prose states: what of (`topic`), where, and whether exactly."""

    topic: str
    value: Number
    sentence: Sentence
    start: int
    end: int
    about: bool = False

    @property
    def quote(self) -> str:
        """The very words; of many the first and the last."""
        first, last = self.sentence.words(self.start, self.end)
        begin = max(first - _AROUND, 0)  # masked as it stands in the text: half a number is not known for one
        around = masked(self.sentence.section.text[begin : last + _AROUND])
        words = " ".join(around[first - begin : last - begin].split())
        return words if len(words) <= _SHOWN else f"{words[:_HEAD]}…{words[_HEAD - _SHOWN :]}"

    def problem(self, message: str, hint: str = HINT, *, weak: bool = False) -> Problem:
        """An objection to these words: the quote, then the message."""
        words = self.sentence.words(self.start, self.end)
        text = f"正文“{self.quote}”：{message}"
        return Problem(self.sentence.section.path, text, hint, weak=weak, words=words)


def claim_of(topic: str, sentence: Sentence, count: Count, tail: str, more: int = 0) -> Claim:
    """The claim from its clause's beginning up to the count, and `more` characters behind it."""
    start = max(count.start - len(tail), 0)
    return Claim(topic, count.value, sentence, start, count.end + more, count.about)
