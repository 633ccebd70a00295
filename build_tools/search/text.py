"""Text -> what is searched of it: normalised, cut into tokens, paired into terms. search/text.js is its twin.

Search is for exact substrings, with two liberties: writing that only looks different is the same (full-width
and half-width, capitals, white space), and a number is found only whole, 12 not in 2012.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from operator import add

# NFKC makes ① a 1, ² a 2 and ㎡ m2, which would grow together with figures beside them: ①2020年 is no 12020年.
_KEPT = (
    "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2079\u2080-\u2089\u2150-\u215f\u2189\u2460-\u249b\u24ea-\u24ff"
    "\u2776-\u2793\u3220-\u3229\u3248-\u324f\u3251-\u325f\u3280-\u3289\u32b1-\u32cb\u3358-\u33fe"
)
_FOLDED = re.compile(f"[^{_KEPT}]+")
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff]+")
_SPACE = re.compile("\\s+")
_BETWEEN = re.compile("[a-z0-9]")
_TOKEN = re.compile("[0-9]+|.", re.DOTALL)


def normalise(text: str) -> str:
    """Text as it is compared: NFKC, lower case, no white space but one blank between ASCII letters or digits."""
    if not text.isascii():
        text = _FOLDED.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
        text = _UNSEEN.sub("", text)
    return _SPACE.sub(_space, text.lower())


def _space(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()][-1:], match.string[match.end() : match.end() + 1]
    return " " if _BETWEEN.fullmatch(before) and _BETWEEN.fullmatch(after) else ""


def tokens(normalised: str) -> list[str]:
    """A run of digits is one token, every other character is one."""
    return _TOKEN.findall(normalised)


def terms(block: str) -> set[str]:
    """The terms of a block: its tokens two by two, and its last one. A phrase is the AND of its pairs.

    One token alone stands wherever a term begins with it.
    """
    found = tokens(normalise(block))
    return {*map(add, found, found[1:]), *found[-1:]}


def all_terms(blocks: Iterable[str]) -> set[str]:
    """The terms of several blocks; none reaches from one block into the next."""
    return set().union(*map(terms, set(blocks)))  # most cells of a table are the same nought
