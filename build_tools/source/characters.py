"""Characters that have no business in the archive's YAML, and comments, which no tool would keep."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from build_tools.source.nodes import At

BOM = "\ufeff"
ODD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, line separators, marks that turn the writing direction, non-characters."""

_NAMES = {
    "\t": "制表符（Tab）",
    BOM: "字节顺序标记（BOM）",
    "\r": "回车符（Windows 换行）",
    "\x85": "换行控制符",
    "\u2028": "行分隔符",
    "\u2029": "段分隔符",
}


def name(char: str) -> str:
    """What people call an odd character: 制表符（Tab） U+0009."""
    return f"{_NAMES.get(char, '看不见的控制字符')} U+{ord(char):04X}"


def odd(text: str) -> Iterator[tuple[str, int, int]]:
    """Each odd character with its line and column, from 1."""
    for match in ODD.finditer(text):
        yield match.group(), *place(text, match.start())


def readable(text: str) -> str:
    """The text with stand-ins for odd characters, so that a reader finds what else is wrong.

    Places stay right: the length is kept, but for a byte order mark at the start, which editors do not count.
    """
    return ODD.sub(lambda m: " " if m.group() in "\t\r" else "?", text.removeprefix(BOM))


def place(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of the character at `index`."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def comments(text: str, scalars: Sequence[At], start: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Where comments begin at or after the place `start`, one a line: a # that is not in any of the scalars.

    `scalars` are in the order of the text.
    """
    lines = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
    index = text.find("#", lines[start[0] - 1] + start[1] - 1)
    if index < 0:
        return
    spans = [(lines[at[0] - 1] + at[1] - 1, lines[at[2] - 1] + at[3] - 1) for at in scalars]
    while index >= 0:
        before = bisect_right(spans, (index, len(text))) - 1
        if before >= 0 and index < spans[before][1]:
            index = text.find("#", spans[before][1])
        else:
            yield place(text, index)
            line_end = text.find("\n", index)
            index = text.find("#", line_end) if line_end >= 0 else -1
