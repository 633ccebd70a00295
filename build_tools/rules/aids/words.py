"""How rules read words: without white space, without the differences of print that mean nothing."""

from __future__ import annotations

import re
import unicodedata

TRIFLES = re.compile(r"[\s\u200b\ufeff“”\"'‘’「」『』«»]")
_NUMBER_MARK = re.compile(r"(?<=^\d)、")


def tight(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def level(text: str) -> str:
    """A label with width, quotation marks, white space and the mark behind its number made alike."""
    return _NUMBER_MARK.sub(".", TRIFLES.sub("", unicodedata.normalize("NFKC", text)))


MOST = 20
"""So many characters of a long text are quoted."""


def cut(text: str, most: int = MOST) -> str:
    """A long text as its beginning."""
    return text if len(text) <= most else f"{text[:most]}…"
