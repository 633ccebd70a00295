"""Numbers by year, and how numbers are spread -> the shapes of a small drawing. Sizes are in units of its view box.

A chart that would say something wrong is not drawn: no line runs over a year that is missing, over a cell without a
number, from one official form to another, or between reports that count different offices.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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

    `breaks` lie between years whose figures do not compare; the floor lies under years whose reports have the
    indicator. `said` tells all of it in words; `latest` is the last number, of the year `of`.
    """

    said: str
    top: str
    latest: str
    of: int
    first: int
    last: int
    lines: tuple[str, ...]
    points: tuple[Mark, ...]
    words: tuple[Mark, ...]
    gaps: tuple[int, ...]
    breaks: tuple[int, ...]
    grounds: tuple[tuple[int, int], ...]
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
        """A line between years whose figures do not compare."""
        return "".join(f"M{x},{_TOP - 10}V{_FLOOR}" for x in self.breaks)

    @property
    def ground(self) -> str:
        """The floor as a path."""
        return "".join(f"M{start} {_FLOOR}H{end}" for start, end in self.grounds)


Year = tuple[int, Reading | None]
"""A year with a report and what it prints; None where its tables do not have the indicator."""


def chart(series: Sequence[Year], merged: Collection[int] = ()) -> Chart | None:
    """The chart of an indicator from the first year to the last, in order; None where there is nothing to be seen.

    `merged`: the years from which the figures are also those of a unit that merged into this one.
    """
    shown = [(year, reading) for year, reading in series if reading]
    numbers = [(year, reading.value) for year, reading in shown if reading.value is not None]
    values = [value for _, value in numbers]
    if len(values) < 2 or not any(values):  # noqa: PLR2004  # one point is no course
        return None
    first, last = series[0][0], series[-1][0]
    step = (_RIGHT - _LEFT) // (last - first)
    plot = _Plot(first, step, min(0, *values), max(0, *values), merged)
    there = {year for year, _ in series}
    missing = [year for year in range(first, last + 1) if year not in there]
    return Chart(
        said="；".join((*plot.told(shown), *_lacking(series, missing))) + "。",
        top=short(max(values)),
        latest=short(values[-1]),
        of=numbers[-1][0],
        first=first,
        last=last,
        lines=tuple(plot.lines(shown)),
        points=tuple(plot.mark(year, r.value) for year, r in shown if r.value is not None),
        words=tuple(Mark(plot.x(year), _FLOOR, WORDS[r.state]) for year, r in shown if r.value is None),
        gaps=tuple(map(plot.x, missing)),
        breaks=tuple(plot.breaks(shown)),
        grounds=tuple(plot.grounds([year for year, _ in shown])),
        step=step,
    )


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where years and numbers stand."""

    first: int
    step: int
    low: Number
    top: Number
    merged: Collection[int]

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
            if not before or before[0] != year - 1 or reading.value is None or self.apart(before, shown[at]):
                yield from _line(run)
                run = []
            if reading.value is not None:
                run.append(self.mark(year, reading.value))
        yield from _line(run)

    def breaks(self, shown: Sequence[tuple[int, Reading]]) -> Iterator[int]:
        for one, other in pairwise(shown):
            if self.apart(one, other):
                yield (self.x(one[0]) + self.x(other[0])) // 2

    def apart(self, one: tuple[int, Reading], other: tuple[int, Reading]) -> str:
        """Why the figures of two years are not of the same thing; empty if they are."""
        (year, before), (then, after) = one, other
        if any(year < merged <= then for merged in self.merged):
            return "有单位并入"
        if before.form != after.form:
            return "换了表格格式"
        return "统计范围变了" if before.scope != after.scope else ""

    def grounds(self, years: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Stretches of the floor: half a step to both sides of each year, joined."""
        start = end = self.x(years[0])
        for x in map(self.x, years):
            if x > end + self.step:
                yield self._stretch(start, end)
                start = x
            end = x
        yield self._stretch(start, end)

    def _stretch(self, start: int, end: int) -> tuple[int, int]:
        return max(start - self.step // 2, _LEFT), min(end + self.step // 2, _RIGHT)

    def told(self, shown: Sequence[tuple[int, Reading]]) -> Iterator[str]:
        """The chart in words, year by year."""
        before = shown[0]
        for one in shown:
            if why := self.apart(before, one):
                yield f"{why}，前后不连线"
            year, reading = before = one
            yield f"{year}年{number(reading.value) if reading.value is not None else SAID[reading.state]}"


def _lacking(series: Sequence[Year], missing: Sequence[int]) -> Iterator[str]:
    """Which years have no figure at all, and why."""
    if without := [year for year, reading in series if reading is None]:
        yield f"{'、'.join(map(str, without))}年的报告没有这一项"
    if missing:
        yield f"{'、'.join(map(str, missing))}年尚未收录"


def _line(run: Sequence[Mark]) -> Iterator[str]:
    if len(run) > 1:
        yield " ".join(f"{mark.x},{mark.y}" for mark in run)


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
