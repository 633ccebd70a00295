"""Dates and periods that prose states: 2020年1月1日起至12月31日止."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.rules.view import View

_YEAR, _NUMBER = r"((?:19|20)[0-9]{2})[ ]?年(?:度)?[ ]?", "[ ]?([0-9]{1,2})[ ]?"
_TO = "[ ]?[起 ，,]{0,4}(?:至|到|[-—–－~～]{1,2})[ ]?"
_PERIOD = re.compile(rf"{_YEAR}{_NUMBER}月(?:{_NUMBER}日)?{_TO}(?:{_YEAR})?{_NUMBER}月(?:{_NUMBER}日)?")
_DOTTED = re.compile(
    rf"((?:19|20)[0-9]{{2}})\.([0-9]{{1,2}})\.([0-9]{{1,2}}){_TO}(?:((?:19|20)[0-9]{{2}})\.)?([0-9]{{1,2}})\.([0-9]{{1,2}})(?![0-9])"
)
_ASKED = re.compile(
    "统计|(?<![\u4e00-\u9fff])[期时]限|起止|时间范围|所列|所涉|截止|本(?:年度)?报告|年报(?:所|中|时间)"
)
"""Words before a period, in its own sentence, that make it the one the report speaks of."""
_MAY = re.compile("期限|时限|期间")
_OTHER = re.compile("下载|查阅|规划|防控|公示|有效|活动|行动|整治|征集|服务期|合同|试点|施工")
"""What else has its time."""
_DATED = re.compile(rf"(?:^|(?<=\n))[^\n0-9]{{0,30}}{_YEAR}{_NUMBER}月{_NUMBER}日[ ]*(?=\n*$)")
_LAST = 31


@dataclass(frozen=True, slots=True)
class Period:
    """A stated period in words and as days (year, month, day); its place is in the text at `path`."""

    path: tuple[str | int, ...]
    words: tuple[int, int]
    quote: str
    start: tuple[int, int, int]
    end: tuple[int, int, int]


def periods(view: View) -> Iterator[Period]:
    """The periods that the report says it is on. A month without a day begins on its first, ends on its last."""
    for text in view.prose:
        for match in _stated(text.plain):
            if _is_asked(text.plain, match):
                year, month, day, last_year, last_month, last_day = match.groups()
                yield Period(
                    text.path,
                    text.span(*match.span()),
                    match[0],
                    (int(year), int(month), int(day or 1)),
                    (int(last_year or year), int(last_month), int(last_day or _LAST)),
                )


def _stated(plain: str) -> Iterator[re.Match[str]]:
    if "月" in plain:
        yield from _PERIOD.finditer(plain)
    if "统计" in plain and "." in plain:
        yield from _DOTTED.finditer(plain)


def _is_asked(plain: str, match: re.Match[str]) -> bool:
    """Beside words for what a report counts; a mere 期限 or 期间 will do if the year begins with it."""
    before = plain[max(match.start() - 40, 0) : match.start()]
    sentence = re.split("[。；;\n]", before)[-1]
    if _ASKED.search(sentence) and "下载" not in sentence:
        return True
    loose = _MAY.search(sentence) or plain.startswith(("期间", "止"), match.end())
    return bool(loose) and int(match[2]) == 1 and not _OTHER.search(sentence)


def signed(view: View) -> tuple[tuple[str | int, ...], str, tuple[int, int]] | None:
    """The day under the report, where its last text ends with one: its text's place, ISO, and its words."""
    last = next((text for text in reversed(view.prose) if text.plain.strip()), None)
    match = _DATED.search(last.plain, max(len(last.plain) - 60, 0)) if last else None
    if last is None or match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    return last.path, f"{year:04}-{month:02}-{day:02}", last.span(*match.span())
