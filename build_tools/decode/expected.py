"""A county's expected.csv -> the list of those that had to publish, or what is wrong with its lines.

Clerks keep it in Excel: a mark of the byte order, Windows' ends of lines and lines left empty do no harm.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import StringIO

from build_tools.due import first_year
from build_tools.expected import NO_ROLL, Expected, Roll
from build_tools.finding import Problem
from build_tools.privacy import masked
from build_tools.units import UNIT_ID

EXPECTED = "expected.csv"
"""The file, in the folder of a county. A county need not have one."""

COLUMNS = ("年度", "单位编号", "单位名称", "应公开日期", "依据")
"""Its first line."""

MOST_UNITS = 2000
"""So many units a county may list over the years: its page has a row for each."""

LONGEST = {"单位名称": 60, "依据": 200}
"""Characters of the texts, which stand on the page too."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_FORMULA = tuple("=+-@＝＋－＠")


def read_expected(text: str, county: str, now: int) -> tuple[Roll, tuple[Problem, ...]]:
    """Read the text of a county's list; with any problem there is no list."""
    reader = _Reader(county, now)
    for number, values in reader.rows(text.removeprefix("\ufeff")):
        reader.take(number, [value.strip() for value in values])
    return (NO_ROLL, tuple(reader.problems)) if reader.problems else (reader.roll, ())


def of_list(problem: Problem) -> Problem:
    """A problem with the bytes of a list, with advice that fits a table and not a report."""
    if problem.rule == "YAML-CHARACTER":
        hint = "在 Excel 里另存为“CSV UTF-8（逗号分隔）”；用记事本另存的，编码选 UTF-8。"
    elif problem.rule == "YAML-SIZE":
        hint = "一行一个单位一个年度，别的东西不要放进来；真有这么多的，核对是不是同一份贴了几遍。"
    else:
        hint = problem.hint
    return replace(problem, hint=hint)


class _Reader:
    def __init__(self, county: str, now: int) -> None:
        self.county, self.now = county, now
        self.roll: dict[int, dict[str, Expected]] = {}
        self.units: set[str] = set()
        self.problems: list[Problem] = []

    def rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """The lines below the first that hold anything; none of a file that begins otherwise than it has to."""
        lines = csv.reader(StringIO(text, newline="\n"), strict=True)
        try:
            first = next(lines, [])
            if tuple(first) != COLUMNS:
                self.wrong(1, "第一行不是列名", f"第一行写作“{','.join(COLUMNS)}”，用英文逗号。")
                return
            yield from ((lines.line_num, values) for values in lines if any(map(str.strip, values)))
        except csv.Error:
            hint = "引号要成对，一格里不能换行，一格不能有十几万字；改好再存。"
            self.wrong(max(lines.line_num, 1), "从这一行起读不下去", hint)

    def take(self, number: int, values: Sequence[str]) -> None:
        before = len(self.problems)
        if len(values) != len(COLUMNS):
            hint = f"每行写 {len(COLUMNS)} 项（{'，'.join(COLUMNS)}），不知道的日期空着；里面有逗号的用引号括起来。"
            self.wrong(number, f"这一行有 {len(values)} 项，应有 {len(COLUMNS)} 项", hint)
            return
        year, unit, name, day, basis = values
        self.year(number, year)
        self.unit(number, unit)
        self.text(number, "单位名称", name)
        self.text(number, "依据", basis)
        if len(self.problems) == before:
            self.day(number, int(year), day)
        if len(self.problems) == before:
            self.keep(Expected(int(year), unit, masked(name), day, masked(basis), number))

    def year(self, number: int, text: str) -> None:
        known = re.fullmatch(r"[12]\d{3}", text, re.ASCII)
        if not known or not first_year() <= int(text) <= self.now:
            hint = "写报告所说的那一年，四位数字，如 2023，不带“年”字；不是公布的那一年。"
            self.wrong(
                number, f"年度“{text}”不对，只能是 {first_year()} 至 {self.now}", hint, "ID-YEAR-RANGE"
            )

    def unit(self, number: int, text: str) -> None:
        if not UNIT_ID.fullmatch(text):
            hint = "写九位区划代码，如 330411103；部门写 330411-czj，和它的文件夹同名。Excel 改成了科学记数的，按文本重新填。"
            self.wrong(number, f"“{text}”不是单位编号", hint, "ID-CODE-FORM")
        elif text[:6] != self.county:
            file = f"reports/{text[:2]}/{text[:6]}/{EXPECTED}"
            hint = f"把这一行移到 {file}；编号抄错了就改正。"
            self.wrong(number, f"{text} 不是 {self.county} 的单位", hint, "ID-PATH")

    def text(self, number: int, column: str, text: str) -> None:
        if not text:
            hint = "单位照通知上的名称写；依据写明哪个通知、名录，没有依据的不要列进来。"
            self.wrong(number, f"“{column}”空着", hint)
        elif text.startswith(_FORMULA):
            hint = "写成普通文字：单元格里是公式的，复制以后选“只粘贴值”。"
            self.wrong(number, f"“{column}”以 {text[0]} 开头，像是公式", hint)
        elif not text.isprintable():
            self.wrong(number, f"“{column}”里有换行或看不见的字符", "删去重打这一格，不要分行。")
        elif len(text) > (most := LONGEST[column]):
            message = f"“{column}”有 {len(text)} 字，最多 {most} 字，多 {len(text) - most} 字"
            self.wrong(number, message, "写短一些：单位写名称，依据写文件的标题、文号或网址。")

    def day(self, number: int, year: int, text: str) -> None:
        """An ISO date in the year after the one reported on, or nothing."""
        if text and not _is_date(text):
            hint = "写年月日，如 2024-01-31；Excel 改成了 2024/1/31 的，先把这一列的格式设成“文本”。通知没有写的，空着。"
            self.wrong(number, f"“{text}”不是日期", hint, "DT-FORMAT")
        elif text and text[:4] != str(year + 1):
            hint = "应公开日期是最后一天，在报告年度的下一年；年度或日期抄错了就改正。"
            message = f"{year} 年度的报告，应公开日期写的是 {text}，应在 {year + 1} 年"
            self.wrong(number, message, hint, "DT-FORMAT")

    def keep(self, one: Expected) -> None:
        listed = self.roll.setdefault(one.year, {})
        if before := listed.get(one.unit):
            message = f"{one.year} 年度的 {one.unit} 在第 {before.line} 行已经写过"
            self.wrong(one.line, message, "一个单位一个年度只写一行，留下对的那一行。", "ID-UNIQUE")
            return
        listed[one.unit] = one
        if one.unit not in self.units and len(self.units) == MOST_UNITS:
            hint = "一个县没有这么多单位，核对单位编号是不是抄错了列。"
            self.wrong(one.line, f"这一行起，单位超过 {MOST_UNITS} 个", hint, "YAML-SIZE")
        self.units.add(one.unit)

    def wrong(self, number: int, message: str, hint: str, rule: str = "SCHEMA-SHAPE") -> None:
        at = (number, 1, number, 2)
        self.problems.append(Problem((), _short(message), hint, rule=rule, at=at))


def _short(message: str, most: int = 200) -> str:
    """What the message quotes may be as long as the file."""
    return message if len(message) <= most else f"{message[:most]}…"


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and dt.date.fromisoformat(text))
    except ValueError:
        return False
