"""Document -> its lines: one for each paragraph and each row of a grid, with the cells that stand on it.

Torn text is cut here at what certainly parts cells (bars, tabs, blanks before figures); what is glued together is cut
at the labels that a form prints, and no further.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from build_tools.forms import official
from build_tools.importing.blocks import Document, Grid, GridCell, Paragraph
from build_tools.importing.labels import labels_of
from build_tools.importing.repeats import merged

FIGURE = r"(?:[+-]{0,2}\d[\d,]*(?:\.\d+)?(?:元|万元|亿元)?|[-—–－/／\\]{1,2})"
"""A printed figure, or the stroke that stands for none."""

_FIGURE = re.compile(FIGURE)
_GLUED = re.compile(r"[\s\d.,+\-/—元万亿]*")


FEWEST = 3
"""Labels that must be followed by figures alone before a line is taken for cells grown together."""

MOST = 1_000
"""Labels on one line, beyond which it is not cut: no form prints so many."""


@dataclass(frozen=True, slots=True)
class Line:
    """Cells side by side, as far as they can be told apart.

    `grid` is the number of the grid that it is a row of, 0 for running text, and then `text` is what stands there and
    `gap` the line breaks before it. `exact` as in Grid; `glued`: the last cell may be several grown together.
    """

    cells: tuple[GridCell, ...]
    place: str
    at: int
    text: str = ""
    level: int = 0
    gap: int = 2
    grid: int = 0
    exact: bool = False
    glued: bool = False
    whole: bool = True

    @property
    def alone(self) -> bool:
        """Whether one cell is all that stands on it."""
        return len([cell for cell in self.cells if cell.text]) == 1


def is_figure(text: str) -> bool:
    """Whether a cell's text is a figure or a stroke, and nothing besides."""
    return _FIGURE.fullmatch(text) is not None


def lines_of(document: Document) -> tuple[Line, ...]:
    """The lines of a document in printed order; `at` counts them."""
    found = list(_lines(document))
    return tuple(replace(line, at=at) for at, line in enumerate(found))


def _lines(document: Document) -> Iterator[Line]:
    grid = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            for part in merged(block):
                grid += 1
                for row in part.rows:
                    yield Line(row.cells, row.place, 0, grid=grid, exact=part.exact)
        else:
            yield from _running(block)


def _running(paragraph: Paragraph) -> Iterator[Line]:
    """A paragraph, cut where labels and figures certainly part."""
    pieces = list(_unglued(paragraph.text))
    glued = len(pieces) > 1
    for i, (label, rest) in enumerate(pieces):
        text = f"{label}{rest}"
        gap = paragraph.gap if i == 0 else 2
        line = Line((), paragraph.place, 0, text, paragraph.level, gap, glued=glued, whole=paragraph.whole)
        yield replace(line, cells=_cells((label, *rest.split()) if glued and label else _parted(text)))


def _cells(texts: Iterable[str]) -> tuple[GridCell, ...]:
    return tuple(GridCell(text, i, i + 1) for i, text in enumerate(texts))


def _parted(text: str) -> tuple[str, ...]:
    """Label and figures of a line such as `规章 0 0 0`; any other text is one cell."""
    words = text.split()
    label = len(words)
    while label and is_figure(words[label - 1]):
        label -= 1
    before = text.rsplit(maxsplit=len(words) - label)[0].strip() if label else ""
    if label == len(words) or (before and not any(c.isalpha() for c in before)):
        return (text.strip(),)
    return (*([before] if before else []), *words[label:])


# --- glued text ----------------------------------------------------------------------------------------


@cache
def _pattern() -> re.Pattern[str]:
    """The labels of all rows with cells and the headings of all forms, with what may stand between their characters."""
    rows = {
        text
        for form in official().values()
        for table in form.tables.values()
        for label in labels_of(table).all
        for text in label.known
    }
    headings = {
        f"{section.number}、{text}"
        for form in official().values()
        for section in form.sections
        if section.number
        for text in (section.heading, *section.variants)
    }
    longest = sorted(rows | headings, key=len, reverse=True)
    return re.compile("|".join(_loose(text) for text in longest))


_ALIKE = {
    "（": "[（(]",
    "）": "[）)]",
    "，": "[，,]",
    "、": "[、,，]",
    "：": "[：:]",
    "“": '[“”"]?',
    "”": '[“”"]?',
    ".": "[.．、]",
}


def _loose(text: str) -> str:
    return r"\s*".join(_ALIKE.get(c, re.escape(c)) for c in text)


def _unglued(text: str) -> Iterator[tuple[str, str]]:
    """Labels with what stands behind each, if a line holds several with hardly anything but figures between them."""
    found = list(_pattern().finditer(text))
    gaps = [text[a.end() : b.start()] for a, b in pairwise(found)]
    glued = [gap for gap in gaps if _GLUED.fullmatch(gap)]
    if len(glued) < FEWEST or len(found) > MOST:  # a sentence that names two labels is a sentence
        yield "", text
        return
    if head := text[: found[0].start()]:
        yield "", head
    for i, match in enumerate(found):
        end = found[i + 1].start() if i + 1 < len(found) else len(text)
        yield match.group(), text[match.end() : end]
