"""How rules read words: without white space, without the differences of print that mean nothing."""

from __future__ import annotations

import re
import unicodedata

_TRIFLES = re.compile(r"[\s\u200b\ufeff“”\"'‘’「」『』«»]")
_NUMBER_MARK = re.compile(r"(?<=^\d)、")


def tight(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def level(text: str) -> str:
    """A label with width, quotation marks, white space and the mark behind its number made alike."""
    return _NUMBER_MARK.sub(".", _TRIFLES.sub("", unicodedata.normalize("NFKC", text)))


def cut(text: str, most: int = 20) -> str:
    """A long text as its beginning."""
    return text if len(text) <= most else f"{text[:most]}…"
