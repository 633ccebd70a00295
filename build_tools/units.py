"""Units, their kinds and the register of divisions: texts -> values.

A unit's id is the code it was first registered under: six digits (a county, prefecture or province itself),
nine (a township), or six, a hyphen and a short name (a department). The id stays when names and codes change.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, cast

from build_tools.decode.fields import Fields
from build_tools.finding import Problem
from build_tools.model import Division, Kin, Kind, Name, Path, Unit
from build_tools.source import Source, nodes, plain
from build_tools.source.nodes import Node

UNIT_KEYS = ("名称", "类别", "主页", "别名", "曾用名", "设立", "前身", "后继")
KIN = ("编号", "年")
UNIT_ID = re.compile(r"\d{6}|\d{9}|\d{6}-[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


@cache
def kind_data() -> Mapping[str, Any]:
    """What kinds.yml says, as it stands there."""
    return cast(
        "Mapping[str, Any]", plain(files("build_tools").joinpath("kinds.yml").read_text(encoding="utf-8"))
    )


@cache
def kinds() -> Mapping[str, Kind]:
    """The kinds of units by name, from kinds.yml."""
    return MappingProxyType(
        {
            name: Kind(
                id=name,
                level=data["level"],
                peers=data.get("peers", name),
                government=data.get("government") == "true",
                aggregates=data.get("aggregates") == "true",
                rules=data.get("rules") == "true",
                due=data["due"],
                codes=tuple(int(code) for code in data.get("codes", ())),
                suffixes=tuple(data.get("suffixes", ())),
            )
            for name, data in kind_data()["kinds"].items()
        }
    )


@cache
def levels() -> tuple[str, ...]:
    """The levels of government from the highest down."""
    return tuple(kind_data()["levels"])


@cache
def peers() -> tuple[str, ...]:
    """Who is compared with whom, from the highest level down."""
    ordered = sorted(kinds().values(), key=lambda kind: levels().index(kind.level))
    return tuple(dict.fromkeys(kind.peers for kind in ordered))


@cache
def limits(level: str) -> Mapping[str, int]:
    """What is plausible for a unit of `level`: `table.row.column` (row may be *) -> largest likely figure."""
    return MappingProxyType({cell: int(top) for cell, top in kind_data()["limits"].get(level, {}).items()})


def decode_unit(source: Source, id_: str) -> tuple[Unit | None, tuple[Problem, ...]]:
    """Build the unit `id_` from its file; with any problem there is no unit."""
    if source.root is None:
        problem = Problem((), "文件里没有内容", "写上“名称”和“类别”。", rule="SCHEMA-SHAPE")
        return None, source.problems or (problem,)
    reader = _UnitReader()
    unit = reader.unit(source.root, id_)
    problems = (*source.problems, *reader.problems)
    return (None, problems) if problems else (unit, ())


class _UnitReader(Fields):
    def unit(self, root: Node, id_: str) -> Unit:
        top = self.mapping(root, (), UNIT_KEYS)
        kind = self.choice(top.get("类别"), ("类别",), kinds(), needed=True)
        return Unit(
            id=id_,
            name=self.required(top.get("名称"), ("名称",)),
            kind=kinds().get(kind) or Kind("", ""),  # then there is a problem, and no unit
            homepage=self.homepage(top.get("主页")),
            aliases=self.texts(top.get("别名"), ("别名",)),
            former=tuple(self.names(top.get("曾用名"))),
            predecessors=tuple(self.kin(top.get("前身"), ("前身",), id_)),
            successors=tuple(self.kin(top.get("后继"), ("后继",), id_)),
            begun=self.year(top.get("设立"), ("设立",)),
        )

    def homepage(self, node: Node | None) -> str:
        url = self.text(node, ("主页",))
        if url and not re.fullmatch(r"https?://[^\s<>\"']+", url):
            self.wrong(("主页",), f"“{url}”不是网址", "写以 http:// 或 https:// 开头的网址，或写 ~。")
        return url

    def names(self, node: Node | None) -> Iterator[Name]:
        for path, entry in self.mappings(node, ("曾用名",), ["名", "自", "至"]):
            first, last = (self.year(entry.get(key), (*path, key)) for key in ("自", "至"))
            if first and last and first > last:
                message = f"“自”是 {first} 年，“至”是 {last} 年，前后颠倒"
                self.wrong((*path, "自"), message, "自是开始用的那一年，至是用到的那一年。")
            yield Name(self.required(entry.get("名"), (*path, "名")), first, last)

    def year(self, node: Node | None, path: Path) -> int | None:
        value = self.text(node, path)
        if value and not re.fullmatch(r"(19|20)[0-9]{2}", value):
            self.wrong(path, f"“{value}”不是年份", "写四位年份，如 2019；不知道就写 ~。")
            return None
        return int(value) if value else None

    def kin(self, node: Node | None, path: Path, own: str) -> Iterator[Kin]:
        """Ids, or mappings of an id and a year; neither the unit itself nor any other twice."""
        seen: set[str] = set()
        for i, item in enumerate(self.sequence(node, path)):
            kin, place = self.relative(item, (*path, i))
            if not UNIT_ID.fullmatch(kin.id):
                hint = "写九位区划代码，如 330411103。"
                message = f"“{kin.id}”不是单位编号" if kin.id else "没有写单位编号"
                self.wrong(place, message, hint, "ID-CODE-FORM")
            elif kin.id == own:
                hint = "写并入或接替的那个单位的编号；只是改了名，写进“曾用名”。"
                self.wrong(place, f"“{path[-1]}”里写了本单位自己（{own}）", hint)
            elif kin.id in seen:
                self.wrong(place, f"“{path[-1]}”里 {kin.id} 写了两次", "只留一处。")
            seen.add(kin.id)
            yield kin

    def relative(self, item: Node, path: Path) -> tuple[Kin, Path]:
        """One of them, with the place of its id."""
        if not isinstance(item, nodes.Mapping):
            return Kin(self.text(item, path)), path
        entry, (id_, year) = self.mapping(item, path, KIN), ((*path, key) for key in KIN)
        return Kin(self.text(entry.get(KIN[0]), id_), self.year(entry.get(KIN[1]), year)), id_


def read_divisions(text: str) -> tuple[Mapping[str, Division], tuple[Problem, ...]]:
    """The register by code, from divisions.csv; a bad line is a problem with its line number."""
    found: dict[str, Division] = {}
    problems: list[Problem] = []
    for number, row in _csv_rows(text):
        division = _division(row)
        if division is None or division.code in found:
            what = "重复的代码" if division else "不成一行“代码,名称,启用,废止,后继”"
            hint = "代码是 2、4 或 6 位数字，年份四位或日期，后继代码用空格隔开；一个代码只占一行。"
            at = (number, 1, number, 2)
            problems.append(Problem((), f"第 {number} 行{what}", hint, rule="ID-CODE-FORM", at=at))
        else:
            found[division.code] = division
    return MappingProxyType(found), tuple(problems)


def _csv_rows(text: str) -> Iterator[tuple[int, Mapping[str | None, str | None]]]:
    """Each row with its line number; an empty one where reading had to break off."""
    rows = csv.DictReader(text.split("\n"), strict=True)
    try:
        for row in rows:
            yield rows.line_num, row
    except csv.Error:
        yield max(rows.line_num, 2), {}


def _division(row: Mapping[str | None, str | None]) -> Division | None:
    code, name, first, last, successors = (
        row.get(key) or "" for key in ("code", "name", "valid_from", "valid_to", "successor")
    )
    dates = all(re.fullmatch(r"|\d{4}(-\d\d(-\d\d)?)?", date, re.ASCII) for date in (first, last))
    if not (re.fullmatch(r"\d{2}|\d{4}|\d{6}", code, re.ASCII) and name and dates) or None in row:
        return None
    return Division(code, name, _start(first), _start(last), tuple(successors.split()))


def _start(date: str) -> int | None:
    return int(date[:4]) if date else None
