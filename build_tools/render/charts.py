"""Numbers by year, and how numbers are spread -> the shapes of a small drawing. Sizes are in units of its view box.

A chart that would say something wrong is not drawn: no line runs over a year that is missing, over a cell without a
number, or from one official form to another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from build_tools.indicators import Number, Reading
from build_tools.model import State
from build_tools.render.numbers import number, short

WIDTH, HEIGHT = 240, 104
_LEFT, _RIGHT, _TOP, _FLOOR = 10, 230, 24, 82

WORDS = {State.BLANK: "空", State.DASH: "—", State.NA: "无", State.TEXT: "文", State.MISSING: "缺"}
"""What stands in a chart for a cell without a number."""

SAID = {
    State.BLANK: "空白",
    State.DASH: "印着横线",
    State.NA: "印着“无”",
    State.TEXT: "印着文字",
    State.MISSING: "我们的副本缺这一格",
}
"""The same in words."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a chart; `word` stands at it where there is no number."""

    x: int
    y: int
    word: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """An indicator over the years: `lines` of points that belong together, points, words, years without a report.

    `breaks` lie between years whose figures are in different official forms. `said` tells all of it in words;
    `latest` is the number of the last year that has one.
    """

    said: str
    top: str
    latest: str
    first: int
    last: int
    lines: tuple[str, ...]
    points: tuple[Mark, ...]
    words: tuple[Mark, ...]
    gaps: tuple[int, ...]
    breaks: tuple[int, ...]
    step: int

    width, height, left, right, head, floor = WIDTH, HEIGHT, _LEFT, _RIGHT, _TOP, _FLOOR

    @property
    def line(self) -> str:
        """The lines as a path."""
        return "".join(f"M{points.replace(' ', 'L')}" for points in self.lines)

    @property
    def dots(self) -> str:
        """The points as a path of no length at each, which a round pen makes a dot."""
        return "".join(f"M{point.x},{point.y}h0" for point in self.points)

    @property
    def empty(self) -> str:
        """A bar for each year without a report."""
        half = min(self.step // 2, 6)
        high = _FLOOR - _TOP + 6
        return "".join(f"M{x - half},{_TOP - 6}h{2 * half}v{high}h-{2 * half}z" for x in self.gaps)

    @property
    def turns(self) -> str:
        """A line between years whose figures are in different forms."""
        return "".join(f"M{x},{_TOP - 10}V{_FLOOR}" for x in self.breaks)


Year = tuple[int, Reading | None]
"""A year with a report and what it prints; None where its tables do not have the indicator."""


def chart(series: Sequence[Year]) -> Chart | None:
    """The chart of an indicator, whose years are in order; None where there is nothing to be seen in it."""
    shown = [(year, reading) for year, reading in series if reading]
    numbers = [reading.value for _, reading in shown if reading.value is not None]
    if len(numbers) < 2 or not any(numbers):  # noqa: PLR2004  # one point is no course
        return None
    first, last = shown[0][0], shown[-1][0]
    step = (_RIGHT - _LEFT) // (last - first)
    plot = _Plot(first, step, min(0, *numbers), max(0, *numbers))
    there = {year for year, _ in series}
    return Chart(
        said=_said(shown, [year for year in range(first, last + 1) if year not in there]),
        top=short(max(numbers)),
        latest=short(numbers[-1]),
        first=first,
        last=last,
        lines=tuple(plot.lines(shown)),
        points=tuple(plot.mark(year, r.value) for year, r in shown if r.value is not None),
        words=tuple(Mark(plot.x(year), _FLOOR, WORDS[r.state]) for year, r in shown if r.value is None),
        gaps=tuple(plot.x(year) for year in range(first, last + 1) if year not in there),
        breaks=tuple(plot.breaks(shown)),
        step=step,
    )


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where years and numbers stand."""

    first: int
    step: int
    low: Number
    top: Number

    def x(self, year: int) -> int:
        return _LEFT + self.step * (year - self.first)

    def mark(self, year: int, value: Number) -> Mark:
        height = float(value - self.low) / float(self.top - self.low)
        return Mark(self.x(year), _FLOOR - round((_FLOOR - _TOP) * height))

    def lines(self, shown: Sequence[tuple[int, Reading]]) -> Iterator[str]:
        """Runs of years that follow each other, with numbers of one form."""
        run: list[Mark] = []
        for at, (year, reading) in enumerate(shown):
            before = shown[at - 1] if at else None
            if not (before and before[0] == year - 1 and _joined(before[1], reading)):
                yield from _line(run)
                run = []
            if reading.value is not None:
                run.append(self.mark(year, reading.value))
        yield from _line(run)

    def breaks(self, shown: Sequence[tuple[int, Reading]]) -> Iterator[int]:
        for (one, before), (other, after) in pairwise(shown):
            if before.form != after.form:
                yield (self.x(one) + self.x(other)) // 2


def _joined(one: Reading, other: Reading) -> bool:
    return one.form == other.form and one.value is not None and other.value is not None


def _line(run: Sequence[Mark]) -> Iterator[str]:
    if len(run) > 1:
        yield " ".join(f"{mark.x},{mark.y}" for mark in run)


def _said(shown: Sequence[tuple[int, Reading]], missing: Sequence[int]) -> str:
    """The chart in words, year by year."""
    parts, form = [], shown[0][1].form
    for year, reading in shown:
        if reading.form != form:
            parts.append("换了表格格式，前后不连线")
            form = reading.form
        parts.append(f"{year}年{number(reading.value) if reading.value is not None else SAID[reading.state]}")
    parts += [f"{'、'.join(map(str, missing))}年尚未收录"] if missing else []
    return "；".join(parts) + "。"


BINS: tuple[tuple[str, int], ...] = (
    ("0", 0),
    ("1—4", 4),
    ("5—19", 19),
    ("20—99", 99),
    ("100—999", 999),
    ("1000以上", -1),
)
"""Into what ranges numbers are sorted to show how they are spread: label, last number; the last range has no end."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many units are in a range: its place among the ranges, its label, the count, the height of its bar."""

    place: int
    label: str
    count: int
    height: int


def bars(numbers: Sequence[tuple[Number, int]]) -> tuple[Bar, ...]:
    """Bars, the highest 20, for numbers with how often each is printed."""
    counts = [0] * len(BINS)
    for value, times in numbers:
        counts[next(at for at, (_, last) in enumerate(BINS) if last < 0 or value <= last)] += times
    top = max(counts, default=0) or 1
    return tuple(
        Bar(place, label, count, max(round(20 * count / top), 1) if count else 0)
        for place, ((label, _), count) in enumerate(zip(BINS, counts, strict=True))
    )
