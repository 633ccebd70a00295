"""Whose report it is and of which year: by title and text against the register. What is not certain is a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from build_tools.importing.labels import key

_YEAR = re.compile(r"(20\d\d)\s*年")
_WRITTEN = re.compile(
    r"[二贰]([〇○零O0一二三四五六七八九])([〇○零O0一二三四五六七八九])([〇○零O0一二三四五六七八九])年"
)
_PERIOD = re.compile(r"(20\d\d)年1月1日.{0,6}?(20\d\d)?年?12月31日")
_DIGITS = dict(zip("〇○零O0一二三四五六七八九", "00000123456789", strict=True))
_SUFFIX = re.compile(r"(?:省|市|县|区|自治区|自治州|地区|盟|旗|自治县|特别行政区)$")


@dataclass(frozen=True, slots=True)
class Known:
    """A unit of the register: its id, its names, and the names of the county, prefecture and province it lies in."""

    id: str
    names: tuple[str, ...]
    places: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.id}（{''.join(reversed(self.places))}{self.names[0]}）"


@dataclass(frozen=True, slots=True)
class Question:
    """What could not be decided: a sentence with the candidates and what to add on the command line."""

    text: str


def who(title: str, text: str, register: Iterable[Known]) -> Known | Question:
    """The unit whose name stands in the title, if one alone can be meant and the report says where it lies."""
    head, body = key(title), key(text)
    named = [(max((len(n) for n in unit.names if key(n) in head), default=0), unit) for unit in register]
    longest = max((length for length, _ in named), default=0)
    same = [unit for length, unit in named if length == longest > 0]
    if not same:
        what = f"标题“{title}”里没有已登记单位的名称" if title else "找不到标题"
        return Question(
            f"不知道是哪个单位的：{what}。用 --unit 写明单位编号；没有登记的，先建它的 unit.yml。"
        )
    placed = [unit for unit in same if _near(unit, head)] or [unit for unit in same if _near(unit, body)]
    if len(placed) == 1:
        return placed[0]
    found = "、".join(str(unit) for unit in (placed or same)[:8])
    if len(same) == 1:
        return Question(
            f"标题里的名称同 {found} 一样，但文件里没有写它在哪里，别处也可能有同名的。是它就写 --unit {same[0].id}。"
        )
    return Question(f"有 {len(placed or same)} 个单位都可能是：{found}。用 --unit 写明是哪一个。")


def _near(unit: Known, text: str) -> bool:
    """Whether the text names the county or prefecture of the unit, other than in the unit's own name."""
    for name in unit.names:
        text = text.replace(key(name), " ")
    return any(_short(place) in text for place in unit.places[:2])


def _short(place: str) -> str:
    short = _SUFFIX.sub("", key(place))
    return short if len(short) > 1 else key(place)


def when(title: str, text: str, latest: int) -> int | Question:
    """The year reported on: in the title, else in the sentence on the period covered, up to `latest`."""
    for found in (_years(title), _period(text)):
        likely = [year for year in found if year <= latest]
        if len(set(likely)) == 1:
            return likely[0]
        if len(set(likely)) > 1:
            return _which(likely)
    return _which([year for year, _ in Counter(y for y in _years(text) if y <= latest).most_common(4)])


def _which(years: Sequence[int]) -> Question:
    found = f"文件里写到的有 {'、'.join(map(str, dict.fromkeys(years)))}" if years else "文件里没有写"
    return Question(f"不知道是哪一年度的：{found}。用 --year 写明年度（是报告哪一年，不是公布的那一年）。")


def _years(text: str) -> list[int]:
    written = [int("2" + "".join(_DIGITS[c] for c in match.groups())) for match in _WRITTEN.finditer(text)]
    return [*(int(year) for year in _YEAR.findall(text)), *written]


def _period(text: str) -> list[int]:
    bare = re.sub(r"\s", "", text)
    return [int(year) for match in _PERIOD.finditer(bare) for year in match.groups() if year]
