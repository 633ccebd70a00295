"""Fixed political phrases and slips in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, cast

from build_tools.source import plain

END, NEAR, WIDE = 4, 2, 2
"""Characters by which a phrase is known, edits that make a slip, and how much longer or shorter a slip may be."""


_LONGEST = 20


class Slip(NamedTuple):
    """Words of a text, from and to, and the phrase they should be."""

    start: int
    end: int
    phrase: str


def slips(text: str) -> Iterator[Slip]:
    """Where a text has a phrase with a slip: its one end is right, the rest differs by a character or two."""
    for phrase, good in _phrases().items():
        for start in _places(text, phrase[:END]):
            if not any(text.startswith(form, start) for form in good):
                yield from _nearest(
                    text, phrase, [(start, start + len(phrase) + n) for n in range(-WIDE, WIDE + 1)]
                )
        for at in _places(text, phrase[-END:]):
            end = at + END
            if not any(text.endswith(form, 0, end) for form in good):
                yield from _nearest(
                    text, phrase, [(end - len(phrase) + n, end) for n in range(-WIDE, WIDE + 1)]
                )
    for slip in _data()["slips"]:
        yield from (Slip(at, at + len(slip), "") for at in _places(text, slip))


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _nearest(text: str, phrase: str, spans: list[tuple[int, int]]) -> Iterator[Slip]:
    """The span nearest to the phrase, if it is near enough, shares both ends' characters and is no other phrase."""
    tried = [
        (edits(text[start:end], phrase), abs(end - start - len(phrase)), start, end)
        for start, end in spans
        if start >= 0 and text[start:end][:1] == phrase[0] and text[start:end][-1:] == phrase[-1]
    ]
    distance, _, start, end = min(tried, default=(NEAR + 1, 0, 0, 0))
    around = "".join(text[max(start - END, 0) : end + END].split())
    broken = any(form in around for form in _phrases()[phrase])  # by a line's end or a space
    if (
        0 < distance <= NEAR
        and text[start:end] not in _all()
        and not broken
        and not _overlaps(text, start, end)
    ):
        yield Slip(start, end, phrase)


def _overlaps(text: str, start: int, end: int) -> bool:
    """Whether a phrase that is right reaches into these words from outside: …中国特色社会主义思想 and 制度 after it."""
    left, right = max(start - _LONGEST, 0), end + _LONGEST
    for form in _all():
        at = text.find(form, left, right)
        if at >= 0 and at < end and at + len(form) > start and (at < start or at + len(form) > end):
            return True
    return False


def edits(left: str, right: str) -> int:
    """How many characters must be put in, left out or changed to make one text of the other."""
    row = list(range(len(right) + 1))
    for i, char in enumerate(left, 1):
        last, row[0] = row[0], i
        for j, other in enumerate(right, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (char != other))
    return row[-1]


@cache
def _data() -> Mapping[str, Any]:
    text = files(__package__).joinpath("phrases.yml").read_text(encoding="utf-8")
    return cast("Mapping[str, Any]", plain(text))


@cache
def _phrases() -> Mapping[str, tuple[str, ...]]:
    return {one["phrase"]: (one["phrase"], *one.get("also", ())) for one in _data()["phrases"]}


@cache
def _all() -> frozenset[str]:
    return frozenset(form for forms in _phrases().values() for form in forms)
