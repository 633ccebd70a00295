"""The figures of the benchmark -> a drawing: reports against seconds, both on logarithmic axes, `python -m tests.growth`.

The colours can be read on white and on black: a picture cannot know which of the two it is shown on.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import median
from typing import Any

from tests.peers import results

FILE = Path(__file__).parent.parent / "docs/assets/growth.svg"

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 200, 20, 52
GREY = "#757575"

Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """How a series is drawn: its name for readers, colour and dashes."""

    name: str
    colour: str
    dashes: str = ""


LINES: Mapping[str, Line] = {
    "ours": Line("本项目，含检查和搜索", "#d04a10"),
    "ours, no search": Line("本项目，含检查", "#d04a10", "6 4"),
    "hugo, documents": Line("Hugo，页面和文档", "#0f7fbf"),
    "hugo, pages": Line("Hugo，只有页面", "#0f7fbf", "6 4"),
}
"""The series by their names in the benchmark."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Whole powers of ten from `low` to `high`, laid between two places."""

    low: int
    high: int
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value stands."""
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def axis(values: list[float], start: float, end: float) -> Axis:
    """An axis just long enough for all values."""
    low = math.floor(math.log10(min(values)))
    return Axis(low, max(math.ceil(math.log10(max(values))), low + 1), start, end)


def series(data: Mapping[str, Any]) -> dict[str, Points]:
    """Reports and median seconds of processor time by what was run, from the figures of the benchmark."""
    found: dict[str, Points] = {}
    for count, row in data["counts"].items():
        for name in LINES:
            if costs := row["runs"].get(name):
                found.setdefault(name, []).append((int(count), median(cost["cpu"] for cost in costs)))
    return {name: sorted(found[name]) for name in LINES if name in found}


def svg(data: Mapping[str, Any]) -> str:
    """The drawing, with its figures as text for those who do not see it."""
    drawn = series(data)
    points = [point for line in drawn.values() for point in line]
    across = axis([x for x, _ in points], LEFT, WIDTH - RIGHT)
    up = axis([y for _, y in points], HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"',
        'aria-labelledby="title desc" font-family="sans-serif" font-size="13">',
        '<title id="title">报告份数与完整生成一次所用的处理器时间</title>',
        f'<desc id="desc">{escape(describe(data, drawn))}</desc>',
        *_grid(across, up),
        *(part for name, line in drawn.items() for part in _curve(LINES[name], line, across, up)),
        *_names(drawn, up),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def describe(data: Mapping[str, Any], drawn: Mapping[str, Points]) -> str:
    """Every figure of the drawing in words, and where it was measured."""
    told = [
        f"{LINES[name].name}：" + "，".join(f"{x:.0f} 份 {y:.2f} 秒" for x, y in line) + "。"
        for name, line in drawn.items()
    ]
    dates = "、".join(sorted({row["date"] for row in data["counts"].values() if row["date"]}))
    machine, versions = data["machine"], data["versions"]
    where = f"{machine['processor']}，只用一个处理器；Python {versions['python']}，Hugo {versions.get('hugo', '无')}；{dates}。"
    return f"两轴都是对数。{''.join(told)}{where}"


def _grid(across: Axis, up: Axis) -> Iterator[str]:
    """Lines at the powers of ten with their figures, and what the axes are."""
    yield f'<g stroke="{GREY}" stroke-opacity="0.35">'
    yield from (f'<path d="M{across.at(x)} {up.end}V{up.start}"/>' for x in across.ticks())
    yield from (f'<path d="M{across.start} {up.at(y)}H{across.end}"/>' for y in up.ticks())
    yield "</g>"
    yield f'<g fill="{GREY}">'
    for x in across.ticks():
        yield f'<text x="{across.at(x)}" y="{up.start + 18}" text-anchor="middle">{x:,.0f}</text>'
    for y in up.ticks():
        yield f'<text x="{across.start - 8}" y="{up.at(y) + 4}" text-anchor="end">{y:g} 秒</text>'
    yield f'<text x="{across.end}" y="{up.start + 38}" text-anchor="end">报告份数</text>'
    yield "</g>"


def _curve(line: Line, points: Points, across: Axis, up: Axis) -> Iterator[str]:
    places = [(across.at(x), up.at(y)) for x, y in points]
    dashes = f' stroke-dasharray="{line.dashes}"' if line.dashes else ""
    path = " ".join(f"{x},{y}" for x, y in places)
    yield f'<polyline points="{path}" fill="none" stroke="{line.colour}" stroke-width="2"{dashes}/>'
    yield from (f'<circle cx="{x}" cy="{y}" r="3.5" fill="{line.colour}"/>' for x, y in places)


def _names(drawn: Mapping[str, Points], up: Axis) -> Iterator[str]:
    """Each series' name beside its last point, moved down where two would cover each other."""
    lowest = 0.0
    for name, line in sorted(drawn.items(), key=lambda item: up.at(item[1][-1][1])):
        lowest = max(up.at(line[-1][1]) + 4, lowest + 18)
        yield f'<text x="{WIDTH - RIGHT + 12}" y="{lowest:g}" fill="{LINES[name].colour}">{LINES[name].name}</text>'


def main() -> None:
    """Draw the kept figures."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(svg(json.loads(results.FILE.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
