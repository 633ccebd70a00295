"""Where some words of a text stand in the file: line and column of a slice of a scalar's value."""

from __future__ import annotations

from build_tools.source.nodes import At, Scalar

Words = tuple[int, int]
"""Offsets of the first character and behind the last one, in the value without the blanks and lines around it."""

_AROUND = " \n"


def span(node: Scalar, text: str, words: Words) -> At | None:
    """The place of these words of the scalar; None where the file does not show them as they are read.

    Folded and escaped texts are read otherwise than they stand there: in them words are found where they
    stand whole and once.
    """
    lead = len(node.value) - len(node.value.lstrip(_AROUND))
    begin, end = (min(offset + lead, len(node.value)) for offset in words)
    lines = text.split("\n")
    first, last = _place(node, lines, begin), _place(node, lines, end)
    if first and last and _between(lines, first, last) == node.value[begin:end].replace("\n", ""):
        return (*first, *last)
    return _found(node, lines, node.value[begin:end])


def _place(node: Scalar, lines: list[str], offset: int) -> tuple[int, int] | None:
    """Line and column of an offset, if each line of the value stands on a line of its own."""
    line, column = node.at[:2]
    head = lines[line - 1][column - 1 : column]
    row = node.value.count("\n", 0, offset)
    start = node.value.rfind("\n", 0, offset) + 1
    if head not in {"|", ">"}:
        return None if row else (line, column + offset + (head in {'"', "'"}))
    stop = node.value.find("\n", start)
    value = node.value[start : stop if stop >= 0 else len(node.value)]
    there = lines[line + row] if line + row < len(lines) else ""
    indent = len(there) - len(value)
    return (line + row + 1, indent + offset - start + 1) if there.endswith(value) else None


def _between(lines: list[str], first: tuple[int, int], last: tuple[int, int]) -> str:
    """What stands between two places, without the ends and the indentation of lines."""
    if first[0] == last[0]:
        return lines[first[0] - 1][first[1] - 1 : last[1] - 1]
    pad = len(lines[last[0] - 1]) - len(lines[last[0] - 1].lstrip(" "))
    rows = [lines[first[0] - 1][first[1] - 1 :], *(lines[n][pad:] for n in range(first[0], last[0] - 1))]
    return "".join(rows) + lines[last[0] - 1][pad : last[1] - 1]


def _found(node: Scalar, lines: list[str], words: str) -> At | None:
    if "\\" in lines[node.at[0] - 1]:  # escaped: what stands there is not what is read
        return None
    places = [
        (number + 1, lines[number].index(words) + 1)
        for number in range(node.at[0] - 1, min(node.at[2], len(lines)))
        if words and words in lines[number]
    ]
    if len(places) != 1 or lines[places[0][0] - 1].count(words) > 1:
        return None
    line, column = places[0]
    return line, column, line, column + len(words)
