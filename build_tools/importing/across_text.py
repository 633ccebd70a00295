"""A table whose rows stand side by side, as text of a page: headings in any pieces, then all figures on one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from build_tools.importing.labels import Labels, key
from build_tools.importing.lines import Line, is_figure

Slot = tuple[str, str]
"""The ids of a row and a column."""


def rows_of_text(
    lines: Sequence[Line], headings: Sequence[str], slots: Sequence[Slot], labels: Labels
) -> Iterator[tuple[int, Line]]:
    """The line with all figures and the number of the line on which its headings begin.

    The lines above it must hold every character of the headings and no other. Where there are two such lines with
    different figures, neither is given.
    """
    letters = Counter(c for text in headings for c in key(text))
    more = {c for label in labels.all for text in label.known for c in key(text)} - letters.keys()
    rows = [line for line in lines if _full(line, len(slots))]
    for line in rows if len({line.cells for line in rows}) == 1 else ():
        left, first = letters.copy(), line.at
        while first and left:
            text = Counter(c for cell in lines[first - 1].cells for c in key(cell.text) if c not in more)
            if text - left:
                break
            left -= text
            first -= 1
        if not left and _ordered(lines[first : line.at], slots, labels):
            yield first, line


def _full(line: Line, count: int) -> bool:
    """Whether running text holds so many figures, and nothing besides."""
    return not line.grid and len(line.cells) == count and all(is_figure(cell.text) for cell in line.cells)


def _ordered(headings: Sequence[Line], slots: Sequence[Slot], labels: Labels) -> bool:
    """Whether the columns' headings stand in the form's order, if all of them are whole."""
    text = "".join(key(cell.text) for line in headings for cell in line.cells)
    words = "|".join(map(re.escape, sorted(labels.columns, key=len, reverse=True)))
    found = [labels.columns[word].column for word in re.findall(words, text)]
    return len(found) != len(slots) or found == [column for _, column in slots]
