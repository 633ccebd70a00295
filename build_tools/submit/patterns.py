"""Patterns of this package -> the same patterns for a browser: what decides how a text is read stands once."""

from __future__ import annotations

import re

from build_tools.decode.cells import DASHES, MISSING_WORD, NOT_APPLICABLE, NOUGHTS, NUMBER
from build_tools.rules.aids.words import TRIFLES
from build_tools.rules.val_text import PLAIN
from build_tools.source import scalars
from build_tools.source.characters import ODD

_SPACE = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""White space as Python has it; a browser's \\s is another set."""


def script(pattern: re.Pattern[str]) -> str:
    """The pattern for JavaScript with the flags u and s; digits and white space mean what they mean here."""
    digit = "0-9" if pattern.flags & re.ASCII else r"\p{Nd}"
    return _ODD.sub(_escaped, _PIECE.sub(lambda match: _piece(match[0], digit), pattern.pattern))


_PIECE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]")
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


def _piece(text: str, digit: str) -> str:
    """An escape, or a set of characters."""
    classes = {r"\s": _SPACE, r"\d": digit, r"\"": '"'}
    if text.startswith("["):
        return re.sub(r"\\.", lambda match: classes.get(match[0], match[0]), text)
    return f"[{classes[text]}]" if text in classes else text


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def patterns() -> dict[str, object]:
    """By name, whole texts unless they are looked for; lists where several are tried in turn."""
    return {
        "number": script(NUMBER),
        "seen": script(PLAIN),
        "straight": script(scalars.STRAIGHT),
        "bent": [script(pattern) for pattern, _ in scalars.BENT],
        "figure": script(scalars.SAFE_FIGURE),
        "like_figure": script(scalars.LIKE_FIGURE),
        "unfit": script(scalars.UNFIT),
        "unfit_in_flow": script(scalars.UNFIT_IN_FLOW),
        "odd": script(ODD),
        "trifles": script(TRIFLES),
    }


def cell_words() -> dict[str, object]:
    """The words in cells that are no numbers to a browser."""
    return {
        "missing": MISSING_WORD,
        "dash": sorted(DASHES),
        "na": sorted(NOT_APPLICABLE),
        "nought": sorted(NOUGHTS),
        "nothing": sorted(scalars.WORDS),
    }
