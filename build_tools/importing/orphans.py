"""Rows of figures whose labels were torn off, found by what stands around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from build_tools.form import TableForm
from build_tools.importing.blocks import GridCell
from build_tools.importing.labels import Label, key, labels_of, without_number
from build_tools.importing.lines import Line, is_figure
from build_tools.importing.rows import Hit


def orphans(lines: Sequence[Line], table: TableForm, found: Sequence[Hit]) -> list[Hit]:
    """Rows of figures without a label, between two rows that have theirs, if as many stand there as are missing.

    The words between must hold every character of the missing labels, so that the rows were printed there.
    """
    order = list(table.lines)
    kept = sorted((hit for hit in found if hit.cells), key=lambda hit: hit.first)
    labels = {label.row: label for label in labels_of(table).all if label.row}
    more: list[Hit] = []
    for a, b in pairwise(kept):
        missing = order[order.index(a.row) + 1 : order.index(b.row)]
        between = lines[a.last + 1 : b.first]
        rows = [line for line in between if _full(line, len(table.lines[a.row].columns))]
        named = [labels[row] for row in missing]
        if missing and len(missing) == len(rows) and all(map(_piece, rows, named)) and _spelt(between, named):
            more += [
                Hit(labels[row], "", _figures(line), line.at, line.at, line)
                for row, line in zip(missing, rows, strict=True)
            ]
    return more


def _piece(line: Line, label: Label) -> bool:
    """Whether what stands before the figures is a piece of the label, or holds all of it."""
    before = "".join(key(cell.text) for cell in line.cells[: len(line.cells) - len(_figures(line))])
    return any(before in key(text) or key(text) in before for text in label.known)


def _figures(line: Line) -> tuple[GridCell, ...]:
    """The cells behind the text that a line may begin with, a piece of its label."""
    first = next((i for i, cell in enumerate(line.cells) if is_figure(cell.text)), len(line.cells))
    return line.cells[first:]


def _full(line: Line, count: int) -> bool:
    """Whether a line holds as many figures as a row has columns, at most with a piece of a label before them."""
    figures = [cell for cell in _figures(line) if cell.text]
    before = [cell for cell in line.cells[: -len(figures) or None] if cell.text]
    return len(figures) == count > 1 and all(is_figure(cell.text) for cell in figures) and len(before) <= 1


def _spelt(lines: Sequence[Line], labels: Sequence[Label]) -> bool:
    letters = Counter(c for line in lines for cell in line.cells for c in key(cell.text))
    return all(any(not (_letters(text) - letters) for text in label.known) for label in labels)


def _letters(text: str) -> Counter[str]:
    return Counter(c for c in without_number(key(text)) if c.isalpha())
