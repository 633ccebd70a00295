"""Text as it is searched by rules: forms of one character made alike, what is not seen left out, places kept."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

_STRANGE = re.compile(
    "[\u00a0\u00ad\u00b2\u00b3\u00b9\u034f\u061c\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u2000-\u2011\u2028-\u202f\u205f-\u209c\u2100-\u214f\u2150-\u218b\u2460-\u24ff\u2776-\u2793"
    "\u2e80-\u2fdf\u3000\u3164\u3200-\u33ff\uf900-\ufaff\ufb00-\ufb4f\ufe00-\ufe0f\ufe30-\ufe6f\ufeff"
    "\uff02-\uff07\uff0a\uff0b\uff0d-\uff19\uff1c-\uff1e\uff20-\uff3e\uff3f-\uff5a\uffa0-\uffef"
    "\U0001d400-\U0001d7ff\U0001f100-\U0001f1ff\U0002f800-\U0002fa1f\U000e0000-\U000e01ef]"
)
"""What is written in other forms than its own: width, circles, radicals. Chinese punctuation is left as it is."""
_UNSEEN = {"Cf", "Mn", "Me"}
_BLANK = "\u115f\u1160\u3164\uffa0"  # letters that print nothing


@dataclass(frozen=True, slots=True)
class Folded:
    """The text to search. `here` and `there` are the places in it, and in the original, from which both run alike."""

    text: str
    here: tuple[int, ...] = (0,)
    there: tuple[int, ...] = (0,)

    def place(self, at: int) -> int:
        """Where in the original the character at `at` stands."""
        known = bisect_right(self.here, at) - 1
        return self.there[known] + at - self.here[known]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the original that the part from `start` to `end`, which is not empty, was made of."""
        return self.place(start), self.place(end - 1) + 1


def fold(text: str) -> Folded:
    """The text with every character in its ordinary form and without those that are not seen."""
    if _STRANGE.search(text) is None:
        return Folded(text)
    parts, here, there = [], [0], [0]
    done = length = 0
    for run in _STRANGE.finditer(text):
        parts.append(text[done : run.start()])
        length += run.start() - done
        for ordinary in _ordinary(run[0]):
            parts.append(ordinary)
            here.append(length)
            there.append(run.start())
            length += 1
        done = run.end()
        here.append(length)
        there.append(done)
    parts.append(text[done:])
    return Folded("".join(parts), tuple(here), tuple(there))


@cache
def _ordinary(char: str) -> str:
    if char in _BLANK or unicodedata.category(char) in _UNSEEN:
        return ""
    if char.isdecimal():
        return str(unicodedata.digit(char))
    return "".join(c for c in unicodedata.normalize("NFKC", char) if unicodedata.category(c) not in _UNSEEN)
