"""The text that is read -> sentences, each with its counts and the year it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from build_tools.model import Section
from build_tools.reading.counts import Count, counts, spelled
from build_tools.reading.normal import Normal

_SENTENCE = re.compile(r"[^。!?\n]{1,2000}(?:。其中[^。!?\n]{1,600}){0,3}[。!?]?|\n+")
"""No sentence that people write is longer: who goes through all counts of one, takes a time that is bounded."""
_YEAR = re.compile(
    r"[2二](?:(?<=2)0[0-9]{2}|(?<=二)[〇零][〇零一二三四五六七八九]{2})年(?<![比较与同至到0-9].{5})"
)
_OTHER = re.compile(
    r"(?:上一?年|去年|往年|前年|历年|明年|次年|来年|下一?年|近[两三五]年)(?!度?(?:结转|转|继续|办理|顺延))"
)
_CLAUSE = re.compile(r"[，,;:。]")
DENIED = r"(?:未|没有|没|无|不存在|从未)(?:有|曾)?(?:再)?"
"""How a sentence says that something is not so; part of a pattern."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a section: its words, their place in the section as it is read, and its counts.

    Places of counts and matches are offsets in `text`; `words` leads them back to what stands in the file.
    `years` are the years named, each with its place; the first, at -1, is what the paragraph spoke of before.
    """

    section: Section
    normal: Normal = field(repr=False)
    text: str
    start: int
    counts: tuple[Count, ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    paragraph: int = 0

    @cached_property
    def around(self) -> tuple[tuple[Count, str, str], ...]:
        """Each count with its clause up to it, from the count before at most, and what follows."""
        found, text, last = [], self.text, 0
        for count in self.counts:
            before = text[max(last, count.start - _REACH) : count.start]
            found.append((count, _last_clause(before), text[count.end : count.end + _AFTER]))
            last = count.end
        return tuple(found)

    def words(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the section's text of what was read as the characters from `start` to `end`."""
        return self.normal.back(self.start + start, self.start + end)

    def quote(self, start: int, end: int) -> str:
        """What stands in the section from `start` to `end`, on one line."""
        first, last = self.words(start, end)
        return " ".join(self.section.text[first:last].split())

    def year(self, at: int = 0) -> int | None:
        """The year that the words at `at` speak of, as far as the paragraph has said up to there."""
        found = bisect_left(self.years, (at + 1,)) - 1
        return self.years[found][1] if found >= 0 else None

    def clause(self, at: int) -> int:
        """Where the clause that holds `at` begins."""
        ends = [m.end() for m in _CLAUSE.finditer(self.text, max(0, at - _FAR), at)]
        return ends[-1] if ends else max(0, at - _FAR)

    def of_year(self, year: int, at: int = 0) -> bool:
        """Whether the words at `at` may speak of `year`: no other year, 上年 or 明年 is named before them."""
        said = self.year(at)
        if said is not None and said != year:
            return False
        return _OTHER.search(self.text, self.clause(at), at) is None


_FAR, _REACH, _AFTER = 60, 48, 26


def _last_clause(before: str) -> str:
    before = before.lstrip("，,;、:")
    tail = before[max(before.rfind(mark) for mark in "，,;。") + 1 :]
    return tail if tail.endswith(":") else tail.rpartition(":")[2]


def sentences(section: Section, normal: Normal) -> Iterator[Sentence]:
    """The sentences of a section in order; a second one that begins with 其中 belongs to the first."""
    found, at, paragraph = list(counts(normal.text)), 0, 0
    many = len(found)
    carried: tuple[tuple[int, int], ...] = ()
    for match in _SENTENCE.finditer(normal.text):
        start, text = match.start(), match.group()
        if text[0] == "\n":
            carried, paragraph = (), paragraph + 1
            continue
        own: list[Count] = []
        end = match.end()
        while at < many and found[at].end <= end:
            count = found[at]
            if count.start >= start:
                own.append(count.shifted(start))
            at += 1
        named = [(m.start(), _year(m)) for m in _YEAR.finditer(text)] if "年" in text else []
        yield Sentence(section, normal, text, start, tuple(own), (*carried, *named), paragraph)
        carried = ((-1, named[-1][1]),) if named else carried


def _year(match: re.Match[str]) -> int:
    figures = match[0][:-1]
    return int(figures) if figures.isdecimal() else spelled(figures) or 0
