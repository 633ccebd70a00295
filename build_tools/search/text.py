"""Text -> what is searched of it: normalised, cut into tokens, paired into terms. search/text.js is its twin.

Search is for exact substrings, with two liberties: writing that only looks different is the same (full-width
and half-width, capitals, white space), and a number is found only whole, 12 not in 2012.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import add

# NFKC makes ① a 1, ² a 2 and ㎡ m2, which would grow together with figures beside them: ①2020年 is no 12020年.
_KEPT = (
    "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2079\u2080-\u2089\u2150-\u215f\u2189\u2460-\u249b\u24ea-\u24ff"
    "\u2776-\u2793\u3220-\u3229\u3248-\u324f\u3251-\u325f\u3280-\u3289\u32b1-\u32cb\u3358-\u33fe"
)
_FOLDED = re.compile(f"[^{_KEPT}]+")
_WIDE = tuple(zip("，：；（）", ",:;()", strict=True))
_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff"
_UNSEEN = re.compile(f"[{_INVISIBLE}]+")
_LOOSE = re.compile(f"[{_INVISIBLE}\\s]")
_SPACE = re.compile("\\s+")
_BETWEEN = re.compile("[a-z0-9]")
_TOKEN = re.compile("[0-9]+|.", re.DOTALL)
_NUMBER = re.compile("[0-9]{2,}")
_NUMBERS = re.compile("(?<=(.))([0-9]{2,})(?=(.))", re.DOTALL)
_STOP = "。"
_HIGH = re.compile("[\ue000-\U0010ffff]")

BREAK = "\n"
"""Stands in no normalised text."""


def normalise(text: str) -> str:
    """Text as it is compared: NFKC, lower case, no white space but one blank between ASCII letters or digits."""
    if not text.isascii():
        text = _folded(text)
    if _LOOSE.search(text):
        return _SPACE.sub(_space, _UNSEEN.sub("", text).lower())
    return text.lower()


def _folded(text: str) -> str:
    for wide, plain in _WIDE:  # with these replaced, nearly every sentence is known at once to need no more
        text = text.replace(wide, plain)
    if unicodedata.is_normalized("NFKC", text):
        return text
    return _FOLDED.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def _space(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()][-1:], match.string[match.end() : match.end() + 1]
    return " " if _BETWEEN.fullmatch(before) and _BETWEEN.fullmatch(after) else ""


def tokens(normalised: str) -> list[str]:
    """A run of digits is one token, every other character is one."""
    return _TOKEN.findall(normalised)


def pieces(block: str) -> list[str]:
    """A block cut at its full stops, each in both pieces it parts: the pairs of the pieces are those of the block."""
    if _STOP not in block:
        return [block]
    first, *others, last = block.split(_STOP)
    return [first + _STOP, *[_STOP + other + _STOP for other in others], _STOP + last]


def terms(block: str) -> set[str]:
    """The terms of a block: its tokens two by two, and its last one. A phrase is the AND of its pairs.

    One token alone stands wherever a term begins with it.
    """
    found = tokens(normalise(block))
    return {*map(add, found, found[1:]), *found[-1:]}


def pairs(normalised: Iterable[str]) -> Iterator[str]:
    """The tokens of many texts two by two, and some pairs with a BREAK that are no terms; quicker than one by one."""
    text = BREAK.join(("", *normalised, ""))
    rest = _NUMBER.sub(BREAK, text)
    numbers = _NUMBERS.findall(text)
    before, after = ((b + number for b, number, _ in numbers), (number + a for _, number, a in numbers))
    return chain(map(add, rest, rest[1:]), before, after)


def in_order(term: str) -> bytes:
    """What to compare terms by: UTF-16, as strings of JavaScript are compared."""
    return term.encode("utf-16-be")


def ordered(terms: Iterable[str]) -> list[str]:
    """Terms sorted as strings of JavaScript are."""
    found = sorted(terms)
    # Python compares code points, which is the same below the place where UTF-16 puts its pairs.
    return sorted(found, key=in_order) if _HIGH.search("".join(found)) else found
