"""Enumerations: 共公开 270 条，其中甲类 23 条、乙类 3 条……: the stated total, the parts, and whether they are all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from build_tools.reading.counts import Count, Number
from build_tools.reading.sentences import Sentence

_OPENS = re.compile(r"其中|当中|包括|包含|分别[是为有]?|具体[是为]|涉及|:|\(")
_RESTARTS = re.compile(r"其中|[，,;。](?:其中|共计|合计|总计|累计|全年|共[有计完收发公办主接受])")
_SOME = {"其中", "当中", "涉及", "("}
"""What opens a list that may name some parts only."""
_REST = re.compile(r"其他|其它|其余|剩余")
_OPEN_END = re.compile(r"等|……|以上|不完全")
_RATES = {"%", "‰"}
_BRACKETED = re.compile(r"\([^()]*\)")
_FARTHEST_HEAD, _FARTHEST_PART, _FARTHEST, _LONGEST, _TAIL, _FEWEST = 40, 42, 200, 800, 4, 2


@dataclass(frozen=True, slots=True)
class Listing:
    """A stated total and its parts, all of one counting word. `closed`: the list says that it has named all: 分别是, 其他.

    `open`: it ends in 等; its parts may be less than the total. `about`: it gives no exact numbers.
    """

    sentence: Sentence
    total: Count
    parts: tuple[Count, ...]
    closed: bool
    open: bool
    about: bool

    @property
    def sum(self) -> Number:
        """The sum of the parts."""
        return sum(part.value for part in self.parts)


def listings(sentence: Sentence) -> Iterator[Listing]:
    """The enumerations of a sentence, in order, none within another."""
    at = 0
    while at + _FEWEST < len(sentence.counts):
        found, last = _listing(sentence, at)
        if found:
            yield found
        at = max(at + 1, last)


def _listing(sentence: Sentence, at: int) -> tuple[Listing | None, int]:
    """The enumeration whose total is the count `at`, if it is one, and which count is its last part."""
    text, total = sentence.text, sentence.counts[at]
    opened = _OPENS.search(text, total.end, total.end + _FARTHEST_HEAD)
    if opened and opened.group() == "(":
        stop = _closing(text, opened.end())
        parts, last = _parts(sentence, at + 1, (opened.end(), stop), inside=True)
        if len(parts) >= _FEWEST:
            return _made(sentence, total, parts, opened), last
        opened = _OPENS.search(text, stop, stop + _FARTHEST_HEAD)
    if opened is None or opened.group() == "(" or _in_brackets(text, 0, total.start):
        return None, at
    parts, last = _parts(sentence, at + 1, (opened.end(), len(text)), inside=False)
    if len(parts) < _FEWEST or not _nothing_between(sentence, at, opened.start()):
        return None, at
    return _made(sentence, total, parts, opened), last


def _nothing_between(sentence: Sentence, at: int, opened: int) -> bool:
    """Whether no other count stands between the total and its list, but in brackets or as a percentage."""
    between = takewhile(lambda c: c.start < opened, islice(sentence.counts, at + 1, None))
    return all(c.unit in _RATES or _in_brackets(sentence.text, 0, c.start) for c in between)


def _made(sentence: Sentence, total: Count, parts: list[Count], opened: re.Match[str]) -> Listing:
    text, end = sentence.text, parts[-1].end
    ends_open = _OPEN_END.search(text, end, end + _TAIL) is not None
    closed = opened.group() not in _SOME or _REST.search(text, opened.end(), end) is not None
    about = total.about or any(part.about for part in parts)
    return Listing(sentence, total, tuple(parts), closed and not ends_open, ends_open, about)


def _closing(text: str, start: int) -> int:
    end = text.find(")", start, start + _LONGEST)
    return end if end >= 0 else min(len(text), start + _LONGEST)


def _parts(
    sentence: Sentence, first: int, within: tuple[int, int], *, inside: bool
) -> tuple[list[Count], int]:
    """The counts one behind the other, but those in brackets, up to where something else begins; the last's number."""
    text, counts, unit = sentence.text, sentence.counts, sentence.counts[first - 1].unit
    parts: list[Count] = []
    start, last, at = within[0], within[0], first - 1
    for number in range(first, len(counts)):
        count = counts[number]
        if count.start < start:
            continue
        if count.end > within[1] or count.start - last > _FARTHEST:
            break
        if count.unit in _RATES or (not inside and _in_brackets(text, start, count.start)):
            continue
        between = text[last : count.start]
        strange = count.unit != unit or len(_BRACKETED.sub("", between)) > _FARTHEST_PART
        if strange or (parts and _RESTARTS.search(between)):
            break
        parts.append(count)
        last, at = count.end, number
    return parts, at


def _in_brackets(text: str, start: int, at: int) -> bool:
    opened = text.rfind("(", max(start, at - _LONGEST), at)
    return opened >= 0 and ")" not in text[opened:at]
