"""The data dictionary: every table of the open data and every column of it, in Chinese and in English.

All formats, the descriptions for machines (Data Package, CSVW) and what people read are made of this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from build_tools.model import State

Type = Literal["string", "integer", "number"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, what is in it, in Chinese and in English. `needed`: never empty."""

    name: str
    zh: str
    en: str
    type: Type = "string"
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Columns whose values together are the key of a line in another table."""

    columns: tuple[str, ...]
    table: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, what a line of it is, its columns. `key` columns together name a line."""

    name: str
    zh: str
    en: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(field.name for field in self.fields)


_UNIT = Field(
    "unit", "单位编号：第一次登记时的区划代码，以后不变", "id of the unit; never changes", needed=True
)
_YEAR = Field("year", "报告说的那一年，不是公布的那一年", "the year reported on", "integer", needed=True)
_FORM = Field("form", "表格的格式（年份是格式开始使用的年份）", "official form of the table", needed=True)
_TABLE = Field("table", "表：t2 表二、t3 表三、t4 表四、stat 统计表", "table of the form", needed=True)
_ROW = Field("row", "行", "row", needed=True)
_COL = Field("col", "栏", "column", needed=True)
_PLACES = (
    Field("province", "省级代码", "code of the province"),
    Field("province_name", "省级名称", "name of the province"),
    Field("prefecture", "地级代码；直辖市、省本级等没有", "code of the prefecture, if any"),
    Field("prefecture_name", "地级名称", "name of the prefecture"),
    Field(
        "county",
        "县级代码，或省、市本级的六位代码",
        "code of the county, or of a city's or province's own units",
    ),
    Field("county_name", "县级名称；省、市本级写作“某某市本级”", "name of the county"),
)
_NAME = (
    Field("name", "单位名称", "name of the unit", needed=True),
    Field("kind", "类别：镇、街道、县级部门等", "kind of unit", needed=True),
    Field("level", "级别：国家、省级、地级、县级、乡级", "level of government", needed=True),
)

CELLS = Sheet(
    "cells",
    "表格里的每一格，一格一行；格式里没有的格没有行",
    "every cell of every table, one to a line; a cell that the form does not have has no line",
    (
        *(_UNIT, _YEAR, _FORM, _TABLE, _ROW, _COL),
        Field(
            "value",
            "数；只有 state 是 number 才有。金额折成 labels 里 measure 的单位：印 3189300元 的是 318.93；"
            "原件和格式都没有写单位的金额，不知是元还是万元，没有（0 除外）",
            "the number, only where state is number. Money is in the unit of measure in labels: 3189300元 is 318.93; "
            "a sum other than 0 of which neither print nor form names the unit has none",
            "number",
        ),
        Field("raw", "原件上印的字，一字不改", "what is printed, to the letter"),
        Field("state", "格子里是什么，见下表", "what stands in the cell, see below", needed=True),
        Field(
            "flags",
            "网页上标在这一格的核对结果：规则编号，几条的用 ; 隔开",
            "ids of the findings shown on the cell, separated by ;",
        ),
    ),
    ("unit", "year", "table", "row", "col"),
    (Link(("unit", "year"), "reports"), Link(("form", "table", "row", "col"), "labels")),
)

REPORTS = Sheet(
    "reports",
    "每份报告一行",
    "one line for each report",
    (
        *(_UNIT, _YEAR, *_NAME, *_PLACES),
        Field("title", "标题，照原件", "title as printed", needed=True),
        Field("form", "格式；“无”是没有用统一格式", "official form; 无: in none", needed=True),
        Field("published", "公布日期，原件写了的才有", "date of publication, where it is printed"),
        Field(
            "scope",
            "范围：self 只说本单位，aggregated 汇总所属单位",
            "self, or aggregated: units below are counted in",
        ),
        Field("source_url", "原文网址", "address of the original"),
        Field("source_file", "存档的原件的文件名", "file name of the archived original"),
        Field("source_sha256", "原件的 SHA-256", "SHA-256 of the original"),
        Field("captured", "取得原件的日期", "date the original was captured"),
        Field("method", "怎样转录的", "how it was transcribed"),
        Field("errors", "有误的条数", "open findings of severity error", "integer", needed=True),
        Field("warnings", "存疑的条数", "open findings of severity warning", "integer", needed=True),
        Field(
            "waived",
            "确认为原文如此的条数",
            "findings acknowledged as faults of the original",
            "integer",
            needed=True,
        ),
        Field(
            "sha256",
            "抄录文件 report.yml 的 SHA-256",
            "SHA-256 of the transcription, report.yml",
            needed=True,
        ),
        Field("address", "在本站的网址", "address on this site", needed=True),
    ),
    ("unit", "year"),
    (Link(("unit",), "units"),),
)

UNITS = Sheet(
    "units",
    "每个单位一行",
    "one line for each unit",
    (
        *(_UNIT, *_NAME, *_PLACES),
        Field("homepage", "主页", "homepage"),
        Field("aliases", "别名，用 ; 隔开", "other names, separated by ;"),
        Field("former", "曾用名，用 ; 隔开", "former names, separated by ;"),
        Field("predecessors", "前身的编号，用 ; 隔开", "ids of predecessors, separated by ;"),
        Field("successors", "后继的编号，用 ; 隔开", "ids of successors, separated by ;"),
        Field("address", "在本站的网址", "address on this site", needed=True),
    ),
    ("unit",),
)

FINDINGS = Sheet(
    "findings",
    "每条核对结果一行",
    "one line for each finding of the checks",
    (
        *(_UNIT, _YEAR),
        Field("rule", "规则编号，说明见本站“规则”", "id of the rule, explained under /rules/", needed=True),
        Field(
            "severity",
            "error 有误，warning 存疑，info 只提示编辑",
            "error, warning, or info (for editors only)",
            needed=True,
        ),
        Field("table", "说的是哪张表；不是说表格的没有", "the table it is about, if any"),
        Field("row", "哪一行", "the row, if any"),
        Field("col", "哪一栏", "the column, if any"),
        Field("path", "在抄录文件里的位置", "place in the transcription", needed=True),
        Field("message", "哪里对不上，两个数各是多少", "what does not agree", needed=True),
        Field(
            "waived",
            "确认为原文如此的理由；没有确认的没有",
            "why it was acknowledged as a fault of the original",
        ),
    ),
    (),
    (Link(("unit", "year"), "reports"),),
)

LABELS = Sheet(
    "labels",
    "官方格式里的每一格：行、栏叫什么",
    "every cell of the official forms: what its row and column are called",
    (
        *(_FORM, _TABLE, _ROW, _COL),
        Field(
            "nth",
            "在表里是第几格，从 1 起，照印的次序",
            "place in the table, from 1, as printed",
            "integer",
            needed=True,
        ),
        Field("table_name", "表名", "name of the table", needed=True),
        Field("table_title", "表的标题", "title of the table", needed=True),
        Field("block", "表内分段的标题", "heading of the part of the table"),
        Field("row_above", "行名上面的各级标题，用“ / ”隔开", "headings above the row, separated by /"),
        Field("row_label", "行名", "label of the row", needed=True),
        Field("col_above", "栏名上面的各级标题，用“ / ”隔开", "headings above the column, separated by /"),
        Field("col_label", "栏名", "label of the column", needed=True),
        Field(
            "measure",
            "value 的计量单位：格式规定的；格式没有规定的金额，是万元",
            "unit of value: as the form prescribes; 万元 for money where it does not",
        ),
        Field("law", "依据的条款", "article of the regulations"),
        Field("means", "行的意思，由本档案说明", "what the row means, as this archive explains it"),
    ),
    ("form", "table", "row", "col"),
)

SHEETS = (CELLS, REPORTS, UNITS, FINDINGS, LABELS)
"""Every table."""

STATES: dict[State, tuple[str, str]] = {
    State.NUMBER: ("数，0 也是数", "a number; 0 is one"),
    State.BLANK: ("原件的格子里没有填。不等于 0", "printed blank, which is not 0"),
    State.DASH: ("印的是横线或斜线", "a dash or stroke is printed"),
    State.NA: ("印的是“无”或“不适用”", "无 (none) or 不适用 (not applicable) is printed"),
    State.TEXT: ("印的是别的字，不当作数", "other words, which are not read as a number"),
    State.MISSING: ("我们的副本里缺了这一格，原件上也许有", "lost in our copy; the original may have it"),
}
"""What may stand in a cell."""
