"""Figures -> lines of text: plain tables, medians and ratios of pairs."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Spread:
    """The least, the median and the greatest of some measurements."""

    least: float
    middle: float
    greatest: float

    def __str__(self) -> str:
        return f"{self.least:.2f} - {self.middle:.2f} - {self.greatest:.2f}"


def spread(values: Sequence[float]) -> Spread:
    """Least, median, greatest."""
    return Spread(min(values), median(values), max(values))


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """The ratio of each pair of runs that followed each other: noise that lasts meets both alike."""
    return spread([a / b for a, b in zip(ours, theirs, strict=True)])


def lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """A table whose first row is its head: the first column to the left, figures to the right."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    made = [
        "  ".join(
            _fit(cell, width, n == 0) for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return [made[0], "-" * (sum(widths) + 2 * len(widths) - 2), *made[1:]]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _fit(text: str, width: int, left: bool) -> str:  # noqa: FBT001  # which side to fill
    gap = " " * (width - _width(text))
    return text + gap if left else gap + text
