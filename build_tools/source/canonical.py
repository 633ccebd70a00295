"""Text in the layout that `fmt` writes -> nodes, without libyaml: nearly all files are written so.

Of what YAML allows, this knows the few ways in which `write` lays out a file, and each of them on the narrow
side. Any other text, good or bad, is left to `reader`: what is read here, `reader` would read just the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

from build_tools.source.characters import ODD
from build_tools.source.nodes import At, Figures, Mapping, Node, Scalar, Sequence
from build_tools.source.scalars import bent

_DEEPEST = 12  # columns of indentation; the layout needs eight
_LONGEST = 100  # characters of a key or a row of figures: these are kept in mind
_SPECIAL = r"""\-?:,\[\]{}#&*!|>'"%@` """  # characters that make a scalar something else if they come first
_KEY = re.compile(rf"[^{_SPECIAL}][^ :#]*")
_PLAIN = re.compile(rf"(?:[^{_SPECIAL}]|-(?=[0-9]))(?:[^ :]++|:(?=[^ ])| ++(?=[^#]))*+")
_QUOTED = re.compile(r""""[^"\\]*"|'[^']*'""")
_FIGURE = r"(?:0|[1-9][0-9]{0,14})"
_FIGURES = re.compile(rf"\[{_FIGURE}(?:, {_FIGURE})*\]")
_ITEM = re.compile(rf"""{_QUOTED.pattern}|(?:[\w~/+—–－＋]|-(?=[0-9]))[\w~/+\-.%（）·—–－＋]*""")
_ITEMS = re.compile(rf"\[(?:(?:{_ITEM.pattern})(?:, (?:{_ITEM.pattern}))*)?\]")


def read(text: str) -> Mapping | None:
    """The nodes of a text that is in the layout and without fault; None for any other text."""
    if not text.endswith("\n") or ODD.search(text):
        return None
    try:
        return _Reader(text.split("\n")).whole()
    except _OtherwiseError:
        return None


class _OtherwiseError(Exception):
    """The text is not in the layout."""


class _Reader:
    """Reads line by line. The last of the lines is empty: no text goes on beyond it."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.next = 0

    def whole(self) -> Mapping:
        """The mapping that all lines but the comments in the head make up."""
        while self.lines[self.next].startswith("#"):
            self.next += 1
        root = self.mapping(0)
        if self.next != len(self.lines) - 1:
            raise _OtherwiseError
        return root

    def mapping(self, indent: int) -> Mapping:
        """The entries that stand `indent` columns from the edge, one at least."""
        pad, start = " " * indent, self.edge(indent)
        found: dict[str, tuple[At, Node]] = {}
        while (line := self.lines[self.next]) and line.startswith(pad):
            self.next += 1
            key, entry = self.entry(line, indent)
            if key in found:
                raise _OtherwiseError
            found[key] = entry
        if not found:
            raise _OtherwiseError
        return Mapping(found, start)

    def edge(self, indent: int) -> At:
        """The place where the next line's text begins."""
        return self.next + 1, indent + 1, self.next + 1, indent + 1

    def entry(self, line: str, indent: int) -> tuple[str, tuple[At, Node]]:
        """A key and its node, from the line just passed and those under it."""
        number = self.next
        before, colon, value = line.partition(": ")
        if not colon:
            before = line[:-1]
        key = before[indent:]
        if not (colon or line.endswith(":")) or len(key) > _LONGEST or not _is_key(key):
            raise _OtherwiseError
        end = len(before) + 1
        node = self.value(value, (number, end + 2), indent) if colon else self.below(indent + 2)
        return key, ((number, indent + 1, number, end), node)

    def below(self, indent: int) -> Mapping | Sequence:
        """What stands on the lines under a key: entries, or a list of them."""
        dash = " " * indent + "- "
        if indent > _DEEPEST:
            raise _OtherwiseError
        if not self.lines[self.next].startswith(dash):
            return self.mapping(indent)
        start = self.edge(indent)
        items: list[Node] = []
        while (line := self.lines[self.next]).startswith(dash):
            self.lines[self.next] = line.replace("-", " ", 1)
            items.append(self.mapping(indent + 2))
        return Sequence(items, start)

    def value(self, text: str, start: tuple[int, int], indent: int) -> Node:
        """What stands behind a key and its colon."""
        line, column = start
        at = (line, column, line, column + len(text))
        if text.startswith("["):
            figures = len(text) <= _LONGEST and _is_figures(text)
            return Figures(text, (*at[:3], column + 1)) if figures else _flow(text, at)
        if text in {"|", "|2"}:
            return self.block(start, indent + 2, deeper=text == "|2")
        return _scalar(text, at)

    def block(self, start: tuple[int, int], indent: int, *, deeper: bool) -> Scalar:
        """The lines under a bar. Only `deeper` the first of them may be indented further."""
        pad = " " * indent
        first = end = self.next
        while (line := self.lines[end]).startswith(pad) or (not line and end < len(self.lines) - 1):
            end += 1
        lines = [line[indent:] for line in self.lines[first:end]]
        if not lines or not lines[0] or not lines[-1] or (lines[0][0] == " " and not deeper):
            raise _OtherwiseError
        self.next = end
        return Scalar("\n".join([*lines, ""]), plain=False, at=(*start, end + 1, 1))


def _flow(text: str, at: At) -> Sequence:
    if not _ITEMS.fullmatch(text):
        raise _OtherwiseError
    line, column = at[:2]
    items: list[Node] = [
        _scalar(item.group(), (line, column + item.start(), line, column + item.end()))
        for item in _ITEM.finditer(text)
    ]
    return Sequence(items, (line, column, line, column + 1))


def _scalar(text: str, at: At) -> Scalar:
    if _PLAIN.fullmatch(text) and not bent(text):
        return Scalar(text, plain=True, at=at)
    if _QUOTED.fullmatch(text):
        return Scalar(text[1:-1], plain=False, at=at)
    raise _OtherwiseError


@lru_cache(maxsize=1024)
def _is_key(text: str) -> bool:
    return _KEY.fullmatch(text) is not None and not bent(text)


@lru_cache(maxsize=1024)
def _is_figures(text: str) -> bool:
    return _FIGURES.fullmatch(text) is not None
