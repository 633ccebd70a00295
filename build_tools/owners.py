"""owners.csv -> whom GitHub, GitLab and Gitea ask to look at a change, by province. Pure.

Each of the three wants a file of its own: Gitea's patterns are regular expressions, which the others do not know.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Mapping
from io import StringIO
from typing import NamedTuple

from build_tools.files import UnreadableError

OWNERS = "owners.csv"
"""The list, at the top of the archive. An archive need not have one."""

COLUMNS = ("province", "owners")
DEFAULT = "*"
"""The province of the line that stands for all that no other line is about."""

_OWNER = re.compile(r"@[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)*|[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_HEAD = f"# 由 nianbao docs 从 {OWNERS} 生成，不要手改。谁看哪个省的改动，写在 {OWNERS} 里。\n"


class Line(NamedTuple):
    """Who looks at the changes of a province."""

    province: str
    owners: tuple[str, ...]


def code_owners(text: str, provinces: Collection[str]) -> Mapping[str, str]:
    """The files by their paths; raises UnreadableError for a line that none of the hosts would understand."""
    lines = tuple(_lines(text, provinces))
    common = "".join(f"{_folder(line)} {' '.join(line.owners)}\n" for line in lines)
    gitea = "".join(f"{_pattern(line)} {' '.join(line.owners)}\n" for line in lines)
    return {
        ".gitea/CODEOWNERS": _HEAD + gitea,
        ".github/CODEOWNERS": _HEAD + common,
        ".gitlab/CODEOWNERS": _HEAD + common,
    }


def _lines(text: str, provinces: Collection[str]) -> Iterator[Line]:
    """The line for all others first: of those that match, the last counts."""
    rows = csv.reader(StringIO(text.removeprefix("\ufeff")))
    if tuple(next(rows, ())) != COLUMNS:
        raise UnreadableError(f"{OWNERS} 第1行要写：{','.join(COLUMNS)}")
    found = [_line(number, row, provinces) for number, row in enumerate(rows, 2) if any(row)]
    twice = [line.province for line in found if [one.province for one in found].count(line.province) > 1]
    if twice:
        raise UnreadableError(f"{OWNERS} 里 {twice[0]} 写了两行。几个人都写在一行里，用空格隔开。")
    yield from sorted(found, key=lambda line: (line.province != DEFAULT, line.province))


def _line(number: int, row: list[str], provinces: Collection[str]) -> Line:
    where = f"{OWNERS} 第{number}行"
    if len(row) != len(COLUMNS):
        raise UnreadableError(f"{where}要有 {len(COLUMNS)} 列，这里有 {len(row)} 列。")
    province, owners = row[0].strip(), row[1].split()
    if province not in {DEFAULT, *provinces}:
        raise UnreadableError(
            f"{where}：“{province}”不是省的代码。写 divisions.csv 里的两位代码，别的省写 *。"
        )
    if not owners or not all(map(_OWNER.fullmatch, owners)):
        raise UnreadableError(f"{where}：由谁来看，写成 @用户名、@组织/团队 或电子邮箱，用空格隔开。")
    return Line(province, tuple(owners))


def _folder(line: Line) -> str:
    return DEFAULT if line.province == DEFAULT else f"/reports/{line.province}/"


def _pattern(line: Line) -> str:
    return ".*" if line.province == DEFAULT else f"reports/{line.province}/.*"
