"""Numbers with their counting words, in Arabic, full-width and Chinese figures: 1.2万件, 三宗, 二十一件, 260余条."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

UNITS = (
    *("元", "件次", "人次", "条次", "批次", "场次", "家次", "次"),
    *(
        "件",
        "条",
        "人",
        "项",
        "份",
        "宗",
        "起",
        "篇",
        "期",
        "页",
        "个",
        "例",
        "批",
        "场",
        "名",
        "部",
        "类",
        "种",
    ),
    *("册", "位", "户", "家", "%", "‰"),
)
"""The words that count, longer ones first."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SPELLED = "〇零一二三四五六七八九十百千两"
_COUNT = re.compile(
    rf"(?P<figures>[0-9{_SPELLED}](?:(?<=[0-9])(?<![0-9].)(?<![0-9][,.].)[0-9,.]{{0,24}}|(?<![0-9])[{_SPELLED}]{{0,11}}))(?P<large>[百千万亿]{{0,2}})(?P<more>[余多来几]?)"
    rf"(?P<later>万?)(?P<unit>{'|'.join(UNITS)})(?P<about>以上|左右|上下)?"
)
_GROUPED = re.compile(r"[0-9]{1,3},[0-9]{3}(?:,[0-9]{3}){0,4}")
_PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")
_ABOUT = "约近超逾几"
_RANGE = re.compile("[0-9一二三四五六七八九十][至到~—-]")
_LONGEST = 24

Number = int | Decimal


class Count(NamedTuple):
    """A number and its counting word, with its place in the text that is read. `about`: no exact number is meant.

    Money is in 元: 3.5万元 is 35000.
    `spelled`: in Chinese figures, of which 一件 and 一次 often count nothing.
    """

    value: Number
    unit: str
    start: int
    end: int
    about: bool = False
    spelled: bool = False

    def shifted(self, back: int) -> Count:
        """The same, `back` characters nearer to the beginning."""
        return Count(self.value, self.unit, self.start - back, self.end - back, self.about, self.spelled)


def counts(text: str) -> Iterator[Count]:
    """Every number with a counting word, in order; not those of articles (第三条) and document numbers."""
    for match in _COUNT.finditer(text):
        start, figures = match.start(), match["figures"]
        if figures[0].isascii() and "," in figures:
            figures, start = _behind_comma(figures, start)
        value = _value(figures)
        before = text[start - 1 : start]
        if value is None or before in {"第", "〔"}:
            continue
        for word in (*match["large"], *match["later"]):
            value *= _LARGE[word]
        several = before == "数" and figures[0] in _TENS  # 数百条, but 总数百条 is not said
        hedged = several or (before and before in _ABOUT) or _RANGE.fullmatch(text, max(0, start - 2), start)
        about = bool(match["more"] or match["about"] or hedged)
        yield Count(_whole(value), match["unit"], start, match.end("unit"), about, figures[0] in _SPELLED)


def _behind_comma(figures: str, start: int) -> tuple[str, int]:
    """1,113 is one number; in 75,24 the comma parts two, and the second is the one with the counting word."""
    if _GROUPED.fullmatch(figures):
        return figures.replace(",", ""), start
    last = figures.rpartition(",")[2]
    return last, start + len(figures) - len(last)


def _value(figures: str) -> Number | None:
    if len(figures) > _LONGEST:
        return None
    if _PLAIN.fullmatch(figures):
        return Decimal(figures) if "." in figures else int(figures)
    return spelled(figures)


def spelled(figures: str) -> int | None:
    """The number that Chinese figures spell: 三, 二十一, 一百零五, 一〇五; None where they spell none."""
    if not figures or not all(char in _DIGITS or char in _TENS for char in figures):
        return None
    if not any(char in _TENS for char in figures):
        return int("".join(str(_DIGITS[char]) for char in figures))
    total, digit = 0, -1
    for char in figures:
        if char in _DIGITS:
            digit = _DIGITS[char]
        else:
            total += (digit if digit > 0 else 1) * _TENS[char]
            digit = -1
    return total + max(digit, 0)


def _whole(value: Number) -> Number:
    return int(value) if value == int(value) else value
