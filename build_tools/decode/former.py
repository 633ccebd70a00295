"""reports/moved.csv and reports/withdrawn.csv -> what was moved and withdrawn, or what is wrong with a row.

Both are read as strictly as the register, and held against the archive: what moved stands in its new place and not in
the old one, what was withdrawn stands nowhere.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Protocol

from build_tools.finding import Problem
from build_tools.former import Address, Former, Moved, Withdrawn
from build_tools.privacy import masked
from build_tools.units import UNIT_ID

MOVED, WITHDRAWN = "moved.csv", "withdrawn.csv"
"""The files, below reports/. An archive need not have them."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    MOVED: ("old", "new", "date", "reason"),
    WITHDRAWN: ("unit", "year", "date", "reason", "asked_by"),
}
"""The first line of each."""

_ADDRESS = re.compile(rf"(?P<unit>{UNIT_ID.pattern})(?:/(?P<year>[12]\d{{3}}))?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class There(Protocol):
    """What the archive has: its units, and the years a unit has a report file for."""

    def holds(self, unit: str) -> bool: ...

    def years(self, unit: str) -> Container[int]: ...


Fault = tuple[str, Problem]
"""A file below reports/, and what is wrong in it."""


def read_former(texts: Mapping[str, str], there: There) -> tuple[Former, tuple[Fault, ...]]:
    """Read the texts of the files; a row with a problem is left out, and the problem has its line."""
    reader = _Reader(there)
    for file, take in ((MOVED, reader.move), (WITHDRAWN, reader.withdraw)):
        for row in reader.rows(file, texts[file]) if file in texts else ():
            take(row)
    reader.hold_together()
    return reader.former(), tuple(reader.faults)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a file; values by column."""

    file: str
    number: int
    values: Mapping[str, str]


class _Reader:
    def __init__(self, there: There) -> None:
        self.there = there
        self.moved: dict[Address, Moved] = {}
        self.withdrawn: dict[Address, Withdrawn] = {}
        self.at: dict[Address, _Row] = {}
        self.faults: list[Fault] = []

    def former(self) -> Former:
        by_unit: dict[str, tuple[Withdrawn, ...]] = {}
        for at, gone in sorted(self.withdrawn.items()):
            by_unit[at.unit] = (*by_unit.get(at.unit, ()), gone)
        return Former(tuple(self.moved.values()), by_unit)

    # --- one row at a time ---------------------------------------------------------------------------

    def rows(self, file: str, text: str) -> Iterator[_Row]:
        """The rows that have every column filled; none of a file that begins otherwise than it has to."""
        columns, lines = COLUMNS[file], csv.reader(StringIO(text, newline="\n"), strict=True)
        try:
            for values in lines:
                row = _Row(file, lines.line_num, dict(zip(columns, values, strict=False)))
                if row.number == 1 and tuple(values) != columns:
                    self.wrong(row, "第一行不是列名", f"第一行写作“{','.join(columns)}”。")
                    return
                if values and row.number > 1 and self.sound(row, values):
                    yield row
        except csv.Error:
            self.wrong(_Row(file, lines.line_num, {}), "引号没有配对", "成对写引号，或者去掉它。")

    def sound(self, row: _Row, values: list[str]) -> bool:
        columns = COLUMNS[row.file]
        if len(values) != len(columns) or not all(value.strip() and value.isprintable() for value in values):
            hint = f"每行写 {len(columns)} 项（{','.join(columns)}），都不能空；里面有逗号的用引号括起来。"
            self.wrong(row, "这一行不完整", hint)
        elif not _is_date(date := row.values["date"]):
            self.wrong(row, f"“{date}”不是日期", "写年月日，如 2026-01-31。")
        else:
            return True
        return False

    def move(self, row: _Row) -> None:
        old, new = self.address(row, row.values["old"]), self.address(row, row.values["new"])
        if not old or not new:
            return
        if bool(old.year) != bool(new.year):
            hint = "单位移到单位，写两个编号；报告移到报告，写两个“编号/年度”。"
            self.wrong(row, f"从 {old} 移到 {new}，一边是单位，一边是报告", hint)
        elif self.first(row, old):
            self.moved[old] = Moved(old, new, row.values["date"], masked(row.values["reason"]))

    def withdraw(self, row: _Row) -> None:
        at = self.address(row, f"{row.values['unit']}/{row.values['year']}")
        if at and self.first(row, at):
            told = (masked(row.values[column]) for column in ("date", "reason", "asked_by"))
            self.withdrawn[at] = Withdrawn(at.unit, at.year, *told)

    def address(self, row: _Row, text: str) -> Address | None:
        if found := _ADDRESS.fullmatch(text):
            return Address(found["unit"], int(found["year"] or 0))
        hint = "单位写编号，如 330411103；一份报告写编号和年度，如 330411103/2020。"
        self.wrong(row, f"“{text}”不是单位编号，也不是“编号/年度”", hint, "ID-CODE-FORM")
        return None

    def first(self, row: _Row, at: Address) -> bool:
        """Whether no row before, of either file, speaks of the same address."""
        if before := self.at.get(at):
            message = f"{at} 在 {before.file} 第 {before.number} 行已经写过"
            self.wrong(row, message, "一个网址只写一次，留下对的那一行。", "ID-UNIQUE")
            return False
        self.at[at] = row
        return True

    # --- what must be true of all of them --------------------------------------------------------------

    def hold_together(self) -> None:
        """Strike out what does not agree with the archive, or with other rows."""
        wrong = [
            *(at for at in self.moved if not self._leads_on(self.at[at], at)),
            *(at for at in self.withdrawn if not self._is_gone(self.at[at], at)),
        ]
        for at in wrong:
            self.moved.pop(at, None)
            self.withdrawn.pop(at, None)

    def _leads_on(self, row: _Row, old: Address) -> bool:
        way, new = list(self._way(old)), self.moved[old].new
        if self._stands(old):
            hint = f"移走了，这里就不该再有 reports/{_file(old)}；没有移走，删去这一行。"
            return self.wrong(row, f"{old} 写着移走，却还在原处", hint, "ID-UNIQUE")
        if way[-1] in way[:-1]:
            hint = "写现在究竟在哪里；在原处的，删去那一行。"
            return self.wrong(row, f"绕成了圈：{' → '.join(map(str, way))}", hint, "ID-PATH")
        if len(way) > 2:  # noqa: PLR2004  # old and new
            hint = f"直接写最后的地方：{old},{way[-1]}。"
            return self.wrong(row, f"{new} 自己也移走了，到了 {way[-1]}", hint, "ID-PATH")
        if not (self._stands(new) or new in self.withdrawn):
            hint = f"核对编号和年度；没有写错，就先放好 reports/{_file(new)}。"
            return self.wrong(row, f"移到 {new}，那里却没有", hint, "ID-PATH")
        return True

    def _way(self, at: Address) -> Iterator[Address]:
        """From an address on, as far as it leads, or until it comes back."""
        seen: set[Address] = set()
        while at not in seen:
            yield at
            seen.add(at)
            if at in self.moved:
                at = self.moved[at].new
            elif at.year and Address(at.unit) in self.moved:
                at = Address(self.moved[Address(at.unit)].new.unit, at.year)
            else:
                return
        yield at

    def _is_gone(self, row: _Row, at: Address) -> bool:
        if self._stands(at):
            hint = f"确要撤下，删去 reports/{_file(at)}，连同 source 里只属于它的原件；不撤下了，删去这一行。"
            return self.wrong(row, f"{at} 写着撤下，报告却还在", hint, "ID-UNIQUE")
        if to := self.moved.get(Address(at.unit)):
            hint = f"写作 {to.new},{at.year}。"
            return self.wrong(row, f"单位 {at.unit} 已经移到 {to.new}", hint, "ID-PATH")
        if not self.there.holds(at.unit):
            hint = f"核对编号；报告撤下了，单位还要留着：reports/{_file(Address(at.unit))}。"
            return self.wrong(row, f"档案里没有 {at.unit} 这个单位", hint, "ID-PATH")
        return True

    def _stands(self, at: Address) -> bool:
        return at.year in self.there.years(at.unit) if at.year else self.there.holds(at.unit)

    def wrong(self, row: _Row, message: str, hint: str, rule: str = "SCHEMA-SHAPE") -> bool:
        """Note a problem; always False."""
        at = (row.number, 1, row.number, 2)
        self.faults.append((row.file, Problem((), message, hint, rule=rule, at=at)))
        return False


def _file(at: Address) -> str:
    """The file of a unit or of its report, below reports/."""
    folder = f"{at.unit[:2]}/{at.unit[:6]}/{at.unit}"
    return f"{folder}/{at.year}.yml" if at.year else f"{folder}/unit.yml"


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and dt.date.fromisoformat(text))
    except ValueError:
        return False
