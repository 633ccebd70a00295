"""Fixed political phrases and slips in them.

A phrase is looked for by its two ends: one slip leaves one of them whole. From there it is followed, in the text's
direction or against it, until it comes out with few enough edits; so no text costs more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, cast

from build_tools.source import plain

LONG = 10
"""Characters of a phrase in which two edits are one slip."""
_ENDS = 4
_WIDE = 24  # characters around a slip in which a right phrase explains it
_GAPS = re.compile('[\\s*_“”"‘’「」]+')


class Slip(NamedTuple):
    """Words of a text, from and to, and what they should be."""

    start: int
    end: int
    phrase: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase, all its right forms, and the end at which other words may stand."""

    text: str
    forms: tuple[str, ...]
    open: str

    @property
    def ends(self) -> int:
        """By how many characters at either end it is known: no swap of neighbours touches both."""
        return min(_ENDS, (len(self.text) - 1) // 2)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """All phrases, by their beginnings and by their ends; `pattern` finds either, and names that are wrong."""

    pattern: re.Pattern[str]
    heads: dict[str, tuple[_Phrase, ...]]
    tails: dict[str, tuple[_Phrase, ...]]
    forms: frozenset[str]
    wrong: dict[str, str]
    quoted: tuple[str, ...]
    alike: tuple[str, ...]


def slips(text: str) -> Iterator[Slip]:
    """Where a text has a phrase with a slip in it."""
    known = _phrases()
    match = known.pattern.search(text)
    while match:
        yield from _at(text, match.start(), match[0], known)
        match = known.pattern.search(text, match.start() + 1)
    for quoted in _QUOTED.finditer(text):
        if quoted[1] not in known.quoted and (right := _meant(quoted[1], known)):
            yield Slip(*quoted.span(1), right)


_QUOTED = re.compile('[“"‘「]([\u4e00-\u9fff]{3,4})[”"’」]')


def _at(text: str, at: int, found: str, known: _Phrases) -> Iterator[Slip]:
    for length in range(2, len(found) + 1):
        anchor = found[:length]
        for phrase in known.heads.get(anchor, ()):
            yield from _forward(text, at, phrase)
        for phrase in known.tails.get(anchor, ()):
            yield from _backward(text, at + length, phrase)
    if found in known.wrong:
        yield Slip(at, at + len(found), known.wrong[found])


def _forward(text: str, start: int, phrase: _Phrase) -> Iterator[Slip]:
    if not text.startswith(phrase.forms, start):
        length = _followed(
            text[start : start + len(phrase.text) + 3], phrase.text, closed=phrase.open != "end"
        )
        if length:
            yield from _sure(text, start, start + length, phrase)


def _backward(text: str, end: int, phrase: _Phrase) -> Iterator[Slip]:
    if not text.endswith(phrase.forms, 0, end):
        before = text[max(end - len(phrase.text) - 3, 0) : end][::-1]
        length = _followed(before, phrase.text[::-1], closed=phrase.open != "start")
        if length:
            yield from _sure(text, end - length, end, phrase)


def _followed(text: str, phrase: str, *, closed: bool) -> int:
    """How much of the text is the phrase with a slip in it: one edit, or two of a long phrase before its last character.

    At the very end an edit counts only if it is `closed`, and if the text goes on.
    """
    if length := _edited(text, phrase, 1):
        found = text[:length]
        whole = (found.endswith(phrase[-1]) and found != phrase[:-1]) or sorted(found) == sorted(phrase)
        return length if whole or (closed and len(text) > length) else 0
    if len(phrase) >= LONG:
        length = _edited(text, phrase, 2)
        return length if text[:length].endswith(phrase[-1]) else 0
    return 0


def _edited(text: str, phrase: str, most: int) -> int:
    """How much of the text is the phrase with at most so many edits; 0 if it is not. Each edit is tried where it differs."""
    same = 0
    while same < len(phrase) and text[same : same + 1] == phrase[same]:
        same += 1
    text, phrase = text[same:], phrase[same:]
    if not phrase:
        return same
    if not most or not text:
        return 0
    swapped = 2 if text[:2] == phrase[1::-1] and len(phrase) > 1 else 0
    tries = ((swapped, swapped), (1, 1), (0, 1), (1, 0)) if swapped else ((1, 1), (0, 1), (1, 0))
    for here, there in tries:  # swapped, another, left out, put in
        rest = phrase[there:]
        length = _edited(text[here:], rest, most - 1) if rest else 0
        if length or not rest:
            return same + here + length
    return 0


def _sure(text: str, start: int, end: int, phrase: _Phrase) -> Iterator[Slip]:
    """The slip, unless a right phrase reaches into it, or a line's end or a space has broken it in two."""
    forms = _phrases().forms
    left, right = max(start - _WIDE, 0), end + _WIDE
    around = text[left:right]
    if text[start:end] in forms or any(form in _GAPS.sub("", around) for form in phrase.forms):
        return
    for form in forms:
        at = text.find(form, left, right)
        if at >= 0 and at < end and at + len(form) > start and (at < start or at + len(form) > end):
            return
    yield Slip(start, end, phrase.text)


def _meant(words: str, known: _Phrases) -> str:
    """The short phrase that words in quotation marks are a slip of."""
    return next((phrase for phrase in known.quoted if _alike(words, phrase, known.alike)), "")


def _alike(words: str, phrase: str, alike: tuple[str, ...]) -> bool:
    if len(words) == len(phrase) - 1:
        return any(words == phrase[:at] + phrase[at + 1 :] for at in range(len(phrase)))
    differ = [(a, b) for a, b in zip(words, phrase, strict=False) if a != b]
    if len(words) != len(phrase) or len(differ) > 2:  # noqa: PLR2004  # two characters swapped
        return False
    if len(differ) == 1:
        return any(differ[0][0] in group and differ[0][1] in group for group in alike)
    return differ[0] == differ[1][::-1]


@cache
def _phrases() -> _Phrases:
    data = cast("Any", plain(files(__package__).joinpath("phrases.yml").read_text(encoding="utf-8")))
    phrases = [
        _Phrase(one["phrase"], (one["phrase"], *one.get("also", ())), one.get("open", ""))
        for one in data["phrases"]
    ]
    heads, tails = dict[str, tuple[_Phrase, ...]](), dict[str, tuple[_Phrase, ...]]()
    for phrase in phrases:
        head, tail = phrase.text[: phrase.ends], phrase.text[-phrase.ends :]
        heads[head] = (*heads.get(head, ()), phrase)
        tails[tail] = (*tails.get(tail, ()), phrase)
    return _Phrases(
        _any_of({*heads, *tails, *data["slips"]}),
        heads,
        tails,
        frozenset(form for phrase in phrases for form in phrase.forms),
        data["slips"],
        tuple(data["quoted"]),
        tuple(data["alike"]),
    )


def _any_of(words: set[str]) -> re.Pattern[str]:
    """A pattern for any of the words, the longest first; by their first characters, which is faster."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items()))
